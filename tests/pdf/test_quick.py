"""The short ways give the pages that WeasyPrint gives without them."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pikepdf
import pypdf
import pytest

from plugins.pdf.render import Sheet, pdf_of, prepare
from tests import portals

# in a process of its own, where nothing has been put in WeasyPrint's and pydyf's places
PLAIN = """
import sys
from pathlib import Path
from plugins.pdf import render
render._own_fonts(Path(sys.argv[1]))
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
fonts = FontConfiguration()
css = CSS(filename=render.ROOM / "pdf.css", font_config=fonts)
document = HTML(string=sys.stdin.read()).render(stylesheets=[css], font_config=fonts, pdf_variant=render.VARIANT)
document.write_pdf(sys.argv[2], pdf_variant=render.VARIANT)
"""
TEXT = "Ủy ban nhân dân tỉnh <b>đã họp</b>, bàn về <i>đường, trường, trạm</i> và <a href='https://vi.example/'>nhiều việc khác</a> ở vùng cao. "
HTML = f"""<html lang="vi"><head><title>Bài</title><style>.both {{ text-align: justify; margin-inline: 1em; hyphens: manual }}</style></head>
<body><p class="masthead" style="background: none" data-portal="Cổng" data-headline="Bài" data-word="Trang" data-where="x">Cổng</p><h1>Bài</h1>
<article class="body"><p>{TEXT * 20}</p><p class="both">{TEXT * 9}</p><ul><li>{TEXT}<ol><li>{TEXT * 3}</li></ol></li></ul>
<section class="scroll"><table><thead><tr><th scope="col">Xã</th><th scope="col">Số</th></tr></thead><tbody>{"<tr><td>Nậm Lẻng</td><td>12</td></tr>" * 40}</tbody></table></section>
<blockquote><p>{TEXT * 2}</p></blockquote><pre tabindex="0">a\tb\n  c</pre><p dir="rtl">{TEXT}</p></article></body></html>"""


WORDS = (
    "Ngày 25/11/2026, UBND tỉnh – cùng Sở Xây dựng – họp về dự án (giai đoạn 2): 1.250 tỷ đồng, tăng 12,5 %, xe chạy 60 km/h; "
    "ông Giàng A Tính: “Phải xong trước 30/4”, chứ không “để đó”… Xem https://vi.example/van-ban/2026/quyet-dinh-1250?trang=2 hay "
    "gọi 0213.3876.543. Nậm Lẻng-Pa Tần, Pu Sam\u00a0Cáp, V/v cấp đất, A.B.C, anh/chị, <b>đậm</b><i>nghiêng</i>liền nhau, và một "
    "từdàikhôngcóchỗngắtnàođểxemdòngrasao rồi hết! Được không? Được. "
)
WIDE = "".join(f'<p style="width: {width}px">{WORDS}</p>' for width in range(60, 640, 17))
CELLS = "".join(f"<td>{word}</td>" for word in ["Xã", "số", "12", "–", "1.250", "km/h", "(a)", "Lẻng-Tần", "từdàikhôngngắt"])
TABLES = "".join(f'<section class="scroll {kind}" style="width: {width}px"><table><tbody><tr>{CELLS}</tr></tbody></table></section>'
                 for kind in ("", "narrow") for width in (150, 300, 600))  # fmt: skip
LINES = HTML.partition("<article")[0] + f'<article class="body">{WIDE}{TABLES}</article></body></html>'


def drawn(pdf: pypdf.PdfReader) -> list[list[tuple[str, float, float]]]:
    """Each page's pieces of text and where they stand."""
    pages = []
    for page in pdf.pages:
        found: list[tuple[str, float, float]] = []
        page.extract_text(visitor_text=lambda text, _, at, *__, found=found: found.append((text, round(at[4], 2), round(at[5], 2))))
        pages.append(found)
    return pages


@pytest.mark.parametrize("html", [HTML, LINES], ids=["kinds of text", "lines of any width"])
def test_text_stands_where_weasyprint_alone_puts_it(tmp_path: Path, html: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(portals.ROOT)}
    command = [sys.executable, "-c", PLAIN, str(tmp_path), str(tmp_path / "plain.pdf")]
    subprocess.run(command, input=html, text=True, cwd=portals.ROOT, env=environment, check=True, capture_output=True)
    prepare(tmp_path)
    ours = pdf_of(Sheet(html, {}, "", "bai.md", "Chữ", datetime(2026, 1, 1), str(tmp_path / "x.pdf")))
    plain = drawn(pypdf.PdfReader(tmp_path / "plain.pdf"))
    assert len(plain) >= 3 and sum(map(len, plain)) > 100
    assert drawn(pypdf.PdfReader(io.BytesIO(ours))) == plain


def test_a_file_that_is_packed_once_is_whole(tmp_path: Path) -> None:
    prepare(tmp_path)
    data = pdf_of(Sheet(HTML, {}, "", "bai.md", "Chữ", datetime(2026, 1, 1), str(tmp_path / "x.pdf")))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.trailer.ID and len(pdf.pages) == 3
