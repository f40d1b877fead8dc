"""Text of another language that stands in where an edition's own language lacks it.

It is a `str` like any other: feeds, JSON, file names and scripts get the plain text. Only where it is put into HTML
(Jinja and MarkupSafe call `__html__`) it comes with marks around it, which `settled` turns into `lang` attributes once
the page is complete (WCAG 2.2, 3.1.2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

# Three of Unicode's noncharacters (https://www.unicode.org/faq/private_use.html#nonchar4): meant for use inside a
# program, never part of a text, so that nothing an editor types can be one.
OPEN, SEPARATOR, CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"  # OPEN code THEN text CLOSE
_PLACE = re.compile(r"%(?:\(\w+\))?[sd]")


class FallbackText(str):
    """A text in the language `lang`. marked: the same, with marks around the parts that are in this language."""

    lang: str
    with_marks: str

    def __new__(cls, text: str, lang: str, marked: str | None = None) -> FallbackText:
        made = super().__new__(cls, text)
        made.lang = lang
        made.with_marks = f"{OPEN}{lang}{SEPARATOR}{text}{CLOSE}" if marked is None else marked
        return made

    def __html__(self) -> Markup:
        return escape(str(self.with_marks))

    def __mod__(self, values: Any) -> FallbackText:
        """The text with values in its places; their own language stays theirs."""
        around = _PLACE.sub(lambda place: f"{CLOSE}{place[0]}{OPEN}{self.lang}{SEPARATOR}", self.with_marks)
        return FallbackText(str(self) % values, self.lang, around % _marked(values))

    def __reduce__(self) -> tuple[type[FallbackText], tuple[str, str, str]]:
        return FallbackText, (str(self), self.lang, self.with_marks)


def apply_language_marks(html: str) -> str:
    """A finished page with `lang` attributes for marks."""
    if OPEN not in html:
        return html
    from .language_marks import replace_marks  # most portals have no page that needs it

    return replace_marks(html)


def with_language_marks(text: str) -> str:
    """A text for HTML that is put together by hand: with its marks where it is stood in."""
    return text.with_marks if isinstance(text, FallbackText) else text


def _marked(values: Any) -> Any:
    """The values of a format operation, each stood-in text with its marks."""
    if isinstance(values, Mapping):
        return {key: with_language_marks(value) for key, value in values.items()}
    return tuple(map(with_language_marks, values)) if isinstance(values, tuple) else with_language_marks(values)
