"""Stage: the file of a new article, ready to be written in."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from pathlib import Path

from plugins.i18n import translate
from plugins.markdown_reader.header_values import is_slug, slug_of
from plugins.problems import ContentError, Problem, display_path

_FORM = """---
title: "{title}"
date: {date:%Y-%m-%d %H:%M}
category: {category}
tags: []
authors: []
summary: ""
status: draft
---

"""


def new_article(title: str, content: Path, category: str, moment: datetime) -> Path:
    """Create the draft of an article below `content` and return its path. Raises ContentError."""
    title = " ".join(unicodedata.normalize("NFC", title).split())
    slug = slug_of(title)
    if not is_slug(slug):
        raise ContentError(
            [Problem("title", 0, translate("{name} makes no address; use letters or digits", name=title))]
        )
    path = content / "articles" / f"{moment:%Y}" / f"{slug}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = _FORM.format(title=title.replace("\\", "\\\\").replace('"', '\\"'), date=moment, category=category)
    try:
        with path.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        raise ContentError(
            [Problem(display_path(path), 0, translate("is there already; choose another title"))]
        ) from None
    return path
