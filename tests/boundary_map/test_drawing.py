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


def draw(data: bytes) -> tuple[Map, list[boundaries.Unit], list[str]]:
    """Return the map of a file, its units and the reported problems."""
    units, shapes, _ = boundaries.parse_boundaries(data, "f")
    drawn_map, notes = drawing.draw_map(units, shapes, "f")
    return drawn_map, units, [str(note) for note in notes]


def filled_area(path: str) -> shapely.Geometry:
    """Return the area that a browser fills for a path, by the rule evenodd, in units of the drawing."""
    filled = shapely.Polygon()
    for x, y, steps in PART.findall(path):
        points = [(int(x), int(y))]
        numbers = [int(n) for n in re.findall(r"-?\d+", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        filled = filled.symmetric_difference(shapely.Polygon(points))
    return filled


def filled_units(drawn_map: Map) -> list[shapely.Geometry]:
    """Return the units as browsers fill them; assert that none overlaps and that neighbours have the same points."""
    units = [filled_area(shape.path) for shape in drawn_map.shapes]
    assert shapely.is_valid(units).all() and shapely.coverage_is_valid(units)
    assert shapely.area(shapely.union_all(units)) == pytest.approx(shapely.area(units).sum())
    return units


def holes(units: list[shapely.Geometry]) -> int:
    return sum(len(part.interiors) for part in shapely.get_parts(shapely.union_all(units)))


def area_on_ellipsoid(ring: list[tuple[float, float]]) -> float:
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
    data = province(5, 4, seed=3, halvings=3)
    drawn_map, _, _ = draw(data)
    for unit, shape, filled in zip(
        json.loads(data)["features"], drawn_map.shapes, filled_units(drawn_map), strict=True
    ):
        real = area_on_ellipsoid(unit["geometry"]["coordinates"][0][:-1])
        assert shape.area == pytest.approx(real, rel=0.01)
        assert filled.area / drawn_map.scale**2 == pytest.approx(real, rel=0.01)


def test_the_demonstrations_areas_are_those_given() -> None:
    drawn_map, units, notes = draw(DEMONSTRATION.read_bytes())
    areas = filled_units(drawn_map)
    assert notes == [] and holes(areas) == 0
    for unit, area in zip(units, areas, strict=True):
        assert area.area / drawn_map.scale**2 == pytest.approx(unit.area, rel=0.01)


def test_sixty_five_communes_are_one_small_drawing() -> None:
    drawn_map, _, notes = draw(province(13, 5))
    units = filled_units(drawn_map)
    assert notes == [] and len(units) == 65 and holes(units) == 0
    assert sum(len(shape.path) for shape in drawn_map.shapes) < 60_000
    assert (drawn_map.shapes[0].neighbors, drawn_map.shapes[14].neighbors) == ([1, 13], [1, 13, 15, 27])


def test_names_are_within_their_units() -> None:
    drawn_map, _, _ = draw(province(8, 5, seed=2))
    for shape, unit in zip(drawn_map.shapes, filled_units(drawn_map), strict=True):
        assert shape.label and unit.buffer(2).contains(shapely.box(*shape.label.box(FONT_SIZES[shape.label.level])))


def test_a_town_within_a_commune_is_a_hole_of_it() -> None:
    outer = [(WEST, SOUTH), (WEST + 1, SOUTH), (WEST + 1, SOUTH + 1), (WEST, SOUTH + 1)]
    inner = [(WEST + x, SOUTH + y) for x, y in ((0.4, 0.4), (0.4, 0.6), (0.6, 0.6), (0.6, 0.4))]
    drawn_map, _, _ = draw(collection(feature("Xã Ngoài", outer, inner), feature("Phường Trong", inner)))
    around, town = filled_units(drawn_map)
    assert around.area == pytest.approx(0.96 * MAP_WIDTH * drawn_map.height, rel=0.01) and town.area == pytest.approx(
        0.04 * MAP_WIDTH * drawn_map.height, rel=0.01
    )
    assert drawn_map.shapes[0].neighbors == [1]


def test_two_islands_are_one_unit() -> None:
    island = square("", 0.3, 0.0)["geometry"]["coordinates"]
    both = square("Xã Đảo", 0, 0)
    both["geometry"] = {"type": "MultiPolygon", "coordinates": [both["geometry"]["coordinates"], island]}
    drawn_map, _, _ = draw(collection(both))
    assert drawn_map.shapes[0].path.count("M") == 2


def test_narrow_gaps_and_overlaps_between_neighbours_are_closed() -> None:
    """The middle one of nine is drawn 20 m too small on one side and 20 m too large on the other."""
    nine = [square(f"Xã {x}{y}", x * 0.1, y * 0.1) for y in range(3) for x in range(3)]
    nine[4] = square("Xã Giữa", 0.1002, 0.1002)
    drawn_map, _, notes = draw(collection(*nine))
    assert holes(filled_units(drawn_map)) == 0 and notes == []
    assert {1, 3, 5, 7} <= set(drawn_map.shapes[4].neighbors)


def test_a_large_overlap_is_reported_and_given_to_one_unit() -> None:
    drawn_map, _, notes = draw(collection(square("Xã A", 0, 0), square("Xã B", 0.05, 0)))
    filled_units(drawn_map)
    assert len(notes) == 1 and "Xã A: chồng lên Xã B" in notes[0]


def test_a_boundary_that_crosses_itself_is_repaired_and_reported() -> None:
    x, y = WEST, SOUTH
    bow = feature("Xã Nơ", [(x, y), (x + 0.1, y + 0.1), (x + 0.1, y), (x, y + 0.1)])
    drawn_map, _, notes = draw(collection(bow, square("Xã B", 0.1, 0)))
    filled_units(drawn_map)
    assert len(notes) == 1 and "Xã Nơ: đường ranh giới tự cắt nhau" in notes[0]


def test_a_unit_that_lies_in_another_is_rejected() -> None:
    with pytest.raises(ContentError) as error:
        draw(collection(square("Xã A", 0, 0), square("Xã A Nhỏ", 0.0001, 0.0001, size=0.00001)))
    assert "Xã A Nhỏ: không còn lại phần nào" in str(error.value.problems[0])


def test_what_is_stored_in_the_state_is_the_map() -> None:
    drawn_map, _, _ = draw(DEMONSTRATION.read_bytes())
    assert Map.unpack(drawn_map.pack()) == drawn_map


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 6), st.integers(1, 5), st.integers(0, 10**6), st.integers(0, 5), st.floats(0, 0.003))
def test_any_province_fits_together(columns: int, rows: int, seed: int, halvings: int, shaken: float) -> None:
    """shaken: how far each point is moved by itself, in degrees (up to 300 m), as if communes were drawn separately."""
    data = json.loads(province(columns, rows, seed, halvings))
    rng = numpy.random.default_rng(seed)
    for unit in data["features"]:
        ring = numpy.array(unit["geometry"]["coordinates"][0][:-1])
        ring += rng.uniform(-shaken, shaken, ring.shape) / (1 + halvings)
        unit["geometry"]["coordinates"] = [[*ring.tolist(), ring[0].tolist()]]
    drawn_map, _, _ = draw(json.dumps(data).encode())
    units = filled_units(drawn_map)
    assert len(units) == columns * rows and all(unit.area > 0 for unit in units)
