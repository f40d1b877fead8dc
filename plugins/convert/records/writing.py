"""A record as the file that an editor gets: a header of the kind's keys, each value checked, then Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from plugins.features.hooks import Key, Kind
from plugins.i18n import translate
from plugins.markdown_reader import header_values
from plugins.markdown_reader.front_matter import KEYS

from .. import dates, markdown
from ..names import CAPITAL
from .record import Record

NOT_SAID = frozenset(
    {"dang-cap-nhat", "chua-cap-nhat", "khong", "khong-co", "chua-co", "chua-xac-dinh", "khong-xac-dinh", "n-a", "null"}
)
_TITLE = next(key for key in KEYS if key.name == "title")


def checked_values(record: Record, kind: Kind) -> dict[str, str | list[str]]:
    """Return the values of a record that the kind's keys take; what they do not take is told in its doubts."""
    found: dict[str, str | list[str]] = {}
    for key in (_TITLE, *kind.keys):
        said = record.values.get(key.name, "").strip()
        if not said or header_values.slug_of(said) in NOT_SAID | {""}:
            continue
        items = [item.strip() for item in said.split("\n")] if key.separators else [" ".join(said.split())]
        if key.separators and len(items) == 1:
            items = [item.strip() for item in _split(said, key)]
        values = [value for item in items if item and (value := _checked(item, key, record))]
        if values:
            found[key.name] = values if key.separators else values[0]
    return found


def _split(text: str, key: Key) -> list[str]:
    """Return the items of a list in one line; a comma within a name, as in "Phòng, chống thiên tai", parts nothing."""
    separator = next((sign for sign in key.separators if sign in text), "\n")
    return re.split(rf",\s*(?={CAPITAL})" if separator == "," else re.escape(separator), text)


def _checked(text: str, key: Key, record: Record) -> str:
    """Return a value as the header has it, or "" for one that the key does not take."""
    if key.check is header_values.date_time:
        return _day(text, key, record)
    try:
        value = key.check(text)
    except ValueError as error:
        record.doubts.append(
            translate("{key}: the page says “{text}”, which {reason}", key=key.name, text=text, reason=error)
        )
        return ""
    return value if isinstance(value, str) else text


def _day(text: str, key: Key, record: Record) -> str:
    with suppress(ValueError):
        value = header_values.date_time(text)
        return f"{value:%Y-%m-%d}"
    found = dates.first(text)
    if found:
        return f"{found.value:%Y-%m-%d}"
    if any(letter.isdigit() for letter in text):
        record.doubts.append(translate("{key}: the page says “{text}”, which is no date", key=key.name, text=text))
    return ""


def text_of(
    values: Mapping[str, str | list[str]], kind: Kind, name: str, notes: Iterable[str], is_draft: bool, body: str
) -> str:
    """Return the file of a record.

    Args:
        values: As `checked_values` returns them.
        kind: The kind of content.
        name: Of its source.
        notes: What an editor must check.
        is_draft: Whether it lacks what it must have.
        body: Its text in Markdown.
    """
    lines = []
    for key in (_TITLE, *kind.keys):
        value = values.get(key.name)
        if isinstance(value, list):
            lines += markdown.list_lines(key.name, value)
        elif value:
            lines.append(f"{key.name}: {value if _is_day(value) else markdown.quoted(value)}")
    lines += ["status: draft"] if is_draft else []
    lines += [f"converted_from: {markdown.quoted(name)}", *markdown.list_lines("review", list(notes))]
    return "---\n" + "\n".join(lines) + f"\n---\n{chr(10) + body + chr(10) if body else ''}"


def _is_day(value: str) -> bool:
    with suppress(ValueError):
        datetime.strptime(value, "%Y-%m-%d")
        return True
    return False


def missing_keys(values: Mapping[str, object], kind: Kind) -> list[str]:
    """Return the keys that every thing of the kind must have and this one has not."""
    return [key.name for key in (_TITLE, *kind.keys) if key.required and key.name not in values]


def slug_for(values: Mapping[str, Any], kind: Kind) -> str:
    """Return the slug that a thing will have by its kind, which names its file too; else one of its title."""
    header = {**values}
    if kind.dated_by in values:
        header[kind.dated_by] = header_values.date_time(values[kind.dated_by])
    kind.complete(header)
    identity = kind.conversion.identity if kind.conversion else ""
    return str(header.get("slug") or header_values.slug_of(str(values[identity]).replace("/", "-")))
