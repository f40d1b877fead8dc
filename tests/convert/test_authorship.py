"""Whom an article is by, where lines, markup and metadata of a page differ: one hint that nothing confirms is told."""

from __future__ import annotations

import pytest

from plugins.convert.article import article_of
from plugins.convert.dates import machine
from plugins.convert.saved_page import from_html

PROSE = "Con đường dài ba cây số nối hai bản đã được rải đá xong trong tuần này, xe tải đi lại được."
PEOPLE = '<script type="application/ld+json">{"@type": "NewsArticle", "author": [%s]}</script>'


def page(byline: str = "", head: str = "", end: str = "", menu: str = "") -> str:
    return (
        f"<title>Rải đá xong đường Nậm Ngà</title>{head}<ul><li><a href=/1>{menu or 'Tin'}</a></ul>"
        f"<h1>Rải đá xong đường Nậm Ngà</h1>{byline}<div><p>{PROSE}</p><p>{PROSE} Hai.</p>{end}</div>"
    )


def meta(name: str) -> str:
    return f'<meta name="author" content="{name}">'


@pytest.mark.parametrize(
    ("html", "author", "told"),
    [
        # two places agree: neither the form of a name nor a label is needed, and words around it are no part of it
        (page('<p class="byline">Verfasst von <a>vanson_tin</a></p>', meta("vanson_tin")), "vanson_tin", ""),
        (page("<ul class=author><li>Bởi</li><li>Vừ Mai</li><li>19.10.2019</li></ul>", meta("Vừ Mai")), "Vừ Mai", ""),
        (page("<p>Vừ Mai, Lê Dũng</p>", PEOPLE % '{"name": "Vừ Mai"}, {"name": "Lê Dũng"}'), "Vừ Mai, Lê Dũng", ""),
        # the form of a name that is nothing else on the page
        (page("<p>Vừ Mai | 12/03/2019</p>"), "Vừ Mai", ""),
        (page(end="<p>PV</p>"), "PV", ""),
        (page("<p>Kinh Tế | 12/03/2019</p>", menu="Kinh Tế"), "Kinh Tế", "chỗ thường ghi tác giả"),
        (page("<p>Nậm Ngà | 12/03/2019</p>"), "Nậm Ngà", "chỗ thường ghi tác giả"),
        (page("<p>Thema | 12/03/2019</p>"), "Thema", "chỗ thường ghi tác giả"),
        (page("<p>Letzte Meldung | 12/03/2019</p>"), "Letzte Meldung", "chỗ thường ghi tác giả"),
        # one hint alone
        (page("<p class=author>Dũng</p>"), "Dũng", "mã của trang gốc"),
        (page(head=meta("Vừ Mai")), "Vừ Mai", "siêu dữ liệu"),
        (page("<p class=author>vanson_tin</p>"), "", "vanson_tin"),
        (page(head=meta("vanson_tin")), "", "vanson_tin"),
        # the site is no author
        (page(head=meta("Báo Vân Sơn") + '<meta property="og:site_name" content="Báo Vân Sơn">'), "", ""),
        (page(head=meta("Vân Sơn Mới") + '<link rel="canonical" href="https://vansonmoi.vn/1">'), "", ""),
        (page(head=meta("https://facebook.com/vanson")), "", ""),
        (page(menu="Tin</a></ul><h1>NHỊP SỐNG VÙNG CAO</h1><ul><a>"), "", ""),
        # neither are those who comment
        (page(end="</div><ul><li id=comment-1><b class=author>Lò Páo</b><p>Hay quá.</p></li></ul><div>"), "", ""),
    ],
)
def test_an_author_with_one_hint_is_told_and_one_with_two_is_not(html: str, author: str, told: str) -> None:
    article = article_of(from_html(html))
    assert article is not None
    notes = [note for note in article.doubts if note.startswith("Tác giả")]
    assert (article.author, bool(notes)) == (author, bool(told))
    assert told in "".join(notes)


def test_a_date_before_all_portals_is_none() -> None:
    assert machine("0001-01-01T00:00:00+00:00") is None
