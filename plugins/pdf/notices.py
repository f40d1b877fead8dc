"""What an editor is told about a PDF that was made: the kind, the place, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from plugins.i18n import editors_language, translate

from .faces import language_of
from .glyphs import REPLACEMENT, passages, script_of_letter

_WORD = re.compile(r"\w+")
_MAX_WORDS = 8  # of a passage that is looked for


class Notice(NamedTuple):
    """Something about a PDF that a person should look at.

    Attributes:
        kind: "broken-table", "lost-text", "missing-script" or "missing-signs".
        words: The words in the article, by which its line is found.
        letters: The letters or signs that are missing, in the order of the article.
    """

    kind: str
    words: str
    letters: str = ""

    def line(self, markdown: str) -> int:
        """The line of the article's file, counted from 1; 0 where it is not found."""
        place = markdown.find(self.letters[0]) if self.letters else -1
        return markdown.count("\n", 0, place) + 1 if place >= 0 else find_line(markdown, self.words)

    def message(self) -> str:
        """What is wrong and what to do, in the editor's language."""
        match self.kind:
            case "broken-table":
                text = translate(
                    "the table “{words}” is too wide for the PDF, even on a sheet across, so numbers are broken in it; "
                    "divide it or leave out columns",
                    words=self.words,
                )
            case "lost-text":
                text = translate(
                    "the PDF does not show all of this: “{words}”; write it in a simpler form, and tell the "
                    "administrator",
                    words=self.words,
                )
            case "missing-script":
                text = translate(
                    "the PDF shows {box} in place of letters ({script}): “{words}”; the administrator can add "
                    '"{language}" to scripts in [pdf] of portal.toml',
                    box=REPLACEMENT,
                    script=_script_name(script_of_letter(self.letters[0])),
                    words=self.words,
                    language=language_of(script_of_letter(self.letters[0])),
                )
            case _:
                text = translate(
                    "the PDF shows {box} in place of {letters}, which its typefaces lack: “{words}”; write it in words",
                    box=REPLACEMENT,
                    letters=self.letters,
                    words=self.words,
                )
        return text


def missing_glyph_notices(html: str, characters: str, languages: Iterable[str]) -> Iterator[Notice]:
    """Say once for each script where a document has letters of it that no typeface has.

    Args:
        html: The document, with these letters.
        characters: The letters and signs.
        languages: Those whose scripts the owner has typefaces for; these can lack only single letters.
    """
    known = {language.partition("-")[0] for language in languages}
    for passage, letters in passages(html, characters):
        language = language_of(script_of_letter(letters[0]))
        kind = "missing-signs" if language in ("", *known) else "missing-script"
        yield Notice(kind, passage, letters)


def _script_name(code: str) -> str:
    """A script in the editors' language, as the CLDR calls it."""
    from babel import Locale

    return str(Locale(editors_language()).scripts.get(code, code))


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
