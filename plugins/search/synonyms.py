"""The owner's list of synonyms: what search takes for the same, one group a line, `UBND = Ủy ban nhân dân`.

It is a file of the content folder, tu-dong-nghia.txt for the editors' own language and tu-dong-nghia.LANG.txt for
others. Whoever searches for one of a group finds them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from plugins.i18n import EDITORS_LANG, translate
from plugins.problems import Problem, display_path
from plugins.unicode_text import normalize_lines

from .concepts import Synonyms, folded_form, joined_words
from .tokens import normalize

MAX_LENGTH = 100  # characters of a form


def table_file(lang: str) -> str:
    """The name of a language's list."""
    return "tu-dong-nghia.txt" if lang == EDITORS_LANG else f"tu-dong-nghia.{lang}.txt"


def load(lang: str, content: Path) -> tuple[Synonyms, list[Problem]]:
    """The synonyms of a language, and what is wrong with the list. content: the content folder."""
    file = content / table_file(lang)
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return (), []
    except UnicodeDecodeError:
        message = translate("the file is not in UTF-8; save it again with the encoding UTF-8")
        return (), [Problem(display_path(file), 0, message)]
    return parse(text, file)


def parse(text: str, path: str | Path = "") -> tuple[Synonyms, list[Problem]]:
    """The groups of a list, and a problem for each wrong line. path: of the file, for the problems."""
    groups: list[tuple[str, ...]] = []
    problems: list[Problem] = []
    known: set[str] = set()
    normalized = normalize_lines(text)
    for number, line in enumerate(normalized.text.splitlines()):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        group = tuple(dict.fromkeys(chain.from_iterable(map(_forms, line.split("=")))))
        message = next(_faults(line, group, known), "")
        if message:
            problems.append(Problem(display_path(path), normalized.original_line(number) + 1, message))
        else:
            known.update(group)
            groups.append(group)
    return tuple(groups), problems


def _forms(text: str) -> Iterator[str]:
    """The folded forms of what a line has between two signs; GD&ĐT is written GDĐT too."""
    yield folded_form(text)
    yield from map(folded_form, joined_words(normalize(text)))


def _faults(line: str, group: tuple[str, ...], known: set[str]) -> Iterator[str]:
    """What is wrong with a line. known: all forms of the lines before."""
    if not all(group) or "=" not in line or max(map(len, line.split("="))) > MAX_LENGTH:
        yield translate("cannot be read; write what means the same, with = between: UBND = Ủy ban nhân dân")
    elif len(group) < 2:
        yield translate("search takes both sides for the same anyway; remove this line")
    else:
        for form in group:
            if form in known:
                yield translate("“{form}” stands in another line too; write all that means the same in one", form=form)
