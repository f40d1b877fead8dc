"""Messages and words of the interface: English in the source, other languages in gettext catalogues.

Every package has its own catalogue, `vi.po`; those of all packages and of the theme are merged for a language, compiled
once and cached. A build adds those of features and themes outside of this project with `add_catalogues`, and the words
that the portal's owner has replaced (own_words.py). Pages take
their words from plugins/languages, which handles what a language lacks; `translate` is for what commands print, in the
language of the editors (Vietnamese, unless PORTAL_LANG names another).
"""

from __future__ import annotations

import gettext
import hashlib
import io
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from .own_words import OwnWords, Replacing

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

ROOT = Path(__file__).resolve().parents[2]
SOURCE_LANG = "en"
EDITORS_LANG = "vi"  # of messages, and of the files that editors write, unless they say otherwise
_PO_LINE = re.compile(r"\s*(#.*|(msgctxt|msgid|msgid_plural|msgstr(\[\d+\])?)?\s*\"([^\"\\]|\\.)*\"\s*|)")
_extra_folders: tuple[Path, ...] = ()  # set by add_catalogues()
_own_words: OwnWords = {}  # likewise
_own_words_key = ""
_is_broken = False  # whether one of this project's own catalogues cannot be parsed


def add_catalogues(theme: str | os.PathLike[str], plugins: Iterable[ModuleType], words: OwnWords | None = None) -> None:
    """Read the catalogues of a theme and of loaded plugins too; where several translate a message, the theme's counts.

    Args:
        theme: the folder of the theme.
        plugins: the packages of the plugins, also those of this project.
        words: what the owner says instead.
    """
    global _extra_folders, _own_words, _own_words_key
    _own_words = words or {}
    _own_words_key = repr(_own_words)
    files = (getattr(plugin, "__file__", None) for plugin in plugins)
    packages = (Path(file).resolve().parent for file in files if file and Path(file).name == "__init__.py")
    known = set(_project_folders())
    folders = dict.fromkeys(path for path in (Path(theme).resolve(), *packages) if path not in known)
    _extra_folders = tuple(folders)


def fingerprint(lang: str) -> str:
    """A digest of all catalogues of a language, and of the owner's words."""
    catalogues = [path.read_bytes() for path in catalogue_files(lang)]
    return hashlib.sha256(b"\0".join([_own_words_key.encode(), *catalogues])).hexdigest()


def what_was_added() -> tuple[object, ...]:
    """What `add_catalogues` has added: a cache key for what is made from catalogues."""
    return _extra_folders, _own_words_key


@cache
def _project_folders() -> tuple[Path, ...]:
    return (ROOT / "theme", *sorted(path for path in (ROOT / "plugins").iterdir() if path.is_dir()))


def catalogue_files(lang: str) -> list[Path]:
    """The catalogues of a language. Where several translate a message, the first counts."""
    return [file for folder in (*_extra_folders, *_project_folders()) if (file := folder / f"{lang}.po").exists()]


def is_source(lang: str) -> bool:
    """Whether a language is English, the language of the source, which needs no catalogue (en, en-GB, …)."""
    return lang.partition("-")[0] == SOURCE_LANG


def translations(lang: str) -> gettext.NullTranslations:
    """The merged catalogue of a language, or one that returns the English source where there is none.

    Raises ContentError where a catalogue cannot be parsed.
    """
    return _translations(lang, what_was_added())


@cache
def _translations(lang: str, added: tuple[object, ...]) -> gettext.NullTranslations:
    return in_owners_words(load_translations(lang), lang)


def in_owners_words(catalogue: gettext.NullTranslations, lang: str) -> gettext.NullTranslations:
    """A catalogue as it is after what the owner has replaced in its language."""
    return Replacing(catalogue, _own_words[lang]) if lang in _own_words else catalogue


def load_translations(lang: str) -> gettext.NullTranslations:
    """Like `translations`, but a new object each time, to which a fallback can be added; without the owner's words."""
    data = _compiled(lang)
    return gettext.GNUTranslations(io.BytesIO(data)) if data else gettext.NullTranslations()


def words(codes: Sequence[str]) -> Iterator[str]:
    """Yield all words that the interface may have in a language.

    Args:
        codes: of the language, and of those that supply what it lacks.
    """
    from babel.messages.mofile import read_mo

    for code in codes:
        is_english = is_source(code)
        data = _compiled(EDITORS_LANG if is_english else code)
        for message in read_mo(io.BytesIO(data)) if data else ():
            texts = message.id if is_english else message.string
            yield from (texts,) if isinstance(texts, str) else texts or ()
        yield from _own_words.get(code, {}).values() if code != codes[0] else ()
        if is_english or code == EDITORS_LANG:  # these lack nothing
            return


def _compiled(lang: str) -> bytes:
    """The merged catalogue of a language as a .mo file; empty if there is none."""
    files = catalogue_files(lang)
    if not files:
        return b""
    sources = {path: path.read_bytes() for path in files}
    compiled = ROOT / ".cache" / "i18n" / f"{lang}-{hashlib.sha256(b''.join(sources.values())).hexdigest()[:16]}.mo"
    try:
        data = compiled.read_bytes()
    except OSError:
        data = _compile(lang, sources)
        with suppress(OSError):  # the cache may be somebody else's
            _write(compiled, data)
    return data


def _parse(path: Path, source: bytes, lang: str) -> Catalog:
    """Parse a catalogue. Raises ContentError."""
    from babel.messages.pofile import PoFileError, read_po

    try:
        # Babel accepts a line without its last quotation mark, and drops a letter.
        lines = source.decode().splitlines()
        number = next((number for number, line in enumerate(lines, 1) if not _PO_LINE.fullmatch(line)), 0)
        if not number:
            return read_po(io.BytesIO(source), locale=lang, abort_invalid=True)
        reason = lines[number - 1]
    except (PoFileError, ValueError) as error:
        number, reason = getattr(error, "lineno", -1) + 1, str(error)
    from plugins.problems import ContentError, Problem, display_path

    global _extra_folders, _is_broken
    # The message about this problem must not need the catalogue that cannot be parsed.
    _extra_folders, _is_broken = (), path.parent not in _extra_folders
    raise ContentError([Problem(display_path(path), number, f"gettext: {reason}")])


def _compile(lang: str, sources: dict[Path, bytes]) -> bytes:
    """Merge catalogues into a .mo file. sources: contents of .po files; the first of a message counts."""
    from babel.messages.catalog import Catalog  # slow to import, and needed only here
    from babel.messages.mofile import write_mo

    parsed = [_parse(path, source, lang) for path, source in sources.items()]
    messages: dict[object, Message] = {}
    for message in (message for catalogue in parsed for message in catalogue if message.id and message.string):
        messages.setdefault((message.id, message.context), message)
    merged = Catalog(locale=parsed[0].locale or SOURCE_LANG)
    if parsed[0].locale is None:  # Babel would write no plurals for a language that it does not know
        merged.mime_headers = [("Plural-Forms", parsed[0].plural_forms)]
    for message in messages.values():
        merged.add(message.id, message.string, context=message.context)
    stream = io.BytesIO()
    write_mo(stream, merged)
    return stream.getvalue()


def _write(file: Path, data: bytes) -> None:
    """Write a file that everybody may read, at once."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as stream:
        stream.write(data)
    os.chmod(stream.name, 0o644)
    os.replace(stream.name, file)


def editors_language() -> str:
    """The code of the language in which commands speak to editors."""
    return os.environ.get("PORTAL_LANG", EDITORS_LANG)


def message(text: str) -> str:
    """Return a text as it is: marks it as a message where it stands in a table, and is translated later."""
    return text


def translate(message: str, **values: object) -> str:
    """Translate a message of a command into the editors' language, and fill in its {placeholders}."""
    catalogue = gettext.NullTranslations() if _is_broken else translations(editors_language())
    return catalogue.gettext(message).format(**values)
