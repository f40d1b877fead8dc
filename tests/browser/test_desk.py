"""An editor writes an article in the browser: pasted from Word, with a picture, checked, seen, saved, taken back."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests import portals
from tests.browser.previews import editors_folder, serving_preview
from tests.browser.test_axe import run_axe
from tests.desk.test_pasting import word

RICH = """## Đề mục
Chữ *nghiêng* ngay dưới,
hai dòng một đoạn.[^a]

* Mục một
* Mục hai
    1.  Mục con

|Tên|Số|
|:--|--:|
|Gạo|12|

Từ
:   nghĩa của từ

<details><summary>Xem thêm</summary>

Chữ **trong** khung.

</details>

*[HTX]: hợp tác xã

[^a]: Lời chú."""
BODY = "new FormData(document.getElementById('article')).get('body').replaceAll('\\r\\n', '\\n')"
PASTE = """([element, html]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


CHEAP = """
[pdf]
export = false
[read_aloud]
record = false
[publishing]
"""


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return desk_folder(tmp_path_factory.mktemp("desk") / "content", "releases = 2\n")


def desk_folder(folder: Path, publishing: str) -> Path:
    """Return a content folder with an article. publishing: how its portal is published, as portal.toml says it."""
    editors_folder(folder)
    with (folder / "portal.toml").open("a", encoding="utf-8") as settings:
        settings.write(CHEAP + publishing)
    portals.write_article(folder, "bai.md", "Câu thứ nhất.", slug="bai", title="Bài đã có", category="Chính quyền")
    portals.write_article(folder, "phong-phu.md", RICH, slug="phong-phu", title="Bài nhiều thứ")
    return folder


@pytest.fixture(scope="module")
def address(content: Path) -> Iterator[str]:
    """The address of the desk that `tasks.py serve` brings."""
    with serving_preview(content, content.parent, 8450, "--site", str(content.with_name("site"))) as address:
        yield f"{address}soan/"


def test_from_word_to_a_page(browser: Browser, content: Path, address: str, axe: str) -> None:
    page = browser.new_page()
    elsewhere: list[str] = []
    page.on("request", lambda request: elsewhere.append(request.url) if address[:21] not in request.url else None)
    page.goto(address)
    assert run_axe(page, axe)["violations"] == []
    page.get_by_label("Tiêu đề bài mới").fill("Chợ phiên họp lại")
    page.keyboard.press("Enter")
    expect(page.locator("#rich")).to_be_visible()
    text = page.get_by_role("textbox", name="Nội dung")
    html = f"<h2>Hàng bán</h2><p class=MsoNormal><b>Sáng nay</b> có:</p>{word(1, '·', 'Gạo')}{word(1, '·', 'Vải')}"
    page.evaluate(PASTE, [text.element_handle(), html])
    expect(text.get_by_role("listitem")).to_have_text(["Gạo", "Vải"])
    page.get_by_role("button", name="Văn bản gốc").click()
    text = page.locator("#body")
    expect(text).to_be_visible()
    expect(text).to_have_value("## Hàng bán\n\n**Sáng nay** có:\n\n- Gạo\n- Vải")
    text.press("Control+End")
    text.press_sequentially("\n\nXem [Cổng](khong-co.md).")
    expect(page.get_by_role("region", name="Cần sửa")).to_contain_text("khong-co.md")
    text.press_sequentially(" Hết.")
    text.evaluate("e => { e.value = e.value.replace('[Cổng](khong-co.md)', 'cổng'); }")
    text.press_sequentially("\n\n")
    expect(page.get_by_role("region", name="Cần sửa")).not_to_contain_text("khong-co.md")

    photo = io.BytesIO()
    Image.new("RGB", (640, 480), (0, 120, 60)).save(photo, "JPEG")
    page.locator("#file").set_input_files({"name": "Ảnh 1.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()})
    page.get_by_label("Ảnh có gì").fill("Cổng chợ buổi sáng")
    page.keyboard.press("Enter")
    expect(text).to_have_value(re.compile(r"!\[Cổng chợ buổi sáng\]\(\.\./\.\./images/\d{4}/anh-1\.jpg\)"))
    assert run_axe(page, axe)["violations"] == []

    page.keyboard.press("Control+s")
    expect(page.locator("#saved")).to_have_text("Đã lưu")
    (file,) = content.glob("articles/*/cho-phien-hop-lai.md")
    assert "- Gạo\n- Vải\n\nXem cổng. Hết." in file.read_text("utf-8")
    frame = page.frame_locator("#page")
    expect(frame.get_by_role("heading", name="Chợ phiên họp lại")).to_be_visible()
    expect(frame.get_by_role("heading", name="Hàng bán")).to_be_visible()
    page.goto(f"{address[:-5]}bai-viet/cho-phien-hop-lai/")
    expect(page.get_by_role("img", name="Cổng chợ buổi sáng")).to_be_visible()
    assert elsewhere == []
    page.close()


def test_in_the_rich_text_only_what_is_touched_changes(browser: Browser, content: Path, address: str, axe: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}bai/articles/2026/phong-phu.md")
    expect(page.get_by_role("group", name="Phần này chỉ sửa được ở dạng nguồn")).to_have_count(3)
    assert page.evaluate(BODY).rstrip("\n") == RICH
    assert run_axe(page, axe)["violations"] == []

    _put_cursor(page, "Mục hai")
    page.keyboard.type(" và **ba**.")
    _expect_body(
        page, RICH.replace("* Mục một\n* Mục hai\n    1.  Mục con", "- Mục một\n- Mục hai và **ba**.\n    1. Mục con")
    )
    # How many keys one undo takes back depends on how fast they came.
    portals.wait_until(lambda: page.evaluate(BODY).rstrip("\n") == RICH or page.keyboard.press("Control+z"))

    _put_cursor(page, "Đề mục")
    page.keyboard.press("Enter")
    page.keyboard.type("2026. Năm nay có")
    page.get_by_role("button", name="Chú thích", exact=True).click()
    page.keyboard.type("Chú thích mới.")
    added = RICH.replace("## Đề mục\n", "## Đề mục\n\n2026\\. Năm nay có[^1]\n\n") + "\n\n[^1]: Chú thích mới."
    _expect_body(page, added)

    _put_cursor(page, "Gạo")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("toolbar", name="Bảng")).to_be_visible()
    page.keyboard.type("Ngô | sắn")
    added = added.replace(
        "|Tên|Số|\n|:--|--:|\n|Gạo|12|", "| Tên | Số |\n| --- | --: |\n| Gạo | 12 |\n| Ngô \\| sắn |  |"
    )
    _expect_body(page, added)
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Sửa nguồn").first).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_role("textbox").fill("Không còn định nghĩa.")
    page.get_by_role("button", name="Dùng bản này").click()
    added = added.replace("Từ\n:   nghĩa của từ", "Không còn định nghĩa.")
    _expect_body(page, added)

    page.keyboard.press("Control+s")
    expect(page.locator("#saved")).to_have_text("Đã lưu")
    assert (content / "articles/2026/phong-phu.md").read_text("utf-8").endswith(f"---\n\n{added}\n")
    page.close()


def test_what_readers_would_see_otherwise_is_told(browser: Browser, content: Path, address: str) -> None:
    portals.write_article(content, "khac.md", "Một câu[^1].\n\nHai.\n\n[^1]: Chú.", slug="khac", title="Bài khác")
    page = browser.new_page()
    page.goto(f"{address}bai/articles/2026/khac.md")
    note = page.get_by_role("group", name="Chú thích 1")
    expect(note).to_be_visible()
    told = page.locator("#otherwise")
    _put_cursor(page, "Một câu")
    page.keyboard.type(" dài")
    expect(told).to_be_hidden()
    _put_cursor(page, "Chú.")
    for _ in range(6):
        page.keyboard.press("Backspace")
    expect(note).to_have_count(0)
    _put_cursor(page, "Một câu dài")
    page.keyboard.type(" hơn")
    expect(told).to_contain_text("Bạn đọc sẽ không thấy phần này như ở đây: “Một câu dài hơn.”")
    told.get_by_role("button").press("Enter")
    page.get_by_role("dialog").get_by_role("textbox").fill("Một câu dài hơn.")
    page.get_by_role("button", name="Dùng bản này").click()
    expect(told).to_be_hidden()
    page.close()


def _put_cursor(page: Page, words: str) -> None:
    """Put the cursor of the rich text behind some words."""
    page.evaluate(
        """words => {
          const { editor } = document.querySelector("#rich [role=textbox]");
          editor.state.doc.descendants((node, at) => {
            if (!node.text?.includes(words)) return;
            editor.commands.setTextSelection(at + node.text.indexOf(words) + words.length);
            editor.view.focus();  // at once: its own command focuses in the next frame, and first keys would be lost
          });
        }""",
        words,
    )


def _expect_body(page: Page, text: str) -> None:
    """Wait until the form would send a text."""
    portals.wait_until(lambda: page.evaluate(BODY).rstrip("\n") == text, lambda: page.evaluate(BODY))


def test_what_was_not_saved_is_there_again_and_two_editors_are_told(
    browser: Browser, content: Path, address: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}bai/articles/2026/bai.md")
    page.locator("#rich [role=textbox]").fill("Câu chưa lưu.")
    expect(page.locator("#saved")).to_have_text("Chưa lưu")
    page.close(run_before_unload=False)
    page = context.new_page()
    page.goto(f"{address}bai/articles/2026/bai.md")
    expect(page.locator("#rich")).to_have_text("Câu chưa lưu.")

    file = content / "articles/2026/bai.md"
    file.write_text(file.read_text("utf-8").replace("Câu thứ nhất.", "Câu của người khác."), "utf-8")
    page.keyboard.press("Control+s")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("-Câu của người khác.")
    dialog.get_by_role("button", name="Giữ bài của tôi").click()
    expect(page.locator("#saved")).to_have_text("Đã lưu")
    assert "Câu chưa lưu." in file.read_text("utf-8")
    _take_back(page, "Câu của người khác.")
    portals.wait_until(lambda: "Câu của người khác." in file.read_text("utf-8"))
    context.close()


def _take_back(page: Page, words: str) -> None:
    """Bring back the newest earlier version, which has these words."""
    page.reload()
    page.get_by_text("Các bản trước").click()
    page.locator("[data-version]").first.click()
    expect(page.get_by_role("dialog")).to_contain_text(words)
    page.get_by_role("dialog").get_by_role("button", name="Lấy bản kia").click()


class Keyboard:
    """Works with the keys alone. page: in which."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go(self, target: Locator, most: int = 90) -> None:
        """Press Tab until something has the focus, and see that it can be seen then."""
        expect(target).to_be_visible()
        for _ in range(most):
            if target.evaluate("e => e === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"not reached: {target}")

    def press(self, name: str, role: str = "button") -> None:
        """Press a button or link of this name."""
        self.go(self.page.get_by_role(role, name=name, exact=True).first)
        self.page.keyboard.press("Enter")

    def write(self, label: str, text: str) -> None:
        """Write into the field of this label."""
        self.go(self.page.get_by_role("textbox", name=label).first)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def save(self) -> None:
        self.page.keyboard.press("Control+s")
        expect(self.page.locator("#saved")).to_have_text("Đã lưu")

    def publish(self, address: str, *changes: str) -> None:
        """Publish, after having seen what would change."""
        self.page.goto(f"{address}dang/")
        self.press("Xem sẽ đổi gì")
        for change in changes:
            expect(self.page.locator("#plan")).to_contain_text(change, timeout=1000 * portals.PATIENCE)
        self.press("Đăng ngay")
        how = self.page.locator("#how")
        expect(how).to_have_text("Đã đăng. Bạn đọc thấy ngay.", timeout=1000 * portals.PATIENCE)


def test_from_a_title_to_readers_by_keyboard(browser: Browser, content: Path, address: str, axe: str) -> None:
    the_whole_way(browser, content, address, axe, content.with_name("site"))


def the_whole_way(
    browser: Browser, content: Path, address: str, axe: str, site: Path, is_undone: bool = False
) -> Keyboard:
    """Write, mend, show and publish an article by keyboard, and say in the end why it is gone.

    Args:
        browser: In which that is done.
        content: The content folder.
        address: Of the desk.
        axe: Looks at the pages.
        site: The folder that readers see.
        is_undone: Correct it before that, and undo the correction.
    """
    page = browser.new_page()
    elsewhere: list[str] = []
    page.on("request", lambda request: elsewhere.append(request.url) if address[:21] not in request.url else None)
    keys = Keyboard(page)
    shown = site / "bai-viet/hop-dan-o-na-leng/index.html"

    page.goto(address)
    keys.write("Tên của bạn", "Nguyễn Lan")
    keys.write("Tiêu đề bài mới", "Họp dân ở Nà Lẹng")
    page.keyboard.press("Enter")
    keys.write("Tóm tắt", "Xã họp dân về đường mới.")
    keys.write("Nội dung", "Xem thêm ở www.vanson.example hôm nay.")
    keys.press("Sửa giúp")
    expect(page.get_by_role("heading", name="Đã sửa:")).to_be_visible()
    keys.save()
    (file,) = content.glob("articles/*/hop-dan-o-na-leng.md")
    assert "ở [www.vanson.example](https://www.vanson.example) hôm nay" in file.read_text("utf-8")

    keys.press("Trình bài này")
    keys.go(page.locator("#review summary"))
    page.keyboard.press("Enter")
    keys.write("Tên người đã trả lời", "Trần Bình")
    keys.press("Đồng ý")
    expect(page.locator(".answer")).to_contain_text("Trần Bình")
    keys.go(page.get_by_role("radio", name="Bản nháp"))
    page.keyboard.press("ArrowDown")
    keys.save()
    page.reload()
    expect(page.locator(".answer")).not_to_contain_text("bản cũ")
    assert run_axe(page, axe)["violations"] == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1280, "height": 720})

    keys.publish(address, "Mới Họp dân ở Nà Lẹng")
    assert run_axe(page, axe)["violations"] == []
    assert "Xem thêm ở" in shown.read_text("utf-8")
    page.goto(f"{address}bai/articles/{file.parent.name}/{file.name}")
    if is_undone:
        keys.write("Nội dung", "Xem ở nhà văn hóa.")
        keys.save()
        keys.publish(address, "Sửa Họp dân ở Nà Lẹng")
        assert "Xem ở nhà văn hóa" in shown.read_text("utf-8")
        keys.press("Hoàn tác: cho bạn đọc thấy lại như trước")
        expect(page.locator("#how")).to_contain_text("thấy lại cổng như trước", timeout=1000 * portals.PATIENCE)
        assert "Xem thêm ở" in shown.read_text("utf-8")
        page.goto(f"{address}bai/articles/{file.parent.name}/{file.name}")
    keys.go(page.get_by_role("radio", name="Đăng, hoặc hẹn giờ"))
    page.keyboard.press("ArrowDown")
    keys.write("Lý do", "Họp hoãn.")
    keys.save()
    assert re.search(r'status: withdrawn\nreason: "\d\d/\d\d/\d{4}: Họp hoãn\."', file.read_text("utf-8"))
    assert elsewhere == []
    return keys


def test_what_is_to_be_known_is_printed_on_one_page(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}mot-trang/")
    with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as printed:
        assert len(printed.pages) == 1
    page.close()
