"""Dates, numbers and addresses as readers write them."""

from __future__ import annotations

from datetime import datetime

import pytest

from plugins.portal import filters


@pytest.mark.parametrize(
    ("moment", "vietnamese", "english"),
    [
        (datetime(2021, 4, 7), "07/4/2021", "7 April 2021"),
        (datetime(2026, 1, 2), "02/01/2026", "2 January 2026"),
        (datetime(2026, 2, 28), "28/02/2026", "28 February 2026"),
        (datetime(2026, 12, 31), "31/12/2026", "31 December 2026"),
        (datetime(2020, 6, 30, 23, 59), "30/6/2020", "30 June 2020"),
    ],
)
def test_dates_follow_the_decree_in_vietnamese(moment: datetime, vietnamese: str, english: str) -> None:
    assert filters.date(moment, "vi") == vietnamese
    assert filters.date(moment, "en") == english


def test_a_time_of_day_is_given_only_where_the_article_has_one() -> None:
    assert filters.machine_date(datetime(2026, 11, 20)) == "2026-11-20"
    assert filters.machine_date(datetime(2026, 11, 20, 8, 30)) == "2026-11-20T08:30"
    assert not filters.has_time(datetime(2026, 11, 20))
    assert filters.has_time(datetime(2026, 11, 20, 0, 5))


def test_months_and_thousands_are_written_in_the_language() -> None:
    assert (filters.month(4, 2021, "vi"), filters.month(4, 2021, "en")) == ("Tháng 4/2021", "April 2021")
    assert (filters.thousands(61296415, "vi"), filters.thousands(61296415, "en")) == ("61.296.415", "61,296,415")
    assert filters.thousands(999, "vi") == "999"


def test_a_source_is_named_by_its_host() -> None:
    assert filters.host("https://www.langson.gov.vn/tin?x=1") == "langson.gov.vn"


def test_addresses_begin_at_the_root_and_are_encoded() -> None:
    assert filters.path("bai-viet/a/") == "/bai-viet/a/"
    assert filters.path("") == "/"
    assert filters.path('tệp "1".pdf') == "/t%E1%BB%87p%20%221%22.pdf"
