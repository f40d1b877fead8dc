"""Addresses are built from the settings, and an address leads back to its article, list or page."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plugins.addresses import STATS_NAME, URLS, VOTE, Addresses, Place, list_page_url, output_name, problems
from tests import portals

LANGUAGES = ["vi", "en", "tyz"]
SETTINGS: dict[str, Any] = {"DEFAULT_LANG": "vi", "AGENCY": dict.fromkeys(LANGUAGES)}
LAYOUTS = (
    "bai-viet/{slug}/",
    "tin/{slug}/",
    "{date:%Y}/{slug}/",
    "{category}/{slug}/",
    "tin/{slug}.html",
    "{date:%Y}-{date:%m}/{slug}.html",
    "a/b/{slug}/",
)
slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)


@pytest.mark.parametrize("layout", LAYOUTS)
@given(lang=st.sampled_from(LANGUAGES), slug=slugs, category=slugs, day=st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_an_articles_address_leads_back_to_that_article(
    layout: str, lang: str, slug: str, category: str, day: date
) -> None:
    addresses = Addresses.from_settings(SETTINGS | {"ARTICLE_URL": layout})
    url = addresses.url(lang, "article", slug=slug, category=category, date=day)
    resolved = addresses.resolve(url)
    # otherwise the address belongs to something else, which is reported when the article is read
    assume(resolved and resolved.name == "article")
    assert resolved == Place(lang, "article", slug) == addresses.resolve("/" + output_name(url))
    for ending in (".pdf", ".mp3", ".vtt"):
        beside = addresses.resolve(addresses.companion(url, slug, ending))
        assert beside and beside[:3] == (lang, "article", slug) and beside.file.endswith(ending)
    figures = addresses.resolve(addresses.stats_file(url))
    assert figures and figures[:3] == (lang, "article", slug)
    stem, ending = addresses.article_regex()
    assert re.fullmatch(stem, url.removesuffix(ending))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_of_address_in_the_settings_is_recognised(lang: str) -> None:
    addresses = Addresses.from_settings(SETTINGS)
    for setting in URLS:
        name = setting.removesuffix("_URL").lower()
        url = addresses.url(lang, name, slug="mot-hai", date=date(2026, 5, 1), category="xa-hoi")
        assert addresses.resolve(url)[:2] == (lang, name)
    for name in ("news", "category", "tag", "month_archive"):
        url = list_page_url(addresses.url(lang, name, slug="a", date=date(2026, 5, 1)), 12)
        assert addresses.resolve(url)[:2] == (lang, name) and addresses.resolve(url).number == 12
    assert addresses.resolve(addresses.url(lang, "home")) == Place(lang, "home")


@pytest.mark.parametrize("path", ["a/b/c/d/", "xyz/bai-viet/a/", "bai-viet/", "tyzx/", "chuyen-muc/a/b/"])
def test_an_address_of_no_kind_is_not_recognised(path: str) -> None:
    place = Addresses.from_settings(SETTINGS).resolve(path)
    assert place is None or place.name == "page"


def test_percent_encoding_changes_nothing() -> None:
    addresses = Addresses.from_settings(SETTINGS)
    assert addresses.resolve("/%62ai-viet/a/") == addresses.resolve("bai-viet/a/") == Place("vi", "article", "a")


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"ARTICLE_URL": "{slug}/"}, ("ARTICLE_URL", "PAGE_URL", "không phân biệt")),
        ({"TAG_URL": "chuyen-muc/{slug}/"}, ("TAG_URL", "CATEGORY_URL")),
        ({"SEARCH_URL": "tin-moi/"}, ("SEARCH_URL", "NEWS_URL")),
        ({"ARTICLE_URL": "tin/"}, ("ARTICLE_URL", "{slug}")),
        ({"ARTICLE_URL": "tin/{id}/"}, ("ARTICLE_URL", "{category}")),
        ({"ARTICLE_URL": "tin/{date}/{slug}/"}, ("ARTICLE_URL", "{date:%Y}")),
        ({"ARTICLE_URL": "tin/{date:%B}/{slug}/"}, ("ARTICLE_URL", "%B")),
        ({"ARTICLE_URL": "tin/{slug"}, ("ARTICLE_URL",)),
        ({"ARTICLE_URL": "tin/{slug}"}, ("ARTICLE_URL", ".html")),
        ({"ARTICLE_URL": "/tin/{slug}/"}, ("ARTICLE_URL",)),
        ({"CATEGORY_URL": "muc/{slug}.html"}, ("CATEGORY_URL", "/")),
        ({"PAGE_URL": "{date:%Y}/{slug}/"}, ("PAGE_URL", "{slug}")),
        ({"MONTH_ARCHIVE_URL": "luu/{date:%Y}/"}, ("MONTH_ARCHIVE_URL", "{date:%m}")),
        ({"ARTICLE_SAVE_AS": "tin/{slug}.html"}, ("ARTICLE_SAVE_AS", "ARTICLE_URL")),
        ({"CATEGORY_SAVE_AS": "x/{slug}/index.html"}, ("CATEGORY_SAVE_AS", "CATEGORY_URL")),
        ({"ARTICLE_URL": "../{slug}/"}, ("ARTICLE_URL", "a đến z")),
        ({"ARTICLE_URL": "tin/./{slug}/"}, ("ARTICLE_URL", "a đến z")),
        ({"ARTICLE_URL": "tin-tức/{slug}/"}, ("ARTICLE_URL", "a đến z")),
        ({"ARTICLE_URL": "tin';/{slug}/"}, ("ARTICLE_URL", "a đến z")),
        ({"ARTICLE_URL": 5}, ("ARTICLE_URL", "a đến z")),
        ({"ARTICLE_URL": "tin/{slug!r}/"}, ("ARTICLE_URL", "!r")),
        ({"ARTICLE_URL": "{category:.3}/{slug}/"}, ("ARTICLE_URL", "{category}", ":.3")),
        ({"ARTICLE_URL": "anh/{slug}/"}, ("ARTICLE_URL", "/anh/")),
        ({"ARTICLE_URL": "en/{slug}/"}, ("ARTICLE_URL", "/en/")),
        ({"AGENCY": {key: {} for key in ("vi", "en", "api")}}, ("API_URL", "/api/")),
        ({"AUTHOR_URL": ""}, ("AUTHOR_URL", "không thể bỏ")),
        ({"AUTHOR_URL": None}, ("AUTHOR_URL", "không thể bỏ")),
        ({"TAG_SAVE_AS": ""}, ("TAG_SAVE_AS", "TAG_URL")),
        ({"FORMER_ARTICLE_URLS": "tin/{slug}/"}, ("FORMER_ARTICLE_URLS", "danh sách")),
        ({"FORMER_ARTICLE_URLS": [("tin/{slug}/",)]}, ("FORMER_ARTICLE_URLS", "danh sách")),
        ({"FORMER_ARTICLE_URLS": ["tin/{slug}/", "tin/{slug"]}, ("FORMER_ARTICLE_URLS", "'tin/{slug'")),
        ({"FORMER_ARTICLE_URLS": ["tin/{id}.html"]}, ("FORMER_ARTICLE_URLS", "{slug}")),
        ({"FORMER_ARTICLE_URLS": ["/tin/{slug}/"]}, ("FORMER_ARTICLE_URLS", "/")),
    ],
)
def test_addresses_that_cannot_be_honoured_are_reported_with_their_setting(
    settings: dict[str, str], named: tuple[str, ...]
) -> None:
    reported = list(problems(SETTINGS | settings))
    assert len(reported) == 1 and all(name in reported[0] for name in named), reported


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts_that_can_be_distinguished_are_accepted(layout: str) -> None:
    assert list(problems(SETTINGS | {"ARTICLE_URL": layout, "ARTICLE_SAVE_AS": output_name(layout)})) == []


def test_a_wrong_setting_ends_a_build_with_one_line(tmp_path: Path) -> None:
    result = portals.build(tmp_path / "output", settings='ARTICLE_SAVE_AS = "tin/{slug}.html"')
    assert result.returncode == 1 and "Traceback" not in result.stderr
    assert result.stderr.startswith("pelicanconf.py: ARTICLE_SAVE_AS = 'tin/{slug}.html' không hợp với ARTICLE_URL")


def test_no_address_is_written_out_elsewhere() -> None:
    """Addresses and language codes are in plugins/addresses, and elsewhere only in documentation and messages."""
    parts = {part for url in URLS.values() for part in url.split("/") if part and "{" not in part} - {"api", "podcast"}
    words = "|".join(map(re.escape, sorted(parts)))
    literal = re.compile(rf"""["'/~({{](?:{words}|anh)/|{VOTE}|{STATS_NAME}|\[a-z\](?:\{{2\}}|\[a-z\])""")
    files = subprocess.run(
        ["git", "ls-files", "plugins", "theme", "deploy", "tasks.py"], cwd=portals.ROOT, capture_output=True, text=True
    ).stdout.split()
    occurrences = []
    for name in files:
        if not name.endswith((".py", ".html", ".js", ".conf")) or name.startswith(
            ("plugins/addresses/", "plugins/convert/")
        ):
            continue
        for number, line in enumerate((portals.ROOT / name).read_text("utf-8").split("\n"), start=1):
            if literal.search(line):
                occurrences.append(f"{name}:{number}: {line.strip()}")
    assert occurrences == []
