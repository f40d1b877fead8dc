"""Feature: search. A box in the masthead, and a page that answers it without a server.

The box is a plain form that leads to /tim-kiem/?q=…; nothing else of search is on other pages. The
index is Pagefind's, one bundle a year, merged in the reader's browser: an article that changes has
only its year indexed again. A bundle is kept in the cache by the fingerprint of its year.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from pelican import signals

import environment
from plugins.checks import Problem
from plugins.features import Feature
from plugins.i18n import say
from plugins.portal.filters import machine_date
from plugins.portal.stories import digest

from . import pagefind
from .text import disguised, plain

PAGE = "tim-kiem/"
FOLDER = f"{PAGE}{pagefind.VERSION}/"
KEPT = 3  # bundles of a year, in the cache
NEWEST = 100  # titles that answer while the reader types
DEFAULTS = {"SEARCH_INDEX": True}  # False: no index is made, as in the preview

# Pagefind's engine is WebAssembly, which a policy must allow by name.
feature = Feature(__file__, on_demand=("page.css", "page.js"), scripts=("'wasm-unsafe-eval'",), lasting=(FOLDER,))


def by_year(articles: Iterable[Any]) -> dict[str, list[Any]]:
    """Articles by the year of their date, newest year first, each year's oldest first."""
    years: dict[str, list[Any]] = {}
    for article in articles:
        years.setdefault(str(article.month[0]), []).append(article)
    return {year: sorted(years[year], key=lambda a: (a.moment, a.slug, a.path)) for year in sorted(years, reverse=True)}


def fingerprint(articles: Iterable[Any]) -> str:
    """Of everything that a year's index is made from, this room's code with it."""
    rows = (f"{a.full} {a.url} {a.category.name} {a.category.slug} {[x.slug for x in a.authors]}" for a in articles)
    code = (path.read_text("utf-8") for path in sorted(feature.room.glob("*.py")))
    return digest(pagefind.VERSION, *code, *rows)


def record(article: Any) -> dict[str, Any]:
    """What Pagefind indexes of an article (https://pagefind.app/docs/node-api/#indexaddcustomrecord).

    All of `meta` is searched; what is only shown beside a result travels in the filter `shown`.
    """
    shown = [machine_date(article.date), article.category.name, article.lang]
    return {
        "url": f"/{article.url}",
        "language": str(article.month[0]),  # begins every result's id, so that ids of two years differ
        "content": disguised(f"{article.summary_text}\n{plain(article.body)}".strip() or article.title),  # none: not indexed
        "meta": {"title": disguised(article.title)},
        "filters": {
            "lang": [article.lang],
            "category": [article.category.slug],
            "author": [author.slug for author in article.authors],
            "shown": [json.dumps(shown, ensure_ascii=False)],
        },
        "sort": {"date": f"{article.moment:012d}"},
    }


def _index(generators: list[Any]) -> None:
    """Pelican has read everything: make the bundles that are missing in the cache."""
    news = generators[0]
    news.search_bundles = {}
    if not news.settings.get("SEARCH_INDEX", DEFAULTS["SEARCH_INDEX"]) or any(p.level == "error" for p in news.context["problems"]):
        return
    program = environment.pagefind()
    if program is None:
        text = say("there is no Pagefind for this system: the portal is built without search")
        news.context["problems"].append(Problem("pelicanconf.py", 0, text, "warning"))
        return
    cache = Path(news.settings["CACHE_PATH"]) / "search"
    articles = [story for story in news.published if story.kind == "article"]
    for year, its in by_year(articles).items():
        try:
            news.search_bundles[year] = pagefind.bundle(program, cache / f"{year}-{fingerprint(its)}", year, map(record, its))
        except pagefind.PagefindError as error:
            text = say("Pagefind could not index the articles of {year}: {reason}", year=year, reason=error)
            news.context["problems"].append(Problem("pelicanconf.py", 0, text))
            return
    _tidy(cache)


def _tidy(cache: Path) -> None:
    """Throw away what was not used for an hour, but for the last few states of each year."""
    kept: dict[str, int] = {}
    long_ago = time.time() - 3600
    for used, folder in sorted(((path.stat().st_mtime, path) for path in cache.glob("[0-9]*-*")), reverse=True):
        year = folder.name.partition("-")[0]
        kept[year] = kept.get(year, 0) + 1
        if kept[year] > KEPT and used < long_ago:
            shutil.rmtree(folder, ignore_errors=True)


def _ask(generator: Any, writer: Any) -> None:
    """The page of each edition, its newest titles, and the files of the bundles."""
    years: dict[str, Path] = generator.search_bundles
    for number, (year, folder) in enumerate(years.items()):
        room = f"{FOLDER}{year}/"
        writer.room(room, f"{folder.name} {number == 0}", partial(_ask_bundle, writer, room, folder, number == 0))
    marks = {year: [folder.name.partition("-")[2][:12], pagefind.meta(folder)] for year, folder in years.items()}
    for edition in generator.editions.values():
        _ask_page(generator, writer, edition, marks)


def _ask_bundle(writer: Any, room: str, folder: Path, engine: bool) -> None:
    for name in pagefind.files(folder, engine):
        path = folder / name
        mark = path.name if path.parent != folder else f"{path.name} {folder.name}"  # the others are named by content
        writer.ask(room + name, mark, path.read_bytes, room)


def _ask_page(generator: Any, writer: Any, edition: Any, marks: Mapping[str, list[str]]) -> None:
    editions = generator.editions
    newest = edition.articles[:NEWEST]
    titles = f"{edition.prefix}{PAGE}moi-nhat.json"
    writer.ask(titles, digest(*(a.card for a in newest)), partial(_titles, newest))
    groups = {name: [(g.slug, g.name) for g in getattr(edition, name)] for name in ("categories", "authors")}
    languages = [(other.lang, other.agency["language"]) for other in editions.values() if other.articles]
    total = sum(len(other.articles) for other in editions.values())
    shown = json.dumps([groups, marks, languages, sorted(edition.months), total], ensure_ascii=False)
    others = {other.lang: other.prefix + PAGE for other in editions.values() if other is not edition}
    generator.asks[edition.lang](
        "search/page", edition.prefix + PAGE, [shown], others, kind="search", languages=languages, marks=marks,
        engine=f"/{FOLDER}", total=total, titles=f"/{titles}", years=sorted({str(y) for y, _ in edition.months}, reverse=True), **groups,
    )  # fmt: skip


def _titles(articles: Iterable[Any]) -> bytes:
    return json.dumps([[a.title, f"/{a.url}"] for a in articles], ensure_ascii=False, separators=(",", ":")).encode()


def register() -> None:
    """Pelican's hooks."""
    signals.all_generators_finalized.connect(_index)
    signals.article_writer_finalized.connect(_ask)
