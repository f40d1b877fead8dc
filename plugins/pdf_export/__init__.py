"""Feature: a PDF of every article and page, rendered by plugins/pdf while the portal is built."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from plugins.features.hooks import ALL, Feature, Key, Statement
from plugins.markdown_reader.header_values import flag
from plugins.pdf.exporter import PdfExporter, PdfFile

if TYPE_CHECKING:
    from plugins.portal.outputs import BuildContext, Outputs
    from plugins.portal.stories import Story
    from plugins.problems import Problem


class PdfExport(Feature):
    """Publishes the PDF of each article and page, and offers it on the page."""

    statements = (
        Statement("tools", "PDF files"),
        Statement(
            "works",
            "<strong>PDF:</strong> a file of each article for keeping and printing, tagged for screen readers.",
        ),
    )
    settings: Mapping[str, Any] = {
        "PDF_EXPORT": True,
        "PDF_EXPORT_SECONDS": 20,  # that rendering one PDF may take
        "PDF_EXPORT_MEMORY": 1024,  # MiB
    }
    keys = (Key("pdf", flag, ALL, internal=True),)

    def prepare(self, build: BuildContext) -> Iterable[Problem]:
        """Forget the PDFs of the previous build."""
        self.files: dict[str, PdfFile] = {}
        return ()

    def finish(self, build: BuildContext) -> Iterable[Problem]:
        """Render the PDFs that are missing."""
        if build.settings["PDF_EXPORT"]:
            exporter = PdfExporter(build)
            yield from exporter.export()
            self.files = exporter.files

    def article_context(self, story: Story) -> PdfFile | None:
        """The story's PDF, if it has one."""
        return self.files.get(story.path)

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Add every PDF to the site; its key as an artifact is its fingerprint."""
        for file in self.files.values():
            outputs.add_file(file.address, file.key, file.path.read_bytes)


feature = PdfExport(__file__)
register = feature.register
