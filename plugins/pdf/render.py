"""Renders one article's HTML, in a worker process, to a PDF that is both PDF/A-3a and PDF/UA-1.

The same job gives the same bytes on every machine with the same versions of the libraries: typefaces come from this
package, dates from the article, and nothing else is read. What is costly to set up is shared by all jobs of a worker.
"""

from __future__ import annotations

import gc
import io
import logging
import os
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from plugins.artifacts.files import write_atomically

from .faces import Face, fontconfig
from .glyphs import FONTS_DIR, replace_missing_glyphs, supported_characters
from .notices import Notice, missing_glyph_notices

if TYPE_CHECKING:
    import pydyf
    from weasyprint import CSS, Document
    from weasyprint.document import DocumentMetadata
    from weasyprint.text.fonts import FontConfiguration

PACKAGE_DIR = Path(__file__).resolve().parent
PDF_VARIANT = "pdf/a-3a"
# One of the eight masks of a QR code. Finding the most even one (ISO/IEC 18004, 7.8.3) takes 5 ms, and any can be read.
QR_MASK = 2
# PDF/A wants every namespace of its metadata declared (ISO 19005-3, 6.6.2.3), so that of PDF/UA too.
PDFUA_METADATA = (
    '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>'
    '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>"
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)


class PdfJob(NamedTuple):
    """Everything that a PDF is made from.

    Attributes:
        html: The document.
        files: The path of each file, or its bytes (PNG), by the address that `html` uses for it.
        url: The article's public address, for the QR code; "" where the portal has none.
        source_name: The file name of the attached source.
        source: The article's Markdown, to be attached.
        date: When the article was published.
        target: The path that the PDF is written to.
        faces: The typefaces of the system that are used, beside those of this package.
        languages: The languages that these are for.
    """

    html: str
    files: Mapping[str, str | bytes]
    url: str
    source_name: str
    source: str
    date: datetime
    target: str
    faces: tuple[Face, ...] = ()
    languages: tuple[str, ...] = ()


class RenderedPdf(NamedTuple):
    """The outcome of a job.

    Attributes:
        size: The size of the PDF in bytes.
        notices: What an editor is to be told about it.
    """

    size: int
    notices: list[Notice]


class ConformanceError(Exception):
    """The PDF would not conform to PDF/A or PDF/UA; the message says why."""


def prepare(folder: Path, faces: tuple[Face, ...] = ()) -> None:
    """Set up a worker before its first job.

    Args:
        folder: Where PDFs are written and where Fontconfig keeps its cache.
        faces: The typefaces of the system that are used.
    """
    _render_context(folder, faces)
    supported_characters(_files(faces))
    gc.freeze()  # the collector need not traverse these objects after each job


def render(job: PdfJob) -> RenderedPdf:
    """Render a PDF and write it atomically to the job's target.

    Raises ConformanceError where WeasyPrint reports an error or the document asks for a file that it may not read.
    """
    html, missing_glyphs = replace_missing_glyphs(job.html, supported_characters(_files(job.faces)))
    with _garbage_collected_once():
        data, notices = render_to_bytes(job._replace(html=html))
    write_atomically(Path(job.target), data)
    notices += missing_glyph_notices(job.html, missing_glyphs, job.languages)
    return RenderedPdf(len(data), notices)


def render_to_bytes(job: PdfJob) -> tuple[bytes, list[Notice]]:
    """Render a job whose characters all have glyphs. Raises ConformanceError as `render` does."""
    context = _render_context(Path(job.target).parent, job.faces)
    from weasyprint import HTML, Attachment

    from . import structure_tree, weasyprint_patches
    from .fetcher import RestrictedFetcher
    from .layout import lay_out
    from .weasyprint_patches import element_origins

    files: dict[str, str | bytes] = dict(job.files)
    if job.url:
        files["portal:qr"] = _qr_code(job.url)
    fetcher = RestrictedFetcher(files)

    def finish(document: Document, pdf: pydyf.PDF) -> None:
        structure_tree.repair_structure(document, pdf)
        weasyprint_patches.prepare_for_writing(pdf)

    element_origins.clear()
    with _WeasyPrintErrors() as errors:
        page = HTML(string=job.html, url_fetcher=fetcher)
        document, notices = lay_out(
            page, stylesheets=[context.stylesheet], font_config=context.fonts, pdf_variant=PDF_VARIANT
        )
        document.metadata.attachments = []  # only the source is attached, nothing that the document names
        _declare_pdfua(document.metadata)
        attachment = Attachment(
            string=job.source, name=job.source_name, relationship="Source", created=job.date, modified=job.date
        )
        stream = io.BytesIO()
        document.write_pdf(stream, finisher=finish, pdf_variant=PDF_VARIANT, attachments=[attachment])
    if fetcher.refused or errors:
        raise ConformanceError("; ".join([*fetcher.refused, *errors])[:200])
    return stream.getvalue(), notices


@contextmanager
def _garbage_collected_once() -> Iterator[None]:
    """Collect garbage at the end only.

    Boxes refer to each other: the collector would traverse the growing page again and again, and find nothing.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        if was_enabled:
            gc.enable()


def _declare_pdfua(metadata: DocumentMetadata) -> None:
    """Let the metadata declare PDF/UA-1 too (ISO 14289-1, 5)."""
    generate = metadata.generate_rdf_metadata

    def generate_with_pdfua(*args: object) -> bytes:
        rdf: bytes = generate(*args)
        return rdf.replace(b"</rdf:RDF>", PDFUA_METADATA.encode() + b"</rdf:RDF>")

    metadata.generate_rdf_metadata = generate_with_pdfua


def _qr_code(url: str) -> bytes:
    """A QR code as PNG; as SVG it would take 20 ms to draw."""
    import segno

    stream = io.BytesIO()
    segno.make(url, error="m", micro=False, mask=QR_MASK).save(stream, kind="png", border=0)
    return stream.getvalue()


class RenderContext(NamedTuple):
    """What all jobs of a worker share."""

    fonts: FontConfiguration
    stylesheet: CSS


@cache
def _render_context(folder: Path, faces: tuple[Face, ...]) -> RenderContext:
    _use_fonts(folder, faces)
    from . import weasyprint_patches

    weasyprint_patches.install()
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    return RenderContext(fonts, CSS(filename=PACKAGE_DIR / "pdf.css", font_config=fonts))


def _use_fonts(folder: Path, faces: tuple[Face, ...]) -> None:
    """Restrict Fontconfig to this package's typefaces and those named. Must run before Fontconfig is first used."""
    font_cache = folder / "fontconfig"
    font_cache.mkdir(parents=True, exist_ok=True)  # two workers whose Fontconfig creates it at once would complain
    text = fontconfig(FONTS_DIR, font_cache, faces).encode()
    config = folder / f"fonts-{zlib.crc32(text):08x}.conf"  # builds with other settings may use the folder too
    write_atomically(config, text)
    os.environ["FONTCONFIG_FILE"] = str(config)


def _files(faces: tuple[Face, ...]) -> tuple[str, ...]:
    return tuple(file for face in faces for file in face.files)


class _WeasyPrintErrors(logging.Handler):
    """Context manager that collects the errors WeasyPrint logs, in place of its other handlers."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())

    def __enter__(self) -> list[str]:
        self.logger = logging.getLogger("weasyprint")
        self.previous = self.logger.handlers[:], self.logger.propagate
        self.logger.handlers[:], self.logger.propagate = [self], False
        return self.messages

    def __exit__(self, *_: object) -> None:
        self.logger.handlers[:], self.logger.propagate = self.previous
