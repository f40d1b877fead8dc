"""Renders the counts as HTML: sums, charts with tables of the same numbers, the most read and best rated articles."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from plugins.languages import Language
from plugins.languages.fallback_text import with_language_marks
from plugins.statistics import Counts, Day, Stats

DAYS, MONTHS, TOP = 30, 12, 10  # how many days, months and articles are shown
MIN_VOTES = 5  # to be among the best rated articles
MIN_SLOTS = 12  # a chart has room for so many bars at least, so that few bars are not slabs
MIN_NAMED = 4  # bars of a month or year that has room for its name below them
_STEPS = (1, 2, 3, 4, 5, 6, 8, 10)  # the top of a chart is one of these, times a power of ten

_Row = Sequence[str | int]  # the cells of a table row: HTML or numbers


class _Localizer:
    """Writes messages, dates and numbers in a language, marked where the text is a fallback from another language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def gettext(self, message: str, values: object = None) -> str:
        text = self.language.words.gettext(message)
        return with_language_marks(text if values is None else text % values)

    def date(self, day: datetime.date) -> str:
        return with_language_marks(self.language.date(day))

    def day(self, day: datetime.date) -> str:
        return with_language_marks(self.language.day(day))

    def month(self, day: datetime.date) -> str:
        return with_language_marks(self.language.month(day.year, day.month))

    def integer(self, number: int) -> str:
        return with_language_marks(self.language.integer(number))

    def average(self, number: float) -> str:
        return with_language_marks(self.language.decimal(number, min_decimals=1))


def render_stats(stats: Stats, language: Language, sections: Mapping[str, str], link: Callable[[str], str]) -> str:
    """Render the counts for the visits page of an edition.

    Args:
        stats: What to show. `stats.updated` must not be None.
        language: Of the edition.
        sections: The category name of each of the edition's articles, by address. Other articles are left out.
        link: Returns the link to an article by its address, as HTML; "" if the article no longer exists.

    Returns:
        HTML with language marks, which `languages.apply_language_marks` replaces on the finished page.
    """
    assert stats.updated is not None
    lang = _Localizer(language)
    parts = [_sums(stats, stats.updated, lang), '<div class="charts">']
    days = list(stats.days)[-DAYS:]
    bars = [_Bar(lang.day(day.day), str(day.day.day), lang.month(day.day), day) for day in days]
    parts.append(_chart("days", lang.gettext("Visits by day"), lang.gettext("Day"), bars, lang))
    months = _months(stats.days)[-MONTHS:]
    bars = [_Bar(lang.month(month.day), str(month.day.month), str(month.day.year), month) for month in months]
    parts.append(_chart("months", lang.gettext("Visits by month"), lang.gettext("Month"), bars, lang))
    articles = {address: counts for address, counts in stats.articles.items() if address in sections}
    parts.append(_most_read(articles, link, lang))
    parts.append(_views_by_section(articles, sections, lang))
    parts.append(_best_rated(articles, link, lang))
    return "\n".join([*filter(None, parts), "</div>"])


def _sums(stats: Stats, updated: datetime.datetime, lang: _Localizer) -> str:
    today = updated.date()
    yesterday = today - datetime.timedelta(days=1)

    def visits(is_included: Callable[[datetime.date], bool]) -> int:
        return sum(day.visits for day in stats.days if is_included(day.day))

    sums = [
        (lang.gettext("Today"), visits(lambda day: day == today)),
        (lang.gettext("Yesterday"), visits(lambda day: day == yesterday)),
        (lang.month(today), visits(lambda day: (day.year, day.month) == (today.year, today.month))),
        (lang.gettext("Year %d", today.year), visits(lambda day: day.year == today.year)),
        (lang.gettext("In all"), stats.former_visits + visits(lambda day: True)),
    ]
    items = "".join(f"<div><dt>{name}</dt><dd>{lang.integer(number)}</dd></div>" for name, number in sums)
    time = f"{updated:%H:%M}, {lang.date(updated)}"
    time = f'<time datetime="{updated.isoformat(timespec="minutes")}">{time}</time>'
    note = lang.gettext("Estimates; the last visit counted was at")
    return f'<dl class="sum">{items}</dl>\n<p class="meta">{note} {time}.</p>'


class _Bar(NamedTuple):
    """A bar of a chart: its full name, the short one below it, what it is a part of (a month or year), its counts."""

    name: str
    short: str
    part_of: str
    counts: Day


def _chart(chart_id: str, name: str, unit: str, bars: Sequence[_Bar], lang: _Localizer) -> str:
    """Draw a bar chart of visits, with a table of all counts.

    Args:
        chart_id: The id of its heading.
        name: The heading.
        unit: What a bar stands for, such as "Month".
        bars: Oldest first.
        lang: Writes numbers and messages.
    """
    if not bars:
        return ""
    best = max(bars, key=lambda bar: bar.counts.visits)
    top, slots = _top(best.counts.visits), max(len(bars), MIN_SLOTS)
    slot = 600 / slots
    drawn = []
    for number, bar in enumerate(bars):
        height = round(bar.counts.visits / top * 100, 1)
        css_class = "bar max" if bar is best else "bar"
        x, y = round(number * slot + slot * 0.15, 1), round(100 - height, 1)
        drawn.append(
            f'<rect class="{css_class}" x="{x}" y="{y}" width="{round(slot * 0.7, 1)}" height="{height}">'
            f"<title>{bar.name}: {lang.integer(bar.counts.visits)}</title></rect>"
        )
    summary = lang.gettext(
        "Most on %(when)s: %(count)s", {"when": best.name, "count": lang.integer(best.counts.visits)}
    )
    drawing = (
        f'<svg viewBox="0 0 600 100" preserveAspectRatio="none" role="img" aria-label="{escape(name)}. '
        f'{escape(summary)}"><path d="M0 0h600M0 50h600"/>{"".join(drawn)}</svg>'
    )
    scale = f'<div class="scale" aria-hidden="true">{lang.integer(top)}</div>'
    heads = [unit, lang.gettext("Visits"), lang.gettext("Pages opened"), "PDF", lang.gettext("Listened to")]
    cells: list[_Row] = [
        [bar.name, bar.counts.visits, bar.counts.views, bar.counts.pdfs, bar.counts.listens] for bar in reversed(bars)
    ]
    table_link = lang.gettext("The same as a table")
    return (
        f'<section><h2 id="{chart_id}">{name}</h2><p class="meta">{summary}</p>'
        f'<div class="chart">{scale}{drawing}{_axis(bars, slots - len(bars))}</div>'
        f"<details><summary>{table_link}</summary>{_table(chart_id, name, heads, cells, lang)}</details></section>"
    )


def _top(most: int) -> int:
    """The number at the top of a chart whose highest bar is `most`."""
    power = int("1" + "0" * (len(str(most)) - 1))
    return next(step * power for step in _STEPS if step * power >= max(most, 1))


def _axis(bars: Sequence[_Bar], free: int) -> str:
    """The names below the bars, and below them those of their months or years; free: slots without a bar.

    A table without a role, because its cells are as wide as the bars without a style of their own.
    """
    crowded = " crowded" if len(bars) > MIN_SLOTS else ""
    rest = f'<td colspan="{free}"></td>' if free else ""
    shorts = "".join(f"<td>{bar.short}</td>" for bar in bars)
    parts = ""
    for part, group in groupby(bars, key=lambda bar: bar.part_of):
        count = len(list(group))
        named = part if count >= MIN_NAMED or len(bars) < MIN_NAMED else ""
        parts += f'<td colspan="{count}">{named}</td>'
    return (
        f'<table class="axis{crowded}" role="presentation" aria-hidden="true"><tr>{shorts}{rest}</tr>'
        f"<tr>{parts}{rest}</tr></table>"
    )


def _months(days: Iterable[Day]) -> list[Day]:
    """Return the sums of each month, dated with its first day."""
    months: dict[tuple[int, int], list[Day]] = {}
    for day in days:
        months.setdefault((day.day.year, day.day.month), []).append(day)
    return [
        Day(
            found[0].day.replace(day=1),
            *(sum(getattr(day, name) for day in found) for name in ("visits", "views", "pdfs", "listens")),
        )
        for found in months.values()
    ]


def _most_read(articles: Mapping[str, Counts], link: Callable[[str], str], lang: _Localizer) -> str:
    ranked = sorted(articles, key=lambda address: (-articles[address].views, address))[:TOP]
    head, unit = lang.gettext("Most read"), lang.gettext("views")
    items = [
        f'<li>{name} <span class="meta">{lang.integer(articles[address].views)} {unit}</span></li>'
        for address in ranked
        if articles[address].views and (name := link(address))
    ]
    return f'<section class="most"><h2>{head}</h2><ol>{"".join(items)}</ol></section>' if items else ""


def _views_by_section(articles: Mapping[str, Counts], sections: Mapping[str, str], lang: _Localizer) -> str:
    views: dict[str, int] = {}
    for address, counts in articles.items():
        views[sections[address]] = views.get(sections[address], 0) + counts.views
    ranked = sorted(views.items(), key=lambda item: (-item[1], item[0]))
    rows: list[_Row] = [[escape(name), number] for name, number in ranked]
    name, heads = lang.gettext("Pages read by section"), [lang.gettext("Section"), lang.gettext("Pages opened")]
    return _table_section("sections", name, heads, rows, lang)


def _best_rated(articles: Mapping[str, Counts], link: Callable[[str], str], lang: _Localizer) -> str:
    rated = {address: counts.votes for address, counts in articles.items() if sum(counts.votes) >= MIN_VOTES}
    ranked = sorted(rated, key=lambda address: (-_average(rated[address]), -sum(rated[address]), address))[:TOP]
    rows: list[_Row] = []
    for address in ranked:
        average = lang.average(_average(rated[address]))
        rows.append([link(address), average, sum(rated[address])])
    name = lang.gettext("Ratings")
    heads = [lang.gettext("Article"), lang.gettext("Average of 5"), lang.gettext("Votes")]
    return _table_section("ratings", name, heads, rows, lang)


def _average(votes: Sequence[int]) -> float:
    return sum(grade * number for grade, number in enumerate(votes, 1)) / sum(votes)


def _table_section(heading_id: str, name: str, heads: Sequence[str], rows: Sequence[_Row], lang: _Localizer) -> str:
    """Render a table below its heading; nothing if it has no rows."""
    heading = f'<h2 id="{heading_id}">{name}</h2>'
    return f"<section>{heading}{_table(heading_id, name, heads, rows, lang)}</section>" if rows else ""


def _table(heading_id: str, name: str, heads: Sequence[str], rows: Iterable[_Row], lang: _Localizer) -> str:
    """Render a table whose first column holds the row headers. heading_id: of the heading that names it too."""
    head_cells = "".join(f'<th scope="col">{head}</th>' for head in heads)
    body = "".join(
        f'<tr><th scope="row">{first}</th>'
        + "".join(f"<td>{cell if isinstance(cell, str) else lang.integer(cell)}</td>" for cell in cells)
        + "</tr>"
        for first, *cells in rows
    )
    return (
        f'<section class="scroll" aria-label="{escape(name)}" tabindex="0"><table aria-labelledby="{heading_id}">'
        f"<thead><tr>{head_cells}</tr></thead><tbody>{body}</tbody></table></section>"
    )
