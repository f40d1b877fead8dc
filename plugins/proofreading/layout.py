"""Lines that do not become what they look like: lists, tables, indented paragraphs, captions, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from plugins.i18n import EDITORS_LANG, translate
from plugins.markdown_reader.typed_tables import cells_of, is_line_of_dashes, with_bars
from plugins.problems import Edit, Problem

from .pages import BLANK, INDENT, INDENTED, LIST_MARK, TEXT, Line, Page, shortened

_BULLET = re.compile(r"(\s*)([•‣◦\u2043∙·▪▫●○■□➢➤\uf000-\uf0ff])(\s*)(?=\S)")
_GLUED_MARK = re.compile(r"(\s*)(\d{1,3}[.)]|[-+]|\*(?=[^*]+\Z))(?=[^\W\d_])")
_FIRST_CELL_IS_MARK = re.compile(r"\s*(?:[^\w\s]+|\d{1,3}[.)]|[^\W\d_][.)])\s*\Z")
_ROW = re.compile(r"\s*\|.*[^|\s].*\|\s*\Z|[^|]*\S(?: +\| +[^|]*\S)+\s*\Z")  # with or without bars around it
_PICTURE = re.compile(r"\s{0,3}!\[[^\]]+\]\((?P<address><[^>]*>|[^\s()]+)\)\s*\Z")
_EMPHASIZED = re.compile(r"(\*{1,3}|_{1,3})(?!\s)(?P<text>[^*_]+)(?<!\s)\1\Z")
_CREDIT = re.compile(r"\b(?:Ảnh|Nguồn ảnh|Hình|Photo)\s*:", re.I)
_MARKUP = re.compile(r"[\[\]<>`*_|{}\\]")
_GLUED_HEADING = re.compile(r"(#{2,6})(?=[^\s#])")
_MAX_CAPTION = 300  # letters


def bullets(page: Page) -> Iterator[Problem]:
    """Bullets of Word, which are no marks of Markdown."""
    for line in page.body:
        match = _BULLET.match(line.text) if line.kind == TEXT else None
        if match:
            level = "note" if match[3] else "warning"  # with a space after it the reader takes it for a mark
            text = translate("“{mark}” is no mark of a list; write - and a space", mark=_shown(match[2]))
            edit = Edit(line.start + match.start(2), line.start + match.end(), "- ")
            yield page.finding(line, "bullet", text, level, (match.start(2), match.end()), [edit])


def _shown(mark: str) -> str:
    return "•" if mark >= "\uf000" else mark  # a letter of Word's font Symbol


def marks_without_space(page: Page) -> Iterator[Problem]:
    """Two or more lines in a row that begin with a mark and no space after it, as `1.Một`."""
    for block in page.paragraphs():
        glued = [(line, match) for line in block if (match := _GLUED_MARK.match(line.text))]
        if len(glued) < 2 and not any(LIST_MARK.match(line.text) for line in block):
            continue
        for line, match in glued:
            text = translate("leave a space after “{mark}”, then these lines are a list", mark=match[2])
            edit = Edit(line.start + match.end(), line.start + match.end(), " ")
            yield page.finding(line, "mark-without-space", text, "warning", match.span(2), [edit])


def headings_without_space(page: Page) -> Iterator[Problem]:
    """`##Phần một`, which stays as it is typed."""
    for line in page.body:
        match = _GLUED_HEADING.match(line.text) if line.kind == TEXT else None
        if match:
            text = translate("leave a space after {mark}, then this is a heading", mark=match[1])
            edit = Edit(line.start + match.end(), line.start + match.end(), " ")
            yield page.finding(line, "heading-without-space", text, "warning", match.span(), [edit])


def tab_tables(page: Page) -> Iterator[Problem]:
    """Rows with tabs between their cells, as they come from Excel and Word."""
    for block in page.paragraphs():
        for has_tabs, group in groupby(block, key=lambda line: "\t" in line.text.strip()):
            rows = list(group)
            cells = [[cell.strip() for cell in row.text.rstrip().split("\t")] for row in rows]
            if not has_tabs or len(rows) < 2 or all(_FIRST_CELL_IS_MARK.match(row[0] or "-") for row in cells):
                continue
            columns = max(map(len, cells))
            if min(map(len, cells)) == columns:
                text = translate("these lines have tabs between them and make no table; write bars between the cells")
                yield page.finding(rows[0], "tab-table", text, edits=_table(page, rows, cells))
            else:
                text = translate("these lines have tabs but not equally many cells; write a table with | and |---|")
                yield page.finding(rows[0], "tab-table", text)


def _table(page: Page, rows: Sequence[Line], cells: Sequence[Sequence[str]]) -> list[Edit]:
    edits = []
    for row, texts in zip(rows, cells, strict=True):
        text = "".join(f"| {cell.replace('|', chr(92) + '|')} " for cell in texts) + "|"
        edits.append(Edit(row.start, row.stop, text))
    edits[0] = edits[0]._replace(text=edits[0].text + _dashes(rows[0], len(cells[0])))
    return _apart(page, rows, edits)


def _dashes(row: Line, columns: int, has_border: bool = True) -> str:
    line = f"|{'---|' * columns}"
    return f"{row.end or chr(10)}{line if has_border else line.strip('|')}"


def _apart(page: Page, rows: Sequence[Line], edits: list[Edit]) -> list[Edit]:
    """Add an empty line before and after rows of a table that stand among text."""
    before, after = page.neighbours(rows)
    end = rows[0].end or "\n"
    if before and before.kind == TEXT:
        edits.insert(0, Edit(rows[0].start, rows[0].start, end))
    if after and after.kind == TEXT:
        edits.append(Edit(after.start, after.start, end))
    return edits


def tables_without_dashes(page: Page) -> Iterator[Problem]:
    """Rows of a table without the line of dashes, or parted from it by an empty line, which are shown as typed."""
    above: Sequence[Line] = ()
    for block in page.paragraphs():
        for is_row, group in groupby(block, key=lambda line: _is_row(line.text)):
            rows = list(group)
            if is_row and rows[0] is block[0] and _is_parted(page, above, rows):
                text = translate("an empty line parts this row from its table; delete it")
                edits = [Edit(above[-1].stop, rows[0].start, above[-1].end)]
                yield page.finding(rows[0], "parted-table", text, edits=edits)
                continue
            bars = {with_bars(row.text).count("|") for row in rows}
            if not is_row or len(rows) < 2 or any(is_line_of_dashes(row.text) for row in rows):
                continue
            first = with_bars(rows[0].text).strip()
            if len(bars) > 1 and not first.startswith("|"):  # sentences with bars
                continue
            columns = len(cells_of(first))
            text = translate("these rows make no table: put a line |---| after the first one")
            edits = [Edit(rows[0].stop, rows[0].stop, _dashes(rows[0], columns, first.startswith("|")))]
            yield page.finding(rows[0], "table-without-dashes", text, edits=_apart(page, rows, edits))
        above = block


def _is_row(text: str) -> bool:
    return bool(_ROW.match(with_bars(text))) or is_line_of_dashes(text)


def _is_parted(page: Page, above: Sequence[Line], rows: Sequence[Line]) -> bool:
    """Whether nothing but empty lines stands between a table and rows that are no table by themselves."""
    is_table = any(is_line_of_dashes(line.text) for line in above)
    if not is_table or any(is_line_of_dashes(row.text) for row in rows) or "|" not in above[-1].text:
        return False
    between = page.lines[above[-1].number : rows[0].number - 1]
    bars = above[-1].text.count("|")
    return all(line.kind == BLANK for line in between) and all(row.text.count("|") == bars for row in rows)


def indented_paragraphs(page: Page) -> Iterator[Problem]:
    """Paragraphs with a first-line indent by tab or spaces, and indented lists, which Markdown shows as code."""
    before, is_list = BLANK, False
    for line in page.body:
        indent = INDENT.match(line.text) if line.kind == INDENTED else None
        is_list = bool(indent and (is_list or before != INDENTED) and LIST_MARK.match(line.text))
        if indent and (is_list or _is_prose(line.text, page.lang)):
            text = translate("a line that begins with a tab or four spaces is shown as code; begin it at the edge")
            edit = Edit(line.start, line.start + indent.end(), "" if is_list or before == BLANK else "\n")
            yield page.finding(line, "indented-paragraph", text, span=indent.span(), edits=[edit])
        before = line.kind


def _is_prose(text: str, lang: str) -> bool:
    """Whether a line is a sentence rather than code."""
    words = re.findall(r"[^\W\d_]+", text)
    if lang == EDITORS_LANG and not text.isascii():
        return len(words) >= 2
    return len(words) >= 5 and text.rstrip()[-1] in '.:,;!?…”"'


def captions(page: Page) -> Iterator[Problem]:
    """A line below a picture that is its caption, but stands beside it as text."""
    for number, line in enumerate(page.lines[:-1]):
        match = _PICTURE.match(line.text) if line.kind == TEXT else None
        if not match:
            continue
        below = next((other for other in page.lines[number + 1 : number + 3] if other.kind != BLANK), None)
        after = page.lines[below.number] if below and below.number < len(page.lines) else None
        if not below or below.kind != TEXT or (after and after.kind == TEXT):
            continue
        caption = _caption(below.text.strip(), is_beside=below.number == line.number + 1)
        if not caption:
            continue
        text = translate(
            "the caption “{text}” belongs into the picture's brackets, in quotation marks", text=shortened(caption)
        )
        edits = []
        stands_alone = number == 0 or page.lines[number - 1].kind == BLANK  # within a text there are no captions
        if stands_alone and not _MARKUP.search(caption):
            quoted = caption.replace('"', "”")
            edits = [Edit(line.start + match.end("address"), line.start + match.end("address"), f' "{quoted}"')]
            edits.append(Edit(line.stop, below.stop, ""))
        yield page.finding(below, "caption", text, edits=edits)


def _caption(text: str, is_beside: bool) -> str:
    """The caption that a line is, or ""; one that does not stand right below its picture must look like one."""
    emphasized = _EMPHASIZED.match(text)
    caption = emphasized["text"].strip() if emphasized else text
    if len(caption) > _MAX_CAPTION or re.match(r"[#>|!<\[-]|\d+[.)]\s", text) or LIST_MARK.match(text):
        return ""
    is_likely = is_beside or bool(emphasized) or (len(caption) < _MAX_CAPTION // 2 and bool(_CREDIT.search(caption)))
    return caption if is_likely else ""


def conflicts(page: Page) -> Iterator[Problem]:
    """What git or a sync program leaves where two people have changed the same lines."""
    for line in page.lines:
        if line.text.startswith("<<<<<<< "):
            text = translate("two versions stand here between <<<<<<< and >>>>>>>; keep one and delete these marks")
            yield page.finding(line, "conflict", text, "error")
