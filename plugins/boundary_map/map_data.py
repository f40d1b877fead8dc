"""A drawn map as plain data, so that pages are made of it without Shapely."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

MAP_WIDTH = 4000  # units of the grid from the left to the right
FONT_SIZES = (
    152,
    96,
    48,
    24,
    12,
)  # sizes of letters in units: what 12 px are on a phone, then 14 to 16 px at each doubling of the scale
LINE = (0.58, 1.1)  # of that size: how wide a letter is on average, how high a line

Box = tuple[int, int, int, int]  # left, top, right, bottom


@dataclass(frozen=True)
class Label:
    """A name on the map. level: the first of FONTS at which it fits. x, y: its middle."""

    level: int
    x: int
    y: int
    lines: list[str]

    def box(self, size: float) -> tuple[float, float, float, float]:
        """The room that it takes in letters of a size."""
        x, y = size * LINE[0] * max(map(len, self.lines)) / 2, size * LINE[1] * len(self.lines) / 2
        return self.x - x, self.y - y, self.x + x, self.y + y


@dataclass(frozen=True)
class Shape:
    """A unit on the map. path: the `d` of its path. beside: places of its neighbours in the list of units. area: km²."""

    path: str
    box: Box
    neighbors: list[int]
    label: Label | None
    area: float


@dataclass(frozen=True)
class Map:
    """A whole map, WIDE across. high: of its viewBox. scale: units a kilometre. small: one path for a small picture."""

    height: int
    scale: float
    shapes: list[Shape]
    outline_path: str

    def pack(self) -> str:
        """As text, to be kept."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def unpack(cls, text: str) -> Map:
        values = json.loads(text)
        shapes = [
            Shape(s["path"], tuple(s["box"]), s["beside"], s["label"] and Label(**s["label"]), s["area"])
            for s in values.pop("shapes")
        ]
        return cls(**values, shapes=shapes)

    def view_box(self, number: int) -> Box:
        """What a page about one unit shows: the unit with some of its neighbourhood, three wide and two high."""
        left, top, right, bottom = self.shapes[number].box
        wide = max((right - left) * 1.7, (bottom - top) * 1.7 * 1.5, MAP_WIDTH / 12)
        x, y, high = (left + right) / 2, (top + bottom) / 2, wide / 1.5
        return round(x - wide / 2), round(y - high / 2), round(x + wide / 2), round(y + high / 2)

    def visible_units(self, box: Box) -> Iterator[int]:
        """The units of which something may be seen in a part of the map."""
        for number, shape in enumerate(self.shapes):
            left, top, right, bottom = shape.box
            if left < box[2] and right > box[0] and top < box[3] and bottom > box[1]:
                yield number

    def units_with_label(self, numbers: Iterable[int], box: Box, size: float) -> Iterator[int]:
        """Those of some units whose name, in letters of a size, fits within them and within a part of the map."""
        for number in numbers:
            label = self.shapes[number].label
            if label and FONT_SIZES[label.level] >= size:
                left, top, right, bottom = label.box(size)
                if left > box[0] and top > box[1] and right < box[2] and bottom < box[3]:
                    yield number

    def small_svg(self) -> bytes:
        """The whole map as a small picture of lines, in a grey that is seen on light and dark paper alike."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-20 -20 {MAP_WIDTH + 40} {self.height + 40}">'
            f'<path fill="none" stroke="#84796b" stroke-width="{MAP_WIDTH / 260:.0f}" stroke-linejoin="round" d="{self.outline_path}"/></svg>\n'
        ).encode()
