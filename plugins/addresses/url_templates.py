"""A URL template of the settings, such as `bai-viet/{slug}/`, read both ways: values to address, address to values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from string import Formatter

# What a date may be written as: `strftime`'s directives of fixed length, so that an address can be read back.
_DIRECTIVES = {
    "%Y": r"\d{4}",
    "%m": r"\d{2}",
    "%d": r"\d{2}",
    "%y": r"\d{2}",
    "%H": r"\d{2}",
    "%M": r"\d{2}",
    "%j": r"\d{3}",
}
_NAME = "[^/.]+"  # a slug holds neither slashes nor dots
HTML = ".html"


class UrlTemplateError(ValueError):
    """A field of a URL template is written in a form that cannot be read back; the message is that form."""

    def __init__(self, field: str, form: str) -> None:
        super().__init__(form)
        self.field, self.is_date = field, field == "date"


@dataclass(frozen=True)
class UrlTemplate:
    """A URL template.

    name: what stands at its addresses, such as "article". template: with {slug}, {date:%Y}, … for what differs.
    """

    name: str
    template: str

    @cached_property
    def _parts(self) -> list[tuple[str, str | None, str]]:
        """Literal text, the field after it (None at the end) and that field's format."""
        parts = []
        for text, field, form, conversion in Formatter().parse(self.template):
            if field is not None and (conversion or (form and field != "date")):
                raise UrlTemplateError(field, f"!{conversion}" if conversion else f":{form}")
            parts.append((text, field, form or ""))
        return parts

    @property
    def fields(self) -> set[str]:
        """The fields that it names."""
        return {field for _, field, _ in self._parts if field is not None}

    @property
    def is_file(self) -> bool:
        """Whether its pages are files (`tin/{slug}.html`), not folders."""
        return self.template.endswith(HTML)

    @cached_property
    def stem(self) -> str:
        """What the addresses of a page and of the files beside it begin with: the template without `.html`."""
        return self.template.removesuffix(HTML)

    def format(self, **values: str | date) -> str:
        """The address for some values, without the leading slash."""
        return self.template.format(**values)

    def regex(self, groups: bool = True) -> str:
        """A regular expression (Python's and RE2's syntax) of what its addresses begin with: those of `stem`.

        groups: with a group for each field but dates; else without any.
        """
        seen: set[str] = set()
        parts = []
        for text, field, form in UrlTemplate(self.name, self.stem)._parts:
            parts.append(re.escape(text))
            if field is None:
                continue
            matched = _date(form) if field == "date" else _NAME
            named = groups and field != "date" and field not in seen
            seen.add(field)
            parts.append(f"(?P<{field}>{matched})" if named else matched)
        return "".join(parts)

    @cached_property
    def specificity(self) -> tuple[tuple[int, str], ...]:
        """Of each part between slashes how exact it is (2: fixed, 1: digits, 0: any name) and what it looks like.

        Of two patterns that fit one address the more exact one is meant; two of the same shape cannot be told apart.
        """
        return tuple(map(_shape, self.template.split("/")))


def _date(form: str) -> str:
    found = re.split("(%.)", form)
    if any(part not in _DIRECTIVES for part in found[1::2]) or len(found) < 2:
        raise UrlTemplateError("date", form)
    return "".join(_DIRECTIVES[part] if number % 2 else re.escape(part) for number, part in enumerate(found))


def _shape(part: str) -> tuple[int, str]:
    fields = [(field, form) for _, field, form, _ in Formatter().parse(part) if field is not None]
    if not fields:
        return 2, part
    look = "".join(text + ("" if field is None else form or "*") for text, field, form, _ in Formatter().parse(part))
    return (1 if all(form for _, form in fields) else 0), look
