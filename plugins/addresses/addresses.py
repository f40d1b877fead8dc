"""The addresses of one portal."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cache, cached_property
from typing import Any, NamedTuple
from urllib.parse import unquote

from pelican.settings import DEFAULT_CONFIG

from .defaults import ERROR_PAGE, STATS_NAME, FOLDERS, FORMER_URLS_SETTING, LIST_PAGE_URL, SERVER_FILES, URLS, VOTE
from .url_templates import HTML, UrlTemplate

INDEX = "index.html"
_PAGE_OF_LIST = "(?:" + LIST_PAGE_URL.format(number=r"(?P<number>\d+)") + ")?"


class Place(NamedTuple):
    """What stands at an address.

    lang: of its edition. name: "article", "page", "category", "search", … (a setting without `_URL`), "home", or of
    all languages "folder" (files), "server" (what web servers read), "vote", "figures" (of the site), "error". slug:
    of what is told apart by one, else "". file: the name of a file beside the page, such as "a.pdf" or ".pdf" beside
    "a.html"; "" for the page itself. number: of a list's page, 0 for the list.
    """

    lang: str
    name: str
    slug: str = ""
    file: str = ""
    number: int = 0


def output_name(url: str) -> str:
    """The name of the file that answers at an address of a page."""
    return url + INDEX if url == "" or url.endswith("/") else url


def list_page_url(url: str, number: int) -> str:
    """The address of a numbered page of the list at `url`."""
    return url + LIST_PAGE_URL.format(number=number)


def list_page_number(url: str) -> int:
    """The inverse of `list_page`: the number of a list's page, 0 for the list itself."""
    found = re.search(_PAGE_OF_LIST + r"\Z", url)
    return int(found["number"] or 0) if found else 0


class Addresses:
    """All addresses of a portal.

    languages: their codes, the first one's pages at the root of the site. urls: settings and their templates.
    """

    def __init__(self, languages: list[str], urls: Mapping[str, str]) -> None:
        self.languages, self.urls = list(languages), dict(urls)
        self._patterns = {
            name: UrlTemplate(name, template) for name, template in ((place_name(s), t) for s, t in urls.items())
        }

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any], feature_urls: Mapping[str, str] | None = None) -> Addresses:
        """Those of the settings. more: settings and defaults that features bring."""
        default = settings["DEFAULT_LANG"]
        languages = [default, *(lang for lang in settings["AGENCY"] if lang != default)]
        return cls(
            languages, {name: _given(settings, name, url) for name, url in {**URLS, **(feature_urls or {})}.items()}
        )

    # --- kept between commands ---------------------------------------------------------------

    def pack(self) -> str:
        """As text, for `unpack`."""
        return json.dumps([self.languages, self.urls])

    @classmethod
    def unpack(cls, text: str) -> Addresses:
        """From what `pack` gave."""
        return cls(*json.loads(text))

    def former_layouts(self, settings: Mapping[str, Any]) -> list[Addresses]:
        """The portal's addresses as they were under each of FORMER_ARTICLE_URLS."""
        return [
            Addresses(self.languages, self.urls | {"ARTICLE_URL": url}) for url in settings.get(FORMER_URLS_SETTING, ())
        ]

    # --- making addresses ---------------------------------------------------------------------

    def prefix(self, lang: str) -> str:
        """What all addresses of a language begin with."""
        return "" if lang == self.languages[0] else f"{lang}/"

    def url(self, lang: str, name: str, **values: str | date) -> str:
        """The address of a place, such as url("en", "category", slug="xa-hoi"). Raises KeyError for an unknown name."""
        return self.prefix(lang) + ("" if name == "home" else self._patterns[name].format(**values))

    def alternates(self, lang: str, name: str, **values: str | date) -> dict[str, str]:
        """The addresses of the same place in all other languages."""
        return {other: self.url(other, name, **values) for other in self.languages if other != lang}

    def fields(self, name: str) -> set[str]:
        """What an address of this name is made of."""
        return self._patterns[name].fields

    def template(self, lang: str, name: str) -> str:
        """The URL template of a place in a language, as Pelican's settings have it."""
        return self.prefix(lang) + self._patterns[name].template

    @staticmethod
    def companion(url: str, slug: str, ending: str) -> str:
        """The address of a file beside a page, named as the page is: `a/a.pdf` beside `a/`, `a.pdf` beside `a.html`."""
        return url.removesuffix(HTML) + ending if url.endswith(HTML) else f"{url}{slug}{ending}"

    @staticmethod
    def stats_file(url: str, ending: str = ".json") -> str:
        """The address of the figures of a page: `a/so-lieu.json`, or `a.so-lieu.json` beside `a.html`."""
        return f"{url.removesuffix(HTML)}.{STATS_NAME}{ending}" if url.endswith(HTML) else f"{url}{STATS_NAME}{ending}"

    def fill_placeholders(self, text: str) -> str:
        """A text with places in braces, such as "{search}chi-muc/", in the first language."""
        return text.format(**{name: p.template for name, p in self._patterns.items() if not p.fields})

    @property
    def vote_url(self) -> str:
        """Where votes are sent."""
        return VOTE

    @property
    def site_stats_file(self) -> str:
        """The figures of the whole site: `thong-ke.json`."""
        return self._patterns["statistics"].template.rstrip("/") + ".json"

    def language_of(self, url: str) -> str:
        """The language of what stands, or would stand, at an address."""
        first, slash, _ = url.partition("/")
        return first if slash and first in self.languages[1:] else self.languages[0]

    # --- the inverse --------------------------------------------------------------------------

    def resolve(self, path: str) -> Place | None:
        """What stands at an address of a page or file; None where the portal has nothing of that form.

        path: with or without a leading slash, percent-encoded or not, without query.
        """
        path = unquote(path).lstrip("/")
        if path == ERROR_PAGE:
            return Place(self.languages[0], "error")
        if path.startswith(FOLDERS):
            return Place(self.languages[0], "folder")
        if path.startswith(SERVER_FILES):
            return Place(self.languages[0], "server")
        if path.rstrip("/") == VOTE:
            return Place(self.languages[0], "vote")
        if path == self.site_stats_file:
            return Place(self.languages[0], "figures")
        lang = self.language_of(path)
        local = path.removeprefix(self.prefix(lang))
        if local in ("", INDEX):
            return Place(lang, "home")
        for name, regex in self._inverse:
            found = regex.fullmatch(local)
            if found:
                values = found.groupdict()
                file = values["file"].removeprefix(INDEX if local.endswith(INDEX) else HTML)
                return Place(lang, name, values.get("slug") or "", file, int(values.get("number") or 0))
        return None

    def is_reserved(self, path: str) -> bool:
        """Whether an address is taken whatever articles there are: a fixed page, where votes go, the server's files.

        path: as of `place`, with its query; with one none is taken, as such an address may have been an old portal's.
        """
        path = unquote(path).lstrip("/")
        return path in self._fixed or path.startswith(SERVER_FILES)

    @cached_property
    def _fixed(self) -> frozenset[str]:
        names = ["home", *(pattern.name for pattern in self._patterns.values() if not pattern.fields)]
        pages = {self.url(lang, name) for lang in self.languages for name in names} | {VOTE + "/"}
        spelt = pages.union(*({url.rstrip("/"), url + INDEX} for url in pages))
        return spelt | {ERROR_PAGE, self.site_stats_file}

    @cached_property
    def _inverse(self) -> list[tuple[str, re.Pattern[str]]]:
        """Names and what their addresses look like, the most exact first."""
        ordered = sorted(self._patterns.values(), key=lambda p: [-exact for exact, _ in p.specificity])
        return [(pattern.name, re.compile(pattern.regex() + _beside(pattern))) for pattern in ordered]

    def article_regex(self) -> tuple[str, str]:
        """How addresses of articles and of the files beside them begin, as a regular expression without groups for any
        language, and what must be put after that to have the article's own address."""
        others = "|".join(map(re.escape, self.languages[1:]))
        pattern = self._patterns["article"]
        ending = HTML if pattern.is_file else ""
        return (f"(?:(?:{others})/)?" if others else "") + pattern.regex(groups=False), ending


def _given(settings: Mapping[str, Any], setting: str, default: str) -> str:
    """What the owner says, or the default; Pelican's own "" for an address that it does not make says nothing."""
    value: str = settings.get(setting, default)
    return default if value == "" == DEFAULT_CONFIG.get(setting) else value


@cache
def place_name(setting: str) -> str:
    """The name of what stands at the addresses of a setting: "article" for `ARTICLE_URL`."""
    return setting.removesuffix("_URL").lower()


def _beside(pattern: UrlTemplate) -> str:
    if pattern.is_file:
        return r"(?P<file>\.[^/]+)"
    return ("" if pattern.name in ("article", "page") else _PAGE_OF_LIST) + "(?P<file>[^/]*)"
