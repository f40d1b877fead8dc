"""What is read aloud of an article, and in which order."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from plugins.languages import language
from plugins.markdown_reader import html
from plugins.read_aloud import pronunciations, script, sentences
from plugins.read_aloud.sentences import Sentence
from tests import editors

TABLE = pronunciations.load_table("vi", Path("/nonexistent"))[0]


def read(body: str, tmp_path: Path, lang: str = "vi", **header: object) -> list[Sentence]:
    """Return the sentences of an article whose body is Markdown."""
    editors.write_file(tmp_path, "articles/a.md", "")
    editors.write_file(tmp_path, "articles/x.png", editors.photo())
    converted = html.convert(body, str(tmp_path / "articles/a.md"), str(tmp_path), lang)
    assert not [p for p in converted.problems if p.level == "error"], converted.problems
    values = {"title": "Tên bài", "date": datetime(2021, 4, 7), "authors": ["Lê Dũng"], "lead": "Lời dẫn."} | header
    return script.article_sentences(**values, body=converted.html, language=language(lang), table=TABLE)  # type: ignore[arg-type]


def spoken_texts(body: str, tmp_path: Path, **more: object) -> list[str]:
    """Return the spoken text of a body alone."""
    return [s.spoken for s in read(body, tmp_path, authors=[], lead="", **more)[2:]]


def test_title_date_author_and_lead_come_first(tmp_path: Path) -> None:
    sentences = read("Thân bài.", tmp_path, date=datetime(2021, 4, 7, 8, 30))
    assert [s.shown for s in sentences] == ["Tên bài", "07/4/2021, 08:30", "Lê Dũng", "Lời dẫn.", "Thân bài."]
    assert sentences[1].spoken == "ngày bảy tháng tư năm hai nghìn không trăm hai mươi mốt, tám giờ ba mươi phút"
    assert sentences[2].spoken == "tác giả, lê dũng"


def test_a_caption_is_read_once_and_the_description_is_not(tmp_path: Path) -> None:
    texts = spoken_texts('![Ba người đội nón](x.png "Gặt lúa ở Nà Lẹng")', tmp_path)
    assert texts == ["ảnh, gặt lúa ở nà lẹng"]
    assert spoken_texts("![Ba người đội nón](x.png)\n\nHết.", tmp_path) == ["hết."]


def test_a_table_is_read_row_by_row_with_its_heads(tmp_path: Path) -> None:
    texts = spoken_texts(
        "Bảng: Diện tích\n\n| Xã | Diện tích (ha) |\n| --- | --- |\n| Nà Lẹng | 318,5 |\n| Khau Mười | 52 |", tmp_path
    )
    assert texts == [
        "bảng, diện tích",
        "xã, nà lẹng. diện tích, héc ta, ba trăm mười tám phẩy năm.",
        "xã, khau mười. diện tích, héc ta, năm mươi hai.",
    ]


def test_the_head_of_an_empty_column_is_heard(tmp_path: Path) -> None:
    texts = spoken_texts("| Xã | Ghi chú |\n| --- | --- |\n| Nà Lẹng | |", tmp_path)
    assert texts == ["ghi chú.", "xã, nà lẹng."]


def test_cells_over_several_rows_and_columns_keep_their_heads(tmp_path: Path) -> None:
    raw = (
        "<table><tr><th>Ngày</th><th>Giờ</th><th>Nơi</th></tr><tr><td rowspan=2>1/12</td><td>7 giờ</td><td>Xã</td></tr>"
        "<tr><td>8 giờ</td><td>Bản</td></tr><tr><td>2/12</td><td colspan=2>Nghỉ</td></tr></table>"
    )
    assert spoken_texts(raw, tmp_path) == [
        "ngày, ngày một tháng mười hai. giờ, bảy giờ. nơi, xã.",
        "giờ, tám giờ. nơi, bản.",
        "ngày, ngày hai tháng mười hai. giờ, nghỉ.",
    ]


def test_lists_have_their_numbers(tmp_path: Path) -> None:
    assert spoken_texts("1. Nộp\n2. Chờ\n    - tin nhắn\n3. Nhận", tmp_path) == [
        "một, nộp",
        "hai, chờ",
        "tin nhắn",
        "ba, nhận",
    ]
    assert spoken_texts("5. Năm\n6. Sáu\n8. Tám", tmp_path) == ["năm, năm", "sáu, sáu", "tám, tám"]


def test_a_list_with_letters_has_its_letters(tmp_path: Path) -> None:
    body = '<ol type="a" start="3"><li>Một</li><li type="I">Hai</li><li value="30">Ba</li></ol>'
    assert spoken_texts(body, tmp_path)[-3:] == ["xê, một", "bốn, hai", "ba mươi, ba"]


def test_footnote_references_are_silent_and_their_text_is_read_at_the_end(tmp_path: Path) -> None:
    assert spoken_texts("Câu có chú.[^1] Câu sau.\n\n[^1]: Lời chú.", tmp_path) == [
        "câu có chú.",
        "câu sau.",
        "một, lời chú.",
    ]


def test_deleted_text_is_not_read(tmp_path: Path) -> None:
    assert spoken_texts("Giá <del>5</del> <ins>6</ins> đồng.", tmp_path) == ["giá sáu đồng."]


def test_an_abbreviation_explained_in_the_article_is_read_in_full(tmp_path: Path) -> None:
    assert spoken_texts('<abbr title="Hội đồng trường">HĐT</abbr> họp. HĐT quyết.', tmp_path) == [
        "hội đồng trường họp.",
        "hội đồng trường quyết.",
    ]


def test_lines_of_an_address_are_read_one_by_one(tmp_path: Path) -> None:
    assert spoken_texts("Ban Biên tập<br>\nSố 1, đường Hoa Đào", tmp_path) == ["ban biên tập", "số một, đường hoa đào"]


def test_quotations_details_definitions_and_code_are_read(tmp_path: Path) -> None:
    body = (
        "> Lời trích.\n>\n> — Lò Thị Ính\n\n<details><summary>Xem thêm</summary><p>Cách tính.</p></details>\n\n"
        "Từ\n:   Nghĩa\n\n```\nmột dòng\n```"
    )
    assert spoken_texts(body, tmp_path) == [
        "lời trích.",
        "lò thị ính",
        "xem thêm",
        "cách tính.",
        "từ",
        "nghĩa",
        "một dòng",
    ]


def test_english_articles_are_read_by_the_english_voice(tmp_path: Path) -> None:
    sentences = read("One in five was late.", tmp_path, lang="en", authors=["Editorial Board"])
    assert [s.spoken for s in sentences[1:3]] == ["7 April 2021", "By Editorial Board"]


@pytest.mark.parametrize("body", ["", "***", "![Tả](x.png)", "😀 👍"])
def test_an_article_without_readable_text_is_still_introduced(body: str, tmp_path: Path) -> None:
    assert [s.shown for s in read(body, tmp_path)] == ["Tên bài", "07/4/2021", "Lê Dũng", "Lời dẫn."]


EMPTY_TABLE = "| | |\n|---|---|\n| – | – |"


@pytest.mark.parametrize("body", ["", "***", "![Tả](x.png)", "😀 👍", "<!-- Chờ số liệu -->", EMPTY_TABLE, "~~Bỏ.~~"])
def test_an_article_with_nothing_but_a_title_date_and_authors_is_not_read(body: str, tmp_path: Path) -> None:
    assert read(body, tmp_path, lead="") == []


def test_a_caption_a_cell_or_a_value_of_a_feature_is_something_to_be_read(tmp_path: Path) -> None:
    assert read('![Tả](x.png "Chú thích.")', tmp_path, lead="")
    assert read("| Tuần | Lượt |\n|---|---|\n| 1 | 5 |", tmp_path, lead="")
    assert read("", tmp_path, lead="", extras=[("Đính chính", "Sửa ngày.")])


def test_pauses_are_longer_where_a_passage_ends(tmp_path: Path) -> None:
    pauses = [s.pause for s in read("## Mục\n\nMột. Hai.", tmp_path)[4:]]
    assert pauses == [script.TITLE_PAUSE, sentences.SENTENCE_PAUSE, script.PASSAGE_PAUSE]


def test_words_in_letters_that_the_voice_does_not_know_are_found() -> None:
    speech = language("vi").speech
    texts = ["Cửa khẩu 友谊关, Δ, 5 Ω", "<p title='中'>ສະບາຍດີ (Lào), \uff46ull 😀, 50㎡, Ⅳ ①, bơ̆nh</p>"]
    assert script.unspoken_words(texts, script.speech_function(speech, TABLE)) == ["友谊关", "ສະບາຍດີ"]
    known = TABLE.extended({"友谊关": "Hữu Nghị Quan"})
    assert script.unspoken_words(texts[:1], script.speech_function(speech, known)) == []
