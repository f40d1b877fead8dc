"""Reads an editor's Markdown file: a checked header and a safe HTML body.

This stage takes the place of Pelican's reader for `.md` files. front_matter.py checks the header; html.py and
accessible.py convert the body and sanitize it. All problems of a file are reported together, as one ContentError.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, ClassVar

from pelican import signals
from pelican.readers import BaseReader, Readers

from plugins import languages
from plugins.features.hooks import Kind
from plugins.i18n import translate
from plugins.problems import ContentError, Problem
from plugins.problems.files import MEGABYTE, UnreadableError, read_bytes

from . import front_matter, header_parser, header_values, html, placeholders
from .content_files import resolve_path, why_no_file
from .references import PictureReference

MAX_SIZE = 5 * MEGABYTE  # of a file; a book of a thousand pages has two
_LETTERS_OF_CODE = 2  # of a language, as in bai.zh.md
_STATUS_LINE = re.compile(r"^(?:status|trạng thái)\s*[:：=]([^\n]*)", re.M | re.I)  # for headers that cannot be parsed


class MarkdownReader(BaseReader):  # type: ignore[misc]  # Pelican has no types
    """The reader that Pelican calls for `.md` files."""

    file_extensions: ClassVar = ["md"]

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return the safe HTML and the metadata of a file. Raises ContentError."""
        content_folder = os.path.abspath(self.settings["PATH"])
        relative = os.path.relpath(source_path, content_folder).replace(os.sep, "/")
        kind = "page" if any(relative.startswith(folder + "/") for folder in self.settings["PAGE_PATHS"]) else "article"
        keys = front_matter.HeaderKeys(kind)
        try:
            body, header = read(source_path, content_folder, keys, languages.codes(self.settings))
        except ContentError as error:
            raise ContentError((problem.in_file(source_path) for problem in error.problems), error.draft) from None
        header["pictures"] = body.pictures
        header["notes"] = [problem.in_file(source_path) for problem in header["notes"]]
        return body.html, header


def read(
    source: str,
    content_folder: str,
    keys: front_matter.HeaderKeys,
    langs: Sequence[str],
    values: Callable[[str], placeholders.PlaceholderValues] | None = None,
    kind: Kind | None = None,
    text: str | None = None,
) -> tuple[html.Body, dict[str, Any]]:
    """Read one file and return its body and its checked header.

    Args:
        source: path of the file. The article in `x.en.md` is in English, unless the header has another `lang`.
        content_folder: absolute path of the content folder.
        keys: the keys that the header may have.
        langs: the portal's languages, the default one first.
        values: what placeholders in a page of this language stand for; None if it can have none.
        kind: its kind of content, if that edits the text or needs none.
        text: what to read in place of the file, as it will be saved.

    Raises:
        ContentError: the file cannot be published. Its problems do not name the file, see `Problem.in_file`.
    """
    text = _decode(source) if text is None else text
    try:
        document = header_parser.split_document(text)
    except ContentError as error:
        status_line = _STATUS_LINE.search(text)
        raise ContentError(error.problems, draft=bool(status_line and header_values.is_draft(status_line[1]))) from None
    problems: list[Problem] = []
    header: dict[str, Any] = {}
    try:
        header = front_matter.check_fields(document.fields, keys)
        keys.complete(header)
    except ContentError as error:
        problems += error.problems
    stem, lang = stem_and_lang(source, langs)
    ending = stem.rpartition(".")[2]
    if ending != stem and len(ending) == _LETTERS_OF_CODE and header_values.is_lang(ending) and ending != "md":
        text = translate(
            "the name ends in .{ending}.md, but the portal has no edition {ending}, so this is read as {lang}; "
            "rename it",
            ending=ending,
            lang=lang,
        )
        problems.append(Problem("", 1, text, "warning"))
    problems += _set_lang(header, lang, langs, keys.field(document.fields, "lang").line)
    header.setdefault("status", "published")
    header.setdefault("slug", header_values.slug_of(stem))
    if not header_values.is_slug(header["slug"]):
        problems.append(Problem("", 1, translate("the file's name makes no address; add a line slug: … to the header")))
    markdown = document.body
    if values:
        markdown, unknown = placeholders.fill(markdown, values(header["lang"]), document.body_line)
        problems += unknown
    edit = {"edit": kind.edit_body} if kind else {}
    body = html.convert(markdown, source, content_folder, header["lang"], document.body_line, langs[0], **edit)
    body.file_digest = blake2b(text.encode(), digest_size=8).hexdigest()
    problems += body.problems
    problems += _resolve_files(header, document.fields, keys, source, content_folder, body)
    if "cover" in header:
        cover = resolve_path(header["cover"], source, content_folder)
        message = _check_cover(header, cover, body.pictures)
        if message:
            problems.append(Problem("", keys.field(document.fields, "cover").line, message))
        header["cover"] = cover
    problems += _problems_of_kind(problems, header, body.html, keys, document.fields)
    if any(problem.level == "error" for problem in problems):
        raise ContentError(problems, draft=header_values.is_draft(keys.field(document.fields, "status").value))
    needs_text = header["status"] == "published" and not (kind and kind.text_optional)
    if needs_text and not html.shows_anything(body.html):
        text = translate("there is nothing below the header; write the text, or set status: draft")
        problems.append(Problem("", 1, text, "warning"))
    review_line = keys.field(document.fields, "review").line
    reviews = [Problem("", review_line, note, "review") for note in header.get("review", ())]
    header["notes"] = problems + reviews
    return body, header


def _set_lang(header: dict[str, Any], usual: str, langs: Sequence[str], line: int) -> list[Problem]:
    """Set the language of a header that has none, and take `vi-VN` for `vi`; a problem if there is no such edition."""
    lang = header.setdefault("lang", usual)
    if lang not in langs:
        header["lang"] = lang.partition("-")[0]
    if header["lang"] in langs:
        return []
    text = translate("lang: the portal has no such edition; it has {known}", known=", ".join(langs))
    return [Problem("", line, text)]


def _resolve_files(
    header: dict[str, Any],
    fields: Mapping[str, header_parser.Field],
    keys: front_matter.HeaderKeys,
    source: str,
    content_folder: str,
    body: html.Body,
) -> Iterator[Problem]:
    """Make the files that keys name paths in the content folder and links of the body. Yields what is wrong."""
    for key in (key for key in keys.by_name.values() if key.is_file and key.name in header):
        named = header[key.name] if key.separators else [header[key.name]]
        paths = {name: resolve_path(name, source, content_folder) for name in named}
        for name in (name for name, path in paths.items() if path is None):
            why = why_no_file(name, source, content_folder)
            text = why or translate("the file {file} does not exist", file=name)
            yield Problem("", keys.field(fields, key.name).line, f"{key.name}: {text}")
        found = list(dict.fromkeys(path for path in paths.values() if path))
        header[key.name] = found if key.separators else "".join(found)
        body.linked_files += [path for path in found if path not in body.linked_files]


def _problems_of_kind(
    known: Sequence[Problem],
    header: Mapping[str, Any],
    body: str,
    keys: front_matter.HeaderKeys,
    fields: Mapping[str, header_parser.Field],
) -> list[Problem]:
    """What the declaration of a kind of content finds wrong, in a file without errors; see `Kind.problems`."""
    if any(problem.level == "error" for problem in known):
        return []
    found = keys.problems(header, body)
    return [Problem("", keys.field(fields, key).line, text, level) for key, text, level in found]


def _check_cover(header: Mapping[str, Any], path: str | None, pictures: Sequence[PictureReference]) -> str:
    """What is wrong with the cover of a header, or ""."""
    if path is None:
        return translate("the picture {picture} does not exist", picture=header["cover"])
    if "cover_alt" not in header and path not in [picture.path for picture in pictures]:
        return translate("cover_alt is missing: say what {picture} shows", picture=header["cover"])
    return ""


_DOCUMENTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"%PDF-")  # how those of offices begin
_ZEROS = bytes(16)  # in no text; a crash may leave them where a file was being written


def _decode(source: str) -> str:
    try:
        raw = read_bytes(source, MAX_SIZE)
    except UnreadableError as error:
        raise ContentError([Problem("", 0, str(error))]) from None
    if raw.startswith(_DOCUMENTS) or _ZEROS in raw:
        raise ContentError([Problem("", 1, _why_no_text(source))])
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = translate("the file is not in UTF-8; save it again with the encoding UTF-8")
        raise ContentError([Problem("", line, message)]) from None


def _why_no_text(source: str) -> str:
    """What is wrong with a file named as an article that is a document of Word, or full of zeros after a crash."""
    from plugins.convert.kinds import kind_of

    if kind_of(Path(source)):
        return translate("a document is no article yet; the task convert makes one of it")
    return translate("this is no text: the file is damaged, or not an article; put back an earlier copy")


def stem_and_lang(source: str, langs: Sequence[str]) -> tuple[str, str]:
    """Return the name of a file without `.md` and language code, and the language. langs: the default one first."""
    name = os.path.basename(source).removesuffix(".md")
    stem, _, lang = name.rpartition(".")
    return (stem, lang) if stem and lang in langs else (name, langs[0])


def _set_readers(readers: Readers) -> None:
    # Pelican's readers of HTML and reStructuredText would publish their files unchecked.
    readers.reader_classes = {"static": BaseReader, "md": MarkdownReader}


def register() -> None:
    """Connect to Pelican's signals."""
    signals.readers_init.connect(_set_readers)
