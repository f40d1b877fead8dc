"""Generated provinces as GeoJSON, whose borders and areas are known."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from typing import Any

Point = tuple[float, float]
WEST, SOUTH, STEP = 106.0, 21.4, 0.12  # degrees


def feature(name: str, *rings: list[Point], **properties: Any) -> dict[str, Any]:
    """Return a unit of one polygon: its outer ring, then holes. Rings are closed here."""
    closed = [[*ring, ring[0]] for ring in rings]
    return {
        "type": "Feature",
        "properties": {"name": name, **properties},
        "geometry": {"type": "Polygon", "coordinates": closed},
    }


def collection(*features: dict[str, Any]) -> bytes:
    """Return a file of units."""
    return json.dumps({"type": "FeatureCollection", "features": list(features)}, ensure_ascii=False).encode()


def square(name: str, x: float, y: float, size: float = 0.1, **properties: Any) -> dict[str, Any]:
    """Return a square unit. x, y: its lower left corner, in degrees from the province's."""
    west, south = WEST + x, SOUTH + y
    ring = [(west, south), (west + size, south), (west + size, south + size), (west, south + size)]
    return feature(name, ring, **properties)


def province(columns: int, rows: int, seed: int = 0, halvings: int = 6) -> bytes:
    """Return columns × rows communes with winding borders.

    Neighbours have the same points. halvings: how often a border is halved.
    """
    rng = random.Random(seed)
    corners = {
        (x, y): (WEST + STEP * (x + rng.uniform(-0.25, 0.25)), SOUTH + STEP * (y + rng.uniform(-0.25, 0.25)))
        for x in range(columns + 1)
        for y in range(rows + 1)
    }
    borders: dict[tuple[tuple[int, int], tuple[int, int]], list[Point]] = {}

    def border(start: tuple[int, int], end: tuple[int, int]) -> list[Point]:
        """Return the points from one corner to another, without the last."""
        if (end, start) in borders:
            return borders[end, start][:0:-1]
        points = [corners[start], corners[end]]
        for halving in range(halvings):
            between = [_midpoint(one, other, rng) for one, other in pairwise(points)]
            points = [p for pair in zip(points, between, strict=False) for p in pair] + [points[-1]]
            assert len(points) == 2 ** (halving + 1) + 1
        borders[start, end] = points
        return points[:-1]

    units = []
    for y in range(rows):
        for x in range(columns):
            around = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
            ring = [p for n in range(4) for p in border(around[n], around[(n + 1) % 4])]
            number = y * columns + x
            units.append(feature(f"Xã Bản {_syllable(number)}", ring, code=f"{number:05d}"))
    return collection(*units)


def _midpoint(start: Point, end: Point, rng: random.Random) -> Point:
    (x, y), (u, v) = start, end
    offset = rng.uniform(-0.1, 0.1)
    return (x + u) / 2 + (v - y) * offset, (y + v) / 2 - (u - x) * offset


def _syllable(number: int) -> str:
    """Return a different syllable for each number."""
    first, last = (
        "Bcdghklmnpstv"[number % 13].upper(),
        ["ang", "inh", "oan", "uôi", "ơm", "ưng", "ết"][number // 13 % 7],
    )
    return first + last + ("" if number < 91 else f" {number}")
