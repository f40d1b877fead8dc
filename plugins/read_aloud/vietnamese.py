"""How written Vietnamese is said: numbers, dates, units, money, Roman numerals, abbreviations.

Rules of our own come first, for what portals write and a general normaliser misreads: decision numbers,
short dates, ranges. Each turns its kind into words, so that no later rule can take it for something else.
What is left goes through sea-g2p (https://pypi.org/project/sea-g2p/).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from . import dates, numbers, vietnamese_symbols
from .dates import DASH
from .pronunciations import PronunciationTable

_ROMAN_BEFORE = (
    r"thứ|thế kỷ|thế kỉ|khóa|khoá|chương|mục|phần|điều|quý|quí|hạng|loại|cấp|đợt|kỳ|kì|giai đoạn|bậc|nhóm|vùng|khu vực"
    r"|phụ lục|tập|hội|vụ|tiểu khu|tuyến|lần|phương án|trường hợp|quyển|số|bảng"
)
_SCALE = r"nghìn|ngàn|triệu|tỷ|tỉ|vạn"
_NUMBER = r"\d+(?:\.\d+)*(?:,\d+)?"
Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def spoken_form(text: str, table: PronunciationTable) -> str:
    """A sentence in the words that a person would say. table: what is said for which writing."""
    text = _MARKUP.sub(" ", text.replace("Ð", "Đ"))
    text = _calm(text, table)
    for pattern, words in _WHOLE:
        text = pattern.sub(words, text)
    text = table.apply(text)
    for pattern, words in _PARTS:
        text = pattern.sub(words, text)
    text = re.sub(r"</?en>", "", _normalizer().normalize(text))
    return " ".join(text.split())


@cache
def _normalizer():
    from sea_g2p import Normalizer

    return Normalizer(lang="vi")


def _calm(text: str, table: PronunciationTable) -> str:
    """A sentence in capitals as one in small letters: else every word of it would be an abbreviation."""
    shouted = [word for word in re.findall(r"[^\W\d_]+", text) if word.isupper() and _MARKED.search(word)]
    if len(shouted) < 3:
        return text
    known = table.entries

    def calm(word: re.Match[str]) -> str:
        return word[0] if word[0] in known or numbers.roman(word[0]) else word[0].lower()

    return re.sub(r"[^\W\d_]+", calm, text)


_MARKED = re.compile(r"[ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ]")
_MARKUP = re.compile(r"</?[A-Za-z!?][^<>]*>|\[\[|\]\]")


def _document(match: re.Match[str]) -> str:
    """35/2023/NQ-HĐND: number, year, kind (unless it was just said) and who issued it."""
    kind, so, n, y, code = match["kind"] or "", match["so"] or "", match["n"], match["y"], match["code"]
    words = [f"{kind}{so or 'số '}{dates.of_year(_plain_number(n), y)}"]
    parts = [_code(part) for part in re.split("[-/]", code)]
    if kind and parts[0].casefold() in kind.strip().casefold():
        parts = parts[1:]
    if re.match(r"(?:,?\s+ngày\s+\d{1,2}[/.-]\d{1,2}[/.-]\d{4},?)?\s+của\b", match.string[match.end() :]):
        parts = []  # its issuer is named in words
    return ", ".join([*words, " ".join(parts)] if parts else words)


def _plain_number(text: str) -> str:
    digits = re.match(r"\d+", text)[0]
    return numbers.cardinal(int(digits)) + (" " + _spelled(text[len(digits) :].upper()) if text[len(digits) :] else "")


def _code(part: str) -> str:
    session = re.fullmatch(r"(QH|HĐND|UBTVQH)(\d+)", part)
    if session:
        issuer = "quốc hội" if session[1] == "QH" else vietnamese_symbols.ISSUERS[session[1]]
        return f"{issuer} khóa {numbers.cardinal(int(session[2]))}"
    known = vietnamese_symbols.KINDS.get(part) or vietnamese_symbols.ISSUERS.get(part)
    if not known and part[:1] in ("S", "B") and part[1:] in vietnamese_symbols.SUBJECTS:
        known = {"S": "sở ", "B": "bộ "}[part[0]] + vietnamese_symbols.SUBJECTS[part[1:]]
    return known or part  # the table may know it; else it is spelled later


def _spelled(text: str) -> str:
    """Letter by letter, and numbers as such."""
    parts = re.findall(r"\d+|[^\W\d_]", text)
    return " ".join(
        numbers.decimal(p) if p[0].isdigit() else vietnamese_symbols.LETTERS.get(p.upper(), p) for p in parts
    )


def _range(match: re.Match[str]) -> str:
    return f"{match[1]} đến {match[2]}"


def _score(match: re.Match[str]) -> str:
    return f"{match[1]} {numbers.decimal(match[2])} {numbers.decimal(match[3])}"


def _short_number(match: re.Match[str]) -> str:
    """A number that is dialled: gọi 113, 114 hoặc 115; tổng đài 1900 9095."""
    return match[1] + re.sub(r"\d+", lambda n: numbers.digits(n[0]), re.sub(r"(?<=\d)[ .](?=\d)", ", ", match[2]))


def _roman(match: re.Match[str]) -> str:
    value = numbers.roman(match[2])
    if not value:
        return match[0]
    ordinal = {1: "nhất", 4: "tư"} if match[1].strip().casefold().endswith("thứ") else {}
    return f"{match[1]}{ordinal.get(value) or numbers.cardinal(value)}"


def _clock(match: re.Match[str]) -> str:
    hours, minutes = int(match[1]), int(match[2] or 0)
    if hours > 24 or minutes > 59:
        return match[0]
    return f"{numbers.cardinal(hours)} giờ" + (f" {numbers.cardinal(minutes)} phút" if minutes else "")


def _measure(match: re.Match[str]) -> str:
    scale = f" {match[2].strip()}" if match[2] else ""
    return f"{_signed(match[1])}{scale} {vietnamese_symbols.UNITS[match[3]]}"


def _quantity(match: re.Match[str]) -> str:
    """A bare number; 03 is three."""
    text = match[1]
    return numbers.decimal(str(int(text)) if len(text) == 2 and text.isdecimal() else text)


def _signed(text: str) -> str:
    return f"âm {numbers.decimal(text[1:])}" if text[0] in "-−" else numbers.decimal(text)


def _milestone(match: re.Match[str]) -> str:
    """Km12+300."""
    words = f"ki lô mét {numbers.decimal(match[1])}"
    return f"{words} cộng {numbers.decimal(match[2])}" if match[2] else words


def _slash(match: re.Match[str]) -> str:
    """đồng/kg, tạ/ha, ông/bà; several: đồng/người/năm."""
    of, units = match[1], match[2][1:].split("/")
    if of in vietnamese_symbols.MONEY:
        return f"{of} {' '.join(f'một {(vietnamese_symbols.UNITS | vietnamese_symbols.PER).get(unit, unit)}' for unit in units)}"
    if of in vietnamese_symbols.UNITS.values() or of in vietnamese_symbols.COUNTED:
        return f"{of} {' '.join(f'trên {(vietnamese_symbols.UNITS | vietnamese_symbols.PER).get(unit, unit)}' for unit in units)}"
    return " ".join([of, *units]) if of.lower() == "và" else ", ".join([of, *units])


def _phone(match: re.Match[str]) -> str:
    groups = re.split(r"[ .-]+", match[0])
    return ", ".join(numbers.digits(group) for group in groups)


_IN_ADDRESSES = {
    ".": "chấm", "@": "a còng", "-": "gạch ngang", "_": "gạch dưới", "vn": "vê nờ", "gov": "gốp", "com": "com",
    "org": "o rờ gờ", "edu": "e đu",
}  # fmt: skip


def _address(match: re.Match[str]) -> str:
    """A web or mail address: who and where, without the path."""
    text = re.sub(r"^(https?://)?(www\.)?", "", match[0])
    host = re.split(r"[/?#]", text)[0].rstrip(".,;:)")
    tail = match[0][len(match[0].rstrip(".,;:)")) :]
    return " ".join(_IN_ADDRESSES.get(part, part) for part in re.split(r"([.@_-])", host)) + tail


def _rule(pattern: str, words: Callable[[re.Match[str]], str] | str, flags: int = 0) -> Rule:
    return re.compile(pattern, flags), (words if callable(words) else lambda match: match.expand(words))


_of = "|".join(
    re.escape(of)
    for of in sorted({*vietnamese_symbols.UNITS.values(), *vietnamese_symbols.MONEY}, key=len, reverse=True)
)
_unit = "|".join(re.escape(unit) for unit in sorted(vietnamese_symbols.UNITS, key=len, reverse=True))
_full = r"(?<![\d/.])(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)(?![\d/])"
_code_of = r"(?:[A-ZĐ][A-Za-zĐƯ]*\d*)(?:[-/][A-ZĐ][A-Za-zĐƯ]*\d*)*"
# before the table: what must be seen as a whole
_WHOLE: list[Rule] = [
    _rule(r"[“”\"«»‘’`]", ""),
    _rule(
        r"\b(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
        r"|\b[\w-]+(?:\.[\w-]+)*\.(?:gov|com|org|edu|net)(?:\.vn)?\b|\b[\w-]+(?:\.[\w-]+)*\.vn\b",
        _address,
    ),
    _rule(
        r"(?P<kind>(?i:nghị quyết|quyết định|nghị định|thông tư liên tịch|thông tư|chương trình|kế hoạch|chỉ thị|thông báo"
        r"|báo cáo|tờ trình|công văn|luật|kết luận|hướng dẫn|công điện|giấy phép)\s+)?(?P<so>số:?\s+)?(?<![\d/])"
        rf"(?P<n>\d+[a-z]?)(?:/(?P<y>(?:19|20)\d\d))?[/-](?P<code>{_code_of})(?![\w/])",
        _document,
    ),
    _rule(
        rf"\d{{1,2}}(?:/\d{{1,2}}(?:/\d{{4}})?){DASH}(?:ngày\s+)?\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?(?!\d)",
        dates.date_range,
    ),
    _rule(rf"(?<![\d/.])(\d{{1,2}}){DASH}(\d{{1,2}})/(\d{{1,2}})(?:/((?:19|20)\d\d))?(?![\d/])", dates.days),
    _rule(_full, dates.full_date),
    _rule(r"(?<=[Nn]gày )(\d{1,2})-(\d{1,2})(?!\d|\s*tháng|/|-|\.\d)", dates.hyphened),
    _rule(r"(?<![\d-])\d(?:-\d){2,}(?![\d-])", lambda m: numbers.digits(m[0])),
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
    _rule(r"(?<![\d.])0\d{2,4}(?:[ .-]\d{3,4}){1,3}(?![\d])|(?<![\d.,])(?:0|\+84)\d{8,10}(?!\d)", _phone),
    _rule(r"(?<![\d.,/])0?5 năm (?=(?:19|20)\d\d\b)", "năm, năm "),
    _rule(r"\b(tháng)\s+0?4\b(?!\s*[-–/]|[.,]?\d)", r"\1 tư", re.I),
    _rule(rf"(?<![\w])((?i:{_ROMAN_BEFORE})\s+)([IVX]+)(?!\w)", _roman),
    _rule(
        rf"(?<!\w)((?i:tỷ số|tỉ số|thắng|thua|hòa|hoà|dẫn|gỡ)(?: [^\W\d]+){{0,2}}) (\d{{1,2}}){DASH}(\d{{1,2}})(?![\d/])",
        _score,
    ),
    _rule(
        r"(?<!\w)((?i:gọi|tổng đài|hotline|đường dây nóng|bấm số)(?: số)?:? )"
        r"((?:1[89]00(?:[ .]?\d{2}){0,3}|1022|1\d\d)(?:(?:,| và| hoặc| hay) 1\d\d)*)(?![\d.,]*\d)",
        _short_number,
    ),
    _rule(
        r"(?<!\w)(\d{2}[A-ZĐ]{1,2}\d?)\s?-\s?(\d{3})[.]?(\d{2})(?![\d.]*\d)",
        lambda m: f"{_spelled(m[1])}, {numbers.digits(m[2] + m[3])}",
    ),
    _rule(rf"\s?\(({_unit})\)", lambda m: f", {vietnamese_symbols.UNITS[m[1]]}"),
    _rule(rf"({_NUMBER}){DASH}({_NUMBER})(?=\s*(?:{_unit}|[^\W\d]|\)|,|\.|;|$))(?![\d/])", _range),
    _rule(rf"(?<=\d){DASH}(?=(?:dưới|trên|hơn|gần|khoảng) \d)", " đến "),
    _rule(r"(?<![\w.])()([IVX]{2,})(?![\w-])", _roman),
    _rule(r"^()([IVX]+)(?=\.\s|\)\s)", _roman),
    _rule(r"(?<!\d)(\d{1,2})\s?(?:h|g|giờ\s)(\d{2})(?:\s?phút)?(?!\w)", _clock),
    _rule(r"(?<![\d:])(\d{1,2}):(\d{2})(?![\d:])", _clock),
]
_PARTS: list[Rule] = [
    _rule(rf"(?<![\w.,])([-−]?{_NUMBER})(\s(?:{_SCALE}))?\s?({_unit})(?!\w)", _measure),
    _rule(
        r"(?<!\w)((?i:mỗi|một|từng) )(km2|km²|km|m2|m²|m3|m³|ha|kg)(?!\w)",
        lambda m: m[1] + vietnamese_symbols.UNITS[m[2]],
    ),
    _rule(r"(?<=\w)\s?\$", " đô la Mỹ"),
    _rule(rf"\$\s?({_NUMBER})(\s(?:{_SCALE}))?", lambda m: f"{numbers.decimal(m[1])}{m[2] or ''} đô la Mỹ"),
    _rule(rf"\b({_of}|[^\W\d_]+)((?:/[^\W\d_]\w*)+)(?![\w/])", _slash),
    _rule(rf"({_NUMBER})/({_NUMBER})(?![\d/])", lambda m: f"{numbers.decimal(m[1])} trên {numbers.decimal(m[2])}"),
    _rule(r"\b[Kk]m\s?(\d+)(?:\s?\+\s?(\d+))?", _milestone),
    _rule(r"(?:(?<=^)|(?<=[\s(;]))[-−](?=\d)", "âm "),
    _rule(r"(?<!\w)(QL|TL|ĐT)\.?\s?(\d+[A-Z]?)(?!\w)", lambda m: f"{vietnamese_symbols.ROADS[m[1]]} {_spelled(m[2])}"),
    _rule(r"(?<![\w-])([A-ZĐ]{1,4})[.-]?(\d+)([A-ZĐ]?)(?!\w)", lambda m: _spelled(m[0])),
    _rule(r"(?<!\w)(\d+)([A-ZĐ]\d*)(?!\w)", lambda m: _spelled(m[0])),
    _rule(r"(?<![\w])(?:[A-ZĐƯ]&[A-ZĐƯ])(?!\w)", lambda m: " và ".join(_spelled(p) for p in m[0].split("&"))),
    _rule(r"(?<!\w)(?=[A-ZĐƯ-]*[BCDĐFGHJKLMNPQRSTVWXZ])[A-ZĐƯ]{2,6}(?!\w)", lambda m: _spelled(m[0])),
    _rule(rf"(?<![\w.,])({_NUMBER})(?!\w)", _quantity),
]
