"""What is wrong with what features declare, found before anything is read."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from plugins.addresses import place_name
from plugins.i18n import translate
from plugins.problems import Problem

from .hooks import WHERE, Feature, Key, Kind

_NAME = re.compile("[a-z][a-z0-9_]*")


def problems(
    features: Sequence[Feature], settings: Mapping[str, Any], theme: Path, kinds: Mapping[str, Kind],
    keys: Sequence[Key], urls: Iterable[str],
) -> list[Problem]:  # fmt: skip
    """An error for each declaration that cannot be honoured. kinds, keys, urls (settings): the portal's own."""
    taken = {*kinds, *map(place_name, urls)}  # names of kinds and of places
    folders = {folder: name for name, kind in kinds.items() for folder in kind.folders(settings)}
    every = [*kinds.values(), *(kind for feature in features for kind in feature.kinds)]
    known = _Names(every, [(name, key.kinds) for key in keys for name in (key.name, *key.synonyms)])
    values, addresses = _Names(every), set(urls)
    found: list[Problem] = []
    before: set[str] = set()
    for feature in features:
        missing = [name for name in feature.needs if name not in before]
        wrong = [translate("needs {name}: put that before it into PLUGINS", name=name) for name in missing]
        before.add(feature.name)
        for kind in feature.kinds:
            wrong += _wrong_kind(kind, taken, folders, settings)
            wrong += _wrong_template(kind, features, theme)
            taken.add(kind.name)
            folders |= dict.fromkeys(kind.folders(settings), kind.name)
        declared = [(key, key.kinds) for key in feature.keys]
        declared += [(key, (kind.name,)) for kind in feature.kinds for key in kind.keys]
        for key, of in declared:
            clash = [name for name in (key.name, *key.synonyms) if not known.take(name, of)]
            wrong += [translate("key {name}: there is one already; choose another name", name=name) for name in clash]
        for value in feature.values:
            if not value.where or set(value.where) - WHERE:
                text = translate(
                    "value {name}: where must be of {places}", name=value.name, places=", ".join(sorted(WHERE))
                )
                wrong.append(text)
            if not values.take(value.name, value.kinds):
                wrong.append(translate("value {name}: there is one already; choose another name", name=value.name))
        for setting in feature.urls:
            if setting in addresses or not setting.endswith("_URL"):
                wrong.append(translate("urls: {name} is another's, or does not end with _URL", name=setting))
            addresses.add(setting)
        found += [Problem(f"PLUGINS: {feature.name}", 0, text) for text in wrong]
    return found


class _Names:
    """Names that are taken, each for some kinds of content: a thing of one kind must not have two of one name."""

    def __init__(self, every: Sequence[Kind], taken: Iterable[tuple[str, Sequence[str]]] = ()) -> None:
        self.every = every
        self.taken: dict[str, list[Sequence[str]]] = {}
        for name, kinds in taken:
            self.taken.setdefault(name, []).append(kinds)

    def take(self, name: str, kinds: Sequence[str]) -> bool:
        """Take a name for some kinds; whether it was free."""
        others = self.taken.setdefault(name, [])
        free = not any(kind.is_among(kinds) and kind.is_among(other) for kind in self.every for other in others)
        others.append(kinds)
        return free


def _wrong_kind(
    kind: Kind, taken: Container[str], folders: Mapping[str, str], settings: Mapping[str, Any]
) -> Iterator[str]:
    if not _NAME.fullmatch(kind.name):
        yield translate("kind {name}: its name must be of the letters a to z, figures and _", name=kind.name)
    if kind.name in taken:
        yield translate("kind {name}: there is one already; choose another name", name=kind.name)
    for folder in kind.folders(settings):
        if folder in folders:
            text = translate("kind {name}: the folder {folder} belongs to {other}; choose another", name=kind.name,
                       folder=folder, other=folders[folder])  # fmt: skip
            yield text


def _wrong_template(kind: Kind, features: Iterable[Feature], theme: Path) -> Iterator[str]:
    room, _, name = kind.template.rpartition("/")
    folders = [feature.folder for feature in features if feature.name == room] if room else [theme / "templates"]
    if not any((folder / f"{name}.html").is_file() for folder in folders):
        yield translate("kind {name}: there is no template {template}", name=kind.name, template=kind.template)
