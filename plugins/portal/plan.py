"""What a build would change for readers, found out without publishing anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from plugins.addresses import output_name
from plugins.i18n import translate
from plugins.problems import Problem

if TYPE_CHECKING:
    from .build import Portal


class Place(NamedTuple):
    """An article or another thing that editors write: its address and title, "" where that is not known any more."""

    address: str
    title: str


@dataclass(frozen=True)
class Plan:
    """What a build would change.

    Attributes:
        new, changed, removed: What editors write.
        others: How many further files are made anew: lists, neighbours, feeds, files of the search.
        notes: What is reported and keeps nothing from being published.
    """

    new: list[Place] = field(default_factory=list)
    changed: list[Place] = field(default_factory=list)
    removed: list[Place] = field(default_factory=list)
    others: int = 0
    notes: list[Problem] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """Yield a line for each change, and one for the rest."""
        groups = (
            (translate("new"), self.new),
            (translate("changed"), self.changed),
            (translate("removed"), self.removed),
        )
        for name, places in groups:
            yield from (f"{name}: {place.address} {place.title}".rstrip() for place in places)
        yield translate("{count} further files would be made anew.", count=self.others)


class _Seen(Exception):  # noqa: N818  no error: the end of what is wanted
    """All that would be published is known."""


def plan(portal: Portal) -> Plan:
    """Return what a build of a portal would change; costly files are made for it and kept, nothing is published.

    Raises:
        ContentError: It could not be published.
    """

    def stop(_notes: Iterable[Problem]) -> None:
        raise _Seen

    with suppress(_Seen):
        portal.build(stop, on_copy=True)
    site, base, changed_files = portal.site, portal.news.build.addresses.base, portal.news.sources.changed
    new, changed, named = [], [], set()
    for story in portal.news.published:
        name = output_name(story.url)
        if name in site.reasons:
            place = Place(f"{base}{story.url}", story.title)
            if name not in site.previous:
                new.append(place)
            elif story.path in changed_files:
                changed.append(place)
            else:
                continue
            named.add(name)
    gone = {output_name(url) for url in portal.news.build.gone_pages.values()} & site.reasons.keys()
    addresses, kinds = portal.news.build.addresses, portal.context["rules"].kinds
    removed = [
        Place(f"{base}{name.removesuffix('index.html')}", "")
        for name in sorted(site.obsolete | gone)
        if (found := addresses.resolve(name)) and found.name in kinds and found.slug and not found.file
    ]
    others = len(site.reasons.keys() - named - gone)
    return Plan(new, changed, removed, others, [note for note in portal.notes if note.level == "warning"])
