"""The register on a portal: pages, lists, data for machines, and what an edit changes."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import jsonschema
import pytest
from lxml import etree
from pypdf import PdfReader

from tests import editors, portals
from tests.search import published

NOON = 1796000000  # 30 November 2026, in the morning
DAY = 86_400
ORIGINAL = b"%PDF-1.7 signed"
NEW = """---
title: Ban hành Quy chế tiếp công dân
number: 41/2026/QĐ-UBND
loại văn bản: Quyết định
issuer: Ủy ban nhân dân tỉnh
người ký: Đặng Quốc Mẫn
ngày ban hành: 09/11/2026
effective: 01/12/2026
fields: Tiếp công dân; Đất đai
files: ../documents/ban-goc.pdf
replaces: 17/2021/QĐ-UBND
based_on: 72/2025/QH15 (Luật Tổ chức chính quyền địa phương)
---

**Điều 1.** Ban hành Quy chế.

**Điều 2.** Xem [Điều 1](#dieu-1).
"""
OLD = """---
title: Ban hành Quy chế cũ
number: 17/2021/QĐ-UBND
type: Quyết định
issuer: Ủy ban nhân dân tỉnh
issued: 12/04/2021
effective: 01/05/2021
---
"""


def write(content: Path) -> Path:
    editors.write_small_content(content)
    (content / "documents").mkdir(exist_ok=True)
    (content / "documents/ban-goc.pdf").write_bytes(ORIGINAL)
    editors.write_file(content, "van-ban/moi.md", NEW)
    editors.write_file(content, "van-ban/cu.md", OLD)
    return content


def build(root: Path, content: Path, day: int = 0, output: str = "output", **more: bool) -> Path:
    result = portals.build(root / output, content, env={"SOURCE_DATE_EPOCH": str(NOON + day * DAY)}, **more)
    assert (result.returncode, result.stderr) == (0, "")
    return root / output


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("documents")
    return build(root, write(root / "content"), pdf=True)


def record(page: Path) -> dict[str, str]:
    rows = editors.read_page(page).select(".record tr")
    return {row.th.get_text(): row.td.get_text(" ", strip=True) for row in rows}


def test_the_page_of_a_document_is_at_its_number_and_has_its_record(site: Path) -> None:
    shown = record(site / "van-ban/41-2026-qd-ubnd/index.html")
    assert shown["Số hiệu"] == "41/2026/QĐ-UBND" and shown["Tình trạng hiệu lực"] == "Chưa có hiệu lực"
    assert shown["Thay thế"] == "Quyết định 17/2021/QĐ-UBND"
    assert shown["Căn cứ"] == "72/2025/QH15 (Luật Tổ chức chính quyền địa phương)"
    page = editors.read_page(site / "van-ban/41-2026-qd-ubnd/index.html")
    assert page.select_one("#dieu-2") and page.find("a", href="#dieu-1").get_text() == "Điều 1"
    assert page.select_one(".rail dt").get_text() == "Ngày ban hành"


def test_the_other_direction_is_made_from_the_one_that_is_written(site: Path) -> None:
    shown = record(site / "van-ban/17-2021-qd-ubnd/index.html")
    assert shown["Được thay thế bởi"] == "Quyết định 41/2026/QĐ-UBND" and shown["Hết hiệu lực từ"] == "01/12/2026"


def test_the_original_is_published_unchanged_with_its_hash(site: Path) -> None:
    assert (site / "documents/ban-goc.pdf").read_bytes() == ORIGINAL
    shown = record(site / "van-ban/41-2026-qd-ubnd/index.html")["Bản gốc đã ký"]
    assert hashlib.sha256(ORIGINAL).hexdigest() in shown and shown.startswith("ban-goc.pdf (1 KB)")


def test_the_pdf_has_the_record(site: Path) -> None:
    page = PdfReader(site / "van-ban/41-2026-qd-ubnd/41-2026-qd-ubnd.pdf").pages[0]
    text = " ".join(page.extract_text().split())
    assert "Số hiệu 41/2026/QĐ-UBND" in text and "Thay thế Quyết định 17/2021/QĐ-UBND" in text


def test_documents_are_listed_by_type_field_issuer_year_and_validity(site: Path) -> None:
    both, new, old = (
        {"Ban hành Quy chế tiếp công dân", "Ban hành Quy chế cũ"},
        {"Ban hành Quy chế tiếp công dân"},
        set(),
    )
    expected = {
        "loai/quyet-dinh": both,
        "linh-vuc/dat-dai": new,
        "co-quan/uy-ban-nhan-dan-tinh": both,
        "nam/2026": new,
        "hieu-luc/con-hieu-luc": both - new,
        "hieu-luc/chua-co-hieu-luc": new,
    }
    for address, titles in expected.items():
        page = editors.read_page(site / f"van-ban/{address}/index.html")
        assert {link.get_text() for link in page.select("article h2")} == titles, address
    assert not (site / "van-ban/hieu-luc/het-hieu-luc").exists() and not old
    for feed in ("loai/quyet-dinh", "linh-vuc/dat-dai"):
        assert etree.parse(site / f"van-ban/{feed}/feed.atom").getroot() is not None


def test_machines_get_the_record(site: Path) -> None:
    answers = json.loads((site / "api/v1/document.json").read_text())
    jsonschema.validate(answers, json.loads((site / "api/v1/schema/articles.json").read_text()))
    new, old = answers["articles"]
    assert (new["number"], new["in_force"], new["issued"]) == ("41/2026/QĐ-UBND", "not-yet-in-force", "2026-11-09")
    assert old["relations"] == [
        {
            "relation": "replaces_by",
            "number": "41/2026/QĐ-UBND",
            "url": "https://vanson.example/van-ban/41-2026-qd-ubnd/",
        }
    ]
    page = editors.read_page(site / "van-ban/41-2026-qd-ubnd/index.html")
    data = json.loads(page.select_one('script[type="application/ld+json"]').string)["@graph"][0]
    assert (data["@type"], data["legislationIdentifier"]) == ("Legislation", "41/2026/QĐ-UBND")
    assert data["legislationLegalForce"] == "https://schema.org/NotInForce"
    assert data["legislationRepeals"][0]["@id"] == "https://vanson.example/van-ban/17-2021-qd-ubnd/"


def test_search_offers_choices_and_knows_what_a_document_is_called_by(site: Path) -> None:
    page = editors.read_page(site / "tim-kiem/index.html")
    names = {choice["name"] for choice in page.select("select[data-filter]")}
    assert {"document.type", "document.field", "document.issuer", "document.force"} <= names
    assert published.settings(site / "tim-kiem")["names"] == "called:"


def test_on_the_day_of_effect_both_documents_change_and_nothing_else(tmp_path: Path) -> None:
    content = write(tmp_path / "content")
    before = editors.file_digests(build(tmp_path, content))
    after = editors.file_digests(build(tmp_path, content, day=1))
    assert after == editors.file_digests(build(tmp_path, content, day=1, output="clean"))
    pages = {name for name in after if name.endswith("/index.html") and before.get(name) != after[name]}
    assert {"van-ban/41-2026-qd-ubnd/index.html", "van-ban/17-2021-qd-ubnd/index.html"} <= pages
    others = {name for name in pages if not re.match("van-ban/|(en/)?tim-kiem/", name)}
    assert others == set()
    ended = editors.read_page(tmp_path / "output/van-ban/17-2021-qd-ubnd/index.html").select_one(".ended")
    assert ended.get_text(" ", strip=True).startswith("Văn bản này đã hết hiệu lực từ 01/12/2026.")


def test_what_cannot_be_right_is_told_with_file_and_line(tmp_path: Path) -> None:
    content = write(tmp_path / "content")
    editors.write_file(content, "van-ban/cu.md", OLD.replace("Quyết định", "Chỉ thị").replace("01/05", "01/04"))
    editors.write_file(content, "van-ban/hong.md", OLD.replace("17/2021/QĐ-UBND", "17").replace("title", "tiêu đề"))
    editors.write_file(content, "van-ban/moi.md", NEW.replace("ban-goc.pdf", "khong-co.pdf"))
    result = portals.build(tmp_path / "output", content)
    assert result.returncode == 1
    for told in (
        "van-ban/hong.md:3: number: không phải số hiệu văn bản; hãy viết như 12/2026/QĐ-UBND",
        "van-ban/moi.md:10: files: không có tệp ../documents/khong-co.pdf",
    ):
        assert told in result.stderr
    (content / "van-ban/hong.md").unlink()
    editors.write_file(content, "van-ban/moi.md", NEW)
    result = portals.build(tmp_path / "output", content)
    assert result.returncode == 0
    for told in (
        "cu.md:3: cảnh báo: number: QĐ trong số hiệu là",
        "cu.md:7: cảnh báo: effective: ngày có hiệu lực trước",
    ):
        assert told in result.stderr
