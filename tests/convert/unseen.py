"""Pages of templates that were written after the rules: nothing in plugins/convert was made for them."""

from __future__ import annotations

import random
from html import escape

from .stories import OTHERS, TEASERS, Story
from .templates import FOOTER, MENU, Made, _body, _html, _img, _lines, _links, _menu, _page, _weekday


def joomla(s: Story, dice: random.Random) -> Made:
    cap = lambda p: (
        f'<div class="img_caption" style="width:500px">{_img(p)}<p class="img_caption">{escape(p.words)}</p></div>'
    )  # noqa: E731
    body = f"""<div id="t3-mainbody"><div class="item-page" itemscope itemtype="https://schema.org/Article"><div class="page-header"><h2 itemprop="headline">{escape(s.title)}</h2></div>
    <dl class="article-info"><dt>Chi tiết</dt><dd class="createdby">Viết bởi: <span itemprop="name">{escape(s.author or "Super User")}</span></dd><dd class="category-name">Chuyên mục: <a href="/c">{s.category}</a></dd><dd class="published">Được đăng: {s.date.day:02} Tháng {s.date.month} {s.date.year}</dd><dd class="hits">Lượt xem: 1230</dd></dl>
    <ul class="actions"><li><a href="#">In</a></li><li><a href="#">Email</a></li></ul><div itemprop="articleBody"><p><strong>{escape(s.lead)}</strong></p>{_body(s, cap)}</div><ul class="pager pagenav"><li><a href="/p">Trang trước</a></li><li><a href="/n">Trang sau</a></li></ul></div></div><div id="right">{_menu()}</div>{FOOTER}"""
    return Made("a.html", _page(s.title, body), sourced=False)


def hashed(s: Story, dice: random.Random) -> Made:
    cap = lambda p: f'<div class="css-9x1">{_img(p)}<div class="css-77a">{escape(p.words)}</div></div>'  # noqa: E731
    by = f'<div class="css-a9">{escape(s.author)}</div>' if s.author else ""
    body = f"""<div id="root"><div class="css-1"><div class="css-2">{"".join(f'<a class="css-3" href="/{n}">{m}</a>' for n, m in enumerate(MENU))}</div><div class="css-4"><div class="css-5"><a href="/">Trang chủ</a><span>/</span><a href="/k">{s.category}</a></div><h1 class="css-6">{escape(s.title)}</h1><div class="css-7"><span>{s.date:%d/%m/%Y %H:%M} GMT+7</span><span>Chia sẻ</span></div>
    <h2 class="css-8">{escape(s.lead)}</h2><div class="css-10">{_body(s, cap, '<p class="css-11">{}</p>')}{by}</div><div class="css-12"><span>Tags:</span> <a href="/t">{s.tags[0]}</a></div></div><div class="css-13"><div class="css-14">Tin mới nhất</div>{"".join(f'<div class="css-15"><a href="/{n}">{o}</a><p>{TEASERS[n % 3]}</p></div>' for n, o in enumerate(OTHERS))}</div></div></div>"""
    return Made("a.html", _page(f"{s.title} - Vân Sơn Online", body), sourced=False)


def word_pasted(s: Story, dice: random.Random) -> Made:
    cap = lambda p: (
        f'<p class="MsoNormal" align="center" style="text-align:center"><span style="font-size:14pt">{_img(p)}<o:p></o:p></span></p><p class="MsoNormal" align="center" style="text-align:center"><i><span style="font-size:12pt">{escape(p.words)}<o:p></o:p></span></i></p>'
    )  # noqa: E731
    para = '<p class="MsoNormal" style="text-align:justify;text-indent:.5in"><span style="font-family:\'Times New Roman\'">{}<o:p></o:p></span></p><p class="MsoNormal">&nbsp;</p>'
    author = (
        f'<p class="MsoNormal" align="right" style="text-align:right"><b><span>{escape(s.author)}</span></b></p>'
        if s.author
        else ""
    )
    body = f"""<table><tr><td>{_menu()}</td></tr><tr><td><span class="ten">{escape(s.title)}</span><br><span class="gio">{_weekday(s)}, ngày {s.date.day} tháng {s.date.month} năm {s.date.year}</span><div><p class="MsoNormal"><b>{escape(s.lead)}</b></p>{_body(s, cap, para)}{author}</div>
    <p><b>Tin đã đưa:</b></p><p><a href="/1">{OTHERS[0]}</a></p><p><a href="/2">{OTHERS[1]}</a></p><p><a href="/3">{OTHERS[2]}</a></p></td></tr></table>{FOOTER}"""
    return Made("a.html", _page(s.title, body), sourced=False)


def breaks(s: Story, dice: random.Random) -> Made:
    cap = lambda p: f"<center>{_img(p)}<br/><i>{escape(p.words)}</i></center><br/>"  # noqa: E731
    parts = "".join(_html(p, cap, "{}<br/><br/>") for p in s.parts)
    author = f"<div align='right'><b>{escape(s.author)}</b></div>" if s.author else ""
    body = f"""<div id="head"><div>Hôm nay: 1.204 | Hôm qua: 998 | Tổng số: 3.200.114</div><div>Đang truy cập: 17</div></div><div id="c"><div class="hd"><b>Tin hoạt động</b></div><h3>{escape(s.title)}</h3><small>(Cập nhật: {s.date.day}/{s.date.month}/{s.date.year} {s.date:%I:%M:%S} {"SA" if s.date.hour < 12 else "CH"})</small>
    <div><b>{escape(s.lead)}</b><br/><br/>{parts}</div>{author}<div>[<a href="#">Trở về</a>] [<a href="#">In trang</a>] [<a href="#">Gửi cho bạn bè</a>]</div><div><b>Các tin khác:</b><ul>{_links(6)}</ul></div></div>"""
    return Made("a.htm", _page("Chi tiết bài viết", body), sourced=False)


def dnn(s: Story, dice: random.Random) -> Made:
    cap = lambda p: (
        f'<table border="0" align="center"><tbody><tr><td>{_img(p)}</td></tr><tr><td style="text-align:center"><span style="font-size:11px">{escape(p.words)}</span></td></tr></tbody></table>'
    )  # noqa: E731
    src = f'<div class="nguon"><em>Theo {escape(s.source)}</em></div>' if s.source else ""
    author = f"<p><strong>{escape(s.author)}</strong></p>" if s.author else ""
    body = f"""<form id="Form"><div id="dnn_TopPane"><span class="SkinObject">{" | ".join(MENU)}</span></div><div id="dnn_ContentPane" class="DnnModule"><span id="dnn_ctr_lblHeadline" class="Head">{escape(s.title)}</span><div id="dnn_ctr_lblDate" class="Normal">{s.date:%d/%m/%Y %I:%M %p}</div><div id="dnn_ctr_Summary" class="SubHead">{escape(s.lead)}</div><div class="Normal">{_body(s, cap)}{author}{src}</div>
    <div><span>Số lần đọc: 325</span> <a href="#">Lên đầu trang</a></div><div class="SubHead">Các bài mới đăng</div><table>{"".join(f'<tr><td>•</td><td><a href="/{n}">{o}</a></td></tr>' for n, o in enumerate(OTHERS))}</table></div></form>{FOOTER}"""
    return Made("a.html", _page(f"{s.title} > Vân Sơn", body))


def magazine(s: Story, dice: random.Random) -> Made:
    cap = lambda p: f'<figure class="expNoEdit">{_img(p)}<figcaption><p>{escape(p.words)}</p></figcaption></figure>'  # noqa: E731
    credit = f"<p><strong>Bài và ảnh: {escape(s.author)}</strong></p>" if s.author else ""
    box = f'<div class="box-insert"><p><strong>Xem thêm:</strong></p><p><a href="/x">{OTHERS[1]}</a></p></div>'
    middle = _body(s, cap)
    half = middle.rfind("<p>")
    body = f"""<header><a href="/"><img src="logo.png" alt="Báo"></a></header><div class="wrap"><div class="meta-top"><a href="/c">{s.category}</a> <time datetime="{s.date:%Y-%m-%d %H:%M}">{_weekday(s)}, {s.date:%d/%m/%Y, %H:%M}</time></div><h1>{escape(s.title)}</h1><h2 class="chapeau">{escape(s.lead)}</h2><div class="matter">{middle[:half]}{box}{middle[half:]}{credit}</div>
    <div class="opinions"><h3>Ý kiến bạn đọc</h3><p>Bài viết rất bổ ích, cảm ơn tác giả đã phản ánh đúng tâm tư của bà con vùng cao chúng tôi.</p></div><div class="more"><h3>Đọc nhiều</h3><ul>{_links()}</ul></div></div>{FOOTER}"""
    return Made("a.html", _page(f"{s.title} :: Tạp chí", body), sourced=False)


def small_notice(s: Story, dice: random.Random) -> Made:
    cap = lambda p: f'<p style="text-align: center;">{_img(p)}</p><p style="text-align: center;">{escape(p.words)}</p>'  # noqa: E731
    foot = " - ".join(
        x
        for x in (f"Tác giả: {escape(s.author)}" if s.author else "", f"Nguồn: {escape(s.source)}" if s.source else "")
        if x
    )
    body = f"""<div class="a1"><div class="b2"><p class="c3">Trang chủ » Tin tức » {s.category}</p><p class="d4"><strong>{escape(s.title)}</strong></p><p class="e5">Đăng lúc {s.date:%Hh%M} ngày {s.date:%d.%m.%Y}. Lượt xem: 99</p><p class="f6"><em>{escape(s.lead)}</em></p>{_body(s, cap)}<p class="g7">{foot}</p></div><div class="h8">Bài viết khác<br><a href="/1">{OTHERS[3]}</a><br><a href="/2">{OTHERS[4]}</a></div></div>"""
    return Made("a.html", _page(s.title, body))


def print_view(s: Story, dice: random.Random) -> Made:
    cap = lambda p: f"<p>{_img(p)}</p><p><em>{escape(p.words)}</em></p>"  # noqa: E731
    body = f"""<p>CỔNG THÔNG TIN ĐIỆN TỬ TỈNH VÂN SƠN</p><p>http://vanson.example</p><hr><h1>{escape(s.title)}</h1><p>{_weekday(s)} | {s.date:%d/%m/%Y} | {s.date:%H:%M}</p><p>{escape(s.lead)}</p>{_body(s, cap)}<p>Ngày đăng: {s.date:%d/%m/%Y}</p>{f"<p>Tác giả: {escape(s.author)}</p>" if s.author else ""}<p><a href="javascript:window.print()">In trang</a> | <a href="javascript:window.close()">Đóng</a></p>"""
    return Made("a.html", _page("Bản in", body), sourced=False)


def txt_slashes(s: Story, dice: random.Random) -> Made:
    number = iter(range(1, 9))
    lines = ["Đăng nhập | Đăng ký | RSS", "Trang chủ / Tin tức / " + s.category, s.title, f"{_weekday(s)}, {s.date:%d/%m/%Y} | {s.date:%H:%M}  Lượt xem: 1.024", "A A A", s.lead, "", *_lines(s, lambda p: [f"Ảnh {next(number)}: {p.words}"]), *([s.author] if s.author else []), *([f"(Nguồn: {s.source})"] if s.source else []), "Các tin khác", *(f"{o} (0{n + 1}/02/2021)" for n, o in enumerate(OTHERS))]  # fmt: skip
    return Made("a.txt", "\r\n".join(lines).encode("utf-8-sig"))


def txt_tab(s: Story, dice: random.Random) -> Made:
    lines = [f"{s.title} - Cổng thông tin điện tử tỉnh Vân Sơn", "Chuyển đến nội dung chính", "Giới thiệu   Tin tức   Văn bản   Hỏi đáp", s.title, f"Ngày đăng: {s.date:%d/%m/%Y}", s.lead, *_lines(s, lambda p: ["", p.words, ""]), *([f"Tin, bài: {s.author}"] if s.author else []), f"Nguồn: {s.source}" if s.source else "", "Đánh giá bài viết", "Xếp hạng: 0 - 0 phiếu bầu", "Ý kiến bạn đọc", "Mã bảo mật", *OTHERS[2:5]]  # fmt: skip
    return Made("a.txt", "\n".join(lines).encode())


TEMPLATES = {
    f.__name__: f
    for f in (joomla, hashed, word_pasted, breaks, dnn, magazine, small_notice, print_view, txt_slashes, txt_tab)
}
