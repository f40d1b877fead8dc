"""Renders articles that have just been saved before the build that follows, and what is in view before all else.

It uses what the last build has in memory, and only if nothing else depends on the change: title, lead, body. Lists,
neighbours and recordings follow with the build, and so do all errors.
"""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from plugins.incremental.files import write_file
from plugins.incremental.state import Source
from plugins.portal import reading
from plugins.portal.build import Portal
from plugins.portal.stories import Story, StoryRow

MANY = 50  # files that take so long that somebody would wait for one of them

# Fields of a row that may change: no other page depends on them, except for lists, which show the card
_OWN_FIELDS = {"card_digest", "full_digest", "has_notes", "file_digest", "title_digest", "text_sketch"}


def render_changed(portal: Portal, paths: Iterable[str]) -> bool:
    """Render the pages of those saved files that need no build for it; whether there were any.

    Args:
        portal: After a build that went well.
        paths: Absolute paths of files.
    """
    if portal.foreign_plugins:  # plugins of others may have changed the page
        return False
    saved, any_rendered = set(paths), False
    for story in portal.news.published:
        if os.path.join(portal.path, story.path) in saved and _reload(portal, story):
            _write_page(Path(portal.output_path), *portal.news.render_story(story))
            any_rendered = True
    return any_rendered


def render_in_view(portal: Portal, names: Iterable[str]) -> bool:
    """Write the files of a build that somebody looks at before all others; whether there were any.

    Args:
        portal: In a build, when all that is to be rendered is known.
        names: Files of the site. What all pages need, such as style sheets, is written with them.
    """
    queue, wanted = portal.site.queue, set(names)
    in_view = [(name, render) for name, render in queue if name in wanted]
    if not in_view or len(queue) < MANY:
        return False
    folders = tuple(portal.context["page_values"]["assets"].immutable_paths)
    needed = [(name, render) for name, render in queue if name.startswith(folders)]
    try:
        for name, render in (*needed, *in_view):
            _write_page(Path(portal.output_path), name, render())
    except Exception:  # the build reports what is wrong
        return False
    return True


class TypedText(NamedTuple):
    """What becomes of a text that is being written.

    Attributes:
        problems: What is wrong with it: line, message, level, code.
        html: Its page, "" if there can be none.
        address: That of its page, "" if there is none.
    """

    problems: list[tuple[int, str, str, str]]
    html: str
    address: str


def read_typed(portal: Portal, path: str, text: str) -> TypedText:
    """Read a text in place of a file, and render its page; nothing is saved.

    Args:
        portal: After a build; if that failed, no page is rendered.
        path: The file, relative to the content folder; it need not be there.
        text: All of the file, as it would be saved.
    """
    result = reading.read_file(portal.context["rules"], path, "", text)
    if isinstance(result, list):
        return TypedText([(problem.line, problem.message, problem.level, problem.code) for problem in result], "", "")
    source, body = result
    notes = json.loads(source.metadata)["notes"]
    address = f"{portal.context['addresses'].base}{StoryRow.unpack(source.row).url}"
    return TypedText(
        [tuple(note) for note in notes], "" if portal.errors else _typed_page(portal, source, body), address
    )


def _typed_page(portal: Portal, source: Source, body: str) -> str:
    """Return the page of a text, or "" where it has a category or author that the last build did not have."""
    known = next((story for story in portal.news.published if story.path == source.path), None)
    stored = {"body": body, "metadata": source.metadata}
    if known:
        story = copy.copy(known)
        story.reload(source, body)
    else:
        story = Story(source, portal.news.editions, lambda what, _: stored[what])
    try:
        return portal.news.render_story(story)[1].decode()
    except KeyError:
        return ""


def _reload(portal: Portal, story: Story) -> bool:
    """Read a story's file again; False if its change needs a build."""
    result = reading.read_file(portal.context["rules"], story.path, "")
    if isinstance(result, list):
        return False
    source, body = result
    now, before = StoryRow.unpack(source.row)._asdict(), story.row._asdict()
    if any(now[name] != before[name] for name in now.keys() - _OWN_FIELDS):
        return False
    story.reload(source, body)
    return True


def _write_page(site: Path, name: str, data: bytes) -> None:
    unfinished = site / f"{name}.new"
    write_file(str(unfinished), data)
    os.replace(unfinished, site / name)
