"""axe-core finds nothing on any kind of page, error pages too, in any palette, with everything unfolded."""

from __future__ import annotations

import pytest

from tests.browser.conftest import (  # noqa: F401  # fixtures of the tests below
    all_readers,
    axe,
    browser,
    playwright,
    portal,
    readers,
    sample_site,
)
from tests.browser.pages import ADDRESSES
from tests.browser.readers import Readers
from tests.browser.test_axe import COLOURS_ONLY, PALETTES, axe_violations, choose

FURTHER = {
    "register": "/van-ban/",
    "document": "/van-ban/41-2026-qd-ubnd/",
    "document that has ended": "/van-ban/17-2021-qd-ubnd/",
    "types of documents": "/van-ban/loai/",
    "documents of one type": "/van-ban/loai/quyet-dinh/",
    "validity of documents": "/van-ban/hieu-luc/",
    "drafts for comment": "/lay-y-kien/",
    "draft": "/lay-y-kien/bang-gia-dat-nam-2027/",
    "stages of drafts": "/lay-y-kien/tinh-trang/",
    "corrections": "/dinh-chinh/",
    "corrected article": "/bai-viet/ho-tro-lai-suat-cho-45-hop-tac-xa-sau-mua-lu/",
    "withdrawn article": "/bai-viet/gia-phong-nghi-mua-san-may-tang-gap-doi/",
    "about": "/gioi-thieu/",
    "contact": "/lien-he/",
    "glossary": "/giai-nghia/",
    "search without results": "/tim-kiem/?q=xyzzy",
    "thanks": "/danh-gia/cam-on/",
    "English search": "/en/tim-kiem/",
    "English unit of the map": "/en/ban-do/xa-khau-muoi/",
    "English page": "/en/tro-nang/",
    **{f"error {status}": f"/{status}.html" for status in (400, 403, 410, 429, 500)},
}
PAGES = ADDRESSES | FURTHER


@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_a_violation_in_any_palette(readers: Readers, axe: str, name: str) -> None:  # noqa: F811
    page = readers.open(PAGES[name])
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    violations = axe_violations(page, axe, "at first")
    for theme, contrast in PALETTES:
        choose(page, theme=theme, contrast=contrast)
        violations += axe_violations(page, axe, f"{theme} {contrast}", COLOURS_ONLY)
    assert not violations, "\n".join(violations)
