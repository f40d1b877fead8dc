"""Help for readers in a finished portal: reading time, contents, plain words, abbreviations, the glossary."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.easy_summary import summary_of
from tests import editors
from tests.incremental import builds

HEADINGS = "\n\n".join(f"## Phần {number} về *đất*[^1]\n\nLời." for number in (1, 2, 3)) + "\n\n[^1]: Chú thích.\n"
EASY = """
  - Giá đất giữ nguyên.
  - "Ai: mọi người dân"
  - "Hạn nào: hết tháng 12: ngày 31"
  - "Lưu ý: mang theo giấy tờ"
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    editors.write_article(folder, "dai.md", f"UBND tỉnh. {'chữ ' * 498}\n\n{HEADINGS}", title="Bài dài", easy=EASY)
    editors.write_article(folder, "ngan.md", "Chờ UBND xã.\n\n## Một\n\n## Hai\n", title="Bài ngắn")
    editors.write_article(folder, "dai.en.md", "The UBND.", title="A story", lang="en", category="Society")
    editors.write_file(folder, "giai-nghia.txt", "# Ghi chú\n\nUBND = Uỷ ban nhân dân\nmột cửa = nơi nhận hồ sơ\n")
    return folder


def build(tmp_path: Path, content: Path) -> builds.Built:
    return builds.build(tmp_path / "output", content, tmp_path / "cache")


def test_what_helps_to_read_is_on_the_page(tmp_path: Path, content: Path) -> None:
    built = build(tmp_path, content)
    assert built.status == 0, built.complaints + built.crash
    output = tmp_path / "output"
    long, short = (editors.read_page(output / f"bai-viet/{name}/index.html") for name in ("dai", "ngan"))
    english = editors.read_page(output / "en/bai-viet/dai/index.html")
    contents = long.select("nav[aria-labelledby=contents] a")
    assert [link.get_text() for link in contents] == [f"Phần {number} về đất" for number in (1, 2, 3)]
    assert all(long.find(id=link["href"][1:]).name == "h2" for link in contents)
    assert not short.select("nav[aria-labelledby=contents], .easy")
    rail = {item.dt.get_text(): item.dd.get_text() for item in long.select(".rail div")}
    assert rail["Thời gian đọc"] == "3 phút"
    assert english.find("dt", string="Time to read").find_next("dd").get_text() == "1 minute"
    easy = long.select_one(".easy")
    assert [sentence.get_text() for sentence in easy.select("p")] == ["Giá đất giữ nguyên.", "Lưu ý: mang theo giấy tờ"]
    answers = [(question.get_text(), question.find_next("dd").get_text()) for question in easy.select("dt")]
    assert answers == [("Ai", "mọi người dân"), ("Hạn nào", "hết tháng 12: ngày 31")]
    assert [(abbr.get_text(), abbr["title"]) for abbr in short.select(".body .spelt")] == [("UBND", "Uỷ ban nhân dân")]
    assert not english.select(".spelt")  # its own list has no such word
    glossary = editors.read_page(output / "giai-nghia/index.html")
    entries = [(item.dt.get_text(), item.dd.get_text()) for item in glossary.select(".glossary div")]
    assert entries == [("một cửa", "nơi nhận hồ sơ"), ("UBND", "Uỷ ban nhân dân")]
    assert editors.read_page(output / "so-do-trang/index.html").select_one(".map a[href='/giai-nghia/']")
    assert editors.read_page(output / "index.html").select_one(".side a[href='/giai-nghia/']")
    assert "The list is empty so far." in editors.read_page(output / "en/giai-nghia/index.html").get_text()


def test_a_changed_meaning_is_on_the_pages_of_its_language_only(tmp_path: Path, content: Path) -> None:
    build(tmp_path, content)
    editors.write_file(content, "giai-nghia.txt", "UBND = Uỷ ban nhân dân các cấp\n")
    built = build(tmp_path, content)
    assert {"bai-viet/ngan/index.html", "giai-nghia/index.html"} <= built.reasons.keys()
    assert not [name for name in built.reasons if name.startswith("en/bai-viet")]
    page = editors.read_page(tmp_path / "output/bai-viet/ngan/index.html")
    assert page.select_one(".spelt")["title"] == "Uỷ ban nhân dân các cấp"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("UBND Uỷ ban\n", 1, "cannot be read; write the word, =, and what it means"),
        ("# a\nUBND =\n", 2, "cannot be read; write the word, =, and what it means"),
        ("A B = c\n\nA  B = d\n", 3, "A B stands twice in the list; keep one"),
        (b"UBND = \xd0\xff\n", 0, "the file is not in UTF-8"),
    ],
)
def test_a_mistake_in_the_list_is_told_with_its_line(
    tmp_path: Path, content: Path, text: str | bytes, line: int, message: str
) -> None:
    editors.write_file(content, "giai-nghia.txt", text)
    built = build(tmp_path, content)
    place = f"giai-nghia.txt:{line}:" if line else "giai-nghia.txt:"
    assert built.status == 1 and f"{place} {message}" in built.complaints
    assert built.complaints.count(message) == 1


def test_a_long_sentence_is_no_plain_word(tmp_path: Path, content: Path) -> None:
    editors.write_article(content, "ngan.md", "Lời.", title="Bài ngắn", easy=f"\n  - {'dài ' * 60}")
    built = build(tmp_path, content)
    assert built.status == 1 and "ngan.md:" in built.complaints
    assert "has 239 letters; plain words need at most 200: make two items of it" in built.complaints


def test_questions_may_be_written_in_either_language_and_in_any_order() -> None:
    summary = summary_of(["By when: Friday", "WHO : everybody", "Ai: lần thứ hai", "Nói: được"])
    assert summary.answers == {"who": "everybody", "when": "Friday"}
    assert summary.sentences == ["Ai: lần thứ hai", "Nói: được"]
