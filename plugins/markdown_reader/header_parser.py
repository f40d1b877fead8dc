"""Parses the header of a content file: YAML between `---` lines, or Pelican's `Key: value` lines.

Values are read as text, so that a title `No` or `2026` stays text.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import yaml

from plugins.i18n import translate
from plugins.problems import ContentError, Problem
from plugins.unicode_text import normalize

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BEGIN = re.compile(r"[\s\ufeff\u200b\u2060]*---[^\S\n]*\n")  # unseen letters of pasted text before it
_OTHER_DASHES = re.compile(
    r"[ \t]*(?:[-–—]+|\+{3,}|={3,}|\*{3,}|_{3,})[ \t]*$", re.M
)  # what programs make of ---, or write
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
_KEY = re.compile(r"[^\W\d_][\w -]*")
_OTHER_SPACES = re.compile(r"[^\S\n \t]")  # of Word, which YAML takes for letters
_TYPED_KEY = re.compile(r"^([^\W\d_][\w -]{0,30}?) *(?:[=：]|:(?=[“”])) *", re.M)  # title = Bài, title： Bài
_INDENTED_KEY = re.compile(r" +[^\W\d_][\w -]*:(?: |$)")
_GLUED_ITEM = re.compile(r" +-([^\W\d_].*)")
_SPECIAL_STARTS = tuple("*&!@%`{}[]|>'\"#,?-")
_ENDS = {"[": "]", "{": "}", '"': '"', "'": "'"}
_COMMENT_AFTER_QUOTES = re.compile(r"[ \t]*#")
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
            raise _other_dashes(text, begin.end()) or _malformed(
                1, translate("the header has no end: put a line with --- after it")
            )
        lines_before = text.count("\n", 0, begin.end() - 1)
        header = normalize(text[begin.end() : end.start()])
        fields = simple_fields(header, lines_before + 2) or _yaml_fields("\n" * lines_before + _as_yaml(header))
        return Document(fields, text[end.end() :].removeprefix("\n"), text.count("\n", 0, end.end()) + 2)
    return _plain_document(text)


def begins_with_header(data: bytes) -> bool:
    """Whether the first bytes of a file, whatever its name and encoding, are those of an article."""
    is_utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))  # "Unicode" of Windows' Notepad
    text = data.decode("utf-16" if is_utf16 else "utf-8-sig", "ignore").replace("\r\n", "\n")
    return bool(_BEGIN.match(text)) or text.lstrip().lower().startswith("title:")


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


def _as_yaml(header: str) -> str:
    """A header with the signs of YAML for those that keyboards and Word write in their place, line by line."""
    header = _OTHER_SPACES.sub(" ", header)
    return _TYPED_KEY.sub(r"\1: ", header)


def _yaml_fields(header: str) -> dict[str, Field]:
    try:
        _check_depth(header)
        node = yaml.compose(header, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, message = _mistake(header.split("\n"), mark.line if mark else -1)
        raise _malformed(line + 2, message) from None
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
            raise _malformed(line, _lost(lost, key))
        fields[key] = Field(value, line)
    return fields


def _mistake(lines: list[str], number: int) -> tuple[int, str]:
    """What is wrong with a header that is no YAML, and in which of its lines, from 0.

    Args:
        lines: The header.
        number: The line in which YAML noticed it; -1 if it does not say. The mistake is there or above.
    """
    for place, (line, following) in enumerate(pairwise(lines)):
        key, _, value = line.partition(":")
        quote = value.strip()[:1]
        if quote in ('"', "'") and value.count(quote) == 1 and _begins_field(following):
            return place, _advice(key, value.strip())
    above = [*reversed(list(enumerate(lines[: number + 1])))]
    for place, line in above:
        key, colon, value = line.partition(":")
        if colon and _KEY.fullmatch(key) and value[:1] not in ("", " "):
            return place, translate("leave a space after the colon: {key}: …", key=key)
    for place, line in above:
        if message := _mistake_of_layout(line, lines[place - 1] if place else ""):
            return place, message
        key, colon, value = line.partition(":")
        if colon and (_KEY.fullmatch(key) or place == number):
            if value.strip()[:1] in _SPECIAL_STARTS:
                return place, _advice(key, value.strip())
            if place < number or not place or _begins_field(lines[place - 1]):
                break
    text = translate("the header cannot be read; put texts with : or # in quotation marks, and indent with spaces")
    return max(number, -1), text


def _mistake_of_layout(line: str, before: str) -> str:
    """What is wrong with where a line begins, or ""."""
    if line.startswith("- ") if ":" in line else line[:1].isalpha():
        return translate("each line of the header must be of the form key: value")
    if glued := _GLUED_ITEM.match(line):
        return translate("leave a space after the hyphen: - {text}", text=glued[1])
    if line.lstrip(" ").startswith("\t"):
        return translate("begin no line of the header with a tab; indent with spaces")
    if _INDENTED_KEY.match(line) and before.partition(":")[2].strip():
        key = line.partition(":")[0].strip()
        return translate("begin the line {key} at its very start, without spaces before it", key=key)
    return ""


def _begins_field(line: str) -> bool:
    """Whether a line begins with a key, or is empty, as the one after the header is."""
    key, colon, _ = line.partition(":")
    return not line or bool(colon and _KEY.fullmatch(key))


def _advice(key: str, value: str) -> str:
    """What to do about a value that YAML cannot read, since it begins with a sign of its own."""
    if value[0] == '"' == value[-1] and "\\" in value:
        return _lost("\\", key)
    end = _ENDS.get(value[:1], "")
    if end and end not in value[1:]:
        return translate(
            "{key}: what begins with {sign} has no end; put {end} after it", key=key, sign=value[0], end=end
        )
    return translate(
        "{key}: a value that begins with {sign} is read otherwise; put it all in double quotation marks, “ ” inside",
        key=key,
        sign=value[0],
    )


def _lost(text: str, key: str) -> str:
    return translate(
        "{text} in {key} is lost or changed; put the value in single quotation marks: {key}: '…'", text=text, key=key
    )


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
    """Whether a YAML comment follows a text in its line, as in `title: Bài #1`."""
    if isinstance(node, yaml.SequenceNode):
        return any(_has_comment(header, item) for item in node.value)
    if not isinstance(node, yaml.ScalarNode) or node.style in ("|", ">"):
        return False
    return bool((_COMMENT_AFTER_QUOTES if node.style else _COMMENT).match(header, node.end_mark.index))


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
        raise _other_dashes(text, len(text) - len(text.lstrip())) or _malformed(
            1, translate("the file has no header: begin it with ---, title: …, date: …, category: …, ---")
        )
    return Document(fields, "\n".join(lines[number - 1 :]), number)


def _other_dashes(text: str, start: int) -> ContentError | None:
    """The problem of a header whose lines of hyphens are others: a dash, +++; None if it has none in front of a text.

    start: Where the file's text begins, or its header.
    """
    match = _OTHER_DASHES.match(text, start) if not _BEGIN.match(text) else _OTHER_DASHES.search(text, start)
    if not match:
        return None
    message = translate(
        "the header stands between two lines of three hyphens: write --- in place of {sign}", sign=match[0]
    )
    return _malformed(text.count("\n", 0, match.start()) + 1, message)


def _malformed(line: int, message: str) -> ContentError:
    return ContentError([Problem("", line, message)])
