"""Links from an article to the one before and the one after."""

from __future__ import annotations

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from plugins.neighbors import neighbors


@given(st.integers(0, 30))
def test_the_links_lead_from_the_newest_article_to_the_oldest_and_back(count: int) -> None:
    articles = [SimpleNamespace(number=n) for n in range(count)]  # newest first
    around = neighbors(articles)
    assert [a.older for a in around] == [*articles[1:], None][:count]
    assert [a.newer for a in around] == [None, *articles[:-1]][:count]
