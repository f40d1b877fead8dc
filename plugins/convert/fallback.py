"""Pages in which the rules find no article: trafilatura searches for one."""

from __future__ import annotations

from . import encodings, saved_page
from .blocks import Page

LARGEST = 1_500_000  # bytes; a larger page in which the rules find no text has none
SHORTEST = 300  # letters of HTML that trafilatura makes of an article


def extract(raw: bytes, page: Page) -> Page | None:
    """Return the page that trafilatura makes of an HTML file, or None.

    Args:
        raw: the file.
        page: what the rules made of it; its metadata is kept.
    """
    if len(raw) > LARGEST:
        return None
    import trafilatura  # takes half a second to import, and is seldom needed

    html = trafilatura.extract(
        encodings.decode(raw)[0].replace("\0", ""),
        output_format="html",
        include_tables=True,
        include_images=False,
        include_links=True,
        include_formatting=True,
        include_comments=False,
        favor_precision=True,
    )
    if not html or len(html) < SHORTEST:
        return None
    extracted = saved_page.from_html(html)
    extracted.metadata.fill_from(page.metadata)
    extracted.title_hint = extracted.title_hint or page.title_hint
    extracted.source_url, extracted.lang, extracted.notes = page.source_url, page.lang, page.notes
    return extracted
