"""What speaks against the date that was chosen for an article."""

from __future__ import annotations

import pytest

from plugins.convert.article import article_of
from plugins.convert.saved_page import from_html

PROSE = "Con đường dài ba cây số nối hai bản đã được rải đá xong trong tuần này, xe tải đi lại được."


@pytest.mark.parametrize(
    ("above", "byline", "below", "told"),
    [
        ("", "12/03/2019", "", ""),
        ("", "12/03/2019 15/03/2019", "", "2019-03-15"),
        ("", "Vừ Mai | 12/03/2019", "Lê Dũng | 15/03/2019", "2019-03-15"),  # a reader's comment
        ("", "Ngày đăng: 12/03/2019", "Lê Dũng | 15/03/2019", ""),  # a label says which
        ("", "12/03/2019", "Ngày cập nhật: 15/03/2019", ""),
        ("", "12/03/2019, sửa lần cuối 15/03/2019", "", ""),
        ("Thứ Hai, 15/03/2021", "12/03/2019", "", ""),  # the clock of the page
    ],
)
def test_another_date_near_the_article_is_told(above: str, byline: str, below: str, told: str) -> None:
    page = from_html(
        f"<p>{above}</p><h1>Rải đá xong đường Nậm Ngà</h1><p class=date>{byline}</p><div><p>{PROSE}</p><p>{PROSE} Hai."
        f"</p></div><p class=date>{below}</p>"
    )
    article = article_of(page)
    assert article is not None and str(article.date) == "2019-03-12"
    notes = [note for note in article.review if note.startswith("Ngày đăng: đã lấy")]
    assert bool(notes) == bool(told) and all(told in note for note in notes)
