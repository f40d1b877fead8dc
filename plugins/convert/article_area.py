"""Which element of a page holds the article: what names in the markup say, and where the prose is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bs4 import Tag

from .blocks import Block
from .boilerplate import is_boilerplate, is_imprint
from .surroundings import has_sentence

ARTICLE_TEXT = re.compile(
    r"(?:^|[-_ ])(?:(?:article|news|post|entry|detail|node|story|main|bai-?viet|tin)[-_]?(?:body|content|contents"
    r"|text|detail|noidung)(?:[-_]?(?:inner|html|text))?|body-?(?:text|html|content)|body-?detail|"
    r"content-?(?:detail|news|body|text|article|html)|(?:detail|chi-?tiet)-?(?:content|noi-?dung|text|tin)?"
    r"|noi-?dung(?:-?(?:tin|bai-?viet|chi-?tiet))?|journal-content-article|field-+name-body|entry-content|cms-?body"
    r"|fck|ck-?content|rich-?text|bodytext|externalclass|the-article-body|singular-content|fulltext"
    r"|full-?content)(?:$|[-_ ])",
    re.I,
)
_ASIDE_NAME = re.compile(
    r"(?:^|[-_ ])(?:breadcrumbs?|pathway|share|sharing|social(?:icon|s)?|addthis\w*|relat(?:ed?"
    r"|ion|ions)|lien-?quan|tin-?(?:khac"
    r"|lien-?quan|moi|cu)|other-?(?:news|article|post)s?|news-?other|comments?|binh-?luan|disqus|rating|ratings|vote"
    r"|voting|stars?|danh-?gia|toolbar|tools?|"
    r"print|menus?|nav|navbar|navigation|sidebar|side-?bar|side|col-?right|right-?col|left-?col|banner|quang-?cao|qc"
    r"|ads?|advert\w*|counter|thong-?ke|statistics?|luot-?xem|paging|pager|pagination|popup|modal|skip\w*|font-?size"
    r"|textsize|zoom|login|search|footer|foot|masthead|topbar|top-?bar|"
    r"widget|hot-?news|most-?(?:read|view\w*)|latest|cookie\w*|captcha|rss|copyright|weather|thoi-?tiet|lich|poll"
    r"|tieu-?diem|xem-?nhieu|doc-?nhieu|goto-?top|back-?to-?top|sr-only|visually-hidden|visuallyhidden"
    r"|element-invisible|accessib\w*|tts|audio-?player)(?:$|[-_ ])",
    re.I,
)
_WIDGET = re.compile(r"(?<![^-_ ])widget(?![^-_ ])", re.I)
_CAMEL_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
LEAST_PROSE = 60  # letters of a paragraph that counts; shorter ones are captions, headings and labels
PROSE_LINKS = 0.4  # share of the letters of a block that counts as prose
_PROSE_WEIGHT = {"text": 1.0, "quote": 1.0, "list": 0.6, "table": 0.6}  # menus and layouts are lists and tables too
_SHORT_TEXT = 200  # letters of prose; an element with less has a teaser or a caption, not yet the article
_DENSE = 0.75  # share of prose in all text of an element of paragraphs; lists of teasers have less
_RATHER_DENSE = 0.4  # share of prose in an article with many captions, tables and labels
_NEARLY_ALL = 0.8  # share of prose in one child of an element, or of an article beside its lead


def prose_length(block: Block) -> int:
    """Return how many letters of prose a block has outside links; 0 if it is not prose. A short sentence is prose."""
    if block.kind == "text" and not block.link_share and has_sentence(block.text) and not is_imprint(block.text):
        return 0 if is_boilerplate(block.text) else len(block.text)
    if block.kind not in _PROSE_WEIGHT or block.link_share > PROSE_LINKS or len(block.text) < LEAST_PROSE:
        return 0
    if block.kind == "text" and (not re.search(r"[.,;:!?]", block.text) or is_boilerplate(block.text)):
        return 0
    return int(len(block.text) * (1 - block.link_share) * _PROSE_WEIGHT[block.kind])


@dataclass(frozen=True)
class TextLengths:
    """How many letters elements hold, with all that is below them, by the id() of the element.

    prose: letters of prose, see prose_length; text: letters of any text.
    """

    prose: Mapping[int, int]
    text: Mapping[int, int]

    @classmethod
    def measure(cls, blocks: list[Block], elements: list[Tag]) -> TextLengths:
        """Add up the blocks of a page. elements: the element of each block."""
        prose: dict[int, int] = {}
        text: dict[int, int] = {}
        for block, element in zip(blocks, elements, strict=True):
            length = prose_length(block)
            for each in [element, *element.parents]:
                text[id(each)] = text.get(id(each), 0) + len(block.text)
                if length:
                    prose[id(each)] = prose.get(id(each), 0) + length
        return cls(prose, text)

    def prose_of(self, element: Tag) -> int:
        """Return the letters of prose in an element."""
        return self.prose.get(id(element), 0)

    def text_of(self, element: Tag) -> int:
        """Return the letters of text in an element."""
        return self.text.get(id(element), 0)


def enclosing_element(title: Tag, body: Tag, lengths: TextLengths) -> Tag:
    """Return the lowest element that holds the title and the whole article."""
    chosen = current = title
    while current is not body and isinstance(current.parent, Tag):
        parent = current.parent
        siblings = (child for child in parent.children if isinstance(child, Tag) and child is not current)
        if any(_belongs_to_article(sibling, lengths.prose_of(current), lengths) for sibling in siblings):
            chosen = parent
        current = parent
    return chosen if chosen is not title or lengths.prose_of(title) else densest_element(body, lengths)


def _belongs_to_article(sibling: Tag, known: int, lengths: TextLengths) -> bool:
    """Return whether an element continues the article. known: letters of prose found so far, beside it."""
    prose = lengths.prose_of(sibling)
    if prose < LEAST_PROSE or is_aside(sibling):
        return False
    density = prose / max(1, lengths.text_of(sibling))
    if density > _DENSE and (known < _SHORT_TEXT or prose > _NEARLY_ALL * known):
        return True  # as much text again: what was found so far is the lead
    return prose > 2 * known and density > _RATHER_DENSE


def densest_element(body: Tag, lengths: TextLengths) -> Tag:
    """Return the smallest element that holds nearly all prose of another."""
    current = body
    while True:
        total = lengths.prose_of(current)
        children = [child for child in current.children if isinstance(child, Tag)]
        best = max(children, key=lengths.prose_of, default=None)
        if not total or best is None or best.name in ("p", "li", "tr", "td"):
            return current
        if lengths.prose_of(best) < _NEARLY_ALL * total:
            return current
        current = best


def is_within(element: Tag, area: Tag) -> bool:
    """Return whether an element is another or is within it."""
    return element is area or any(parent is area for parent in element.parents)


def class_names(tag: Tag) -> str:
    """Return the classes, the id and the data-role of an element; `ArticleAuthor` also as `Article-Author`.

    They are cached because every rule about elements needs them.
    """
    names = tag.__dict__.get("_class_names")
    if isinstance(names, str):
        return names
    classes = tag.get("class") or ""
    found = classes if isinstance(classes, str) else " ".join(classes)
    names = f"{found} {tag.get('id', '')} {tag.get('data-role', '')}".strip() if tag.attrs else ""
    apart = _CAMEL_CASE.sub("-", names)
    names = names if apart == names else f"{names} {apart}"
    tag.__dict__["_class_names"] = names
    return names


def is_widget(tag: Tag) -> bool:
    """Return whether an element is called a widget: a box beside the article, or whatever a page builder places."""
    return _WIDGET.search(class_names(tag)) is not None


def is_aside(tag: Tag, widgets: bool = True) -> bool:
    """Return whether markup alone says that an element is not part of the article. widgets: whether they are asides."""
    names = class_names(tag) if widgets else _WIDGET.sub(" ", class_names(tag))
    return (
        tag.name in ("nav", "aside", "footer")
        or tag.get("role") in ("navigation", "complementary", "contentinfo", "search", "banner")
        or bool(_ASIDE_NAME.search(names))
    )
