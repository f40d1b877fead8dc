"""A saved article is on its page before the following build has finished, and the build gives the same page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.preview.builder import Builder
from tests import portals

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each build is a process of its own here")
SECOND = {"slug": "hai", "tags": "[Chợ phiên]", "date": "2026-07-02 08:00"}
ENGLISH = {"lang": "en", "category": "Society"}


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("preview") / "content"
    (folder / "pages").mkdir(parents=True)
    portals.give_settings(folder)
    portals.write_article(folder, "mot.md", "Câu một.", slug="mot", tags="[Chợ phiên]")
    portals.write_article(folder, "hai.md", "Câu hai, xem [bài một](mot.md).", **SECOND)
    portals.write_article(folder, "mot.en.md", "Sentence one, see [one](mot.md).", slug="mot", **ENGLISH)
    return folder


@pytest.fixture(scope="module")
def builder(content: Path) -> Iterator[Builder]:
    builder = Builder(content, content.parent / "output")
    assert builder.build().status == 0
    yield builder
    builder.stop()


def shown(builder: Builder, content: Path, name: str, body: str, **header: object) -> bool:
    portals.write_article(content, name, body, **header)
    return builder.render_changed([str(content / "articles/2026" / name)])


def page(content: Path, address: str) -> bytes:
    return (content.parent / "output" / address / "index.html").read_bytes()


@pytest.mark.parametrize("edition", ["", "en/"])
def test_a_saved_article_is_shown_as_the_build_will_render_it(builder: Builder, content: Path, edition: str) -> None:
    name, header = ("mot.en.md", {"slug": "mot", **ENGLISH}) if edition else ("hai.md", SECOND)
    for number in range(2):  # the second with what the first has left in memory
        title, body = f"Tiêu đề {number}", f"Câu đã sửa {number}, xem [bài một](mot.md)."
        assert shown(builder, content, name, body, title=title, **header)
        at_once = page(content, f"{edition}bai-viet/{header['slug']}")
        assert title in at_once.decode()
        assert f"Câu đã sửa {number}" in at_once.decode()
    assert builder.build().status == 0
    assert page(content, f"{edition}bai-viet/{header['slug']}") == at_once
    assert title in page(content, f"{edition}tin-moi").decode()


@pytest.mark.parametrize(
    "header",
    [
        {"slug": "khac"},
        {"slug": "mot", "tags": "[Chợ phiên, Lễ hội]"},
        {"slug": "mot", "date": "2026-07-05 08:00"},
        {"slug": "mot", "category": "Kinh tế"},
        {"slug": "mot", "date": "hôm qua"},
        {"slug": "mot", "status": "draft"},
    ],
)
def test_what_affects_other_pages_waits_for_the_build(builder: Builder, content: Path, header: dict) -> None:
    before = (content / "articles/2026/mot.md").read_text("utf-8")
    page_before = page(content, "bai-viet/mot")
    assert not shown(builder, content, "mot.md", "Câu khác.", **header)
    assert page(content, "bai-viet/mot") == page_before
    (content / "articles/2026/mot.md").write_text(before, "utf-8")


def test_a_new_picture_and_a_deleted_file_wait_for_the_build(builder: Builder, content: Path) -> None:
    file = content / "articles/2026/mot.md"
    before = file.read_text("utf-8")
    assert not shown(builder, content, "mot.md", "![Chợ họp bên suối](anh.jpg)", slug="mot", tags="[Chợ phiên]")
    file.unlink()
    assert not builder.render_changed([str(file)])
    file.write_text(before, "utf-8")
    assert not builder.render_changed([str(content / "articles/2026/moi.md"), str(content / "documents/a.pdf")])


def test_when_all_pages_change_the_open_one_is_there_before_the_others(builder: Builder, content: Path) -> None:
    settings = content / "portal.toml"
    settings.write_text(settings.read_text("utf-8").replace("0200 000 0000", "0200 111 2222"), "utf-8")
    seen: list[tuple[bool, bool]] = []

    def look() -> None:
        seen.append((b"0200 111 2222" in page(content, "bai-viet/mot"), b"0200 111 2222" in page(content, "tin-moi")))

    assert builder.build(["bai-viet/mot/index.html"], look).status == 0
    assert seen == [(True, False)]
    look()
    assert seen[1] == (True, True)
    settings.write_text(settings.read_text("utf-8").replace("0200 111 2222", "0200 000 0000"), "utf-8")
    assert builder.build(["khong-co/index.html"], lambda: pytest.fail("nothing is in view")).status == 0


def test_after_a_failed_build_nothing_is_shown_at_once(builder: Builder, content: Path) -> None:
    file = content / "articles/2026/mot.md"
    before = file.read_text("utf-8")
    portals.write_article(content, "mot.md", "Câu một.", slug="mot", date="hôm qua")
    assert builder.build().status == 1
    file.write_text(before, "utf-8")
    assert not builder.render_changed([str(file)])
    assert builder.build().status == 0
    assert builder.render_changed([str(file)])
