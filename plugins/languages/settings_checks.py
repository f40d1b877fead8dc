"""Checks the texts that an owner must supply for each language in the settings, because they have no fallback."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from plugins.i18n import translate
from plugins.problems import Problem

from .language import codes, is_known

SETTINGS_FILE = "pelicanconf.py"
AGENCY_KEYS = ("language", "portal", "name", "description", "owner")
OPTIONAL_AGENCY_KEYS = ("licence", "responsible", "address", "phone", "email", "reuse")  # "" if a block lacks them
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*\Z")  # BCP 47


def problems(settings: Mapping[str, Any]) -> list[Problem]:
    """What is missing or wrong in the settings of languages: one line each, which names the setting and language."""
    return [Problem(SETTINGS_FILE, 0, text) for text in _check_settings(settings)]


def _check_settings(settings: Mapping[str, Any]) -> Iterator[str]:
    for name, kind in (("DEFAULT_LANG", str), ("AGENCY", Mapping), ("CATEGORIES", list), ("FOOTER_PAGES", list)):
        if not isinstance(settings.get(name), kind):
            yield translate(
                "the setting {name} is missing; pelicanconf.py of the project shows how it is written", name=name
            )
            return
    first = settings["DEFAULT_LANG"]
    if first not in settings["AGENCY"]:
        block = f'AGENCY["{first}"]'
        yield translate("{block} is missing; the portal's first language (DEFAULT_LANG) needs a block", block=block)
        return
    for code in codes(settings):
        yield from _check_block(code, settings["AGENCY"][code])
    for number, row in enumerate(settings["CATEGORIES"]):
        yield from _check_category(f"CATEGORIES[{number}]", row, first, codes(settings))


def _check_block(code: object, block: object) -> Iterator[str]:
    """What is wrong with the block of one language in AGENCY."""
    name = f'AGENCY["{code}"]'
    if not isinstance(code, str) or not _CODE.match(code) or not is_known(code):
        example = "vi, en, tyz, hmv"
        yield translate("{block}: this is no language code; write for example {example}", block=name, example=example)
        return
    if not isinstance(block, Mapping):
        yield translate('{block}: write a block {{"language": …, "portal": …}}', block=name)
        return
    missing = [key for key in AGENCY_KEYS if not isinstance(block.get(key), str)]
    missing += [key for key in OPTIONAL_AGENCY_KEYS if not isinstance(block.get(key, ""), str)]
    if missing:
        keys = ", ".join(f'"{key}"' for key in missing)
        yield translate('{block}: missing {keys}; add "key": "text" to this block', block=name, keys=keys)
    if not all(_is_pair(service) for service in block.get("services", ())):
        yield translate('{block}: each of "services" is ("name", "/address/")', block=name)


def _check_category(name: str, row: object, default_lang: str, langs: list[str]) -> Iterator[str]:
    """What is wrong with one row of CATEGORIES."""
    if not isinstance(row, Mapping) or not isinstance(row.get("slug"), str):
        yield translate('{row}: missing "slug", the address of the section', row=name)
        return
    for lang in langs:
        if lang not in row:
            if lang == default_lang:
                yield translate(
                    '{row} ({slug}): missing "{lang}", the name in the portal\'s first language; '
                    'add "{lang}": ("name", "sentence")',
                    row=name,
                    slug=row["slug"],
                    lang=lang,
                )
        elif not _is_pair(row[lang]):
            yield translate(
                '{row} ({slug}): "{lang}" is written ("name", "sentence")', row=name, slug=row["slug"], lang=lang
            )


def _is_pair(value: object) -> bool:
    return isinstance(value, tuple | list) and len(value) == 2 and all(isinstance(part, str) for part in value)
