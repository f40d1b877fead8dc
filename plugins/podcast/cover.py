"""The cover of the podcast: the owner's, or cover.png in the owner's accent."""

from __future__ import annotations

import io
from pathlib import Path

from plugins.i18n import translate
from plugins.look import DEFAULT_ACCENT
from plugins.look.colours import rgb
from plugins.pictures.variants import PictureError

OTHERS = ("#fffdf8", "#fbe3a2")  # what the picture has besides the accent, and blends of them with it

LEAST, MOST = 1400, 3000  # px, as Apple asks for (https://podcasters.apple.com/support/896-artwork-requirements)


def mistake(file: Path) -> str:
    """Return what is wrong with an owner's cover, and what to do about it; "" if nothing is."""
    from plugins.pictures import encoding  # slow to import, as Pillow below

    try:
        picture = encoding.inspect(file)
    except PictureError as error:
        return str(error)
    if picture.width == picture.height and LEAST <= picture.width <= MOST:
        return ""
    return translate(
        "has {width} × {height} px; programs for podcasts need a square of {least} to {most}",
        width=picture.width,
        height=picture.height,
        least=LEAST,
        most=MOST,
    )


def cover(file: Path, accent: str) -> bytes:
    """Return the cover with another accent, as PNG.

    Args:
        file: cover.png of this feature, whose palette is changed.
        accent: A hexadecimal colour.
    """
    from PIL import Image  # slow to import, and seldom needed

    image = Image.open(file)
    palette = image.getpalette() or []
    colours = [
        _recoloured((r, g, b), accent) for r, g, b in zip(palette[::3], palette[1::3], palette[2::3], strict=True)
    ]
    image.putpalette([part for colour in colours for part in colour])
    stream = io.BytesIO()
    image.save(stream, "png", optimize=True)
    return stream.getvalue()


def _recoloured(colour: tuple[int, int, int], accent: str) -> list[int]:
    """Return the same blend of the new accent with another colour as this one is of the old accent."""
    old, new = rgb(DEFAULT_ACCENT), rgb(accent)
    found = [part / 255 for part in colour]
    blends = []
    for other in map(rgb, OTHERS):
        way = [end - start for start, end in zip(old, other, strict=True)]
        share = sum((part - start) * step for part, start, step in zip(found, old, way, strict=True)) / sum(
            step * step for step in way
        )
        error = sum((start + share * step - part) ** 2 for part, start, step in zip(found, old, way, strict=True))
        blends.append((error, [start + share * (end - start) for start, end in zip(new, other, strict=True)]))
    return [round(255 * min(1.0, max(0.0, part))) for part in min(blends)[1]]
