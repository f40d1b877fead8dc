"""The writers that generators and plugins get.

Where all plugins are the portal's own, that is `WritingSite`: the site itself, with Pelican's `write_file` and
`write_feed` beside its own `ask`.

A plugin for any Pelican site may read and write the output folder whenever it likes. So where one is loaded, it gets a
folder of its own for that, with the whole new site in it (`Staged`); what lies there in the end is what is published,
by the same rule as ever: all or nothing, only what differs, and what nobody has made any more is removed.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from pelican import signals
from pelican.writers import Writer

from plugins.i18n import translate
from plugins.incremental.fingerprints import digest_bytes
from plugins.incremental.site import Render, Site, conflict_problem, paths_below_files, write_file
from plugins.problems import ContentError, Problem

from . import lists, loading

RenderPage = Callable[[Mapping[str, Any]], str]


class WritingSite(Site):
    """The site, for generators that write as Pelican's do."""

    settings: Mapping[str, Any]

    @property
    def output_path(self) -> str:
        """The published folder. What is written there by other ways is nobody's."""
        return str(self.folder)

    def write_file(
        self, name: str, template: Any, context: Mapping[str, Any], relative_urls: bool = False, paginated: Any = None,
        template_name: str | None = None, override_output: bool = False, url: str | None = None, **values: Any,
    ) -> None:  # fmt: skip
        """Render a page and ask for it: Pelican's Writer.write_file, without pagination and relative addresses."""
        data = template.render({**context, "output_file": name, **values}).encode()
        self.add_output(str(PurePosixPath(name)), digest_bytes(data), lambda: data)

    def write_feed(
        self, elements: list[Any], context: Mapping[str, Any], path: str | None = None, *arguments: Any, **named: Any
    ) -> Any:
        """Make a feed and ask for it (pelican.writers.Writer.write_feed)."""
        named.setdefault("url", path)
        feed = Writer(self.output_path, self.settings).write_feed(elements, context, None, *arguments, **named)
        if path:
            data = feed.writeString("utf-8").encode()
            self.add_output(path, digest_bytes(data), lambda: data)
        return feed


class StagedSite:
    """A whole new site in a folder of its own.

    folder: where it is made. writer: that of Pelican, or of a plugin (get_writer), for that folder. Everything else is
    asked of `writer`, so that this is one too.
    """

    def __init__(self, folder: Path, writer: Writer) -> None:
        self.folder, self.writer = folder, writer
        self.requested: dict[str, str] = {}
        self._queue: list[tuple[str, Callable[[], None]]] = []
        self._clashes: dict[str, Problem] = {}
        self._written: dict[str, tuple[str, str]] = {}  # name -> digest, and the module that asked for it

    def __getattr__(self, name: str) -> Any:
        if name == "writer":
            raise AttributeError(name)
        return getattr(self.writer, name)

    # --- as `Site` has it ---

    def add_group(
        self, group: str, fingerprint: str, add_outputs: Callable[[], None], holds_groups: bool = False
    ) -> None:
        """Ask for many files at once; here always for each."""
        add_outputs()

    def add_output(
        self, name: str, fingerprint: str, render: Render, group: str = "", conflict: Problem | None = None
    ) -> bool:
        """Ask for a file that is no page."""
        asker = _asker()

        def put() -> None:
            path = self.folder / name
            if not path.exists():  # a plugin's own file stays
                write_file(str(path), render())
                self._written[name] = digest_bytes(path.read_bytes()), asker
            else:
                self._written[name] = "", asker

        return self._add(name, fingerprint, put, conflict)

    def add_page(self, name: str, render: RenderPage, context: Mapping[str, Any], shown: Mapping[str, Any]) -> bool:
        """Ask for a page, which is written with Pelican's signals. context, shown: what those tell of it."""

        def put() -> None:
            if "article" in shown:
                signals.article_generator_write_article.send(context["news"], content=shown["article"])
            elif "page" in shown:
                signals.page_generator_write_page.send(context["pages_generator"], content=shown["page"])
            self.writer.write_file(name, _Rendered(render), lists.public(context), False, **shown)

        return self._add(name, "page", put)

    def _add(self, name: str, fingerprint: str, put: Callable[[], None], clash: Problem | None = None) -> bool:
        if name in self.requested:
            raise ContentError([clash or self._clashes.get(name) or conflict_problem(name)])
        self.requested[name] = fingerprint
        if clash:
            self._clashes[name] = clash
        self._queue.append((name, put))
        return True

    # --- a build ---

    def write_requested(self) -> None:
        """Write everything that has been asked for so far."""
        found = paths_below_files((name for name, _ in self._queue), self.requested)
        if found:
            raise ContentError([self._clashes.get(a) or self._clashes.get(b) or conflict_problem(b) for a, b in found])
        queue, self._queue = self._queue, []
        for _, put in queue:
            put()

    def overwritten(self, plugins: list[Any]) -> Iterator[Problem]:
        """A warning for every file of a feature that a plugin has written too; of pages that is no fault."""
        for name, (digest, module) in sorted(self._written.items()):
            owner = loading.plugin_of(module, plugins)
            path = self.folder / name
            if owner and path.is_file() and path.suffix != ".html" and digest_bytes(path.read_bytes()) != digest:
                text = translate("both {feature} and a plugin for Pelican make this file, the plugin's is published; "
                    "take one of them out of PLUGINS",
                           feature=owner)  # fmt: skip
                yield Problem(name, 0, text, "warning")

    def add_all_to(self, site: Site) -> None:
        """Ask for every file that lies here now."""
        for path in sorted(path for path in self.folder.rglob("*") if path.is_file()):
            name = path.relative_to(self.folder).as_posix()
            site.add_output(name, digest_bytes(path.read_bytes()), path.read_bytes)
            site.reasons[name] = translate("made: with a plugin for Pelican every build makes everything")


class _Rendered:
    """A page of the portal in the place of a template, for Pelican's writer."""

    def __init__(self, render: RenderPage) -> None:
        self.render = render


def empty(folder: Path) -> Path:
    """An empty folder at this place."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def pelican_names(kind: str, url: str, local: Mapping[str, Any]) -> dict[str, Any]:
    """What Pelican's writer would tell of a page of this kind. local: what its template gets."""
    shown: dict[str, Any] = {"url": url}
    if kind in ("article", "page"):
        shown[kind] = local[kind]
    if kind == "article":
        shown["category"] = local[kind].category
    elif kind == "listing":
        shown["articles"] = shown["dates"] = list(local["page"].items)
    return shown


def _asker() -> str:
    """The module that asks for a file: the nearest one that is not part of how files are asked for."""
    frame: Any = sys._getframe(2)
    while frame and frame.f_globals.get("__name__", "").startswith(
        ("plugins.pelican_bridge", "plugins.portal.outputs", "functools")
    ):
        frame = frame.f_back
    return frame.f_globals.get("__name__", "") if frame else ""
