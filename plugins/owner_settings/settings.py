"""From the tables of portal.toml to the settings that the rest of the program reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from plugins.addresses import URLS

from .positions import Path as KeyPath
from .schema import schema, subschema

FEATURES_FOLDER = "features"  # below the content folder: features of the owner's own


def own_features(content: Path) -> list[str]:
    """Return the names of the features in a content folder, in the order of the alphabet."""
    return sorted(file.parent.name for file in (content / FEATURES_FOLDER).glob("*/__init__.py"))


_KEYS: dict[str, KeyPath] = {
    "AGENCY": ("agency",),
    "BOUNDARY_MAP": ("map",),
    "CATEGORIES": ("sections",),
    "DEFAULT_LANG": ("languages",),
    "PLUGINS": ("features",),
    "SITENAME": ("agency",),
    "SITEURL": ("address",),
}


def key_of(setting: str) -> KeyPath:
    """Return where portal.toml has a setting; () if it cannot have it."""
    if setting in _KEYS:
        return _KEYS[setting]
    if setting in URLS:
        return ("addresses", setting.removesuffix("_URL").lower())
    return next((path for name, path in _named(schema(), ()) if name == setting), ())


def _named(part: Mapping[str, Any], path: KeyPath) -> Iterator[tuple[str, KeyPath]]:
    """Yield the name and path of each setting that a part of the schema names."""
    for key, below in part.get("properties", {}).items():
        if "setting" in below:
            yield below["setting"], (*path, key)
        yield from _named(below, (*path, key))


def settings_of(tables: Mapping[str, Any], content: Path, plugins: Iterable[str]) -> dict[str, Any]:
    """Return settings.

    Args:
        tables: A file without mistakes.
        content: The folder that it is in.
        plugins: The plugins of every portal.
    """
    return {
        **dict(_simple(tables, ())),
        **_languages(tables),
        **_sections(tables["sections"]),
        **_map(tables.get("map"), content),
        **_plugins(tables.get("features", {}), content, plugins),
        **_addresses(tables.get("addresses", {})),
        **tables.get("pelican", {}),
    }


def _simple(table: Mapping[str, Any], path: KeyPath) -> Iterator[tuple[str, Any]]:
    """Yield the name and value of each setting that the schema names."""
    for key, value in table.items():
        part = subschema((*path, key))
        if "setting" in part:
            yield part["setting"], int(value) if part.get("type") == "integer" else value  # 7.0 is a whole number too
        elif isinstance(value, Mapping):
            yield from _simple(value, (*path, key))


def _languages(tables: Mapping[str, Any]) -> dict[str, Any]:
    placeholders = tables.get("placeholders", {})
    agency = {}
    for lang in tables["languages"]:
        block = agency[lang] = {**placeholders.get(lang, {}), **tables["agency"][lang]}
        block["services"] = [(each["name"], each["link"]) for each in block.get("services", ())]
    return {"DEFAULT_LANG": tables["languages"][0], "AGENCY": agency}


def _sections(sections: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    rows = [
        {
            key: (value["name"], value.get("description", "")) if isinstance(value, Mapping) else value
            for key, value in section.items()
            if key != "documents"
        }
        for section in sections
    ]
    return {"CATEGORIES": rows, "DOCUMENT_CATEGORIES": [each["slug"] for each in sections if each.get("documents")]}


def _map(table: Mapping[str, Any] | None, content: Path) -> dict[str, Any]:
    return {"BOUNDARY_MAP": {**table, "file": str(content / table["file"])} if table else {}}


def _plugins(table: Mapping[str, Any], content: Path, plugins: Iterable[str]) -> dict[str, Any]:
    off = {*table.get("off", ())}
    own = own_features(content)
    return {
        "PLUGINS": [
            *(name for name in plugins if name.removeprefix("plugins.") not in off),
            *(name for name in own if name not in off),
            *table.get("also", ()),
        ],
        "PLUGIN_PATHS": [str(content / FEATURES_FOLDER)] if own else [],
    }


def _addresses(table: Mapping[str, Any]) -> dict[str, Any]:
    return {name: table[key] for name in URLS if (key := name.removesuffix("_URL").lower()) in table}
