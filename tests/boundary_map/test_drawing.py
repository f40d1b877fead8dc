"""Boundaries become paths whose neighbours share every point, with true areas, whatever was in the file."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import numpy
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.boundary_map import boundaries, drawing
from plugins.boundary_map.map_data import FONT_SIZES, MAP_WIDTH, Map
from plugins.problems import ContentError
from tests.boundary_map.provinces import SOUTH, WEST, collection, feature, province, square

DEMONSTRATION = Path(__file__).resolve().parents[2] / "content" / "ban-do.geojson"
PART = re.compile(r"M(-?\d+) (-?\d+)l([^z]*)z")


def drawn(data: bytes) -> tuple[Map, list[boundaries.Unit], list[str]]:
    """Return the map of a file, its units and the reported problems."""
    units, shapes, _ = boundaries.parse_boundaries(data, "f")
    made, notes = drawing.draw_map(units, shapes, "f")
    return made, units, [str(note) for note in notes]


def seen(path: str) -> shapely.Geometry:
    """Return the area that a browser fills for a path, by the rule evenodd, in units of the drawing."""
    filled = shapely.Polygon()
    for x, y, steps in PART.findall(path):
        points = [(int(x), int(y))]
        numbers = [int(n) for n in re.findall(r"-?\d+", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        filled = filled.symmetric_difference(shapely.Polygon(points))
    return filled


def fits_together(made: Map) -> list[shapely.Geometry]:
    """Return the units as browsers fill them; assert that none overlaps and that neighbours have the same points."""
    units = [seen(shape.path) for shape in made.shapes]
    assert shapely.is_valid(units).all() and shapely.coverage_is_valid(units)
    assert shapely.area(shapely.union_all(units)) == pytest.approx(shapely.area(units).sum())
    return units


def holes(units: list[shapely.Geometry]) -> int:
    return sum(len(part.interiors) for part in shapely.get_parts(shapely.union_all(units)))


def on_the_ellipsoid(ring: list[tuple[float, float]]) -> float:
    """Return km² within a ring in degrees on WGS 84.

    The strips between its steps and the equator are added up by the trapezoid rule.
    """
    a, e2, total = 6378.137, 0.00669437999014, 0.0
    for (x, y), (u, v) in pairwise([*ring, ring[0]]):
        at = numpy.linspace(0, numpy.radians((y + v) / 2), 401)
        strip = numpy.trapezoid((1 - e2) * numpy.cos(at) / (1 - e2 * numpy.sin(at) ** 2) ** 2, at)
        total -= numpy.radians(u - x) * strip * a**2
    return abs(total)


def test_areas_are_those_on_the_ground() -> None:
    data = province(5, 4, seed=3, fine=3)
    made, _, _ = drawn(data)
    for unit, shape, seen_one in zip(json.loads(data)["features"], made.shapes, fits_together(made), strict=True):
        real = on_the_ellipsoid(unit["geometry"]["coordinates"][0][:-1])
        assert shape.area == pytest.approx(real, rel=0.01)
        assert seen_one.area / made.scale**2 == pytest.approx(real, rel=0.01)


def test_the_demonstrations_areas_are_those_given() -> None:
    made, units, notes = drawn(DEMONSTRATION.read_bytes())
    seen_ones = fits_together(made)
    assert notes == [] and holes(seen_ones) == 0
    for unit, one in zip(units, seen_ones, strict=True):
        assert one.area / made.scale**2 == pytest.approx(unit.area, rel=0.01)


def test_sixty_five_communes_are_one_small_drawing() -> None:
    made, _, notes = drawn(province(13, 5))
    units = fits_together(made)
    assert notes == [] and len(units) == 65 and holes(units) == 0
    assert sum(len(shape.path) for shape in made.shapes) < 60_000
    assert (made.shapes[0].neighbors, made.shapes[14].neighbors) == ([1, 13], [1, 13, 15, 27])


def test_names_are_within_their_units() -> None:
    made, _, _ = drawn(province(8, 5, seed=2))
    for shape, unit in zip(made.shapes, fits_together(made), strict=True):
        assert shape.label and unit.buffer(2).contains(shapely.box(*shape.label.box(FONT_SIZES[shape.label.level])))


def test_a_town_within_a_commune_is_a_hole_of_it() -> None:
    outer = [(WEST, SOUTH), (WEST + 1, SOUTH), (WEST + 1, SOUTH + 1), (WEST, SOUTH + 1)]
    inner = [(WEST + x, SOUTH + y) for x, y in ((0.4, 0.4), (0.4, 0.6), (0.6, 0.6), (0.6, 0.4))]
    made, _, _ = drawn(collection(feature("Xã Ngoài", outer, inner), feature("Phường Trong", inner)))
    around, town = fits_together(made)
    assert around.area == pytest.approx(0.96 * MAP_WIDTH * made.height, rel=0.01) and town.area == pytest.approx(
        0.04 * MAP_WIDTH * made.height, rel=0.01
    )
    assert made.shapes[0].neighbors == [1]


def test_two_islands_are_one_unit() -> None:
    island = square("", 0.3, 0.0)["geometry"]["coordinates"]
    both = square("Xã Đảo", 0, 0)
    both["geometry"] = {"type": "MultiPolygon", "coordinates": [both["geometry"]["coordinates"], island]}
    made, _, _ = drawn(collection(both))
    assert made.shapes[0].path.count("M") == 2


def test_narrow_gaps_and_overlaps_between_neighbours_are_closed() -> None:
    """The middle one of nine is drawn 20 m too small on one side and 20 m too large on the other."""
    nine = [square(f"Xã {x}{y}", x * 0.1, y * 0.1) for y in range(3) for x in range(3)]
    nine[4] = square("Xã Giữa", 0.1002, 0.1002)
    made, _, notes = drawn(collection(*nine))
    assert holes(fits_together(made)) == 0 and notes == []
    assert {1, 3, 5, 7} <= set(made.shapes[4].neighbors)


def test_a_large_overlap_is_reported_and_given_to_one_unit() -> None:
    made, _, notes = drawn(collection(square("Xã A", 0, 0), square("Xã B", 0.05, 0)))
    fits_together(made)
    assert len(notes) == 1 and "Xã A: chồng lên Xã B" in notes[0]


def test_a_boundary_that_crosses_itself_is_repaired_and_reported() -> None:
    x, y = WEST, SOUTH
    bow = feature("Xã Nơ", [(x, y), (x + 0.1, y + 0.1), (x + 0.1, y), (x, y + 0.1)])
    made, _, notes = drawn(collection(bow, square("Xã B", 0.1, 0)))
    fits_together(made)
    assert len(notes) == 1 and "Xã Nơ: đường ranh giới tự cắt nhau" in notes[0]


def test_a_unit_that_lies_in_another_is_rejected() -> None:
    with pytest.raises(ContentError) as error:
        drawn(collection(square("Xã A", 0, 0), square("Xã A Nhỏ", 0.0001, 0.0001, size=0.00001)))
    assert "Xã A Nhỏ: không còn lại phần nào" in str(error.value.problems[0])


def test_what_is_stored_in_the_state_is_the_map() -> None:
    made, _, _ = drawn(DEMONSTRATION.read_bytes())
    assert Map.unpack(made.pack()) == made


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 6), st.integers(1, 5), st.integers(0, 10**6), st.integers(0, 5), st.floats(0, 0.003))
def test_any_province_fits_together(columns: int, rows: int, seed: int, fine: int, shaken: float) -> None:
    """shaken: how far each point is moved by itself, in degrees (up to 300 m), as if communes were drawn separately."""
    found = json.loads(province(columns, rows, seed, fine))
    chance = numpy.random.default_rng(seed)
    for unit in found["features"]:
        ring = numpy.array(unit["geometry"]["coordinates"][0][:-1])
        ring += chance.uniform(-shaken, shaken, ring.shape) / (1 + fine)
        unit["geometry"]["coordinates"] = [[*ring.tolist(), ring[0].tolist()]]
    made, _, _ = drawn(json.dumps(found).encode())
    units = fits_together(made)
    assert len(units) == columns * rows and all(unit.area > 0 for unit in units)
