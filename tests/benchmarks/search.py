"""What search costs, compared with Pagefind: the index, and a reader's first query on a slow line."""

from __future__ import annotations

import gzip
import json
import shutil
import statistics
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

import environment
from tests import byte_ranges

from . import RESULTS, corpus, measure
from .corpus import ROOT
from .rebuild import machine

WORK = ROOT / ".cache" / "benchmarks"
# ms, bytes per second
LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
# each is the first query of a new reader
WORDS = [
    "duong len",
    "duong len deo may",
    "Uỷ ban nhân dân tỉnh",
    '"cải cách hành chính"',
]
PROGRAMS = ("portal", "pagefind")
ROWS = (
    "index, s CPU",
    "index, s",
    "index, MB of the largest process",
    "index, MB of files",
    "one article more, s CPU",
    "one article more, s",
)
FILES = ("one article more, files new or different", "one article more, files in all")
# Pagefind's page as its documentation shows it, https://pagefind.app/docs/api/, with markers that _first_query needs.
PEER = """<!doctype html><html lang=vi><meta charset=utf-8><title>x</title>
<form id=f><input id=search-words name=q></form>
<section id=results><ol></ol></section><script type=module>
const module = await import("/pagefind/pagefind.js");
const box = document.getElementById("search-words"), place = document.getElementById("results");
// its worker would not be slowed down
const pagefind = module.createInstance({ basePath: "/pagefind/", noWorker: true });
await pagefind.init();
async function ask() {
  const { results } = await pagefind.search(box.value);
  for (const item of await Promise.all(results.slice(0, 10).map((r) => r.data()))) {
    const li = document.createElement("li");
    li.innerHTML = item.meta.title + item.excerpt;
    place.firstChild.append(li);
  }
  place.dataset.count = results.length;
}
document.getElementById("f").addEventListener("submit", (event) => { event.preventDefault(); ask(); });
box.value = new URLSearchParams(location.search).get("q") || "";
if (box.value) ask();
</script></html>"""

# Playwright itself checks only twice a second.
# Times are in ms since 1970, since the page may change; `begun` is kept for the next page.
WATCH = """window.seen = { opened: performance.timeOrigin, begun: Number(sessionStorage.begun) };
const now = () => performance.timeOrigin + performance.now();
addEventListener("keydown", (event) => { if (event.key === "Enter") sessionStorage.begun = seen.begun = now(); }, true);
new MutationObserver(() => {
  if (document.querySelector("#results li")) seen.first ||= now();
  if (document.querySelector("#results[data-count]")) seen.all ||= now();
}).observe(document, { subtree: true, childList: true, attributes: true });"""


def main(sizes: Sequence[int], runs: int) -> None:
    """Measure at every size, print the tables, and save them in results/search.md."""
    texts = []
    for size in sizes:
        figures = measure_size(size, runs)
        texts.append(f"## {size} articles\n\n{table(figures)}")
        print(texts[-1], flush=True)
    (RESULTS / "search.md").write_text(f"{json.dumps(machine())}\n\n" + "\n\n".join(texts) + "\n", "utf-8")


def measure_size(size: int, runs: int) -> dict[str, dict[str, float]]:
    """Return figures by row, by program."""
    figures: dict[str, dict[str, float]] = {}

    def note(program: str, rows: Sequence[str], values: Sequence[float]) -> None:
        for row, value in zip(rows, values, strict=True):
            figures.setdefault(row, {})[program] = value

    shutil.rmtree(WORK, ignore_errors=True)
    try:
        for program in PROGRAMS:
            folder = WORK / program
            folder.parent.mkdir(parents=True, exist_ok=True)
            first = _index(folder, size, 0, program)
            before = _bytes(folder)
            weight = sum(map(len, before.values())) / 1e6
            second = _index(folder, size, 1, program)
            after = _bytes(folder)
            different = sum(name not in before or before[name] != data for name, data in after.items())
            note(program, ROWS, [first.cpu, first.wall, first.peak, weight, second.cpu, second.wall])
            note(program, FILES, [different, len(after)])
        site = _site(size)
        shutil.rmtree(WORK / "pagefind")
        _index(site / "pagefind", size, 0, "pagefind")
        (site / "peer").mkdir()
        (site / "peer/index.html").write_text(PEER, "utf-8")
        with sync_playwright() as playwright, serve(site) as address:
            browser = playwright.chromium.launch(executable_path=environment.chromium())
            for query in WORDS:
                for program, page in zip(PROGRAMS, ("/tim-kiem/", "/peer/"), strict=True):
                    for row, values in _first_query(browser, address + page, query, runs).items():
                        note(program, [f"`{query}`: {row}"], [statistics.median(values)])
        return figures
    finally:
        shutil.rmtree(WORK, ignore_errors=True)


def _index(folder: Path, count: int, more: int, program: str) -> measure.Cost:
    command = [sys.executable, "-m", "tests.benchmarks.indexing", folder, str(count), str(more), program]
    return measure.cost(command, ROOT, WORK / "log.txt")


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _site(size: int) -> Path:
    corpus.write(WORK / "content", size)
    command = [
        sys.executable,
        ROOT / "tasks.py",
        "build",
        "--no-pdf",
        "--no-audio",
        "--content",
        WORK / "content",
        "--output",
        WORK / "site",
    ]
    measure.cost(command, ROOT, WORK / "log.txt")
    return WORK / "site"


def _first_query(browser: Browser, page_address: str, query: str, runs: int) -> dict[str, list[float]]:
    """Measure what new readers wait for and receive: on the search page, and by the link of a search."""
    rows = (
        "page, KB",
        "query, KB",
        "query, first result, ms",
        "query, ten results, ms",
        "shared link, KB",
        "shared link, first result, ms",
    )
    figures: dict[str, list[float]] = {row: [] for row in rows}
    for _ in range(runs):
        with _reader(browser) as (page, received):
            page.goto(page_address, wait_until="networkidle")
            figures["page, KB"].append(sum(received) / 1024)
            received.clear()
            page.locator("#search-words").fill(query)
            page.locator("#search-words").press("Enter")
            times = _result_times(page)
            figures["query, first result, ms"].append(times["first"] - times["begun"])
            figures["query, ten results, ms"].append(times["all"] - times["begun"])
            figures["query, KB"].append(sum(received) / 1024)
        with _reader(browser) as (page, received):
            page.goto(f"{page_address}?q={quote(query)}", wait_until="commit")
            times = _result_times(page)
            figures["shared link, first result, ms"].append(times["first"] - times["opened"])
            figures["shared link, KB"].append(sum(received) / 1024)
    return figures


def _result_times(page: Page) -> dict[str, float]:
    """Return when Enter was pressed, and when the first result and all ten were there (ms)."""
    page.wait_for_function("seen.all")
    page.wait_for_load_state("networkidle")
    return page.evaluate("seen")


@contextmanager
def _reader(browser: Browser) -> Iterator:
    """Return a page with an empty cache on the slow line, and the bytes that it has received, counted on the line."""
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()
    page.add_init_script(WATCH)
    received: list[int] = []
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    session.on("Network.loadingFinished", lambda event: received.append(int(event["encodedDataLength"])))
    yield page, received
    context.close()


class _Handler(SimpleHTTPRequestHandler):
    """Sends text compressed, as web servers do, and lets browsers cache what never changes."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(urlsplit(self.path).path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body, kind = path.read_bytes(), self.guess_type(str(path))
        asked = self.headers.get("Range")
        part, several = byte_ranges.byte_range(asked, len(body)), byte_ranges.several_ranges(asked, body, kind)
        if several:
            kind = f"multipart/byteranges; boundary={byte_ranges.BOUNDARY}"
        self.send_response(206 if part or several else 200)
        if part:
            self.send_header("Content-Range", f"bytes {part[0]}-{part[1] - 1}/{len(body)}")
        body = several or (body[slice(*part)] if part else body)
        if path.suffix in (".html", ".js", ".css", ".json", ".svg"):
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        if (
            "/chi-muc/" in self.path
            or "/theme/" in self.path
            or self.path.endswith((".pf_index", ".pf_fragment", ".svg"))
        ):
            self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


class _Server(ThreadingHTTPServer):
    """Says nothing of readers who leave before an answer is complete."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Print nothing."""


@contextmanager
def serve(site: Path) -> Iterator[str]:
    """Serve a finished site; yield its address."""
    server = _Server(("127.0.0.1", 0), partial(_Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def table(figures: dict[str, dict[str, float]]) -> str:
    """Return the figures as Markdown."""
    lines = ["| | ours | Pagefind | ratio |", "| --- | --: | --: | --: |"]
    for row, values in figures.items():
        portal, pagefind = (values[program] for program in PROGRAMS)
        ratio = f"{portal / pagefind:.2f}" if pagefind else "–"
        lines.append(
            f"| {row} | {portal:.{0 if portal >= 20 else 1}f} | {pagefind:.{0 if pagefind >= 20 else 1}f} | {ratio} |"
        )
    return "\n".join(lines)
