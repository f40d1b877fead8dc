"""HTML elements to blocks: what a reader would see as one paragraph, picture, list or table, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from bs4 import BeautifulSoup, CData, NavigableString, Tag
from bs4.element import PreformattedString

from .article_area import class_names
from .blocks import Block, Picture, clean_text
from .inline_html import EDGE, Run, address, html_of

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_SKIPPED = frozenset(
    [
        "head",
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "applet",
        "video",
        "audio",
        "canvas",
        "svg",
        "math",
        "map",
        "button",
        "input",
        "select",
        "textarea",
        "option",
        "nav",
        "form",
        "dialog",
        "title",
        "link",
        "meta",
        "base",
        "frame",
        "frameset",
        "marquee",
    ]
)
_NOT_IN_LISTS = frozenset({"table", "h1", "h2", "h3", "img", "blockquote"})
_NOT_IN_DATA = _NOT_IN_LISTS | {"ul", "ol", "iframe"}
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_CENTER = re.compile(r"text-align\s*:\s*(center|right)", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_ITALIC = re.compile(r"font-style\s*:\s*italic", re.I)
_TO_RIGHT = re.compile(r"(?:^|[-_ ])(?:text|align|txt)[-_]?right(?:$|[-_ ])", re.I)
_TO_CENTER = re.compile(r"(?:^|[-_ ])(?:rte)?(?:text|align)?[-_]?center(?:$|[-_ ])", re.I)
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-srcset", "src")
_SHORT_LINE = 60  # letters; lines of a poem or an address are shorter
DEEPEST = 180  # levels; what stands deeper is read as one text


class _Look(NamedTuple):
    bold: bool = False
    italic: bool = False
    href: str = ""
    shift: str = ""
    align: str = ""
    role: str = ""
    class_names: str = ""
    in_body: bool = True
    layout_cell: int = 0
    depth: int = 0


class Reader:
    """Read one tree. roles: what is known of an element, by its id(); inside: id() of the article's own element, 0: unknown."""

    def __init__(self, roles: dict[int, str], inside: int = 0) -> None:
        self.roles, self.inside = roles, inside
        self.blocks: list[Block] = []
        self.nodes: list[Tag] = []
        self.cells = 0

    def read(self, root: Tag) -> list[Block]:
        """All blocks below an element."""
        self._block(root, _Look(in_body=not self.inside))
        return self.blocks

    # --- blocks -----------------------------------------------------------------------------------

    def _block(self, tag: Tag, look: _Look) -> None:
        look = self._look(tag, look)
        name = tag.name
        if name == "table" and self._table(tag, look):
            return
        if name in ("ul", "ol", "dl") and self._list(tag, look):
            return
        if name == "pre":
            text = tag.get_text().strip("\n")
            if clean_text(text):
                self._add(Block("code", clean_text(text), escape(text)), look, tag)
            return
        if name == "blockquote":
            inner = Reader(self.roles)
            for child in _grouped(tag):
                inner._any(tag, child, look._replace(role=""))
            self._quote(inner, look, tag)
            return
        if name == "figure":
            self._figure(tag, look)
            return
        for child in _grouped(tag):
            self._any(tag, child, look)

    def _any(self, parent: Tag, child: list | Tag, look: _Look) -> None:
        if isinstance(child, list):
            self._runs(parent, child, look)
        elif look.depth > DEEPEST:
            text = clean_text(child.get_text(" "))
            if text:
                self._add(Block("text", text, escape(text)), look, child)
        else:
            self._block(child, look)

    def _look(self, tag: Tag, look: _Look) -> _Look:
        style = str(tag.get("style", ""))
        names = class_names(tag)
        align = str(tag.get("align", "")).lower()
        found = _CENTER.search(style)
        if found:
            align = found[1].lower()
        elif tag.name == "center" or _TO_CENTER.search(names):
            align = "center"
        elif _TO_RIGHT.search(names):
            align = "right"
        elif "text-align" in style or align in ("left", "justify"):
            align = "left"
        role = self.roles.get(id(tag), "")
        return look._replace(
            bold=look.bold or tag.name in ("b", "strong") or bool(_BOLD.search(style)),
            italic=look.italic or tag.name in ("i", "em", "cite") or bool(_ITALIC.search(style)),
            align=align or look.align,
            role=role or look.role,
            class_names=f"{names} {look.class_names}"[:300] if names else look.class_names,
            in_body=look.in_body or id(tag) == self.inside,
            depth=look.depth + 1,
        )

    def _add(self, block: Block, look: _Look, node: Tag) -> None:
        block.class_names, block.role, block.in_body, block.layout_cell = (
            look.class_names.lower(),
            block.role or look.role,
            look.in_body,
            look.layout_cell,
        )
        if look.align in ("center", "right"):
            block.style |= {look.align}
        self.blocks.append(block)
        self.nodes.append(node)

    def _figure(self, tag: Tag, look: _Look) -> None:
        start = len(self.blocks)
        for child in _grouped(tag):
            self._any(tag, child, look)
        caption = tag.find("figcaption")
        if not caption:
            return
        words = clean_text(caption.get_text(" "))
        pictures = [b for b in self.blocks[start:] if b.kind == "picture"]
        for block in self.blocks[start:]:
            if pictures and block.kind == "text" and words and block.text in words:
                block.role = "caption"

    def _quote(self, inner: Reader, look: _Look, tag: Tag) -> None:
        texts = [b for b in inner.blocks if b.kind in ("text", "heading", "list")]
        if len(texts) != len(inner.blocks) or not texts:  # pictures in it: it was for its indent
            for block, node in zip(inner.blocks, inner.nodes, strict=True):
                self.blocks.append(block)
                self.nodes.append(node)
            return
        html = "".join(b.html if b.kind == "list" else f"<p>{b.html}</p>" for b in texts)
        total = sum(len(b.text) for b in texts)
        block = Block(
            "quote",
            " ".join(b.text for b in texts),
            html,
            link_share=sum(b.link_share * len(b.text) for b in texts) / max(1, total),
        )
        self._add(block, look, tag)

    def _list(self, tag: Tag, look: _Look) -> bool:
        """A list as one block. False where it is only used to lay out pictures, tables or long texts with headings."""
        if tag.name == "dl" or has(tag, _NOT_IN_LISTS):
            return False
        items = tag.find_all("li", recursive=False)
        if not items or look.depth > 30:
            return False
        html = self._list_html(tag, look)
        text = clean_text(tag.get_text(" "))
        if text:
            links = sum(len(clean_text(a.get_text(" "))) for a in tag.find_all("a"))
            self._add(
                Block(
                    "list",
                    clean_text(re.sub(r"<[^>]+>", " ", _unescaped(html))),
                    html,
                    link_share=min(1.0, links / len(text)),
                ),
                look,
                tag,
            )
        return True

    def _list_html(self, tag: Tag, look: _Look) -> str:
        parts = []
        for item in tag.find_all("li", recursive=False):
            inner = ""
            lines: list[str] = []
            for child in _grouped(item):
                if isinstance(child, Tag) and child.name in ("ul", "ol") and look.depth < 30:
                    inner += self._list_html(child, look._replace(depth=look.depth + 1))
                else:
                    runs = list(self._inline(child if isinstance(child, list) else [child], self._look(item, look)))
                    lines.append(html_of([run for run in runs if isinstance(run, Run)]))
            words = "<br>".join(line for line in lines if line)
            if words or inner:
                parts.append(f"<li>{words}{inner}</li>")
        start = str(tag.get("start", ""))
        start = f' start="{start}"' if start.isdigit() and len(start) < 5 and start != "1" else ""
        return f"<{tag.name}{start if tag.name == 'ol' else ''}>{''.join(parts)}</{tag.name}>" if parts else ""

    def _table(self, tag: Tag, look: _Look) -> bool:
        """A table of data as one block. One used for layout is read cell by cell (False)."""
        rows = [row for row in tag.find_all("tr") if row.find_parent("table") is tag]
        width = max((len(_cells(row)) for row in rows), default=0)
        nested = has(tag, _NOT_IN_DATA)
        lengths = [len(clean_text(cell.get_text(" "))) for row in rows[:40] for cell in _cells(row)]
        long_ones = sum(length > 400 for length in lengths)
        if nested or width < 2 or len(rows) < 2 or long_ones:
            for row in rows:
                for cell in _cells(row):
                    self.cells += 1
                    deeper = self._look(cell, look)._replace(layout_cell=look.layout_cell or self.cells)
                    for child in _grouped(cell):
                        self._any(cell, child, deeper)
            caption = tag.find("caption", recursive=False)
            if caption:
                self._block(caption, look)
            return True
        html = []
        heads = bool(tag.find("thead")) or all(cell.name == "th" for cell in _cells(rows[0]))
        for number, row in enumerate(rows):
            cells = []
            for cell in _cells(row):
                runs = list(self._inline(list(cell.children), self._look(cell, look)._replace(bold=False)))
                kind = "th" if cell.name == "th" or (number == 0 and heads) else "td"
                spans = "".join(
                    f' {key}="{value}"'
                    for key in ("colspan", "rowspan")
                    if (value := str(cell.get(key, ""))).isdigit() and 1 < int(value) < 1000
                )
                cells.append(
                    f"<{kind}{spans}>{html_of([run for run in runs if isinstance(run, Run)], '<br>')}</{kind}>"
                )
            html.append(f"<tr>{''.join(cells)}</tr>")
        text = clean_text(" ".join(cell.get_text(" ") for row in rows for cell in _cells(row)))
        links = sum(len(clean_text(a.get_text(" "))) for a in tag.find_all("a"))
        caption = tag.find("caption", recursive=False)
        if caption:
            words = clean_text(caption.get_text(" "))
            self._add(Block("text", words, escape(words)), look, caption)
        if text:
            self._add(
                Block("table", text, f"<table>{''.join(html)}</table>", link_share=min(1.0, links / len(text))),
                look,
                tag,
            )
        return True

    # --- text within a block ------------------------------------------------------------------------

    def _runs(self, parent: Tag, children: list, look: _Look) -> None:
        """Text, pictures and line breaks between two blocks: paragraphs and pictures of their own."""
        line: list[Run] = []
        lines: list[list[Run]] = [line]
        parts: list[list[list[Run]] | Block] = []
        for each in self._inline(children, look):
            if isinstance(each, Block):
                parts += [lines, each]
                line = []
                lines = [line]
            elif isinstance(each, Run):
                line.append(each)
            else:
                line = []
                lines.append(line)
        parts.append(lines)
        for part in parts:
            if isinstance(part, Block):
                self._add(part, look, parent)
                continue
            texts = [clean_text("".join(run.text for run in each)) for each in part]
            filled = [text for text in texts if text]
            poem = (
                len(filled) > 2
                and all(len(text) < _SHORT_LINE for text in filled)
                and all(texts[1:-1])
                and len(filled) < 60
            )
            if poem:
                joined: list[Run] = []
                for each in part:
                    joined += [Run("\n", False, False, "", ""), *each] if joined else each
                self._text(parent, joined, look)
            else:
                for each in part:
                    self._text(parent, each, look)

    def _text(self, parent: Tag, runs: list[Run], look: _Look) -> None:
        text = clean_text("".join(run.text for run in runs))
        if not text:
            return
        parts = [part for part in map(clean_text, "".join(run.text for run in runs).split(EDGE)) if part]
        runs = [run for run in runs if run.text != EDGE]
        words = [run for run in runs if run.text.strip()]
        style = {name for name in ("bold", "italic") if all(getattr(run, name) for run in words)}
        linked = sum(len(clean_text(run.text)) for run in words if run.href) / len(text)
        level = _HEADINGS.get(parent.name, 0)
        if level:
            runs = [run._replace(bold=False, italic=False) for run in runs]
        block = Block(
            "heading" if level else "text",
            text,
            html_of(runs, "<br>"),
            frozenset(style),
            link_share=min(1.0, linked),
            level=level,
        )
        if len(parts) > 1 and len(text) < 400:
            block.segments = " | ".join(parts)
        if parent.name == "figcaption":
            block.role = "caption"
        for run in words:
            if run.role and run.role != look.role:
                block.part_roles[run.role] = f"{block.part_roles.get(run.role, '')} {clean_text(run.text)}".strip()
        self._add(block, look, parent)

    def _inline(self, children: list, look: _Look) -> Iterator[Run | Block | None]:
        """Runs of text, pictures (Block), and None for a line break."""
        for child in children:
            if isinstance(child, NavigableString):
                if not isinstance(child, PreformattedString) or isinstance(child, CData):
                    yield Run(str(child), look.bold, look.italic, look.href, look.shift, look.role)
            elif isinstance(child, Tag) and not skipped(child):
                yield from self._inline_tag(child, look)

    def _inline_tag(self, tag: Tag, look: _Look) -> Iterator[Run | Block | None]:
        if tag.name == "br":
            yield None
        elif tag.name == "img":
            picture = picture_of(tag)
            if picture:
                yield Block("picture", picture.alt, picture=picture)
        elif look.depth > DEEPEST:
            yield Run(clean_text(tag.get_text(" ")), look.bold, look.italic, look.href, look.shift)
        else:
            inner = self._look(tag, look)
            if tag.name == "a":
                inner = inner._replace(href=address(str(tag.get("href", ""))))
            elif tag.name in ("sub", "sup"):
                inner = inner._replace(shift=tag.name)
            edge = None if tag.name in BLOCKS else Run(EDGE, False, False, "", "")
            if tag.name in BLOCKS or tag.name in ("span", "a", "small", "time", "label"):
                yield edge
                yield from self._inline(list(tag.children), inner)
                yield edge
            else:
                yield from self._inline(list(tag.children), inner)


def tags(root: Tag) -> Iterator[Tag]:
    """All elements below one."""
    return (each for each in root.descendants if isinstance(each, Tag))


def has(root: Tag, names: frozenset[str]) -> bool:
    """Whether an element of one of these names stands below another."""
    return any(isinstance(each, Tag) and each.name in names for each in root.descendants)


def skipped(tag: Tag) -> bool:
    """What nobody sees, and what only works on the old portal."""
    return (
        tag.name in _SKIPPED
        or tag.has_attr("hidden")
        or (bool(tag.get("style")) and bool(_HIDDEN.search(str(tag["style"]))))
    )


def picture_of(tag: Tag) -> Picture | None:
    """The picture of an <img>; None for icons, spacers and counters."""
    source = next((str(tag[name]).split()[0] for name in _LAZY if str(tag.get(name, "")).strip()), "")
    width, height = (str(tag.get(name, "")).removesuffix("px") for name in ("width", "height"))
    small = any(side.isdigit() and int(side) < 48 for side in (width, height))
    if small or re.search(
        r"(?:icon|logo|spacer|blank|pixel|loading|button|emoji|avatar|star|print|share|facebook|zalo|twitter|bullet)s?[\w-]*\.(?:gif|png|svg|jpe?g)$",
        source,
        re.I,
    ):
        return None
    if source.startswith("data:"):
        source = source if source.startswith("data:image/") and len(source) > 3000 else ""
        if not source:
            return None
    return Picture(source, clean_text(str(tag.get("alt", ""))))


def _grouped(tag: Tag) -> Iterator[list | Tag]:
    """Children in order: inline ones that stand together as one list, blocks alone."""
    group: list = []
    for child in tag.children:
        if isinstance(child, Tag):
            if skipped(child):
                continue
            if child.name in BLOCKS or _holds_blocks(child):
                if group:
                    yield group
                    group = []
                yield child
                continue
        group.append(child)
    if group:
        yield group


def _holds_blocks(tag: Tag) -> bool:
    """A <span>, <font> or <a> around paragraphs."""
    return tag.name not in ("br", "img") and has(tag, BLOCKS)


def _cells(row: Tag) -> list[Tag]:
    return row.find_all(["td", "th"], recursive=False)


def _unescaped(html: str) -> str:
    return BeautifulSoup(html.replace("<li>", " <li>").replace("<br>", " "), "lxml").get_text() if html else ""
