"""The header of an article: YAML between `---` lines, or Pelican's own `Key: value` lines.

Values are taken as they are written (a title `No` or `2026` stays text), then checked against KEYS and those that
features bring. All problems of a header are found in one go.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

import plugins
from plugins.features.hooks import ALL, ARTICLES, Key
from plugins.i18n import translate
from plugins.problems import ContentError, Problem

from . import header_values

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN_KEY = re.compile(r"([A-Za-z][\w-]*):(?:\s+(.*))?$")
_NESTED = re.compile(
    r"^[ \t]|[-?:][ \t]+[-?][ \t\n]|[\[{].*[\[{]|[\[{][^\]}]*\n", re.M
)  # all that can lead more than three levels down
_COMMENT = re.compile(r"[ \t]+#")


@dataclass(frozen=True)
class Field:
    """One key of a header as written: its value (text or list of texts) and its 1-based line."""

    value: str | list[str]
    line: int


@dataclass(frozen=True)
class Document:
    """A source split into its header's fields and its Markdown body."""

    fields: dict[str, Field]
    body: str
    body_line: int  # 1-based line of the body's first line in the file


def split_document(text: str) -> Document:
    """Split a source into header and body. Raises ContentError where the header is broken."""
    if text.startswith("---\n"):
        end = re.compile(r"^(---|\.\.\.)[ \t]*$", re.M).search(text, 4)
        if not end:
            raise _broken(1, translate("the header has no end: put a line with --- after it"))
        header, body = text[4 : end.start()], text[end.end() :].removeprefix("\n")
        return Document(_yaml_fields(header), body, text.count("\n", 0, end.end()) + 2)
    return _plain_document(text)


def _yaml_fields(header: str) -> dict[str, Field]:
    try:
        _flat(header)
        node = yaml.compose(header, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _broken(
            mark.line + 2 if mark else 1,
            translate("the header cannot be read; put texts with : or # in quotation marks, and indent with spaces"),
        ) from None
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise _broken(2, translate("each line of the header must be of the form key: value"))
    fields: dict[str, Field] = {}
    for key_node, value_node in node.value:
        line, key = key_node.start_mark.line + 2, str(key_node.value)
        if key in fields:
            raise _broken(line, translate("the key {key} stands twice; keep one", key=key))
        if _cut_off(header, value_node):
            raise _broken(
                line, translate("what stands after # in {key} is lost; put the text in quotation marks", key=key)
            )
        fields[key] = Field(_yaml_value(value_node, key), line)
    return fields


def _cut_off(header: str, node: yaml.Node) -> bool:
    """Whether a text without quotation marks is followed by a YAML comment: `title: Bài #1`."""
    if isinstance(node, yaml.SequenceNode):
        return any(_cut_off(header, item) for item in node.value)
    return isinstance(node, yaml.ScalarNode) and not node.style and bool(_COMMENT.match(header, node.end_mark.index))


def _flat(header: str) -> None:
    """Refuse lists in lists in lists: `compose` goes down into them until the process breaks off."""
    if not _NESTED.search(header):
        return
    depth = 0
    for event in yaml.parse(header, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > 9:
            raise _broken(
                event.start_mark.line + 2, translate("each line of the header must be of the form key: value")
            )


def _yaml_value(node: yaml.Node, key: str) -> str | list[str]:
    if isinstance(node, yaml.ScalarNode):
        return "" if node.tag == "tag:yaml.org,2002:null" else node.value
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        return [item.value for item in node.value]
    raise _broken(
        node.start_mark.line + 2,
        translate("the value of {key} must be a text or a simple list; put a text with : in quotation marks", key=key),
    )


def _plain_document(text: str) -> Document:
    """Pelican's own header: `Key: value` lines, continued by indented ones, ended by an empty line."""
    fields: dict[str, Field] = {}
    lines = text.split("\n")
    last = ""
    number = 0
    for number, line in enumerate([*lines, ""], start=1):
        match = _PLAIN_KEY.match(line)
        if not line.strip() or (not match and not fields):
            break
        if match:
            last = match[1].lower()
            if last in fields:
                raise _broken(number, translate("the key {key} stands twice; keep one", key=last))
            fields[last] = Field(match[2] or "", number)
        elif line[0] in " \t":
            fields[last] = Field(f"{fields[last].value} {line.strip()}".strip(), fields[last].line)
        else:
            raise _broken(number, translate("put an empty line after the header"))
    if not fields:
        raise _broken(1, translate("the file has no header: begin it with ---, title: …, date: …, category: …, ---"))
    return Document(fields, "\n".join(lines[number - 1 :]), number)


def _broken(line: int, message: str) -> ContentError:
    return ContentError([Problem("", line, message)])


KEYS = (
    Key("title", header_values.text, ALL, required=ALL),
    Key("date", header_values.date_time, required=ARTICLES),
    Key("category", header_values.text, required=ARTICLES),
    Key("tags", header_values.text, separators=(",",), synonyms=("tag",)),
    Key("authors", header_values.text, separators=(";", ","), synonyms=("author",)),
    Key("summary", header_values.text, ALL),
    Key("slug", header_values.slug, ALL),
    Key("lang", header_values.lang, ALL),
    Key("status", header_values.status, ALL, internal=True),
    Key("modified", header_values.date_time, ALL),
    Key("source", header_values.text),
    Key("source_url", header_values.web_address),
    Key("cover", header_values.text, ALL),
    Key("cover_alt", header_values.text, ALL),
    Key("cover_caption", header_values.text, ALL),
    Key("featured", header_values.flag),
    Key("review", header_values.text, separators=("\n",), internal=True),
    Key("converted_from", header_values.text, internal=True, machine=True),
)


ARTICLE_ONLY_KEYS = ("category", "featured")  # that other kinds of content have no use for


class HeaderKeys:
    """The keys that a header of one kind of content may have.

    kind: "article", "page", or one of a feature's. more: those that features bring. own: those of that kind alone.
    """

    def __init__(self, kind: str, feature_keys: Iterable[Key] = (), kind_keys: Iterable[Key] = ()) -> None:
        further = kind not in ("article", "page")
        names = {kind, "article"} if further else {kind}  # what further kinds have besides, articles have too
        found = (key for key in (*KEYS, *feature_keys, *kind_keys) if names.intersection(key.kinds))
        self.by_name = {key.name: key for key in found if not (further and key.name in ARTICLE_ONLY_KEYS)}
        self.by_spelling = self.by_name | {synonym: key for key in self.by_name.values() for synonym in key.synonyms}
        self.required = [key.name for key in self.by_name.values() if names.intersection(key.required)]


@cache
def keys_of_all_features() -> frozenset[str]:
    """The keys that features of this project bring, loaded or not: an owner who takes one out of PLUGINS keeps the
    articles as they are, and what was written for it has no effect. Looked for only where a key is not known."""
    found: set[str] = set()
    for room in pkgutil.iter_modules(plugins.__path__, "plugins."):
        feature = getattr(importlib.import_module(room.name), "feature", None)
        found |= {name for key in getattr(feature, "keys", ()) for name in (key.name, *key.synonyms)}
    return frozenset(found)


def check_fields(fields: Mapping[str, Field], keys: HeaderKeys, complete: bool = True) -> dict[str, Any]:
    """The checked values of a header. Raises ContentError with every problem in it.

    complete: whether what is required must be there.
    """
    problems: list[Problem] = []
    checked: dict[str, Any] = {}
    for written, field in fields.items():
        key = keys.by_spelling.get(written)
        if key is None and written in keys_of_all_features():
            continue
        if key is None:
            near = difflib.get_close_matches(written.lower(), keys.by_spelling, n=1)
            hint = (
                translate("did you mean {key}?", key=near[0])
                if near
                else translate("the keys are: {keys}", keys=", ".join(keys.by_name))
            )
            problems.append(Problem("", field.line, translate("unknown key {key}; {hint}", key=written, hint=hint)))
            continue
        if not field.value and key.name not in keys.required:
            continue  # a key left empty is a key left out
        try:
            checked[key.name] = _value(key, field.value)
        except ValueError as error:
            problems.append(Problem("", field.line, f"{written}: {error}"))
        except Exception as error:  # of a feature's check
            reason = f"{type(error).__name__}: {error}"
            text = translate("{key}: the check of this key has failed: {reason}", key=written, reason=reason)
            problems.append(Problem("", field.line, text))
    there = {keys.by_spelling[written].name for written in fields if written in keys.by_spelling}
    for name in keys.required if complete else ():
        if name not in there:
            problems.append(Problem("", 1, translate("{key} is missing; add a line {key}: … to the header", key=name)))
    if problems:
        raise ContentError(problems)
    return checked


def _value(key: Key, written: str | list[str]) -> Any:
    if key.separators:
        items = written if isinstance(written, list) else _separated(written, key.separators)
        found = [key.check(_nfc(item)) for item in items if item.strip()]
        return list(dict.fromkeys(found))
    if isinstance(written, list):
        raise ValueError(translate("must be one value, not a list"))
    return key.check(_nfc(written))


def _separated(written: str, separators: Iterable[str]) -> list[str]:
    """Split at the first of the separators that occurs: `Lê Dũng; Ban Biên tập, Văn phòng` are two."""
    return written.split(next((s for s in separators if s in written), "\n"))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
