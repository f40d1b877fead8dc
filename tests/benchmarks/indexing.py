"""`python -m tests.benchmarks.indexing FOLDER COUNT whole|years`: index generated articles as the portal does.

What is in FOLDER already is kept, as in the portal's cache: so that with one article more only its bundle is made.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import environment
from plugins.search import pagefind
from plugins.search.text import disguised

from . import corpus


def records(articles: list[corpus.Article], language: str) -> Iterator[dict[str, Any]]:
    """The articles as Pagefind takes them, with what plugins/search gives it."""
    for a in articles:
        yield {
            "url": f"/bai-viet/{a.slug}/",
            "language": language,
            "content": disguised(f"{a.lead}\n{a.body}"),
            "meta": {"title": disguised(a.title)},
            "filters": {"lang": ["vi"], "category": [a.category], "author": [a.author], "shown": [f'["{a.date:%Y-%m-%dT%H:%M}","{a.category}","vi"]']},
            "sort": {"date": f"{a.date:%Y%m%d%H%M}"},
        }


def main(folder: Path, count: int, how: str) -> None:
    """Make the bundles that are missing."""
    bundles: dict[str, list[corpus.Article]] = {}
    for article in corpus.articles(count):
        bundles.setdefault(str(article.date.year) if how == "years" else "2000", []).append(article)
    for name, articles in bundles.items():
        pagefind.bundle(environment.pagefind(), folder / f"{name}-{len(articles)}", name, records(articles, name))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
