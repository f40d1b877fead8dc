"""Ten thousand random texts: every word is on the page, or a problem of its line says that it is not.

And a thousand of them as PDFs: every word of the page is on paper too, or a notice says that it is not.
"""

from __future__ import annotations

from pathlib import Path

import hypothesis
import pytest
from bs4 import BeautifulSoup

from plugins.markdown_reader import html
from plugins.pdf.print_html import prepare_for_print
from plugins.pdf.render import prepare, render
from tests.markdown_reader.test_nothing_is_lost import WORD, every_word_is_shown_or_reported, texts
from tests.pdf import drawn
from tests.pdf.test_hostile import job_for


@hypothesis.settings(max_examples=10_000)
@hypothesis.given(texts())
def test_every_word_is_on_the_page_or_reported_with_its_line(text: str) -> None:
    every_word_is_shown_or_reported(text)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("paper")
    prepare(folder)
    return folder


@hypothesis.settings(max_examples=1_000)
@hypothesis.given(text=texts())
def test_every_word_of_the_page_is_on_paper_or_reported(text: str, folder: Path) -> None:
    body = html.convert(text, "/content/a.md", "/content", "vi").html
    job = job_for("bai", prepare_for_print(body, "https://vanson.example", str).html, {}, folder)
    reported = any(notice.kind in ("lost-text", "missing-script", "missing-signs") for notice in render(job).notices)
    drawn_letters = sum((drawn.letters(sheet.text) for sheet in drawn.sheets(Path(job.target))), drawn.letters(""))
    lost = drawn.letters(" ".join(WORD.findall(BeautifulSoup(body, "html.parser").get_text()))) - drawn_letters
    assert not lost or reported, (lost, body)
