"""Bytes of an old page to text: UTF-8, UTF-16, windows-1258, and the two Vietnamese font encodings TCVN3 and VNI.

TCVN3 (ABC) and VNI are no encodings of files but of fonts: Latin letters that a font of its own shows as Vietnamese
ones. They are recognised by their syllables: after the right conversion nearly every word is one of Vietnamese.
Tables: xvnkb (vni.h, abc.h), https://vietunicode.sourceforge.net/charset/
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.I)
_CP1252 = [
    bytes([n]).decode("cp1252", "replace").replace("\ufffd", chr(n)) for n in range(256)
]  # every byte is a letter
_WORD = re.compile(r"[^\W\d_]+(?:[^\W\d_]|[\u0300-\u036f])*")
_LETTERS = re.compile(r"[^\x00-\x7f]")

_FOREIGN = re.compile(
    "[äåæçëîïñöøûüþðßÄÅÆÇËÎÏÑÖØÛÜÞÐ¸¶¹¨ª¬¡¢¤¥¦µ®]"
)  # no letters of Vietnamese, and in every text of TCVN3 or VNI
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?"
    r"(?:oa|oă|oe|oo|ua|uâ|uê|uô|uơ|uy|uya|uyê|ia|iê|yê|ươ|ưa|ai|ao|au|ay|âu|ây|eo|êu|iu|iêu|yêu|oi|ôi|ơi|oai|oay|oeo"
    r"|ui|ưi|"
    r"uôi|ươi|ưu|ươu|uay|uây|uyu|uao|uê|[aăâeêioôơuưy])"
    r"(?:ch|ng|nh|[cmnpt])?"
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"

_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
_VNI_MARKS = dict(
    zip("ùøûõïâáàåãäêéèúüë", ["́", "̀", "̉", "̃", "̣", "̂", "̂́", "̂̀", "̂̉", "̂̃", "̣̂", "̆", "̆́", "̆̀", "̆̉", "̆̃", "̣̆"], strict=True)
)
_VNI_ALONE = dict(zip("íìæóòôöîñ", "íìỉĩịơưỵđ", strict=True))
_VNI_ALONE |= {key.upper(): value.upper() for key, value in _VNI_ALONE.items()}
_VNI = re.compile(
    "([aeiouyôöAEIOUYÔÖ])([" + "".join(_VNI_MARKS) + "".join(_VNI_MARKS).upper() + "])|([" + "".join(_VNI_ALONE) + "])"
)


def decode(raw: bytes) -> tuple[str, str]:
    """The text of a file, and the name of its encoding. Never raises: what cannot be read becomes U+FFFD."""
    for mark, name in _BOMS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(name, "replace"), name
    head = raw[:512]
    if len(head) > 3 and head.count(0) * 5 > len(head) * 2:  # UTF-16 without its mark: every second byte is 0
        name = "utf-16-be" if head[0::2].count(0) > head[1::2].count(0) else "utf-16-le"
        return raw.decode(name, "replace"), name
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        # one broken letter in a page of UTF-8 does not make it another encoding
        told = _CHARSET.search(raw[:4096])
        if (b"\xe1\xba" in raw and told and told[1].lower() == b"utf-8") or (error.start > 0 and _mostly_utf8(raw)):
            return raw.decode("utf-8", "replace"), "utf-8"
    latin = "".join(map(_CP1252.__getitem__, raw))
    vietnamese = raw.decode("cp1258", "replace")
    best = max((vietnamese, latin), key=lambda text: _share(_modern(text)))
    return best, "windows-1258" if best is vietnamese else "windows-1252"


def _mostly_utf8(raw: bytes) -> bool:
    text = raw.decode("utf-8", "replace")
    return text.count("\ufffd") * 20 < len(_LETTERS.findall(text))


def unicode_text(text: str) -> tuple[str, str]:
    """Text in NFC, out of a font encoding where it is in one; and the name of that encoding or ""."""
    text = unicodedata.normalize("NFC", text)
    if not _FOREIGN.search(text):
        return text, ""
    converter, name = _font_encoding(text)
    return (unicodedata.normalize("NFC", converter(text)), name) if converter else (text, "")


def _modern(text: str) -> str:
    converter, _ = _font_encoding(text)
    return converter(text) if converter else text


def _font_encoding(text: str) -> tuple[Callable[[str], str] | None, str]:
    """The converter of the font encoding that a text is in, or None. Judged by words with letters beyond ASCII."""
    words = [word for word in _WORD.findall(text.replace("\xad", "­")) if _LETTERS.search(word)]
    odd = [token for token in text.split() if _LETTERS.search(token)][:400]
    if len(odd) < 3:
        return None, ""
    sample = " ".join(odd)
    now = _share(sample)
    if now > 0.85 and words:
        return None, ""
    score, converter, name = max(
        ((_share(f(sample)), f, n) for f, n in ((tcvn3, "TCVN3"), (vni, "VNI"))), key=lambda x: x[0]
    )
    return (converter, name) if score > 0.8 and score > now + 0.25 else (None, "")


def tcvn3(text: str) -> str:
    """TCVN3 (ABC) to Unicode."""
    return text.translate({ord(sign): letter for sign, letter in _TCVN3.items()})


def vni(text: str) -> str:
    """VNI Windows to Unicode: a letter and the sign of its marks behind it."""

    def one(found: re.Match[str]) -> str:
        base, mark, alone = found.groups()
        if alone:
            return _VNI_ALONE[alone]
        base = _VNI_ALONE.get(base, base)
        return unicodedata.normalize("NFC", base + _VNI_MARKS[mark.lower()])

    return _VNI.sub(one, text)


def _share(text: str) -> float:
    """Which part of the words is Vietnamese, 0 to 1; only those with a letter beyond ASCII count."""
    words = [word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if _LETTERS.search(word)][:400]
    rest = len(re.findall(r"[¡-¿×÷]", text))
    good = sum(_is_syllable(word.lower()) for word in words)
    return good / (len(words) + rest) if words else 0.0


@lru_cache(maxsize=20_000)
def _is_syllable(word: str) -> bool:
    letters = unicodedata.normalize("NFD", word)
    if sum(letter in _TONES for letter in letters) > 1:
        return False
    plain = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    return bool(_SYLLABLE.fullmatch(plain))
