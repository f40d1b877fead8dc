"""What is taken off a page before its article is searched: menus, forms, and what markup alone says is no article."""

from __future__ import annotations

import re
from collections import Counter

from bs4 import Tag

from . import profiles
from .article_area import ARTICLE_TEXT, class_names, is_aside, is_widget
from .blocks import LeftOut, clean_text, letters_of
from .html_elements import elements_of, text_of
from .labels import read_labels
from .surroundings import has_sentence

LONGEST_FORM = 300  # letters; a longer form has the whole page in it, as ASP.NET does
LARGE_ASIDE = 400  # letters; a larger aside with much of the page in it holds the article
MUCH = 0.4  # share of the page's text
LONG_PARAGRAPH = 120  # letters
FEWEST = 3  # such paragraphs that make a box an article
FEW_LINKS = 0.3  # share of the letters of such a box
LONGEST_TOOLBAR = 300  # letters of an element of buttons
MOST_BUTTONS = 12  # links in it
_NEVER_ARTICLE = re.compile(
    r"comment|binh-?luan|disqus|relat|lien-?quan|foot|copyright|other|khac|latest|hot-?news|most-?|nhieu", re.I
)
_CONTROLS = frozenset({"nav", "form", "button", "select", "textarea"})
_TYPED_INTO = re.compile(r"(?:text|email|search|tel|password)?$", re.I)  # the type of an <input>
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SIGN = re.compile(r"[^\w\s]{1,3}")  # ¶, #, 🔗
_IN_BRACKETS = re.compile(r"\[[^\[\]]{1,40}\]")  # [sửa], [sửa | sửa mã nguồn]
_BOXES = ("div", "section", "aside", "fieldset", "td", "li")
LONGEST_BOX = 120  # letters around a field: a heading and an explanation
FEWEST_SENTENCES = 2  # of an article


def remove_controls(body: Tag, left_out: list[LeftOut]) -> None:
    """Remove menus and forms, but not a form that has the whole page or a paragraph in it, as ASP.NET makes it."""
    elements = list(elements_of(body))  # one pass: a search of BeautifulSoup takes as long as all of this
    controls = [each for each in elements if each.name in _CONTROLS]
    buttons = list(filter(_is_button, elements))  # Tag.decomposed is such a search too: it is asked of few
    for field in [each for each in elements if each.name == "input" and _TYPED_INTO.match(str(each.get("type", "")))]:
        box = None if field.decomposed else field.find_parent(_BOXES)
        if isinstance(box, Tag) and _is_box_of_field(box):
            _remove(box, "box around a field", left_out)
    for button in buttons:
        box = None if button.decomposed else button.find_parent(_BOXES)
        if isinstance(box, Tag) and sum(map(_is_button, elements_of(box))) > 1 and _is_box_of_field(box):
            _remove(box, "box of buttons", left_out)
    for link in [link for each in elements if each.name in _HEADINGS for link in _links_of_heading(each)]:
        _remove(link, "link of a heading", left_out)
    for tag in controls:
        if tag.decomposed:
            continue
        text = text_of(tag, " ")
        if tag.name == "form" and (len(text) >= LONGEST_FORM or has_sentence(clean_text(text))):
            tag.name = "div"
        else:
            _remove(tag, f"element <{tag.name}>", left_out)


def _links_of_heading(heading: Tag) -> list[Tag]:
    """Return the links in a heading, or directly behind it, that edit it or lead to it, as a wiki has them."""
    if heading.decomposed:
        return []
    beside = [*heading.children, heading.find_next_sibling()]
    return [tag for tag in beside if isinstance(tag, Tag) and tag.name != "sup" and _edits_or_leads_to_heading(tag)]


def _edits_or_leads_to_heading(tag: Tag) -> bool:
    """Return whether an element is a link with nothing but a sign, or has links between square brackets."""
    words = clean_text(text_of(tag))
    if tag.name == "a":
        return _SIGN.fullmatch(words) is not None
    links = tag.find_all("a") if _IN_BRACKETS.fullmatch(words) or _SIGN.fullmatch(words) else []
    return bool(links) and not any("[" in link.get_text() for link in links)


def _is_button(tag: Tag) -> bool:
    return tag.name == "button" or tag.get("role") == "button"


def _is_box_of_field(box: Tag) -> bool:
    """Return whether an element holds nothing but fields or buttons, and what is written beside them."""
    text = clean_text(text_of(box, " "))
    if len(text) > LONGEST_BOX or has_sentence(text) or box.find(["h1", "h2", "img", "time"]) is not None:
        return False
    return not any(read_labels(clean_text(part)) for part in box.stripped_strings)


def _remove(tag: Tag, rule: str, left_out: list[LeftOut]) -> None:
    """Remove an element from the page, and enter its words as chrome."""
    left_out.append(LeftOut(rule, letters_of(text_of(tag))))
    tag.decompose()


def remove_asides(
    body: Tag, profile: profiles.Profile | None, selectors: profiles.PageSelectors, left_out: list[LeftOut]
) -> None:
    """Remove what the profile drops, and what markup alone says is not the article."""
    for tag in selectors.select_any(body, profile.drop) if profile else ():
        if profile and not tag.decomposed:
            _remove(tag, f"profile {profile.name}", left_out)
    length = len(body.get_text())
    sentences = sentences_of(body)
    elements = list(elements_of(body))
    widgets = not any(each.name == "h1" and any(map(is_widget, each.parents)) for each in elements)
    for tag in [each for each in elements if is_aside(each, widgets)]:
        if not tag.decomposed and not _may_hold_article(tag, length, sentences):
            _remove(tag, "element named as no article", left_out)


def sentences_of(body: Tag) -> Counter[int]:
    """Return how many texts with a sentence are in each element, by its id()."""
    texts = [each for each in body.find_all(string=True) if has_sentence(clean_text(each))]
    return Counter(id(parent) for each in texts for parent in each.parents)


def _may_hold_article(tag: Tag, page_length: int, sentences: Counter[int]) -> bool:
    """Return whether an element holds a part of the article although its name says that it does not.

    Args:
        tag: the element.
        page_length: letters of the whole page.
        sentences: how many texts with a sentence are in each element, by its id().
    """
    if tag.name in ("body", "html", "main", "article", "a", "p") or _is_set_into_text(tag):
        return True
    if tag.name not in ("nav", "footer"):
        within = sentences[id(tag)]
        if within >= FEWEST_SENTENCES and 2 * within >= max(sentences.values()):
            return True
    if tag.name != "nav" and ARTICLE_TEXT.search(class_names(tag)):
        return True
    text = tag.get_text(" ")
    if len(text) > max(MUCH * page_length, LARGE_ASIDE) or tag.find("h1") or tag.find(itemprop="articleBody"):
        return True
    return bool(read_labels(clean_text(text))) or _has_byline(tag) or _has_paragraphs(tag, text)


def _is_set_into_text(tag: Tag) -> bool:
    """Return whether an <aside> without links stands between two paragraphs: a pulled quotation, or facts in a box."""
    if tag.name != "aside" or tag.find(["a", "h1", "h2"]) or _NEVER_ARTICLE.search(class_names(tag)):
        return False
    beside = (tag.find_previous_sibling(), tag.find_next_sibling())
    return all(
        isinstance(each, Tag) and each.name == "p" and has_sentence(clean_text(text_of(each))) for each in beside
    )


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
