"""Notes on what was changed after publication: a day, perhaps a time, and a sentence."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from plugins.i18n import translate
from plugins.languages.formats import formats
from plugins.markdown_reader.header_values import date_time, text

_LONGEST_DATE = 60  # letters: a weekday, a time and a day in words
_AFTER_DATE = re.compile(r"\s*[:,;–—-](?:\s+|(?=[^\s\d])|$)|\s+")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?=\W|$)")
_HOUR = re.compile(r"\d\s*(?::|h|g\b|giờ)", re.I)


class Note(NamedTuple):
    """A note. at: ISO 8601, a day or a time without time zone, "" if it has none."""

    at: str
    text: str

    @property
    def day(self) -> datetime | None:
        """When it was written, in the portal's time zone."""
        return datetime.fromisoformat(self.at) if self.at else None


def parse(value: str) -> Note:
    """Take a value of the header apart: `28/11/2026 15:00: Bản đầu viết …`, or a sentence without a date.

    Raises ValueError if it begins with a day that there is not.
    """
    value = text(value)
    ends = [(end.start(), end.end()) for end in _AFTER_DATE.finditer(value, 0, _LONGEST_DATE)]
    for end, start in reversed([*ends, (len(value), len(value))]):
        written = value[:end]
        with suppress(ValueError):
            at = date_time(written).replace(tzinfo=None)
            has_time = bool(_HOUR.search(written))
            return Note(at.isoformat(timespec="minutes") if has_time else at.date().isoformat(), value[start:])
    if found := _DATE.match(value):
        date_time(found[0])  # raises what is wrong with it
    return Note("", value)


def dated(value: str) -> str:
    """Return a note in its stored form, "2026-11-28T15:00 Bản đầu viết …". Raises ValueError if it has no date."""
    note = parse(value)
    if not note.at:
        example = "28/11/2026 15:00: Bản đầu viết 318 hộ; đúng là 381 hộ."
        raise ValueError(translate("begins with a day; write for example {example}", example=example))
    if not note.text:
        raise ValueError(translate("says nothing after the day; write what was wrong and what is right"))
    return f"{note.at} {note.text}"


def stored(value: str) -> Note:
    """Take a stored note apart."""
    at, _, words = value.partition(" ")
    return Note(at, words)


def shown(value: str, lang: str) -> str:
    """Return a stored note for readers: "28/11/2026, 15:00: Bản đầu viết …"."""
    note = stored(value)
    return f"{moment(note.at, lang)}: {note.text}"


def moment(at: str, lang: str) -> str:
    """Return a day, or a time, for readers."""
    time, written = datetime.fromisoformat(at), formats(lang)
    day = written.date(time) if written else time.date().isoformat()
    return f"{day}, {time:%H:%M}" if "T" in at else day
