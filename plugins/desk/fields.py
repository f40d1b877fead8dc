"""The fields of the form for an article, made from the keys of headers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from plugins.features.hooks import Key
from plugins.i18n import editors_language, is_source
from plugins.markdown_reader import header_values
from plugins.markdown_reader.front_matter import HeaderKeys

from .header_lines import Value

# the fields that every article fills in, and the reason of one that is withdrawn
FIRST = ("title", "summary", "category", "date", "status", "reason", "tags", "authors")
_OFFERED = ("status", "reason")  # of the keys that are about editing
_LONG = ("summary", "easy")


def status_of(text: str) -> str:
    """Return the status that a header names: "draft", "withdrawn", or "published" also where it names none."""
    try:
        return header_values.status(text)
    except ValueError:
        return "published"


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
