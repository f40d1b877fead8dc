"""Pages on which the rules find no article: trafilatura looks for one."""

from __future__ import annotations

from . import encodings
from .blocks import Page

LARGEST = 1_500_000  # bytes; a larger page without any recognisable text is none


def page(raw: bytes, tried: Page) -> Page | None:
    """The page that trafilatura makes of an HTML file, with the metadata found before; or None."""
    if len(raw) > LARGEST:
        return None
    import trafilatura  # takes half a second to load, and is seldom needed

    from . import saved_page

    text, _ = encodings.decode(raw)
    html = trafilatura.extract(
        text.replace("\0", ""),
        output_format="html",
        include_tables=True,
        include_images=False,
        include_links=True,
        include_formatting=True,
        include_comments=False,
        favor_precision=True,
    )
    if not html or len(html) < 300:
        return None
    again = saved_page.from_html(html)
    again.metadata.fill_from(tried.metadata)
    again.title_hint = again.title_hint or tried.title_hint
    again.source_url, again.lang, again.notes = tried.source_url, tried.lang, tried.notes
    return again
