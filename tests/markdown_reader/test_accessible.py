"""The structure of an article as assistive technology gets it."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st

from plugins.markdown_reader import html, raw_tables

CONTENT = Path("/nowhere/content")


def convert(markdown: str, lang: str = "vi", content: Path = CONTENT) -> BeautifulSoup:
    body = html.convert(markdown, str(content / "articles/a.md"), str(content), lang)
    return BeautifulSoup(body.html, "html.parser")


@pytest.fixture(scope="module")
def picture_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A content folder with two pictures."""
    folder = tmp_path_factory.mktemp("content")
    (folder / "articles").mkdir()
    for name in ("a.jpg", "b.jpg"):
        (folder / name).touch()
    return folder


def only_tag(document: list[Tag]) -> Tag:
    assert len(document) == 1
    return document[0]


# --- headings ---


@given(st.lists(st.tuples(st.integers(1, 6), st.booleans())))
def test_headings_begin_below_the_title_and_skip_no_level(headings: list[tuple[int, bool]]) -> None:
    lines = [f"<h{n}>Mục</h{n}>" if is_raw else f"{'#' * n} Mục" for n, is_raw in headings]
    levels = [int(h.name[1]) for h in convert("\n\n".join(lines)).find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
    assert len(levels) == len(headings)
    assert all(after <= before + 1 for before, after in zip([1, *levels], levels, strict=False))
    assert all(level >= 2 for level in levels)


def test_a_correct_outline_stays_as_it_is() -> None:
    document = convert("## A\n\n### B\n\n#### C\n\n## D")
    assert [h.name for h in document.find_all(True)] == ["h2", "h3", "h4", "h2"]


@given(st.lists(st.sampled_from(["Mục", "Giá", "status", "noi-dung", "🎉", "muc-muc"]), max_size=6))
def test_each_id_is_unique_and_never_one_of_the_pages_own(titles: list[str]) -> None:
    markdown = "\n\n".join(f"## {title}\n\n<p id='{title}'>x</p>\n\n### {title} {{#{title}}}" for title in titles)
    ids = [element["id"] for element in convert(markdown + "\n\n[^1]\n\n[^1]: x").find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert all(i.startswith(("muc-", "fn")) for i in ids)


# --- pictures ---


def test_a_picture_in_a_paragraph_of_its_own_is_a_figure_with_its_caption(picture_folder: Path) -> None:
    figure = only_tag(
        convert('![Xe chờ qua cửa khẩu](../a.jpg "Sáng <b>nay</b> & chiều qua")', content=picture_folder).find_all(
            "figure"
        )
    )
    assert figure.img["alt"] == "Xe chờ qua cửa khẩu"
    assert "title" not in figure.img.attrs
    assert figure.figcaption.get_text() == "Sáng <b>nay</b> & chiều qua"


def test_a_figure_without_caption_has_no_empty_one(picture_folder: Path) -> None:
    assert not only_tag(convert("![Xe chờ](../a.jpg)", content=picture_folder).find_all("figure")).find("figcaption")


def test_pictures_in_one_paragraph_are_figures_side_by_side(picture_folder: Path) -> None:
    document = convert('Trước\n\n![Xe chờ](../a.jpg "Một")\n![Đồi chè](../b.jpg "Hai")\n\nSau', content=picture_folder)
    assert [e.name for e in document.find_all(True, recursive=False)] == ["p", "figure", "figure", "p"]
    assert [f.figcaption.get_text() for f in document.find_all("figure")] == ["Một", "Hai"]


def test_a_picture_within_a_sentence_stays_in_it(picture_folder: Path) -> None:
    document = convert("Biển ![cấm vào](../a.jpg) ở cổng", content=picture_folder)
    assert not document.find("figure")
    assert document.p.img["alt"] == "cấm vào"


def test_a_picture_may_be_declared_decoration(picture_folder: Path) -> None:
    body = html.convert('<img src="../a.jpg" alt="">', str(picture_folder / "articles/a.md"), str(picture_folder), "vi")
    assert not body.problems
    assert BeautifulSoup(body.html, "html.parser").img["alt"] == ""


@pytest.mark.parametrize(
    "markdown", ["![](../a.jpg)", "![ ](../a.jpg)", '<img src="../a.jpg">', '![](../a.jpg) <img src="../a.jpg" alt="">']
)
def test_a_picture_without_description_is_an_error(picture_folder: Path, markdown: str) -> None:
    body = html.convert(markdown, str(picture_folder / "articles/a.md"), str(picture_folder), "vi")
    assert [p.level for p in body.problems if p.level == "error"]


@pytest.mark.parametrize(
    "markdown",
    [
        "![ảnh](../a.jpg)",
        "![Hình ảnh cửa khẩu](../a.jpg)",
        "![photo](../a.jpg)",
        "![a.jpg](../a.jpg)",
        '![Xe chờ](../a.jpg "Xe chờ")',
    ],
)
def test_a_poor_description_is_a_warning(picture_folder: Path, markdown: str) -> None:
    body = html.convert(markdown, str(picture_folder / "articles/a.md"), str(picture_folder), "vi")
    assert [p.level for p in body.problems] == ["warning"]


def test_a_good_description_causes_no_warning(picture_folder: Path) -> None:
    body = html.convert(
        '![Xe chờ qua cửa khẩu](../a.jpg "Sáng nay")', str(picture_folder / "articles/a.md"), str(picture_folder), "vi"
    )
    assert not body.problems


# --- tables ---

TABLE = "| Xã | Dân số |\n|:--|--:|\n| Nà Lèng | 1.200 |\n| Khau Muồi | 900 |\n"


def test_column_heads_are_marked_as_heads() -> None:
    document = convert(TABLE)
    assert [(th.get_text(), th["scope"]) for th in document.find_all("th")] == [("Xã", "col"), ("Dân số", "col")]


@pytest.mark.parametrize(
    "table",
    [
        "|  | Dân số |\n|--|--|\n| Nà Lèng | 1.200 |\n| Khau Muồi | 900 |",
        "| Xã | Dân số |\n|--|--|\n| **Nà Lèng** | 1.200 |\n| **Khau Muồi** | 900 |",
    ],
    ids=["empty corner", "bold"],
)
def test_first_cells_are_row_heads(table: str) -> None:
    document = convert(table)
    assert [th.get_text() for th in document.find_all("th", scope="row")] == ["Nà Lèng", "Khau Muồi"]
    assert not document.find("strong")
    assert not [th for th in document.find_all("th") if not th.get_text(strip=True)]


def test_one_bold_cell_makes_no_row_heads() -> None:
    assert not convert("| a | b |\n|--|--|\n| **x** | 1 |\n| y | 2 |").find("th", scope="row")


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("Bảng: dân số các xã", "Dân số các xã"),
        ("Bảng 2. Dân số", "Bảng 2. Dân số"),
        ("Table 1: People", "Table 1: People"),
        ("bảng: **dân** số", None),
        ("**Bảng 1. Dân số**", "Bảng 1. Dân số"),
        ("*Bảng 1.* Dân số", "Bảng 1. Dân số"),
        ("***Table 2: People***", "Table 2: People"),
        ("**Bảng: dân số**", "Dân số"),
        ("**Bảng:** dân số", "Dân số"),
        ("**Bảng**: dân số", "Dân số"),
        ("**Bảng: dân** số", "Bảng: dân số"),
    ],
)
def test_the_line_before_a_table_is_its_caption_and_its_name(line: str, caption: str | None) -> None:
    document = convert(f"{line}\n\n{TABLE}")
    named = only_tag(document.select(".scroll[aria-label]"))
    assert document.caption.get_text() == (caption or named["aria-label"])
    assert named["aria-label"] == document.caption.get_text()
    assert document.find("p") is None
    assert document.table.find(True).name == "caption"


def test_a_sentence_before_a_table_is_no_caption() -> None:
    document = convert(f"Bảng sau cho biết dân số.\n\n{TABLE}")
    assert document.p and not document.caption


@pytest.mark.parametrize("line", ["Bảng:", "**Bảng:**", "**Bảng**:"])
def test_a_line_without_words_is_no_caption(line: str) -> None:
    document = convert(f"{line}\n\n{TABLE}")
    assert document.p.get_text() == line.replace("*", "")
    assert not document.caption
    assert only_tag(document.select(".scroll"))["aria-label"] == "Bảng"


def test_a_caption_in_bold_is_not_bold_twice() -> None:
    assert str(convert(f"**Bảng 1. *Dân* số**\n\n{TABLE}").caption) == "<caption>Bảng 1. <em>Dân</em> số</caption>"


RAW = (
    "<table border=1 style='width:700px'><tr><th>Xã</th><th>Dân số</th></tr><tr><td><p>Nà "
    "Lèng</p></td><td>1</td></tr></table>"
)


def test_a_table_in_html_gets_what_a_table_in_markdown_has() -> None:
    document = convert(f"Chữ\n\n{RAW}\n\nSau\n\n{TABLE}")
    assert [region["tabindex"] for region in document.select(".scroll > table") and document.select(".scroll")] == [
        "0",
        "0",
    ]
    assert [region["aria-label"] for region in document.select(".scroll")] == ["Bảng", "Bảng"]
    assert [th["scope"] for th in document.find_all("th")] == ["col"] * 4
    assert [p.get_text() for p in document.find_all("p", recursive=False)] == ["Chữ", "Sau"]


@pytest.mark.parametrize(
    ("before", "caption"),
    [
        ("<p><b>Bảng 1. Dân số</b></p>", "Bảng 1. Dân số"),
        ("Bảng 2: **Dân** số", "Bảng 2: Dân số"),
        ("<p>Bảng:</p>", None),
        ("Chữ", None),
    ],
)
def test_a_table_in_html_takes_its_caption(before: str, caption: str | None) -> None:
    document = convert(f"{before}\n\n{RAW}")
    assert (document.caption and document.caption.get_text()) == caption
    assert only_tag(document.select(".scroll"))["aria-label"] == (caption or "Bảng")
    assert bool(document.find("p", recursive=False)) == (caption is None)


def test_a_table_in_html_keeps_its_own_caption_and_scopes() -> None:
    document = convert(
        "<table><caption>Của nó</caption><tr><th scope='row'>a</th><th>b</th></tr><tr><th>c</th></tr></table>"
    )
    assert only_tag(document.select(".scroll"))["aria-label"] == "Của nó"
    assert [th.get("scope") for th in document.find_all("th")] == ["row", "col", None]
    assert convert("<table><tr><th>a</th><td>1</td></tr></table>").th["scope"] == "row"
    assert [th["scope"] for th in convert("<table><tr><td></td><th>a</th></tr></table>").find_all("th")] == ["col"]


def test_a_table_within_a_table_needs_no_second_scroller() -> None:
    document = convert(f"<div><table><tr><td>{RAW}</td></tr></table></div>")
    assert len(document.find_all("table")) == 2
    assert only_tag(document.select(".scroll")).parent.name == "div"


def test_only_a_body_with_a_raw_table_is_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw_tables, "complete_tables", lambda *_: pytest.fail("read again"))
    convert(f"Bảng: a\n\n{TABLE}\n\nchữ `<table>` [x](https://x.vn '<table')")


def test_a_wide_table_can_be_scrolled_with_the_keyboard() -> None:
    region = only_tag(convert(TABLE).select(".scroll"))
    assert region["tabindex"] == "0"
    assert region["aria-label"] == "Bảng"
    assert only_tag(convert(TABLE, "en").select(".scroll"))["aria-label"] == "Table"


def test_columns_are_aligned_by_class_never_by_style() -> None:
    document = convert("| a | b | c |\n|:--|--:|:-:|\n| 1 | 2 | 3 |")
    assert [td.get("class") for td in document.find_all("td")] == [None, ["right"], ["center"]]
    assert not document.find(style=True)


# --- notes ---


@pytest.mark.parametrize("name", ["1", "gia", "a:b"])
def test_footnotes_are_announced_by_number_in_both_directions(name: str) -> None:
    document = convert(f"Một[^x] hai[^{name}] ba[^{name}]\n\n[^x]: Đầu.\n[^{name}]: Giá.")
    notes = only_tag(document.select("section[role=doc-endnotes]"))
    assert notes["aria-label"] == "Chú thích"
    assert [a["aria-label"] for a in document.select("[role=doc-noteref]")] == [
        "Chú thích 1",
        "Chú thích 2",
        "Chú thích 2",
    ]
    back = [a["aria-label"] for a in notes.select("[role=doc-backlink]")]
    assert back == ["Về chỗ có chú thích 1", "Về chỗ có chú thích 2, chỗ thứ 1", "Về chỗ có chú thích 2, chỗ thứ 2"]


def test_footnotes_and_references_link_to_each_other() -> None:
    document = convert("Một[^gia] hai[^gia]\n\n[^gia]: Giá.")
    ids = {element["id"] for element in document.find_all(id=True)}
    links = [a["href"] for a in document.find_all("a")]
    assert len(links) == 4
    assert all(link.removeprefix("#") in ids for link in links)


def test_footnotes_are_labelled_in_the_language_of_the_article() -> None:
    document = convert("One[^1]\n\n[^1]: Note.", "en")
    assert document.select_one("[role=doc-noteref]")["aria-label"] == "Note 1"
    assert document.select_one("[role=doc-backlink]")["aria-label"] == "Back to the text of note 1"


# --- words ---


def test_words_of_another_language_are_marked() -> None:
    assert convert('Hội nghị <span lang="en">online</span>').span["lang"] == "en"


def test_abbreviations_have_their_meaning() -> None:
    assert convert("UBND tỉnh\n\n*[UBND]: Ủy ban nhân dân").abbr["title"] == "Ủy ban nhân dân"


def test_terms_have_their_meanings() -> None:
    document = convert("Lead\n:   Đoạn mở đầu\n:   Sapo")
    assert [e.name for e in document.dl.find_all(True)] == ["dt", "dd", "dd"]


def test_decomposed_letters_become_composed_ones() -> None:
    assert convert("Tie\u0302\u0301ng Vie\u0323\u0302t").get_text() == "Tiếng Việt"


# --- code


@pytest.mark.parametrize("fence", ["```", "~~~", "````", "``` python", "   ```"])
def test_code_between_fences_stays_as_it_is_and_can_be_scrolled(fence: str) -> None:
    code = "# không phải mục\n\n<b>a</b> & *b* [^1] \\n\n    |x|y|"
    document = convert(f"Trước\n{fence}\n{code}\n{fence.split(' python')[0]}\nSau")
    assert [e.name for e in document.find_all(True, recursive=False)] == ["p", "pre", "p"]
    assert document.pre["tabindex"] == "0"
    assert document.pre.get_text() == code + "\n"
    assert not document.code.find(True)
    assert not document.code.attrs


def test_indented_code_can_be_scrolled_too() -> None:
    assert convert("Chữ\n\n    x = 1").pre["tabindex"] == "0"
    assert [pre["tabindex"] for pre in convert("<pre tabindex=7>x</pre><pre tabindex=0>x</pre>").find_all("pre")] == [
        "0",
        "0",
    ]


@pytest.mark.parametrize("text", ["```\nmở mà không đóng", "~~~~\nx\n~~~", "`` ` ``", "```a``` trong câu"])
def test_a_fence_that_is_never_closed_is_text(text: str) -> None:
    assert not convert(text).find("pre")


def test_a_shorter_fence_within_a_longer_one_is_code() -> None:
    assert convert("````\n```\nx\n```\n````").pre.get_text() == "```\nx\n```\n"
