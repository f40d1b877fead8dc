"""Boundaries as editors get them: a GeoJSON file (RFC 7946) of polygons with names.

Each feature is one unit: a commune, a ward, or whatever a portal's map is divided into. Read of it are the
properties `name` (needed), `code`, `kind` (else the first word of the name that is one), `area_km2` and
`population`, and its Polygon or MultiPolygon in degrees, longitude first (WGS 84).
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from plugins.i18n import translate
from plugins.languages import Language
from plugins.markdown_reader.header_values import slug_of
from plugins.problems import ContentError, Problem

NAMES_LANG = "vi"  # of names and of their kinds
UNIT_KINDS = ("Xã", "Phường", "Thị trấn", "Đặc khu", "Quận", "Huyện", "Thị xã", "Thành phố", "Tỉnh")
_KIND = re.compile(rf"({'|'.join(UNIT_KINDS)})\s+(?=\S)", re.I)
VIETNAM = (102.0, 8.0, 118.0, 24.0)  # degrees; only to guess that a file has latitude first

Ring = list[tuple[float, float]]
Polygon = list[Ring]  # the outer ring, then holes


@dataclass(frozen=True)
class Unit:
    """An administrative unit. area in km², population in persons, both None where not given.

    name: with its kind, "Xã Khau Mười"; short: without it. slug: its address below the map's.
    """

    name: str
    short: str
    kind: str
    code: str
    slug: str
    area: float | None = None
    population: int | None = None

    def name_in_sentence(self, language: Language) -> str:
        """Its name within a sentence of the interface: "xã Khau Mười" in a Vietnamese one."""
        return f"{self.kind.lower()} {self.short}" if self.kind and language.interface_lang == NAMES_LANG else self.name


def parse_boundaries(data: bytes, path: str) -> tuple[list[Unit], list[list[Polygon]], list[Problem]]:
    """The units of a file, their polygons, and what an editor should look at. Raises ContentError.

    path: as it is named in problems.
    """

    def wrong(text: str, line: int = 0) -> ContentError:
        return ContentError([Problem(path, line, text)])

    if not data.strip():
        raise wrong(translate("the file is empty; put the boundaries there as GeoJSON"))
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError:
        raise wrong(translate("the file is not UTF-8; save it as UTF-8")) from None
    except json.JSONDecodeError as error:
        text = translate("this is no JSON at column {column}; export the file again as GeoJSON", column=error.colno)
        raise wrong(text, error.lineno) from None
    except (ValueError, RecursionError):
        raise wrong(translate("this is no GeoJSON; export the file again as GeoJSON")) from None
    if (
        not isinstance(found, dict)
        or found.get("type") != "FeatureCollection"
        or not isinstance(found.get("features"), list)
    ):
        raise wrong(translate("this is no GeoJSON with type FeatureCollection; export the file again as GeoJSON"))
    if not found["features"]:
        raise wrong(translate("there is no boundary in it; every commune is one feature"))
    errors: list[Problem] = []
    notes: list[Problem] = []
    known, shapes = [], []
    for number, feature in enumerate(found["features"], 1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        properties = properties if isinstance(properties, dict) else {}
        name = _text(properties.get("name"))
        which = (
            translate("feature {number} ({name})", number=number, name=name)
            if name
            else translate("feature {number}", number=number)
        )
        try:
            if not name:
                raise ValueError(translate("it has no name; give it the property name"))
            if not slug_of(name):
                raise ValueError(translate("its name has no letters"))
            shapes.append(_polygons(feature.get("geometry")))
        except ValueError as error:
            errors.append(Problem(path, 0, f"{which}: {error}"))
            continue
        numbers = {}
        for key, kind in (("area_km2", float), ("population", int)):
            value = properties.get(key)
            numbers[key] = (
                kind(value) if isinstance(value, int | float) and not isinstance(value, bool) and value > 0 else None
            )
            if value is not None and numbers[key] is None:
                text = translate(
                    "{key} is no number above 0, so it is not shown: {value}", key=key, value=_text(value)[:40]
                )
                notes.append(Problem(path, 0, f"{which}: {text}", "warning"))
        known.append((*_named(name, _text(properties.get("kind"))), _text(properties.get("code")), numbers))
    for what, values in (
        ("code", [code for *_, code, _ in known if code]),
        ("name", [f"{name} {code}" for name, _, _, code, _ in known]),
    ):
        for value, count in Counter(values).items():
            if count > 1:
                text = translate(
                    "{count} features have the same {what}: {value}", count=count, what=what, value=value.strip()
                )
                errors.append(Problem(path, 0, text))
    units = list(_units(known))
    for slug, count in Counter(unit.slug for unit in units).items():
        names = [unit.name for unit in units if unit.slug == slug]
        if count > 1 and len(set(names)) > 1:
            text = translate("{names} have the same address; give each the property code", names=", ".join(names))
            errors.append(Problem(path, 0, text))
    if errors:
        raise ContentError(errors + notes)
    return units, shapes, notes


def _named(name: str, kind: str) -> tuple[str, str, str]:
    """Name with its kind, without it, and the kind, of a name that may have its kind in it or beside it."""
    begins = _KIND.match(name)
    if begins:
        return name, name[begins.end() :], kind or begins[1].capitalize()
    return f"{kind} {name}".strip(), name, kind


def _units(known: list[tuple[str, str, str, str, dict[str, Any]]]) -> Iterator[Unit]:
    shared = Counter(slug_of(name) for name, *_ in known)
    for name, short, kind, code, numbers in known:
        # two communes whose names differ in marks only have their codes in their addresses
        slug = slug_of(name) if shared[slug_of(name)] == 1 else f"{slug_of(name)}-{slug_of(code)}"
        yield Unit(name, short, kind, code, slug, numbers["area_km2"], numbers["population"])


def _no_number(name: str) -> float:
    raise ValueError(name)  # NaN and Infinity, which JSON does not have


def _text(value: Any) -> str:
    """A property as one line of text; codes are numbers in some files."""
    return " ".join(unicodedata.normalize("NFC", str(value)).split()) if isinstance(value, str | int | float) else ""


def _polygons(geometry: Any) -> list[Polygon]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValueError(translate("it has no Polygon or MultiPolygon"))
    parts = geometry.get("coordinates")
    parts = [parts] if kind == "Polygon" else parts
    if not isinstance(parts, list) or not parts or not all(isinstance(part, list) and part for part in parts):
        raise ValueError(translate("its boundary has no coordinates"))
    return [[_ring(ring) for ring in part] for part in parts]


def _ring(ring: Any) -> Ring:
    try:
        points = [(float(x), float(y)) for x, y, *_ in ring]
    except (TypeError, ValueError):
        raise ValueError(translate("its boundary has no coordinates")) from None
    if len(set(points)) < 3:
        raise ValueError(translate("a line of its boundary has fewer than three points"))
    for x, y in points:
        if not (math.isfinite(x) and math.isfinite(y) and abs(x) <= 180 and abs(y) <= 90):
            west, south, east, north = VIETNAM
            if west <= y <= east and south <= x <= north:
                raise ValueError(
                    translate("its coordinates have latitude first ({x}, {y}); GeoJSON has longitude first", x=x, y=y)
                )
            raise ValueError(
                translate("its coordinates are no degrees ({x}, {y}); export the file in WGS 84 (EPSG:4326)", x=x, y=y)
            )
    return points
