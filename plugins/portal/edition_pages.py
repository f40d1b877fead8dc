"""Pages of an edition: what every template gets, and how a page is added to the site.

A template gets only what goes into the fingerprint of its page, and of the edition only its frame. So no page can
depend on something that its fingerprint lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import Template
from markupsafe import Markup

from plugins.addresses import output_name
from plugins.languages import apply_language_marks
from plugins.pelican_bridge.staging import StagedSite, signal_values

from .frame import Frame
from .stories import Story, digest

if TYPE_CHECKING:
    from plugins.features import Feature
    from plugins.incremental.site import Site


class PageSpec(NamedTuple):
    """A page to be added to the site.

    Attributes:
        template: The name of its template.
        url: Its address, without the leading slash.
        displayed: Texts of all that it shows besides the frame, for its fingerprint.
        alternates: The addresses of the same page in other editions, by language.
        values: What its template gets besides, with "item" on the page of a story; a function without parameters is
            called when the page is rendered.
        here: The address in the menu that the page is, or "home"; "" if it is in no menu.
        within: The address of the list that the page belongs to.
    """

    template: str
    url: str
    displayed: Iterable[str]
    alternates: Mapping[str, str]
    values: Mapping[str, Any]
    here: str = ""
    within: str = ""


class EditionPages:
    """Adds the pages of one edition to a site, and renders them.

    Args:
        site: The site to add them to.
        context: What all generators of the build share; its "page_values" are what every template gets.
        get_template: Returns a template of the theme or of a feature by name.
        frames: The frames of all editions by language.
        lang: The language of this edition.
        shared: A fingerprint of what all pages of all editions depend on.
    """

    def __init__(
        self,
        site: Site | StagedSite,
        context: Mapping[str, Any],
        get_template: Callable[[str], Template],
        frames: Mapping[str, Frame],
        lang: str,
        shared: str,
    ) -> None:
        self._site, self._context, self._get_template, self._lang = site, context, get_template, lang
        frame = frames[lang]
        self.fingerprint = digest(shared, frame.fingerprint)  # of what all pages of the edition show
        self._fingerprint_parts = shared, frame.fingerprint
        self._values = {**context["page_values"], **frame.words, "edition": frame}
        self._page_values = {**self._values, "editions": frames, "banners": {}}
        features: Sequence[Feature] = context["page_values"]["features"]
        self._with_banners = [feature for feature in features if feature.overrides("banner_context")]
        self._menu_places = {place for entry in frame.navigation for place in entry.places}
        self._header = cache(self._render_header)
        self._footer = cache(self._render_footer)

    def add(self, page: PageSpec, group: str = "") -> bool:
        """Add a page to the site, and return whether it will be rendered.

        Args:
            page: The page.
            group: The group of outputs that it belongs to, see `Site.add_group`.
        """
        name = output_name(page.url)
        banners = {} if "item" in page.values else self.banners(page.url)
        if banners:
            page = page._replace(displayed=[*page.displayed, repr(banners)], values={**page.values, "banners": banners})
        if isinstance(self._site, StagedSite):
            values = signal_values(page.values.get("kind", ""), page.url, page.values)
            return self._site.add_page(name, lambda context: self.render(page, context), self._context, values)
        fingerprint = digest(
            *self._fingerprint_parts, page.template, page.url, page.within, *page.alternates.values(), *page.displayed
        )
        return self._site.add_output(name, fingerprint, lambda: self.render(page).encode(), group)

    def banners(self, url: str) -> dict[str, object]:
        """Return what the banners of a page show, by feature; empty for a page without one."""
        found = {feature.name: feature.banner_context(self._lang, url) for feature in self._with_banners}
        return {name: context for name, context in found.items() if context is not None}

    def render(self, page: PageSpec, context: Mapping[str, Any] | None = None) -> str:
        """Render a page.

        Args:
            page: The page.
            context: Further names for the template, which give way to all others.
        """
        here, within = (place if place in self._menu_places else "" for place in (page.here or page.url, page.within))
        values = {**(context or {}), **self._page_values, "address": page.url, "alternates": page.alternates}
        values["footer"] = self._footer()
        values["header"] = self._header(here, within, tuple(page.alternates.items()))
        values.update((name, value() if callable(value) else value) for name, value in page.values.items())
        return apply_language_marks(self._get_template(page.template).render(values))

    def render_card(self, story: Story) -> str:
        """Render a story as an entry of a list."""
        return self._get_template("card").render(self._values, lazy=True, large=False, article=story)

    def frame_values(self, url: str) -> dict[str, Any]:
        """Return what every page of the edition gets, for a page at `url` that is rendered by other code."""
        values = {**self._page_values, "address": url, "alternates": {}}
        return {**values, "header": self._header("", "", ()), "footer": self._footer(), "here": "", "within": ""}

    def _render_header(self, here: str, within: str, alternates: tuple[tuple[str, str], ...]) -> Markup:
        values = {**self._page_values, "here": here, "within": within, "alternates": dict(alternates)}
        return Markup(self._get_template("header").render(values))

    def _render_footer(self) -> Markup:
        return Markup(self._get_template("footer").render(self._page_values))
