"""What a feature gets from a build (`BuildContext`), and what it adds files and pages to (`Outputs`).

See plugins/features/hooks.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from plugins.addresses import Addresses
from plugins.features.assets import Assets
from plugins.incremental.state import State

from .edition_pages import EditionPages, PageSpec
from .editions import Edition
from .stories import Story

if TYPE_CHECKING:
    from plugins.artifacts import Cache
    from plugins.features import Feature
    from plugins.incremental.site import Site
    from plugins.pelican_bridge.staging import StagedSite
    from plugins.pictures import Pictures
    from plugins.problems import Problem

    from .reading import Former


@dataclass(frozen=True)
class BuildContext:
    """Everything that one build has read.

    Attributes:
        settings: Pelican's settings.
        addresses: The addresses of the portal.
        editions: The editions by language, the default language's first.
        published: All articles and pages that readers may see.
        links: The address of each of them by its path in the content folder.
        pictures: The pictures of them.
        state: What the last build knew, for values that are costly to find out.
        assets: The site's styles and scripts.
        now: The time of the build, in the portal's time zone.
        rendering_fingerprint: A fingerprint of code, settings and theme.
        artifacts: The cache of files that are costly to make (plugins/artifacts).
        features: The loaded features.
        templates: The theme's templates, with fragments and filters.
        displayed_text: Returns all that a story's page shows, as text.
        withdrawn: Articles and pages that were published once and are withdrawn, which nobody may see.
        former: What the last build knew of the files that have changed since, by path.
        gone_pages: Addresses that answer that they are gone (410), with leading slash, and the page that says why.
            Features add to it in `prepare` or `finish`.
        redirects: Former addresses, with leading slash and query, and what they redirect to, for the web server.
            Features add to it in `prepare` or `finish`.
        sitemap_urls: Addresses of features' own pages for search engines. Features add to it in `prepare` or `finish`.
    """

    settings: Mapping[str, Any]
    addresses: Addresses
    editions: Mapping[str, Edition]
    published: list[Story]
    links: Mapping[str, str]
    pictures: Pictures
    state: State
    assets: Assets
    now: datetime
    rendering_fingerprint: str
    artifacts: Cache
    templates: Environment
    features: Sequence[Feature]
    displayed_text: Callable[[Story], str]
    withdrawn: list[Story] = field(default_factory=list)
    former: Mapping[str, Former] = field(default_factory=dict)
    gone_pages: dict[str, str] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    sitemap_urls: list[str] = field(default_factory=list)

    @property
    def articles(self) -> list[Story]:
        """The articles among what is published."""
        return [story for story in self.published if story.kind == "article"]


class Outputs:
    """Takes the files and pages of features, which are rendered only if something that they show has changed.

    Args:
        site: The site to add them to.
        pages: By language, what adds single pages.
        editions: The editions by language.
    """

    def __init__(
        self, site: Site | StagedSite, pages: Mapping[str, EditionPages], editions: Mapping[str, Edition]
    ) -> None:
        self._site, self._pages, self._editions = site, pages, editions

    def add_file(
        self,
        address: str,
        fingerprint: str,
        render: Callable[[], bytes],
        group: str = "",
        conflict: Problem | None = None,
    ) -> bool:
        """Add a file, and return whether it will be rendered.

        Args:
            address: Its name relative to the site, with slashes.
            fingerprint: A fingerprint of all that it is made from.
            render: Returns its content.
            group: The group that it belongs to, see `add_group`.
            conflict: The problem to report if something else wants the same file.
        """
        return self._site.add_output(address, fingerprint, render, group, conflict)

    def add_group(self, name: str, fingerprint: str, add_outputs: Callable[[], None]) -> None:
        """Add many files at once, so that one comparison is enough if nothing has changed.

        Args:
            name: The name of the group, which `add_outputs` gives with each file.
            fingerprint: A fingerprint of all that the files are made from.
            add_outputs: Adds each file; called only if the fingerprint has changed.
        """
        self._site.add_group(name, fingerprint, add_outputs)

    def add_page(
        self,
        lang: str,
        template: str,
        place: str,
        displayed: Iterable[str],
        *,
        values: Mapping[str, Any] | None = None,
        kind: str = "",
        url: str = "",
        **local: Any,  # noqa: ANN401  # names for a template have values of any type
    ) -> bool:
        """Add a page to an edition, and return whether it will be rendered.

        Args:
            lang: The language of the edition.
            template: "FEATURE/page" for page.html in the feature's folder.
            place: The name of its address, see `Addresses.url`. The header links to the same place in other languages.
            displayed: Texts of all that it shows besides the frame.
            values: The values for its address.
            kind: The kind of page, for fragments; `place` by default.
            url: Its address, if it is not that of the place: an article was there. It has no alternates then.
            local: Names for the template; a function without parameters is called only when the page is rendered.
        """
        edition, url_values = self._editions[lang], dict(values or {})
        alternates = {} if url else edition.alternates(place, **url_values)
        url = url or edition.url(place, **url_values)
        return self._pages[lang].add(PageSpec(template, url, displayed, alternates, {"kind": kind or place, **local}))
