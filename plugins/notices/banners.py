"""What a banner says of a notice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import header

if TYPE_CHECKING:
    from plugins.portal.stories import Story

BANNERS = "thong-bao.js"  # at the root of the site, for all languages: script.js asks for it; empty without a warning


class Banner(NamedTuple):
    """A notice in a banner.

    Attributes:
        level: One of `header.LEVELS`.
        level_name: An English msgid.
        title: Its title.
        url: Its address, without leading slash.
        start, end: ISO 8601 with the offset from UTC.
        start_text, end_text: The same for readers.
        where: The names of its communes, with commas.
        phone: "" if it has none.
    """

    level: str
    level_name: str
    title: str
    url: str
    start: str
    end: str
    start_text: str
    end_text: str
    where: str
    phone: str


def banner_of(story: Story) -> Banner:
    """Return what a banner says of a notice."""
    values = story.metadata
    start, end = values["from"], values["until"]
    return Banner(
        level=values["level"],
        level_name=header.LEVELS[values["level"]],
        title=story.title,
        url=story.url,
        start=start,
        end=end,
        start_text=header.moment(start, story.lang),
        end_text=header.moment(end, story.lang),
        where=", ".join(values.get("values", {}).get("where", [])),
        phone=values.get("phone", ""),
    )
