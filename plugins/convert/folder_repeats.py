"""What most pages of a folder have alike: lines beside the text are the old portal's, and a shared title is generic.

One page cannot tell a line below an article from the article. A line that stands in an element of its own, or below the
text in one of a class of its own, on half of the pages is taken out of all of them, and entered as chrome; a signature
or a note in the element of the text stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypedDict

from plugins.i18n import translate

from .blocks import Block, comparison_key, letters_of
from .report import AccountRow
from .written_account import plain_text

RULE = "on most pages of the folder"
FEWEST_PAGES = 10  # articles of a folder, so that what they share says anything
MOST_LINES = 8  # beside the text of one page
HALF = 0.5  # share of the articles of a folder
FEWEST_TITLED = 5  # articles of one title
SHARE_TITLED = 0.2  # share of the articles of a folder that have it


class LoggedEdges(TypedDict):
    """What of Edges is kept for later runs. cut: the lines that were taken out."""

    title: str
    lines: list[str]
    cut: list[str]


@dataclass(frozen=True)
class Edges:
    """The title of a page, and the lines beside its text, as digests. cut: those that were taken out."""

    title: str = ""
    lines: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()

    def logged(self) -> LoggedEdges:
        """Return it as the log of a folder has it."""
        return {"title": self.title, "lines": list(self.lines), "cut": list(self.cut)}


def edges_of(title: str, body: Sequence[Block]) -> Edges:
    """Return what of an article other pages may have too."""
    paragraphs = [index for index, block in enumerate(body) if block.is_prose]
    containers = {body[index].container for index in paragraphs}
    classes = {body[index].class_names for index in paragraphs}
    lines = [
        block.text
        for index, block in enumerate(body)
        if block.kind in ("text", "heading", "list") and block.container and not block.is_prose
        if block.container not in containers
        or (bool(paragraphs) and index > paragraphs[-1] and block.class_names not in classes)
    ]
    return Edges(line_digest(title), tuple(dict.fromkeys(map(line_digest, lines)))[:MOST_LINES])


def line_digest(text: str) -> str:
    """Return the digest of a line, by its letters and digits alone."""
    return blake2b(comparison_key(text).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def shared(pages: Sequence[tuple[str, Edges | None]]) -> list[tuple[frozenset[str], int]]:
    """Return for each page the lines to take out, and how many pages have its title if they are too many, else 0.

    Args:
        pages: for each page the name of its folder, and its edges; None for what is no article.
    """
    articles = Counter(folder for folder, edges in pages if edges)
    lines = Counter((folder, line) for folder, edges in pages if edges for line in edges.lines)
    titles = Counter((folder, edges.title) for folder, edges in pages if edges)
    found = []
    for folder, edges in pages:
        if edges is None or articles[folder] < FEWEST_PAGES:
            found.append((frozenset[str](), 0))
            continue
        cut = (line for line in edges.lines if lines[folder, line] >= HALF * articles[folder])
        count = titles[folder, edges.title]
        is_generic = count >= max(FEWEST_TITLED, SHARE_TITLED * articles[folder])
        found.append((frozenset(cut), count if is_generic else 0))
    return found


def without_lines(text: str, lines: frozenset[str], row: AccountRow | None) -> str:
    """Return an article without lines, which go from the article to the chrome in its account.

    Args:
        text: the article, with its header.
        lines: digests of the lines.
        row: the account, changed here.
    """
    header, body = text.split("\n---\n", 1)
    kept, letters = [], 0
    for paragraph in body.split("\n\n"):
        words = plain_text(paragraph)
        if line_digest(words) in lines:
            letters += letters_of(words.lstrip("#* ").strip())
        else:
            kept.append(paragraph)
    if row is not None and letters:
        row["article"] -= letters
        row["chrome"] += letters
        row["rules"] = row["rules"] | {RULE: letters}
    return f"{header}\n---\n" + "\n\n".join(kept).rstrip("\n") + "\n"


def note_on_title(count: int) -> str:
    """Return the note for review about a title that so many pages have; "" for none."""
    if not count:
        return ""
    return translate("Title: {count} pages of this folder have it; write the one of this article.", count=count)
