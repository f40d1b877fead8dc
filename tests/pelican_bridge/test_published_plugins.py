"""Plugins from PyPI, unchanged: each does in this portal what its documentation says."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from tests import editors
from tests.pelican_bridge.pelican_portals import FEATURES, SITEURL, Portal

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Portal:
    """Four articles of three days, one of them in two languages, and a page."""
    new_portal = Portal(tmp_path, {"PLUGIN_PATHS": []})
    editors.write_article(
        new_portal.content, "mot.md", "Chữ của bài.", title="Bài một", date="2026-01-02", tags="[lũ, mưa]"
    )
    editors.write_article(
        new_portal.content, "mot.en.md", "Words.", title="Article one", date="2026-01-02", category="Society"
    )
    editors.write_article(
        new_portal.content, "hai.md", title="Bài hai", date="2026-01-03", tags="[lũ]", category="Nông nghiệp"
    )
    editors.write_article(new_portal.content, "ba.md", title="Bài ba", date="2026-01-04", tags="[hội]")
    editors.write_file(new_portal.content, "pages/gioi-thieu.md", "---\ntitle: Giới thiệu\n---\n\nMột trang.\n")
    for name in ("mot-bai.md", "an-article.en.md"):
        (new_portal.content / "articles/2026" / name).unlink()
    monkeypatch.chdir(tmp_path)  # pelican-seo writes its report to the working directory
    return new_portal


def without_sitemap() -> list[str]:
    return [name for name in FEATURES if name != "plugins.sitemap"]


def test_pelican_sitemap_writes_a_sitemap(portal: Portal) -> None:
    portal.build_successfully(
        PLUGINS=[*without_sitemap(), "sitemap"], SITEMAP={"exclude": ["^404"], "priorities": {"articles": 0.9}}
    )
    root = ElementTree.parse(portal.output / "sitemap.xml").getroot()
    entries = {url.find(f"{SITEMAP}loc").text: url for url in root.iter(f"{SITEMAP}url")}
    assert {
        f"{SITEURL}/{name}" for name in ("", "bai-viet/mot/", "en/bai-viet/mot/", "gioi-thieu/", "chuyen-muc/xa-hoi/")
    } <= entries.keys()
    assert f"{SITEURL}/404.html" not in entries
    assert entries[f"{SITEURL}/bai-viet/mot/"].find(f"{SITEMAP}priority").text == "0.9"
    assert entries[f"{SITEURL}/bai-viet/mot/"].find(f"{SITEMAP}lastmod").text == "2026-01-02T00:00:00+07:00"
    assert f'hreflang="en" ref="{SITEURL}/en/bai-viet/mot/"' in portal.text("sitemap.xml")


def test_pelican_sitemap_beside_the_portals_own_is_reported(portal: Portal) -> None:
    result = portal.build_successfully(PLUGINS=[*FEATURES, "sitemap"])
    assert (
        "sitemap.xml: warning: both plugins.sitemap and a plugin for Pelican make this file, the plugin's is published"
        in result.complaints
    )
    assert "<urlset" in portal.text("sitemap.xml")


def test_pelican_neighbors_links_articles(portal: Portal) -> None:
    article = (Path(__file__).parents[2] / "theme/templates/article.html").read_text(encoding="utf-8")
    shown = (
        "{% block main %}<p class=n>{{ article.prev_article.slug }} {{ article.next_article.slug }}"
        " {{ article.prev_article_in_category.slug }} {{ article.next_article_in_category.slug }}</p>"
    )
    editors.write_file(portal.folder, "overrides/article.html", article.replace("{% block main %}", shown))
    portal.build_successfully(
        PLUGINS=[*FEATURES, "neighbors"], THEME_TEMPLATES_OVERRIDES=[str(portal.folder / "overrides")]
    )

    def neighbours_of(name: str) -> list[str]:
        return editors.read_page(portal.output / name / "index.html").select_one("p.n").get_text().split(" ")

    assert neighbours_of("bai-viet/hai") == ["mot", "ba", "", ""]
    assert neighbours_of("bai-viet/mot") == ["", "hai", "", "ba"]
    assert neighbours_of("en/bai-viet/mot") == ["", "hai", "", "ba"]


def test_pelican_similar_posts_finds_similar_articles(portal: Portal) -> None:
    portal.settings["PLUGIN_PATHS"] = [str(portal.folder / "elsewhere")]
    portal.plugin(
        "looks",
        """
def look(generators):
    record({a.slug: [b.slug for b in a.similar_posts] for a in generators[0].articles})
def register(): signals.all_generators_finalized.connect(look)
""",
    )
    portal.build_successfully(PLUGINS=[*FEATURES, "similar_posts", "looks"])
    assert portal.recorded("looks") == [[{"ba": [], "hai": ["mot"], "mot": ["hai"]}]]


def test_pelican_seo_writes_its_report(portal: Portal) -> None:
    portal.build_successfully(PLUGINS=[*FEATURES, "seo"])
    report = editors.read_page(portal.folder / "seo_report.html").get_text(" ", strip=True)
    assert all(address in report for address in ("bai-viet/hai/", "bai-viet/ba/", "gioi-thieu/"))


def test_pelican_seo_enhances_pages(portal: Portal) -> None:
    result = portal.build_successfully(
        PLUGINS=[*without_sitemap(), "seo"], SEO_REPORT=False, SEO_ENHANCER=True, SEO_ENHANCER_OPEN_GRAPH=True,
        SEO_ENHANCER_TWITTER_CARDS=True, SEO_ENHANCER_SITEMAP_URL=f"{SITEURL}/sitemap.xml",
    )  # fmt: skip
    page = editors.read_page(portal.output / "bai-viet/mot/index.html")
    metadata = {
        data["@type"]: data
        for script in page.select('script[type="application/ld+json"]')
        for data in [json.loads(script.string)]
        if "@type" in data
    }
    assert metadata["BreadcrumbList"]["itemListElement"][0]["name"] == "Cổng thông tin điện tử tỉnh Vân Sơn"
    assert metadata["BreadcrumbList"]["itemListElement"][1]["item"] == f"{SITEURL}/bai-viet"
    assert metadata["Article"]["headline"] == "Bài một" and metadata["Article"]["author"]["name"] == "Ban Biên tập"
    graph = {meta["property"]: meta["content"] for meta in page.select("meta[property]")}
    assert graph["og:url"] == f"{SITEURL}/bai-viet/mot/" and graph["og:title"] == "Bài một"
    assert page.select('meta[name="twitter:card"]')
    assert portal.text("robots.txt") == f"User-agent: *\nSitemap: {SITEURL}/sitemap.xml"
    assert (
        editors.read_page(portal.output / "gioi-thieu/index.html").select('link[rel="canonical"]')[-1]["href"]
        == f"{SITEURL}/gioi-thieu/"
    )
    assert "robots.txt" not in result.complaints


def test_pelican_seo_without_an_address_is_reported_in_one_line(portal: Portal) -> None:
    result = portal.build(PLUGINS=[*FEATURES, "seo"], SITEURL="")
    assert (result.status, result.crash) == (1, "")
    assert (
        "PLUGINS: pelican.plugins.seo: this plugin has failed: Exception: You must fill in SITEURL" in result.complaints
    )


def test_pelican_image_process_makes_pictures(portal: Portal) -> None:
    editors.write_file(portal.content, "images/nui.png", editors.photo(400, 300))
    editors.write_article(
        portal.content,
        "anh.md",
        "![Núi](../../images/nui.png){.image-process-thumb}\n\n![Núi cao](../../images/nui.png)",
        title="Có ảnh",
    )
    settings = {"IMAGE_PROCESS": {"thumb": ["crop 0 0 50% 50%", "scale_out 150 150 True"]}}
    portal.build_successfully(PLUGINS=[*FEATURES, "image_process"], FEED_FULL_TEXT=True, **settings)
    page = editors.read_page(portal.output / "bai-viet/anh/index.html")
    by_plugin = page.select_one("main img.image-process-thumb")
    assert by_plugin["src"] == "/images/derivatives/thumb/nui.png" and by_plugin["alt"] == "Núi"
    with Image.open(portal.output / "images/derivatives/thumb/nui.png") as picture:
        assert picture.size == (200, 150) == (int(by_plugin["width"]), int(by_plugin["height"]))
    assert len(page.select("main .body picture")) == 1, "the other picture is the portal's own"
    assert not (portal.output / "images/nui.png").exists()
    assert "/images/" not in portal.text("tin-moi/feed.atom"), "feeds have the portal's own pictures"


def test_without_image_process_its_classes_have_no_effect(portal: Portal) -> None:
    editors.write_file(portal.content, "images/nui.png", editors.photo(400, 300))
    editors.write_article(
        portal.content, "anh.md", "![Núi](../../images/nui.png){.image-process-thumb .other}", title="Có ảnh"
    )
    portal.build_successfully()
    page = portal.text("bai-viet/anh/index.html")
    assert (
        "image-process" not in page
        and "other"
        not in editors.read_page(portal.output / "bai-viet/anh/index.html").select_one(".body picture img").attrs
    )


def test_all_five_plugins_work_together_twice(portal: Portal) -> None:
    editors.write_file(portal.content, "images/nui.png", editors.photo(400, 300))
    editors.write_article(
        portal.content, "anh.md", "![Núi](../../images/nui.png){.image-process-thumb}", title="Có ảnh"
    )
    plugins = [*without_sitemap(), "sitemap", "neighbors", "similar_posts", "seo", "image_process"]
    settings = {"IMAGE_PROCESS": {"thumb": ["scale_out 150 150 True"]}, "SEO_ENHANCER": True, "SEO_REPORT": False}
    portal.build_successfully(PLUGINS=plugins, **settings)
    first = portal.files()
    second = portal.build_successfully(PLUGINS=plugins, **settings)
    changed = {name for name, data in portal.files().items() if data != first[name]}
    assert changed <= {"sitemap.xml"} and second.changes.removed == 0
    portal.build_successfully()
    assert not [name for name in portal.files() if "derivatives" in name]
    assert "<sitemapindex" in portal.text("sitemap.xml")
