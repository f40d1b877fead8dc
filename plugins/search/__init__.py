"""Feature: search. A box in the masthead, and a page that answers it without a server.

The box is a plain form that leads to SEARCH_URL?q=…; nothing else of search is on other pages. The index is made
of years, and of the newest year's months: an article that changes has only its year, or month, indexed again
(index.py). They are kept in the cache by the fingerprint of all that is in them; of all together the shards are made
that page.js asks for (postings.py).
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from pelican import signals

from plugins import jobs
from plugins.features import Feature
from plugins.i18n import say
from plugins.portal.filters import machine_date
from plugins.portal.stories import digest

from . import index
from .postings import BUCKETS, shards

FOLDER = "{search}chi-muc/"  # for all languages; its files are asked for with a mark of what is in them
A_SHARD = 8  # articles for each shard of the index, about
KEPT = 3  # states of a year, in the cache
NEWEST = 100  # titles that answer while the reader types
DEFAULTS = {"SEARCH_INDEX": True}  # False: no index is made, as in the preview

feature = Feature(__file__, on_demand=("page.css", "index.js", "page.js"), lasting=(FOLDER,))


def by_year(articles: Iterable[Any]) -> dict[int, list[Any]]:
    """Articles by the year of their date, the years and each year's articles from the oldest.

    In the newest year, where nearly all edits are, each month stands for a year: 202611 after 2025.
    """
    articles = list(articles)
    newest = max((article.month[0] for article in articles), default=0)
    years: dict[int, list[Any]] = {}
    for article in articles:
        year, month = article.month
        years.setdefault(year * 100 + month if year == newest else year, []).append(article)
    return {year: sorted(years[year], key=lambda a: (a.moment, a.slug, a.path)) for year in sorted(years)}


def fingerprint(articles: Iterable[Any]) -> str:
    """Of everything that a year's index is made from, this room's code with it."""
    rows = (f"{a.full} {a.url} {a.category.name} {_filters(a)}" for a in articles)
    return digest(_code(), *rows)


@cache
def _code() -> str:
    return digest(*(path.read_text("utf-8") for path in sorted(feature.folder.glob("*.py"))))


def _filters(article: Any) -> tuple[str, ...]:
    """As words of the index; no text has a word with a colon."""
    return (f"category:{article.category.slug}", *(f"author:{author.slug}" for author in article.authors))


def _row(article: Any) -> index.Row:
    date = machine_date(article.date)
    return index.Row(article.path, f"/{article.url}", date, article.lang, article.category.name, _filters(article))


def _index(generators: list[Any]) -> None:
    """Pelican has read everything: index the years that are missing in the cache."""
    news = generators[0]
    news.search_years = {}
    if not news.settings.get("SEARCH_INDEX", DEFAULTS["SEARCH_INDEX"]) or any(p.level == "error" for p in news.context["problems"]):
        return
    folder = Path(news.settings["CACHE_PATH"]).absolute() / "search-years"
    folder.mkdir(parents=True, exist_ok=True)
    state, tasks = news.context["state"], []
    for year, its in by_year(story for story in news.published if story.kind != "page").items():
        file = news.search_years[year] = folder / f"{year}-{fingerprint(its)}"
        if file.exists():
            os.utime(file)
        else:
            tasks.append(index.Task(year, tuple(map(_row, its)), str(state.file.absolute()), str(file)))
    state.commit()  # the workers read through connections of their own
    for _, result in jobs.run(index.make, tasks, say("Search index"), news.settings.get("JOBS")):
        jobs.checked(result)
    _tidy(folder)


def _tidy(folder: Path) -> None:
    """Throw away what was not used for an hour, but for the last few states of each year."""
    kept: dict[str, int] = {}
    long_ago = time.time() - 3600
    for used, path in sorted(((path.stat().st_mtime, path) for path in folder.iterdir()), reverse=True):
        year = path.name.partition("-")[0]
        kept[year] = kept.get(year, 0) + 1
        if used < long_ago and (kept[year] > KEPT or year == "new"):
            path.unlink(missing_ok=True)


def _ask(generator: Any, writer: Any) -> None:
    """The page of each edition, its newest titles, and the files of the index."""
    files: dict[int, Path] = generator.search_years
    folder = generator.context["addresses"].filled(FOLDER)
    marks = {year: file.name.partition("-")[2] for year, file in files.items()}
    opened = cache(lambda year: index.Year(year, files[year]))
    for year, mark in marks.items():
        room = f"{folder}{year}/"
        writer.room(room, mark, partial(ask_texts, writer, room, opened, year))
    indexes = {}
    for lang, edition in generator.editions.items():
        if files and edition.articles:
            room, count = f"{folder}{lang}/", shards(len(edition.articles), A_SHARD)
            mark = digest(str(count), *marks.values())[:12]
            writer.room(room, mark, partial(ask_shards, writer, room, opened, lang, files, count))
            indexes[lang] = [f"/{room}", count, mark, len(edition.articles)]
    for edition in generator.editions.values():
        _ask_page(generator, writer, edition, indexes, folder, {year: mark[:12] for year, mark in marks.items()})


def ask_texts(writer: Any, room: str, opened: Callable[[int], index.Year], year: int) -> None:
    """What is shown of each of a year's articles."""
    for number in range(len(opened(year).texts)):
        text = opened(year).text(number)
        writer.ask(f"{room}{number}.json", digest(text.decode()), partial(opened(year).text, number), room)


def ask_shards(
    writer: Any, room: str, opened: Callable[[int], index.Year], lang: str, years: Iterable[int], count: int
) -> None:
    """The shards of a language, each with its buckets of all years."""
    step = BUCKETS // count
    for kind in index.KINDS:
        for number in range(count):
            make = partial(_shard, opened, lang, kind, tuple(years), range(number * step, (number + 1) * step))
            writer.ask(f"{room}{kind}/{number:03x}.bin", digest(make().hex()), make, room)


def _shard(opened: Callable[[int], index.Year], lang: str, kind: str, years: Iterable[int], buckets: range) -> bytes:
    return b"".join(opened(year).part(lang, kind, buckets) for year in years)


def _ask_page(
    generator: Any, writer: Any, edition: Any, indexes: Mapping[str, list], folder: str, years: Mapping[int, str]
) -> None:
    editions, url = generator.editions, edition.url("search")
    newest = edition.articles[:NEWEST]
    titles = f"{url}moi-nhat.json"
    writer.ask(titles, digest(*(a.card for a in newest)), partial(_titles, newest))
    groups = {name: [(g.slug, g.name) for g in getattr(edition, name)] for name in ("categories", "authors")}
    groups["categories"] += [(section.slug, section.name) for section in map(edition.section, edition.kinds)]
    languages = [(other.lang, other.agency["language"]) for other in editions.values() if other.articles]
    shown = json.dumps([groups, indexes, years, languages, sorted(edition.months)], ensure_ascii=False)
    generator.asks[edition.lang](
        "search/page", url, [shown], edition.others("search"), kind="search", languages=languages, titles=f"/{titles}",
        indexes=json.dumps(indexes, separators=(",", ":")) if indexes else "", texts=json.dumps([f"/{folder}", years], separators=(",", ":")),
        years=sorted({str(y) for y, _ in edition.months}, reverse=True), **groups,
    )  # fmt: skip


def _titles(articles: Iterable[Any]) -> bytes:
    return json.dumps([[a.title, f"/{a.url}"] for a in articles], ensure_ascii=False, separators=(",", ":")).encode()


def register() -> None:
    """Pelican's hooks."""
    signals.all_generators_finalized.connect(_index)
    signals.article_writer_finalized.connect(_ask)
