"""What the search page offers to those who type: phrases of titles, and the words of titles for "did you mean".

Both are small files, fetched only when they are needed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from .tokens import fold, normalize, spelling

LONGEST_PHRASE = 4  # words
MOST_PHRASES = 1200
MOST_LETTERS = 16_384  # of the list of words, as it is sent
_SIGNS = re.compile(r"[^\w\s]+|_")
_COHESION = 0.15  # how often two words stand together, by the mean number of titles with one of them
_FEW_TITLES = 500  # up to which a word of a single title counts
_CONTAINED = 0.7  # a phrase that stands in a longer one so often is left out


def phrases(titles: Iterable[str]) -> list[str]:
    """The phrases of two to four words that several titles have, the most frequent first, as most titles write them."""
    words: Counter[str] = Counter()
    counts: Counter[tuple[str, ...]] = Counter()
    written: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    titles = list(titles)
    for title in titles:
        found: dict[tuple[str, ...], str] = {}
        for run in _SIGNS.split(normalize(title)):
            forms = run.split()
            spelled = [*map(spelling, forms)]
            words.update(set(spelled))
            for size in range(2, LONGEST_PHRASE + 1):
                for at in range(len(forms) - size + 1):
                    found[tuple(spelled[at : at + size])] = " ".join(forms[at : at + size])
        counts.update(found.keys())
        for phrase, text in found.items():
            written[phrase][text] += 1
    least = max(2, len(titles) // 2000)
    frequent = {phrase: count for phrase, count in counts.items() if count >= least}
    kept = [phrase for phrase in frequent if _is_phrase(phrase, frequent, words)]
    kept.sort(key=lambda phrase: (-frequent[phrase], phrase))
    return [written[phrase].most_common(1)[0][0] for phrase in _without_parts(kept, frequent)[:MOST_PHRASES]]


def _is_phrase(phrase: Sequence[str], counts: dict[tuple[str, ...], int], words: Counter[str]) -> bool:
    """Whether its words belong together: each two of them stand beside each other more than by chance."""
    return all(
        len(pair[0]) > 1 and counts.get(pair, 0) >= _COHESION * (words[pair[0]] * words[pair[1]]) ** 0.5
        for pair in pairwise(phrase)
    )


def _without_parts(kept: list[tuple[str, ...]], counts: dict[tuple[str, ...], int]) -> list[tuple[str, ...]]:
    """Leave out phrases that nearly always stand in one that is longer."""
    most_in_longer: dict[tuple[str, ...], int] = {}
    for phrase in kept:
        for size in range(2, len(phrase)):
            for at in range(len(phrase) - size + 1):
                part = phrase[at : at + size]
                most_in_longer[part] = max(most_in_longer.get(part, 0), counts[phrase])
    return [phrase for phrase in kept if most_in_longer.get(phrase, 0) < _CONTAINED * counts[phrase]]


def vocabulary(titles: Iterable[str]) -> str:
    """The folded words of titles in order, front-coded: the letters shared with the word before as a digit, the rest.

    Words of letters only, of a large portal those in two titles or more; the most frequent ones
    that are within MOST_LETTERS.
    """
    titles = list(titles)
    least = 2 if len(titles) > _FEW_TITLES else 1
    counts: Counter[str] = Counter()
    for title in titles:
        counts.update({fold(spelling(word)) for word in re.findall(r"[^\W\d_]{2,}", normalize(title))})
    frequent = [word for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if count >= least]
    text = _front_coded(frequent)
    while len(text) > MOST_LETTERS:
        frequent = frequent[: len(frequent) * MOST_LETTERS // len(text)]
        text = _front_coded(frequent)
    return text


def _front_coded(words: Iterable[str]) -> str:
    def parts() -> Iterator[str]:
        for before, word in pairwise(["", *sorted(words)]):
            shared = next((i for i, (a, b) in enumerate(zip(before, word, strict=False)) if a != b), len(before))
            yield f"{min(shared, 9)}{word[min(shared, 9) :]}"

    return "".join(parts())
