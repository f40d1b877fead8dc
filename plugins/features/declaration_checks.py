"""Checks what features declare, before any content is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from plugins.addresses import place_name
from plugins.i18n import translate
from plugins.problems import Problem

from .hooks import STATEMENT_LISTS, WHERE, Feature, Key, Kind, Value

_NAME = re.compile("[a-z][a-z0-9_]*")


def problems(
    features: Sequence[Feature],
    settings: Mapping[str, Any],
    theme: Path,
    kinds: Mapping[str, Kind],
    keys: Sequence[Key],
    urls: Iterable[str],
) -> list[Problem]:
    """Return an error for each declaration that is invalid or conflicts with another one.

    Args:
        features: In the order of PLUGINS.
        settings: Of the portal.
        theme: The folder of the theme.
        kinds: The portal's own kinds of content, by name.
        keys: The portal's own header keys.
        urls: The names of the portal's own address settings.
    """
    checker = _Checker(features, settings, theme, kinds, keys, urls)
    return [
        Problem(f"PLUGINS: {feature.name}", 0, message) for feature in features for message in checker.check(feature)
    ]


class _Checker:
    """Checks one feature after the other, and remembers what they have declared. Arguments as for `problems`."""

    def __init__(
        self,
        features: Sequence[Feature],
        settings: Mapping[str, Any],
        theme: Path,
        kinds: Mapping[str, Kind],
        keys: Sequence[Key],
        urls: Iterable[str],
    ) -> None:
        self.features, self.settings, self.theme = features, settings, theme
        self.checked_features: set[str] = set()
        self.urls = set(urls)
        self.kind_names = {*kinds, *map(place_name, self.urls)}  # a kind's name is that of a place too
        self.folders = {folder: name for name, kind in kinds.items() for folder in kind.folders(settings)}
        all_kinds = [*kinds.values(), *(kind for feature in features for kind in feature.kinds)]
        self.key_names, self.value_names = _NamesByKind(all_kinds), _NamesByKind(all_kinds)
        for key in keys:
            for name in key.spellings:
                self.key_names.add(name, key.kinds)

    def check(self, feature: Feature) -> Iterator[str]:
        """Yield a message for each thing that is wrong with a feature's declarations."""
        if feature.name in self.checked_features:
            yield translate("there is another feature of this name; rename the folder of one of them")
        yield from self._check_needs(feature)
        self.checked_features.add(feature.name)
        for kind in feature.kinds:
            yield from self._check_kind(kind)
        for key in feature.keys:
            yield from self._check_key(key, key.kinds)
        for kind in feature.kinds:
            for key in kind.keys:
                yield from self._check_key(key, (kind.name,))
        for value in feature.values:
            yield from self._check_value(value)
        yield from self._check_statements(feature)
        for setting in feature.urls:
            if setting in self.urls or not setting.endswith("_URL"):
                yield translate("urls: {name} is another's, or does not end with _URL", name=setting)
            self.urls.add(setting)

    @staticmethod
    def _check_statements(feature: Feature) -> Iterator[str]:
        lists = ", ".join(STATEMENT_LISTS)
        for name, text, _ in feature.statements:
            if name not in STATEMENT_LISTS:
                yield translate("statement {text}: its list must be one of {lists}", text=text[:30], lists=lists)

    def _check_needs(self, feature: Feature) -> Iterator[str]:
        for name in feature.needs:
            if name in self.checked_features:
                continue
            if any(name == other.name for other in self.features) or find_spec(f"plugins.{name}"):
                yield translate("needs {name}: put that before it into PLUGINS", name=name)
            else:
                yield translate("needs {name}, which is not installed; install it, or take this out", name=name)

    def _check_kind(self, kind: Kind) -> Iterator[str]:
        if not _NAME.fullmatch(kind.name):
            yield translate("kind {name}: its name must be of the letters a to z, figures and _", name=kind.name)
        if kind.name in self.kind_names:
            yield translate("kind {name}: there is one already; choose another name", name=kind.name)
        folders = kind.folders(self.settings)
        for folder in folders:
            if folder in self.folders:
                yield translate(
                    "kind {name}: the folder {folder} belongs to {other}; choose another",
                    name=kind.name,
                    folder=folder,
                    other=self.folders[folder],
                )
        for template in filter(None, (kind.template, kind.pdf_template)):
            if not self._has_template(template):
                yield translate("kind {name}: there is no template {template}", name=kind.name, template=template)
        self.kind_names.add(kind.name)
        self.folders |= dict.fromkeys(folders, kind.name)

    def _has_template(self, template: str) -> bool:
        feature_name, _, name = template.rpartition("/")
        if feature_name:
            folders = [feature.folder for feature in self.features if feature.name == feature_name]
        else:
            folders = [self.theme / "templates"]
        return any((folder / f"{name}.html").is_file() for folder in folders)

    def _check_key(self, key: Key, kinds: Sequence[str]) -> Iterator[str]:
        for name in key.spellings:
            if not self.key_names.add(name, kinds):
                yield translate("key {name}: there is one already; choose another name", name=name)

    def _check_value(self, value: Value) -> Iterator[str]:
        if not value.where or set(value.where) - WHERE:
            places = ", ".join(sorted(WHERE))
            yield translate("value {name}: where must be of {places}", name=value.name, places=places)
        if not self.value_names.add(value.name, value.kinds):
            yield translate("value {name}: there is one already; choose another name", name=value.name)


class _NamesByKind:
    """Names in use, each for some kinds of content. Two may be the same only if no kind has both."""

    def __init__(self, all_kinds: Sequence[Kind]) -> None:
        self.all_kinds = all_kinds
        self.names: dict[str, list[Sequence[str]]] = {}

    def add(self, name: str, kinds: Sequence[str]) -> bool:
        """Add a name for some kinds; return whether none of them had it yet."""
        others = self.names.setdefault(name, [])
        is_free = not any(kind.is_among(kinds) and kind.is_among(other) for kind in self.all_kinds for other in others)
        others.append(kinds)
        return is_free
