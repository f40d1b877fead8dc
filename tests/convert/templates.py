"""Pages in the manner of more than ten kinds of portals, with what surrounds an article there. Written for these
tests.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from .stories import OTHERS, TEASERS, Part, Story

WEEKDAYS = ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"]
MENU = ["Trang chủ", "Giới thiệu", "Tin tức - Sự kiện", "Văn bản", "Dịch vụ công", "Hỏi đáp", "Thư viện ảnh", "Liên hệ"]


@dataclass(frozen=True)
class SavedPage:
    """A page: its file name, its bytes, and which fields of its story it really shows."""

    name: str
    raw: bytes
    has_date: bool = True
    has_author: bool = True
    has_source: bool = True


def weekday(story: Story) -> str:
    return WEEKDAYS[story.date.weekday()]


def part_html(part: Part, caption: Callable[[Part], str], paragraph: str = "<p>{}</p>") -> str:
    words = escape(part.words, quote=False)
    if part.kind == "p":
        return paragraph.format(words)
    if part.kind == "h":
        return f"<h3>{words}</h3>"
    if part.kind == "img":
        return caption(part)
    if part.kind in ("ul", "ol"):
        return f"<{part.kind}>" + "".join(f"<li>{escape(item)}</li>" for item in part.items) + f"</{part.kind}>"
    if part.kind == "table":
        return (
            "<table border=1>"
            + "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in part.items)
            + "</table>"
        )
    return f"<blockquote><p>{words}</p></blockquote>"


def body_html(story: Story, caption: Callable[[Part], str], paragraph: str = "<p>{}</p>") -> str:
    return "\n".join(part_html(part, caption, paragraph) for part in story.parts)


def img_tag(part: Part, more: str = "") -> str:
    return f'<img src="images/{part.link}" alt="{escape(part.alt)}"{more}>'


def other_links(count: int = 4) -> str:
    return "".join(
        f'<li><a href="/tin/{n}.html">{OTHERS[n % len(OTHERS)]}</a> <em>(0{n + 1}/03/2021)</em></li>'
        for n in range(count)
    )


def menu_html(tag: str = "ul") -> str:
    return f"<{tag}>" + "".join(f'<li><a href="/{n}">{name}</a></li>' for n, name in enumerate(MENU)) + f"</{tag}>"


def html_page(title: str, body: str, head: str = "", html: str = '<html lang="vi">') -> bytes:
    return (
        f'<!DOCTYPE html>{html}<head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>{head}<style>p{{margin:0}}</style></head><body>{body}<script>var "
        'a="<p>Không phải chữ.</p>";</script></body></html>'
    ).encode()


COUNTER = (
    "<div>Thống kê truy cập<br>Hôm nay : 20.473<br>Hôm qua : 15.254<br>Tháng 04 : 206.138<br>Năm "
    "2021 : 1.705.031<br>Tổng số : 61.296.415</div>"
)
TOOLS = (
    '<div class="tools"><a href="javascript:void(0)">A-</a> <a href="#">A</a> <a href="#">A+</a> | '
    '<a href="#">Chế độ ban đêm</a> <a href="#">In trang</a> <a href="#">Xuất PDF</a> <a '
    'href="#">Đọc nội dung</a></div>'
)
SHARE = (
    '<div class="share"><a href="#">Chia sẻ bài viết lên facebook</a> <a href="#">Chia sẻ bài viết '
    'lên twitter</a> <a href="#">Tăng tương phản</a> <a href="#">Giảm tương phản</a></div>'
)
FOOTER = (
    "<div class='footer'><p>Cổng thông tin điện tử tỉnh Vân Sơn. Cơ quan chủ quản: Ủy ban nhân dân "
    "tỉnh. Giấy phép số 00/GP-TTĐT.</p><p>Địa chỉ: Số 1, đường Hoa Đào, phường Trung Tâm; điện "
    "thoại: 0200 000 0000.</p></div>"
)


def drupal(s: Story, rng: random.Random) -> SavedPage:
    def caption(p: Part) -> str:
        return (
            f'<p style="text-align:center">{img_tag(p)}</p><p style="text-align:center"><em>{escape(p.words)}</em></p>'
        )

    author = f'<p class="rteright"><strong>{escape(s.author)}</strong></p>' if s.author else ""
    body = f"""<a class="element-invisible" href="#main">Skip to main content</a><header>
    <div class="logo">Cổng thông tin điện tử tỉnh Vân Sơn</div></header><nav>{menu_html()}</nav>
    <div id="main"><div class="breadcrumb"><a href="/">Trang chủ</a> » <a href="/x">{s.category}</a></div>
    <h1 class="page-header">{escape(s.title)}</h1>{TOOLS}
    <div class="region-content"><article class="node node-article">
    <div class="submitted">{weekday(s)}, {s.date:%d/%m/%Y - %H:%M}</div>
    <div class="field field-name-field-sapo"><div class="field-item"><p>{escape(s.lead)}</p></div></div>
    <div class="field field-name-body"><div class="field-items">
    <div class="field-item even">{body_html(s, caption)}{author}</div></div></div>
    <div class="fivestar-widget">Đánh giá: 4/5 (3 phiếu)</div></article><div class="block-views">
    <h2>Tin liên quan</h2><ul>{other_links()}</ul></div></div>
    <aside><h2>Tin nổi bật</h2><p>{TEASERS[0]}</p></aside></div>{FOOTER}"""
    return SavedPage(
        "trang.html",
        html_page(f"{s.title} | Tỉnh Vân Sơn", body, '<meta name="Generator" content="Drupal 7 (http://drupal.org)">'),
        has_source=False,
    )


def nukeviet(s: Story, rng: random.Random) -> SavedPage:
    def caption(p: Part) -> str:
        return (
            f'<div style="text-align:center"><table class="image center"><tbody><tr><td>{img_tag(p)}</td></tr>'
            f'<tr><td class="image_desc">{escape(p.words)}</td></tr></tbody></table></div>'
        )

    author = f'<p class="text-right"><strong>Tác giả: </strong>{escape(s.author)}</p>' if s.author else ""
    source = f'<p class="text-right"><strong>Nguồn tin: </strong>{escape(s.source)}</p>' if s.source else ""
    tags = ", ".join(f'<a href="/tag"><em>{t}</em></a>' for t in s.tags)
    body = f"""<div class="wraper"><header>{menu_html()}</header><div class="third-nav"><div class="breadcrumbs-wrap">
    <ul class="breadcrumbs"><li><a href="/">Trang chủ</a></li><li><a href="/t">{s.category}</a></li></ul></div></div>
    <div class="news_column panel panel-default"><div class="panel-body">
    <h1 class="title margin-bottom-lg">{escape(s.title)}</h1>
    <div class="row"><div class="col-md-12"><span class="h5">{weekday(s)} - {s.date:%d/%m/%Y %H:%M}</span></div>
    <div><ul class="list-inline text-right"><li><a href="#">In ra</a></li>
    <li><a href="#">Gửi bài viết qua email</a></li></ul></div></div>
    <div class="hometext m-bottom">{escape(s.lead)}</div>
    <div class="bodytext margin-bottom-lg">{body_html(s, caption)}</div>{author}{source}</div></div>
    <div class="news_column panel"><div class="panel-body">
    <div class="h5"><em class="fa fa-tags"></em><strong>Từ khóa: </strong>{tags}</div></div></div>
    <div class="panel"><form id="form3B"><p>Tổng số điểm của bài viết là: 0 trong 0 đánh giá</p>
    <p>Click để đánh giá bài viết</p></form></div>
    <p class="h3"><strong>Những tin mới hơn</strong></p><ul class="related">{other_links()}</ul>
    <p class="h3"><strong>Những tin cũ hơn</strong></p><ul class="related">{other_links(3)}</ul>
    </div>{COUNTER}{FOOTER}"""
    return SavedPage(
        "trang.html",
        html_page(f"{s.title} - Cổng thông tin Vân Sơn", body, '<meta name="generator" content="NukeViet v4.3">'),
    )


def vhv(s: Story, rng: random.Random) -> SavedPage:
    def caption(p: Part) -> str:
        return f'<figure class="image">{img_tag(p)}<figcaption>{escape(p.words)}</figcaption></figure>'

    author = f'<div class="article-author">{escape(s.author)}</div>' if s.author else ""
    body = f"""<div id="whole-page"><div class="ModuleWrapper"><ol class="breadcrumb clearfix">
    <li><a href="/">Trang chủ</a></li><li><a href="/a">Tin tức</a></li><li><a href="/b">{s.category}</a></li></ol>
    </div>
    <div class="ModuleWrapper"><article class="news-detail-layout-type-2">
    <header><span class="post-date left">{s.date:%H:%M:%S | %d/%m/%Y}</span><div class="block_share"><a
    href="#">A-</a><a href="#">A</a><a href="#">A+</a></div></header>
    <h1 class="detail-title">{escape(s.title)}</h1><div class="brief"><p><strong>{escape(s.lead)}</strong></p></div>
    <div class="content-detail text-justify">{body_html(s, caption)}</div>{author}
    <div>Lượt xem: {rng.randint(10, 9999)}</div></article></div><div class="ModuleWrapper other-news">
    <h3>Tin cùng chuyên mục</h3><ul>{other_links(5)}</ul></div></div>"""
    return SavedPage("trang.html", html_page(s.title, body), has_source=False)


def liferay(s: Story, rng: random.Random) -> SavedPage:
    def caption(p: Part) -> str:
        return f'<p align="center">{img_tag(p)}<br><i>{escape(p.words)}</i></p>'

    tail = f'<p align="right"><b>{escape(s.author)}</b></p>' if s.author else ""
    tail += f"<p align='right'><i>Nguồn: {escape(s.source)}</i></p>" if s.source else ""
    text = body_html(s, caption, '<p style="text-align: justify;">{}&nbsp;</p><p>&nbsp;</p>')
    body = f"""<div id="wrapper"><header id="banner" role="banner">
    <h1 class="site-title"><a href="/">Cổng thông tin điện tử Vân Sơn</a></h1></header>
    <div class="portlet-asset-publisher"><div class="asset-full-content">
    <h3 class="header-title"><span>{escape(s.title)}</span></h3>
    <div class="asset-metadata"><span
    class="metadata-entry metadata-publish-date">Ngày đăng: {s.date:%d/%m/%y %H:%M}</span></div>
    <div class="asset-content"><div class="journal-content-article">
    <p style="font-weight:bold">{escape(s.lead)}</p>{text}{tail}</div></div>
    <div class="taglib-ratings">Đánh giá (Trung bình 0 Bình chọn)</div></div></div><div><h4>CÁC TIN KHÁC</h4>
    <ul>{other_links()}</ul></div></div>{FOOTER}"""
    return SavedPage("trang.html", html_page(f"{s.title} - Chi tiết tin - Cổng thông tin điện tử", body, html="<html>"))


def sharepoint(s: Story, rng: random.Random) -> SavedPage:
    def caption(p: Part) -> str:
        return f'<div align="center">{img_tag(p)}</div><div align="center"><em>{escape(p.words)}</em></div>'

    author = f'<div style="text-align:right"><strong>{escape(s.author)}</strong></div>' if s.author else ""
    text = body_html(s, caption, '<div style="text-align:justify">{}</div><div><br></div>')
    body = f"""<form id="aspnetForm" action="x.aspx"><input type="hidden" value="abc"><div id="s4-workspace">
    <div class="menu">{menu_html()}</div><table width="100%"><tr><td width="20%"><div class="left">{menu_html()}</div>
    </td><td>
    <div class="TieuDe">{escape(s.title)}</div><div class="NgayDang">Đăng ngày {s.date:%d-%m-%Y}</div>
    <div>Đã xem: 50</div>
    <div class="TrichYeu">{escape(s.lead)}</div><div class="ms-rtestate-field">
    <div class="ExternalClass1A2B3C">{text}{author}</div></div>
    <div>Các tin khác</div><div>{"".join(f'<div><a href="/{n}">{o}</a></div>' for n, o in enumerate(OTHERS))}</div>
    </td></tr></table></div></form>{FOOTER}"""
    return SavedPage("trang.aspx.html", html_page("Chi tiết tin", body), has_source=False)


def wordpress(s: Story, rng: random.Random) -> SavedPage:
    def caption(p: Part) -> str:
        return f'<div class="wp-caption aligncenter">{img_tag(p)}<p class="wp-caption-text">{escape(p.words)}</p></div>'

    body = f"""<div id="page"><article class="post hentry"><header class="entry-header">
    <h1 class="entry-title">{escape(s.title)}</h1>
    <div class="entry-meta"><span class="posted-on">Posted on <time class="entry-date published"
    datetime="{s.date:%Y-%m-%dT%H:%M:%S}+07:00">{s.date:%d/%m/%Y}</time></span>
    <span class="byline"> by <span class="author vcard"><a class="url fn n"
    href="/author">{escape(s.author or "admin")}</a></span></span></div></header><div class="entry-content">
    <p>{escape(s.lead)}</p>{body_html(s, caption)}<div class="sharedaddy"><h3>Chia sẻ:</h3><ul>
    <li><a href="#">Facebook</a></li></ul></div></div>
    <footer class="entry-footer"><span class="cat-links">Chuyên mục: <a href="/c">{s.category}</a></span></footer>
    </article><nav class="post-navigation"><a href="/p">Bài trước</a></nav><div id="comments"><h2>Bình luận</h2>
    <p>Rất hay, mong tỉnh tiếp tục làm nhiều hơn nữa cho bà con.</p></div></div><aside class="widget-area">
    <ul>{other_links()}</ul></aside>"""
    return SavedPage(
        "trang.html",
        html_page(f"{s.title} – Vân Sơn", body, '<meta name="generator" content="WordPress 5.8">'),
        has_source=False,
    )


def old_tables(s: Story, rng: random.Random) -> SavedPage:
    def caption(p: Part) -> str:
        return (
            f"<table align=center width=400><tr><td>{img_tag(p)}</td></tr><tr><td align=center><font size=1>"
            f"<i>{escape(p.words)}</i></font></td></tr></table>"
        )

    parts = [part_html(p, caption, "{}<BR><BR>") for p in s.parts]
    author = f"<P ALIGN=right><B>{escape(s.author)}</B></P>" if s.author else ""
    source = f"(Theo {escape(s.source)})" if s.source and "." not in s.source else f"({s.source})" if s.source else ""
    others = "".join(f"<a href=x{n}.asp>{o}</a> ({n + 1}-3-2010)<br>" for n, o in enumerate(OTHERS))
    body = f"""<table width=1000><tr><td colspan=3><img src=banner.gif width=1000></td></tr><tr>
    <td width=180 valign=top>{menu_html()}</td>
    <td width=600 valign=top><font face=Arial><b><font size=4 color=blue>{escape(s.title)}</font></b></font><br><font
    size=1>({s.date.hour}:{s.date.minute}, {weekday(s)}, {s.date.day}-{s.date.month}-{s.date.year})</font><br><br>
    <b>{escape(s.lead)}</b><br><br>{"".join(parts)}{author}<p>{source}</p>
    <hr><b>Các tin đã đưa:</b><br>{others}</td><td width=200>{COUNTER}</td></tr></table>"""
    return SavedPage("trang.htm", html_page(f"Vân Sơn: {s.title}", body, html="<html>"))


def bootstrap(s: Story, rng: random.Random) -> SavedPage:
    def caption(p: Part) -> str:
        return f'<div class="text-center">{img_tag(p)}<p class="small fst-italic">{escape(p.words)}</p></div>'

    by = f'<span class="me-3">Tác giả: {escape(s.author)}</span>' if s.author else ""
    src = f"<span>Nguồn: {escape(s.source)}</span>" if s.source else ""
    cards = "".join(f'<div class="card"><a href="/{n}">{OTHERS[n]}</a><p>{TEASERS[n]}</p></div>' for n in range(3))
    body = f"""<div class="container"><div class="row"><div class="col-md-8"><section class="chi-tiet">
    <h2 class="tieu-de">{escape(s.title)}</h2>
    <p class="text-muted">Ngày đăng: {s.date:%d/%m/%Y} | Lượt xem: 1.205 | Cỡ chữ: A- A A+</p>
    <div class="sapo">{escape(s.lead)}</div>
    <div class="noi-dung">{body_html(s, caption)}<p style="text-align:right">{by} {src}</p></div>{SHARE}</section>
    <section><h4>Bài viết liên quan</h4>{cards}</section></div><div class="col-md-4"><div class="card">Đọc nhiều</div>
    <ul>{other_links()}</ul></div></div></div>{FOOTER}"""
    return SavedPage("trang.html", html_page(f"{s.title} | Trang thông tin điện tử", body))


def metadata_only(s: Story, rng: random.Random) -> SavedPage:
    def caption(p: Part) -> str:
        return f'<picture>{img_tag(p)}</picture><p style="text-align:center">{escape(p.words)}</p>'

    author = f'"author":{{"@type":"Person","name":"{s.author}"}},' if s.author else ""
    head = f"""<meta property="og:title" content="{escape(s.title)}">
    <meta property="og:site_name" content="Cổng Vân Sơn">
    <meta property="article:published_time" content="{s.date:%Y-%m-%dT%H:%M:%S}+07:00">
    <link rel="canonical" href="https://vanson.example/tin/{s.number}">
    <script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle",
    "headline":"{s.title.replace('"', "")}",{author}"datePublished":"{s.date:%Y-%m-%dT%H:%M:%S}+07:00"}}</script>"""
    body = f"""<main><h1>{escape(s.title)}</h1><article><p>{escape(s.lead)}</p>{body_html(s, caption)}</article>
    <section><h2>Có thể bạn quan tâm</h2><ul>{other_links()}</ul></section></main>"""
    return SavedPage("trang.html", html_page(s.title, body, head), has_source=False)


def decomposed(s: Story, rng: random.Random) -> SavedPage:
    page = bootstrap(s, rng)
    return SavedPage(page.name, unicodedata.normalize("NFD", page.raw.decode()).encode())


def utf16(s: Story, rng: random.Random) -> SavedPage:
    page = liferay(s, rng)
    return SavedPage(page.name, page.raw.decode().encode("utf-16"))


def text_lines(s: Story, caption: Callable[[Part], list[str]]) -> list[str]:
    lines: list[str] = []
    for part in s.parts:
        if part.kind == "img":
            lines += caption(part)
        elif part.kind in ("ul", "ol"):
            lines += [f"- {item}" for item in part.items]
        elif part.kind == "table":
            lines += [cell for row in part.items for cell in row]
        else:
            lines.append(part.words)
    return lines


def text_plain(s: Story, rng: random.Random) -> SavedPage:
    lines = [
        "Skip to main content",
        "Chế độ ban đêm In trang Xuất PDF Đọc nội dung",
        "-A A +A",
        "",
        s.title,
        "",
        s.lead,
        "\xa0",
        *(line for each in text_lines(s, lambda part: [part.words]) for line in (each, "\xa0")),
        s.author,
    ]
    return SavedPage("trang.txt", "\n".join(lines).encode(), has_date=False, has_source=False)


def text_labelled(s: Story, rng: random.Random) -> SavedPage:
    lines = [
        (
            "A- A A+ | Chia sẻ bài viết lên facebook Chia sẻ bài viết lên twitter Chia sẻ bài viết lên "
            "google+ Tăng tương phản Giảm tương phản"
        ),
        "",
        s.title,
        f"Cập nhật lúc: {s.date:%H:%M %d/%m/%Y}",
        *([f"({s.source})"] if "." in s.source else []),
        "",
        s.lead,
        "",
        *(line for each in text_lines(s, lambda part: [part.words]) for line in (each, "")),
        *([f"Tác giả: {s.author}"] if s.author else []),
        "Tổng số điểm của bài viết là: 0 trong 0 đánh giá",
        "Click để đánh giá bài viết",
        "Bản đồ địa giới hành chính",
        "Thống kê truy cập",
        "Hôm nay : 20.473",
        "Hôm qua : 15.254",
        "Tháng 04 : 206.138",
        "Năm 2021 : 1.705.031",
        "Tổng số : 61.296.415",
    ]
    return SavedPage("trang.txt", "\n".join(lines).encode(), has_source="." in s.source)


def text_messy(s: Story, rng: random.Random) -> SavedPage:
    lines = [
        "Cổng thông tin điện tử tỉnh Vân Sơn",
        " ".join(MENU),
        f"Trang chủ > Tin tức > {s.category}",
        "Đã xem: 50",
        f"{weekday(s)}, {s.date:%d/%m/%Y} | {s.date:%H:%M}",
        s.title,
        s.lead,
        *text_lines(s, lambda p: ["![]() |", "| --- |", f"| {p.words} |"]),
        *([f"Tin, ảnh: {s.author}"] if s.author else []),
        "Tin liên quan",
        *OTHERS[:4],
        "Loading…",
        "Trở về đầu trang",
    ]
    return SavedPage("trang.txt", "\n".join(lines).encode(), has_source=False)


TEMPLATES = {
    f.__name__: f
    for f in (
        drupal,
        nukeviet,
        vhv,
        liferay,
        sharepoint,
        wordpress,
        old_tables,
        bootstrap,
        metadata_only,
        decomposed,
        utf16,
        text_plain,
        text_labelled,
        text_messy,
    )
}
