"""Stage: redirects from the addresses of an old portal to the articles of this one.

Former addresses are those under `aliases:` in the front matter, a `source_url` whose host is among OLD_PORTALS, and for
each article what ARTICLE_URL was before (FORMER_ARTICLE_URLS). The lists of a category, topic or author are also found
under the other right spellings of its name (kĩ thuật, kỹ thuật). Each address gets a small page that redirects. All of
them are also in `_redirects`, for static hosts, and in nginx's configuration (plugins/web_server), the only one that
can tell addresses with a query apart. Two addresses that nginx cannot tell apart are the same one here.
withdrawn.py is the list of addresses that are gone, former_lists.py that of lists and pages that have moved; answers.py
writes into both.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from markupsafe import escape as escape_markup

from plugins.features.hooks import ALL, Feature, Key
from plugins.i18n import translate
from plugins.languages import Language, apply_language_marks
from plugins.markdown_reader.header_values import former_address
from plugins.portal.stories import ITEM_SEPARATOR, digest
from plugins.portal.story_addresses import row_url
from plugins.problems import Problem, display_path
from plugins.web_server.former_addresses import GONE, MAX_LENGTH, canonical

from . import former_lists, withdrawn

if TYPE_CHECKING:
    from plugins.addresses import Addresses
    from plugins.portal.outputs import BuildContext, Outputs
    from plugins.portal.stories import Story


MAX_NAME, MAX_NAME_PART = 1000, 240  # bytes of a file's name that every file system takes, whole and between slashes


def former_addresses(story: Story, hosts: Collection[str]) -> Iterator[str]:
    """The former addresses that a story's front matter names: path and query, with leading slash.

    `hosts` are those of old portals, in lower case.
    """
    *aliases, source = story.row.former_addresses.split(ITEM_SEPARATOR)
    for address in aliases:
        yield _path_and_query(address)
    if source and urlsplit(source).netloc.lower() in hosts:
        yield _path_and_query(source)


def _path_and_query(url: str) -> str:
    if url.startswith("/"):  # even if two of them do: this is no host
        return url
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def collect_redirects(
    published: Sequence[Story],
    hosts: Iterable[str],
    content_folder: str,
    is_reserved: Callable[[str], bool],
    former_urls: Sequence[Callable[[Story], str]] = (),
    base: str = "/",
) -> tuple[dict[str, Story], list[Problem]]:
    """Find out which former addresses lead to which story.

    Args:
        published: All articles and pages.
        hosts: The hosts of old portals.
        content_folder: The folder of the stories' files.
        is_reserved: Whether an address belongs to the portal whatever its articles are.
        former_urls: Each gives the address that an article had under former settings, without leading slash.
        base: The path of the portal on its host.

    Returns:
        The story by former address, and an error for each address that is claimed twice or is not a former one.
    """
    hosts = {host.lower() for host in hosts}
    redirects: dict[str, Story] = {}
    problems = []
    moved = [story for story in published if story.row.former_addresses or (former_urls and story.kind == "article")]
    owners = {f"{base}{story.url}": story for story in published} if moved else {}  # by what nginx compares
    for story in moved:
        computed = [f"{base}{former_url(story)}" for former_url in former_urls] if story.kind == "article" else []
        for address in dict.fromkeys([*former_addresses(story, hosts), *computed]):
            if unquote(address) in (base, f"{base}{story.url}"):
                continue
            owner = owners.setdefault(canonical(address), story)
            if len(address) > MAX_LENGTH:
                problems.append(_length_problem(address, story, content_folder))
            elif is_reserved(address):
                problems.append(_reserved_problem(address, story, content_folder))
            elif owner is not story:
                problems.append(_conflict_problem(address, story, owner, content_folder))
            else:
                redirects[address] = story
    return dict(sorted(redirects.items())), problems


def _length_problem(address: str, story: Story, content_folder: str) -> Problem:
    text = translate(
        "the former address {address}… has {length} characters; readers are not led on from addresses of more than "
        "{limit}, take it out of aliases or source_url",
        address=address[:60],
        length=len(address),
        limit=MAX_LENGTH,
    )
    return Problem(display_path(os.path.join(content_folder, story.path)), 1, text, "warning")


def _conflict_problem(address: str, story: Story, other: Story, content_folder: str) -> Problem:
    text = translate(
        "aliases: {address} already leads to {other}; take it out of one of them",
        address=address,
        other=display_path(os.path.join(content_folder, other.path)),
    )
    return Problem(display_path(os.path.join(content_folder, story.path)), 1, text)


def _reserved_problem(address: str, story: Story, content_folder: str) -> Problem:
    text = translate(
        "{address} is no former address, this portal has it now; take it out of aliases or source_url", address=address
    )
    return Problem(display_path(os.path.join(content_folder, story.path)), 1, text)


def redirect_file(address: str, addresses: Addresses) -> str:
    """The file that answers at a former address; "" where no static file can.

    That is so with a query, a very long name, one that no file should have, or an address outside of the path of the
    portal.
    """
    name = (addresses.local(unquote(address)) or "").lstrip("/")
    if "?" in address or not name or ".." in name.split("/") or re.search(r"[\x00-\x1f\x7f]", name):
        return ""
    if len(name.encode()) > MAX_NAME or any(len(part.encode()) > MAX_NAME_PART for part in name.split("/")):
        return ""
    if name.endswith("/"):
        return name + "index.html"
    return name if name.endswith((".html", ".htm")) else name + "/index.html"


def redirect_page(target: str, addresses: Addresses, language: Language) -> bytes:
    """A page that redirects at once, and shows the new address to readers whose browser does not."""
    text = escape_markup(language.words.gettext("This page has moved:"))
    address, public = escape(addresses.path(target)), escape(addresses.absolute(target))
    return apply_language_marks(
        f'<!DOCTYPE html>\n<html lang="{language.code}">\n<head><meta charset="utf-8"><title>{text}</title>\n'
        f'<meta name="robots" content="noindex"><meta http-equiv="refresh" content="0; url={address}">\n'
        f'<link rel="canonical" href="{public}"></head>\n'
        f'<body><main><h1>{text}</h1><p><a href="{address}">{public}</a></p></main></body>\n'
        "</html>\n"
    ).encode()


def redirects_file(redirects: Mapping[str, str], link: Callable[[str], str], gone_pages: Iterable[str] = ()) -> bytes:
    """The `_redirects` of static hosts, as far as their format can express the addresses.

    Args:
        redirects: The present address by former address.
        link: Returns the link to a present address.
        gone_pages: Addresses that have a page which says that they are gone. A host without 410 sends it with 200.
    """
    gone = "".join(f"{address} {address} 410!\n" for address in gone_pages)
    moved = "".join(
        f"{address} {link(url)} 301\n"
        for address, url in redirects.items()
        if not any(character in address for character in "?*:")
    )
    return (moved + gone).encode()


class Redirects(Feature):
    """Redirects former addresses to articles."""

    settings: Mapping[str, Any] = {
        "OLD_PORTALS": [],  # hosts whose addresses were those of this portal
        "FORMER_ARTICLE_URLS": [],  # what ARTICLE_URL was before
    }
    keys = (Key("aliases", former_address, ALL, separators=("\n",), synonyms=("alias",)),)

    def prepare(self, build: BuildContext) -> Iterable[Problem]:
        """Collect the redirects. Reports addresses that two articles claim, or that the portal uses itself."""
        settings, addresses, base = build.settings, build.addresses, build.addresses.base

        def url_under(layout: Addresses, story: Story) -> str:
            return row_url(layout, story.row, settings)

        def is_reserved(address: str) -> bool:
            local = addresses.local(address)
            return local is not None and addresses.is_reserved(local)

        former_urls = [partial(url_under, layout) for layout in addresses.former_layouts(settings)]
        self.articles, problems = collect_redirects(
            build.published, settings["OLD_PORTALS"], settings["PATH"], is_reserved, former_urls, base
        )
        self.lists = {
            f"{base}{address}": (url, edition.language)
            for edition in build.editions.values()
            for address, url in edition.addresses_of_spellings()
            if f"{base}{address}" not in self.articles
        }
        self.targets = {address: story.url for address, story in self.articles.items()}
        self.targets |= {address: url for address, (url, _) in self.lists.items()}
        build.redirects.update(self.targets)
        taken = {canonical(address) for address in self.targets} | {
            canonical(f"{base}{s.url}") for s in build.published
        }

        def is_taken(address: str) -> bool:
            return canonical(address) in taken or is_reserved(address)

        gone, more = withdrawn.load(settings["PATH"], is_taken)
        build.redirects.update(dict.fromkeys(gone, GONE))
        terms = (term for edition in build.editions.values() for term in (*edition.categories, *edition.tags))
        published = {f"{base}{place.url}" for place in (*build.published, *terms)}
        moved, faults = former_lists.load(settings["PATH"], is_taken, published)
        language = next(iter(build.editions.values())).language
        for address, present in moved.items():
            url = present.removeprefix(base)
            self.lists[address], self.targets[address], build.redirects[address] = (url, language), url, url
        return [*problems, *more, *faults]

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Add a page for each address that a static file can answer at, and the list for static hosts."""
        content_folder = build.settings["PATH"]
        for address, story in self.articles.items():
            conflict = _reserved_problem(address, story, content_folder)
            _add_page(build, outputs, address, story.url, story.edition.language, conflict)
        for address, (url, language) in self.lists.items():
            _add_page(build, outputs, address, url, language)
        gone = sorted(build.gone_pages)
        if self.targets or gone:
            pairs = (f"{address} {url}" for address, url in self.targets.items())
            render = partial(redirects_file, self.targets, build.addresses.path, gone)
            outputs.add_file("_redirects", digest(build.addresses.path(""), *pairs, *gone), render)


def _add_page(
    build: BuildContext,
    outputs: Outputs,
    address: str,
    url: str,
    language: Language,
    conflict: Problem | None = None,
) -> None:
    name = redirect_file(address, build.addresses)
    if name:
        fingerprint = digest(build.addresses.absolute(""), url, language.code)
        outputs.add_file(name, fingerprint, partial(redirect_page, url, build.addresses, language), conflict=conflict)


feature = Redirects(__file__)
register = feature.register
