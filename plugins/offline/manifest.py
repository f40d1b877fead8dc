"""The manifest of an edition (https://www.w3.org/TR/appmanifest/), for those who put the portal on a phone's screen.

Its display is "minimal-ui": the address and the way back stay in sight, and iOS opens the portal in Safari, which knows
what the reader has saved there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from plugins.look.emblem import emblem
from plugins.problems.files import stamp

if TYPE_CHECKING:
    from plugins.portal.editions import Edition
    from plugins.portal.outputs import BuildContext

NAME = "manifest.webmanifest"
PAPER = "#fffdf8"  # of the palette "day, standard" of theme/css/tokens.css
SIZES = (192, 512)  # px, as Chrome asks for
MASKABLE = "icon-maskable.png"


class Icon(NamedTuple):
    """An icon. fingerprint: of what it is drawn from; draw: returns the PNG."""

    fingerprint: str
    draw: Callable[[], bytes]


def icons(settings: Mapping[str, Any]) -> dict[str, Icon]:
    """Return the icons of the owner's emblem, by address."""
    found = emblem(settings)
    drawn = {f"icon-{size}.png": found.png(size) for size in SIZES}
    drawn[MASKABLE] = found.png(SIZES[-1], background="white", margin=18)  # of a circle of 80 % all is seen
    made_of = stamp(found.file.stat())
    return {name: Icon(f"{name} {made_of}", draw) for name, draw in drawn.items()}


def address(build: BuildContext, lang: str) -> str:
    """Return the address of an edition's manifest."""
    return build.addresses.prefix(lang) + NAME


def manifest(build: BuildContext, edition: Edition) -> bytes:
    """Return the manifest of an edition."""
    path, agency = build.addresses.path, edition.agency
    home, gettext = path(edition.url("home")), edition.language.words.gettext
    values = {
        "id": home,
        "name": f"{agency['portal']} {agency['name']}".strip(),
        "short_name": agency["name"],
        "description": agency["description"],
        "lang": edition.lang,
        "start_url": home,
        "scope": home,
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": _listed_icons(build),
        "shortcuts": [{"name": gettext("Saved articles"), "url": path(edition.url("saved"))}],
    }
    return json.dumps(values, ensure_ascii=False, indent=1).encode()


def _listed_icons(build: BuildContext) -> list[dict[str, str]]:
    path = build.addresses.path
    sizes = {f"icon-{size}.png": size for size in SIZES} | {MASKABLE: SIZES[-1]}
    return [
        {"src": path(name), "sizes": f"{size}x{size}", "type": "image/png"}
        | ({"purpose": "maskable"} if name == MASKABLE else {})
        for name, size in sizes.items()
    ]
