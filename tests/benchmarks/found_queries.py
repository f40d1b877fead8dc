"""Queries as people type them, each made from an article that should be found: 30 kinds, right and wrong words."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

WORD = re.compile(r"[^\W_]+")
TELEX_TONES = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
TELEX_MARKS = {"a\u0302": "aa", "e\u0302": "ee", "o\u0302": "oo", "a\u0306": "aw", "o\u031b": "ow", "u\u031b": "uw"}
ABBREVIATIONS = {
    "UBND": "ủy ban nhân dân",
    "HĐND": "hội đồng nhân dân",
    "TAND": "tòa án nhân dân",
    "CSGT": "cảnh sát giao thông",
    "THPT": "trung học phổ thông",
    "BHXH": "bảo hiểm xã hội",
    "TPHCM": "thành phố Hồ Chí Minh",
}
QUESTIONS = ("{} ở đâu", "{} khi nào", "{} như thế nào", "làm thế nào để {}", "{} là gì", "vì sao {}")


@dataclass(frozen=True)
class Text:
    """An article: what names it, its title, its text."""

    slug: str
    title: str
    body: str

    @classmethod
    def composed(cls, slug: str, title: str, body: str) -> Text:
        """A text in Unicode's composed form."""
        return cls(slug, unicodedata.normalize("NFC", title), unicodedata.normalize("NFC", body))


def bare(text: str) -> str:
    """A text without diacritics, đ as d."""
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in apart if not unicodedata.combining(c))


def telex(word: str) -> str:
    """The keys of a word, as Telex has them with the keyboard switched off."""
    keys, tone = [], ""
    for letter in unicodedata.normalize("NFC", word):
        apart = unicodedata.normalize("NFD", letter)
        marks = [c for c in apart[1:] if c in TELEX_TONES]
        tone = tone or "".join(TELEX_TONES[c] for c in marks)
        base = "".join(c for c in apart if c not in TELEX_TONES)
        keys.append({"đ": "dd", "Đ": "DD"}.get(base) or TELEX_MARKS.get(base.lower()) or bare(base))
    return "".join(keys) + tone


@dataclass
class Typist:
    """Types queries for one article."""

    text: Text
    rng: random.Random
    frequency: Mapping[str, int] = field(repr=False)

    @cached_property
    def title(self) -> list[str]:
        return WORD.findall(self.text.title)

    @cached_property
    def body(self) -> list[str]:
        return WORD.findall(self.text.body)

    def running(self, count: int, words: list[str] | None = None) -> list[str] | None:
        """So many words of the title, or of others, that follow each other."""
        words = self.title if words is None else words
        if len(words) < count:
            return None
        start = self.rng.randrange(len(words) - count + 1)
        return words[start : start + count]

    def letters(self, words: list[str] | None, change: Callable[[str], str], marked: bool = False) -> str | None:
        """Change one longer word, or one with diacritics."""
        long = [i for i, word in enumerate(words or ()) if (bare(word) != word if marked else len(word) > 3)]
        if not words or not long:
            return None
        at = self.rng.choice(long)
        return " ".join([*words[:at], change(words[at]), *words[at + 1 :]])

    def without_letter(self, word: str) -> str:
        at = self.rng.randrange(1, len(word))
        return word[:at] + word[at + 1 :]

    def swapped(self, word: str) -> str:
        at = self.rng.randrange(1, len(word) - 1)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    def other_tone(self, word: str) -> str:
        apart = unicodedata.normalize("NFD", word)
        tones = [i for i, c in enumerate(apart) if c in TELEX_TONES]
        if tones:
            new = self.rng.choice([t for t in TELEX_TONES if t != apart[tones[0]]])
            return unicodedata.normalize("NFC", apart[: tones[0]] + new + apart[tones[0] + 1 :])
        vowel = re.search(r".*[aeiouy][\u0302\u0306\u031b]?", apart, re.I)
        at = vowel.end() if vowel else 1
        return unicodedata.normalize("NFC", apart[:at] + self.rng.choice([*TELEX_TONES]) + apart[at:])

    def joined(self, words: list[str] | None) -> str | None:
        if not words or len(words) < 2:
            return None
        at = self.rng.randrange(len(words) - 1)
        return " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]])

    def rare(self, words: list[str], count: int) -> list[str] | None:
        """So many of the rarest words; of three or more, any of the three times as many rarest."""
        found = sorted(set(map(str.lower, words)), key=lambda w: (self.frequency[w], w))
        chosen = [w for w in found if len(w) > 1][: count * 3 if count > 2 else count]
        return self.rng.sample(chosen, count) if len(chosen) >= count else None

    def name(self) -> str | None:
        """Two to four words with a capital that follow one without."""
        found = []
        for at in range(1, len(self.body) - 4):
            length = next(i for i in range(5) if i == 4 or not self.body[at + i][0].isupper())
            if length > 1 and self.body[at - 1].islower():
                found.append(" ".join(self.body[at : at + length]))
        return self.rng.choice(found) if found else None

    def around_number(self) -> str | None:
        places = [i for i, w in enumerate(self.body) if w.isdecimal() and 0 < i < len(self.body) - 2]
        at = self.rng.choice(places) if places else 0
        return " ".join(self.body[at - 1 : at + 3]) if at else None

    def date(self) -> tuple[str, str, str] | None:
        found = re.findall(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?:/(\d{4}))?(?![\d/])", self.text.body)
        found = [each for each in found if 0 < int(each[0]) < 32 and 0 < int(each[1]) < 13]
        return self.rng.choice(found) if found else None

    def with_date(self, template: str) -> str | None:
        date, words = self.date(), self.running(2)
        if not date or not words:
            return None
        day, month, year = date
        worded = f"ngày {int(day)} tháng {int(month)}" + (f" năm {year}" if year else "")
        numeric = "/".join([f"{int(day):02}", f"{int(month):02}", *([year] if year else [])])
        typed = "/".join(part for part in date if part)
        return template.format(words=" ".join(words), worded=worded, numeric=numeric, typed=typed)

    def abbreviated(self) -> str | None:
        text = f"{self.text.title}\n{self.text.body}".lower()
        found = [short for short, full in ABBREVIATIONS.items() if full.lower() in text]
        words = self.running(2)
        if not found or not words:
            return None
        short = self.rng.choice(found)
        return None if re.search(rf"\b{short.lower()}\b", text) else f"{short} {' '.join(words)}"

    def spelled_out(self) -> str | None:
        text = f"{self.text.title}\n{self.text.body}"
        found = [full for short, full in ABBREVIATIONS.items() if re.search(rf"\b{short}\b", text)]
        found = [full for full in found if full.lower() not in text.lower()]
        words = self.running(2)
        return f"{self.rng.choice(found)} {' '.join(words)}" if found and words else None


def _join(words: Iterable[str] | None) -> str | None:
    return " ".join(words) if words else None


def _then(words: list[str] | None, make: Callable[[list[str]], str | None]) -> str | None:
    return make(words) if words else None


def _scattered(typist: Typist) -> str | None:
    words = typist.title
    return " ".join(words[i] for i in sorted(typist.rng.sample(range(len(words)), 4))) if len(words) >= 4 else None


def _shuffled(typist: Typist) -> str | None:
    words = typist.running(5)
    return " ".join([*words[2:], *words[:2]]) if words else None


def _half_bare(typist: Typist) -> str | None:
    words = typist.running(5)
    return " ".join(bare(w) if i % 2 else w for i, w in enumerate(words)) if words else None


def _other_letter(typist: Typist) -> str | None:
    swap = {"i": "y", "y": "i", "í": "ý", "ý": "í", "ì": "ỳ", "ỳ": "ì", "ĩ": "ỹ", "ỹ": "ĩ", "ỉ": "ỷ", "ỷ": "ỉ"}
    pattern = re.compile(r"^((?:[hklmstv]|qu))([iyíýìỳĩỹỉỷ])$", re.I)
    words = typist.running(5)
    if not words or not any(map(pattern.match, words)):
        return None
    return " ".join(pattern.sub(lambda m: m[1] + swap[m[2].lower()], w) for w in words)


def _old_tones(typist: Typist) -> str | None:
    text, words = {}, typist.running(5)
    for vowels in ("oa", "oe", "uy"):
        for tone in TELEX_TONES:
            new = unicodedata.normalize("NFC", vowels + tone)
            text[new] = unicodedata.normalize("NFC", vowels[0] + tone + vowels[1])
    text |= {old: new for new, old in text.items()}
    pattern = re.compile("|".join(text))
    line = " ".join(words or ())
    return pattern.sub(lambda m: text[m[0]], line) if pattern.search(line) else None


KINDS: dict[str, Callable[[Typist], str | None]] = {
    "title, 5 words": lambda t: _join(t.running(5)),
    "the same without diacritics": lambda t: _then(t.running(5), lambda w: bare(" ".join(w))),
    "half the diacritics": _half_bare,
    "title, 3 words": lambda t: _join(t.running(3)),
    "title, 2 words": lambda t: _join(t.running(2)),
    "title, 4 scattered words": _scattered,
    "order partly wrong": _shuffled,
    "body, 6 words running": lambda t: _join(t.running(6, t.body)),
    "body, 4 telling words": lambda t: _join(t.rare(t.body, 4)),
    "name of a person or place": lambda t: t.name(),
    "number with its neighbours": lambda t: t.around_number(),
    "2 title words and a date": lambda t: t.with_date("{words} {typed}"),
    "one syllable, the rarest of the title": lambda t: _join(t.rare(t.title, 1)),
    "tone mark placed the other way": _old_tones,
    "i and y exchanged": _other_letter,
    "whole title pasted": lambda t: t.text.title,
    "letter missing": lambda t: t.letters(t.running(5), t.without_letter),
    "letter missing, bare": lambda t: t.letters(t.running(5), lambda w: bare(t.without_letter(w))),
    "letters swapped": lambda t: t.letters(t.running(5), t.swapped),
    "wrong tone": lambda t: t.letters(t.running(5), t.other_tone),
    "Telex left in one word": lambda t: t.letters(t.running(5), telex, marked=True),
    "all in Telex": lambda t: _then(t.running(4), lambda w: " ".join(map(telex, w))),
    "last word unfinished": lambda t: _then(t.running(5), lambda w: " ".join(w)[: -max(1, len(w[-1]) // 2)]),
    "two syllables run together": lambda t: t.joined(t.running(5)),
    "two syllables run together, bare": lambda t: _then(t.running(5), lambda w: t.joined([*map(bare, w)])),
    "one word too many": lambda t: _then(t.running(5), lambda w: " ".join([*w, t.rng.choice(["quá", "tỉnh", "mới"])])),
    "question": lambda t: _then(t.running(4), lambda w: t.rng.choice(QUESTIONS).format(" ".join(w))),
    "date in words": lambda t: t.with_date("{words} {worded}"),
    "date with zeros": lambda t: t.with_date("{words} {numeric}"),
    "abbreviation typed, article spells out": lambda t: t.abbreviated(),
    "spelled out, article abbreviates": lambda t: t.spelled_out(),
}
RIGHT = tuple(KINDS)[:16]  # kinds with only right words


def queries(texts: list[Text], sample: int, seed: int = 1) -> dict[str, list[tuple[str, Text]]]:
    """Queries by kind, up to `sample` of each, with the article that each was made from."""
    rng = random.Random(seed)
    frequency = Counter(word for text in texts for word in set(map(str.lower, WORD.findall(text.title + text.body))))
    result: dict[str, list[tuple[str, Text]]] = {}
    for kind, make in KINDS.items():
        found = result[kind] = []
        for text in rng.sample(texts, len(texts)):
            if len(found) == sample:
                break
            query = make(Typist(text, rng, frequency))
            if query:
                found.append((query, text))
    return result
