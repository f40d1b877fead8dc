"""What the set-up and the command line say, in the language of whoever gives commands.

Vietnamese, unless PORTAL_LANG names another language, as for everything that commands print (plugins/i18n). What the
system is set to does not count: Windows has no LANG, cron and systemd have C, and many servers in Viet Nam are
installed in English. This module reads `LANG.po` beside it by itself, because it is needed before Babel is there.
"""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path

_ENTRY = re.compile(r'^msgid ((?:".*"\s*)+)^msgstr ((?:".*"\s*)+)', re.MULTILINE)


def translate(message: str, **values: object) -> str:
    """Translate a message, and fill in its {placeholders}. Without a translation it stays English."""
    text = _catalogue(os.environ.get("PORTAL_LANG", "vi")).get(message, message)
    return text.format(**values) if values else text


@cache
def _catalogue(lang: str) -> dict[str, str]:
    """Return the translations by message."""
    path = Path(__file__).with_name(f"{os.path.basename(lang)}.po")
    entries = _ENTRY.findall(path.read_text("utf-8")) if path.exists() else []
    # the first entry, without a message, is about the catalogue
    return {_unquoted(message): _unquoted(translation) for message, translation in entries[1:]}


def _unquoted(lines: str) -> str:
    return "".join(map(json.loads, lines.strip().splitlines()))
