"""Stage: the pictures of the articles, small, in two formats, and nothing personal left in them.

The reader leaves `<img src="{picture}path" alt="…">` in a body; this stage puts a `<picture>` with
its sizes there, offers the same to templates as `picture(path, sizes)`, and makes the files, in
parallel: artifacts, whose keys are of their bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from markupsafe import Markup
from pelican import signals
from pelican.utils import slugify

from plugins import jobs
from plugins.addresses import PICTURES
from plugins.artifacts import Namespace, digest
from plugins.i18n import translate
from plugins.problems import Problem, display_path

from .variants import Picture, PictureError, variant_suffix

_MARK = re.compile(r'<img src="\{picture\}([^"]*)" alt="([^"]*)"(?: class="([^"]*)")?>')
BODY_SIZES = "(min-width: 42em) 39em, 100vw"


class Pictures:
    """The pictures of one build.

    content: the content folder. kind: the artifacts that their variants are. jobs, scheduler: see plugins/jobs.
    """

    def __init__(self, content: Path, kind: Namespace, jobs: int | None = None, scheduler: str | None = None) -> None:
        self.content_folder, self.namespace, self.jobs, self.scheduler = content, kind, jobs, scheduler
        self.by_path: dict[str, Picture] = {}

    def prepare(self, used: Iterable[str]) -> Iterator[Problem]:
        """Inspect every picture in `used` (paths relative to content) and make its variants."""
        paths, stamps = sorted(set(used)), {}
        for path in paths:
            try:
                stat = (self.content_folder / path).stat()
            except OSError:
                yield self._problem(path, PictureError(translate("does not exist")))
            else:  # the code counts too: it may look at pictures otherwise
                seen = f"{self.content_folder / path} {stat.st_mtime_ns} {stat.st_size}"
                stamps[path] = digest(self.namespace.cache.code_digest(self.namespace.module), seen)
        there = self.namespace.find_by_fingerprint(stamps.values())
        unknown = []
        for path, stamp in stamps.items():
            if stamp in there:
                self.by_path[path] = _picture(path, there[stamp].key, there[stamp].metadata)
            else:
                unknown.append(path)
        if unknown:
            yield from self._make(unknown, stamps)

    def _make(self, paths: list[str], stamps: Mapping[str, str]) -> Iterator[Problem]:
        """Inspect some pictures and make what there is not yet. stamps: fingerprints by path."""
        from .encoding import inspect

        tasks: dict[str, VariantsTask] = {}
        for path in paths:
            try:
                found = inspect(self.content_folder / path)
            except PictureError as error:
                yield self._problem(path, error)
                continue
            facts = {"digest": found.digest, "width": found.width, "height": found.height}
            picture = self.by_path[path] = _picture(path, self.namespace.key(found.content_digest), facts)
            targets = {
                variant: self.namespace.file_path(picture.key, variant_suffix(*variant)) for variant in picture.variants
            }
            tasks[path] = VariantsTask(picture, facts, self.content_folder / path, found.content_digest, targets)
        there = self.namespace.find_by_key(task.picture.key for task in tasks.values())
        todo = {task.picture.key: task for task in tasks.values() if task.picture.key not in there}
        made = jobs.run(_made, list(todo.values()), translate("Pictures"), self.jobs, scheduler=self.scheduler)
        for task, result in made:
            if isinstance(result, PictureError):
                yield self._problem(task.picture.path, result)
            else:
                jobs.unwrap(result)
                parts = [variant_suffix(*variant) for variant in task.picture.variants]
                there[task.picture.key] = self.namespace.store(task.picture.key, parts, task.facts)
        self.namespace.link_fingerprints(
            {stamps[path]: task.picture.key for path, task in tasks.items() if task.picture.key in there}
        )

    def fingerprints(self, paths: Iterable[str]) -> list[str]:
        """What the markup of pictures is made of, besides their place on a page."""
        return [f"{p.path} {p.digest} {p.width} {p.height}" for p in map(self.by_path.__getitem__, paths)]

    def _problem(self, path: str, error: Exception) -> Problem:
        return Problem(display_path(self.content_folder / path), 0, str(error))

    def html(self, path: str, alt: str = "", sizes: str = "100vw", lazy: bool = True) -> Markup:
        """The `<picture>` of one picture. sizes: as in HTML (https://html.spec.whatwg.org/#sizes-attributes)."""
        picture = self.by_path[path]
        loading = ' loading="lazy" decoding="async"' if lazy else ' fetchpriority="high"'
        offered = ", ".join(f"/{PICTURES}{picture.variant_name(w, 'avif')} {w}w" for w in picture.widths)
        # browsers from before AVIF are few: one JPEG for a phone's column is enough for them
        plain = f"/{PICTURES}{picture.variant_name(picture.widths[min(1, len(picture.widths) - 1)], 'jpg')}"
        return Markup(
            f'<picture><source type="image/avif" srcset="{offered}" sizes="{sizes}">'
            f'<img src="{plain}" width="{picture.width}" height="{picture.height}" alt="{escape(alt)}"{loading}></picture>'
        )

    def insert_pictures(self, body: str, for_plugin: bool = False) -> str:
        """A body with its marks replaced; the first picture is loaded at once.

        for_plugin: a picture with a class is left to the plugin that the class is for, pelican-image-process.
        """
        first = True

        def one(mark: re.Match[str]) -> str:
            nonlocal first
            if for_plugin and mark[3]:
                return f'<img class="{mark[3]}" src="/{quote(unescape(mark[1]))}" alt="{mark[2]}">'
            lazy, first = not first, False
            return str(self.html(unescape(mark[1]), unescape(mark[2]), BODY_SIZES, lazy))

        return _MARK.sub(one, body)

    def variant_file(self, picture: Picture, width: int, ending: str) -> Path:
        """The file of one variant."""
        return self.namespace.file_path(picture.key, variant_suffix(width, ending))

    def published_files(self) -> Iterator[tuple[str, Path]]:
        """Address (without leading slash) and file of every variant that the site needs."""
        for picture in self.by_path.values():
            for width, ending in picture.variants:
                yield PICTURES + picture.variant_name(width, ending), self.variant_file(picture, width, ending)


class VariantsTask(NamedTuple):
    """A picture whose variants are to be made. See `making.make`."""

    picture: Picture
    facts: dict[str, Any]
    source: Path
    content: str
    targets: Mapping[tuple[int, str], Path]


def _made(task: VariantsTask) -> None:
    from .encoding import make_variants

    make_variants(task.source, task.content, task.targets)


def _picture(path: str, key: str, facts: Mapping[str, Any]) -> Picture:
    return Picture(path, _stem(path), facts["digest"], facts["width"], facts["height"], key)


@cache
def _stem(path: str) -> str:
    """A picture's name in letters that need no encoding in an address or in a srcset."""
    plain = slugify(Path(path).stem, regex_subs=[(r"[^\w\s-]", ""), (r"[-_\s]+", "-")])
    return plain.strip("-")[:80] or "anh"


def _prepare(news: Any) -> None:
    """Everything has been read: find the pictures and make them."""
    settings = news.settings
    kind = news.context["artifacts"].namespace("pictures", "plugins.pictures.encoding")
    pictures = Pictures(Path(settings["PATH"]), kind, settings.get("JOBS"), settings.get("SCHEDULER"))
    news.context["problems"] += pictures.prepare(path for story in news.published for path in story.picture_paths)
    news.context["pictures"] = pictures
    news.env.globals["picture"] = pictures.html


def _ask(generator: Any, writer: Any) -> None:
    """Every variant is a file of the site; its name tells what is in it."""
    for address, file in generator.context["pictures"].files():
        writer.add_output(address, file.name, file.read_bytes)


def register() -> None:
    """Pelican's hooks."""
    signals.article_generator_finalized.connect(_prepare)
    signals.article_writer_finalized.connect(_ask)
