"""The picture that stands for a page without one where it is shared: the portal's name and the section's."""

from __future__ import annotations

import io
import os
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from environment.system import FONT_FOLDERS

if TYPE_CHECKING:
    from PIL import ImageFont

WIDTH, HEIGHT = 1200, 630  # px, what Open Graph's readers show whole
PAPER, INK, RED = "#fffdf8", "#1d1916", "#941c12"  # the palette "day, standard" of theme/css/tokens.css
RECIPE = "1"  # raise it where the code below changes what comes out
MARGIN = 96


class Previews:
    """Pictures by what stands on them, each drawn once. folder: where they are kept between builds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @staticmethod
    def name(portal: str, place: str, section: str) -> str:
        """The file name of a picture, which tells what is on it."""
        what = "\0".join((RECIPE, portal, place, section))
        return f"xem-truoc-{blake2b(what.encode(), digest_size=6).hexdigest()}.png"

    def picture(self, portal: str, place: str, section: str) -> bytes:
        """A picture as PNG."""
        file = self.folder / self.name(portal, place, section)
        if not file.is_file():
            self.folder.mkdir(parents=True, exist_ok=True)
            new = file.with_suffix(f".{os.getpid()}")
            new.write_bytes(draw(portal, place, section))
            os.replace(new, file)
        return file.read_bytes()


def draw(portal: str, place: str, section: str) -> bytes:
    """Two lines and a section over a range of hills, as PNG."""
    from PIL import Image, ImageDraw  # seldom needed: a drawn picture is kept

    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, 16), fill=RED)
    pen.polygon([(0, HEIGHT), (0, 560), (210, 500), (420, 570), (700, 470), (960, 560), (1200, 500), (1200, HEIGHT)], fill=RED)
    pen.text((MARGIN, 90), portal, font=_font("NotoSans-Regular.ttf", 38), fill=INK)
    pen.text((MARGIN, 138), place, font=_font("NotoSerif-Bold.ttf", 92), fill=INK)
    size = 60
    while size > 32 and len(_lines(section, _font("NotoSerif-Bold.ttf", size))) > 2:
        size -= 4
    for number, line in enumerate(_lines(section, _font("NotoSerif-Bold.ttf", size))[:2]):
        pen.text((MARGIN, 300 + number * size * 1.35), line, font=_font("NotoSerif-Bold.ttf", size), fill=RED)
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
def _font(file: str, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """A font of the system; Pillow's own where it is missing."""
    from PIL import ImageFont

    for folder in FONT_FOLDERS:
        for base, _, names in os.walk(os.path.expanduser(folder)):
            if file in names:
                return ImageFont.truetype(os.path.join(base, file), size)
    return ImageFont.load_default(size)
