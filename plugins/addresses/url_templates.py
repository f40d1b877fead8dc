"""URL templates of the settings, such as `bai-viet/{slug}/`.

A template makes an address from values, and a regular expression that finds the values in an address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from string import Formatter

# The directives of `strftime` that a date may have: those of a fixed length, so that an address can be parsed.
_DIRECTIVES = {
    "%Y": r"\d{4}",
    "%m": r"\d{2}",
    "%d": r"\d{2}",
    "%y": r"\d{2}",
    "%H": r"\d{2}",
    "%M": r"\d{2}",
    "%j": r"\d{3}",
}
_SLUG = "[^/.]+"
HTML = ".html"


class UrlTemplateError(ValueError):
    """A field of a URL template has a format that cannot be parsed back; the message is that format."""

    def __init__(self, field: str, form: str) -> None:
        super().__init__(form)
        self.field, self.is_date = field, field == "date"


@dataclass(frozen=True)
class UrlTemplate:
    """A URL template.

    Attributes:
        name: of the pages at its addresses, such as "article".
        template: the setting, with fields such as {slug} and {date:%Y}.
    """

    name: str
    template: str

    @cached_property
    def _parts(self) -> list[tuple[str, str | None, str]]:
        return _parse(self.template)

    @property
    def fields(self) -> set[str]:
        """The names of its fields."""
        return {field for _, field, _ in self._parts if field is not None}

    @property
    def is_file(self) -> bool:
        """Whether its pages are files (`tin/{slug}.html`) and not folders."""
        return self.template.endswith(HTML)

    @cached_property
    def stem(self) -> str:
        """The template without `.html`: what the addresses of a page and of the files beside it begin with."""
        return self.template.removesuffix(HTML)

    def format(self, **values: str | date) -> str:
        """The address for the values of all fields, without a leading slash."""
        return self.template.format(**values)

    def regex(self, groups: bool = True) -> str:
        """A regular expression, for Python and for RE2, of `stem`: what its addresses begin with.

        Args:
            groups: whether each field other than a date is a named group; otherwise there are no groups.
        """
        seen: set[str] = set()
        parts = []
        for text, field, form in _parse(self.stem):
            parts.append(re.escape(text))
            if field is None:
                continue
            pattern = _date_regex(form) if field == "date" else _SLUG
            is_group = groups and field != "date" and field not in seen
            seen.add(field)
            parts.append(f"(?P<{field}>{pattern})" if is_group else pattern)
        return "".join(parts)

    @cached_property
    def specificity(self) -> tuple[tuple[int, str], ...]:
        """For each part between slashes, how specific it is (2: fixed, 1: digits, 0: any slug) and its shape.

        Of two templates that match an address the more specific one is meant. Templates with equal values cannot be
        told apart.
        """
        return tuple(map(_part_specificity, self.template.split("/")))


def _parse(template: str) -> list[tuple[str, str | None, str]]:
    """Split a template into literal texts, each with the field after it (None at the end) and that field's format.

    Raises UrlTemplateError for a format of anything but a date.
    """
    parts = []
    for text, field, form, conversion in Formatter().parse(template):
        if field is not None and (conversion or (form and field != "date")):
            raise UrlTemplateError(field, f"!{conversion}" if conversion else f":{form}")
        parts.append((text, field, form or ""))
    return parts


def _date_regex(form: str) -> str:
    parts = re.split("(%.)", form)
    if any(part not in _DIRECTIVES for part in parts[1::2]) or len(parts) < 2:
        raise UrlTemplateError("date", form)
    return "".join(_DIRECTIVES[part] if index % 2 else re.escape(part) for index, part in enumerate(parts))


def _part_specificity(part: str) -> tuple[int, str]:
    parsed = list(Formatter().parse(part))
    forms = [form for _, field, form, _ in parsed if field is not None]
    if not forms:
        return 2, part
    shape = "".join(text + ("" if field is None else form or "*") for text, field, form, _ in parsed)
    return (1 if all(forms) else 0), shape
