"""Unusual names of categories, topics and titles in pages, feeds, sitemap and web service."""

from __future__ import annotations

import json
import re
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from tests import editors, portals

NAMES = [
    "Kinh tế/Cửa khẩu",
    "Giá \"vàng\" & 'bạc'",
    "Lễ hội 🎉",
    "<b>Đậm</b>",
    "C++ / C#",
    "100%",
    "a?b#c&d=e",
    "..",
    "Tên rất dài " * 20,
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("odd")
    content = editors.write_small_content(folder / "content")
    for number, name in enumerate(NAMES):
        if name == "..":
            continue
        quoted = json.dumps(name, ensure_ascii=False)
        editors.write_article(content, f"bai-{number}.md", title=f"Bài {number}", category=quoted, tags=f"[{quoted}]")
    editors.write_article(content, "dai.md", title="Ẩ Ễ Ộ " * 50)
    result = portals.build(folder / "output", content, env=editors.ENGLISH)
    assert result.returncode == 0, result.stderr
    return folder / "output"


def test_every_name_has_its_page_and_its_feed_reads_back(built: Path) -> None:
    heads = {
        page.h1.get_text(): address
        for address, page in editors.read_pages(built).items()
        if address.startswith("chuyen-muc/")
    }
    for name in NAMES:
        if name == "..":
            continue
        shown = " ".join(name.split())
        assert shown in heads, name
        feed = feedparser.parse((built / heads[shown]).with_name("feed.atom").read_bytes())
        assert not feed.bozo and shown in feed.entries[0].tags[0].term


def test_the_sitemap_and_the_service_have_them(built: Path) -> None:
    for part in (built / "sitemap").iterdir():
        etree.parse(part)
    names = {category["name"] for category in json.loads((built / "api/v1/categories.json").read_bytes())["categories"]}
    assert {" ".join(name.split()) for name in NAMES if name != ".."} <= names


def test_a_title_of_three_hundred_letters_is_complete_everywhere(built: Path) -> None:
    title = ("Ẩ Ễ Ộ " * 50).strip()
    page = editors.read_page(built / "bai-viet/dai/index.html")
    assert page.h1.get_text() == title and title in page.find("script", type="application/ld+json").string
    assert json.loads((built / "api/v1/articles/dai.json").read_bytes())["title"] == title


@pytest.mark.parametrize("name", ["..", "🎉", "!!!", "—"])
def test_a_name_without_a_letter_is_rejected_with_one_line(name: str, tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_article(content, "bai.md", category=json.dumps(name, ensure_ascii=False))
    result = portals.build(tmp_path / "output", content, env=editors.ENGLISH)
    assert result.returncode == 1 and "makes no address" in result.stderr and "Traceback" not in result.stderr


def test_topics_that_differ_in_case_are_one_and_in_marks_two_and_both_are_reported(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    for number, tag in enumerate(["Lũ quét", "Lũ quét", "lũ quét", "LŨ QUÉT", "lu quet"]):
        editors.write_article(
            content, f"bai-{number}.md", title=f"Bài {number}", tags=f"[{tag}]", date=f"2026-01-0{number + 1}"
        )
    result = portals.build(tmp_path / "output", content, env=editors.ENGLISH)
    assert result.returncode == 0
    warnings = [line for line in result.stderr.split("\n") if "tags:" in line]
    assert sum("is taken for Lũ quét; write it one way" in line for line in warnings) == 2
    assert sum("lu quet and Lũ quét differ in their marks only" in line for line in warnings) == 1
    assert len(warnings) == 3 and all(re.search(r"bai-\d.md:6: warning", line) for line in warnings)
    topics = {
        p.parent.name: editors.read_page(p).h1.get_text() for p in (tmp_path / "output/chu-de").glob("*/index.html")
    }
    assert len(topics) == 2 and topics["lu-quet"] == "Chủ đề: LŨ QUÉT"
