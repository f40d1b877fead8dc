"""Notes for review about what a document holds beside its text, in whatever format it is."""

from __future__ import annotations

from collections.abc import Iterable

from plugins.i18n import translate

LONGEST_QUOTED = 160  # letters of a text in a note
MOST_NOTES = 10  # of one kind


def comment(author: str, text: str) -> str:
    """Return the note about a comment in the margin, which is not in the article."""
    return translate("Comment in the document, by {author}: “{text}”", author=author or "?", text=quoted(text))


def sheet_line(text: str) -> str:
    """Return the note about a text at the top or bottom of every sheet, which is not in the article."""
    return translate("Top or bottom of each sheet of the document, not in the article: “{text}”", text=quoted(text))


def text_box(text: str) -> str:
    """Return the note about a text box, whose text stands behind the paragraph that it is fixed to."""
    return translate("Text box in the document: “{text}”; check that it stands in the right place.", text=quoted(text))


def hidden(text: str) -> list[str]:
    """Return the note about text that the document hides, which is not in the article; none if there is none."""
    return [translate("Hidden text in the document was left out: “{text}”", text=quoted(text))] if text else []


def changes(added: str, cut: str) -> list[str]:
    """Return notes about changes that nobody has accepted yet: the article has what was added, not what was cut."""
    notes = []
    if added:
        notes.append(translate("Tracked change in the document, taken over: “{text}” was added.", text=quoted(added)))
    if cut:
        notes.append(translate("Tracked change in the document, taken over: “{text}” was cut.", text=quoted(cut)))
    return notes


def quoted(text: str) -> str:
    """Return a text as a note quotes it."""
    return text if len(text) <= LONGEST_QUOTED else text[:LONGEST_QUOTED].rsplit(" ", 1)[0] + "…"


def limited(notes: Iterable[str]) -> list[str]:
    """Return the first notes of a kind, and how many more there are."""
    found = list(notes)
    if len(found) > MOST_NOTES:
        found[MOST_NOTES:] = [translate("and {count} more of the kind above", count=len(found) - MOST_NOTES)]
    return found
