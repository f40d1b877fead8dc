"""A page copied out of the browser as text: every line a block, and no markup to lean on."""

from __future__ import annotations

import re
from html import escape

from . import encodings, scope
from .blocks import Block, Page, Picture, clean
from .phrases import MENU, crumbs, facts, is_breadcrumb, is_chrome, is_counter
from .problems import Refused

LARGEST = 4_000_000  # letters
_PICTURE = re.compile(r"!\[([^\]\n]{0,500})\]\(([^)\n]{0,500})\)")
_RULE = re.compile(r"^[|\s:_=*~-]*$")
_ITEM = re.compile(r"^[-•*+◦▪‣]\s+(?=\S)")


def read(raw: bytes) -> Page:
    """The page of a text file."""
    text, encoding = encodings.decode(raw)
    if len(text) > LARGEST:
        raise Refused("large")
    text, font = encodings.unicode_text(text)
    page = Page(_blocks(_lines(text)))
    page.encoding = font or encoding
    _mark_title(page)
    for line in (block.text for block in page.blocks):
        found = re.search(r"\bnăm\s+(20\d\d)\s*:\s*[\d.,]+", line, re.I)
        if found and is_counter(line):
            page.year, page.year_from = int(found[1]), found[0]
    return page


def _lines(text: str) -> list[str]:
    """Paragraphs: lines as they are, or joined where the text is wrapped at a fixed width."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    filled = [line for line in lines if clean(line)]
    wrapped = [a for a, b in zip(lines, lines[1:], strict=False) if 50 <= len(a) <= 100 and clean(b) and b[:1].islower()]
    if len(filled) < 10 or len(wrapped) < 0.4 * len(filled):
        return lines
    joined: list[str] = []
    for line in lines:
        if joined and clean(joined[-1]) and clean(line) and line[:1].islower():
            joined[-1] += " " + line.strip()
        else:
            joined.append(line)
    return joined


def _blocks(lines: list[str]) -> list[Block]:
    found: list[Block] = []
    for line in lines:
        lost = _PICTURE.search(line)
        if lost:
            found.append(Block("picture", "", picture=Picture(lost[2].strip(), clean(lost[1]))))
            line = _PICTURE.sub(" ", line)
        cell = "|" in line and (lost is not None or line.strip().startswith("|"))
        if cell or _RULE.match(line):
            line = line.strip().strip("|").strip()
        text = clean(line)
        if not text or _RULE.match(text):
            continue
        block = Block("text", text, escape(text, quote=False))
        if cell and found and (found[-1].kind == "picture" or len(found) > 1 and found[-2].kind == "picture"):
            block.role = "caption"
        found.append(block)
    return found


def _mark_title(page: Page) -> None:
    """The headline is the longest line above the first paragraph that is no label, button, menu or name of an office."""
    first = next((i for i, b in enumerate(page.blocks) if b.is_prose and not is_chrome(b.text) and not facts(b.text) and not is_breadcrumb(b.text)), len(page.blocks))
    best, chosen = 0.0, None
    trail = next((crumbs(b.text) for b in page.blocks[: first + 1] if is_breadcrumb(b.text)), [])
    texts = [scope.key(b.text) for b in page.blocks[: first + 40]]
    for number, block in enumerate(page.blocks[:first]):
        text = block.text
        if block.kind != "text" or is_chrome(text) or facts(text) or is_breadcrumb(text) or len(text) < 12 or len(text) > 350 or _ITEM.match(text):
            continue
        if block.role == "caption" or any(_names_site(text, other.text) for other in page.blocks[:first] if other is not block):
            continue
        score = min(len(text), 120) / 40 + (1.5 if texts.count(scope.key(text)) > 1 else 0) - (3 if scope.is_portal(text) else 0)
        score += 4 if trail and scope.key(trail[-1]) == scope.key(text) else 0
        score -= 5 if _is_menu(text) else 0
        if score >= best:
            best, chosen = score, number
    if chosen is not None and best > 0.3:
        page.blocks[chosen].role = "title"
        page.said.category = next((s for s in reversed(trail) if scope.key(s) != scope.key(page.blocks[chosen].text)), "")


def _names_site(text: str, other: str) -> bool:
    """Whether a text is the other with the name of the site behind it, as in the bar of a browser."""
    return len(other) > 11 and text.startswith(other) and len(text) > len(other) and scope.is_portal(text[len(other) :].strip(" -–—|:»"))


def _is_menu(text: str) -> bool:
    """`Giới thiệu Tin tức Văn bản Liên hệ`: at least three entries of a menu in a row."""
    return len(MENU.findall(text)) >= 3 and not re.search(r"[.!?]$", text)
