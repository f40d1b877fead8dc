"""For plugins of others: Pelican's generator of pages, and its lists on the generator of articles."""

from __future__ import annotations

from typing import Any

from pelican import signals
from pelican.generators import PagesGenerator

from . import lists


class Pages(PagesGenerator):
    """The pages of a build. What reads, renders and publishes them is the generator of articles."""

    def __init__(self, context: dict[str, Any], *arguments: Any, **named: Any) -> None:
        context["pages_generator"] = self
        super().__init__(context, *arguments, **named)

    def check_disabled_readers(self) -> None:
        """Nothing to say: which files are read is told by the portal itself."""

    def generate_context(self) -> None:
        found = lists.build_lists(self.context["news"])
        self.pages, self.translations, self.draft_pages = found.pages, found.page_translations, found.draft_pages
        self._update_context(("pages", "hidden_pages", "draft_pages"))
        signals.page_generator_finalized.send(self)

    def generate_output(self, writer: Any) -> None:
        signals.page_writer_finalized.send(self, writer=writer)


def before_taxonomy(news: Any, published: list[Any]) -> list[Any]:
    """Give plugins the articles before they are sorted by category and so on; what they have left of them."""
    shown = {id(story) for story in published}
    drafts = [story for story in news.found if id(story) not in shown]
    found = lists.sort(published, drafts, news.settings["DEFAULT_LANG"])
    news.articles, news.translations, news.drafts = found.articles, found.translations, found.drafts
    signals.article_generator_pretaxonomy.send(news)
    left = {id(article) for article in (*news.articles, *news.translations)}
    for story in published:
        story.follow()
    return [story for story in published if story.kind == "page" or id(story) in left]


def after_taxonomy(news: Any) -> None:
    """Give plugins everything sorted, on the generator and in the context."""
    found = lists.build_lists(news)
    for name in ("articles", "translations", "drafts", "dates", "categories", "authors", "period_archives"):
        setattr(news, name, getattr(found, name))
    news.tags.update(found.tags)
    news._update_context(
        ("articles", "drafts", "hidden_articles", "dates", "tags", "categories", "authors", "related_posts")
    )
    news.context["period_archives"] = news.period_archives
