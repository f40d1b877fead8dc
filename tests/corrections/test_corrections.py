"""What was changed after publication is said where the article is, and of a withdrawn article only that it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from tests import editors
from tests.incremental import builds

SITE = "https://vanson.example"
MARKER = "Xyloquasar"
NOTE = '\n  - "20/5/2026 15:00: Bản đầu viết 318 hộ; đúng là 381 hộ."\n  - 22.5.2026, thêm tên xã.'


def build(root: Path, epoch: int = builds.NOON, **settings: object) -> builds.Built:
    values = {"SITEURL": SITE, "SEARCH_INDEX": True, "KEPT_BUILDS": 5} | settings
    built = builds.build(root / "output", root / "content", root / "cache", epoch=epoch, **values)
    assert built.status == 0, built.complaints + built.crash
    return built


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portal in which an article is published, and withdrawn by a later build."""
    folder = tmp_path_factory.mktemp("corrections")
    content = editors.write_small_content(folder / "content")
    editors.write_article(content, "sua.md", title="Bài có sửa", corrections=NOTE, updates='["23/5/2026: Thêm ảnh."]')
    editors.write_file(content, "images/rieng.png", editors.photo())
    body = f"{MARKER} đã nói.\n\n![Ảnh {MARKER}](../../images/rieng.png)"
    named = {"title": f"Tin {MARKER}", "summary": f"Lời {MARKER}", "tags": f"[{MARKER}]", "aliases": "[/cu/9.html]"}
    editors.write_article(content, "go.md", body, **named)
    build(folder)
    assert MARKER in (folder / "output/bai-viet/go/index.html").read_text()
    reason = '"28/5/2026: Dùng nhầm số liệu."'
    editors.write_article(content, "go.md", body, **named, status="withdrawn", reason=reason)
    build(folder)
    return folder


def test_notes_are_under_the_title_and_everywhere_else(root: Path) -> None:
    page = editors.read_page(root / "output/bai-viet/sua/index.html")
    notes = [note.get_text() for note in page.select(".text > .changes p")]
    assert notes[:3] == [
        "Bổ sung, 23/5/2026: Thêm ảnh.",
        "Đính chính, 22/5/2026: thêm tên xã.",
        "Đính chính, 20/5/2026, 15:00: Bản đầu viết 318 hộ; đúng là 381 hộ.",
    ]
    data = json.loads(page.select_one('script[type="application/ld+json"]').string)["@graph"][0]
    assert data["correction"][1]["datePublished"] == "2026-05-20T15:00:00+07:00"
    assert data["dateModified"] == "2026-05-23"
    entry = json.loads((root / "output/api/v1/articles/sua.json").read_text())
    assert entry["corrections"][0] == "2026-05-20T15:00 Bản đầu viết 318 hộ; đúng là 381 hộ."
    assert "Đính chính: 20/5/2026, 15:00: Bản đầu" in (root / "output/tin-moi/feed.json").read_text()
    assert "notes." not in (root / "output/bai-viet/mot-bai/index.html").read_text()


def test_all_are_listed_with_a_feed(root: Path) -> None:
    page = editors.read_page(root / "output/dinh-chinh/index.html")
    texts = [item.get_text(" ", strip=True) for item in page.select("main .news li")]
    assert texts[0].startswith("Gỡ bài · 28/5/2026 Dùng nhầm số liệu.") and len(texts) == 4
    assert texts[3] == "Đính chính · 20/5/2026, 15:00 Bài có sửa Bản đầu viết 318 hộ; đúng là 381 hộ."
    feed = etree.parse(root / "output/dinh-chinh/feed.atom")
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 4
    assert editors.read_page(root / "output/en/dinh-chinh/index.html").h1.get_text() == "Corrections"


def test_of_a_withdrawn_article_not_a_byte_is_left(root: Path) -> None:
    for path in (path for path in (root / "output").rglob("*") if path.is_file()):
        assert MARKER.lower().encode() not in path.read_bytes().lower(), path
    assert not [path for path in (root / "output/anh").glob("*") if "rieng" in path.name]
    page = editors.read_page(root / "output/bai-viet/go/index.html")
    assert page.h1.get_text() == "Bài này đã được gỡ" and page.select_one("meta[name=robots]")["content"] == "noindex"
    text = page.main.get_text(" ", strip=True)
    assert "Bài đăng ngày 02/01/2026. Bài được gỡ ngày 28/5/2026. Lý do: Dùng nhầm số liệu." in text
    tombstone = json.loads((root / "output/api/v1/articles/go.json").read_text())
    assert tombstone["withdrawn"][0]["reason"] == "28/5/2026: Dùng nhầm số liệu."
    assert json.loads((root / "output/api/v1/withdrawn.json").read_text())["withdrawn"][0]["id"] == "go"
    conf = (root / "output/nginx/http.conf").read_text()
    for address in ("/bai-viet/go/", "/bai-viet/go/go.pdf", "/bai-viet/go/go.mp3", "/cu/9.html"):
        assert f'"{address}?" /410;' in conf
    assert '"/bai-viet/go/" /bai-viet/go/index.html;' in conf
    assert "/bai-viet/go/ /bai-viet/go/ 410!" in (root / "output/_redirects").read_text()


def test_the_same_content_built_from_nothing_is_the_same(root: Path) -> None:
    before = editors.file_digests(root / "output")
    builds.build(root / "clean", root / "content", root / "cache", SITEURL=SITE, SEARCH_INDEX=True, KEPT_BUILDS=5)
    assert editors.file_digests(root / "clean") == before


def test_what_changes_in_silence_is_told_until_there_is_a_note(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")

    def complaints(body: str, **header: str) -> str:
        editors.write_article(content, "lu.md", body, title="Lũ ở Nà Lẹng", **header)
        return build(tmp_path, SEARCH_INDEX=False).complaints

    told = "lu.md:1: warning: changed after publication without a note"
    assert complaints("Có 318 hộ phải sơ tán, ông Lò Văn Hặc nói.") == ""
    assert complaints("Có 318 hộ phải sơ táan, ông Lò Văn Hặc nói.") == ""  # a slip
    assert complaints("Có 318 hộ phải sơ tán, ông Lò Văn Hặc cho biết.") == ""
    assert f"{told}: 318 → 381" in complaints("Có 381 hộ phải sơ tán, ông Lò Văn Hặc nói.")
    assert f"{told}: 318 → 381" in build(tmp_path, SEARCH_INDEX=False).complaints  # not only once
    corrections = '["28/5/2026: Có 381 hộ."]'
    assert complaints("Có 381 hộ phải sơ tán, ông Lò Văn Hặc nói.", corrections=corrections) == ""
    changed = complaints("Có 381 hộ phải sơ tán, ông Lò Văn Hùng nói.", corrections=corrections)
    assert f"{told}: Hặc → Hùng" in changed
    settled = {"corrections": corrections, "modified": "2026-05-29"}
    assert complaints("Có 381 hộ phải sơ tán, ông Lò Văn Hùng nói.", **settled) == ""


def test_what_nobody_has_read_changes_in_silence(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")

    def told(output: str, number: int) -> bool:
        editors.write_article(content, "lu.md", f"Có {number} hộ phải sơ tán.", title="Lũ ở Nà Lẹng")
        settings = {"PUBLISHED_PATH": str(tmp_path / "output"), "SHOW_DRAFTS": output == "preview"}
        built = builds.build(tmp_path / output, content, tmp_path / "cache", SEARCH_INDEX=False, **settings)
        return "without a note" in built.complaints

    assert [told("preview", number) for number in (318, 319)] == [False, False]
    assert [told("output", 320), told("preview", 320), told("preview", 321)] == [False, False, True]


def test_days_that_cannot_be_are_told(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    late = '["1/1/2026: Sai tên xã.", "28/5/2100: Sai số."]'
    editors.write_article(
        content, "sua.md", date="2026-01-02 08:00", corrections=late, updates='["2/1/2026: Thêm ảnh."]'
    )
    editors.write_article(content, "go.md", status="gỡ", reason="Nhầm.")
    editors.write_article(content, "con.md", reason='"28/5/2026: Nhầm."')
    complaints = build(tmp_path, SEARCH_INDEX=False).complaints
    assert "sua.md:6: warning: corrections: the day is before the article was published, 02/01/2026" in complaints
    assert "sua.md:6: warning: corrections: the day has not come yet" in complaints and "updates" not in complaints
    assert "go.md:7: warning: reason: does not say on which day" in complaints
    assert "con.md:6: warning: reason: is only for an article with status: withdrawn" in complaints


def test_a_withdrawn_article_says_why(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_article(content, "go.md", status="gỡ")
    editors.write_article(content, "sai.md", corrections="[Sai tên xã.]")
    built = builds.build(tmp_path / "output", content, tmp_path / "cache")
    assert built.status == 1 and ": corrections: begins with a day" in built.complaints
    (content / "articles/2026/sai.md").unlink()
    built = builds.build(tmp_path / "output", content, tmp_path / "cache")
    assert built.status == 1 and "go.md:1: reason is missing" in built.complaints
