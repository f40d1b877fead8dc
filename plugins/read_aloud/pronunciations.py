"""The table of pronunciations: what is said for which writing, one a line, `viết = đọc`.

What the portal needs everywhere stands beside this file (vi.txt, en.txt); what editors add, in their
content folder. Theirs counts more. A writing with a capital stands for just that; one in small letters
for any case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from plugins.i18n import EDITORS_LANG, translate
from plugins.problems import Problem, display_path


def table_file(lang: str) -> str:
    """The editors' table in the content folder: cach-doc.txt in their own language, else cach-doc.LANG.txt."""
    return "cach-doc.txt" if lang == EDITORS_LANG else f"cach-doc.{lang}.txt"


LONGEST = 200  # characters of a writing or of what is said


class PronunciationTable:
    """What is said for which writing."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        self.entries = dict(entries)

    def plus(self, others: Mapping[str, str]) -> PronunciationTable:
        """With more entries, that count more."""
        return PronunciationTable(self.entries | dict(others)) if others else self

    def apply(self, text: str) -> str:
        """A text with every writing of the table replaced, the longest first."""
        return self._pattern.sub(self._said, text) if self.entries else text

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        def one(written: str) -> str:
            left = r"(?<!\w)" if written[0].isalnum() else ""
            right = r"(?!\w)" if written[-1].isalnum() else ""
            quoted = re.escape(written).replace(r"\ ", r"\s+").replace(r"\-", r"\s?[-–]\s?")
            return f"{left}{quoted if written != written.lower() else f'(?i:{quoted})'}{right}"

        return re.compile("|".join(one(w) for w in sorted(self.entries, key=lambda w: (-len(w), w))))

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {_plain(written): said for written, said in self.entries.items()}

    def _said(self, match: re.Match[str]) -> str:
        written = _plain(match[0])
        return self._folded.get(written) or self._folded.get(written.lower(), written)


def _plain(written: str) -> str:
    """One form for all ways to write a dash and spaces."""
    return re.sub(r"\s?[-–]\s?", "-", " ".join(written.split()))


def parse(text: str, path: str | Path = "") -> tuple[dict[str, str], list[Problem]]:
    """The entries of a table, and what is wrong with it."""
    entries: dict[str, str] = {}
    problems = []
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip().lstrip("\ufeff")
        if not line or line.startswith("#"):
            continue
        written, sign, said = (" ".join(part.split()) for part in line.partition("="))
        if not (written and sign and said) or max(len(written), len(said)) > LONGEST:
            text = translate("cannot be read; write what is written, =, and what is said: UBND = ủy ban nhân dân")
            problems.append(Problem(display_path(path), number, text))
        elif written in entries and entries[written] != said:
            problems.append(
                Problem(
                    display_path(path),
                    number,
                    translate("{written} stands twice in the table; keep one", written=written),
                )
            )
        entries[written] = said
    return entries, problems


def load_table(lang: str, content: Path) -> tuple[PronunciationTable, list[Problem]]:
    """The table of a language: the portal's own and the editors'."""
    own = Path(__file__).parent / f"{lang}.txt"
    entries = parse(own.read_text(encoding="utf-8"), own)[0] if own.exists() else {}
    theirs = content / table_file(lang)
    try:
        text = theirs.read_text(encoding="utf-8")
    except FileNotFoundError:
        return PronunciationTable(entries), []
    except UnicodeDecodeError:
        return PronunciationTable(entries), [
            Problem(
                display_path(theirs), 0, translate("the file is not in UTF-8; save it again with the encoding UTF-8")
            )
        ]
    added, problems = parse(text, theirs)
    return PronunciationTable(entries | added), problems
