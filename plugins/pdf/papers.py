"""Which PDFs a build needs, which of them are there already, and the making of the others.

A PDF is kept in the cache as KEY.SIZE.pdf, KEY being the hash of all that goes into it. So one look at the names
in that folder tells all that a build must know where nothing has changed: no article's body, no header and no
PDF is read. What went wrong, and which article wants no PDF, is remembered beside its key.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from plugins import jobs
from plugins.checks import Problem, short
from plugins.i18n import say
from plugins.incremental.fingerprints import of_bytes
from plugins.languages import Language, settled
from plugins.portal import filters, links
from plugins.portal.stories import Story, digest

from . import bodies
from .letters import INSTEAD
from .render import Made, Sheet, Unfit, prepare, render

ROOM = Path(__file__).resolve().parent
LIBRARIES = ("weasyprint", "pydyf", "tinyhtml5", "tinycss2", "cssselect2", "pyphen", "fonttools", "pillow", "segno")
SETTINGS = ("SITEURL", "AGENCY", "CATEGORIES", "ARTICLE_URL", "PAGE_URL", "TIMEZONE")
WORDS = ("Author", "Links in this text", "On the web", "Page", "Published", "Responsible for content", "Source", "Updated")
WIDTH = 960  # px of a picture, at most: 150 dpi over the whole column
UNDATED = datetime(2000, 1, 1)  # what a file attached to a page without date is dated
KEPT = 7 * 86400  # seconds that a PDF nobody needs now is kept: another branch, another output folder may


class File(NamedTuple):
    """A PDF of the site. address: without leading slash; size: bytes."""

    address: str
    key: str
    path: Path
    size: int
    language: Language

    @property
    def size_text(self) -> str:
        """84 KB; 1,2 MB in Vietnamese."""
        return self.language.size(self.size)


class Papers:
    """The PDFs of one build; after `prepare()`, `files` holds those that the site gets."""

    def __init__(self, news: Any) -> None:
        self.news, self.settings, self.context = news, news.settings, news.context
        self.folder = Path(self.settings["CACHE_PATH"]) / "pdf"
        self.files: list[File] = []

    def prepare(self) -> Iterator[Problem]:
        """Make what is missing, and give each story its `pdf_file`. What went wrong is told as warnings."""
        self.folder.mkdir(parents=True, exist_ok=True)
        made = self._made()
        known: dict[str, str] = self.context["state"].remembered("pdf")
        stories: list[tuple[Story, str]] = [(story, self._key(story)) for story in self.news.published]
        bounds = f" {self._limits.seconds} {self._limits.memory} "  # with others, what failed is tried again
        notes: dict[str, tuple[str, bool, str]] = {}  # path -> key, whether there is a PDF, what is told ("": nothing)
        missing: list[tuple[Story, str]] = []
        for story, key in stories:
            if known.get(story.path, "").startswith(key + bounds):
                there, text = json.loads(known[story.path].removeprefix(key + bounds))
                if not there or key in made:
                    notes[story.path] = key, there, text
                    continue
            if key not in made:
                missing.append((story, key))
        passing = {}  # told once, not remembered: the next build tries again
        for story, key, result in self._render(missing):
            if isinstance(result, Made):
                made[key] = result.size
                if result.strange:
                    text = say("the PDF shows {box} in place of {letters}, which its typefaces lack", box=INSTEAD, letters=result.strange)
                    notes[story.path] = key, True, text
            elif isinstance(result, jobs.WorkerLostError | OSError):
                passing[story.path] = self._failed(result)
            else:
                notes[story.path] = key, False, result if isinstance(result, str) else self._failed(result)
        new = {path: key + bounds + json.dumps(about) for path, (key, *about) in notes.items()}
        self.context["state"].remember("pdf", {p: v for p, v in new.items() if known.get(p) != v}, known.keys() - new.keys())
        for path, text in [*passing.items(), *((path, text) for path, (*_, text) in notes.items())]:
            if text:
                yield Problem(short(os.path.join(self.settings["PATH"], path)), 0, text, "warning")
        for story, key in stories:
            if key in made:
                self._give(story, key, made[key])
        if missing:
            self._tidy({key for _, key in stories})

    def _give(self, story: Story, key: str, size: int) -> None:
        address = self.context["addresses"].beside(story.url, story.slug, ".pdf")
        story.pdf_file = File(address, key, self.folder / f"{key}.{size}.pdf", size, story.edition.language)
        story.facts += (f"pdf {story.pdf_file.size_text}",)
        self.files.append(story.pdf_file)

    def _made(self) -> dict[str, int]:
        """Key and size of what is in the cache."""
        names = (name.split(".") for name in os.listdir(self.folder) if name.endswith(".pdf"))
        return {name[0]: int(name[1]) for name in names if len(name) == 3}

    def _tidy(self, needed: set[str]) -> None:
        """Remove what has not been needed for long."""
        with os.scandir(self.folder) as entries:
            for entry in entries:
                unneeded = entry.name.endswith(".pdf") and entry.name.partition(".")[0] not in needed
                if unneeded and time.time() - entry.stat().st_mtime > KEPT:
                    os.unlink(entry.path)

    # --- keys ---

    @cached_property
    def _shared(self) -> dict[str, str]:
        """By language, the hash of what all PDFs are made from besides their article."""
        own = [path for path in sorted(ROOM.rglob("*")) if path.suffix in (".py", ".css", ".ttf") or path.name == "document.html"]
        emblem = self._emblem
        parts = [of_bytes(path.read_bytes()) for path in [*own, *([emblem] if emblem.exists() else [])]]
        parts += [f"{name} {version(name)}" for name in LIBRARIES]
        parts += [repr(self.settings[name]) for name in SETTINGS]
        words = {lang: map(edition.language.words.gettext, WORDS) for lang, edition in self.context["editions"].items()}
        return {lang: digest(*parts, *words[lang]) for lang in words}

    @property
    def _emblem(self) -> Path:
        return Path(self.settings["THEME"]) / "static" / "emblem.svg"

    def _key(self, story: Story) -> str:
        pictures = self.context["pictures"].known
        addresses = self.news.addresses
        shown = [pictures[path].digest for path in story.picture_paths]
        linked = [addresses.get(path, "") for path in story.link_paths]
        return digest(self._shared[story.lang], story.full, story.line.written, story.url, *shown, *linked)

    # --- making ---

    @cached_property
    def _template(self) -> Any:
        return self.news.env.from_string((ROOM / "document.html").read_text(encoding="utf-8"))

    @cached_property
    def _limits(self) -> jobs.Limits:
        return jobs.Limits(self.settings["PDF_EXPORT_SECONDS"], self.settings["PDF_EXPORT_MEMORY"] << 20)

    def _render(self, missing: list[tuple[Story, str]]) -> Iterator[tuple[Story, str, Any]]:
        """Story, key, and Made or what went wrong; "" where the article wants no PDF."""
        wanted = []
        for story, key in missing:
            if getattr(story, "pdf", True):
                wanted.append((story, key))
            else:
                yield story, key, ""
        by_key = {key: story for story, key in wanted}
        sheets = _Lazy(wanted, self._sheet)
        work = jobs.run(
            render, sheets, say("PDF"), self.settings.get("JOBS"),
            limits=self._limits, scheduler=self.settings.get("SCHEDULER"), prepare=partial(prepare, self.folder),
        )  # fmt: skip
        for sheet, result in work:
            key = Path(sheet.target).name.partition(".")[0]
            yield by_key[key], key, result

    def _sheet(self, story: Story, key: str) -> Sheet:
        site = self.settings["SITEURL"]
        pictures = self.context["pictures"]

        def file_of(path: str) -> str:
            picture = pictures.known[path]
            width = max((w for w in picture.widths if w <= WIDTH), default=picture.widths[0])
            return str(pictures.cache / picture.name(width, "jpg"))

        body, files, listed = bodies.for_paper(links.resolve(story.body, self.news.addresses), site, file_of)
        if self._emblem.exists():
            files["portal:emblem"] = str(self._emblem.resolve())
        moment = story.date if story.kind != "page" else getattr(story, "modified", None)
        values = {
            **{name: getattr(story.edition.language.words, name) for name in ("gettext", "ngettext")},
            "story": story, "body": body, "links": listed, "moment": moment,
            "agency": story.edition.agency,
            "category": story.category.name if story.kind != "page" else "",
            "address": site + filters.path(story.url) if site else "",
        }  # fmt: skip
        html = settled(self._template.render(values))
        source = (Path(self.settings["PATH"]) / story.path).read_text(encoding="utf-8-sig", errors="replace")
        return Sheet(
            html, files, values["address"], f"{story.slug}.md", bodies.source_for_readers(source),
            moment or UNDATED, str(self.folder / f"{key}.{{size}}.pdf"),
        )  # fmt: skip

    def _failed(self, error: Exception) -> str:
        seconds, memory = self.settings["PDF_EXPORT_SECONDS"], self.settings["PDF_EXPORT_MEMORY"]
        if isinstance(error, jobs.ItemTimeoutError):
            return say("has no PDF: it takes more than {seconds} seconds; divide the article or its tables", seconds=seconds)
        if isinstance(error, MemoryError | jobs.WorkerLostError):
            return say("has no PDF: it takes more than {memory} MB of memory; divide the article or its tables", memory=memory)
        reason = str(error) if isinstance(error, Unfit | OSError) else f"{type(error).__name__}: {error}"
        return say("has no PDF: {reason}", reason=reason)


class _Lazy:
    """A sequence of sheets, each made when it is asked for: ten thousand at once would fill the memory."""

    def __init__(self, wanted: list[tuple[Story, str]], make: Any) -> None:
        self.wanted, self.make = wanted, make

    def __len__(self) -> int:
        return len(self.wanted)

    def __getitem__(self, index: int) -> Sheet:
        return self.make(*self.wanted[index])
