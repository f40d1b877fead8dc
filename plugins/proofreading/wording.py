"""What readers stumble over: capitals, headings that are none, links without a meaning, very long sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins.i18n import translate
from plugins.problems import Problem

from .pages import BLANK, LIST_MARK, TEXT, Page, shortened

_WORD = re.compile(r"[^\W\d_]+")
_VOWEL = re.compile("[^bcdđfghjklmnpqrstvwxz]", re.I)  # in every word that is no abbreviation
_HEADING = re.compile(r" {0,3}(#{1,6})\s+(?P<text>.*?)\s*#*\s*\Z")
_ALL_BOLD = re.compile(r"\s{0,3}(\*\*|__)(?!\s)(?P<text>[^*_]+)(?<!\s)\1\s*\Z")
_LINK = re.compile(r"(?<!!)\[(?P<words>[^\]]+)\]\s?(?:\([^)]*\)|\[[^\]]*\])")
_PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\(\s*<?(?P<address>[^)\s>]+)")
_FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|avif|heic|tiff?|bmp|svg)\Z|(?:img|dsc[fn]?|pxl|image|photo|picture|screenshot|anh|hinh|z|fb_img|"
    r"received|untitled)[-_ ]?\(?\d[\w()-]*\Z",
    re.I,
)
# A link with no other words than these does not say where it leads.
_EMPTY_WORD_LIST = """
bấm nhấn nhấp kích ấn click chuột vào xem tải đọc truy cập chi tiết thêm tại ở đây này kia về xuống theo đường dẫn
mời xin vui lòng để link liên kết tệp file đầy đủ toàn bộ nội dung tiếp
here more read this the download see details to for
"""
_EMPTY_WORDS = frozenset(_EMPTY_WORD_LIST.split())
_SENTENCE_END = re.compile(r"(?<=[.!?…;])[”\")]*\s+")
_MAX_SENTENCE = 70  # syllables, about forty words
_MIN_CAPITALS, _MIN_CAPITALS_HEADING = 4, 6  # words
_MAX_HEADING = 100  # letters


def capitals(page: Page) -> Iterator[Problem]:
    """A title or heading in capitals, which is slow to read, and spelt letter by letter by some screen readers."""
    for field in page.fields:
        if field.key in ("title", "short_title", "summary") and _is_capital(field.value, _MIN_CAPITALS):
            text = translate("{key} is in capitals; write it as a sentence, capitals for names only", key=field.key)
            span = (field.column, field.column + len(field.value))
            yield page.finding(field.line, "capitals", text, span=span)
    for line in page.body:
        if line.kind == TEXT and _is_capital(page.words(line), _MIN_CAPITALS_HEADING):
            text = translate("this line is in capitals; write it as a sentence, capitals for names only")
            yield page.finding(line, "capitals", text, "note")


def _is_capital(text: str, least: int) -> bool:
    if text.upper() != text and sum(map(str.islower, text)) > len(text) // 8:
        return False
    words = [word for word in _WORD.findall(text) if len(word) > 1 and _VOWEL.search(word)]
    return len(words) >= least and sum(map(str.isupper, words)) >= 0.8 * len(words)


def bold_headings(page: Page) -> Iterator[Problem]:
    """A short line in bold between empty lines, with text below it: a heading that is not marked as one."""
    for number, line in enumerate(page.lines):
        match = _ALL_BOLD.match(line.text) if line.kind == TEXT else None
        if not match or not _is_like_a_heading(match["text"]):
            continue
        before = page.lines[number - 1]
        after = next((other for other in page.lines[number + 1 :] if other.kind != BLANK), None)
        if before.kind == TEXT or not after or after.number != number + 3 or after.kind != TEXT:
            continue  # a line of a letterhead, a signature
        if not (_ALL_BOLD.match(after.text) or _HEADING.match(after.text)) and not LIST_MARK.match(line.text):
            text = translate(
                "“{text}” looks like a heading; write ## before it in place of the stars", text=shortened(match["text"])
            )
            yield page.finding(line, "bold-heading", text)


def _is_like_a_heading(text: str) -> bool:
    """Whether a text is short, no sentence, and no name, which has capitals only."""
    has_small_word = any(map(str.islower, _WORD.findall(text)))
    return len(text) <= _MAX_HEADING and has_small_word and text.rstrip()[-1] not in ".!?…,;:"  # : begins a list


def skipped_levels(page: Page) -> Iterator[Problem]:
    """A heading two levels below the one before it; the page shows it one level below."""
    level = 1
    for line in page.body:
        match = _HEADING.match(line.text) if line.kind == TEXT else None
        if not match or not match["text"]:
            continue
        typed = max(len(match[1]), 2)
        if typed > level + 1:
            text = translate("this heading skips a level; write {mark}", mark="#" * (level + 1))
            yield page.finding(line, "skipped-level", text, "note", match.span(1))
        level = min(typed, level + 1)


def empty_links(page: Page) -> Iterator[Problem]:
    """Links such as `bấm vào đây`, which say nothing to who hears them one by one."""
    for line in page.body:
        if line.kind != TEXT or "](" not in line.text:
            continue
        for match in _LINK.finditer(line.text):
            words = _WORD.findall(match["words"].lower())
            if words and _EMPTY_WORDS.issuperset(words):
                text = translate(
                    "“{text}” does not say where the link leads; name what it opens", text=match["words"].strip()
                )
                yield page.finding(line, "empty-link", text, span=match.span("words"))


def file_names_as_descriptions(page: Page) -> Iterator[Problem]:
    """A picture whose description is the name of a file."""
    for line in page.body:
        if line.kind != TEXT or "![" not in line.text:
            continue
        for match in _PICTURE.finditer(line.text):
            alt, name = match["alt"].strip(), match["address"].rpartition("/")[2]
            if alt and alt != name and (_FILE_NAME.match(alt) or alt.lower() == name.rpartition(".")[0].lower()):
                text = translate("“{text}” is the name of a file; say what the picture shows", text=shortened(alt))
                yield page.finding(line, "file-name-as-description", text, span=match.span("alt"))


def long_sentences(page: Page) -> Iterator[Problem]:
    """The longest sentence of a paragraph, if it is very long."""
    for line in page.body:
        if line.kind != TEXT or line.text.count(" ") < _MAX_SENTENCE or "|" in line.text:
            continue
        longest = max(len(sentence.split()) for sentence in _SENTENCE_END.split(page.words(line)))
        if longest > _MAX_SENTENCE:
            text = translate("a sentence of {count} syllables; two shorter ones are easier to read", count=longest)
            yield page.finding(line, "long-sentence", text, "note")
