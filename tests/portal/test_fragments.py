"""A link to a place that another article or page does not have is told with its line until it is mended."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest

from tests import editors
from tests.incremental import builds

TARGET = "Mở đầu.\n\n## Hồ sơ\n\nMột đơn.\n\n## Nơi nộp {#noi-nop}\n\nỞ xã.\n\n<p id='Chỗ'>Đây.</p>"
GOOD = [
    "[a](ho-tro.md#noi-nop) [a](ho-tro.md#ho-so) [a](<ho-tro.md#Chỗ>) [a](ho-tro.md#ho-so:~:text=đơn)",
    "[a](ho-tro.md#muc-ho-so)",
    "[a](/bai-viet/ho-tro/#muc-ho-so)",
    "[a](/bai-viet/ho-tro#muc-noi-nop)",
    "[a](/tro-nang/#muc-ban-phim)",
    "[a](../../pages/tro-nang.md#muc-ban-phim)",
    "[a](ho-tro.md#) [a](ho-tro.md#top) [a](ho-tro.md#:~:text=đơn) [a](ho-tro.md#muc-ho-so:~:text=đơn)",
    "[a](/bai-viet/ho-tro/#noi-dung)",  # around the text, from the theme
    "[a](ho-tro.md#fn:1)",
    "[a](https://example.org/#gi-do) [a](../../documents/van-ban.pdf#page=2) [a](/tin-moi/#gi-do)",
]
BAD = {
    "[a](ho-tro.md#khong-co)": "#khong-co of articles/2026/ho-tro.md, which has no such place; it has: ",
    "[a](ho-tro.md#noi_nop)": "#noi_nop of articles/2026/ho-tro.md, which has no such place; it has: #muc-noi-nop",
    "[a](ho-tro.md#ho-so-2)": "#ho-so-2 of articles/2026/ho-tro.md, which has no such place; it has: #muc-ho-so",
    "[a](<ho-tro.md#hồ sơ>)": "#hồ sơ of articles/2026/ho-tro.md, which has no such place; it has: #muc-ho-so",
    "[a](/bai-viet/ho-tro/#khac)": "#khac of /bai-viet/ho-tro/, which has no such place; it has: ",
    "[a](/tro-nang#ban-phim)": "#ban-phim of /tro-nang, which has no such place; it has: #muc-ban-phim",
    '<a href="../../pages/tro-nang.md#gi">a</a>': "#gi of pages/tro-nang.md, which has no such place; it has: ",
    "[a][kia]\n\n[kia]: trong.md#gi": "#gi of articles/2026/trong.md, which has no such place; it has: none",
}


def told(root: Path, **settings: object) -> dict[int, str]:
    """Build, and return what is told of places, by line of the article that links to them."""
    built = builds.build(root / "output", root / "content", root / "cache", **settings)
    assert (built.status, built.crash) == (0, "")
    lines = [line for line in built.complaints.splitlines() if "no such place" in line]
    assert all("bai.md:" in line for line in lines), lines
    return {int(line.partition("bai.md:")[2].partition(":")[0]): line.partition("leads to ")[2] for line in lines}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    content = tmp_path / "content"
    editors.write_article(content, "ho-tro.md", TARGET + "\n\nChữ[^1].\n\n[^1]: Chú thích.")
    editors.write_article(content, "trong.md", "Không có tiêu đề.")
    editors.write_file(content, "pages/tro-nang.md", "---\ntitle: Trợ năng\n---\n\n## Bàn phím\n\nPhím Tab.\n")
    editors.write_file(content, "documents/van-ban.pdf", "x")
    return tmp_path


def test_every_link_to_a_missing_place_is_told_with_its_line_and_the_places_there_are(root: Path) -> None:
    path = editors.write_article(root / "content", "bai.md", "\n\n".join([*GOOD, *BAD]))
    lines = path.read_text(encoding="utf-8").split("\n")
    expected = {lines.index(link.rpartition("\n")[2]) + 1: text for link, text in BAD.items()}
    found = told(root)
    assert found.keys() == expected.keys()
    assert [number for number, text in expected.items() if not found[number].startswith(text)] == []


def test_a_link_leads_to_an_id_that_an_editor_wrote_in_another_file(root: Path) -> None:
    editors.write_article(root / "content", "bai.md", GOOD[0])
    assert told(root) == {}
    links = editors.read_page(root / "output/bai-viet/bai/index.html").select(".body a")
    ids = {tag["id"] for tag in editors.read_page(root / "output/bai-viet/ho-tro/index.html").select(".body [id]")}
    places = [unquote(link["href"]).partition("#")[2].partition(":~:")[0] for link in links]
    assert places == ["muc-noi-nop", "muc-ho-so", "muc-Chỗ", "muc-ho-so"] and ids.issuperset(places)


def test_when_the_headings_of_a_page_change_the_articles_that_link_there_are_told(root: Path) -> None:
    content = root / "content"
    editors.write_article(content, "bai.md", "[a](ho-tro.md#muc-ho-so)")
    assert told(root) == {}
    editors.write_article(content, "ho-tro.md", TARGET.replace("Hồ sơ", "Giấy tờ"))
    changed = told(root)
    text = "#muc-ho-so of articles/2026/ho-tro.md, which has no such place; it has: "
    assert changed == {8: text + "#muc-noi-nop, #muc-Chỗ, #muc-giay-to"}
    assert told(root) == changed  # also when nothing has changed since
    clean = builds.build(root / "clean", content, root / "clean-cache")
    assert clean.complaints.rstrip().endswith(changed[8])
    editors.write_article(content, "ho-tro.md", TARGET)
    assert told(root) == {}
