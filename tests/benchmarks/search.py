"""What search costs: an index a year beside one whole index; the first query on a slow line."""

from __future__ import annotations

import gzip
import json
import shutil
import statistics
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, sync_playwright

import environment
from plugins.search import FOLDER, pagefind

from . import RESULTS, corpus, measure
from .corpus import ROOT
from .rebuild import machine

WORK = ROOT / ".cache" / "benchmarks"
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}  # ms, bytes a second
QUERIES = ["duong len deo may", "Uỷ ban nhân dân tỉnh", '"cải cách hành chính"']  # each is the first of a new reader
ROWS = ("index from nothing, s CPU", "index from nothing, MB", "one article more, s CPU", "one article more, files new or different")
FIRST = ("search page, KB", "query, KB", "query, ms", "shared link, KB", "shared link, ms")


def main(sizes: Sequence[int], runs: int) -> None:
    """Measure at every size, print the tables, keep them in results/search.md."""
    texts = []
    for size in sizes:
        found = measured(size, runs)
        texts.append(f"## {size} articles\n\n{table(found)}")
        print(texts[-1], flush=True)
    (RESULTS / "search.md").write_text(f"{json.dumps(machine())}\n\n" + "\n\n".join(texts) + "\n", "utf-8")


def measured(size: int, runs: int) -> dict[str, dict[str, float]]:
    """Figures by row, by way of indexing."""
    found: dict[str, dict[str, float]] = {row: {} for row in (*ROWS, *FIRST)}
    shutil.rmtree(WORK, ignore_errors=True)
    try:
        for how in ("years", "whole"):
            folder = WORK / how
            folder.mkdir(parents=True)
            first = _index(folder, size, how)
            before = _bytes(folder)
            again = _index(folder, size + 1, how)
            newest = {path.name.partition("-")[0] for path in folder.iterdir()}
            after = _bytes(folder)
            different = sum(name not in before or before[name] != data for name, data in after.items())
            for row, value in zip(ROWS, (first.cpu, first.peak, again.cpu, different), strict=True):
                found[row][how] = value
            print(f"{size} {how}: {first} {again} {sorted(newest)}", file=sys.stderr, flush=True)
        site = _site(size)
        with sync_playwright() as playwright, _serving(site) as address:
            browser = playwright.chromium.launch(executable_path=environment.chromium())
            for how in ("years", "whole"):
                if how == "whole":
                    _use_whole(site, WORK / "whole", size)
                for row, values in _first(browser, address, runs).items():
                    found[row][how] = statistics.median(values)
        return found
    finally:
        shutil.rmtree(WORK, ignore_errors=True)


def _index(folder: Path, count: int, how: str) -> measure.Cost:
    command = [sys.executable, "-m", "tests.benchmarks.indexing", folder, str(count), how]
    return measure.cost(command, ROOT, WORK / "log.txt")


def _bytes(folder: Path) -> dict[str, bytes]:
    """Every bundle's files by the name they have on the site: of each year the newest bundle's."""
    newest: dict[str, Path] = {}
    for bundle in sorted(folder.iterdir(), key=lambda path: int(path.name.partition("-")[2])):
        newest[bundle.name.partition("-")[0]] = bundle
    return {f"{year}/{name}": (bundle / name).read_bytes() for year, bundle in newest.items() for name in pagefind.files(bundle, True)}


def _site(size: int) -> Path:
    corpus.write(WORK / "content", size)
    command = [sys.executable, ROOT / "tasks.py", "build", "--content", WORK / "content", "--output", WORK / "site"]
    measure.cost(command, ROOT, WORK / "log.txt")
    return WORK / "site"


def _use_whole(site: Path, folder: Path, size: int) -> None:
    """Have the same search page ask one bundle of all years."""
    bundle = folder / f"2000-{size}"
    shutil.copytree(bundle, site / FOLDER / "2000")
    page = site / "tim-kiem/index.html"
    lines = [line for line in page.read_text("utf-8").split("\n") if "/pagefind.js" not in line]
    base = f"/{FOLDER}2000/"
    text = "\n".join(lines).replace("</head>", f'<script type="module" src="{base}pagefind.js"></script>\n</head>')
    start = text.index('data-years="') + len('data-years="')
    page.write_text(text[:start] + f"2000 x {pagefind.meta(bundle)} " + text[text.index('"', start) :], "utf-8")


def _first(browser: Browser, address: str, runs: int) -> dict[str, list[float]]:
    """What new readers wait for and receive: on the search page, and by the link of a search."""
    found: dict[str, list[float]] = {row: [] for row in FIRST}
    for query in QUERIES:
        for _ in range(runs):
            with _reader(browser) as (page, received):
                page.goto(f"{address}/tim-kiem/", wait_until="networkidle")
                found["search page, KB"].append(sum(received) / 1024)
                received.clear()
                page.locator("#tu").fill(query)
                begun = time.perf_counter()
                page.locator("#tu").press("Enter")
                page.locator("#ket-qua[data-count] li >> nth=0").wait_for()
                found["query, ms"].append((time.perf_counter() - begun) * 1000)
                page.wait_for_load_state("networkidle")
                found["query, KB"].append(sum(received) / 1024)
            with _reader(browser) as (page, received):
                begun = time.perf_counter()
                page.goto(f"{address}/tim-kiem/?q={quote(query)}", wait_until="commit")
                page.locator("#ket-qua[data-count] li >> nth=0").wait_for()
                found["shared link, ms"].append((time.perf_counter() - begun) * 1000)
                page.wait_for_load_state("networkidle")
                found["shared link, KB"].append(sum(received) / 1024)
    return found


@contextmanager
def _reader(browser: Browser) -> Iterator:
    """A page with an empty cache on the slow line, and the bytes of what has come, as they are on the line."""
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()
    received: list[int] = []
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    session.on("Network.loadingFinished", lambda event: received.append(int(event["encodedDataLength"])))
    yield page, received
    context.close()


class _Handler(SimpleHTTPRequestHandler):
    """Sends text compressed, as web servers do, and lets what never changes be kept."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(urlsplit(self.path).path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return self.send_error(404)
        body, kind = path.read_bytes(), self.guess_type(str(path))
        self.send_response(200)
        if path.suffix in (".html", ".js", ".css", ".json", ".svg"):
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        if FOLDER in self.path or "/theme/" in self.path:
            self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@contextmanager
def _serving(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(site)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def table(found: dict[str, dict[str, float]]) -> str:
    """The figures as Markdown."""
    lines = ["| | an index a year | one whole index | ratio |", "| --- | --: | --: | --: |"]
    for row, values in found.items():
        ratio = f"{values['years'] / values['whole']:.2f}" if values.get("whole") else "–"
        lines.append(f"| {row} | {values['years']:.0f} | {values['whole']:.0f} | {ratio} |" if values["years"] >= 20 else f"| {row} | {values['years']:.1f} | {values['whole']:.1f} | {ratio} |")
    return "\n".join(lines)
