"""The emblem: one file of the owner, SVG or PNG, and what pages, devices, search engines and PDFs get of it.

An SVG is published as it is. A PNG, which may have any shape and size, is published as squares of the sizes that are
shown; a phone's home screen gets one without transparency, also of an SVG.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from plugins.i18n import translate
from plugins.pdf.glyphs import FONTS_DIR
from plugins.problems.files import MEGABYTE, UnreadableError, read_bytes

THEME_FILE = "emblem.svg"  # in the theme's static/, for a portal that has none of its own
MAX_SIZE = 10 * MEGABYTE
LEAST = 180  # px, the larger side of a PNG
LOGO, HEADER, ICON, TOUCH = 512, 216, 48, 180  # px
TOUCH_FILE = "apple-touch-icon.png"  # at the root of a host iPhones find it by this name, without a link


class Emblem(NamedTuple):
    """The emblem of a portal.

    Attributes:
        file: The owner's file, or the theme's.
        is_own: Whether it is the owner's.
    """

    file: Path
    is_own: bool

    @property
    def is_picture(self) -> bool:
        """Whether it is a PNG."""
        return self.file.suffix.lower() == ".png"

    @property
    def image(self) -> str:
        """The address of what the head of a page shows."""
        return f"emblem-{HEADER}.png" if self.is_picture else "emblem.svg"

    @property
    def icon(self) -> str:
        """The address of the icon of a tab."""
        return f"emblem-{ICON}.png" if self.is_picture else "emblem.svg"

    @property
    def logo(self) -> str:
        """The address of the logo for search engines."""
        return "emblem.png" if self.is_picture else "emblem.svg"

    def outputs(self) -> dict[str, Callable[[], bytes]]:
        """Return what is published of it, by address; that of the theme is among the theme's files."""
        touch = {TOUCH_FILE: self.png(TOUCH, background="white", margin=10)}
        if not self.is_own:
            return touch
        if not self.is_picture:
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

    @property
    def pdf_size(self) -> str:
        """Its width and height in the head of a PDF, as CSS."""
        if self.is_picture:
            width, height = _open(self.file).size
            if width != height:
                return "11.5mm auto" if width > height else "auto 11.5mm"
        return "11.5mm 11.5mm"


def emblem(settings: Mapping[str, Any]) -> Emblem:
    """Return the emblem that the settings name."""
    name = settings.get("EMBLEM") or ""
    if name:
        return Emblem(Path(settings["PATH"], name), is_own=True)
    return Emblem(Path(settings["THEME"], "static", THEME_FILE), is_own=False)


def mistakes(found: Emblem) -> Iterator[str]:
    """Yield what is wrong with an owner's emblem, and what to do about it."""
    if not found.is_own:
        return
    try:
        data = read_bytes(found.file, MAX_SIZE)
    except UnreadableError as error:
        yield str(error)
        return
    if found.is_picture:
        yield from _picture_mistakes(found.file)
    elif found.file.suffix.lower() != ".svg" or b"<svg" not in data:
        yield translate("{file} is neither SVG nor PNG; save the emblem as one of them", file=found.file.name)
    else:
        try:
            _rasterized(found.file, 16)
        except ValueError as error:
            yield translate("{file} cannot be drawn: {reason}", file=found.file.name, reason=str(error))


def _picture_mistakes(file: Path) -> Iterator[str]:
    try:
        size = max(_open(file).size)
    except Exception:  # Pillow raises many kinds for damaged files
        yield translate("{file} is neither SVG nor PNG; save the emblem as one of them", file=file.name)
        return
    if size < LEAST:
        yield translate(
            "{file} has {size} px; the emblem needs {least} or more", file=file.name, size=size, least=LEAST
        )


def _open(file: Path) -> Any:  # noqa: ANN401  # an image of Pillow, which is slow to import
    from PIL import Image

    from plugins.pictures.encoding import truncated_is_an_error

    image = Image.open(file, formats=("PNG",))
    with truncated_is_an_error():
        image.load()
    return image


def _square(file: Path, size: int, background: str, margin: int) -> bytes:
    """Return a PNG in the middle of a square, see `Emblem.png`."""
    from PIL import Image

    room = size * (100 - 2 * margin) / 100
    image = (_open(file) if file.suffix.lower() == ".png" else _rasterized(file, round(room))).convert("RGBA")
    scale = room / max(image.size)
    width, height = (max(1, round(side * scale)) for side in image.size)
    image = image.resize((width, height), Image.Resampling.LANCZOS)
    square = Image.new("RGBA", (size, size), background)
    square.alpha_composite(image, ((size - width) // 2, (size - height) // 2))
    stream = io.BytesIO()
    (square.convert("RGB") if background != "#0000" else square).save(stream, "png", optimize=True)
    return stream.getvalue()


def _rasterized(file: Path, size: int) -> Any:  # noqa: ANN401  # as `_open`
    """Return an SVG as an image whose larger side is `size` px, on every machine the same. Raises ValueError."""
    import resvg_py
    from PIL import Image

    fonts = [str(path) for path in sorted(FONTS_DIR.glob("NotoSans-*.ttf"))]
    draw = partial(
        resvg_py.svg_to_bytes,
        svg_path=str(file),
        skip_system_fonts=True,
        font_files=fonts,
        font_family="Noto Sans",
        serif_family="Noto Sans",
        sans_serif_family="Noto Sans",
    )
    image = Image.open(io.BytesIO(draw(width=size)))
    return image if image.width >= image.height else Image.open(io.BytesIO(draw(height=size)))
