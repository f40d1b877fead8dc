"""Checks the tables of portal.toml by its schema, and says of each mistake what to write instead.

portal.schema.json is a JSON Schema (https://json-schema.org/), which editing programs know too. Its `examples` are what
messages propose; its `setting` is the setting of Pelican that a value becomes.
"""

from __future__ import annotations

import difflib
import json
import re
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
_YES, _NO = {"true", "yes", "on", "1", "có"}, {"false", "no", "off", "0", "không"}


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
    """Yield the path of everything in the tables that the schema does not allow, and what to do about it.

    What is wrong with the name of a key comes before what is wrong with its value.
    """
    errors = sorted(_validator().iter_errors(tables), key=lambda error: error.kind.name != "propertyNames")
    for error in errors:
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
    if path and _is_without_language(path):  # [agency], and the texts below it
        yield path[:-1], _without_language(path[:-1])
        return
    kinds = {
        "string": translate("a text in quotation marks"),
        "integer": translate("a whole number without quotation marks"),
        "boolean": translate("true or false without quotation marks"),
        "array": translate("a list in square brackets"),
        "object": translate("a table of several keys"),
    }
    kind = kinds[subschema(path)["type"]]
    shown = example(path, _converted(path, value))
    if isinstance(value, list) and any(isinstance(item, Mapping) for item in value):  # [[pdf]]
        kind, shown = translate("one table"), f"[{'.'.join(map(str, path))}]"
    yield path, translate("must be {kind}; write {example}", kind=kind, example=shown)


def _format(path: KeyPath, facts: Mapping[str, Any], value: object) -> Iterator[Found]:
    yield path, FORMATS[facts["format"]](str(value))


def _key(path: KeyPath, facts: Mapping[str, Any], value: object) -> Iterator[Found]:
    """Keys of a table that have not the form that they should have."""
    check = FORMATS[subschema(path)["propertyNames"]["format"]]
    inner = subschema((*path, "")).get("properties", {})
    for key, below in value.items() if isinstance(value, Mapping) else ():
        if not (text := check(key)):
            continue
        if key in inner and not isinstance(below, Mapping):
            if _is_by_language(path):
                yield path, _without_language(path)
                return
            right = f"vi = {toml({key: below})}"
            text = translate("what is said in a language stands below its code; write {right}", right=right)
        yield (*path, key), text


def _is_by_language(path: KeyPath) -> bool:
    """Whether a table has nothing but one table for each language."""
    return bool(subschema(path).get("propertyNames", {}).get("format") == "language")


def _is_without_language(path: KeyPath) -> bool:
    """Whether what stands at a path, which is no table, belongs below the code of a language."""
    is_code = not FORMATS["language"](str(path[-1])) and "properties" in subschema(path)
    return _is_by_language(path[:-1]) and not is_code


def _without_language(path: KeyPath) -> str:
    name = ".".join(map(str, path))
    return translate(
        "the code of a language is missing; write {right} in the place of {wrong}",
        right=f"[{name}.vi]",
        wrong=f"[{name}]",
    )


def _choice(path: KeyPath, facts: Mapping[str, Any], value: object) -> Iterator[Found]:
    yield path, translate("write one of {known}", known=", ".join(map(toml, subschema(path)["enum"])))


def _too_small(path: KeyPath, facts: Mapping[str, Any], value: object) -> Iterator[Found]:
    least = subschema(path)["minimum"]
    yield path, translate("must be {number} or more; write for example {example}", number=least, example=example(path))


def _too_large(path: KeyPath, facts: Mapping[str, Any], value: object) -> Iterator[Found]:
    most = subschema(path)["maximum"]
    yield path, translate("may be {number} at most; write for example {example}", number=most, example=example(path))


def _too_long(path: KeyPath, facts: Mapping[str, Any], value: object) -> Iterator[Found]:
    most = subschema(path)["maxLength"]
    yield path, translate("has {count} letters, and {most} at most; make it shorter", count=len(str(value)), most=most)


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
    "maxLength": _too_long,
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


def _converted(path: KeyPath, value: object) -> Any:  # noqa: ANN401  # whatever TOML can say
    """Return a value in the type that it should have; None if that is not clear, or would not be right either."""
    part, text = subschema(path), str(value).strip()
    if isinstance(value, list) and len(value) == 1 and part["type"] != "array":
        return _converted(path, value[0])
    if isinstance(value, Mapping | list | bool) or not text:
        return None
    if part["type"] == "array" and isinstance(value, str):
        item = subschema((*path, 0))
        is_word = item.get("type") == "string" and any(map(str.isalnum, value))  # "*" is no name of anything
        return [value] if is_word and not FORMATS[item.get("format", "text")](value) else None
    if part["type"] == "integer":
        return int(text) if re.fullmatch(r"\d+", text) else None
    if part["type"] == "boolean":
        return text.casefold() in _YES if text.casefold() in _YES | _NO else None
    if part["type"] == "object":
        return {"name": value} if part.get("required") == ["name"] else None
    return text if part["type"] == "string" and not FORMATS[part.get("format", "text")](text) else None


def example(path: KeyPath, value: object = None) -> str:
    """Return what could stand at a path, as it is typed. value: what stands there, in the right type."""
    part = subschema(path)
    if part.get("type") == "object" and "examples" not in part:
        return f"[{'.'.join(map(str, path))}]"
    value = next(iter(part.get("examples", ["…"]))) if value is None else value
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
