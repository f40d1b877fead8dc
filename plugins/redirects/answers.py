"""Writes into the content what becomes of addresses that end: `aliases:`, `dia-chi-cu.txt` and `da-go.txt`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from plugins.i18n import translate
from plugins.markdown_reader.header_parser import split_document
from plugins.portal.ended_addresses import Ended
from plugins.problems import ContentError, Problem, display_path
from plugins.proofreading.mending import rewrite_file
from plugins.proofreading.pages import HEADER, Page

from . import former_lists, withdrawn


def answer(ended: Iterable[Ended], content: Path, keep: bool, gone: bool) -> Iterator[Problem]:
    """Answer for addresses that end, and yield what was written, and an error for what could not be.

    Args:
        ended: The addresses.
        content: The content folder.
        keep: Let those lead on that have a successor.
        gone: Say of those without one that they are gone for good.
    """
    for each in ended:
        url, path = each.before.url, content / each.successor_path
        if each.successor_path and keep:
            try:
                rewrite_file(path, lambda text, url=url: with_alias(text, url))  # type: ignore[misc]  # no lambda type
            except (OSError, ValueError):
                text = translate("write {url} into aliases: in the header of this file", url=url)
                yield Problem(display_path(path), 1, text)
                continue
            yield _written(path, url, each.successor)
        elif each.successor and keep:
            _append(content / former_lists.FILE, f"{url} = {each.successor}")
            yield _written(content / former_lists.FILE, url, each.successor)
        elif gone and not each.successor:
            _append(content / withdrawn.FILE, url)
            text = translate("{url} is written down as gone", url=url)
            yield Problem(display_path(content / withdrawn.FILE), 0, text, "note")


def _written(path: Path, url: str, successor: str) -> Problem:
    text = translate("{url} leads to {new} from now on", url=url, new=successor)
    return Problem(display_path(path), 0, text, "note")


def _append(path: Path, line: str) -> None:
    """Add a line to one of the owner's lists."""
    if not path.exists():
        path.write_text("", encoding="utf-8")
    rewrite_file(path, lambda text: f"{text}{'' if not text or text.endswith(chr(10)) else chr(10)}{line}\n")


def with_alias(text: str, address: str) -> str:
    """Return a content file with one more of `aliases` in its header.

    Raises:
        ValueError: Its header is none that this can be written into.
    """
    page = Page(text, "")
    lines = [line for line in page.lines if line.kind == HEADER]
    dashes = [line for line in lines if re.fullmatch(r"---\s*", line.text)]
    if len(dashes) < 2:
        raise ValueError("no header between lines of dashes")
    end = dashes[0].end or "\n"
    key = next((line for line in lines if re.match(r"(?:aliases|alias)\s*:", line.text, re.I)), None)
    if key is None:
        at, insert = dashes[1].start, f"aliases:{end}  - {address}{end}"
    elif key.text.rstrip().endswith("]"):
        at = key.start + key.text.rindex("]")
        insert = f"{'' if key.text[: key.text.rindex(']')].rstrip().endswith('[') else ', '}{address}"
    elif value := key.text.partition(":")[2].strip():
        colon = key.start + key.text.index(":") + 1
        new = f"{text[:colon]}{end}  - {value}{end}  - {address}{text[key.stop :]}"
        return _checked(new, address)
    else:
        following = page.lines[key.number]
        indent = re.match(r"\s*", following.text) if following.text.lstrip().startswith("-") else None
        at, insert = key.stop + len(key.end), f"{indent[0] if indent else '  '}- {address}{end}"
    return _checked(f"{text[:at]}{insert}{text[at:]}", address)


def _checked(text: str, address: str) -> str:
    """A file, if its header has the address among its aliases; else raises ValueError."""
    try:
        fields = split_document(text.replace("\r\n", "\n")).fields
    except ContentError as error:
        raise ValueError(str(error)) from None
    values = next((field.value for key, field in fields.items() if key.lower() in ("aliases", "alias")), [])
    if address not in values:
        raise ValueError("the address is not among the aliases")
    return text
