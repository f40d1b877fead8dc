"""A portal below a path of its host, https://tinh.example/xa/: no link leaves the path, and each leads to something."""

from __future__ import annotations

import http.client
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest

import pelicanconf
from environment import system
from plugins.addresses import URLS, VOTE, Addresses, problems
from plugins.portal import last_build
from plugins.preview.server import PreviewServer
from plugins.statistics import command
from plugins.statistics.database import CountingRules, StatsDatabase
from plugins.statistics.secret_keys import Secrets
from plugins.statistics.stats import Counts
from tests import editors, portals
from tests.incremental import builds
from tests.links import dead_links, links_of
from tests.statistics.nginx import serving

ORIGIN, BASE = "https://tinh.example", "/xa/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small portal below a path; an article has links as editors write them."""
    folder = tmp_path_factory.mktemp("below")
    content = editors.write_small_content(folder / "content")
    for name in (f"{slug}{lang}" for slug in pelicanconf.FOOTER_PAGES for lang in ("", ".en")):
        editors.write_file(content, f"pages/{name}.md", f"---\ntitle: Trang {name}\n---\n\nNội dung.\n")
    editors.write_article(
        content, "van-ban.md", "![Ruộng lúa](../../images/a.png)", category="Văn bản", featured="true"
    )
    editors.write_file(content, "images/a.png", editors.photo())
    editors.write_article(content, "one.en.md", "Text.", title="One", category="Government")
    body = "[Gốc](/lien-he/), [chép từ trình duyệt](/xa/lien-he/#noi-dung), [cổng tỉnh](https://tinh.example/tin/)."
    aliases = "\n  - /xa/cu/1.html\n  - /cu/2.html"
    editors.write_article(content, "dan-toi.md", body, title="Dẫn tới", slug="dan-toi", aliases=aliases)
    settings = {"SITEURL": ORIGIN + BASE[:-1], "SEARCH_INDEX": True, "FEED_FULL_TEXT": True}
    built = builds.build(folder / "xa", content, folder / "cache", **settings)
    assert built.status == 0 and "dan-toi" not in built.complaints, built
    return folder / "xa"


def test_no_link_leaves_the_path_and_each_leads_to_a_file(site: Path) -> None:
    links = links_of(site, ORIGIN)
    outside = {path: names for path, names in links.items() if not path.startswith(BASE)}
    assert outside.keys() == {"/tin/", "/.well-known/security.txt"}, outside
    assert dead_links(site, ORIGIN + BASE.rstrip("/")) == {} and len(links) > 120


def test_links_of_editors_lead_into_the_portal(site: Path) -> None:
    body = editors.read_page(site / "bai-viet/dan-toi/index.html").select_one(".body")
    hrefs = [link["href"] for link in body.select("a")]
    assert hrefs == ["/xa/lien-he/", "/xa/lien-he/#noi-dung", "https://tinh.example/tin/"]


def test_old_addresses_lead_on_as_far_as_they_are_within_the_path(site: Path) -> None:
    assert 'url=/xa/bai-viet/dan-toi/"' in (site / "cu/1.html").read_text("utf-8")
    assert not (site / "cu/2.html").exists()
    for file in ("_redirects", "nginx/http.conf"):
        text = (site / file).read_text("utf-8")
        assert "/xa/cu/1.html" in text and "/cu/2.html" in text and " /xa/bai-viet/dan-toi/" in text


VOTE_FOR_IT = f"/xa/{VOTE}?bai=bai-viet/dan-toi/&diem=4"
FORM = {
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Dest": "document",
    "User-Agent": "Mozilla/5.0 Chrome/98.0 Safari/537",
}
ANSWERS = [  # path, status, where it leads to, by nginx only
    ("/xa/", 200, None),
    ("/xa/bai-viet/dan-toi/", 200, None),
    ("/xa/bai-viet/dan-toi", 301, "/xa/bai-viet/dan-toi/"),
    ("/xa/khong-co/", 404, None),
    ("/bai-viet/dan-toi/", 404, None),
]
NGINX_ANSWERS = [
    ("/xa", 301, "/xa/"),
    ("/xa/index.html", 301, "/xa/"),
    ("/xa/cu/1.html", 301, "/xa/bai-viet/dan-toi/"),
    ("/cu/2.html", 301, "/xa/bai-viet/dan-toi/"),
    ("/xa/suc-khoe", 200, None),
    ("/xa/nginx/http.conf", 404, None),
    ("/xa/_headers", 404, None),
    ("/xa/bai-viet/dan-toi/so-lieu.json", 204, None),
]


def check_answers(port: int, answers: Iterable[tuple[str, int, str | None]]) -> None:
    """Ask a server for each address, and send it a vote."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=portals.PATIENCE)
    for path, status, target in (*answers, (VOTE_FOR_IT, 303, "/xa/bai-viet/dan-toi/#cam-on")):
        connection.request("POST" if status == 303 else "GET", path, headers=FORM)
        response = connection.getresponse()
        text = response.read().decode()
        location = (response.headers["Location"] or "").removeprefix(f"http://127.0.0.1:{port}")
        assert (response.status, location) == (status, target or ""), path
        if status in (200, 404) and not path.endswith("suc-khoe"):
            assert response.headers["Content-Security-Policy"] and '"/xa/theme/' in text, path


def counted(log: Path, site: Path, folder: Path) -> Mapping[str, Counts]:
    """Count a log as `stats` does; the counts of each article."""
    addresses = last_build.published_addresses(site)
    assert addresses and addresses.base == BASE
    rules = CountingRules(UTC, datetime.now(UTC) + timedelta(minutes=1), (addresses,))
    database = StatsDatabase(folder / "f.duckdb", rules, Secrets.load(folder / "p.json"), ["bai-viet/dan-toi/"])
    command.count_logs(database, [log], folder)
    articles = database.read_stats().articles
    database.close()
    return articles


@pytest.mark.skipif(not system.nginx(), reason="no nginx on this machine")
def test_nginx_serves_it_and_its_log_is_counted(site: Path, tmp_path: Path) -> None:
    with serving(site, tmp_path / "run", root=site.parent) as served:
        check_answers(served.port, ANSWERS + NGINX_ANSWERS)
        style = next(site.glob("theme/article.*.css")).name
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=portals.PATIENCE)
        connection.request("GET", f"/xa/theme/{style}")
        assert "immutable" in connection.getresponse().headers["Cache-Control"]
        portals.wait_until(lambda: "diem=4" in served.log.read_text())
    assert counted(served.log, site, tmp_path) == {"bai-viet/dan-toi/": Counts(views=1, votes=(0, 0, 0, 1, 0))}


def test_the_preview_serves_it(site: Path) -> None:
    server = PreviewServer(site, 8000)
    server.start()
    assert server.address.endswith("/xa/")
    check_answers(server.port, [*ANSWERS, ("/", 302, "/xa/"), ("/xa", 302, "/xa/")])
    server.stop()


@pytest.mark.parametrize(
    ("site", "base", "origin"),
    [
        ("", "/", ""),
        ("https://tinh.example", "/", "https://tinh.example"),
        ("https://tinh.example/", "/", "https://tinh.example"),
        ("https://tinh.example:8443/xa", "/xa/", "https://tinh.example:8443"),
        ("https://tinh.example/huyen/xa.a/", "/huyen/xa.a/", "https://tinh.example"),
    ],
)
def test_a_link_leads_back_to_its_address(site: str, base: str, origin: str) -> None:
    addresses = Addresses(["vi", "en"], URLS, site)
    assert (addresses.base, addresses.origin) == (base, origin)
    for url in ("", "en/", "lien-he/", "documents/tệp 1.pdf"):
        path = addresses.path(url)
        assert path.startswith(base) and unquote(addresses.local(path) or "") == url == unquote(addresses.typed(path))
        assert addresses.absolute(url) == origin + path and addresses.href(path) == path == addresses.href(
            "/" + path.removeprefix(base)
        )
    again = Addresses.unpack(addresses.pack())
    assert again.path("lien-he/") == addresses.path("lien-he/")
    assert addresses.href("https://x.example/") == "https://x.example/" and addresses.href("//x/") == "//x/"


@pytest.mark.parametrize("path", ["/xã", "/a b", "/a//b", "/.a", "/a?b=1", "/a#b", "/a;b"])
def test_a_path_that_no_link_could_have_is_told(path: str) -> None:
    settings = {"DEFAULT_LANG": "vi", "AGENCY": {"vi": {}}, "SITEURL": ORIGIN + path}
    found = list(problems(settings))
    assert len(found) == 1 and "SITEURL" in found[0] and "https://tinh.example/xa" in found[0]
