"""Stage: an editor's Markdown file to safe HTML and checked metadata.

Pelican's reader for `.md`. The header is checked strictly (front_matter.py), the body converted
and sanitised (html.py, accessible.py). Everything wrong with a file is told at once, as a
ContentError with one line a problem.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any, ClassVar

from pelican import signals
from pelican.readers import BaseReader

from plugins import languages
from plugins.i18n import translate
from plugins.problems import ContentError, Problem

from . import front_matter, header_values, html

_DRAFT = re.compile(r"^status:\s*draft\s*$", re.M | re.I)  # in a header that cannot be read


class MarkdownReader(BaseReader):
    """Pelican's interface to this stage."""

    file_extensions: ClassVar = ["md"]

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """The safe HTML and the metadata of a file; raises ContentError."""
        content = os.path.abspath(self.settings["PATH"])
        relative = os.path.relpath(source_path, content).replace(os.sep, "/")
        kind = "page" if any(relative.startswith(folder + "/") for folder in self.settings["PAGE_PATHS"]) else "article"
        try:
            body, header = read(source_path, content, front_matter.HeaderKeys(kind), languages.codes(self.settings))
        except ContentError as error:
            raise ContentError((problem.in_file(source_path) for problem in error.problems), error.draft) from None
        header["pictures"] = body.pictures
        header["notes"] = [problem.in_file(source_path) for problem in header["notes"]]
        return body.html, header


def read(
    source: str, content_folder: str, keys: front_matter.HeaderKeys, langs: Sequence[str]
) -> tuple[html.Body, dict[str, Any]]:
    """Read one file as plain data: its body and its metadata. Raises ContentError (without path).

    keys: that its header may have. langs: the portal's languages, the default one first. `x.en.md` is in English
    without saying so.
    """
    text = _decode(source)
    try:
        document = front_matter.split_document(text)
    except ContentError as error:
        raise ContentError(error.problems, draft=bool(_DRAFT.search(text))) from None
    problems: list[Problem] = []
    header: dict[str, Any] = {}
    try:
        header = front_matter.check_fields(document.fields, keys)
    except ContentError as error:
        problems += error.problems
    stem, lang = _stem_and_lang(source, langs)
    header.setdefault("lang", lang)
    header.setdefault("status", "published")
    header.setdefault("slug", header_values.slug_of(stem))
    if not header_values.is_slug(header["slug"]):
        problems.append(Problem("", 1, translate("the file's name makes no address; add a line slug: … to the header")))
    body = html.convert(document.body, source, content_folder, header["lang"], document.body_line, langs[0])
    body.file_digest = blake2b(text.encode(), digest_size=8).hexdigest()
    problems += body.problems
    if "cover" in header:
        cover = html.resolve_path(header["cover"], source, content_folder)
        if cover is None:
            line = document.fields["cover"].line
            problems.append(
                Problem("", line, translate("the picture {picture} does not exist", picture=header["cover"]))
            )
        elif "cover_alt" not in header and cover not in [shown.path for shown in body.pictures]:
            line = document.fields["cover"].line
            problems.append(
                Problem("", line, translate("cover_alt is missing: say what {picture} shows", picture=header["cover"]))
            )
        header["cover"] = cover
    if any(problem.level == "error" for problem in problems):
        status = document.fields.get("status")
        raise ContentError(problems, draft=status is not None and status.value == "draft")
    notes = [Problem("", document.fields["review"].line, note, "review") for note in header.get("review", ())]
    header["notes"] = problems + notes
    return body, header


def _decode(source: str) -> str:
    try:
        with open(source, "rb") as stream:
            raw = stream.read()
    except OSError as error:  # a link to nowhere, a file of somebody else's
        message = translate("the file cannot be opened: {reason}", reason=error.strerror)
        raise ContentError([Problem("", 0, message)]) from None
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = translate("the file is not in UTF-8; save it again with the encoding UTF-8")
        raise ContentError([Problem("", line, message)]) from None


def _stem_and_lang(source: str, langs: Sequence[str]) -> tuple[str, str]:
    """The file's name without `.md` and language, and the language."""
    name = os.path.basename(source).removesuffix(".md")
    stem, _, lang = name.rpartition(".")
    return (stem, lang) if stem and lang in langs else (name, langs[0])


def _add_reader(readers) -> None:
    # Pelican's readers of HTML and reStructuredText would take their files unchecked
    readers.reader_classes = {"static": BaseReader, "md": MarkdownReader}


def register() -> None:
    """Pelican's hook."""
    signals.readers_init.connect(_add_reader)
