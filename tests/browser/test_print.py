"""On paper: the whole text with its addresses, none of the controls, no more pages than the text needs."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.pages import LONGER, REPORT, SAMPLE, SHORTER
from tests.browser.readers import Readers

ARTICLES = [LONGER, SHORTER, REPORT, SAMPLE]
TOOLS = [
    "Công cụ đọc",
    "Giảm cỡ chữ",
    "A−",
    "A+",
    "Tương phản",
    "Chế độ ban đêm",
    "Giãn chữ",
    "Đặt lại hiển thị",
    "In trang",
]
TOOLS += ["Tới nội dung chính", "Tin liên quan", "Trang chủ", "Bài trước"]

# Every word of an article, split where its elements split it.
WORDS = """() => {
  const words = new Set(), texts = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode())
    if (!text.parentElement.closest(".crumb, .acts, .end, .side, [role=doc-backlink]"))
      text.data.trim().split(/\\s+/).forEach(w => w && words.add(w));
  return [...words];
}"""


def print_to_pdf(page: Page) -> PdfReader:
    """Return the page as the browser prints it, on the paper size that the site asks for."""
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def without_white_space(text: str) -> str:
    """Return a text without white space, because a PDF has positions only, and without ligatures."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def pdf_text(pdf: PdfReader) -> str:
    return without_white_space("".join(sheet.extract_text() for sheet in pdf.pages))


@pytest.mark.parametrize("path", ARTICLES)
def test_the_whole_article_is_on_paper_and_no_control(readers: Readers, path: str) -> None:
    page = readers.open(path, width=360)
    expected = page.evaluate(WORDS)
    paper = pdf_text(print_to_pdf(page))
    assert len(expected) > 100
    missing = [word for word in expected if without_white_space(word) not in paper]
    assert not missing, missing
    assert without_white_space(page.locator("h1").inner_text()) in paper
    assert not [
        tool
        for tool in TOOLS
        if without_white_space(tool) in paper and tool not in page.locator("article .body").inner_text()
    ]


@pytest.mark.parametrize("path", [LONGER, SHORTER, SAMPLE])
def test_addresses_of_links_are_written_out(readers: Readers, path: str) -> None:
    page = readers.open(path)
    links = page.locator("article .body :not(figure) > a").evaluate_all("all => all.map(e => e.getAttribute('href'))")
    links += page.locator("article dl a").evaluate_all(
        "all => all.filter(e => e.origin !== location.origin).map(e => e.getAttribute('href'))"
    )
    links = [link for link in links if not link.startswith(("#", "mailto:", "tel:"))]  # on the sheet anyway
    paper = pdf_text(print_to_pdf(page))
    assert links
    assert not [link for link in links if without_white_space(f"({link})") not in paper]
    assert "(#" not in paper


def test_an_internal_link_prints_its_path(readers: Readers) -> None:
    assert "danhsáchtin(/tin-moi/)" in pdf_text(print_to_pdf(readers.open(SAMPLE)))


@pytest.mark.parametrize("path", [*ARTICLES, "/tro-nang/"])
def test_the_sheet_says_where_it_comes_from(readers: Readers, path: str) -> None:
    page = readers.open(path)
    own = page.locator("link[rel=canonical]").get_attribute("href")
    assert own.startswith("https://")
    assert own not in page.locator("body").inner_text()
    assert without_white_space(own) in pdf_text(print_to_pdf(page))


def test_no_number_of_a_wide_table_is_cut(readers: Readers) -> None:
    page = readers.open(SHORTER)
    tables = {9: "12.345.678,90", 11: "23.456.789,01", 14: "7.654.321", 20: "9.182.736"}  # values by number of columns
    page.evaluate(
        """tables => document.querySelector(".body").insertAdjacentHTML("beforeend", Object.entries(tables).map(
          ([columns, value]) => '<section class="scroll"><table><tr>' + `<th>Xã`.repeat(columns) + "<tr>" +
            `<td>${value}`.repeat(columns) + "</table></section>").join(""))""",
        tables,
    )
    pdf = print_to_pdf(page)
    paper = pdf_text(pdf)
    assert {columns: paper.count(value) for columns, value in tables.items()} == {
        columns: columns for columns in tables
    }
    assert any(sheet.mediabox.width > sheet.mediabox.height for sheet in pdf.pages)


@pytest.mark.parametrize("path", ARTICLES)
def test_printing_takes_no_more_than_a_page_beyond_its_text(readers: Readers, path: str) -> None:
    page = readers.open(path)
    count = len(print_to_pdf(page).pages)
    page.evaluate("""() => {
      document.querySelectorAll("body > :not(main), .crumb, .rail, .acts, .end, .side").forEach(e => e.remove());
    }""")
    text = len(print_to_pdf(page).pages)
    assert count <= text + 1


@pytest.mark.parametrize("path", [LONGER, SAMPLE])
def test_paper_is_the_same_whatever_the_screen_shows(readers: Readers, path: str) -> None:
    """Night mode, contrast, large text and width concern the screen only."""
    plain = readers.open(path)
    chosen = readers.open(path, width=360, chosen={"theme": "dark", "contrast": "high", "size": "200"})
    one, other = print_to_pdf(plain), print_to_pdf(chosen)
    assert len(one.pages) == len(other.pages)
    assert pdf_text(one) == pdf_text(other)
    for page in (plain, chosen):
        page.emulate_media(media="print")
        colours = page.evaluate("""() => [getComputedStyle(document.documentElement).backgroundColor,
          ...["h1", ".body p", ".rail dt", ".rail a"].map(s => getComputedStyle(document.querySelector(s)).color)]""")
        assert colours[0] in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
        assert colours[1:] == ["rgb(0, 0, 0)"] * 4
