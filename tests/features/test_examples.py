"""The examples of docs/features.md are features that work."""

from __future__ import annotations

import importlib.util
import json
import re
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from plugins.statistics import Day, Stats
from tests import editors, portals

REFERENCE = portals.ROOT / "docs" / "features.md"
EXAMPLE = re.compile(r"```(?:python|html|po)\n((?:#|<!--|\{#) plugins/(\S+).*?\n.*?)```", re.S)


def write_examples(folder: Path) -> list[str]:
    """Write each example to the file that its first line names; return the names of the features."""
    names = []
    for text, name in EXAMPLE.findall(REFERENCE.read_text("utf-8")):
        editors.write_file(folder, name, text)
        names.append(name.partition("/")[0])
    return sorted(set(names))


def load(folder: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, folder / name / "__init__.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("examples")


@pytest.fixture(scope="module")
def built_site(examples: Path) -> Path:
    """A small portal with all examples."""
    names = write_examples(examples / "features")
    content = editors.write_small_content(examples / "content")
    editors.write_article(
        content, "hai.md", title="Bài mới hơn", date="2026-01-09", photographers="Giàng Mí Phong; Lò Thị Mai"
    )
    draft = "---\ntitle: Dự thảo nghị quyết\ndate: 2026-01-05\ncloses: 2026-01-20\n---\n\nNội dung.\n"
    editors.write_file(content, "consultations/nghi-quyet.md", draft)
    settings = f"PLUGIN_PATHS = [{str(examples / 'features')!r}]\nPLUGINS = [*PLUGINS, *{names!r}]\n"
    result = portals.build(examples / "output", content, settings=settings, env=editors.ENGLISH)
    assert (result.returncode, result.stderr) == (0, "")
    return examples / "output"


def test_every_python_example_names_its_file() -> None:
    blocks = re.findall(r"```python\n(.*?)```", REFERENCE.read_text("utf-8"), re.S)
    assert blocks and all(re.match(r"# plugins/\w+/__init__\.py\n", block) for block in blocks)


def test_fragments_and_values_are_on_the_article(built_site: Path) -> None:
    page = editors.read_page(built_site / "bai-viet/hai/index.html").get_text()
    assert "Cảm ơn bạn đã đọc." in page and "Lò Thị Mai" in page and "1 phút" in page
    older = editors.read_page(built_site / "bai-viet/mot-bai/index.html")
    assert older.select_one('a[href="/bai-viet/hai/"]')


def test_the_page_shows_the_newest_articles(built_site: Path) -> None:
    links = editors.read_page(built_site / "chao-mung/index.html").select("main li a")
    assert [link.get_text() for link in links] == ["Bài mới hơn", "Một bài bình thường"]


def test_the_kind_has_pages_with_a_status(built_site: Path) -> None:
    page = editors.read_page(built_site / "gop-y/nghi-quyet/index.html").get_text()
    assert "Dự thảo nghị quyết" in page and "Closed" in page
    status = load(built_site.parent / "features", "consultations").status
    assert status({"closes": "2026-01-20T00:00:00+07:00"}, date(2026, 1, 20)).until == date(2026, 1, 21)


def test_stats_and_the_command_return_what_they_should(built_site: Path) -> None:
    folder = built_site.parent / "features"
    stats = Stats(days=(Day(date(2026, 1, 1), visits=2, views=3), Day(date(2026, 1, 2), visits=1, views=4)))
    files = load(folder, "total_views").feature.stats_files(stats, built_site)
    assert json.loads(files["tong-luot-xem.json"]) == {"views": 7}
    assert load(folder, "bulletins").feature.commands["fetch-bulletins"]({}) == 0
