"""Checks the tables of portal.toml by its schema, and says of each mistake what to write instead.

portal.schema.json is a JSON Schema (https://json-schema.org/), which editing programs know too. Its `examples` are what
messages propose; its `setting` is the setting of Pelican that a value becomes.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from plugins.i18n import translate

from .formats import FORMATS
from .positions import Path as KeyPath

SCHEMA_FILE = Path(__file__).with_name("portal.schema.json")
Found = tuple[KeyPath, str]


@cache
def schema() -> dict[str, Any]:
    """Return the schema."""
    loaded: dict[str, Any] = json.loads(SCHEMA_FILE.read_bytes())
    return loaded


@cache
def _validator() -> jsonschema_rs.Draft202012Validator:
    def accepts(check: Callable[[str], str]) -> Callable[[str], bool]:
        return lambda text: not check(text)

    formats = {name: accepts(check) for name, check in FORMATS.items()}
    return jsonschema_rs.Draft202012Validator(schema(), formats=formats, validate_formats=True)


def subschema(path: KeyPath) -> dict[str, Any]:
    """Return the part of the schema that describes what stands at a path; {} for anything."""
    part = schema()
    for key in path:
        if isinstance(key, int):
            part = part.get("items") or {}
        else:
            further = part.get("additionalProperties")
            part = part.get("properties", {}).get(key) or (further if isinstance(further, dict) else {})
        while "$ref" in part:
            own = {name: value for name, value in part.items() if name != "$ref"}
            part = {**schema()["$defs"][part["$ref"].rpartition("/")[2]], **own}
    return part


def agency_texts() -> list[str]:
    """Return the keys of a table [agency.…] that are texts."""
    block: KeyPath = ("agency", "")
    return [key for key in subschema(block)["properties"] if subschema((*block, key))["type"] == "string"]


def mistakes(tables: Mapping[str, Any]) -> Iterator[Found]:
    """Yield the path of everything in the tables that the schema does not allow, and what to do about it."""
    for error in _validator().iter_errors(tables):
        path = tuple(error.instance_path)
        describe = _DESCRIPTIONS.get(error.kind.name, _other)
        yield from describe(path, error.kind.as_dict(), error.instance)


def _missing(path: KeyPath, facts: Mapping[str, Any], value: object) -> Iterator[Found]:
    key = (*path, facts["property"])
    yield key, translate("is missing; write {example}", example=example(key))


def _unknown(path: KeyPath, facts: Mapping[str, Any], value: object) -> Iterator[Found]:
    for key in facts["unexpected"]:
        yield (*path, key), unknown(key, subschema(path).get("properties", {}))


def _type(path: KeyPath, facts: Mapping[str, Any], value: object) -> Iterator[Found]:
    kinds = {
        "string": translate("a text in quotation marks"),
        "integer": translate("a whole number without quotation marks"),
        "boolean": translate("true or false without quotation marks"),
        "array": translate("a list in square brackets"),
        "object": translate("a table of several keys"),
    }
    kind = kinds[subschema(path)["type"]]
    shown = example(path)
    if isinstance(value, list) and any(isinstance(item, Mapping) for item in value):  # [[pdf]]
        kind, shown = translate("one table"), f"[{'.'.join(map(str, path))}]"
    yield path, translate("must be {kind}; write {example}", kind=kind, example=shown)


def _format(path: KeyPath, facts: Mapping[str, Any], value: object) -> Iterator[Found]:
    yield path, FORMATS[facts["format"]](str(value))


def _key(path: KeyPath, facts: Mapping[str, Any], value: object) -> Iterator[Found]:
    """Keys of a table that have not the form that they should have."""
    check = FORMATS[subschema(path)["propertyNames"]["format"]]
    for key in value if isinstance(value, Mapping) else ():
        if text := check(key):
            yield (*path, key), text


def _choice(path: KeyPath, facts: Mapping[str, Any], value: object) -> Iterator[Found]:
    yield path, translate("write one of {known}", known=", ".join(map(toml, subschema(path)["enum"])))


def _too_small(path: KeyPath, facts: Mapping[str, Any], value: object) -> Iterator[Found]:
    least = subschema(path)["minimum"]
    yield path, translate("must be {number} or more; write for example {example}", number=least, example=example(path))


def _too_large(path: KeyPath, facts: Mapping[str, Any], value: object) -> Iterator[Found]:
    most = subschema(path)["maximum"]
    yield path, translate("may be {number} at most; write for example {example}", number=most, example=example(path))


def _empty(path: KeyPath, facts: Mapping[str, Any], value: object) -> Iterator[Found]:
    yield path, translate("the list is empty; write for example {example}", example=example(path))


def _twice(path: KeyPath, facts: Mapping[str, Any], value: object) -> Iterator[Found]:
    items = value if isinstance(value, list) else []
    for number, item in enumerate(items):
        if item in items[:number]:
            yield (*path, number), translate("{item} stands twice in this list; keep one", item=toml(item))


def _other(path: KeyPath, facts: Mapping[str, Any], value: object) -> Iterator[Found]:
    yield path, translate("is not right; write for example {example}", example=example(path))


_DESCRIPTIONS: dict[str, Callable[[KeyPath, Mapping[str, Any], object], Iterator[Found]]] = {
    "required": _missing,
    "additionalProperties": _unknown,
    "type": _type,
    "format": _format,
    "propertyNames": _key,
    "enum": _choice,
    "minimum": _too_small,
    "maximum": _too_large,
    "minItems": _empty,
    "uniqueItems": _twice,
}


def unknown(key: str, known: Iterable[str]) -> str:
    """Return that a key is unknown, and the likely one."""
    similar = difflib.get_close_matches(key.lower().removeprefix("plugins."), list(known), n=1)
    if similar:
        hint = translate("did you mean {key}?", key=similar[0])
    else:
        hint = translate("the keys are: {keys}", keys=", ".join(known))
    return translate("unknown key {key}; {hint}", key=key, hint=hint)


def name(path: KeyPath) -> str:
    """Return how messages call what stands at a path: its key; an item of a list by its number, from 1."""
    if path and isinstance(path[-1], int):
        return translate("item {number} of {key}", number=path[-1] + 1, key=name(path[:-1]))
    return str(path[-1]) if path else "portal.toml"


def example(path: KeyPath) -> str:
    """Return what could stand at a path, as it is typed."""
    part = subschema(path)
    if part.get("type") == "object" and "examples" not in part:
        return f"[{'.'.join(map(str, path))}]"
    value = next(iter(subschema(path).get("examples", ["…"])))
    if path and isinstance(path[-1], int):
        return toml(value)
    return f"{path[-1]} = {toml(value)}" if path else toml(value)


def toml(value: object) -> str:
    """Return a value as TOML, in one line."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
