"""Ten thousand random texts: every word is on the page, or a problem of its line says that it is not."""

from __future__ import annotations

import hypothesis

from tests.markdown_reader.test_nothing_is_lost import every_word_is_shown_or_reported, texts


@hypothesis.settings(max_examples=10_000)
@hypothesis.given(texts())
def test_every_word_is_on_the_page_or_reported_with_its_line(text: str) -> None:
    every_word_is_shown_or_reported(text)
