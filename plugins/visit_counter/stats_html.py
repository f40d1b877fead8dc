"""The figures as HTML: sums, charts with the same in tables, what is read and rated most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from html import escape

from plugins.languages import Language
from plugins.languages.fallback_text import with_language_marks
from plugins.portal import filters
from plugins.statistics import Counts, Day, Stats

DAYS, MONTHS, MOST = 30, 12, 10
ENOUGH = 5  # votes, to stand among the best rated


class _Writing:
    """How a language writes on this page: text for HTML, marked where another language stands in."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def gettext(self, message: str, values: object = None) -> str:
        text = self.language.words.gettext(message)
        return with_language_marks(text if values is None else text % values)

    def date(self, day: date) -> str:
        return with_language_marks(self.language.date(day))

    def day(self, day: date) -> str:
        return with_language_marks(self.language.day(day))

    def month(self, day: date) -> str:
        return with_language_marks(self.language.month(day.year, day.month))

    def integer(self, number: int) -> str:
        return with_language_marks(self.language.integer(number))

    def average(self, number: float) -> str:
        return with_language_marks(self.language.decimal(number, min_decimals=1))


def render_stats(figures: Stats, language: Language, sections: Mapping[str, str], title: Callable[[str], str]) -> str:
    """What stands on the page of an edition, with marks for `languages.settled`.

    sections: name of the category by address of the edition's articles. title: an article's headline as HTML by its
    address, "" where it is gone.
    """
    lang = _Writing(language)
    parts = [_sums(figures, lang), '<div class="charts">']
    days = list(figures.days)[-DAYS:]
    rows = [(lang.day(d.day), d) for d in days]
    parts.append(_chart(lang.gettext("Visits by day"), lang.gettext("Day"), rows, lang))
    months = _months(figures.days)[-MONTHS:]
    rows = [(lang.month(d.day), d) for d in months]
    parts.append(_chart(lang.gettext("Visits by month"), lang.gettext("Month"), rows, lang))
    mine = {address: counts for address, counts in figures.articles.items() if address in sections}
    parts.append(_most(mine, title, lang))
    parts.append(_by_section(mine, sections, lang))
    parts.append(_rated(mine, title, lang))
    return "\n".join([*filter(None, parts), "</div>"])


def _sums(figures: Stats, lang: _Writing) -> str:
    days, last = figures.days, figures.updated.date()
    total = figures.before + sum(d.visits for d in days)
    sums = [
        (lang.gettext("Today"), sum(d.visits for d in days if d.day == last)),
        (lang.gettext("Yesterday"), sum(d.visits for d in days if d.day == last - timedelta(days=1))),
        (lang.month(last), sum(d.visits for d in days if (d.day.year, d.day.month) == (last.year, last.month))),
        (lang.gettext("Year %d", last.year), sum(d.visits for d in days if d.day.year == last.year)),
        (lang.gettext("In all"), total),
    ]
    items = "".join(f"<div><dt>{name}</dt><dd>{lang.integer(number)}</dd></div>" for name, number in sums)
    told = f'<time datetime="{figures.updated.isoformat(timespec="minutes")}">{figures.updated:%H:%M}, {lang.date(figures.updated)}</time>'
    said = lang.gettext("Estimates; the last visit counted was at")
    return f'<dl class="sum">{items}</dl>\n<p class="meta">{said} {told}.</p>'


def _chart(name: str, of_what: str, rows: Sequence[tuple[str, Day]], lang: _Writing) -> str:
    """Columns of visits, and a table with all that is counted."""
    if not rows:
        return ""
    top = max((d.visits for _, d in rows), default=0) or 1
    wide = 600 / max(1, len(rows))
    best = max(rows, key=lambda row: row[1].visits)
    bars = []
    for number, (label, d) in enumerate(rows):
        high = round(d.visits / top * 100, 1)
        kind = "bar max" if d is best[1] else "bar"
        x, y, width = round(number * wide + wide * 0.15, 1), round(100 - high, 1), round(wide * 0.7, 1)
        bars.append(
            f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{high}"><title>{label}: {lang.integer(d.visits)}</title></rect>'
        )
    said = lang.gettext("Most on %(when)s: %(count)s", {"when": best[0], "count": lang.integer(best[1].visits)})
    axis = f'<div class="axis" aria-hidden="true"><span>{rows[0][0]}</span><span>{rows[-1][0]}</span></div>'
    drawing = f'<svg viewBox="0 0 600 100" preserveAspectRatio="none" role="img" aria-label="{escape(name)}. {escape(said)}">{"".join(bars)}</svg>'
    heads = [of_what, lang.gettext("Visits"), lang.gettext("Pages opened"), "PDF", lang.gettext("Listened to")]
    cells = [[label, d.visits, d.views, d.pdfs, d.listens] for label, d in reversed(rows)]
    more = lang.gettext("The same as a table")
    return (
        f'<section><h2>{name}</h2><p class="meta">{said}</p><div class="chart">{drawing}{axis}</div>'
        f"<details><summary>{more}</summary>{_table(name, heads, cells, lang)}</details></section>"
    )


def _months(days: Iterable[Day]) -> list[Day]:
    """Sums of each month, dated with its first day."""
    months: dict[tuple[int, int], list[Day]] = {}
    for d in days:
        months.setdefault((d.day.year, d.day.month), []).append(d)
    return [
        Day(
            found[0].day.replace(day=1),
            *(sum(getattr(d, name) for d in found) for name in ("visits", "views", "pdfs", "listens")),
        )
        for found in months.values()
    ]


def _most(own: Mapping[str, Counts], title: Callable[[str], str], lang: _Writing) -> str:
    ranked = sorted(own, key=lambda address: (-own[address].views, address))[:MOST]
    head, unit = lang.gettext("Most read"), lang.gettext("views")
    items = [
        f'<li><a href="{filters.path(address)}">{name}</a> <span class="meta">{lang.integer(own[address].views)} {unit}</span></li>'
        for address in ranked
        if own[address].views and (name := title(address))
    ]
    return f'<section class="most"><h2>{head}</h2><ol>{"".join(items)}</ol></section>' if items else ""


def _by_section(own: Mapping[str, Counts], sections: Mapping[str, str], lang: _Writing) -> str:
    views: dict[str, int] = {}
    for address, counts in own.items():
        views[sections[address]] = views.get(sections[address], 0) + counts.views
    rows = [[escape(name), number] for name, number in sorted(views.items(), key=lambda item: (-item[1], item[0]))]
    name, heads = lang.gettext("Pages read by section"), [lang.gettext("Section"), lang.gettext("Pages opened")]
    return f"<section><h2>{name}</h2>{_table(name, heads, rows, lang)}</section>" if rows else ""


def _rated(own: Mapping[str, Counts], title: Callable[[str], str], lang: _Writing) -> str:
    rated = {address: counts.votes for address, counts in own.items() if sum(counts.votes) >= ENOUGH}
    ranked = sorted(rated, key=lambda a: (-_average(rated[a]), -sum(rated[a]), a))[:MOST]
    rows = []
    for address in ranked:
        average = lang.average(_average(rated[address]))
        link = f'<a href="{filters.path(address)}">{title(address)}</a>'
        rows.append([link, average, sum(rated[address])])
    name, heads = (
        lang.gettext("Ratings"),
        [lang.gettext("Article"), lang.gettext("Average of 5"), lang.gettext("Votes")],
    )
    return f"<section><h2>{name}</h2>{_table(name, heads, rows, lang)}</section>" if rows else ""


def _average(votes: Sequence[int]) -> float:
    return sum(grade * number for grade, number in enumerate(votes, 1)) / sum(votes)


def _table(name: str, heads: Sequence[str], rows: Iterable[Sequence[str | int]], lang: _Writing) -> str:
    """A table whose first column names its rows; texts are HTML already."""
    top = "".join(f'<th scope="col">{head}</th>' for head in heads)
    body = "".join(
        f'<tr><th scope="row">{first}</th>'
        + "".join(f"<td>{c if isinstance(c, str) else lang.integer(c)}</td>" for c in cells)
        + "</tr>"
        for first, *cells in rows
    )
    return (
        f'<section class="scroll" aria-label="{escape(name)}" tabindex="0"><table><caption>{name}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></section>"
    )
