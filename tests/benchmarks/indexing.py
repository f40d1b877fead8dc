"""`python -m tests.benchmarks.indexing FOLDER COUNT MORE portal|pagefind`: index generated articles, then newer ones.

The portal reuses what an earlier run has cached in FOLDER.cache, as a build does; Pagefind cannot add to an index.
Afterwards FOLDER holds the files of the site. The portal's index is made by one process here; a build uses all cores.
"""

from __future__ import annotations

import html
import json
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import environment
from plugins.search import blocks, index, segments

from . import corpus, pagefind


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
    with sqlite3.connect(state) as db:
        db.execute("CREATE TABLE sources (path TEXT PRIMARY KEY, metadata TEXT)")
        db.execute("CREATE TABLE bodies (path TEXT PRIMARY KEY, html TEXT)")
        for a in all_articles:
            db.execute("INSERT INTO sources VALUES (?, ?)", (a.slug, json.dumps({"title": a.title, "summary": a.lead})))
            db.execute("INSERT INTO bodies VALUES (?, ?)", (a.slug, html.escape(a.body)))
    folder.mkdir(parents=True, exist_ok=True)
    published: set[str] = set()
    for part in segments.cut(all_articles):  # in this process, so that its time and memory are measured
        target = cache_folder / f"{part[0].slug}-{len(part)}"
        facts_file = target.with_suffix(".json")
        if not facts_file.exists():
            task = index.SegmentTask(tuple(map(_row, part)), str(state), str(target), {}, {})
            facts_file.write_text(json.dumps(index.build_segment(task)), "utf-8")
        for ending, name in json.loads(facts_file.read_text("utf-8"))["files"].items():
            published.add(f"{name}.{ending}")
            if not (folder / f"{name}.{ending}").exists():
                (folder / f"{name}.{ending}").write_bytes(target.with_name(f"{target.name}.{ending}").read_bytes())
    for file in folder.iterdir():
        if file.name not in published:
            file.unlink()


def _row(a: corpus.Article) -> blocks.IndexRow:
    filters = (f"category:{a.category}", f"author:{a.author}")
    return blocks.IndexRow(a.slug, "", f"/bai-viet/{a.slug}/", f"{a.date:%Y-%m-%dT%H:%M}", "vi", a.category, filters)


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
