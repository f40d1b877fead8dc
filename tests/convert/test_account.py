"""Every word of an old page is in the article, in the chrome of the old portal, or told as doubtful."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, CData, Comment, NavigableString
from bs4.element import PreformattedString
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.convert import account, article, article_header, blocks, markdown, saved_page, text_page, written_account
from plugins.convert.errors import SourceError
from plugins.convert.surroundings import has_sentence

from . import archives, marked_pages, stories, templates, templates_later

TAGS = [
    "p",
    "div",
    "td",
    "tr",
    "table",
    "li",
    "ul",
    "ol",
    "b",
    "h1",
    "h3",
    "a",
    "blockquote",
    "pre",
    "form",
    "nav",
    "dl",
]
TAGS += ["figure", "figcaption", "section", "button", "caption", "span", "s", "th", "dd", "iframe", "noscript", "title"]
WORDS = st.sampled_from(
    [
        "Tin khác",
        "Lê Dũng",
        "12/03/2019",
        "Tác giả: ",
        "a",
        "Ảnh: Thu Hà",
        "&lt;Họ và tên&gt;",
        "404",
        "x ",
        "\n",
        "§½🖨",
        "Một câu văn đủ dài để là một đoạn của bài viết, có dấu chấm ở cuối câu. ",
    ]
)
ELEMENTS = st.tuples(st.sampled_from(["<{}>", "</{}>", "<{} class=share>", "<{} hidden>"]), st.sampled_from(TAGS))
MARKUP = st.lists(
    ELEMENTS.map(lambda each: each[0].format(each[1])) | WORDS | st.sampled_from(["<br>", "<hr>", "<img src=a>"])
)
SENTENCE = "Chiếc đò cuối cùng trên bến Nậm Ngà vừa được kéo lên bờ làm củi."


def account_of(page: blocks.Page) -> account.Account:
    return account.account_of(page, article.article_of(page))


def visible_letters(html: str) -> int:
    """Count the letters of a page, apart from scripts, drawings, comments and the head."""
    soup = BeautifulSoup(html, "lxml")
    strings = [each for each in (soup.body or soup).descendants if isinstance(each, NavigableString)]
    shown = (each for each in strings if isinstance(each, CData) or not isinstance(each, Comment | PreformattedString))
    return sum(blocks.letters_of(str(each)) for each in shown)


@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(parts=MARKUP)
def test_no_letter_of_any_markup_is_lost(parts: list[str]) -> None:
    html = "".join(parts)
    found = account_of(saved_page.from_html(html))
    assert found.letters == visible_letters(html) == found.article + found.chrome + found.doubt
    assert sum(found.rules.values()) == found.chrome


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(raw=st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace")))
def test_no_letter_of_any_bytes_is_lost(raw: bytes) -> None:
    for read in (saved_page.read, text_page.read):
        try:
            page = read(raw)
        except SourceError:
            continue
        assert account_of(page).adds_up


def _is_in_suite(path: Path) -> bool:
    return path.suffix in (".html", ".txt") and path.parent.name not in ("eighth", "ninth")


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(marked_pages.SETS.glob("*/*.*")) if _is_in_suite(path)],
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_what_the_account_has_in_the_article_is_there(path: Path) -> None:
    page = (text_page if path.suffix == ".txt" else saved_page).read(marked_pages.read(path).raw)
    found = article.article_of(page)
    assert account.account_of(page, found).adds_up
    if found is None:
        return
    texts = [found.title, found.lead, *found.captions, *(block.text for block in found.body)]
    words = blocks.comparison_key(" ".join(texts))
    entered = [block for block in page.all_blocks if block.reason in ("title", "text", "lead", "caption")]
    assert len(entered) >= 2
    for block in entered:
        assert blocks.comparison_key(block.text) in words, block.text


PLACES = ["drupal", "old_tables", "bootstrap", "vhv", "liferay"]


@pytest.mark.parametrize("name", [*PLACES, *templates_later.TEMPLATES])
def test_a_sentence_anywhere_on_a_page_is_in_the_article_or_told(name: str) -> None:
    """It is put in front of every line of the page in turn, in an element that says nothing about it."""
    template = {**templates.TEMPLATES, **templates_later.TEMPLATES}[name]
    saved = template(stories.story(2, 1), random.Random(2))
    if not saved.name.endswith("html"):
        return
    html = saved.raw.decode()
    whole = BeautifulSoup(html, "lxml")
    spots = [
        tag for tag in whole.body.find_all(["p", "h1", "h2", "h3", "table"]) if not tag.find_parent(["nav", "aside"])
    ]
    assert has_sentence(SENTENCE)
    for number in range(len(spots)):
        soup = BeautifulSoup(html, "lxml")
        named = saved_page.from_html(str(soup)).all_blocks
        spot = [t for t in soup.body.find_all(["p", "h1", "h2", "h3", "table"]) if not t.find_parent(["nav", "aside"])][
            number
        ]
        inserted = soup.new_tag("p")
        inserted.string = SENTENCE
        spot.insert_before(inserted)
        page = saved_page.from_html(str(soup))
        if len(page.all_blocks) <= len(named):
            continue  # within a box that its class names as none of the article
        found = article.article_of(page)
        words = account.account_of(page, found)
        block = next((each for each in page.all_blocks if SENTENCE in each.text), None)
        assert block is not None and found is not None
        allowed = {"comment of a reader", "teaser of another article"}
        assert block.place is not blocks.Place.CHROME or block.reason in allowed, (number, block.reason)
        assert words.adds_up


def test_doubtful_words_are_told_and_the_article_is_a_draft(tmp_path: Path) -> None:
    paragraph = "Con đường dài ba cây số nối hai bản đã được rải đá xong trong tuần này, xe tải đi được."
    html = (
        f"<h1>Rải đá xong đường Nậm Ngà</h1><p>Ngày đăng: 12/03/2019</p><div><p>{paragraph}</p><p>{paragraph} Hai.</p>"
        f"</div><p>Tin khác</p><p><a href=/1>Bàn giao nhà tình nghĩa cho hộ nghèo</a></p><div><p>{SENTENCE}</p>"
        "<p>Đóng</p><p>Bà con kể lại như thế với đoàn công tác của huyện hôm qua.</p></div>"
    )
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "a.html").write_text(html, "utf-8")
    rows = archives.convert(tmp_path / "old", tmp_path / "articles")
    row = rows[str(tmp_path / "old" / "a.html")]
    assert row["status"] == "review" and any(SENTENCE in reason for reason in row["reasons"])
    text = Path(row["output"]).read_text("utf-8")
    assert "status: draft" in text and SENTENCE not in text.split("\n---\n", 1)[1]
    words = row["account"]
    assert words["letters"] == words["article"] + words["chrome"] + words["doubt"] and words["doubt"] > 90
    assert sum(words["rules"].values()) == words["chrome"]


def test_words_that_nobody_has_entered_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_bytes(marked_pages.page("first", "vnexpress_2010").raw)
    monkeypatch.setattr(article_header.Block, "leave_out", lambda *_: None)  # as if somebody had forgotten it
    (row,) = (
        row for source, row in archives.convert(tmp_path / "a.html", tmp_path / "articles", workers=1).items() if source
    )
    assert row["status"] == "error" and "không khớp" in row["reasons"][0] and row["output"] is None


@pytest.mark.parametrize(
    ("written", "instead", "lost"),
    [
        ("Bà con đã rải đá xong.", "", "Bà con đã rải đá xong."),
        ('title: "Rải đá xong đường Nậm Ngà"', 'title: "Rải đá"', "Rải đá xong đường Nậm Ngà"),
        ('  - "Thu Hà"\n', "", "Lê Dũng và Thu Hà"),
        ('"Đường mới"', '"Đường"', "Đường mới"),
        ("| 3 km |", "| 3 |", "Bản 3 km"),
        ("[^1]: Số liệu của xã.", "", "Số liệu của xã."),
        ("", "", ""),
    ],
)
def test_words_that_the_file_of_an_article_lacks_are_found(written: str, instead: str, lost: str) -> None:
    body = [
        blocks.Block("text", "Bà con đã rải đá xong.", "Bà con đã rải đá xong."),
        blocks.Block("picture", "", picture=blocks.Picture("a.jpg", "Con đường đá"), caption="Đường mới"),
        blocks.Block("table", "Bản 3 km", "<table><tr><th>Bản</th></tr><tr><td>3 km</td></tr></table>"),
    ]
    found = article.Article("Rải đá xong đường Nậm Ngà", "Dài ba cây số.", None, "Lê Dũng và Thu Hà", "", "", body)
    text = markdown.front_matter(found, "rai-da", "a.html", "", []) + markdown.body(found, {"a.jpg": "a.jpg"})
    text += "[^1]\n\n[^1]: Số liệu của xã.\n"
    assert written in text
    notes = [blocks.Block("text", "Số liệu của xã.")]
    assert written_account.lost_words(found, notes, text.replace(written, instead) if written else text) == lost


def test_an_article_is_not_written_without_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_bytes(marked_pages.page("first", "vnexpress_2010").raw)
    whole = markdown.body
    monkeypatch.setattr(markdown, "body", lambda *given: whole(*given).replace("Giá chè khô", "Giá chè"))
    rows = archives.convert(tmp_path / "a.html", tmp_path / "articles", workers=1)
    (row,) = (row for source, row in rows.items() if source)
    assert row["status"] == "error" and "sẽ mất" in row["reasons"][0] and row["output"] is None


@pytest.mark.parametrize(
    ("middle", "place"),
    [
        ('<div class="read-more"><p>{}</p></div>', blocks.Place.DOUBT),  # only a class
        ('<div><p><a href="/2">Đò mới ở bến Nậm Ngà</a></p><p>{}</p></div>', blocks.Place.DOUBT),  # only a box
        ('<div class="read-more"><p><a href="/2">Đò mới ở bến Nậm Ngà</a></p><p>{}</p></div>', blocks.Place.CHROME),
        ('<div class="tags"><p>{}</p></div>', blocks.Place.ARTICLE),
    ],
)
def test_one_hint_is_not_enough_to_leave_prose_out_of_an_article(middle: str, place: blocks.Place) -> None:
    paragraphs = [f"<p>{SENTENCE} Đoạn {number}.</p>" for number in range(6)]
    text = "".join([*paragraphs[:3], middle.format("Con đò ấy đã chở khách qua sông suốt 40 năm."), *paragraphs[3:]])
    page = saved_page.from_html(f"<h1>Rải đá xong đường</h1><p>12/03/2019</p><div>{text}</div>")
    account_of(page)
    assert [block.place for block in page.all_blocks if block.text.startswith("Con đò ấy")] == [place]


def test_sections_of_one_paragraph_are_no_list_of_teasers() -> None:
    """They are in an element of their own, far from the title, so that it is not sure that they are of the article."""
    sections = "".join(f"<h3>Chặng thứ {n} của chuyến đi</h3><p>{n} {SENTENCE}</p>" for n in range(3))
    top = "".join(f"<p>{n} giờ sáng. {SENTENCE}</p>" for n in range(30))
    page = saved_page.from_html(f"<div><h1>Xuôi dòng Nậm Ngà</h1>{top}</div><div>{sections}</div>")
    assert account_of(page).doubtful == tuple(f"{n} {SENTENCE}" for n in range(3))
