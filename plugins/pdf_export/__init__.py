"""Feature: a PDF of every article and page, made by plugins/pdf while the portal is built."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from plugins.features.hooks import ALL, Feature, Key
from plugins.markdown_reader.header_values import flag
from plugins.pdf.exporter import PdfExporter, PdfFile

if TYPE_CHECKING:
    from plugins.portal.outputs import BuildContext, Outputs
    from plugins.portal.stories import Story
    from plugins.problems import Problem


class PdfExport(Feature):
    """Knows the PDF of each article and page of a build."""

    settings: ClassVar = {
        "PDF_EXPORT": True,
        "PDF_EXPORT_SECONDS": 20,  # what one PDF may take
        "PDF_EXPORT_MEMORY": 1024,  # MiB
    }
    keys = (Key("pdf", flag, ALL, internal=True),)

    def prepare(self, build: BuildContext) -> Iterable[Problem]:
        """None of the last build's."""
        self.files: dict[str, PdfFile] = {}
        return ()

    def finish(self, build: BuildContext) -> Iterable[Problem]:
        """Make those that are missing; what went wrong is told."""
        if build.settings["PDF_EXPORT"]:
            papers = PdfExporter(build)
            yield from papers.prepare()
            self.files = papers.files

    def article_context(self, story: Story) -> PdfFile | None:
        """Its PDF."""
        return self.files.get(story.path)

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Every PDF is a file of the site; its fingerprint is the hash of all that it is made from."""
        for file in self.files.values():
            outputs.add_file(file.address, file.key, file.path.read_bytes)


feature = PdfExport(__file__)
register = feature.register
