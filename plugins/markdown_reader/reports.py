"""What an editor is told of a text: what is left out, what stays as it is typed, and what is not on the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from html import escape, unescape
from urllib.parse import quote, unquote

from plugins.i18n import translate
from plugins.problems import Problem
from plugins.unicode_text import NormalizedText

from .lost_text import find_lost_text
from .sanitizing import SCHEMES, sanitize
from .visible_marks import advice, visible_marks

MAX_QUOTE = 60  # characters of an editor's text in a message
_SCHEME = re.compile(r"<a\b[^>]*?\shref\s*=\s*[\"']?\s*([A-Za-z][A-Za-z0-9+.-]*):", re.I)
_LINK_ADDRESS = re.compile(r"<a\b[^>]*?\shref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.I)
_UNSAFE = re.compile(
    r"<(?P<element>script|style|iframe|object|embed|video|audio|form|input|button|select|textarea|template|noscript|font|svg|math)\b"
    r"|<[a-z][^>]*?\s(?P<attribute>on\w+|style)\s*=",
    re.I,
)
_CODE_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)[^`\n]*\1(?!`)")
# The name of a place, as attributes of Markdown give it, or of what stands elsewhere: an address (`[1]: https://…`), a
# note (`[^1]: …`), the meaning of an abbreviation (`*[UBND]: …`)
_NAMED = re.compile(
    r"\{:? ?#(?P<place>[\w:.-]+)"
    r"|^ {0,3}(?P<label>(?P<kind>\*?)\[(?P<name>\^?[^\]\n^]+)\])[ ]?:[ \t]*\n?[ \t]*(?P<address>\S+)",
    re.M,
)
_NAME = re.compile(r"\w+")
_DEFINITION = re.compile(r"\] ?:")
_REFERENCE = r"""(?:\]\(\s*<?|\b(?:src|href)\s*=\s*["']?|^ {0,3}\[.*\]:\s*<?)"""  # before an address
_BREAK = r"\s*(?:\n[ \t>]+)?"  # within an address over several lines, perhaps of a quotation
_WIDTHS_OF_CONTEXT = (16, 8, 4, 0)  # letters before and after a mark, by which its line is found


class Reports:
    """The problems of one text, each with its line.

    Args:
        markdown: The text.
        first_line: The line of the file at which it begins.
    """

    def __init__(self, markdown: NormalizedText, first_line: int) -> None:
        self.problems: list[Problem] = []
        self._markdown, self._text, self._first_line = markdown, markdown.text, first_line

    def has_typed(self, pattern: str) -> bool:
        """Return whether a regular expression matches somewhere in the text."""
        return bool(re.search(pattern, self._text))

    def add(self, needle: str, message: str, level: str = "error", nth: int = 0) -> None:
        """Add a problem at the line where a link or picture, or else any text, has `needle`.

        Args:
            needle: The text, as typed or as HTML has it.
            message: What is wrong and what to do.
            level: See `Problem`.
            nth: How many places with the same text come before the one that is meant.
        """
        self.problems.append(Problem("", self._line(self._find(needle, nth)), message, level))

    def _find(self, needle: str, nth: int) -> int:
        """The position of a text, in code only if it is nowhere else; or the beginning if it is nowhere."""
        plain = unquote(needle)
        forms = dict.fromkeys(
            (needle, plain, *(quote(form, safe="/:?=&#%") for form in (needle, plain)), escape(needle))
        )
        forms |= {form.replace("\\", "/"): None for form in forms}  # of a path of Windows
        typed = self._text.replace("\\", "/")
        without_code = _CODE_SPAN.sub(lambda code: " " * len(code[0]), self._text)
        for text in (without_code, self._text, typed):
            for form in map(re.escape, forms):
                for pattern in (f"{_REFERENCE}({form})", f"({form})"):
                    if found := [match.start(1) for match in re.finditer(pattern, text, re.M | re.I)]:
                        return found[min(nth, len(found) - 1)]
        letters = _BREAK.join(map(re.escape, "".join(plain.split())[:MAX_QUOTE]))
        broken = re.search(f"{_REFERENCE}({letters})", self._text, re.M)
        return broken.start(1) if broken and letters else 0

    def _line(self, position: int) -> int:
        """The line of the file in which a position of the text is."""
        return self._first_line + self._markdown.original_line(self._text.count("\n", 0, position))

    def add_unsafe(self, html: str) -> None:
        """Warn once of each thing that is removed: an embedded video, a form, a colour. html: not sanitized."""
        is_possible = "<" in self._text or "{" in self._text  # as HTML, or as attributes of Markdown
        matches = _UNSAFE.finditer(html) if is_possible else ()
        found = (f"<{match['element']}" if match["element"] else match["attribute"] for match in matches)
        for needle in dict.fromkeys(map(str.lower, found)):
            text = translate("{what} is removed for safety", what=needle.removeprefix("<"))
            self.add(needle, text, "warning")
        for scheme in dict.fromkeys(_SCHEME.findall(html)):
            if scheme.lower() not in SCHEMES:
                known = ", ".join(f"{name}:" for name in sorted(SCHEMES))
                text = translate(
                    "the link to {scheme}… is left out; links may begin with {known}", scheme=f"{scheme}:", known=known
                )
                self.add(f"{scheme}:", text, "warning")

    def add_lost_addresses(self, html: str, sanitized: str) -> None:
        """Warn of links that have lost their address, since it is none. html: not sanitized."""
        if html.count("href=") == sanitized.count("href="):
            return
        addresses = _LINK_ADDRESS.findall(html)
        for address, nth in _numbered(unescape(first or second or third) for first, second, third in addresses):
            scheme = _SCHEME.match(f'<a href="{address}')
            is_told = scheme is not None and scheme[1].lower() not in SCHEMES  # above
            if not is_told and not _LINK_ADDRESS.search(sanitize(f'<a href="{escape(address)}">a</a>')):
                text = translate(
                    "the address {address} cannot be used, so the link is left out; correct it", address=address
                )
                self.add(address, text, "warning", nth)

    def add_rows(self, long: Iterable[str], odd: Iterable[str]) -> None:
        """Warn of table rows that have more cells than the head, and of lines in a table that are no rows."""
        for row, nth in _numbered(long):
            text = translate("this row has more cells than the head of the table; give each column a heading")
            self.add(row, text, "warning", nth)
        for row, nth in _numbered(odd):
            text = translate(
                "this line within a table is no row; where a cell has several lines, write <br> between them"
            )
            self.add(row, text, "warning", nth)

    def add_names(self, addresses: Collection[str]) -> None:
        """Warn of names that stand twice, since links can lead to one place only, and of those that nothing uses.

        addresses: the names, in small letters, of the addresses that Markdown has read.
        """
        if "{" not in self._text and ("[" not in self._text or not _DEFINITION.search(self._text)):
            return
        first: dict[str, re.Match[str]] = {}
        named = list(_NAMED.finditer(self._text))
        for match in named:
            name = f"{match['label'].casefold()}:" if match["label"] else f"#{match['place']}"
            known = first.setdefault(name, match)
            is_note = (match["name"] or "").startswith("^")
            if known is not match and (match["place"] or is_note or known["address"] != match["address"]):
                text = translate("{name} stands twice in this text; give one another name", name=name)
                lost = known if is_note else match
                self.problems.append(Problem("", self._line(lost.start()), text, "warning"))
        for match in self._unused(named, addresses):
            text = translate(
                "nothing in the text uses {name}, so this line is not shown; delete it, or put a backslash before it",
                name=match["label"],
            )
            self.problems.append(Problem("", self._line(match.start("label")), text, "warning"))

    def _unused(self, named: Iterable[re.Match[str]], addresses: Collection[str]) -> Iterator[re.Match[str]]:
        """Yield those of the matches of _NAMED that name an address or an abbreviation which is nowhere else."""
        labels = [match for match in named if match["kind"] or (match["name"] or "").strip().lower() in addresses]
        names = Counter(match["label"].casefold() for match in labels)
        text = " ".join(self._text.split()).casefold() if labels else ""
        for match in labels:
            used = self._text.count(match["name"]) if match["kind"] else text.count(match["label"].casefold())
            if used <= names[match["label"].casefold()]:
                yield match

    def add_visible_marks(self, html: str) -> None:
        """Warn of marks that readers would see, since they are not written as Markdown wants them."""
        text, marks = visible_marks(html, self._text)
        told: set[tuple[int, str]] = set()
        position = 0
        for match in marks:
            unclosed = self._text.lower().rfind(f"</{_NAME.findall(match[0])[0]}") if match["element"] else 0
            found = self._find_shown(text, match, max(position, unclosed))
            if found < 0 or self._is_escaped(found):
                continue
            position = found
            kind, line, mark = match.lastgroup or "", self._line(position), match[0].strip()
            if (line, kind) not in told:
                told.add((line, kind))
                self.problems.append(Problem("", line, advice(kind, mark), "warning", "visible-mark"))

    def _find_shown(self, page: str, match: re.Match[str], start: int) -> int:
        """The position in the file of what a page shows, known by what is beside it; -1 if it is not typed like that.

        Of several the first from `start` on is the one.
        """
        for width in _WIDTHS_OF_CONTEXT:
            before = page[max(0, match.start() - width) : match.start()].rpartition("\n")[2]
            after = page[match.end() : match.end() + width].partition("\n")[0]
            for begin in (start, 0):
                position = self._text.find(f"{before}{match[0]}{after}", begin)
                if position >= 0:
                    return position + len(before)
        return -1

    def _is_escaped(self, position: int) -> bool:
        """Whether there is a bracket with a backslash before a position, in the same line."""
        return "\\[" in self._text[self._text.rfind("\n", 0, position) + 1 : position]

    def add_lost_text(self, typed: str, html: str) -> None:
        """Warn of words that are not on the page, unless another problem of their line says why.

        typed: the text before rows of tables were joined.
        """
        lines = {problem.line for problem in self.problems}
        for lost in find_lost_text(typed, html):
            line = self._first_line + self._markdown.original_line(typed.count("\n", 0, lost.position))
            if line not in lines:
                quote = _shortened(lost.text)
                text = translate("“{text}” is not on the page; look at the marks in this line", text=quote)
                self.problems.append(Problem("", line, text, "warning"))


def _numbered(texts: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield each text, and how many equal ones come before it."""
    seen: Counter[str] = Counter()
    for text in texts:
        yield text, seen[text]
        seen[text] += 1


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MAX_QUOTE else f"{text[:MAX_QUOTE]}…"
