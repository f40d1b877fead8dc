"""Reads boundaries from a GeoJSON file (RFC 7946) of polygons with names.

Each feature is one unit: a commune, a ward, or whatever a portal's map is divided into. It has the property `name`, or
the one that the owner names instead, and optionally `code`, `kind` (by default the word of the name that is one),
`area_km2` and `population`, and a Polygon or MultiPolygon in degrees, longitude first (WGS 84).
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from plugins.i18n import translate
from plugins.languages import Language
from plugins.markdown_reader.header_values import slug_of
from plugins.problems import ContentError, Problem
from plugins.unicode_text import normalize

NAMES_LANG = "vi"  # the language of names and kinds
WARD = "Phường"  # the kind that maps colour
UNIT_KINDS = ("Xã", WARD, "Thị trấn", "Đặc khu", "Quận", "Huyện", "Thị xã", "Thành phố", "Tỉnh")
_KIND_PREFIX = re.compile(rf"({'|'.join(UNIT_KINDS)})\s+(?=\S)", re.I)
VIETNAM = (102.0, 8.0, 118.0, 24.0)  # west, south, east, north in degrees; to recognize files with latitude first
_SHOWN_VALUE = 40  # characters of a wrong value in a message

Ring = list[tuple[float, float]]
Polygon = list[Ring]  # the outer ring, then the holes


@dataclass(frozen=True)
class Unit:
    """An administrative unit.

    Attributes:
        name: with its kind, "Xã Khau Mười".
        short: without its kind, "Khau Mười".
        kind: "Xã", or "" where it has none.
        code: the official code, or "".
        slug: the last part of its address.
        area: in km², None where the file does not say.
        population: in persons, None where the file does not say.
    """

    name: str
    short: str
    kind: str
    code: str
    slug: str
    area: float | None = None
    population: int | None = None

    def name_in_sentence(self, language: Language) -> str:
        """The name within a sentence of the interface: "xã Khau Mười" in Vietnamese."""
        if self.kind and language.interface_lang == NAMES_LANG:
            return f"{self.kind.lower()} {self.short}"
        return self.name


class _Properties(NamedTuple):
    """What the properties of a feature say."""

    name: str
    short: str
    kind: str
    code: str
    area: float | None
    population: int | None


def parse_boundaries(
    data: bytes, path: str, name_property: str = "name"
) -> tuple[list[Unit], list[list[Polygon]], list[Problem]]:
    """Parse a GeoJSON file.

    Args:
        data: the contents of the file.
        path: the name of the file in problems.
        name_property: the property that has the name of a unit.

    Returns:
        The units, the polygons of each unit, and warnings for the editor.

    Raises:
        ContentError: with all errors and warnings.
    """
    errors: list[str] = []
    warnings: list[str] = []
    found: list[_Properties] = []
    shapes: list[list[Polygon]] = []
    features = [feature if isinstance(feature, dict) else {} for feature in _load_features(data, path)]
    rows = [each["properties"] if isinstance(each.get("properties"), dict) else {} for each in features]
    if complaint := _without_names(rows, name_property):
        raise ContentError([Problem(path, 0, complaint)])
    for number, (members, properties) in enumerate(zip(features, rows, strict=True), 1):
        name = _to_text(properties.get(name_property))
        label = _feature_label(number, name)
        try:
            _check_name(name)
            shapes.append(_parse_polygons(members.get("geometry")))
        except ValueError as error:
            errors.append(f"{label}: {error}")
            continue
        area, population = _positive(properties, "area_km2"), _positive(properties, "population")
        for key, value in (("area_km2", area), ("population", population)):
            if value is None and properties.get(key) is not None:
                given = _to_text(properties[key])[:_SHOWN_VALUE]
                text = translate("{key} is no number above 0, so it is not shown: {value}", key=key, value=given)
                warnings.append(f"{label}: {text}")
        found.append(
            _Properties(
                *_split_name(name, _to_text(properties.get("kind"))),
                _to_text(properties.get("code")),
                None if area is None else float(area),
                None if population is None else int(population),
            )
        )
    units = _to_units(found)
    errors += [*_duplicates(found), *_slug_conflicts(units)]
    notes = [Problem(path, 0, text, "warning") for text in warnings]
    if errors:
        raise ContentError([*(Problem(path, 0, text) for text in errors), *notes])
    return units, shapes, notes


def _load_features(data: bytes, path: str) -> list[Any]:
    """The features of a FeatureCollection. Raises ContentError."""

    def error(text: str, line: int = 0) -> ContentError:
        return ContentError([Problem(path, line, text)])

    if not data.strip():
        raise error(translate("the file is empty; put the boundaries there as GeoJSON"))
    try:
        collection = json.loads(data.decode("utf-8-sig"), parse_constant=_reject_constant)
    except UnicodeDecodeError:
        raise error(translate("the file is not UTF-8; save it as UTF-8")) from None
    except json.JSONDecodeError as wrong:
        text = translate("this is no JSON at column {column}; export the file again as GeoJSON", column=wrong.colno)
        raise error(text, wrong.lineno) from None
    except (ValueError, RecursionError):
        raise error(translate("this is no GeoJSON; export the file again as GeoJSON")) from None
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or collection.get("type") != "FeatureCollection":
        raise error(translate("this is no GeoJSON with type FeatureCollection; export the file again as GeoJSON"))
    if not features:
        raise error(translate("there is no boundary in it; every commune is one feature"))
    return features


def _reject_constant(name: str) -> float:
    raise ValueError(name)  # NaN and Infinity are not part of JSON


def _feature_label(number: int, name: str) -> str:
    if name:
        return translate("feature {number} ({name})", number=number, name=name)
    return translate("feature {number}", number=number)


def _without_names(rows: Sequence[Mapping[str, Any]], name_property: str) -> str:
    """Return what is wrong if no unit has a name, with the property that is likely to have the names."""
    if any(_to_text(row.get(name_property)) for row in rows):
        return ""
    known = list(dict.fromkeys(key for row in rows for key in row))
    columns = {key: [_to_text(row.get(key)) for row in rows] for key in known}
    likely = [key for key, texts in columns.items() if all(map(slug_of, texts)) and len({*texts}) == len(texts)]
    likely.sort(key=lambda key: any(char.isdigit() for text in columns[key] for char in text))  # no codes
    if not likely:
        return translate("no place has a name; give each the property {key}", key=name_property)
    return translate(
        'no place has the property {key}; the file has {known}; write names = "{likely}" in [map] in portal.toml',
        key=name_property,
        known=", ".join(known),
        likely=likely[0],
    )


def _check_name(name: str) -> None:
    if not name:
        raise ValueError(translate("it has no name; give it the property name"))
    if not slug_of(name):
        raise ValueError(translate("its name has no letters"))


def _positive(properties: Mapping[str, Any], key: str) -> float | int | None:
    value = properties.get(key)
    return value if isinstance(value, int | float) and not isinstance(value, bool) and value > 0 else None


def _split_name(name: str, kind: str) -> tuple[str, str, str]:
    """The name with its kind, the name without it, and the kind. kind: the property, or ""."""
    prefix = _KIND_PREFIX.match(name)
    if prefix:
        return name, name[prefix.end() :], kind or prefix[1].capitalize()
    return f"{kind} {name}".strip(), name, kind


def _to_units(found: Sequence[_Properties]) -> list[Unit]:
    """Add slugs. Units whose names differ only in diacritics get their codes into their slugs."""
    counts = Counter(slug_of(each.name) for each in found)
    units = []
    for name, short, kind, code, area, population in found:
        slug = slug_of(name) if counts[slug_of(name)] == 1 else f"{slug_of(name)}-{slug_of(code)}"
        units.append(Unit(name, short, kind, code, slug, area, population))
    return units


def _duplicates(found: Sequence[_Properties]) -> Iterator[str]:
    """Errors for features with the same code, or with the same name and code."""
    for what, values in (
        ("code", [each.code for each in found if each.code]),
        ("name", [f"{each.name} {each.code}" for each in found]),
    ):
        for value, count in Counter(values).items():
            if count > 1:
                yield translate(
                    "{count} features have the same {what}: {value}", count=count, what=what, value=value.strip()
                )


def _slug_conflicts(units: Sequence[Unit]) -> Iterator[str]:
    """Errors for units with different names and the same slug."""
    names: dict[str, list[str]] = {}
    for unit in units:
        names.setdefault(unit.slug, []).append(unit.name)
    for alike in names.values():
        if len(set(alike)) > 1:
            yield translate("{names} have the same address; give each the property code", names=", ".join(alike))


def _to_text(value: object) -> str:
    """A property as one line of text; some files have numbers as codes."""
    return " ".join(normalize(str(value)).split()) if isinstance(value, str | int | float) else ""


def _parse_polygons(geometry: object) -> list[Polygon]:
    """The polygons of a geometry. Raises ValueError with what is wrong."""
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise ValueError(translate("it has no Polygon or MultiPolygon"))
    parts = geometry.get("coordinates")
    if geometry["type"] == "Polygon":
        parts = [parts]
    if not isinstance(parts, list) or not parts or not all(isinstance(part, list) and part for part in parts):
        raise ValueError(translate("its boundary has no coordinates"))
    return [[_parse_ring(ring) for ring in part] for part in parts]


def _parse_ring(ring: Any) -> Ring:  # noqa: ANN401  # JSON of any form
    try:
        points = [(float(x), float(y)) for x, y, *_ in ring]
    except (TypeError, ValueError):
        raise ValueError(translate("its boundary has no coordinates")) from None
    if len(set(points)) < 3:
        raise ValueError(translate("a line of its boundary has fewer than three points"))
    for x, y in points:
        if not _is_in_degrees(x, y):
            west, south, east, north = VIETNAM
            if west <= y <= east and south <= x <= north:
                raise ValueError(
                    translate("its coordinates have latitude first ({x}, {y}); GeoJSON has longitude first", x=x, y=y)
                )
            raise ValueError(
                translate("its coordinates are no degrees ({x}, {y}); export the file in WGS 84 (EPSG:4326)", x=x, y=y)
            )
    return points


def _is_in_degrees(longitude: float, latitude: float) -> bool:
    finite = math.isfinite(longitude) and math.isfinite(latitude)
    return finite and abs(longitude) <= 180 and abs(latitude) <= 90
