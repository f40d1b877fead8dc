"""Where on a page its article stands: the title, the element around title and text, the element of the text itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import Tag

from .blocks import Block, comparison_key
from .phrases import END, MENU, crumbs, is_boilerplate, is_breadcrumb

ARTICLE_TEXT = re.compile(
    r"(?:^|[-_ ])(?:(?:article|news|post|entry|detail|node|story|main|bai-?viet|tin)[-_]?(?:body|content|contents|text|detail|noidung)(?:[-_]?(?:inner|html|text))?|body-?(?:text|html|content)|body-?detail|"
    r"content-?(?:detail|news|body|text|article|html)|(?:detail|chi-?tiet)-?(?:content|noi-?dung|text|tin)?|noi-?dung(?:-?(?:tin|bai-?viet|chi-?tiet))?|journal-content-article|field-+name-body|entry-content|cms-?body|fck|ck-?content|rich-?text|bodytext|externalclass|the-article-body|singular-content|fulltext|full-?content)(?:$|[-_ ])",
    re.I,
)
CHROME = re.compile(
    r"(?:^|[-_ ])(?:breadcrumbs?|pathway|share|sharing|social(?:icon|s)?|addthis\w*|related?|lien-?quan|tin-?(?:khac|lien-?quan|moi|cu)|other-?(?:news|article|post)s?|news-?other|comments?|binh-?luan|disqus|rating|ratings|vote|voting|stars?|danh-?gia|toolbar|tools?|"
    r"print|menus?|nav|navbar|navigation|sidebar|side-?bar|side|col-?right|right-?col|left-?col|banner|quang-?cao|qc|ads?|advert\w*|counter|thong-?ke|statistics?|luot-?xem|paging|pager|pagination|popup|modal|skip\w*|font-?size|textsize|zoom|login|search|footer|foot|masthead|topbar|top-?bar|"
    r"widget|hot-?news|most-?(?:read|view\w*)|latest|cookie\w*|captcha|rss|copyright|weather|thoi-?tiet|lich|poll|tieu-?diem|xem-?nhieu|doc-?nhieu|goto-?top|back-?to-?top|sr-only|visually-hidden|visuallyhidden|element-invisible|accessib\w*|tts|audio-?player)(?:$|[-_ ])",
    re.I,
)
_TITLE = re.compile(
    r"(?:^|[-_ ])(?:title|tit|tieu-?de|headline|heading|ten-?bai)(?:[-_ ]?(?:news|detail|article|post|bai-?viet|tin|chi-?tiet|page))?(?:$|[-_ ])",
    re.I,
)
_PORTAL = re.compile(
    r"^(?:cổng (?:thông tin|tt)|trang (?:thông tin|chủ|tin)|báo |đài |ủy ban nhân dân|uỷ ban nhân dân|ubnd|hđnd|sở |hội đồng nhân dân|website|tin tức|cộng hòa xã hội|nước chxhcn|tỉnh |huyện |thành phố |chi tiết|bản in)",
    re.I,
)
_SITE_PART = re.compile(r"\s+(?:[-–—|»›:]|::)\s+|\s*\|\s*|\s*::\s*|\s*»\s*")


def is_portal(text: str) -> bool:
    """Whether a text is the name of a portal or an office, not a headline."""
    return (
        bool(_PORTAL.match(text))
        and len(text.split()) <= 12
        and not re.search(
            r"\b(?:làm việc|ban hành|tổ chức|kiểm tra|họp|thông qua|triển khai|tiếp|dự|công bố|thăm|về việc|đón|trao|phê duyệt|tăng cường|khai mạc|cảnh báo|hướng dẫn|mời|tuyển|quyết định|nâng|có|đẩy|ra)\b",
            text,
            re.I,
        )
    )


def title_parts(title: str) -> list[str]:
    """What of a page's <title> can be its headline, best first: the whole of it, or it without the site's name."""
    parts = [part.strip() for part in _SITE_PART.split(title) if part.strip()]
    good = [part for part in parts if not is_portal(part) and len(part) >= 12]
    return list(dict.fromkeys([*([title] if not is_portal(title) else []), *sorted(good, key=len, reverse=True)]))


def mass(block: Block) -> int:
    """How much a block speaks for an article: letters of prose outside links."""
    if block.kind in ("list", "table", "quote"):
        return (
            int(len(block.text) * (1 - block.link_share) * (0.6 if block.kind != "quote" else 1))
            if block.link_share < 0.4 and len(block.text) > 60
            else 0
        )
    if block.kind != "text" or block.link_share > 0.4 or len(block.text) < 60:
        return 0
    if not re.search(r"[.,;:!?]", block.text) or is_boilerplate(block.text):
        return 0
    return int(len(block.text) * (1 - block.link_share))


def title_block(blocks: list[Block], hints: Iterable[str]) -> int | None:
    """The index of the block that is the article's title, or None."""
    wanted = [comparison_key(hint) for hint in hints if len(comparison_key(hint)) >= 8]
    best, chosen = 1.2, None
    for number, block in enumerate(blocks):
        if block.kind not in ("heading", "text") or not 8 <= len(block.text) <= 400 or is_boilerplate(block.text):
            continue
        if END.match(block.text):
            continue
        score = {1: 3.0, 2: 2.0, 3: 1.4}.get(block.level, 0.8 if block.level else 0.5 * bool(block.style & {"bold"}))
        score += 0.8 if any(mass(each) for each in blocks[number + 1 : number + 6]) else 0
        score -= 0.8 if len(block.text) < 22 else 0
        own = block.class_names[:80]
        score += 4 if block.role == "title" else 1.2 if _TITLE.search(own) else 0
        text = comparison_key(block.text)
        if len(text) >= 8 and wanted:
            if text in wanted:
                score += 4
            elif any(text in want and len(text) > 0.4 * len(want) for want in wanted):
                score += 2.5
            elif any(len(want) > 20 and want.startswith(text[:20]) and (text.startswith(want[:40])) for want in wanted):
                score += 2
        if block.link_share > 0.8:
            score -= 1.5 if block.level == 1 else 2.5
        if is_portal(block.text):
            score -= 4
        if block.kind == "text" and (len(block.text) > 250 or (block.is_prose and re.search(r"[.:;]$", block.text))):
            score -= 2
        if re.search(
            r"(?:^|[-_ ])(?:breadcrumb|related|sidebar|side|other|footer|menu|lien-?quan|logo|brand|site-?name|site-?title)",
            own,
        ):
            score -= 3
        told = bool(wanted) and any(text in want or want in text for want in wanted)
        if block.role != "title" and not told:
            score -= 2 if re.match(r"(?:\d+|[IVX]+)[.)]\s", block.text) else 0
            score -= 1.5 if sum(map(mass, blocks[max(0, number - 12) : number])) > 500 and block.level != 1 else 0
        if score > best:
            best, chosen = score, number
    return chosen


def headline(blocks: list[Block]) -> int | None:
    """The index of the block that reads like a title, where no markup says so: the longest line above the first paragraph
    that is no label, button, menu or name of an office."""
    first = next(
        (
            i
            for i, b in enumerate(blocks)
            if b.is_prose and not b.is_boilerplate and not b.labels and not is_breadcrumb(b.text)
        ),
        len(blocks),
    )
    first = min(first, 200)
    trail = next((crumbs(b.text) for b in blocks[: first + 1] if is_breadcrumb(b.text)), [])
    texts = [comparison_key(b.text) for b in blocks[: first + 40]]
    best, chosen = 0.3, None
    for number, block in enumerate(blocks[:first]):
        text = block.text
        if (
            block.kind not in ("text", "heading")
            or not 12 <= len(text) <= 350
            or block.role == "caption"
            or re.match(r"[-•*+◦▪‣]\s", text)
        ):
            continue
        if (
            block.is_boilerplate
            or block.labels
            or is_breadcrumb(text)
            or block.link_share > 0.8
            or any(_names_site(text, other.text) for other in blocks[:first] if other is not block)
        ):
            continue
        score = (
            min(len(text), 120) / 40
            + (1.5 if texts.count(comparison_key(text)) > 1 else 0)
            - (3 if is_portal(text) else 0)
        )
        score += 4 if trail and comparison_key(trail[-1]) == comparison_key(text) else 0
        score -= 5 if len(MENU.findall(text)) >= 3 and not re.search(r"[.!?]$", text) else 0
        if score >= best:
            best, chosen = score, number
    return chosen


def _names_site(text: str, other: str) -> bool:
    """Whether a text is the other with the name of the site behind it, as in the bar of a browser."""
    return (
        len(other) > 11
        and text.startswith(other)
        and len(text) > len(other)
        and is_portal(text[len(other) :].strip(" -–—|:»"))
    )


def around(title: Tag, body: Tag, masses: dict[int, int], sizes: dict[int, int]) -> Tag:
    """The lowest element with the title and all of its article. masses, sizes: letters of prose and of any text, by id()."""
    chosen = current = title
    while current is not body and isinstance(current.parent, Tag):
        parent = current.parent
        have = masses.get(id(current), 0)
        for child in parent.children:
            if child is current or not isinstance(child, Tag):
                continue
            extra, size = masses.get(id(child), 0), max(1, sizes.get(id(child), 0))
            if (
                extra >= 60
                and not is_aside(child)
                and (
                    (extra / size > 0.75 and (have < 200 or extra > 0.8 * have))
                    or (extra > 2 * have and extra / size > 0.4)
                )
            ):
                chosen = parent
                break
        current = parent
    return chosen if chosen is not title or masses.get(id(title)) else densest(body, masses)


def densest(body: Tag, masses: dict[int, int]) -> Tag:
    """The smallest element that holds nearly all prose of another."""
    current = body
    while True:
        total = masses.get(id(current), 0)
        children = [child for child in current.children if isinstance(child, Tag)]
        best = max(children, key=lambda child: masses.get(id(child), 0), default=None)
        if best is None or not total or masses.get(id(best), 0) < 0.8 * total or best.name in ("p", "li", "tr", "td"):
            return current
        current = best


def names_of(tag: Tag) -> str:
    """Its classes and its id. Remembered, because every rule about elements asks."""
    names = tag.__dict__.get("_names")
    if names is None:
        found = tag.get("class") or []
        names = (
            " ".join([*(found if isinstance(found, list) else [str(found)]), str(tag.get("id", ""))]).strip()
            if tag.attrs
            else ""
        )
        tag.__dict__["_names"] = names
    return names


def is_aside(tag: Tag) -> bool:
    """Whether markup alone says that an element is not part of the article."""
    return (
        tag.name in ("nav", "aside", "footer")
        or tag.get("role") in ("navigation", "complementary", "contentinfo", "search", "banner")
        or bool((names := names_of(tag)) and CHROME.search(names))
    )
