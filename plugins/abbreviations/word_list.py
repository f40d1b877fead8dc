"""The owner's list of abbreviations and terms, one per line, `UBND = Ủy ban nhân dân`.

It is the file giai-nghia.txt of the content folder, for other languages giai-nghia.LANG.txt. Lines that begin with "#"
are remarks.
"""

from __future__ import annotations

from pathlib import Path

from plugins.i18n import EDITORS_LANG, translate
from plugins.problems import Problem, display_path
from plugins.unicode_text import normalize


def list_file(lang: str) -> str:
    """The name of the list in a language."""
    return "giai-nghia.txt" if lang == EDITORS_LANG else f"giai-nghia.{lang}.txt"


def load(lang: str, content: Path) -> tuple[dict[str, str], list[Problem]]:
    """Load the list of a language.

    Args:
        lang: The code of the language.
        content: The content folder.

    Returns:
        The meanings by word, in the order of the file, and what is wrong with the file. Without a file there are none.
    """
    path = content / list_file(lang)
    meanings: dict[str, str] = {}
    problems: list[Problem] = []
    try:
        text = normalize(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return meanings, problems
    except UnicodeDecodeError:
        text = translate("the file is not in UTF-8; save it again with the encoding UTF-8")
        return meanings, [Problem(display_path(path), 0, text)]
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        word, equals, meaning = (" ".join(part.split()) for part in line.partition("="))
        if not (word and equals and meaning):
            hint = translate("cannot be read; write the word, =, and what it means: UBND = Ủy ban nhân dân")
            problems.append(Problem(display_path(path), number, hint))
        elif word in meanings:
            hint = translate("{word} stands twice in the list; keep one", word=word)
            problems.append(Problem(display_path(path), number, hint))
        else:
            meanings[word] = meaning
    return meanings, problems


def is_abbreviation(word: str) -> bool:
    """Whether an entry is an abbreviation: one word with two capital letters at least, such as UBND or GPLX."""
    return " " not in word and sum(letter.isupper() for letter in word) >= 2
