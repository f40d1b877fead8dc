"""A saved HTML page to a Page: the metadata of its head, the profile of its template, and the blocks of its article."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning

from . import dates, encodings, page_head, profiles
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
from .blocks import Block, LeftOut, Page, clean_text, comparison_key, letters_of
from .boilerplate import breadcrumb_steps, is_breadcrumb, year_of_counter
from .dates import PageDate
from .errors import SourceError
from .html_blocks import BlockReader, elements_of, text_of
from .labels import read_labels
from .surroundings import OUTSIDE, has_sentence
from .titles import HEADLINE_MARGIN, TITLE_MARGIN, notes_on_rival, rank_headlines, rank_titles, rival_title, title_hints

LARGEST = 12_000_000  # letters of HTML in a page; the front pages of large portals have a tenth
DEEPEST = 400  # open elements at a time
MOST_TAGS = 150_000
HEAD = 5000  # letters of a page in which a browser notes where it was saved from
LINKED_DATA = 2_000_000  # letters of a page in which JSON-LD is searched
ABOVE_TITLE = 8  # blocks above the title that are kept: dates and breadcrumbs
TEXT_BELOW = 12  # blocks from the first paragraph on that show whether it is the title itself
HEADER_LINES = 12  # lines above the first paragraph in which a title without markup is searched
LONGEST_FORM = 300  # letters; a longer form has the whole page in it, as ASP.NET does
LARGE_ASIDE = 400  # letters; a larger aside with much of the page in it holds the article
MUCH = 0.4  # share of the page's text
LONG_PARAGRAPH = 120  # letters
FEWEST = 3  # such paragraphs that make a box an article
FEW_LINKS = 0.3  # share of the letters of such a box
HALF = 0.5  # share of the prose that the element marked as the text must have
LONGEST_TOOLBAR = 300  # letters of an element of buttons
MOST_BUTTONS = 12  # links in it
SHORTEST_TEXT = 80  # letters of the element that a profile names as the text
MOST_STEPS = 8  # of a breadcrumb; a menu has more
LONGEST_BREADCRUMB = 400  # letters; its last step may be the title
LONGEST_CATEGORY = 60  # letters
LONGEST_NOTE = 2000  # letters of a footnote
FEW_LETTERS = 400  # letters that can be seen of a page whose text is in a script
SHORTENED = 30  # letters of a title that a breadcrumb shortens
_WITHOUT_END = frozenset(
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
_SCRIPTED_TEXT = re.compile(r"<script[^>]*>[^<]{0,2000000}?(?:[^\W\d_]+,? ){10}")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^<>]*?(/?)>")
_CODE = re.compile(r"<(script|style|svg)\b[^>]*>", re.I)
_LINKED_DATA = re.compile(r"<script[^>]*ld\+json[^>]*>(.{1,200000}?)</script", re.I | re.S)
_NEVER_ARTICLE = re.compile(
    r"comment|binh-?luan|disqus|relat|lien-?quan|foot|copyright|other|khac|latest|hot-?news|most-?|nhieu", re.I
)
_BREADCRUMB = re.compile(r"breadcrumb|pathway|duong-?dan", re.I)
_CONTROLS = frozenset({"nav", "form", "button", "select", "textarea"})
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_ROLES = (
    (
        "lead",
        re.compile(
            r"(?:^|[-_ ])(?:sapo|sa-po|lead|lede|article-?summary|news-?summary|detail-?summary|post-?summary|summary"
            r"|news-?desc(?:ription)?|detail-?desc(?:ription)?|description|trich-?(?:dan|yeu)|intro(?:text)?|tom-?tat"
            r"|home-?text|chapo|excerpt|brief|abstract|lead-?text|mo-?ta)(?:$|[-_ ])",
            re.I,
        ),
    ),
    (
        "caption",
        re.compile(
            r"(?:^|[-_ ])(?:wp-caption-text|(?:img|image|photo|pic|picture|figure|fig)[-_]?(?:caption"
            r"|desc(?:ription)?|note|alt|title|text|chuthich)|caption(?:-text)?|chu-?thich(?:-anh)?|note-?img"
            r"|pcaption)(?:$|[-_ ])",
            re.I,
        ),
    ),
    (
        "author",
        re.compile(
            r"(?:^|[-_ ])(?:author(?:-?name)?|tac-?gia|byline|writer|nguoi-?viet|but-?danh|signature"
            r"|ky-?ten|credits)(?:$"
            r"|[-_ ])",
            re.I,
        ),
    ),
    ("source", re.compile(r"(?:^|[-_ ])(?:source|nguon(?:-?tin)?)(?:$|[-_ ])", re.I)),
    (
        "date",
        re.compile(
            r"(?:^|[-_ ])(?:date|time|datetime|ngay-?(?:dang|thang|gio)|thoi-?gian|publish(?:ed)?(?:-?(?:date|time"
            r"|on))?|post(?:ed)?-?(?:date|time|on)|created|submitted|meta-?date|article-?date|news-?date|pubdate)(?:$"
            r"|[-_ ])",
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
_LONGEST = {"author": 90, "source": 120, "date": 160, "caption": 600, "tags": 400, "lead": 1500}


def read(raw: bytes) -> Page:
    """Return the page of an HTML file. Raises SourceError for what no person would call a page."""
    text, encoding = encodings.decode(raw)
    page = from_html(text)
    page.encoding = page.encoding or encoding
    return page


def from_html(html: str) -> Page:
    """Return the page of HTML text, in whatever font encoding. Raises SourceError, as `read`."""
    html = html.replace("\0", "")
    check_size(html)
    with warnings.catch_warnings(action="ignore", category=XMLParsedAsHTMLWarning):  # XHTML is HTML here
        soup = BeautifulSoup(_without_code(html), "lxml")
    encodings.texts_to_unicode(soup)
    body = soup.body or soup
    steps = _breadcrumb(body)
    letters, left_out = letters_of(text_of(body)), list[LeftOut]()
    asks_password = body.find("input", type=re.compile("^password$", re.I)) is not None
    _remove_controls(body, left_out)
    head = page_head.read(soup, [found[1] for found in _LINKED_DATA.finditer(html[:LINKED_DATA])])
    selectors = profiles.PageSelectors(soup, html)
    profile = profiles.detect(selectors)
    _remove_asides(body, profile, selectors, left_out)
    reader = BlockReader(_roles(body, profile, selectors))
    blocks = reader.read(body)
    hints = [*([head["title"]] if "title" in head else []), *title_hints(head.get("page", ""))]
    tree = _Tree(body, blocks, reader.elements, TextLengths.measure(blocks, reader.elements))
    title, rival = _find_title(tree, hints)
    page = Page(
        _blocks_of_article(tree, title, _article_element(body, profile, selectors)),
        page_head.metadata_of(head),
        letters=letters,
        left_out=[*left_out, *reader.left_out],
        all_blocks=blocks,
        embedded=reader.embedded,
        asks_password=asks_password,
        is_only_script=letters < FEW_LETTERS and _SCRIPTED_TEXT.search(html) is not None,
    )
    page.title_hint = hints[0] if hints else ""
    page.notes += notes_on_rival(rival)
    page.description = head.get("description", "")
    page.source_url = head.get("url", "") or _saved_from(html)
    page.lang = _language(soup)
    page.metadata.published = page.metadata.published or _date_for_machines(body)
    title_text = blocks[title].text if title is not None else ""
    steps = steps or _breadcrumb_above(blocks[: (title or 0) + 1])
    page.metadata.category = _category(steps, title_text) or page.metadata.category
    page.counter_year, page.counter_text = year_of_counter(block.text for block in blocks)
    return page


# --- the HTML as a whole ------------------------------------------------------------------------------


def check_size(html: str) -> None:
    """Raise SourceError for more letters, elements or nesting than a page can have."""
    if len(html) > LARGEST:
        raise SourceError("large")
    depth = 0
    for count, found in enumerate(_TAG.finditer(html), start=1):
        if found[2].lower() in _WITHOUT_END or found[3]:
            continue
        depth = max(0, depth - 1) if found[1] else depth + 1
        if depth > DEEPEST or count > MOST_TAGS:
            raise SourceError("nested")
    if html.count("<") > 4 * MOST_TAGS:
        raise SourceError("nested")


def _without_code(html: str) -> str:
    """Return a page without scripts, styles and drawings, which are most of it, in one pass over the text."""
    parts, at = [], 0
    ends: dict[str, re.Pattern[str]] = {}
    while found := _CODE.search(html, at):
        parts.append(html[at : found.start()])
        name = found[1].lower()
        end = ends.setdefault(name, re.compile(rf"</{name}[^>]{{0,20}}>", re.I)).search(html, found.end())
        if not end:
            return "".join(parts)
        at = end.end()
    return "".join([*parts, html[at:]])


def _saved_from(html: str) -> str:
    """Return the address that a browser has noted in a page that it saved."""
    found = _SAVED_FROM.search(html[:HEAD])
    return found[1] if found and found[1].startswith("http") else ""


def _language(soup: BeautifulSoup) -> str:
    lang = str(soup.html.get("lang", ""))[:2].lower() if soup.html else ""
    return lang if lang in ("vi", "en") else "vi"


# --- elements that are not the article ----------------------------------------------------------------


def _remove_controls(body: Tag, left_out: list[LeftOut]) -> None:
    """Remove menus and forms, but not a form that has the whole page or a paragraph in it, as ASP.NET makes it."""
    for tag in [each for each in elements_of(body) if each.name in _CONTROLS]:
        if tag.decomposed:
            continue
        text = text_of(tag, " ")
        if tag.name == "form" and (len(text) >= LONGEST_FORM or has_sentence(clean_text(text))):
            tag.name = "div"
        else:
            _remove(tag, f"element <{tag.name}>", left_out)


def _remove(tag: Tag, rule: str, left_out: list[LeftOut]) -> None:
    """Remove an element from the page, and enter its words as chrome."""
    left_out.append(LeftOut(rule, letters_of(text_of(tag))))
    tag.decompose()


def _remove_asides(
    body: Tag, profile: profiles.Profile | None, selectors: profiles.PageSelectors, left_out: list[LeftOut]
) -> None:
    """Remove what the profile drops, and what markup alone says is not the article."""
    for tag in selectors.select_any(body, profile.drop) if profile else ():
        if profile and not tag.decomposed:
            _remove(tag, f"profile {profile.name}", left_out)
    length = len(body.get_text())
    for tag in [each for each in elements_of(body) if is_aside(each)]:
        if not tag.decomposed and not _may_hold_article(tag, length):
            _remove(tag, "element named as no article", left_out)


def _may_hold_article(tag: Tag, page_length: int) -> bool:
    """Return whether an element holds a part of the article although its name says that it does not."""
    if tag.name in ("body", "html", "main", "article", "a", "p"):
        return True
    if tag.name != "nav" and ARTICLE_TEXT.search(class_names(tag)):
        return True
    text = tag.get_text(" ")
    if len(text) > max(MUCH * page_length, LARGE_ASIDE) or tag.find("h1") or tag.find(itemprop="articleBody"):
        return True
    return bool(read_labels(clean_text(text))) or _has_byline(tag) or _has_paragraphs(tag, text)


def _has_byline(tag: Tag) -> bool:
    """Return whether an element that is called a toolbar holds the date too."""
    if (
        tag.name in ("nav", "aside", "footer")
        or len(tag.get_text()) > LONGEST_TOOLBAR
        or len(tag.find_all("a")) > MOST_BUTTONS
    ):
        return False
    return any(read_labels(clean_text(part)) for part in tag.stripped_strings)


def _has_paragraphs(tag: Tag, text: str) -> bool:
    """Return whether a column, or a box for printing, has paragraphs in it that are no readers' comments."""
    if tag.name in ("nav", "footer") or _NEVER_ARTICLE.search(class_names(tag)):
        return False
    paragraphs = [string for string in tag.find_all(string=True) if len(string) > LONG_PARAGRAPH]
    if len(paragraphs) < FEWEST or any(string.find_parent("a") for string in paragraphs[:FEWEST]):
        return False
    return sum(len(link.get_text()) for link in tag.find_all("a")) < FEW_LINKS * len(text)


# --- what markup says ---------------------------------------------------------------------------------


def _roles(body: Tag, profile: profiles.Profile | None, selectors: profiles.PageSelectors) -> dict[int, str]:
    """Return what markup says that elements are, by id(); what the profile says counts most."""
    roles: dict[int, str] = {}
    for tag in elements_of(body):
        role = _role_by_name(tag)
        if role and len(tag.get_text()) <= _LONGEST.get(role, 400) and not (role == "lead" and _has_heading(tag)):
            roles[id(tag)] = role
    if profile:
        for role in ("lead", "title", "date", "author", "source", "category", "tags"):
            found = _first_with_text(body, getattr(profile, role), selectors)
            if found is not None:
                roles[id(found)] = role
    return roles


def _role_by_name(tag: Tag) -> str:
    """Return the role that the microdata or the classes of an element name, or ""."""
    role = _ITEMPROPS.get(str(tag.get("itemprop", "")), "")
    if role:
        return "" if role == "body" else role
    names = class_names(tag)
    return next((role for role, pattern in _ROLES if pattern.search(names)), "") if names else ""


def _has_heading(tag: Tag) -> bool:
    return tag.find(["h1", "h2", "h3"]) is not None


def _first_with_text(body: Tag, names: Sequence[str], selectors: profiles.PageSelectors) -> Tag | None:
    """Return the first element with text that the first possible of the selectors matches, unless it is too long."""
    for selector in names:
        tag = next((tag for tag in selectors.select(body, selector) if clean_text(tag.get_text())), None)
        if tag is not None and len(tag.get_text()) < _LONGEST["lead"]:
            return tag
    return None


def _article_element(body: Tag, profile: profiles.Profile | None, selectors: profiles.PageSelectors) -> Tag | None:
    """Return the element that markup names as the text of the article, if there is one."""
    for selector in profile.body if profile else ():
        found = _longest(selectors.select(body, selector))
        if found is not None and len(clean_text(found.get_text())) > SHORTEST_TEXT:
            return found
    return _longest([tag for tag in elements_of(body) if _is_article_text(tag)])


def _is_article_text(tag: Tag) -> bool:
    if tag.get("itemprop") == "articleBody":
        return True
    return tag.name != "body" and ARTICLE_TEXT.search(class_names(tag)) is not None


def _longest(found: Sequence[Tag]) -> Tag | None:
    return max(found, key=lambda tag: len(tag.get_text()), default=None)


def _breadcrumb(body: Tag) -> list[str]:
    """Return the steps of the page's breadcrumb, if markup names one."""
    for tag in elements_of(body):
        if not _BREADCRUMB.search(f"{class_names(tag)} {tag.get('aria-label', '')}"):
            continue
        texts = [clean_text(part) for part in tag.stripped_strings]
        steps = breadcrumb_steps(" › ".join(texts))
        if texts and 0 < len(steps) <= MOST_STEPS and len(" ".join(texts)) < LONGEST_BREADCRUMB:
            return steps
    return []


def _breadcrumb_above(blocks: Sequence[Block]) -> list[str]:
    """Return the steps of the first line that reads like a breadcrumb."""
    line = next(
        (block.text for block in blocks if len(block.text) < LONGEST_BREADCRUMB and is_breadcrumb(block.text)), ""
    )
    return breadcrumb_steps(line) if line else []


def _category(steps: Sequence[str], title: str) -> str:
    """Return the last step of a breadcrumb that is not the title, whole or shortened."""
    key = comparison_key(title)
    names = [
        step
        for step in steps
        if len(step) < LONGEST_CATEGORY
        and comparison_key(step) != key
        and not (len(step) > SHORTENED and key.startswith(comparison_key(step)[:SHORTENED]))
    ]
    return names[-1] if names else ""


def _date_for_machines(body: Tag) -> PageDate | None:
    """Return the date of the page's <time> elements, whose words may be no date, if they all have the same."""
    found = [dates.machine(str(tag["datetime"])) for tag in body.find_all("time", datetime=True)]
    days = {date.value.date() for date in found if date}
    return next((date for date in found if date), None) if len(days) == 1 else None


# --- the article on the page --------------------------------------------------------------------------


@dataclass(frozen=True)
class _Tree:
    """The blocks of a page, the element of each, and how much text the elements hold."""

    body: Tag
    blocks: Sequence[Block]
    elements: Sequence[Tag]
    lengths: TextLengths


def _find_title(tree: _Tree, hints: Sequence[str]) -> tuple[int | None, str]:
    """Return the index of the title and the words of a rival that is not much worse.

    The title is found by its markup, or else it is the line above the text that reads like one.
    """
    ranking = rank_titles(tree.blocks, hints)
    if ranking:
        return ranking[0].index, rival_title(ranking, tree.blocks, TITLE_MARGIN)
    area = densest_element(tree.body, tree.lengths)
    pairs = enumerate(zip(tree.blocks, tree.elements, strict=True))
    first = next((i for i, (block, element) in pairs if _is_text(block) and is_within(element, area)), None)
    if first is None:
        return None, ""
    start = max(0, first - HEADER_LINES)
    lines = tree.blocks[start : first + TEXT_BELOW]
    ranking = rank_headlines(lines)
    if not ranking:
        return None, ""
    return start + ranking[0].index, rival_title(ranking, lines, HEADLINE_MARGIN)


def _is_text(block: Block) -> bool:
    return bool(prose_length(block)) or (block.kind == "text" and not block.link_share and has_sentence(block.text))


def _blocks_of_article(tree: _Tree, title: int | None, marked: Tag | None) -> list[Block]:
    """Return the blocks in the part of the page that holds the article; the title gets its role.

    Args:
        tree: the page.
        title: index of the title.
        marked: the element that markup names as the text of the article.
    """
    if title is None:
        area = densest_element(tree.body, tree.lengths)
    else:
        area = enclosing_element(tree.elements[title], tree.body, tree.lengths)
    if marked is not None and not _holds_text(marked, area, tree):
        marked = None
    notes = _footnotes(area)
    found: list[Block] = []
    for index, (block, element) in enumerate(zip(tree.blocks, tree.elements, strict=True)):
        block.in_body = marked is None or is_within(element, marked)
        if index == title:
            block.role = "title"
        elif block.role == "title":
            block.role = ""
        is_near_title = title is not None and title - ABOVE_TITLE <= index <= title
        is_footnote = title is not None and index > title and any(is_within(element, note) for note in notes)
        if is_near_title or is_within(element, area) or (marked is not None and block.in_body) or is_footnote:
            found.append(block)
        else:
            block.leave_out(OUTSIDE)
    return found


def _footnotes(area: Tag) -> list[Tag]:
    """Return the elements outside of an article that links in it lead to, such as Word's footnotes below the page."""
    names = {str(link["href"])[1:] for link in area.find_all("a", href=True) if str(link["href"]).startswith("#")}
    body = area.find_parent("body")
    if not names or body is None:
        return []
    found = []
    for target in elements_of(body):
        if not names & {target.get("id"), target.get("name")} or is_within(target, area):
            continue
        note = target.find_parent(["p", "li", "div", "td"]) if target.name == "a" else target
        if isinstance(note, Tag) and not is_within(area, note) and len(note.get_text()) < LONGEST_NOTE:
            found.append(note)
    return found


def _holds_text(marked: Tag, area: Tag, tree: _Tree) -> bool:
    """Return whether an element that markup names as the text has at least half of the prose around the title."""
    if tree.lengths.prose_of(marked) < HALF * tree.lengths.prose_of(area):
        return False
    return any(is_within(element, marked) for element in tree.elements)
