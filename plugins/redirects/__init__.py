"""Stage: addresses of an old portal lead to the articles of this one.

`aliases:` in a header names former addresses; a `source_url` is one too where its host is among OLD_PORTALS, and what
ARTICLE_URL was before (FORMER_ARTICLE_URLS) makes one for each article. For each there is a small page that leads on,
and all of them stand in `_redirects` (static hosts) and in nginx's configuration (plugins/web_server), the only one
that can tell addresses with a question mark apart.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import unquote, urlsplit

from markupsafe import escape as markup

from plugins.features.hooks import ALL, Feature, Key
from plugins.i18n import translate
from plugins.languages import Language, apply_language_marks
from plugins.markdown_reader.header_values import former_address
from plugins.portal.editions import row_url
from plugins.portal.filters import path as link
from plugins.portal.stories import ITEM_SEPARATOR, digest
from plugins.problems import Problem, display_path

if TYPE_CHECKING:
    from plugins.portal.outputs import BuildContext, Outputs
    from plugins.portal.stories import Story


def former_addresses(story: Story, hosts: Iterable[str]) -> Iterator[str]:
    """The former addresses of a story: path and query, beginning with a slash."""
    *aliases, source = story.row.former_addresses.split(ITEM_SEPARATOR)
    for address in aliases:
        yield _local(address)
    if source and urlsplit(source).netloc.lower() in hosts:
        yield _local(source)


def _local(address: str) -> str:
    parts = urlsplit(address)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def collect(
    published: Iterable[Any], hosts: Iterable[str], content: str, portals_own: Callable[[str], bool],
    layouts: Iterable[Callable[[Any], str]] = (),
) -> tuple[dict[str, Any], list[Problem]]:  # fmt: skip
    """Former address -> the story it leads to, and an error for each that is claimed twice or no former one.

    portals_own: whether an address is one of the portal's own, whatever its articles are. layouts: what make the
    address that an article had under former settings, without the leading slash.
    """
    hosts, found, problems = {host.lower() for host in hosts}, {}, []
    published, layouts = list(published), list(layouts)
    moved = [story for story in published if story.row.former_addresses or (layouts and story.kind == "article")]
    own = {"/" + story.url: story for story in published} if moved else {}
    for story in moved:
        before = [f"/{layout(story)}" for layout in layouts] if story.kind == "article" else []
        for address in dict.fromkeys([*former_addresses(story, hosts), *before]):
            other = own.get(unquote(address)) or found.get(address)
            if other is story or address == "/":
                continue
            if portals_own(address):
                problems.append(_taken(address, story, content))
            elif other:
                text = translate("aliases: {address} already leads to {other}; take it out of one of them", address=address,
                           other=display_path(os.path.join(content, other.path)))  # fmt: skip
                problems.append(Problem(display_path(os.path.join(content, story.path)), 1, text))
            else:
                found[address] = story
    return dict(sorted(found.items())), problems


def _taken(address: str, story: Story, content: str) -> Problem:
    text = translate(
        "{address} is no former address, this portal has it now; take it out of aliases or source_url", address=address
    )
    return Problem(display_path(os.path.join(content, story.path)), 1, text)


def redirect_file(address: str) -> str:
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
    return apply_language_marks(
        f'<!DOCTYPE html>\n<html lang="{language.code}">\n<head><meta charset="utf-8"><title>{words}</title>\n'
        f'<meta name="robots" content="noindex"><meta http-equiv="refresh" content="0; url={address}">\n'
        f'<link rel="canonical" href="{escape(site)}{address}"></head>\n'
        f'<body><main><h1>{words}</h1><p><a href="{address}">{escape(site)}{address}</a></p></main></body>\n</html>\n'
    ).encode()


def hosts_file(found: Mapping[str, Any]) -> bytes:
    """The `_redirects` of static hosts: what their format can say."""
    return "".join(
        f"{a} {link(s.url)} 301\n" for a, s in found.items() if "?" not in a and "*" not in a and ":" not in a
    ).encode()


class Redirects(Feature):
    """Leads from former addresses to articles."""

    settings: ClassVar = {
        "OLD_PORTALS": [],  # hosts whose addresses were those of this portal
        "FORMER_ARTICLE_URLS": [],  # what ARTICLE_URL was before
    }
    keys = (Key("aliases", former_address, ALL, separators=("\n",), synonyms=("alias",)),)

    def prepare(self, build: BuildContext) -> Iterable[Problem]:
        """Collect them; two articles that want one are told."""
        settings = build.settings
        layouts = build.addresses.former_layouts(settings)
        makers = [lambda story, layout=layout: row_url(layout, story.row, settings) for layout in layouts]
        self.former, problems = collect(
            build.published, settings["OLD_PORTALS"], settings["PATH"], build.addresses.is_reserved, makers
        )
        build.redirects.update((address, story.url) for address, story in self.former.items())
        return problems

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """A page for each that can have one, and the list for static hosts."""
        site, content = build.settings["SITEURL"], build.settings["PATH"]
        for address, story in self.former.items():
            name = redirect_file(address)
            if name:
                mark = digest(site, story.url, story.lang)
                make = partial(page, story.url, site, story.edition.language)
                outputs.add_file(name, mark, make, conflict=_taken(address, story, content))
        if self.former:
            mark = digest(*(f"{address} {story.url}" for address, story in self.former.items()))
            outputs.add_file("_redirects", mark, partial(hosts_file, self.former))


feature = Redirects(__file__)
register = feature.register
