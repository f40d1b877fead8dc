"""A feature of an owner's own on PLUGIN_PATHS: every edit of it is on the page after the next build."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import editors, portals

FILES = {
    "__init__.py": (
        "from pelican import signals\nfrom plugins.features import Feature\n\n"
        "feature = Feature(__file__, on_demand=('late.js',))\n\n\n"
        "def _prepare(generator):\n    generator.env.globals['greeted'] = 'you'\n\n\n"
        "def register():\n    signals.article_generator_finalized.connect(_prepare)\n"
    ),
    "article_end.html": '<p class="greeting">{{ _("Good morning from a feature") }}, {{ greeted }}</p>\n',
    "script.js": 'root.dataset.greeted = "once";\n',
    "late.js": 'var late = "soon";\n',
    "style.css": ".greeting { color: red }\n",
    "vi.po": (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Good morning from a feature"\nmsgstr "Chào buổi sáng"\n'
    ),
}


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    """Returns a function that builds a portal with such a feature and returns the article's page and assets."""
    root = tmp_path_factory.mktemp("elsewhere")
    content = editors.write_small_content(root / "content")
    for name, text in FILES.items():
        editors.write_file(root, f"own/greeting/{name}", text)

    def build() -> str:
        settings = f"PLUGIN_PATHS = [{str(root / 'own')!r}]\nPLUGINS = [*PLUGINS, 'greeting']\nSEARCH_INDEX = False\n"
        result = portals.build(root / "output", content, settings=settings + f"CACHE_PATH = {str(root / 'cache')!r}")
        assert result.returncode == 0, result.stderr
        files = [root / "output/bai-viet/mot-bai/index.html", *sorted((root / "output/theme").iterdir())]
        return "\n".join(path.read_text("utf-8") for path in files if path.suffix in (".html", ".js", ".css"))

    build.folder = root / "own/greeting"
    return build


@pytest.mark.parametrize(
    ("name", "old", "new", "before", "after"),
    [
        ("article_end.html", "</p>", "!</p>", "Chào buổi sáng, you</p>", "Chào buổi sáng, you!</p>"),
        ("__init__.py", "'you'", "'all'", ", you!</p>", ", all!</p>"),
        ("vi.po", "buổi sáng", "buổi trưa", "Chào buổi sáng, all", "Chào buổi trưa, all"),
        ("style.css", "red", "blue", "{color:red}", "{color:blue}"),
        ("script.js", '"once"', '"twice"', 'greeted="once"', 'greeted="twice"'),
        ("late.js", "soon", "later than that", "soon", "later than that"),
    ],
    ids=lambda value: value if value in FILES else "",
)
def test_an_edit_is_on_the_page_after_the_next_build(
    build: Callable[[], str], name: str, old: str, new: str, before: str, after: str
) -> None:
    page = build()
    assert before in page and after not in page
    path: Path = build.folder / name
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    assert after in build()
