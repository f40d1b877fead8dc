"""How well people find an article: 31 kinds of queries, beside SQLite's FTS5, Tantivy and Pagefind.

`bench found FOLDER` takes real texts, one a file: the title in the first line, then an empty line and the text. Without
a folder the articles are generated. Each query is made from one article; the figures say how often it is the first of
the results or among the first ten, and the mean of 1/rank (MRR). An article with the same title counts as the same.

The queries are made from every third article; the numbers in ranking.js were chosen with those of another third.
Pagefind runs in Chromium, which takes its time, and is asked fewer queries of each kind.
"""

from __future__ import annotations

import base64
import html
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

from playwright.sync_api import sync_playwright

import environment
from plugins import unicode_text
from plugins.search import blocks, index, segments, synonyms, tokens

from . import RESULTS, corpus, pagefind
from .corpus import ROOT
from .found_queries import ABBREVIATIONS, KINDS, RIGHT, Text, bare, queries
from .search import serve

SAMPLE = 200  # queries of each kind
PAGEFIND_SAMPLE = 40
TUNED, MEASURED = 0, 1  # the thirds of the texts
PARTS = ("words", "query", "files", "index", "ranking")
SCRIPT = """
const fs = require("fs"), path = require("path"), settings = JSON.parse(fs.readFileSync(process.argv[2]));
const RULES = settings.rules, SYNONYMS = settings.synonyms, NAMES = settings.names, MONTHS = settings.months;
const SETTINGS = settings;
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

# asks Pagefind as its documentation shows it, https://pagefind.app/docs/api/
ASK_PAGEFIND = """async (queries) => {
  const pagefind = await import("/pagefind/pagefind.js");
  const answers = [];
  for (const query of queries) {
    const { results } = await pagefind.search(query);
    const found = await Promise.all(results.slice(0, 10).map((result) => result.data()));
    answers.push(found.map(({ url }) => parseInt(url.slice(1))));
  }
  return answers;
}"""

Engine = Callable[[Sequence[str]], list[list[int]]]  # the first ten articles for each query, by their numbers


def main(sizes: Sequence[int], runs: int, folder: str = "") -> None:
    """Measure all engines, print the table, and save it in results/found.md. folder: of real texts."""
    texts = _read(Path(folder)) if folder else _generate(sizes[0])
    asked = queries(texts[MEASURED::3], SAMPLE)
    flat = [(kind, words, text) for kind, found in asked.items() for words, text in found]
    few = [(kind, words, text) for kind, found in asked.items() for words, text in found[:PAGEFIND_SAMPLE]]
    with tempfile.TemporaryDirectory() as work:
        engines = {
            "ours": ours(texts, Path(work)),
            "FTS5, all words": fts5(texts, " "),
            "FTS5, any": fts5(texts, " OR "),
            "Tantivy, any": tantivy_engine(texts),
            "Pagefind": pagefind_engine(texts, Path(work)),
        }
        ranks = {}
        for name, engine in engines.items():
            chosen = few if name == "Pagefind" else flat
            ranks[name] = _ranks(texts, chosen, engine([words for _, words, _ in chosen]))
    table = _table(ranks)
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
    rows = [blocks.IndexRow(t.slug, "", "/", f"{d:%Y-%m-%d}", "vi", "", ()) for t, d in zip(texts, dates, strict=True)]
    facts: list[dict[str, Any]] = []
    numbers: Any = rows
    for i, part in enumerate(segments.cut(numbers)):
        task = index.SegmentTask(tuple(part), str(work / "state.sqlite"), str(work / f"{i}"), {"vi": same}, {})
        facts.append(index.build_segment(task))
        for ending, name in facts[-1]["files"].items():
            (work / f"{i}.{ending}").rename(work / f"{name}.{ending}")
    heads = [(work / f"{each['files']['vi.head']}.vi.head").read_bytes() for each in facts]
    tables = {"vi": base64.b64encode(b"".join(heads)).decode()}
    settings = {
        "root": str(work),
        "folder": "/",
        "unit": index.UNIT,
        "card": blocks.CARD,
        "heads": {},
        "tables": tables,
    }
    settings |= {"segments": facts, "synonyms": same, "months": {}}
    settings["rules"] = {**unicode_text.SCRIPT_RULES, "spellings": tokens.SPELLINGS}
    (work / "settings.json").write_text(json.dumps(settings), "utf-8")
    parts = "\n".join((ROOT / "plugins/search/script" / f"{part}.js").read_text("utf-8") for part in PARTS)
    (work / "search.js").write_text(SCRIPT % parts, "utf-8")

    def engine(asked: Sequence[str]) -> list[list[int]]:
        command = [environment.node(), work / "search.js", work / "settings.json"]
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


def pagefind_engine(texts: Sequence[Text], work: Path) -> Engine:
    """Return Pagefind, with its default options, in Chromium."""
    site = work / "site"
    site.mkdir()
    (site / "index.html").write_text("<!doctype html><title>x</title>", "utf-8")
    records = (
        {"url": f"/{i}/", "language": "vi", "content": f"{t.title}. {t.body}", "meta": {"title": t.title}}
        for i, t in enumerate(texts)
    )
    program = environment.pagefind()
    if not program:
        raise environment.CommandError("Pagefind has no program for this system.")
    pagefind.index(program, site / "pagefind", records)

    def engine(asked: Sequence[str]) -> list[list[int]]:
        with sync_playwright() as playwright, serve(site) as address:
            page = playwright.chromium.launch(executable_path=environment.chromium()).new_page()
            page.goto(address)
            parts = (page.evaluate(ASK_PAGEFIND, list(asked[at : at + 50])) for at in range(0, len(asked), 50))
            return [answer for part in parts for answer in part]

    return engine


Ranks = dict[str, list[int]]  # of each kind of query: the place of the article, 0 if it is not among the first ten


def _ranks(texts: Sequence[Text], asked: list[tuple[str, str, Text]], answers: list[list[int]]) -> Ranks:
    ranks: Ranks = {kind: [] for kind in KINDS}
    for (kind, _, text), numbers in zip(asked, answers, strict=True):
        titles = [texts[number].title for number in numbers]
        ranks[kind].append(titles.index(text.title) + 1 if text.title in titles else 0)
    return ranks


def _table(ranks: dict[str, Ranks]) -> str:
    """Return success at 1 and 10 in percent, and the MRR, by kind and engine."""

    def figures(kinds: Sequence[str], name: str) -> str:
        means = []
        for kind in kinds:
            found = ranks[name][kind]
            if found:
                hits = [sum(rank == 1 for rank in found), sum(rank > 0 for rank in found)]
                means.append([hit / len(found) for hit in (*hits, sum(1 / rank for rank in found if rank))])
        if not means:  # these texts have nothing of the kind
            return "–"
        first, ten, mrr = (sum(column) / len(means) for column in zip(*means, strict=True))
        return f"{first:.0%} / {ten:.0%} / {mrr:.2f}"

    rows = [(kind, [kind]) for kind in KINDS] + [("mean of right words", RIGHT), ("mean of all", tuple(KINDS))]
    lines = [f"| | {' | '.join(ranks)} |", "| --- |" + " --: |" * len(ranks)]
    lines += [f"| {label} | {' | '.join(figures(kinds, name) for name in ranks)} |" for label, kinds in rows]
    return "\n".join(lines)
