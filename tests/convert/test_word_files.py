"""Word files as offices have them: fonts of old, the form of documents, notes, text boxes, numbering."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import editors, portals

from . import archives, word_documents
from .test_sources import in_tcvn3, in_vni
from .word_documents import document, note, note_reference, paragraph, run, table, text_box

TITLE = "Nghiệm thu kè suối Nậm Lằng"
TEXTS = (
    "Sáng ngày 20/11/2020, đoàn công tác đã kiểm tra tiến độ xây dựng kè suối và làm việc với bà con trong bản.",
    "Theo báo cáo, công trình đang thi công phần thân kè theo đúng tiến độ đã cam kết với chính quyền xã.",
    "Các hộ ở vùng nguy cơ sạt lở đã được chuyển đến khu tái định cư trước mùa mưa năm nay.",
)
BOLD = "<w:b/>"


def convert(raw: bytes, tmp_path: Path, name: str = "a.docx") -> tuple[dict, str]:
    """Return the row of a file and its article."""
    rows = archives.convert(editors.write_file(tmp_path / "old", name, raw), tmp_path / "content" / "articles")
    (row,) = (row for key, row in rows.items() if key)
    return row, Path(row["output"]).read_text("utf-8")


def plain(text: str) -> str:
    """Return the text of an article without the signs of Markdown."""
    return re.sub(r"[\\*#]|</?su[bp]>", "", text)


# --- fonts --------------------------------------------------------------------------------------------

ENCODED = {".VnTime": in_tcvn3, ".VnArial Narrow": in_tcvn3, "VNI-Times": in_vni, "VNI-Helve": in_vni}
STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/></w:rPr>'
    '</w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/>'
    '{normal}</w:style><w:style w:type="paragraph" w:styleId="C"><w:name w:val="Cũ"/><w:basedOn w:val="N"/><w:rPr>'
    '<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr></w:style><w:style w:type="character" w:styleId="K">'
    '<w:name w:val="Chữ"/><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr></w:style>'
)
THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme><a:minorFont>'
    '<a:latin typeface="{font}"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>'
)


@pytest.mark.parametrize("font", ENCODED)
@pytest.mark.parametrize("where", ["run", "paragraph style", "character style", "theme"])
def test_texts_are_converted_by_the_font_that_shows_them(font: str, where: str, tmp_path: Path) -> None:
    encode = ENCODED[font]
    own = font if where == "run" else ""
    settings = '<w:pStyle w:val="C"/>' if where == "paragraph style" else ""
    style = '<w:rStyle w:val="K"/>' if where == "character style" else ""
    parts = {"styles": STYLES.format(font=font, normal="")}
    if where == "theme":
        parts["theme/theme1"] = THEME.format(font=font)
    raw = document(
        *(paragraph(run(encode(text), own, style), properties=settings) for text in (TITLE, *TEXTS)), **parts
    )
    row, text = convert(raw, tmp_path)
    assert row["title"] == TITLE and all(each in plain(text) for each in TEXTS)


def test_a_document_with_several_encodings_is_converted_run_by_run(tmp_path: Path) -> None:
    raw = document(
        paragraph(run(TITLE, "Times New Roman")),
        paragraph(
            run(in_tcvn3("Sáng nay, "), ".VnTime"), run("ông Vừ A Sùng", "Arial"), run(in_vni(" nói rõ:"), "VNI-Times")
        ),
        paragraph(run(in_vni(TEXTS[0]), "VNI-Times")),
        paragraph(run(in_tcvn3(TEXTS[1]), ".VnTime")),
        paragraph(run(TEXTS[2], ".VnTime")),  # typed in Unicode into an old document
    )
    _, text = convert(raw, tmp_path)
    assert "Sáng nay, ông Vừ A Sùng nói rõ:" in plain(text) and all(each in plain(text) for each in TEXTS)


def test_fonts_of_capitals_are_read_as_they_look(tmp_path: Path) -> None:
    raw = document(
        paragraph(run(in_tcvn3(TITLE.lower()), ".VnTimeH")), *(paragraph(run(in_tcvn3(t), ".VnTime")) for t in TEXTS)
    )
    assert convert(raw, tmp_path)[0]["title"] == TITLE.upper()


def test_a_vowel_and_its_mark_in_two_runs_are_one_letter(tmp_path: Path) -> None:
    encoded = in_vni(TEXTS[0])
    halves = [run(letter, "VNI-Times") for letter in encoded]
    _, text = convert(document(paragraph(TITLE), paragraph(*halves), *map(paragraph, TEXTS[1:])), tmp_path)
    assert TEXTS[0] in plain(text)


# --- documents of authorities -------------------------------------------------------------------------

CENTER = '<w:jc w:val="center"/>'
LEFT = ("UBND TỈNH VÂN SƠN", run("SỞ NÔNG NGHIỆP", properties=BOLD), "Số: 123/BC-SNN")
RIGHT = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Vân Sơn, ngày 20 tháng 11 năm 2020")
SIGNED = table(
    (
        "".join(map(paragraph, ("Nơi nhận:", "- Như trên;", "- Lưu: VT."))),
        "".join(map(paragraph, ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "(Đã ký)", "Vừ A Sùng"))),
    )
)


def header_as_table(left: tuple[str, ...] = LEFT) -> str:
    return table(("".join(map(paragraph, left)), "".join(map(paragraph, RIGHT))))


def header_in_two_rows(left: tuple[str, ...] = LEFT) -> str:
    return table(
        ("".join(map(paragraph, left[:2])), "".join(map(paragraph, RIGHT[:2]))),
        ("".join(map(paragraph, left[2:])), paragraph(RIGHT[2])),
    )


def header_with_tabs(left: tuple[str, ...] = LEFT) -> str:
    pairs = zip(left[:3], RIGHT, strict=True)
    lines = (paragraph(a if a.startswith("<") else run(a), run("\t\t"), run(b)) for a, b in pairs)
    return "".join([*lines, *map(paragraph, left[3:])])


HEADERS = {"one row": header_as_table, "two rows": header_in_two_rows, "tabs": header_with_tabs}


@pytest.mark.parametrize("header", HEADERS)
def test_a_report_has_title_date_and_authority_from_its_form(header: str, tmp_path: Path) -> None:
    raw = document(
        HEADERS[header](),
        paragraph(run("BÁO CÁO", properties=BOLD), properties=CENTER),
        paragraph(run("Kết quả nghiệm thu kè suối năm 2020", properties=BOLD), properties=CENTER),
        paragraph("-------"),
        *map(paragraph, TEXTS),
        SIGNED,
    )
    row, text = convert(raw, tmp_path)
    assert (row["title"], row["date"]) == ("Báo cáo Kết quả nghiệm thu kè suối năm 2020", "2020-11-20")
    assert row["source_name"] == "SỞ NÔNG NGHIỆP" or header == "tabs"
    words = (*TEXTS, "UBND TỈNH VÂN SƠN", "123/BC-SNN", *RIGHT, "Nơi nhận:", "- Lưu: VT.", "PHÓ GIÁM ĐỐC", "Vừ A Sùng")
    assert [each for each in words if each not in plain(text)] == []


def test_an_official_letter_has_its_subject_as_title(tmp_path: Path) -> None:
    left = (*LEFT, "V/v đôn đốc tiến độ", "kè suối Nậm Lằng")
    raw = document(header_as_table(left), paragraph("Kính gửi: UBND các xã"), *map(paragraph, TEXTS), SIGNED)
    row, text = convert(raw, tmp_path)
    assert row["title"] == "Về việc đôn đốc tiến độ kè suối Nậm Lằng" and row["date"] == "2020-11-20"
    assert "Kính gửi: UBND các xã" in plain(text) and "\nstatus: published\n" in text


def test_a_decision_keeps_who_decides_and_what_apart_from_its_title(tmp_path: Path) -> None:
    raw = document(
        header_in_two_rows(("ỦY BAN NHÂN DÂN", "TỈNH VÂN SƠN", "Số: 05/2020/QĐ-UBND")),
        *(
            paragraph(run(line, properties=BOLD), properties=CENTER)
            for line in ("QUYẾT ĐỊNH", "Về việc ban hành Quy định quản lý kè suối", "ỦY BAN NHÂN DÂN TỈNH VÂN SƠN")
        ),
        paragraph("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;"),
        paragraph(run("QUYẾT ĐỊNH:", properties=BOLD), properties=CENTER),
        paragraph(run("Điều 1.", properties=BOLD), run(" Ban hành kèm theo Quyết định này Quy định quản lý kè suối.")),
        SIGNED,
    )
    row, text = convert(raw, tmp_path)
    assert row["title"] == "Quyết định về việc ban hành Quy định quản lý kè suối"
    assert row["source_name"] == "ỦY BAN NHÂN DÂN TỈNH VÂN SƠN"
    body = plain(text).split("\n---\n", 1)[1]
    assert body.count("ỦY BAN NHÂN DÂN TỈNH VÂN SƠN") == 1 and "QUYẾT ĐỊNH:" in body and "Căn cứ Luật" in body


BOLD_AND_CENTERED = ("KẾ HOẠCH", "thực hiện Nghị quyết số 19 của Trung ương")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            [
                paragraph(run("ĐẢNG BỘ TỈNH VÂN SƠN\t\tĐẢNG CỘNG SẢN VIỆT NAM")),
                paragraph(run("TỈNH ỦY", properties=BOLD)),
                paragraph("Số 15-KH/TU   Vân Sơn, ngày 20 tháng 11 năm 2020"),
                *(paragraph(run(each, properties=BOLD), properties=CENTER) for each in BOLD_AND_CENTERED),
            ],
            "Kế hoạch thực hiện Nghị quyết số 19 của Trung ương",
        ),
        (
            [
                *(paragraph(run(each), properties=CENTER) for each in RIGHT[:2]),
                paragraph(run("BIÊN BẢN HỌP THÔN", properties=BOLD), properties=CENTER),
                paragraph("Nà Lằng, ngày 20 tháng 11 năm 2020"),
            ],
            "BIÊN BẢN HỌP THÔN",
        ),
        ([paragraph(" ".join(RIGHT[:2])), paragraph("Kính gửi: Sở Nông nghiệp")], TEXTS[0]),
    ],
    ids=["party", "minutes", "no kind"],
)
def test_other_forms_have_their_title_too(head: list[str], title: str, tmp_path: Path) -> None:
    row, text = convert(document(*head, *map(paragraph, TEXTS)), tmp_path)
    assert row["title"] == title and all(each in plain(text) for each in TEXTS)


def test_a_document_without_its_day_is_a_draft(tmp_path: Path) -> None:
    right = "".join(map(paragraph, (*RIGHT[:2], "Vân Sơn, ngày     tháng 11 năm 2020")))
    raw = document(
        table(("".join(map(paragraph, LEFT)), right)),
        paragraph(run("THÔNG BÁO", properties=BOLD)),
        *map(paragraph, TEXTS),
    )
    row, text = convert(raw, tmp_path)
    assert row["title"] == "Thông báo" and row["date"] is None and "\nstatus: draft\n" in text


def test_news_about_a_decision_is_no_decision(tmp_path: Path) -> None:
    raw = document(paragraph(run("Quyết định mới về kè suối", properties=BOLD)), *map(paragraph, TEXTS))
    assert convert(raw, tmp_path)[0]["title"] == "Quyết định mới về kè suối"


# --- what stands beside the text ----------------------------------------------------------------------


def test_notes_become_footnotes_of_markdown(tmp_path: Path) -> None:
    raw = document(
        paragraph(TITLE),
        paragraph(run(TEXTS[0]), note_reference("footnote", 2)),
        paragraph(run(TEXTS[1]), note_reference("endnote", 2), run(" Và thế."), note_reference("footnote", 3)),
        paragraph(TEXTS[2]),
        footnotes=note("footnote", 2, paragraph("Số liệu của xã."), paragraph("Đoạn hai."))
        + note("footnote", 3, paragraph("Ba.")),
        endnotes=note("endnote", 2, paragraph("Chú thích cuối bài.")),
    )
    _, text = convert(raw, tmp_path)
    assert "[^2] Và thế.[^3]" in text and "\n[^2]: Chú thích cuối bài.\n" in text and "\n[^3]: Ba.\n" in text
    assert "↩" not in text and "Số liệu của xã." in text and "Đoạn hai." in text  # its reference is in the lead
    result = portals.build(tmp_path / "output", tmp_path / "content")
    assert result.returncode == 0 and "[^" not in result.stderr, result.stderr
    page = (next((tmp_path / "output" / "bai-viet").glob("*/index.html"))).read_text("utf-8")
    assert "Chú thích cuối bài." in page and "[^" not in page


def test_text_boxes_comments_changes_and_hidden_text_are_kept_or_told(tmp_path: Path) -> None:
    raw = document(
        paragraph(TITLE),
        paragraph(
            run("Trước khung, "),
            text_box(paragraph("Đường dây nóng: 0123") + paragraph("Gọi cả đêm.")),
            run("sau khung."),
        ),
        paragraph(
            run(TEXTS[0]),
            run("SỐ MẬT 77", properties="<w:vanish/>"),
            f'<w:ins w:id="1" w:author="A">{run(" Câu thêm vào.")}</w:ins>',
            '<w:del w:id="2" w:author="A"><w:r><w:delText>Câu đã xoá.</w:delText></w:r></w:del>',
        ),
        *map(paragraph, TEXTS[1:]),
        comments='<w:comment w:id="1" w:author="Lan">' + paragraph("Hỏi lại số này") + "</w:comment>",
        header1=paragraph("DỰ THẢO LẦN 2"),
    )
    row, text = convert(raw, tmp_path)
    body = text.split("\n---\n", 1)[1]
    assert "Trước khung, sau khung." in body and "Đường dây nóng: 0123" in body and "Gọi cả đêm." in body
    assert body.count("Đường dây nóng") == 1 and "Câu thêm vào." in body
    assert "SỐ MẬT 77" not in body and "Câu đã xoá." not in body
    for told in ("Đường dây nóng", "SỐ MẬT 77", "Câu thêm vào", "Câu đã xoá", "Lan", "Hỏi lại số này", "DỰ THẢO LẦN 2"):
        assert any(told in reason for reason in row["reasons"]), told


def level(number: int, style: str, text: str) -> str:
    return f'<w:lvl w:ilvl="{number}"><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'


def definition(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def test_numbers_before_paragraphs_are_those_that_word_shows(tmp_path: Path) -> None:
    numbering = (
        definition(
            0, level(0, "upperRoman", "Chương %1"), level(1, "decimal", "Điều %2."), level(2, "lowerLetter", "%3)")
        )
        + definition(1, level(0, "decimal", "%1."))
        + definition(2, level(0, "bullet", "-"))
        + definition(3, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."))
        + "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(4))
    )

    def item(text: str, each: int, depth: int = 0) -> str:
        return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{each}"/></w:numPr>')

    raw = document(
        paragraph(TITLE),
        *map(paragraph, TEXTS),
        *(item(*each) for each in (("Quy định chung", 1), ("Phạm vi", 1, 1), ("kè suối", 1, 2), ("đập nước", 1, 2))),
        *(item(*each) for each in (("Đối tượng", 1, 1), ("mọi hộ", 1, 2), ("Thi hành", 1), ("Hiệu lực", 1, 1))),
        item("việc thứ nhất", 2),
        paragraph("Đoạn xen giữa hai việc, không có số."),
        item("việc thứ hai", 2),
        item("gạch đầu dòng", 3),
        *(item(*each) for each in (("Phần một", 4), ("Mục nhỏ", 4, 1), ("Mục sau", 4, 1), ("Phần hai", 4))),
        numbering=numbering,
    )
    text = plain(convert(raw, tmp_path)[1]).replace("&#41;", ")")
    for line in ("Chương I Quy định chung", "Điều 1. Phạm vi", "a) kè suối", "b) đập nước", "Điều 2. Đối tượng"):
        assert f"\n{line}\n" in text, line
    for line in (
        "a) mọi hộ",
        "Chương II Thi hành",
        "Điều 1. Hiệu lực",
        "2. việc thứ hai",
        "- gạch đầu dòng",
        "1.2. Mục sau",
    ):
        assert f"\n{line}\n" in text, line
    assert "\n2. Phần hai" in text


def test_merged_cells_keep_their_words(tmp_path: Path) -> None:
    raw = document(
        paragraph(TITLE),
        *map(paragraph, TEXTS),
        table(
            (paragraph("Xã"), '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + paragraph("Số hộ")),
            (
                '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + paragraph("Khau Mười"),
                paragraph("nghèo"),
                paragraph("12"),
            ),
            ("<w:tcPr><w:vMerge/></w:tcPr>" + paragraph(""), paragraph("cận nghèo"), paragraph("34")),
        ),
    )
    text = convert(raw, tmp_path)[1]
    assert all(word in text for word in ("Số hộ", "Khau Mười", "cận nghèo", "12", "34"))


def test_headings_are_known_by_style_and_by_look(tmp_path: Path) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="u2"><w:name w:val="heading 2"/></w:style>'
    raw = document(
        paragraph(TITLE),
        *map(paragraph, TEXTS[:2]),
        paragraph("Tiến độ từng xã", properties='<w:pStyle w:val="u2"/>'),
        paragraph(TEXTS[2]),
        paragraph(run("Việc còn lại", properties=BOLD)),
        paragraph(TEXTS[0]),
        styles=styles,
    )
    text = convert(raw, tmp_path)[1]
    assert "\n## Tiến độ từng xã\n" in text and "\n### Việc còn lại\n" in text


def test_letters_that_are_raised_by_a_distance_are_superscripts(tmp_path: Path) -> None:
    raised, lowered = (f'<w:position w:val="{each}"/><w:sz w:val="16"/>' for each in (8, -6))
    line = paragraph(run("Diện tích 50 m"), run("2", properties=raised), run(", khí CO"), run("2", properties=lowered))
    text = convert(document(paragraph(TITLE), *map(paragraph, TEXTS), line), tmp_path)[1]
    assert "Diện tích 50 m<sup>2</sup>, khí CO<sub>2</sub>" in text


@pytest.mark.parametrize(
    "broken", [b"\xd0\xcf\x11\xe0 encrypted", b"PK\x03\x04", word_documents.document(paragraph("x"))[:300]]
)
def test_what_is_no_word_file_is_told(broken: bytes, tmp_path: Path) -> None:
    rows = archives.convert(editors.write_file(tmp_path / "old", "a.docx", broken), tmp_path / "articles")
    assert [row["status"] for key, row in rows.items() if key] == ["error"]
