"""The pages of articles that have just been saved, before the build that follows.

They are made from what the last build holds in memory, where only what an article itself says has changed: its title,
lead, body. Lists, neighbours, recordings come with the build, and so does every error.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from plugins.incremental.site import write_file
from plugins.portal import reading
from plugins.portal.build import Portal
from plugins.portal.stories import Story, StoryRow

_ITS_OWN = {
    "card_digest",
    "full_digest",
    "has_notes",
    "file_digest",
}  # what no other page hangs on, but for lists that show its card


def render_changed(portal: Portal, paths: Iterable[str]) -> bool:
    """Bring over the pages of those of the files that need no build for it. paths: absolute. Whether there are any."""
    if portal.foreign_plugins:  # they may have changed the page
        return False
    saved, shown = set(paths), False
    for story in portal.news.published:
        if os.path.join(portal.path, story.path) in saved and _reread(portal, story):
            _replace(Path(portal.output_path), *portal.news.render_story(story))
            shown = True
    return shown


def _reread(portal: Portal, story: Story) -> bool:
    """Have a story say what its file says now; False where that needs a build."""
    result = reading.read_file(portal.context["rules"], story.path, "")
    if isinstance(result, list):
        return False
    source, body = result
    now, before = StoryRow.unpack(source.row)._asdict(), story.row._asdict()
    if any(now[name] != before[name] for name in now.keys() - _ITS_OWN):
        return False
    story.reload(source, body)
    return True


def _replace(site: Path, name: str, data: bytes) -> None:
    aside = site / f"{name}.new"
    write_file(str(aside), data)
    os.replace(aside, site / name)
