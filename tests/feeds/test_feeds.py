"""Every feed is read back with a feed reader's library, and linked from the pages."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree

from tests import editors, portals

SITE = "https://vanson.example"
ATOM = "{http://www.w3.org/2005/Atom}"


def local(site: Path, address: str) -> Path:
    path = urlsplit(address).path.lstrip("/")
    return site / (path + "index.html" if path.endswith("/") or not path else path)


def feeds(site: Path, ending: str) -> list[Path]:
    files = sorted(site.rglob(f"feed.{ending}"))
    assert files
    return files


def test_every_list_of_news_has_its_feeds(site: Path) -> None:
    pages = [
        p for kind in ("chuyen-muc", "chu-de") for at in ("", "en/") for p in site.glob(f"{at}{kind}/*/index.html")
    ]
    # another spelling of a name has a page that leads on, and no feeds
    lists = [page.parent for page in pages if not editors.read_page(page).select_one("meta[http-equiv=refresh]")]
    lists += [site / "tin-moi", site / "en/tin-moi"]
    assert len(lists) > 30
    assert [str(folder) for folder in lists if not all((folder / f"feed.{e}").is_file() for e in ("atom", "rss"))] == []
    assert all((folder / "feed.json").is_file() for folder in [*site.glob("chuyen-muc/*"), site / "tin-moi"])


@pytest.mark.parametrize("ending", ["atom", "rss"])
def test_a_feed_reader_reads_every_article_back(site: Path, ending: str) -> None:
    for path in (path for path in feeds(site, ending) if path.parent.name != "dinh-chinh"):  # of notes, not articles
        feed = feedparser.parse(path.read_bytes())
        assert not feed.bozo, (path, feed.get("bozo_exception"))
        assert feed.feed.title and feed.feed.link.startswith(SITE) and feed.feed.language in ("vi", "en")
        assert 0 < len(feed.entries) <= 20
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)
        for entry in feed.entries:
            page = editors.read_page(local(site, entry.link))
            assert page.h1.get_text() == entry.title
            assert entry.id == entry.link == page.find("link", rel="canonical")["href"]
            published = datetime(*entry.published_parsed[:6], tzinfo=UTC)
            shown = datetime.fromisoformat(page.select_one(".rail time")["datetime"])
            assert (
                published == shown
                or published.astimezone(datetime.fromisoformat("2026-01-01T00:00+07:00").tzinfo).date() == shown.date()
            )
            lead, _, values = entry.summary.partition("<p>")
            assert lead == (page.select_one(".lead").get_text(strip=True) if page.select_one(".lead") else "")
            assert (
                not values or re.search("/(van-ban|thong-bao|lay-y-kien)/", entry.link) or page.select_one(".changes")
            )
            for file in entry.get("enclosures", ()):
                assert local(site, file.href).stat().st_size == int(file.length)
                assert file.type == "image/jpeg"


def test_all_news_newest_first_and_the_pictures_are_there(site: Path) -> None:
    feed = feedparser.parse((site / "tin-moi/feed.atom").read_bytes())
    dates = [entry.published_parsed for entry in feed.entries]
    assert len(dates) == 20 and dates == sorted(dates, reverse=True)
    assert sum(bool(entry.get("enclosures")) for entry in feed.entries) > 5


def test_atom_follows_the_rules_of_rfc_4287(site: Path) -> None:
    """What the W3C's validator checks: https://validator.w3.org/feed/docs/atom.html."""
    for path in feeds(site, "atom"):
        root = etree.parse(path).getroot()
        assert root.tag == f"{ATOM}feed"
        assert all(len(root.findall(ATOM + name)) == 1 for name in ("id", "title", "updated", "author"))
        links = {link.get("rel"): link.get("href") for link in root.findall(ATOM + "link")}
        assert links["self"] == f"{SITE}/{path.relative_to(site).as_posix()}"
        for entry in root.findall(ATOM + "entry"):
            assert all(len(entry.findall(ATOM + name)) == 1 for name in ("id", "title", "updated", "published"))
            assert len(entry.findall(ATOM + "content")) <= 1 and entry.find(ATOM + "author/" + ATOM + "name").text
            assert entry.find(ATOM + "updated").text >= entry.find(ATOM + "published").text
            assert datetime.fromisoformat(entry.find(ATOM + "updated").text).tzinfo


def test_rss_follows_the_rules_of_rss_2(site: Path) -> None:
    """What the W3C's validator checks: https://validator.w3.org/feed/docs/rss2.html."""
    for path in feeds(site, "rss"):
        root = etree.parse(path).getroot()
        channel = root.find("channel")
        assert root.get("version") == "2.0" and all(
            channel.find(name).text for name in ("title", "link", "description")
        )
        assert channel.find(ATOM + "link").get("rel") == "self"
        for item in channel.findall("item"):
            assert item.find("guid").get("isPermaLink") == "true" and item.find("guid").text == item.find("link").text
            assert item.find("author") is None, "an author must be an e-mail address"
            assert len(item.findall("enclosure")) <= 1


def test_json_feeds_follow_the_rules_of_version_1_1(site: Path) -> None:
    """https://www.jsonfeed.org/version/1.1/"""
    for path in feeds(site, "json"):
        feed = json.loads(path.read_bytes())
        assert feed["version"] == "https://jsonfeed.org/version/1.1" and feed["title"]
        assert feed["feed_url"] == f"{SITE}/{path.relative_to(site).as_posix()}"
        for item in feed["items"]:
            assert item["id"] and ("content_html" in item) + ("content_text" in item) == 1
            assert all(datetime.fromisoformat(item[key]).tzinfo for key in ("date_published", "date_modified"))
            assert "" not in item.values() and [] not in item.values()
            assert local(site, item["url"]).is_file() and ("image" not in item or local(site, item["image"]).is_file())


def test_pages_link_to_feeds(site: Path) -> None:
    for address in ("index.html", "chuyen-muc/nong-nghiep/index.html", "en/index.html", "lien-he/index.html"):
        links = editors.read_page(site / address).find_all("link", type="application/atom+xml")
        assert links and all((site / link["href"].lstrip("/")).is_file() and link["title"] for link in links)
    category = editors.read_page(site / "chuyen-muc/nong-nghiep/index.html")
    assert category.find("link", type="application/atom+xml")["href"] == "/chuyen-muc/nong-nghiep/feed.atom"
    footer = editors.read_page(site / "index.html").footer
    assert all((site / a["href"].lstrip("/")).is_file() for a in footer.find_all("a", href=lambda h: "feed" in h))


def test_the_full_text_with_absolute_addresses_is_a_setting(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_file(content, "images/anh.png", editors.photo())
    body = 'Đoạn <một> & hai, [xem bài kia](mot-bai.md).\n\n![Quang cảnh](../../images/anh.png "Chú thích")'
    editors.write_article(content, "day-du.md", body, title="A & B <c>", summary='"Sapo có < và &"')
    result = portals.build(tmp_path / "output", content, settings="FEED_FULL_TEXT = True")
    assert result.returncode == 0, result.stderr
    for ending in ("atom", "rss"):
        feed = feedparser.parse((tmp_path / f"output/tin-moi/feed.{ending}").read_bytes())
        entry = next(e for e in feed.entries if e.link.endswith("/day-du/"))
        html = entry.content[0].value if "content" in entry else entry.summary
        assert f'href="{SITE}/bai-viet/mot-bai/"' in html and f'src="{SITE}/anh/anh-' in html
        assert 'href="/' not in html and 'src="/' not in html and "srcset" not in html
        assert entry.title_detail.value in ("A & B <c>", "A &amp; B &lt;c&gt;")
    item = json.loads((tmp_path / "output/tin-moi/feed.json").read_bytes())["items"][0]
    assert f'src="{SITE}/anh/anh-' in item["content_html"]


def test_one_more_article_changes_its_own_feeds_only(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_article(content, "lu.md", title="Lũ", tags="[mưa]")
    editors.write_article(content, "lua.md", title="Lúa", tags="[lúa]", category="Nông nghiệp")
    assert portals.build(tmp_path / "output", content).returncode == 0
    before = editors.file_digests(tmp_path / "output")
    editors.write_article(content, "lua-2.md", title="Lúa hai", tags="[lúa]", category="Nông nghiệp")
    assert portals.build(tmp_path / "output", content).returncode == 0
    after = editors.file_digests(tmp_path / "output")
    changed = {name for name in after if "feed." in name and before.get(name) != after[name]}
    lists = {
        "tin-moi": ("atom", "rss", "json"),
        "chuyen-muc/nong-nghiep": ("atom", "rss", "json"),
        "chu-de/lua": ("atom", "rss"),
    }
    assert changed == {f"{folder}/feed.{ending}" for folder, endings in lists.items() for ending in endings}


def test_without_a_public_address_there_are_no_feeds(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    assert portals.build(tmp_path / "output", content, settings='SITEURL = ""').returncode == 0
    assert not list((tmp_path / "output").rglob("feed.*"))
    assert "feed." not in (tmp_path / "output/index.html").read_text("utf-8")
