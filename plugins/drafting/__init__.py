"""Stage: create the file of a new article, or of a thing of another kind, with its header filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from plugins.features.hooks import Kind
from plugins.i18n import translate
from plugins.markdown_reader.header_values import is_slug, slug_of
from plugins.problems import ContentError, Problem, display_path
from plugins.unicode_text import normalize

ARTICLE_LINES = """category: {category}
tags: []
authors: []
summary: ""
"""


def split_words(words: Sequence[str], kinds: Mapping[str, Kind]) -> tuple[str, str]:
    """Return the kind of content that somebody names before a title, "" for none, and the title.

    A title needs no quotation marks, so most words are of it. The first names a kind if it is written as the folder or
    name of one, or as any folder is (`thong-bao`), or if a title in quotation marks follows it.

    Args:
        words: What was typed after the command.
        kinds: All kinds of content of the portal.
    """
    first, *rest = words or [""]
    is_known = any(first in (kind.folder, kind.name) for kind in kinds.values())
    is_quoted = len(rest) == 1 and " " in first + rest[0]
    if rest and (is_known or is_quoted or re.fullmatch(r"[a-z]+(-[a-z]+)+", first)):
        return first, " ".join(rest)
    return "", " ".join(words)


def find_kind(name: str, kinds: Mapping[str, Kind], gettext: Callable[[str], str], command: str = "new") -> Kind:
    """Find the kind of content that an editor names: by its folder, its name or its label, with or without marks.

    Args:
        name: What the editor has typed, such as "thong-bao" or "Thông báo".
        kinds: All kinds of content of the portal.
        gettext: Translates a label.
        command: The command that wants it.

    Raises:
        ContentError: There is no such kind.
    """
    wanted = slug_of(normalize(name))
    for kind in kinds.values():
        if wanted in (kind.folder, *map(slug_of, (kind.name, kind.label, gettext(kind.label)))):
            return kind
    known = ", ".join(kind.folder for kind in kinds.values())
    raise ContentError(
        [Problem(command, 0, translate("there is no kind {name}; there are {known}", name=name, known=known))]
    )


def new_draft(title: str, kind: Kind, settings: Mapping[str, Any], date: datetime, lines: str = "") -> Path:
    """Create the draft of an article, a page or a thing of a feature's kind.

    Args:
        title: Its title, from which the name of the file is made.
        kind: Its kind of content.
        settings: Pelican's settings, with the content folder.
        date: The date to begin with.
        lines: Lines of the header besides title, date and status.

    Returns:
        The path of the new file.

    Raises:
        ContentError: The title makes no slug, or the file exists already.
    """
    title = " ".join(normalize(title).split())
    if not title:
        raise ContentError([Problem("new", 0, translate("write the title of the article after the command"))])
    slug = slug_of(title)
    if not is_slug(slug):
        text = translate("{name} makes no address; use letters or digits", name=title)
        raise ContentError([Problem("title", 0, text)])
    path = Path(settings["PATH"]) / kind.folders(settings)[0] / (f"{date:%Y}" if kind.listed else "") / f"{slug}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    escaped_title = title.replace("\\", "\\\\").replace('"', '\\"')
    dated = f"{kind.dated_by}: {date:%Y-%m-%d %H:%M}\n" if kind.listed else ""
    try:
        with path.open("x", encoding="utf-8") as stream:
            stream.write(f'---\ntitle: "{escaped_title}"\n{dated}{lines}status: draft\n---\n\n')
    except FileExistsError:
        text = translate("is there already; choose another title")
        raise ContentError([Problem(display_path(path), 0, text)]) from None
    return path
