"""Names of authors: which short lines are one, and how a name is cleaned and taken apart."""

from __future__ import annotations

import re

from .encodings import is_syllable

CAPITAL = "[" + "".join(letter for letter in map(chr, range(0x41, 0x1F00)) if letter.isupper()) + "]"  # of a pattern
_AGENCY = re.compile(rf"{CAPITAL}{{3,}}(?![\w])")
_NAME_WORD = re.compile(rf"{CAPITAL}[\w'’.-]*")
_NOT_A_NAME = re.compile(
    r"^(?:chủ tịch|phó|giám đốc|bí thư|trưởng|chánh|người ký|đã ký|nơi nhận|tm\.|kt\.|tl\.|ủy ban|uỷ ban|hội đồng|sở"
    r"|ban chấp hành|chi tiết|cổng|trang|việt nam|thông báo|quyết định|kế hoạch|văn bản|tin|bài|ảnh|điều|chương|mục"
    r"|phần|phụ lục|tỉnh|huyện|xã|thành phố|lạng sơn$|lai châu$|hà nội$)\b",
    re.I,
)
_OFFICES = re.compile(
    r"^(?:(?:nhóm )?(?:pv|phóng viên)|ban biên tập|bbt|btv|ctv|ban tuyên giáo|văn phòng|trung tâm (?:văn hóa"
    r"|truyền thông|vh|văn hoá)|phòng (?:văn hóa|vh)|cộng tác viên)\b",
    re.I,
)
_IS_LABEL = re.compile(
    r"(?:tác giả|nguồn|người viết|ảnh|bản đồ.*|sơ đồ.*|trang chủ|liên kết.*|chuyên mục.*|lượt xem"
    r"|chia sẻ.*|in trang|video"
    r"|thống kê.*|danh mục.*|thư viện.*|tin tức.*|văn bản.*|tìm kiếm.*|đăng nhập|liên hệ|hỏi đáp|giới thiệu)",
    re.I,
)
_PLACEHOLDER = re.compile(
    r"^(?:admin(?:istrator)?|administrator|quản trị(?: \w+)*|root|user|test|editor|anonymous|khách"
    r"|web ?master|super ?user|bqt|host|unknown|n/a|\W*)$|^admin|@",
    re.I,
)
_ROLE_BEHIND = re.compile(r"\s*\((?:thực hiện|ghi|tổng hợp|lược ghi|biên soạn|sưu tầm|thực hiện và ghi)\)\W*$", re.I)
LONGEST_NAME = 60  # letters: three authors with full names
LONGEST_OFFICE = 9  # words: "Phòng Văn hóa và Thông tin huyện Khau Mười" has nine
LONGEST_PEN_NAME = 12  # letters of a name of one word
MOST_CAPITALS = 4  # words of a name in capital letters; longer lines of capitals are headings
LONGEST_PERSON = 5  # words of one person's name


def clean_name(text: str) -> str:
    """Return a name without a label, brackets, full stop and dashes around it; "" for `admin` and the like."""
    text = re.sub(r"^(?:tin|bài)?\s*(?:,|và|&)?\s*(?:ảnh)?\s*:\s*", "", text.strip(), flags=re.I)
    text = _ROLE_BEHIND.sub("", text).strip(" \t.,;:*_-–—|/")
    if text[:1] in "([" and text[-1:] in ")]":
        text = text[1:-1].strip()
    return "" if _PLACEHOLDER.search(text) else text


def is_name(text: str) -> bool:
    """Return whether a short line can be the name of an author: `Thùy Linh`, `Hà My – Quốc Đạt`, `PV`."""
    text = clean_name(text)
    if not 2 <= len(text) <= LONGEST_NAME or re.search(r"[\d:;!?\"“”…@#]", text):
        return False
    if _OFFICES.match(text):
        return len(text.split()) <= LONGEST_OFFICE
    if _NOT_A_NAME.match(text) or _IS_LABEL.fullmatch(text):
        return False
    people = _people(text)
    return (
        all(map(_is_person, people))
        and (len(text.split()) > 1 or len(text) <= LONGEST_PEN_NAME)
        and not any(person.isupper() and len(person.split()) > MOST_CAPITALS for person in people)
    )


def is_office(text: str) -> bool:
    """Return whether a text names an editorial office or a reporter without a name: `PV`, `Ban Biên tập`."""
    return _OFFICES.match(text) is not None


def _is_person(text: str) -> bool:
    words = text.split()
    return (
        1 <= len(words) <= LONGEST_PERSON
        and len(text) > len(words) * 2 - 1
        and all(_NAME_WORD.fullmatch(word) for word in words)
    )


def is_full_name(text: str) -> bool:
    """Return whether a line is nothing but names of persons in the Vietnamese form: two to five capitalised syllables.

    Whether they are names of persons and not of places or sections, only the rest of a page can tell.
    """
    people = _people(text)
    words = [person.split() for person in people]
    return not text.isupper() and all(
        1 < len(each) <= LONGEST_PERSON and all(map(_is_capitalised_syllable, each)) for each in words
    )


def _is_capitalised_syllable(word: str) -> bool:
    return word.istitle() and is_syllable(word.lower())


def _people(text: str) -> list[str]:
    """Return the persons that a line names."""
    text = re.sub(r"\s*\([^)]*\)$", "", text)
    return re.split(r"\s*(?:[,&+/]|\s[-–—]\s|\s+và\s+|(?<=\w)[-–—](?=\w))\s*", text)


def split_agency(author: str) -> tuple[str, str]:
    """Return a name and the agency or office behind it, "" for none: `Thu Hà/TTXVN`, `Thu Hà – Trạm Khuyến nông`."""
    name, _, agency = author.rpartition("/")
    if name and _AGENCY.match(agency.strip()):
        return name.strip(), agency.strip()
    name, _, office = re.sub(r"\s[–—]\s", " - ", author).partition(" - ")
    return (name.strip(), office.strip()) if is_name(name) and _is_office_behind_name(office) else (author, "")


def _is_office_behind_name(text: str) -> bool:
    """Return whether what follows a name and a dash is an office, and not another name: `Trạm Khuyến nông`."""
    words = text.split()
    begins = text[:1].isupper() and text[-1:].isalnum() and not re.search(r"[\d:;,!?]", text)
    return begins and 1 < len(words) <= LONGEST_OFFICE and any(word.islower() for word in words)


def split_names(author: str) -> list[str]:
    """Return the single names of a line of authors; an editorial office stays one name."""
    if _OFFICES.match(author):
        return [author]
    parts = re.split(r"\s*[,;&+/]\s*|\s+[-–—]\s+|\s+và\s+", author)
    names = [part.strip() for part in parts if part.strip()]
    return names if all(_NAME_WORD.match(name) for name in names) else [author]
