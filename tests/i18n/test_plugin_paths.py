"""A feature outside the project is translated to Vietnamese too, and pages follow when its messages change."""

from __future__ import annotations

from pathlib import Path

from tests import editors, portals

PO = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Hello there"\nmsgstr "{words}"\n'


def test_a_feature_found_by_plugin_paths_has_its_translations(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    hello = tmp_path / "elsewhere" / "hello"
    code = ["from plugins.features import Feature", "feature = Feature(__file__)", "register = feature.register\n"]
    editors.write_file(hello, "__init__.py", "\n".join(code))
    editors.write_file(hello, "article_end.html", "<p>{{ _('Hello there') }}</p>\n")
    lines = [f"CACHE_PATH = {str(tmp_path / 'cache')!r}", f"PLUGIN_PATHS = [{str(hello.parent)!r}]"]
    settings = "\n".join([*lines, "PLUGINS = [*PLUGINS, 'hello']"])
    for words in ("Xin chào bạn", "Chào bạn đọc"):
        editors.write_file(hello, "vi.po", PO.replace("{words}", words))
        result = portals.build(tmp_path / "output", content, settings=settings)
        assert result.returncode == 0, result.stderr
        site = tmp_path / "output"
        assert f"<p>{words}</p>" in (site / "bai-viet/mot-bai/index.html").read_text("utf-8")
        assert "<p>Hello there</p>" in (site / "en/bai-viet/an-article/index.html").read_text("utf-8")
