"""The keys of a notice's header: its level, its subject, how long it is in force, and where."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from plugins.i18n import message, translate
from plugins.languages.formats import formats
from plugins.markdown_reader.header_values import date_time, slug_of, text

LEVELS = {  # the most urgent first
    "khan": message("Urgent"),
    "canh-bao": message("Warning"),
    "thong-tin": message("Information"),
}
SUBJECTS = {
    "thien-tai": message("Natural disaster"),
    "y-te": message("Health"),
    "truong-hoc": message("Schools"),
    "dien-nuoc": message("Electricity and water"),
    "duong": message("Roads"),
    "an-ninh": message("Safety"),
    "tuyen-dung": message("Jobs"),
    "dau-thau": message("Tenders"),
    "khac": message("Other matters"),
}
_WRITTEN_LEVELS = ("khẩn", "cảnh báo", "thông tin")  # as the guide has them
_WRITTEN_SUBJECTS = (
    *("thiên tai", "y tế", "trường học", "điện nước", "đường", "an ninh", "tuyển dụng", "đấu thầu", "khác"),
)
_HOUR = re.compile(r"\d\s*(?::|h|giờ)", re.I)
_END_OF_DAY = time(23, 59, 59)
_WHOLE_PROVINCE = ("toan-tinh", "ca-tinh")


def level(value: str) -> str:
    """Return the level of a notice, written with or without marks: "khẩn", "cảnh báo", "thông tin"."""
    if (slug := slug_of(value)) in LEVELS:
        return slug
    raise ValueError(translate("must be one of: {known}", known=", ".join(_WRITTEN_LEVELS)))


def subject(value: str) -> str:
    """Return what a notice is about, one of SUBJECTS, written with or without marks."""
    if (slug := slug_of(value)) in SUBJECTS:
        return slug
    raise ValueError(translate("must be one of: {known}", known=", ".join(_WRITTEN_SUBJECTS)))


def end_time(value: str) -> datetime:
    """Return the time at which a notice ends; a day without a time ends with its last second, as 24:00 does."""
    parsed = date_time(value)
    if not _HOUR.search(value):
        return datetime.combine(parsed.date(), _END_OF_DAY, parsed.tzinfo)
    return parsed - timedelta(seconds=parsed.time() == time())


def place(value: str) -> str:
    """Return the name of a place; "" for the whole province, written "toàn tỉnh"."""
    name = text(value)
    return "" if slug_of(name) in _WHOLE_PROVINCE else name


def phone(value: str) -> str:
    """Return a telephone number of digits, spaces, dots and hyphens, such as "0205 3870 114" or "112"."""
    number = text(value)
    if 3 <= sum(map(str.isdigit, number)) <= 15 and not number.strip("0123456789 .-+()"):
        return number
    raise ValueError(translate("is no telephone number; write for example {example}", example="0205 3870 114"))


def moment(value: str, lang: str) -> str:
    """Return a time for readers, "29/11/2026, 17:00"; of the end of a day, the day alone.

    Args:
        value: ISO 8601.
        lang: The code of the language.
    """
    time_of = datetime.fromisoformat(value)
    written = formats(lang)
    day = written.date(time_of) if written else time_of.date().isoformat()
    is_day = time_of.time() in (_END_OF_DAY, time())
    return day if is_day else f"{day}, {time_of:%H:%M}"
