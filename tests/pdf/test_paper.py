"""Everything on the page is on the sheet: no picture and no long word runs over its edge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdf
import pytest

from tests import editors, portals
from tests.pdf import torture

ADDRESS = "https://dichvucong.vanson.example/thu-tuc.html?ma=1.001612.000.00.00.H37&linh_vuc=" + "%C4%90%C4%83ng_" * 14
PICTURE = "![Một hình tròn](../../images/anh.jpg)"
ARTICLES = {
    "chu-thich-nghieng": f"{PICTURE}\n*Ảnh: Giàng Mí Phong*",
    "trong-cau": f"Đây là **{PICTURE}** trong câu và [{PICTURE}](https://a.example/).",
    "trong-bang": f"| Mẫu | Tên | Mẫu |\n|---|---|---|\n| {PICTURE} | Cờ | {PICTURE} |",
    "trong-div": '<div><img src="../../images/anh.jpg" alt="Một hình tròn"></div>',
    "trong-danh-sach": f"- Một\n  - {PICTURE} hai\n\n> {PICTURE} ba",
    "dia-chi": f"Xem <{ADDRESS}> nhé.",
    "dia-chi-tran": f"Xem {ADDRESS} nhé.\n\n- `{'A1B2' * 40}`\n- <{'a' * 60}@{'b' * 60}.example>",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("paper")
    editors.write_file(folder / "content", "images/anh.jpg", torture.photo(1, 1600, 900))
    for name, body in ARTICLES.items():
        portals.write_article(folder / "content", f"{name}.md", body, title=name)
    result = portals.build(folder / "output", folder / "content", pdf=True)
    assert result.returncode == 0 and not result.stderr, result.stderr
    return folder / "output"


def picture_edges(path: Path) -> list[tuple[float, float]]:
    """Return the left and the right edge of each picture of a PDF, in points."""
    with pikepdf.open(path) as pdf:
        return [edges for page in pdf.pages for edges in _picture_edges(page)]


def _picture_edges(page: pikepdf.Page) -> Iterator[tuple[float, float]]:
    names = {name for name, image in page.images.items() if int(image.Width) > 300}  # neither emblem nor code
    matrices = [pikepdf.Matrix()]
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "q":
            matrices.append(matrices[-1])
        elif str(operator) == "Q":
            matrices.pop()
        elif str(operator) == "cm":
            matrices[-1] = pikepdf.Matrix(*map(float, operands)) @ matrices[-1]
        elif str(operator) == "Do" and str(operands[0]) in names:
            yield matrices[-1].transform((0, 0))[0], matrices[-1].transform((1, 0))[0]


@pytest.mark.parametrize("name", [name for name, body in ARTICLES.items() if "anh.jpg" in body])
def test_a_picture_anywhere_fits_its_column(site: Path, name: str) -> None:
    path = site / "bai-viet" / name / f"{name}.pdf"
    edges = picture_edges(path)
    assert edges
    width, margin = float(pypdf.PdfReader(path).pages[0].mediabox.width), 30
    assert all(margin < left < right < width - margin for left, right in edges), edges


@pytest.mark.parametrize("name", ["dia-chi", "dia-chi-tran"])
def test_long_addresses_and_codes_are_broken_into_lines(site: Path, name: str) -> None:
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(site / f"bai-viet/{name}/{name}.pdf").pages)
    lines = text.split("\n")
    assert ADDRESS in re.sub(r"\s", "", text)
    assert max(map(len, lines)) < 130, "a line of the column holds fewer letters"
