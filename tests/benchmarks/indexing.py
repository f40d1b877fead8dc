"""`python -m tests.benchmarks.indexing FOLDER COUNT MORE portal|pagefind`: index generated articles, then newer ones.

The portal reuses what an earlier run has cached in FOLDER.cache, as a build does; Pagefind cannot add to an index.
Afterwards FOLDER holds the files of the site. The portal's index is made by one process here; a build uses all cores.
"""

from __future__ import annotations

import html
import json
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import environment
from plugins import jobs, search
from plugins.search import index, postings

from . import corpus, pagefind


class Writer:
    """Receives the files that search adds to the portal's site, and writes them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add_file(self, address: str, fingerprint: str, render: Callable[[], bytes], group: str = "") -> None:
        """Write a file unless it is there already."""
        path, data = self.folder / address, render()
        if not (path.exists() and path.read_bytes() == data):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def articles(count: int, more: int) -> list[corpus.Article]:
    """Return `count` articles, and `more` that are newer than all of them."""
    newer = (replace(a, number=a.number + count, date=corpus.NEWEST) for a in corpus.articles(more, seed=2))
    return [*corpus.articles(count), *newer]


def index_with_portal(folder: Path, all_articles: list[corpus.Article]) -> None:
    """Index articles with plugins/search."""
    cache_folder = folder.with_name(folder.name + ".cache")
    cache_folder.mkdir(parents=True, exist_ok=True)
    state = cache_folder / "state.sqlite"
    state.unlink(missing_ok=True)
    years: dict[int, list[corpus.Article]] = {}
    with sqlite3.connect(state) as db:
        db.execute("CREATE TABLE sources (path TEXT PRIMARY KEY, metadata TEXT)")
        db.execute("CREATE TABLE bodies (path TEXT PRIMARY KEY, html TEXT)")
        for a in all_articles:
            years.setdefault(a.date.year, []).append(a)
            db.execute("INSERT INTO sources VALUES (?, ?)", (a.slug, json.dumps({"title": a.title, "summary": a.lead})))
            db.execute("INSERT INTO bodies VALUES (?, ?)", (a.slug, html.escape(a.body)))
    files = {year: cache_folder / f"{year}-{len(those)}" for year, those in sorted(years.items())}
    tasks = [
        index.IndexTask(year, tuple(map(_row, years[year])), str(state), str(file))
        for year, file in files.items()
        if not file.exists()
    ]
    # in this process, so that its time and memory are measured
    for _, result in jobs.run(index.build_index, tasks, "", 1):
        jobs.unwrap(result)
    open_index = cache(lambda year: index.YearIndex(year, files[year]))
    for year in files:
        search.add_texts(Writer(folder), f"{year}/", open_index, year)
    search.add_shards(
        Writer(folder),
        "vi/",
        open_index,
        "vi",
        files,
        postings.shard_count(len(all_articles), search.ARTICLES_PER_SHARD),
    )


def _row(a: corpus.Article) -> index.IndexRow:
    filters = (f"category:{a.category}", f"author:{a.author}")
    return index.IndexRow(a.slug, "", f"/bai-viet/{a.slug}/", f"{a.date:%Y-%m-%dT%H:%M}", "vi", a.category, filters)


def records(all_articles: list[corpus.Article]) -> Iterator[dict[str, Any]]:
    """Return the articles as Pagefind takes them (https://pagefind.app/docs/node-api/#indexaddcustomrecord)."""
    for a in all_articles:
        yield {
            "url": f"/bai-viet/{a.slug}/",
            "language": "vi",
            "content": f"{a.title}. {a.lead}\n{a.body}",
            "meta": {"title": a.title},
            "filters": {"category": [a.category], "author": [a.author]},
            "sort": {"date": f"{a.date:%Y%m%d%H%M}"},
        }


if __name__ == "__main__":
    target, generated = Path(sys.argv[1]), articles(int(sys.argv[2]), int(sys.argv[3]))
    if sys.argv[4] == "portal":
        index_with_portal(target, generated)
    else:
        pagefind.index(environment.pagefind(), target, records(generated))
