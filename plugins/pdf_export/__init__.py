"""Feature: a PDF of every article and page, made by plugins/pdf while the portal is built.

Settings: PDF_EXPORT (on or off), PDF_EXPORT_SECONDS and PDF_EXPORT_MEMORY (MiB), what one PDF may take.
"""

from __future__ import annotations

from typing import Any

from pelican import signals

from plugins.features.hooks import ALL, Feature, Key
from plugins.markdown_reader.values import flag
from plugins.pdf.papers import Papers

feature = Feature(__file__, keys=(Key("pdf", flag, ALL, internal=True),))
DEFAULTS = {"PDF_EXPORT": True, "PDF_EXPORT_SECONDS": 20, "PDF_EXPORT_MEMORY": 1024}


def _defaults(pelican: Any) -> None:
    for name, value in DEFAULTS.items():
        pelican.settings.setdefault(name, value)


def _prepare(generators: list[Any]) -> None:
    news = generators[0]
    for story in news.published:
        story.pdf_file = None
    # nothing is laid out for a build that will not be published
    if news.settings["PDF_EXPORT"] and all(problem.level != "error" for problem in news.context["problems"]):
        news.papers = Papers(news)
        news.context["problems"] += news.papers.prepare()


def _ask(generator: Any, writer: Any) -> None:
    """Every PDF is a file of the site; its fingerprint is the hash of all that it is made from."""
    papers = getattr(generator, "papers", None)
    for file in papers.files if papers else ():
        writer.ask(file.address, file.key, file.path.read_bytes)


def register() -> None:
    """Pelican's hooks."""
    signals.initialized.connect(_defaults)
    signals.all_generators_finalized.connect(_prepare)
    signals.article_writer_finalized.connect(_ask)
