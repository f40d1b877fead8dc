"""Changes values in the header of a file, and leaves every other byte of the file as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from plugins.markdown_reader.header_parser import Document, split_document, split_header

Value = str | Sequence[str]
_BARE = re.compile(r"[A-Za-z0-9](?:[\w./ -]|:(?=\S))*")  # a date, a status or a slug needs no quotation marks
_BARE_ITEM = re.compile(r"[^\W_][^\[\]{}\"'#&*!|>%@`:,?\\]*")


def with_values(text: str, values: Mapping[str, Value]) -> str:
    """Return the text of a file with other values in its header.

    Args:
        text: The file, with line feeds. Its header may be YAML or Pelican's `Key: value` lines.
        values: The new values by key as the header spells it. An empty one takes the key out; one that the header has
            already changes nothing. Keys that the header lacks are added at its end, in this order.

    Raises:
        ContentError: The header cannot be read.
    """
    document = split_document(text)
    header, body = split_header(text)
    lines = header.split("\n")
    is_yaml = header.lstrip().startswith("---")
    changed = {
        key: value
        for key, value in values.items()
        if _plain(value) != _plain(getattr(document.fields.get(key), "value", ""))
    }
    spans = _spans(document, lines, is_yaml)
    for key in sorted(changed.keys() & spans.keys(), key=lambda key: -spans[key][0]):
        first, last = spans[key]
        lines[first:last] = _written(lines[first].partition(":")[0], changed[key], is_yaml)
    added = [line for key in changed if key not in spans for line in _written(key, changed[key], is_yaml)]
    end = _end_of_header(lines, is_yaml)
    lines[end:end] = added
    return "\n".join(lines) + body


def key_at_line(text: str, line: int) -> str | None:
    """Return the key, as the header spells it, that a line of a file (from 1) belongs to. Raises ContentError."""
    document = split_document(text)
    lines = split_header(text)[0].split("\n")
    spans = _spans(document, lines, text.lstrip().startswith("---"))
    return next((key for key, (first, last) in spans.items() if first < line <= last), None)


def _plain(value: Value) -> list[str]:
    """Return a value as a list of texts without empty ones, so that two can be compared."""
    items = [value] if isinstance(value, str) else value
    return [text for text in (" ".join(item.split()) for item in items) if text]


def _spans(document: Document, lines: list[str], is_yaml: bool) -> dict[str, tuple[int, int]]:
    """Return where the lines of each key begin and end, as indices of `lines`; comments below them are not theirs."""
    starts = sorted((field.line - 1, key) for key, field in document.fields.items())
    ends = [start for start, _ in starts[1:]] + [_end_of_header(lines, is_yaml)]
    spans = {}
    for (start, key), end in zip(starts, ends, strict=True):
        while end - 1 > start and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
            end -= 1
        spans[key] = start, end
    return spans


def _end_of_header(lines: list[str], is_yaml: bool) -> int:
    """Return the index of the line that ends a header."""
    number = len(lines) - 1
    while number > 0 and not lines[number].strip():
        number -= 1
    return number if is_yaml else number + 1


def _written(key: str, value: Value, is_yaml: bool) -> list[str]:
    """Return the lines of a key; none for an empty value."""
    items = _plain(value)
    if not items:
        return []
    if not is_yaml:
        return [f"{key}: {', '.join(items)}"]
    if isinstance(value, str):
        return [f"{key}: {items[0] if _BARE.fullmatch(items[0]) and key not in _TEXTS else _quoted(items[0])}"]
    if all(_BARE_ITEM.fullmatch(item) for item in items):
        return [f"{key}: [{', '.join(items)}]"]
    return [f"{key}:", *(f"  - {_quoted(item)}" for item in items)]


_TEXTS = ("title", "short_title", "summary")  # always quoted, as editors are used to see them


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
