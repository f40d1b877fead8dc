"""Stage: the pictures of the articles, small, in two formats, and nothing personal left in them.

The reader leaves `<img src="{picture}path" alt="…">` in a body; this stage puts a `<picture>` with
its sizes there, offers the same to templates as `picture(path, sizes)`, and makes the files, each
once, in parallel, kept by the hash of what they were made from.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup
from pelican import signals

from plugins import jobs
from plugins.addresses import PICTURES
from plugins.checks import Problem, short
from plugins.i18n import say

from .variants import FORMATS, RECIPE, Picture, PictureError, missing

_MARK = re.compile(r'<img src="\{picture\}([^"]*)" alt="([^"]*)"(?: class="([^"]*)")?>')
BODY_SIZES = "(min-width: 42em) 39em, 100vw"


class Pictures:
    """The pictures of one build.

    content: the content folder. cache: where variants are kept between builds. jobs, scheduler: see plugins/jobs.
    """

    def __init__(self, content: Path, cache: Path, jobs: int | None = None, scheduler: str | None = None) -> None:
        self.content, self.cache, self.jobs, self.scheduler = content, cache, jobs, scheduler
        self.known: dict[str, Picture] = {}

    def prepare(self, used: Iterable[str]) -> Iterator[Problem]:
        """Inspect every picture in `used` (paths relative to content) and make its variants."""
        self.cache.mkdir(parents=True, exist_ok=True)
        index = _Index(self.cache / "inspected.json")
        for path in sorted(set(used)):
            try:
                self.known[path] = index.picture(self.content / path, path)
            except PictureError as error:
                yield self._problem(path, error)
        index.save()
        tasks = [(self.content / p.path, p, self.cache) for p in self.known.values() if missing(p, self.cache)]
        for (_, picture, _), result in jobs.run(_make, tasks, say("Pictures"), self.jobs, scheduler=self.scheduler):
            if isinstance(result, PictureError):
                yield self._problem(picture.path, result)
            elif isinstance(result, Exception):
                raise result

    def fingerprints(self, paths: Iterable[str]) -> list[str]:
        """What the markup of pictures is made of, besides their place on a page."""
        return [f"{p.path} {p.digest} {p.width} {p.height}" for p in map(self.known.__getitem__, paths)]

    def _problem(self, path: str, error: Exception) -> Problem:
        return Problem(short(self.content / path), 0, str(error))

    def html(self, path: str, alt: str = "", sizes: str = "100vw", lazy: bool = True) -> Markup:
        """The `<picture>` of one picture. sizes: as in HTML (https://html.spec.whatwg.org/#sizes-attributes)."""
        picture = self.known[path]
        loading = ' loading="lazy" decoding="async"' if lazy else ' fetchpriority="high"'
        offered = ", ".join(f"/{PICTURES}{picture.name(w, 'avif')} {w}w" for w in picture.widths)
        # browsers from before AVIF are few: one JPEG for a phone's column is enough for them
        plain = f"/{PICTURES}{picture.name(picture.widths[min(1, len(picture.widths) - 1)], 'jpg')}"
        return Markup(
            f'<picture><source type="image/avif" srcset="{offered}" sizes="{sizes}">'
            f'<img src="{plain}" width="{picture.width}" height="{picture.height}" alt="{escape(alt)}"{loading}></picture>'
        )

    def fill(self, body: str, for_plugin: bool = False) -> str:
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

    def files(self) -> Iterator[tuple[str, Path]]:
        """Address (without leading slash) and file of every variant that the site needs."""
        for picture in self.known.values():
            for width in picture.widths:
                for ending in FORMATS:
                    name = picture.name(width, ending)
                    yield PICTURES + name, self.cache / name


class _Index:
    """What was found in pictures, by path and stamp, so that an unchanged one need not be opened again."""

    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            self.known: dict[str, list] = json.loads(file.read_text(encoding="utf-8"))[RECIPE]
        except (OSError, ValueError, KeyError, TypeError):
            self.known = {}
        self.used: dict[str, list] = {}

    def picture(self, source: Path, path: str) -> Picture:
        """Inspect a picture, or remember it. Raises PictureError."""
        try:
            stat = source.stat()
        except OSError:
            raise PictureError(say("does not exist")) from None
        stamp, key = f"{stat.st_mtime_ns} {stat.st_size}", str(source)
        found = self.known.get(key)
        if not found or found[0] != stamp:
            from .making import inspect

            picture = inspect(source, path)
            found = [stamp, picture.digest, picture.width, picture.height]
        self.used[key] = found
        return Picture(path, *found[1:])

    def save(self) -> None:
        """Keep what this build has used, and what others have."""
        if any(self.known.get(key) != found for key, found in self.used.items()):
            new = self.file.with_suffix(f".{os.getpid()}")  # another portal may be built with the same cache
            new.write_text(json.dumps({RECIPE: self.known | self.used}), encoding="utf-8")
            os.replace(new, self.file)


def _make(task: tuple[Path, Picture, Path]) -> None:
    from .making import make

    make(*task)


def _prepare(news: Any) -> None:
    """Everything has been read: find the pictures and make them."""
    settings = news.settings
    cache = Path(settings["CACHE_PATH"]) / "pictures"
    pictures = Pictures(Path(settings["PATH"]), cache, settings.get("JOBS"), settings.get("SCHEDULER"))
    news.context["problems"] += pictures.prepare(path for story in news.published for path in story.picture_paths)
    news.context["pictures"] = pictures
    news.env.globals["picture"] = pictures.html


def _ask(generator: Any, writer: Any) -> None:
    """Every variant is a file of the site; its name tells what is in it."""
    for address, file in generator.context["pictures"].files():
        writer.ask(address, address, file.read_bytes)


def register() -> None:
    """Pelican's hooks."""
    signals.article_generator_finalized.connect(_prepare)
    signals.article_writer_finalized.connect(_ask)
