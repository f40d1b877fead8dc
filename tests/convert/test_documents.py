"""Documents and pages in other forms: .odt, .rtf, .doc, .pdf, single files of browsers, e-mails, web pages."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pypandoc
import pytest
from playwright.sync_api import sync_playwright

from plugins.convert import document_page, rich_text
from plugins.convert.errors import message_of
from tests import chromium, editors

from . import archives
from .test_sources import in_tcvn3, in_vni
from .test_word_files import BOLD, CENTER, LEFT, RIGHT, TEXTS, TITLE, plain
from .word_documents import document, paragraph, run, table

PHOTO = editors.photo()


def convert(raw: bytes, name: str, tmp_path: Path) -> tuple[dict, str]:
    """Return the row of a file and its article."""
    rows = archives.convert(editors.write_file(tmp_path / "old", name, raw), tmp_path / "content" / "articles")
    (row,) = (row for key, row in rows.items() if key)
    return row, Path(row["output"]).read_text("utf-8") if row["output"] else ""


def pictures(tmp_path: Path) -> list[bytes]:
    return [path.read_bytes() for path in (tmp_path / "content" / "images").rglob("*.*")]


# --- word processors ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["odt", "rtf"])
def test_documents_of_other_word_processors_are_read(kind: str, tmp_path: Path) -> None:
    (tmp_path / "anh.png").write_bytes(PHOTO)
    source = (
        f"# {TITLE}\n\n{TEXTS[0]}\n\n{TEXTS[1]}[^1]\n\n![Kè suối](anh.png)\n\n{TEXTS[2]}\n\n[^1]: Số liệu của xã.\n"
    )
    command = [pypandoc.get_pandoc_path(), "-f", "markdown", "-s", "-o", tmp_path / f"a.{kind}"]
    subprocess.run(command, input=source.encode(), cwd=tmp_path, check=True)
    row, text = convert((tmp_path / f"a.{kind}").read_bytes(), f"a.{kind}", tmp_path)
    assert row["title"] == TITLE and all(each in plain(text) for each in TEXTS)
    assert "[^1]: Số liệu của xã." in text and pictures(tmp_path) == [PHOTO]


def test_fonts_of_old_in_rtf_are_converted_run_by_run() -> None:
    table_of_fonts = rb"{\fonttbl{\f0\froman Arial;}{\f1\fnil\fcharset0 .VnTime;}{\f2 VNI-Times;}}"
    old = "".join(f"\\'{byte:02x}" if byte > 127 else chr(byte) for byte in in_tcvn3(TEXTS[0]).encode("latin-1"))
    raw = (
        rb"{\rtf1\ansi"
        + table_of_fonts
        + rb"\f0\b Nghi\u7879?m thu k\'e8 su\u7889\'3fi N\u7853?m L\u7857?ng\b0\par {\f1 "
        rb""
        + old.encode()
        + rb"}\par {\f2 "
        + in_vni(TEXTS[1]).encode("cp1252")
        + rb"\par}\pard "
        + b"C"
        + rb"\'e1c b\par}"
    )
    page, _ = rich_text.read(raw)
    assert [block.text for block in page.blocks] == [TITLE, TEXTS[0], TEXTS[1], "Các b"]


def test_paragraphs_of_lists_in_rtf_have_the_labels_that_were_shown() -> None:
    items = (rb"a)\tab", rb"b)\tab", rb"\f2\u8226 ?\tab")
    labelled = b"".join(b"{\\listtext\\pard\\plain " + each + b"}\\ls1\\ilvl0 Vi\\u7879\\'3fc.\\par " for each in items)
    page, _ = rich_text.read(rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}} M\u7903?.\par " + labelled + rb"H\u7871?t.\par}")
    assert [block.text for block in page.blocks] == ["Mở.", "a) Việc.", "b) Việc.", "- Việc.", "Hết."]


@pytest.mark.parametrize("style", ["a", "I"])
def test_lists_in_letters_keep_them(style: str) -> None:
    html = f'<p>{TITLE}</p><ol start="2" type="{style}"><li><p>Một việc.</p></li><li>Hai việc.</li></ol>'
    second, third = {"a": ("b)", "c)"), "I": ("II.", "III.")}[style]
    assert [block.text for block in document_page.from_html(html).blocks[1:]] == [
        f"{second} Một việc.",
        f"{third} Hai việc.",
    ]


ODT_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
    for name, path in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("draw", "drawing"),
        ("table", "table"),
    )
)


def odt(body: str, styles: str) -> bytes:
    """Return a document of LibreOffice. styles: its automatic styles."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("styles.xml", f"<office:document-styles {ODT_NAMES}/>")
        archive.writestr(
            "content.xml",
            f'<office:document-content {ODT_NAMES} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:automatic-styles>'
            f"{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
    return stream.getvalue()


def test_tables_in_tables_of_odt_lose_no_word(tmp_path: Path) -> None:
    table, row, cell = (f"<table:{each}>{{}}</table:{each}>" for each in ("table", "table-row", "table-cell"))
    lines = [cell.format(f"<text:p>{text}</text:p>") for text in TEXTS]
    columns = "<table:table-column table:number-columns-repeated='2'/>"
    inner = table.format(columns + "".join(row.format(line + cell.format("<text:p>12</text:p>")) for line in lines))
    outer = table.format(
        columns + row.format(cell.format(f"<text:p>{TEXTS[0]}</text:p>{inner}<text:p>{TEXTS[1]} Hết.</text:p>"))
    )
    body = f"<text:h text:outline-level='1'>{TITLE}</text:h>{outer}"
    row_of_report, text = convert(odt(body, ""), "a.odt", tmp_path)
    assert row_of_report["title"] == TITLE and all(each in plain(text) for each in [*TEXTS, f"{TEXTS[1]} Hết."])
    assert plain(text).count("| 12 |") == len(TEXTS)


def test_fonts_of_old_in_odt_are_converted_run_by_run(tmp_path: Path) -> None:
    styles = "".join(
        f'<style:style style:name="{name}" style:family="{family}"><style:text-properties style:font-name="{font}"/>'
        "</style:style>"
        for name, family, font in (("P1", "paragraph", ".VnTime"), ("T1", "text", "VNI-Times"), ("T2", "text", "Arial"))
    )
    body = (
        f"<text:h text:outline-level='1'>{TITLE}</text:h><text:p text:style-name='P1'>{in_tcvn3(TEXTS[0])}</text:p>"
        f"<text:p><text:span text:style-name='T1'>{in_vni(TEXTS[1])}</text:span></text:p>"
        f"<text:p text:style-name='P1'>{in_tcvn3('Xã nói: ')}<text:span text:style-name='T2'>{TEXTS[2]}</text:span>"
        f"{in_tcvn3(' Hết lời.')}</text:p>"
    )
    row, text = convert(odt(body, styles), "a.odt", tmp_path)
    assert row["title"] == TITLE and TEXTS[0] in plain(text) and TEXTS[1] in plain(text)
    assert f"Xã nói: {TEXTS[2]} Hết lời." in plain(text)


ODT_BESIDE = (
    "<text:tracked-changes><text:changed-region><text:deletion><text:p>Câu đã xoá.</text:p></text:deletion>"
    f"</text:changed-region></text:tracked-changes><text:h>{TITLE}</text:h><text:p>{TEXTS[0]}</text:p><text:p>{TEXTS[1]}"
    "<office:annotation><dc:creator>Lan</dc:creator><text:p>Hỏi lại số này</text:p></office:annotation><text:span "
    "text:style-name='H'>Số mật 77</text:span></text:p><text:p>Trước <draw:frame><draw:text-box><text:p>Đường dây nóng"
    "</text:p></draw:text-box></draw:frame>sau khung.</text:p>"
)
HIDDEN = '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
GOOGLE_COMMENT = (
    f"<html><body class='doc-content'><p class=title>{TITLE}</p><p>{TEXTS[0]}</p><p>{TEXTS[1]}<sup><a href='#cmnt1' "
    "id='cmnt_ref1'>[a]</a></sup></p><div><p><a href='#cmnt_ref1' id='cmnt1'>[a]</a>Hỏi lại số này</p></div>"
)
WORD_COMMENT = (
    f"<html><head><meta name=Generator content='Microsoft Word 15'></head><body><p>{TITLE}</p><p>{TEXTS[0]}</p>"
    f"<p>{TEXTS[1]}<span><a href='#_msocom_1' id='_anchor_1' name='_msoanchor_1'>[A1]</a></span></p><div id='_com_1'>"
    "<p><a name='_msocom_1'></a>Hỏi lại số này<a href='#_msoanchor_1'>[A1]</a></p></div>"
)


@pytest.mark.parametrize(
    ("name", "raw", "told", "kept"),
    [
        ("a.odt", odt(ODT_BESIDE, HIDDEN), ["Câu đã xoá", "Lan", "Số mật 77", "Đường dây nóng"], ["Đường dây nóng"]),
        ("a.html", GOOGLE_COMMENT.encode(), ["Hỏi lại số này"], []),
        ("b.html", WORD_COMMENT.encode(), ["Hỏi lại số này"], []),
    ],
    ids=["odt", "Google Docs", "Word"],
)
def test_what_stands_beside_the_text_is_kept_or_told(
    name: str, raw: bytes, told: list[str], kept: list[str], tmp_path: Path
) -> None:
    row, text = convert(raw, name, tmp_path)
    body = text.split("\n---\n", 1)[1]
    assert row["title"] == TITLE and TEXTS[1] in plain(body)
    assert all(any(each in reason for reason in row["reasons"]) for each in told), row["reasons"]
    assert all((each in body) == (each in kept) for each in told) and "[a]" not in body and "A1" not in body


def test_hidden_and_cut_text_of_rtf_is_told() -> None:
    page, _ = rich_text.read(rb"{\rtf1\ansi M\'f4t {\v S\u7889?} hai {\deleted xo\'e1} ba.\par {\v1 x}b\v0 c\par}")
    assert [block.text for block in page.blocks] == ["Môt hai ba.", "bc"]
    assert any("“Sốx”" in note for note in page.notes) and any("“xoá”" in note for note in page.notes)


REPORT = document(
    table(("".join(map(paragraph, LEFT)), "".join(map(paragraph, RIGHT)))),
    paragraph(run("BÁO CÁO", properties=BOLD), properties=CENTER),
    paragraph(run("Kết quả nghiệm thu kè suối", properties=BOLD), properties=CENTER),
    *map(paragraph, TEXTS),
)


def test_old_word_files_are_given_to_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in the place of LibreOffice: it gets the file by name, and leaves a .docx where it is told to."""
    (tmp_path / "made.docx").write_bytes(REPORT)
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(
        f"#!{sys.executable}\nimport shutil, sys\n"
        "arguments = sys.argv[1:]\nassert arguments[arguments.index('--convert-to') + 1] == 'docx'\n"
        "assert open(arguments[-1], 'rb').read().startswith(b'\\xd0\\xcf\\x11\\xe0')\n"
        f"shutil.copy({str(tmp_path / 'made.docx')!r}, arguments[arguments.index('--outdir') + 1] + '/a.docx')\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    raw = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    row, text = convert(raw, "a.doc", tmp_path)
    assert row["title"] == "Báo cáo Kết quả nghiệm thu kè suối" and all(each in plain(text) for each in TEXTS)


def test_without_libreoffice_an_old_word_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    raw = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    row, _ = convert(raw, "a.doc", tmp_path)
    assert row["status"] == "error" and row["reasons"] == [message_of("old-word")]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("rtf.doc", rb"{\rtf1\ansi Ti\u234?u \u273?\u7873?\par " + b"Nghi xong. " * 20 + rb"\par Hai.\par}"),
        (
            "trang.doc",
            f"<html><body><h1>{TITLE}</h1>{''.join(f'<p>{each}</p>' for each in TEXTS)}</body></html>".encode(),
        ),
        ("moi.doc", REPORT),
    ],
)
def test_what_an_old_word_file_really_is_decides(
    name: str, raw: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, text = convert(raw, name, tmp_path)
    assert row["title"] in ("Tiêu đề", TITLE, "Báo cáo Kết quả nghiệm thu kè suối") and text


# --- web pages of programs ----------------------------------------------------------------------------

WORD_PAGE = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta name=Generator content="Microsoft Word 15 (filtered)"><style><!--
 p.MsoNormal, li.MsoNormal {{margin:0cm; font-family:".VnTime";}} --></style></head><body><div class=WordSection1>
<p class=MsoNormal align=center><b>{in_tcvn3(TITLE)}</b></p><p class=MsoNormal>{in_tcvn3(TEXTS[0])}</p>
<p class=MsoNormal><span style='font-family:"VNI-Times"'>{in_vni(TEXTS[1])}</span><a href="#_ftn1" name="_ftnref1"><span
class=MsoFootnoteReference>[1]</span></a></p><p class=MsoNormal>{in_tcvn3(TEXTS[2])}</p></div><div><hr><div id=ftn1>
<p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1">[1]</a><span style='font-family:Arial'> Số liệu của xã.</span>
</p></div></div></body></html>"""
GOOGLE_PAGE = f"""<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type"><style type="text/css">
@import url(https://themes.googleusercontent.com/fonts/css?kit=x);.c1{{font-weight:700}}.c3{{text-align:center}}</style>
</head><body class="c5 doc-content"><p class="c3 title"><span class="c1">{TITLE}</span></p>
<p><span>{TEXTS[0]}</span></p>
<p>{TEXTS[1]}<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p><p><span class="c1">Xem thêm </span><a
href="https://www.google.com/url?q=https://vs.example/a?b%3D1&amp;sa=D">bản đồ</a>. {TEXTS[2]}</p><hr><div><p><a
href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;Số liệu của xã.</span></p></div></body></html>"""
LIBREOFFICE_PAGE = f"""<html><head><meta name="generator" content="LibreOffice 7.4"/></head><body><h1>{TITLE}</h1>
<p>{TEXTS[0]}</p><p>{TEXTS[1]}<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a></p>
<p>{TEXTS[2]}</p><div id="sdfootnote1"><p><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>
Số liệu của xã.</p></div></body></html>"""


@pytest.mark.parametrize("html", [WORD_PAGE, GOOGLE_PAGE, LIBREOFFICE_PAGE], ids=["Word", "Google Docs", "LibreOffice"])
def test_web_pages_of_word_processors_are_documents(html: str, tmp_path: Path) -> None:
    row, text = convert(html.encode(), "a.html", tmp_path)
    assert row["title"] == TITLE and all(each in plain(text) for each in TEXTS)
    assert "[^1]" in text and "[^1]: Số liệu của xã." in text
    assert "google.com" not in text and ("[bản đồ](https://vs.example/a?b=1)" in text) == (html is GOOGLE_PAGE)


# --- single files and e-mails -------------------------------------------------------------------------


def test_a_single_file_of_chromium_is_read_with_its_pictures(tmp_path: Path) -> None:
    html = f"<html lang=vi><body><h1>{TITLE}</h1><p>Ngày đăng: 20/11/2020</p><p>{TEXTS[0]}</p><p>{TEXTS[1]}</p><figure>"
    html += f'<img src="anh k&#232;.png" width=200><figcaption>K&#232; suối</figcaption></figure><p>{TEXTS[2]}</p>'
    with sync_playwright() as playwright:
        page = chromium.launch(playwright).new_page()

        def answer(route) -> None:
            if route.request.url.endswith(".png"):
                route.fulfill(body=PHOTO, content_type="image/png")
            else:
                route.fulfill(body=html, content_type="text/html; charset=utf-8")

        page.route("**/*", answer)
        page.goto("http://cu.example/tin/bai.html")
        saved = page.context.new_cdp_session(page).send("Page.captureSnapshot")["data"]
    row, text = convert(saved.encode(), "a.mhtml", tmp_path)
    assert (row["title"], row["date"], row["captions"]) == (TITLE, "2020-11-20", ["Kè suối"])
    assert all(each in plain(text) for each in TEXTS) and pictures(tmp_path) == [PHOTO]
    assert 'source_url: "http://cu.example/tin/bai.html"' in text


def mail(*, html: bool, attached: bool = False) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "Vừ A Sùng <sung@vs.example>", f"Fwd: {TITLE}"
    message["Date"] = "Fri, 20 Nov 2020 08:00:00 +0700"
    message.set_content("\n\n".join(TEXTS))
    if html:
        body = "".join(f"<p class=MsoNormal>{each}</p>" for each in TEXTS) + '<img src="cid:anh1">'
        message.add_alternative(f"<html><body>{body}</body></html>", subtype="html")
        message.get_payload()[1].add_related(PHOTO, "image", "png", cid="<anh1>")
    if attached:
        message.add_attachment(b"%PDF-1.4 x", "application", "pdf", filename="Kế hoạch số 5.pdf")
        message.add_attachment(b"x", "application", "octet-stream", filename="la.bin")
    return message.as_bytes()


@pytest.mark.parametrize("html", [True, False], ids=["HTML", "text"])
def test_an_e_mail_is_a_draft_with_its_pictures_and_documents(html: bool, tmp_path: Path) -> None:
    row, text = convert(mail(html=html, attached=True), "thu.eml", tmp_path)
    assert row["title"] == TITLE and all(each in plain(text) for each in TEXTS)
    assert "\nstatus: draft\n" in text and any("sung@vs.example" in reason for reason in row["reasons"])
    assert "[Kế hoạch số 5.pdf](../../documents/" in text and any("la.bin" in reason for reason in row["reasons"])
    assert (pictures(tmp_path) == [PHOTO]) == html


@pytest.mark.parametrize("name", ["a.mhtml", "a.eml", "a.odt", "a.rtf", "a.pdf"])
def test_broken_files_are_told_in_one_line(name: str, tmp_path: Path) -> None:
    for raw in (
        b"\0\1\2 nothing",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x",
        b"%PDF-1.4",
    ):
        rows = archives.convert(editors.write_file(tmp_path / "old", name, raw), tmp_path / "articles")
        (row,) = (row for key, row in rows.items() if key)
        assert row["status"] in ("error", "not-an-article") and len(row["reasons"]) == 1
        assert "người làm ra cổng" not in row["reasons"][0]


# --- PDF ----------------------------------------------------------------------------------------------


def pdf(body: str) -> bytes:
    import weasyprint

    return weasyprint.HTML(string=f"<body style='font-family: DejaVu Sans'>{body}</body>").write_pdf()


def test_the_text_of_a_pdf_is_a_draft(tmp_path: Path) -> None:
    body = f"<h1 style='font-size: 14pt'>{TITLE}</h1><p>20/11/2020</p>" + "".join(
        f"<p>{each}</p>" for each in TEXTS * 3
    )
    row, text = convert(pdf(body), "a.pdf", tmp_path)
    assert row["title"] == TITLE and "\nstatus: draft\n" in text
    assert all("".join(each.split()) in "".join(plain(text).split()) for each in TEXTS)


def test_a_title_of_two_lines_and_subheadings_of_a_pdf_are_found_by_their_letters(tmp_path: Path) -> None:
    title = "Chợ phiên thu phí bằng thẻ và nộp thẳng về quỹ của bản trong cùng một ngày"
    body = f"<p style='font-size: 26px'>{title}</p><p>20/11/2020</p>" + "".join(f"<p>{each}</p>" for each in TEXTS)
    row, text = convert(
        pdf(f"{body}<p style='font-size: 20px'>Bán cá cùng gạo</p><p>{TEXTS[0]}</p>"), "a.pdf", tmp_path
    )
    assert row["title"] == title and not [each for each in row["reasons"] if each.startswith("Tiêu đề")]
    assert "## Bán cá cùng gạo" in text


@pytest.mark.parametrize(
    ("above", "told"),
    [
        ("<p>HỘI CHỮ THẬP ĐỎ HUYỆN</p>", False),
        ("<p>Trường mầm non Hoa Lê</p>", True),
        ("", False),
    ],
)
def test_an_office_above_the_title_of_a_document_is_not_the_title(above: str, told: bool) -> None:
    texts = "".join(f"<p>{each}</p>" for each in TEXTS)
    page = document_page.from_html(f"{above}<p><b>{TITLE}</b></p>{texts}")
    title = next(block.text for block in page.blocks if block.role == "title")
    assert [TITLE in note for note in page.notes] == ([True] if told else [])
    assert told or title == TITLE


def test_a_scan_is_told(tmp_path: Path) -> None:
    row, _ = convert(pdf("<div style='width: 300px; height: 300px; background: gray'></div>"), "a.pdf", tmp_path)
    assert row["status"] == "error" and row["reasons"] == [message_of("scan")]
