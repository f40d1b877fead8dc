"""An owner's SVG: whether browsers show it everywhere as it is meant, and drawing it.

A drawing program writes more than shapes: text in a typeface that a reader may not have, scripts, pictures that are
files of their own, megabytes of paths. What is more than shapes is shown as it is drawn here.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from plugins.i18n import translate
from plugins.pdf.glyphs import FONTS_DIR

if TYPE_CHECKING:
    from lxml import etree

PLAIN_SIZE = 20_000  # bytes, about what its drawing has
DPI = 96  # of CSS, for sizes in millimetres
_SVG, _HTML = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xhtml}"
_SHAPE = re.compile(
    re.escape(_SVG) + "(svg|g|defs|symbol|use|path|rect|circle|ellipse|line|polyline|polygon|clipPath|mask"
    "|linearGradient|radialGradient|stop|pattern|style|title|desc|metadata)"
)
_ELSEWHERE = re.compile(r"url\((?!\s*['\"]?#)|@")  # in a style: a file of its own, or what depends on the reader
_LENGTH = re.compile(r"\d*\.?\d+(px)?")


def parse(data: bytes) -> etree._Element | None:
    """Return the root of an SVG; None if the file is none. Raises ValueError with what is wrong with its XML."""
    from lxml import etree  # slow to import, as those below

    parser = etree.XMLParser(resolve_entities="internal", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if re.search(rb"<([\w.-]+:)?svg[\s>]", data) and not re.search(rb"(?i)<html", data):
            raise ValueError(str(error)) from None
        return None
    return root if etree.QName(root).localname == "svg" else None


def is_plain(data: bytes) -> bool:
    """Whether an SVG is light, and has shapes alone, which every browser shows alike."""
    try:
        data.decode()  # as Chromium reads it whatever it says
        root = parse(data) if len(data) <= PLAIN_SIZE else None
    except ValueError:
        return False
    if root is None:
        return False
    sized = root.get("viewBox") or all(_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height"))
    return bool(sized) and all(map(_is_shape, root.iter("*")))


def _is_shape(element: etree._Element) -> bool:
    """Whether an element is a shape, or something of a drawing program's own, which browsers leave out."""
    from lxml import etree

    if not _SHAPE.fullmatch(element.tag):
        return not element.tag.startswith((_SVG, _HTML)) and "}" in element.tag
    if element.tag == _SVG + "style" and _ELSEWHERE.search(element.text or ""):
        return False
    attributes = [(etree.QName(name).localname, value) for name, value in element.attrib.items()]
    return not any(
        name.startswith("on") or (name == "href" and not value.startswith("#")) or _ELSEWHERE.search(value)
        for name, value in attributes
    )


def missing(root: etree._Element) -> Iterator[str]:
    """Yield what an SVG would show that is not in it, and what to do about it."""
    from lxml import etree

    for element in root.iter(_SVG + "image"):
        names = [value for name, value in element.attrib.items() if etree.QName(name).localname == "href"]
        for name in names:
            if not name.startswith("data:"):
                yield translate("shows {file}, which is a file of its own; embed it in the drawing", file=name[:80])
    for element in root.iter(_SVG + "foreignObject"):
        if element.getparent().tag != _SVG + "switch":  # otherwise there is a drawing in its place
            yield translate("has text in HTML, which cannot be drawn; turn it into shapes in the drawing program")


def draw(root: etree._Element, size: int) -> Any:  # noqa: ANN401  # an image of Pillow, which is slow to import
    """Return an SVG as an image whose larger side is `size` px, on every machine the same. Raises ValueError."""
    import resvg_py
    from lxml import etree
    from PIL import Image

    fonts = [str(path) for path in sorted(FONTS_DIR.glob("NotoSans-*.ttf"))]
    rasterize = partial(
        resvg_py.svg_to_bytes,
        svg_string=etree.tostring(root, encoding="unicode"),
        dpi=DPI,
        skip_system_fonts=True,
        font_files=fonts,
        font_family="Noto Sans",
        serif_family="Noto Sans",
        sans_serif_family="Noto Sans",
    )
    image = Image.open(io.BytesIO(rasterize(width=size)))
    return image if image.width >= image.height else Image.open(io.BytesIO(rasterize(height=size)))
