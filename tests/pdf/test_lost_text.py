"""Words and pictures that a PDF does not show are told, whatever has lost them; articles of any kind lose none."""

from __future__ import annotations

from pathlib import Path

from plugins.pdf.render import prepare, render
from tests import editors, portals
from tests.pdf import awkward, drawn, torture
from tests.pdf.test_hostile import job_for

# one of each kind but those that tests/pdf/test_paper.py has; all of them, and mixtures, are in tests/audit
SAMPLE = [1, 3, 5, 6, 9, 10, 11, 13, 14, 15]
PARAGRAPH = f"<p>Ở mép giấy {torture.LOREM}</p>"
LOST = {
    "hidden": "<p style='display: none'>Chữ <b>bị giấu</b> ở đây</p>",
    "beyond the edge": "<p style='margin-left: 300mm'>Chữ bị giấu ở đây</p>",
    "below the edge": "<p style='position: absolute; top: 400mm'>Chữ bị giấu ở đây</p>",
    "a picture": "<img src='portal:a.jpg' alt='Chữ bị giấu' style='margin-left: 300mm'>",
}


def test_what_is_lost_is_told(tmp_path: Path) -> None:
    prepare(tmp_path)
    editors.write_file(tmp_path, "a.jpg", torture.photo(1, 300, 200))
    for name, body in {**LOST, "nothing": "<p>Chữ không bị giấu</p>"}.items():
        job = job_for(name, PARAGRAPH + body + PARAGRAPH, {"portal:a.jpg": str(tmp_path / "a.jpg")}, tmp_path)
        notices = render(job).notices
        told = [notice.words for notice in notices if notice.kind == "lost-text"]
        assert all("giấu" in words for words in told) and bool(told) == (name in LOST), (name, notices)


def check_articles(folder: Path, numbers: list[int]) -> list[Path]:
    """Build a portal of awkward articles; check what can be seen of their PDFs, and return these."""
    content = awkward.write(folder / "content", numbers)
    settings = f"PDF_EXPORT_SECONDS = {portals.PATIENCE}"  # of a busy machine
    result = portals.build(folder / "output", content, pdf=True, settings=settings, env=editors.ENGLISH)
    assert result.returncode == 0
    assert [line for line in result.stderr.splitlines() if "PDF" in line and "too wide" not in line] == []
    paths = [folder / f"output/bai-viet/bai-{number}/bai-{number}.pdf" for number in numbers]
    for path in paths:
        sheets = drawn.sheets(path)
        text = "".join(sheet.text for sheet in sheets)
        body = editors.read_page(path.with_name("index.html")).select_one(".body")
        assert [sheet.outside for sheet in sheets if sheet.outside] == [], path.name
        lost = drawn.letters(body.get_text()) - drawn.letters(text)
        assert not lost, f"{path.name}: {lost}"
        if f"{path.stem}.md" not in result.stderr:
            cells = " ".join(cell.get_text(" ") for cell in body.select(":is(td, th):not(:has(td))"))
            broken = drawn.numbers(cells) - drawn.numbers(text)
            assert not broken, f"{path.name}: {broken}"
    return paths


def test_awkward_articles_are_all_on_their_sheets(tmp_path: Path) -> None:
    check_articles(tmp_path, SAMPLE)
