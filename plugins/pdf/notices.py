"""What an editor is told about a PDF that was made: the kind, the place, and what to do."""

from __future__ import annotations

import re
from typing import NamedTuple

from plugins.i18n import translate

from .glyphs import REPLACEMENT

_WORD = re.compile(r"\w+")
_MAX_WORDS = 8  # of a passage that is looked for


class Notice(NamedTuple):
    """Something about a PDF that a person should look at.

    Attributes:
        kind: "broken-table", "lost-text" or "missing-glyphs".
        words: The words in the article, by which its line is found; or the characters that are missing.
    """

    kind: str
    words: str

    def message(self) -> str:
        """What is wrong and what to do, in the editor's language."""
        if self.kind == "broken-table":
            return translate(
                "the table “{words}” is too wide for the PDF, even on a sheet across, so numbers are broken in it; "
                "divide it or leave out columns",
                words=self.words,
            )
        if self.kind == "lost-text":
            return translate(
                "the PDF does not show all of this: “{words}”; write it in a simpler form, and tell the administrator",
                words=self.words,
            )
        return translate(
            "the PDF shows {box} in place of {letters}, which its typefaces lack", box=REPLACEMENT, letters=self.words
        )

    def line(self, markdown: str) -> int:
        """The line of the article's file, counted from 1; 0 for the whole file."""
        return 0 if self.kind == "missing-glyphs" else find_line(markdown, self.words)


def find_line(markdown: str, words: str) -> int:
    """The line of a Markdown file, counted from 1, on which a passage of its page begins; 0 if it is not found.

    Marks between the words do not matter. Where the file has only the first of the words so, these decide.
    """
    found = _WORD.findall(words)[:_MAX_WORDS]
    for count in range(len(found), 0, -1):
        pattern = r"(?<!\w)" + r"[\W_]+".join(map(re.escape, found[:count]))
        if match := re.search(pattern, markdown):
            return markdown.count("\n", 0, match.start()) + 1
    return 0
