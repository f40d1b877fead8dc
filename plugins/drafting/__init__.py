"""Stage: create the file of a new article with its header filled in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from plugins.i18n import translate
from plugins.markdown_reader.header_values import is_slug, slug_of
from plugins.problems import ContentError, Problem, display_path
from plugins.unicode_text import normalize

_TEMPLATE = """---
title: "{title}"
date: {date:%Y-%m-%d %H:%M}
category: {category}
tags: []
authors: []
summary: ""
status: draft
---

"""


def new_article(title: str, content: Path, category: str, date: datetime) -> Path:
    """Create the draft of an article.

    Args:
        title: Its title, from which the name of the file is made.
        content: The content folder.
        category: The category to begin with.
        date: The date to begin with.

    Returns:
        The path of the new file.

    Raises:
        ContentError: The title makes no slug, or the file exists already.
    """
    title = " ".join(normalize(title).split())
    slug = slug_of(title)
    if not is_slug(slug):
        text = translate("{name} makes no address; use letters or digits", name=title)
        raise ContentError([Problem("title", 0, text)])
    path = content / "articles" / f"{date:%Y}" / f"{slug}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    escaped_title = title.replace("\\", "\\\\").replace('"', '\\"')
    try:
        with path.open("x", encoding="utf-8") as stream:
            stream.write(_TEMPLATE.format(title=escaped_title, date=date, category=category))
    except FileExistsError:
        text = translate("is there already; choose another title")
        raise ContentError([Problem(display_path(path), 0, text)]) from None
    return path
