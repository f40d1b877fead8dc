"""Boundaries to paths of an SVG, with Shapely; imported only when a file of boundaries has changed.

Everything stands on one grid of whole numbers, WIDE across. Borders are put right and simplified together
(`coverage_clean`, `coverage_simplify`: https://shapely.readthedocs.io/), so that neighbours share every point of
their border and no slivers show, and areas stay true: the projection is the cylindrical equal-area one of the
ellipsoid (Snyder, Map Projections: A Working Manual, 1987, equations 10-13 to 10-15 and 3-12).
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence

import numpy
import shapely
from numpy.typing import NDArray

from plugins.i18n import translate
from plugins.problems import ContentError, Problem

from .boundaries import Polygon, Unit, parse_boundaries
from .map_data import FONT_SIZES, LINE, MAP_WIDTH, Label, Map, Shape

A, E2 = 6378137.0, 0.00669437999014  # WGS 84: half the great axis in m, eccentricity squared
FINE, COARSE = 5.0, 45.0  # simplification in units of the grid: about the root of the area that may go
GAP = 0.002  # of the width: narrower gaps between units are closed
SMALL_OVERLAP = 0.005  # of a unit's area: told above that
FIGURES_DIFFER = 0.1  # of an area: told above that
GRID = 14  # places tried for a label, each way


def draw_file(data: bytes, path: str) -> str:
    """A file of boundaries as JSON: its units, their map, and what an editor should know. Raises ContentError."""
    units, shapes, notes = parse_boundaries(data, path)
    made, more = draw_map(units, shapes, path)
    notes += [*more, *_odd_areas(units, made, path)]
    values = [[list(vars(unit).values()) for unit in units], made.pack(), [note.message for note in notes]]
    return json.dumps(values, ensure_ascii=False)


def _odd_areas(units: Iterable[Unit], drawn: Map, path: str) -> Iterable[Problem]:
    for unit, shape in zip(units, drawn.shapes, strict=True):
        if unit.area and abs(shape.area / unit.area - 1) > FIGURES_DIFFER:
            text = translate(
                "area_km2 is {given}, but its boundary encloses {real} km²", given=unit.area, real=round(shape.area, 1)
            )
            yield Problem(path, 0, f"{unit.name}: {text}", "warning")


def draw_map(units: Sequence[Unit], shapes: Sequence[list[Polygon]], path: str) -> tuple[Map, list[Problem]]:
    """The map of units, and what was put right. Raises ContentError where one cannot be drawn."""
    notes: list[Problem] = []

    def note(unit: Unit, text: str) -> None:
        notes.append(Problem(path, 0, f"{unit.name}: {text}", "warning"))

    there = [shapely.MultiPolygon([(part[0], part[1:]) for part in polygons]) for polygons in shapes]
    for number, shape in enumerate(there):
        if not shape.is_valid:
            there[number] = _valid(shape)
            note(
                units[number],
                translate("its boundary crosses itself ({why}); it was put right, look at the map", why=_why(shape)),
            )
    project = equal_area(shapely.total_bounds(there))
    flat = shapely.transform(there, project)
    _tell_overlaps(units, flat, note)
    west, south, east, north = shapely.total_bounds(flat)
    scale = MAP_WIDTH / (east - west)
    flat = shapely.transform(flat, lambda points: numpy.rint((points - (west, north)) * (scale, -scale)))
    clean = _on_grid([_valid(shape) for shape in flat])
    lost = [unit for unit, shape in zip(units, clean, strict=True) if shape.is_empty]
    if lost:
        text = translate("nothing of it is left: it lies within other units, or is too small to be seen")
        raise ContentError([*(Problem(path, 0, f"{unit.name}: {text}") for unit in lost), *notes])
    fine = _on_grid(shapely.coverage_simplify(clean, FINE))
    tree = shapely.STRtree(fine)
    drawn = []
    for number, (unit, shape) in enumerate(zip(units, fine, strict=True)):
        near = [int(n) for n in tree.query(shape, "intersects") if n != number]
        beside = [n for n in near if shapely.length(shapely.intersection(shape, fine[n])) > 0]
        box = tuple(map(int, shape.bounds))
        drawn.append(
            Shape(svg_path(shape), box, sorted(beside), _label(unit.short, shape), shape.area / (scale * 1000) ** 2)
        )
    coarse = shapely.coverage_simplify(clean, COARSE)
    return Map(round((north - south) * scale), scale * 1000, drawn, "".join(map(svg_path, coarse))), notes


def equal_area(bounds: NDArray[numpy.float64]) -> Callable[[NDArray[numpy.float64]], NDArray[numpy.float64]]:
    """From degrees to metres, equal in area, true in shape at the middle latitude of `bounds`."""
    west, south, _, north = numpy.radians(bounds)
    middle, e = (south + north) / 2, math.sqrt(E2)
    k = math.cos(middle) / math.sqrt(1 - E2 * math.sin(middle) ** 2)

    def project(points: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
        sine = numpy.sin(numpy.radians(points[:, 1]))
        q = (1 - E2) * (sine / (1 - E2 * sine**2) - numpy.log((1 - e * sine) / (1 + e * sine)) / (2 * e))
        return numpy.column_stack([A * k * (numpy.radians(points[:, 0]) - west), A * q / (2 * k)])

    return project


def _areas(shape: shapely.Geometry) -> shapely.Geometry:
    """Only the polygons of what may also have lines and points."""
    parts = [
        part for part in shapely.get_parts(shape, return_index=False) if part.geom_type in ("Polygon", "MultiPolygon")
    ]
    return shapely.MultiPolygon([piece for part in parts for piece in shapely.get_parts(part)])


def _valid(shape: shapely.Geometry) -> shapely.Geometry:
    """Lines that cross put right; by structure, because GEOS refuses some shapes by linework."""
    return _areas(shapely.make_valid(shape, method="structure", keep_collapsed=False))


def _why(shape: shapely.Geometry) -> str:
    """Where a boundary is not in order, in degrees."""
    return shapely.is_valid_reason(shape).partition("[")[2].rstrip("]").replace(" ", ", ") or "?"


def _tell_overlaps(units: Sequence[Unit], flat: NDArray[numpy.object_], note: Callable[[Unit, str], None]) -> None:
    areas = shapely.area(flat)
    for one, other in zip(*shapely.STRtree(flat).query(flat, "intersects"), strict=True):
        if one < other:
            shared = shapely.area(shapely.intersection(flat[one], flat[other]))
            if shared > SMALL_OVERLAP * min(areas[one], areas[other]):
                text = translate(
                    "it overlaps {other} on {area} km²; the overlap was given to one of them",
                    other=units[other].name,
                    area=round(shared / 1e6, 2),
                )
                note(units[one], text)


def _on_grid(shapes: Sequence[shapely.Geometry]) -> NDArray[numpy.object_]:
    """A coverage whose points are whole numbers: cleaning makes new points, rounding them may cross lines again."""
    now = numpy.asarray(shapes, dtype=object)
    for _ in range(4):
        now = numpy.array([_areas(s) for s in shapely.coverage_clean(now, gap_width=GAP * MAP_WIDTH)], dtype=object)
        rounded = shapely.transform(now, numpy.rint)
        if shapely.is_valid(rounded).all() and shapely.coverage_is_valid(rounded):
            return rounded
        now = numpy.array([_valid(s) for s in rounded], dtype=object)
    return now


def svg_path(shape: shapely.Geometry) -> str:
    """The `d` of a path (https://www.w3.org/TR/SVG2/paths.html): rings by steps from point to point."""
    rings = [ring for part in shapely.get_parts(shape) for ring in [part.exterior, *part.interiors]]
    return "".join(_ring(shapely.get_coordinates(ring)) for ring in rings)


def _ring(points: NDArray[numpy.float64]) -> str:
    steps = numpy.diff(numpy.rint(points[:-1]).astype(int), axis=0).ravel().tolist()
    start = f"M{points[0][0]:.0f} {points[0][1]:.0f}"
    return start + "l" + " ".join(map(str, steps)).replace(" -", "-") + "z"


def _label(name: str, shape: shapely.Geometry) -> Label | None:
    """Where a name stands within its unit, in the largest letters that fit, on one line or two."""
    words = name.split()
    breaks = [[" ".join(words[:n]), " ".join(words[n:])] for n in range(1, len(words))]
    even = min(breaks, key=lambda lines: max(map(len, lines)), default=None)
    part = max(shapely.get_parts(shape), key=shapely.area)
    shapely.prepare(part)
    centre = shapely.get_coordinates(shapely.maximum_inscribed_circle(part, tolerance=5))[0]
    west, south, east, north = part.bounds
    grid = numpy.stack(
        numpy.meshgrid(numpy.linspace(west, east, GRID), numpy.linspace(south, north, GRID)), -1
    ).reshape(-1, 2)
    places = numpy.vstack([centre, grid[numpy.argsort(((grid - centre) ** 2).sum(axis=1))]])
    for level, size in enumerate(FONT_SIZES):
        for lines in [[name], even]:
            if lines is None:
                continue
            half = numpy.array([LINE[0] * max(map(len, lines)), LINE[1] * len(lines)]) * size / 2
            fits = shapely.contains(part, shapely.box(*(places - half).T, *(places + half).T))
            if fits.any():
                at = places[fits.argmax()]
                return Label(level, int(at[0]), int(at[1]), lines)
    return None
