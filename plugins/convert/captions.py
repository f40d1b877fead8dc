"""Captions: which line belongs to which picture, and which line of a copied text was one."""

from __future__ import annotations

import re

from .blocks import Block, Picture, comparison_key
from .phrases import is_name

LONGEST = 320  # letters
_LABEL = re.compile(
    r"^[-–•*]?\s*(?:ảnh|hình|hình ảnh|ảnh minh họa|ảnh minh hoạ)\s*(?:\d+|minh ho[ạa])?\s*[.:)]|\(?ảnh\s*:\s*[^()]{2,40}\)?\.?$|^trong ảnh\b|\(ảnh[^)]*\)\.?$|^ảnh\s+(?:minh ho[ạa]|tư liệu|chụp)",
    re.I,
)
_BEGIN = re.compile(
    r"^(?:quang cảnh|toàn cảnh|khung cảnh|một góc|hình ảnh|các (?:đại biểu|đồng chí|em|học sinh|thành viên|vận động viên|tiết mục|đơn vị|hộ)|đại biểu|lãnh đạo|đồng chí|đ/c|ông|bà|chủ tịch|phó chủ tịch|phó bí thư|bí thư|"
    r"thường trực|giám đốc|phó giám đốc|trưởng|phó trưởng|chánh|đoàn|nhân dân|người dân|bà con|cán bộ|lực lượng|chiến sĩ|hội viên|nông dân|ban tổ chức|tổ công tác|thiếu tướng|thượng tá|đại tá|đại diện|tiết mục|hội nghị|buổi|lễ|"
    r"mô hình|vườn|cánh đồng|thứ trưởng|bộ trưởng|thủ tướng|công nhân|du khách|học sinh|giáo viên|bác sĩ|các)\b",
    re.I,
)
_DOES = re.compile(
    r"\b(?:phát biểu|chủ trì|kết luận|tặng (?:hoa|quà|bằng|giấy)|trao (?:quà|bằng|giấy|thưởng|quyết định|tặng|cờ|kinh phí)|tại (?:buổi|hội nghị|lễ|cuộc|chương trình|phiên|kỳ họp|điểm|hội thảo|hiện trường)|chụp ảnh|lưu niệm|cắt băng|tham quan|kiểm tra|dự|thăm|khai mạc|bế mạc|báo cáo|trình bày|"
    r"làm việc|thảo luận|biểu quyết|bấm nút|ký kết|diễn văn|dâng hương|thắp hương|buổi (?:làm việc|kiểm tra|họp|lễ)|thu hoạch|chăm sóc|trình diễn|biểu diễn|hướng dẫn|tuyên truyền|ra quân|nhìn từ|điều hành)\b",
    re.I,
)
_NUMBERED = re.compile(
    r"^(?:[IVX]+|\d+(?:\.\d+)*|[a-zđ])[.)/]\s|^(?:điều|chương|mục|phần|bước|thứ|một là|hai là|ba là)\b|^[-+•*]\s", re.I
)
_SENTENCES = re.compile(r"[.!?…]\s+[A-ZĐÀ-Ỹ]")


def paired(blocks: list[Block]) -> list[Block]:
    """Blocks with every caption at its picture; a caption whose picture is lost becomes a picture without address."""
    found: list[Block] = []
    used: set[int] = set()
    pictured = any(block.kind == "picture" for block in blocks)
    for number, block in enumerate(blocks):
        if number in used:
            continue
        if block.kind != "picture":
            found.append(block)
            continue
        group = [number]  # pictures side by side share the caption below
        while group[-1] + 1 < len(blocks) and blocks[group[-1] + 1].kind == "picture":
            group.append(group[-1] + 1)
        used.update(group)
        below = group[-1] + 1
        while below < len(blocks) and below not in used and _belongs(blocks, below, blocks[group[-1]]):
            picture = blocks[group[-1]]
            text = blocks[below].text
            if comparison_key(text) != comparison_key(picture.caption):
                picture.caption = f"{picture.caption} {text}".strip()
            used.add(below)
            below += 1
            if (
                blocks[below - 1].role != "caption"
                or below >= len(blocks)
                or (blocks[below].role != "caption" and comparison_key(blocks[below].text) != comparison_key(text))
            ):
                break
        found += [blocks[each] for each in group]
    if not pictured:
        found = [_lost(block) if _bare_caption(found, number) else block for number, block in enumerate(found)]
    else:
        found = [_lost(b) if b.role == "caption" and b.kind == "text" else b for b in found]
    return _once(found)


def _belongs(blocks: list[Block], number: int, picture: Block) -> bool:
    """Whether a line below a picture is its caption."""
    line = blocks[number]
    if (
        line.kind not in ("text", "heading")
        or len(line.text) > LONGEST
        or (line.link_share > 0.9 and line.role != "caption")
    ):
        return False
    if line.role == "caption":
        return True
    if picture.caption:
        return comparison_key(line.text) == comparison_key(picture.caption)
    if line.kind == "heading" or line.labels or (is_name(line.text) and not line.style and number + 1 == len(blocks)):
        return bool(_LABEL.search(line.text)) and line.kind != "heading"
    if picture.layout_cell and line.layout_cell and _table_mates(picture, line):
        return True
    if _LABEL.search(line.text):
        return True
    score = (
        2 * bool(line.style & {"center"})
        + bool(line.style & {"italic"}) * 2
        + (not re.search(r"[.!?…:;]$", line.text))
        + bool(_BEGIN.match(line.text))
        + bool(_DOES.search(line.text))
    )
    score += len(line.text) < 140
    score -= (
        3 * bool(_NUMBERED.match(line.text))
        + 2 * bool(_SENTENCES.search(line.text))
        + 2 * (line.text.endswith(":"))
        + (len(line.text) > 220)
    )
    score += (
        picture.picture is not None
        and len(picture.picture.alt) > 8
        and comparison_key(picture.picture.alt) in comparison_key(line.text)
        and 4
    )
    score -= 2 * (line.style == {"bold"} and bool(re.match(r"\d|[IVX]+\.", line.text)))
    follows = blocks[number + 1] if number + 1 < len(blocks) else None
    if line.text.endswith((".", "!", "?")) and not line.style & {"center", "italic"}:
        score -= 1
        score -= follows is None
    return score >= 2


def _table_mates(picture: Block, line: Block) -> bool:
    """Two cells of one small table used to hold a picture and the words below it."""
    return 0 <= line.layout_cell - picture.layout_cell <= 3 and not (line.is_prose and len(line.text) > 250)


def _bare_caption(blocks: list[Block], number: int) -> bool:
    """In a text without pictures: a short line between long paragraphs that reads like a caption."""
    line = blocks[number]
    if line.kind != "text" or len(line.text) > 220:
        return False
    if line.role == "caption" or (_LABEL.search(line.text) and len(line.text) < 200):
        return True
    if (
        _NUMBERED.match(line.text)
        or line.text.endswith((":", ";", ","))
        or _SENTENCES.search(line.text)
        or line.link_share > 0.5
        or line.labels
    ):
        return False
    if re.search(
        r"[“\"][^”\"]{0,200}[”\"]?\s*[,-]?\s*(?:ông|bà|anh|chị|đồng chí)\b.*\b(?:nói|cho biết|chia sẻ)", line.text, re.I
    ) or re.search(r"\b(?:cho biết|chia sẻ|nhấn mạnh|khẳng định|đề nghị|yêu cầu|cùng dự|tham dự có)\b", line.text):
        return False
    after = blocks[number + 1] if number + 1 < len(blocks) else None
    before = blocks[number - 1] if number else None
    ends = bool(re.search(r"[.!?…]$", line.text))
    score = 2 * bool(_BEGIN.match(line.text)) + 2 * bool(_DOES.search(line.text)) + (not ends)
    score += (before is None or before.is_prose or _short(before)) and (
        after is not None and (len(after.text) > 150 or _short(after))
    )
    score += bool(line.style & {"center", "italic"}) * 2
    score -= 2 * bool(
        re.match(r"^(?:sáng|chiều|ngày|trưa|tối|theo|tại|trong|trước|sau|từ|để|với|qua|nhân dịp|dự)\b", line.text, re.I)
    ) + 2 * (ends and len(line.text) > 130)
    score -= ends and not re.search(
        r"\b(?:phát biểu|kết luận|chủ trì|quang cảnh|toàn cảnh|lưu niệm|tặng|trao)\b", line.text, re.I
    )
    return score >= (5 if ends else 3)


def _short(block: Block) -> bool:
    return block.kind == "text" and len(block.text) < 200


def _lost(block: Block) -> Block:
    """A caption that has lost its picture."""
    return Block(
        "picture", "", picture=Picture(""), caption=block.text, in_body=block.in_body, class_names=block.class_names
    )


def _once(blocks: list[Block]) -> list[Block]:
    """Without the same caption twice in a row."""
    kept: list[Block] = []
    for block in blocks:
        last = kept[-1] if kept else None
        if (
            last is not None
            and last.kind == "picture"
            and last.caption
            and block.kind == "picture"
            and block.picture
            and not block.picture.address
            and comparison_key(block.caption) == comparison_key(last.caption)
        ):
            continue
        if (
            last is not None
            and last.kind == "picture"
            and last.caption
            and block.kind == "text"
            and comparison_key(block.text) == comparison_key(last.caption)
        ):
            continue
        kept.append(block)
    return kept
