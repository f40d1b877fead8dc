"""Numbers of citizens that an article should not publish: identity cards, telephones, bank accounts.

Offices publish numbers too: those of their desks, of hotlines, of accounts for donations. What stands around a number
tells whose it is. Messages never repeat a number, since logs and screens would keep it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins.i18n import translate
from plugins.problems import Problem

from .pages import BLANK, CODE, Page

# The codes of provinces and cities in identity numbers (Circular 07/2016/TT-BCA); those merged in 2025 keep theirs.
_PROVINCES = (
    "01 02 04 06 08 10 11 12 14 15 17 19 20 22 24 25 26 27 30 31 33 34 35 36 37 38 40 42 44 45 46 48 49 51 52 54"
)
_PROVINCES += " 56 58 60 62 64 66 67 68 70 72 74 75 77 79 80 82 83 84 86 87 89 91 92 93 94 95 96"
_CITIZEN = re.compile(
    rf"(?<![\w./,-])0(?:{'|'.join(_PROVINCES.split())})(?:[0-3]\d{{8}}| [0-3]\d\d \d{{3}} \d{{3}})(?![\w/-]|[.,]\d)"
)
_IDENTITY_WORDS = re.compile(r"\b(?:CCCD|CMND|CMTND|CMT|căn cước|chứng minh|định danh)", re.I)
_OLD_IDENTITY = re.compile(r"(?<![\w./,-])\d{9}(?![\w/-]|[.,]\d)")
_MOBILE = re.compile(r"(?<![\w/,-])(?:\+84[ .-]?|0)[35789](?:[ .-]?\d){8}(?![\w/-])")
_ACCOUNT = re.compile(r"\b(?:STK|TK|tài khoản)\b[^.\n]{0,30}?(?<!\d)(\d(?:[ .-]?\d){5,18})(?![\w/])", re.I)
_OFFICE = re.compile(
    r"liên hệ|đường dây nóng|hotline|tổng đài|đầu mối|phụ trách|trực ban|cán bộ trực|tiếp nhận|thường trực|phản ánh"
    r"|cung cấp thông tin|cơ quan|văn phòng|\bphòng (?!chống|ngừa|khi|bệnh)|\bban (?!đầu|hành|ngày|sáng|đêm)|\bsở "
    r"|chi cục|trung tâm|uỷ ban|ủy ban|UBND|HĐND|công an|\btrạm|bưu điện|bưu cục|hợp tác xã|công ty|doanh nghiệp"
    r"|nhà trường|\btrường (?:mầm|mẫu|tiểu|trung|cao đẳng|đại|dạy|nội trú|chính trị|TH|PT|CĐ|ĐH)|bệnh viện|kho bạc"
    r"|\bquỹ\b|\bhội (?!chợ|họp|nghị|thi|trường)|mặt trận|zalo|fanpage|điện thoại:|ĐT:|contact|office",
    re.I,
)
_PERSON = re.compile(
    r"\b(?:ông|bà|anh|chị|em|cháu|cụ|công dân|hộ|nạn nhân|bị can|đối tượng|người tên|sinh năm|sinh ngày|trú tại"
    r"|thường trú)\b",
    re.I,
)
_SENTENCE = re.compile(r"[^.!?…]*(?:[.!?…](?=\S)[^.!?…]*)*[.!?…]*\s*")


def personal_numbers(page: Page) -> Iterator[Problem]:
    """Numbers that are a citizen's own."""
    for line in page.lines:
        if line.kind in (BLANK, CODE) or not re.search(r"\d(?:[ .-]?\d){5}", line.text):
            continue
        for match in _SENTENCE.finditer(line.text):
            yield from (
                page.finding(line, code, message, span=(match.start() + start, match.start() + end))
                for code, message, start, end in _in_sentence(match[0])
            )


def _in_sentence(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Yield code, message and place of each personal number of a sentence."""
    has_word = bool(_IDENTITY_WORDS.search(text))
    is_private = bool(_PERSON.search(text)) and not _OFFICE.search(text)
    taken: list[tuple[int, int]] = []
    for pattern in (_CITIZEN, *([_OLD_IDENTITY] if has_word else [])):
        for number in pattern.finditer(text):
            taken.append(number.span())
            message = translate("this looks like a citizen's identity number; leave it out, or all but its last digits")
            yield "identity-number", message, *number.span()
    for account in _ACCOUNT.finditer(text):
        if not _OFFICE.search(text) and account.span(1) not in taken:
            taken.append(account.span(1))
            message = translate("this looks like a person's bank account; publish only accounts of offices and funds")
            yield "bank-account", message, *account.span(1)
    for number in _MOBILE.finditer(text):
        if is_private and not any(start < number.end() and number.start() < end for start, end in taken):
            message = translate("this looks like a person's telephone number; leave it out, or give that of an office")
            yield "telephone-number", message, *number.span()
