"""Draws the picture for shared links to a page without one: the names of the portal and of the section."""

from __future__ import annotations

import io
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from plugins.pdf.glyphs import FONTS_DIR

if TYPE_CHECKING:
    from PIL import Image, ImageFont

WIDTH, HEIGHT = 1200, 630  # px, in the ratio that readers of Open Graph do not crop
BACKGROUND, TEXT = "#fffdf8", "#1d1916"  # palette "day, standard" of theme/css/tokens.css
SANS, SERIF = "NotoSans-Regular.ttf", "NotoSerif-Bold.ttf"
MARGIN = 96
BLENDS = 15  # shades between the background and another colour, for smooth edges


def file_name(portal: str, place: str, section: str, accent: str) -> str:
    """The file name of a picture, with a digest of what is on it."""
    content = "\0".join((repr((WIDTH, HEIGHT, BACKGROUND, TEXT, accent, SANS, SERIF)), portal, place, section))
    return f"xem-truoc-{blake2b(content.encode(), digest_size=6).hexdigest()}.png"


def draw(portal: str, place: str, section: str, accent: str) -> bytes:
    """A picture as PNG: the two lines of a portal's name and the name of a section, over a range of hills."""
    from PIL import Image, ImageDraw  # slow to import, and seldom needed

    image = Image.new("RGB", (WIDTH, HEIGHT), BACKGROUND)
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((0, 0, WIDTH, 16), fill=accent)
    hills = [(0, HEIGHT), (0, 560), (210, 500), (420, 570), (700, 470), (960, 560), (1200, 500), (1200, HEIGHT)]
    canvas.polygon(hills, fill=accent)
    canvas.text((MARGIN, 90), portal, font=_font(SANS, 38), fill=TEXT)
    canvas.text((MARGIN, 138), place, font=_font(SERIF, 92), fill=TEXT)
    size = 60
    while size > 32 and len(_wrap(section, _font(SERIF, size))) > 2:
        size -= 4
    for number, line in enumerate(_wrap(section, _font(SERIF, size))[:2]):
        canvas.text((MARGIN, 300 + number * size * 1.35), line, font=_font(SERIF, size), fill=accent)
    stream = io.BytesIO()
    image.quantize(palette=_palette(accent), dither=Image.Dither.NONE).save(stream, "png", optimize=True)
    return stream.getvalue()


def _palette(accent: str) -> Image.Image:
    """The colours of every picture: the background, and its blends with the other two."""
    from PIL import Image, ImageColor

    background, *others = (ImageColor.getrgb(colour)[:3] for colour in (BACKGROUND, TEXT, accent))
    values = list(background)
    for other in others:
        for step in range(1, BLENDS + 1):
            values += [start + (end - start) * step // BLENDS for start, end in zip(background, other, strict=True)]
    palette = Image.new("P", (1, 1))
    palette.putpalette(values)
    return palette


def _wrap(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Break a text into lines that fit between the margins."""
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
    """A font of this project, so that every machine draws the same picture."""
    from PIL import ImageFont

    return ImageFont.truetype(str(FONTS_DIR / file), size)
