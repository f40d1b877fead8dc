"""The picture that stands for a page without one where it is shared: the portal's name and the section's."""

from __future__ import annotations

import io
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from plugins.pdf.glyphs import FONTS_DIR

if TYPE_CHECKING:
    from PIL import ImageFont

WIDTH, HEIGHT = 1200, 630  # px, what Open Graph's readers show whole
PAPER, INK, RED = "#fffdf8", "#1d1916", "#941c12"  # the palette "day, standard" of theme/css/tokens.css
SANS, SERIF = "NotoSans-Regular.ttf", "NotoSerif-Bold.ttf"
MARGIN = 96


def name(portal: str, place: str, section: str) -> str:
    """The file name of a picture, which tells what is on it."""
    what = "\0".join((repr((WIDTH, HEIGHT, PAPER, INK, RED, SANS, SERIF)), portal, place, section))
    return f"xem-truoc-{blake2b(what.encode(), digest_size=6).hexdigest()}.png"


def draw(portal: str, place: str, section: str) -> bytes:
    """Two lines and a section over a range of hills, as PNG."""
    from PIL import Image, ImageDraw  # seldom needed: a drawn picture is an artifact

    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, 16), fill=RED)
    pen.polygon(
        [(0, HEIGHT), (0, 560), (210, 500), (420, 570), (700, 470), (960, 560), (1200, 500), (1200, HEIGHT)], fill=RED
    )
    pen.text((MARGIN, 90), portal, font=_font(SANS, 38), fill=INK)
    pen.text((MARGIN, 138), place, font=_font(SERIF, 92), fill=INK)
    size = 60
    while size > 32 and len(_lines(section, _font(SERIF, size))) > 2:
        size -= 4
    for number, line in enumerate(_lines(section, _font(SERIF, size))[:2]):
        pen.text((MARGIN, 300 + number * size * 1.35), line, font=_font(SERIF, size), fill=RED)
    stream = io.BytesIO()
    image.quantize(32).save(stream, "png", optimize=True)
    return stream.getvalue()


def _lines(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """A text in lines that fit between the margins."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= WIDTH - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@cache
def _font(file: str, size: int) -> ImageFont.FreeTypeFont:
    """A typeface that comes with the program, so that every machine draws the same."""
    from PIL import ImageFont

    return ImageFont.truetype(str(FONTS_DIR / file), size)
