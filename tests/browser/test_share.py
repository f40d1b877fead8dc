"""Sharing an article, in a real browser."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import HOME, LONGER
from tests.browser.readers import Readers

LINKS = {
    "Chia sẻ lên Facebook": "https://www.facebook.com/sharer.php",
    "Chia sẻ lên X": "https://x.com/intent/post",
    "Chia sẻ lên Zalo": "https://sp.zalo.me/share_inline",
}
SHEET = """navigator.share = what => { window.shared = what; return Promise.resolve(); };"""


def share(page: Page):
    return page.get_by_role("region", name="Chia sẻ")


@pytest.mark.parametrize("javascript", [True, False])
def test_no_request_is_made_before_a_click_and_then_only_to_the_service_chosen(
    readers: Readers, javascript: bool
) -> None:
    context = readers.browser.new_context(java_script_enabled=javascript)  # a page that may leave the site
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    context.route(lambda url: not url.startswith(readers.address), lambda route: route.fulfill(body="ok"))
    page = context.new_page()
    for name, service in LINKS.items():
        requests.clear()
        page.goto(readers.address + LONGER, wait_until="networkidle")
        assert requests and all(url.startswith(readers.address + "/") for url in requests)
        canonical = page.locator("link[rel=canonical]").get_attribute("href")
        page.get_by_role("link", name=name, exact=True).click()
        page.wait_for_url(service + "**")
        assert quote(canonical, safe="") in page.url
    context.close()


def test_the_address_is_copied_and_a_message_says_so(readers: Readers) -> None:
    context = readers.new_reader()
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=readers.address)
    page = context.new_page()
    readers.go(page, LONGER)
    button = share(page).get_by_role("button", name="Sao chép liên kết")
    for _ in range(2):
        button.focus()
        page.keyboard.press("Enter")
        expect(button).to_have_text("Sao chép liên kết ✓")
        expect(page.locator("#status")).to_have_text("Sao chép liên kết ✓")
        expect(button).to_be_focused()
    assert page.evaluate("navigator.clipboard.readText()") == readers.address + LONGER


@pytest.mark.parametrize("phone", [True, False])
def test_the_phones_own_share_sheet_is_offered_if_there_is_one(readers: Readers, phone: bool) -> None:
    context = readers.new_reader(width=360)
    context.add_init_script(SHEET if phone else "delete Navigator.prototype.share;")
    page = context.new_page()
    readers.go(page, LONGER)
    button, top = (share(page).get_by_role("button", name="Cách khác…"), page.locator(".top [href='#chia-se']"))
    assert button.count() == phone
    for way in (top, button) if phone else ():
        way.click()
        assert page.evaluate("window.shared") == {"url": readers.address + LONGER}
        assert not page.evaluate("delete window.shared; location.hash")


def test_without_javascript_there_are_links_only_and_on_paper_nothing(readers: Readers) -> None:
    page = readers.open(LONGER, javascript=False)
    assert share(page).get_by_role("link").count() == 4
    assert share(page).get_by_role("button").count() == 0
    page.emulate_media(media="print")
    expect(page.locator("section.share")).to_be_hidden()


def test_every_way_to_share_says_under_a_heading_what_it_does(readers: Readers) -> None:
    region = share(readers.open(LONGER))
    assert region.get_by_role("heading", level=2).text_content() == "Chia sẻ"
    names = [" ".join(link.text_content().split()) for link in region.get_by_role("link").all()]
    assert names == ["Chia sẻ lên Facebook", "Chia sẻ lên X", "Chia sẻ lên Zalo", "Chia sẻ qua Email"]


def test_only_articles_are_shared(readers: Readers) -> None:
    assert share(readers.open(HOME)).count() == 0
