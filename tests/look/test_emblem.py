"""An owner's emblem, an SVG or a picture of any shape: pages, tabs, phones, search engines and PDFs have it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from PIL import Image

from plugins.look.emblem import emblem, mistakes
from tests import editors
from tests.incremental import builds

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'


def png(width: int, height: int) -> bytes:
    return editors.photo(width, height, mode="RGBA")


def test_a_png_is_published_in_the_sizes_that_are_shown(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_file(content, "bieu-trung.png", png(800, 600))
    output = tmp_path / "output"
    built = builds.build(output, content, tmp_path / "cache", EMBLEM="bieu-trung.png", SITEURL="https://x.example")
    assert built.status == 0, built
    page = editors.read_page(output / "index.html")
    data = [json.loads(script.string) for script in page.select('[type="application/ld+json"]')]
    logo = next(each["@graph"][0]["logo"] for each in data if "@graph" in each)
    addresses = {
        "head": page.select_one(".brand img")["src"],
        "tab": page.select_one('[rel="icon"]')["href"],
        "phone": "apple-touch-icon.png",  # found without a link
        "logo": logo.removeprefix("https://x.example"),
    }
    images = {name: Image.open(output / address.lstrip("/")) for name, address in addresses.items()}
    assert {name: image.size for name, image in images.items()} == {
        "head": (216, 216),
        "tab": (48, 48),
        "phone": (180, 180),
        "logo": (512, 512),
    }
    assert images["phone"].mode == "RGB" and images["head"].getpixel((0, 0))[3] == 0
    assert not (output / "emblem.svg").exists()  # that of the sample


def test_an_svg_takes_the_place_of_the_samples(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_file(content, "bieu-trung.svg", SVG)
    settings = {"EMBLEM": "bieu-trung.svg", "SITEURL": "https://x.example/xa"}
    assert builds.build(tmp_path / "output", content, tmp_path / "cache", **settings).status == 0
    assert (tmp_path / "output/emblem.svg").read_text() == SVG
    page = editors.read_page(tmp_path / "output/index.html")
    assert page.select_one('[rel="apple-touch-icon"]')["href"] == "/xa/apple-touch-icon.png"
    icon = Image.open(tmp_path / "output/apple-touch-icon.png")
    assert (icon.size, icon.mode) == ((180, 180), "RGB")
    assert icon.getpixel((5, 5)) == (255, 255, 255) and icon.getpixel((120, 60)) == (0, 0, 0)  # a triangle at the right


def svg(inside: str, attributes: str = 'viewBox="0 0 9 9"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()


SHAPE = '<rect x="1" width="7" height="9" fill="#0a5"/>'


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.png", b"", "PNG"),
        ("a.png", png(400, 300)[:200], "hỏng"),
        ("a.png", png(120, 90), "120 px"),
        ("a.svg", b"<html><svg></html>", "PNG"),
        ("a.svg", SVG.encode()[:-9], "a.svg"),
        ("a.svg", svg("<g/>"), "không có hình"),
        ("a.svg", svg(SHAPE + '<image width="9" height="9" href="logo.png"/>'), "logo.png"),
        ("a.svg", svg(SHAPE + "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>"), "HTML"),
        ("khong-co.png", None, ""),
        ("a.png", png(180, 20), None),
        ("a.jpg", editors.photo(ending="jpeg"), None),
        ("a.png", editors.photo(ending="webp"), None),  # what a file is, its content says
        ("a.svg", png(180, 180), None),
        ("a.svg", SVG.encode(), None),
        ("a.svg", SVG.encode("utf-16"), None),
        ("a.svg", svg(SHAPE, 'width="210mm" height="297mm" viewBox="0 0 9 9"'), None),
    ],
)
def test_a_file_that_is_no_emblem_is_told(tmp_path: Path, name: str, data: bytes | None, told: str | None) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    found = list(mistakes(emblem({"PATH": str(tmp_path), "EMBLEM": name})))
    assert len(found) == (told is not None) and (not told or told in found[0]), found


@pytest.mark.parametrize(
    ("is_plain", "data"),
    [
        (True, svg(SHAPE)),
        (True, svg(SHAPE, 'width="90" height="90px"')),
        (True, svg('<style>.a{fill:url(#b)}</style><linearGradient id="b"/><use href="#c"/>' + SHAPE)),
        (True, svg('<x:view xmlns:x="http://sodipodi.example/"/>' + SHAPE)),  # a drawing program's notes
        (False, svg(SHAPE, "")),  # browsers do not know how large it is
        (False, svg("<text>BÌNH SƠN</text>" + SHAPE)),  # in each reader's own typeface
        (False, svg("<script>alert(1)</script>" + SHAPE)),
        (False, svg(SHAPE.replace("<rect", '<rect onclick="alert(1)"'))),
        (False, svg('<a href="https://x.example/">' + SHAPE + "</a>")),
        (False, svg("<style>@import 'https://x.example/'</style>" + SHAPE)),
        (False, svg('<x:script xmlns:x="http://www.w3.org/1999/xhtml"/>' + SHAPE)),
        (False, svg(SHAPE).replace(b"xmlns=", b"data-x=")),
        (False, svg(SHAPE + "<g/>" * 6000)),  # each page would carry it
        (False, svg(SHAPE).decode().encode("utf-16")),
        (
            False,
            b'<?xml version="1.0" encoding="iso-8859-1"?>' + svg("<title>\xe9</title>" + SHAPE).replace(b"\xc3", b""),
        ),
        (False, png(180, 180)),
    ],
)
def test_what_browsers_may_show_otherwise_is_published_as_a_drawing(
    tmp_path: Path, is_plain: bool, data: bytes
) -> None:
    (tmp_path / "a.svg").write_bytes(data)
    found = emblem({"PATH": str(tmp_path), "EMBLEM": "a.svg"})
    assert ([*mistakes(found)], found.image) == ([], "emblem.svg" if is_plain else "emblem-216.png")


@pytest.mark.parametrize(("size", "shown"), [((300, 300), (48, 48)), ((300, 150), (48, 24)), ((100, 400), (12, 48))])
def test_every_shape_keeps_its_proportions(tmp_path: Path, size: tuple[int, int], shown: tuple[int, int]) -> None:
    (tmp_path / "a.png").write_bytes(png(*size))
    found = emblem({"PATH": str(tmp_path), "EMBLEM": "a.png"})
    icon = Image.open(io.BytesIO(found.outputs()[found.icon]()))
    left, top, right, bottom = icon.getchannel("A").getbbox()
    assert icon.size == (48, 48) and (right - left, bottom - top) == shown
