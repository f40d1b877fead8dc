"""The pages of articles that have just been saved, before the build that follows.

They are made from what the last build holds in memory, where only what an article itself says has changed: its title,
lead, body. Lists, neighbours, recordings come with the build, and so does every error.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from operator import attrgetter
from pathlib import Path

from plugins.incremental.writer import write
from plugins.portal import reading
from plugins.portal.build import Portal
from plugins.portal.stories import Story

_OTHERS_SHOW = attrgetter("kind", "lang", "slug", "status", "moment", "category_name", "tag_names", "author_names", "aliases")
_FOUND = attrgetter("picture_paths", "link_paths")  # by the last build, or not


def show(portal: Portal, paths: Iterable[str]) -> bool:
    """Bring over the pages of those of the files that need no build for it. paths: absolute. Whether there are any."""
    saved, shown = set(paths), False
    for story in portal.news.published:
        if os.path.join(portal.path, story.path) in saved and _reread(portal, story):
            _replace(Path(portal.output_path), *portal.news.page_of(story))
            shown = True
    return shown


def _reread(portal: Portal, story: Story) -> bool:
    """Have a story say what its file says now; False where that needs a build."""
    result = reading.read_file(portal.settings, story.path, "")
    if isinstance(result, list):
        return False
    source, body = result
    new = Story(source, portal.news.editions, lambda *_: "")
    if _OTHERS_SHOW(new) != _OTHERS_SHOW(story) or _FOUND(new) != _FOUND(story):
        return False
    story.take(source, body)
    return True


def _replace(site: Path, name: str, data: bytes) -> None:
    aside = site / f"{name}.new"
    write(str(aside), data)
    os.replace(aside, site / name)
