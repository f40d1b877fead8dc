"""Stage: addresses of an old portal lead to the articles of this one.

`aliases:` in a header names former addresses; a `source_url` is one too where its host is among
OLD_PORTALS. For each there is a small page that leads on, and all of them stand in `_redirects`
(static hosts) and in `redirects.map` for nginx, the only one that can tell addresses with a question
mark apart.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from html import escape
from typing import Any
from urllib.parse import unquote, urlsplit

from markupsafe import escape as markup
from pelican import signals

from plugins.checks import Problem, short
from plugins.i18n import say
from plugins.languages import Language, settled
from plugins.portal.filters import path as link
from plugins.portal.stories import ITEM, digest

DEFAULTS: dict[str, list[str]] = {"OLD_PORTALS": []}  # hosts whose addresses were those of this portal


def former(story: Any, hosts: Iterable[str]) -> Iterator[str]:
    """The former addresses of a story: path and query, beginning with a slash."""
    *aliases, source = story.line.former.split(ITEM)
    for address in aliases:
        yield _local(address)
    if source and urlsplit(source).netloc.lower() in hosts:
        yield _local(source)


def _local(address: str) -> str:
    parts = urlsplit(address)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def collect(published: Iterable[Any], hosts: Iterable[str], content: str) -> tuple[dict[str, Any], list[Problem]]:
    """Former address -> the story it leads to, and an error for each that is claimed twice."""
    hosts, found, problems = {host.lower() for host in hosts}, {}, []
    published = list(published)
    moved = [story for story in published if story.line.former]
    own = {"/" + story.url: story for story in published} if moved else {}
    for story in moved:
        for address in dict.fromkeys(former(story, hosts)):
            other = own.get(unquote(address)) or found.get(address)
            if other is story or address == "/":
                continue
            if other:
                text = say("aliases: {address} already leads to {other}; take it out of one of them", address=address,
                           other=short(os.path.join(content, other.path)))  # fmt: skip
                problems.append(Problem(short(os.path.join(content, story.path)), 1, text))
            else:
                found[address] = story
    return dict(sorted(found.items())), problems


def file_of(address: str) -> str:
    """The file that answers at a former address; "" where no static file can, as for one with a query."""
    name = unquote(address).lstrip("/")
    if "?" in address or not name or ".." in name.split("/"):
        return ""
    if name.endswith("/"):
        return name + "index.html"
    return name if name.endswith((".html", ".htm")) else name + "/index.html"


def page(target: str, site: str, language: Language) -> bytes:
    """A page that leads on at once, and says so where a browser does not."""
    words = markup(language.words.gettext("This article has moved:"))
    address = escape(link(target))
    return settled(
        f'<!DOCTYPE html>\n<html lang="{language.code}">\n<head><meta charset="utf-8"><title>{words}</title>\n'
        f'<meta name="robots" content="noindex"><meta http-equiv="refresh" content="0; url={address}">\n'
        f'<link rel="canonical" href="{escape(site)}{address}"></head>\n'
        f'<body><main><h1>{words}</h1><p><a href="{address}">{escape(site)}{address}</a></p></main></body>\n</html>\n'
    ).encode()


def nginx(found: Mapping[str, Any]) -> bytes:
    """For `map $request_uri $moved { include redirects.map; }` and `if ($moved) { return 301 $moved; }`."""
    lines = (f"{json.dumps(address, ensure_ascii=False)} {json.dumps(link(story.url))};\n" for address, story in found.items())
    return "".join(lines).replace("$", "${dollar}").encode()


def hosts_file(found: Mapping[str, Any]) -> bytes:
    """The `_redirects` of static hosts: what their format can say."""
    return "".join(f"{a} {link(s.url)} 301\n" for a, s in found.items() if "?" not in a and "*" not in a and ":" not in a).encode()


def _collect(generators: list[Any]) -> None:
    news = generators[0]
    hosts = news.settings.get("OLD_PORTALS", DEFAULTS["OLD_PORTALS"])
    news.former_addresses, problems = collect(news.published, hosts, news.settings["PATH"])
    news.context["problems"] += problems


def _ask(generator: Any, writer: Any) -> None:
    found: dict[str, Any] = generator.former_addresses
    if not found:
        return
    site = generator.settings["SITEURL"]
    for address, story in found.items():
        name = file_of(address)
        if name:
            writer.ask(name, digest(site, story.url, story.lang), partial(page, story.url, site, story.edition.language))
    mark = digest(*(f"{address} {story.url}" for address, story in found.items()))
    writer.ask("redirects.map", mark, partial(nginx, found))
    writer.ask("_redirects", mark, partial(hosts_file, found))


def register() -> None:
    """Pelican's hooks."""
    signals.all_generators_finalized.connect(_collect)
    signals.article_writer_finalized.connect(_ask)
