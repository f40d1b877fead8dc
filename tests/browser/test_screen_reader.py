"""What a screen reader announces: words and roles of the head of an article, the outline of headings, and landmarks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Page

from tests.browser.pages import ADDRESSES, HOME, LONGER, SAMPLE
from tests.browser.readers import Readers

HEAD = """
- banner:
  - paragraph: "Cổng mẫu: tỉnh Vân Sơn không có thật"
  - region "Công cụ đọc":
    - group "Cỡ chữ 100 %":
      - text: Cỡ chữ 100 %
      - button "Giảm cỡ chữ"
      - button "Cỡ chữ mặc định"
      - button "Tăng cỡ chữ"
    - 'group "Tương phản: chuẩn"':
      - text: "Tương phản: chuẩn"
      - button "Giảm tương phản"
      - button "Tăng tương phản"
    - button "Chế độ ban đêm"
    - button "Giãn chữ"
    - button "Đặt lại hiển thị"
    - status
  - link "Cổng thông tin điện tử tỉnh Vân Sơn":
    - /url: /
  - link "English":
    - /url: /en/
  - search:
    - searchbox "Từ cần tìm"
    - button "Tìm kiếm"
  - navigation "Chuyên mục":
    - list:
      - listitem:
        - link "Trang chủ":
          - /url: /
      - listitem:
        - link "Chính quyền":
          - /url: /chuyen-muc/chinh-quyen/
      - listitem:
        - link "Kinh tế – Cửa khẩu":
          - /url: /chuyen-muc/kinh-te-cua-khau/
      - listitem:
        - link "Nông nghiệp":
          - /url: /chuyen-muc/nong-nghiep/
      - listitem:
        - link "Văn hóa – Du lịch":
          - /url: /chuyen-muc/van-hoa-du-lich/
      - listitem:
        - link "Xã hội":
          - /url: /chuyen-muc/xa-hoi/
      - listitem:
        - link "Văn bản":
          - /url: /chuyen-muc/van-ban/
"""


def test_the_head_of_an_article_is_announced_in_words_and_roles(readers: Readers) -> None:
    page = readers.open(LONGER)
    assert page.locator("body > header").aria_snapshot().strip() == HEAD.strip()


def test_states_of_the_tools_are_announced(readers: Readers) -> None:
    page = readers.open(LONGER, scheme="dark", chosen={"size": "200", "contrast": "soft"})
    snapshot = page.locator(".tb").aria_snapshot()
    for line in (
        'group "Cỡ chữ 200 %"',
        'button "Tăng cỡ chữ" [disabled]',
        'button "Giảm tương phản" [disabled]',
        'button "Chế độ ban đêm" [pressed]',
    ):
        assert line in snapshot, snapshot
    assert 'button "Giảm cỡ chữ" [disabled]' not in snapshot


def test_there_is_one_heading_of_the_first_level_and_no_level_is_skipped(shown: Page) -> None:
    levels = shown.locator("h1, h2, h3, h4, h5, h6").evaluate_all(
        "all => all.filter(e => e.checkVisibility()).map(e => +e.localName[1])"
    )
    assert levels.count(1) == 1 and levels[0] == 1, levels
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


def test_landmarks_have_names_of_their_own_and_everything_is_in_one(shown: Page) -> None:
    assert [shown.get_by_role(role).count() for role in ("banner", "main", "contentinfo")] == [1, 1, 1]
    names = shown.locator("nav, aside, section[aria-label], section[aria-labelledby]").evaluate_all(
        """all => all.map(e => e.localName + " " + (e.getAttribute("aria-label")
          || document.getElementById(e.getAttribute("aria-labelledby"))?.textContent.trim() || ""))"""
    )
    assert len(set(names)) == len(names) and not [name for name in names if name.endswith(" ")], names


def test_words_of_another_language_are_marked(readers: Readers) -> None:
    vietnamese, english = readers.open(LONGER), readers.open(ADDRESSES["English article"])
    assert vietnamese.locator("html").get_attribute("lang") == "vi"
    assert vietnamese.get_by_role("link", name="English").get_attribute("lang") == "en"
    assert english.locator("html").get_attribute("lang") == "en"
    assert english.get_by_role("link", name="Tiếng Việt").get_attribute("lang") == "vi"


def test_notable_stories_are_under_a_heading_of_their_own(readers: Readers) -> None:
    headings = (
        readers.open(HOME).locator("h2, h3").evaluate_all("all => all.map(e => e.localName + ' ' + e.textContent)")
    )
    at = headings.index("h2 Tin đáng chú ý")
    assert headings[at + 1].startswith("h3 ")


def test_the_front_page_has_the_portals_full_name(readers: Readers) -> None:
    assert readers.open(HOME).title() == "Cổng thông tin điện tử tỉnh Vân Sơn"
    assert readers.open(LONGER).title().endswith("tỉnh – Vân Sơn")


def test_a_list_is_announced_as_a_list(shown: Page) -> None:
    """Safari does not announce lists with `list-style: none` as lists (https://bugs.webkit.org/show_bug.cgi?id=170179)."""
    not_announced = shown.locator("ul, ol").evaluate_all(
        "all => all.filter(e => getComputedStyle(e).listStyleType === 'none').map(e => e.outerHTML.slice(0, 80))"
    )
    assert not not_announced, not_announced


@pytest.mark.parametrize("path", [HOME, SAMPLE])
def test_topics_are_a_list_with_a_name(readers: Readers, path: str) -> None:
    assert readers.open(path).get_by_role("list", name="Chủ đề", exact=True).get_by_role("listitem").count() >= 2


def test_an_empty_side_column_is_not_there(readers: Readers) -> None:
    assert readers.open(LONGER).locator("aside").count() == 1
    # the only article of its edition, which names no place of the map
    assert readers.open("/en" + SAMPLE).locator("aside").count() == 0


def test_the_slash_between_breadcrumbs_is_not_read(readers: Readers) -> None:
    page = readers.open(LONGER)
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    names = [node.get("name", {}).get("value", "") for node in nodes if not node.get("ignored")]
    assert "Trang chủ" in names and not [name for name in names if name.strip() == "/"]
    assert page.locator(".crumb li + li").evaluate("e => getComputedStyle(e, '::before').content").startswith('"/"')
