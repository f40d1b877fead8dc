"""Proofreading: what an editor's file has that is published as it is typed, but is not what was meant.

The reader (plugins/markdown_reader) tells what cannot be published; this stage looks at the same text as a colleague
would, a rule at a time. Findings are problems with a code, columns and, where only one thing can be meant, the edits
that mend it. `check` tells them, and `check --fix` applies the edits (mending.py).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

from plugins.markdown_reader import stem_and_lang
from plugins.problems import Problem

from . import dictionary, layout, marks, personal_numbers, spelling, wording
from .pages import Page

RULES: tuple[Callable[[Page], Iterator[Problem]], ...] = (
    layout.conflicts,
    layout.bullets,
    layout.marks_without_space,
    layout.headings_without_space,
    layout.tab_tables,
    layout.tables_without_dashes,
    layout.indented_paragraphs,
    layout.captions,
    marks.spaces_in_marks,
    marks.spaced_links,
    marks.bare_addresses,
    marks.unseen,
    marks.damaged_letters,
    marks.quotes_of_word,
    marks.marks_in_header,
    wording.capitals,
    wording.bold_headings,
    wording.skipped_levels,
    wording.empty_links,
    wording.file_names_as_descriptions,
    wording.long_sentences,
    spelling.texts_without_marks,
    spelling.old_encodings,
    spelling.misspelt_syllables,
    dictionary.misspelt_words,
    personal_numbers.personal_numbers,
)


def proofread(text: str, lang: str = "vi") -> list[Problem]:
    """Return what a colleague would say of a content file, in order of its lines.

    Args:
        text: The whole file, header included, without a byte order mark; with any line ends.
        lang: Its language. What is said of Vietnamese words is said of Vietnamese files only.

    Returns:
        Problems that do not name the file, with levels "error", "warning" and "note". The positions of their edits
        are those of `text`.
    """
    page = Page(text, lang)
    return sorted(problem for rule in RULES for problem in rule(page))


def language_of(path: str | os.PathLike[str], text: str, langs: Sequence[str]) -> str:
    """Return the language of a content file, by its header or its name."""
    named = next((field.value for field in Page(text, "").fields if field.key == "lang"), "")
    return named or stem_and_lang(os.fspath(path), langs)[1]
