"""The emblem: one file of the owner, an SVG or a picture, and what pages, devices, search engines and PDFs get of it.

An SVG of shapes alone is published as it is. Another one, and a picture of any shape and size, is published as squares
of the sizes that are shown. PDFs get such a square too, and a phone's home screen one without transparency.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from plugins.i18n import translate
from plugins.problems.files import MEGABYTE, UnreadableError, read_bytes

from . import svg

THEME_FILE = "emblem.svg"  # in the theme's static/, for a portal that has none of its own
MAX_SIZE = 10 * MEGABYTE
LEAST = 180  # px, the larger side of a picture
LOGO, PRINT, HEADER, ICON, TOUCH = 512, 384, 216, 48, 180  # px
TOUCH_FILE = "apple-touch-icon.png"  # at the root of a host iPhones find it by this name, without a link


class Emblem(NamedTuple):
    """The emblem of a portal.

    Attributes:
        file: The owner's file, or the theme's.
        is_own: Whether it is the owner's.
        is_drawn: Whether pages show drawings of it, as PNG, and not the file itself.
    """

    file: Path
    is_own: bool
    is_drawn: bool

    @property
    def image(self) -> str:
        """The address of what the head of a page shows."""
        return f"emblem-{HEADER}.png" if self.is_drawn else "emblem.svg"

    @property
    def icon(self) -> str:
        """The address of the icon of a tab."""
        return f"emblem-{ICON}.png" if self.is_drawn else "emblem.svg"

    @property
    def logo(self) -> str:
        """The address of the logo for search engines."""
        return "emblem.png" if self.is_drawn else "emblem.svg"

    def outputs(self) -> dict[str, Callable[[], bytes]]:
        """Return what is published of it, by address; that of the theme is among the theme's files."""
        touch = {TOUCH_FILE: self.png(TOUCH, background="white", margin=10)}
        if not self.is_own:
            return touch
        if not self.is_drawn:
            return {self.logo: self.file.read_bytes, **touch}
        sizes = {self.logo: LOGO, self.image: HEADER, self.icon: ICON}
        return {name: self.png(size) for name, size in sizes.items()} | touch

    def png(self, size: int, background: str = "#0000", margin: int = 0) -> Callable[[], bytes]:
        """Return what draws it in the middle of a square, as PNG.

        Args:
            size: The side of the square, in px.
            background: The colour around it; by default there is none.
            margin: What remains free at each side, in percent.
        """
        return partial(_square, self.file, size, background, margin)


def emblem(settings: Mapping[str, Any]) -> Emblem:
    """Return the emblem that the settings name."""
    name = settings.get("EMBLEM") or ""
    if name:
        file = Path(settings["PATH"], name)
        return Emblem(file, is_own=True, is_drawn=not _is_plain(file))
    return Emblem(Path(settings["THEME"], "static", THEME_FILE), is_own=False, is_drawn=False)


def _is_plain(file: Path) -> bool:
    try:
        return svg.is_plain(read_bytes(file, svg.PLAIN_SIZE))
    except UnreadableError:  # `mistakes` says why
        return False


def mistakes(found: Emblem) -> Iterator[str]:
    """Yield what is wrong with an owner's emblem, and what to do about it."""
    if not found.is_own:
        return
    try:
        data = read_bytes(found.file, MAX_SIZE)
    except UnreadableError as error:
        yield str(error)
        return
    try:
        yield from (f"{found.file.name}: {text}" for text in _mistakes_of(data))
    except ValueError as error:
        yield translate(
            "{file} cannot be drawn: {reason}; save it again as a plain SVG, or as PNG",
            file=found.file.name,
            reason=str(error),
        )


def _mistakes_of(data: bytes) -> Iterator[str]:
    """Yield what is wrong with the content of a file. Raises ValueError."""
    from plugins.pictures.variants import PictureError

    root = svg.parse(data)
    absent = [*svg.missing(root)] if root is not None else []
    yield from absent
    try:
        image = _drawn(data, LEAST)
    except PictureError as error:
        yield str(error)
        return
    if max(image.size) < LEAST:
        yield translate("has {size} px; the emblem needs {least} or more", size=max(image.size), least=LEAST)
    elif not absent and not image.getchannel("A").getbbox():
        yield translate("shows nothing; look at it in the drawing program, and save it again")


def _drawn(data: bytes, size: int) -> Any:  # noqa: ANN401  # an image of Pillow, which is slow to import
    """Return an SVG as an image whose larger side is `size` px, a picture as it is, both with an alpha channel.

    Raises ValueError or PictureError.
    """
    root = svg.parse(data)
    if root is not None:
        return svg.draw(root, size).convert("RGBA")
    from plugins.pictures import encoding

    return encoding.decode(data).convert("RGBA")


def _square(file: Path, size: int, background: str, margin: int) -> bytes:
    """Return the file in the middle of a square, see `Emblem.png`."""
    from PIL import Image

    room = size * (100 - 2 * margin) / 100
    image = _drawn(file.read_bytes(), round(room))
    scale = room / max(image.size)
    width, height = (max(1, round(side * scale)) for side in image.size)
    image = image.resize((width, height), Image.Resampling.LANCZOS)
    square = Image.new("RGBA", (size, size), background)
    square.alpha_composite(image, ((size - width) // 2, (size - height) // 2))
    stream = io.BytesIO()
    (square.convert("RGB") if background != "#0000" else square).save(stream, "png")
    return stream.getvalue()
