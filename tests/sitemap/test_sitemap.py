"""The sitemap for search engines: valid, complete, with dates of the content."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit

from lxml import etree

import environment
from plugins import sitemap
from plugins.addresses import ERROR_PAGES, REFUSED_PAGE, URLS, Addresses
from tests import editors, portals

SITE = "https://vanson.example"
NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "n": sitemap.NEWS_NAMESPACE}
SCHEMA = environment.NODE_MODULES / "sitemap" / "schema" / "sitemap.xsd"


def locations(path: Path) -> list[str]:
    return etree.parse(path).xpath("//s:loc/text()", namespaces=NS)


def parts(site: Path) -> list[Path]:
    return [site / urlsplit(loc).path.lstrip("/") for loc in locations(site / "sitemap.xml")]


def test_every_part_is_valid_by_its_xml_schema(site: Path) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    for part in parts(site):
        document = etree.parse(part)
        for element in document.xpath("//n:news", namespaces=NS):  # of another namespace, whose schema is Google's
            element.getparent().remove(element)
        schema.assertValid(document)


def test_the_index_names_every_part_once(site: Path) -> None:
    root = etree.parse(site / "sitemap.xml").getroot()
    assert root.tag == f"{{{NS['s']}}}sitemapindex"
    assert sorted(parts(site)) == sorted((site / "sitemap").iterdir())
    assert all(len(entry) == 2 for entry in root)  # each with its date


def test_the_sitemap_has_every_page_and_nothing_else(site: Path) -> None:
    named = [loc for part in parts(site) if part.name != "tin-moi.xml" for loc in locations(part)]
    assert len(named) == len(set(named))
    files = {unquote(urlsplit(loc).path).lstrip("/") + "index.html" for loc in named}
    assert all(loc.startswith(SITE + "/") for loc in named)
    pages = {
        address: page
        for address, page in editors.read_pages(site).items()
        # it leads on from another spelling of a name, or says that an article is withdrawn
        if not page.select_one("meta[http-equiv=refresh]") and "Bài này đã được gỡ" not in page.title.get_text()
    }
    assert files <= pages.keys()
    missing = {
        address
        for address in pages.keys() - files
        if "/trang-" not in address and not address.startswith(("luu-tru/2", "en/luu-tru/2"))
    }
    tools = {
        f"{prefix}{page}/index.html"
        for prefix in ("", "en/")
        for page in ("tim-kiem", "api", "podcast", "thong-ke", "danh-gia/cam-on", "bai-da-luu")
    }
    assert missing == {*ERROR_PAGES.values(), REFUSED_PAGE, *tools}


def test_the_date_of_change_is_that_of_the_content(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_article(content, "sua.md", title="Đã sửa", date="2026-01-05", modified="2026-03-04 10:00")
    assert portals.build(tmp_path / "output", content).returncode == 0
    month = etree.parse(tmp_path / "output/sitemap/2026-01.xml")
    dates = {url.findtext("s:loc", namespaces=NS): url.findtext("s:lastmod", namespaces=NS) for url in month.getroot()}
    assert dates[f"{SITE}/bai-viet/sua/"] == "2026-03-04T10:00:00+07:00"
    assert dates[f"{SITE}/bai-viet/mot-bai/"] == "2026-01-02T00:00:00+07:00"
    index = (tmp_path / "output/sitemap.xml").read_text()
    assert "2026-03-04T10:00:00+07:00" in index and index.count("<sitemap>") == 2


def test_new_articles_are_in_the_news_sitemap_for_two_days(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_article(content, "moi.md", title="Tin mới & nóng", date="2026-02-10 08:30")
    file = tmp_path / "output/sitemap/tin-moi.xml"
    for day, listed in ((10, True), (11, True), (12, False)):
        epoch = {"SOURCE_DATE_EPOCH": str(1770688800 + (day - 10) * 86400)}  # 10 February 2026, 9:00 in Viet Nam
        assert portals.build(tmp_path / "output", content, env=epoch).returncode == 0
        assert file.is_file() is listed, day
        assert ("tin-moi.xml" in (tmp_path / "output/sitemap.xml").read_text()) is listed
        if listed:
            news = etree.parse(file).xpath("//n:news", namespaces=NS)
            texts = {element.tag.split("}")[1]: element.text for element in news[0].iter()}
            assert len(news) == 1 and texts["title"] == "Tin mới & nóng" and texts["language"] == "vi"
            assert texts["publication_date"] == "2026-02-10T08:30:00+07:00"
            assert texts["name"] == "Cổng thông tin điện tử tỉnh Vân Sơn"


def test_a_part_never_has_more_than_the_protocol_allows() -> None:
    entries = [(f"bai-viet/{n}/", n) for n in range(120_001)]
    split = dict(sitemap.split_part("2026-01", entries))
    assert [(name, len(part)) for name, part in split.items()] == [
        ("2026-01", 50_000),
        ("2026-01-2", 50_000),
        ("2026-01-3", 20_001),
    ]
    assert [entry for part in split.values() for entry in part] == entries


URL = partial(Addresses(["vi"], URLS).url, "vi")


class _List:
    """A category of the sitemap's editions."""

    url = "chuyen-muc/a/"


def test_a_list_changes_with_what_its_first_page_shows() -> None:
    articles = [SimpleNamespace(url=f"bai-viet/{n}/", changed_at=100 - n) for n in range(40)]
    articles[3].changed_at, articles[35].changed_at = 500, 900  # one is corrected near the top, one far down
    edition = SimpleNamespace(
        url=URL,
        articles=articles,
        categories={_List(): articles[10:]},
        tags={},
        authors={},
        pages={},
        months={},
        extra_kinds={},
        groupings=list,
        settings={"DEFAULT_PAGINATION": 10},
    )
    dates = dict(sitemap.parts([edition])["trang"])
    assert (dates["tin-moi/"], dates["chuyen-muc/a/"]) == (500, 90)


def test_an_empty_edition_still_has_a_valid_sitemap() -> None:
    edition = SimpleNamespace(
        url=URL,
        articles=[],
        categories={},
        tags={},
        authors={},
        pages={},
        months={},
        extra_kinds={},
        groupings=list,
        settings={"DEFAULT_PAGINATION": 10},
    )
    assert list(sitemap.parts([edition])) == ["trang"]


def test_robots_may_read_everything_and_find_the_sitemap(site: Path) -> None:
    lines = (site / "robots.txt").read_text().split("\n")
    assert "User-agent: *" in lines and "Disallow:" in lines and f"Sitemap: {SITE}/sitemap.xml" in lines
