"""The XML in a Word file (ECMA-376): names of elements, and what a paragraph or run is set in."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from .errors import SourceError

_NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
}
DEEPEST_STYLE = 12  # styles that are based on one another; Word allows eleven


def name(short: str) -> str:
    """Return the full name of an element or attribute: `w:p`."""
    prefix, local = short.split(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def parse(data: bytes) -> etree._Element:
    """Return the root of a part. Raises SourceError if it is broken."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise SourceError("word") from None


def find(element: etree._Element | None, path: str) -> etree._Element | None:
    """Return the first element of a path of short names: `w:pPr/w:pStyle`; None from None."""
    for short in path.split("/"):
        if element is None:
            return None
        element = element.find(name(short))
    return element


def value(element: etree._Element | None, path: str = "") -> str:
    """Return the `w:val` of an element, or of the one at a path below it; "" if there is none."""
    found = find(element, path) if path else element
    return "" if found is None else str(found.get(name("w:val"), ""))


def is_on(element: etree._Element | None, path: str) -> bool:
    """Return whether a property such as `w:vanish` holds."""
    found = find(element, path)
    return found is not None and value(found).lower() not in ("0", "false", "off", "none")


class Styles:
    """The styles of a document, with what they are based on.

    Args:
        root: the root of styles.xml, None if there is none.
        theme: the root of the theme, None if there is none.
    """

    def __init__(self, root: etree._Element | None, theme: etree._Element | None) -> None:
        styles = [] if root is None else root.findall(name("w:style"))
        self._by_id = {str(style.get(name("w:styleId"), "")): style for style in styles}
        self._default = next(
            (
                str(style.get(name("w:styleId"), ""))
                for style in styles
                if style.get(name("w:type")) == "paragraph" and style.get(name("w:default")) in ("1", "true", "on")
            ),
            "",
        )
        self._document_default = find(root, "w:docDefaults/w:rPrDefault/w:rPr")
        self._theme = theme

    def chain(self, style: str) -> Iterator[etree._Element]:
        """Yield a style and those that it is based on, nearest first."""
        for _ in range(DEEPEST_STYLE):
            element = self._by_id.get(style)
            if element is None:
                return
            yield element
            style = value(element, "w:basedOn")

    def of_paragraph(self, paragraph: etree._Element) -> Iterator[etree._Element]:
        """Yield the styles of a paragraph, nearest first."""
        return self.chain(value(paragraph, "w:pPr/w:pStyle") or self._default)

    def font(self, run: etree._Element, paragraph: etree._Element | None) -> str:
        """Return the name of the font that shows a run, or ""."""
        sets = [find(run, "w:rPr")]
        sets += [find(style, "w:rPr") for style in self.chain(value(run, "w:rPr/w:rStyle"))]
        if paragraph is not None:
            sets += [find(style, "w:rPr") for style in self.of_paragraph(paragraph)]
        return next((font for each in [*sets, self._document_default] if (font := self.font_of(each))), "")

    def font_of(self, properties: etree._Element | None) -> str:
        """Return the font that a w:rPr names, by itself or by the theme; or ""."""
        fonts = find(properties, "w:rFonts")
        if fonts is None:
            return ""
        theme = str(fonts.get(name("w:hAnsiTheme")) or fonts.get(name("w:asciiTheme")) or "")
        if theme and self._theme is not None:
            kind = "minorFont" if theme.startswith("minor") else "majorFont"
            latin = self._theme.find(f".//{{*}}{kind}/{{*}}latin")
            if latin is not None and latin.get("typeface"):
                return str(latin.get("typeface"))
        return str(fonts.get(name("w:hAnsi")) or fonts.get(name("w:ascii")) or "")
