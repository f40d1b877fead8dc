"""Where an article ends, and what stands there: the author, the source, the headlines of others."""

from __future__ import annotations

import re

from . import dates, phrases
from .blocks import Block, comparison_key
from .phrases import Metadata

_DATE_LABEL = re.compile(
    r"\W*(?:ngày đăng|đăng (?:ngày|lúc|tải|vào)|được đăng|cập nhật|xuất bản|ngày cập nhật|published|posted|updated)",
    re.I,
)


def body(blocks: list[Block], found: Metadata) -> tuple[list[Block], bool]:
    """Paragraphs of the article; labels at its end go into `found`. Also whether the author stood there without a label."""
    cut = _end(blocks)
    kept: list[Block] = []
    for number, block in enumerate(blocks[:cut]):
        if block.kind == "picture":
            captioned = (number + 1 < cut and blocks[number + 1].role == "caption") or len(block.text) > 15
            if (
                block.in_body
                or not any(b.in_body for b in blocks)
                or (captioned and not any(b.in_body for b in blocks[:number]))
            ):
                kept.append(block)
            continue
        if block.is_boilerplate and block.kind in ("text", "heading", "list"):
            continue
        if (
            block.kind == "text"
            and phrases.SOFT_END.fullmatch(block.text)
            and number + 1 < cut
            and blocks[number + 1].link_share > 0.5
        ):
            continue
        if block.link_share > 0.85 and _is_other_news(block, blocks, number):
            continue
        if (
            block.kind == "text"
            and _DATE_LABEL.match(block.text)
            and (said := block.labels)
            and (said.published or said.updated)
        ):
            found.take(said)
            continue
        if block.role == "caption" and kept and kept[-1].kind == "picture":
            kept.append(block)
            continue
        if not block.in_body and (not block.is_prose or block.link_share > 0.3):
            said = block.labels or by_role(block)
            if said:
                found.take(said)
            continue
        if block.role == "tags" and block.kind in ("text", "list"):
            said = block.labels
            found.take(
                said
                or Metadata(
                    tags=[
                        t.strip()
                        for t in re.split(
                            r"[,;#]", re.sub(r"^\W*(?:tags?|từ khóa|từ khoá)\s*:?", "", block.text, flags=re.I)
                        )
                        if t.strip()
                    ]
                )
            )
            continue
        if (
            block.role in ("author", "source", "date")
            and len(block.text) < 120
            and (said := block.labels or by_role(block))
        ):
            found.take(said)
            continue
        kept.append(block)
    for block in blocks[cut:]:
        said = block.labels if len(block.text) < 200 and block.link_share < 0.5 else None
        if (
            said
            and (said.author or said.source or said.tags)
            and not any(b.is_prose for b in blocks[cut : blocks.index(block)])
        ):
            found.take(Metadata(author=said.author, source=said.source, tags=said.tags))
    return _tail(_signed_off(kept), found)


def _signed_off(blocks: list[Block]) -> list[Block]:
    """Without the headlines of other articles that follow the author's name and nothing announces."""
    last = max(
        (number for number, block in enumerate(blocks) if block.is_prose or block.kind in ("list", "table", "quote")),
        default=-1,
    )
    for number in range(last + 1, min(last + 4, len(blocks))):
        block, after = blocks[number], blocks[number + 1 :]
        said = block.labels
        if not (block.kind == "text" and (said.author if said else _signed(blocks, number))):
            continue
        others = [
            each
            for each in after
            if each.kind in ("text", "heading")
            and not each.labels
            and not each.is_boilerplate
            and each.role != "caption"
        ]
        if others and all(len(each.text.split()) >= 4 and not phrases.is_name(each.text) for each in others):
            return [*blocks[: number + 1], *(each for each in after if each not in others)]
        break
    return blocks


def _end(blocks: list[Block]) -> int:
    """Where the article ends: at the head of a list of other news, or of ratings and visits."""
    prose = 0
    for number, block in enumerate(blocks):
        if (
            block.kind in ("text", "heading", "list")
            and prose
            and phrases.END.match(block.text)
            and len(block.text) < 90
        ):
            after = blocks[number + 1 :]
            soft = phrases.SOFT_END.fullmatch(block.text)
            near = after[:4]
            more = sum(b.is_prose and b.link_share < 0.2 and b.in_body and len(b.text) > 150 for b in after)
            if soft and more >= 1 and any(b.link_share > 0.5 for b in near):
                continue
            return number
        if (
            prose
            and phrases.is_counter(block.text)
            and number
            and not any(b.is_prose and b.in_body for b in blocks[number + 1 :])
        ):
            return number
        prose += block.kind != "picture" and len(block.text) > 60
    return len(blocks)


def _is_other_news(block: Block, blocks: list[Block], number: int) -> bool:
    """A headline that is a link, or a list of them, between or after paragraphs."""
    if block.kind == "list":
        return block.html.count("<li>") >= 2 and not re.search(
            r"\.(?:pdf|docx?|xlsx?|zip|rar|pptx?)\b", block.html, re.I
        )
    if re.search(r"\.(?:pdf|docx?|xlsx?|zip|rar|pptx?|csv)\b", block.html, re.I) or block.kind not in (
        "text",
        "heading",
    ):
        return False
    before = blocks[number - 1] if number else None
    after = blocks[number + 1] if number + 1 < len(blocks) else None
    marked = before is not None and bool(phrases.SOFT_END.fullmatch(before.text))
    row = any(b is not None and b.link_share > 0.85 and b.kind in ("text", "heading") for b in (before, after))
    return (
        marked
        or row
        or bool(re.match(r"(?:>>|»|>|xem thêm|đọc thêm|\[)", block.text, re.I))
        or (not any(b.is_prose for b in blocks[number + 1 :]) and len(block.text) > 25)
    )


def _tail(blocks: list[Block], found: Metadata) -> tuple[list[Block], bool]:
    """Take author, source and date from the end; True where the author was a bare name."""
    end, bare, taken = len(blocks), False, 0
    kept_after: list[Block] = []
    author_found = bool(found.author)
    while end and taken < 8:
        block = blocks[end - 1]
        if block.kind == "picture":
            if not any(b.is_prose for b in blocks[:end]):
                break
            kept_after.insert(0, block)
            end -= 1
            continue
        text = block.text
        if (block.kind != "text" and not (block.kind == "heading" and len(text) < 60)) or block.role == "caption":
            break
        said = block.labels
        if said is not None:
            if (
                said.published
                and not (said.author or said.source)
                and not re.match(r"\D*(?:đăng|cập|ngày đăng)", text, re.I)
                and not (found.published is None and end == len(blocks))
            ):
                said.published = None
            found.take(said)
            bare = bare and not said.author
        elif block.is_boilerplate:
            pass
        elif not found.author and not author_found and _signed(blocks, end - 1):
            found.author, bare = phrases.clean_name(text), not block.style
        elif found.author and comparison_key(phrases.clean_name(text)) == comparison_key(found.author):
            pass  # said twice
        elif (
            len(text) < 50
            and not block.is_prose
            and taken < 2
            and end > 1
            and (said := blocks[end - 2].labels)
            and (said.author or said.source)
        ):
            pass  # a button nobody knows, below the author
        else:
            break
        end -= 1
        taken += 1
    tail = [b for b in kept_after if b.kind == "picture"]
    return blocks[:end] + tail, bare


def _signed(blocks: list[Block], at: int) -> bool:
    """Whether a bare last line is the name of the author, not of one who signed a document, nor a caption."""
    block = blocks[at]
    before = blocks[at - 1] if at else None
    if not phrases.is_name(block.text) or before is None or len(block.text) > 60:
        return False
    if before.kind == "picture" or (
        block.layout_cell and before.layout_cell == block.layout_cell and before.kind == "picture"
    ):
        return False
    if before.kind == "text" and (
        (before.text.isupper() and len(before.text) < 120)
        or re.match(r"\(?\s*(?:đã ký|ký tên|ký thay|tm\.|kt\.|tl\.|nơi nhận)", before.text, re.I)
    ):
        return False
    if (
        before.kind == "text"
        and len(before.text) < 40
        and phrases.is_name(before.text)
        and not before.style & block.style
    ):
        return False  # a list of names
    return any(b.is_prose or b.kind in ("list", "table", "quote") for b in blocks[:at])


def by_role(block: Block) -> Metadata | None:
    """A short line that only its markup explains: `<span class="author">Lê Dũng</span>`."""
    text = block.text.strip(" |•-–()")
    if not block.role and block.part_roles and len(text) < 200 and not block.is_prose:
        said = Metadata()
        for role, words in block.part_roles.items():
            said.take(by_role(Block("text", words, role=role)) or phrases.read_labels(words) or Metadata())
        return said if said != Metadata() else None
    if block.role == "author" and len(text) < 90:
        text = re.sub(r"^(?:by|bởi|posted by)\s+", "", text, flags=re.I)
        return Metadata(
            author=phrases.clean_name(text)
            if phrases.is_name(text) or (len(text.split()) <= 6 and not re.search(r"[.!?]$", text))
            else ""
        )
    if block.role == "source" and len(text) < 120:
        return Metadata(source=re.sub(r"^(?:theo|nguồn)\s*:?\s+", "", text, flags=re.I))
    if block.role == "date" and len(text) < 120:
        return Metadata(published=dates.first(text))
    if block.role == "category" and len(text) < 60:
        return Metadata(category=text)
    return None


def dated_part(block: Block) -> Metadata | None:
    """A date among other short things around a title: `Kinh tế | Chủ Nhật, 04/12/2022`."""
    if block.is_prose or len(block.text) > 160 or not block.parts:
        return None
    moment = next((m for m in map(dates.alone, block.parts.split(" | ")) if m), None)
    return Metadata(published=moment) if moment else None
