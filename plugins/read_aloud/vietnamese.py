"""How written Vietnamese is said: numbers, dates, units, money, Roman numerals, abbreviations.

Rules of our own come first, for what portals write and a general normaliser misreads: decision numbers,
short dates, ranges. Each turns its kind into words, so that no later rule can take it for something else.
What is left goes through sea-g2p (https://pypi.org/project/sea-g2p/).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from . import numbers
from .pronunciations import Table

LETTERS = dict(
    zip(
        "AĂÂBCDĐEÊFGHIJKLMNOÔƠPQRSTUƯVWXYZ",
        "a,á,ớ,bê,xê,đê,đê,e,ê,ép,giê,hát,i,gi,ca,lờ,mờ,nờ,o,ô,ơ,pê,quy,rờ,sờ,tê,u,ư,vê,vê kép,ích,i dài,dét".split(","),
        strict=True,
    )
)
UNITS = {
    "km2": "ki lô mét vuông", "km²": "ki lô mét vuông", "m2": "mét vuông", "m²": "mét vuông", "m3": "mét khối",
    "m³": "mét khối", "km": "ki lô mét", "cm": "xăng ti mét", "mm": "mi li mét", "m": "mét", "ha": "héc ta",
    "kg": "ki lô gam", "g": "gam", "l": "lít", "ml": "mi li lít", "kW": "ki lô oát", "kWh": "ki lô oát giờ",
    "MW": "mê ga oát", "kV": "ki lô vôn", "kVA": "ki lô vôn am pe", "V": "vôn", "W": "oát", "KB": "ki lô bai", "MB": "mê ga bai", "GB": "gi ga bai", "°C": "độ xê",
    "ºC": "độ xê", "oC": "độ xê", "%": "phần trăm", "‰": "phần nghìn", "°": "độ", "đ": "đồng", "tr.đ": "triệu đồng",
    "trđ": "triệu đồng", "USD": "đô la Mỹ", "VND": "đồng", "VNĐ": "đồng", "EUR": "ơ rô", "CNY": "nhân dân tệ",
    "NDT": "nhân dân tệ", "h": "giờ",
}  # fmt: skip
_MONEY = {"đồng", "triệu đồng", "đô la Mỹ", "phần trăm", "ơ rô", "nhân dân tệ"}
_PER = {"h": "giờ", "s": "giây", "kg": "ki lô gam", "ha": "héc ta", "km": "ki lô mét", "m2": "mét vuông", "m3": "mét khối"}
_COUNTED = {"tạ", "tấn", "người", "lượt", "yến", "con", "cây"}
_ROADS = {"QL": "quốc lộ", "TL": "tỉnh lộ", "ĐT": "đường tỉnh"}
_SCALE = r"nghìn|ngàn|triệu|tỷ|tỉ|vạn"
_NUMBER = r"\d+(?:\.\d+)*(?:,\d+)?"
_DASH = r"\s*[-–—]\s*"
_DAY = r"(?:ngày|mùng|mồng|hôm|sáng|trưa|chiều|tối|đêm|nay|qua|mai|từ|đến|tới|hết|trước|sau|dịp|lễ|khánh|động|rằm)"
_PARTED = re.compile(r"\s*(số|tổng|diện tích|dân số|sản lượng|lượng|quãng|chặng|thời gian|chiều|thế kỷ|đời)\b")
_WEEKDAY = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật),? $"
_TYPES = {
    "NQ": "nghị quyết", "QĐ": "quyết định", "NĐ": "nghị định", "TT": "thông tư", "KH": "kế hoạch", "CT": "chỉ thị",
    "TB": "thông báo", "BC": "báo cáo", "TTr": "tờ trình", "CV": "công văn", "GM": "giấy mời", "HD": "hướng dẫn",
    "KL": "kết luận", "QC": "quy chế", "CTr": "chương trình", "PL": "pháp lệnh", "TTLT": "thông tư liên tịch",
    "CĐ": "công điện", "GP": "giấy phép", "ĐA": "đề án", "VBHN": "văn bản hợp nhất",
}  # fmt: skip
_ISSUERS = {
    "CP": "chính phủ", "TTg": "thủ tướng chính phủ", "TW": "trung ương", "TU": "tỉnh ủy", "UBND": "ủy ban nhân dân",
    "HĐND": "hội đồng nhân dân", "BTC": "bộ tài chính", "BNV": "bộ nội vụ", "BYT": "bộ y tế", "BCT": "bộ công thương",
    "BTTTT": "bộ thông tin và truyền thông", "BGDĐT": "bộ giáo dục và đào tạo", "BCA": "bộ công an",
    "BTP": "bộ tư pháp", "BXD": "bộ xây dựng", "BKHCN": "bộ khoa học và công nghệ", "BQP": "bộ quốc phòng",
    "SNV": "sở nội vụ", "STC": "sở tài chính", "VP": "văn phòng", "TTĐT": "thông tin điện tử", "BCĐ": "ban chỉ đạo",
    "CTN": "chủ tịch nước", "UBTVQH": "ủy ban thường vụ quốc hội", "HU": "huyện ủy", "ĐU": "đảng ủy",
    "BVHTTDL": "bộ văn hóa thể thao và du lịch", "BNNPTNT": "bộ nông nghiệp và phát triển nông thôn",
}  # fmt: skip
_ROMAN_BEFORE = (
    r"thứ|thế kỷ|thế kỉ|khóa|khoá|chương|mục|phần|điều|quý|quí|hạng|loại|cấp|đợt|kỳ|kì|giai đoạn|bậc|nhóm|vùng|khu vực"
    r"|phụ lục|tập|hội|vụ|tiểu khu|tuyến|lần|phương án|trường hợp|quyển|số|bảng"
)
Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def say(text: str, table: Table) -> str:
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


def _calm(text: str, table: Table) -> str:
    """A sentence in capitals as one in small letters: else every word of it would be an abbreviation."""
    shouted = [word for word in re.findall(r"[^\W\d_]+", text) if word.isupper() and _MARKED.search(word)]
    if len(shouted) < 3:
        return text
    return re.sub(r"[^\W\d_]+", lambda w: w[0] if w[0] in table.entries or numbers.roman(w[0]) else w[0].lower(), text)


_MARKED = re.compile(r"[ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ]")
_MARKUP = re.compile(r"</?[A-Za-z!?][^<>]*>|\[\[|\]\]")


def number(text: str) -> str:
    """A number in words."""
    return numbers.decimal(text)


def day(d: str, m: str, y: str | None = None, known: bool = False) -> str:
    """A date in words; known: the word ngày (or sáng, mùng, …) stands before it."""
    words = "" if known else "ngày "
    return f"{words}{numbers.cardinal(int(d))} tháng {_of_year(month(m), y)}"


def _of_year(words: str, y: str | None) -> str:
    """With its year. After a five a pause: "tháng năm, năm …", else the two are taken for one."""
    return f"{words}{',' if words.endswith(' năm') or words == 'năm' else ''} năm {numbers.cardinal(int(y))}" if y else words


def month(text: str) -> str:
    """A month's name: the fourth is tư."""
    return "tư" if int(text) == 4 else numbers.cardinal(int(text))


def _is_day(d: str, m: str) -> bool:
    return 1 <= int(d) <= 31 and 1 <= int(m) <= 12


def _after_day(match: re.Match[str]) -> bool:
    """Whether the word before says already that a day comes."""
    return bool(re.search(r"(?:ngày|mùng|mồng|rằm|hôm)\s*$", match.string[: match.start()], re.I))


def _full_date(match: re.Match[str]) -> str:
    d, m, y = match[1], match[2], match[3]
    return day(d, m, y, _after_day(match)) if _is_day(d, m) else " trên ".join(map(number, (d, m, y)))


def _date_range(match: re.Match[str]) -> str:
    first, second = re.split(_DASH, match[0], maxsplit=1)
    return f"{first} đến {second}"


def _days(match: re.Match[str]) -> str:
    """5-7/12 and 28–30/4/2021: two days of one month."""
    d, other, m, y = match[1], match[2], match[3], match[4]
    if not (_is_day(d, m) and _is_day(other, m) and int(d) < int(other)):
        return match[0]
    before = "" if _after_day(match) or re.search(r"từ\s*$", match.string[: match.start()], re.I) else "ngày "
    return f"{before}{numbers.cardinal(int(d))} đến {day(other, m, y, known=True)}"


def _short_date(match: re.Match[str]) -> str:
    """7/4 is a day, or a part: what stands around it decides, else whether it could be a part at all."""
    d, m = match[1], match[2]
    before, after = match.string[: match.start()], match.string[match.end() :]
    if not _is_day(d, m):
        return f"{number(d)} trên {number(m)}"
    told = re.search(rf"\b{_DAY}(?:\s+nay)?,?\s*\(?$|{_WEEKDAY}|(?:^|[;.] )ngày[^.:;]{{0,25}}: $", before, re.I) or (before.endswith("(") and after.startswith(")"))
    pair = re.search(r"(\d{1,2})/(\d{1,2})(?:,| và| hoặc| hay)\s*$", before)
    told = told or bool(pair and int(pair[1]) > int(pair[2]))
    counted = re.match(r"\s*(số|tổng|kiến nghị|chỉ tiêu|xã|huyện|nhiệm vụ|hộ|thôn|bản|tiêu chí|đại biểu|người|phần|giờ)\b", after)
    if (told and not counted) or (int(d) > int(m) and not counted and (d, m) != ("24", "7")):
        return day(d, m, known=_after_day(match))
    if int(d) < int(m) <= 10 and (re.search(r"\b(hơn|gần|khoảng|chiếm|bằng|quá|trên|dưới)\s+$", before, re.I) or _PARTED.match(after)):
        return f"{number(d)} phần {month(m)}"
    return f"{number(d)} trên {number(m)}"


def _month_of_year(match: re.Match[str]) -> str:
    m, y = match[2], match[3]
    if not 1 <= int(m) <= 12:
        return match[0]
    return f"{match[1] or 'tháng '}{_of_year(month(m), y)}"


def _quarter(match: re.Match[str]) -> str:
    value = int(match[2]) if match[2].isdigit() else numbers.roman(match[2])
    return f"{match[1]}{numbers.cardinal(value)} năm {numbers.cardinal(int(match[3]))}"


def _document(match: re.Match[str]) -> str:
    """35/2023/NQ-HĐND: number, year, kind (unless it was just said) and who issued it."""
    kind, so, n, y, code = match["kind"] or "", match["so"] or "", match["n"], match["y"], match["code"]
    words = [f"{kind}{so or 'số '}{_of_year(_plain_number(n), y)}"]
    parts = [_code(part) for part in re.split("[-/]", code)]
    if kind and parts[0].casefold() in kind.strip().casefold():
        parts = parts[1:]
    if re.match(r"\s+của\b", match.string[match.end() :]):
        parts = []  # its issuer is named in words
    return ", ".join([*words, " ".join(parts)] if parts else words)


def _plain_number(text: str) -> str:
    digits = re.match(r"\d+", text)[0]
    return numbers.cardinal(int(digits)) + (" " + _spelled(text[len(digits) :].upper()) if text[len(digits) :] else "")


def _code(part: str) -> str:
    session = re.fullmatch(r"(QH|HĐND|UBTVQH)(\d+)", part)
    if session:
        return f"{ {'QH': 'quốc hội'}.get(session[1]) or _ISSUERS[session[1]]} khóa {numbers.cardinal(int(session[2]))}"
    return _TYPES.get(part) or _ISSUERS.get(part) or part  # the table may know it; else it is spelled later


def _spelled(text: str) -> str:
    """Letter by letter, and numbers as such."""
    parts = re.findall(r"\d+|[^\W\d_]", text)
    return " ".join(number(p) if p[0].isdigit() else LETTERS.get(p.upper(), p) for p in parts)


def _range(match: re.Match[str]) -> str:
    return f"{match[1]} đến {match[2]}"


def _score(match: re.Match[str]) -> str:
    return f"{match[1]} {number(match[2])} {number(match[3])}"


def _short_number(match: re.Match[str]) -> str:
    """A number that is dialled: gọi 113, 114 hoặc 115."""
    return match[1] + re.sub(r"\d+", lambda n: numbers.digits(n[0]), match[2])


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
    return f"{_signed(match[1])}{scale} {UNITS[match[3]]}"


def _signed(text: str) -> str:
    return f"âm {number(text[1:])}" if text[0] in "-−" else number(text)


def _slash(match: re.Match[str]) -> str:
    """đồng/kg, tạ/ha, ông/bà; several: đồng/người/năm."""
    of, units = match[1], match[2][1:].split("/")
    if of in _MONEY:
        return f"{of} {' '.join(f'một {_PER.get(unit, unit)}' for unit in units)}"
    if of in UNITS.values() or of in _COUNTED:
        return f"{of} {' '.join(f'trên {_PER.get(unit, unit)}' for unit in units)}"
    return " ".join([of, *units]) if of.lower() == "và" else ", ".join([of, *units])


def _phone(match: re.Match[str]) -> str:
    groups = re.split(r"[ .-]+", match[0])
    return ", ".join(numbers.digits(group) for group in groups)


def _address(match: re.Match[str]) -> str:
    """A web or mail address: who and where, without the path."""
    text = re.sub(r"^(https?://)?(www\.)?", "", match[0])
    host = re.split(r"[/?#]", text)[0].rstrip(".,;:)")
    tail = match[0][len(match[0].rstrip(".,;:)")) :]
    parts = [{"vn": "vê nờ", "gov": "gốp", "com": "com", "org": "o rờ gờ", "edu": "e đu"}.get(p, p) for p in re.split(r"([.@_-])", host)]
    signs = {".": "chấm", "@": "a còng", "-": "gạch ngang", "_": "gạch dưới"}
    return " ".join(signs.get(part, part) for part in parts) + tail


def _abbreviation(match: re.Match[str]) -> str:
    return _spelled(match[0])


def _rule(pattern: str, words: Callable[[re.Match[str]], str] | str, flags: int = 0) -> Rule:
    return re.compile(pattern, flags), (words if callable(words) else lambda match: match.expand(words))


_of = "|".join(re.escape(of) for of in sorted({*UNITS.values(), *_MONEY}, key=len, reverse=True))
_unit = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
_full = r"(?<![\d/.])(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)(?![\d/])"
_code_of = r"(?:[A-ZĐ][A-Za-zĐƯ]*\d*)(?:[-/][A-ZĐ][A-Za-zĐƯ]*\d*)*"
# before the table: what must be seen as a whole
_WHOLE: list[Rule] = [
    _rule(r"[“”\"«»‘’`]", ""),
    _rule(r"\b(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[\w-]+(?:\.[\w-]+)*\.(?:gov|com|org|edu|net)(?:\.vn)?\b|\b[\w-]+(?:\.[\w-]+)*\.vn\b", _address),
    _rule(
        r"(?P<kind>(?i:nghị quyết|quyết định|nghị định|thông tư liên tịch|thông tư|chương trình|kế hoạch|chỉ thị|thông báo|báo cáo|tờ trình|công văn|luật"
        r"|kết luận|hướng dẫn|công điện|giấy phép)\s+)?(?P<so>số:?\s+)?(?<![\d/])"
        rf"(?P<n>\d+[a-z]?)(?:/(?P<y>(?:19|20)\d\d))?[/-](?P<code>{_code_of})(?![\w/])",
        _document,
    ),
    _rule(rf"\d{{1,2}}(?:/\d{{1,2}}(?:/\d{{4}})?){_DASH}(?:ngày\s+)?\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?(?!\d)", _date_range),
    _rule(rf"(?<![\d/.])(\d{{1,2}}){_DASH}(\d{{1,2}})/(\d{{1,2}})(?:/((?:19|20)\d\d))?(?![\d/])", _days),
    _rule(_full, _full_date),
    _rule(r"(?<=[Nn]gày )(\d{1,2})-(\d{1,2})(?!\d|\s*tháng|/|-|\.\d)", lambda m: day(m[1], m[2], known=True) if _is_day(m[1], m[2]) else m[0]),
    _rule(r"(?<![\d-])\d(?:-\d){2,}(?![\d-])", lambda m: numbers.digits(m[0])),
    _rule(rf"(?<!\w)(\d{{1,2}}[hg]\d{{0,2}}){_DASH}(?=\d{{1,2}}[hg:])", r"\1 đến "),
    _rule(rf"\b(Km\s?\d+(?:\+\d+)?){_DASH}(?=Km\s?\d)", r"\1 đến ", re.I),
    _rule(r"\b((?:quý|quí)\s+)([IVX]+|\d)/(\d{4})", _quarter, re.I),
    _rule(r"(?<![\d/.,])(tháng\s+)?(\d{1,2})[/-]((?:19|20)\d\d)(?![\d/])", _month_of_year, re.I),
    _rule(r"(?<![\d/.,])(\d{1,2})/(\d{1,2})(?![\d/]|[.,]\d)", _short_date),
    _rule(r"(?<![\d.])0\d{2,4}(?:[ .-]\d{3,4}){1,3}(?![\d])|(?<![\d.,])(?:0|\+84)\d{8,10}(?!\d)", _phone),
    _rule(r"(?<![\d.,/])0?5 năm (?=(?:19|20)\d\d\b)", "năm, năm "),
    _rule(r"\b(tháng)\s+0?4\b(?!\s*[-–/]|[.,]?\d)", r"\1 tư", re.I),
    _rule(rf"(?<![\w])((?i:{_ROMAN_BEFORE})\s+)([IVX]+)(?!\w)", _roman),
    _rule(rf"(?<!\w)((?i:tỷ số|tỉ số|thắng|thua|hòa|hoà|dẫn|gỡ)(?: [^\W\d]+){{0,2}}) (\d{{1,2}}){_DASH}(\d{{1,2}})(?![\d/])", _score),
    _rule(r"(?<!\w)((?i:gọi|tổng đài|đường dây nóng|bấm số)(?: số)?:? )((?:1\d\d|1[89]00\d{0,4}|1022)(?:(?:,| và| hoặc| hay) 1\d\d)*)(?![\d.,]*\d)", _short_number),
    _rule(rf"\s?\(({_unit})\)", lambda m: f", {UNITS[m[1]]}"),
    _rule(rf"({_NUMBER}){_DASH}({_NUMBER})(?=\s*(?:{_unit}|[^\W\d]|\)|,|\.|;|$))(?![\d/])", _range),
    _rule(r"(?<![\w.])()([IVX]{2,})(?![\w-])", _roman),
    _rule(r"^()([IVX]+)(?=\.\s|\)\s)", _roman),
    _rule(r"(?<!\d)(\d{1,2})\s?(?:h|g|giờ\s)(\d{2})(?:\s?phút)?(?!\w)", _clock),
    _rule(r"(?<![\d:])(\d{1,2}):(\d{2})(?![\d:])", _clock),
]
_PARTS: list[Rule] = [
    _rule(rf"(?<![\w.,])([-−]?{_NUMBER})(\s(?:{_SCALE}))?\s?({_unit})(?!\w)", _measure),
    _rule(r"(?<!\w)((?i:mỗi|một|từng) )(km2|km²|km|m2|m²|m3|m³|ha|kg)(?!\w)", lambda m: m[1] + UNITS[m[2]]),
    _rule(r"(?<=\w)\s?\$", " đô la Mỹ"),
    _rule(rf"\$\s?({_NUMBER})(\s(?:{_SCALE}))?", lambda m: f"{number(m[1])}{m[2] or ''} đô la Mỹ"),
    _rule(rf"\b({_of}|[^\W\d_]+)((?:/[^\W\d_]\w*)+)(?![\w/])", _slash),
    _rule(rf"({_NUMBER})/({_NUMBER})(?![\d/])", lambda m: f"{number(m[1])} trên {number(m[2])}"),
    _rule(r"\b[Kk]m\s?(\d+)(?:\s?\+\s?(\d+))?", lambda m: f"ki lô mét {number(m[1])}" + (f" cộng {number(m[2])}" if m[2] else "")),
    _rule(r"(?:(?<=^)|(?<=[\s(;]))[-−](?=\d)", "âm "),
    _rule(r"(?<!\w)(QL|TL|ĐT)\.?\s?(\d+[A-Z]?)(?!\w)", lambda m: f"{_ROADS[m[1]]} {_spelled(m[2])}"),
    _rule(r"(?<![\w-])([A-ZĐ]{1,4})[.-]?(\d+)([A-ZĐ]?)(?!\w)", lambda m: _spelled(m[0])),
    _rule(r"(?<!\w)(\d+)([A-ZĐ]\d*)(?!\w)", lambda m: _spelled(m[0])),
    _rule(r"(?<![\w])(?:[A-ZĐƯ]&[A-ZĐƯ])(?!\w)", lambda m: " và ".join(_spelled(p) for p in m[0].split("&"))),
    _rule(r"(?<!\w)(?=[A-ZĐƯ-]*[BCDĐFGHJKLMNPQRSTVWXZ])[A-ZĐƯ]{2,6}(?!\w)", _abbreviation),
    _rule(rf"(?<![\w.,])({_NUMBER})(?!\w)", lambda m: number(m[1].lstrip("0") or "0") if len(m[1]) == 2 and m[1].isdigit() else number(m[1])),
]

