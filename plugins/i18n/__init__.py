"""Words of the interface: English in the source, other languages in gettext catalogues.

Every room keeps its own catalogue, `vi.po`; those of all rooms and of the theme are read as one for a language,
compiled once and cached. Features and themes that stand elsewhere have theirs too: a build names their folders with
`use()`. What pages say comes from plugins/languages, which knows what stands in for a word that a language lacks;
`say()` serves what the commands print, in the editor's language (Vietnamese unless PORTAL_LANG says otherwise).
"""

from __future__ import annotations

import gettext
import hashlib
import io
import os
import re
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parents[2]
SOURCE_LANG = "en"
_LINE = re.compile(
    r"\s*(#.*|(msgctxt|msgid|msgid_plural|msgstr(\[\d+\])?)?\s*\"([^\"\\]|\\.)*\"\s*|)"
)  # of a catalogue
EDITORS_LANG = "vi"  # of messages and of files that editors write, unless something else is said
_further: tuple[Path, ...] = ()  # see use()
_broken = False  # whether one of our own catalogues cannot be read


def add_catalogues(theme: str | os.PathLike[str], plugins: Iterable[ModuleType]) -> None:
    """Read the catalogues of a theme and of loaded plugins too, wherever they stand; the theme's words count most."""
    global _further
    files = (getattr(plugin, "__file__", None) for plugin in plugins)
    packages = (Path(file).resolve().parent for file in files if file and Path(file).name == "__init__.py")
    own = set(_own())
    _further = tuple(dict.fromkeys(path for path in (Path(theme).resolve(), *packages) if path not in own))


def fingerprint(lang: str) -> str:
    """Of all words of a language."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in catalogue_files(lang))).hexdigest()


def extra_folders() -> tuple[Path, ...]:
    """The folders that `use()` has named: what was made of catalogues holds as long as they are the same."""
    return _further


@cache
def _own() -> tuple[Path, ...]:
    return (ROOT / "theme", *sorted(path for path in (ROOT / "plugins").iterdir() if path.is_dir()))


def catalogue_files(lang: str) -> list[Path]:
    """The catalogue files of a language: where two translate one message, the first counts."""
    return [file for folder in (*_further, *_own()) if (file := folder / f"{lang}.po").exists()]


def is_source(lang: str) -> bool:
    """Whether a language is that of the source, which needs no catalogue: en, en-GB, …"""
    return lang.partition("-")[0] == SOURCE_LANG


def translations(lang: str) -> gettext.NullTranslations:
    """All rooms' translations into `lang`; the English source itself where there are none."""
    return _translations(lang, _further)


@cache
def _translations(lang: str, further: tuple[Path, ...]) -> gettext.NullTranslations:
    return load_translations(lang)


def load_translations(lang: str) -> gettext.NullTranslations:
    """As `translations`, an object of its own that may be given a fallback."""
    files = catalogue_files(lang)
    if not files:
        return gettext.NullTranslations()
    sources = {path: path.read_bytes() for path in files}
    compiled = ROOT / ".cache" / "i18n" / f"{lang}-{hashlib.sha256(b''.join(sources.values())).hexdigest()[:16]}.mo"
    if not compiled.exists():
        _compile(lang, sources, compiled)
    with compiled.open("rb") as stream:
        return gettext.GNUTranslations(stream)


def _parsed(path: Path, source: bytes, lang: str) -> Catalog:
    from babel.messages.pofile import PoFileError, read_po

    try:
        # Babel takes a line without its last quotation mark, and cuts a letter off
        wrong = next((n for n, line in enumerate(source.decode().splitlines(), 1) if not _LINE.fullmatch(line)), 0)
        if not wrong:
            return read_po(io.BytesIO(source), locale=lang, abort_invalid=True)
        reason = source.decode().splitlines()[wrong - 1]
    except (PoFileError, ValueError) as error:
        wrong, reason = getattr(error, "lineno", -1) + 1, str(error)
    from plugins.problems import ContentError, Problem, display_path

    global _further, _broken
    _further, _broken = (), path.parent not in _further  # what is said of it is said in words that can be read
    raise ContentError([Problem(display_path(path), wrong, f"gettext: {reason}")])


def _compile(lang: str, sources: dict[Path, bytes], target: Path) -> None:
    from babel.messages.catalog import Catalog  # slow to import, and needed only here
    from babel.messages.mofile import write_mo

    parsed = [_parsed(path, source, lang) for path, source in sources.items()]
    messages: dict[Any, Any] = {}
    for message in (message for catalogue in parsed for message in catalogue if message.id and message.string):
        messages.setdefault((message.id, message.context), message)
    merged = Catalog(locale=parsed[0].locale or SOURCE_LANG)
    if parsed[0].locale is None:  # of a language that Babel does not know it would write no plurals at all
        merged.mime_headers = [("Plural-Forms", parsed[0].plural_forms)]
    for message in messages.values():
        merged.add(message.id, message.string, context=message.context)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as stream:
        write_mo(stream, merged)
    os.replace(stream.name, target)


def editors_language() -> str:
    """The language in which commands speak to their editor."""
    return os.environ.get("PORTAL_LANG", EDITORS_LANG)


def translate(message: str, **values: object) -> str:
    """A message of a command in the editor's language, its {placeholders} filled in."""
    found = gettext.NullTranslations() if _broken else translations(editors_language())
    return found.gettext(message).format(**values)
