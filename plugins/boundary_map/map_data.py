"""A drawn map as plain data, so that pages can be rendered without Shapely.

The map has a grid of whole numbers as its unit of length: it is MAP_WIDTH units wide.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

MAP_WIDTH = 4000
# Font sizes of labels: the first is 13 px on a phone, the others are 14 to 16 px at each doubling of the scale.
FONT_SIZES = (160, 96, 48, 24, 12)
CHARACTER_WIDTH, LINE_HEIGHT = 0.58, 1.1  # in font sizes; the width is an average
DIGIT_HEIGHT = 0.8  # the height of a line of digits, which have no marks

Box = tuple[int, int, int, int]  # left, top, right, bottom


@dataclass(frozen=True)
class Label:
    """A name or number on the map.

    Attributes:
        level: index of the first of FONT_SIZES in which it fits.
        x: of its centre.
        y: of its centre.
        lines: one or two lines of text.
    """

    level: int
    x: int
    y: int
    lines: list[str]

    def box(self, size: float) -> tuple[float, float, float, float]:
        """The left, top, right and bottom of the text in a font size."""
        half_width = size * CHARACTER_WIDTH * max(map(len, self.lines)) / 2
        half_height = size * LINE_HEIGHT * len(self.lines) / 2
        return self.x - half_width, self.y - half_height, self.x + half_width, self.y + half_height


@dataclass(frozen=True)
class Shape:
    """A unit on the map.

    Attributes:
        path: the `d` of its SVG path.
        box: its bounds.
        neighbors: indices of the units that it borders on.
        label: its name; None where that fits in no font size.
        number_label: its number in the table, shown while the name does not fit; None where it does not fit either.
        area: in km².
    """

    path: str
    box: Box
    neighbors: list[int]
    label: Label | None
    number_label: Label | None
    area: float


@dataclass(frozen=True)
class Map:
    """A whole map.

    Attributes:
        height: in units of the grid.
        scale: units of the grid per kilometre.
        shapes: one for each administrative unit, in the order of the file.
        outline_path: the `d` of one coarse path of all boundaries, for a small picture.
    """

    height: int
    scale: float
    shapes: list[Shape]
    outline_path: str

    def pack(self) -> str:
        """Serialize the map, for `unpack`."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def unpack(cls, text: str) -> Map:
        """Deserialize what `pack` returned."""
        values = json.loads(text)
        shapes = [
            Shape(s["path"], tuple(s["box"]), s["neighbors"], _label(s["label"]), _label(s["number_label"]), s["area"])
            for s in values.pop("shapes")
        ]
        return cls(**values, shapes=shapes)

    def view_box(self, index: int) -> Box:
        """The part of the map for a unit's page: the unit with some of its surroundings, in a ratio of 3:2."""
        left, top, right, bottom = self.shapes[index].box
        width = max((right - left) * 1.7, (bottom - top) * 1.7 * 1.5, MAP_WIDTH / 12)
        x, y, height = (left + right) / 2, (top + bottom) / 2, width / 1.5
        return round(x - width / 2), round(y - height / 2), round(x + width / 2), round(y + height / 2)

    def center(self, index: int) -> tuple[int, int]:
        """The middle of a unit's name, or of its bounds where the name fits nowhere."""
        shape = self.shapes[index]
        left, top, right, bottom = shape.box
        return (shape.label.x, shape.label.y) if shape.label else ((left + right) // 2, (top + bottom) // 2)

    def visible_units(self, box: Box) -> Iterator[int]:
        """The indices of the units that may be visible in a part of the map."""
        for index, shape in enumerate(self.shapes):
            left, top, right, bottom = shape.box
            if left < box[2] and right > box[0] and top < box[3] and bottom > box[1]:
                yield index

    def units_with_label(self, indices: Iterable[int], box: Box, size: float) -> Iterator[int]:
        """Those of some units whose labels, in a font size, fit into the unit and into a part of the map."""
        for index in indices:
            label = self.shapes[index].label
            if label and FONT_SIZES[label.level] >= size:
                left, top, right, bottom = label.box(size)
                if left > box[0] and top > box[1] and right < box[2] and bottom < box[3]:
                    yield index

    def small_svg(self) -> bytes:
        """The boundaries as a small SVG, in a grey with enough contrast on light and on dark pages."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-20 -20 {MAP_WIDTH + 40} {self.height + 40}">'
            f'<path fill="none" stroke="#84796b" stroke-width="{MAP_WIDTH / 260:.0f}" stroke-linejoin="round"'
            f' d="{self.outline_path}"/></svg>\n'
        ).encode()


def _label(values: dict[str, Any] | None) -> Label | None:
    return Label(**values) if values else None
