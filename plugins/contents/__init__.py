"""Feature: a list of the headings of a long text, above it, as links. It looks like the lists of the side column."""

from __future__ import annotations

import re

from markupsafe import Markup

from plugins.features import Feature, Statement
from plugins.portal.stories import Story

MIN_HEADINGS = 3
_HEADING = re.compile(r'<h2\b[^>]*? id="([^"]+)"[^>]*>(.*?)</h2>', re.S)
_NOTE = re.compile(r"<sup\b.*?</sup>", re.S)


class Contents(Feature):
    """Finds the headings of a text."""

    statements = (Statement("works", "<strong>Contents</strong> above long articles."),)

    def article_context(self, story: Story) -> list[tuple[str, str]]:
        """Return the id and the words of each main heading of a text; none of fewer than MIN_HEADINGS."""
        headings = [(place, Markup(_NOTE.sub("", words)).striptags()) for place, words in _HEADING.findall(story.body)]
        return headings if len(headings) >= MIN_HEADINGS else []


feature = Contents(__file__)
register = feature.register
