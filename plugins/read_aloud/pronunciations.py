"""The pronunciation table: maps written forms to spoken text, one per line, `viết = đọc`.

Entries that every portal needs stand beside this file (vi.txt, en.txt). Editors keep their own table in the content
folder, and its entries take precedence. A written form with a capital letter matches exactly; one in lower case
matches regardless of case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from plugins.i18n import EDITORS_LANG, translate
from plugins.problems import Problem, display_path

MAX_LENGTH = 200  # characters of a written form or a spoken text


class PronunciationTable:
    """Replaces written forms in a text by what is spoken."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        self.entries = dict(entries)

    def extended(self, entries: Mapping[str, str]) -> PronunciationTable:
        """A table with more entries, which take precedence over those of this one."""
        return PronunciationTable(self.entries | dict(entries)) if entries else self

    def apply(self, text: str) -> str:
        """Replace every written form in a text; where several match, the longest wins."""
        return self._pattern.sub(self._replacement, text) if self.entries else text

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        def entry_pattern(written: str) -> str:
            left = r"(?<!\w)" if written[0].isalnum() else ""
            right = r"(?!\w)" if written[-1].isalnum() else ""
            sign = r"(?:\s?[-–&]\s?|,)" if re.fullmatch(r"[^\W\d_]+(?:[-&][^\W\d_]+)+", written) else r"\s?[-–]\s?"
            quoted = re.sub(r"\\-|&|\\&", lambda _: sign, re.escape(written).replace(r"\ ", r"\s+"))
            return f"{left}{quoted if written != written.lower() else f'(?i:{quoted})'}{right}"

        longest_first = sorted(self.entries, key=lambda written: (-len(written), written))
        return re.compile("|".join(map(entry_pattern, longest_first)))

    @cached_property
    def _by_normal_form(self) -> dict[str, str]:
        return {_normalized(written): spoken for written, spoken in self.entries.items()}

    def _replacement(self, match: re.Match[str]) -> str:
        written = _normalized(match[0])
        spoken = self._by_normal_form.get(written) or self._by_normal_form.get(written.lower(), written)
        is_glued = written.endswith(".") and match.string[match.end() : match.end() + 1].isalnum()  # TP.Lạng Sơn
        return f"{spoken} " if is_glued else spoken


def _normalized(written: str) -> str:
    """One form for all ways to write spaces, and the sign in GD&ĐT, GD-ĐT."""
    return re.sub(r"\s?[-–&]\s?|(?<=\w),(?=\w)", "-", " ".join(written.split()))


def parse(text: str, path: str | Path = "") -> tuple[dict[str, str], list[Problem]]:
    """Parse a table: its entries, and a problem for each wrong line. path: of the file, for the problems."""
    entries: dict[str, str] = {}
    problems: list[Problem] = []

    def report(number: int, message: str) -> None:
        problems.append(Problem(display_path(path), number, message))

    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip().lstrip("\ufeff")
        if not line or line.startswith("#"):
            continue
        written, equals, spoken = (" ".join(part.split()) for part in line.partition("="))
        if not (written and equals and spoken) or max(len(written), len(spoken)) > MAX_LENGTH:
            hint = translate("cannot be read; write what is written, =, and what is said: UBND = ủy ban nhân dân")
            report(number, hint)
        elif written in entries and entries[written] != spoken:
            report(number, translate("{written} stands twice in the table; keep one", written=written))
        entries[written] = spoken
    return entries, problems


def table_file(lang: str) -> str:
    """The name of the editors' table: cach-doc.txt in their own language, else cach-doc.LANG.txt."""
    return "cach-doc.txt" if lang == EDITORS_LANG else f"cach-doc.{lang}.txt"


def load_table(lang: str, content: Path) -> tuple[PronunciationTable, list[Problem]]:
    """The table of a language, from this package and from the content folder, and the problems of the latter."""
    builtin_file = Path(__file__).parent / f"{lang}.txt"
    builtin = parse(builtin_file.read_text(encoding="utf-8"), builtin_file)[0] if builtin_file.exists() else {}
    editors_file = content / table_file(lang)
    try:
        text = editors_file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return PronunciationTable(builtin), []
    except UnicodeDecodeError:
        message = translate("the file is not in UTF-8; save it again with the encoding UTF-8")
        return PronunciationTable(builtin), [Problem(display_path(editors_file), 0, message)]
    entries, problems = parse(text, editors_file)
    return PronunciationTable(builtin | entries), problems
