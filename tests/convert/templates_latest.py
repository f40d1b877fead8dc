"""A second set of templates that were written after the rules, with the oddest habits of old portals."""

from __future__ import annotations

import random
import unicodedata
from html import escape

from .stories import OTHERS, TEASERS, Part, Story
from .templates import (
    FOOTER,
    MENU,
    SHARE,
    TOOLS,
    SavedPage,
    body_html,
    html_page,
    img_tag,
    menu_html,
    other_links,
    part_html,
    text_lines,
    weekday,
)


def counters_first(s: Story, rng: random.Random) -> SavedPage:
    lines = [
        "Đang truy cập: 12",
        "Hôm nay: 1.204",
        "Tổng lượt truy cập: 2.200.114",
        "Loading…",
        "Tin tức",
        s.title,
        f"{s.date.hour}:{s.date.minute}, {weekday(s)}, {s.date.day}-{s.date.month}-{s.date.year}",
        "Đã xem: 50",
        "\xa0",
        s.lead,
        "\xa0",
        *(x for each in text_lines(s, lambda part: [part.words]) for x in (each, "\xa0")),
        *([s.author] if s.author else []),
        *([f"Theo {s.source}"] if s.source else []),
        "Gửi phản hồi",
        "In trang",
        "Các tin liên quan:",
        *OTHERS[:5],
        "Về đầu trang",
    ]
    return SavedPage("x.txt", "\n".join(lines).encode())


def decomposed_text(s: Story, rng: random.Random) -> SavedPage:
    lines = [
        "A- A A+",
        "Trang chủ › Tin tức › " + s.category,
        "",
        s.title,
        f"Đăng ngày {s.date:%d/%m/%Y}",
        "",
        s.lead,
        "",
        *(x for each in text_lines(s, lambda p: [f"- Ảnh 1. {p.words}"]) for x in (each, "")),
        f"Tin và ảnh: {s.author}" if s.author else "",
        "Bài viết cùng chuyên mục",
        *OTHERS[3:],
    ]
    return SavedPage("x.txt", unicodedata.normalize("NFD", "\n".join(lines)).encode(), has_source=False)


def caption_twice(s: Story, rng: random.Random) -> SavedPage:
    def caption(p: Part) -> str:
        return (
            f'<p style="text-align:center"><img src="/upload/{p.link}" alt="{escape(p.words)}"></p><p '
            f'style="text-align:center">{escape(p.words)}</p><p '
            f'style="text-align:center">{escape(p.words)}</p>'
        )

    body = f"""<div class="top">{menu_html()}</div><div class="center"><div class="title">{escape(s.title)}</div>
    <div class="date">{s.date:%d/%m/%Y %H:%M} | Xem với cỡ chữ: <a>T</a> <a>T</a></div>
    <div class="desc">{escape(s.lead)}</div>
    <div class="text">{body_html(s, caption)}<p
    style="text-align: right;"><em><strong>{escape(s.author)}</strong></em></p></div>{SHARE}<div class="oth">
    <div>Tin đã đăng</div><ul>{other_links()}</ul></div></div>{FOOTER}"""
    return SavedPage("x.html", html_page(f"{s.title} - UBND tỉnh Vân Sơn", body), has_source=False)


def author_on_top(s: Story, rng: random.Random) -> SavedPage:
    def caption(p: Part) -> str:
        return (
            f'<div style="text-align:center">{img_tag(p)}<br><span '
            f'style="font-style:italic">{escape(p.words)}</span></div>'
        )

    by = f"{escape(s.author)} | " if s.author else ""
    body = f"""{TOOLS}<div class="page"><div>Tin tức &gt; {s.category}</div><h1>{escape(s.title)}</h1>
    <div><span>{by}{s.date:%d/%m/%Y %H:%M}</span></div>
    <p><b>{escape(s.lead)}</b></p>{body_html(s, caption)}<p>Nguồn tin: {escape(s.source)}</p>
    <div>Tags: <a href="/a">{s.tags[0]}</a>, <a href="/b">{s.tags[1]}</a></div>
    <h3>Tin cùng loại</h3>{"".join(f"<p><a href='/{n}'>{o}</a></p>" for n, o in enumerate(OTHERS))}</div>"""
    if not s.source:
        body = body.replace("<p>Nguồn tin: </p>", "")
    return SavedPage("x.html", html_page(f"{s.title} | Vân Sơn", body))


def picture_before_lead(s: Story, rng: random.Random) -> SavedPage:
    def caption(p: Part) -> str:
        return (
            f'<table class="img" align="center"><tr><td><img src="{p.link}"></td></tr><tr><td>'
            f"<p>{escape(p.words)}</p></td></tr></table>"
        )

    end = f"<p style='text-align:right'><strong>Tin, ảnh: {escape(s.author)}</strong></p>" if s.author else ""
    body = f"""<div class="header">{menu_html()}</div><div class="content">
    <h2 class="news-title">{escape(s.title)}</h2><span
    class="time">{weekday(s)}, {s.date:%d/%m/%Y}, {s.date:%H:%M} [GMT+7]</span><div>
    <p><strong>{escape(s.lead)}</strong></p>{body_html(s, caption)}{end}</div>
    <div class="like">Thích 0 | Chia sẻ</div><h4>Bài viết cùng chủ đề</h4><ul>{other_links()}</ul></div>{FOOTER}"""
    return SavedPage("x.html", html_page("Cổng thông tin điện tử tỉnh Vân Sơn", body), has_source=False)


def br_author(s: Story, rng: random.Random) -> SavedPage:
    def caption(p: Part) -> str:
        return f"<br>{img_tag(p)}<br><em>{escape(p.words)}</em><br>"

    parts = "".join(part_html(p, caption, "{}<br>&nbsp;<br>") for p in s.parts)
    body = f"""<table width="100%"><tr><td>{menu_html()}</td></tr><tr><td><p class="tieude">{escape(s.title)}</p>
    <p>Ngày cập nhật: {s.date:%d/%m/%Y}</p>
    <div style="text-align:justify"><em>{escape(s.lead)}</em><br>&nbsp;<br>{parts}<strong>{escape(s.author)}</strong>
    </div>
    </td></tr><tr><td><b>Tin mới hơn:</b><ul>{other_links(2)}</ul><b>Tin cũ hơn:</b><ul>{other_links(5)}</ul></td></tr>
    </table>"""
    return SavedPage("x.html", html_page(s.title, body), has_source=False)


def middle_box(s: Story, rng: random.Random) -> SavedPage:
    def caption(p: Part) -> str:
        return f"<figure>{img_tag(p)}<figcaption>{escape(p.words)}</figcaption></figure>"

    text = body_html(s, caption)
    half = text.rfind("<p>")
    box = (
        f'<div><p>Tin liên quan</p><ul><li><a href="/1">{OTHERS[0]}</a></li><li><a '
        f'href="/2">{OTHERS[1]}</a></li></ul></div>'
    )
    others = "".join(f'<div><a href="/{n}">{OTHERS[n]}</a><p>{TEASERS[n]}</p></div>' for n in range(3))
    body = f"""<div class="g"><div class="g1"><h1>{escape(s.title)}</h1><div class="g2">
    <div>{weekday(s)}, ngày {s.date:%d/%m/%Y - %H:%M}</div><div>Lượt đọc: 1,024</div></div>
    <p class="g3">{escape(s.lead)}</p><div class="g4">{text[:half]}{box}{text[half:]}</div>
    <div class="g5">{escape(s.author)}</div></div><div class="g6"><h3>Ý kiến bạn đọc (2)</h3>
    <div><b>Nguyễn Văn Ba</b><p>Tôi rất mong tỉnh sớm làm xong con đường này để các cháu đi học đỡ vất vả.</p></div>
    </div><div class="g7"><h3>Mới nhất</h3>{others}</div></div>"""
    return SavedPage("x.html", html_page(f"{s.title} » Vân Sơn", body), has_source=False)


def capital_title(s: Story, rng: random.Random) -> SavedPage:
    def caption(p: Part) -> str:
        return (
            f'<p class="caption-wrap" align="center">{img_tag(p)}</p><p align="center"><font '
            f'size="2">{escape(p.words)}</font></p>'
        )

    author = f'<p align="right"><b>{escape(s.author)}</b></p>'
    body = f"""<div id="banner">ỦY BAN NHÂN DÂN TỈNH VÂN SƠN</div><div>{" | ".join(MENU)}</div>
    <h1 style="text-transform:uppercase">{escape(s.title)}</h1><i>{s.date:%H:%M} {weekday(s)},
    {s.date:%d/%m/%Y}</i><div>Số lượt xem: 512</div>
    <p>{escape(s.lead)}</p>{body_html(s, caption)}{author}<p>[ <a href="#">Quay lại</a> ]</p><p>CÁC BÀI VIẾT KHÁC</p>
    <p><a href="/1">{OTHERS[2]}</a> - <i>02/01/2015</i></p>
    <p><a href="/2">{OTHERS[4]}</a> - <i>01/01/2015</i></p>{FOOTER}"""
    return SavedPage("x.html", html_page("Trang tin", body), has_source=False)


def no_date(s: Story, rng: random.Random) -> SavedPage:
    def caption(p: Part) -> str:
        return f"<div class='pic'>{img_tag(p)}<div>{escape(p.words)}</div></div>"

    body = f"""<div>{menu_html()}</div><div class="detail"><h1>{escape(s.title)}</h1>
    <div class="abstract">{escape(s.lead)}</div><div class="fulltext">{body_html(s, caption)}</div>
    <div class="author">Tác giả: {escape(s.author)}</div><div class="src">Nguồn: {escape(s.source)}</div>
    </div>{FOOTER}"""
    return SavedPage("x.html", html_page(s.title, body), has_date=False)


def menu_then_text(s: Story, rng: random.Random) -> SavedPage:
    lines = [
        *MENU,
        "Tìm kiếm",
        "",
        "Chi tiết tin",
        s.title,
        f"Ngày đăng tin: {s.date:%d/%m/%Y} {s.date:%H:%M}",
        s.lead,
        *text_lines(s, lambda part: [part.words]),
        *([f"Bài, ảnh: {s.author}"] if s.author else []),
        "Lượt xem: 230",
        "Chia sẻ: Facebook Zalo",
        "TIN KHÁC",
        *(f"• {o}" for o in OTHERS),
        "Bản quyền thuộc UBND tỉnh Vân Sơn",
        "Điện thoại: 0200 000 0000",
    ]
    return SavedPage("x.txt", "\n\n".join(lines).encode("utf-16"), has_source=False)


TEMPLATES = {
    f.__name__: f
    for f in (
        counters_first,
        decomposed_text,
        caption_twice,
        author_on_top,
        picture_before_lead,
        br_author,
        middle_box,
        capital_title,
        no_date,
        menu_then_text,
    )
}
