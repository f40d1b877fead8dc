"""The addresses of one portal: from places to addresses, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cache, cached_property
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from pelican.settings import DEFAULT_CONFIG

from .defaults import (
    ERROR_PAGES,
    FOLDERS,
    FORMER_URLS_SETTING,
    HEALTH,
    LIST_PAGE_URL,
    REFUSED_PAGE,
    SERVER_FILES,
    STATS_NAME,
    URLS,
    VOTE,
)
from .url_templates import HTML, UrlTemplate

INDEX = "index.html"
_ERRORS = frozenset({*ERROR_PAGES.values(), REFUSED_PAGE})
_LIST_PAGE = "(?:" + LIST_PAGE_URL.format(number=r"(?P<number>\d+)") + ")?"


class Place(NamedTuple):
    """What is at an address.

    Attributes:
        lang: of the edition.
        name: "article", "page", "category", "search", … (a setting without `_URL`); "home"; or, for all languages,
            "folder" (files), "server" (files for web servers), "vote", "figures" (statistics of the site), "error".
        slug: of an article, category and so on, else "".
        file: a file beside the page, such as "a.pdf", or ".pdf" beside "a.html"; "" for the page itself.
        number: of a page of a list, 0 for the list itself.
    """

    lang: str
    name: str
    slug: str = ""
    file: str = ""
    number: int = 0


def output_name(url: str) -> str:
    """The name of the file of a page, relative to the published site."""
    return url + INDEX if url == "" or url.endswith("/") else url


def list_page_url(url: str, number: int) -> str:
    """The address of a page of the list at `url`."""
    return url + LIST_PAGE_URL.format(number=number)


def list_page_number(url: str) -> int:
    """The inverse of `list_page_url`: the number of a page of a list, 0 for the list itself."""
    match = re.search(_LIST_PAGE + r"\Z", url)
    return int(match["number"] or 0) if match else 0


class Addresses:
    """All addresses of a portal.

    Args:
        languages: their codes; the pages of the first are at the root of the site.
        urls: the settings of addresses, with their templates.
        site: the portal's public address (SITEURL), which may be below a path: "https://tinh.example/xa"; "" for none.

    Attributes:
        base: the path of the front page on its host: "/", or "/xa/".
        origin: the public address of the host, "https://tinh.example"; "" if there is none.
    """

    def __init__(self, languages: list[str], urls: Mapping[str, str], site: str = "") -> None:
        self.languages, self.urls, self._site = list(languages), dict(urls), site
        parts = urlsplit(site)
        self.base = f"{parts.path.rstrip('/')}/"
        self.origin = site.removesuffix("/").removesuffix(parts.path.rstrip("/"))
        self._templates = {place_name(setting): UrlTemplate(place_name(setting), url) for setting, url in urls.items()}

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any], feature_urls: Mapping[str, str] | None = None) -> Addresses:
        """The addresses of a portal's settings. feature_urls: settings that features declare, with their defaults."""
        default_lang = settings["DEFAULT_LANG"]
        languages = [default_lang, *(lang for lang in settings["AGENCY"] if lang != default_lang)]
        defaults = {**URLS, **(feature_urls or {})}
        urls = {name: _setting(settings, name, default) for name, default in defaults.items()}
        return cls(languages, urls, settings.get("SITEURL") or "")

    # --- kept between commands ---

    def pack(self) -> str:
        """Serialize the addresses, for `unpack`."""
        return json.dumps([self.languages, self.urls, *([self._site] if self.base != "/" else [])])

    @classmethod
    def unpack(cls, text: str) -> Addresses:
        """Deserialize what `pack` returned."""
        return cls(*json.loads(text))

    def former_layouts(self, settings: Mapping[str, Any]) -> list[Addresses]:
        """The addresses as they were with each of FORMER_ARTICLE_URLS."""
        return [
            Addresses(self.languages, self.urls | {"ARTICLE_URL": url}, self._site)
            for url in settings.get(FORMER_URLS_SETTING, ())
        ]

    # --- from an address to its link, and back ---

    def path(self, url: str) -> str:
        """An address as links write it: from the root of the host, percent-encoded where necessary."""
        return self.base + _quoted(url)

    def absolute(self, url: str) -> str:
        """The public address of a page or file, such as "https://tinh.example/xa/lien-he/"; its path in a preview."""
        return self.origin + self.path(url)

    def local(self, path: str) -> str | None:
        """The address, without leading slash, that a path on the host leads to; None outside of the portal.

        The inverse of `path`, but for percent-encoding.
        """
        return path.removeprefix(self.base) if path.startswith(self.base) else None

    def typed(self, path: str) -> str:
        """The address, without leading slash, of a link within the portal as a person writes it.

        Below a path, "/xa/lien-he/" (copied from a browser) and "/lien-he/" are the same.
        """
        address = self.local(path)
        return (path if address is None else address).lstrip("/")

    def href(self, link: str) -> str:
        """A link that the owner has written in the settings: within the portal ("/lien-he/"), or to elsewhere."""
        return self.base + self.typed(link) if link.startswith("/") and not link.startswith("//") else link

    # --- from places to addresses ---

    def prefix(self, lang: str) -> str:
        """The beginning of all addresses of a language: "" or "en/"."""
        return "" if lang == self.languages[0] else f"{lang}/"

    def url(self, lang: str, name: str, **values: str | date) -> str:
        """The address of a place: `addresses.url("en", "category", slug="xa-hoi")`.

        Raises KeyError for an unknown name, and for a missing value.
        """
        return self.prefix(lang) + ("" if name == "home" else self._templates[name].format(**values))

    def alternates(self, lang: str, name: str, **values: str | date) -> dict[str, str]:
        """The addresses of the same place in all other languages, by language."""
        return {other: self.url(other, name, **values) for other in self.languages if other != lang}

    def fields(self, name: str) -> set[str]:
        """The names of the values that an address of this name needs."""
        return self._templates[name].fields

    def template(self, lang: str, name: str) -> str:
        """The URL template of a place in a language, for Pelican's settings."""
        return self.prefix(lang) + self._templates[name].template

    @staticmethod
    def companion(url: str, slug: str, ending: str) -> str:
        """The address of a file beside a page: `a/a.pdf` for the page `a/`, `a.pdf` for `a.html`."""
        return url.removesuffix(HTML) + ending if url.endswith(HTML) else f"{url}{slug}{ending}"

    @staticmethod
    def stats_file(url: str, ending: str = ".json") -> str:
        """The address of the statistics of a page: `a/so-lieu.json`, or `a.so-lieu.json` for `a.html`."""
        return f"{url.removesuffix(HTML)}.{STATS_NAME}{ending}" if url.endswith(HTML) else f"{url}{STATS_NAME}{ending}"

    def fill_placeholders(self, text: str) -> str:
        """Fill in the names of places in braces, such as "{search}chi-muc/", for the first language."""
        return text.format(**{name: each.template for name, each in self._templates.items() if not each.fields})

    @property
    def vote_url(self) -> str:
        """The address that ratings are sent to."""
        return VOTE

    @property
    def site_stats_file(self) -> str:
        """The address of the statistics of the whole site: `thong-ke.json`."""
        return self._templates["statistics"].template.rstrip("/") + ".json"

    def language_of(self, url: str) -> str:
        """The language of the edition that an address belongs to, whether there is a page or not."""
        first, slash, _ = url.partition("/")
        return first if slash and first in self.languages[1:] else self.languages[0]

    # --- from addresses to places ---

    def resolve(self, path: str) -> Place | None:
        """The place at an address, or None where the portal has no address of that form.

        Args:
            path: with or without a leading slash, percent-encoded or not, without a query.
        """
        path = unquote(path).lstrip("/")
        shared = self._shared_place(path)
        if shared:
            return Place(self.languages[0], shared)
        lang = self.language_of(path)
        local = path.removeprefix(self.prefix(lang))
        if local in ("", INDEX):
            return Place(lang, "home")
        for name, regex in self._by_specificity:
            match = regex.fullmatch(local)
            if match:
                values = match.groupdict()
                file = values["file"].removeprefix(INDEX if local.endswith(INDEX) else HTML)
                return Place(lang, name, values.get("slug") or "", file, int(values.get("number") or 0))
        return None

    def _shared_place(self, path: str) -> str:
        """The name of a place that all languages share, or ""."""
        if path in _ERRORS:
            return "error"
        if path.startswith(FOLDERS):
            return "folder"
        if path.startswith(SERVER_FILES):
            return "server"
        if path.rstrip("/") == VOTE:
            return "vote"
        return "figures" if path == self.site_stats_file else ""

    def is_reserved(self, path: str) -> bool:
        """Whether an address is taken, whatever articles there are: by a fixed page, ratings, or server files.

        Args:
            path: as for `resolve`, but with its query. With one it is never taken, because it may be an address of an
                old portal.
        """
        path = unquote(path).lstrip("/")
        return path in self._fixed_paths or path.startswith(SERVER_FILES)

    @cached_property
    def _fixed_paths(self) -> frozenset[str]:
        names = ["home", *(name for name, template in self._templates.items() if not template.fields)]
        pages = {self.url(lang, name) for lang in self.languages for name in names} | {VOTE + "/", HEALTH + "/"}
        spellings = {spelling for url in pages for spelling in (url, url.rstrip("/"), url + INDEX)}
        return frozenset({*spellings, *_ERRORS, self.site_stats_file})

    @cached_property
    def _by_specificity(self) -> list[tuple[str, re.Pattern[str]]]:
        """The names and patterns of all addresses, the most specific first."""
        ordered = sorted(self._templates.values(), key=lambda template: [-rank for rank, _ in template.specificity])
        return [(template.name, re.compile(template.regex() + _rest_regex(template))) for template in ordered]

    def article_regex(self) -> tuple[str, str]:
        """A pattern, without groups, for the beginning of addresses of articles and of files beside them.

        Returns:
            The pattern, for all languages, and what completes a match to the address of the article ("" or ".html").
        """
        others = "|".join(map(re.escape, self.languages[1:]))
        template = self._templates["article"]
        ending = HTML if template.is_file else ""
        return (f"(?:(?:{others})/)?" if others else "") + template.regex(groups=False), ending


def _setting(settings: Mapping[str, Any], name: str, default: str) -> str:
    """The owner's value of a setting, or the default. Pelican's "", for pages that it does not make, is no value."""
    value: str = settings.get(name, default)
    return default if value == "" == DEFAULT_CONFIG.get(name) else value


@cache
def _quoted(url: str) -> str:
    return quote(url, safe="/#?=&~.-_")


@cache
def place_name(setting: str) -> str:
    """The name of the places at the addresses of a setting: "article" for `ARTICLE_URL`."""
    return setting.removesuffix("_URL").lower()


def _rest_regex(template: UrlTemplate) -> str:
    """A pattern for what may follow the stem of an address: the number of a list's page, and a file beside the page."""
    if template.is_file:
        return r"(?P<file>\.[^/]+)"
    return ("" if template.name in ("article", "page") else _LIST_PAGE) + "(?P<file>[^/]*)"
