"""Pages that are not articles: menus, listings, a front page, an empty page."""

from __future__ import annotations

from .stories import OTHERS, TEASERS, story
from .templates import COUNTER, FOOTER, MENU, TOOLS, html_page, menu_html, other_links


def _teasers(count: int) -> str:
    return "".join(
        (
            f'<div class="item"><h3><a href="/{n}">{story(n, 5).title}</a></h3><span>0{n + 1}/03/2021</span>'
            f'<p>{story(n, 5).lead}</p><a href="/{n}">Xem chi tiết</a></div>'
        )
        for n in range(count)
    )


PAGES: dict[str, bytes] = {
    "menu.html": html_page(
        "Cổng thông tin điện tử", f"<header>{menu_html()}</header>{TOOLS}<div>{menu_html()}</div>{COUNTER}{FOOTER}"
    ),
    "listing.html": html_page(
        "Tin tức", f"<h1>Tin tức - Sự kiện</h1><div class='list'>{_teasers(8)}</div><div>Trang 1 2 3 4</div>{FOOTER}"
    ),
    "headlines.html": html_page("Tin trong tỉnh", f"<h2>Tin trong tỉnh</h2><ul>{other_links(9)}</ul>{FOOTER}"),
    "front.html": html_page(
        "Trang chủ",
        (
            f"{menu_html()}<div><h2><a href='/1'>{OTHERS[0]}</a></h2><p>{TEASERS[0]}</p></div>"
            f"<div>{_teasers(5)}</div><div><h3>Văn bản mới</h3><ul>{other_links(5)}</ul></div>{COUNTER}"
        ),
    ),
    "divs.html": html_page(
        "Chuyên mục",
        "<div>"
        + "".join(
            f'<div class="k{n}"><div><a href="/{n}">{story(n, 6).title}</a></div><div>{story(n, 6).lead}</div></div>'
            for n in range(7)
        )
        + "</div>",
    ),
    "empty.html": b"<html><body></body></html>",
    "loading.html": html_page("Đang tải", "<div id='root'>Loading…</div>"),
    "login.html": html_page(
        "Đăng nhập",
        (
            "<form><label>Tên đăng nhập</label><input><label>Mật khẩu</label><input type=password>"
            "<button>Đăng nhập</button></form><p>Quên mật khẩu?</p>"
        ),
    ),
    "menu.txt": (
        "Skip to main content\n"
        + "\n".join(MENU)
        + "\nChế độ ban đêm In trang Xuất PDF Đọc nội dung\n-A A +A\nThống kê truy cập\nHôm nay : 20.473\n"
    ).encode(),
    "listing.txt": (
        "Trang chủ > Tin tức\n\n"
        + "\n".join(f"{o}\n0{n + 1}/03/2021\n{TEASERS[n % 3]}\nXem chi tiết" for n, o in enumerate(OTHERS))
        + "\nTrang: 1 2 3\n"
    ).encode(),
    "headlines.txt": ("Tin tức - Sự kiện\n" + "\n".join(OTHERS) + "\nXem thêm\n").encode(),
    "nothing.txt": b"\n\n\xc2\xa0\n",
}
