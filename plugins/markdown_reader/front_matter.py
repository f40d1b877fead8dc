"""The header of an article: YAML between `---` lines, or Pelican's own `Key: value` lines.

Values are taken as they are written (a title `No` or `2026` stays text), then checked against a
small table of keys. All problems of a header are found in one go.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import yaml
from pelican.utils import slugify

from plugins.checks import ContentError, Problem
from plugins.i18n import say

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN_KEY = re.compile(r"([A-Za-z][\w-]*):(?:\s+(.*))?$")
_NESTED = re.compile(r"^[ \t]|[-?:][ \t]+[-?][ \t\n]|[\[{].*[\[{]|[\[{][^\]}]*\n", re.M)  # all that can lead more than three levels down
_COMMENT = re.compile(r"[ \t]+#")
_LANG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*\Z")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


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


def split(text: str) -> Document:
    """Split a source into header and body. Raises ContentError where the header is broken."""
    if text.startswith("---\n"):
        end = re.compile(r"^(---|\.\.\.)[ \t]*$", re.M).search(text, 4)
        if not end:
            raise _broken(1, say("the header has no end: put a line with --- after it"))
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
            say("the header cannot be read; put texts with : or # in quotation marks, and indent with spaces"),
        ) from None
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise _broken(2, say("each line of the header must be of the form key: value"))
    fields: dict[str, Field] = {}
    for key_node, value_node in node.value:
        line, key = key_node.start_mark.line + 2, str(key_node.value)
        if key in fields:
            raise _broken(line, say("the key {key} stands twice; keep one", key=key))
        if _cut_off(header, value_node):
            raise _broken(line, say("what stands after # in {key} is lost; put the text in quotation marks", key=key))
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
            raise _broken(event.start_mark.line + 2, say("each line of the header must be of the form key: value"))


def _yaml_value(node: yaml.Node, key: str) -> str | list[str]:
    if isinstance(node, yaml.ScalarNode):
        return "" if node.tag == "tag:yaml.org,2002:null" else node.value
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        return [item.value for item in node.value]
    raise _broken(
        node.start_mark.line + 2,
        say("the value of {key} must be a text or a simple list; put a text with : in quotation marks", key=key),
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
                raise _broken(number, say("the key {key} stands twice; keep one", key=last))
            fields[last] = Field(match[2] or "", number)
        elif line[0] in " \t":
            fields[last] = Field(f"{fields[last].value} {line.strip()}".strip(), fields[last].line)
        else:
            raise _broken(number, say("put an empty line after the header"))
    if not fields:
        raise _broken(1, say("the file has no header: begin it with ---, title: …, date: …, category: …, ---"))
    return Document(fields, "\n".join(lines[number - 1 :]), number)


def _broken(line: int, message: str) -> ContentError:
    return ContentError([Problem("", line, message)])


# --- what each key may hold -------------------------------------------------------------------


def _text(value: str) -> str:
    value = " ".join(value.split())
    if not value:
        raise ValueError(say("is empty"))
    return value


def _date(value: str) -> datetime:
    """ISO 8601 or the Vietnamese day/month/year, with or without the time; local time."""
    for form in ("%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y", "%d/%m/%Y %H:%M"):
        try:
            found = datetime.strptime(value.strip().replace("T", " "), form)
        except ValueError:
            continue
        if 1900 <= found.year <= 2200:
            return found
    raise ValueError(say("is no date; write for example {example}", example="2026-11-20 08:30"))


def _slug(value: str) -> str:
    if is_slug(value):
        return value
    raise ValueError(say("may hold only small letters a–z, digits and single hyphens, 150 at most"))


def is_slug(value: str) -> bool:
    """Whether a text can be an address: small ASCII letters, digits, single hyphens, at most 150."""
    return len(value) <= 150 and bool(_SLUG.match(value))


@cache
def slug_of(name: str) -> str:
    """The address that a name makes (đ becomes d), empty where it makes none."""
    return slugify(name, regex_subs=[(r"[^\w\s-]", ""), (r"[-_\s]+", "-")]).strip("-")[:150].strip("-")


def is_lang(value: str) -> bool:
    """Whether a text looks like a language code (BCP 47)."""
    return bool(_LANG.match(value))


def _lang(value: str) -> str:
    if is_lang(value):
        return value
    raise ValueError(say("is no language code; write for example {example}", example="vi"))


def _flag(value: str) -> bool:
    flags = {"true": True, "yes": True, "false": False, "no": False}
    if value.lower() in flags:
        return flags[value.lower()]
    raise ValueError(say("must be true or false"))


def _status(value: str) -> str:
    if value in ("published", "draft"):
        return value
    raise ValueError(say("must be published or draft"))


def _web_address(value: str) -> str:
    with suppress(ValueError):  # of urlsplit: https://[
        if re.fullmatch(r"https?://[^\s<>\"']+", value) and urlsplit(value).hostname:
            return value
    raise ValueError(say("must be a web address that begins with https:// or http://"))


def _former_address(value: str) -> str:
    """An address of this portal before: `/tin/chi-tiet.aspx?id=12`, or with https:// and the old host."""
    if re.fullmatch(r"(https?://[^\s<>\"'/]+)?/[^\s<>\"'#\\]*", value) and ".." not in value:
        return value
    raise ValueError(say("must be an address that begins with / or with https://"))


Kind = Callable[[str], Any]
PAGE_KEYS: dict[str, Kind] = {
    "title": _text,
    "slug": _slug,
    "lang": _lang,
    "status": _status,
    "summary": _text,
    "modified": _date,
    "cover": _text,
    "cover_alt": _text,
    "cover_caption": _text,
    "pdf": _flag,
    "aliases": _former_address,
}
ARTICLE_KEYS: dict[str, Kind] = PAGE_KEYS | {
    "date": _date,
    "category": _text,
    "tags": _text,
    "authors": _text,
    "source": _text,
    "source_url": _web_address,
    "featured": _flag,
    "audio": _flag,
    "converted_from": _text,
    "review": _text,
}
LISTS = {"aliases": "\n", "tags": ",", "authors": ";|,", "review": "\n"}  # and what separates them where they stand in one line
SYNONYMS = {"author": "authors", "tag": "tags", "alias": "aliases"}
ARTICLE_REQUIRED = ("title", "date", "category")
PAGE_REQUIRED = ("title",)


def check(fields: Mapping[str, Field], keys: Mapping[str, Kind], required: tuple[str, ...]) -> dict[str, Any]:
    """The checked values of a header. Raises ContentError with every problem in it."""
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    for written, field in fields.items():
        key = SYNONYMS.get(written, written)
        if key not in keys:
            near = difflib.get_close_matches(written.lower(), [*keys, *SYNONYMS], n=1)
            hint = say("did you mean {key}?", key=near[0]) if near else say("the keys are: {keys}", keys=", ".join(keys))
            problems.append(Problem("", field.line, say("unknown key {key}; {hint}", key=written, hint=hint)))
            continue
        if not field.value and key not in required:
            continue  # a key left empty is a key left out
        try:
            values[key] = _value(key, field.value, keys[key])
        except ValueError as error:
            problems.append(Problem("", field.line, f"{written}: {error}"))
    for key in required:
        if key not in values and not any(SYNONYMS.get(written, written) == key for written in fields):
            problems.append(Problem("", 1, say("{key} is missing; add a line {key}: … to the header", key=key)))
    if problems:
        raise ContentError(problems)
    return values


def _value(key: str, written: str | list[str], kind: Kind) -> Any:
    if key in LISTS:
        items = written if isinstance(written, list) else _separated(written, LISTS[key])
        found = [kind(_nfc(item)) for item in items if item.strip()]
        return list(dict.fromkeys(found))
    if isinstance(written, list):
        raise ValueError(say("must be one value, not a list"))
    return kind(_nfc(written))


def _separated(written: str, separators: str) -> list[str]:
    """Split at the first of the separators that occurs: `Lê Dũng; Ban Biên tập, Văn phòng` are two."""
    return written.split(next((s for s in separators.split("|") if s in written), "\n"))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
