"""The links that an owner chooses: the menu (MENU), and the quick links (QUICK_LINKS).

An entry is {"section": slug}, {"page": slug} or {"link": address}, with its name by language, which sections and pages
have already; in the menu also {"entries": […]} with a name, one level. An entry whose section or page an edition lacks
is left out there.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from plugins.addresses import DOCUMENTS
from plugins.i18n import translate

if TYPE_CHECKING:
    from plugins.addresses import Addresses

    from .editions import Edition

Row = Mapping[str, Any]
Found = tuple[tuple[str | int, ...], str]  # the path of a key in portal.toml, and what is wrong


class Entry(NamedTuple):
    """An entry of the menu, or a quick link.

    Attributes:
        name: What readers see.
        link: Where it leads to, as templates write it; "" for an entry with others below it.
        place: The same as an address of the portal, "home" for the front page; "" elsewhere.
        entries: Those below it.
        picture: Of a quick link: its path in the content folder, or "".
    """

    name: str
    link: str
    place: str = ""
    entries: tuple[Entry, ...] = ()
    picture: str = ""

    @property
    def places(self) -> list[str]:
        """The places that it and those below it lead to."""
        return [place for place in (self.place, *(entry.place for entry in self.entries)) if place]


def menu(edition: Edition) -> list[Entry]:
    """Return the menu of an edition: the front page, and what MENU lists, or else the sections that have articles."""
    path, home = edition.addresses.path, edition.language.words.gettext("Home")
    rows = edition.settings.get("MENU") or [{"section": category.slug} for category in edition.menu]
    return [Entry(home, path(edition.url("home")), "home"), *_entries(rows, edition)]


def quick_links(edition: Edition) -> list[Entry]:
    """Return the quick links of an edition."""
    return list(_entries(edition.settings.get("QUICK_LINKS") or [], edition))


def pictures(settings: Mapping[str, Any]) -> list[str]:
    """Return the pictures of quick links, as paths in the content folder."""
    return [row["picture"] for row in settings.get("QUICK_LINKS") or [] if row.get("picture")]


def documents(settings: Mapping[str, Any]) -> list[str]:
    """Return the documents that the menu and the quick links lead to, as paths in the content folder."""
    found = [unquote(urlsplit(row.get("link", "")).path).lstrip("/") for _, row in _rows(settings)]
    return [path for path in found if path.startswith(DOCUMENTS) and Path(settings["PATH"], path).is_file()]


def _entries(rows: Iterable[Row], edition: Edition) -> Iterator[Entry]:
    for row in rows:
        name = edition.language.owner_text({lang: row.get(lang) for lang in edition.settings["AGENCY"]})
        picture = row.get("picture", "")
        if "entries" in row:
            below = tuple(_entries(row["entries"], edition))
            if below:
                yield Entry(name, "", "", below)
        elif "link" in row:
            place = _place(row["link"], edition)
            link = row["link"] if place is None else edition.addresses.path(place)
            yield Entry(name, link, place or "", picture=picture)
        else:
            sections = {category.slug: (category.name, category.url) for category in edition.menu}
            pages = {slug: (page.title, page.url) for slug, page in edition.pages.items()}
            found = sections.get(row["section"]) if "section" in row else pages.get(row["page"])
            if found:
                yield Entry(name or found[0], edition.addresses.path(found[1]), found[1], picture=picture)


def _place(link: str, edition: Edition) -> str | None:
    """Return the address of the portal that a link leads to, None for a link to elsewhere.

    A page that every edition has, such as the map, is meant in the edition's own language.
    """
    if not link.startswith("/"):
        return None
    addresses = edition.addresses
    address = addresses.typed(link)
    path = urlsplit(address).path
    place = addresses.resolve(path)
    if place is None or place.lang == edition.lang or any((place.slug, place.file, place.number)):
        return address
    is_everywhere = place.name == "home" or f"{place.name.upper()}_URL" in addresses.urls
    return addresses.url(edition.lang, place.name) + address.removeprefix(path) if is_everywhere else address


# --- what is wrong with the settings ---


def _rows(settings: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Row]]:
    """Yield every entry with its path in portal.toml."""
    for name, setting in (("menu", "MENU"), ("quick_links", "QUICK_LINKS")):
        for number, row in enumerate(settings.get(setting) or []):
            yield (name, number), row
            for below, inner in enumerate(row.get("entries", ())):
                yield (name, number, "entries", below), inner
    for lang, block in settings.get("AGENCY", {}).items():
        for number, (_, link) in enumerate(block.get("services", ())):
            yield ("agency", lang, "services", number), {"link": link}
    for number, slug in enumerate(settings.get("FOOTER_PAGES", ())):
        yield ("pages", "footer", number), {"page": slug}


def missing_pages(settings: Mapping[str, Any], editions: Iterable[Edition]) -> Iterator[Found]:
    """Yield the entries that lead to pages which no edition has."""
    pages = sorted({slug for edition in editions for slug in edition.pages})
    for path, row in _rows(settings):
        if "page" in row and row["page"] not in pages:
            known = ", ".join(pages)
            yield (
                (*path, *(() if path[0] == "pages" else ("page",))),
                translate("there is no page {slug}; there are {known}", slug=row["page"], known=known),
            )


def dead_links(
    settings: Mapping[str, Any], editions: Iterable[Edition], addresses: Addresses, is_published: Callable[[str], bool]
) -> Iterator[Found]:
    """Yield the entries that lead to an address of the portal where nothing is published.

    Args:
        settings: Pelican's settings.
        editions: Those of the portal.
        addresses: Those of the portal.
        is_published: Whether there is something at an address without leading slash.
    """
    for path, row in _rows(settings):
        link = row.get("link", "")
        own = link.removeprefix(addresses.origin)  # who copies an address from the browser has all of it
        link = own if own.startswith("/") else link
        if link.startswith("/") and not is_published(addresses.typed(urlsplit(link).path)):
            text = translate("leads to {link}, but the portal has no such page", link=link)
            likely = difflib.get_close_matches(link, _known_links(editions, addresses), n=1, cutoff=0.75)
            hint = translate("did you mean {key}?", key=likely[0]) if likely else ""
            yield (*path, "link"), f"{text}; {hint}" if hint else text


def _known_links(editions: Iterable[Edition], addresses: Addresses) -> list[str]:
    """Return links to the lists and pages of the portal, as an owner types them."""
    found = [page for edition in editions for page in (*edition.menu, *edition.pages.values())]
    fixed = [url for url in addresses.urls.values() if "{" not in url]
    return [f"/{url}" for url in (*(page.url for page in found), *fixed)]
