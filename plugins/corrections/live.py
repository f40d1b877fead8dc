"""An article that is told as it happens (`live: true`): its sections begin with a time, the newest first.

## 14:20 Nước sông dâng thêm 20 cm
## 28/11/2026 09:05: Mở cửa điểm sơ tán
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

from plugins.i18n import translate

if TYPE_CHECKING:
    from plugins.portal.stories import Story

_HEADING = re.compile(
    r"(?P<tag><h2(?: id=\"(?P<id>[^\"]*)\")?[^>]*>)"
    r"(?P<when>(?:(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})[,\s]+)?(?P<hour>[01]?\d|2[0-3])(?::|h|g)(?P<minute>[0-5]\d))"
    r"(?P<rest>\s*[:,.–-]?\s*(?P<words>.*?)</h2>)",
    re.S,
)
_LIKE_A_TIME = re.compile(r"<h2[^>]*>(?P<words>(?:\d{1,2}/\d{1,2}/\d{4}[,\s]+)?\d{1,2}(?::|h|g)\d{1,2}.*?)</h2>", re.S)
_TAG = re.compile(r"<[^>]*>")


class Section(NamedTuple):
    """A section of a live article: its time, the id of its heading ("" if it has none), and its words."""

    at: datetime
    place: str
    headline: str


def is_live(story: Story) -> bool:
    """Return whether an article is told as it happens."""
    return "live" in story.row.marks and bool(story.metadata.get("live"))


def with_times(html: str, published: datetime) -> str:
    """Mark the time at the head of each section as a time.

    Args:
        html: The text of an article.
        published: When it was published: the day of times without one.
    """

    def mark(heading: re.Match[str]) -> str:
        time_of = f'<time datetime="{_time(heading, published).isoformat()}">{heading["when"]}</time>'
        return heading["tag"] + time_of + heading["rest"]

    return _HEADING.sub(mark, html)


def sections(html: str, published: datetime) -> Iterator[Section]:
    """Yield the sections of a text that begin with a time."""
    for heading in _HEADING.finditer(html):
        yield Section(_time(heading, published), heading["id"] or "", unescape(_TAG.sub("", heading["words"])).strip())


def doubts(html: str, published: datetime) -> Iterator[str]:
    """Yield what is wrong with the sections of a live article: none that begins with a time, or a time there is not."""
    if next(sections(html, published), None) is None:
        yield translate("no heading begins with a time; write for example {example}", example="## 14:20 Nước sông dâng")
    for heading in _LIKE_A_TIME.finditer(html):
        if not _HEADING.match(html, heading.start()):
            written = unescape(_TAG.sub("", heading["words"])).strip()
            yield translate("{heading}: there is no such time; correct the heading", heading=written)


def structured(story: Story) -> dict[str, Any]:
    """Return a live article in the vocabulary of schema.org."""
    updates = [
        {"@type": "BlogPosting", "headline": section.headline, "datePublished": section.at.isoformat()}
        for section in sections(story.body, story.date)
    ]
    found = {"@type": "LiveBlogPosting", "coverageStartTime": story.date.isoformat()}
    return found | ({"liveBlogUpdate": updates} if updates else {})


def _time(heading: re.Match[str], published: datetime) -> datetime:
    day = published.date()
    with suppress(ValueError):  # 31/2/2026
        day = date(*(int(heading[name]) for name in ("year", "month", "day"))) if heading["year"] else day
    return datetime.combine(day, time(int(heading["hour"]), int(heading["minute"])), published.tzinfo)
