"""The one form of text: whatever editors type, paste or upload, the rest of the program sees it in this form.

Text that comes from Word, from phones, web pages and old keyboards has letters in two forms (composed and decomposed),
letters that only look like đ, letters that nobody sees, and line breaks that only some programs know. `normalize` makes
one of each. Everything that is read goes through it: the body and the header of a file, names of files, queries.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

# Letters of other alphabets that old Vietnamese keyboards and converters write for đ (TCVN 6909 has U+0110, U+0111).
_LOOKALIKES = "\u00d0\u00f0\u0189\u0256"
_STROKE = "\u0335"  # typed over a d
_STRUCK = {f"d{_STROKE}": "\u0111", f"D{_STROKE}": "\u0110"}
_D_STROKES = str.maketrans({"\u00d0": "\u0110", "\u00f0": "\u0111", "\u0189": "\u0110", "\u0256": "\u0111"})
_PARAGRAPH_BREAK = "\f\u2029"
_LINE_BREAK = "\v\x85\u2028"
# Windows-1252 under the numbers of control characters, as web pages have it
# (https://encoding.spec.whatwg.org/#windows-1252); U+0085 is a line break of Unicode.
_WINDOWS_1252 = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0) if code != 0x85}
# Letters that nobody sees: controls, and what Unicode calls default ignorable but for the variants of emoji. In some
# scripts they shape words or say where a line may break.
_UNSEEN = (
    r"\x00-\x08\x0e-\x1f\x7f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\u3164\ufeff\uffa0\ufff0-\ufffb"
)
_UNUSUAL = re.compile(rf"[{_PARAGRAPH_BREAK}{_LINE_BREAK}\x80-\x9f{_UNSEEN}]")
_UNSEEN_RUN = re.compile(f"[{_UNSEEN}]+")
_MEANINGFUL = re.compile(r"[\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_MEANINGFUL_FORMS = {"<super>", "<sub>", "<fraction>"}  # of letters and digits, as Unicode calls them
# For scripts of pages, which give what readers type the same form: regular expressions, and what stands for a letter.
SCRIPT_RULES = {
    "unseen": _UNSEEN_RUN.pattern,
    "meaningful": _MEANINGFUL.pattern,
    "letters": {chr(code): letter for code, letter in {**_D_STROKES, **_WINDOWS_1252}.items()}
    | _STRUCK
    | dict.fromkeys(_PARAGRAPH_BREAK + _LINE_BREAK, " "),
}


class NormalizedText(NamedTuple):
    r"""A normalized text of several lines.

    Attributes:
        text: Its lines end in "\n".
        added: The numbers of those lines, from 0, that are no lines of the original, since they begin after a character
            that editors' programs do not count as the end of a line.
    """

    text: str
    added: tuple[int, ...] = ()

    def original_line(self, number: int) -> int:
        """Return the number of the line of the original, from 0, that became a line of `text`."""
        return number - bisect_right(self.added, number)


def normalize(text: str) -> str:
    r"""Return a text in the form that the program works with; other line breaks than "\\n" become a space.

    It is composed (NFC), has đ for the letters that look like it, and nothing that nobody sees, unless a script that
    needs it stands beside it: zero-width spaces part words in Khmer, joiners shape letters in Arabic.
    """
    return _clean(text, " ", " ") if _needs_cleaning(text) else text


def normalize_lines(text: str) -> NormalizedText:
    r"""Return a text of several lines in the form of `normalize`; other line breaks become "\\n" too."""
    if not _needs_cleaning(text):
        return NormalizedText(text)
    cleaned = _clean(text, "\u2028", "\u2029")
    added: list[int] = []
    line = 0
    for end in re.findall("[\n\u2028\u2029]", cleaned):
        line += 2 if end == "\u2029" else 1
        if end != "\n":
            added += [line - 1, line] if end == "\u2029" else [line]
    return NormalizedText(cleaned.replace("\u2028", "\n").replace("\u2029", "\n\n"), tuple(added))


def plain_form(character: str) -> str:
    """Return the usual letters for one in a special form: IV for Ⅳ, m2 for ㎡, (1) for ①.

    A form that has a meaning stays: m², aᵢ, ½.
    """
    form = unicodedata.decomposition(character).partition(" ")[0]
    if not form.startswith("<") or form in _MEANINGFUL_FORMS:
        return character
    letters = unicodedata.normalize("NFKC", character)
    return f"({letters})" if form == "<circle>" else letters


def unseen_letters(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run of letters that nobody sees and that `normalize` takes out of a line."""
    for run in _UNSEEN_RUN.finditer(text):
        if not _keep_meaningful(run):
            yield run.span()


def is_plain(text: str) -> bool:
    """Return whether a text has no other spaces, line ends and unseen letters than those of the keyboard."""
    return text.replace("\n", " ").replace("\t", " ").isprintable()


def _needs_cleaning(text: str) -> bool:
    is_ascii = text.isascii()
    if not is_ascii and (
        not unicodedata.is_normalized("NFC", text) or any(sign in text for sign in _LOOKALIKES + _STROKE)
    ):
        return True
    return not is_plain(text) and bool(_UNUSUAL.search(text))


def _clean(text: str, line_break: str, paragraph_break: str) -> str:
    text = unicodedata.normalize("NFC", text).translate(_D_STROKES)
    if _STROKE in text:
        for struck, letter in _STRUCK.items():
            text = text.replace(struck, letter)
    text = re.sub(f"[{_LINE_BREAK}]", line_break, text)
    text = re.sub(f"[{_PARAGRAPH_BREAK}]", paragraph_break, text)
    text = text.translate(_WINDOWS_1252)
    return _UNSEEN_RUN.sub(_keep_meaningful, text)


def _keep_meaningful(run: re.Match[str]) -> str:
    """The unseen letters that a run of them keeps: those of other scripts, where it stands beside such a script."""
    before, after = run.string[max(0, run.start() - 1) : run.start()], run.string[run.end() : run.end() + 1]
    return "".join(_MEANINGFUL.findall(run[0])) if _is_of_other_script(before) or _is_of_other_script(after) else ""


def _is_of_other_script(character: str) -> bool:
    """Whether a character is a letter, mark or symbol of another script than Latin."""
    if not character or character < "\u0370" or unicodedata.category(character)[0] not in "LMS":
        return False
    return not unicodedata.name(character, "").startswith(("LATIN", "COMBINING"))
