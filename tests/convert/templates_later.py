"""Templates that were written after the rules, so that nothing in plugins/convert was made for them."""

from __future__ import annotations

import random
from html import escape

from .stories import OTHERS, TEASERS, Part, Story
from .templates import (
    FOOTER,
    MENU,
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


def joomla(s: Story, rng: random.Random) -> SavedPage:
    def caption(p: Part) -> str:
        return (
            f'<div class="img_caption" style="width:500px">{img_tag(p)}<p '
            f'class="img_caption">{escape(p.words)}</p></div>'
        )

    body = f"""<div id="t3-mainbody"><div class="item-page" itemscope itemtype="https://schema.org/Article">
    <div class="page-header"><h2 itemprop="headline">{escape(s.title)}</h2></div>
    <dl class="article-info"><dt>Chi tiết</dt>
    <dd class="createdby">Viết bởi: <span itemprop="name">{escape(s.author or "Super User")}</span></dd>
    <dd class="category-name">Chuyên mục: <a href="/c">{s.category}</a></dd>
    <dd class="published">Được đăng: {s.date.day:02} Tháng {s.date.month} {s.date.year}</dd>
    <dd class="hits">Lượt xem: 1230</dd></dl>
    <ul class="actions"><li><a href="#">In</a></li><li><a href="#">Email</a></li></ul><div itemprop="articleBody">
    <p><strong>{escape(s.lead)}</strong></p>{body_html(s, caption)}</div><ul class="pager pagenav">
    <li><a href="/p">Trang trước</a></li><li><a href="/n">Trang sau</a></li></ul></div></div>
    <div id="right">{menu_html()}</div>{FOOTER}"""
    return SavedPage("a.html", html_page(s.title, body), has_source=False)


def hashed(s: Story, rng: random.Random) -> SavedPage:
    def caption(p: Part) -> str:
        return f'<div class="css-9x1">{img_tag(p)}<div class="css-77a">{escape(p.words)}</div></div>'

    by = f'<div class="css-a9">{escape(s.author)}</div>' if s.author else ""
    others = "".join(
        f'<div class="css-15"><a href="/{n}">{o}</a><p>{TEASERS[n % 3]}</p></div>' for n, o in enumerate(OTHERS)
    )
    body = f"""<div id="root"><div class="css-1">
    <div class="css-2">{"".join(f'<a class="css-3" href="/{n}">{m}</a>' for n, m in enumerate(MENU))}</div>
    <div class="css-4"><div class="css-5"><a href="/">Trang chủ</a><span>/</span><a href="/k">{s.category}</a></div>
    <h1 class="css-6">{escape(s.title)}</h1>
    <div class="css-7"><span>{s.date:%d/%m/%Y %H:%M} GMT+7</span><span>Chia sẻ</span></div>
    <h2 class="css-8">{escape(s.lead)}</h2>
    <div class="css-10">{body_html(s, caption, '<p class="css-11">{}</p>')}{by}</div>
    <div class="css-12"><span>Tags:</span> <a href="/t">{s.tags[0]}</a></div></div><div class="css-13">
    <div class="css-14">Tin mới nhất</div>{others}</div></div></div>"""
    return SavedPage("a.html", html_page(f"{s.title} - Vân Sơn Online", body), has_source=False)


def word_pasted(s: Story, rng: random.Random) -> SavedPage:
    def caption(p: Part) -> str:
        return (
            '<p class="MsoNormal" align="center" style="text-align:center"><span '
            f'style="font-size:14pt">{img_tag(p)}<o:p></o:p></span></p><p class="MsoNormal" align="center" '
            f'style="text-align:center"><i><span style="font-size:12pt">{escape(p.words)}<o:p></o:p></span>'
            "</i></p>"
        )

    para = (
        '<p class="MsoNormal" style="text-align:justify;text-indent:.5in"><span '
        'style="font-family:\'Times New Roman\'">{}<o:p></o:p></span></p><p class="MsoNormal">&nbsp;</p>'
    )
    author = (
        f'<p class="MsoNormal" align="right" style="text-align:right"><b><span>{escape(s.author)}</span></b></p>'
        if s.author
        else ""
    )
    body = f"""<table><tr><td>{menu_html()}</td></tr><tr>
    <td><span class="ten">{escape(s.title)}</span><br><span
    class="gio">{weekday(s)}, ngày {s.date.day} tháng {s.date.month} năm {s.date.year}</span><div>
    <p class="MsoNormal"><b>{escape(s.lead)}</b></p>{body_html(s, caption, para)}{author}</div>
    <p><b>Tin đã đưa:</b></p><p><a href="/1">{OTHERS[0]}</a></p><p><a href="/2">{OTHERS[1]}</a></p>
    <p><a href="/3">{OTHERS[2]}</a></p></td></tr></table>{FOOTER}"""
    return SavedPage("a.html", html_page(s.title, body), has_source=False)


def breaks(s: Story, rng: random.Random) -> SavedPage:
    def caption(p: Part) -> str:
        return f"<center>{img_tag(p)}<br/><i>{escape(p.words)}</i></center><br/>"

    parts = "".join(part_html(p, caption, "{}<br/><br/>") for p in s.parts)
    author = f"<div align='right'><b>{escape(s.author)}</b></div>" if s.author else ""
    body = f"""<div id="head"><div>Hôm nay: 1.204 | Hôm qua: 998 | Tổng số: 3.200.114</div>
    <div>Đang truy cập: 17</div></div><div id="c"><div class="hd"><b>Tin hoạt động</b></div>
    <h3>{escape(s.title)}</h3><small>(Cập nhật: {s.date.day}/{s.date.month}/{s.date.year} {s.date:%I:%M:%S}
    {"SA" if s.date.hour < 12 else "CH"})</small>
    <div><b>{escape(s.lead)}</b><br/>
    <br/>{parts}</div>{author}<div>[<a href="#">Trở về</a>] [<a href="#">In trang</a>] [<a
    href="#">Gửi cho bạn bè</a>]</div><div><b>Các tin khác:</b><ul>{other_links(6)}</ul></div></div>"""
    return SavedPage("a.htm", html_page("Chi tiết bài viết", body), has_source=False)


def dnn(s: Story, rng: random.Random) -> SavedPage:
    def caption(p: Part) -> str:
        return (
            f'<table border="0" align="center"><tbody><tr><td>{img_tag(p)}</td></tr><tr><td '
            f'style="text-align:center"><span style="font-size:11px">{escape(p.words)}</span></td></tr>'
            "</tbody></table>"
        )

    src = f'<div class="nguon"><em>Theo {escape(s.source)}</em></div>' if s.source else ""
    author = f"<p><strong>{escape(s.author)}</strong></p>" if s.author else ""
    body = f"""<form id="Form"><div id="dnn_TopPane"><span class="SkinObject">{" | ".join(MENU)}</span></div>
    <div id="dnn_ContentPane" class="DnnModule"><span id="dnn_ctr_lblHeadline"
    class="Head">{escape(s.title)}</span><div id="dnn_ctr_lblDate" class="Normal">{s.date:%d/%m/%Y %I:%M %p}</div>
    <div id="dnn_ctr_Summary" class="SubHead">{escape(s.lead)}</div>
    <div class="Normal">{body_html(s, caption)}{author}{src}</div>
    <div><span>Số lần đọc: 325</span> <a href="#">Lên đầu trang</a></div><div class="SubHead">Các bài mới đăng</div>
    <table>{"".join(f'<tr><td>•</td><td><a href="/{n}">{o}</a></td></tr>' for n, o in enumerate(OTHERS))}</table>
    </div></form>{FOOTER}"""
    return SavedPage("a.html", html_page(f"{s.title} > Vân Sơn", body))


def magazine(s: Story, rng: random.Random) -> SavedPage:
    def caption(p: Part) -> str:
        return f'<figure class="expNoEdit">{img_tag(p)}<figcaption><p>{escape(p.words)}</p></figcaption></figure>'

    credit = f"<p><strong>Bài và ảnh: {escape(s.author)}</strong></p>" if s.author else ""
    box = f'<div class="box-insert"><p><strong>Xem thêm:</strong></p><p><a href="/x">{OTHERS[1]}</a></p></div>'
    middle = body_html(s, caption)
    half = middle.rfind("<p>")
    body = f"""<header><a href="/"><img src="logo.png" alt="Báo"></a></header><div class="wrap">
    <div class="meta-top"><a href="/c">{s.category}</a> <time
    datetime="{s.date:%Y-%m-%d %H:%M}">{weekday(s)}, {s.date:%d/%m/%Y, %H:%M}</time></div>
    <h1>{escape(s.title)}</h1><h2 class="chapeau">{escape(s.lead)}</h2>
    <div class="matter">{middle[:half]}{box}{middle[half:]}{credit}</div>
    <div class="opinions"><h3>Ý kiến bạn đọc</h3>
    <p>Bài viết rất bổ ích, cảm ơn tác giả đã phản ánh đúng tâm tư của bà con vùng cao chúng tôi.</p></div>
    <div class="more"><h3>Đọc nhiều</h3><ul>{other_links()}</ul></div></div>{FOOTER}"""
    return SavedPage("a.html", html_page(f"{s.title} :: Tạp chí", body), has_source=False)


def small_notice(s: Story, rng: random.Random) -> SavedPage:
    def caption(p: Part) -> str:
        return f'<p style="text-align: center;">{img_tag(p)}</p><p style="text-align: center;">{escape(p.words)}</p>'

    foot = " - ".join(
        x
        for x in (f"Tác giả: {escape(s.author)}" if s.author else "", f"Nguồn: {escape(s.source)}" if s.source else "")
        if x
    )
    body = f"""<div class="a1"><div class="b2"><p class="c3">Trang chủ » Tin tức » {s.category}</p>
    <p class="d4"><strong>{escape(s.title)}</strong></p>
    <p class="e5">Đăng lúc {s.date:%Hh%M} ngày {s.date:%d.%m.%Y}. Lượt xem: 99</p>
    <p class="f6"><em>{escape(s.lead)}</em></p>{body_html(s, caption)}<p class="g7">{foot}</p></div>
    <div class="h8">Bài viết khác<br><a href="/1">{OTHERS[3]}</a><br><a href="/2">{OTHERS[4]}</a></div></div>"""
    return SavedPage("a.html", html_page(s.title, body))


def print_view(s: Story, rng: random.Random) -> SavedPage:
    def caption(p: Part) -> str:
        return f"<p>{img_tag(p)}</p><p><em>{escape(p.words)}</em></p>"

    body = f"""<p>CỔNG THÔNG TIN ĐIỆN TỬ TỈNH VÂN SƠN</p><p>http://vanson.example</p><hr><h1>{escape(s.title)}</h1>
    <p>{weekday(s)} | {s.date:%d/%m/%Y} | {s.date:%H:%M}</p>
    <p>{escape(s.lead)}</p>{body_html(s, caption)}<p>Ngày đăng:
    {s.date:%d/%m/%Y}</p>{f"<p>Tác giả: {escape(s.author)}</p>" if s.author else ""}<p><a
    href="javascript:window.print()">In trang</a> | <a href="javascript:window.close()">Đóng</a></p>"""
    return SavedPage("a.html", html_page("Bản in", body), has_source=False)


def txt_slashes(s: Story, rng: random.Random) -> SavedPage:
    number = iter(range(1, 9))
    lines = [
        "Đăng nhập | Đăng ký | RSS",
        "Trang chủ / Tin tức / " + s.category,
        s.title,
        f"{weekday(s)}, {s.date:%d/%m/%Y} | {s.date:%H:%M}  Lượt xem: 1.024",
        "A A A",
        s.lead,
        "",
        *text_lines(s, lambda p: [f"Ảnh {next(number)}: {p.words}"]),
        *([s.author] if s.author else []),
        *([f"(Nguồn: {s.source})"] if s.source else []),
        "Các tin khác",
        *(f"{o} (0{n + 1}/02/2021)" for n, o in enumerate(OTHERS)),
    ]
    return SavedPage("a.txt", "\r\n".join(lines).encode("utf-8-sig"))


def txt_tab(s: Story, rng: random.Random) -> SavedPage:
    lines = [
        f"{s.title} - Cổng thông tin điện tử tỉnh Vân Sơn",
        "Chuyển đến nội dung chính",
        "Giới thiệu   Tin tức   Văn bản   Hỏi đáp",
        s.title,
        f"Ngày đăng: {s.date:%d/%m/%Y}",
        s.lead,
        *text_lines(s, lambda p: ["", p.words, ""]),
        *([f"Tin, bài: {s.author}"] if s.author else []),
        f"Nguồn: {s.source}" if s.source else "",
        "Đánh giá bài viết",
        "Xếp hạng: 0 - 0 phiếu bầu",
        "Ý kiến bạn đọc",
        "Mã bảo mật",
        *OTHERS[2:5],
    ]
    return SavedPage("a.txt", "\n".join(lines).encode())


TEMPLATES = {
    f.__name__: f
    for f in (joomla, hashed, word_pasted, breaks, dnn, magazine, small_notice, print_view, txt_slashes, txt_tab)
}
