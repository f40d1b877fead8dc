"""Pages of articles, of editors' pages, and of things of features' kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from .edition_pages import EditionPages, PageSpec
from .editions import Edition
from .links import resolve_links
from .stories import Story, digest

if TYPE_CHECKING:
    from plugins.incremental.site import Site
    from plugins.pelican_bridge.staging import StagedSite
    from plugins.pictures import Pictures


class StoryPages:
    """Knows what the page of a story shows.

    Args:
        context: What all generators of the build share. Its "pictures" are there as soon as all stories are read.
        settings: Pelican's settings.
        addresses: The address of each published story by its path.
        now: The time of the build, in seconds since 1970.
    """

    def __init__(
        self, context: Mapping[str, Any], settings: Mapping[str, Any], addresses: Mapping[str, str], now: float
    ) -> None:
        self._context, self._addresses, self._now = context, addresses, now
        self._with_drafts = settings["SHOW_DRAFTS"]
        self._for_image_process = context["has_foreign_plugins"] and "IMAGE_PROCESS" in settings

    @property
    def _pictures(self) -> Pictures:
        pictures: Pictures = self._context["pictures"]
        return pictures

    def body(self, story: Story) -> str:
        """Return the HTML of a story's text, with links and pictures and with what features do to it."""
        html = resolve_links(story.body, self._addresses, self._context["addresses"])
        for feature in self._context["page_values"]["features"]:
            html = feature.body_html(story, html)
        enlarge = story.edition.language.words.gettext("See the picture larger")
        return self._pictures.insert_pictures(html, self._for_image_process, enlarge)

    def is_pending(self, story: Story) -> bool:
        """Whether only the preview shows a story."""
        return self._with_drafts and (story.status == "draft" or story.published_at > self._now)

    def displayed_text(self, story: Story) -> str:
        """Return all that a story's page shows as text, but for the frame that all pages of its edition share."""
        displayed = [story.full_digest, *story.extra_key_parts, *[s.card_digest for s in story.displayed_stories]]
        if story.picture_paths:
            displayed += self._pictures.fingerprints(story.picture_paths)
        if story.link_paths:
            displayed += [self._addresses.get(path, "") for path in story.link_paths]
        if story.translations:
            displayed += [translation.url for translation in story.translations]
        if self.is_pending(story):
            displayed.append("pending")
        return "\0".join(displayed)

    def page(self, story: Story, displayed: str) -> PageSpec:
        """Describe the page of a story.

        Args:
            story: The story.
            displayed: What `displayed_text` returns for it.
        """
        kind = story.content_kind
        kind_of_page = "article" if kind.listed else "page"  # as templates and fragments know it
        values = {
            "kind": kind_of_page,
            "body": partial(self.body, story),
            "pending": self.is_pending(story),
            "item": story,
            kind_of_page: story,
        }
        alternates = {translation.lang: translation.url for translation in story.translations}
        within = story.category.url if kind.listed else ""
        return PageSpec(kind.template, story.url, [displayed], alternates, values, within=within)

    def add_all(self, site: Site | StagedSite, edition: Edition, pages: EditionPages) -> None:
        """Add the pages of all stories of an edition to the site."""
        groups = {f"articles {edition.lang} {year}-{month}": s for (year, month), s in edition.months.items()}
        groups |= {f"{kind} {edition.lang}": stories for kind, stories in edition.extra_kinds.items()}
        for group, stories in groups.items():
            # Compare the group's fingerprint once instead of every page's.
            displayed = [self.displayed_text(story) for story in stories]
            add = partial(self._add_each, pages, stories, displayed, group)
            site.add_group(group, digest(pages.fingerprint, *displayed), add)
        editors_pages = list(edition.pages.values())
        self._add_each(pages, editors_pages, [self.displayed_text(page) for page in editors_pages])

    def _add_each(
        self, pages: EditionPages, stories: Sequence[Story], displayed: Sequence[str], group: str = ""
    ) -> None:
        for story, text in zip(stories, displayed, strict=True):
            pages.add(self.page(story, text), group)
