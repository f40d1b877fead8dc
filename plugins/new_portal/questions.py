"""Asks the owner of a new portal what its command has not been told."""

from __future__ import annotations

import sys
from collections.abc import Callable

from plugins import i18n
from plugins.i18n import translate
from plugins.markdown_reader.header_values import slug_of
from plugins.owner_settings import formats
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
        values[field] = _answer(given, ask, field, question, is_needed=False)
    return Answers(languages=languages, sections=sections, **values)


def _answer(
    given: dict[str, str],
    ask: Callable[[str], str] | None,
    field: str,
    question: str,
    default: str = "",
    is_needed: bool = True,
) -> str:
    """Return what is given or answered; the default if nothing is. Asks again until it is right."""
    option = given.get(field, "").strip()
    hint = f" [{default}]" if default else ""
    while True:
        answer = option or (ask(f"{question}{hint}: ").strip() if ask else "") or default
        text = f"--{field}: {wrong}" if (wrong := _mistake(field, answer)) else ""
        if is_needed and not answer:
            text = translate("--{option} is missing: {question}", option=field, question=question)
        if not text:
            return answer
        if option or not ask:
            raise ContentError([Problem("init", 0, text)])
        if answer:
            print(text)


def _mistake(field: str, answer: str) -> str:
    """Return what is wrong with an answer, and what to answer instead; "" if it is right."""
    if field == "languages":
        wrong = [(each, formats.language(each)) for each in _items(answer) if formats.language(each)]
        return "; ".join(f"{each}: {text}" for each, text in wrong)
    if field == "sections":
        slugs = [slug_of(each) for each in _items(answer)]
        for name, slug in zip(_items(answer), slugs, strict=True):
            if not slug:
                return translate(
                    "{name}: a section needs letters or digits for its address; write for example {example}",
                    name=name,
                    example="Tin tức",
                )
            if slugs.count(slug) > 1:
                return translate("{name}: another section has the same address; leave one out", name=name)
        return ""
    check = {"address": formats.site, "email": formats.email, "phone": formats.phone}.get(field)
    return check(answer) if check else ""


def _items(text: str) -> tuple[str, ...]:
    parts = text.split(";" if ";" in text else ",")
    return tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))
