"""What a page says about its article: dates, author, source, category and tags."""

from __future__ import annotations

from dataclasses import dataclass, field

from .dates import PageDate


@dataclass
class Metadata:
    """The facts about an article that its page states; an empty value means that it does not say.

    is_unsure: whether its date may be that of the visit, which nothing but its place on the page tells from it.
    """

    published: PageDate | None = None
    updated: PageDate | None = None
    author: str = ""
    source: str = ""
    category: str = ""
    tags: list[str] = field(default_factory=list)
    is_unsure: bool = False

    def fill_from(self, other: Metadata) -> None:
        """Take over each value that is still missing here."""
        self.published = self.published or other.published
        self.updated = self.updated or other.updated
        self.author = self.author or other.author
        self.source = self.source or other.source
        self.category = self.category or other.category
        self.tags = self.tags or other.tags
