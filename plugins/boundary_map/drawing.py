"""Draws boundaries as SVG paths with Shapely. Import it only when a file of boundaries has changed.

All points are on one grid of whole numbers, MAP_WIDTH wide. The units are cleaned and simplified together
(`coverage_clean`, `coverage_simplify`: https://shapely.readthedocs.io/), so that neighbours share every point of their
border and no slivers show. Areas stay true: the projection is the cylindrical equal-area one of the ellipsoid (Snyder,
Map Projections: A Working Manual, 1987, equations 10-13 to 10-15 and 3-12).
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Sequence

import numpy
import shapely
from numpy.typing import NDArray

from plugins.i18n import translate
from plugins.problems import ContentError, Problem

from .boundaries import Polygon, Unit, parse_boundaries
from .map_data import CHARACTER_WIDTH, DIGIT_HEIGHT, FONT_SIZES, LINE_HEIGHT, MAP_WIDTH, Box, Label, Map, Shape

SEMI_MAJOR_AXIS, ECCENTRICITY_SQUARED = 6378137.0, 0.00669437999014  # of WGS 84; the axis in m
# Tolerances of simplification in units of the grid: about the square root of the area that may be lost.
FINE, COARSE = 5.0, 45.0
MAX_GAP = 0.002  # of the width: narrower gaps between units are closed
OVERLAP_TOLERANCE = 0.005  # of a unit's area: larger overlaps are reported
AREA_TOLERANCE = 0.1  # of an area: a larger difference to the stated area is reported
LABEL_GRID = 14  # positions in each direction that are tried for a label

Points = NDArray[numpy.float64]
Geometries = NDArray[numpy.object_]
Warn = Callable[[Unit, str], None]


def draw_file(data: bytes, path: str, name_property: str) -> str:
    """Draw a GeoJSON file.

    Args:
        data: the contents of the file.
        path: the name of the file in problems.
        name_property: the property that has the name of a unit.

    Returns:
        JSON: the values of the units, the packed map, and the texts of warnings.

    Raises:
        ContentError: the file is malformed, or a unit cannot be drawn.
    """
    units, polygons, warnings = parse_boundaries(data, path, name_property)
    drawn, more = draw_map(units, polygons, path)
    warnings += [*more, *_area_warnings(units, drawn, path)]
    values = [[list(vars(unit).values()) for unit in units], drawn.pack(), [warning.message for warning in warnings]]
    return json.dumps(values, ensure_ascii=False)


def _area_warnings(units: Sequence[Unit], drawn: Map, path: str) -> Iterator[Problem]:
    for unit, shape in zip(units, drawn.shapes, strict=True):
        if unit.area and abs(shape.area / unit.area - 1) > AREA_TOLERANCE:
            text = translate(
                "area_km2 is {given}, but its boundary encloses {real} km²", given=unit.area, real=round(shape.area, 1)
            )
            yield Problem(path, 0, f"{unit.name}: {text}", "warning")


def draw_map(units: Sequence[Unit], polygons: Sequence[list[Polygon]], path: str) -> tuple[Map, list[Problem]]:
    """Draw units on one map, and return it with warnings about what was repaired.

    Args:
        units: the units.
        polygons: those of each unit, in degrees.
        path: the name of the file in problems.

    Raises:
        ContentError: nothing of a unit is left.
    """
    warnings: list[Problem] = []

    def warn(unit: Unit, text: str) -> None:
        warnings.append(Problem(path, 0, f"{unit.name}: {text}", "warning"))

    in_degrees = _repaired(units, polygons, warn)
    in_metres = shapely.transform(in_degrees, equal_area(shapely.total_bounds(in_degrees)))
    _report_overlaps(units, in_metres, warn)
    west, south, east, north = shapely.total_bounds(in_metres)
    scale = MAP_WIDTH / (east - west)
    scaled = shapely.transform(in_metres, lambda points: numpy.rint((points - (west, north)) * (scale, -scale)))
    coverage = _clean_on_grid([_make_valid(shape) for shape in scaled])
    lost = [unit for unit, shape in zip(units, coverage, strict=True) if shape.is_empty]
    if lost:
        text = translate("nothing of it is left: it lies within other units, or is too small to be seen")
        raise ContentError([*(Problem(path, 0, f"{unit.name}: {text}") for unit in lost), *warnings])
    shapes = _draw_shapes(units, _clean_on_grid(shapely.coverage_simplify(coverage, FINE)), scale)
    outline = "".join(map(svg_path, shapely.coverage_simplify(coverage, COARSE)))
    return Map(round((north - south) * scale), scale * 1000, shapes, outline), warnings


def _repaired(units: Sequence[Unit], polygons: Sequence[list[Polygon]], warn: Warn) -> list[shapely.Geometry]:
    """The geometry of each unit, made valid where its boundary crosses itself."""
    shapes = [shapely.MultiPolygon([(part[0], part[1:]) for part in parts]) for parts in polygons]
    for index, shape in enumerate(shapes):
        if not shape.is_valid:
            shapes[index] = _make_valid(shape)
            why = _invalid_point(shape)
            warn(
                units[index],
                translate("its boundary crosses itself ({why}); it was put right, look at the map", why=why),
            )
    return shapes


def _draw_shapes(units: Sequence[Unit], coverage: Geometries, scale: float) -> list[Shape]:
    """The shapes of units. scale: units of the grid per metre."""
    tree = shapely.STRtree(coverage)
    drawn = []
    for index, (unit, shape) in enumerate(zip(units, coverage, strict=True)):
        touching = [int(other) for other in tree.query(shape, "intersects") if other != index]
        neighbors = [n for n in touching if shapely.length(shapely.intersection(shape, coverage[n])) > 0]
        left, top, right, bottom = map(int, shape.bounds)
        box: Box = left, top, right, bottom
        area = shape.area / (scale * 1000) ** 2
        name, number = _place_labels(unit.short, str(index + 1), shape)
        drawn.append(Shape(svg_path(shape), box, sorted(neighbors), name, number, area))
    return drawn


def equal_area(bounds: Points) -> Callable[[Points], Points]:
    """An equal-area projection from degrees to metres that is true in shape at the middle latitude of `bounds`."""
    west, south, _, north = numpy.radians(bounds)
    middle, e = (south + north) / 2, math.sqrt(ECCENTRICITY_SQUARED)
    k = math.cos(middle) / math.sqrt(1 - ECCENTRICITY_SQUARED * math.sin(middle) ** 2)

    def project(points: Points) -> Points:
        sine = numpy.sin(numpy.radians(points[:, 1]))
        q = (1 - ECCENTRICITY_SQUARED) * (
            sine / (1 - ECCENTRICITY_SQUARED * sine**2) - numpy.log((1 - e * sine) / (1 + e * sine)) / (2 * e)
        )
        x = SEMI_MAJOR_AXIS * k * (numpy.radians(points[:, 0]) - west)
        return numpy.column_stack([x, SEMI_MAJOR_AXIS * q / (2 * k)])

    return project


def _only_polygons(shape: shapely.Geometry) -> shapely.Geometry:
    """The polygons of a geometry that may also have lines and points."""
    parts = [
        part for part in shapely.get_parts(shape, return_index=False) if part.geom_type in ("Polygon", "MultiPolygon")
    ]
    return shapely.MultiPolygon([piece for part in parts for piece in shapely.get_parts(part)])


def _make_valid(shape: shapely.Geometry) -> shapely.Geometry:
    """Repair lines that cross; with the method "structure", because GEOS rejects some shapes with "linework"."""
    return _only_polygons(shapely.make_valid(shape, method="structure", keep_collapsed=False))


def _invalid_point(shape: shapely.Geometry) -> str:
    """Where a boundary is invalid, in degrees."""
    reason: str = shapely.is_valid_reason(shape)
    return reason.partition("[")[2].rstrip("]").replace(" ", ", ") or "?"


def _report_overlaps(units: Sequence[Unit], shapes: Geometries, warn: Warn) -> None:
    """Warn of overlaps. shapes: in metres."""
    areas = shapely.area(shapes)
    for one, other in zip(*shapely.STRtree(shapes).query(shapes, "intersects"), strict=True):
        if one < other:
            shared = shapely.area(shapely.intersection(shapes[one], shapes[other]))
            if shared > OVERLAP_TOLERANCE * min(areas[one], areas[other]):
                text = translate(
                    "it overlaps {other} on {area} km²; the overlap was given to one of them",
                    other=units[other].name,
                    area=round(shared / 1e6, 2),
                )
                warn(units[one], text)


def _clean_on_grid(shapes: Sequence[shapely.Geometry] | Geometries) -> Geometries:
    """A valid coverage whose points are whole numbers.

    It takes a few rounds, because cleaning adds points, and rounding these may make lines cross again.
    """
    coverage: Geometries = numpy.asarray(shapes, dtype=object)
    for _ in range(4):
        cleaned = shapely.coverage_clean(coverage, gap_width=MAX_GAP * MAP_WIDTH)
        rounded: Geometries = shapely.transform(
            numpy.array([_only_polygons(shape) for shape in cleaned], dtype=object), numpy.rint
        )
        if shapely.is_valid(rounded).all() and shapely.coverage_is_valid(rounded):
            return rounded
        coverage = numpy.array([_make_valid(shape) for shape in rounded], dtype=object)
    return coverage


def svg_path(shape: shapely.Geometry) -> str:
    """The `d` of an SVG path (https://www.w3.org/TR/SVG2/paths.html): rings of relative steps."""
    rings = [ring for part in shapely.get_parts(shape) for ring in [part.exterior, *part.interiors]]
    return "".join(_ring_path(shapely.get_coordinates(ring)) for ring in rings)


def _ring_path(points: Points) -> str:
    steps = numpy.diff(numpy.rint(points[:-1]).astype(int), axis=0).ravel().tolist()
    start = f"M{points[0][0]:.0f} {points[0][1]:.0f}"
    return start + "l" + " ".join(map(str, steps)).replace(" -", "-") + "z"


def _place_labels(name: str, number: str, shape: shapely.Geometry) -> tuple[Label | None, Label | None]:
    """Place the name of a unit within it, on one line or two, and its number."""
    words = name.split()
    breaks = [[" ".join(words[:n]), " ".join(words[n:])] for n in range(1, len(words))]
    two_lines = min(breaks, key=lambda lines: max(map(len, lines)), default=None)
    largest = max(shapely.get_parts(shape), key=shapely.area)
    shapely.prepare(largest)
    positions = _label_positions(largest)
    label = _place_label([[name], two_lines] if two_lines else [[name]], LINE_HEIGHT, largest, positions)
    return label, _place_label([[number]], DIGIT_HEIGHT, largest, positions)


def _place_label(
    choices: Sequence[list[str]], line_height: float, polygon: shapely.Geometry, positions: Points
) -> Label | None:
    """Place a text within a polygon in the largest font size that fits. choices: of lines, the better first."""
    for level, size in enumerate(FONT_SIZES):
        for lines in choices:
            half = numpy.array([CHARACTER_WIDTH * max(map(len, lines)), line_height * len(lines)]) * size / 2
            fits = shapely.contains(polygon, shapely.box(*(positions - half).T, *(positions + half).T))
            if fits.any():
                x, y = positions[fits.argmax()]
                return Label(level, int(x), int(y), lines)
    return None


def _label_positions(polygon: shapely.Geometry) -> Points:
    """Positions to try for a label: the centre of the largest circle inside, then a grid, the nearest to it first."""
    circle = shapely.maximum_inscribed_circle(polygon, tolerance=5)
    centre = shapely.get_coordinates(circle)[0]
    west, south, east, north = polygon.bounds
    grid = numpy.stack(
        numpy.meshgrid(numpy.linspace(west, east, LABEL_GRID), numpy.linspace(south, north, LABEL_GRID)), -1
    ).reshape(-1, 2)
    return numpy.vstack([centre, grid[numpy.argsort(((grid - centre) ** 2).sum(axis=1))]])
