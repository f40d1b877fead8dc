"""What is wrong with what features declare, found before anything is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from plugins.addresses import name_of
from plugins.checks import Problem
from plugins.i18n import say

from .hooks import WHERE, Feature, Key, Kind

_NAME = re.compile("[a-z][a-z0-9_]*")


def problems(
    features: Sequence[Feature], settings: Mapping[str, Any], theme: Path, kinds: Mapping[str, Kind],
    keys: Sequence[Key], urls: Iterable[str],
) -> list[Problem]:  # fmt: skip
    """An error for each declaration that cannot be honoured. kinds, keys, urls (settings): the portal's own."""
    urls = set(urls)
    owners = dict.fromkeys([*kinds, *map(name_of, urls)], "")  # of the names of kinds and of places
    folders = {folder: name for name, kind in kinds.items() for folder in settings.get(f"{kind.setting}_PATHS", ())}
    known = {name for key in keys for name in (key.name, *key.synonyms)}
    values: set[str] = set()
    found: list[Problem] = []
    for feature in features:
        wrong: list[str] = []
        for kind in feature.kinds:
            wrong += _wrong_kind(kind, owners, folders, settings)
            wrong += _wrong_template(kind, features, theme)
            owners[kind.name] = feature.name
            folders |= dict.fromkeys(_folders(kind, settings), kind.name)
            wrong += _wrong_keys(kind.keys, set(known))
        wrong += _wrong_keys(feature.keys, known)
        for value in feature.values:
            unknown = set(value.where) - WHERE
            if unknown or not value.where:
                text = say("value {name}: where must be of {places}", name=value.name, places=", ".join(sorted(WHERE)))
                wrong.append(text)
            if value.name in values:
                wrong.append(say("value {name}: there is one already; choose another name", name=value.name))
            values.add(value.name)
        for setting in feature.urls:
            if setting in urls or not setting.endswith("_URL"):
                wrong.append(say("urls: {name} is another's, or does not end with _URL", name=setting))
            urls.add(setting)
        found += [Problem(f"PLUGINS: {feature.name}", 0, text) for text in wrong]
    return found


def _wrong_kind(
    kind: Kind, owners: Mapping[str, str], folders: Mapping[str, str], settings: Mapping[str, Any]
) -> Iterator[str]:
    if not _NAME.fullmatch(kind.name):
        yield say("kind {name}: its name must be of the letters a to z, figures and _", name=kind.name)
    if kind.name in owners:
        yield say("kind {name}: there is one already; choose another name", name=kind.name)
    for folder in _folders(kind, settings):
        if folder in folders:
            text = say("kind {name}: the folder {folder} belongs to {other}; choose another", name=kind.name,
                       folder=folder, other=folders[folder])  # fmt: skip
            yield text


def _wrong_template(kind: Kind, features: Iterable[Feature], theme: Path) -> Iterator[str]:
    room, _, name = kind.template.rpartition("/")
    folders = [feature.folder for feature in features if feature.name == room] if room else [theme / "templates"]
    if not any((folder / f"{name}.html").is_file() for folder in folders):
        yield say("kind {name}: there is no template {template}", name=kind.name, template=kind.template)


def _wrong_keys(keys: Iterable[Key], known: set[str]) -> Iterator[str]:
    for key in keys:
        names = {key.name, *key.synonyms}
        for name in sorted(names & known):
            yield say("key {name}: there is one already; choose another name", name=name)
        known |= names


def _folders(kind: Kind, settings: Mapping[str, Any]) -> list[str]:
    return settings.get(f"{kind.setting}_PATHS", [kind.folder])
