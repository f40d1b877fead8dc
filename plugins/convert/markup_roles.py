"""What the markup of a page says that its elements are: title, lead, date, author, the text of the article."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from bs4 import Tag

from . import dates, profiles
from .article_area import ARTICLE_TEXT, class_names
from .blocks import Block, clean_text, comparison_key
from .boilerplate import breadcrumb_steps, is_breadcrumb, is_site_name
from .dates import PageDate
from .html_elements import elements_of

SHORTEST_TEXT = 80  # letters of the element that a profile names as the text
MOST_STEPS = 8  # of a breadcrumb; a menu has more
LONGEST_BREADCRUMB = 400  # letters; its last step may be the title
LONGEST_CATEGORY = 60  # letters
SHORTENED = 30  # letters of a title that a breadcrumb shortens
_COMMENT = re.compile(r"comment|binh-?luan|y-?kien", re.I)
_BREADCRUMB = re.compile(r"breadcrumb|pathway|duong-?dan", re.I)
_PATH = re.compile(r"(?:^|[-_ ])(?:nav|navi|path|crumbs?|bc|position|location)(?:$|[-_ ])", re.I)
_SECTION = re.compile(
    r"(?:^|[-_ ])(?:cat|cate|category|categories|chuyen-?muc|tieu-?de-?muc|kicker|eyebrow|topic|terms?|taxonomy-term)"
    r"(?:[-_]?(?:name|links?|label|title))?(?:$|[-_ ])",
    re.I,
)
_SYSTEM_STEP = re.compile(
    r"(?:pages|lists?|default|index|breadcrumb|(?:xem )?(?:chi tiết|nội dung)(?: (?:tin|bài viết|tin bài))?"
    r"|bạn (?:đang )?(?:ở đây|đang ở|xem).*)",
    re.I,
)
MOST_MARKED = 60  # elements that markup calls sections; a page with more has menus of them
MOST_SECTIONS = 3  # names in one element; more are a menu
_ROLES = (
    (
        "lead",
        re.compile(
            r"(?:^|[-_ ])(?:sapo|sa-po|lead|lede|article-?summary|news-?summary|detail-?summary|post-?summary|summary"
            r"|news-?desc(?:ription)?|detail-?desc(?:ription)?|description|trich-?(?:dan|yeu)|intro(?:text)?|tom-?tat"
            r"|home-?text|chapo|sub-?title|standfirst|excerpt|brief|abstract|lead-?text|mo-?ta)(?:$|[-_ ])",
            re.I,
        ),
    ),
    (
        "caption",
        re.compile(
            r"(?:^|[-_ ])(?:wp-caption-text|(?:img|image|photo|pic|picture|figure|fig|avatar|cover|thumb)[-_]?"
            r"(?:caption|desc(?:ription)?|note|alt|title|text|chuthich)|caption(?:-text)?|chu-?thich(?:-anh)?|note-?img"
            r"|pcaption)(?:$|[-_ ])",
            re.I,
        ),
    ),
    (
        "author",
        re.compile(
            r"(?:^|[-_ ])(?:[a-z]?author(?:-?name)?|tac-?gia|byline|writer|nguoi-?viet|but-?danh|signature"
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


def roles_of(body: Tag, profile: profiles.Profile | None, selectors: profiles.PageSelectors) -> dict[int, str]:
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
    if "author" in (tag.get("rel") or ()):
        return "author"
    names = class_names(tag)
    return next((role for role, pattern in _ROLES if pattern.search(names)), "") if names else ""


def author_names(body: Tag, roles: Mapping[int, str]) -> list[str]:
    """Return the names that markup gives to authors, each once, without those of readers' comments.

    A name is what the innermost element has, so that words around it such as `Đăng bởi` are no part of it.
    """
    found: dict[str, None] = {}
    for tag in elements_of(body):
        if roles.get(id(tag)) != "author" or any(roles.get(id(inner)) == "author" for inner in tag.find_all(True)):
            continue
        if any(_COMMENT.search(class_names(each)) for each in (tag, *tag.parents)):
            continue
        links = [clean_text(link.get_text(" ")) for link in tag.find_all("a")]
        name = links[0] if len(links) == 1 and links[0] else clean_text(tag.get_text(" "))
        if 1 < len(name) < _LONGEST["author"]:
            found[name] = None
    return list(found)


def _has_heading(tag: Tag) -> bool:
    """Return whether an element has a heading and other words too; a summary may be set as one."""
    heading = tag.find(["h1", "h2", "h3"])
    return heading is not None and clean_text(heading.get_text()) != clean_text(tag.get_text())


def _first_with_text(body: Tag, names: Sequence[str], selectors: profiles.PageSelectors) -> Tag | None:
    """Return the first element with text that the first possible of the selectors matches, unless it is too long."""
    for selector in names:
        tag = next((tag for tag in selectors.select(body, selector) if clean_text(tag.get_text())), None)
        if tag is not None and len(tag.get_text()) < _LONGEST["lead"]:
            return tag
    return None


def element_of_text(body: Tag, profile: profiles.Profile | None, selectors: profiles.PageSelectors) -> Tag | None:
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


def section_elements(body: Tag) -> list[tuple[Tag, list[str]]]:
    """Return the elements that markup calls sections, innermost ones only, with the names in them."""
    tags = islice((tag for tag in elements_of(body) if _is_section(tag)), MOST_MARKED)
    found = []
    for tag in tags:
        if any(_is_section(inner) and inner.get_text(strip=True) for inner in tag.find_all(True)):
            continue
        links = [clean_text(link.get_text(" ")) for link in tag.find_all("a")]
        names = [name for name in links or [clean_text(tag.get_text(" "))] if name]
        if 0 < len(names) <= MOST_SECTIONS:
            found.append((tag, names))
    return found


def _is_section(tag: Tag) -> bool:
    """Return whether markup calls an element with a few words in it a section, and not a menu of them."""
    if not tag.attrs:
        return False
    is_named = tag.get("itemprop") in ("articleSection", "genre") or "category" in (tag.get("rel") or ())
    if not is_named and not _SECTION.search(class_names(tag)):
        return False
    return tag.name not in ("body", "article", "html", "nav") and _has_few_words(tag)


def _has_few_words(tag: Tag) -> bool:
    """Return whether an element has words, and no more than a section; large ones are not read to their end."""
    letters = 0
    for text in tag.strings:
        letters += len(text.strip())
        if letters > LONGEST_CATEGORY:
            return False
    return letters > 1


def breadcrumb_of(body: Tag) -> list[str]:
    """Return the steps of the page's breadcrumb, if markup names one that has more than its first page."""
    for tag in elements_of(body):
        if not _BREADCRUMB.search(f"{class_names(tag)} {tag.get('aria-label', '')}") and not _is_path(tag):
            continue
        texts = [clean_text(part) for part in tag.stripped_strings]
        steps = breadcrumb_steps(" › ".join(texts))
        if texts and 0 < len(steps) <= MOST_STEPS and len(" ".join(texts)) < LONGEST_BREADCRUMB:
            return steps
    return []


def _is_path(tag: Tag) -> bool:
    """Return whether an element that may be any navigation reads like a breadcrumb."""
    if not _PATH.search(class_names(tag)):
        return False
    text = clean_text(tag.get_text(" "))
    return len(text) < LONGEST_BREADCRUMB and is_breadcrumb(text)


def breadcrumb_above(blocks: Sequence[Block]) -> list[str]:
    """Return the steps of the first line that reads like a breadcrumb."""
    line = next(
        (block.text for block in blocks if len(block.text) < LONGEST_BREADCRUMB and is_breadcrumb(block.text)), ""
    )
    return breadcrumb_steps(line) if line else []


def sections_of(steps: Sequence[str], title: str) -> list[str]:
    """Return the steps of a breadcrumb that are not the title, whole or shortened, nor pages of any system."""
    key = comparison_key(title)
    return [
        step
        for step in steps
        if len(step) < LONGEST_CATEGORY
        and comparison_key(step) != key
        and not (len(step) > SHORTENED and key.startswith(comparison_key(step)[:SHORTENED]))
        and not _SYSTEM_STEP.fullmatch(step)
        and not (is_site_name(step) and not step.lower().startswith("tin"))
    ]


def published_for_machines(body: Tag) -> PageDate | None:
    """Return the date of publication that markup names as such, also in what is no part of the text; None for two."""
    marked = (tag for tag in elements_of(body) if tag.name == "time" and _names_publication(tag))
    found = [dates.machine(str(tag.get("datetime", ""))) for tag in marked]
    days = {date.value.date() for date in found if date}
    return next((date for date in found if date), None) if len(days) == 1 else None


def _names_publication(tag: Tag) -> bool:
    is_marked = tag.get("itemprop") == "datePublished" or tag.has_attr("pubdate")
    return is_marked or "published" in (tag.get("class") or ())


def authors_for_machines(body: Tag) -> list[str]:
    """Return the names that microdata or hCard give to authors, also in what is no part of the text."""
    tags = (tag for tag in elements_of(body) if tag.attrs and _names_person(tag))
    found = dict.fromkeys(clean_text(tag.get_text(" ")) for tag in tags)
    return [name for name in found if 1 < len(name) < _LONGEST["author"]]


def _names_person(tag: Tag) -> bool:
    classes = tag.get("class") or ()
    is_card = "vcard" in classes and "author" in classes
    return is_card or tag.get("itemprop") == "author" or "author" in (tag.get("rel") or ())


def date_for_machines(body: Tag) -> PageDate | None:
    """Return the date of the page's <time> elements, whose words may be no date, if they all have the same."""
    found = [dates.machine(str(tag["datetime"])) for tag in body.find_all("time", datetime=True)]
    days = {date.value.date() for date in found if date}
    return next((date for date in found if date), None) if len(days) == 1 else None
