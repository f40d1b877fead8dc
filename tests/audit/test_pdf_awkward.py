"""Sixty awkward articles as PDFs: all on the sheet, no number broken, all valid."""

from __future__ import annotations

from pathlib import Path

from tests.pdf import awkward, verapdf
from tests.pdf.test_lost_text import check_articles


def test_all_awkward_articles_are_on_their_sheets_and_valid(tmp_path: Path) -> None:
    paths = check_articles(tmp_path, list(range(awkward.COUNT)))
    assert verapdf.failures(paths) == {}
