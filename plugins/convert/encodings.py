"""Bytes of an old page to text: UTF-8, UTF-16, windows-1258, and the two Vietnamese font encodings TCVN3 and VNI.

TCVN3 (ABC) and VNI are encodings of fonts, not of files: Latin letters that a special font shows as Vietnamese ones.
They are recognised by syllables: after the right conversion nearly every word is Vietnamese.
Tables: xvnkb (vni.h, abc.h), https://vietunicode.sourceforge.net/charset/
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from bs4 import BeautifulSoup

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.I)
# windows-1252 with the bytes that it leaves undefined as control characters, so that every byte is a letter.
_CP1252 = [bytes([n]).decode("cp1252", "replace").replace("\ufffd", chr(n)) for n in range(256)]
_WORD = re.compile(r"[^\W\d_]+(?:[^\W\d_]|[\u0300-\u036f])*")
_LETTERS = re.compile(r"[^\x00-\x7f]")

# Letters that Vietnamese does not have, and that every text in TCVN3 or VNI has.
_FOREIGN = re.compile("[äåæçëîïñöøûüþðßÄÅÆÇËÎÏÑÖØÛÜÞÐ¸¶¹¨ª¬¡¢¤¥¦µ®]")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?"
    r"(?:oa|oă|oe|oo|ua|uâ|uê|uô|uơ|uy|uya|uyê|ia|iê|yê|ươ|ưa|ai|ao|au|ay|âu|ây|eo|êu|iu|iêu|yêu|oi|ôi|ơi|oai|oay|oeo"
    r"|ui|ưi|uôi|ươi|ưu|ươu|uay|uây|uyu|uao|uê|[aăâeêioôơuưy])"
    r"(?:ch|ng|nh|[cmnpt])?"
)
_UNICODE_LETTER = re.compile("[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỷỹỵđơưĐƠƯ]")
TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"

TCVN3_LETTERS = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
VNI_MARKS = dict(
    zip("ùøûõïâáàåãäêéèúüë", ["́", "̀", "̉", "̃", "̣", "̂", "̂́", "̂̀", "̂̉", "̂̃", "̣̂", "̆", "̆́", "̆̀", "̆̉", "̆̃", "̣̆"], strict=True)
)
VNI_LETTERS = dict(zip("íìæóòôöîñ", "íìỉĩịơưỵđ", strict=True))
VNI_LETTERS |= {key.upper(): value.upper() for key, value in VNI_LETTERS.items()}
_VNI = re.compile(
    "([aeiouyôöAEIOUYÔÖ])([" + "".join(VNI_MARKS) + "".join(VNI_MARKS).upper() + "])|([" + "".join(VNI_LETTERS) + "])"
)


HEAD = 512  # bytes in which UTF-16 without its mark shows
DECLARATION = 4096  # bytes in which a page declares its encoding
MOST_BROKEN = 0.05  # share of broken letters among those beyond ASCII in a text that is still called UTF-8
SAMPLE = 400  # words by which an encoding is judged
FEWEST_WORDS = 3  # words beyond ASCII without which nothing can be said
IS_VIETNAMESE = (
    0.85  # share of Vietnamese words in a text that needs no conversion; the rest are names and typing errors
)
IS_CONVERTED = 0.8  # share after the right conversion
RECOGNISABLE = 40  # letters of a text whose font encoding can be told by itself
LONGEST_SAMPLE = 60_000  # letters of a page by which its encoding is told
GAIN = 0.25  # by which a conversion must raise the share


def decode(raw: bytes) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding; what cannot be read becomes U+FFFD."""
    for mark, name in _BOMS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(name, "replace"), name
    head = raw[:HEAD]
    if len(head) > 3 and head.count(0) * 5 > len(head) * 2:  # UTF-16 without its mark: every second byte is 0
        name = "utf-16-be" if head[0::2].count(0) > head[1::2].count(0) else "utf-16-le"
        return raw.decode(name, "replace"), name
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        # One broken letter in a page of UTF-8 does not make it another encoding.
        declared = _CHARSET.search(raw[:DECLARATION])
        is_declared = declared is not None and declared[1].lower() == b"utf-8" and b"\xe1\xba" in raw
        if is_declared or (error.start > 0 and _is_mostly_utf8(raw)):
            return raw.decode("utf-8", "replace"), "utf-8"
    latin = "".join(map(_CP1252.__getitem__, raw))
    vietnamese = raw.decode("cp1258", "replace")
    best = max((vietnamese, latin), key=lambda text: vietnamese_share(_converted(text)))
    return best, "windows-1258" if best is vietnamese else "windows-1252"


def _is_mostly_utf8(raw: bytes) -> bool:
    text = raw.decode("utf-8", "replace")
    return text.count("\ufffd") < MOST_BROKEN * len(_LETTERS.findall(text))


def unicode_text(text: str) -> tuple[str, str]:
    """Return a text in NFC, converted from the font encoding that it is in, and the name of that encoding or ""."""
    text = unicodedata.normalize("NFC", text)
    if not _FOREIGN.search(text):
        return text, ""
    converter, name = _font_encoding(text)
    return (unicodedata.normalize("NFC", converter(text)), name) if converter else (text, "")


def texts_to_unicode(soup: BeautifulSoup) -> None:
    """Bring every text of a page to NFC, and out of font encodings, which may hold for a part of the page only."""
    strings = list(soup.find_all(string=True))
    whole = " ".join(strings)
    if whole.isascii():
        return
    converter = {"TCVN3": tcvn3, "VNI": vni}.get(unicode_text(whole[:LONGEST_SAMPLE])[1])
    for string in strings:
        text = str(string)
        if text.isascii() and converter is not vni:
            continue
        if converter and not _UNICODE_LETTER.search(text):
            new = converter(text)
        elif len(text) > RECOGNISABLE:
            new = unicode_text(text)[0]
        else:
            new = unicodedata.normalize("NFC", text)
        if new != text:
            string.replace_with(type(string)(new))


def _converted(text: str) -> str:
    converter, _ = _font_encoding(text)
    return converter(text) if converter else text


def _font_encoding(text: str) -> tuple[Callable[[str], str] | None, str]:
    """Return the converter of the font encoding that a text is in and its name; or None and ""."""
    words = [word for word in _WORD.findall(text.replace("\xad", "­")) if _LETTERS.search(word)]
    odd = [token for token in text.split() if _LETTERS.search(token)][:SAMPLE]
    if len(odd) < FEWEST_WORDS:
        return None, ""
    sample = " ".join(odd)
    now = vietnamese_share(sample)
    if now > IS_VIETNAMESE and words:
        return None, ""
    score, converter, name = max(
        ((vietnamese_share(f(sample)), f, n) for f, n in ((tcvn3, "TCVN3"), (vni, "VNI"))), key=lambda x: x[0]
    )
    return (converter, name) if score > IS_CONVERTED and score > now + GAIN else (None, "")


def tcvn3(text: str) -> str:
    """Convert TCVN3 (ABC) to Unicode."""
    return text.translate({ord(sign): letter for sign, letter in TCVN3_LETTERS.items()})


def vni(text: str) -> str:
    """Convert VNI Windows, where a letter is followed by the sign of its marks, to Unicode."""

    def one(found: re.Match[str]) -> str:
        base, mark, alone = found.groups()
        if alone:
            return VNI_LETTERS[alone]
        base = VNI_LETTERS.get(base, base)
        return unicodedata.normalize("NFC", base + VNI_MARKS[mark.lower()])

    return _VNI.sub(one, text)


def vietnamese_share(text: str) -> float:
    """Return the share of Vietnamese words, 0 to 1, among those with a letter beyond ASCII."""
    words = [word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if _LETTERS.search(word)][:SAMPLE]
    rest = len(re.findall(r"[¡-¿×÷]", text))
    good = sum(is_syllable(word.lower()) for word in words)
    return good / (len(words) + rest) if words else 0.0


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Return whether a word in small letters is spelled like a Vietnamese syllable."""
    letters = unicodedata.normalize("NFD", word)
    if sum(letter in TONE_MARKS for letter in letters) > 1:
        return False
    plain = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in TONE_MARKS))
    return bool(_SYLLABLE.fullmatch(plain))
