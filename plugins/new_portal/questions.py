"""Asks the owner of a new portal what its command has not been told."""

from __future__ import annotations

import sys
from collections.abc import Callable

from plugins import i18n
from plugins.i18n import translate
from plugins.problems import ContentError, Problem

from . import TEXTS, Answers


def answers(given: dict[str, str], ask: Callable[[str], str] | None = None) -> Answers:
    """Return the answers, from options and from questions.

    Args:
        given: Those that are known, by the names of the fields of `Answers`; lists have ; or , between their items.
        ask: Returns what somebody answers to a question; None to ask at the terminal, if somebody sits there.

    Raises:
        ContentError: Something is not given, and nobody can be asked.
    """
    if ask is None and sys.stdin.isatty():
        ask = input
    languages = _items(_answer(given, ask, "languages", translate("Languages, the first one first"), "vi"))
    words = i18n.translations(languages[0] if languages[0] in TEXTS else i18n.EDITORS_LANG)
    values = {
        "portal": _answer(
            given, ask, "portal", translate("What stands before its name"), words.gettext("Web portal of")
        ),
        "name": _answer(given, ask, "name", translate("The name of the commune, ward or province")),
        "owner": _answer(given, ask, "owner", translate("The agency that runs the portal")),
    }
    sections = _items(
        _answer(
            given,
            ask,
            "sections",
            translate("Sections of the menu, with ; between"),
            words.gettext("News; Notices; Documents"),
        )
    )
    for field, question in (
        ("place", translate("Address of the agency (may stay empty)")),
        ("phone", translate("Telephone (may stay empty)")),
        ("email", translate("E-mail (may stay empty)")),
        ("responsible", translate("Who is responsible for the content (may stay empty)")),
        ("address", translate("Public address, such as https://binhson.gov.vn (may stay empty)")),
    ):
        values[field] = given.get(field) or (ask(f"{question}: ").strip() if ask else "")
    return Answers(languages=languages, sections=sections, **values)


def _answer(
    given: dict[str, str], ask: Callable[[str], str] | None, field: str, question: str, default: str = ""
) -> str:
    """Return what is given or answered; the default if nothing is. Asks again while there is nothing."""
    answer = given.get(field, "").strip()
    hint = f" [{default}]" if default else ""
    while not answer and ask:
        answer = ask(f"{question}{hint}: ").strip() or default
    answer = answer or default
    if not answer:
        text = translate("--{option} is missing: {question}", option=field, question=question)
        raise ContentError([Problem("init", 0, text)])
    return answer


def _items(text: str) -> tuple[str, ...]:
    parts = text.split(";" if ";" in text else ",")
    return tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))
