"""Text in another language, for what an edition's own language lacks.

It is a `str` like any other: feeds, JSON, file names and scripts get the plain text. Only in HTML (Jinja and MarkupSafe
call `__html__`) it comes with marks around it, which `apply_language_marks` turns into `lang` attributes once the page
is complete (WCAG 2.2, 3.1.2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Self

from markupsafe import Markup, escape

# Three of Unicode's noncharacters (https://www.unicode.org/faq/private_use.html#nonchar4): they are reserved for use
# inside a program, so no text that an editor types has a use for them. The marks are OPEN code SEPARATOR text CLOSE.
OPEN, SEPARATOR, CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
_FORMAT_FIELD = re.compile(r"%(?:\(\w+\))?[sd]")


class FallbackText(str):
    """A text in another language than that of the page.

    Attributes:
        lang: code of its language.
        with_marks: the text with marks around the parts that are in this language.
    """

    __slots__ = ("lang", "with_marks")

    lang: str
    with_marks: str

    def __new__(cls, text: str, lang: str, with_marks: str | None = None) -> Self:
        self = super().__new__(cls, text)
        self.lang = lang
        self.with_marks = f"{OPEN}{lang}{SEPARATOR}{text}{CLOSE}" if with_marks is None else with_marks
        return self

    def __html__(self) -> Markup:
        return escape(str(self.with_marks))

    def __mod__(self, values: object) -> FallbackText:
        """Format the text; the values keep their own language."""
        fields = _FORMAT_FIELD.sub(lambda field: f"{CLOSE}{field[0]}{OPEN}{self.lang}{SEPARATOR}", self.with_marks)
        return FallbackText(str(self) % values, self.lang, fields % _mark_values(values))

    def __reduce__(self) -> tuple[type[FallbackText], tuple[str, str, str]]:
        return FallbackText, (str(self), self.lang, self.with_marks)


def apply_language_marks(html: str) -> str:
    """Replace the marks in a complete page by `lang` attributes."""
    if OPEN not in html:
        return html
    from .language_marks import replace_marks  # most portals have no page that needs it

    return replace_marks(html)


def with_language_marks(text: str) -> str:
    """A text for HTML that is not rendered by Jinja: with marks if it is a fallback."""
    return text.with_marks if isinstance(text, FallbackText) else text


def _mark_values(values: object) -> object:
    """The values of a format operation, with marks around the fallbacks."""
    if isinstance(values, Mapping):
        return {key: _mark_value(value) for key, value in values.items()}
    return tuple(map(_mark_value, values)) if isinstance(values, tuple) else _mark_value(values)


def _mark_value(value: object) -> object:
    return value.with_marks if isinstance(value, FallbackText) else value
