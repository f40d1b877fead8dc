"""Pelican's generator of articles, for a portal with editions and with lists numbered from the oldest.

It reads what has changed, sorts it into editions, and adds every page of them to the site with a fingerprint of all
that the page shows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pelican import signals
from pelican.generators import ArticlesGenerator

from plugins import owner_settings
from plugins.addresses import DOCUMENTS, ERROR_PAGES, REFUSED_PAGE, output_name
from plugins.markdown_reader.places import ids_of
from plugins.pelican_bridge import generators as bridge
from plugins.pelican_bridge.staging import StagedSite
from plugins.problems import Problem

from . import content_checks, front_page, links, navigation, reading
from .cards import Cards
from .edition_pages import EditionPages, PageSpec
from .editions import Edition
from .frame import frame
from .gaps import Gaps, is_gap
from .list_pages import ListPages, list_addresses
from .outputs import BuildContext, Outputs
from .stories import Story, digest
from .story_pages import StoryPages

if TYPE_CHECKING:
    from plugins.incremental.site import Site


class NewsGenerator(ArticlesGenerator):  # type: ignore[misc]  # Pelican has no type information
    """Generates articles, pages and everything that lists them, edition by edition.

    Attributes:
        editions: The editions by language.
        sources: The files of content, with those that have changed.
        all_stories: Everything that was read, in order of path.
        published: What readers may see of it.
        withdrawn: What they could see once.
        addresses: The address of each published story by its path.
        status_changes: Future times at which something published changes its status.
        build: What features get of the build.
        pages: By language, what adds single pages to the site; from `generate_output` on.
    """

    editions: dict[str, Edition]
    sources: reading.Sources
    all_stories: list[Story]
    published: list[Story]
    withdrawn: list[Story]
    addresses: dict[str, str]
    status_changes: list[datetime]
    build: BuildContext
    pages: dict[str, EditionPages]

    def check_disabled_readers(self) -> None:
        """Do nothing: Pelican would walk the whole tree again to report files that the portal reports itself."""

    def generate_context(self) -> None:
        """Read what has changed, sort it into editions, and collect problems in the context."""
        context, settings = self.context, self.settings
        context["news"] = self
        self.editions = context["editions"]
        self.sources = reading.read_changed(context["rules"], context["state"])
        self._choose_published()
        self.addresses = {story.path: story.url for story in self.published}
        self._story_pages = StoryPages(context, settings, self.addresses, context["now"].timestamp())
        for edition in self.editions.values():
            edition.sort_stories(story for story in self.published if story.edition is edition)
            edition.gaps = Gaps(edition, (story for story in self.withdrawn if story.edition is edition))
            edition.render_body = self._story_pages.body
        self._collect_problems()
        if context["has_foreign_plugins"]:
            bridge.publish_lists(self)
        signals.article_generator_finalized.send(self)
        self.build = self._build_context()
        for feature in context["page_values"]["features"]:
            context["problems"] += feature.prepare(self.build)

    def generate_output(self, site: Site | StagedSite) -> None:
        """Add every page to the site, and what features publish."""
        context, editions = self.context, self.editions.values()
        frames = {edition.lang: frame(edition) for edition in editions}
        pictures = context["pictures"].fingerprints(navigation.pictures(self.settings))
        shared = digest(context["rendering_fingerprint"], *(f"{f.lang} {f.home}" for f in frames.values()), *pictures)
        self._set_list_texts()
        self.pages = {
            edition.lang: EditionPages(site, context, self.get_template, frames, edition.lang, shared)
            for edition in editions
        }
        addresses = list_addresses(editions)
        for edition in editions:
            pages = self.pages[edition.lang]
            self._story_pages.add_all(site, edition, pages)
            cards = Cards(context["state"], edition.lang, pages.fingerprint, pages.render_card)
            page_size, features = self.settings["DEFAULT_PAGINATION"], context["page_values"]["features"]
            ListPages(site, edition, pages, cards, addresses, page_size, features).add_all()
            render_cards = partial(cards.render_missing, self.settings.get("JOBS"))
            if isinstance(site, StagedSite):
                render_cards()  # it renders while pages are added
            else:
                site.before_rendering.append(render_cards)
            cards.forget(self.sources.changed - self.sources.known.keys())
        self._add_error_pages()
        outputs = Outputs(site, self.pages, self.editions)
        for feature in context["page_values"]["features"]:
            feature.add_outputs(self.build, outputs)
        if isinstance(site, StagedSite):
            site.write_requested()
        signals.article_writer_finalized.send(self, writer=site)

    def _add_error_pages(self) -> None:
        """Add the pages for errors, in the default language. That for what is not there shows the newest articles."""
        lang, pages = next(iter(self.pages.items()))
        for page in (*ERROR_PAGES.values(), REFUSED_PAGE):
            status = page.removesuffix(".html")
            newest = self.editions[lang].articles[: front_page.NEWEST] if status == "404" else []
            displayed = [story.list_text for story in newest]
            pages.add(PageSpec("404", page, displayed, {}, {"kind": "error", "status": status, "newest": newest}))

    def pages_as_read(self) -> Callable[[str], bool]:
        """Return a function that says whether something is at an address, as far as is known before pages are made."""
        lists = set().union(*list_addresses(self.editions.values()).values())
        names = {output_name(url) for url in (*lists, *(story.url for story in self.published))}
        known = {"article", "page", "category", "tag", "author", "year_archive", "month_archive"}

        def is_published(address: str) -> bool:
            if address.startswith(DOCUMENTS):
                return Path(self.settings["PATH"], unquote(address)).is_file()
            place = self.context["addresses"].resolve(address)
            return place is not None and (place.name not in known or output_name(unquote(address)) in names)

        return is_published

    def render_story(self, story: Story) -> tuple[str, bytes]:
        """Render the page of a story at once, and return the name and content of its file."""
        page = self._story_pages.page(story, "")
        return output_name(story.url), self.pages[story.lang].render(page).encode()

    def frame_values(self, url: str) -> dict[str, Any]:
        """Return what every page of the portal gets, for a page at `url` that is rendered by other code."""
        return self.pages[self.context["addresses"].language_of(url)].frame_values(url)

    def _choose_published(self) -> None:
        context = self.context
        self.all_stories = reading.load_stories(self.sources, self.editions, context["state"], self._story_factory())
        now = context["now"]
        self.withdrawn = [story for story in self.all_stories if is_gap(story)]
        self.published = reading.visible_stories(self.all_stories, now.timestamp(), self.settings["SHOW_DRAFTS"])
        self.status_changes = reading.set_statuses(self.published, now)
        reading.pair_translations(self.published)
        if context["has_foreign_plugins"]:
            self.published = bridge.let_plugins_remove(self, self.published)

    def _story_factory(self) -> Callable[..., Story]:
        """Return what creates a story of a row: with foreign plugins, an object with all that those expect."""
        if not self.context["has_foreign_plugins"]:
            return Story
        from plugins.pelican_bridge.content_objects import ContentFactory

        return ContentFactory(self, self.context["pages_generator"])

    def _collect_problems(self) -> None:
        content, stories = self.settings["PATH"], self.all_stories
        problems: list[Problem] = self.context["problems"]
        problems += self.sources.problems
        problems += content_checks.notes(stories, content)
        problems += content_checks.address_conflicts(stories, content)
        problems += content_checks.copies(stories, content)
        problems += content_checks.unknown_categories(stories, self.settings)
        missing = navigation.missing_pages(self.settings, self.editions.values())
        problems += owner_settings.located(self.settings, missing)
        problems += content_checks.similar_names(self.editions.values(), content)
        # a file that could not be read looks like one that is not published, so warnings would be wrong
        has_errors = any(problem.level == "error" for problem in problems)
        found = [
            *links.link_problems(self.published, self.addresses, content),
            *links.fragment_problems(self.published, content, self._ids_around, self.context["addresses"]),
        ]
        problems += [problem for problem in found if problem.level == "error" or not has_errors]

    def _ids_around(self) -> set[str]:
        """Return the ids that the templates of theme and features put around the text of a page."""
        folders = [Path(self.theme, "templates"), *(f.folder for f in self.context["page_values"]["features"])]
        templates = (path for folder in folders for path in folder.glob("*.html"))
        return set().union(*(ids_of(path.read_text(encoding="utf-8", errors="replace")) for path in templates))

    def _build_context(self) -> BuildContext:
        context = self.context
        return BuildContext(
            settings=self.settings,
            addresses=context["addresses"],
            editions=self.editions,
            published=self.published,
            links=self.addresses,
            pictures=context["pictures"],
            state=context["state"],
            assets=context["page_values"]["assets"],
            now=context["now"],
            rendering_fingerprint=context["rendering_fingerprint"],
            artifacts=context["artifacts"],
            templates=self.env,
            features=context["page_values"]["features"],
            displayed_text=self._story_pages.displayed_text,
            withdrawn=self.withdrawn,
            former=self.sources.former,
        )

    def _set_list_texts(self) -> None:
        """Set what lists show of each story: its header, its first picture, and what features say of it."""
        fingerprints = self.context["pictures"].fingerprints
        features = self.context["page_values"]["features"]
        contexts = [feature.card_context for feature in features if feature.overrides("card_context")]
        for story in self.published:
            if contexts:
                story.card_digest = digest(story.card_digest, *(repr(context(story)) for context in contexts))
            pictures = story.picture_paths
            story.list_text = story.card_digest + fingerprints(pictures[:1])[0] if pictures else story.card_digest
