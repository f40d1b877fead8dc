"""Publishes the pictures of articles: resized, in two formats, and without metadata.

The reader leaves `<img src="{picture}path" alt="…">` in a body. This stage replaces it by a `<picture>` with all sizes,
gives templates the function `picture(path, …)`, and encodes the files in parallel. The encoded files are artifacts,
with keys from the bytes of the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from markupsafe import Markup
from pelican import signals
from pelican.utils import slugify

from plugins import jobs, owner_settings
from plugins.addresses import PICTURES
from plugins.artifacts import Namespace, digest
from plugins.i18n import translate
from plugins.portal import navigation
from plugins.problems import Problem, display_path
from plugins.problems.files import stamp

from .variants import Picture, PictureError, variant_suffix

if TYPE_CHECKING:
    from plugins.incremental.site import Site
    from plugins.portal.generators import NewsGenerator

_PLACEHOLDER = re.compile(r'(<figure>\s*)?<img src="\{picture\}([^"]*)" alt="([^"]*)"(?: class="([^"]*)")?>')
BODY_WIDTH = 39 * 16  # px, of the text column at the ordinary text size
BODY_SIZES = "(min-width: 42em) 39em, 100vw"


class Pictures:
    """The pictures of one build.

    Args:
        content_folder: the folder that picture paths are relative to.
        namespace: the artifacts of encoded pictures.
        jobs: how many processes encode; by default one per core.
        scheduler: address of a Dask cluster that encodes, see plugins/jobs.
        base: the path of the portal on its host, see plugins/addresses.

    Attributes:
        by_path: every picture that `prepare` has found to be usable, by its path.
    """

    def __init__(
        self,
        content_folder: Path,
        namespace: Namespace,
        jobs: int | None = None,
        scheduler: str | None = None,
        base: str = "/",
    ) -> None:
        self.content_folder, self.namespace, self.jobs, self.scheduler = content_folder, namespace, jobs, scheduler
        self.base = base
        self.by_path: dict[str, Picture] = {}
        self._users: Mapping[str, str] = {}  # see `prepare`

    def prepare(self, users: Mapping[str, str]) -> Iterator[Problem]:
        """Inspect pictures, encode the variants that are missing, and yield what is wrong with a picture.

        Args:
            users: the path of a file that shows it, by the path of each picture.

        A picture whose path and stamp have not changed is not opened.
        """
        fingerprints: dict[str, str] = {}
        self._users = users
        for path in sorted(users):
            file = self.content_folder / path
            try:
                parts = str(file), stamp(file.stat())
            except OSError:
                yield self._problem(path, PictureError(translate("does not exist")))
            else:
                # other code may find other facts about a picture
                fingerprints[path] = digest(self.namespace.cache.code_digest(self.namespace.module), *parts)
        cached = self.namespace.find_by_fingerprint(fingerprints.values())
        unknown = []
        for path, fingerprint in fingerprints.items():
            if fingerprint in cached:
                self.by_path[path] = _to_picture(path, cached[fingerprint].key, cached[fingerprint].metadata)
            else:
                unknown.append(path)
        if unknown:
            yield from self._encode(unknown, fingerprints)

    def _encode(self, paths: list[str], fingerprints: Mapping[str, str]) -> Iterator[Problem]:
        """Inspect pictures, and encode the variants of those that have none yet. fingerprints: by path."""
        from .encoding import inspect

        tasks: dict[str, VariantsTask] = {}
        for path in paths:
            try:
                info = inspect(self.content_folder / path)
            except PictureError as error:
                yield self._problem(path, error)
                continue
            metadata = {"digest": info.digest, "width": info.width, "height": info.height}
            picture = self.by_path[path] = _to_picture(path, self.namespace.key(info.content_digest), metadata)
            targets = {
                variant: self.namespace.file_path(picture.key, variant_suffix(*variant)) for variant in picture.variants
            }
            tasks[path] = VariantsTask(picture, metadata, self.content_folder / path, info.content_digest, targets)
        encoded = self.namespace.find_by_key(task.picture.key for task in tasks.values())
        missing = {task.picture.key: task for task in tasks.values() if task.picture.key not in encoded}
        results = jobs.run(
            _run_task, list(missing.values()), translate("Pictures"), self.jobs, scheduler=self.scheduler
        )
        for task, result in results:
            if isinstance(result, PictureError):
                yield self._problem(task.picture.path, result)
            else:
                jobs.unwrap(result)
                parts = [variant_suffix(*variant) for variant in task.picture.variants]
                encoded[task.picture.key] = self.namespace.store(task.picture.key, parts, task.metadata)
        self.namespace.link_fingerprints(
            {fingerprints[path]: task.picture.key for path, task in tasks.items() if task.picture.key in encoded}
        )

    def fingerprints(self, paths: Iterable[str]) -> list[str]:
        """Everything that the HTML of pictures depends on, besides their place on a page: one text for each."""
        return [f"{p.path} {p.digest} {p.width} {p.height}" for p in map(self.by_path.__getitem__, paths)]

    def _problem(self, path: str, error: Exception) -> Problem:
        user = display_path(self.content_folder / self._users[path])
        text = translate("{reason} ({article} shows it)", reason=str(error), article=user)
        return Problem(display_path(self.content_folder / path), 0, text)

    def html(self, path: str, alt: str = "", sizes: str = "100vw", lazy: bool = True) -> Markup:
        """The `<picture>` element of a picture.

        Args:
            path: of a picture in `by_path`.
            alt: its description, as plain text.
            sizes: its width on the page (https://html.spec.whatwg.org/#sizes-attributes).
            lazy: whether the browser may load it late; the first picture of a page should not be lazy.
        """
        picture = self.by_path[path]
        loading = ' loading="lazy" decoding="async"' if lazy else ' fetchpriority="high"'
        srcset = ", ".join(f"{self.base}{PICTURES}{picture.variant_name(w, 'avif')} {w}w" for w in picture.widths)
        # Few browsers lack AVIF: one JPEG for the column of a phone is enough for them.
        jpeg_width = picture.widths[min(1, len(picture.widths) - 1)]
        jpeg = f"{self.base}{PICTURES}{picture.variant_name(jpeg_width, 'jpg')}"
        return Markup(
            f'<picture><source type="image/avif" srcset="{srcset}" sizes="{sizes}">'
            f'<img src="{jpeg}" width="{picture.width}" height="{picture.height}" alt="{escape(alt)}"{loading}>'
            "</picture>"
        )

    def insert_pictures(self, body: str, for_plugin: bool = False, enlarge: str = "") -> str:
        """Replace the placeholders in a body; all pictures but the first are lazy.

        Args:
            body: the HTML of an article, as the reader left it.
            for_plugin: whether a picture with a class is left to the plugin that looks for it, pelican-image-process.
            enlarge: what links to a larger version are called. With "" there are none.
        """
        is_first = True

        def replace(match: re.Match[str]) -> str:
            nonlocal is_first
            figure, path, alt, classes = match[1] or "", unescape(match[2]), match[3], match[4]
            if for_plugin and classes:
                return f'{figure}<img class="{classes}" src="{self.base}{quote(path)}" alt="{alt}">'
            lazy, is_first = not is_first, False
            picture = str(self.html(path, unescape(alt), BODY_SIZES, lazy))
            larger = self.by_path[path].widths[-1]
            if figure and enlarge and larger > BODY_WIDTH and not _is_within_link(body, match.start()):
                address = f"{self.base}{PICTURES}{self.by_path[path].variant_name(larger, 'jpg')}"
                picture = f'<a href="{address}" title="{escape(enlarge)}">{picture}</a>'
            return figure + picture

        return _PLACEHOLDER.sub(replace, body)

    def variant_file(self, picture: Picture, width: int, ending: str) -> Path:
        """The file of one variant in the cache."""
        return self.namespace.file_path(picture.key, variant_suffix(width, ending))

    def published_files(self) -> Iterator[tuple[str, Path]]:
        """The address (without leading slash) and the cached file of every variant of every picture."""
        for picture in self.by_path.values():
            for width, ending in picture.variants:
                yield PICTURES + picture.variant_name(width, ending), self.variant_file(picture, width, ending)


class VariantsTask(NamedTuple):
    """A picture whose variants are to be encoded. See `encoding.make_variants`."""

    picture: Picture
    metadata: dict[str, Any]
    source: Path
    content_digest: str
    targets: Mapping[tuple[int, str], Path]


def _is_within_link(html: str, at: int) -> bool:
    return html.rfind("<a ", 0, at) > html.rfind("</a>", 0, at)


def _run_task(task: VariantsTask) -> None:
    from .encoding import make_variants

    make_variants(task.source, task.content_digest, task.targets)


def _to_picture(path: str, key: str, metadata: Mapping[str, Any]) -> Picture:
    return Picture(path, _stem(path), metadata["digest"], metadata["width"], metadata["height"], key)


@cache
def _stem(path: str) -> str:
    """The name of a picture in characters that need no escaping in an address or a srcset."""
    slug: str = slugify(Path(path).stem, regex_subs=[(r"[^\w\s-]", ""), (r"[-_\s]+", "-")])
    return slug.strip("-")[:80] or "anh"


def _prepare(news: NewsGenerator) -> None:
    """Encode the pictures of everything that is published."""
    settings = news.settings
    namespace = news.context["artifacts"].namespace("pictures", "plugins.pictures.encoding")
    base, jobs, scheduler = news.context["addresses"].base, settings.get("JOBS"), settings.get("SCHEDULER")
    pictures = Pictures(Path(settings["PATH"]), namespace, jobs, scheduler, base)
    users: dict[str, str] = {}
    for story in news.published:
        for path in story.picture_paths:
            users.setdefault(path, story.path)
    for path in navigation.pictures(settings):
        users.setdefault(path, owner_settings.FILE_NAME)
    news.context["problems"] += pictures.prepare(users)
    news.context["pictures"] = pictures
    news.env.globals["picture"] = pictures.html


def _add_outputs(news: NewsGenerator, writer: Site) -> None:
    """Add every variant as an output; the name of an artifact's file is its fingerprint."""
    pictures: Pictures = news.context["pictures"]
    for address, file in pictures.published_files():
        writer.add_output(address, file.name, file.read_bytes)


def register() -> None:
    """Connect to Pelican's signals."""
    signals.article_generator_finalized.connect(_prepare)
    signals.article_writer_finalized.connect(_add_outputs)
