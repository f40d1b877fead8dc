"""Reads portal.toml: from bytes to its tables, or to what is wrong with the file as a whole."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from plugins.i18n import translate
from plugins.problems import ContentError, Problem, display_path
from plugins.problems.files import MEGABYTE, UnreadableError, read_bytes
from plugins.unicode_text import normalize

from . import syntax

FILE_NAME = "portal.toml"
_OTHER_BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u3000]")  # typed or pasted; between texts TOML has none of them


class OwnerFile(NamedTuple):
    """A file of settings that could be read: its path, its text, and the tables in it."""

    path: Path
    text: str
    tables: dict[str, Any]


def read(content: Path) -> OwnerFile | None:
    """Read the settings in a content folder; None if there is no such file.

    Raises:
        ContentError: The file cannot be read, or is no TOML in UTF-8.
    """
    path = content / FILE_NAME
    if not path.exists() and not path.is_symlink():
        return None
    try:
        data = read_bytes(path, MEGABYTE)
    except UnreadableError as error:
        raise ContentError([Problem(display_path(path), 0, str(error))]) from None
    text = _decode(data, path)
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, message = syntax.explain(str(error), text.rstrip("\n").split("\n"))
        raise ContentError([Problem(display_path(path), line, message)]) from None
    except (RecursionError, ValueError) as error:  # brackets a thousand deep, a day that does not exist
        reason = translate("this is no TOML: {reason}", reason=str(error))
        raise ContentError([Problem(display_path(path), 0, reason)]) from None
    return OwnerFile(path, text, _plain(tables))


def _decode(data: bytes, path: Path) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = translate("the file is not in UTF-8; save it again with the encoding UTF-8")
        raise ContentError([Problem(display_path(path), line, message)]) from None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_OTHER_BLANKS.sub(" ", normalize(line)) for line in lines)


def _plain(value: Any) -> Any:  # noqa: ANN401  # whatever TOML can say
    """Return a value with dates and times as texts, and texts on one line, as the schema knows them."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        return " ".join(value.split())
    return value.isoformat() if isinstance(value, date | datetime | time) else value
