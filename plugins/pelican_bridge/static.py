"""STATIC_PATHS and EXTRA_PATH_METADATA: files that are published as they are, such as a CNAME or a proof of ownership.

Pelican's own generator finds them; here they are asked for like every other file of the site, so they are published
with the rest or not at all, and removed when they are gone.
"""

from __future__ import annotations

import os
import posixpath
from pathlib import Path
from typing import Any

from pelican.contents import Static
from pelican.generators import StaticGenerator

from plugins.i18n import translate
from plugins.portal import links
from plugins.problems import Problem, display_path


class StaticFiles(StaticGenerator):
    """Pelican's generator of static files, whose output goes through the portal's writer."""

    def check_disabled_readers(self) -> None:
        """Nothing to say: which files are read is told by the portal itself."""

    def generate_context(self) -> None:
        news = self.context["news"]
        self.context["problems"] += self._missing()
        if not self.context["whole"]:  # then no source of an article is taken for a file to be published
            self.context["generated_content"] = dict.fromkeys({*news.sources.known, *news.sources.changed})
        else:
            self.context["static_links"].update(links.linked_documents(news.published))
        super().generate_context()
        self.staticfiles.sort(key=lambda file: file.source_path)
        self.context["problems"] += [problem for file in self.staticfiles for problem in _outside(file)]

    def _missing(self) -> list[Problem]:
        named = self.settings["STATIC_PATHS"]
        return [
            Problem(
                f"STATIC_PATHS: {path}",
                0,
                translate("there is no such file or folder in {folder}", folder=display_path(self.path)),
                "warning",
            )
            for path in named
            if not os.path.exists(os.path.join(self.path, path))
        ]

    def generate_output(self, writer: Any) -> None:
        """Ask for every file that is not there already as a document that an article links to."""
        documents = set(self.context["documents"])
        for file in self.staticfiles:
            name = name_of(file)
            if not (name == file.relative_source_path and name in documents):
                source = Path(self.path) / file.source_path
                stat = source.stat()
                writer.add_output(name, f"{stat.st_mtime_ns} {stat.st_size}", source.read_bytes)


def name_of(file: Static) -> str:
    """Where a file is published, relative to the site."""
    return posixpath.normpath(file.save_as.replace(os.sep, "/"))


def _outside(file: Static) -> list[Problem]:
    name = name_of(file)
    if name.startswith(("/", "../")) or name in ("", ".", ".."):
        text = translate("EXTRA_PATH_METADATA: {name} lies outside the site", name=file.save_as)
        return [Problem(display_path(file.source_path), 0, text)]
    return []
