"""Pages in which the rules find no article: trafilatura searches for one."""

from __future__ import annotations

from plugins.i18n import translate

from . import article, encodings, saved_page
from .blocks import Page, comparison_key
from .surroundings import OUTSIDE

LARGEST = 1_500_000  # bytes; a larger page in which the rules find no text has none
SHORTEST = 300  # letters of HTML that trafilatura makes of an article


def article_of(raw: bytes, page: Page) -> article.Article | None:
    """Return the article that trafilatura finds in an HTML file, or None; its words are entered in the page's blocks.

    Args:
        raw: the file.
        page: what the rules made of it; its metadata is kept.
    """
    extracted = _extract(raw, page)
    found = article.article_of(extracted) if extracted else None
    if extracted is None or found is None:
        return None
    found.review.append(
        translate("Text: the rules found no article here; another program did. Compare it with the page.")
    )
    texts = [found.title, found.lead, *found.captions, *(block.text for block in found.body)]
    words = comparison_key(" ".join(texts))
    for block in page.all_blocks:
        if comparison_key(block.text) in words:
            block.take("text")
        else:
            block.leave_out(OUTSIDE)
    return found


def _extract(raw: bytes, page: Page) -> Page | None:
    """Return the page that trafilatura makes of an HTML file, or None; see article_of."""
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
