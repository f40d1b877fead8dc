"""A saved HTML page to a Page: metadata of its head, its template's profile, and the blocks of its article."""

from __future__ import annotations

import re
import unicodedata

from bs4 import BeautifulSoup, Tag

from plugins.i18n import say

from . import encodings, page_head, profiles
from .article_area import (
    ARTICLE_TEXT,
    TextLengths,
    class_names,
    densest_element,
    enclosing_element,
    is_aside,
    is_within,
    prose_length,
)
from .blocks import Block, Page, clean_text, comparison_key
from .boilerplate import breadcrumb_steps, is_breadcrumb
from .errors import SourceError
from .html_blocks import Reader, tags
from .labels import read_labels
from .titles import find_headline, find_title, title_hints

LARGEST = 12_000_000  # letters of HTML in a page
DEEPEST = 400  # open elements at a time
MOST_TAGS = 150_000
MOST_BLOCKS = 10_000
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "tr",
        "th",
        "option",
        "dd",
        "dt",
    ]
)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^<>]*?(/?)>")
_CUT = re.compile(r"<(script|style|svg|noscript|template)\b[^>]*>", re.I)
_MODERN = re.compile("[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỷỹỵđơưĐƠƯ]")
_VIDEO = re.compile(r"https?://(?:www\.)?(?:youtube|youtu\.be|player\.vimeo)")
_NEVER = re.compile(
    r"comment|binh-?luan|disqus|relat|lien-?quan|foot|copyright|other|khac|latest|hot-?news|most-?|nhieu", re.I
)
_DEAD = frozenset({"nav", "form", "button", "select", "textarea", "iframe"})
_SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_ROLES = (
    (
        "lead",
        re.compile(
            r"(?:^|[-_ ])(?:sapo|sa-po|lead|lede|article-?summary|news-?summary|detail-?summary|post-?summary|summary|news-?desc(?:ription)?|detail-?desc(?:ription)?|description|trich-?(?:dan|yeu)|intro(?:text)?|tom-?tat|home-?text|chapo|excerpt|brief|abstract|lead-?text|mo-?ta)(?:$|[-_ ])",
            re.I,
        ),
    ),
    (
        "caption",
        re.compile(
            r"(?:^|[-_ ])(?:wp-caption-text|(?:img|image|photo|pic|picture|figure|fig)[-_]?(?:caption|desc(?:ription)?|note|alt|title|text|chuthich)|caption(?:-text)?|chu-?thich(?:-anh)?|note-?img|pcaption)(?:$|[-_ ])",
            re.I,
        ),
    ),
    (
        "author",
        re.compile(
            r"(?:^|[-_ ])(?:author(?:-?name)?|tac-?gia|byline|writer|nguoi-?viet|but-?danh|signature|ky-?ten)(?:$|[-_ ])",
            re.I,
        ),
    ),
    ("source", re.compile(r"(?:^|[-_ ])(?:source|nguon(?:-?tin)?)(?:$|[-_ ])", re.I)),
    (
        "date",
        re.compile(
            r"(?:^|[-_ ])(?:date|time|datetime|ngay-?(?:dang|thang|gio)|thoi-?gian|publish(?:ed)?(?:-?(?:date|time|on))?|post(?:ed)?-?(?:date|time|on)|created|submitted|meta-?date|article-?date|news-?date|pubdate)(?:$|[-_ ])",
            re.I,
        ),
    ),
    ("tags", re.compile(r"(?:^|[-_ ])(?:tags?(?:-?(?:list|links|news|cloud))?|keywords?|tu-?khoa)(?:$|[-_ ])", re.I)),
)
_ITEMPROPS = {
    "headline": "title",
    "articleBody": "body",
    "datePublished": "date",
    "author": "author",
    "description": "lead",
    "keywords": "tags",
}
_SHORT_ROLES = {"author": 90, "source": 120, "date": 160, "caption": 600, "tags": 400, "lead": 1500}


def read(raw: bytes) -> Page:
    """The page of a file. Raises SourceError for what no person would call a page."""
    text, encoding = encodings.decode(raw)
    page = from_html(text)
    page.encoding = page.encoding or encoding
    return page


def from_html(html: str) -> Page:
    """The page of HTML text, in whatever font encoding."""
    html = html.replace("\0", "")
    _bounded(html)
    saved = _SAVED.search(html[:5000])
    linked_data = [
        found[1]
        for found in re.finditer(r"<script[^>]*ld\+json[^>]*>(.{1,200000}?)</script", html[:2_000_000], re.I | re.S)
    ]
    soup = BeautifulSoup(_without_code(html), "lxml")
    _unicode(soup)
    body = soup.body or soup
    page = Page([])
    steps = _breadcrumb(body)
    videos = [
        str(tag.get("src", "")) for tag in tags(body) if tag.name == "iframe" and _VIDEO.match(str(tag.get("src", "")))
    ]
    page.notes += [
        say("Video: the page showed {address}; put a link to it if it is still there.", address=clean_text(each)[:200])
        for each in videos[:5]
    ]
    _without_controls(body)
    head = page_head.read(soup, linked_data)
    page.source_url = head.get("url", "") or (saved[1] if saved and saved[1].startswith("http") else "")
    lang = str((soup.html or {}).get("lang", "") if soup.html else "")[:2].lower()
    page.lang = lang if lang in ("vi", "en") else "vi"
    sight = profiles.Sight(soup, html)
    profile = profiles.chosen(sight)
    _take_out(body, profile, sight)
    roles, inside = _roles(body, profile, sight)
    reader = Reader(roles)
    blocks, nodes = reader.read(body), reader.nodes
    if len(blocks) > MOST_BLOCKS:
        raise SourceError("large")
    hints = [*([head["title"]] if "title" in head else []), *title_hints(head.get("page", ""))]
    page.title_hint = next(iter(hints), "")
    page.metadata = page_head.head_metadata(head)
    _scoped(page, blocks, nodes, body, hints, inside, steps)
    _year(page, blocks)
    return page


def _bounded(html: str) -> None:
    if len(html) > LARGEST:
        raise SourceError("large")
    depth = count = 0
    for found in _TAG.finditer(html):
        count += 1
        name = found[2].lower()
        if name in _VOID or found[3]:
            continue
        depth = max(0, depth - 1) if found[1] else depth + 1
        if depth > DEEPEST or count > MOST_TAGS:
            raise SourceError("nested")
    if html.count("<") > 4 * MOST_TAGS:
        raise SourceError("nested")


def _without_code(html: str) -> str:
    """Without scripts, styles and drawings, which are most of a saved page; each once over the text."""
    parts, at = [], 0
    ends: dict[str, re.Pattern[str]] = {}
    while found := _CUT.search(html, at):
        parts.append(html[at : found.start()])
        name = found[1].lower()
        end = ends.setdefault(name, re.compile(rf"</{name}[^>]{{0,20}}>", re.I)).search(html, found.end())
        if not end:
            return "".join(parts)
        at = end.end()
    return "".join([*parts, html[at:]])


def _unicode(soup: BeautifulSoup) -> None:
    """Every text into NFC, and out of font encodings, which may hold for a part of the page only."""
    strings = list(soup.find_all(string=True))
    whole = " ".join(strings)
    if whole.isascii():
        return
    converter = {"TCVN3": encodings.tcvn3, "VNI": encodings.vni}.get(encodings.unicode_text(whole[:60_000])[1])
    for string in strings:
        text = str(string)
        if text.isascii() and converter is not encodings.vni:
            continue
        if converter and not _MODERN.search(text):
            new = converter(text)
        elif len(text) > 40:
            new = encodings.unicode_text(text)[0]
        else:
            new = unicodedata.normalize("NFC", text)
        if new != text:
            string.replace_with(type(string)(new))


def _without_controls(body: Tag) -> None:
    """Take menus, forms and frames out; but ASP.NET has the whole page in one form."""
    for tag in [each for each in tags(body) if each.name in _DEAD]:
        if not tag.decomposed and (tag.name != "form" or len(tag.get_text()) < 300):
            tag.decompose()
        elif not tag.decomposed:
            tag.name = "div"  # ASP.NET has the whole page in one form


def _take_out(body: Tag, profile: profiles.Profile | None, sight: profiles.Sight) -> None:
    """Remove what markup alone says is not the article, unless most of the page's text stands in it."""
    for tag in sight.select_any(body, profile.drop) if profile else ():
        tag.decompose()
    total = len(body.get_text())
    for tag in [each for each in tags(body) if is_aside(each)]:
        if tag.decomposed or (tag.name in ("body", "html", "main", "article", "a", "p")):
            continue
        if ARTICLE_TEXT.search(class_names(tag)) and tag.name != "nav":
            continue
        text = tag.get_text(" ")
        if (len(text) > 0.4 * total and len(text) > 400) or tag.find("h1") or tag.find(itemprop="articleBody"):
            continue
        if read_labels(clean_text(text)) or _has_byline(tag) or _holds_article(tag, text):
            continue
        tag.decompose()


def _holds_article(tag: Tag, text: str) -> bool:
    """A column or a box for printing, by its name, with paragraphs in it; readers' comments have them too."""
    if tag.name in ("nav", "footer") or _NEVER.search(class_names(tag)):
        return False
    long_ones = [s for s in tag.find_all(string=True) if len(s) > 120]
    linked = sum(len(a.get_text()) for a in tag.find_all("a"))
    return len(long_ones) >= 3 and linked < 0.3 * len(text) and not any(s.find_parent("a") for s in long_ones[:3])


def _has_byline(tag: Tag) -> bool:
    """An element called a tool bar that holds the date too."""
    if tag.name in ("nav", "aside", "footer") or len(tag.get_text()) > 300 or len(tag.find_all("a")) > 12:
        return False
    return any(read_labels(clean_text(part)) for part in tag.stripped_strings)


def _roles(body: Tag, profile: profiles.Profile | None, sight: profiles.Sight) -> tuple[dict[int, str], Tag | None]:
    """What markup says each element is, by id(); and the element of the article's text, if it says so."""
    roles: dict[int, str] = {}
    for tag in tags(body):
        prop = tag.get("itemprop")
        name = _ITEMPROPS.get(str(prop), "") if prop else ""
        if not name and (names := class_names(tag)):
            name = next((role for role, pattern in _ROLES if pattern.search(names)), "")
        if (
            name
            and name != "body"
            and len(tag.get_text()) <= _SHORT_ROLES.get(name, 400)
            and not (name == "lead" and tag.find(["h1", "h2", "h3"]))
        ):
            roles[id(tag)] = name
    inside = None
    for role in ("lead", "title", "date", "author", "source", "category", "tags") if profile else ():
        for selector in getattr(profile, role):
            tag = next((t for t in sight.select(body, selector) if clean_text(t.get_text())), None)
            if tag is not None and len(tag.get_text()) < 1500:
                roles[id(tag)] = role
                break
    for selector in profile.body if profile else ():
        found = max(sight.select(body, selector), key=lambda tag: len(tag.get_text()), default=None)
        if found is not None and len(clean_text(found.get_text())) > 80:
            inside = found
            break
    if inside is None:
        candidates = [
            t
            for t in tags(body)
            if t.get("itemprop") == "articleBody" or (t.name != "body" and ARTICLE_TEXT.search(class_names(t)))
        ]
        inside = max(candidates, key=lambda tag: len(tag.get_text()), default=None)
    return roles, inside


def _breadcrumb(body: Tag) -> list[str]:
    """The steps of the page's breadcrumb, where markup names one."""
    pattern = re.compile(r"breadcrumb|pathway|duong-?dan", re.I)
    for tag in (each for each in tags(body) if pattern.search(f"{class_names(each)} {each.get('aria-label', '')}")):
        texts = [clean_text(part) for part in tag.stripped_strings]
        steps = breadcrumb_steps(" › ".join(texts))
        if texts and 0 < len(steps) <= 8 and len(" ".join(texts)) < 400:
            return steps
    return []


def _scoped(
    page: Page, blocks: list[Block], nodes: list[Tag], body: Tag, hints: list[str], inside: Tag | None, steps: list[str]
) -> None:
    """Keep the blocks of the article, and say which is its title."""
    lengths = TextLengths.measure(blocks, nodes)
    number = find_title(blocks, hints)
    if number is None:
        number = _untitled(blocks, nodes, densest_element(body, lengths))
    area = enclosing_element(nodes[number], body, lengths) if number is not None else densest_element(body, lengths)
    within = [is_within(node, area) for node in nodes]
    if inside is not None and (
        lengths.prose_of(inside) < 0.5 * lengths.prose_of(area) or not any(is_within(n, inside) for n in nodes)
    ):
        inside = None
    kept: list[Block] = []
    for at, (block, node) in enumerate(zip(blocks, nodes, strict=True)):
        block.in_body = inside is None or is_within(node, inside)
        if at == number:
            block.role = "title"
        elif block.role == "title":
            block.role = ""
        before = number is not None and number - 8 <= at < number  # dates and breadcrumbs just above the title
        if within[at] or at == number or before or (inside is not None and block.in_body):
            kept.append(block)
    page.blocks = kept
    trail = next((b for b in blocks[: (number or 0) + 1] if is_breadcrumb(b.text) and len(b.text) < 300), None)
    steps = steps or (breadcrumb_steps(trail.text) if trail else [])
    page.metadata.category = (
        _category(steps, blocks[number].text if number is not None else "") or page.metadata.category
    )


def _untitled(blocks: list[Block], nodes: list[Tag], area: Tag) -> int | None:
    """The title of a page that has it in no heading and under no name."""
    first = next(
        (
            at
            for at, (block, node) in enumerate(zip(blocks, nodes, strict=True))
            if prose_length(block) and is_within(node, area)
        ),
        None,
    )
    if first is None:
        return None
    start = max(0, first - 12)
    found = find_headline(blocks[start : first + 1])
    return start + found if found is not None else None


def _category(steps: list[str], title: str) -> str:
    steps = [
        s
        for s in steps
        if len(s) < 60
        and comparison_key(s) != comparison_key(title)
        and not (len(s) > 30 and comparison_key(title).startswith(comparison_key(s)[:30]))
    ]
    return steps[-1] if steps else ""


def _year(page: Page, blocks: list[Block]) -> None:
    """The year that the page's own counters name, `Năm 2021 : 1.705.031`."""
    for block in blocks:
        found = re.search(r"\bnăm\s+(20\d\d)\s*:\s*[\d.,]+", block.text, re.I)
        if found:
            page.counter_year, page.counter_text = int(found[1]), found[0]
            return
