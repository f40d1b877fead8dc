"""What elements of HTML are to a reader: block or inline, hidden, a picture, a frame, a table used for layout."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import CData, Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from plugins.markdown_reader import elements
from plugins.markdown_reader.elements import BLOCKS

from .blocks import Picture, clean_text
from .boilerplate import is_boilerplate
from .surroundings import has_sentence

_CONTROL_ROLES = frozenset({"button", "toolbar", "menu", "menubar", "tablist", "slider"})
_AMP = frozenset({"amp-iframe", "amp-video", "amp-youtube"})  # of accelerated mobile pages
_SKIPPED = elements.NOT_TEXT | _AMP | {"amp-sidebar"}
NOT_IN_LISTS = frozenset({"table", "h1", "h2", "h3", "img", "amp-img", "blockquote"})
_NOT_IN_DATA = (NOT_IN_LISTS - {"table"}) | {"iframe"}
_EMBEDDED = elements.EMBEDDED | _AMP
_EMBEDDED_IN = ("src", "data-src", "data-lazy-src", "data", "value", "data-url")  # attributes that hold the address
_NOT_SHOWN = re.compile(r"about:|javascript:|data:|[\w-]*$", re.I)  # an empty frame; the value of a <param>
_SHARE_BUTTON = re.compile(r"/plugins/(?:like|share|page|follow|comments|send)|/widgets?/|googletagmanager|/recaptcha/")
_CENTER = re.compile(r"text-align\s*:\s*(center|right)", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_FLOATS = re.compile(r"\bfloat\s*:\s*(?:left|right)", re.I)
_TO_RIGHT = re.compile(r"(?:^|[-_ ])(?:text|align|txt)[-_]?right(?:$|[-_ ])", re.I)
_TO_CENTER = re.compile(r"(?:^|[-_ ])(?:rte)?(?:text|align)?[-_]?center(?:$|[-_ ])", re.I)
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-srcset", "src")
_SRCSET_END = re.compile(r"\s+[\d.]+[wx]\s*(?:,|$)|,\s+")
_ICON = re.compile(
    r"(?:icon|logo|spacer|blank|pixel|loading|button|emoji|avatar|star|print|share|facebook|zalo|twitter"
    r"|bullet)s?[\w-]*"
    r"\.(?:gif|png|svg|jpe?g)$",
    re.I,
)
SMALLEST_PICTURE = 48  # pixels; smaller ones are icons
SHORTEST_DATA_PICTURE = 3000  # letters of a data: address, about 2 KB; shorter ones are placeholders
LONG_CELL = 400  # letters; a cell with more holds paragraphs, so that its table is used for layout
LOOKED_AT = 40  # rows; what a table is used for shows in its first rows
HIDDEN = "hidden element"


def elements_of(root: Tag) -> Iterator[Tag]:
    """Yield all elements below one."""
    return (each for each in root.descendants if isinstance(each, Tag))


def has_element(root: Tag, names: frozenset[str]) -> bool:
    """Return whether an element of one of these names is below another."""
    return any(each.name in names for each in elements_of(root))


def skipped_by(tag: Tag) -> str:
    """Return why nobody sees an element, or why it only works on the old portal; "" if neither holds."""
    if tag.name in _SKIPPED:
        return f"element <{tag.name}>"
    if tag.get("role") in _CONTROL_ROLES and tag.find("img") is None:
        return "element that is a control"
    if tag.has_attr("hidden") or (tag.get("style") and _HIDDEN.search(str(tag["style"]))):
        return HIDDEN
    return ""


def embedded_address(tag: Tag) -> str:
    """Return the address of what a frame or a player shows; "" if nobody sees it, or if it is a button to share."""
    if tag.name not in _EMBEDDED or _HIDDEN.search(str(tag.get("style", ""))):
        return ""
    if any(str(tag.get(side, "")).removesuffix("px") in ("0", "1") for side in ("width", "height")):
        return ""
    inner = [each for each in elements_of(tag) if each.name in ("source", "embed", "param", "video", "iframe")]
    values = (str(each.get(name, "")).strip() for each in (tag, *inner) for name in _EMBEDDED_IN)
    address = next((value for value in values if value and not _NOT_SHOWN.match(value)), "")
    if tag.name == "amp-youtube" and tag.get("data-videoid"):
        address = f"https://www.youtube.com/watch?v={tag['data-videoid']}"
    return "" if _SHARE_BUTTON.search(address) else clean_text(address)


def text_of(tag: Tag, separator: str = "") -> str:
    """Return all text below an element, without comments. separator: what stands between two strings of it."""
    return separator.join(str(each) for each in tag.descendants if is_text(each))


def is_text(node: PageElement) -> bool:
    """Return whether a node is text, and no element, comment or declaration."""
    if not isinstance(node, NavigableString):
        return False
    return not isinstance(node, PreformattedString) or isinstance(node, CData)


def picture_of(tag: Tag) -> Picture | None:
    """Return the picture of an <img>; None for icons, spacers and counters."""
    source = next((address for name in _LAZY if (address := _address_in(name, str(tag.get(name, ""))))), "")
    sides = [str(tag.get(name, "")).removesuffix("px") for name in ("width", "height")]
    if any(side.isdigit() and int(side) < SMALLEST_PICTURE for side in sides) or _ICON.search(source):
        return None
    alt = clean_text(str(tag.get("alt", "")))
    if alt and is_boilerplate(alt):
        return None  # a button: In trang
    if source.startswith("data:") and (not source.startswith("data:image/") or len(source) <= SHORTEST_DATA_PICTURE):
        return None
    is_floating = tag.get("align") in ("left", "right") or _FLOATS.search(str(tag.get("style", ""))) is not None
    return Picture(source, alt, is_floating)


def _address_in(name: str, value: str) -> str:
    """Return the address in an attribute, which may have blanks in it; of several in a `srcset` the first."""
    value = re.sub(r"[\t\r\n]+", "", value).strip()
    return _SRCSET_END.split(value, maxsplit=1)[0].strip() if name.endswith("srcset") else value


def alignment_of(tag: Tag, style: str, names: str) -> str:
    """Return how an element aligns its text: left, center, right or "" (as around it)."""
    found = _CENTER.search(style)
    if found:
        return found[1].lower()
    if tag.name == "center" or _TO_CENTER.search(names):
        return "center"
    if _TO_RIGHT.search(names):
        return "right"
    align = "" if tag.name in ("table", "img", "hr") else str(tag.get("align", "")).lower()  # they place the element
    return "left" if "text-align" in style or align == "justify" else align


def is_layout(tag: Tag, rows: list[Tag]) -> bool:
    """Return whether a table is used to place things on the page, and does not show data."""
    width = max((len(cells_of(row)) for row in rows), default=0)
    if width < 2 or len(rows) < 2 or has_element(tag, _NOT_IN_DATA):
        return True
    if tag.find("table") and not (tag.find("th") or str(tag.get("border", "0")).strip("0")):
        return True
    cells = [cell for row in rows[:LOOKED_AT] for cell in cells_of(row)]
    return any(len(clean_text(text_of(cell, " "))) > LONG_CELL or _has_paragraphs(cell) for cell in cells)


def _has_paragraphs(cell: Tag) -> bool:
    """Return whether a cell holds two or more paragraphs with a sentence."""
    return sum(has_sentence(clean_text(text_of(each, " "))) for each in cell.find_all("p")) > 1


def spans_of(cell: Tag) -> str:
    """Return the attributes of a cell that spans several columns or rows."""
    values = ((name, str(cell.get(name, ""))) for name in ("colspan", "rowspan"))
    return "".join(f' {name}="{value}"' for name, value in values if value.isdigit() and 1 < int(value) < 1000)


def rows_of(table: Tag) -> list[Tag]:
    """Return the rows of a table, without those of tables in it."""
    return [row for row in table.find_all("tr") if row.find_parent("table") is table]


def cells_of(row: Tag) -> list[Tag]:
    """Return the cells of a row."""
    return list(row.find_all(["td", "th"], recursive=False))


def link_share_of(tag: Tag, text: str) -> float:
    """Return the share of the letters of an element that are links. text: its text."""
    linked = sum(len(clean_text(text_of(link, " "))) for link in tag.find_all("a"))
    return min(1.0, linked / len(text))


def holds_blocks(tag: Tag) -> bool:
    """Return whether an inline element such as <span>, <font> or <a> is around paragraphs."""
    return tag.name not in ("br", "img") and has_element(tag, BLOCKS)
