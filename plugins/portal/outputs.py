"""What a feature gets from a build (`Build`), and what it asks for (`Outputs`). See plugins/features/hooks.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from plugins.addresses import Addresses
from plugins.features.assets import Assets
from plugins.incremental.site import Site
from plugins.incremental.state import State

from .editions import Edition
from .stories import Story

if TYPE_CHECKING:
    from plugins.artifacts import Cache
    from plugins.features import Feature
    from plugins.pictures import Pictures
    from plugins.problems import Problem


@dataclass(frozen=True)
class BuildContext:
    """Everything that one build has read.

    settings: Pelican's. addresses: of the portal. editions: by language, the first language's first. published: all
    articles and pages that readers may see. links: address of each by its path in the content folder. pictures: theirs.
    state: what the last build knew, for what is costly to find out. assets: the site's styles and scripts. now: the
    moment of the build, in the portal's time zone. rendering: a fingerprint of code, settings and theme. artifacts: the
    cache of what is costly to make (plugins/artifacts). features: those that are loaded. templates: the theme's, with
    fragments and filters. shown: all that a story's page shows, as text. moved: former addresses, with slash and query,
    and what they lead to, for the web server. findable: addresses of features' own pages that search engines should
    know. Features add to both in `prepare` or `finish`.
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
    redirects: dict[str, str] = field(default_factory=dict)
    sitemap_urls: list[str] = field(default_factory=list)

    @property
    def articles(self) -> list[Story]:
        """The articles among what is published."""
        return [story for story in self.published if story.kind == "article"]


class Outputs:
    """What a build publishes; files and pages are asked for, and made only where what they are made from has changed.

    ask_page: see `NewsGenerator.page_adders`.
    """

    def __init__(
        self, site: Site, ask_page: Mapping[str, Callable[..., bool]], editions: Mapping[str, Edition]
    ) -> None:
        self._site, self._ask_page, self._editions = site, ask_page, editions

    def add_file(
        self,
        address: str,
        fingerprint: str,
        render: Callable[[], bytes],
        group: str = "",
        conflict: Problem | None = None,
    ) -> bool:
        """Ask for a file; whether it will be made.

        fingerprint: of all that it is made from. group: see `group`. clash: what an editor is told where something
        else wants this file.
        """
        return self._site.add_output(address, fingerprint, render, group, conflict)

    def add_group(self, name: str, fingerprint: str, add_outputs: Callable[[], None]) -> None:
        """Ask for many files at once: where the fingerprint has changed, `ask` asks for each, with this group."""
        self._site.add_group(name, fingerprint, add_outputs)

    def add_page(
        self, lang: str, template: str, place: str, displayed: Iterable[str], *,
        values: Mapping[str, Any] | None = None, kind: str = "", **local: Any,
    ) -> bool:  # fmt: skip
        """Ask for a page of an edition; whether it will be made.

        template: "FEATURE/page" for page.html of its folder. place, values: its address, see `Addresses.url`; the
        header leads to the same place in other languages. shown: texts of all that it shows besides the frame. kind: of
        page, for fragments. local: names for the template; a function without parameters is called only where the page
        is made.
        """
        edition, made_of = self._editions[lang], dict(values or {})
        url, others = edition.url(place, **made_of), edition.alternates(place, **made_of)
        return self._ask_page[lang](template, url, displayed, others, kind=kind or place, **local)
