"""Decides which PDFs a build needs, finds those that are cached, and renders the others.

A PDF is an artifact (plugins/artifacts). Its key is the digest of its HTML, of the files that are laid out with it, of
the Markdown attached to it, and of the code that renders it. Its fingerprint covers everything that the article's page
may show; only where the fingerprint is new is the HTML rendered again. So a build without changes reads no article's
body and no header. A failure, or that an article is to have no PDF, is stored under the key too.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from environment.system import remedy_for_pdfs
from plugins import jobs, look
from plugins.addresses import Addresses
from plugins.artifacts import Artifact, digest
from plugins.i18n import translate
from plugins.languages import Language, apply_language_marks
from plugins.look.emblem import PRINT, Emblem, emblem
from plugins.markdown_reader.front_matter import KEYS
from plugins.markdown_reader.placeholders import fill
from plugins.portal import links
from plugins.portal.frame import frame
from plugins.portal.kinds import PAGE
from plugins.portal.placeholder_values import placeholder_values
from plugins.portal.stories import Story
from plugins.problems import Problem, display_path

from .faces import Face, find_faces, missing_face_problem
from .headline import balanced_width
from .notices import Notice
from .print_html import prepare_for_print, strip_editorial_notes
from .render import ConformanceError, PdfJob, RenderedPdf, prepare, render

if TYPE_CHECKING:
    from jinja2 import Template

    from plugins.portal.outputs import BuildContext

PACKAGE_DIR = Path(__file__).resolve().parent
MAX_PICTURE_WIDTH = 960  # px: 150 dpi over the whole column
# What has the accent in pdf.css
ACCENT_STYLES = """@page { @top-left { color: %(accent)s } } .masthead, .body blockquote { border-color: %(accent)s }
.kick { color: %(accent)s } """
DEFAULT_DATE = datetime(2000, 1, 1)  # of the attachment of a page without date
SUFFIX = ".pdf"
UNWANTED = "unwanted"  # the key of an article that is to have no PDF


class PdfFile(NamedTuple):
    """A PDF of the published site.

    Attributes:
        address: Its address, without leading slash.
        key: Its key as an artifact.
        path: Its file in the cache.
        size: Its size in bytes.
        language: The language of its article.
    """

    address: str
    key: str
    path: Path
    size: int
    language: Language

    @property
    def size_text(self) -> str:
        """The size for readers: "84 KB", or "1,2 MB" in Vietnamese."""
        return self.language.size(self.size)


class PdfExporter:
    """The PDFs of one build.

    Attributes:
        files: The PDFs to publish, by path of their story; complete after `export`.
    """

    def __init__(self, build: BuildContext) -> None:
        self.build, self.settings = build, build.settings
        self.artifacts = build.artifacts.namespace("pdf", "plugins.pdf.render")
        self.files: dict[str, PdfFile] = {}

    def export(self) -> Iterator[Problem]:
        """Render the PDFs that are missing. Yields warnings for what is not as it should be."""
        yield from (missing_face_problem(name, self.settings) for name in self._found_faces[1])
        fingerprints = self._fingerprints()
        cached = self._valid(self.artifacts.find_by_fingerprint(fingerprints.values()))
        found = {path: cached[fingerprint] for path, fingerprint in fingerprints.items() if fingerprint in cached}
        unknown = [story for story in self.build.published if story.path not in found]
        failed: dict[str, Exception] = {}
        self._missing_libraries = ""  # why none can be rendered on this machine, and what to do
        if unknown:
            added, failed = self._find_or_render(unknown)
            self.artifacts.link_fingerprints({fingerprints[path]: artifact.key for path, artifact in added.items()})
            found |= added
        for story in self.build.published:
            metadata: Mapping[str, Any] = _failure(failed[story.path]) if story.path in failed else {}
            if story.path in found:
                metadata = found[story.path].metadata
                self._add_file(story, found[story.path])
            yield from self._problems(story, metadata)
        if self._missing_libraries:
            text = translate("new PDFs cannot be made on this machine: {reason}", reason=self._missing_libraries)
            yield Problem("PDF", 0, text, "warning")

    def job(self, story: Story) -> PdfJob:
        """Everything that a story's PDF is made from; its target is still empty."""
        addresses = self.build.addresses
        text = links.resolve_links(story.body, self.build.links, addresses)
        for feature in self.build.features:
            text = feature.body_html(story, text)
        body = prepare_for_print(text, addresses.origin, self._picture_file)
        files: dict[str, str | bytes] = {**body.files, **self._emblem_file}
        date = story.date if story.content_kind.listed else getattr(story, "modified", None)
        url = addresses.absolute(story.url) if addresses.origin else ""
        variables = {
            "gettext": story.edition.language.words.gettext,
            "ngettext": story.edition.language.words.ngettext,
            "story": story,
            "styles": self._look_styles + "".join(feature.read_text("pdf.css") for feature in self.build.features),
            "headline_width": balanced_width(story.view.title),
            "body": body.html,
            "links": body.web_links,
            "date": date,
            "agency": story.edition.agency,
            "category": story.category.name if story.content_kind.listed else "",
            "address": url,
            "document": self._template,
        }
        own = story.content_kind.pdf_template
        template = self.build.templates.get_template(f"{own}.html") if own else self._template
        html = apply_language_marks(template.render(variables))
        markdown = (Path(self.settings["PATH"]) / story.path).read_text(encoding="utf-8-sig", errors="replace")
        source = strip_editorial_notes(markdown, self._internal_keys)
        if story.kind == PAGE.name:
            source, _ = fill(source, placeholder_values(self.settings, self.build.features, story.lang), 1)
        name, languages = f"{story.slug}.md", tuple(self.settings.get("PDF_SCRIPTS", ()))
        return PdfJob(html, files, url, name, source, date or DEFAULT_DATE, "", self._faces, languages)

    def _fingerprints(self) -> dict[str, str]:
        """By path: the digest of everything that a story's PDF may depend on."""
        rendering = self.build.rendering_fingerprint
        rendering = digest(rendering, *map(_state_of_file, self._face_files), _state_of_file(str(self._emblem.file)))
        shared = {lang: digest(rendering, frame(edition).fingerprint) for lang, edition in self.build.editions.items()}
        displayed_text = self.build.displayed_text
        return {
            story.path: digest(shared[story.lang], story.url, story.row.file_digest, displayed_text(story))
            for story in self.build.published
        }

    def _valid(self, cached: Mapping[str, Artifact]) -> dict[str, Artifact]:
        """Leave out failures under other limits, so that they are tried again."""
        limits = self._limits_metadata
        return {
            name: artifact for name, artifact in cached.items() if artifact.metadata.get("limits", limits) == limits
        }

    def _add_file(self, story: Story, artifact: Artifact) -> None:
        if "size" in artifact.metadata:
            address, size = Addresses.companion(story.url, story.slug, ".pdf"), artifact.metadata["size"]
            path = self.artifacts.file_path(artifact.key, SUFFIX)
            file = PdfFile(address, artifact.key, path, size, story.edition.language)
            self.files[story.path] = file
            story.extra_key_parts += (f"pdf {file.size_text}",)

    # --- rendering ---

    def _find_or_render(self, stories: Sequence[Story]) -> tuple[dict[str, Artifact], dict[str, Exception]]:
        """Find or render the artifacts of stories.

        Returns:
            The artifacts by path of the story, and the errors after which the next build is to try again.
        """
        found: dict[str, Artifact] = {}
        failed: dict[str, Exception] = {}
        missing = []
        keys = self._keys(stories)
        cached = self._valid(self.artifacts.find_by_key(keys.values()))
        for story in stories:
            key = keys[story.path]
            if key == UNWANTED:
                found[story.path] = self.artifacts.store(UNWANTED, [], {})
            elif key in cached:
                found[story.path] = cached[key]
            else:
                missing.append(story)
        self._missing_libraries = remedy_for_pdfs() if missing and not self.settings.get("SCHEDULER") else ""
        for path, result in self._render([] if self._missing_libraries else missing):
            if isinstance(result, Artifact):
                found[path] = result
            else:
                failed[path] = result
        return found, failed

    def _keys(self, stories: Sequence[Story]) -> dict[str, str]:
        """The keys of stories by path, computed in forked processes."""
        by_path = {story.path: story for story in stories}
        self.build.state.commit()  # forked workers read through connections of their own
        self.artifacts.prepare_for_fork()

        def story_key(path: str) -> str:
            story = by_path[path]
            is_wanted = getattr(story, "pdf", True) and story.content_kind.pdf
            return self._key(self.job(story)) if is_wanted else UNWANTED

        keys = jobs.run_forked(story_key, list(by_path), translate("PDF"), self.settings.get("JOBS"))
        return {path: jobs.unwrap(key) for path, key in keys}

    def _key(self, job: PdfJob) -> str:
        """The digest of a job and of the files that it names."""
        contents = [file if isinstance(file, bytes) else Path(file).read_bytes() for file in job.files.values()]
        data = (job.html, job.url, job.source_name, job.source, job.date.isoformat())
        return self.artifacts.key(*data, *self._face_digests, *job.files, *contents)

    def _render(self, stories: Sequence[Story]) -> Iterator[tuple[str, Artifact | Exception]]:
        """Yield the path of each story, and its artifact or the error after which to try again next time."""
        pdf_jobs = _LazyJobs(stories, self._targeted_job)
        results = jobs.run(
            render,
            pdf_jobs,
            translate("PDF"),
            self.settings.get("JOBS"),
            limits=self._limits,
            scheduler=self.settings.get("SCHEDULER"),
            prepare=partial(prepare, self.artifacts.folder, self._faces),
        )
        for job, result in results:
            key, path = Path(job.target).stem, pdf_jobs.paths[job.target]
            if isinstance(result, RenderedPdf):
                metadata = {"size": result.size, "notices": result.notices}
                yield path, self.artifacts.store(key, [SUFFIX], metadata)
            elif isinstance(result, jobs.WorkerLostError | OSError):
                yield path, result
            else:
                yield path, self.artifacts.store(key, [], {**_failure(result), "limits": self._limits_metadata})

    def _targeted_job(self, story: Story) -> PdfJob:
        """A story's job with its artifact's file as target. The key is computed anew, from the story as it is now."""
        job = self.job(story)
        return job._replace(target=str(self.artifacts.file_path(self._key(job), SUFFIX)))

    def _picture_file(self, path: str) -> str:
        """The JPEG to print of a picture of the content folder."""
        pictures = self.build.pictures
        picture = pictures.by_path[path]
        width = max((width for width in picture.widths if width <= MAX_PICTURE_WIDTH), default=picture.widths[0])
        return str(pictures.variant_file(picture, width, "jpg"))

    @cached_property
    def _template(self) -> Template:
        return self.build.templates.from_string((PACKAGE_DIR / "document.html").read_text(encoding="utf-8"))

    @cached_property
    def _found_faces(self) -> tuple[list[Face], list[str]]:
        return find_faces(self.settings.get("PDF_SCRIPTS", ()))

    @property
    def _faces(self) -> tuple[Face, ...]:
        """The typefaces of the system that the owner wants to be used."""
        return tuple(self._found_faces[0])

    @property
    def _face_files(self) -> list[str]:
        return [file for face in self._faces for file in face.files]

    @cached_property
    def _face_digests(self) -> list[str]:
        return [digest(file, Path(file).read_bytes()) for file in self._face_files]

    @cached_property
    def _internal_keys(self) -> list[str]:
        """All spellings of the keys of front matter that concern the editorial work, not the article."""
        feature_keys = (key for feature in self.build.features for key in feature.keys)
        return sorted({name for key in (*KEYS, *feature_keys) if key.internal for name in key.spellings})

    @cached_property
    def _limits(self) -> jobs.Limits:
        return jobs.Limits(self.settings["PDF_EXPORT_SECONDS"], self.settings["PDF_EXPORT_MEMORY"] << 20)

    @property
    def _limits_metadata(self) -> list[int]:
        return [self.settings["PDF_EXPORT_SECONDS"], self.settings["PDF_EXPORT_MEMORY"]]

    @cached_property
    def _look_styles(self) -> str:
        """The styles of the owner's accent; "" for that of the theme, which pdf.css has."""
        return ACCENT_STYLES % {"accent": look.accent(self.settings, "high")} if self.settings.get("ACCENT") else ""

    @cached_property
    def _emblem(self) -> Emblem:
        return emblem(self.settings)

    @cached_property
    def _emblem_file(self) -> dict[str, str | bytes]:
        """The emblem by the address that documents use for it; the owner's as a drawing."""
        if self._emblem.is_own:
            return {"portal:emblem": self._emblem.png(PRINT)()}
        return {"portal:emblem": str(self._emblem.file.resolve())} if self._emblem.file.exists() else {}

    def _problems(self, story: Story, metadata: Mapping[str, Any]) -> Iterator[Problem]:
        """What an editor should know about a PDF."""
        path = os.path.join(self.settings["PATH"], story.path)
        if "failed" in metadata:
            yield Problem(display_path(path), 0, self._failure_message(metadata["failed"]), "warning")
        if notices := metadata.get("notices"):
            markdown = Path(path).read_text(encoding="utf-8-sig", errors="replace")
            for notice in (Notice(*fields) for fields in notices):
                yield Problem(display_path(path), notice.line(markdown), notice.message(), "warning")

    def _failure_message(self, reason: str) -> str:
        seconds, memory = self._limits_metadata
        if reason == "time":
            return translate(
                "has no PDF: it takes more than {seconds} seconds; divide the article or its tables", seconds=seconds
            )
        if reason == "memory":
            return translate(
                "has no PDF: it takes more than {memory} MB of memory; divide the article or its tables", memory=memory
            )
        return translate("has no PDF: {reason}", reason=reason)


def _state_of_file(path: str) -> str:
    status = os.stat(path)
    return f"{path} {status.st_size} {status.st_mtime_ns}"


def _failure(error: Exception) -> dict[str, str]:
    """The metadata to store for an error."""
    if isinstance(error, jobs.ItemTimeoutError):
        return {"failed": "time"}
    if isinstance(error, MemoryError | jobs.WorkerLostError):
        return {"failed": "memory"}
    if isinstance(error, ConformanceError | OSError):
        return {"failed": str(error)}
    return {"failed": f"{type(error).__name__}: {error}"}


class _LazyJobs:
    """A sequence that creates each job when it is asked for: ten thousand at once would fill the memory.

    Attributes:
        paths: The path of the story of each job created so far, by the job's target.
    """

    def __init__(self, stories: Sequence[Story], create_job: Callable[[Story], PdfJob]) -> None:
        self.stories, self.create_job = stories, create_job
        self.paths: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self.stories)

    def __getitem__(self, index: int) -> PdfJob:
        job = self.create_job(self.stories[index])
        self.paths[job.target] = self.stories[index].path
        return job
