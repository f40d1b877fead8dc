"""What stays in one line of a headline: the syllables of a name, and a number with the word after it.

Vietnamese writes a space between the syllables of a word, so a browser that balances lines breaks "Nậm | Lẻng" and
"15 | bác sĩ". Which syllables make a word only a dictionary knows; names are known by their capitals.
"""

from __future__ import annotations

import re
from itertools import pairwise

LONGEST = 21  # characters of a phrase; longer ones would leave too little in the line before, and may be broken
_NUMBER = re.compile(r"[“(\"]?\d[\d.,/]*%?")
_WORD = re.compile(r"[^\W\d_]")


def _is_name_part(word: str) -> bool:
    """Whether a word may be a syllable of a name: it has one capital, the first letter ("A", "Tính", not "UBND")."""
    letters = word.strip("“”\"'‘’()[].,;:!?…")
    return bool(letters) and letters[0].isupper() and letters[1:] == letters[1:].lower()


def _belong_together(word: str, following: str, has_names: bool) -> bool:
    if _NUMBER.fullmatch(word):
        return bool(_WORD.match(following))
    ends = word[-1] in ",.;:!?…)]”" or following[0] in "(“["
    return has_names and not ends and _is_name_part(word) and _is_name_part(following)


def phrases(text: str, has_names: bool) -> list[tuple[str, bool]]:
    """Split a headline into parts; return each with whether it should stay in one line. Joined, they are the headline.

    Args:
        text: The headline.
        has_names: Whether names are capitalized syllables with spaces between them, as in Vietnamese.
    """
    words = [word for word in text.split() if word]
    if not words:
        return [(text, False)]
    groups = [[words[0]]]
    for word, following in pairwise(words):
        if _belong_together(word, following, has_names) and len(" ".join([*groups[-1], following])) <= LONGEST:
            groups[-1].append(following)
        else:
            groups.append([following])
    parts: list[tuple[str, bool]] = []
    for group in groups:
        if parts:
            parts.append((" ", False))
        parts.append((" ".join(group), len(group) > 1))
    return parts
