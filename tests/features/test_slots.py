"""Fragments of a feature are where their slots are, and pages follow what the feature says in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import editors
from tests.incremental import builds

FEATURE = """
from pathlib import Path

from plugins.features import Feature


class Marks(Feature):
    def prepare(self, build):
        self.heard = set((Path(build.settings["PATH"]) / "heard.txt").read_text().split())
        return ()

    def card_context(self, story):
        return story.slug in self.heard

    def front_context(self, edition):
        return [story.title for story in edition.articles if story.slug in self.heard]

    def banner_context(self, lang, address):
        return sorted(self.heard) if (lang, address) in (("vi", ""), ("vi", "tin-moi/"), ("vi", "404.html")) else None

    def body_html(self, story, html):
        return html.replace("Nội dung", "Nội <b>dung</b>")


feature = Marks(__file__)
register = feature.register
"""
FRAGMENTS = {
    "banner.html": "<p class=above>{{ banner_data|join }}</p>",
    "card.html": "{% if card_data %}<i class=heard>{{ article.title }}</i>{% endif %}",
    "front.html": "<p class=all>{{ front_data|join(', ') }}</p>",
    "article_start.html": "<p class=start>{{ item.title }}</p>",
    "not_found.html": "<p class=missing>{{ kind }}</p>",
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = editors.write_small_content(tmp_path / "content")
    for number in range(12):
        editors.write_article(folder, f"bai-{number}.md", title=f"Bài {number}", date=f"2026-01-{number + 3:02}")
    editors.write_file(folder, "heard.txt", "bai-3")
    editors.write_file(tmp_path, "features/marks/__init__.py", FEATURE)
    for name, text in FRAGMENTS.items():
        editors.write_file(tmp_path, f"features/marks/{name}", text)
    return folder


def build(tmp_path: Path, content: Path) -> builds.Built:
    settings = {"PLUGIN_PATHS": [str(tmp_path / "features")], "PLUGINS": ["marks"]}
    built = builds.build(tmp_path / "output", content, tmp_path / "cache", **settings)
    assert built.status == 0, built.complaints + built.crash
    return built


def test_fragments_are_in_their_slots_and_lists_follow_what_they_show(tmp_path: Path, content: Path) -> None:
    build(tmp_path, content)
    output = tmp_path / "output"

    def marked(address: str) -> set[str]:
        return {mark.get_text() for mark in editors.read_page(output / address).select(".meta .heard")}

    assert marked("index.html") == marked("tin-moi/index.html") == {"Bài 3"}
    assert editors.read_page(output / "index.html").select_one("main > .all").get_text() == "Bài 3"
    page = editors.read_page(output / "bai-viet/bai-3/index.html")
    assert page.select_one(".text > .start").find_next_sibling().select_one("b").get_text() == "dung"
    assert editors.read_page(output / "404.html").select_one("main .missing").get_text() == "error"
    for address in ("index.html", "tin-moi/index.html", "404.html"):
        assert editors.read_page(output / address).select_one(".skip + .above").get_text() == "bai-3"
    for address in ("bai-viet/bai-3/index.html", "luu-tru/index.html", "en/index.html"):
        assert "above" not in (output / address).read_text("utf-8")
    editors.write_file(content, "heard.txt", "bai-5")
    changed = {name for name in build(tmp_path, content).reasons if name.endswith(".html")}
    assert marked("index.html") == marked("tin-moi/index.html") == {"Bài 5"}
    assert editors.read_page(output / "index.html").select_one("main > .all").get_text() == "Bài 5"
    assert editors.read_page(output / "tin-moi/index.html").select_one(".above").get_text() == "bai-5"
    assert "404.html" in changed
    assert "bai-viet/bai-9/index.html" not in changed and not [name for name in changed if name.startswith("en/")]
