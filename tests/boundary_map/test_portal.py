"""The map in a finished portal: its pages, which files an edit changes, and which problems are reported."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests import portals
from tests.boundary_map.provinces import collection, province, square

SETTINGS = """
BOUNDARY_MAP = {"file": "ranh-gioi.geojson", "date": "2025-07-01",
                "vi": {"source": "Sở Nông nghiệp và Môi trường.", "note": "Bản thử."}, "en": {"source": "The \
department."}}
"""
UNITS = [
    square("Phường Chợ Lớn", 0, 0, code="001", area_km2=116.5, population=31200),
    square("Xã Khau Mười", 0.1, 0, code="002", area_km2=116),
    square("Xã Nà Lẹng", 0.2, 0, code="003"),
]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    portals.write_article(folder, "cho.md", "Hôm qua ở xã Khau Mười.", title="Chợ phiên", date="2026-01-03")
    portals.write_article(folder, "cau.md", "Cây cầu mới ở Nà Lẹng nối sang Khau Mười.", title="Cầu mới")
    portals.write_article(folder, "khac.md", "Không ở đâu cả.", title="Tin khác")
    (folder / "ranh-gioi.geojson").write_bytes(collection(*UNITS))
    return folder


def build(tmp_path: Path, content: Path, expected: int = 0) -> str:
    result = portals.build(tmp_path / "output", content, settings=SETTINGS)
    assert result.returncode == expected, result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    return result.stdout + result.stderr


def page(tmp_path: Path, address: str) -> BeautifulSoup:
    return BeautifulSoup((tmp_path / "output" / address / "index.html").read_text(encoding="utf-8"), "html.parser")


def test_the_map_its_table_and_the_pages_of_its_units(tmp_path: Path, content: Path) -> None:
    build(tmp_path, content)
    overview = page(tmp_path, "ban-do")
    links = {link.title.get_text(): link["href"] for link in overview.select("svg a")}
    assert links == {
        "Phường Chợ Lớn": "/ban-do/phuong-cho-lon/",
        "Xã Khau Mười": "/ban-do/xa-khau-muoi/",
        "Xã Nà Lẹng": "/ban-do/xa-na-leng/",
    }
    rows = [[cell.get_text(" ") for cell in row.select("th, td")] for row in overview.select("tbody tr")]
    assert rows == [
        ["1 Phường Chợ Lớn", "001", "116,5", "31.200", "0"],
        ["2 Xã Khau Mười", "002", "116,0", "", "2"],
        ["3 Xã Nà Lẹng", "003", "", "", "1"],
    ]
    legend = [item.get_text() for item in overview.select(".legend li")]
    assert legend == ["phường", "xã", "1số trong bảng, ở nơi tên không đủ chỗ"]
    english = [item.get_text() for item in page(tmp_path, "en/ban-do").select(".legend li")][:2]
    assert english == ["ward", "commune"]
    assert [link["href"] for link in overview.select("tbody a")] == list(links.values())
    sources = overview.select_one(".atlas > .meta").get_text(" ", strip=True)
    assert "01/7/2025" in sources and "Sở Nông nghiệp và Môi trường." in sources and "Bản thử." in sources
    unit = page(tmp_path, "ban-do/xa-khau-muoi")
    assert [link.get_text() for link in unit.select(".news a")] == ["Chợ phiên", "Cầu mới"]
    facts = {item.dt.get_text(): item.dd.get_text() for item in unit.select(".facts div")}
    assert facts == {"Mã": "002", "Diện tích": "116,0 km²", "Giáp với": "Phường Chợ Lớn, Xã Nà Lẹng"}
    assert page(tmp_path, "ban-do/phuong-cho-lon").find(string="Chưa có bài nào.")
    assert page(tmp_path, "en/ban-do/xa-khau-muoi").find("dt", string="Borders on")
    assert page(tmp_path, "").select_one('h2 a[href="/ban-do/"] img')["src"] == "/ban-do/nho.svg"


def test_a_map_of_sixty_five_communes_is_light(tmp_path: Path, content: Path) -> None:
    (content / "ranh-gioi.geojson").write_bytes(province(13, 5))
    build(tmp_path, content)
    overview = (tmp_path / "output" / "ban-do" / "index.html").read_bytes()
    assert overview.count(b"<title>X\xc3\xa3 ") == 65
    assert len(gzip.compress(overview, 6)) <= 60 * 1024


def test_an_edit_changes_the_units_that_it_mentions_and_deletion_removes_it(tmp_path: Path, content: Path) -> None:
    build(tmp_path, content)
    output = tmp_path / "output" / "ban-do"
    before = {path: path.read_bytes() for path in output.rglob("*.html")}
    portals.write_article(content, "khac.md", "Nay ở Nà Lẹng.", title="Tin khác")
    build(tmp_path, content)
    changed = {str(path.parent.relative_to(output)) for path, data in before.items() if path.read_bytes() != data}
    assert changed == {".", "xa-na-leng"}
    (content / "articles" / "2026" / "khac.md").unlink()
    build(tmp_path, content)
    assert {path: path.read_bytes() for path in before} == before


def test_a_new_boundary_file_changes_every_address(tmp_path: Path, content: Path) -> None:
    build(tmp_path, content)
    (content / "ranh-gioi.geojson").write_bytes(collection(UNITS[0], UNITS[2], square("Xã Tả Sín", 0.1, 0, code="004")))
    build(tmp_path, content)
    folders = sorted(path.name for path in (tmp_path / "output" / "ban-do").iterdir() if path.is_dir())
    assert folders == ["phuong-cho-lon", "xa-na-leng", "xa-ta-sin"]


def test_a_bad_file_stops_the_build_with_one_line_and_the_site_stays(tmp_path: Path, content: Path) -> None:
    build(tmp_path, content)
    (content / "ranh-gioi.geojson").write_text('{"type": "FeatureCollection",\n "features": [,]}', encoding="utf-8")
    assert "ranh-gioi.geojson:2: không phải JSON" in build(tmp_path, content, expected=1)
    assert (tmp_path / "output" / "ban-do" / "xa-khau-muoi" / "index.html").exists()
    (content / "ranh-gioi.geojson").unlink()
    assert "[map]" in build(tmp_path, content, expected=1)


def test_another_content_folder_brings_its_own_map(tmp_path: Path, content: Path) -> None:
    portals.give_settings(content, boundary_map=True)
    (content / "ban-do.geojson").write_text("no map")
    result = portals.build(tmp_path / "output", content)
    assert result.returncode == 1 and "content/ban-do.geojson:1: không phải JSON" in result.stderr


def test_without_a_file_there_is_no_map(tmp_path: Path, content: Path) -> None:
    result = portals.build(tmp_path / "output", content, settings="BOUNDARY_MAP = {}")
    assert result.returncode == 0, result.stderr
    assert not (tmp_path / "output" / "ban-do").exists()
    assert "ban-do" not in (tmp_path / "output" / "index.html").read_text(encoding="utf-8")


def test_an_area_that_differs_from_the_boundary_and_a_missing_origin_are_reported(
    tmp_path: Path, content: Path
) -> None:
    (content / "ranh-gioi.geojson").write_bytes(
        collection({**UNITS[0], "properties": {"name": "Xã A", "area_km2": 80}})
    )
    result = portals.build(tmp_path / "output", content, settings='BOUNDARY_MAP = {"file": "ranh-gioi.geojson"}')
    assert result.returncode == 0
    assert "Xã A: area_km2 ghi 80" in result.stderr and "(source)" in result.stderr
    second = portals.build(tmp_path / "output", content, settings='BOUNDARY_MAP = {"file": "ranh-gioi.geojson"}')
    assert "Xã A: area_km2 ghi 80" in second.stderr  # reported until it is corrected
