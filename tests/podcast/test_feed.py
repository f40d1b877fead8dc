"""The podcast: valid, consistent with the files, and on a page that says how to subscribe."""

from __future__ import annotations

import re
import uuid
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import miniaudio
import pytest
from PIL import Image

from plugins.podcast import cover
from plugins.podcast.feed import ATOM, ITUNES, PODCAST, Channel, Episode, rss
from tests import editors
from tests.incremental import builds

SITE = "https://vanson.example"
ONCE, MANY, MAYBE = "once", "many", "maybe"
CHANNEL = {  # elements and how often they may occur; RSS 2.0, Apple's requirements, the podcast namespace
    "title": ONCE, "link": ONCE, "description": ONCE, "language": ONCE, "pubDate": MAYBE, "item": MANY,
    f"{{{ATOM}}}link": ONCE, f"{{{ITUNES}}}image": ONCE, f"{{{ITUNES}}}author": ONCE, f"{{{ITUNES}}}explicit": ONCE,
    f"{{{ITUNES}}}type": ONCE, f"{{{ITUNES}}}category": ONCE, f"{{{ITUNES}}}owner": MAYBE,
    f"{{{PODCAST}}}guid": ONCE, f"{{{PODCAST}}}locked": ONCE, f"{{{PODCAST}}}medium": ONCE,
}  # fmt: skip
ITEM = {
    "title": ONCE, "link": ONCE, "guid": ONCE, "pubDate": ONCE, "description": ONCE, "enclosure": ONCE,
    f"{{{ITUNES}}}duration": ONCE, f"{{{ITUNES}}}explicit": ONCE, f"{{{ITUNES}}}episodeType": ONCE,
    f"{{{ITUNES}}}author": MAYBE, f"{{{PODCAST}}}transcript": ONCE,
}  # fmt: skip


def feeds(site: Path) -> list[Path]:
    return sorted(site.glob("**/podcast/**/*.xml"))


def children(element: ElementTree.Element, allowed: dict[str, str]) -> dict[str, ElementTree.Element]:
    """Return the children of an element; assert that each is known and as frequent as allowed."""
    names = [child.tag for child in element]
    assert set(names) <= set(allowed)
    for name, often in allowed.items():
        if often != MANY:
            assert names.count(name) in ((1,) if often == ONCE else (0, 1)), name
    return {child.tag: child for child in element}


def file_at(site: Path, url: str) -> Path:
    assert url.startswith(SITE + "/")
    return site / unquote(urlsplit(url).path).lstrip("/")


def test_there_is_a_feed_for_all_articles_and_one_for_each_category(site: Path) -> None:
    names = {path.relative_to(site).as_posix() for path in feeds(site)}
    assert {"podcast/tin-moi.xml", "podcast/chuyen-muc/xa-hoi.xml", "en/podcast/tin-moi.xml"} <= names
    for page in site.glob("chuyen-muc/*/index.html"):
        assert f"podcast/chuyen-muc/{page.parent.name}.xml" in names


def test_every_feed_is_strictly_valid(site: Path) -> None:
    guids, subscriptions = set(), feeds(site)
    assert len(subscriptions) > 8
    for path in subscriptions:
        root = ElementTree.fromstring(path.read_bytes())
        assert (root.tag, root.attrib, len(root)) == ("rss", {"version": "2.0"}, 1)
        channel = children(root[0], CHANNEL)
        assert all(channel[name].text.strip() for name in ("title", "link", "description"))
        assert channel["language"].text in ("vi", "en")
        own = channel[f"{{{ATOM}}}link"].attrib
        assert own == {
            "href": f"{SITE}/{path.relative_to(site).as_posix()}",
            "rel": "self",
            "type": "application/rss+xml",
        }
        assert file_at(site, channel["link"].text).joinpath("index.html").exists()
        assert channel[f"{{{ITUNES}}}explicit"].text == "false"
        assert channel[f"{{{ITUNES}}}category"].attrib == {"text": "News"}
        assert channel[f"{{{PODCAST}}}locked"].text in ("yes", "no")
        guid = uuid.UUID(channel[f"{{{PODCAST}}}guid"].text)
        assert guid == uuid.uuid5(
            uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6"), own["href"].removeprefix("https://")
        )
        guids.add(guid)
        with Image.open(file_at(site, channel[f"{{{ITUNES}}}image"].attrib["href"])) as cover:
            assert cover.format in ("PNG", "JPEG") and cover.width == cover.height and 1400 <= cover.width <= 3000
        items = [children(item, ITEM) for item in root[0] if item.tag == "item"]
        assert items
        dates = [parsedate_to_datetime(item["pubDate"].text) for item in items]
        assert dates == sorted(dates, reverse=True) and all(date.tzinfo for date in dates)
        assert channel["pubDate"].text == items[0]["pubDate"].text
        assert len({item["guid"].text for item in items}) == len(items)
    assert len(guids) == len(subscriptions)


def test_enclosures_are_the_files_with_their_size_and_length(site: Path) -> None:
    for path in feeds(site):
        for item in ElementTree.fromstring(path.read_bytes())[0].iter("item"):
            enclosure = item.find("enclosure").attrib
            file = file_at(site, enclosure["url"])
            assert (enclosure["type"], int(enclosure["length"])) == ("audio/mpeg", file.stat().st_size)
            seconds = int(item.find(f"{{{ITUNES}}}duration").text)
            assert abs(seconds - miniaudio.mp3_get_file_info(str(file)).duration) <= 1
            transcript = item.find(f"{{{PODCAST}}}transcript").attrib
            assert file_at(site, transcript["url"]).read_text(encoding="utf-8").startswith("WEBVTT")
            assert transcript["type"] == "text/vtt"
            assert item.find("guid").text == item.find("link").text
            assert file_at(site, item.find("link").text).joinpath("index.html").exists()


def test_the_page_names_every_feed_and_plays_the_newest(site: Path) -> None:
    for page, prefix in ((site / "podcast", ""), (site / "en/podcast", "en/")):
        soup = editors.read_page(page / "index.html")
        links = {link["href"] for link in soup.select(".feeds a")}
        assert links == {
            f"/{p.relative_to(site).as_posix()}"
            for p in feeds(site)
            if p.relative_to(site).as_posix().startswith(f"{prefix}podcast")
        }
        sounds = [audio["src"] for audio in soup.select("audio[controls][preload=none]")]
        assert sounds and all((site / sound.lstrip("/")).exists() for sound in sounds)
    assert editors.read_page(site / "index.html").select_one('footer a[href="/podcast/"]').get_text() == "Nghe tin"
    assert (
        editors.read_page(site / "index.html").select_one('link[type="application/rss+xml"]')["href"]
        == f"{SITE}/podcast/tin-moi.xml"
    )


def channel(**fields: str) -> Channel:
    defaults = {
        "site": SITE,
        "address": "podcast/a.xml",
        "title": "T",
        "description": "A",
        "lang": "vi",
        "author": "Tỉnh",
        "page": "podcast/",
        "cover": "podcast/bia.png",
    }
    return Channel(**(defaults | fields))


def test_markup_and_control_characters_in_a_title_do_no_harm() -> None:
    episode = Episode(
        "<b>&\x0b \ud800 “Chợ”", "bai-viet/a/", "x" * 9000, datetime(2026, 1, 1).astimezone(), ["A & B"], "a/a", 5, 1234
    )
    item = ElementTree.fromstring(rss(channel(), [episode]))[0].find("item")
    assert item.find("title").text == "<b>&  “Chợ”"
    assert len(item.find("description").text) == 4000


def test_the_owners_address_is_in_the_feed_if_it_is_set() -> None:
    top = ElementTree.fromstring(rss(channel(email="a@vanson.example"), []))[0]
    assert top.find(f"{{{ITUNES}}}owner/{{{ITUNES}}}email").text == "a@vanson.example"
    assert top.find(f"{{{PODCAST}}}locked").attrib == {"owner": "a@vanson.example"}


@pytest.mark.parametrize(("size", "told"), [((512, 512), "512"), ((1400, 1500), "1400"), ((1400, 1400), "")])
def test_a_cover_that_programs_refuse_is_told(tmp_path: Path, size: tuple[int, int], told: str) -> None:
    (tmp_path / "a.jpg").write_bytes(editors.photo(*size, ending="jpeg"))
    found = cover.mistake(tmp_path / "a.jpg")
    assert told in found and bool(found) == bool(told)


@pytest.mark.parametrize("audio", [True, False])
def test_a_portal_without_recordings_says_so_and_has_no_feed(tmp_path: Path, audio: bool) -> None:
    content = editors.write_small_content(tmp_path / "content")
    built = builds.build(tmp_path / "output", content, tmp_path / "cache", AUDIO=audio)
    assert built.status == 0, built.complaints + built.crash
    assert bool(list((tmp_path / "output/podcast").rglob("*.xml"))) is audio
    text = (tmp_path / "output/podcast/index.html").read_text(encoding="utf-8")
    assert bool(re.search("Chưa có bài nào", text)) is not audio
