"""Sixty awkward articles: every construct that the editors' guide allows, nested, long, wide and tall.

Each article is drawn with a number of its own, so that it is always the same. The first ones have one kind each, the
others mix them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from pathlib import Path

from tests import editors, portals
from tests.pdf import torture

COUNT = 60
SIZES = {"ngang": (1600, 700), "doc": (500, 1500), "nho": (90, 60), "vuong": (900, 900)}  # of the pictures, px
_PLACES = ("Khau Mười", "Bản Lềnh", "Nậm Lẻng", "Pa Tần", "Pu Sam Cáp", "Tà Phìn", "Nghiêng Thượng")
_SENTENCES = (
    torture.LOREM,
    "Ngày 25/11/2026, lúc 07:30, tổ công tác đo được 1.234,5 m² tại thửa 12; kinh phí 1.250.000.000 đồng. ",
    "Ông Giàng A Tính nói: “Phải xong trước 30/4”, chứ không “để đó”… ",
    "Gọi 0912 345 678 hoặc (0205) 3812 345, từ 7 giờ 30 đến 16 giờ 45. ",
    "Tỷ lệ 12,5 % ≥ 3 ‰ → đạt; xem **Quyết định số 1250/QĐ-UBND** và *phụ lục II*. ",
    "Nhiệt độ −3 °C, độ cao 1 523 m; CO₂ và H<sub>2</sub>O, 10<sup>6</sup> USD. ",
)
_ADDRESS = "https://dichvucong.vanson.example/p/home/dvc-chi-tiet.html?ma=1.001612.000.H37&co_quan=" + "UBND_xa_" * 18
Draw = Callable[[random.Random], str]


def _sentences(rng: random.Random, most: int = 8) -> str:
    return "".join(rng.choice(_SENTENCES) for _ in range(rng.randint(1, most))).strip()


def _amount(rng: random.Random) -> str:
    return f"{rng.randrange(10 ** rng.randint(1, 10)):,}".replace(",", ".")


def _cell(rng: random.Random) -> str:
    return rng.choice(
        (
            _amount(rng),
            _amount(rng),
            rng.choice(_PLACES),
            f"{rng.randint(1, 28)}/{rng.randint(1, 12)}/2026",
            f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}",
            f"{_amount(rng)} đồng",
            f"09{rng.randint(10, 99)} {rng.randint(100, 999)} {rng.randint(100, 999)}",
            f"{rng.randint(1, 999)}/QĐ-UBND",
            "–",
        )
    )


def _picture(rng: random.Random) -> str:
    return f"![Mấy người đứng bên suối, lần {rng.randint(1, 999)}](../../images/{rng.choice(list(SIZES))}.jpg"


def paragraph(rng: random.Random) -> str:
    return _sentences(rng)


def heading(rng: random.Random) -> str:
    return f"{'#' * rng.randint(2, 4)} {_sentences(rng, 1)[:90]}\n\n{_sentences(rng, 3)}"


def figure(rng: random.Random) -> str:
    caption = f' "{_PLACES[rng.randrange(7)]}, ngày 3/9. Ảnh: Giàng Mí Phong"' if rng.random() < 0.7 else ""
    return f"{_picture(rng)}{caption})"


def loose_pictures(rng: random.Random) -> str:
    return rng.choice(
        (
            f"Xem {_picture(rng)}) và **{_picture(rng)})** ở đây. {_sentences(rng, 2)}",
            f"{_picture(rng)})\n*Ảnh: Giàng Mí Phong*",
            f"[{_picture(rng)})](https://vidu.example/)",
            f"- Một\n    - {_picture(rng)}) hai\n\n> {_picture(rng)})\n>\n> {_sentences(rng, 2)}",
        )
    )


def nested_list(rng: random.Random) -> str:
    lines = []
    for number in range(rng.randint(3, 12)):
        depth = rng.choice((0, 0, 1, 2, 3)) if number else 0
        mark = rng.choice(("-", "1."))
        lines.append(f"{'    ' * min(depth, number)}{mark} {_sentences(rng, 2)}")
    return "\n".join(lines)


def quotation(rng: random.Random) -> str:
    lines = [_sentences(rng), "", "- Một", f"- {_sentences(rng, 2)}", "", "> Trích trong trích.", "", "Hết lời."]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def wide_table(rng: random.Random) -> str:
    columns = rng.choice((2, 5, 8, 10, 12, 14, 16, 20))
    head = [rng.choice(("Xã", "Quý 1", "Kế hoạch năm", "Thực hiện", "Tỷ lệ (%)", "Ghi chú")) for _ in range(columns)]
    rows = [[_cell(rng) for _ in range(columns)] for _ in range(rng.randint(1, 30))]
    lines = [head, ["---", *rng.choices(("---", "---:", ":---:"), k=columns - 1)], *rows]
    return "\n".join([f"Bảng: Số liệu {rng.randint(1, 99)}", "", *(f"| {' | '.join(line)} |" for line in lines)])


def tall_table(rng: random.Random) -> str:
    texts = [_sentences(rng) * rng.choice((1, 1, 6, 30)) for _ in range(4)]
    rows = "\n".join(f"| **Việc {number}** | {text} | {_cell(rng)} |" for number, text in enumerate(texts))
    return f"| Việc | Nội dung | Hạn |\n|---|---|---|\n{rows}"


def table_of_pictures(rng: random.Random) -> str:
    columns = rng.randint(1, 7)
    pictures = " | ".join(f"{_picture(rng)})" for _ in range(columns))
    names = " | ".join(rng.choice(_PLACES) for _ in range(columns))
    return f"|{' Ảnh |' * columns}\n|{'---|' * columns}\n| {pictures} |\n| {names} |"


def merged_table(rng: random.Random) -> str:
    columns = rng.randint(3, 15)
    groups = "".join(
        f"<tr><th rowspan='{size}'>Khối {number}</th>{'<td>1.234.567</td>' * (columns - 1)}</tr>"
        + f"<tr><td colspan='{columns - 1}'>{_sentences(rng, 3)}</td></tr>" * (size - 1)
        for number, size in enumerate(rng.choices((1, 2, 3), k=6))
    )
    nested = "<table><tr><th>Trong</th><th>bảng</th></tr><tr><td>12</td><td>34</td></tr></table>"
    return (
        f"<table><caption>Bảng gộp ô</caption><thead><tr><th>Xã</th><th colspan='{columns - 1}'>Số</th></tr></thead>"
        f"<tbody>{groups}<tr><td>Lồng</td><td colspan='{columns - 1}'>{nested}<ul><li>Một</li></ul></td></tr>"
        "</tbody></table>"
    )


def table_in_a_list(rng: random.Random) -> str:
    return f"- {_sentences(rng, 1)}\n\n" + "\n".join(f"    {line}" for line in wide_table(rng).split("\n"))


def long_words(rng: random.Random) -> str:
    code = "".join(rng.choices("ABCDEF0123456789", k=rng.randint(40, 200)))
    table = f"| Mã | Địa chỉ |\n|---|---|\n| {code} | {_ADDRESS} |"
    return f"Xem <{_ADDRESS}>, `{code}`, <{'a' * 60}@{'b' * 60}.example>.\n\n{table}"


def code(rng: random.Random) -> str:
    lines = "\n".join(f"dong {number}: {'x' * rng.randint(5, 150)}" for number in range(rng.randint(3, 90)))
    return f"```\n{lines}\n```\n\nPhím <kbd>Ctrl</kbd>+<kbd>C</kbd>, <samp>kết quả</samp>, <var>x</var>."


def terms(rng: random.Random) -> str:
    return "\n\n".join(f"Câu hỏi số {number} là gì?\n:   {_sentences(rng)}\n:   Ý khác." for number in range(5))


def details(rng: random.Random) -> str:
    return (
        f"<details><summary>Xem thêm</summary>\n\n{_sentences(rng)}\n\n- Một\n- Hai\n\n</details>\n\n---\n\n"
        f"<p lang='en'>An English paragraph with <mark>marked</mark> words.</p>\n\n<div>{_sentences(rng, 1)}</div>"
    )


def small_things(rng: random.Random) -> str:
    return (
        f"UBND tỉnh có chú thích.[^{rng.randint(1, 3)}] Mức thu ~~50.000 đồng~~ 30.000 đồng; <ins>thêm</ins> "
        "<small>chữ nhỏ</small>, <u>gạch</u>, <q>trích</q>, <cite>Báo Mẫu</cite>, <abbr title='Hội đồng'>HĐND</abbr>, "
        "<ruby>漢<rp>(</rp><rt>Hán</rt><rp>)</rp></ruby>".replace("漢", "Han")
        + f", <time datetime='2026-11-20'>20/11/2026</time>, mềm\u00admại. {torture.STACKED} {torture.SIGNS}"
    )


KINDS: tuple[Draw, ...] = (
    *(paragraph, heading, figure, loose_pictures, nested_list, quotation, wide_table, tall_table, table_of_pictures),
    *(merged_table, table_in_a_list, long_words, code, terms, details, small_things),
)
_NOTES = "\n\n".join(f"[^{number}]: Chú thích {number}, {torture.LOREM}" for number in (1, 2, 3))
_END = f"Xem[^1] các[^2] lời[^3] cuối.\n\n*[UBND]: Ủy ban nhân dân\n\n{_NOTES}"


def body(number: int) -> str:
    """The Markdown of an article."""
    rng = random.Random(number)
    if number < len(KINDS):
        kinds = [paragraph, KINDS[number], KINDS[number], paragraph]
    else:
        kinds = rng.choices(KINDS, k=rng.randint(4, 14))
    return "\n\n".join([*(kind(rng) for kind in kinds), _END])


def write(folder: Path, numbers: Iterable[int]) -> Path:
    """Write a content folder with some of the articles and with the pictures."""
    for number, (name, size) in enumerate(SIZES.items()):
        editors.write_file(folder, f"images/{name}.jpg", torture.photo(number, *size))
    for number in numbers:
        portals.write_article(folder, f"bai-{number}.md", body(number), title=f"Bài lạ số {number}")
    return folder
