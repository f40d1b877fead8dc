"""The frame of an edition's pages: all that they show around their own matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from pelican.urlwrappers import Category

from plugins.languages import Language

from . import licences, navigation
from .editions import Edition
from .licences import Licence
from .navigation import Entry
from .stories import Story, digest


@dataclass(frozen=True)
class Frame:
    """What every page of an edition may show around its own matter: all that templates see of an edition.

    Attributes:
        lang: The code of the language.
        language: How the language writes.
        home: The address of the front page.
        url: Returns the address of a place, see `Addresses.url`.
        agency: What the setting AGENCY says in this language.
        menu: The sections that have articles.
        navigation: The entries of the menu, the front page first.
        quick_links: Links with pictures beside lists.
        data_licence, picture_licence: The licences of data and pictures; None where none is named.
        rights: What others may do with the news, see `licences.rights`.
        footer: The editors' pages that the footer links to.
        words: The functions of the catalogue, as Jinja's i18n extension looks them up.
        fingerprint: A fingerprint of all this that is not in the settings.
    """

    lang: str
    language: Language
    home: str
    url: Callable[..., str]
    agency: Mapping[str, Any]
    menu: list[Category]
    navigation: list[Entry]
    quick_links: list[Entry]
    data_licence: Licence | None
    picture_licence: Licence | None
    rights: str
    footer: list[Story]
    words: Mapping[str, Any]
    fingerprint: str


def frame(edition: Edition) -> Frame:
    """Return the frame of an edition's pages."""
    catalogue = edition.language.words
    names = ("gettext", "ngettext", "pgettext", "npgettext")
    footer = [edition.pages[slug] for slug in edition.settings["FOOTER_PAGES"] if slug in edition.pages]
    menu, quick_links = navigation.menu(edition), navigation.quick_links(edition)
    displayed = [*(f"{c.name} {c.url}" for c in edition.menu), *(page.card_digest for page in footer)]
    displayed += map(repr, (*menu, *quick_links))
    return Frame(
        lang=edition.lang,
        language=edition.language,
        home=edition.url("home"),
        url=partial(edition.addresses.url, edition.lang),
        agency=edition.agency,
        menu=edition.menu,
        navigation=menu,
        quick_links=quick_links,
        data_licence=licences.licence(edition, "DATA_LICENCE"),
        picture_licence=licences.licence(edition, "PICTURE_LICENCE"),
        rights=licences.rights(edition),
        footer=footer,
        words={name: getattr(catalogue, name) for name in names}
        | {"_": catalogue.gettext},  # the extension's own _ takes three times as long
        fingerprint=digest(edition.lang, *displayed, *sorted(edition.renamed)),
    )
