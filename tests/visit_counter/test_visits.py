"""The page of visit statistics, which needs no JavaScript."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup

from plugins.languages import apply_language_marks, language
from plugins.statistics import Counts, Day, Stats
from plugins.visit_counter import feature, stats_html
from tests import editors

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
UPDATED = datetime(2026, 4, 8, 10, 5, tzinfo=ZONE)
ARTICLE, OTHER, ENGLISH = "bai-viet/a/", "bai-viet/b/", "en/bai-viet/a/"


def figures() -> Stats:
    """Return figures from 1 January to 8 April: as many visits as the number of the day, twice as many pages."""
    first = date(2026, 1, 1)
    days = [first + timedelta(days=n) for n in range((UPDATED.date() - first).days + 1)]
    articles = {
        ARTICLE: Counts(1200, 3, 2, (0, 0, 1, 2, 3)),
        OTHER: Counts(7, 0, 0, (0, 0, 0, 0, 4)),  # too few to be among the best
        ENGLISH: Counts(90),
        "bai-viet/gone/": Counts(99_999),
    }
    return Stats(UPDATED, tuple(Day(d, d.day, 2 * d.day, 1, 1) for d in days), articles, former_visits=61_000_000)


def link(address: str) -> str:
    return f'<a href="/{address}">Bài &amp; {address}</a>' if address != "bai-viet/gone/" else ""


def page(lang: str = "vi") -> BeautifulSoup:
    sections = {ENGLISH: "Society"} if lang == "en" else {ARTICLE: "Xã hội", OTHER: "Nông nghiệp"}
    html = stats_html.render_stats(figures(), language(lang), sections, link)
    return BeautifulSoup(apply_language_marks(html), "html.parser")


def test_sums_are_those_of_the_days_and_continue_those_of_the_former_counter() -> None:
    sums = [(item.dt.get_text(), item.dd.get_text()) for item in page().select(".sum div")]
    all_days = 31 * 32 // 2 + 28 * 29 // 2 + 31 * 32 // 2 + 36
    assert sums == [
        ("Hôm nay", "8"),
        ("Hôm qua", "7"),
        ("Tháng 4/2026", "36"),
        ("Năm 2026", f"{all_days:,}".replace(",", ".")),
        ("Tổng số", f"{61_000_000 + all_days:,}".replace(",", ".")),
    ]
    assert "10:05, 08/4/2026" in page().get_text()


def test_each_chart_names_its_maximum_and_is_shown_as_a_table_too() -> None:
    days, months = page().select(".charts > section")[:2]
    assert len(days.select("rect")) == 30 and len(months.select("rect")) == 4
    assert days.svg["aria-label"] == "Lượt truy cập theo ngày. Ngày cao nhất: 31/3, 31 lượt"
    heights = [float(bar["height"]) for bar in months.select("rect")]
    assert months.select_one(".scale").get_text() == "500"
    assert heights == [round(visits / 5, 1) for visits in (496, 406, 496, 36)]
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in months.select("tbody tr")]
    assert rows[0] == ["Tháng 4/2026", "36", "72", "8", "8"] and rows[-1][0] == "Tháng 1/2026"
    assert [cell["scope"] for cell in months.select("thead th")] == ["col"] * 5
    assert months.select_one("table[aria-labelledby]")["aria-labelledby"] == months.h2["id"]


def test_every_bar_has_its_name_below_and_few_bars_are_no_slabs() -> None:
    days, months = ([row.select("td") for row in axis.select("tr")] for axis in page().select(".axis"))
    assert [cell.get_text() for cell in days[0]] == [f"{d}" for d in (*range(10, 32), *range(1, 9))]
    assert [(cell.get_text(), cell["colspan"]) for cell in days[1]] == [("Tháng 3/2026", "22"), ("Tháng 4/2026", "8")]
    assert [cell.get_text() for cell in months[0]] == ["1", "2", "3", "4", ""]
    assert [(cell.get_text(), cell["colspan"]) for cell in months[1]] == [("2026", "4"), ("", "8")]
    assert {float(bar["width"]) for bar in page().select("svg")[1].select("rect")} == {35}


@pytest.mark.parametrize(
    ("most", "top"), [(0, "1"), (1, "1"), (7, "8"), (237, "300"), (5541, "6.000"), (9001, "10.000")]
)
def test_the_top_of_a_chart_is_a_round_number(most: int, top: str) -> None:
    stats = Stats(UPDATED, (Day(UPDATED.date(), most, most, 0, 0),))
    html = stats_html.render_stats(stats, language("vi"), {}, str)
    assert BeautifulSoup(html, "html.parser").select_one(".scale").get_text() == top


def test_the_most_read_and_best_rated_articles_are_linked() -> None:
    assert [a["href"] for a in page().select(".most a")] == ["/" + ARTICLE, "/" + OTHER]
    assert page().select_one(".most .meta").get_text() == "1.200 lượt đọc"
    rated = page().select(".charts > section")[-1]
    assert [cell.get_text() for cell in rated.select("tbody th, tbody td")] == [f"Bài & {ARTICLE}", "4,3", "6"]


def test_an_edition_shows_its_own_articles() -> None:
    assert [a["href"] for a in page("en").select(".most a")] == ["/" + ENGLISH]
    assert "1.200" not in page("en").get_text() and "61,001" in page("en").get_text()


def test_an_edition_without_translations_uses_those_of_the_first() -> None:
    tyz = page("tyz")
    assert [str(item) for item in tyz.select(".sum div")[:3:2]] == [
        '<div><dt lang="vi">Hôm nay</dt><dd>8</dd></div>',
        '<div><dt lang="vi">Tháng 4/2026</dt><dd>36</dd></div>',
    ]
    assert str(tyz.select(".charts .meta")[0]) == '<p class="meta" lang="vi">Ngày cao nhất: 31/3, 31 lượt</p>'
    assert tyz.select("svg")[0]["aria-label"] == page().select("svg")[0]["aria-label"]
    assert " ".join(tyz.get_text().split()).startswith(" ".join(page().get_text().split())[:120])


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_of_the_build_is_filled_and_otherwise_unchanged(site: Path, lang: str) -> None:
    name = ("" if lang == "vi" else "en/") + "thong-ke/"
    shell = editors.read_page(site / name / "index.html")
    files = feature.stats_files(figures(), site)
    assert files.keys() == {"thong-ke/so-lieu.html", "en/thong-ke/so-lieu.html"}
    filled = BeautifulSoup(files[name + "so-lieu.html"], "html.parser")
    assert filled.select(".sum") and not shell.select(".sum")
    assert str(filled.head) == str(shell.head) and str(filled.footer) == str(shell.footer)


def test_before_anything_is_counted_nothing_is_filled(site: Path) -> None:
    assert feature.stats_files(Stats(), site) == {}
    assert "Chưa có số liệu" in editors.read_page(site / "thong-ke/index.html").get_text()
