"""In a worker: one article's HTML to a PDF that is both PDF/A-3a and PDF/UA-1.

The same sheet gives the same bytes on every machine with the same versions: typefaces are the room's own, dates
are the article's, and nothing else is read. What is costly to set up is kept from sheet to sheet.
"""

from __future__ import annotations

import gc
import io
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from plugins.artifacts.files import write_atomically

from .glyphs import FONTS, available_letters, replace_missing_glyphs

PACKAGE_DIR = Path(__file__).resolve().parent
VARIANT = "pdf/a-3a"
MASK = 2  # of the eight of a QR code; trying which is the most even one (ISO/IEC 18004, 7.8.3) takes 5 ms, and any can be read
# PDF/A wants every namespace of its metadata declared (ISO 19005-3, 6.6.2.3), so that of PDF/UA too
CLAIM = (
    '<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>'
    '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:category>internal</pdfaProperty:category>'
    "<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>"
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)


class PdfJob(NamedTuple):
    """What a PDF is made from. files: the addresses that `html` names -> paths. address: of the article on the
    web, for its QR code, or "". source: the article's Markdown, attached as `name`. moment: of the article.
    target: where the PDF goes."""

    html: str
    files: Mapping[str, str]
    address: str
    name: str
    source: str
    moment: datetime
    target: str


class RenderedPdf(NamedTuple):
    """size: bytes. strange: letters that no typeface has."""

    size: int
    strange: str


class ConformanceError(Exception):
    """The PDF would not be what it claims to be; the message says why."""


def prepare(folder: Path) -> None:
    """Set up what all sheets share, before the first. folder: where PDFs go, and what Fontconfig remembers."""
    _press(folder)
    available_letters()
    gc.freeze()  # what stays need not be looked through after each sheet


def render(sheet: PdfJob) -> RenderedPdf:
    """Make a PDF and move it to its target at once. Raises Unfit."""
    html, strange = replace_missing_glyphs(sheet.html)
    with _collected_after():
        data = pdf_of(sheet._replace(html=html))
    write_atomically(Path(sheet.target), data)
    return RenderedPdf(len(data), strange)


def pdf_of(sheet: PdfJob) -> bytes:
    """The PDF of a sheet all of whose letters are known. Raises Unfit."""
    press = _press(Path(sheet.target).parent)
    from weasyprint import HTML, Attachment

    from . import structure_tree, weasyprint_patches
    from .fetcher import ClosedFetcher
    from .weasyprint_patches import structure

    files: dict[str, str | bytes] = dict(sheet.files)
    if sheet.address:
        files["portal:qr"] = _qr(sheet.address)
    fetcher = ClosedFetcher(files)

    def finish(document: Any, pdf: Any) -> None:
        structure_tree.finish(document, pdf)
        weasyprint_patches.finish(pdf)

    structure.forget()
    with _WeasyPrintWarnings() as complaints:
        page = HTML(string=sheet.html, url_fetcher=fetcher)
        document = page.render(stylesheets=[press.style], font_config=press.fonts, pdf_variant=VARIANT)
        document.metadata.attachments = []  # none but ours
        _claim(document.metadata)
        attachment = Attachment(
            string=sheet.source, name=sheet.name, relationship="Source", created=sheet.moment, modified=sheet.moment
        )
        stream = io.BytesIO()
        document.write_pdf(stream, finisher=finish, pdf_variant=VARIANT, attachments=[attachment])
    if fetcher.refused or complaints:
        raise ConformanceError("; ".join([*fetcher.refused, *complaints])[:200])
    return stream.getvalue()


@contextmanager
def _collected_after() -> Iterator[None]:
    """Boxes know each other: the collector would go through the growing page again and again, and finds it only when it is left."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        if collecting:
            gc.enable()


def _claim(metadata: Any) -> None:
    """Have the metadata say that this is PDF/UA-1 too (ISO 14289-1, 5)."""
    generate = metadata.generate_rdf_metadata
    metadata.generate_rdf_metadata = lambda *kind: generate(*kind).replace(
        b"</rdf:RDF>", CLAIM.encode() + b"</rdf:RDF>"
    )


def _qr(address: str) -> bytes:
    import segno

    stream = io.BytesIO()
    segno.make(address, error="m", micro=False, mask=MASK).save(
        stream, kind="png", border=0
    )  # a path of SVG takes 20 ms to draw
    return stream.getvalue()


class RenderContext(NamedTuple):
    """What all sheets share."""

    fonts: Any
    style: Any


@cache
def _press(folder: Path) -> RenderContext:
    _own_fonts(folder)
    from . import weasyprint_patches

    weasyprint_patches.install()
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    return RenderContext(fonts, CSS(filename=PACKAGE_DIR / "pdf.css", font_config=fonts))


def _own_fonts(folder: Path) -> None:
    """Let Fontconfig see the room's typefaces only, before it is asked for the first time."""
    settings, remembered = folder / "fonts.conf", folder / "fontconfig"
    remembered.mkdir(parents=True, exist_ok=True)  # two workers that let Fontconfig make it get in each other's way
    text = f"<fontconfig><dir>{escape(str(FONTS))}</dir><cachedir>{escape(str(remembered))}</cachedir></fontconfig>"
    write_atomically(settings, text.encode())
    os.environ["FONTCONFIG_FILE"] = str(settings)


class _WeasyPrintWarnings(logging.Handler):
    """What WeasyPrint holds for wrong, as a context."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(record.getMessage())

    def __enter__(self) -> list[str]:
        self.logger = logging.getLogger("weasyprint")
        self.before = self.logger.handlers[:], self.logger.propagate
        self.logger.handlers[:], self.logger.propagate = [self], False
        return self.told

    def __exit__(self, *_: object) -> None:
        self.logger.handlers[:], self.logger.propagate = self.before
