"""A copy of an article that somebody or some program has left in the content is told, with the file that it copies."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from plugins.portal.copies import text_sketch
from tests import editors
from tests.incremental import builds

TEXT = """Sáng 10/11, chợ Bản Lềnh họp lại sau năm tuần. Hàng rau, hàng thịt đã mở từ 5 giờ.

Ông Lò Văn Páo, trưởng bản, cho biết: cầu tạm chịu được xe máy. Xe tải vẫn phải đi vòng.

Tuần tới, xã sửa nốt mái che. Bà con mang hàng tới sớm sẽ được xếp chỗ trong nhà."""
SHORT = "Chợ họp lại từ hôm nay."
NAMED_BY_PROGRAMS = [
    "cho (1).md",
    "cho - Copy.md",
    "Bản sao của cho.md",
    "cho.sync-conflict-20261110-080000-ABC.md",
    "cho 2.md",
    "cho copy 3.md",
    "cho (bản sao xung đột của Hà 2026-11-10).md",
]
HEADER = {"title": "Chợ Bản Lềnh họp lại", "date": "2026-05-10 08:00"}
CHANGED: dict[str, tuple[str, dict[str, str]]] = {
    "other-slug": (TEXT, {"slug": "cho-hop-lai"}),
    "other-date": (TEXT, {"date": "2026-05-11 09:00"}),
    "a-draft": (TEXT, {"status": "draft"}),
    "other-title": (TEXT, {"title": "Chợ Bản Lềnh đã họp lại"}),
    "other-title-and-date": (TEXT, {"title": "Phiên chợ mới", "date": "2026-05-12"}),
    "a-word-changed": (TEXT.replace("năm tuần", "sáu tuần"), {}),
    "a-word-and-the-date-changed": (TEXT.replace("năm tuần", "sáu tuần"), {"date": "2026-05-13"}),
    "a-sentence-added": (f"{TEXT}\n\nChợ mở cả chiều thứ bảy.", {"date": "2026-05-14"}),
    "other-case": (TEXT, {"title": "CHỢ BẢN LỀNH HỌP LẠI"}),
}
DIFFERENT = {
    "same-title-later": ("Phiên chợ tháng sau.\n\nHàng nhiều hơn.", HEADER | {"date": "2026-06-10"}),
    "same-day": (SHORT, {"title": "Cầu mới thông xe", "date": "2026-05-10 08:00"}),
    "same-words-1": (SHORT, {"title": "Một nơi khác", "date": "2026-05-10 08:00"}),
    "document-1": ("Xem [toàn văn](../../documents/1.txt).", {"title": "Quyết định", "date": "2026-05-01"}),
    "document-2": ("Xem [toàn văn](../../documents/2.txt).", {"title": "Quyết định", "date": "2026-05-02"}),
    "bulletin-1": (
        "Giá chè hôm nay. Chè búp: 12.000 đồng. Chè khô: 90.000 đồng. Nguồn: hợp tác xã.",
        {"title": "Giá nông sản", "date": "2026-05-01"},
    ),
    "bulletin-2": (
        "Giá chè hôm nay. Chè búp: 13.000 đồng. Chè khô: 95.000 đồng. Nguồn: hợp tác xã.",
        {"title": "Giá nông sản", "date": "2026-05-02"},
    ),
    "cho.en": (SHORT, HEADER | {"category": "Society"}),  # a name is the same in English
}


@dataclass
class Told:
    """What a build says of copies: by file name, the line."""

    status: int
    lines: dict[str, str]


def build(root: Path) -> Told:
    built = builds.build(root / "output", root / "content", root / "cache")
    lines = [line for line in built.complaints.splitlines() if "says the same as" in line]
    by_name = {line.partition(".md:")[0].rpartition("/")[2]: line for line in lines}
    assert len(by_name) == len(lines), "each copy is told once"
    return Told(built.status, by_name)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("copies")


@pytest.fixture(scope="module")
def told(root: Path) -> Told:
    content = root / "content"
    editors.write_article(content, "cho.md", TEXT, **HEADER)
    for name in NAMED_BY_PROGRAMS:
        editors.write_article(content, name, TEXT, **HEADER)
    for name, (text, changes) in CHANGED.items():
        editors.write_article(content, f"{name}.md", text, **(HEADER | changes))
    editors.write_article(content, "short.md", SHORT, title="Bài ngắn", date="2026-01-02")
    editors.write_article(content, "short-later.md", SHORT, title="Bài ngắn", date="2026-01-03")
    editors.write_article(content, "cho.en (1).md", TEXT, **HEADER, slug="cho-en-1")
    for number in (1, 2):
        editors.write_file(content, f"documents/{number}.txt", f"Văn bản {number}")
    for name, (text, header) in DIFFERENT.items():
        editors.write_article(content, f"{name}.md", text, **header)
    for name in ("lien-he", "lien-he-2"):
        editors.write_file(content, f"pages/{name}.md", "---\ntitle: Liên hệ\n---\n\nTrang.\n")
    for name in ("trang-a", "trang-b"):
        editors.write_file(content, f"pages/{name}.md", f"---\ntitle: Trang {name}\n---\n\nĐang cập nhật.\n")
    return build(root)


@pytest.mark.parametrize("name", NAMED_BY_PROGRAMS)
def test_a_copy_is_told_whatever_its_name(told: Told, name: str) -> None:
    line = told.lines[name.removesuffix(".md")]
    advice = "delete one of the two files, or withdraw it with status: draft"
    assert line.endswith(f"articles/2026/cho.md, so readers get it twice; {advice}")
    assert ".md:1: warning: " in line


@pytest.mark.parametrize("name", CHANGED)
def test_a_copy_in_which_something_is_changed_is_told(told: Told, name: str) -> None:
    assert "articles/2026/cho.md" in told.lines[name]
    assert ("readers get it twice" in told.lines[name]) == (name != "a-draft")


def test_copies_of_short_articles_and_of_pages_are_told_and_nothing_else_is(told: Told) -> None:
    others = told.lines.keys() - {name.removesuffix(".md") for name in NAMED_BY_PROGRAMS} - CHANGED.keys()
    assert others == {"short-later", "lien-he-2", "cho.en (1)"}
    assert told.status == 0


def test_copies_are_told_until_one_of_the_files_is_gone(told: Told, root: Path) -> None:
    assert build(root).lines == told.lines
    for name in ("short-later.md", "cho (1).md"):
        (root / "content/articles/2026" / name).unlink()
    assert told.lines.keys() - build(root).lines.keys() == {"short-later", "cho (1)"}
    editors.write_article(root / "content", "cho.md", "Bài đã viết lại.", title="Chợ có mái mới", date="2026-05-20")
    rewritten = build(root).lines
    assert "cho 2" not in rewritten and "articles/2026/cho 2.md" in rewritten["cho - Copy"]


def test_a_copied_folder_is_told_beside_the_addresses_that_clash(tmp_path: Path) -> None:
    articles = editors.write_article(tmp_path / "content", "cho.md", TEXT, **HEADER).parent
    shutil.copytree(articles, articles.with_name("2026 - Copy"))
    told = build(tmp_path)
    assert told.status == 1
    assert "2026 - Copy/cho.md:1: warning: says the same as" in told.lines["cho"]
    assert "articles/2026/cho.md, so" in told.lines["cho"]


def test_a_text_without_letters_is_no_text() -> None:
    assert text_sketch("<hr>\n<p>***</p>") == ""
