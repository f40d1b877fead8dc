"""Posting lists are read by the page's script as they were written."""

from __future__ import annotations

import json
import subprocess

import numpy as np

import environment
from plugins.search import postings
from tests import portals

SCRIPT = portals.ROOT / "plugins/search/script/index.js"


def decode(lists: list[bytes], kind: str) -> list[list[list[int]]]:
    """Return article, occurrences and share of the title of each entry, as the script reads them."""
    program = f"""{SCRIPT.read_text("utf-8")}
      console.log(JSON.stringify({json.dumps([[*each] for each in lists])}.map((bytes) => {{
        const entries = [];
        const add = (article, hit) => entries.push([article, timesOf(hit), shareOf(hit)]);
        decodePostings(new Uint8Array(bytes), "{kind}", add);
        return entries;
      }})))"""
    done = subprocess.run([environment.node(), "-"], input=program, capture_output=True, text=True, check=True)
    found: list[list[list[int]]] = json.loads(done.stdout)
    return found


def test_lists_of_words_are_read_as_they_were_written() -> None:
    rng = np.random.default_rng(1)
    sizes = np.array([1, 1, 2, 40, 700, 3])
    titles = [0, 1, 2, 7, 0, 1]  # of each list
    starts = np.append(0, sizes.cumsum()[:-1])
    articles = np.concatenate([np.sort(rng.choice(100_000, size, replace=False)) for size in sizes])
    counts = rng.integers(1, 9, len(articles))
    shares = np.zeros_like(articles)
    for start, size, few in zip(starts, sizes, titles, strict=True):
        shares[start + rng.choice(size, few, replace=False)] = rng.integers(1, postings.WHOLE_TITLE + 1, few)
    encoded = postings.encode(postings.Lists(starts, articles, counts, (shares > 0).astype(np.int64), shares))
    written = [encoded.data[i:j] for i, j in zip(encoded.offsets, encoded.offsets[1:], strict=False)]
    expected = np.stack([articles, np.minimum(counts, postings.MOST_TIMES), shares], axis=1).tolist()
    assert [entry for entries in decode(written, "words") for entry in entries] == expected
    assert [*map(len, decode(written, "words"))] == sizes.tolist()
