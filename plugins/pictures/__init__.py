"""Stage: the pictures of the articles, small, in two formats, and nothing personal left in them.

The reader leaves `<img src="{picture}path" alt="…">` in a body; this stage puts a `<picture>` with
its sizes there, offers the same to templates as `picture(path, sizes)`, and makes the files, each
once, in parallel, kept by the hash of what they were made from.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from html import escape, unescape
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pelican import signals

from plugins import jobs
from plugins.checks import Problem, short
from plugins.i18n import say

from .variants import FORMATS, Picture, PictureError, inspect, make, missing

FOLDER = "anh/"
_MARK = re.compile(r'<img src="\{picture\}([^"]*)" alt="([^"]*)">')
BODY_SIZES = "(min-width: 42em) 39em, 100vw"


class Pictures:
    """The pictures of one build.

    content: the content folder. cache: where variants are kept between builds.
    """

    def __init__(self, content: Path, cache: Path, jobs: int | None = None) -> None:
        self.content, self.cache, self.jobs = content, cache, jobs
        self.known: dict[str, Picture] = {}

    def prepare(self, used: Iterable[str]) -> Iterator[Problem]:
        """Inspect every picture in `used` (paths relative to content) and make its variants."""
        self.cache.mkdir(parents=True, exist_ok=True)
        for path in sorted(set(used)):
            try:
                self.known[path] = inspect(self.content / path, path)
            except PictureError as error:
                yield self._problem(path, error)
        tasks = [(self.content / p.path, p, self.cache) for p in self.known.values() if missing(p, self.cache)]
        for (_, picture, _), result in jobs.run(_make, tasks, say("Pictures"), self.jobs):
            if isinstance(result, PictureError):
                yield self._problem(picture.path, result)
            elif isinstance(result, Exception):
                raise result

    def _problem(self, path: str, error: Exception) -> Problem:
        return Problem(short(self.content / path), 0, str(error))

    def html(self, path: str, alt: str = "", sizes: str = "100vw", lazy: bool = True) -> Markup:
        """The `<picture>` of one picture. sizes: as in HTML (https://html.spec.whatwg.org/#sizes-attributes)."""
        picture = self.known[path]
        loading = ' loading="lazy" decoding="async"' if lazy else ' fetchpriority="high"'
        sets = {e: ", ".join(f"/{FOLDER}{picture.name(w, e)} {w}w" for w in picture.widths) for e in FORMATS}
        plain = f"/{FOLDER}{picture.name(picture.widths[min(1, len(picture.widths) - 1)], 'jpg')}"
        return Markup(
            f'<picture><source type="image/avif" srcset="{sets["avif"]}" sizes="{sizes}">'
            f'<img src="{plain}" srcset="{sets["jpg"]}" sizes="{sizes}" width="{picture.width}" '
            f'height="{picture.height}" alt="{escape(alt)}"{loading}></picture>'
        )

    def fill(self, body: str) -> str:
        """A body with its marks replaced; the first picture is loaded at once."""
        first = True

        def one(mark: re.Match[str]) -> str:
            nonlocal first
            lazy, first = not first, False
            return str(self.html(unescape(mark[1]), unescape(mark[2]), BODY_SIZES, lazy))

        return _MARK.sub(one, body)

    def files(self) -> Iterator[tuple[str, Path]]:
        """Address (without leading slash) and file of every variant that the site needs."""
        for picture in self.known.values():
            for width in picture.widths:
                for ending in FORMATS:
                    name = picture.name(width, ending)
                    yield FOLDER + name, self.cache / name


def _make(task: tuple[Path, Picture, Path]) -> None:
    make(*task)


def _prepare(generators: list[Any]) -> None:
    """Pelican has read everything: find the pictures, make them, put them into the bodies."""
    contents = [content for generator in generators for content in getattr(generator, "published", ())]
    settings = generators[0].settings
    pictures = Pictures(Path(settings["PATH"]), Path(settings["CACHE_PATH"]) / "pictures", settings.get("JOBS"))
    used = [shown.path for content in contents for shown in (*content.pictures, content.cover) if shown]
    context = generators[0].context
    problems = list(pictures.prepare(used))
    context["problems"] += problems
    context["pictures"] = pictures
    if problems:
        return  # the build ends here
    for content in contents:
        content._content = pictures.fill(content._content)
    for generator in generators:
        generator.env.globals["picture"] = pictures.html


def _write(portal: Any) -> None:
    for address, file in portal.context["pictures"].files():
        target = Path(portal.output_path) / address
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)


def register() -> None:
    """Pelican's hooks."""
    signals.all_generators_finalized.connect(_prepare)
    signals.finalized.connect(_write)
