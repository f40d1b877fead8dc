"""The editors' guide says what the program says: every message that they can see, word for word.

A table whose first column is headed "Máy báo" quotes one message per row, in backticks, as it is in a catalogue,
placeholders included. Other tables and the text may quote anything.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from plugins import public_comments
from plugins.legal_documents.kind import KEYS, VALUES
from plugins.legal_documents.register import AMENDED, ENDED, IN_FORCE, NOT_YET
from plugins.markdown_reader import front_matter, header_parser
from plugins.public_comments import ANSWERED, AWAITED, OPEN, OVERDUE
from tests import front_matter_keys, portals

GUIDE = portals.ROOT / "docs" / "huong-dan-bien-tap.md"
PACKAGES = [
    "abbreviations",
    "boundary_map",
    "problems",
    "public_comments",
    "convert",
    "corrections",
    "drafting",
    "easy_summary",
    "features",
    "incremental",
    "jobs",
    "legal_documents",
    "look",
    "markdown_reader",
    "notices",
    "pdf",
    "pelican_bridge",
    "pictures",
    "portal",
    "preview",
    "proofreading",
    "read_aloud",
    "redirects",
    "search",
]
HEAD = "| Máy báo |"
PLAYER = {
    "Read",
    "Read aloud",
    "%(count)d min",
    "Listen to the file",
    "Player",
    "Play",
    "Pause",
    "Stop reading",
    "Previous sentence",
}
PLAYER |= {
    "Next sentence",
    "Position",
    "Speed",
    "{at}, {left} left",
    "Sentence {at} of {all}",
    "Going on where you stopped",
    "A machine's voice",
}
PLAYER |= {"The article cannot be read aloud now. Please try again later.", "Download the file"}
MAP = {
    "Map of administrative boundaries",
    "unit",
    "Each has its page, with the articles that speak of it.",
    "Whole map",
}
MAP |= {
    "Twice as large",
    "Four times as large",
    "Past the map, to the table",
    "The map as a table",
    "Name",
    "Code",
    "Area (km²)",
}
MAP |= {
    "Area",
    "Population",
    "Articles on it",
    "Borders on",
    "Articles that speak of %(name)s",
    "%(shown)s of %(count)s articles, the newest first",
}
MAP |= {"There is none yet.", "%(name)s and what lies around it", "Boundaries of %(day)s.", "Source: %(source)s"}

MAP |= {"number in the table, where a name has no room", "ward", "commune"}


RECORD = {
    message
    for name in ("legal_documents/record", "public_comments/record", "public_comments/page")
    for message in re.findall(r"""_\(["']([^"']+)["']\)""", (portals.ROOT / f"plugins/{name}.html").read_text("utf-8"))
}
RECORD |= {"Drafts for public comment", OPEN, AWAITED, OVERDUE, ANSWERED}
RECORD |= {value.label for value in VALUES} | {"Documents", "Year of issue", NOT_YET, IN_FORCE, AMENDED, ENDED}


def read_catalogue(package: str) -> dict[str, str]:
    """Return a package's catalogue: by English message, its first Vietnamese form."""
    with (portals.ROOT / "plugins" / package / "vi.po").open("rb") as stream:
        return {_first(message.id): _first(message.string) for message in read_po(stream, locale="vi") if message.id}


def _first(forms: str | tuple[str, ...]) -> str:
    return forms if isinstance(forms, str) else forms[0]


def words_for_readers(package: str) -> set[str]:
    """Return the messages of a package that none of its modules tells an editor, with `translate`."""
    told: set[str] = set()
    for path in (portals.ROOT / "plugins" / package).glob("*.py"):
        with path.open("rb") as stream:
            told |= {str(message) for _, message, _, _ in extract("python", stream, {"translate": (1,)}, (), {})}
    return read_catalogue(package).keys() - told


SEARCH_PAGE = (portals.ROOT / "plugins/search/page.html").read_text("utf-8")
SEARCH = {*re.findall(r"_\('([^']+)'\)", SEARCH_PAGE), "Archive by month", "Search index"}
NOT_FOR_EDITORS = {  # English -> why an editor never sees it
    "Table": "label of a table, for readers",
    "This page has moved:": "on the page at a former address, for readers",
    "Proofreading": "what a line of progress is called",
    "Notes": "label of the footnotes, for readers",
    "Note": "label of a footnote's mark, for readers",
    "Back to the text of note %s": "label of a footnote's way back, for readers",
    "Links in this text": "heading in a PDF, for readers",
    "On the web": "in a PDF, for readers",
    "See the picture larger": "title of a link, for readers",
    "place %s": "label of one of several ways back, for readers",
    **dict.fromkeys(SEARCH & read_catalogue("search").keys(), "word of the search page, for readers"),
    **dict.fromkeys(
        ("In plain words", "Who", "What to do", "Where", "By when"), "word above an article's text, for readers"
    ),
    "nothing": "an empty list on an editors' page, for readers",
    "Whoever clears the site's data in the browser erases all of it.": "on an editors' page, for readers",
    **dict.fromkeys(RECORD, "word of the record of a document, for readers"),
    **dict.fromkeys(words_for_readers("corrections"), "word on a correction, for readers"),
    **dict.fromkeys(words_for_readers("notices"), "word on a notice, for readers"),
    **dict.fromkeys(MAP, "word of the map, for readers"),
    **dict.fromkeys(PLAYER, "word of the player, for readers"),
}


def quoted(head: str) -> list[str]:
    """Return what is in backticks at the beginning of the rows of the guide's tables with this head."""
    messages = []
    for table in re.split(r"\n(?!\|)", GUIDE.read_text(encoding="utf-8")):
        rows = [row for row in table.split("\n") if row.startswith("|")]
        if rows and rows[0].startswith(head):
            messages += [re.match(r"\| `([^`]+)` \|", row) or row for row in rows[2:]]
    assert not [row for row in messages if isinstance(row, str)], "rows that quote nothing"
    return [match[1] for match in messages]


def texts_of_statements(package: Path) -> set[str]:
    """Return what a package says to readers on editors' pages."""
    with (package / "__init__.py").open("rb") as stream:
        return {message for _, message, _, _ in extract("python", stream, {"Statement": (2,)}, (), {})}


@pytest.mark.parametrize("package", PACKAGES)
def test_the_guide_has_every_message(package: str) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    catalogue = read_catalogue(package)
    unseen = {*NOT_FOR_EDITORS, *texts_of_statements(portals.ROOT / "plugins" / package)}
    met = {english: message for english, message in catalogue.items() if english not in unseen}
    assert {english: message for english, message in met.items() if f"`{message}`" not in guide} == {}


def test_every_message_in_the_guide_is_one_of_the_program() -> None:
    messages = {vietnamese for package in PACKAGES for vietnamese in read_catalogue(package).values()}
    tables = quoted(HEAD)
    assert len(tables) > 40
    assert [message for message in tables if message not in messages] == []


def test_no_message_is_twice_in_the_tables() -> None:
    tables = quoted(HEAD)
    assert [message for message in tables if tables.count(message) > 1] == []


def test_exceptions_are_still_messages() -> None:
    assert {english for package in PACKAGES for english in read_catalogue(package)} >= NOT_FOR_EDITORS.keys()


def test_the_guide_has_every_key_of_a_header() -> None:
    assert set(quoted("| Khóa |")) == {
        key.name for key in front_matter_keys.ARTICLE.by_name.values() if not key.machine
    }
    assert set(quoted("| Khóa của văn bản |")) == {"title", *(key.name for key in KEYS)}
    assert set(quoted("| Khóa của dự thảo |")) == {"title", *(key.name for key in public_comments.KEYS)}


def test_examples_of_articles_have_good_headers() -> None:
    examples = re.findall(r"^```markdown\n(---\n.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.M | re.S)
    assert len(examples) >= 2
    for example in examples:
        fields = header_parser.split_document(example).fields
        keys = front_matter_keys.KINDS["document"] if "number" in fields else front_matter_keys.ARTICLE
        assert front_matter.check_fields(fields, keys)
