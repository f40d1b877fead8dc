"""Times of day and addresses as readers see them; for dates and numbers see tests/languages."""

from __future__ import annotations

from datetime import datetime

from plugins.portal import filters
from plugins.portal.view import hostname


def test_a_time_of_day_is_shown_only_if_the_article_has_one() -> None:
    assert filters.machine_date(datetime(2026, 11, 20)) == "2026-11-20"
    assert filters.machine_date(datetime(2026, 11, 20, 8, 30)) == "2026-11-20T08:30"
    assert not filters.has_time(datetime(2026, 11, 20))
    assert filters.has_time(datetime(2026, 11, 20, 0, 5))


def test_an_extension_is_a_part_of_the_link_of_a_telephone_number() -> None:
    assert filters.dialled("0214 3 840 034") == "02143840034"
    assert filters.dialled("0205 3812 345 máy lẻ 12") == "02053812345;ext=12"
    assert filters.dialled("(0205) 3812 345 (số máy lẻ 101)") == "(0205)3812345;ext=101"


def test_a_source_is_named_by_its_host() -> None:
    assert hostname("https://www.langson.gov.vn/tin?x=1") == "langson.gov.vn"
