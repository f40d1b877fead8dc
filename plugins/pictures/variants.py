"""What is made of a picture: AVIF and JPEG at the widths that the layout uses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pelican.utils import slugify

WIDTHS = (320, 640, 960, 1280)  # CSS px of a stamp, a phone's column, the text column, the lead; and their doubles
FORMATS = {"avif": {"quality": 58, "speed": 6, "max_threads": 1}, "jpg": {"quality": 76, "progressive": True, "optimize": True}}
RECIPE = repr((WIDTHS, FORMATS, 3))  # raise the number where making.py changes what comes out


class PictureError(Exception):
    """A picture that cannot be used; the message tells an editor what to do."""


@dataclass(frozen=True)
class Picture:
    """A picture of the content folder. width and height are those after orientation, in px."""

    path: str  # relative to the content folder
    digest: str
    width: int
    height: int

    @property
    def widths(self) -> list[int]:
        """The widths to make: never larger than the original."""
        return [w for w in WIDTHS if w < self.width] + ([self.width] if self.width <= WIDTHS[-1] else [])

    def name(self, width: int, ending: str) -> str:
        """The file name of one variant."""
        return f"{_slug(self.path)}-{self.digest}-{width}.{ending}"


@cache
def _slug(path: str) -> str:
    """A picture's name in letters that need no encoding in an address or in a srcset."""
    plain = slugify(Path(path).stem, regex_subs=[(r"[^\w\s-]", ""), (r"[-_\s]+", "-")])
    return plain.strip("-")[:80] or "anh"


def missing(picture: Picture, folder: Path) -> list[tuple[int, str]]:
    """Width and ending of the variants that are not in `folder` yet."""
    return [(w, e) for w in picture.widths for e in FORMATS if not (folder / picture.name(w, e)).exists()]
