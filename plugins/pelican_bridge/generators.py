"""For foreign plugins: Pelican's generator of pages, and its lists on the generator of articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pelican import signals
from pelican.generators import PagesGenerator

from . import lists
from .pelican_internals import update_context

if TYPE_CHECKING:
    from plugins.portal.generators import NewsGenerator
    from plugins.portal.stories import Story

    from .staging import StagedSite


class PageListGenerator(PagesGenerator):  # type: ignore[misc]  # Pelican has no type information
    """Has the lists of pages. What reads, renders and publishes pages is the generator of articles."""

    def __init__(self, context: dict[str, Any], **options: object) -> None:
        context["pages_generator"] = self
        super().__init__(context=context, **options)

    def check_disabled_readers(self) -> None:
        """Do nothing: the portal itself reports files that are not read."""

    def generate_context(self) -> None:
        """Set the lists of pages."""
        found = lists.build_lists(self.context["news"])
        self.pages, self.translations, self.draft_pages = found.pages, found.page_translations, found.draft_pages
        update_context(self, ("pages", "hidden_pages", "draft_pages"))
        signals.page_generator_finalized.send(self)

    def generate_output(self, writer: StagedSite) -> None:
        """Write nothing, but send the signal that Pelican sends after writing."""
        signals.page_writer_finalized.send(self, writer=writer)


def let_plugins_remove(news: NewsGenerator, published: list[Story]) -> list[Story]:
    """Give plugins the articles before they are sorted into categories and so on, and return what they have left."""
    published_ids = {id(story) for story in published}
    drafts = [story for story in news.all_stories if id(story) not in published_ids]
    found = lists.sort(published, drafts, news.settings["DEFAULT_LANG"])
    news.articles, news.translations, news.drafts = found.articles, found.translations, found.drafts
    signals.article_generator_pretaxonomy.send(news)
    left = {id(article) for article in (*news.articles, *news.translations)}
    for story in published:
        story.sync_fields()
    return [story for story in published if story.kind == "page" or id(story) in left]


def publish_lists(news: NewsGenerator) -> None:
    """Set Pelican's lists on the generator and in the context."""
    found = lists.build_lists(news)
    for name in ("articles", "translations", "drafts", "dates", "categories", "authors", "period_archives"):
        setattr(news, name, getattr(found, name))
    news.tags.update(found.tags)
    names = ("articles", "drafts", "hidden_articles", "dates", "tags", "categories", "authors", "related_posts")
    update_context(news, names)
    news.context["period_archives"] = news.period_archives
