# ruff: noqa: E501
"""Pages in the manner of systems that the rules of plugins/convert were not made for, each laid out by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape

from .unlike_stories import (
    BRIDGE,
    CANAL,
    CATTLE,
    CLINIC,
    CONTEST,
    FLOOD,
    LIBRARY,
    NOTICE,
    TEA,
    Told,
)


@dataclass(frozen=True)
class UnlikePage:
    """A page and what is right for it.

    Args:
        name: of the file.
        text: of the file.
        told: what it tells; a field that the page does not show is empty.
        more: sentences of the article beside the paragraphs of `told`.
        chrome: words that are not of the article.
        has_date: whether the page says when it was published.
        is_article: whether it is an article at all.
        reviewed: words that a line of `review` must have.
    """

    name: str
    text: str
    told: Told
    more: tuple[str, ...] = ()
    chrome: tuple[str, ...] = ()
    has_date: bool = True
    is_article: bool = True
    reviewed: tuple[str, ...] = ()


PAGES: dict[str, Callable[[], UnlikePage]] = {}


def _page(make: Callable[[], UnlikePage]) -> Callable[[], UnlikePage]:
    PAGES[make.__name__] = make
    return make


def _html(title: str, body: str, head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{escape(title)}</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


def _p(texts: tuple[str, ...], form: str = "<p>{}</p>") -> str:
    return "\n".join(form.format(escape(text, quote=False)) for text in texts)


OTHERS = (
    "Trao bò giống cho hộ nghèo Pa Khôm",
    "Lịch tiếp dân tháng 11 của lãnh đạo huyện",
    "Mưa đá làm hỏng 12 mái nhà ở Tà Hừa",
    "Khai giảng lớp xóa mù chữ bản Sín",
)


def _links(form: str = '<li><a href="/tin/{n}.html">{t}</a></li>') -> str:
    return "".join(form.format(n=n, t=t) for n, t in enumerate(OTHERS))


MENU = "".join(
    f'<a href="/{n}">{t}</a> ' for n, t in enumerate(("Trang chủ", "Giới thiệu", "Tin tức", "Văn bản", "Liên hệ"))
)
FOOT = "<div><p>Trang thông tin xã Tà Hừa. Chịu trách nhiệm: Chủ tịch UBND xã. Điện thoại: 0213 000 000.</p></div>"


@_page
def office_h1_short() -> UnlikePage:
    s = replace(CANAL, captions=(), author="")
    body = (
        f"<div>{MENU}</div><h1>{s.title}</h1><span>Ngày đăng: 13/03/2019 08:05</span><div><p>{s.lead}</p>"
        f"{_p(s.paragraphs)}</div>{FOOT}"
    )
    return UnlikePage("a.html", _html(f"{s.title} - Cổng TTĐT xã Tà Hừa", body), s, chrome=("Chịu trách nhiệm",))


@_page
def office_div_generic_title() -> UnlikePage:
    s = CATTLE
    body = f"""<div class="wrap"><div class="menu">{MENU}</div><div class="main"><div class="title">{s.title}</div>
    <div class="info">Đinh Lâm @ 10:26 12/05/2011</div><div class="text"><p>{s.lead}</p>
    <p align=center><img src="chot.jpg"></p><p align=center>{s.captions[0]}</p>{_p(s.paragraphs)}</div>
    <div class="khac"><b>Các tin khác</b><ul>{_links()}</ul></div></div>{FOOT}</div>"""
    return UnlikePage("a.html", _html("Chi tiết tin", body), s, chrome=(OTHERS[0], "Điện thoại"))


@_page
def bold_headline_above_subheading() -> UnlikePage:
    s = replace(CLINIC, captions=(), author="")
    body = f"""<table width=100%><tr><td>{MENU}</td></tr></table><div><p><b>{s.title}</b></p>
    <p>22/10/2024 16:00</p><p>{s.lead}</p><p>{s.paragraphs[0]}</p><h3>Sổ nào cũng phải ghi</h3>
    {_p(s.paragraphs[1:])}</div>{FOOT}"""
    return UnlikePage("a.html", _html("Chi tiết tin bài", body), s, more=("Sổ nào cũng phải ghi",))


@_page
def google_docs() -> UnlikePage:
    s = replace(TEA, captions=(), author="Quốc Bảo")
    body = f"""<p class="c4"><span class="c1 c7">{s.title}</span></p><p class="c3"><span class="c0"></span></p>
    <p class="c4"><span class="c0">{s.lead}</span></p>{_p(s.paragraphs[:2], '<p class="c4"><span class="c0">{}</span></p>')}
    <h3 class="c9" id="h.abc"><span class="c5">Che bạt cho chè</span></h3>
    {_p(s.paragraphs[2:], '<p class="c4"><span class="c0">{}</span></p>')}
    <p class="c8"><span class="c6">Quốc Bảo</span></p>"""
    style = "<style>.c7{font-weight:700;font-size:20pt}.c8{text-align:right}.c0{font-size:12pt}</style>"
    return UnlikePage("Bai_gui.html", _html("Bài gửi cổng", body, style), s, more=("Che bạt cho chè",), has_date=False)


@_page
def joomla_15() -> UnlikePage:
    s = TEA
    body = f"""<table class="nopad"><tr><td><table class="contentpaneopen"><tr><td class="contentheading" width="100%">
    {s.title}</td><td align="right" width="100%" class="buttonheading"><a href="#" title="Print">In</a></td></tr></table>
    <table class="contentpaneopen"><tr><td valign="top"><span class="small">Viết bởi Quốc Bảo</span>&nbsp;&nbsp;</td></tr>
    <tr><td valign="top" class="createdate">Thứ năm, 05 Tháng 12 2013 15:42</td></tr><tr><td valign="top">
    <p><strong>{s.lead}</strong></p><p style="text-align: center;"><img src="images/stories/bup.jpg"></p>
    <p style="text-align: center;"><em>{s.captions[0]}</em></p>{_p(s.paragraphs[:3])}
    <p style="text-align: center;"><img src="images/stories/bat.jpg"></p>
    <p style="text-align: center;"><em>{s.captions[1]}</em></p>{_p(s.paragraphs[3:])}</td></tr>
    <tr><td class="modifydate">Lần cập nhật cuối ( Thứ sáu, 06 Tháng 12 2013 08:00 )</td></tr></table>
    <table align="center" class="pagenav"><tr><th class="pagenav_prev"><a href="/a">&lt; Trước</a></th>
    <th class="pagenav_next"><a href="/b">Tiếp theo &gt;</a></th></tr></table></td></tr></table>"""
    return UnlikePage("a.html", _html(s.title, body), s, chrome=("Trước", "Lần cập nhật cuối"))


@_page
def dotnetnuke() -> UnlikePage:
    s = BRIDGE
    body = f"""<form id="Form" method="post" action="/tin.aspx"><div id="dnn_HeaderPane">{MENU}</div>
    <div id="dnn_ContentPane"><a name="545"></a><div id="dnn_ctr545_ContentPane"><h2><span id="dnn_ctr545_dnnTITLE_titleLabel"
    >Tin hoạt động</span></h2><div id="dnn_ctr545_ViewNews_pnl"><span id="dnn_ctr545_ViewNews_lblTieuDe" class="Head">
    {s.title}</span><br><span id="dnn_ctr545_ViewNews_lblNgay">Thứ bảy, ngày 30/04/2016 - 11:39</span><br>
    <b><span id="dnn_ctr545_ViewNews_lblTomTat">{s.lead}</span></b><br><br><span id="dnn_ctr545_ViewNews_lblNoiDung">
    <p style="text-align:center"><img src="/Portals/0/cau.jpg" alt=""><br><em>{s.captions[0]}</em></p>{_p(s.paragraphs[:3])}
    <p style="text-align:center"><img src="/Portals/0/hoc.jpg" alt=""><br><em>{s.captions[1]}</em></p>{_p(s.paragraphs[3:])}
    <p style="text-align:right"><b>{s.author}</b></p></span></div><div>Số lượt xem: 214</div>
    <div><b>CÁC TIN ĐÃ ĐƯA</b><br>{_links('<a href="{n}">{t}</a> (02/04/2016)<br>')}</div></div></div>
    <div id="dnn_FooterPane">Bản quyền thuộc UBND huyện. Ghi rõ nguồn khi phát hành lại thông tin từ trang này.</div></form>"""
    return UnlikePage("tin.aspx", _html("Tin hoạt động", body), s, chrome=(OTHERS[1], "Ghi rõ nguồn"))


@_page
def sitecore_bem() -> UnlikePage:
    s = CONTEST
    body = f"""<header class="site-header"><a class="site-header__logo" href="/">Sở Nông nghiệp</a></header>
    <main><article class="news"><div class="news__eyebrow">Nhà nông</div><h1 class="news__heading">{s.title}</h1>
    <div class="news__meta"><time class="news__time" datetime="2025-03-13T09:20:00+07:00">13.03.2025</time>
    <span class="news__by">Thanh Loan</span></div><p class="news__standfirst"><strong>{s.lead}</strong></p>
    <div class="news__rte"><figure><img src="-/media/a.ashx" alt="Đội Mường Thín"><figcaption>{s.captions[0]}</figcaption>
    </figure>{_p(s.paragraphs[:2])}<figure><img src="-/media/b.ashx"><figcaption>{s.captions[1]}</figcaption></figure>
    {_p(s.paragraphs[2:])}</div></article><section class="teasers"><h2>Đọc tiếp</h2><div class="teaser"><a href="/1"><h3>
    {OTHERS[0]}</h3></a><p>Hai mươi con bò giống được giao cho các hộ nghèo trong xã vào sáng thứ hai.</p></div>
    <div class="teaser"><a href="/2"><h3>{OTHERS[2]}</h3></a><p>Trận mưa đá kéo dài mười phút, không ai bị thương.</p>
    </div></section></main>"""
    return UnlikePage("a.html", _html(f"{s.title} | Sở Nông nghiệp", body), s, chrome=("Hai mươi con bò", OTHERS[2]))


@_page
def hemera() -> UnlikePage:
    s = FLOOD
    body = f"""<div class="wrapper"><div class="top-nav">{MENU}</div><div class="ArticleDetailControl"><h1 class="ArticleHeader">
    {s.title}</h1><div class="ArticleDateTime"><span class="ArticleDate">04/08/2023 10:30</span></div>
    <div class="ArticleContent"><div class="ExternalClass123"><p><span style="font-weight:bold">{s.lead}</span></p>
    <div align="center"><img src="ho.jpg" width="600"></div><div align="center">{s.captions[0]}</div>
    {_p(s.paragraphs)}</div></div><div class="ArticleAuthor">PV</div></div>
    <div class="OtherNews"><div class="CategoryTitle">TIN KHÁC</div>{_links('<div><a href="{n}">{t}</a></div>')}</div></div>"""
    return UnlikePage("a.html", _html(f"{s.title} - Trang chủ", body), s, chrome=(OTHERS[3],))


@_page
def vccorp() -> UnlikePage:
    s = BRIDGE
    body = f"""<div class="header">{MENU}</div><div class="detail__cmain"><div class="detail-top"><div data-role="cate-name">
    <a href="/x">Đời sống</a></div><div class="detail-time"><div data-role="publishdate">30/04/2016 11:39 GMT+7</div></div>
    </div><h1 class="detail-title article-title" data-role="title">{s.title}</h1><div class="detail-author">
    <a class="name">Minh Hạnh</a></div><h2 class="detail-sapo" data-role="sapo">{s.lead}</h2>
    <div class="detail-cmain"><div class="detail-content afcbc-body" data-role="content">
    <figure class="VCSortableInPreviewMode" type="Photo"><div><a href="c.jpg"><img src="c.jpg" w="1200"></a></div>
    <figcaption class="PhotoCMS_Caption"><p data-placeholder="Nhập chú thích ảnh">{s.captions[0]}</p></figcaption></figure>
    {_p(s.paragraphs[:2])}<div class="VCSortableInPreviewMode" type="RelatedOneNews"><a class="VCObjectBoxRelatedNewsItemTitle"
    href="/k">{OTHERS[1]}</a><p class="VCObjectBoxRelatedNewsItemSapo">Lịch tiếp dân dán ở cổng trụ sở và trên trang này.</p>
    </div>{_p(s.paragraphs[2:])}<figure class="VCSortableInPreviewMode" type="Photo"><img src="d.jpg">
    <figcaption class="PhotoCMS_Caption"><p>{s.captions[1]}</p></figcaption></figure></div>
    <div class="detail-tab"><a>Trở lại chủ đề</a></div></div></div>"""
    head = f'<meta property="og:title" content="{s.title}"><meta property="article:published_time" content="2016-04-30T11:39:00">'
    return UnlikePage("a.htm", _html(s.title, body, head), s, chrome=(OTHERS[1], "dán ở cổng", "Nhập chú thích"))


@_page
def vnexpress_2010() -> UnlikePage:
    s = TEA
    table = """<table align="center" border="0" cellpadding="3" cellspacing="0" class="tplCaption" width="1"><tbody><tr><td>
    <img src="{}" alt="{}"></td></tr><tr><td class="Image">{}</td></tr></tbody></table>"""
    body = f"""<div id="menu">{MENU}</div><div class="content"><div class="date">Thứ năm, 5/12/2013 | 15:42 GMT+7</div>
    <div class="title_news">{s.title}</div><div class="short_intro txt_666">{s.lead}</div>
    <div class="fck_detail">{_p(s.paragraphs[:1], '<p class="Normal">{}</p>')}{table.format("b.jpg", "b", s.captions[0])}
    {_p(s.paragraphs[1:3], '<p class="Normal">{}</p>')}{table.format("c.jpg", "", s.captions[1])}
    {_p(s.paragraphs[3:], '<p class="Normal">{}</p>')}<p class="Normal" style="text-align:right;"><strong>{s.author}</strong></p>
    </div><div class="txt_tag">Tags</div></div>"""
    return UnlikePage("a.html", _html(f"{s.title} - Đời sống", body), s)


@_page
def vnpt_igate() -> UnlikePage:
    s = LIBRARY
    body = f"""<div class="portlet"><div class="bai-viet"><p class="ten-tin">{s.title}</p>
    <p>Lượt xem: 7370 | Gửi lúc: 06/02/2020 15:42:27</p><div><p><strong>{s.lead}</strong></p>
    <center><img src="tu.jpg"><br><i>{s.captions[0]}</i></center>{_p(s.paragraphs)}<p align="right"><b>{s.author}</b></p>
    </div><p><a>Gửi cho bạn bè</a> <a>Bản in</a></p><p><b>Tin cùng chuyên mục</b></p>{_links('<p><a href="{n}">{t}</a></p>')}
    </div></div>"""
    return UnlikePage("a.html", _html(f"{s.title} - iGate", body), s, chrome=(OTHERS[0], "7370"))


@_page
def liferay_7() -> UnlikePage:
    s = replace(FLOOD, author="")
    body = f"""<div class="portlet-content"><div class="asset-publisher"><h4 class="component-title mb-4">{s.title}</h4>
    <div class="autofit-row metadata-author"><div class="component-title">Quản trị cổng</div><div class="text-secondary">4-8-2023
    </div></div><div class="asset-content"><div class="journal-content-article" data-analytics-asset-type="web-content">
    <p>{s.lead}</p><p><picture><source srcset="/o/a.webp"><img src="/o/a.jpg" data-fileentryid="3"></picture></p>
    <p style="text-align:center"><em>{s.captions[0]}</em></p>{_p(s.paragraphs)}</div></div>
    <div class="taglib-ratings stars">Trung bình (0 Bình chọn)</div></div></div>"""
    return UnlikePage("a.html", _html("Chi tiết - Cổng thông tin", body), s, chrome=("Bình chọn", "Quản trị"))


@_page
def next_hydrated() -> UnlikePage:
    s = CLINIC
    data = '<script id="__NEXT_DATA__" type="application/json">{"props":{"body":"<p>x</p>"}}</script>'
    body = f"""<div id="__next"><div class="sc-1a2b css-9xk"><div class="sc-77">{MENU}</div><div class="css-0 e1x">
    <div class="css-11 e2y">{s.title}</div><div class="css-12"><span class="css-13">Bích Ngọc</span><span class="css-14">
    16:00 22/10/2024</span></div><div class="css-15">{s.lead}</div><div class="css-16"><div><img src="k.jpg" alt="">
    <div class="css-17"><em>{s.captions[0]}</em></div></div>{_p(s.paragraphs, '<div class="css-18">{}</div>')}</div></div></div></div>{data}"""
    head = f'<meta property="og:title" content="{s.title}">'
    return UnlikePage("a.html", _html(f"{s.title} | Báo Mường", body, head), s)


@_page
def nuxt_only_script() -> UnlikePage:
    body = (
        '<div id="__nuxt"><div class="loading">Đang tải…</div></div><script>window.__NUXT__={data:[{title:"'
        + BRIDGE.title
        + '",content:"<p>'
        + BRIDGE.lead
        + '</p>"}]}</script>'
    )
    return UnlikePage("a.html", _html("Cổng thông tin", body), BRIDGE, is_article=False)


@_page
def amp() -> UnlikePage:
    s = CONTEST
    body = f"""<amp-sidebar id="s" layout="nodisplay">{MENU}</amp-sidebar><article><h1 class="t">{s.title}</h1>
    <div class="m"><span>Thanh Loan</span> - <span>13/03/2025 09:20</span></div><h2 class="s">{s.lead}</h2>
    <figure><amp-img src="a.jpg" width="600" height="400" layout="responsive"><noscript><img src="a.jpg"></noscript></amp-img>
    <figcaption>{s.captions[0]}</figcaption></figure>{_p(s.paragraphs[:3])}<figure><amp-img src="b.jpg" width="600"
    height="400"></amp-img><figcaption>{s.captions[1]}</figcaption></figure>{_p(s.paragraphs[3:])}</article>
    <section class="more"><h4>Có thể bạn quan tâm</h4>{_links()}</section>"""
    return UnlikePage("a.html", _html(s.title, body), s, chrome=(OTHERS[0],))


@_page
def ghost() -> UnlikePage:
    s = LIBRARY
    body = f"""<div class="site"><main class="gh-main"><article class="gh-article post"><header class="gh-article-header">
    <h1 class="gh-article-title">{s.title}</h1><p class="gh-article-excerpt">{s.lead}</p><div class="gh-article-meta">
    <h4 class="gh-article-author-name"><a href="/a">Hà Vi</a></h4><div class="gh-article-meta-content"><time
    class="gh-article-meta-date" datetime="2020-02-06">06 thg 2 2020</time><span>— đọc 3 phút</span></div></div></header>
    <section class="gh-content"><figure class="kg-card kg-image-card kg-card-hascaption"><img src="x.jpg" class="kg-image">
    <figcaption><span>{s.captions[0]}</span></figcaption></figure>{_p(s.paragraphs)}</section></article></main>
    <aside><h2>Đọc thêm</h2>{_links('<h3><a href="{n}">{t}</a></h3>')}</aside></div>"""
    return UnlikePage("a.html", _html(s.title, body), s, chrome=("3 phút", OTHERS[1]))


@_page
def blogger() -> UnlikePage:
    s = BRIDGE
    table = """<table align="center" class="tr-caption-container"><tbody><tr><td style="text-align: center;"><a href="{0}">
    <img src="{0}" width="640"></a></td></tr><tr><td class="tr-caption" style="text-align: center;">{1}</td></tr></tbody></table>"""
    body = f"""<div class="content-outer"><h1 class="title">Chuyện Nậm Cuổi</h1><p class="description"><span>Ghi chép của người
    miền núi</span></p><h2 class="date-header"><span>Thứ Bảy, 30 tháng 4, 2016</span></h2><div class="post hentry">
    <h3 class="post-title entry-title" itemprop="name">{s.title}</h3><div class="post-body entry-content">{s.lead}<br><br>
    {table.format("a.jpg", s.captions[0])}<br>{"<br><br>".join(s.paragraphs[:3])}<br><br>{table.format("b.jpg", s.captions[1])}
    <br>{"<br><br>".join(s.paragraphs[3:])}<div style="clear: both;"></div></div><div class="post-footer">Người đăng:
    <span class="fn">Minh Hạnh</span> vào lúc <abbr title="2016-04-30T11:39:00+07:00">11:39</abbr></div></div>
    <div class="sidebar"><h2>Lưu trữ Blog</h2><ul><li>2016 (12)</li><li>2015 (31)</li></ul></div></div>"""
    told = replace(s, author="")  # it only says who posted it
    return UnlikePage(
        "a.html", _html(f"Chuyện Nậm Cuổi: {s.title}", body), told, chrome=("Lưu trữ Blog", "Ghi chép của")
    )


@_page
def google_sites() -> UnlikePage:
    s = replace(CATTLE, captions=())
    div = '<div class="tyJCtd mGzaTb Depvyb baZpAe"><p class="zfr3Q CDt4Ke"><span class="C9DxTc">{}</span></p></div>'
    body = f"""<div class="Xb9hP"><div class="hrZZ8d"><a class="GAuSPc" href="/home">Thú y huyện Pa Khôm</a></div>
    <div class="LS81yb VICjCf" tabindex="-1"><section class="yaqOZd"><div class="Nu95r"><h1 class="zfr3Q duRjpb">
    <span class="C9DxTc">{s.title}</span></h1></div></section><section class="yaqOZd">{div.format("12/05/2011 – Đinh Lâm")}
    {div.format(s.lead)}{_p(s.paragraphs, div)}</section></div><div class="zZrJj">Report abuse</div></div>"""
    return UnlikePage("a.html", _html(f"Thú y huyện Pa Khôm - {s.title}", body), s, chrome=("Report abuse",))


@_page
def word_filtered() -> UnlikePage:
    s = replace(CLINIC, captions=())
    body = f"""<div class=WordSection1><p class=MsoNormal align=center style='text-align:center'><b><span style='font-size:16.0pt'>
    {s.title}</span></b></p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal style='text-align:justify'><b><i>{s.lead}</i></b></p>
    <p class=MsoNormal>{s.paragraphs[0][:-1]}<a href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference>[1]</span>
    </a>.</p>{_p(s.paragraphs[1:], "<p class=MsoNormal style='text-indent:.5in'>{}</p>")}
    <p class=MsoNormal align=right style='text-align:right'><b>{s.author}</b></p></div><div><br clear=all><hr align=left width="33%">
    <div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1"><span class=MsoFootnoteReference>[1]</span></a>
    Số liệu do Phòng Y tế cung cấp ngày 20 tháng 10.</p></div></div>"""
    paragraphs = (s.paragraphs[0][:-1], *s.paragraphs[1:])
    return UnlikePage(
        "Bai.htm",
        _html("HĐND", body, "<meta name=Generator content='Microsoft Word 15 (filtered)'>"),
        replace(s, paragraphs=paragraphs),
        more=("Số liệu do Phòng Y tế cung cấp ngày 20 tháng 10.",),
        has_date=False,
    )


@_page
def outlook_mail() -> UnlikePage:
    s = replace(LIBRARY, captions=(), author="")
    body = f"""<div class="WordSection1"><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>From:</b>
    Hà Vi &lt;havi@example.vn&gt;<br><b>Sent:</b> Thursday, February 6, 2020 8:00 AM<br><b>To:</b> Ban biên tập<br><b>Subject:</b>
    {s.title}</p></div><p class="MsoNormal">{s.lead}</p>{_p(s.paragraphs, '<p class="MsoNormal"><o:p>{}</o:p></p>')}</div>"""
    return UnlikePage("mail.htm", _html("", body), s, has_date=False)


@_page
def wayback() -> UnlikePage:
    s = BRIDGE
    body = f"""<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp-base" lang="en"><div id="wm-ipp"><a href="/web/">Wayback
    Machine</a><table><tr><td>Mar</td><td>APR</td><td>May</td></tr><tr><td></td><td>30</td><td></td></tr></table>12 captures</div>
    </div><!-- END WAYBACK TOOLBAR INSERT --><table width=760><tr><td colspan=2>{MENU}</td></tr><tr><td valign=top>
    <font size=4 color=#003399><b>{s.title}</b></font><br><font size=1>(30/04/2016 11:39)</font><br><br>
    <font face=Arial size=2><b>{s.lead}</b><p>{s.paragraphs[0]}</p><table align=right width=200><tr><td><img
    src="/web/2016im_/http://x.gov.vn/c.jpg" width=200></td></tr><tr><td><font size=1>{s.captions[0]}</font></td></tr></table>
    {_p(s.paragraphs[1:4])}<table align=left width=200><tr><td><img src="/web/2016im_/http://x.gov.vn/d.jpg" width=200></td></tr>
    <tr><td><font size=1>{s.captions[1]}</font></td></tr></table><p>{s.paragraphs[4]}</p><p align=right><b>{s.author}</b></p></font>
    </td><td valign=top width=160><b>Tin mới</b><br>{_links("<a href={n}>{t}</a><br>")}</td></tr></table>"""
    return UnlikePage("a.html", _html("UBND huyện", body), s, chrome=("captures", OTHERS[0]))


@_page
def fonts_2005() -> UnlikePage:
    s = CANAL
    body = f"""<center><table border=0 width=770><tr><td><img src=banner.gif width=770></td></tr><tr><td><table><tr><td width=150
    valign=top><a href=1>Giới thiệu</a><br><a href=2>Tin tức</a></td><td valign=top><table width=100%><tr><td><font
    color=red face=".VnTime" size=4><b>{s.title}</b></font></td></tr><tr><td><font size=2>13/03/2019 08:05</font></td></tr>
    <tr><td><p align=justify><font size=3><b>{s.lead}</b></font></p>{_p(s.paragraphs[:1], "<p align=justify><font size=3>{}</font></p>")}
    <p align=center><img src=kenh.jpg border=1><br><font size=2 color=blue><i>{s.captions[0]}</i></font></p>
    {_p(s.paragraphs[1:], "<p align=justify><font size=3>{}</font></p>")}<p align=right><font size=3><b><i>{s.author}</i></b></font></p>
    </td></tr></table></td></tr></table></td></tr><tr><td align=center><font size=1>UBND xã Tà Hừa - ĐT: 0213.000.000 - Email:
    taxa@example.gov.vn. Thiết kế bởi Tổ Tin học, Văn phòng UBND huyện.</font></td></tr></table></center>"""
    return UnlikePage("a.htm", _html("Xa Ta Hua", body), s, chrome=("Thiết kế bởi",))


@_page
def facebook_note() -> UnlikePage:
    s = replace(LIBRARY, captions=())
    body = f"""<div role="main"><div class="_4lmi"><div class="_4lmk _5s6c">{s.title}</div><div class="_2yuc"><a href="/havi">Hà Vi</a>
    · <a href="/notes/1"><span>6 Tháng 2, 2020</span></a> · Công khai</div><div class="_39k5 _5s6c"><div class="_2cuy _3dgx">{s.lead}
    </div>{_p(s.paragraphs, '<div class="_2cuy _3dgx _2vxa">{}</div>')}</div></div><div><span>35</span> <span>4 bình luận</span>
    <span>Thích</span> <span>Chia sẻ</span></div></div>"""
    return UnlikePage("note.html", _html(s.title, body), s, chrome=("Công khai", "4 bình luận"))


@_page
def print_view() -> UnlikePage:
    s = replace(CONTEST, captions=(), author="")
    body = f"""<div><img src="logo.png"> Báo Mường Thín điện tử - http://bao.example.vn</div><hr><p><b style="font-size:18px">{s.title}</b>
    </p><p>Cập nhật: 13/03/2025 09:20</p><p><b>{s.lead}</b></p>{_p(s.paragraphs)}<hr><p>Nguồn: http://bao.example.vn/nha-nong.html</p>
    <p><a href="javascript:window.print()">In trang này</a> <a href="javascript:window.close()">Đóng cửa sổ</a></p>"""
    return UnlikePage("in.html", _html("Bản in", body), s, chrome=("Đóng cửa sổ",))


@_page
def related_box_in_the_middle() -> UnlikePage:
    s = replace(TEA, captions=())
    body = f"""<div class="k1">{MENU}</div><div class="k2"><h1>{s.title}</h1><div class="k3">05/12/2013 15:42</div>
    <p><b>{s.lead}</b></p>{_p(s.paragraphs[:2])}<div class="k9"><p><b>Tin khác</b></p>
    {_links('<p><a href="{n}">{t}</a></p>')}</div>{_p(s.paragraphs[2:])}<p style="text-align:right">{s.author}</p></div>{FOOT}"""
    return UnlikePage("a.html", _html(s.title, body), s, chrome=(OTHERS[0], "Tin khác"))


@_page
def same_category_in_the_middle() -> UnlikePage:
    s = replace(BRIDGE, captions=(), author="")
    body = f"""<h1>{s.title}</h1><p>30/04/2016 11:39</p><p>{s.lead}</p><p>{s.paragraphs[0]}</p><p><strong>Cùng chuyên mục</strong></p>
    <p><a href="/x">{OTHERS[2]}</a></p><p>{s.paragraphs[1]}</p><p><strong>Video</strong></p>
    <p><iframe src="https://www.facebook.com/plugins/video.php?href=x"></iframe></p>{_p(s.paragraphs[2:])}"""
    return UnlikePage("a.html", _html(s.title, body), s, chrome=(OTHERS[2],), reviewed=("facebook.com/plugins/video",))


@_page
def pictures_side_by_side() -> UnlikePage:
    s = CONTEST
    body = f"""<h1>{s.title}</h1><div>Đăng ngày 13/03/2025 - <b>Thanh Loan</b></div><p>{s.lead}</p>{_p(s.paragraphs[:2])}
    <table><tr><td><img src="a.jpg"></td><td><img src="b.jpg"></td></tr><tr><td>{s.captions[0]}</td><td>{s.captions[1]}</td></tr>
    </table>{_p(s.paragraphs[2:])}"""
    return UnlikePage("a.html", _html(f"{s.title} - Cổng thông tin huyện", body), s)


@_page
def caption_above() -> UnlikePage:
    s = CLINIC
    body = f"""<h2 class="tieude">{s.title}</h2><p class="ngay">22/10/2024 16:00</p><p><b>{s.lead}</b></p>{_p(s.paragraphs[:2])}
    <p style="text-align:center"><i>{s.captions[0]}:</i></p><p style="text-align:center"><img src="kho.jpg"></p>
    {_p(s.paragraphs[2:])}<p style="text-align:right"><b>{s.author}</b></p>"""
    told = replace(s, captions=(s.captions[0] + ":",))
    return UnlikePage("a.html", _html(s.title, body), told)


@_page
def photo_story() -> UnlikePage:
    captions = (
        "Gần 5 giờ sáng, sương còn dày, những gùi rau đầu tiên đã xuống chợ phiên Tả Sin.",
        "Bà Giàng Thị Mỷ bán rau cải mèo. Mỗi bó bà lấy 5.000 đồng.",
        "Góc bán gà luôn ồn ào nhất chợ.",
        "Tan chợ, mấy người bạn cũ còn ngồi lại bên bát thắng cố.",
    )
    s = Told(
        "Phiên chợ sớm Tả Sin", "Chợ họp từ lúc chưa rõ mặt người và tan khi nắng vừa lên.", (), captions, "Lê Lâm"
    )
    pictures = "".join(
        f'<p align="center"><img src="{n}.jpg"></p><p align="center">{t}</p>' for n, t in enumerate(captions)
    )
    body = f"""<h1>{s.title}</h1><p>30/04/2016 11:39</p><p><b>{s.lead}</b></p>{pictures}<p align="right"><b>Lê Lâm</b></p>"""
    return UnlikePage("a.html", _html(f"{s.title} - Báo ảnh", body), s)


@_page
def schedule() -> UnlikePage:
    s = replace(FLOOD, captions=(), author="", title="Lịch trực phòng chống thiên tai tuần 32")
    body = f"""<div class="title">{s.title}</div><div>(04/08/2023)</div><div>{_p(s.paragraphs[:2])}<table border=1><tr><th rowspan=2>
    Thời gian</th><th colspan=2>Người trực</th></tr><tr><th>Trưởng ca</th><th>Thành viên</th></tr><tr><td>7h30<br>Ngày 5/8</td><td>
    <p>Ông Lò Văn Páo</p><p>Bà Vàng Mỷ</p></td><td><ul><li>Tổ xe máy</li><li>Tổ thuyền</li></ul></td></tr><tr><td>19h00<br>Ngày 5/8
    </td><td>Ông Nông Thức</td><td><table><tr><td>Điện</td><td>2 người</td></tr><tr><td>Nước</td><td>3 người</td></tr></table></td>
    </tr></table>{_p(s.paragraphs[2:])}</div>"""
    told = replace(s, lead=s.paragraphs[0], paragraphs=s.paragraphs[1:])
    return UnlikePage(
        "a.html",
        _html("Chi tiết", body),
        told,
        more=("7h30 Ngày 5/8", "Ông Lò Văn Páo Bà Vàng Mỷ", "Tổ xe máy Tổ thuyền", "Điện 2 người", "Nước 3 người"),
    )


@_page
def amended_rule() -> UnlikePage:
    s = Told(
        "Sửa mức thu phí chợ từ 1/7",
        "Hội đồng nhân dân xã thông qua mức thu mới cho các hộ bán hàng ở chợ trung tâm.",
        (
            "Hộ có quầy cố định [tức là quầy có mái] nộp theo tháng, hộ khác nộp theo buổi.",
            "Đơn viết theo mẫu: tên <Họ và tên>, số quầy <số>, gửi về hộp thư #ChoTrungTam2027 trước ngày 20.",
        ),
    )
    body = f"""<h1>{s.title}</h1><p>30/04/2016 11:39</p><p>{s.lead}</p><p>Mức thu: <s>50.000 đồng</s> 30.000 đồng mỗi tháng.</p>
    {_p(s.paragraphs)}<p><span style="text-decoration: line-through">Phí gửi xe</span></p>"""
    return UnlikePage("a.html", _html(s.title, body), s, more=("50.000 đồng 30.000 đồng mỗi tháng", "Phí gửi xe"))


@_page
def embedded_things() -> UnlikePage:
    s = replace(NOTICE, paragraphs=(*NOTICE.paragraphs, "Sơ đồ đường tới hội trường mới và băng ghi hình ở dưới đây."))
    body = f"""<h1>{s.title}</h1><p>8/6/2022</p><p>{s.lead}</p>{_p(s.paragraphs)}
    <iframe src="https://www.google.com/maps/embed?pb=1"></iframe><video controls><source src="/media/boc-tham.mp4"></video>
    <audio src="/media/loa.mp3"></audio><object data="/files/danh-sach.pdf" type="application/pdf">Trình duyệt không đọc được.</object>
    <iframe src="https://docs.google.com/viewer?url=http://x.gov.vn/mau.doc&embedded=true"></iframe>
    <embed src="/files/phu-luc.pdf">"""
    marks = ("google.com/maps", "boc-tham.mp4", "loa.mp3", "danh-sach.pdf", "docs.google.com", "phu-luc.pdf")
    return UnlikePage("a.html", _html(s.title, body), s, reviewed=marks)


@_page
def not_found() -> UnlikePage:
    body = f"""<div>{MENU}</div><h1>404 - Không tìm thấy trang</h1><p>Trang bạn yêu cầu không tồn tại hoặc đã được chuyển đi nơi khác.
    Vui lòng kiểm tra lại đường dẫn hoặc quay về trang chủ.</p>{FOOT}"""
    return UnlikePage("a.html", _html("404 Not Found", body), NOTICE, is_article=False)


@_page
def login() -> UnlikePage:
    body = f"""<div>{MENU}</div><div class="box"><h1>Đăng nhập hệ thống</h1><p>Bạn cần đăng nhập bằng tài khoản công vụ để xem nội dung
    này. Nếu quên mật khẩu, hãy liên hệ quản trị viên của đơn vị.</p><form><input name="u"><input type="password"><button>Vào</button></form>
    </div>{FOOT}"""
    return UnlikePage("a.html", _html("Đăng nhập", body), NOTICE, is_article=False)


@_page
def error_page() -> UnlikePage:
    body = """<span><h1>Server Error in '/' Application.<hr width=100% size=1></h1><h2><i>Runtime Error</i></h2></span><b>Description:</b>
    An application error occurred on the server. The current custom error settings for this application prevent the details of the
    application error from being viewed remotely (for security reasons). It could, however, be viewed by browsers running on the local server machine."""
    return UnlikePage("a.aspx", _html("Runtime Error", body), NOTICE, is_article=False)


@_page
def two_sentences() -> UnlikePage:
    s = NOTICE
    body = f"""<div class="menu">{MENU}</div><div class="noi"><h2>{s.title}</h2><span>08/06/2022</span><div>{s.lead} {s.paragraphs[0]}
    </div></div>{FOOT}"""
    told = replace(s, lead="", paragraphs=(s.lead, *s.paragraphs))
    return UnlikePage("a.html", _html("Thông báo", body), told, chrome=("Chịu trách nhiệm",))


@_page
def clock_of_the_visit() -> UnlikePage:
    s = replace(CATTLE, captions=(), author="")
    body = f"""<div><span>Thứ tư, 25/11/2026 14:05</span> {MENU}</div><div><div><b><span style="font-size:20px">{s.title}</span></b></div>
    <div><p>{s.lead}</p>{_p(s.paragraphs)}</div></div><div>Hôm nay là thứ tư ngày 25 tháng 11 năm 2026</div>{FOOT}"""
    return UnlikePage("a.html", _html("Cổng thông tin điện tử huyện Pa Khôm", body), s, has_date=False)


# --- copied as text ---------------------------------------------------------------------------------------------------


def _text(*lines: str) -> str:
    return "\n\n".join(lines) + "\n"


@_page
def names_in_capitals() -> UnlikePage:
    s = replace(BRIDGE, author="MINH HẠNH - QUỐC BẢO")
    lines = (
        "Trang chủ",
        "Đời sống",
        s.title,
        "MINH HẠNH - QUỐC BẢO 30/04/2016 11:39",
        "Chia sẻ",
        s.lead,
        s.captions[0],
    )
    text = _text(*lines, *s.paragraphs[:3], s.captions[1], *s.paragraphs[3:], "Tin liên quan", *OTHERS)
    return UnlikePage("a.txt", text, s, chrome=(OTHERS[0],))


@_page
def views_and_sent() -> UnlikePage:
    s = replace(TEA, captions=(), author="")
    lines = (s.title, "Lượt xem: 7370 | Gửi lúc: 05/12/2013 15:42:27", s.lead, *s.paragraphs)
    return UnlikePage(
        "a.txt",
        _text("Trang chủ » Nông nghiệp", *lines, "In bài viết", "Các tin khác", *OTHERS),
        s,
        chrome=(OTHERS[0], "7370"),
    )


@_page
def posted_and_views() -> UnlikePage:
    s = replace(LIBRARY, captions=())
    lines = (
        "image banner",
        "BẢN ĐỒ HÀNH CHÍNH",
        s.title,
        "Tin đăng ngày: 6/2/2020 - Xem: 92",
        s.lead,
        *s.paragraphs,
        "Hà Vi",
    )
    return UnlikePage("a.txt", _text(*lines), s, chrome=("image banner", "BẢN ĐỒ", "Xem: 92"))


@_page
def posted_on() -> UnlikePage:
    s = replace(CONTEST, captions=(), author="")
    lines = (s.title, "Posted on: March 13, 2025 09:20", s.lead, *s.paragraphs, "Tweet", "Về đầu trang")
    return UnlikePage("a.txt", _text(*lines), s, chrome=("Tweet",))


@_page
def name_at_time() -> UnlikePage:
    s = replace(CATTLE, captions=())
    lines = ("Tin thú y", s.title, "Đinh Lâm @ 10:26 12/05/2011", s.lead, *s.paragraphs, "Bình luận (0)")
    return UnlikePage("a.txt", _text(*lines), s, chrome=("Bình luận",))


@_page
def section_name_time() -> UnlikePage:
    s = replace(
        TEA,
        title="Làm gì để những gốc chè trăm tuổi ở Suối Lềnh qua được mùa sương muối năm sau?",
        captions=(),
    )
    lines = ("ĐỜI SỐNG - Quốc Bảo - 15:42 05/12/2013", s.title, s.lead, *s.paragraphs)
    return UnlikePage("a.txt", _text(*lines), s)


@_page
def photo_lines_without_pictures() -> UnlikePage:
    s = replace(FLOOD, captions=())
    lines = (
        s.title,
        "04/08/2023 10:30",
        s.lead,
        s.paragraphs[0],
        "ho-ban-chat.jpg",
        f"{FLOOD.captions[0]}. Ảnh: Hà Phong",
    )
    text = _text(*lines, *s.paragraphs[1:], "PV")
    return UnlikePage(
        "a.txt", text, replace(s, captions=(f"{FLOOD.captions[0]}. Ảnh: Hà Phong",)), chrome=("ho-ban-chat",)
    )
