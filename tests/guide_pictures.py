"""Takes the pictures of the editors' guide from the desk itself: `python3 tasks.py pictures`.

Each is a step of one article, in a copy of the demonstration. Look at them before they are committed.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from tests import chromium, portals
from tests.browser.previews import serving_preview

FOLDER = portals.ROOT / "docs/pictures/desk"
WIDTH, COLOURS = 1280, 64  # pixels; colours are few, so that a picture has some tens of kilobytes
SETTINGS = """
[pdf]
export = false
[read_aloud]
record = false
[publishing]
target = "portal@may-chu.example:/srv/www/portal"
"""
TITLE, LEAD = "Nà Lẹng mở lớp học bơi cho trẻ em", "Lớp học bơi miễn phí của xã Nà Lẹng nhận trẻ từ 7 đến 15 tuổi."
TEXT = "Lớp học ở bể bơi của trường, ba buổi một tuần.\n\nĐăng ký tại www.vanson.example trước ngày 5/12."


def take() -> None:
    """Take all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="guide-") as temporary:
        folder = Path(temporary)
        content = folder / "content"
        shutil.copytree(portals.ROOT / "content", content, ignore=shutil.ignore_patterns(".*"))
        with (content / "portal.toml").open("a", encoding="utf-8") as settings:
            settings.write(SETTINGS)
        options = ("--site", str(folder / "site"))
        with serving_preview(content, folder, 8480, *options) as address, sync_playwright() as playwright:
            browser = chromium.launch(playwright)
            page = browser.new_page(viewport={"width": WIDTH, "height": 800}, locale="vi-VN")
            _steps(page, f"{address}soan/")
            browser.close()


def _steps(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Tên của bạn").fill("Nguyễn Lan")
    page.get_by_label("Tiêu đề bài mới").fill(TITLE)
    _shoot(page, "1-danh-sach", 620)
    page.keyboard.press("Enter")
    page.get_by_label("Tóm tắt", exact=False).first.fill(LEAD)
    page.locator("#rich .ProseMirror").click()
    page.keyboard.type(TEXT)
    expect(page.get_by_role("button", name="Sửa giúp").first).to_be_visible()
    expect(page.frame_locator("#page").get_by_role("heading", name=TITLE)).to_be_visible()
    page.evaluate("scrollTo(0, 0)")
    _shoot(page, "2-viet-bai", 780)
    page.locator("#to-correct").scroll_into_view_if_needed()
    _shoot(page, "3-can-sua", part="#to-correct")
    page.get_by_role("button", name="Sửa giúp").first.click()
    page.locator("#file").set_input_files(str(portals.ROOT / "content/images/nha-san.png"))
    page.get_by_label("Ảnh có gì").fill("Nhà sàn bên sườn đồi, phía sau là ruộng bậc thang")
    _shoot(page, "4-anh-co-gi", part="dialog")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+s")
    expect(page.locator("#saved")).to_have_text("Đã lưu")
    page.locator("#ask-review").click()
    expect(page.get_by_role("link", name="Tải tệp")).to_be_visible()
    page.locator("#review summary").click()
    _shoot(page, "5-trinh-duyet", part="#review")
    page.goto(f"{address}dang/")
    page.get_by_role("button", name="Xem sẽ đổi gì").click()
    expect(page.get_by_role("button", name="Đăng ngay")).to_be_visible(timeout=1000 * portals.PATIENCE)
    page.locator("#plan li").nth(12).evaluate("e => { while (e.nextSibling) e.nextSibling.remove(); }")
    _shoot(page, "6-dang-cong", 640)


def _shoot(page: Page, name: str, height: int = 0, part: str = "") -> None:
    """Write a picture of the page down to a height, or of a part of it."""
    if part:
        data = page.locator(part).screenshot(animations="disabled")
    else:
        data = page.screenshot(clip={"x": 0, "y": 0, "width": WIDTH, "height": height}, animations="disabled")
    with Image.open(io.BytesIO(data)) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(FOLDER / f"{name}.png", optimize=True)
    print(FOLDER / f"{name}.png")
