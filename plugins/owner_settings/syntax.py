"""What is mostly wrong with a line that is no TOML, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plugins.i18n import translate

_PLACE = re.compile(r" \(at line (\d+), column \d+\)$")  # tomllib's
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')


def explain(reason: str, lines: Sequence[str]) -> tuple[int, str]:
    """Return the number of the line that is wrong, from 1, and what is wrong with it.

    Args:
        reason: What tomllib says. Its place is where it could not go on: where a comma or a bracket is missing, that is
            a later line.
        lines: Those of the file.
    """
    place = _PLACE.search(reason)
    number = min(int(place[1]) if place else len(lines), len(lines))
    if "Unclosed array" in reason:
        number, hint = _unclosed_list(lines, number)
    elif re.search("Cannot (overwrite|declare|mutate)|twice|Duplicate", reason):
        hint = _twice(lines, number)
    else:
        line = lines[number - 1]
        hint = next(text for found, text in _hints(_without_texts(line), line) if found)
    return number, f"{lines[number - 1].strip()}: {hint}"


def _unclosed_list(lines: Sequence[str], number: int) -> tuple[int, str]:
    """Return the line after which a list does not go on as it should, and what it lacks."""
    code = _without_texts(lines[number - 1])
    if re.search(r"\[[^\]]*;", code):
        return number, translate("items are separated by commas")
    if re.search(r"\[.*(\"\"|\}|\w)\s+[\"{\w]", code):
        return number, translate("a comma is missing between two items")
    before = next((n for n in range(number - 1, 0, -1) if _without_texts(lines[n - 1])), number)
    if re.match(r"[{\"\[\d]", code) and not re.search(r"[,\[]$", _without_texts(lines[before - 1])):
        return before, translate("a comma is missing at the end of this line")
    return before, translate("this list has no end; write ] after its last item")


def _twice(lines: Sequence[str], number: int) -> str:
    """Return what is wrong where something is named for the second time."""
    head = re.match(r"\[\[?([^\[\]]+)\]", _without_texts(lines[number - 1]))
    forms = {code for line in lines if head and (code := _without_texts(line)) in (f"[{head[1]}]", f"[[{head[1]}]]")}
    if head and len(forms) > 1:
        return translate("each item of this list begins with {head}, in two brackets", head=f"[[{head[1]}]]")
    values = [n for n, line in enumerate(lines, 1) if head and line.split("=")[0].strip() == head[1].partition(".")[0]]
    if values:
        return translate("line {line} gives this name a value already; take one of the two out", line=values[0])
    heads = [found[0] for line in lines if (found := re.match(r"\[\[?[\w.-]+\]\]?", _without_texts(line)))]
    below = [other for other in heads if head and other.strip("[]").startswith(f"{head[1]}.")]
    if below and head:
        return translate("{other} stands in this file too, and only one of the two can; keep one", other=below[0])
    return translate("this stands twice in the file; keep one")


def _hints(code: str, line: str) -> Iterator[tuple[object, str]]:
    """Yield for each usual mistake whether a line has it, and what to write. code: the line with empty texts."""
    yield re.search("[“”„‘’«»`\u00b4]", code), translate('write straight quotation marks: "…"')
    yield re.match(r"(\"\"|[^=\"]+)\s*[:：]", code), translate('write = after the key, not a colon: name = "…"')
    yield code.count('"') % 2 or "'" in code, translate("a quotation mark is missing; each text has one at both ends")
    inside = re.search(r"\"\"[^\s,;\"\]})#=:]|[^\s,;\"\[{(=:]\"\"", code.partition("=")[2])
    yield inside, translate("quotation marks within a text are “ and ”, or have a \\ before them")
    yield "\\" in line, translate(r"write / or \\ in the place of \ between quotation marks")
    missing_comma = re.search(r"\"\"\s*\"\"|[\]}]\s*[{\[\"]|(\"\"|[\w}\]])\s+\w+\s*=", code.partition("=")[2])
    yield missing_comma, translate("a comma is missing between two items")
    yield code.count("{") > code.count("}"), translate("what is in braces stands on one line, up to the }}")
    yield re.search(r",\s*\}", code), translate("no comma stands before the }}")
    no_end = re.match(r"\[[^\]=]*$|\[\[[^\]=]*\]?$", code)
    yield no_end, translate("the name of a table ends in ], that of a list in ]]")
    head = re.match(r"\[[^\[\]=]+\]$", code)
    yield head, translate("the list before this table has no end; write ] after its last item")
    yield re.match(r"[^=]+(==|=>|:=|\uff1d)", code), translate('one = stands after the key: name = "…"')
    value = code.partition("=")[2].strip()
    yield re.match(r"\d+[-/.]\d+[-/.]\d+", value), translate("a day is year, month and day, and must exist: 2026-11-20")
    yield (
        re.match(r"[+-]?\d", value),
        translate("a number is digits alone, such as 1024; a text stands in quotation marks"),
    )
    after = re.search(r"(\"\"|[\]}\w])\s*([,;]+$|//)", value)
    yield after and not re.match(r"\"\"\s*,\s*\"\"", value), translate("nothing follows a value but # and a remark")
    yield re.match(r"\"\"\s*,", value), translate('a list stands in square brackets: ["a", "b"]')
    yield re.match(r"[^=]+=\s*#", line), translate('# begins a remark; in a text it stands in quotation marks: "#…"')
    yield re.match(r"[^=]+=$", code), translate('nothing follows the =; write for example "…"')
    yield re.match(r"[^=\[\]{}]+$", code), translate('this is no setting; write key = "text", or # before a remark')
    yield (
        re.match(r"[^=]*[^\x00-\x7f][^=]*=", code),
        translate("a key has letters from a to z without marks; in [words] it stands in quotation marks"),
    )
    yield re.match(r"[\w.-]+\s+[\w.-]+.*=", code), translate("a key is one word, with _ in the place of a blank")
    yield re.search(r"(?i)=\s*(true|false|yes|no|có|không)$", code), translate("write true or false, in small letters")
    yield re.search(r"=\s*[^\W\d]", code), translate('a text stands in straight quotation marks: name = "Bình Sơn"')
    yield True, translate('this cannot be read; a line is key = "text", key = 3, key = ["a", "b"] or [table]')


def _without_texts(line: str) -> str:
    """Return a line without what stands between its quotation marks, and without its remark."""
    return _TEXT.sub('""', line).partition("#")[0].strip()
