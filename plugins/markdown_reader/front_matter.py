"""Parses and checks the header of a content file: YAML between `---` lines, or Pelican's `Key: value` lines.

Values are read as text (a title `No` or `2026` stays text) and then checked by the keys: KEYS and those that features
declare. All problems of a header are reported together.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

import plugins
from plugins.features.hooks import ALL, ARTICLES, Key
from plugins.i18n import translate
from plugins.problems import ContentError, Problem
from plugins.unicode_text import normalize

from . import header_values

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BEGIN = re.compile(r"\s*---[^\S\n]*\n")
_END = re.compile(r"^(---|\.\.\.)[^\S\n]*$", re.M)
_EMPTY_LINE = re.compile(r"^[^\S\n]*$", re.M)  # ends a header of `Key: value` lines
_PLAIN_KEY = re.compile(r"([A-Za-z][\w-]*):(?:\s+(.*))?$")
_PLAIN = r"[^\W_](?:[^:#]|:(?=[^ ])|(?<=[^ ])#)*"
_ITEM = r"[^\W_][^\[\]{}\"'#&*!|>%@`:,?]*"
# A key and a text, with or without quotation marks, or a list. What is special in YAML stands in none of them.
_SIMPLE_LINE = re.compile(
    rf"(?P<key>[A-Za-z]\w*):(?: +(?:(?P<plain>{_PLAIN})|\"(?P<quoted>[^\"\\]*)\"|\[(?P<items>{_ITEM}(?:, *{_ITEM})*)\])"
    rf"|(?P<begins_list>))|(?P<indent> *)- +(?:(?P<plain_item>{_PLAIN})|\"(?P<quoted_item>[^\"\\]*)\")"
)
_YAML_NULLS = ("null", "Null", "NULL")
_OPENERS = "[{-?:"  # each level of YAML begins with one of them
_MAX_DEPTH = 500
_COMMENT = re.compile(r"[ \t]+#")
_WORD = re.compile(r"[^\W_]+")
_YAML_CODE = re.compile(r"\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))")  # letters as programs write them


@dataclass(frozen=True)
class Field:
    """One key of a header as written: its value (a text or a list of texts) and its line, counted from 1."""

    value: str | list[str]
    line: int


@dataclass(frozen=True)
class Document:
    """A file split into the fields of its header and its Markdown body, which begins at line `body_line` (from 1)."""

    fields: dict[str, Field]
    body: str
    body_line: int


def split_document(text: str) -> Document:
    """Split the text of a file into header and body. Raises ContentError where the header is malformed."""
    begin = _BEGIN.match(text)
    if begin:
        end = _END.search(text, begin.end())
        if not end:
            raise _malformed(1, translate("the header has no end: put a line with --- after it"))
        lines_before = text.count("\n", 0, begin.end() - 1)
        header = normalize(text[begin.end() : end.start()])
        fields = simple_fields(header, lines_before + 2) or _yaml_fields("\n" * lines_before + header)
        return Document(fields, text[end.end() :].removeprefix("\n"), text.count("\n", 0, end.end()) + 2)
    return _plain_document(text)


def split_header(text: str) -> tuple[str, str]:
    """Return the header of a file as it is written, with the lines around it, and the rest; checks nothing."""
    begin = _BEGIN.match(text)
    end = _END.search(text, begin.end()) if begin else _EMPTY_LINE.search(text)
    cut = end.end() + 1 if end else len(text)
    return text[:cut], text[cut:]


def simple_fields(header: str, first_line: int) -> dict[str, Field]:
    """Parse a header whose lines all have one of the simplest forms of YAML, in a fifth of the time.

    Args:
        header: Normalized YAML.
        first_line: The line of the file at which it begins.

    Returns:
        What YAML gives too; no fields where a line has another form, or a mistake that is to be reported.
    """
    fields: dict[str, Field] = {}
    items: list[str] | None = None  # of the list that the last key begins
    indents: set[str] = set()  # of its items
    for number, line in enumerate(header.removesuffix("\n").split("\n"), start=first_line):
        match = _SIMPLE_LINE.fullmatch(line.rstrip(" "))
        if not match or not line.isprintable():
            return {}
        if match["key"] is None:
            indents.add(match["indent"])
            if items is None or len(indents) > 1:
                return {}
            items.append(match["plain_item"] or match["quoted_item"] or "")
            continue
        if match["key"] in fields or match["plain"] in _YAML_NULLS or items == []:
            return {}
        items, indents = None, set()
        value: str | list[str] = match["plain"] or match["quoted"] or ""
        if match["items"] is not None:
            value = [item.strip() for item in match["items"].split(",")]
        elif match["begins_list"] is not None:
            value = items = []
        fields[match["key"]] = Field(value, number)
    return {} if items == [] else fields


def _yaml_fields(header: str) -> dict[str, Field]:
    try:
        _check_depth(header)
        node = yaml.compose(header, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _malformed(
            mark.line + 2 if mark else 1,
            translate("the header cannot be read; put texts with : or # in quotation marks, and indent with spaces"),
        ) from None
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise _malformed(2, translate("each line of the header must be of the form key: value"))
    fields: dict[str, Field] = {}
    for key_node, value_node in node.value:
        line, key = key_node.start_mark.line + 2, str(key_node.value)
        if key in fields:
            raise _malformed(line, translate("the key {key} stands twice; keep one", key=key))
        if _has_comment(header, value_node):
            text = translate("what stands after # in {key} is lost; put the text in quotation marks", key=key)
            raise _malformed(line, text)
        value = _yaml_value(value_node, key)
        lost = _lost_by_yaml(header[value_node.start_mark.index : value_node.end_mark.index], value)
        if lost:
            text = translate(
                "{text} in {key} is lost or changed; put the value in single quotation marks: {key}: '…'",
                text=lost,
                key=key,
            )
            raise _malformed(line, text)
        fields[key] = Field(value, line)
    return fields


def _lost_by_yaml(typed: str, value: str | list[str]) -> str:
    """The first word of a value as typed that YAML does not give back; "" if all are there.

    YAML takes words that begin with `!` and `&`, and letters after a backslash, for its own
    (https://yaml.org/spec/1.2.2/#66-comments and following).
    """
    if typed == value or typed[1:-1] == value:  # without quotation marks, or within them
        return ""
    typed = _YAML_CODE.sub(lambda code: chr(min(int(code[1] or code[2] or code[3], 16), 0x10FFFF)), typed)
    text = value if isinstance(value, str) else " ".join(value)
    left = Counter(_WORD.findall(text))
    words: list[str] = _WORD.findall(typed)
    for word in words:
        if not left[word]:
            return word
        left[word] -= 1
    return ""


def _has_comment(header: str, node: yaml.Node) -> bool:
    """Whether a YAML comment follows a text without quotation marks, as in `title: Bài #1`."""
    if isinstance(node, yaml.SequenceNode):
        return any(_has_comment(header, item) for item in node.value)
    return isinstance(node, yaml.ScalarNode) and not node.style and bool(_COMMENT.match(header, node.end_mark.index))


def _check_depth(header: str) -> None:
    """Reject deeply nested lists: `yaml.compose` recurses into them until the process crashes."""
    if sum(map(header.count, _OPENERS)) <= _MAX_DEPTH:
        return
    depth = 0
    for event in yaml.parse(header, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            line = event.start_mark.line + 2 if event.start_mark else 1
            raise _malformed(line, translate("each line of the header must be of the form key: value"))


def _yaml_value(node: yaml.Node, key: str) -> str | list[str]:
    if isinstance(node, yaml.ScalarNode):
        return "" if node.tag == "tag:yaml.org,2002:null" else str(node.value)
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        return [item.value for item in node.value]
    raise _malformed(
        node.start_mark.line + 2,
        translate("the value of {key} must be a text or a simple list; put a text with : in quotation marks", key=key),
    )


def _plain_document(text: str) -> Document:
    """Split a file with Pelican's own header: `Key: value` lines, continued by indented ones, then a blank line."""
    fields: dict[str, Field] = {}
    lines = text.split("\n")
    key = ""
    number = 0
    for number, line in enumerate([*lines, ""], start=1):
        match = _PLAIN_KEY.match(line)
        if not line.strip() or (not match and not fields):
            break
        if match:
            key = match[1].lower()
            if key in fields:
                raise _malformed(number, translate("the key {key} stands twice; keep one", key=key))
            fields[key] = Field(match[2] or "", number)
        elif line[0] in " \t":
            fields[key] = Field(f"{fields[key].value} {line.strip()}".strip(), fields[key].line)
        else:
            raise _malformed(number, translate("put an empty line after the header"))
    if not fields:
        raise _malformed(1, translate("the file has no header: begin it with ---, title: …, date: …, category: …, ---"))
    return Document(fields, "\n".join(lines[number - 1 :]), number)


def _malformed(line: int, message: str) -> ContentError:
    return ContentError([Problem("", line, message)])


KEYS = (
    Key("title", header_values.text, ALL, required=ALL),
    Key("short_title", header_values.text, ALL),
    Key("date", header_values.date_time, required=ARTICLES),
    Key("category", header_values.text, required=ARTICLES, synonyms=("categories",)),
    Key("tags", header_values.text, separators=(";", ","), synonyms=("tag", "keywords")),
    Key("authors", header_values.text, separators=(";", ","), synonyms=("author",)),
    Key("summary", header_values.text, ALL, synonyms=("description", "excerpt")),
    Key("slug", header_values.slug, ALL),
    Key("lang", header_values.lang, ALL),
    Key("status", header_values.status, ALL, internal=True),
    Key("modified", header_values.date_time, ALL, synonyms=("updated", "lastmod")),
    Key("source", header_values.text),
    Key("source_url", header_values.web_address),
    Key("cover", header_values.text, ALL, synonyms=("image", "thumbnail")),
    Key("cover_alt", header_values.text, ALL),
    Key("cover_caption", header_values.text, ALL),
    Key("featured", header_values.flag),
    Key("review", header_values.text, separators=("\n",), internal=True),
    Key("converted_from", header_values.text, internal=True, machine=True),
)
ARTICLE_ONLY_KEYS = ("category", "featured")  # which kinds of content that features declare do not have


class HeaderKeys:
    """The keys that the header of one kind of content may have: by name, by spelling (synonyms too), and required.

    Args:
        kind: "article", "page", or the name of a feature's kind.
        feature_keys: keys that features declare for any kind.
        kind_keys: keys of this kind alone.
    """

    def __init__(self, kind: str, feature_keys: Iterable[Key] = (), kind_keys: Iterable[Key] = ()) -> None:
        is_extra_kind = kind not in ("article", "page")
        names = {kind, "article"} if is_extra_kind else {kind}  # a feature's kinds have the keys of articles too
        keys = (key for key in (*KEYS, *feature_keys, *kind_keys) if names.intersection(key.kinds))
        self.by_name = {key.name: key for key in keys if not (is_extra_kind and key.name in ARTICLE_ONLY_KEYS)}
        self.by_spelling = self.by_name | {name: key for key in self.by_name.values() for name in key.synonyms}
        self.required = [key.name for key in self.by_name.values() if names.intersection(key.required)]


@cache
def keys_of_all_features() -> frozenset[str]:
    """All spellings of the keys that this project's features declare, whether they are loaded or not.

    A key of a feature that an owner has removed from PLUGINS is ignored, so that the articles need not change. This
    imports every feature: call it only for keys that are not known otherwise.
    """
    names: set[str] = set()
    for package in pkgutil.iter_modules(plugins.__path__, "plugins."):
        feature = getattr(importlib.import_module(package.name), "feature", None)
        names |= {name for key in getattr(feature, "keys", ()) for name in (key.name, *key.synonyms)}
    return frozenset(names)


def check_fields(fields: Mapping[str, Field], keys: HeaderKeys, complete: bool = True) -> dict[str, Any]:
    """Check the fields of a header and return their values by the name of the key.

    Args:
        fields: as `split_document` returns them.
        keys: the keys that the header may have.
        complete: whether a missing required key is a problem.

    Raises:
        ContentError: with every problem of the header.
    """
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    spellings: dict[str, str] = {}  # by name, as they are written
    for spelling, field in fields.items():
        key = keys.by_spelling.get(spelling)
        if key and (other := spellings.setdefault(key.name, spelling)) != spelling:
            text = translate("{key} and {other} say the same; keep one", key=spelling, other=other)
            problems.append(Problem("", field.line, text))
            continue
        if key is None:
            if spelling not in keys_of_all_features():
                problems.append(Problem("", field.line, _unknown_key(spelling, keys)))
        elif field.value or key.name in keys.required:  # an empty optional key is as good as none
            try:
                values[key.name] = _check_value(key, field.value)
            except ValueError as error:
                problems.append(Problem("", field.line, f"{spelling}: {error}"))
            except Exception as error:  # a bug in the check that a feature brings
                reason = f"{type(error).__name__}: {error}"
                text = translate("{key}: the check of this key has failed: {reason}", key=spelling, reason=reason)
                problems.append(Problem("", field.line, text))
    if complete:
        present = {keys.by_spelling[spelling].name for spelling in fields if spelling in keys.by_spelling}
        problems += [
            Problem("", 1, translate("{key} is missing; add a line {key}: … to the header", key=name))
            for name in keys.required
            if name not in present
        ]
    if problems:
        raise ContentError(problems)
    return values


def _unknown_key(spelling: str, keys: HeaderKeys) -> str:
    if spelling.lower() == "draft":  # of Hugo and Jekyll
        return translate("unknown key {key}; write status: draft, or leave it out", key=spelling)
    similar = difflib.get_close_matches(spelling.lower(), keys.by_spelling, n=1)
    if similar:
        hint = translate("did you mean {key}?", key=similar[0])
    else:
        hint = translate("the keys are: {keys}", keys=", ".join(keys.by_name))
    return translate("unknown key {key}; {hint}", key=spelling, hint=hint)


def _check_value(key: Key, value: str | list[str]) -> object:
    """The value of a key as its check returns it; a list without duplicates for a key that has separators."""
    if key.separators:
        items = value if isinstance(value, list) else _split_items(value, key.separators)
        return list(dict.fromkeys(key.check(normalize(item)) for item in items if item.strip()))
    if isinstance(value, list):
        raise ValueError(translate("must be one value, not a list"))
    checked: object = key.check(normalize(value))
    return checked


def _split_items(text: str, separators: Iterable[str]) -> list[str]:
    """Split at the first of the separators that occurs: `Lê Dũng; Ban Biên tập, Văn phòng` are two items."""
    return text.split(next((separator for separator in separators if separator in text), "\n"))
