"""Files of boundaries: what is read from them, and which errors are reported."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.boundary_map import boundaries
from plugins.languages import language
from plugins.problems import ContentError
from tests.boundary_map.provinces import collection, feature, square

FILE = "content/ban-do.geojson"


def error_messages(data: bytes) -> list[str]:
    """Return the message about a file that cannot be used."""
    with pytest.raises(ContentError) as error:
        boundaries.parse_boundaries(data, FILE)
    return [str(problem) for problem in error.value.problems]


def test_a_unit_has_name_kind_code_area_and_population() -> None:
    data = collection(
        square("Xã Khau Mười", 0, 0, code="06220", area_km2=84.74, population=9400),
        square("Bản Lềnh", 0.1, 0, kind="Xã", code=6221),
        square("Khu 3", 0.2, 0),
    )
    units, shapes, notes = boundaries.parse_boundaries(data, FILE)
    assert units[0] == boundaries.Unit("Xã Khau Mười", "Khau Mười", "Xã", "06220", "xa-khau-muoi", 84.74, 9400)
    assert (units[1].name, units[1].short, units[1].code, units[1].area) == ("Xã Bản Lềnh", "Bản Lềnh", "6221", None)
    assert (units[2].name, units[2].kind, units[2].name_in_sentence(language("vi"))) == ("Khu 3", "", "Khu 3")
    within = [units[0].name_in_sentence(language(code)) for code in ("vi", "tyz", "en")]
    assert within == ["xã Khau Mười", "xã Khau Mười", "Xã Khau Mười"] and len(shapes) == 3 and notes == []


def test_names_that_differ_in_marks_only_have_addresses_of_their_own() -> None:
    data = collection(
        square("Xã Tân Thanh", 0, 0, code="1"),
        square("Xã Tân Thành", 0.1, 0, code="2"),
        square("Xã Na Sầm", 0.2, 0, code="3"),
    )
    assert [unit.slug for unit in boundaries.parse_boundaries(data, FILE)[0]] == [
        "xa-tan-thanh-1",
        "xa-tan-thanh-2",
        "xa-na-sam",
    ]


def test_the_same_name_given_with_its_kind_and_without_has_two_addresses() -> None:
    data = collection(square("Xã Tân Thanh", 0, 0, code="1"), square("Tân Thanh", 0.1, 0, kind="Xã", code="2"))
    slugs = [unit.slug for unit in boundaries.parse_boundaries(data, FILE)[0]]
    assert len(set(slugs)) == 2, slugs


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b" \n", "tệp rỗng"),
        ("Xã".encode("utf-16"), "không phải UTF-8"),
        (b'{"type":\n "FeatureCollection",,}', "ban-do.geojson:2:"),
        (b"[1]", "FeatureCollection"),
        (b"[" * 100_000, "GeoJSON"),
        (b'{"type": "FeatureCollection", "features": [NaN]}', "GeoJSON"),
        (collection(), "không có ranh giới"),
        (collection(square("", 0, 0)), "chưa nơi nào có tên; .*thuộc tính name"),
        (collection(square("Xã A", 0, 0), square("", 0.1, 0)), "mục thứ 2: chưa có tên"),
        (
            collection(
                square("", 0, 0, MA="1", TINH="A", TEN="Bản Pậu"), square("", 0.1, 0, MA="2", TINH="A", TEN="Đông")
            ),
            'tệp có name, MA, TINH, TEN; hãy ghi names = "TEN"',
        ),
        (collection(square("…", 0, 0)), "không có chữ"),
        (
            collection({"type": "Feature", "properties": {"name": "Xã A"}, "geometry": None}),
            "mục thứ 1 .Xã A.: .*Polygon",
        ),
        (collection(feature("Xã A", [(106, 21), (106.1, 21)])), "chưa đủ ba điểm"),
        (collection(feature("Xã A", [(21, 106), (21, 106.1), (21.1, 106)])), "kinh độ trước"),
        (collection(feature("Xã A", [(650000, 2400000), (650100, 2400000), (650000, 2400100)])), "EPSG:4326"),
        (collection(feature("Xã A", [(106, 21), ("x", 21), (106, 22)])), "không có tọa độ"),  # type: ignore[list-item]
        (collection(square("Xã A", 0, 0, code="1"), square("Xã B", 0.1, 0, code="1")), "2 mục trùng code: 1"),
        (collection(square("Xã A", 0, 0), square("Xã A", 0.1, 0)), "2 mục trùng name: Xã A"),
        (
            collection(square("Xã Tân Thanh", 0, 0), square("Xã Tân Thành", 0.1, 0)),
            "Xã Tân Thanh, Xã Tân Thành trùng địa chỉ",
        ),
        (collection(square("Xã A", 0, 0), square("A", 0.1, 0, kind="Xã")), "2 mục trùng name: Xã A"),
    ],
)
def test_what_is_wrong_with_a_file_is_reported(data: bytes, words: str) -> None:
    problems = error_messages(data)
    assert any(re.search(words, problem) for problem in problems), problems
    assert all(problem.startswith("content/ban-do.geojson") for problem in problems)


def test_every_bad_unit_is_reported_at_once() -> None:
    assert len(error_messages(collection(square("", 0, 0), square("Xã A", 0, 0), square("!", 0.1, 0)))) == 2


def test_a_figure_that_is_not_a_number_is_left_out_and_reported() -> None:
    units, _, notes = boundaries.parse_boundaries(
        collection(square("Xã A", 0, 0, area_km2=0, population="9.400")), FILE
    )
    assert units[0].area is None and units[0].population is None
    assert [note.level for note in notes] == ["warning", "warning"] and "9.400" in notes[1].message


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
GEOMETRY = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["Polygon", "MultiPolygon", "Point"]),
        "coordinates": JSON | st.lists(st.lists(st.lists(JSON))),
    }
)
FEATURE = JSON | st.fixed_dictionaries(
    {
        "properties": JSON | st.fixed_dictionaries({"name": JSON, "code": JSON, "area_km2": JSON}),
        "geometry": JSON | GEOMETRY,
    }
)


@given(st.fixed_dictionaries({"type": st.just("FeatureCollection"), "features": st.lists(FEATURE, max_size=3)}))
def test_any_file_is_read_or_rejected_with_a_message(data: dict[str, object]) -> None:
    try:
        units, shapes, _ = boundaries.parse_boundaries(json.dumps(data).encode(), FILE)
    except ContentError as error:
        problems = error.problems
        assert problems
    else:
        assert len(units) == len(shapes) > 0
