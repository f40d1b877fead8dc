"""Words of the interface: English in the source, other languages in gettext catalogues.

Every room keeps its own catalogue, `vi.po`; those of all rooms and of the theme are read as one
for a language, compiled once and cached. `translations(lang)` serves the pages; `say()` serves
what the commands print, in the editor's language (Vietnamese unless PORTAL_LANG says otherwise).
"""

from __future__ import annotations

import gettext
import hashlib
import io
import os
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE_LANG = "en"
_elsewhere: list[Path] = []  # folders of plugins that stand elsewhere


def add(folders: Iterable[Path]) -> None:
    """Read the catalogues of plugins that do not stand in the project too."""
    new = [folder for folder in dict.fromkeys(folders) if folder.parent != ROOT / "plugins" and folder not in _elsewhere]
    if new:
        _elsewhere.extend(new)
        translations.cache_clear()


def catalogues(lang: str) -> list[Path]:
    """The catalogue files of a language, the theme's first."""
    rooms = [*sorted(ROOT.glob(f"plugins/*/{lang}.po")), *(folder / f"{lang}.po" for folder in _elsewhere)]
    return [p for p in (ROOT / "theme" / f"{lang}.po", *rooms) if p.exists()]


def fingerprint(lang: str) -> str:
    """Of all words of a language."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in catalogues(lang))).hexdigest()


@cache
def translations(lang: str) -> gettext.NullTranslations:
    """All rooms' translations into `lang`; the English source itself where there are none."""
    files = catalogues(lang)
    if not files:
        return gettext.NullTranslations()
    sources = [path.read_bytes() for path in files]
    compiled = ROOT / ".cache" / "i18n" / f"{lang}-{hashlib.sha256(b''.join(sources)).hexdigest()[:16]}.mo"
    if not compiled.exists():
        _compile(lang, sources, compiled)
    with compiled.open("rb") as stream:
        return gettext.GNUTranslations(stream)


def _compile(lang: str, sources: list[bytes], target: Path) -> None:
    from babel.messages.catalog import Catalog  # slow to import, and needed only here
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    merged = Catalog(locale=lang)
    for message in _messages(read_po(io.BytesIO(source), locale=lang) for source in sources):
        merged.add(message.id, message.string, context=message.context)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as stream:
        write_mo(stream, merged)
    os.replace(stream.name, target)


def _messages(parsed) -> Iterator:
    for catalogue in parsed:
        yield from (message for message in catalogue if message.id and message.string)


def editor() -> str:
    """The language in which commands speak to their editor."""
    return os.environ.get("PORTAL_LANG", "vi")


def say(message: str, **values: object) -> str:
    """A message of a command in the editor's language, its {placeholders} filled in."""
    return translations(editor()).gettext(message).format(**values)
