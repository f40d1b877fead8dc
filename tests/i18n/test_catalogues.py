"""Every word of the interface and of the commands is there in Vietnamese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from plugins.i18n import catalogues, say, translations
from tests import portals

ROOMS = [portals.ROOT / "theme", *sorted(path.parent for path in (portals.ROOT / "plugins").glob("*/__init__.py"))]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "say": None}
PLACEHOLDER = re.compile(r"\{[^{}]*\}|%\(\w+\)[sd]|%[sd]")


def used(room: Path) -> set[str]:
    """The English messages of a room's templates and code; a plural counts with its singular."""
    found: set[str] = set()
    for path in sorted([*room.rglob("*.html"), *room.rglob("*.py")]):
        template = path.suffix == ".html"
        options = {"extensions": "jinja2.ext.i18n", "trim_blocks": "true", "silent": "false"} if template else {}
        with path.open("rb") as stream:
            for _, message, _, _ in extract("jinja2" if template else "python", stream, KEYWORDS, (), options):
                found.add(message[0] if isinstance(message, tuple) else message)
    return found


def told(room: Path) -> dict[str, list[str]]:
    """A room's own catalogue: English -> its Vietnamese forms."""
    path = room / "vi.po"
    if not path.exists():
        return {}
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale="vi")
    found = {}
    for message in catalogue:
        if message.id:
            english = message.id[0] if isinstance(message.id, tuple) else message.id
            found[english] = list(message.string) if isinstance(message.string, tuple) else [message.string]
    return found


def test_messages_are_found_at_all() -> None:
    assert {"Skip to main content", "%(count)s article."} <= used(portals.ROOT / "theme")
    assert "is empty" in used(portals.ROOT / "plugins/markdown_reader")


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_message_is_translated(room: Path) -> None:
    known = {english: forms for other in ROOMS for english, forms in told(other).items()}
    assert {message for message in used(room) if not all(known.get(message, [""]))} == set()


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_no_translation_is_left_over(room: Path) -> None:
    assert set(told(room)) - used(room) == set()


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_translations_keep_the_places_for_values(room: Path) -> None:
    for english, forms in told(room).items():
        for vietnamese in forms:
            assert sorted(PLACEHOLDER.findall(vietnamese)) == sorted(PLACEHOLDER.findall(english)), english


def test_one_message_has_one_translation() -> None:
    seen: dict[str, list[str]] = {}
    for room in ROOMS:
        for english, forms in told(room).items():
            assert seen.setdefault(english, forms) == forms, english


def test_no_translation_is_marked_as_uncertain() -> None:
    assert not [path for path in catalogues("vi") if "#, fuzzy" in path.read_text(encoding="utf-8")]


def test_all_rooms_catalogues_are_read_as_one() -> None:
    gettext = translations("vi").gettext
    assert gettext("Skip to main content") == "Tới nội dung chính"
    assert gettext("Increase contrast") == "Tăng tương phản"
    assert gettext("no such words") == "no such words"
    assert translations("vi").ngettext("%(count)s article.", "%(count)s articles.", 5) == "%(count)s bài viết."


def test_english_needs_no_catalogue() -> None:
    assert translations("en").gettext("Skip to main content") == "Skip to main content"
    assert translations("en").ngettext("%(count)s article.", "%(count)s articles.", 2) == "%(count)s articles."


def test_commands_speak_the_language_of_the_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORTAL_LANG", raising=False)
    assert say("unknown key {key}; {hint}", key="a", hint="b") == "khoá lạ a; b"
    monkeypatch.setenv("PORTAL_LANG", "en")
    assert say("unknown key {key}; {hint}", key="a", hint="b") == "unknown key a; b"
