"""What the worker of an edition's readers keeps ahead, as a file: pages with their versions, files, what is gone.

    {"version": "5f2c…", "style": "/theme/offline.1a2b3c4d.css", "pages": [["/", "9d1e0a55"], …],
     "files": ["/emblem.svg", …], "gone": ["/…/"]}

The worker asks for the file when the version that pages name is another one than it knows, and for a page when its
version has changed. A version covers all that a page says, with its frame, and which styles and scripts it has; it is
the same wherever the portal is built. A page of a later release than its version is asked for once more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from plugins import notices
from plugins.look.emblem import emblem
from plugins.portal.frame import frame
from plugins.portal.stories import digest

if TYPE_CHECKING:
    from plugins.portal.editions import Edition
    from plugins.portal.outputs import BuildContext
    from plugins.portal.stories import Story

NEWEST = 20  # articles
ON_HOME = 60  # so many articles may have a place on the front page
NAME = "ngoai-tuyen.json"
VERSION_LENGTH = 8  # hexadecimal digits


def address(build: BuildContext, lang: str) -> str:
    """Return the address of an edition's plan."""
    return build.addresses.prefix(lang) + NAME


def plan(build: BuildContext, edition: Edition, files: Iterable[str], style: str) -> tuple[str, bytes]:
    """Return the version and the content of an edition's plan.

    Args:
        build: The build, when all features have finished.
        edition: The edition.
        files: Addresses of files that pages ask for and whose names have no digest.
        style: The address of the style of the line above kept pages.
    """
    path, mark = build.addresses.path, emblem(build.settings)
    content = {
        "style": path(style),
        "pages": [[path(url), version] for url, version in _pages(build, edition)],
        "files": [path(name) for name in dict.fromkeys((mark.image, mark.icon, *files))],
        "gone": sorted(build.gone_pages),
    }
    version = digest(json.dumps(content))[:VERSION_LENGTH]
    return version, json.dumps({"version": version, **content}, separators=(",", ":")).encode()


def _pages(build: BuildContext, edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the address and version of each page, those that help in need first."""
    shown = frame(edition)
    assets = build.assets
    shared = shown.fingerprint, repr(dict(shown.agency)), *assets.stylesheets.values(), assets.script

    def version(*displayed: str) -> str:
        return digest(*shared, *displayed)[:VERSION_LENGTH]

    in_force = notices.feature.in_force[edition.lang] if notices.feature in build.features else []
    notice_texts = [story.list_text for story in in_force]
    yield edition.url("home"), version(*notice_texts, *(story.list_text for story in edition.articles[:ON_HOME]))
    if in_force:
        yield edition.url(f"{notices.NAME}_list"), version(*notice_texts)
    for story in _stories(edition, in_force):
        yield story.url, version(build.displayed_text(story))


def _stories(edition: Edition, in_force: Iterable[Story]) -> Iterator[Story]:
    """Yield notices in force, the pages of the footer, and the newest articles."""
    yield from in_force
    yield from (edition.pages[slug] for slug in edition.settings["FOOTER_PAGES"] if slug in edition.pages)
    yield from edition.articles[:NEWEST]
