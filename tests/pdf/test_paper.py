"""Everything on the page is on the sheet, numbers are whole, and space is not wasted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import weasyprint

from tests import editors, portals
from tests.pdf import drawn, structure, torture, verapdf

PATIENT = f"PDF_EXPORT_SECONDS = {portals.PATIENCE}"  # of a busy machine
ADDRESS = "https://dichvucong.vanson.example/thu-tuc.html?ma=1.001612.000.00.00.H37&linh_vuc=" + "%C4%90%C4%83ng_" * 14
PICTURE = "![Một hình tròn](../../images/anh.jpg)"
WITH_PICTURES = {
    "chu-thich-nghieng": f"{PICTURE}\n*Ảnh: Giàng Mí Phong*",
    "trong-cau": f"Đây là **{PICTURE}** trong câu và [{PICTURE}](https://a.example/).",
    "trong-div": '<div><img src="../../images/anh.jpg" alt="Một hình tròn"></div>',
    "trong-danh-sach": f"- Một\n  - {PICTURE} hai\n\n> {PICTURE} ba\n\n7. Bảy\n8. Tám\n11. Mười một",
    "trong-bang": "\n\n".join(
        f"|{' Ảnh |' * columns}\n|{'---|' * columns}\n|{f'{PICTURE}|' * columns}\n|{'Bản Lềnh, Khau Mười|' * columns}"
        for columns in (1, 3, 4, 6)
    ),
    "anh-va-loi": f"| Ảnh | Lời |\n|---|---|\n| {PICTURE} | {torture.WORDS} |",
}
WITH_LONG_WORDS = {
    "dia-chi": f"Xem <{ADDRESS}> nhé.",
    "dia-chi-tran": f"Xem {ADDRESS} nhé.\n\n- `{'A1B2' * 40}`\n- <{'a' * 60}@{'b' * 60}.example>",
    "dia-chi-trong-bang": f"| Tên | Địa chỉ | Hạn | Phí |\n|-|-|-|-|\n| Cấp phép | {ADDRESS} | 20/11/2026 | 5 |",
}


def table(columns: int, cell: Callable[[int, int], str], rows: int = 4, caption: str = "Thu chi") -> str:
    head = "|".join(["Xã", *(f"Quý {number}" for number in range(1, columns))])
    lines = ["|".join(["Khau Mười", *(cell(row, column) for column in range(1, columns))]) for row in range(rows)]
    return "\n".join([f"Bảng: {caption}", "", head, "|".join(["---", *["---:"] * (columns - 1)]), *lines])


def amount(row: int, column: int) -> str:
    return f"{(row + 3) * (column + 7) * 12345:,}".replace(",", ".")


MERGED_ROWS = "".join(
    f"<tr><th rowspan=2>Xã số {row}</th>{''.join(f'<td>{amount(row, column)}</td>' for column in range(13))}</tr>"
    f"<tr><td colspan=13>Cộng {amount(row, 99)}</td></tr>"
    for row in range(3)
)
WITH_NUMBERS = {
    "muoi-cot": table(10, amount),
    "muoi-bon-cot": table(14, amount),
    "muoi-tam-cot": f"{torture.WORDS}\n\n{table(18, amount)}\n\n{torture.WORDS}",
    "hai-muoi-cot": table(20, amount),
    "tu-dai": table(12, lambda row, column: "Trách-nhiệm-giải-trình" if row == 0 else f"{amount(row, column)}"),
    "dau-tru": table(11, lambda row, column: f"–{amount(row, column)}"),
    "ngay-gio": table(11, lambda row, column: f"{column + 10}/11/2026" if row % 2 else f"{column + 10}:30"),
    "dien-thoai": table(9, lambda row, column: f"09{column}2 345 67{row}"),
    "don-vi": table(12, lambda row, column: f"{amount(row, column)} đồng" if column % 2 else "12,5 km²"),
    "ma-so": table(
        8, lambda row, column: f"1.00{column}612.000.00.00.H37-{row}" if column % 2 else amount(row, column)
    ),
    "gop-o": f"<table><thead><tr><th>Xã</th><th colspan=13>Số</th></tr></thead><tbody>{MERGED_ROWS}</tbody></table>",
    "trong-danh-sach-so": "- Một\n\n" + "\n".join(f"    {line}" for line in table(12, amount).split("\n")),
}
TOO_WIDE = "qua-rong"
LINES = "".join(f"Dòng {number}: {torture.LOREM}<br>" for number in range(1, 101))
MIDDLE_ROWS = "".join(f"| {row} | {torture.LOREM * 4} |\n" for row in range(40))
WITH_TALL_CELLS = {
    "o-cao": f"{torture.WORDS}\n\n| Việc | Nội dung |\n|---|---|\n| Một | {LINES} |\n| Hai | Hết |",
    "o-vua": f"| Việc | Nội dung |\n|---|---|\n{MIDDLE_ROWS}",
}
FIGURE = f'{PICTURE[:-1]} "Chú thích")'
WITH_FIGURES = {"nhieu-hinh": "\n\n".join(f"Đoạn {number}: {torture.LOREM * 5}\n\n{FIGURE}" for number in range(12))}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with a portal of all these articles, and what its build printed."""
    folder = tmp_path_factory.mktemp("paper")
    editors.write_file(folder / "content", "images/anh.jpg", torture.photo(1, 1600, 900))
    too_wide = {TOO_WIDE: f"Mở đầu.\n\n{table(40, amount, caption='Ngân sách *mười* năm')}"}
    for name, body in (
        WITH_PICTURES | WITH_LONG_WORDS | WITH_NUMBERS | WITH_TALL_CELLS | WITH_FIGURES | too_wide
    ).items():
        portals.write_article(folder / "content", f"{name}.md", body, title=name)
    result = portals.build(folder / "output", folder / "content", pdf=True, settings=PATIENT, env=editors.ENGLISH)
    assert result.returncode == 0
    return folder, result.stderr


@pytest.fixture(scope="module")
def site(built: tuple[Path, str]) -> Path:
    return built[0] / "output"


def pdf(site: Path, name: str) -> Path:
    return site / "bai-viet" / name / f"{name}.pdf"


def text_of(site: Path, name: str) -> str:
    """The text of an article's PDF, without what stands on every page."""
    return "\n".join(sheet.text for sheet in drawn.sheets(pdf(site, name)))


def page_text(site: Path, name: str) -> str:
    body = editors.read_page(pdf(site, name).with_name("index.html")).select_one(".body")
    for element in body.select("br"):
        element.replace_with(" ")
    return body.get_text(" ")


def test_what_is_off_the_sheet_is_found(tmp_path: Path) -> None:
    html = "<p style='margin-left: 155mm; white-space: nowrap'>Ra ngoài mép giấy rồi"
    weasyprint.HTML(string=html).write_pdf(tmp_path / "a.pdf")
    (sheet,) = drawn.sheets(tmp_path / "a.pdf")
    assert 2 < len(sheet.outside) < 15


def test_nothing_is_off_the_sheet_and_no_letter_is_lost(site: Path) -> None:
    paths = sorted(site.glob("bai-viet/*/*.pdf"))
    assert len(paths) > 20
    for path in paths:
        sheets = drawn.sheets(path)
        assert [sheet.outside for sheet in sheets if sheet.outside] == [], path.name
        lost = drawn.letters(page_text(site, path.stem)) - drawn.letters("".join(sheet.text for sheet in sheets))
        assert not lost, f"{path.name}: {lost}"


@pytest.mark.parametrize("name", WITH_PICTURES)
def test_a_picture_anywhere_fits_its_column(site: Path, name: str) -> None:
    pictures = [box for sheet in drawn.sheets(pdf(site, name)) for box in sheet.pictures]
    margin = 30
    assert pictures and all(margin < left < right < 595 - margin for left, _, right, _ in pictures), pictures


def test_the_items_of_a_list_have_the_numbers_of_the_page(site: Path) -> None:
    text = "".join(sheet.text for sheet in drawn.sheets(pdf(site, "trong-danh-sach")))
    assert re.findall(r"^(\d+)\.", text, re.M)[:3] == ["7", "8", "11"]


def test_pictures_in_a_row_of_a_table_share_its_width(site: Path) -> None:
    pictures = [box for sheet in drawn.sheets(pdf(site, "trong-bang")) for box in sheet.pictures]
    widths = [round(right - left) for left, _, right, _ in pictures]
    assert len(widths) == 14
    for count in (1, 3, 4, 6):
        row, widths = widths[:count], widths[count:]
        assert max(row) - min(row) <= 1 and count * row[0] > 400, row


@pytest.mark.parametrize("name", ["dia-chi", "dia-chi-tran", "dia-chi-trong-bang"])
def test_long_addresses_and_codes_are_broken_into_lines(site: Path, name: str) -> None:
    text = text_of(site, name)
    assert len(drawn.sheets(pdf(site, name))) == 1, "no sheet is turned for an address"
    assert ADDRESS in re.sub(r"\s", "", text) or name == "dia-chi-trong-bang"
    assert max(map(len, text.split("\n"))) < 130, "a line of the column holds fewer letters"


@pytest.mark.parametrize("name", WITH_NUMBERS)
def test_no_number_of_a_wide_table_is_broken(site: Path, name: str) -> None:
    sheets = drawn.sheets(pdf(site, name))
    expected = drawn.numbers(page_text(site, name))
    assert sum(expected.values()) > 30
    assert expected - drawn.numbers("\n".join(sheet.text for sheet in sheets)) == {}
    assert min(size for sheet in sheets for size in sheet.sizes) >= 6.5


@pytest.mark.parametrize("name", ["dien-thoai", "don-vi"])
def test_parts_of_a_number_and_its_unit_stay_on_one_line(site: Path, name: str) -> None:
    page, text = (re.sub(r"[^\S\n]", " ", part) for part in (page_text(site, name), text_of(site, name)))
    whole = re.compile(r"\d{4} \d{3} \d{3}|[\d.]+ đồng|12,5 km²")
    assert len(whole.findall(page)) > 30
    assert whole.findall(text) == whole.findall(page)


def test_a_table_takes_smaller_type_before_a_sheet_across(site: Path) -> None:
    def turned(name: str) -> list[bool]:
        return [sheet.width > sheet.height for sheet in drawn.sheets(pdf(site, name))]

    assert turned("muoi-cot") == [False]
    assert turned("muoi-bon-cot") == [False]
    assert turned("muoi-tam-cot") == [False, True, False], "only the sheet of the table is turned"
    assert turned("hai-muoi-cot") == [True], "nothing stands alone on a sheet before it"
    assert max(drawn.sheets(pdf(site, "muoi-tam-cot"))[1].sizes) >= 9


def test_a_table_that_fits_nowhere_is_told_with_its_line(built: tuple[Path, str]) -> None:
    folder, printed = built
    (line,) = printed.splitlines()
    assert re.search(rf"{TOO_WIDE}\.md:9: warning: the table “Ngân sách mười năm” is too wide", line)
    lost = drawn.letters(page_text(folder / "output", TOO_WIDE)) - drawn.letters(text_of(folder / "output", TOO_WIDE))
    assert not lost


def test_a_cell_taller_than_a_page_begins_where_it_stands_and_has_the_head_on_each_page(site: Path) -> None:
    sheets = drawn.sheets(pdf(site, "o-cao"))
    assert len(sheets) > 3
    assert "Dòng 1:" in sheets[0].text
    lines = re.findall(r"Dòng (\d+):", "".join(sheet.text for sheet in sheets))
    assert lines == [str(number) for number in range(1, 101)]
    assert all(re.search(r"Việc\s+Nội dung", sheet.text) for sheet in sheets if "Dòng" in sheet.text)


def test_a_divided_row_is_one_row_to_assistive_technology(site: Path) -> None:
    assert verapdf.failures([pdf(site, "o-cao"), pdf(site, "trong-cau")]) == {}  # and a picture that is a link
    kinds = Counter(line.split()[0] for line in structure.tree(pdf(site, "o-cao")))
    assert (kinds["Table"], kinds["TR"], kinds["TD"]) == (1, 3, 4)


def test_a_row_of_usual_height_is_not_divided(site: Path) -> None:
    sheets = drawn.sheets(pdf(site, "o-vua"))
    assert len(sheets) > 3
    assert sum(sheet.text.count("rà soát việc") for sheet in sheets) == 160
    assert all(sheet.text.count("rà soát việc") % 4 == 0 for sheet in sheets)


def test_text_fills_the_page_before_a_figure(site: Path) -> None:
    sheets = drawn.sheets(pdf(site, "nhieu-hinh"))
    assert len(sheets) > 4
    assert max(sheet.empty for sheet in sheets[:-1]) < 0.25  # the last page ends where the article does


def test_a_figure_stands_by_its_text_where_there_is_room(site: Path) -> None:
    text = text_of(site, "nhieu-hinh")
    places = [match[0] for match in re.finditer(r"Đoạn \d+|Chú thích", text)]
    assert places[:2] == ["Đoạn 0", "Chú thích"]
    assert Counter(places)["Chú thích"] == 12
    paragraphs = [int(place.split()[1]) for place in places if place != "Chú thích"]
    assert paragraphs == sorted(paragraphs), "paragraphs keep their order"
    for number in range(2, len(places)):
        before = places[:number]
        assert before.count("Chú thích") <= sum(place != "Chú thích" for place in before), "no figure before its text"
