"""A podcast's feed: RSS 2.0 (https://www.rssboard.org/rss-specification), with the elements that podcast apps ask
for (https://podcasters.apple.com/support/823-podcast-requirements) and the transcript of each episode
(https://podcastindex.org/namespace/1.0)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

ATOM, ITUNES = "http://www.w3.org/2005/Atom", "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
PODCASTS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")  # what podcast:guid is made in
LONGEST = 4000  # characters of a description
for _prefix, _address in (("atom", ATOM), ("itunes", ITUNES), ("podcast", PODCAST)):
    register_namespace(_prefix, _address)


@dataclass(frozen=True)
class Channel:
    """A podcast. site: the portal's public address, "" where there is none. address, page, cover: of the feed, of the
    page about it, of its picture, all without leading slash."""

    site: str
    address: str
    title: str
    about: str
    lang: str
    author: str
    page: str
    cover: str
    email: str = ""

    def url(self, address: str) -> str:
        """The full address of a file of the portal."""
        return f"{self.site}/{quote(address)}"


@dataclass(frozen=True)
class Episode:
    """An article to be heard. file: address of MP3 and WebVTT without ending. size in bytes, length in ms."""

    title: str
    url: str
    about: str
    date: datetime
    authors: Sequence[str]
    file: str
    size: int
    length: int


def rss(channel: Channel, episodes: Sequence[Episode]) -> bytes:
    """The feed, newest episode first."""
    root = Element("rss", version="2.0")
    top = SubElement(root, "channel")

    def add(parent: Element, name: str, said: str = "", **attributes: str) -> Element:
        element = SubElement(parent, name, attributes)
        element.text = _clean(said) or None
        return element

    add(top, "title", channel.title)
    add(top, "link", channel.url(channel.page))
    add(top, "description", channel.about[:LONGEST])
    add(top, "language", channel.lang)
    add(top, f"{{{ATOM}}}link", href=channel.url(channel.address), rel="self", type="application/rss+xml")
    if episodes:
        add(top, "pubDate", format_datetime(episodes[0].date))
    add(top, f"{{{ITUNES}}}image", href=channel.url(channel.cover))
    add(top, f"{{{ITUNES}}}author", channel.author)
    add(top, f"{{{ITUNES}}}explicit", "false")
    add(top, f"{{{ITUNES}}}type", "episodic")
    add(add(top, f"{{{ITUNES}}}category", text="News"), f"{{{ITUNES}}}category", text="Daily News")
    if channel.email:
        owner = add(top, f"{{{ITUNES}}}owner")
        add(owner, f"{{{ITUNES}}}name", channel.author)
        add(owner, f"{{{ITUNES}}}email", channel.email)
    feed = channel.url(channel.address).split("://")[-1].rstrip("/")
    add(top, f"{{{PODCAST}}}guid", str(uuid.uuid5(PODCASTS, feed)))
    add(top, f"{{{PODCAST}}}locked", "no", **({"owner": channel.email} if channel.email else {}))
    add(top, f"{{{PODCAST}}}medium", "podcast")
    for episode in episodes:
        item = add(top, "item")
        add(item, "title", episode.title)
        add(item, "link", channel.url(episode.url))
        add(item, "guid", channel.url(episode.url), isPermaLink="true" if channel.site else "false")
        add(item, "pubDate", format_datetime(episode.date))
        add(item, "description", (episode.about or episode.title)[:LONGEST])
        add(item, "enclosure", url=channel.url(episode.file + ".mp3"), length=str(episode.size), type="audio/mpeg")
        add(item, f"{{{ITUNES}}}duration", str(max(1, round(episode.length / 1000))))
        add(item, f"{{{ITUNES}}}explicit", "false")
        add(item, f"{{{ITUNES}}}episodeType", "full")
        if episode.authors:
            add(item, f"{{{ITUNES}}}author", ", ".join(episode.authors))
        add(
            item,
            f"{{{PODCAST}}}transcript",
            url=channel.url(episode.file + ".vtt"),
            type="text/vtt",
            language=channel.lang,
        )
    indent(root, "")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="utf-8") + b"\n"


def _clean(text: str) -> str:
    """Without what XML cannot hold (https://www.w3.org/TR/xml/#charsets)."""
    return "".join(c for c in text if c in "\t\n" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff")
