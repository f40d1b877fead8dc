"""The writers that generators and plugins get.

If all plugins are the portal's own, the writer is a `WritingSite`: the site itself, with Pelican's `write_file` and
`write_feed` besides its own methods.

A plugin for any Pelican site may read and write the output folder whenever it likes. So if one is loaded, it gets a
folder with the whole new site (`StagedSite`). What lies there in the end is published by the usual rules: all or
nothing, only what differs, and files that nothing has made any more are removed.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import FrameType
from typing import Any, Protocol

from pelican import signals
from pelican.writers import Writer

from plugins.i18n import translate
from plugins.incremental.files import write_file
from plugins.incremental.fingerprints import digest_bytes
from plugins.incremental.site import Render, Site, conflict_problem, paths_below_files
from plugins.problems import ContentError, Problem

from . import lists, loading

RenderPage = Callable[[Mapping[str, Any]], str]


class _Renderable(Protocol):
    """What Pelican's writer needs of a template."""

    def render(self, context: dict[str, Any], /) -> str: ...


class _Feed(Protocol):
    """A feed of Pelican's writer, from feedgenerator."""

    def writeString(self, encoding: str) -> str: ...  # noqa: N802  # the name that feedgenerator gives it


class WritingSite(Site):
    """The site, for generators that write as Pelican's do."""

    settings: Mapping[str, Any]

    @property
    def output_path(self) -> str:
        """The published folder. Files that are written there directly do not become files of the site."""
        return str(self.folder)

    def write_file(
        self,
        name: str,
        template: _Renderable,
        context: Mapping[str, Any],
        relative_urls: bool = False,
        paginated: Mapping[str, object] | None = None,
        template_name: str | None = None,
        override_output: bool = False,
        url: str | None = None,
        **values: object,
    ) -> None:
        """Render a page and add it: as Pelican's `Writer.write_file`, without pagination and relative addresses.

        Args:
            name: The name of the file, relative to the site.
            template: The template.
            context: What the template gets.
            relative_urls: Ignored.
            paginated: Ignored.
            template_name: Ignored.
            override_output: Ignored.
            url: Ignored.
            values: More names for the template.
        """
        data = template.render({**context, "output_file": name, **values}).encode()
        self.add_output(str(PurePosixPath(name)), digest_bytes(data), lambda: data)

    def write_feed(
        self,
        elements: list[Any],
        context: Mapping[str, Any],
        path: str | None = None,
        *arguments: object,
        **options: object,
    ) -> _Feed:
        """Generate a feed and add it, as Pelican's `Writer.write_feed` does with the same arguments."""
        options.setdefault("url", path)
        writer = Writer(self.output_path, self.settings)
        feed: _Feed = writer.write_feed(elements, context, None, *arguments, **options)
        if path:
            data = feed.writeString("utf-8").encode()
            self.add_output(path, digest_bytes(data), lambda: data)
        return feed


class StagedSite:
    """A whole new site in a folder of its own.

    It has the methods of `Site` that add files. All other attributes are those of Pelican's writer, so that it can
    take the place of one.

    Args:
        folder: Where the site is written.
        writer: The writer for that folder, Pelican's or that of a plugin (`get_writer`).

    Attributes:
        requested: The fingerprint of each file that was added.
    """

    def __init__(self, folder: Path, writer: Writer) -> None:
        self.folder, self.writer = folder, writer
        self.requested: dict[str, str] = {}
        self._queue: list[tuple[str, Callable[[], None]]] = []
        self._conflicts: dict[str, Problem] = {}
        self._written: dict[str, tuple[str, str]] = {}  # name -> digest, and the module that has added it

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # attributes of a writer that a plugin may have brought
        """Return an attribute of the writer."""
        if name == "writer":
            raise AttributeError(name)
        return getattr(self.writer, name)

    # --- as `Site` has it ---

    def add_group(
        self, group: str, fingerprint: str, add_outputs: Callable[[], None], holds_groups: bool = False
    ) -> None:
        """Add many files, as `Site.add_group`; here always one by one."""
        add_outputs()

    def add_output(
        self, name: str, fingerprint: str, render: Render, group: str = "", conflict: Problem | None = None
    ) -> bool:
        """Add a file that is no page, as `Site.add_output`; a file of that name that a plugin has written stays."""
        module = _calling_module()

        def write() -> None:
            path = self.folder / name
            if path.exists():
                self._written[name] = "", module
            else:
                write_file(str(path), render())
                self._written[name] = digest_bytes(path.read_bytes()), module

        return self._add(name, fingerprint, write, conflict)

    def add_page(self, name: str, render: RenderPage, context: Mapping[str, Any], values: Mapping[str, object]) -> bool:
        """Add a page, which is written with Pelican's signals.

        Args:
            name: The name of its file, relative to the site.
            render: Renders it with a context that plugins may have changed.
            context: The context of the generators.
            values: What signals tell of the page, see `signal_values`.
        """

        def write() -> None:
            if "article" in values:
                signals.article_generator_write_article.send(context["news"], content=values["article"])
            elif "page" in values:
                signals.page_generator_write_page.send(context["pages_generator"], content=values["page"])
            self.writer.write_file(name, _PageTemplate(render), lists.template_names(context), False, **values)

        return self._add(name, "page", write)

    def _add(self, name: str, fingerprint: str, write: Callable[[], None], conflict: Problem | None = None) -> bool:
        if name in self.requested:
            raise ContentError([conflict or self._conflicts.get(name) or conflict_problem(name)])
        self.requested[name] = fingerprint
        if conflict:
            self._conflicts[name] = conflict
        self._queue.append((name, write))
        return True

    # --- for the build ---

    def write_requested(self) -> None:
        """Write everything that was added since the last call.

        Raises:
            ContentError: A file has the name of another one's folder.
        """
        pairs = paths_below_files((name for name, _ in self._queue), self.requested)
        if pairs:
            conflicts = self._conflicts
            raise ContentError([conflicts.get(a) or conflicts.get(b) or conflict_problem(b) for a, b in pairs])
        queue, self._queue = self._queue, []
        for _, write in queue:
            write()

    def overwritten(self, plugins: Iterable[object]) -> Iterator[Problem]:
        """Yield a warning for each file of a feature that a plugin has written too; a page may be rewritten.

        Args:
            plugins: The loaded plugins.
        """
        for name, (digest, module) in sorted(self._written.items()):
            feature = loading.plugin_of(module, plugins)
            path = self.folder / name
            if feature and path.is_file() and path.suffix != ".html" and digest_bytes(path.read_bytes()) != digest:
                text = translate(
                    "both {feature} and a plugin for Pelican make this file, the plugin's is published; "
                    "take one of them out of PLUGINS",
                    feature=feature,
                )
                yield Problem(name, 0, text, "warning")

    def add_all_to(self, site: Site) -> None:
        """Add every file in the folder to the site that is published."""
        for path in sorted(path for path in self.folder.rglob("*") if path.is_file()):
            name = path.relative_to(self.folder).as_posix()
            site.add_output(name, digest_bytes(path.read_bytes()), path.read_bytes)
            site.reasons[name] = translate("made: with a plugin for Pelican every build makes everything")


class _PageTemplate:
    """A page of the portal in the place of a template, for Pelican's writer."""

    def __init__(self, render: RenderPage) -> None:
        self.render = render


def empty_folder(folder: Path) -> Path:
    """Create an empty folder, in the place of one that may be there, and return it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def signal_values(kind: str, url: str, template_values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what Pelican's signals tell of a page.

    Args:
        kind: The kind of page, such as "article" or "listing".
        url: Its address.
        template_values: What its template gets.
    """
    values: dict[str, Any] = {"url": url}
    if kind in ("article", "page"):
        values[kind] = template_values[kind]
    if kind == "article":
        values["category"] = template_values[kind].category
    elif kind == "listing":
        values["articles"] = values["dates"] = list(template_values["page"].items)
    return values


def _calling_module() -> str:
    """Return the module that adds a file: the first one in the stack that is no part of the ways to do that."""
    frame: FrameType | None = sys._getframe(2)  # noqa: SLF001  # public, in spite of its name
    intermediate = ("plugins.pelican_bridge", "plugins.portal.outputs", "functools")
    while frame and frame.f_globals.get("__name__", "").startswith(intermediate):
        frame = frame.f_back
    return str(frame.f_globals.get("__name__", "")) if frame else ""
