"""Turns written Vietnamese into spoken words: numbers, dates, units, money, Roman numerals, abbreviations.

Our own rules come first, for what portals write and a general normaliser misreads: document numbers, short dates,
ranges. Each rule turns what it matches into words, so that no later rule can mistake it for something else.
The rest goes through sea-g2p (https://pypi.org/project/sea-g2p/).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from string import ascii_lowercase
from typing import TYPE_CHECKING

from plugins.unicode_text import plain_form

from . import dates, numbers, quantities
from .dates import DASH
from .pronunciations import PronunciationTable
from .vietnamese_symbols import (
    ADDRESS_PARTS,
    COUNTED_UNITS,
    DOCUMENT_KINDS,
    ISSUERS,
    LETTER_NAMES,
    MONEY,
    MONEY_SIGNS,
    NUMBERED,
    SCALES,
    SIGNS,
    SUBJECTS,
    UNITS,
)

if TYPE_CHECKING:
    from sea_g2p import Normalizer

_ROMAN_BEFORE = (
    r"thứ|thế kỷ|thế kỉ|khóa|khoá|chương|mục|phần|điều|quý|quí|hạng|loại|cấp|đợt|kỳ|kì|giai đoạn|bậc|nhóm|vùng|khu vực"
    r"|phụ lục|tập|hội|vụ|tiểu khu|tuyến|lần|phương án|trường hợp|quyển|số|bảng"
)
_SCALE = "|".join(SCALES)
_NUMBER = r"\d+(?:\.\d+)*(?:,\d+)?"
# Every word with a tone or a vowel mark is Vietnamese; abbreviations have none.
_MARKED_CAPITAL = re.compile(r"[ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ]")
_MARKUP = re.compile(r"</?[A-Za-z!?][^<>]*>|\[\[|\]\]")
_OTHER_LETTERS = {"Ð": "Đ", "№": "số ", "\u2010": "-", "\u2011": "-", "µ": "µ", "\u03bc": "µ"}
_MIN_CAPITAL_WORDS = 3  # a text with so many Vietnamese words in capitals is a heading

_ISSUER_CODE = re.compile(r"(?![IVX]+\b)[A-ZĐ][A-Za-zĐƯ]")

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def spoken_form(text: str, table: PronunciationTable) -> str:
    """The words of a sentence as a person would say them. table: the pronunciations of names and abbreviations."""
    text = _MARKUP.sub(" ", "".join(map(_plain_letter, text)))
    text = _lowercase_heading(text, table)
    for pattern, replacement in _RULES_BEFORE_TABLE:
        text = pattern.sub(replacement, text)
    text = table.apply(text)
    for pattern, replacement in _RULES_AFTER_TABLE:
        text = pattern.sub(replacement, text)
    normalized: str = _normalizer().normalize(text)
    return " ".join(re.sub(r"</?en>", "", normalized).split())


@lru_cache(1 << 12)
def _plain_letter(letter: str) -> str:
    """A letter, sign or space as the rules know it: IV for Ⅳ, a space for each kind of space."""
    if letter in _OTHER_LETTERS:
        return _OTHER_LETTERS[letter]
    category = unicodedata.category(letter)
    return " " if category == "Zs" else plain_form(letter) if category[0] in "LN" or category == "So" else letter


@cache
def _normalizer() -> Normalizer:
    from sea_g2p import Normalizer

    return Normalizer(lang="vi")


def _lowercase_heading(text: str, table: PronunciationTable) -> str:
    """A text in capitals in lower case, else every word of it would be read as an abbreviation."""
    words = re.findall(r"[^\W\d_]+", text)
    if sum(word.isupper() and bool(_MARKED_CAPITAL.search(word)) for word in words) < _MIN_CAPITAL_WORDS:
        return text

    def lowercase(match: re.Match[str]) -> str:
        word = match[0]
        return word if word in table.entries or numbers.roman_value(word) else word.lower()

    return re.sub(r"[^\W\d_]+", lowercase, text)


def _document(match: re.Match[str]) -> str:
    """35/2023/NQ-HĐND: number, year, kind (unless it was just said) and issuer."""
    if not (match["kind"] or match["number_word"] or match["year"]) and not _ISSUER_CODE.match(match["code"]):
        return match[0]  # RON 95-III, 29-P1
    kind, number_word = match["kind"] or "", match["number_word"] or "số "
    kind = f"{DOCUMENT_KINDS[kind.strip()]} " if kind.strip() in DOCUMENT_KINDS else kind
    words = f"{kind}{number_word}{dates.with_year(_document_number(match['number']), match['year'])}"
    parts = [_code_part(part) for part in re.split("[-/]", match["code"])]
    if kind and parts[0].casefold() in kind.strip().casefold():
        parts = parts[1:]
    if re.match(r"(?:,?\s+ngày\s+\d{1,2}[/.-]\d{1,2}[/.-]\d{4},?)?\s+của\b", match.string[match.end() :]):
        parts = []  # the text goes on with the issuer's name
    return f"{words}, {' '.join(parts)}" if parts else words


def _document_number(text: str) -> str:
    """12a: a number, and perhaps a letter."""
    digits = text.rstrip(ascii_lowercase)
    letter = text[len(digits) :]
    return numbers.cardinal(int(digits)) + (f" {_spelled(letter.upper())}" if letter else "")


def _code_part(part: str) -> str:
    """A part of a document's code: its kind, its issuer, or that of a legislature with the number of its term."""
    term = re.fullmatch(r"(QH|HĐND|UBTVQH)(\d+)", part)
    if term:
        issuer = "quốc hội" if term[1] == "QH" else ISSUERS[term[1]]
        return f"{issuer} khóa {numbers.cardinal(int(term[2]))}"
    words = DOCUMENT_KINDS.get(part) or ISSUERS.get(part)
    if not words and part[:1] in ("S", "B") and part[1:] in SUBJECTS:
        words = {"S": "sở ", "B": "bộ "}[part[0]] + SUBJECTS[part[1:]]
    return words or part  # the pronunciation table may have it, else a later rule spells it


def _spelled(text: str) -> str:
    """Letter by letter, but numbers as a whole."""
    parts = re.findall(r"\d+|[^\W\d_]", text)
    return " ".join(numbers.decimal(p) if p[0].isdigit() else LETTER_NAMES.get(p.upper(), p) for p in parts)


def _range(match: re.Match[str]) -> str:
    """5-7 is five to seven; 5-3, which counts nothing, is a score."""
    first, last = match[1], match[2]
    is_falling = max(len(first), len(last)) < 3 and first.isdecimal() and last.isdecimal() and int(first) >= int(last)
    counts_nothing = match.string[match.end() :].lstrip()[:1] in ("", ")", ",", ".", ";", ":")
    if is_falling and counts_nothing and not re.search(r"\b(?:tháng|thứ)\s*$", match.string[: match.start()], re.I):
        return f"{numbers.decimal(first)} {numbers.decimal(last)}"
    return f"{first} đến {last}"


def _score(match: re.Match[str]) -> str:
    return f"{match[1]} {numbers.decimal(match[2])} {numbers.decimal(match[3])}"


def _scores(match: re.Match[str]) -> str:
    """(25-20, 23-25): the sets of a match."""
    return re.sub(r"(\d+)\s?[-–:]\s?(\d+)", lambda m: f"{numbers.decimal(m[1])} {numbers.decimal(m[2])}", match[0])


def _ratio(match: re.Match[str]) -> str:
    """1:500, which is no clock."""
    return f"{match[1]}{numbers.decimal(match[2])} trên {numbers.decimal(match[3])}"


def _numbered(match: re.Match[str]) -> str:
    """QL4A, BĐ III."""
    value = numbers.roman_value(match[2])
    return f"{NUMBERED[match[1]]} {numbers.cardinal(value) if value else _spelled(match[2])}"


def _plate(match: re.Match[str]) -> str:
    """12A-045.67, 29-P1 234.56."""
    return f"{_spelled(match[1])}, {numbers.digit_by_digit(match[2])}"


def _groups_of_digits(match: re.Match[str]) -> str:
    """861 2345 6789: groups that are no thousands tell something apart; but years may stand side by side."""
    first, *others = match[0].split()
    are_thousands = len(first) < 4 and all(len(group) == 3 for group in others)
    are_years = all(group[:2] in ("19", "20") and len(group) == 4 for group in (first, *others))
    return match[0] if are_thousands or are_years or len(match[0]) < 11 else _phone(match)


def _short_number(match: re.Match[str]) -> str:
    """A number to dial: gọi 113, 114 hoặc 115; tổng đài 1900 9095."""
    groups = re.sub(r"(?<=\d)[ .](?=\d)", ", ", match[2])
    return match[1] + re.sub(r"\d+", lambda digits: numbers.digit_by_digit(digits[0]), groups)


def _roman(match: re.Match[str]) -> str:
    value = numbers.roman_value(match[2])
    if not value:
        return match[0]
    ordinal = {1: "nhất", 4: "tư"} if match[1].strip().casefold().endswith("thứ") else {}
    return f"{match[1]}{ordinal.get(value) or numbers.cardinal(value)}"


def _phone(match: re.Match[str]) -> str:
    """A number to dial, or one that only tells things apart: digit by digit, in the groups in which it is written."""
    groups = re.split(r"[ .()-]+", match[0].strip("() .-"))
    return ", ".join(("cộng " if "+" in group else "") + numbers.digit_by_digit(group) for group in groups)


def _identifier(match: re.Match[str]) -> str:
    """Số tài khoản 3761 0000 1234."""
    groups = re.split(r"[ .-]+", match[2])
    return match[1] + ", ".join(map(numbers.digit_by_digit, groups))


def _named_size(match: re.Match[str]) -> str:
    """PM2.5, a name with a size in it: the dot stands for a comma, but in 4.0 it counts versions."""
    number = match[2] if match[2].endswith(".0") else match[2].replace(".", ",")
    return f"{match[1]} {numbers.decimal(number)}"


def _version(match: re.Match[str]) -> str:
    """B.1.1, V2.0."""
    return f"{_spelled(match[1])} {' chấm '.join(numbers.decimal(part) for part in match[2].split('.'))}"


def _grouped(match: re.Match[str]) -> str:
    """1 000 000, with spaces between thousands (ISO 80000-1): with dots, as later rules know them."""
    return match[0].replace(" ", ".")


def _address(match: re.Match[str]) -> str:
    """A web or e-mail address without its path."""
    text = re.sub(r"^(https?://)?(www\.)?", "", match[0])
    host = re.split(r"[/?#]", text)[0].rstrip(_AFTER_ADDRESS)
    punctuation = match[0][len(match[0].rstrip(_AFTER_ADDRESS)) :]
    return " ".join(ADDRESS_PARTS.get(part, part) for part in re.split(r"([.@_-])", host)) + punctuation


def _rule(pattern: str, replacement: Callable[[re.Match[str]], str] | str, flags: int = 0) -> Rule:
    """A rule. replacement: a function, or a template with group references."""
    if isinstance(replacement, str):
        template = replacement
        return re.compile(pattern, flags), lambda match: match.expand(template)
    return re.compile(pattern, flags), replacement


def _alternatives(texts: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(texts, key=len, reverse=True)))


_AFTER_ADDRESS = ".,;:)”\"’'»>"
_UNIT_WORD = _alternatives({*UNITS.values(), *MONEY})
_UNIT = _alternatives(UNITS)
_RANGE_UNIT = rf"{_UNIT}|{_SCALE}|độ C"
_COUNTED = _alternatives({*UNITS, *MONEY, *COUNTED_UNITS, "hộ", "xã", "triệu", "tỷ", "tỉ"})  # what a number counts
_IDENTIFIER = (  # what is told apart by a number that counts nothing
    r"số tài khoản|tài khoản|stk|mã số thuế|mst|cccd|cmnd|căn cước(?: công dân)?|chứng minh nhân dân|số định danh"
    r"|mã định danh|mã hồ sơ|mã số|số hiệu|mã vạch|số tk|tk|id|sbd|số báo danh|hộ chiếu|giấy phép lái xe|imei|số seri"
)
_FULL_DATE = r"(?<![\d/.])(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)(?![\d/])"
_DOCUMENT_KIND = _alternatives({*DOCUMENT_KINDS.values(), "luật"})
_DOCUMENT_CODE = r"(?:[A-ZĐ][A-Za-zĐƯ]*\d*)(?:[-/][A-ZĐ][A-Za-zĐƯ]*\d*)*"
# Rules for what must be seen as a whole, before the pronunciation table can replace a part of it
_RULES_BEFORE_TABLE: list[Rule] = [
    _rule(
        r"\b(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
        r"|\b[\w-]+(?:\.[\w-]+)*\.(?:(?:gov|com|org|edu|net)(?:\.vn)?|vn)\b(?:/\S*)?",
        _address,
    ),
    _rule(r"(?<![\w.-])([A-ZĐ]{2,4})(\d{1,3}[.,]\d{1,2})(?![\d\w])", _named_size),
    _rule(
        r"(\d{1,3})\s?[°º]\s?(\d{1,2})\s?['’\u2032](?:\s?(\d{1,2}(?:,\d+)?)\s?[\"”\u2033])?(?:\s?([NSEWBĐT])\b)?",
        quantities.angle,
    ),
    _rule(
        rf"({_NUMBER})\s?[°º]\s?([NSEWBĐT])(?!\w)({DASH}(?={_NUMBER}\s?[°º]\s?([NSEWBĐT])(?!\w)))?",
        quantities.coordinate,
    ),
    _rule(r"(?<![\w.,])(\d{1,3})\s?['’\u2032]\s?(\d{1,2})\s?(?:\"|”|\u2033|'')(?!\w)", r"\1 phút \2 giây"),
    _rule(r"(?<![\w.,])(?:(\d{1,3})['’\u2032])?(\d{1,2})[\"”\u2033](\d{1,2})(?!\w)", quantities.hundredths),
    _rule(r"(?<=\d)\s*÷\s*(?=\d)(?![^.,;]*=)", " đến "),
    _rule(r"(?<![\w.,])(\d{1,3})\s?['’\u2032](?![\w'’])", quantities.minutes),
    _rule(r"(?<![\w./])(\d{1,2})/(2|4|8|16)\s?[\"”\u2033](?!\w)", quantities.inches),
    _rule(r"(?<![\w.,])(\d{1,3},\d{1,2}|\d{1,2}(?:\.\d{1,2})?)\s?đ(?![\w/])", r"\1 điểm"),
    _rule(r"\bRON\s?(?=\d\d)", "ron "),
    _rule(r"(?:(?<![\d.,])(\d{1,3}) ?)?([¼½¾⅐-⅞])(\s[^\W\d]+)?", quantities.vulgar_fraction),
    _rule(
        rf"([{''.join(MONEY_SIGNS)}]\s?)(\d{{1,3}}(?:,\d{{3}})+(?:\.\d\d)?|\d+\.\d\d)(?![\d.,]*\d)",
        quantities.english_amount,
    ),
    _rule(r"\b([Vv]àng (?!giá)(?:[^\W\d]+ )?(?:[89]|1\d|2[0-4]))[kK](?!\w)", r"\1 ca"),  # carats
    _rule(r"(?<![\w.,])(\d{2,4}k|\d{3}K|\d{1,3},\d{1,2}[kK])(?!\w)", lambda m: f"{m[1][:-1]} nghìn"),
    _rule(r"(?<![\w.,])(\d{1,3})(?: ?(tr|triệu|tỷ|tỉ)(\d{1,3})|(m)(\d\d))(?![.,]?\d|\w)", quantities.shortened),
    _rule(r"[“”\"«»‘’`]", ""),
    _rule(rf"([{''.join(SIGNS)}])\s*(?=\d)", lambda m: f" {SIGNS[m[1]]} "),
    _rule(r"(?<!\w)(\d\d\s?-?\s?[A-ZĐ]{1,2}\d?)[ -]{1,3}(\d{3}\.\d\d)(?!\.?\d)", _plate),
    _rule(r"(?<!\w)(\d\d[A-ZĐ]{1,2}\d?)\s?-\s?(\d{4,5})(?![\d.]*\d)", _plate),
    _rule(rf"(?<=\d)(\s?(?:{_UNIT}))?\s*[xX]\s*(?=\d)", lambda m: f"{m[1] or ''} nhân "),
    _rule(r"(?<=\w)\s+x\s+(?=\d)", " nhân "),
    _rule(r"(?<![\d-])((?:19|20)\d\d)-(0[1-9]|1[0-2])-([0-2]\d|3[01])(?:T(?=\d\d:)|(?![\d-]))", r"\3/\2/\1 "),
    _rule(r"(?<![\d.,])[1-9]\d{0,2}(?: \d{3}){2,}(?!\d)", _grouped),
    _rule(rf"(?<![\d.,])[1-9]\d{{0,2}}(?: \d{{3}})(?=\s(?:{_COUNTED}))", _grouped),
    _rule(r"(?<!\d)1:(?=\d{1,3}(?:\.\d{3})+(?!\d))", "1 trên "),
    _rule(
        rf"\((?:\d{{1,2}}{DASH}\d{{1,2}}[,;]\s?)+\d{{1,2}}{DASH}\d{{1,2}}\)",
        _scores,
    ),
    _rule(r"((?:tỷ|tỉ) lệ[^.,;:\d]{0,20} )(\d{1,3})\s?:\s?(\d{1,5})(?![\d:])", _ratio, re.I),
    _rule(rf"(?<=%){DASH}(?=\d)", " đến "),
    _rule(rf"(?<=\d)(\s?(?:{_RANGE_UNIT})){DASH}(?={_NUMBER}\s?(?:{_RANGE_UNIT})(?!\w))", r"\1 đến "),
    _rule(rf"(?<=\d:\d\d){DASH}(?=\d{{1,2}}:\d\d)", " đến "),
    _rule(rf"(?<!\w)((?i:{_IDENTIFIER})(?: số)?:?\s)(\d[\d .-]{{4,}}\d)(?![\d/])", _identifier),
    _rule(r"(?<!\w)((?i:mã)(?: [^\W\d]+){1,2}:? )(\d{4,})(?![\d.,/]*\d)", _identifier),
    _rule(r"(?<![\w.,/+(-])\d{2,4}(?: \d{2,4}){2,}(?![.,/]?\d|\w)", _groups_of_digits),
    _rule(rf"(?<![\d.,/])[1-9]\d{{8,}}(?![\d.,/]*\d|\s?(?:{_COUNTED}))", _phone),
    _rule(
        rf"(?<!\w)(?P<kind>(?:(?i:{_DOCUMENT_KIND})|{_alternatives(DOCUMENT_KINDS)})\s+)?(?P<number_word>số:?\s+)?(?<![\d/])"
        rf"(?P<number>\d+[a-z]?)(?:/(?P<year>(?:19|20)\d\d))?[/-](?P<code>{_DOCUMENT_CODE})(?![\w/])",
        _document,
    ),
    _rule(
        rf"\d{{1,2}}(?:/\d{{1,2}}(?:/\d{{4}})?){DASH}(?:ngày\s+)?\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?(?!\d)",
        dates.date_range,
    ),
    _rule(rf"(?<![\d/.])(\d{{1,2}}){DASH}(\d{{1,2}})/(\d{{1,2}})(?:/((?:19|20)\d\d))?(?![\d/])", dates.day_range),
    _rule(_FULL_DATE, dates.full_date),
    _rule(
        r"(?:(?<=[Nn]gày )|(?<=[Ss]áng )|(?<=[Cc]hiều )|(?<=[Tt]rưa )|(?<=[Tt]ối )|(?<=[Đđ]êm ))"
        r"(\d{1,2})-(\d{1,2})(?!\d|\s*tháng|/|-|\.\d)",
        dates.hyphenated_date,
    ),
    _rule(
        rf"(?<!mỗi )(?<!một )(?<!\d )(?i:(?<=ngày )|(?<=sáng )|(?<=chiều )|(?<=tối ))(\d{{1,2}})\.(\d{{1,2}})"
        rf"(?![.,]?\d|%|\s(?:{_COUNTED})\b)",
        dates.hyphenated_date,
    ),
    _rule(r"(?<![\d-])\d(?:-\d){2,}(?![\d-])", lambda m: numbers.digit_by_digit(m[0])),
    _rule(rf"(?<!\w)(\d{{1,2}}[hg]\d{{0,2}}){DASH}(?=\d{{1,2}}[hg:])", r"\1 đến "),
    _rule(rf"\b(Km\s?\d+(?:\+\d+)?){DASH}(?=Km\s?\d)", r"\1 đến ", re.I),
    _rule(r"\b((?:quý|quí)\s+)([IVX]+|\d)/(\d{4})", dates.quarter, re.I),
    _rule(rf"\b(năm học\s+(?:19|20)\d\d){DASH}(?=(?:19|20)\d\d\b)", r"\1, ", re.I),
    _rule(
        rf"\b(tháng\s+\d{{1,2}}(?:/\d{{4}})?){DASH}(?:tháng\s+)?(?=\d{{1,2}}/(?:19|20)\d\d(?!\d))",
        r"\1 đến tháng ",
        re.I,
    ),
    _rule(r"(?<![\d/.,])(tháng\s+)?(\d{1,2})[/-]((?:19|20)\d\d)(?![\d/])", dates.month_of_year, re.I),
    _rule(r"\b(thứ\s+)0?([14])(?![\d.,]*\d|\w)", lambda m: m[1] + {"1": "nhất", "4": "tư"}[m[2]], re.I),
    _rule(r"(?<=nhất)/(\d{1,3})(?!\d|/)", lambda m: f" trên {numbers.decimal(m[1])}"),
    _rule(r"(?<![\d/.,])(\d{1,2})/(\d{1,2})(?![\d/]|[.,]\d)", dates.short_date),
    _rule(r"(?<![\w.,])\(?\+\d{1,3}\)?(?:[ .-]?\d{1,4}\)?){2,5}(?!\d)", _phone),
    _rule(r"\(0\d{1,4}\)[ .-]?\d{1,4}(?:[ .-]?\d{3,4}){1,2}(?!\d)", _phone),
    _rule(r"(?<![\d.])0\d{2,4}(?:[ .-]\d{3,8}){1,3}(?![\d])|(?<![\d.,])0\d{8,10}(?!\d)", _phone),
    _rule(r"(?<![\d.,/-])1[89]00(?:[ .-]\d{2,4}){1,2}(?![\d.,]*\d)", _phone),
    _rule(r"(?<![\d.,/])0?5 năm (?=(?:19|20)\d\d\b)", "năm, năm "),
    _rule(r"\b(tháng)\s+0?4\b(?!\s*[-–/]|[.,]?\d)", r"\1 tư", re.I),
    _rule(rf"(?<!\w)({'|'.join(NUMBERED)})\.?\s?(\d+[A-Z]?|[IVX]+)(?!\w)", _numbered),
    _rule(rf"(?<![\w])((?i:{_ROMAN_BEFORE})\s+)([IVX]+)(?!\w|\.\d)", _roman),
    _rule(
        r"(?<!\w)((?i:tỷ số|tỉ số|thắng|thua|hòa|hoà|dẫn|gỡ|chung cuộc|luân lưu|lượt đi|lượt về)(?: [^\W\d]+){0,2})"
        rf" (\d{{1,2}})(?:{DASH}|:)(\d{{1,2}})(?![\d/])",
        _score,
    ),
    _rule(
        r"(?<!\w)((?i:gọi|cấp cứu|báo cháy|tổng đài|hotline|đường dây nóng|điện thoại(?: nóng| khẩn)?|bấm số|qua số)"
        r"(?: ngay)?(?: qua)?(?: số)?:? )"
        r"((?:1[89]00(?:[ .]?\d{2}){0,3}|1022|1\d\d)(?:(?:,| và| hoặc| hay) 1\d\d)*)"
        r"(?![\d.,]*\d| (?:người|ca|trường hợp|bệnh nhân|nạn nhân|lượt|vụ))",
        _short_number,
    ),
    _rule(rf"\s\(({_UNIT})\)", lambda m: f", {UNITS[m[1]]}"),
    _rule(rf"({_NUMBER}){DASH}({_NUMBER})(?=\s*(?:{_UNIT}|[^\W\d]|\)|,|\.|;|:(?!\d)|$))(?![\d/])", _range),
    _rule(rf"(?<=\d){DASH}(?=(?:dưới|trên|hơn|gần|khoảng) \d)", " đến "),
    _rule(r"(?<![\w.])()([IVX]{2,})(?![\w-])", _roman),
    _rule(r"^()([IVX]+)(?=\.\s|\)\s)", _roman),
    _rule(r"(?<!\d)(\d{1,2})\s?(?:h|g|giờ\s)(\d{2})(?:\s?phút)?(?!\w)", quantities.clock),
    _rule(r"(?<![\d:])(\d{1,2}):(\d{2}):(\d{2})(?![\d:])", quantities.clock_with_seconds),
    _rule(r"(?<![\d:])(\d{1,2}):(\d{2})(?![\d:])", quantities.clock),
    _rule(r"(?<![\d:.,])()(\d{1,3}):(\d|\d{3,})(?![\d:.,]*\d)", _ratio),
]
# Rules for what is left after the pronunciation table
_RULES_AFTER_TABLE: list[Rule] = [
    _rule(rf"(?<![\w.,])([-−]?{_NUMBER})(\s(?:{_SCALE}))?\s?({_UNIT})(?!\w)", quantities.measure),
    _rule(
        r"(?<!\w)((?i:mỗi|một|từng) )(km2|km²|km|m2|m²|m3|m³|ha|kg)(?!\w)",
        lambda m: m[1] + UNITS[m[2]],
    ),
    _rule(rf"(?<=\w)\s?([{''.join(MONEY_SIGNS)}])(?!\d)", lambda m: f" {MONEY_SIGNS[m[1]]}"),
    _rule(
        rf"([{''.join(MONEY_SIGNS)}])\s?({_NUMBER})(\s(?:{_SCALE}))?",
        lambda m: f"{numbers.decimal(m[2])}{m[3] or ''} {MONEY_SIGNS[m[1]]}",
    ),
    _rule(rf"\b({_UNIT_WORD}|[^\W\d_]+)((?:/[^\W\d_]\w*)+)(?![\w/])", quantities.slash),
    _rule(rf"({_NUMBER})/({_NUMBER})(?![\d/])", lambda m: f"{numbers.decimal(m[1])} trên {numbers.decimal(m[2])}"),
    _rule(r"\b[Kk]m\s?(\d+)(?:\s?\+\s?(\d+))?", quantities.milestone),
    _rule(r"(?:(?<=^)[-−]|(?<=[\s(;])[-−–])(?=\d)", "âm "),
    _rule(r"(?<![\w-])([A-ZĐ])[.-]?(\d+(?:\.\d+)+)(?![\w.])", _version),
    _rule(r"(?<![\w-])([A-ZĐ]{1,4})[.-]?(\d+)([A-ZĐ]?)(?!\w)", lambda m: _spelled(m[0])),
    _rule(r"(?<!\w)(\d+)([A-ZĐ]\d*)(?!\w)", lambda m: _spelled(m[0])),
    _rule(r"(?<![\w])(?:[A-ZĐƯ]&[A-ZĐƯ])(?!\w)", lambda m: " và ".join(_spelled(p) for p in m[0].split("&"))),
    _rule(r"(?<!\w)(?=[A-ZĐƯ-]*[BCDĐFGHJKLMNPQRSTVWXZ])[A-ZĐƯ]{2,6}(?!\w)", lambda m: _spelled(m[0])),
    _rule(rf"(?<![\w.,])({_NUMBER})(?!\w)", quantities.quantity),
]
