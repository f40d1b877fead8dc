"""Formats of languages: Vietnamese by Decree 30/2020, others by the CLDR, unknown ones as in the first language."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

import pytest
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from plugins.languages import FallbackText, Language, codes, from_settings, language
from plugins.portal.filters import language_filters
from tests import portals

VI, EN, TYZ = language("vi"), language("en"), language("tyz")


@pytest.mark.parametrize(
    ("day", "vietnamese", "english"),
    [
        (datetime(2021, 4, 7), "07/4/2021", "7 April 2021"),
        (datetime(2026, 1, 2), "02/01/2026", "2 January 2026"),
        (datetime(2026, 2, 28), "28/02/2026", "28 February 2026"),
        (datetime(2026, 12, 31), "31/12/2026", "31 December 2026"),
        (datetime(2020, 6, 30, 23, 59), "30/6/2020", "30 June 2020"),
    ],
)
def test_dates_follow_the_decree_in_vietnamese(day: datetime, vietnamese: str, english: str) -> None:
    assert (VI.date(day), EN.date(day)) == (vietnamese, english)


def test_months_days_numbers_and_sizes_are_written_in_the_language() -> None:
    assert (VI.month(2021, 4), EN.month(2021, 4)) == ("Tháng 4/2021", "April 2021")
    assert (VI.day(date(2021, 9, 7)), EN.day(date(2021, 9, 7))) == ("07/9", "7 Sep")
    assert (VI.integer(61296415), EN.integer(61296415), VI.integer(999)) == ("61.296.415", "61,296,415", "999")
    assert (VI.decimal(1318.5), EN.decimal(1318.5), VI.decimal(1318)) == ("1.318,5", "1,318.5", "1.318")
    assert (VI.decimal(4, 1), EN.decimal(4.25, 1)) == ("4,0", "4.2")
    assert (VI.size(84_400), VI.size(10), VI.size(1_234_567)) == ("84 KB", "1 KB", "1,2 MB")
    assert EN.size(999_500) == "1.0 MB"


@given(st.integers(-(10**15), 10**15), st.floats(-1e9, 1e9))
def test_numbers_are_rounded_as_usual(integer: int, fraction: float) -> None:
    swapped = str.maketrans(",.", ".,")
    assert EN.integer(integer) == f"{integer:,}" == VI.integer(integer).translate(swapped)
    assert EN.decimal(fraction, 1).removeprefix("-") == f"{fraction:,.1f}".removeprefix("-")
    assert VI.decimal(fraction, 1).translate(swapped) == EN.decimal(fraction, 1)
    for lang in (VI, EN):
        rounded = Decimal(f"{fraction:.2f}")
        assert lang.decimal(fraction, 0, 2) == format_decimal(rounded, "#,##0.##", lang.code)


@given(day=st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_english_has_the_names_of_the_cldr_with_the_day_first(day: date) -> None:
    assert EN.date(day) == format_date(day, "d MMMM y", "en")
    assert EN.month(day.year, day.month) == format_date(day, "MMMM y", "en")
    assert EN.day(day) == format_date(day, "d MMM", "en")


@pytest.mark.parametrize("code", ["fr", "zh", "lo", "km", "th", "ko", "de"])
@given(day=st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_other_languages_are_formatted_by_the_cldr(code: str, day: date) -> None:
    lang = language(code)
    assert lang.date(day) == format_date(day, "long", Locale.parse(code))
    assert lang.integer(day.toordinal()) == format_decimal(day.toordinal(), locale=code)
    assert not isinstance(lang.date(day), FallbackText)
    assert "M0" not in lang.day(day) + lang.month(day.year, day.month)


def test_sizes_have_the_units_of_the_language() -> None:
    assert language("fr").size(84_000).split() == ["84", "ko"]


@pytest.mark.parametrize("code", ["tyz", "nut", "hmv", "blt"])
def test_the_first_language_is_the_fallback_if_the_cldr_has_no_dates(code: str) -> None:
    day, unknown = date(2021, 4, 7), language(code)
    for text, expected in (
        (unknown.date(day), "07/4/2021"),
        (unknown.month(2021, 4), "Tháng 4/2021"),
        (unknown.integer(1234), "1.234"),
        (unknown.size(84_000), "84 KB"),
        (unknown.words.gettext("Search"), "Tìm kiếm"),
    ):
        assert (text, text.lang) == (expected, "vi")
    assert not isinstance(unknown.integer(12), FallbackText)  # digits alone have no language
    assert language(code, default_lang="en").date(day) == "7 April 2021"
    assert language(code, default_lang="en").words.gettext("Search") == "Search"
    assert language(code, default_lang="fr").date(day) == "7 avril 2021"


def test_english_is_complete_and_vietnamese_first() -> None:
    assert EN.words.gettext("Search") == "Search" and EN.date(date(2021, 4, 7)) == "7 April 2021"
    assert not isinstance(EN.words.gettext("Search"), FallbackText)
    assert language("en-GB").words.gettext("Search") == "Search"
    assert VI.fallback is None and TYZ.fallback == VI and language("tyz", "tyz").fallback == VI


def test_a_language_without_translations_uses_those_of_the_first_and_marks_them() -> None:
    words = language("fr").words
    assert words.gettext("Search").lang == "vi"
    assert words.ngettext("%(count)s article.", "%(count)s articles.", 5).lang == "vi"
    assert words.gettext("no such words").lang == "en"  # nobody has translated it: it stays, but marked
    assert (language("fr").interface_lang, EN.interface_lang, VI.interface_lang) == ("vi", "en", "vi")


def test_texts_of_owners_fall_back_too() -> None:
    texts = {"vi": "Xã hội", "en": "Society"}
    assert (TYZ.owner_text(texts), TYZ.owner_text(texts).lang) == ("Xã hội", "vi")
    assert EN.owner_text(texts) == "Society" and not isinstance(EN.owner_text(texts), FallbackText)
    assert EN.owner_text({"vi": "Xã hội"}).lang == "vi"
    assert TYZ.owner_text({"en": "Society"}) == TYZ.owner_text({"vi": "", "en": "Society"}) == ""


def test_machines_get_language_codes_that_they_know() -> None:
    assert [each.og_locale for each in (VI, EN, TYZ, language("en-GB"), language("qaa"))] == [
        "vi_VN", "en_US", "tyz_VN", "en_GB", "qaa",
    ]  # fmt: skip
    iso = ("vie", "eng", "tyz", "fra", "zho", "lao", "ara", "deu")
    assert tuple(language(code).iso639 for code in ("vi", "en", "tyz", "fr", "zh", "lo", "ar", "de")) == iso


def test_a_portals_languages_begin_with_the_first() -> None:
    settings = {"DEFAULT_LANG": "vi", "AGENCY": {"en": {}, "vi": {}, "tyz": {}}}
    assert codes(settings) == ["vi", "en", "tyz"]
    assert from_settings(settings) == {"vi": VI, "en": EN, "tyz": TYZ}


def test_filters_format_in_the_language_of_an_edition() -> None:
    languages_by_code: dict[str, Language] = {"vi": VI, "en": EN}
    filters = language_filters(languages_by_code)
    assert filters["date"](datetime(2021, 4, 7), "vi") == "07/4/2021"
    assert (filters["month"](4, 2021, "en"), filters["thousands"](1234, "vi")) == ("April 2021", "1.234")
    assert (filters["decimal"](2.5, "vi"), filters["decimal"](2, "en", 1)) == ("2,5", "2.0")
    assert filters["size"](84_000, "en") == "84 KB"


def test_no_language_code_is_checked_outside_the_languages_package() -> None:
    root = portals.ROOT / "plugins"
    switch = re.compile(r"""== ["'](vi|en)["']|\{["']vi["']:""")
    files = [path for path in root.rglob("*") if path.suffix in (".py", ".js", ".html")]
    elsewhere = [path for path in files if path.relative_to(root).parts[0] not in ("languages", "convert")]
    assert len(elsewhere) > 100
    assert [path for path in elsewhere if switch.search(path.read_text("utf-8"))] == []
