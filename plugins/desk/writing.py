"""Blocks of the rich-text view as Markdown, each checked: the portal's reader must make of it what the view shows.

`convert` writes the Markdown. Where the reader would take typed letters for a mark (`a) một`, `2026. Năm`), these
letters are written as their numbers; where Markdown has no form at all, as for merged cells, HTML is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from plugins.convert import markdown
from plugins.markdown_reader import html as reader
from plugins.markdown_reader.elements import INLINE

from . import blocks, view_html

EMPTY = ("<p></p>", "<p><br></p>")
_TAG = re.compile("\ufdd2(\\d+)\ufdd3")  # the place of a tag, while the text is converted
_PLACEHOLDER = re.compile(r"&#123;&#123;( ?\w+ ?)\}\}")  # which the portal fills in
_DELIMITER = re.compile(r"(?m)^\|(?: ?-+ ?\|)+$")
_NO_LETTER = re.compile(r"[^\w\s]")
_NUMBERED = re.compile("\ufdd4(\\d+)\ufdd5")  # a letter as its number, while the text is converted


class Part(NamedTuple):
    """A block of the view.

    html: if it is new or was changed; source: else, as it stands in the file; gap: what is between it and the next
    there; number: which block of the file it is.
    """

    html: str | None = None
    source: str = ""
    gap: str = ""
    number: int | None = None


class Written(NamedTuple):
    """A body.

    Attributes:
        sources: Of its blocks.
        text: All of it.
        otherwise: Numbers of blocks that will be read otherwise, or have others beside them read otherwise.
    """

    sources: list[str]
    text: str
    otherwise: list[int]


def body(lead: str, parts: Sequence[Part]) -> Written:
    """Return the body of an article of which some blocks were changed.

    Args:
        lead: What is before the first block.
        parts: All blocks. A gap stays where the reader still takes the blocks on both sides for two.
    """
    shown = [view_html.canonical(part.html) if part.html is not None else "" for part in parts]
    for write in (markdown_of, _raw):  # HTML where Markdown would be read otherwise beside what is there
        sources = [part.source if part.html is None else _written(shown[n], write) for n, part in enumerate(parts)]
        definitions = blocks.definitions_of(sources)
        pieces = _with_gaps(parts, sources, definitions)
        do_fit = blocks.fit(pieces, definitions)
        if do_fit:
            break
    otherwise = [
        number
        for number, part in enumerate(parts)
        if sources[number]
        and part.html is not None
        and (not do_fit or blocks.shown(sources[number], definitions) != (shown[number],))
    ]
    return Written(sources, lead + "".join(source + gap for source, gap in pieces), otherwise)


def _with_gaps(parts: Sequence[Part], sources: Sequence[str], definitions: str) -> list[blocks.Piece]:
    """Return the sources that are not empty, each with what is between it and the next."""
    pieces = []
    shown = [number for number, source in enumerate(sources) if source.strip()]
    for here, following in zip_longest(shown, shown[1:]):
        gap = parts[here].gap
        number = parts[here].number
        if following is not None and (number is None or parts[following].number != number + 1):
            gap = _gap(sources[here], gap, sources[following], definitions)
        pieces.append((sources[here], gap))
    return pieces


def _gap(first: str, gap: str, second: str, definitions: str) -> str:
    """Return what parts two blocks that are new neighbours, if possible a gap that is there."""
    for each in (gap, "\n\n"):
        if each.count("\n") > 1 and blocks.is_apart(first, each, second, definitions):
            return each
    return f"\n\n{blocks.SEPARATOR}\n\n"


def _written(html: str, write: Callable[[str], str]) -> str:
    return "" if html in EMPTY else write(html)


def is_kept(source: str, definitions: str) -> bool:
    """Whether a block keeps all that it says to readers when the view writes it anew."""
    shown = blocks.shown(source, definitions)
    if len(shown) != 1:
        return False
    if _plain(shown[0]) == source:  # nearly always
        return True
    written = markdown_of(shown[0])
    is_same = bool(written) and blocks.shown(written, definitions) == shown
    return is_same and _page(written, definitions) == _page(source, definitions)


def _page(source: str, definitions: str) -> str:
    """Return what readers get of a source; of a note, with a mark that refers to it."""
    note = blocks.NOTE.match(source)
    text = f"{definitions}\n\nx[^{note[1]}]\n\n{source}" if note else f"{definitions}\n\n{source}"
    return view_html.canonical(reader.convert(text, "/a.md", "/", "vi").html)


def markdown_of(html: str) -> str:
    """Return the Markdown of one block in the form of `view_html.canonical`; "" for one that is empty."""
    if html in EMPTY or not html:
        return ""
    definitions = "\n".join(f"[^{label}]: ." for label in re.findall(r'<sup data-note="([^"]*)">', html))
    for write in (_plain, _escaped):
        text = write(html)
        if blocks.shown(text, definitions) == (html,):
            return text
    return _raw(html)


def _plain(html: str, escape: Callable[[str], str] = str) -> str:
    soup = BeautifulSoup(html, "html.parser")
    block = soup.find(True)
    if not isinstance(block, Tag):
        return html
    if block.name == "pre":
        return markdown.fenced(block.get_text())
    if block.name == "aside":
        parts = [_plain(str(child), escape) for child in block.children]
        return f"[^{block['data-note']}]: " + re.sub(r"\n(?=[^\n])", "\n    ", "\n\n".join(parts))
    tags = _set_aside(soup)
    aligned = _alignment(block)
    _tighten(soup)
    for text in [each for each in soup.find_all(string=True) if not each.find_parent("code")]:
        text.replace_with(NavigableString(escape(str(text))))
    written = _NUMBERED.sub(r"&#\1;", markdown.of_html(soup))
    written = _TAG.sub(lambda place: tags[int(place[1])], written)
    written = _PLACEHOLDER.sub(r"{{\1}}", written)
    return _DELIMITER.sub(lambda _: aligned, written, count=1) if aligned else written


def _set_aside(soup: BeautifulSoup) -> list[str]:
    """Put places in a text for what Markdown has no signs for, such as `<span lang="en">`, and return what is there."""
    tags: list[str] = []

    def place(text: str) -> NavigableString:
        tags.append(text)
        return NavigableString(f"\ufdd2{len(tags) - 1}\ufdd3")

    for mark in soup.find_all("sup", attrs={"data-note": True}):
        mark.replace_with(place(f"[^{mark['data-note']}]"))
    for element in soup.find_all(list(INLINE - set(view_html.ORDER))):
        start, end = str(element).split(">", 1)[0] + ">", f"</{element.name}>"
        element.insert_before(place(start))
        element.insert_after(place(end))
        element.unwrap()
    return tags


def _alignment(table: Tag) -> str:
    """Return the line below the head of a table, which says how its columns are aligned; "" if none is."""
    row = table.find("tr") if table.name == "table" else None
    if not isinstance(row, Tag):
        return ""
    marks = {"right": "--:", "center": ":-:"}
    line = [marks.get(" ".join(cell.get("class") or []), "---") for cell in row.find_all(["th", "td"])]
    return "| " + " | ".join(line) + " |" if set(line) != {"---"} else ""


def _tighten(soup: BeautifulSoup) -> None:
    """Let items and cells with one paragraph hold its text: no empty line parts the items."""
    for holder in soup.find_all(["li", "td", "th"]):
        paragraphs = holder.find_all("p", recursive=False)
        if len(paragraphs) == 1 and holder.contents and holder.contents[0] is paragraphs[0]:
            paragraphs[0].unwrap()


def _escaped(html: str) -> str:
    """Return Markdown in which no sign but its own marks can be taken for one."""
    return _plain(html, lambda text: _NO_LETTER.sub(lambda sign: f"\ufdd4{ord(sign[0])}\ufdd5", text))


def _raw(html: str) -> str:
    """Return a block as HTML, a row of a table to a line."""
    note = re.fullmatch(r'<aside data-note="([^"]*)">(.*)</aside>', html, re.S)
    if note:
        return f"[^{note[1]}]: {_raw(note[2])}"
    html = re.sub(r'<sup data-note="([^"]*)"></sup>', r"[^\1]", html)
    return html.replace("<tr>", "\n<tr>").replace("</table>", "\n</table>")
