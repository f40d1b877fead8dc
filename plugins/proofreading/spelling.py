"""Whether letters are Vietnamese: misspelt syllables, text without marks, keys of Telex, encodings of old fonts.

A syllable is an onset and a rhyme, and a rhyme that ends in c, ch, p or t has the tone sắc or nặng. What breaks these
rules is no Vietnamese syllable, whatever it should mean; words with capitals may be names of other languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from plugins.i18n import translate
from plugins.problems import Problem

from .pages import HTML, TEXT, Line, Page, shortened

_TONES = {"\u0301": "sắc", "\u0300": "huyền", "\u0309": "hỏi", "\u0303": "ngã", "\u0323": "nặng"}
_KEYS = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}  # of Telex
_SOFT = ("ngh", "gh", "k")  # before e, ê, i, y
_HARD = ("ng", "g", "c")  # before other vowels
_ONSET_LIST = "b ch d đ gi h kh l m n nh p ph qu r s t th tr v x"
_ONSETS = ["", *_ONSET_LIST.split(), *_SOFT, *_HARD]
_RHYME_LIST = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uên uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uơ uy uya uych uyên uyêt uyn
uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
y yêm yên yêng yêt yêu
"""
_RHYMES = frozenset(_RHYME_LIST.split())
_RHYME_LIST_AFTER_QU = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc ân âng ât âu ây e en eng eo et ê ên ênh êch êt êu
i ich in inh it ô ôc ôn ơ ơi ơn ơt y ych yên yêt ynh yt yu
"""
_AFTER_QU = frozenset(_RHYME_LIST_AFTER_QU.split())
# nghiã for nghĩa, qúy for quý, gía for giá
_WRONG_PLACE = re.compile("(?!gi|qu).*[iuư][àáảãạ]|q[ùúủũụ].*|g[ìíỉĩị][aăâeêoôơuư].*")
_STOPPED = ("c", "p", "t", "ch")
_SYLLABLE_PARTS = re.compile(r"(ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx]?)(.*)", re.S)
_WORD = re.compile(r"[^\W\d_]+")
_LOWER_WORD = re.compile(r"(?<![\w’'./-])[^\W\d_A-Z]+(?![\w’'/-])")
_BORROWED = re.compile("[bcdfgkps][rl]|[fjwz]|st|[^aeiouy]{4}")  # micrô: clusters and letters that Vietnamese lacks
_FOREIGN = re.compile("[äåæçëîïñöøûüþßÄÅÆÇËÎÏÑÖØÛÜÞ¸¶¹¨ª¬¡¢¤¥¦µ®]")  # in texts of old fonts
_READ_KEYS = ("title", "short_title", "summary", "cover_caption")
_MIN_WORDS = 6  # of a text that could have marks by its length
_DOUBLED = re.compile("aa|ee|oo|dd|[aou]w|w[sfrxj]?$")


def _without_tone(word: str) -> tuple[str, list[str]]:
    """A word without its tones, composed, and the tones."""
    letters = unicodedata.normalize("NFD", word)
    plain = "".join(letter for letter in letters if letter not in _TONES)
    return unicodedata.normalize("NFC", plain), [letter for letter in letters if letter in _TONES]


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether a word in small letters, with its marks, can be a Vietnamese syllable."""
    plain, tones = _without_tone(word)
    if len(tones) > 1 or _WRONG_PLACE.fullmatch(word):
        return False
    if not any(_fits(onset, plain[len(onset) :]) for onset in _ONSETS if plain.startswith(onset)):
        return False
    return not plain.endswith(_STOPPED) or tones in (["\u0301"], ["\u0323"])


def _fits(onset: str, rhyme: str) -> bool:
    if onset == "qu":
        return rhyme in _AFTER_QU
    if onset == "gi" and rhyme == "":
        return True
    if onset == "gi":
        return rhyme in _RHYMES or f"i{rhyme}" in _RHYMES
    is_soft = rhyme[:1] in tuple("eêiy")
    if (onset in _SOFT and not is_soft) or (onset in _HARD and is_soft and not (onset == "g" and rhyme[:1] == "i")):
        return False
    return rhyme in _RHYMES


@lru_cache(maxsize=20_000)
def is_plain_syllable(word: str) -> bool:
    """Whether a word in small ASCII letters can be a Vietnamese syllable whose marks are left out."""
    match = _SYLLABLE_PARTS.fullmatch(word)
    onset, rhyme = match.groups() if match else ("", "")
    return rhyme in _PLAIN_RHYMES or (onset == "gi" and f"i{rhyme}" in _PLAIN_RHYMES) or (onset == "gi" and not rhyme)


def fold(word: str) -> str:
    """Return a word without diacritics."""
    letters = unicodedata.normalize("NFD", word.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_PLAIN_RHYMES = frozenset(fold(rhyme) for rhyme in _RHYMES | _AFTER_QU)


@lru_cache(maxsize=20_000)
def from_telex(word: str) -> str:
    """Return the syllable of a word in small letters that was typed with Telex switched off, or ""."""
    match = re.fullmatch(r"(dd|qu|gi(?=[aeouw])|[^aeiouyw]*)([aeiouyw].*)", word)
    if not match or not re.search("aa|ee|oo|dd|w|[sfrxj]$", word):
        return ""
    onset, rest = match[1].replace("dd", "đ"), match[2]
    tones = re.findall("[sfrxj]", rest)
    rest = re.sub("[sfrxj]", "", rest)
    if onset == "d" and "d" in rest:
        onset, rest = "đ", rest.replace("d", "", 1)
    rest = re.sub(r"([aeo])(.*?)\1", lambda vowel: {"a": "â", "e": "ê", "o": "ô"}[vowel[1]] + vowel[2], rest, count=1)
    rest = re.sub(r"^uo(.*?)w|^uwow?", lambda vowel: f"ươ{vowel[1] or ''}", rest)
    rest = re.sub(
        r"([aou])([^aouwâôăơư]*)w", lambda vowel: {"a": "ă", "o": "ơ", "u": "ư"}[vowel[1]] + vowel[2], rest, count=1
    )
    syllable = onset + re.sub("^w", "ư", rest)
    if tones and (vowel := re.search("[ăâêôơưaeiouy](?=[^ăâêôơư]*$)", syllable[len(onset) :])):
        at = len(onset) + vowel.end()
        syllable = unicodedata.normalize("NFC", f"{syllable[:at]}{_KEYS[tones[-1]]}{syllable[at:]}")
    return syllable if not syllable.isascii() and is_syllable(syllable) else ""


def misspelt_syllables(page: Page) -> Iterator[Problem]:
    """Words with Vietnamese letters that break the rules of the syllable; each once in a file."""
    told: set[str] = set()
    for line, words in vietnamese_lines(page):
        if words.isascii() or (_FOREIGN.search(words) and old_encoding(words)):
            continue
        for match in _LOWER_WORD.finditer(words):
            word = match[0]
            if word.isascii() or len(word) == 1 or word in told or not word.islower() or not word.isalpha():
                continue
            if is_syllable(word) or _BORROWED.search(fold(word)) or _is_glued(word):
                continue
            told.add(word)
            text = translate("“{word}” is no Vietnamese syllable; is it misspelt?", word=word)
            yield page.finding(line, "no-syllable", text, "note", match.span())


def _is_glued(word: str) -> bool:
    """Whether a word is made of syllables, as borrowed words are: ôxy, vắcxin."""
    cuts = range(1, len(word))
    return any(is_syllable(word[:cut]) and (is_syllable(word[cut:]) or _is_glued(word[cut:])) for cut in cuts)


def texts_without_marks(page: Page) -> Iterator[Problem]:
    """Vietnamese text without diacritics, or with the keys of Telex in their place."""
    for line, words in vietnamese_lines(page):
        found = [word.lower() for word in _WORD.findall(words)]
        telex = {word for word in found if word.isascii() and _DOUBLED.search(word) and from_telex(word)}
        if len(found) >= 3 and words.isascii():
            toned = {word for word in found if from_telex(word)}
            known = sum(word in toned or is_plain_syllable(word) for word in found)
            if telex and len(toned) >= max(2, len(found) // 3) and known >= 0.85 * len(found):
                yield _telex(page, line, found)
                continue
            if len(found) >= _MIN_WORDS and known - len(toned - telex) >= 0.9 * len(found):
                text = translate("“{text}” has no Vietnamese marks; type it again with them", text=shortened(words))
                yield page.finding(line, "no-diacritics", text)
        elif telex:
            names = {word.lower() for word in _WORD.findall(words) if word.isupper()}  # VWS
            sure = [word for word in telex - names if re.search("[sfrxj]$", word) and re.search("w|dd", word)]
            if sure:
                yield _telex(page, line, sorted(sure, key=found.index))


def _telex(page: Page, line: Line, words: list[str]) -> Problem:
    read = " ".join(from_telex(word) or word for word in words)
    text = translate(
        "“{text}” was typed without the Vietnamese keyboard: {read}",
        text=shortened(" ".join(words)),
        read=shortened(read),
    )
    return page.finding(line, "telex", text)


def old_encodings(page: Page) -> Iterator[Problem]:
    """Text in the encodings of old fonts, TCVN3 (ABC) and VNI."""
    if not _FOREIGN.search(page.text):
        return
    for line, words in vietnamese_lines(page):
        name, converted = old_encoding(words) or ("", "")
        if name:
            text = translate(
                "this text is in the old encoding {name}; convert it to Unicode (UniKey: Ctrl+Shift+F6): {text}",
                name=name,
                text=shortened(converted),
            )
            yield page.finding(line, "old-encoding", text)


def old_encoding(text: str) -> tuple[str, str] | None:
    """Return the name of the old encoding that a text is in, and the text in Unicode; None if it is in none."""
    if not _FOREIGN.search(text):
        return None
    from plugins.convert.encodings import unicode_text  # with BeautifulSoup, which few files need

    converted, name = unicode_text(text)
    return (name, converted) if name else None


def vietnamese_lines(page: Page) -> Iterator[tuple[Line, str]]:
    """Yield the lines of a Vietnamese file that are read, with their words: title, lead and text."""
    if page.lang != "vi":
        return
    for field in page.fields:
        if field.key in _READ_KEYS:
            yield field.line, " " * field.column + field.value
    for line in page.body:
        if line.kind in (TEXT, HTML):
            yield line, page.words(line)
