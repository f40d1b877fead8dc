"""What the schema cannot say of portal.toml: keys that must fit other keys, and files that must be there."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from plugins.addresses import URLS
from plugins.i18n import translate
from plugins.unicode_text import normalize

from .formats import language
from .positions import Path as KeyPath
from .schema import Found, example, toml, unknown
from .settings import key_of


def contradictions(tables: Mapping[str, Any], content: Path, features: Iterable[str]) -> Iterator[Found]:
    """Yield the path of everything that does not fit the rest of the file or the folder, and what to do about it.

    Args:
        tables: The file, which the schema allows.
        content: The folder that it is in.
        features: The names of all features that can be switched off.
    """
    languages: list[str] = tables["languages"]
    if regions := [*_regions(languages, tables["agency"])]:
        yield from regions  # all the rest would follow from it
        return
    yield from _agency(tables["agency"], languages)
    yield from _sections(tables["sections"], languages)
    for name in ("placeholders", "words", "map"):
        yield from _languages((name,), tables.get(name, {}), languages)
    if "map" in tables:
        yield from _map(tables["map"], content, languages[0])
    for key, table in tables.get("licences", {}).items():
        yield from _names(("licences", key), table, languages, needs_one=True)
    yield from _links(tables, content, languages)
    yield from _front_page(tables)
    for number, name in enumerate(tables.get("features", {}).get("off", ())):
        if name not in features:
            yield ("features", "off", number), unknown(name, features)
    for name in tables.get("addresses", {}):
        if f"{name.upper()}_URL" not in URLS and name != "former_articles":
            yield ("addresses", name), unknown(name, [key.removesuffix("_URL").lower() for key in URLS])
    for path in (("look", "emblem"), ("podcast", "cover")):
        yield from _file(path, tables.get(path[0], {}).get(path[1]), content)
    yield from _pelican(tables.get("pelican", {}))


def _regions(languages: list[str], agency: Mapping[str, Any]) -> Iterator[Found]:
    """Yield codes such as "vi-VN" where the rest of the file says "vi"."""
    for number, lang in enumerate(languages):
        short = lang.partition("-")[0]
        if lang not in agency and short in agency:
            text = translate("write {right}, as in {table}", right=f'"{short}"', table=f"[agency.{short}]")
            yield ("languages", number), text


def _agency(agency: Mapping[str, Any], languages: list[str]) -> Iterator[Found]:
    for lang in languages:
        if lang not in agency:
            yield ("agency", lang), translate("is missing; write a table [agency.{lang}]", lang=lang)
    yield from _languages(("agency",), agency, languages)


def _languages(path: tuple[str | int, ...], table: Mapping[str, Any], languages: list[str]) -> Iterator[Found]:
    """Yield the keys of a table that are languages which the portal does not have."""
    for key, value in table.items():
        if isinstance(value, Mapping) and key not in languages:
            text = translate(
                "the portal has no such language; add {lang} to languages, or take this out", lang=f'"{key}"'
            )
            yield (*path, key), text


def _sections(sections: list[Mapping[str, Any]], languages: list[str]) -> Iterator[Found]:
    slugs: dict[str, int] = {}
    names: dict[tuple[str, str], int] = {}
    for number, section in enumerate(sections):
        path = ("sections", number)
        yield from _languages(path, section, languages)
        if languages[0] not in section:
            name = (*path, languages[0])
            yield (
                name,
                translate("the name in the portal's first language is missing; write {example}", example=example(name)),
            )
        if slugs.setdefault(section["slug"], number) != number:
            yield (
                (*path, "slug"),
                translate(
                    "section {number} has this address already; write another", number=slugs[section["slug"]] + 1
                ),
            )
        for lang in languages:
            if lang in section:
                own = (lang, section[lang]["name"].casefold())
                if names.setdefault(own, number) != number:
                    text = translate("section {number} has this name already; write another", number=names[own] + 1)
                    yield (*path, lang, "name"), text


def _names(path: KeyPath, table: Mapping[str, Any], languages: list[str], needs_one: bool) -> Iterator[Found]:
    """Yield the names in a table in languages that the portal does not have, and the one that it lacks."""
    for key in table:
        if key not in languages and not language(key):
            text = translate(
                "the portal has no such language; add {lang} to languages, or take this out", lang=f'"{key}"'
            )
            yield (*path, key), text
    if needs_one and languages[0] not in table:
        name = (*path, languages[0])
        text = translate("the name in the portal's first language is missing; write {example}", example=example(name))
        yield name, text


def _links(tables: Mapping[str, Any], content: Path, languages: list[str]) -> Iterator[Found]:
    """Yield what is wrong with the entries of the menu and the quick links."""
    slugs = [section["slug"] for section in tables["sections"]]
    for path, entry in _entries(tables):
        targets = [key for key in ("section", "page", "link", "entries") if key in entry]
        if not targets:
            text = translate(
                "leads nowhere; give it section, page or link, for example {example}", example=example(path)
            )
            yield path, text
            continue
        if len(targets) > 1:
            yield path, translate("an entry has one of section, page, link or entries; keep one")
            continue
        yield from _names(path, entry, languages, targets[0] in ("link", "entries"))
        if "section" in entry and entry["section"] not in slugs:
            known = ", ".join(slugs)
            yield (*path, "section"), translate("there is no such section; the sections are: {known}", known=known)
        yield from _file((*path, "picture"), entry.get("picture"), content)


def _entries(tables: Mapping[str, Any]) -> Iterator[tuple[KeyPath, Mapping[str, Any]]]:
    for key in ("menu", "quick_links"):
        for number, entry in enumerate(tables.get(key, ())):
            yield (key, number), entry
            for below, inner in enumerate(entry.get("entries", ())):
                yield (key, number, "entries", below), inner


def _front_page(tables: Mapping[str, Any]) -> Iterator[Found]:
    from plugins.portal.front_page import BLOCKS  # that package needs this one

    known = [*BLOCKS, *(section["slug"] for section in tables["sections"])]
    for number, block in enumerate(tables.get("look", {}).get("front_page", ())):
        if block not in known:
            yield ("look", "front_page", number), unknown(block, known)


def _map(table: Mapping[str, Any], content: Path, first: str) -> Iterator[Found]:
    yield from _file(("map", "file"), table["file"], content)
    if first not in table:
        key = ("map", first)
        yield key, translate("is missing; write {example}", example=example(key))


def _file(path: KeyPath, name: str | None, content: Path) -> Iterator[Found]:
    """Yield what is wrong with the name of a file, which is relative to the content folder; None for no file."""
    if name is None:
        return
    plain = name.replace("\\", "/")
    if re.match(r"[A-Za-z]:|/|~|https?:", plain) and _is_there(content, inside := plain.lstrip("/")):
        yield path, translate("did you mean {key}?", key=f'"{inside}"')
    elif re.match(r"[A-Za-z]:|/|~|https?:", plain) or ".." in plain.split("/"):
        right = f'"images/{plain.rpartition("/")[2]}"'
        yield path, translate("copy this file into {folder}; write then {right}", folder=content.name, right=right)
    elif not _is_there(content, name):
        files = [file.relative_to(content).as_posix() for file in content.rglob(f"*{Path(plain).suffix}")]
        files += [file.relative_to(content).as_posix() for file in content.glob("images/*")]
        files = [file for file in files if (content / file).is_file()]
        by_name = {file.casefold(): file for file in files}
        known = plain.removeprefix(f"{content.name}/").casefold()
        likely = [known] if known in by_name else difflib.get_close_matches(known, by_name, n=1)
        hint = translate("put it there")
        if likely:
            hint = translate("did you mean {key}?", key=f'"{by_name[likely[0]]}"')
        yield path, translate("there is no such file in {folder}; {hint}", folder=content.name, hint=hint)


def _is_there(content: Path, name: str) -> bool:
    """Whether there is a file, with small and capital letters as they are typed: other machines tell them apart."""
    folder = content
    for part in name.split("/"):
        if not folder.is_dir() or part not in map(normalize, os.listdir(folder)):
            return False
        folder /= part
    return folder.is_file()


def _pelican(table: Mapping[str, Any]) -> Iterator[Found]:
    """Yield what looks like a setting of Pelican's own, but is none; other settings are those of plugins."""
    from pelican.settings import DEFAULT_CONFIG

    for name, value in table.items():
        if own := key_of(name):
            text = translate(
                "this file has {key} for it; write it there, and take this line out", key=".".join(map(str, own))
            )
            yield ("pelican", name), text
            continue
        if isinstance(DEFAULT_CONFIG.get(name), list) and isinstance(value, str) and name != "LOCALE":
            yield ("pelican", name), translate("must be a list; write {right}", right=f"{name} = {toml([value])}")
        likely = difflib.get_close_matches(name, DEFAULT_CONFIG, n=1, cutoff=0.88)
        if name not in DEFAULT_CONFIG and likely:
            hint = translate("did you mean {key}?", key=likely[0])
            yield ("pelican", name), translate("unknown key {key}; {hint}", key=name, hint=hint)
