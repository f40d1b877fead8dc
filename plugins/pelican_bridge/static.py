"""STATIC_PATHS and EXTRA_PATH_METADATA: files that are published as they are, such as a CNAME or a proof of ownership.

Pelican's own generator finds them. They are added to the site like every other file, so they are published with the
rest or not at all, and removed when they are gone.
"""

from __future__ import annotations

import os
import posixpath
from pathlib import Path
from typing import TYPE_CHECKING

from pelican.contents import Static
from pelican.generators import StaticGenerator

from plugins.i18n import translate
from plugins.portal.links import linked_documents
from plugins.problems import Problem, display_path

if TYPE_CHECKING:
    from plugins.incremental.site import Site

    from .staging import StagedSite


class StaticFiles(StaticGenerator):  # type: ignore[misc]  # Pelican has no type information
    """Pelican's generator of static files, which adds them to the portal's site."""

    def check_disabled_readers(self) -> None:
        """Do nothing: the portal itself reports files that are not read."""

    def generate_context(self) -> None:
        """Find the files, and collect problems in the context."""
        news = self.context["news"]
        self.context["problems"] += self._missing()
        if not self.context["has_foreign_plugins"]:  # Pelican takes no source of an article for a static file
            self.context["generated_content"] = dict.fromkeys({*news.sources.known, *news.sources.changed})
        else:
            self.context["static_links"].update(linked_documents(news.published))
        super().generate_context()
        self.staticfiles.sort(key=lambda file: file.source_path)
        self.context["problems"] += [problem for file in self.staticfiles for problem in _outside_site(file)]

    def _missing(self) -> list[Problem]:
        """Return a warning for each of STATIC_PATHS that does not exist."""
        return [
            Problem(
                f"STATIC_PATHS: {path}",
                0,
                translate("there is no such file or folder in {folder}", folder=display_path(self.path)),
                "warning",
            )
            for path in self.settings["STATIC_PATHS"]
            if not os.path.exists(os.path.join(self.path, path))
        ]

    def generate_output(self, writer: Site | StagedSite) -> None:
        """Add every file that is not added already as a document that an article links to."""
        documents = set(self.context["documents"])
        for file in self.staticfiles:
            name = output_name(file)
            if not (name == file.relative_source_path and name in documents):
                self.context["copied_files"].add(writer, name, Path(self.path) / file.source_path)


def output_name(file: Static) -> str:
    """Return the name under which a static file is published, relative to the site."""
    return posixpath.normpath(str(file.save_as).replace(os.sep, "/"))


def _outside_site(file: Static) -> list[Problem]:
    """Return an error if a file would be published outside the site."""
    name = output_name(file)
    if name.startswith(("/", "../")) or name in ("", ".", ".."):
        text = translate("EXTRA_PATH_METADATA: {name} lies outside the site", name=file.save_as)
        return [Problem(display_path(file.source_path), 0, text)]
    return []
