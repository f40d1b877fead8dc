"""The portal's own Vietnamese has one spelling, that of state documents: Ủy ban, khóa, hóa, not uỷ, khoá, hoá.

Articles that come from elsewhere keep theirs, and whoever explains both spellings may write both in one line.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from plugins.unicode_text.syllables import as_state_documents
from tests.portals import ROOT

GUIDES = ("huong-dan-bien-tap.md", "van-hanh.md", "cap-nhat.md", "tuan-thu.md")
PATTERNS = ("plugins/**/vi.po", "theme/vi.po", "environment/vi.po", "content/**/*.md", "content/*.t*", "README.vi.md")


def texts() -> list[Path]:
    found = [path for pattern in PATTERNS for path in sorted(ROOT.glob(pattern))]
    return found + [path for name in GUIDES if (path := ROOT / "docs" / name).exists()]


def other_spellings(text: str) -> list[tuple[int, str]]:
    """Return line and word of what is spelled otherwise."""
    return [
        (number, word)
        for number, line in enumerate(unicodedata.normalize("NFC", text).splitlines(), 1)
        for word in re.findall(r"[^\W\d_]+", line)
        if as_state_documents(word) != word and not re.search(rf"\b{as_state_documents(word)}\b", line, re.I)
    ]


@pytest.mark.parametrize(
    ("other", "ours"),
    [
        ("Uỷ ban, khoá, xoá, tuỳ, KHOẺ", "Ủy ban, khóa, xóa, tùy, KHỎE"),
        ("Uy\u0309, hoà", "Ủy, hòa"),
        ("quý, quỹ, hoàn, khuỷu, hoặc, khoẻn", "quý, quỹ, hoàn, khuỷu, hoặc, khoẻn"),
        ("Ủy ban, hóa, chòe", "Ủy ban, hóa, chòe"),
    ],
)
def test_the_tone_of_an_open_syllable_stands_on_its_first_vowel(other: str, ours: str) -> None:
    assert as_state_documents(other) == ours


def test_the_portal_writes_as_state_documents_do() -> None:
    found = {
        str(path.relative_to(ROOT)): words
        for path in texts()
        if (words := other_spellings(text := path.read_text(encoding="utf-8"))) and "\nsource_url:" not in text
    }
    assert len(texts()) > 80
    assert found == {}
