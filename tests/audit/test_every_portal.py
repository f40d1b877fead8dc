"""Portals as owners make them: with 0, 1 and 20 articles, in any languages, below a path, without each feature.

Each is built without a complaint, no link in any of its files leads to nothing, and axe finds nothing on a page of each
kind, on a phone and on a wide screen. `PORTAL_PICTURES=FOLDER` keeps pictures of some pages of each: by day, at night,
and with letters twice as large.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

import pelicanconf
from plugins import new_portal
from plugins.addresses import output_name
from plugins.new_portal import questions
from tests import editors, portals
from tests.browser.conftest import axe, browser, playwright  # noqa: F401  # fixtures of the tests below
from tests.browser.readers import Readers
from tests.browser.server import Portal, serving
from tests.browser.test_axe import axe_violations
from tests.incremental import builds
from tests.links import dead_links

ORIGIN = "https://tinh.example"
FEATURES = [name.removeprefix("plugins.") for name in pelicanconf.PLUGINS]
PAGES = (
    "", "tin-moi/", "chuyen-muc/tin-tuc/", "chuyen-muc/van-ban/", "bai-viet/bai-0/", "van-ban/1-2026-qd-ubnd/",
    "lien-he/", "tim-kiem/?q=xã", "ban-do/", "thong-ke/", "podcast/", "giai-nghia/", "luu-tru/",
    "so-do-trang/", "404.html",
)  # fmt: skip
PICTURED = ("", "chuyen-muc/tin-tuc/", "bai-viet/bai-0/", "van-ban/1-2026-qd-ubnd/", "ban-do/", "404.html")
BODY = """Sáng nay, Ủy ban nhân dân xã họp với bà con Xã A về đường liên thôn.

## Việc đã làm

| Thôn | Số hộ |
|---|---|
| Một | 12 |
| Hai | 30 |

1. Đường xóm Trên.
2. Đường xóm Dưới.
"""
DOCUMENT = """---
title: Ban hành Quy chế tiếp công dân
number: 1/2026/QĐ-UBND
type: Quyết định
issuer: Ủy ban nhân dân xã Bình Sơn
signer: Lò Văn A
issued: 2026-01-05
---

Toàn văn.
"""
MENU = """
[[menu]]
section = "tin-tuc"
[[menu]]
vi = "Chính quyền"
en = "Government"
entries = [{ page = "gioi-thieu" }, { link = "https://tinh.example/", vi = "Cổng tỉnh", en = "Province" }]
"""


class Below(Portal):
    """A portal below a path of its host."""

    def __init__(self, folder: Path, base: str) -> None:
        super().__init__(folder)
        self.base = base

    def read(self, path: str) -> bytes | None:
        """Return the bytes at a path of the host."""
        return super().read(path.removeprefix(self.base)) if path.startswith(self.base) else None


def create(folder: Path, languages: str, articles: int, address: str = ORIGIN, more: str = "") -> Path:
    """Make a portal; in its first language each second article is in the section of documents."""
    given = {"name": "Bình Sơn", "owner": "Ủy ban nhân dân xã Bình Sơn", "phone": "0214 3 840 034"}
    given |= {"languages": languages, "address": address, "sections": "Tin tức; Thông báo; Văn bản"}
    content = folder / "content"
    new_portal.create(content, questions.answers(given, None), date(2026, 11, 30))
    with (content / "portal.toml").open("a", encoding="utf-8") as file:
        file.write(more)
    for number in range(articles):
        editors.write_file(content, f"images/{number}.jpg", editors.photo())
        body = f"Bài thứ {number}.\n\n{BODY}"
        if number % 3 == 0:
            body = f"![Ruộng bậc thang {number}](../../images/{number}.jpg)\n\n{body}"
        header = {"category": ("Tin tức", "Văn bản")[number % 2], "date": f"2026-01-{number + 1:02}", "tags": "[đường]"}
        summary = "Đường liên thôn được sửa trước Tết."
        portals.write_article(content, f"bai-{number}.md", body, summary=summary, authors="[Lò Văn A]", **header)
    if articles > 1:
        editors.write_file(content, "van-ban/2026/1-2026-qd-ubnd.md", DOCUMENT)
    return content


def build(folder: Path, content: Path, **settings: object) -> Path:
    """Build a portal with everything, and return its folder."""
    everything = {"SEARCH_INDEX": True, "AUDIO": True, "PDF_EXPORT": True} | settings
    built = builds.build(folder / "output", content, folder / "cache", **everything)
    assert (built.status, built.complaints) == (0, "")
    return folder / "output"


@pytest.fixture(scope="module")
def pages(browser: object) -> Iterator[Readers]:  # noqa: F811
    """Readers, whose faults are checked in the end."""
    readers = Readers(browser, "")  # type: ignore[arg-type]
    yield readers
    assert readers.faults == []


def look_at(site: Path, address: str, readers: Readers, axe: str, name: str) -> None:  # noqa: F811
    """Check the links of a site, and its pages with axe, on a wide screen and on a phone."""
    assert dead_links(site, address) == {}
    violations = []
    base = urlsplit(address).path
    with serving(Below(site, base)) as portal:
        readers.address = portal.address
        paths = [path for path in PAGES if (site / output_name(path.partition("?")[0])).is_file()]
        for width in (1280, 360):
            context = readers.start(width=width)
            page = context.new_page()
            for path in paths:
                readers.go(page, f"{base}/{path}")
                violations += axe_violations(page, axe, f"{path} at {width} px")
                assert page.evaluate("document.documentElement.scrollWidth") <= width, path
                if path in PICTURED:
                    keep_pictures(page, f"{name}-{path.strip('/').replace('/', '-') or 'home'}-{width}")
            context.close()
    assert violations == []


def keep_pictures(page: Page, name: str) -> None:
    """Keep pictures of a page, if somebody wants them, and leave it as it was."""
    folder = os.environ.get("PORTAL_PICTURES")
    if not folder:
        return
    page.screenshot(path=Path(folder, f"{name}-day.jpg"), full_page=True, quality=60)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.screenshot(path=Path(folder, f"{name}-200.jpg"), full_page=True, quality=60)
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.emulate_media(color_scheme="dark")
    page.screenshot(path=Path(folder, f"{name}-night.jpg"), full_page=True, quality=60)
    page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("articles", [0, 1, 20])
@pytest.mark.parametrize("languages", ["vi", "en", "vi,en,tyz"])
@pytest.mark.parametrize("base", ["", "/xa/binh-son"])
def test_a_portal_of_any_size_and_languages(
    tmp_path: Path, languages: str, articles: int, base: str, pages: Readers, axe: str  # noqa: F811
) -> None:  # fmt: skip
    content = create(tmp_path, languages, articles, ORIGIN + base)
    site = build(tmp_path, content, SITEURL=ORIGIN + base)
    look_at(site, ORIGIN + base, pages, axe, f"{languages}-{articles}-{len(base)}")


@pytest.mark.parametrize("feature", FEATURES)
def test_a_portal_without_a_feature(tmp_path: Path, feature: str, pages: Readers, axe: str) -> None:  # noqa: F811
    content = create(tmp_path, "vi,en", 5, more=MENU)
    settings = (content / "portal.toml").read_text("utf-8").replace("off = []", f'off = ["{feature}"]')
    editors.write_file(content, "portal.toml", settings)
    site = build(tmp_path, content, SITEURL=ORIGIN)
    look_at(site, ORIGIN, pages, axe, f"without-{feature}")
