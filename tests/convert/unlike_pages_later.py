# ruff: noqa: E501
"""A second set of pages laid out by hand, written after the rules had been adapted to unlike_pages.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from .unlike_pages import FOOT, MENU, OTHERS, UnlikePage, _html, _links, _p, _text
from .unlike_stories import BRIDGE, CANAL, CATTLE, CLINIC, CONTEST, FLOOD, LIBRARY, NOTICE, TEA, Told

PAGES: dict[str, Callable[[], UnlikePage]] = {}


def _page(make: Callable[[], UnlikePage]) -> Callable[[], UnlikePage]:
    PAGES[make.__name__] = make
    return make


INTERVIEW = Told(
    "“Muốn giữ rừng thì người giữ phải sống được bằng rừng”",
    "Ông Tẩn Láo Tả đã hai mươi năm làm tổ trưởng tổ bảo vệ rừng ở bản Sàng Ma Sáo.",
    (
        "Thưa ông, tổ có mấy người và mỗi tháng đi tuần mấy lần?",
        "Tổ có mười một người, chia ba nhóm. Mùa khô đi tuần bốn lần mỗi tháng, mùa mưa thì hai lần.",
        "Điều khó nhất của việc này là gì?",
        "Là nói với chính anh em họ hàng mình. Người lạ chặt cây thì báo kiểm lâm, còn người nhà thì phải ngồi với nhau cả đêm.",
        "Ông mong gì ở năm tới?",
        "Tiền chi trả dịch vụ môi trường rừng đến sớm hơn một chút, trước Tết thì tốt.",
    ),
    ("Ông Tẩn Láo Tả giữa rừng già",),
    "Sùng Chớ",
    datetime(2021, 11, 2, 7, 45),
)
DECISION = Told(
    "Công bố danh mục thủ tục hành chính lĩnh vực đất đai",
    "Chủ tịch Ủy ban nhân dân tỉnh vừa ký quyết định công bố 12 thủ tục mới và bãi bỏ 5 thủ tục trong lĩnh vực đất đai.",
    (
        "Các thủ tục có hiệu lực từ ngày 1/10, áp dụng ở cả ba cấp.",
        "Mẫu đơn được đăng kèm theo bài này, người dân có thể tải về điền sẵn.",
    ),
    (),
    "",
    datetime(2024, 9, 25, 14, 10),
)
MARKET = Told(
    "Xăng dầu, gạo, thịt lợn: giá nào tăng trong tháng Bảy?",
    "Chỉ số giá tiêu dùng của tỉnh tháng này tăng 0,29% so với tháng trước, theo Cục Thống kê.",
    (
        "Nhóm giao thông tăng mạnh nhất vì giá xăng điều chỉnh hai lần.",
        "Gạo tẻ thường giữ ở mức 16.500 đồng một cân; gạo nếp nương nhích lên vì hết vụ.",
        "Thịt lợn hơi giảm nhẹ, người nuôi nhỏ lẻ cho biết họ hòa vốn.",
        "Cục Thống kê dự báo tháng Tám giá sách vở sẽ tăng như mọi năm.",
    ),
    ("Quầy gạo ở chợ trung tâm", "Chị Lý bán thịt ở chợ Đồng Tâm cho biết khách vẫn mua đều"),
    "Phương Mai",
    datetime(2019, 7, 30, 18, 5),
)


@_page
def umbraco() -> UnlikePage:
    s = MARKET
    body = f"""<div class="umb-top">{MENU}</div><section class="page-body"><div class="row"><div class="col-md-8"><h1>{s.title}</h1>
    <div class="meta"><i class="fa fa-clock-o"></i> 30/07/2019 18:05 <i class="fa fa-eye"></i> 1203</div><p class="lead">{s.lead}</p>
    <div class="rte">{_p(s.paragraphs[:1])}<p class="img-center"><img src="/media/1001/gao.jpg" alt=""></p><p class="img-note">{s.captions[0]}</p>
    {_p(s.paragraphs[1:3])}<p class="img-center"><img src="/media/1001/lon.jpg" alt=""></p><p class="img-note">{s.captions[1]}</p>{_p(s.paragraphs[3:])}
    <p class="text-right"><strong>Phương Mai</strong></p></div><div class="tags"><span>Từ khóa:</span> <a href="/t/1">giá cả</a> <a href="/t/2">CPI</a></div></div>
    <div class="col-md-4"><h4>Đọc nhiều trong tuần</h4><div><a href="/x"><img src="x.jpg"></a><h5><a href="/x">{OTHERS[0]}</a></h5></div></div></div></section>{FOOT}"""
    return UnlikePage("a.html", _html(f"{s.title} - Báo tỉnh", body), s, chrome=(OTHERS[0], "1203", "Chịu trách nhiệm"))


@_page
def tien_phong() -> UnlikePage:
    s = BRIDGE
    body = f"""<div class="site-header">{MENU}</div><div class="article"><div class="article__header"><h1 class="article__title cms-title">{s.title}</h1>
    <div class="article__meta"><time class="time" datetime="2016-04-30T11:39:00+0700">30/04/2016 | 11:39</time> <div class="article__social"><a>Facebook</a> <a>Zalo</a></div></div></div>
    <div class="article__sapo cms-desc"><div class="ExternalClass"><strong>TPO</strong> - {s.lead}</div></div><div class="article__body cms-body">
    <table class="picture" align="center"><tbody><tr><td class="pic"><img src="a.jpg" class="cms-photo" data-photo-original-src=""></td></tr><tr><td class="caption"><p>{s.captions[0]}</p></td></tr></tbody></table>
    {_p(s.paragraphs[:3])}<div class="article__related cms-relate"><a class="cms-link" href="/k" title="x">{OTHERS[1]}</a></div>
    <table class="picture"><tr><td class="pic"><img src="b.jpg" class="cms-photo"></td></tr><tr><td class="caption"><p>{s.captions[1]}</p></td></tr></table>{_p(s.paragraphs[3:])}</div>
    <div class="article__author"><span class="name cms-author">Minh Hạnh</span></div></div>"""
    told = replace(s, lead=f"TPO - {s.lead}")
    return UnlikePage("a.html", _html(f"{s.title} | Báo trẻ", body), told, chrome=(OTHERS[1], "Zalo"))


@_page
def bao_chinh_phu() -> UnlikePage:
    s = FLOOD
    body = f"""<div class="detail-wrap"><div class="detail-breadcrumb"><a href="/">Trang chủ</a> <a href="/x">Xã hội</a></div><h1 class="detail-title">{s.title}</h1>
    <div class="detail-time"><span>04/08/2023</span> <span>10:30</span></div><h2 class="detail-sapo">(Vanson.vn) - {s.lead}</h2><div class="detail-content clearfix">
    <div class="VCSortableInPreviewMode" type="Photo"><div><img src="ho.jpg" alt="{s.title} - Ảnh 1."></div><div class="PhotoCMS_Caption"><p>{s.captions[0]}</p></div></div>
    {_p(s.paragraphs)}<p style="text-align:right"><b>PV</b></p></div><div class="detail-relation"><div class="title-relation">Tham khảo thêm</div>
    <div class="item"><a href="/1" title="x">{OTHERS[2]}</a><p>(Vanson.vn) - Mưa đá rơi trong mười phút chiều qua làm hỏng mái của mười hai nhà.</p></div></div></div>"""
    return UnlikePage(
        "a.html", _html(s.title, body), replace(s, lead=f"(Vanson.vn) - {s.lead}"), chrome=(OTHERS[2], "mười hai nhà")
    )


@_page
def squarespace() -> UnlikePage:
    s = LIBRARY
    body = f"""<header><a href="/">Chuyện bản</a></header><main><article class="entry h-entry"><div class="blog-meta"><time class="dt-published" datetime="2020-02-06">Feb 6</time>
    <span>Written by <a href="/?author=1">Hà Vi</a></span></div><h1 class="entry-title p-name">{s.title}</h1><div class="e-content"><div class="sqs-layout"><div class="sqs-block html-block"><div class="sqs-block-content">
    <p class="preFade">{s.lead}</p>{_p(s.paragraphs[:2], '<p class="preFade">{}</p>')}</div></div><div class="sqs-block image-block"><figure><div class="intrinsic"><img data-src="https://x.example/i.jpg" alt=""></div>
    <figcaption class="image-caption-wrapper"><div class="image-caption"><p>{s.captions[0]}</p></div></figcaption></figure></div><div class="sqs-block html-block"><div class="sqs-block-content">{_p(s.paragraphs[2:])}</div></div></div></div>
    </article><section class="item-pagination"><a href="/p"><div>Previous</div><h2>{OTHERS[0]}</h2></a></section></main>"""
    return UnlikePage("a.html", _html(f"{s.title} — Chuyện bản", body), s, chrome=(OTHERS[0], "Previous"))


@_page
def firefox_reader() -> UnlikePage:
    s = INTERVIEW
    body = f"""<div class="container"><div class="header reader-header"><a class="domain reader-domain" href="https://bao.example.vn/x">bao.example.vn</a><h1 class="reader-title">{s.title}</h1>
    <div class="credits reader-credits">Sùng Chớ</div><div class="meta-data"><div class="reader-estimated-time">2 minutes</div></div></div><div class="content"><div class="moz-reader-content"><div id="readability-page-1" class="page">
    <p><strong>{s.lead}</strong></p><figure><img src="r.jpg"><figcaption>{s.captions[0]}</figcaption></figure>{"".join(f"<p><b>{t}</b></p>" if n % 2 == 0 else f"<p>{t}</p>" for n, t in enumerate(s.paragraphs))}</div></div></div></div>"""
    return UnlikePage("a.html", _html(s.title, body), s, has_date=False, chrome=("2 minutes",))


@_page
def chrome_complete() -> UnlikePage:
    s = CLINIC
    body = f"""<div id="fb-root"></div><div class="top">{MENU}</div><table class="main"><tr><td class="left"><ul><li>Giới thiệu</li><li>Tổ chức bộ máy</li></ul></td><td class="center"><div class="NewsTitle">{s.title}</div>
    <div class="NewsDate">Cập nhật ngày: 22/10/2024 16:00</div><div class="NewsBrief">{s.lead}</div><div class="NewsContent"><p align="center"><img src="./Giam sat_files/kho thuoc.jpg"><br><em>{s.captions[0]}</em></p>{_p(s.paragraphs)}</div>
    <div class="NewsAuthor">Bích Ngọc</div><div class="NewsOther"><div>Các tin cũ hơn:</div><ul>{_links()}</ul></div></td></tr></table><iframe src="./Giam sat_files/like.html" width="0" height="0"></iframe>"""
    html = _html("HĐND huyện - Tin tức", body).replace(
        "<!DOCTYPE html>", "<!DOCTYPE html>\n<!-- saved from url=(0031)http://hdnd.example.gov.vn/tin/9 -->"
    )
    return UnlikePage("Giam sat.html", html, s, chrome=(OTHERS[3], "Tổ chức bộ máy"))


@_page
def pdf_to_html() -> UnlikePage:
    s = replace(CATTLE, captions=(), author="")
    lines = [s.title, "Ngày đăng: 12/05/2011", s.lead, *s.paragraphs]
    cut = [part for line in lines for part in (line[:70].rsplit(" ", 1) if len(line) > 75 else [line])]
    del cut
    rows = "".join(
        f'<p style="position:absolute;top:{90 + 24 * n}px;left:85px;white-space:nowrap" class="ft1{n % 2}">{line}</p>'
        for n, line in enumerate(lines)
    )
    body = f"""<div id="page1-div" style="position:relative;width:892px;height:1262px;"><img width="892" height="1262" src="x001.png" alt="background image">{rows}</div>"""
    return UnlikePage("x.html", _html("x", body), s)


@_page
def portal_2012() -> UnlikePage:
    s = CONTEST
    body = f"""<div class="khung"><div class="duongdan">Trang chủ &gt;&gt; Tin tức &gt;&gt; Nông nghiệp</div><div class="tieudechitiet">{s.title}</div><div class="ngaytin">(Cập nhật: 13/03/2025 09:20)</div>
    <div class="tomtattin">{s.lead}</div><div class="noidungchitiet"><div>{s.paragraphs[0]}</div><div style="text-align:center"><img src="a.jpg"></div><div style="text-align:center">{s.captions[0]}</div>
    <div>{s.paragraphs[1]}</div><div>{s.paragraphs[2]}</div><div style="text-align:center"><img src="b.jpg"></div><div style="text-align:center">{s.captions[1]}</div><div>{s.paragraphs[3]}</div>
    <div style="text-align:right;font-weight:bold">Thanh Loan</div></div><div class="tinkhac"><div>Các tin đã đưa ngày:</div>{_links('<div>- <a href="{n}">{t}</a></div>')}</div></div>{FOOT}"""
    return UnlikePage(
        "a.aspx", _html("Trang thông tin điện tử huyện Mường Thín", body), s, chrome=(OTHERS[1], "Chịu trách nhiệm")
    )


@_page
def tables_2004() -> UnlikePage:
    s = TEA
    body = f"""<table width=780 align=center><tr><td colspan=3 background=bg.gif><img src=logo.gif></td></tr><tr><td width=140 valign=top><table><tr><td><a href=1>Tin trong tỉnh</a></td></tr><tr><td><a href=2>Kinh tế</a></td></tr></table></td>
    <td valign=top><table width=100%><tr><td class=tdtitle><b>{s.title}</b></td></tr><tr><td class=tddate><i>05/12/2013 15:42</i></td></tr><tr><td><table align=left width=1><tr><td><img src=bup.jpg width=180></td></tr><tr><td align=center><font size=1>{s.captions[0]}</font></td></tr></table>
    <b>{s.lead}</b></td></tr><tr><td><p>{s.paragraphs[0]}<p>{s.paragraphs[1]}<p>{s.paragraphs[2]}<table align=center><tr><td><img src=bat.jpg></td></tr><tr><td align=center><font size=1>{s.captions[1]}</font></td></tr></table><p>{s.paragraphs[3]}<p>{s.paragraphs[4]}<p align=right><b>{s.author}</b></td></tr></table></td>
    <td width=150 valign=top><font size=2><b>Giới thiệu</b><p>Suối Lềnh là vùng chè cổ thụ lâu đời nhất của tỉnh.</font><p><a href=9>Xem tiếp</a></td></tr></table>"""
    return UnlikePage("a.htm", _html("Báo Suối Lềnh", body), s)


@_page
def document_page() -> UnlikePage:
    s = DECISION
    body = f"""<h1>{s.title}</h1><p>25/09/2024 14:10</p><p>{s.lead}</p>{_p(s.paragraphs)}<table border=1><tr><td>Số hiệu</td><td>1207/QĐ-UBND</td></tr><tr><td>Trích yếu</td><td>Công bố danh mục</td></tr></table>
    <p><a href="/uploads/mau don.docx">Mẫu đơn số 01</a></p><iframe src="/uploads/qd1207.pdf" width="100%" height="600"></iframe>"""
    return UnlikePage(
        "a.html",
        _html(s.title, body),
        s,
        more=("Số hiệu 1207/QĐ-UBND", "Mẫu đơn số 01"),
        reviewed=("qd1207.pdf", "mau don.docx"),
    )


@_page
def comments_below() -> UnlikePage:
    s = replace(LIBRARY, captions=())
    body = f"""<div class="p"><h1>{s.title}</h1><p>06/02/2020 | Hà Vi</p><p>{s.lead}</p>{_p(s.paragraphs)}</div><div class="q"><h3>Bình luận (2)</h3><div><b>Lan</b> <span>07/02/2020</span>
    <p>Đọc xong thấy thương bà Seo quá, tôi xin gửi tặng tủ sách hai mươi cuốn truyện.</p></div><div><b>Hùng</b><p>Bản tôi cũng muốn có một tủ sách như thế này.</p></div></div>"""
    return UnlikePage("a.html", _html(s.title, body), s, chrome=("gửi tặng tủ sách", "Bản tôi cũng muốn"))


@_page
def sidebar_without_classes() -> UnlikePage:
    s = replace(FLOOD, captions=(), author="")
    body = f"""<div>{MENU}</div><div style="float:left;width:70%"><h2>{s.title}</h2><p><i>Đăng lúc: 10:30 - 04/08/2023</i></p><p><b>{s.lead}</b></p>{_p(s.paragraphs)}</div><div style="float:right;width:28%">
    <div><b>TIN NỔI BẬT</b></div><div><a href="/1"><img src="1.jpg"></a><div><a href="/1">{OTHERS[0]}</a></div><div>Hai mươi con bò giống được trao cho các hộ nghèo của xã.</div></div>
    <div><a href="/2"><img src="2.jpg"></a><div><a href="/2">{OTHERS[1]}</a></div><div>Lãnh đạo huyện tiếp dân vào ngày mồng mười hằng tháng.</div></div></div>{FOOT}"""
    return UnlikePage("a.html", _html(s.title, body), s, chrome=("Hai mươi con bò", "ngày mồng mười"))


@_page
def english_news() -> UnlikePage:
    s = Told(
        "Suspension bridge opens in Nam Cuoi commune",
        "Residents of three villages no longer need rafts in the flood season after a 96-metre bridge opened on Friday.",
        (
            "The bridge carries motorbikes and carts, with load signs at both ends.",
            "Pupils of Huoi Luot school missed 19 days of class last year because of high water.",
        ),
        ("The Nam Cuoi bridge on its opening day",),
        "Minh Hanh",
        datetime(2016, 4, 30),
    )
    body = f"""<nav>{MENU}</nav><article><h1>{s.title}</h1><p class="byline">By Minh Hanh | April 30, 2016</p><p>{s.lead}</p><figure><img src="b.jpg"><figcaption>{s.captions[0]}</figcaption></figure>{_p(s.paragraphs)}</article><footer>Copyright 2016. All rights reserved by the district.</footer>"""
    html = _html(f"{s.title} | District portal", body).replace('lang="vi"', 'lang="en"')
    return UnlikePage("a.html", html, s, chrome=("All rights",))


@_page
def zalo_article() -> UnlikePage:
    s = replace(CATTLE, author="")
    body = f"""<div class="wrapper"><div class="oa-name">Thú y huyện Pa Khôm</div><div class="article-title">{s.title}</div><div class="info"><span>10:26 12/05/2011</span><span> · </span><span>1,2K lượt xem</span></div><div class="desc">{s.lead}</div>
    <div class="body"><div class="img"><img src="c.jpg"></div><div class="img-desc">{s.captions[0]}</div>{_p(s.paragraphs, "<div>{}</div>")}</div><button>Quan tâm</button><div class="more"><div>Bài viết khác</div>{_links('<div><a href="{n}">{t}</a></div>')}</div></div>"""
    return UnlikePage("a.html", _html("Zalo", body), s, chrome=("Quan tâm", OTHERS[1], "1,2K"))


@_page
def caption_twice_and_photo_credit() -> UnlikePage:
    s = replace(CLINIC, captions=(f"{CLINIC.captions[0]}. Ảnh: B.N",))
    body = f"""<h1>{s.title}</h1><div class="d">Thứ Ba, ngày 22/10/2024 - 16:00</div><p><strong>{s.lead}</strong></p>{_p(s.paragraphs[:2])}<figure class="image"><img src="k.jpg" alt="{s.captions[0]}"><figcaption>{s.captions[0]}</figcaption></figure>
    <p style="text-align:center"><em>{s.captions[0]}</em></p>{_p(s.paragraphs[2:])}<p><strong>Bích Ngọc</strong></p>"""
    return UnlikePage("a.html", _html(s.title, body), s)


@_page
def empty_shell() -> UnlikePage:
    body = '<app-root></app-root><script>window.STATE={"title":"Cầu treo","body":"Người dân ba bản bên kia suối không còn phải đi bè mảng vào mùa lũ nữa"}</script>'
    return UnlikePage("a.html", _html("Cổng", body), NOTICE, is_article=False)


@_page
def forbidden() -> UnlikePage:
    body = "<h1>403 Forbidden</h1><p>You don't have permission to access /tin/chi-tiet on this server, please contact the administrator.</p><hr><address>Apache Server at x.gov.vn Port 80</address>"
    return UnlikePage("a.html", _html("403 Forbidden", body), NOTICE, is_article=False)


@_page
def gone() -> UnlikePage:
    body = f"<div>{MENU}</div><div class='thongbao'><h2>Thông báo</h2><p>Bài viết không tồn tại hoặc đã bị gỡ bỏ khỏi hệ thống của chúng tôi. Mời bạn xem các tin khác.</p></div>{FOOT}"
    return UnlikePage("a.html", _html("Thông báo", body), NOTICE, is_article=False)


# --- copied as text ---------------------------------------------------------------------------------------------------


@_page
def typed_in_word() -> UnlikePage:
    s = replace(CANAL, title=CANAL.title.upper(), captions=(), author="Ban Văn hóa xã")
    lines = (
        s.title,
        "(Ngày đăng: 13/03/2019)",
        s.lead,
        *s.paragraphs,
        "Nguồn: Đài truyền thanh xã",
        "Tin, ảnh: Ban Văn hóa xã",
    )
    return UnlikePage("a.txt", _text(*lines), s)


@_page
def copied_with_menu_and_sidebar() -> UnlikePage:
    s = replace(MARKET, captions=())
    lines = (
        "Trang chủ\tGiới thiệu\tTin tức\tVăn bản",
        "Thứ ba, 30/07/2019",
        "Kinh tế",
        s.title,
        "18:05 30/07/2019 - Phương Mai",
        "A- A A+",
        s.lead,
        *s.paragraphs,
    )
    tail = (
        "Từ khóa: giá cả, CPI",
        "Xem nhiều",
        *OTHERS,
        "Cổng thông tin điện tử tỉnh Vân Sơn",
        "Địa chỉ: Số 1 đường Hoa Đào. Điện thoại: 0213 000 000.",
    )
    return UnlikePage("a.txt", _text(*lines, *tail), s, chrome=(OTHERS[0], "Điện thoại", "A- A"))


@_page
def copied_interview() -> UnlikePage:
    s = replace(INTERVIEW, captions=())
    lines = (s.title, "02/11/2021 07:45 GMT+7", s.lead, *s.paragraphs, "SÙNG CHỚ thực hiện")
    return UnlikePage("a.txt", _text(*lines), replace(s, author=""), more=())


@_page
def copied_from_phone() -> UnlikePage:
    s = replace(BRIDGE, captions=(), author="")
    lines = (
        "bao.example.vn",
        "☰",
        s.title,
        "Cập nhật lúc: 11:39, Thứ bảy, 30/04/2016 (GMT+7)",
        "Theo dõi Báo trên Google News",
        s.lead,
        *s.paragraphs,
        "Chia sẻ",
        "Bình luận (3)",
        "Tin cùng chuyên mục",
        *OTHERS,
    )
    return UnlikePage("a.txt", _text(*lines), s, chrome=(OTHERS[2], "☰"))


@_page
def copied_in_one_piece() -> UnlikePage:
    s = replace(TEA, captions=(), author="Quốc Bảo")
    text = "\n".join((s.title, "Quốc Bảo | 05/12/2013 | 15:42", s.lead, *s.paragraphs)) + "\n"
    return UnlikePage("a.txt", text, s)
