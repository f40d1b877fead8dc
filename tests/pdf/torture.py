"""An article with everything that is hard to lay out and to tag, and its pictures."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw

from tests import editors

STACKED = "ẤẦẨẪẬ ẮẰẲẴẶ ẾỀỂỄỆ ỐỒỔỖỘ ỚỜỞỠỢ ỨỪỬỮỰ ấầẩẫậ ắằẳẵặ ếềểễệ ốồổỗộ ớờởỡợ ứừửữự ỲỴỶỸ ỳỵỷỹ Đđ ĨĩŨũ Ơơ Ưư"
SIGNS = "→ ← ↩ ≤ ≥ × ÷ ½ ² ₫ € № ✓ ☎ ★ ● □ … – — “ ” ‘ ’ ꪼꪕ"
LOREM = "Ủy ban nhân dân tỉnh yêu cầu các xã, phường rà soát việc thực hiện và báo cáo kết quả trước ngày mùng năm. "
WORDS = LOREM * 6
ROWS = 120
FIGURES = 15


def photo(number: int, width: int = 1000, height: int = 667) -> bytes:
    """Return a JPEG that differs from number to number."""
    image = (
        Image.effect_noise((width // 8, height // 8), 60)
        .resize((width, height), Image.Resampling.BICUBIC)
        .convert("RGB")
    )
    ImageDraw.Draw(image).ellipse((number * 10, 50, number * 10 + 300, 350), fill=(200, number * 9 % 255, 60))
    stream = io.BytesIO()
    image.save(stream, "jpeg", quality=80)
    return stream.getvalue()


def body() -> str:
    """Return the article's Markdown."""
    rows = "\n".join(
        f"<tr><th scope='row'>Xã số {n}</th><td>{n * 7}</td><td>{n * 3}</td><td>{n * 11}</td></tr>"
        for n in range(1, ROWS + 1)
    )
    tall = '<th scope="col" rowspan="2">{}</th>'
    table = f"""<table><caption>Bảng 1. Hồ sơ theo xã</caption><thead>
<tr>{tall.format("Xã")}<th scope="colgroup" colspan="2">Hồ sơ</th>{tall.format("Cộng")}</tr>
<tr><th scope="col">Mới</th><th scope="col">Cũ</th></tr></thead><tbody>
{rows}
</tbody></table>"""
    figures = "\n\n".join(
        f'![Cuộc họp thứ {n}, mọi người ngồi quanh bàn](../../images/anh-{n}.jpg "Chú thích số {n}")\n\n'
        f"Đoạn sau ảnh {n}: {LOREM}"
        for n in range(1, FIGURES + 1)
    )
    items = "\n".join(
        f"- Mục {n}: {LOREM}\n    - Mục con {n}.1\n        1. Việc thứ nhất\n        2. Việc thứ hai"
        for n in range(1, 19)
    )
    abbreviation = '<abbr title="Ủy ban nhân dân">UBND</abbr>'
    return f"""Mở đầu có chú thích.[^mot] {WORDS}

## Chữ có dấu chồng

{STACKED} và các ký hiệu {SIGNS}.

<p lang="en">This whole paragraph is in English.</p>

Một câu có <span lang="en">a passage in English</span> ở giữa, **chữ đậm**, *chữ nghiêng*, `mã`, và {abbreviation}.

## Danh sách lồng nhau

{items}

1. Một

    Đoạn thứ hai của mục một.

2. Hai

Từ khoá
:   Giải nghĩa thứ nhất.
:   Giải nghĩa thứ hai.

## Bảng dài

{table}

### Trích dẫn qua trang

> {WORDS * 3}
>
> {WORDS * 3}

## Ảnh

{figures}

## Liên kết

Xem [cổng của Chính phủ](https://chinhphu.example/van-ban?so=1&nam=2026) và [bài kia](mot-bai.md).[^hai]

[^mot]: Chú thích thứ nhất, có [liên kết](https://vidu.example/).
[^hai]: Chú thích thứ hai.
"""


def content(folder: Path) -> Path:
    """Write a content folder with the article and what it links to."""
    editors.write_small_content(folder)
    for number in range(1, FIGURES + 1):
        editors.write_file(folder, f"images/anh-{number}.jpg", photo(number))
    header = {
        "title": '"Bài khó: Ễ, Ậ, Ộ và mọi thứ khác"',
        "tags": "[thử, khó]",
        "summary": "Sapo có “ngoặc” & dấu.",
        "source": "Báo Mẫu",
    }
    editors.write_article(folder, "bai-kho.md", body(), **header, source_url="https://bao.example/")
    editors.write_file(folder, "pages/gioi-thieu.md", "---\ntitle: Giới thiệu\n---\n\nMột trang.\n")
    return folder
