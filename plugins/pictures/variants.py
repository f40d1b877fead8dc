"""What is made of a picture: AVIF and JPEG at the widths that the layout uses."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

WIDTHS = (320, 640, 960, 1280)  # CSS px of a stamp, a phone's column, the text column, the lead; and their doubles
FORMATS = {
    "avif": {"quality": 58, "speed": 6, "max_threads": 1},
    "jpg": {"quality": 76, "progressive": True, "optimize": True},
}
REDUCING_GAP = (
    3  # how much larger a picture may stay after the first, coarse step of making it smaller (Pillow's reducing_gap)
)


class PictureError(Exception):
    """A picture that cannot be used; the message tells an editor what to do."""


@dataclass(frozen=True)
class Picture:
    """A picture of the content folder. width and height are those after orientation, in px.

    path: relative to the content folder. stem: its name in letters that need no encoding. digest: of its bytes and of
    what is made of them, for the names in the site. key: of the artifact that its variants are.
    """

    path: str
    stem: str
    digest: str
    width: int
    height: int
    key: str = ""

    @property
    def widths(self) -> list[int]:
        """The widths to make: never larger than the original."""
        return [w for w in WIDTHS if w < self.width] + ([self.width] if self.width <= WIDTHS[-1] else [])

    @property
    def variants(self) -> list[tuple[int, str]]:
        """Width and ending of each."""
        return [(width, ending) for width in self.widths for ending in FORMATS]

    def variant_name(self, width: int, ending: str) -> str:
        """The file name of one variant in the site."""
        return f"{self.stem}-{self.digest}-{width}.{ending}"


def variant_suffix(width: int, ending: str) -> str:
    """How the file of one variant ends in the cache."""
    return f"-{width}.{ending}"


def short_digest(data: bytes) -> str:
    """Of a picture's bytes and of what is made of them."""
    return sha256(data + repr((WIDTHS, FORMATS, REDUCING_GAP)).encode()).hexdigest()[:8]
