"""Searching by keyboard, with a screen reader, without JavaScript, and while typing."""

from __future__ import annotations

import re
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import Page

from tests.browser.pages import HOME, LONGER, REPORT
from tests.browser.readers import Readers

SEARCH = "/tim-kiem/"

EXPECTED_SNAPSHOT = r"""
- main:
  - heading "Tìm kiếm" [level=1]
  - search "Tìm trong mọi bài viết":
    - paragraph:
      - text: Từ cần tìm
      - searchbox "Từ cần tìm": "\"ma lu thang\""
      - button "Tìm kiếm"
    - paragraph: "Gõ không dấu cũng được. Muốn tìm đúng cụm từ, đặt trong dấu ngoặc kép: “an toàn giao thông”."
    - group: Lọc và sắp xếp kết quả
  - region "Kết quả":
    - heading "Kết quả" [level=2]
    - status: Tìm thấy 1 bài
    - list:
      - listitem:
        - heading "Lãnh đạo UBND tỉnh làm việc với tập thể lãnh đạo các Ban Quản lý của tỉnh" [level=3]:
          - link "Lãnh đạo UBND tỉnh làm việc với tập thể lãnh đạo các Ban Quản lý của tỉnh":
            - /url: /bai-viet/lanh-dao-ubnd-tinh-lam-viec-voi-cac-ban-quan-ly/
"""


SEARCH_URL = re.compile(r"/tim-kiem/$")


def result_count(page: Page) -> int:
    """Return the number of hits that the page shows, once it shows them."""
    return int(page.locator("#results[data-count]").get_attribute("data-count") or "")


def test_an_article_is_found_with_the_keyboard_alone(readers: Readers) -> None:
    page = readers.open(HOME)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name === 'q'"):
            break
    page.keyboard.type("deo may thong xe")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=deo+may+thong+xe")
    assert result_count(page) >= 1
    page.locator("#search-words").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("!!document.activeElement.closest('#results li')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**" + REPORT)
    page.go_back()
    assert result_count(page) >= 1 and page.locator("#search-words").input_value() == "deo may thong xe"


def test_what_a_screen_reader_announces(readers: Readers) -> None:
    page = readers.open(SEARCH + "?q=%22ma+lu+thang%22")
    assert result_count(page) == 1
    snapshot = page.locator("main").aria_snapshot().strip()
    assert snapshot.startswith(EXPECTED_SNAPSHOT.strip()), snapshot
    assert "Kinh tế – Cửa khẩu" in snapshot or "Chính quyền" in snapshot


def test_results_are_announced_once_and_the_focus_stays(readers: Readers) -> None:
    page = readers.open(SEARCH)
    page.evaluate("""() => { window.announced = []; const status = document.getElementById("result-count");
      const observer = new MutationObserver(() => announced.push(status.textContent));
      observer.observe(status, { childList: true, characterData: true, subtree: true }); }""")
    page.locator("#search-words").fill("lũ")
    page.locator("#search-words").press("Enter")
    count = result_count(page)
    assert count > 1
    announced = [
        words for words in page.evaluate("announced") if words and "gợi ý" not in words and words != "Đang tìm…"
    ]
    assert announced == [f"Tìm thấy {count} bài"]
    assert page.evaluate("document.activeElement.id") == "search-words"


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("cua khau", "Khu kinh tế cửa khẩu Đồng Đăng"),
        ("cửa khẩu", "Khu kinh tế cửa khẩu Đồng Đăng"),
        ("lang son", "Lạng Sơn"),
        ("ban quan ly", "các Ban Quản lý của tỉnh"),
        ("duong len deo may", "Đường lên đèo Mây"),
        ("quy che phoi hop", "Quy chế phối hợp"),
        ("\u00d0ồng \u00d0ăng", "Khu kinh tế cửa khẩu Đồng Đăng"),  # letters of another alphabet
        ("cửa kh\u00adẩu\u200b", "Khu kinh tế cửa khẩu Đồng Đăng"),  # pasted from Word
    ],
)
def test_matches_in_the_title_come_first(readers: Readers, words: str, title: str) -> None:
    page = readers.open(SEARCH + "?q=" + words.replace(" ", "+"))
    assert result_count(page) > 0
    assert title in page.locator("#results h3").first.inner_text()


def test_only_significant_words_are_marked(readers: Readers) -> None:
    page = readers.open(SEARCH + "?q=cua+khau")
    assert result_count(page) > 0
    marked = page.locator("#results li").first.locator("mark").all_inner_texts()
    assert [word.casefold() for word in marked[:2]] == ["cửa", "khẩu"] and "của" not in marked


def test_an_empty_result_says_what_to_do(readers: Readers) -> None:
    page = readers.open(SEARCH + "?q=xyzzy")
    assert result_count(page) == 0
    assert page.get_by_role("status").last.inner_text().startswith("Không tìm thấy bài nào.")
    assert not page.get_by_role("button", name="Xem thêm kết quả").is_visible()
    page.get_by_role("heading", name="Hỏi cơ quan").wait_for()
    for name in ("Tin mới", "Lưu trữ theo tháng", "Nông nghiệp", "Liên hệ, góp ý", "0200 000 0000"):
        assert page.locator("#no-results").get_by_role("link", name=name, exact=True).is_visible()


def test_an_empty_result_offers_the_nearest_searches(readers: Readers) -> None:
    page = readers.open(SEARCH + '?q="đèo+mây+thông+xe"&category=nong-nghiep&year=1999')
    assert result_count(page) == 0
    notes = page.locator("#search-notes")
    notes.get_by_text("Bộ lọc “1999” không còn nữa nên không dùng.").wait_for()
    notes.get_by_role("link", name="Tìm không dùng bộ lọc").click()
    page.wait_for_url(lambda address: "category" not in address)
    assert result_count(page) > 0
    page = readers.open(SEARCH + '?q="thông+đèo+xe"+xyzzy')
    page.locator("#search-notes").get_by_text("“thông đèo xe”: 0 bài; “xyzzy”: 0 bài.").wait_for()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("lên đoè mây", "lên deo mây"), ("xã khuu mười", "xã khau mười"), ("xyzzy lũ", "")],
)
def test_another_spelling_is_offered_and_never_taken_by_itself(readers: Readers, typed: str, meant: str) -> None:
    page = readers.open(SEARCH + "?q=" + typed.replace(" ", "+"))
    count = result_count(page)
    page.wait_for_load_state("networkidle")
    offered = page.locator("#search-notes a")
    if not meant:
        assert offered.count() == 0
        return
    offered.wait_for()
    assert page.locator("#search-words").input_value() == typed
    assert "Có phải bạn muốn tìm:" in page.locator("#search-notes").inner_text()
    offered.click()
    page.wait_for_url(lambda address: unquote_plus(address).endswith(meant))
    assert result_count(page) > count


def test_a_search_can_be_passed_on_with_its_filters(readers: Readers) -> None:
    page = readers.open(SEARCH)
    page.locator("#search-words").fill("lũ")
    page.locator("#search-words").press("Enter")
    every = result_count(page)
    page.get_by_text("Lọc và sắp xếp kết quả").click()
    page.get_by_label("Trong chuyên mục").select_option(label="Nông nghiệp")
    page.wait_for_url("**category=nong-nghiep*")
    some = result_count(page)
    page.get_by_label("Thứ tự").select_option(label="Cũ nhất trước")
    page.wait_for_url("**sort=asc*")
    assert result_count(page) == some < every
    page.go_back()  # filters are no steps of the history
    page.wait_for_url(SEARCH_URL)
    page.go_forward()
    page.wait_for_url("**sort=asc*")
    assert result_count(page) == some
    second = readers.open(page.url.removeprefix(readers.address))
    assert result_count(second) == some
    assert second.locator("#results h3").all_inner_texts() == page.locator("#results h3").all_inner_texts()
    assert second.get_by_label("Trong chuyên mục").input_value() == "nong-nghiep"


def test_more_results_come_on_request_and_the_focus_goes_to_them(readers: Readers) -> None:
    page = readers.open(SEARCH + "?q=xã")
    assert result_count(page) > 10
    assert page.locator("#results li").count() == 10
    page.get_by_role("button", name="Xem thêm kết quả").press("Enter")
    page.locator("#results li").nth(10).wait_for()
    assert (
        page.evaluate("[...document.querySelectorAll('#results li')].indexOf(document.activeElement.closest('li'))")
        == 10
    )


def test_titles_and_their_phrases_are_suggested_while_typing(readers: Readers) -> None:
    page = readers.open(SEARCH)
    field = page.locator("#search-words")
    field.press_sequentially("deo ma")
    page.get_by_role("link", name="Đường lên đèo Mây thông xe sau mười ngày sạt lở").wait_for()
    size = len(page.request.get(readers.address + SEARCH + "goi-y.json").body())
    assert size < 16 * 1024
    field.fill("")
    page.get_by_role("heading", name="Trong các tiêu đề mới nhất").wait_for(state="hidden")
    field.press_sequentially("ban q")
    page.get_by_role("link", name="Ban Quản lý", exact=True).wait_for()
    field.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "Ban Quản lý"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "search-words"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert (
        page.evaluate("document.activeElement.id") == "search-words" and not page.locator("#suggestions").is_visible()
    )
    field.press_sequentially("u")
    page.get_by_role("link", name="Ban Quản lý", exact=True).wait_for()
    field.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=Ban+Qu**")
    assert result_count(page) > 1 and field.input_value() == "Ban Quản lý"


def test_the_place_is_kept_for_who_comes_back_from_an_article(readers: Readers) -> None:
    page = readers.open(SEARCH + "?q=xã")
    assert result_count(page) > 10
    page.get_by_role("button", name="Xem thêm kết quả").click()
    page.locator("#results li").nth(14).locator("h3 a").click()
    page.wait_for_url("**/bai-viet/**")
    page.go_back()
    page.locator("#results li").nth(14).wait_for()
    page.wait_for_function("() => scrollY > 500")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("ddeof maay xe", "Không bài nào có “ddeof”, “maay”, nên máy tìm “đèo”, “mây”."),
        ("lu4 ống", "Không bài nào có “lu4”, nên máy tìm “lũ”."),
        ("cuakhau", "Không bài nào có “cuakhau”, nên máy tìm “cua khau”."),
    ],
)
def test_what_stands_nowhere_is_read_otherwise_and_told(readers: Readers, typed: str, told: str) -> None:
    page = readers.open(SEARCH + "?q=" + typed.replace(" ", "+"))
    assert result_count(page) > 0
    assert told in page.locator("#search-notes").inner_text()


@pytest.mark.parametrize(
    "typed", ["đường lên đèo mây xyzzy", "đường lên đoè mây", "làm thế nào để lên đèo mây ngày mai"]
)
def test_an_article_with_most_of_the_words_is_found(readers: Readers, typed: str) -> None:
    page = readers.open(SEARCH + "?q=" + typed.replace(" ", "+"))
    assert result_count(page) == 0
    assert re.match(r"Không bài nào có đủ các từ; \d+ bài có phần lớn", page.locator("#result-count").inner_text())
    assert page.locator("#results h3").first.inner_text() == "Đường lên đèo Mây thông xe sau mười ngày sạt lở"
    assert "không có “" in page.locator("#results .meta").first.inner_text()


def test_articles_with_the_words_side_by_side_come_first(readers: Readers) -> None:
    for sort in ("", "&sort=desc", "&sort=asc"):
        page = readers.open(SEARCH + "?q=cua+khau" + sort)
        count = result_count(page)
        heading = page.locator("#first-results h2").inner_text()
        side_by_side = int(re.search(r"liền nhau: (\d+) bài", heading)[1])  # type: ignore[index]
        assert 0 < side_by_side < count
        for result in page.locator("#first-results li").all():
            result.scroll_into_view_if_needed()  # texts come when they are seen
            result.filter(has_text="cửa khẩu").wait_for()
        others = int(page.locator("#other-results summary").inner_text().partition(" bài khác")[0])
        assert others >= count - side_by_side


def test_a_date_and_a_synonym_are_found_as_articles_write_them(readers: Readers) -> None:
    counts = {typed: result_count(readers.open(SEARCH + f"?q={typed}")) for typed in ("UBND", "uỷ+ban+nhân+dân")}
    assert len(set(counts.values())) == 1 and counts["UBND"] > 1


def test_signs_alone_are_answered(readers: Readers) -> None:
    for typed in ('"', "😀", "*"):
        page = readers.open(SEARCH + f"?q={typed}")
        page.get_by_text("Hãy gõ ít nhất một chữ cái hoặc chữ số.").wait_for()


def test_a_line_break_in_a_link_parts_words(readers: Readers) -> None:
    page = readers.open(SEARCH + "?q=đèo%0AMây")
    assert result_count(page) > 0 and page.locator("#search-words").input_value() == "đèo Mây"


def test_the_title_of_the_page_has_the_query(readers: Readers) -> None:
    page = readers.open(SEARCH + "?q=xyzzy")
    assert result_count(page) == 0 and page.title().startswith("xyzzy: ")
    assert page.locator("[type=search]:visible").count() == 1


def test_a_new_query_takes_the_old_results_away_even_if_it_fails(readers: Readers) -> None:
    page = readers.new_reader().new_page()
    page.goto(readers.address + SEARCH + "?q=đường")
    assert result_count(page) > 0
    page.route("**/chi-muc/**", lambda route: route.abort())
    page.locator("#search-words").fill("ruộng bậc thang")
    page.locator("#search-words").press("Enter")
    page.get_by_text("Không tải được phần tìm kiếm").wait_for()
    assert page.locator("#results li").count() == 0
    page.close()
    readers.faults.clear()  # these faults were provoked


def test_english_readers_search_in_english(readers: Readers) -> None:
    page = readers.open("/en/tim-kiem/?q=border")
    assert result_count(page) >= 1
    assert page.get_by_role("status").last.inner_text().endswith("found")
    assert all("/en/" in link for link in page.locator("#results h3 a").evaluate_all("all => all.map(a => a.pathname)"))
    page.get_by_text("Narrow down and sort").click()
    page.get_by_label("Language").select_option(label="All languages")
    page.locator("#search-words").fill("Vân Sơn")
    page.locator("#search-words").press("Enter")
    page.wait_for_url("**lang=all*")
    assert result_count(page) >= 1


def test_without_javascript_the_button_leads_to_the_lists(readers: Readers) -> None:
    page = readers.open(LONGER, javascript=False, width=360)
    page.locator("header .finder").click()
    page.wait_for_url("**/tim-kiem/")
    page.get_by_text("Tìm kiếm cần JavaScript").wait_for()
    assert not page.locator("header .finder").is_visible()  # one box is enough
    page.get_by_role("link", name="Lưu trữ theo tháng").click()
    assert page.locator("h1").inner_text() == "Lưu trữ"


@pytest.mark.parametrize("path", [LONGER, HOME])
def test_other_pages_carry_nothing_of_search_but_the_box(readers: Readers, path: str) -> None:
    page = readers.new_reader().new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    readers.go(page, path, wait_until="networkidle")
    assert not [url for url in requests if "tim-kiem" in url or "pagefind" in url or "page." in url]
    form = page.locator("header form[role=search]")
    assert form.count() == 1 and len(form.evaluate("e => e.outerHTML")) < 500


def test_a_search_that_cannot_be_loaded_says_so(readers: Readers) -> None:
    page = readers.new_reader().new_page()
    page.route("**/chi-muc/**", lambda route: route.abort())
    page.goto(readers.address + SEARCH + "?q=xã")
    page.get_by_text("Không tải được phần tìm kiếm").wait_for()
    page.close()
    readers.faults.clear()  # these faults were provoked
