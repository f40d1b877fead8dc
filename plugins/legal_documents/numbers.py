"""Numbers of documents: 12/2026/QĐ-UBND, 345/BC-SNV, 6-KH/TU, 31/2024/QH15.

Their form is laid down in decree 30/2020/NĐ-CP, annex I, and for legal documents in the law on their promulgation.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from plugins.i18n import translate
from plugins.markdown_reader.header_values import slug_of
from plugins.unicode_text import normalize

# Abbreviations of the types of documents: decree 30/2020/NĐ-CP, annex III; those of laws and of the Party's documents
TYPES = {
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "CT": "Chỉ thị",
    "QC": "Quy chế",
    "QyĐ": "Quy định",
    "TC": "Thông cáo",
    "TB": "Thông báo",
    "HD": "Hướng dẫn",
    "CTr": "Chương trình",
    "KH": "Kế hoạch",
    "PA": "Phương án",
    "ĐA": "Đề án",
    "DA": "Dự án",
    "BC": "Báo cáo",
    "BB": "Biên bản",
    "TTr": "Tờ trình",
    "CĐ": "Công điện",
    "KL": "Kết luận",
    "PL": "Pháp lệnh",
    "NĐ": "Nghị định",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "NQLT": "Nghị quyết liên tịch",
}
_PATTERN = r"(?P<serial>\d+[a-zđ]?)(?:/(?P<year>\d{4}))?[/-](?P<symbol>[^\W\d_]\w*(?:[-/.][^\W\d_]\w*)*)"
_NUMBER = re.compile(_PATTERN, re.I)
# In running text, where a symbol has two capitals at least, and signs may have spaces around them
_SYMBOL = r"(?=\w*[A-ZĐ]\w*[A-ZĐ])[^\W\d_]\w*"
_IN_TEXT = re.compile(
    rf"(?<![\d/.-])\d+[a-zđ]?(?:\s*/\s*\d{{4}})?(?:\s*/\s*|-){_SYMBOL}(?:(?:[/.-]| - |\s*–\s*){_SYMBOL})*"
)
_ANOTHER = re.compile(  # a number that follows the first one, and not in brackets
    rf"^[^(]*?(?:,|;|\bvà\b)\s*(?:[^\W\d]+\s+){{0,4}}(\d+[a-zđ]?(?:/\d{{4}})?[/-]{_SYMBOL}(?:[/.-]{_SYMBOL})*)"
)
_PREFIX = re.compile(r"(?:số|no\.?)\s*:?\s*", re.I)
_AROUND_SIGN = re.compile(r"\s*([/–—\u2010-])\s*")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class Number(NamedTuple):
    """The number of a document: serial, year ("" for none), and the symbol of type and issuer."""

    serial: str
    year: str
    symbol: str

    @property
    def abbreviation(self) -> str:
        """What the symbol says first: the abbreviation of a type, or of an issuer."""
        return re.split(r"[-/.]", self.symbol)[0]

    @property
    def key(self) -> str:
        """The same for all ways to write the number: without marks, capitals and leading zeros."""
        return f"{self.serial.lstrip('0') or '0'}/{self.year}/{slug_of(re.sub('[-/.]', '-', self.symbol))}".lower()

    def slug(self, year: int) -> str:
        """The address of the document: 12-2026-qd-ubnd. year: of issue, for numbers that have none."""
        parts = (self.serial, self.year, self.symbol) if self.year else (self.serial, self.symbol, str(year))
        return slug_of(re.sub(r"[/.]", "-", "-".join(parts)))


class Reference(NamedTuple):
    """A document as another one names it.

    Attributes:
        key: `Number.key` of its number; "" if it has none.
        number: Its number as it is written.
        date: When it was issued, as ISO 8601: a day, a year, or "".
    """

    key: str
    number: str
    date: str


def _tidy(text: str) -> str:
    """A text with plain hyphens, without spaces beside the signs of a number."""
    text = _PREFIX.sub("", " ".join(normalize(text).split()), count=1)
    head = _AROUND_SIGN.sub(lambda sign: "/" if sign[1] == "/" else "-", text)
    return head if _NUMBER.match(head) else text


@lru_cache(1 << 15)
def parse(text: str) -> Number | None:
    """Parse a number; None if it is none."""
    match = _NUMBER.fullmatch(text)
    return Number(match["serial"], match["year"] or "", match["symbol"]) if match else None


@lru_cache(1 << 15)
def parse_reference(text: str) -> Reference:
    """Parse what a document says of another one: a number, and perhaps a date: "215/QĐ-UBND ngày 03/02/2025"."""
    match = _NUMBER.match(text)
    if not match:
        return Reference("", "", "")
    number = Number(match["serial"], match["year"] or "", match["symbol"])
    rest = text[match.end() :]
    day, year = _DAY.search(rest), _YEAR.search(rest)
    date = f"{day[3]}-{day[2]:0>2}-{day[1]:0>2}" if day else year[0] if year else ""
    return Reference(number.key, match[0], date)


class Found(NamedTuple):
    """A number within a text. number: in its one spelling; written: as it stands there."""

    number: str
    written: str


def find(text: str) -> Found | None:
    """Return the first number in a text, or None: "Số : 41 / 2026/QĐ - UBND ngày 09/11/2026" has 41/2026/QĐ-UBND."""
    match = _IN_TEXT.search(normalize(text))
    return Found(_tidy(match[0]), match[0]) if match else None


def number(value: str) -> str:
    """The check of the key "number": a number in one spelling."""
    text = _tidy(value)
    if not parse(text):
        raise ValueError(translate("is no number of a document; write it as {example}", example="12/2026/QĐ-UBND"))
    return text


def reference(value: str) -> str:
    """The check of keys that name other documents: begins with a number.

    What stands before the number comes behind it, unless it is the type that the number says: "Quyết định số
    17/2021/QĐ-UBND ngày 12/4/2021", "Luật Đất đai số 31/2024/QH15".
    """
    text = _tidy(value)
    found = None if _NUMBER.match(text) else _IN_TEXT.search(normalize(value))
    if found:
        name = re.sub(r"\W*(?:\bsố\b)?\W*$", "", " ".join(found.string[: found.start()].split()), flags=re.I)
        text = _tidy(found.string[found.start() :])
        is_type = slug_of(name) in map(slug_of, TYPES.values())
        text = f"{text} ({name})" if name and not is_type else text
    another = _ANOTHER.search(text)
    if another:
        raise ValueError(translate("names several documents; write {number} in a line of its own", number=another[1]))
    if not _NUMBER.match(text):
        raise ValueError(
            translate("must begin with the number of a document, such as {example}", example="12/2026/QĐ-UBND")
        )
    return text


def names(written: str, year: str, document_type: str, issuer: str) -> list[str]:
    """The texts by whose words people look for a document: number, year, type and issuer."""
    found = parse(written)
    joined = re.sub(r"[-/.]", "", found.symbol) if found else ""
    return ["số năm", written, joined, year, document_type, issuer]
