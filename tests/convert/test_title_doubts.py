"""Headings that name the site, and titles that metadata has otherwise."""

from __future__ import annotations

import pytest

from plugins.convert.article import article_of
from plugins.convert.saved_page import from_html

PROSE = "Con đường dài ba cây số nối hai bản đã được rải đá xong trong tuần này, xe tải đi lại được."
TEXT = f"<p>12/03/2019</p><div><p>{PROSE}</p><p>{PROSE} Hai.</p></div>"
SITE = '<meta property="og:site_name" content="Mường Lò Xanh">'
HEADLINE = "Rải đá xong đường Nậm Ngà"


@pytest.mark.parametrize(
    ("html", "told"),
    [
        (f"<title>Mường Lò Xanh » {HEADLINE}</title><h1><a href=/>Mường Lò Xanh</a></h1><h2>{HEADLINE}</h2>", ""),
        (f'{SITE}<title>{HEADLINE} | Mường Lò Xanh</title><h1 class="title">Mường Lò Xanh</h1><h2>{HEADLINE}</h2>', ""),
        (f'<h1><a href="https://muonglo.vn/index.php">Mường Lò Xanh</a></h1><h2>{HEADLINE}</h2>', ""),
        (f'<meta property="og:title" content="{HEADLINE}"><h2 class=title>Tác giả: Vừ Mai</h2>', "tên cửa sổ"),
        (f'<meta property="og:title" content="Nghị lực của cô giáo Say"><h1>{HEADLINE}</h1>', "cô giáo Say"),
        (f'{SITE}<meta property="og:title" content="Mường Lò Xanh"><h1>{HEADLINE}</h1>', ""),
        (f'<meta property="og:title" content="{HEADLINE} sau ba năm chờ"><h1>{HEADLINE}</h1>', ""),
    ],
)
def test_the_headline_is_found_and_another_title_told(html: str, told: str) -> None:
    page = from_html(html + TEXT)
    article = article_of(page)
    assert article is not None and article.title == HEADLINE
    notes = "".join(note for note in [*page.notes, *article.doubts] if note.startswith("Tiêu đề"))
    assert bool(notes) == bool(told) and told in notes
