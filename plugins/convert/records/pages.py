"""A source to the records that are in it: one on a page about one thing, many in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from bs4 import Tag

from .. import administrative, encodings, html_source, media
from ..article_area import class_names, is_aside
from ..blocks import Block, Page, clean_text
from ..boilerplate import is_boilerplate, is_breadcrumb, is_site_name
from ..html_blocks import BlockReader
from ..page_asides import remove_controls
from ..readers import READERS, Files
from ..titles import title_hints
from . import sheets
from .fields import Field, Line, fields_of, lines_of, unlabelled
from .labels import Labels
from .record import Record
from .tables import HEAD_ROWS, columns_of, lists_of

LISTED = frozenset({"fields", "files"})  # keys of lists: a second value is another item
FEWEST_WORDS = 4  # of a title
LINES_ABOVE = 14  # lines above the first value among which the title is searched
LINES_OF_FORM = 5  # lines beside the motto: the authority, the one above it, the number
FEWEST_PARAGRAPHS = 3  # paragraphs of a text beside a record; fewer are an introduction
_HEADING = re.compile(r"h[1-5]")
_TITLE_CLASS = re.compile(r"(?:^|[-_ ])(?:title|tieu-?de|trich-?yeu|name)(?:$|[-_ ])", re.I)
_FILE = re.compile(r"\.(?:" + "|".join(sorted(media.DOCUMENTS - {"mp3", "mp4", "txt", "csv"})) + r")\b(?!\.\w)", re.I)
_NUMBER_LINE = re.compile(r"\W*(?:số|luật số)\b|[\W_]*$", re.I)
_MOTTO = re.compile(r"độc\s*lập\s*[-–—.*]+\s*tự\s*do|cộng\s+h\w{2}\s+xã\s+hội\s+chủ\s+nghĩa", re.I)


def records_of(raw: bytes, kind: str, ending: str, labels: Labels) -> tuple[list[Record], Files | None]:
    """Return the records of a source, and the files within it by name if it holds files. Raises SourceError.

    Args:
        raw: The source.
        kind: Its kind, a value of `kinds.ENDINGS`; "" for tables.
        ending: Of its name.
        labels: The labels of the kind of content.
    """
    if ending in sheets.ENDINGS:
        return list(_of_rows(sheets.rows_of(raw, ending), labels)), None
    if kind == "html":
        return _of_html(encodings.decode(raw)[0], labels), None
    if kind == "text":
        text = encodings.unicode_text(encodings.decode(raw)[0])[0]
        lines = (escape(line.strip()).replace("\t", "<i></i>") for line in text.splitlines())
        return _of_html("".join(f"<p>{line}</p>" for line in lines if line), labels), None
    page, files = READERS[kind](raw)
    return _of_html(_html_of(page), labels), files


def _of_rows(rows: Sequence[Sequence[str]], labels: Labels) -> Iterator[Record]:
    """Yield a record for each row below the row of labels."""
    at = next((at for at, row in enumerate(rows[: 3 * HEAD_ROWS]) if columns_of(row, labels)), None)
    if at is None:
        return
    columns = columns_of(rows[at], labels) or []
    for number, row in enumerate(rows[at + 1 :], start=at + 2):
        record = Record(sign=f"#{number}")
        for keys, cell in zip(columns, row, strict=False):
            record.set_default(dict.fromkeys(keys, "\n".join(map(clean_text, cell.splitlines()))))
        record.files = [
            each.strip() for each in re.split(r"[\n;]", record.values.pop("files", "")) if _FILE.search(each)
        ]
        if record.values:
            yield record


def _html_of(page: Page) -> str:
    """Return the blocks of a page as HTML again."""
    blocks = [
        b.html if b.kind in ("table", "list") else f"<p>{b.html}</p>" for b in page.all_blocks if b.kind != "picture"
    ]
    return "".join(blocks)


# --- a page -------------------------------------------------------------------------------------------


def _of_html(html: str, labels: Labels) -> list[Record]:
    html = html.replace("\0", "")
    html_source.check_size(html)
    soup = html_source.parse(html)
    for code in soup(["script", "style", "noscript"]):
        code.decompose()
    encodings.texts_to_unicode(soup)
    body = soup.body or soup
    remove_controls(body, [])
    window = title_hints(clean_text(soup.title.get_text())) if soup.title else []
    _remove_asides(body, _records(body, labels))
    found = _records(body, labels) or [(Record(files=_files(body)), body)]
    if len(found) == 1:
        record, region = found[0]
        record.blocks, is_form = _text(body)
        record.headings = [] if is_form else record.headings
        record.headings = list(dict.fromkeys([*record.headings, *_headings(body), *window]))
        record.files = list(dict.fromkeys([*record.files, *_files(region)]))
        record.sign = ""
    return [record for record, _ in found]


def _remove_asides(body: Tag, found: Sequence[tuple[Record, Tag]]) -> None:
    """Remove what markup says is no part of a page's content, unless the record, the text or the headline is in it."""
    lines = [line.element for line in lines_of(body) if _MOTTO.search(line.plain) or line.element.name == "h1"]
    kept = {
        id(tag) for element in [*lines[:1], *(region for _, region in found[:1])] for tag in (element, *element.parents)
    }
    for each in [tag for tag in body.find_all(True) if is_aside(tag)]:
        if not each.decomposed and id(each) not in kept:
            each.decompose()


def _records(body: Tag, labels: Labels) -> list[tuple[Record, Tag]]:
    """Return the records on a page, each with the element that holds nothing of another one."""
    lines = lines_of(body)
    identity = labels.identity
    fields = list(fields_of(lines, labels))
    if identity not in {f.key for f in fields}:
        fields = sorted([*fields, *unlabelled(lines, labels)], key=lambda f: f.index)
    groups = [each for each in _groups(fields, identity) if identity in {f.key for f in each}]
    lists = [
        (row, fields)
        for _, rows in lists_of(body, labels)
        for row, fields in rows
        if any(f.key == identity for f in fields)
    ]
    single = max(groups, key=lambda group: len({f.key for f in group}), default=[])
    if lists and (
        not single or len({f.key for f in single}) <= max(len({f.key for f in fields}) for _, fields in lists)
    ):
        found = [(fields, row) for row, fields in lists]
    elif any(_MOTTO.search(line.plain) for line in lines) and groups:
        found = [(groups[0], body)]  # what follows are forms in annexes
    else:
        fullest = len({f.key for f in single})  # what says much less is a list beside the thing that a page is about
        chosen = [group for group in groups if len({f.key for f in group}) > max(1, fullest // 2)]
        found = [(group, _region(group, groups, body)) for group in chosen]
    return [
        (_record(fields, region, lines, number, labels), region) for number, (fields, region) in enumerate(found, 1)
    ]


def _groups(fields: Sequence[Field], identity: str) -> list[list[Field]]:
    """Return the fields of each thing: where a key comes with another value, the next one begins."""
    groups: list[list[Field]] = []
    for each in fields:
        group = groups[-1] if groups else []
        before = next((f for f in group if f.key == each.key and f.text), None)
        is_other = before is not None and bool(each.text) and before.text != each.text and each.key not in LISTED
        is_elsewhere = before is None or each.key == identity or each.label.element is not before.label.element
        if not groups or (is_other and is_elsewhere):
            groups.append([each])
        else:
            group.append(each)
    return groups


def _region(group: Sequence[Field], groups: Sequence[Sequence[Field]], body: Tag) -> Tag:
    """Return the largest element that holds the fields of a thing and none of another."""
    others = {id(f.value.element) for other in groups if other is not group for f in other}
    region = group[0].label.element
    inner = {id(f.value.element) for f in group}
    while region is not body and region.parent is not None:
        held = {id(tag) for tag in region.find_all(True)} | {id(region)}
        above = {id(tag) for tag in region.parent.find_all(True)} | {id(region.parent)}
        if inner <= held and above & others:
            break
        region = region.parent
    return region


def _record(fields: Sequence[Field], region: Tag, lines: Sequence[Line], number: int, labels: Labels) -> Record:
    record = Record(sign=f"#{number}")
    for each in fields:
        if each.key in LISTED and record.values.get(each.key):
            record.values[each.key] += f"\n{each.text}"
        record.set_default({each.key: each.text})
    record.files = list(
        dict.fromkeys([a for f in fields for a, words in f.links if _is_file(a, words)] + _files(region))
    )
    record.values.pop("files", None)
    record.headings = _titles(fields, region, lines, labels)
    return record


def _titles(fields: Sequence[Field], region: Tag, lines: Sequence[Line], labels: Labels) -> list[str]:
    """Return the lines above the values that may be the title, the likeliest first."""
    ids = {id(tag) for tag in region.find_all(True)} | {id(region)}
    values = {id(f.value) for f in fields} | {id(f.label) for f in fields}
    inside = [line for line in lines if id(line.element) in ids and id(line) not in values]
    first = min((f.index for f in fields), default=0)
    near = [line for line in inside if id(line) in {id(each) for each in lines[max(0, first - LINES_ABOVE) : first]}]
    found = [line for line in (near[::-1] or inside) + inside if _may_be_title(line, labels)]
    found.sort(key=lambda line: not _is_heading(line))
    return list(dict.fromkeys(line.plain for line in found))[:6]


def _may_be_title(line: Line, labels: Labels) -> bool:
    text = line.plain
    if len(text.split()) < FEWEST_WORDS or is_breadcrumb(text) or is_boilerplate(text) or is_site_name(text):
        return False
    return "»" not in text and not labels.keys_of(text.partition(":")[0]) and not _MOTTO.search(text)


def _is_heading(line: Line) -> bool:
    boxes = [line.element, *list(line.element.parents)[:2]]
    return any(_HEADING.fullmatch(box.name) or _TITLE_CLASS.search(class_names(box)) for box in boxes)


def _headings(body: Tag) -> list[str]:
    found = [clean_text(each.get_text(" ")) for each in body.find_all(_HEADING)]
    return [
        text
        for text in found
        if len(text.split()) >= FEWEST_WORDS and not is_breadcrumb(text) and not is_site_name(text)
    ]


def _files(region: Tag) -> list[str]:
    links = [(str(a["href"]).strip(), clean_text(a.get_text(" "))) for a in region.find_all("a", href=True)]
    return list(dict.fromkeys(address for address, words in links if _is_file(address, words)))


def _is_file(address: str, words: str) -> bool:
    return bool(_FILE.search(address.partition("?")[0]) or _FILE.search(words))


def _text(body: Tag) -> tuple[list[Block], bool]:
    """Return the text on a page, none if it has only a record, and whether it has the form of an authority's document.

    Such a text begins with the lines that stand beside the motto of the state.
    """
    administrative.separate_columns(body)
    blocks = BlockReader({}).read(body)
    motto = next((at for at, block in enumerate(blocks) if _MOTTO.search(block.text)), None)
    if motto is None:
        prose = [block for block in blocks if block.is_prose]
        return (prose if len(prose) >= FEWEST_PARAGRAPHS else []), False
    first = motto
    while (
        first
        and motto - first < LINES_OF_FORM
        and (blocks[first - 1].text.isupper() or _NUMBER_LINE.match(blocks[first - 1].text))
    ):
        first -= 1
    return blocks[first:], True
