"""The licences under which others may use the portal's data and pictures: DATA_LICENCE and PICTURE_LICENCE.

Each is {"link": address, "vi": name, …}, such as Creative Commons' (https://creativecommons.org/licenses/). With {}
there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .editions import Edition


class Licence(NamedTuple):
    """A licence: its name for readers, and the address of its text."""

    name: str
    url: str


def licence(edition: Edition, setting: str) -> Licence | None:
    """Return the licence that a setting names, in the language of an edition."""
    row = edition.settings.get(setting)
    if not row:
        return None
    names = {lang: row.get(lang) for lang in edition.settings["AGENCY"]}
    link, addresses = row["link"], edition.addresses
    url = addresses.absolute(addresses.typed(link)) if link.startswith("/") else link
    return Licence(edition.language.owner_text(names), url)


def rights(edition: Edition) -> str:
    """Return what others may do with the news, for feeds and metadata: the owner's sentence, and the licence."""
    found = licence(edition, "DATA_LICENCE")
    return " ".join(filter(None, (edition.agency["reuse"], *(found or ()))))
