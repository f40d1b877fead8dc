"""Metadata for machines: valid, and nothing that the page does not show."""

from __future__ import annotations

import io
import json
import subprocess
import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont
from PIL import Image

import environment
from plugins.metadata import share_image
from plugins.pdf.glyphs import FONTS_DIR
from tests import editors, portals

SITE = "https://vanson.example"


def blocks(page: BeautifulSoup) -> list[dict[str, Any]]:
    return [json.loads(script.string) for script in page.find_all("script", type="application/ld+json")]


def nodes(page: BeautifulSoup, kind: str) -> list[dict[str, Any]]:
    all_nodes = [node for block in blocks(page) for node in block.get("@graph", [block])]
    return [node for node in all_nodes if node["@type"] == kind]


def named(page: BeautifulSoup, key: str) -> dict[str, str]:
    return {meta[key]: meta["content"] for meta in page.head.find_all("meta") if meta.get(key)}


def type_errors(folder: Path, lines: list[str]) -> subprocess.CompletedProcess[str]:
    """Return TypeScript's errors for JSON-LD blocks, by Google's types of schema.org."""
    types = (environment.NODE_MODULES / "schema-dts" / "dist" / "schema").as_posix()
    file = folder / "blocks.ts"
    file.write_text(
        f'import type {{ Graph, WithContext, WebSite }} from "{types}";\n' + "\n".join(lines) + "\n", "utf-8"
    )
    options = {"noEmit": True, "strict": True, "skipLibCheck": True, "types": []}
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "files": [file.name]}), "utf-8")
    tsc = environment.NODE_MODULES / "typescript" / "bin" / "tsc"
    command = [environment.node(), str(tsc), "-p", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder)


def test_every_block_is_valid_by_the_types_of_schema_org(site: Path, tmp_path: Path) -> None:
    all_blocks = [block for page in editors.read_pages(site).values() for block in blocks(page)]
    assert len(all_blocks) > 60
    lines = [
        f"const b{n}: {'Graph' if '@graph' in block else 'WithContext<WebSite>'} = "
        f"{json.dumps(block, ensure_ascii=False)};"
        for n, block in enumerate(all_blocks)
        if block.pop("potentialAction", True)  # checked below: its "query-input" is Google's own
    ]
    result = type_errors(tmp_path, lines)
    assert result.returncode == 0, result.stdout[:2000]
    wrong = lines[0].replace('"@type": "BreadcrumbList"', '"@type": "BreadcrumbList", "noSuchProperty": 1')
    assert wrong != lines[0] and "noSuchProperty" in type_errors(tmp_path, [wrong]).stdout


def test_an_article_is_described_by_what_its_page_shows(site: Path) -> None:
    pages = {a: page for a, page in editors.read_pages(site).items() if "bai-viet/" in a and page.select_one(".rail")}
    assert len(pages) > 30
    for address, page in pages.items():
        (news,) = nodes(page, "NewsArticle")
        text, shown = " ".join(page.body.get_text(" ").split()), page.select_one(".rail time")
        canonical = page.find("link", rel="canonical")["href"]
        assert news["headline"] == page.h1.get_text() and news["@id"] == canonical
        assert news["datePublished"] == shown["datetime"]
        for words in (
            news.get("description", ""),
            news["articleSection"],
            *(a["name"] for a in news.get("author", ())),
            news["publisher"]["name"],
        ):
            assert words in text, (address, words)
        (trail,) = nodes(page, "BreadcrumbList")
        assert [step["name"] for step in trail["itemListElement"]] == [
            *(a.get_text() for a in page.select(".crumb a")),
            page.h1.get_text(),
        ]
        assert [step["position"] for step in trail["itemListElement"]] == [1, 2, 3]
        core, graph = named(page, "name"), named(page, "property")
        assert (
            graph["og:title"] == core["DC.title"] == page.h1.get_text()
            and graph["og:url"] == core["DC.identifier"] == canonical
        )
        assert core["DC.language"] == page.html["lang"] and core["DC.date"] == shown["datetime"][:10]
        assert core["DC.publisher"] in text and core["DC.rights"] in text
        assert all(author in text for author in core.get("DC.creator", "").split("; "))
        assert core["twitter:card"] == "summary_large_image" and graph["og:type"] == "article"


def test_there_is_no_rating_without_votes(site: Path) -> None:
    assert not any("Rating" in json.dumps(blocks(page)) for page in editors.read_pages(site).values())


def test_search_engines_get_the_address_of_search(site: Path) -> None:
    for edition in ("", "en/"):
        home = editors.read_page(site / edition / "index.html")
        action = next(node["potentialAction"] for node in nodes(home, "WebSite") if "potentialAction" in node)
        template = action["target"]["urlTemplate"]
        assert (
            template == f"{SITE}/{edition}tim-kiem/?q={{search_term_string}}"
            and action["query-input"] == "required name=search_term_string"
        )
        assert (site / edition / "tim-kiem/index.html").is_file()
        (agency,) = nodes(home, "GovernmentOrganization")
        footer = " ".join(home.footer.get_text(" ").split())
        assert all(agency[key] in footer for key in ("name", "telephone", "address"))


def test_every_preview_picture_exists_in_the_declared_size(site: Path) -> None:
    images = set()
    for page in editors.read_pages(site).values():
        graph = named(page, "property")
        if "og:image" not in graph:
            continue
        assert graph["og:image"].startswith(SITE) and graph["og:image:alt"]
        with Image.open(site / unquote(urlsplit(graph["og:image"]).path).lstrip("/")) as picture:
            assert (str(picture.width), str(picture.height)) == (graph["og:image:width"], graph["og:image:height"])
        images.add(graph["og:image"])
    previews = {image for image in images if "xem-truoc" in image}
    assert len(images - previews) > 5 and len(previews) > 10  # one of each section


@pytest.mark.parametrize(
    "section",
    ["", "Văn hoá – Du lịch", "x" * 300, "Quốc phòng và an ninh ở các xã vùng cao biên giới phía Bắc " * 4, "🙂"],
)
def test_any_name_fits_into_a_preview_picture(section: str) -> None:
    data = share_image.draw("Cổng thông tin điện tử tỉnh", "Vân Sơn", section, "#941c12")
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.size == (share_image.WIDTH, share_image.HEIGHT)
    assert data == share_image.draw("Cổng thông tin điện tử tỉnh", "Vân Sơn", section, "#941c12") and len(data) < 40_000


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    hostile = '</script><script>alert(1)</script> "q" & <b>'
    editors.write_article(content, "hiem.md", title=f"'{hostile}'", summary=f"'{hostile}'", tags="['<i>&\"x']")
    result = portals.build(tmp_path / "output", content)
    assert result.returncode == 0, result.stderr
    page = editors.read_page(tmp_path / "output/bai-viet/hiem/index.html")
    assert "alert(1)" not in "".join(s.string or "" for s in page.find_all("script", type=False))
    (news,) = nodes(page, "NewsArticle")
    assert (
        news["headline"]
        == named(page, "property")["og:title"]
        == named(page, "name")["DC.title"]
        == page.h1.get_text()
        == hostile
    )


def test_preview_pictures_are_drawn_with_the_portals_own_fonts_that_have_every_vietnamese_letter() -> None:
    marks = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")  # of the tone marks
    letters = {
        unicodedata.normalize("NFC", vowel + mark) for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for mark in marks
    } | set("đĐ–“”")
    for file in (share_image.SANS, share_image.SERIF):
        assert letters <= set(map(chr, TTFont(FONTS_DIR / file).getBestCmap())), file
        assert Path(share_image._font(file, 40).path) == FONTS_DIR / file


def test_a_preview_does_not_mention_a_public_address_that_is_not_set(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    assert portals.build(tmp_path / "output", content, settings='SITEURL = ""').returncode == 0
    page = editors.read_page(tmp_path / "output/index.html")
    assert not blocks(page) and not named(page, "property")
