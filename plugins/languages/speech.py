"""How each language is read aloud, for plugins/read_aloud."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Speech:
    """How a language is read aloud.

    Attributes:
        voice: the settings of a voice that comes with the program, see plugins/read_aloud/voices.py.
        date: spoken before the date; this and the following are not on the page.
        author: spoken before the author.
        picture: spoken before the description of a picture.
        table: spoken before a table.
        rules: the module of plugins/read_aloud that writes numbers, dates and abbreviations as words; "" where the
            voice does this itself.
    """

    voice: Mapping[str, Any] = field(default_factory=dict)
    date: str = ""
    author: str = ""
    picture: str = ""
    table: str = ""
    rules: str = ""


SPEECH = {
    "vi": Speech(
        {"engine": "espeak", "voice": "vi", "speed": 140}, "Ngày ", "Tác giả: ", "Ảnh: ", "Bảng: ", rules="vietnamese"
    ),
    "en": Speech({"engine": "espeak", "voice": "en", "speed": 140}, "", "By ", "Picture: ", "Table: "),
}
VOICES = {code: speech.voice for code, speech in SPEECH.items()}
