"""Writes the RSS 2.0 feed of a podcast (https://www.rssboard.org/rss-specification).

It has the elements that podcast apps require (https://podcasters.apple.com/support/823-podcast-requirements) and a
transcript of each episode (https://podcastindex.org/namespace/1.0).
"""

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
GUID_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")  # of podcast:guid, by its specification
MAX_DESCRIPTION = 4000  # characters
for _prefix, _uri in (("atom", ATOM), ("itunes", ITUNES), ("podcast", PODCAST)):
    register_namespace(_prefix, _uri)


@dataclass(frozen=True)
class Channel:
    """A podcast.

    Args:
        site: The portal's public address, "" if it has none.
        address: Of the feed, without leading slash, as the following addresses.
        title, description, lang, author: Of the podcast.
        page: Address of the page about it.
        cover: Address of its picture.
        email: Where podcast directories may write to.
    """

    site: str
    address: str
    title: str
    description: str
    lang: str
    author: str
    page: str
    cover: str
    email: str = ""

    def url(self, address: str) -> str:
        """The full URL of an address of the portal."""
        return f"{self.site}/{quote(address)}"


@dataclass(frozen=True)
class Episode:
    """A recorded article.

    Args:
        title, description, date, authors: Of the article.
        url: Its address, without leading slash.
        file: The address of its MP3 and WebVTT, without leading slash and extension.
        size: Of the MP3, in bytes.
        length: Of the recording, in ms.
    """

    title: str
    url: str
    description: str
    date: datetime
    authors: Sequence[str]
    file: str
    size: int
    length: int


def rss(channel: Channel, episodes: Sequence[Episode]) -> bytes:
    """The feed as XML. episodes: the newest first."""
    root = Element("rss", version="2.0")
    top = SubElement(root, "channel")
    _add_channel(top, channel, episodes)
    for episode in episodes:
        _add_episode(SubElement(top, "item"), channel, episode)
    indent(root, "")
    xml: bytes = tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + xml + b"\n"


def _add(parent: Element, name: str, content: str = "", /, **attributes: str) -> Element:
    element = SubElement(parent, name, attributes)
    element.text = _clean(content) or None
    return element


def _add_channel(top: Element, channel: Channel, episodes: Sequence[Episode]) -> None:
    """Add the elements of a channel that precede its items."""
    _add(top, "title", channel.title)
    _add(top, "link", channel.url(channel.page))
    _add(top, "description", channel.description[:MAX_DESCRIPTION])
    _add(top, "language", channel.lang)
    _add(top, f"{{{ATOM}}}link", href=channel.url(channel.address), rel="self", type="application/rss+xml")
    if episodes:
        _add(top, "pubDate", format_datetime(episodes[0].date))
    _add(top, f"{{{ITUNES}}}image", href=channel.url(channel.cover))
    _add(top, f"{{{ITUNES}}}author", channel.author)
    _add(top, f"{{{ITUNES}}}explicit", "false")
    _add(top, f"{{{ITUNES}}}type", "episodic")
    _add(_add(top, f"{{{ITUNES}}}category", text="News"), f"{{{ITUNES}}}category", text="Daily News")
    if channel.email:
        owner = _add(top, f"{{{ITUNES}}}owner")
        _add(owner, f"{{{ITUNES}}}name", channel.author)
        _add(owner, f"{{{ITUNES}}}email", channel.email)
    url_without_scheme = channel.url(channel.address).split("://")[-1].rstrip("/")
    _add(top, f"{{{PODCAST}}}guid", str(uuid.uuid5(GUID_NAMESPACE, url_without_scheme)))
    _add(top, f"{{{PODCAST}}}locked", "no", **({"owner": channel.email} if channel.email else {}))
    _add(top, f"{{{PODCAST}}}medium", "podcast")


def _add_episode(item: Element, channel: Channel, episode: Episode) -> None:
    _add(item, "title", episode.title)
    _add(item, "link", channel.url(episode.url))
    _add(item, "guid", channel.url(episode.url), isPermaLink="true" if channel.site else "false")
    _add(item, "pubDate", format_datetime(episode.date))
    _add(item, "description", (episode.description or episode.title)[:MAX_DESCRIPTION])
    _add(item, "enclosure", url=channel.url(episode.file + ".mp3"), length=str(episode.size), type="audio/mpeg")
    _add(item, f"{{{ITUNES}}}duration", str(max(1, round(episode.length / 1000))))
    _add(item, f"{{{ITUNES}}}explicit", "false")
    _add(item, f"{{{ITUNES}}}episodeType", "full")
    if episode.authors:
        _add(item, f"{{{ITUNES}}}author", ", ".join(episode.authors))
    transcript = channel.url(episode.file + ".vtt")
    _add(item, f"{{{PODCAST}}}transcript", url=transcript, type="text/vtt", language=channel.lang)


def _clean(text: str) -> str:
    """A text without the characters that XML cannot hold (https://www.w3.org/TR/xml/#charsets)."""
    return "".join(c for c in text if c in "\t\n" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff")
