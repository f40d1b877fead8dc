"""The variants of a picture: AVIF and JPEG in the widths that the layout uses."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

# CSS px of a thumbnail, a phone's column, the text column and the lead picture, and of these at twice the density.
WIDTHS = (320, 640, 960, 1280)
FORMATS = {
    "avif": {"quality": 58, "speed": 6, "max_threads": 1},
    "jpg": {"quality": 76, "progressive": True, "optimize": True},
}
REDUCING_GAP = 3  # Pillow's reducing_gap: how much larger than wanted a picture stays after the first, coarse resizing


class PictureError(Exception):
    """A picture that cannot be used; the message tells an editor what to do."""


@dataclass(frozen=True)
class Picture:
    """A picture of the content folder.

    Attributes:
        path: relative to the content folder.
        stem: its name in characters that need no escaping.
        digest: of its bytes and the encoding options, for the names of its variants.
        width: in px, after orientation.
        height: in px, after orientation.
        key: of the artifact that its variants are.
    """

    path: str
    stem: str
    digest: str
    width: int
    height: int
    key: str = ""

    @property
    def widths(self) -> list[int]:
        """The widths of its variants in px, none larger than the original."""
        return [w for w in WIDTHS if w < self.width] + ([self.width] if self.width <= WIDTHS[-1] else [])

    @property
    def variants(self) -> list[tuple[int, str]]:
        """The width and the file name extension of each variant."""
        return [(width, ending) for width in self.widths for ending in FORMATS]

    def variant_name(self, width: int, ending: str) -> str:
        """The name of a variant's file in the published site."""
        return f"{self.stem}-{self.digest}-{width}.{ending}"


def variant_suffix(width: int, ending: str) -> str:
    """How the name of a variant's file in the cache ends, after the key."""
    return f"-{width}.{ending}"


def short_digest(data: bytes) -> str:
    """A digest of a picture's bytes and of the encoding options."""
    return sha256(data + repr((WIDTHS, FORMATS, REDUCING_GAP)).encode()).hexdigest()[:8]
