"""What of the text of an article may be the old portal's, for an editor to look at."""

from __future__ import annotations

from collections.abc import Sequence

from plugins.i18n import translate

from .blocks import Block
from .other_articles import DOCUMENT, MOSTLY_LINK

LONGEST_LINK = 200  # letters; a longer linked text is a paragraph
MOST_TOLD = 5  # links of one article


def notes_on_links(body: Sequence[Block]) -> list[str]:
    """Return a note for review about each line of the text that is nothing but a link, and leads to no document."""
    lines = [block for block in body if block.kind in ("text", "heading") and len(block.text) <= LONGEST_LINK]
    links = [block.text for block in lines if block.link_share > MOSTLY_LINK and not DOCUMENT.search(block.html)]
    return [
        translate("Text: this is only a link, perhaps to another article; delete it if it is: {words}", words=words)
        for words in links[:MOST_TOLD]
    ]
