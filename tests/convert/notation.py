"""A short notation for blocks of a page, in which the rules of plugins/convert write their examples.

One block per line: attributes in brackets, then its text. "> " marks the block that the rule is about; without a mark
it is about the whole page.

    @hint Giải bóng chuyền hơi
    [heading=1 class=title] Giải bóng chuyền hơi
    > [center italic] Quang cảnh hội nghị
    [prose]

Attributes: heading=LEVEL, list=ITEMS, table, quote, code, picture (the text is its `alt`); bold, italic, center, right;
link=SHARE, role=ROLE, class=NAME, cell=NUMBER, outside (of the marked text), document (it links to one), prose (a
paragraph after the text), long=LETTERS (the text repeated to this length), box=NUMBER (of the element around it),
column=NUMBER (of its cell in a table), float (a picture with text around it), lines=NUMBER (of lines with breaks
between them), copied (a line of a text without markup),
page (a link to another page of the portal), home (one to its first page).
Directives on lines of their own: @hint (a title of the metadata), @author and @site (of the metadata), @title, @lead,
@description (of the metadata), @section SOURCE NAME (a name of the section; SOURCE is one of sections.Source).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from plugins.convert.blocks import Block, Page, Picture
from plugins.convert.metadata import Metadata
from plugins.convert.sections import NamedSection, Source

PROSE = (
    "Theo báo cáo, toàn tỉnh đã hoàn thành ba phần tư kế hoạch trồng rừng của năm nay; các xã còn lại cam kết làm xong "
    "trước mùa mưa, ưu tiên những nơi có nguy cơ sạt lở cao và gần khu dân cư."
)
STYLES = {"bold", "italic", "center", "right"}
KINDS = {"heading", "list", "table", "quote", "code", "picture"}


@dataclass
class Example:
    """A page in the notation. marked: index of the block that the rule is about, None for the whole page."""

    blocks: list[Block] = field(default_factory=list)
    marked: int | None = None
    hints: list[str] = field(default_factory=list)
    title: str = ""
    lead: str = ""
    asks_password: bool = False
    author: str = ""
    sites: list[str] = field(default_factory=list)
    description: str = ""
    sections: list[NamedSection] = field(default_factory=list)

    def page(self) -> Page:
        """Return it as a page, for rules about all of its article."""
        page = Page(self.blocks, Metadata(author=self.author), named_authors=[self.author] if self.author else [])
        page.sections, page.description = self.sections, self.description
        return page


def parse(text: str) -> Example:
    """Return the page of an example."""
    page = Example()
    for line in text.strip("\n").split("\n"):
        name, _, value = line.partition(" ")
        if name in _DIRECTIVES:
            _DIRECTIVES[name](page, value)
            continue
        if line.startswith("> "):
            page.marked = len(page.blocks)
        page.blocks.append(_block(line.removeprefix("> ")))
    return page


def _add_section(page: Example, value: str) -> None:
    source, _, name = value.partition(" ")
    page.sections.append(NamedSection(name, Source[source.upper()]))


_DIRECTIVES: dict[str, Callable[[Example, str], object]] = {
    "@hint": lambda page, value: page.hints.append(value),
    "@site": lambda page, value: page.sites.append(value),
    "@section": _add_section,
    "@password": lambda page, _: setattr(page, "asks_password", True),
    **{
        f"@{name}": lambda page, value, name=name: setattr(page, name, value)
        for name in ("author", "title", "lead", "description")
    },
}


def _block(line: str) -> Block:
    match = re.fullmatch(r"(?:\[([^\]]*)\])?\s*(.*)", line)
    attributes = dict(part.partition("=")[::2] for part in (match[1] or "").split())
    text = match[2]
    if "prose" in attributes:
        text = f"{text} {PROSE}".strip()
    once = text
    while len(text) < int(attributes.get("long", 0)):
        text += " " + once
    kind = next((kind for kind in KINDS if kind in attributes), "text")
    html = escape(text, quote=False)
    if kind == "list":
        html = f"<ul>{'<li>…</li>' * int(attributes['list'] or 1)}</ul>"
    html = "<br>".join([html] * int(attributes.get("lines", 1)))
    if "document" in attributes:
        html += '<a href="van-ban.pdf">PDF</a>'
    if "home" in attributes:
        html = f'<a href="/index.html">{html}</a>'
    if "page" in attributes:
        html = f'<a href="/tho.htm">{html}</a>'
    unknown = (
        attributes.keys()
        - KINDS
        - STYLES
        - {
            "link",
            "role",
            "class",
            "cell",
            "outside",
            "document",
            "prose",
            "long",
            "box",
            "column",
            "lines",
            "float",
            "copied",
            "page",
            "home",
        }
    )
    assert not unknown, unknown
    block = Block(
        kind,
        text,
        html,
        frozenset(attributes.keys() & STYLES),
        attributes.get("class", ""),
        float(attributes.get("link", 0)),
        attributes.get("role", ""),
        int(attributes.get("heading") or 0),
        "outside" not in attributes,
        int(attributes.get("cell", 0)),
        Picture("anh.jpg", text, "float" in attributes) if kind == "picture" else None,
    )
    block.is_copied = "copied" in attributes
    block.container, block.column = int(attributes.get("box", 0)), int(attributes.get("column", 0))
    return block
