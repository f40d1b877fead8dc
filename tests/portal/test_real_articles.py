"""Two articles of real portals, saved as text, are on their pages word for word, without the rest of the old page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import editors

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


@dataclass(frozen=True)
class Sample:
    """A saved page. first, last: title and last line of its article. chrome: what is not part of the article."""

    file: str
    slug: str
    first: str
    last: str
    author: str
    chrome: tuple[str, ...]


OLD = [
    Sample(
        "lang-son.txt", "kiem-tra-nhiem-vu-ban-quan-ly-khu-kinh-te-cua-khau-dong-dang-lang-son",
        "Kiểm tra việc thực hiện nhiệm vụ", "Kết luận buổi kiểm tra", "Thùy Linh", ("-A A +A",),
    ),
    Sample(
        "lai-chau.txt", "lanh-dao-ubnd-tinh-lam-viec-voi-cac-ban-quan-ly",
        "Lãnh đạo UBND tỉnh làm việc", "Đối với Ban Quản lý Trung tâm", "Lê Dũng",
        ("google+", "twitter", "Click để đánh giá", "Tổng số điểm", "61.296.415", "20.473", "Hôm qua"),
    ),
]  # fmt: skip


def paragraphs(sample: Sample) -> list[str]:
    """Return title, lead, captions and body of a saved page, in order, from its text alone."""
    lines = [" ".join(line.split()) for line in (SAMPLES / sample.file).read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line and line != "(laichau.gov.vn)"]
    first = next(i for i, line in enumerate(lines) if line.startswith(sample.first))
    last = next(i for i, line in enumerate(lines) if line.startswith(sample.last))
    return lines[first : last + 1]


@pytest.mark.parametrize("sample", OLD, ids=lambda sample: sample.file)
def test_every_sentence_is_on_the_page_in_order(sample: Sample, site: Path) -> None:
    page = editors.read_page(site / "bai-viet" / sample.slug / "index.html")
    article = page.select_one("article")
    for element in article.select(".rail, .acts, .end, .side, .crumb, aside"):
        element.decompose()
    shown = " ".join(article.get_text(" ").split())
    expected = paragraphs(sample)
    assert len(expected) > 5
    assert shown == " ".join(expected)


@pytest.mark.parametrize("sample", OLD, ids=lambda sample: sample.file)
def test_title_lead_captions_and_author_are_in_their_places(sample: Sample, site: Path) -> None:
    page = editors.read_page(site / "bai-viet" / sample.slug / "index.html")
    title, lead, *others = paragraphs(sample)
    assert page.h1.get_text() == title
    assert page.select_one(".lead").get_text() == lead
    captions = [caption.get_text() for caption in page.select("article figcaption")]
    assert captions and all(caption in others for caption in captions)
    text = [p.get_text() for p in page.select("article .body > p")]
    assert sorted(captions + text) == sorted(others)
    assert page.select_one(".rail a[href^='/tac-gia/']").get_text() == sample.author


@pytest.mark.parametrize("sample", OLD, ids=lambda sample: sample.file)
def test_nothing_else_of_the_old_page_is_copied(sample: Sample, site: Path) -> None:
    source = (SAMPLES / sample.file).read_text(encoding="utf-8")
    page = editors.read_page(site / "bai-viet" / sample.slug / "index.html").body
    for words in sample.chrome:
        assert words in source
        assert not re.search(re.escape(words), str(page), re.I), words
