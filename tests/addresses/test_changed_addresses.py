"""After a change of addresses, pages, links, feeds, PDFs, search, redirects, preview, statistics and votes follow."""

from __future__ import annotations

import http.client
import json
import re
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree

from environment import system
from plugins.portal import last_build
from plugins.preview.server import PreviewServer
from tests import editors, portals
from tests.search import published
from tests.statistics.nginx import Served, serving

pytestmark = pytest.mark.skipif(not system.nginx(), reason="no nginx on this machine")
PHONE = (
    "Mozilla/5.0 (Linux; Android 9; SM-J600G) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/98.0.4758.101 "
    "Mobile Safari/537.36"
)
SITE = "https://vanson.example"
LAYOUTS = {
    "as it is": ({}, "bai-viet/mot-bai/", "chuyen-muc/xa-hoi/", "chu-de/lua/"),
    "another word": (
        {
            "ARTICLE_URL": "tin/{slug}/",
            "CATEGORY_URL": "muc/{slug}/",
            "TAG_URL": "the/{slug}/",
            "SEARCH_URL": "tim/",
            "STATISTICS_URL": "so/",
            "THANKS_URL": "cam-on/",
            "NEWS_URL": "moi/",
            "MAP_URL": "atlas/",
            "MAP_UNIT_URL": "atlas/xa/{slug}/",
        },
        "tin/mot-bai/",
        "muc/xa-hoi/",
        "the/lua/",
    ),
    "with a year": (
        {"ARTICLE_URL": "{date:%Y}/{slug}/", "PAGE_URL": "trang/{slug}/"},
        "2026/mot-bai/",
        "chuyen-muc/xa-hoi/",
        "chu-de/lua/",
    ),
    "with a section": ({"ARTICLE_URL": "{category}/{slug}/"}, "xa-hoi/mot-bai/", "chuyen-muc/xa-hoi/", "chu-de/lua/"),
    "as files": (
        {"ARTICLE_URL": "tin/{date:%Y}/{slug}.html"},
        "tin/2026/mot-bai.html",
        "chuyen-muc/xa-hoi/",
        "chu-de/lua/",
    ),
}


def send(portal: str, method: str, path: str, **headers: str) -> tuple[int, str, bytes]:
    """Send a request; return the status, the redirect target and the body."""
    connection = http.client.HTTPConnection(urlsplit(portal).netloc, timeout=portals.PATIENCE)
    connection.request(
        method, path, headers={"User-Agent": PHONE} | {name.replace("_", "-"): value for name, value in headers.items()}
    )
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, response.headers.get("Location", ""), body


def visit_and_vote(portal: Served, article: str, grade: int) -> None:
    assert send(portal.address, "GET", f"/{article}", Sec_Fetch_Dest="document")[0] == 200
    address = re.search(
        r'action="(/[^"]*\?bai=[^"]*)"', send(portal.address, "GET", f"/{article}?x=1", User_Agent="curl")[2].decode()
    )
    assert (
        send(
            portal.address, "POST", f"{address[1]}&diem={grade}", Sec_Fetch_Site="same-origin", Sec_Fetch_Dest="empty"
        )[0]
        == 204
    )


def stats(output: Path, log: Path) -> None:
    result = portals.tasks("stats", str(log), "--output", str(output), "--config", f"{output}-conf.py")
    assert (result.returncode, result.stderr) == (0, "")


def build_portal(folder: Path, settings: dict[str, str], with_media: bool = False) -> Path:
    """Build a portal with these settings and unchanged content.

    with_media: also make PDFs and recordings.
    """
    content = folder / "content"
    if not content.exists():
        editors.write_small_content(content)
        editors.write_article(content, "mot-bai.md", title="Một bài về lúa", tags="[lúa]", aliases="[/cu/1.html]")
        editors.write_article(content, "hai.md", title="Hai", body="Xem [bài một](mot-bai.md).", category="Nông nghiệp")
        editors.write_article(content, "hai.en.md", title="Two", body="About rice.", category="Society")
    lines = [f"{name} = {value!r}" for name, value in settings.items()]
    result = portals.build(
        folder / "output", content, settings="\n".join(["FORCE = True", *lines]), pdf=with_media, audio=with_media
    )
    assert (result.returncode, result.stderr) == (0, "")
    return folder / "output"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_everything_is_where_the_settings_say(layout: str, tmp_path: Path) -> None:
    settings, article, category, tag = LAYOUTS[layout]
    output = build_portal(tmp_path, settings, with_media=True)
    addresses = last_build.published_addresses(output)
    file = output / (article + "index.html" if article.endswith("/") else article)
    other = next(
        url for url, line in last_build.published_articles(output).items() if line.slug == "hai" and line.lang == "vi"
    )
    page = editors.read_page(file)
    assert page.find("link", rel="canonical")["href"] == f"{SITE}/{article}"
    assert {link["href"] for link in page.select(".crumb a, .tags a")} >= {f"/{category}", f"/{tag}"}
    beside = article.removesuffix(".html") if article.endswith(".html") else f"{article}mot-bai"
    for ending in ("pdf", "mp3", "vtt"):
        assert (output / f"{beside}.{ending}").is_file()
    assert page.select_one("a[type='application/pdf']")["href"] == f"/{beside}.pdf"
    shown = editors.read_page(output / (other + "index.html" if other.endswith("/") else other))
    assert f"/{article}" in {link["href"] for link in shown.select(".body a")}
    feed = etree.parse(output / addresses.url("vi", "news") / "feed.rss")
    assert f"{SITE}/{article}" in feed.xpath("//item/link/text()")
    assert f"{SITE}/{article}" in (output / "sitemap/2026-01.xml").read_text()
    search = editors.read_page(output / addresses.url("vi", "search") / "index.html")
    found = published.articles(output / addresses.url("vi", "search"))
    assert search.form and f"/{article}" in {each[1] for each in found}
    assert (output / "cu/1.html").read_text().count(f'url=/{article}"') == 1
    linked = {  # every page has an incoming link, except those that the owner's settings name
        (name, link.get("href") or link["action"])
        for name, soup in editors.read_pages(output).items()
        for link in soup.select("a[href^='/']:not(.links a), form[role=search], link[href^='/']")
    }
    assert {(name, url) for name, url in linked if not (output / _name(url)).is_file()} == set()


def _name(href: str) -> str:
    path = href.partition("?")[0].partition("#")[0].lstrip("/")
    return path + "index.html" if path == "" or path.endswith("/") else path


@pytest.mark.parametrize("layout", LAYOUTS)
def test_visits_and_votes_follow_an_article_to_its_new_address(layout: str, tmp_path: Path) -> None:
    settings, article, *_ = LAYOUTS[layout]
    former = "bai-viet/mot-bai/"
    output = build_portal(tmp_path, {})
    with serving(output, tmp_path / "before") as portal:
        visit_and_vote(portal, former, 5)
        stats(output, portal.log)
        assert _figures(output, former)["grades"] == [0, 0, 0, 0, 1]
        # counted only after the change of addresses
        send(portal.address, "GET", f"/{former}", Sec_Fetch_Dest="document")
        log = portal.log
    moved = settings and {**settings, "FORMER_ARTICLE_URLS": ["bai-viet/{slug}/"]}
    assert build_portal(tmp_path, moved) == output
    with serving(output, tmp_path / "after") as portal:
        stats(output, log)
        assert _figures(output, article) == {"views": 2, "votes": 1, "average": 5.0, "grades": [0, 0, 0, 0, 1]}
        visit_and_vote(portal, article, 3)  # from the same reader in the same month: the last vote counts
        if settings:
            assert send(portal.address, "GET", f"/{former}")[:2] == (301, f"/{article}")
        assert send(portal.address, "GET", "/cu/1.html")[:2] == (301, f"/{article}")
        english = last_build.published_addresses(output).url(
            "en", "article", slug="hai", date=date(2026, 1, 2), category="xa-hoi"
        )
        response = send(
            portal.address,
            "POST",
            f"/danh-gia?bai={english}&diem=4",
            Sec_Fetch_Site="same-origin",
            Sec_Fetch_Dest="document",
        )
        assert response[:2] == (303, f"/{english}#cam-on")
        stats(output, portal.log)
    assert _figures(output, article) == {"views": 3, "votes": 1, "average": 3.0, "grades": [0, 0, 1, 0, 0]}
    assert _figures(output, english)["grades"] == [0, 0, 0, 1, 0]
    filled = output / last_build.published_addresses(output).url("vi", "statistics") / "so-lieu.html"
    assert f'href="/{article}"' in filled.read_text()


def _figures(output: Path, article: str) -> dict:
    figures = json.loads((output / last_build.published_addresses(output).stats_file(article)).read_text())
    assert 0 <= figures.pop("today") <= figures["views"]
    return figures


@pytest.mark.parametrize("layout", ["another word", "as files"])
def test_the_preview_uses_the_new_addresses_too(layout: str, tmp_path: Path) -> None:
    settings, article, *_ = LAYOUTS[layout]
    output = build_portal(tmp_path, settings)
    server = PreviewServer(output, 8000)
    server.start()
    try:
        assert send(server.address, "GET", f"/{article}")[0] == 200
        assert send(server.address, "GET", "/" + server.addresses.stats_file(article))[0] == 204
        voted = send(
            server.address,
            "POST",
            f"/danh-gia?bai=en/{article}&diem=4",
            Sec_Fetch_Site="same-origin",
            Sec_Fetch_Dest="document",
        )
        assert voted[:2] == (303, f"/en/{article}#cam-on")
    finally:
        server.stop()
