"""The dates of an article: what its page says, what can only be estimated, and what an editor must hear of that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plugins.i18n import translate

from . import dates, labels
from .blocks import Page
from .dates import PageDate
from .metadata import Metadata

if TYPE_CHECKING:
    from .article import Article

_UPDATED = re.compile(r"(?:sửa|cập nhật|updated|modified)", re.I)  # what is behind it is no day of publication
BEGINNING = 120  # letters of a line in which a page says that a date is today's
MOST_DAYS_APART = 1  # between the date on a page and that of its metadata
_TODAY = re.compile(r"\bhôm nay(?: là)?\b|\btoday(?: is)?\b", re.I)


def without_clock(above: Metadata, page: Page, updated: PageDate | None) -> Metadata:
    """Return what the lines above the title say, without a date that the page calls today's.

    Nor one behind the day on which the article was updated: that is the day of the visit too. updated: that day.
    """
    if above.published and updated and above.published.value.date() > updated.value.date():
        above.published = None
    if above.published is not None:
        day = above.published.value.date()
        todays = (dates.first(block.text) for block in page.all_blocks if _TODAY.search(block.text[:BEGINNING]))
        if any(today is not None and today.value.date() == day for today in todays):
            above.published = None
    return above


def set_dates(article: Article, found: Metadata, page: Page) -> None:
    """Set the dates of an article; what is only estimated is noted for review."""
    article.modified = found.updated
    other = page.metadata.published
    if article.date and other and abs((article.date.value - other.value).days) > MOST_DAYS_APART:
        article.review.append(
            translate("Date: the page says {date}, but its metadata {other}.", date=article.date, other=other)
        )
    if article.date and not found.is_unsure:
        article.review += _notes_on_rivals(article.date, found.updated, page)
    if article.date is None and found.updated is not None:
        article.date, article.modified = found.updated, None
        article.remarks.append(
            translate(
                "Date: the page says only when it was updated ({date}); it may have been published earlier.",
                date=article.date,
            )
        )
    if article.modified and article.date and article.modified.value.date() <= article.date.value.date():
        article.modified = None
    if article.date is not None and found.is_unsure:
        _set_unsure_date(article)
    elif article.date is None:
        article.review.append(_estimate_date(article, page))


def _notes_on_rivals(date: PageDate, updated: PageDate | None, page: Page) -> list[str]:
    """Return a note for review if a line below the title has another date, and no label says which one is right."""
    title = next((index for index, block in enumerate(page.all_blocks) if block.role == "title"), 0)
    lines = [block.text for block in page.all_blocks[title:] if block.reason in ("labels", "credits")]
    found = {line: dates.every(_UPDATED.split(line)[0]) for line in lines}
    own = [line for line, days in found.items() if any(_is_day(each, date) for each in days)]
    if any(labels.names_date(line) for line in own):
        return []
    known = [date, *([updated] if updated else []), *([page.metadata.updated] if page.metadata.updated else [])]
    days = (day for line, each in found.items() if not labels.has_label(line) for day in each)
    rival = next((day for day in days if not any(_is_day(day, each) for each in known)), None)
    if rival is None:
        return []
    return [
        translate("Date: {date} was taken, but the page also has {other} near the article.", date=date, other=rival)
    ]


def _is_day(date: PageDate, other: PageDate) -> bool:
    return date.value.date() == other.value.date()


def _set_unsure_date(article: Article) -> None:
    """Take away a date that may be that of the visit, and note it for review."""
    article.review.append(
        translate(
            "Date: {date} stands alone above the title; it may be the day on which the page was saved. If it is right, "
            "add a line date: … and make status published.",
            date=article.date,
        )
    )
    article.date = None


def _estimate_date(article: Article, page: Page) -> str:
    """Set the estimated date from the event in the text, if it names one; return the note for review."""
    text = article.lead + " " + " ".join(block.text for block in article.body[:3] if block.kind == "text")
    event = dates.event(article.lead) or dates.event(text)
    if event:
        article.estimated_date = event[0]
        return translate(
            "Date: the page does not say when it was published. {date} is the day of what it tells of ({words}); it "
            "may have been published later.",
            date=f"{event[0]:%Y-%m-%d}",
            words=event[1],
        )
    day = dates.short_event(article.lead) or dates.short_event(text)
    article.estimated_date = dates.day_in_year(day, page.counter_year) if day and page.counter_year else None
    if day and article.estimated_date:
        return translate(
            "Date: the page does not say when it was published. Day and month are those of its text ({words}); the "
            "year {year} is that of the page's counter of visits ({counter}).",
            words=day[2],
            year=page.counter_year,
            counter=page.counter_text,
        )
    if day and not page.counter_year:
        return translate(
            "Date: the page does not say when it was published; its text names {words}, without the year. Add a line "
            "date: … and make status published.",
            words=day[2],
        )
    return translate("Date: the page does not say when it was published. Add a line date: … and make status published.")
