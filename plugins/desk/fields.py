"""What the desk shows of an article: its row in the list, and the fields of its form, made from the keys of headers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from plugins.features.hooks import Key
from plugins.i18n import editors_language, is_source, translate
from plugins.markdown_reader import header_values
from plugins.markdown_reader.front_matter import HeaderKeys

from .documents import Entry
from .header_lines import Value

STATES = ("draft", "asked", "scheduled", "published", "withdrawn", "problems")
# the fields that every article fills in, and the reason of one that is withdrawn
FIRST = ("title", "summary", "category", "date", "status", "reason", "tags", "authors")
_OFFERED = ("status", "reason")  # of the keys that are about editing
_LONG = ("summary", "easy")


class Row(NamedTuple):
    """An article in the list. states: which of STATES it is in; problems: line, message, level."""

    entry: Entry
    states: frozenset[str]
    problems: Sequence[tuple[int, str, str]]

    @property
    def state_text(self) -> str:
        """Its state in words."""
        texts = {
            "draft": translate("Draft"),
            "scheduled": translate("Scheduled"),
            "published": translate("On the portal"),
            "withdrawn": translate("Taken off the portal"),
        }
        return next((text for state, text in texts.items() if state in self.states), translate("Cannot be read"))

    def matches(self, query: str) -> bool:
        """Whether title or file have all words of a query, with or without marks."""
        if not query.strip():
            return True
        text = header_values.slug_of(f"{self.entry.title} {self.entry.path} {self.entry.category}")
        return all(header_values.slug_of(word) in text for word in query.split())


def row_of(entry: Entry, problems: Iterable[tuple[int, str, str]], now: datetime, is_asked: bool = False) -> Row:
    """Return the row of a file. is_asked: whether somebody is to agree to it."""
    found = list(problems)
    states = {"problems"} if found or not entry.is_readable else set()
    if is_asked:
        states.add("asked")
    if entry.is_readable:
        status = status_of(entry.status)
        states.add(_published(entry.date, now) if status == "published" else status)
    return Row(entry, frozenset(states), found)


def status_of(text: str) -> str:
    """Return the status that a header names: "draft", "withdrawn", or "published" also where it names none."""
    try:
        return header_values.status(text)
    except ValueError:
        return "published"


def _published(date: str, now: datetime) -> str:
    """Return "scheduled" if a date is in the future, else "published"."""
    try:
        day = header_values.date_time(date)
    except ValueError:
        return "published"
    return "scheduled" if day.replace(tzinfo=None) > now.replace(tzinfo=None) else "published"


@dataclass(frozen=True)
class FormField:
    """A field of the form.

    Attributes:
        name: Of the key.
        label: In the editor's language.
        value: As text; several are separated by `separator`.
        choices: What is suggested.
        widget: "line", "text" for several lines, "choice", "status", "reason" of a withdrawal, or "list".
        required: Whether an article must have it.
        first: Whether it is among those that are always shown.
    """

    name: str
    label: str
    value: str
    choices: tuple[str, ...]
    widget: str
    required: bool
    first: bool
    separator: str = ""


def form(keys: HeaderKeys, values: Mapping[str, Value], choices: Mapping[str, Sequence[str]]) -> list[FormField]:
    """Return the fields of the form for an article.

    Args:
        keys: The keys that its header may have.
        values: Those that it has.
        choices: What is suggested by name of the key.
    """
    offered = [
        key
        for key in keys.by_name.values()
        if not key.machine and (not key.internal or key.name in _OFFERED or values.get(key.name))
    ]
    order = {name: number for number, name in enumerate(FIRST)}
    offered.sort(key=lambda key: order.get(key.name, len(order)))
    return [_field(key, keys, values.get(key.name, ""), tuple(choices.get(key.name, ()))) for key in offered]


def _field(key: Key, keys: HeaderKeys, value: Value, choices: tuple[str, ...]) -> FormField:
    separator = key.separators[0] if key.separators else ""
    joint = "\n" if separator == "\n" else f"{separator} "
    text = value if isinstance(value, str) else joint.join(value)
    if key.name == "status":
        widget, text = "status", status_of(text)
    elif key.name == "category":
        widget, choices = "choice", tuple(dict.fromkeys([*choices, *([text] if text else ())]))
    elif key.name == "reason":
        widget = "reason"
    elif key.name in _LONG or separator == "\n":
        widget = "text"
    else:
        widget = "list" if separator else "line"
    required = key.name in keys.required
    return FormField(key.name, _label(key), text, choices, widget, required, key.name in FIRST, separator)


def _label(key: Key) -> str:
    """Return the name of a key in the editor's language: the first synonym with a letter that is not ASCII, if any."""
    own = next((name for name in key.synonyms if not name.isascii()), "")
    text = (not is_source(editors_language()) and own) or key.name.replace("_", " ")
    return text[:1].upper() + text[1:]


def value_of(text: str, key: Key, now: datetime) -> Value:
    """Return a text of the form as a value of a header. The reason of a withdrawal begins with its day."""
    if key.name == "reason" and text and not text[0].isdigit():
        text = f"{now:%d/%m/%Y}: {text}"
    return split_list(text, key.separators)


def split_list(text: str, separators: Sequence[str]) -> Value:
    """Return a text of the form as a value: a list for keys with separators, by the first one that occurs."""
    if not separators:
        return " ".join(text.split())
    separator = next((each for each in separators if each in text), separators[0])
    return [part for part in (" ".join(part.split()) for part in text.split(separator)) if part]
