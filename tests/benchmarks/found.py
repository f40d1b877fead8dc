"""How well people find an article: 31 kinds of queries, beside SQLite's FTS5 and Tantivy.

`bench found FOLDER` takes real texts, one a file: the title in the first line, then an empty line and the text. Without
a folder the articles are generated. Each query is made from one article; the figures say how often it is the first of
the results or among the first ten, and the mean of 1/rank (MRR). An article with the same title counts as the same.

Tantivy is measured if it is installed (`.venv/bin/pip install tantivy`); the portal needs it for nothing else.
"""

from __future__ import annotations

import html
import importlib.util
import json
import random
import re
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import environment
from plugins import unicode_text
from plugins.search import index, segments, synonyms, tokens

from . import RESULTS, corpus
from .corpus import ROOT
from .found_queries import ABBREVIATIONS, KINDS, RIGHT, Text, bare, queries

SAMPLE = 100  # queries of each kind
PARTS = ("words", "query", "files", "index", "ranking")
SCRIPT = """
const fs = require("fs"), path = require("path"), settings = JSON.parse(fs.readFileSync(process.argv[2]));
const RULES = settings.rules, SYNONYMS = settings.synonyms;
async function fetch(address, options) {
  const file = fs.openSync(path.join(settings.root, address)), asked = options?.headers.Range;
  const [start, end] = asked ? asked.slice(6).split(/[-,]/).map(Number) : [0, fs.fstatSync(file).size - 1];
  const several = asked?.includes(","), data = new Uint8Array(several ? 0 : end - start + 1);
  fs.readSync(file, data, 0, data.length, start);
  fs.closeSync(file);
  return { ok: true, status: asked && !several ? 206 : 200, headers: new Map(), arrayBuffer: async () => data.buffer };
}
%s
(async () => {
  const index = Index(settings), answers = [];
  const before = settings.segments.reduce((all, { articles }) => [...all, all[all.length - 1] + articles.vi], [0]);
  for (const words of JSON.parse(fs.readFileSync(0))) {
    const query = { terms: parseTerms(words), filters: [], langs: ["vi"], year: "", sort: "" };
    const { together, others } = await findArticles(index, query);
    const ids = [...together, ...others].slice(0, 10);
    answers.push(ids.map((id) => before[Math.floor(id / SEGMENT)] + (id %% SEGMENT)));
  }
  console.log(JSON.stringify(answers));
})();
"""

Engine = Callable[[Sequence[str]], list[list[int]]]  # the first ten articles for each query, by their numbers


def main(sizes: Sequence[int], runs: int, folder: str = "") -> None:
    """Measure all engines, print the table, and save it in results/found.md. folder: of real texts."""
    texts = _read(Path(folder)) if folder else _generate(sizes[0])
    asked = queries(texts, SAMPLE)
    flat = [(kind, words, text) for kind, found in asked.items() for words, text in found]
    with tempfile.TemporaryDirectory() as work:
        engines = {
            "ours": ours(texts, Path(work)),
            "FTS5, all words": fts5(texts, " "),
            "FTS5, any": fts5(texts, " OR "),
        }
        if importlib.util.find_spec("tantivy"):
            engines["Tantivy, any"] = tantivy_engine(texts)
        answers = {name: engine([words for _, words, _ in flat]) for name, engine in engines.items()}
    table = _table(texts, flat, answers)
    print(table)
    (RESULTS / "found.md").write_text(f"{len(texts)} articles\n\n{table}\n", "utf-8")


def _read(folder: Path) -> list[Text]:
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise environment.CommandError(f"{folder} has no files that end in .txt.")
    parts = ((file.stem, file.read_text("utf-8").partition("\n\n")) for file in files)
    return [Text.composed(name, title, body) for name, (title, _, body) in parts]


def _generate(count: int) -> list[Text]:
    return [Text.composed(a.slug, a.title, f"{a.lead}\n{a.body}") for a in corpus.articles(count)]


def ours(texts: Sequence[Text], work: Path) -> Engine:
    """Return the portal's search: its index, and its script in Node."""
    with sqlite3.connect(work / "state.sqlite") as db:
        db.execute("CREATE TABLE sources (path TEXT PRIMARY KEY, metadata TEXT)")
        db.execute("CREATE TABLE bodies (path TEXT PRIMARY KEY, html TEXT)")
        for text in texts:
            db.execute("INSERT INTO sources VALUES (?, ?)", (text.slug, json.dumps({"title": text.title})))
            db.execute("INSERT INTO bodies VALUES (?, ?)", (text.slug, html.escape(text.body)))
    same, _ = synonyms.parse("\n".join(f"{short} = {full}" for short, full in ABBREVIATIONS.items()))
    rng, days = random.Random(1), 14 * 365
    dates = sorted(datetime(2012, 1, 1) + timedelta(days=rng.randrange(days)) for _ in texts)  # as good as any
    rows = [index.IndexRow(t.slug, "", "/", f"{d:%Y-%m-%d}", "vi", "", ()) for t, d in zip(texts, dates, strict=True)]
    facts: list[dict[str, Any]] = []
    numbers: Any = rows
    for i, part in enumerate(segments.cut(numbers)):
        task = index.SegmentTask(tuple(part), str(work / "state.sqlite"), str(work / f"{i}"), {"vi": same})
        facts.append(index.build_segment(task))
        for ending, name in facts[-1]["files"].items():
            (work / f"{i}.{ending}").rename(work / f"{name}.{ending}")
    heads = [(work / f"{each['files']['vi.head']}.vi.head").read_bytes() for each in facts]
    (work / "all.head").write_bytes(b"".join(heads))
    settings = {"root": str(work), "folder": "/", "unit": index.UNIT, "card": index.CARD, "heads": {"vi": "/all.head"}}
    settings |= {"segments": facts, "synonyms": same}
    settings["rules"] = {**unicode_text.SCRIPT_RULES, "spellings": tokens.SPELLINGS}
    (work / "settings.json").write_text(json.dumps(settings), "utf-8")
    parts = "\n".join((ROOT / "plugins/search/script" / f"{part}.js").read_text("utf-8") for part in PARTS)
    (work / "search.js").write_text(SCRIPT % parts, "utf-8")

    def engine(asked: Sequence[str]) -> list[list[int]]:
        command = ["node", work / "search.js", work / "settings.json"]
        done = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=True)
        found: list[list[int]] = json.loads(done.stdout)
        return found

    return engine


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", bare(text).lower())


def fts5(texts: Sequence[Text], between: str) -> Engine:
    """Return SQLite's FTS5 with BM25, over text without diacritics, a title counting ten times."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5(title, body, tokenize = 'unicode61')")
    db.executemany("INSERT INTO t VALUES (?, ?)", ((bare(t.title), bare(t.body)) for t in texts))

    def engine(asked: Sequence[str]) -> list[list[int]]:
        sql = "SELECT rowid - 1 FROM t WHERE t MATCH ? ORDER BY bm25(t, 10, 1) LIMIT 10"
        matches = (between.join(f'"{word}"' for word in _words(words)) or '""' for words in asked)
        return [[number for (number,) in db.execute(sql, (match,))] for match in matches]

    return engine


def tantivy_engine(texts: Sequence[Text]) -> Engine:
    """Return Tantivy, over text without diacritics, a title counting three times."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    for name in ("title", "body"):
        builder.add_text_field(name)
    builder.add_unsigned_field("number", stored=True)
    store = tantivy.Index(builder.build())
    writer = store.writer()
    for number, t in enumerate(texts):
        writer.add_document(tantivy.Document(title=bare(t.title), body=bare(t.body), number=number))
    writer.commit()
    store.reload()
    searcher = store.searcher()

    def answer(words: str) -> Iterator[int]:
        query = store.parse_query(" ".join(_words(words)) or "x", ["title", "body"], field_boosts={"title": 3.0})
        for _, address in searcher.search(query, 10).hits:
            yield searcher.doc(address)["number"][0]

    return lambda asked: [[*answer(words)] for words in asked]


def _table(texts: Sequence[Text], flat: list[tuple[str, str, Text]], answers: dict[str, list[list[int]]]) -> str:
    """Return success at 1 and 10 in percent, and the MRR, by kind and engine."""
    ranks: dict[str, dict[str, list[int]]] = {name: {kind: [] for kind in KINDS} for name in answers}
    for name, found in answers.items():
        for (kind, _, text), numbers in zip(flat, found, strict=True):
            titles = [texts[number].title for number in numbers]
            ranks[name][kind].append(titles.index(text.title) + 1 if text.title in titles else 0)

    def figures(kinds: Sequence[str], name: str) -> str:
        means = []
        for kind in kinds:
            found = ranks[name][kind]
            if found:
                hits = [sum(rank == 1 for rank in found), sum(rank > 0 for rank in found)]
                means.append([hit / len(found) for hit in (*hits, sum(1 / rank for rank in found if rank))])
        first, ten, mrr = (
            (sum(column) / len(means) if means else 0 for column in zip(*means, strict=True)) if means else (0, 0, 0)
        )
        return f"{first:.0%} / {ten:.0%} / {mrr:.2f}"

    rows = [(kind, [kind]) for kind in KINDS] + [("mean of right words", RIGHT), ("mean of all", tuple(KINDS))]
    lines = [f"| | {' | '.join(answers)} |", "| --- |" + " --: |" * len(answers)]
    lines += [f"| {label} | {' | '.join(figures(kinds, name) for name in answers)} |" for label, kinds in rows]
    return "\n".join(lines)
