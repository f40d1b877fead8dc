"""Which PDFs a build needs, which of them are there already, and the making of the others.

A PDF is an artifact (plugins/artifacts): its key is of the HTML and the files that it is laid out from, of the
Markdown attached to it, and of the code that does it. Whatever an article's page may show is in its fingerprint; only
where that is new is the HTML rendered again. So a build that changes nothing reads no article's body and no header.
What went wrong, and which article wants no PDF, is remembered under the key too.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from plugins import jobs
from plugins.addresses import Addresses
from plugins.artifacts import Artifact, digest
from plugins.i18n import translate
from plugins.languages import Language, apply_language_marks
from plugins.markdown_reader.front_matter import KEYS
from plugins.portal import filters, links
from plugins.portal.editions import frame
from plugins.portal.stories import Story
from plugins.problems import Problem, display_path

from . import print_html
from .glyphs import INSTEAD
from .render import ConformanceError, PdfJob, RenderedPdf, prepare, render

if TYPE_CHECKING:
    from plugins.portal.outputs import BuildContext

PACKAGE_DIR = Path(__file__).resolve().parent
WIDTH = 960  # px of a picture, at most: 150 dpi over the whole column
UNDATED = datetime(2000, 1, 1)  # what a file attached to a page without date is dated
PART = ".pdf"
UNWANTED = "unwanted"  # the key of an article that wants no PDF


class PdfFile(NamedTuple):
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


class PdfExporter:
    """The PDFs of one build; after `prepare()`, `files` holds those that the site gets, by path of their story."""

    def __init__(self, build: BuildContext) -> None:
        self.build, self.settings = build, build.settings
        self.kind = build.artifacts.namespace("pdf", "plugins.pdf.render")
        self.files: dict[str, PdfFile] = {}

    def prepare(self) -> Iterator[Problem]:
        """Make what is missing. What went wrong is told as warnings."""
        fingerprints = self._fingerprints()
        there = self._fresh(self.kind.find_by_fingerprint(fingerprints.values()))
        found = {path: there[mark] for path, mark in fingerprints.items() if mark in there}
        unknown = [story for story in self.build.published if story.path not in found]
        failed: dict[str, Exception] = {}
        if unknown:
            made, failed = self._made(unknown)
            self.kind.link_fingerprints({fingerprints[path]: artifact.key for path, artifact in made.items()})
            found |= made
        for story in self.build.published:
            text = ""
            if story.path in failed:
                text = self._told(_why(failed[story.path]))
            elif story.path in found:
                text = self._told(found[story.path].metadata)
                self._give(story, found[story.path])
            if text:
                yield Problem(display_path(os.path.join(self.settings["PATH"], story.path)), 0, text, "warning")

    def _fingerprints(self) -> dict[str, str]:
        """By path, of everything that a story's PDF may depend on."""
        rendering = self.build.rendering_fingerprint
        shared = {lang: digest(rendering, frame(edition).fingerprint) for lang, edition in self.build.editions.items()}
        shown = self.build.displayed_text
        return {
            story.path: digest(shared[story.lang], story.url, story.row.file_digest, shown(story))
            for story in self.build.published
        }

    def _fresh(self, known: Mapping[str, Artifact]) -> dict[str, Artifact]:
        """Those artifacts that count: with other bounds, what failed is tried again."""
        bounds = self._bounds
        return {name: artifact for name, artifact in known.items() if artifact.metadata.get("bounds", bounds) == bounds}

    def _give(self, story: Story, artifact: Artifact) -> None:
        if "size" in artifact.metadata:
            address, size = Addresses.companion(story.url, story.slug, ".pdf"), artifact.metadata["size"]
            file = self.files[story.path] = PdfFile(
                address, artifact.key, self.kind.file_path(artifact.key, PART), size, story.edition.language
            )
            story.extra_key_parts += (f"pdf {file.size_text}",)

    # --- making ---

    def _made(self, stories: Sequence[Story]) -> tuple[dict[str, Artifact], dict[str, Exception]]:
        """By path, artifacts of stories, made where they are not there yet; and what the next build is to try again."""
        found, keys, failed = {}, {}, {}
        by_path = {story.path: story for story in stories}
        self.build.state.commit()  # forked workers read through connections of their own
        self.kind.prepare()
        work = lambda path: self._key(by_path[path])  # noqa: E731
        for path, key in jobs.run_forked(work, list(by_path), translate("PDF"), self.settings.get("JOBS")):
            keys[path] = jobs.unwrap(key)
        there = self._fresh(self.kind.find_by_key(keys.values()))
        missing = []
        for path, key in keys.items():
            if key == UNWANTED:
                found[path] = self.kind.store(UNWANTED, [], {})
            elif key in there:
                found[path] = there[key]
            else:
                missing.append(by_path[path])
        for path, result in self._render(missing):
            if isinstance(result, Artifact):
                found[path] = result
            else:
                failed[path] = result
        return found, failed

    def _key(self, story: Story) -> str:
        wanted = getattr(story, "pdf", True) and story.content_kind.pdf
        return self._key_of(self._sheet(story)) if wanted else UNWANTED

    def _key_of(self, sheet: PdfJob) -> str:
        """Of all that a sheet says, with the files that it names."""
        files = [part for name, path in sheet.files.items() for part in (name, Path(path).read_bytes())]
        return self.kind.key(sheet.html, sheet.address, sheet.name, sheet.source, sheet.moment.isoformat(), *files)

    def _render(self, missing: Sequence[Story]) -> Iterator[tuple[str, Artifact | Exception]]:
        """Path, and the artifact or what went wrong and is to be tried again."""
        sheets = _Lazy(missing, self._targeted)
        work = jobs.run(
            render, sheets, translate("PDF"), self.settings.get("JOBS"),
            limits=self._limits, scheduler=self.settings.get("SCHEDULER"), prepare=partial(prepare, self.kind.folder),
        )  # fmt: skip
        for sheet, result in work:
            key, path = Path(sheet.target).stem, sheets.paths[sheet.target]
            if isinstance(result, RenderedPdf):
                yield path, self.kind.store(key, [PART], {"size": result.size, "strange": result.strange})
            elif isinstance(result, jobs.WorkerLostError | OSError):
                yield path, result
            else:
                yield path, self.kind.store(key, [], {**_why(result), "bounds": self._bounds})

    def _targeted(self, story: Story) -> PdfJob:
        """A story's sheet, bound for the artifact that it makes, of what the story says now."""
        sheet = self._sheet(story)
        return sheet._replace(target=str(self.kind.file_path(self._key_of(sheet), PART)))

    @cached_property
    def _template(self) -> Any:
        return self.build.templates.from_string((PACKAGE_DIR / "document.html").read_text(encoding="utf-8"))

    @cached_property
    def _internal(self) -> list[str]:
        """The keys of headers that are about the work, not about the article."""
        own = (key for feature in self.build.features for key in feature.keys)
        return sorted({name for key in (*KEYS, *own) if key.internal for name in (key.name, *key.synonyms)})

    @cached_property
    def _limits(self) -> jobs.Limits:
        return jobs.Limits(self.settings["PDF_EXPORT_SECONDS"], self.settings["PDF_EXPORT_MEMORY"] << 20)

    @property
    def _bounds(self) -> list[int]:
        return [self.settings["PDF_EXPORT_SECONDS"], self.settings["PDF_EXPORT_MEMORY"]]

    @property
    def _emblem(self) -> Path:
        return Path(self.settings["THEME"]) / "static" / "emblem.svg"

    def _sheet(self, story: Story) -> PdfJob:
        site = self.settings["SITEURL"]
        pictures = self.build.pictures

        def file_of(path: str) -> str:
            picture = pictures.by_path[path]
            width = max((w for w in picture.widths if w <= WIDTH), default=picture.widths[0])
            return str(pictures.variant_file(picture, width, "jpg"))

        body, files, listed = print_html.prepare_for_print(
            links.resolve_links(story.body, self.build.links), site, file_of
        )
        if self._emblem.exists():
            files["portal:emblem"] = str(self._emblem.resolve())
        moment = story.date if story.content_kind.listed else getattr(story, "modified", None)
        values = {
            **{name: getattr(story.edition.language.words, name) for name in ("gettext", "ngettext")},
            "story": story, "body": body, "links": listed, "moment": moment,
            "agency": story.edition.agency,
            "category": story.category.name if story.content_kind.listed else "",
            "address": site + filters.path(story.url) if site else "",
        }  # fmt: skip
        html = apply_language_marks(self._template.render(values))
        source = (Path(self.settings["PATH"]) / story.path).read_text(encoding="utf-8-sig", errors="replace")
        return PdfJob(
            html, files, values["address"], f"{story.slug}.md", print_html.source_for_readers(source, self._internal),
            moment or UNDATED, "",
        )  # fmt: skip

    def _told(self, facts: Mapping[str, Any]) -> str:
        """What an editor should know of a PDF, or "" where all is well."""
        seconds, memory = self._bounds
        match facts:
            case {"failed": "time"}:
                text = translate(
                    "has no PDF: it takes more than {seconds} seconds; divide the article or its tables",
                    seconds=seconds,
                )
            case {"failed": "memory"}:
                text = translate(
                    "has no PDF: it takes more than {memory} MB of memory; divide the article or its tables",
                    memory=memory,
                )
            case {"failed": reason}:
                text = translate("has no PDF: {reason}", reason=reason)
            case {"strange": letters} if letters:
                text = translate(
                    "the PDF shows {box} in place of {letters}, which its typefaces lack", box=INSTEAD, letters=letters
                )
            case _:
                text = ""
        return text


def _why(error: Exception) -> dict[str, str]:
    """What went wrong, as facts to be remembered."""
    if isinstance(error, jobs.ItemTimeoutError):
        return {"failed": "time"}
    if isinstance(error, MemoryError | jobs.WorkerLostError):
        return {"failed": "memory"}
    return {
        "failed": str(error) if isinstance(error, ConformanceError | OSError) else f"{type(error).__name__}: {error}"
    }


class _Lazy:
    """A sequence of sheets, each made when it is asked for: ten thousand at once would fill the memory.

    paths: of their stories, by target.
    """

    def __init__(self, stories: Sequence[Story], make: Any) -> None:
        self.stories, self.make = stories, make
        self.paths: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self.stories)

    def __getitem__(self, index: int) -> PdfJob:
        sheet = self.make(self.stories[index])
        self.paths[sheet.target] = self.stories[index].path
        return sheet
