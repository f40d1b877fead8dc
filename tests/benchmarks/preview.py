"""The time from an editor's save to the reloaded page in the browser, compared with Hugo's server."""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from playwright.sync_api import Page, sync_playwright

import environment

from . import RESULTS, corpus
from .corpus import ROOT, Article
from .peers import Hugo, Peer, Portal

WORK = ROOT / ".cache" / "benchmarks" / "preview"
SAVES = 4  # saves per run
QUIET = 2.0  # seconds between two saves for one program, longer than its build takes
PATIENCE = 900  # seconds for a first build
_ADDRESS = re.compile(r"http://[\w.]+:\d+/")


def main(sizes: Sequence[int], runs: int) -> None:
    """Measure every size; print and save the table."""
    lines = [
        "| articles | from save to the page reloaded, ms: median (min–max) | portal | Hugo |",
        "| --: | --- | --: | --: |",
    ]
    for size in sizes:
        milliseconds = measure_size(size, runs * SAVES)
        for change in ("a sentence added", "the title changed"):
            shown = (
                f"{statistics.median(times):.0f} ({min(times):.0f}–{max(times):.0f})"
                for times in milliseconds[change].values()
            )
            lines.append(f"| {size} | {change} | {' | '.join(shown)} |")
            print(lines[-1], flush=True)
    text = "\n".join(lines) + "\n"
    (RESULTS / "preview.md").write_text(text, "utf-8")
    print(f"\n{text}")


def measure_size(size: int, saves: int) -> dict[str, dict[str, list[float]]]:
    """Return milliseconds by change, by program; the programs take turns."""
    shutil.rmtree(WORK, ignore_errors=True)
    peers: list[Peer] = [Portal(WORK / "portal"), Hugo(WORK / "hugo")]
    for peer in peers:
        peer.folder.mkdir(parents=True)
        peer.prepare(WORK / "cache")
    for article in corpus.articles(size):
        if article.number == size // 2:
            edited = article
        for peer in peers:
            peer.take(article)
    try:
        with sync_playwright() as playwright, _serve(peers[0]) as portal_address, _serve(peers[1]) as hugo_address:
            browser = playwright.chromium.launch(executable_path=environment.chromium(), args=["--no-sandbox"])
            pages = {peer: browser.new_page() for peer in peers}
            for peer, address in zip(peers, (portal_address, hugo_address), strict=True):
                pages[peer].goto(f"{address}bai-viet/{edited.slug}/")
            milliseconds: dict[str, dict[str, list[float]]] = {}
            for number in range(saves + 1):  # the first save includes work that is done only once
                sentence, title = f"Đã sửa lần {number}.", f"Tiêu đề lần {number}"
                for change, words, article in (
                    ("a sentence added", sentence, replace(edited, body=f"{edited.body}\n\n{sentence}")),
                    ("the title changed", title, replace(edited, title=title)),
                ):
                    for peer in peers:
                        took = _time_save(peer, article, pages[peer], words)
                        if number:
                            milliseconds.setdefault(change, {}).setdefault(peer.name, []).append(took)
                        time.sleep(QUIET)
            return milliseconds
    finally:
        shutil.rmtree(WORK, ignore_errors=True)


def _time_save(peer: Peer, article: Article, page: Page, words: str) -> float:
    """Save an article; return the milliseconds until its open page shows the words."""
    begun = time.perf_counter()
    peer.take(article)
    while True:
        try:
            page.wait_for_function(
                "words => document.body && document.body.innerText.includes(words)", arg=words, timeout=60_000
            )
            return (time.perf_counter() - begun) * 1000
        except Exception as error:
            if "context was destroyed" not in str(error):  # the page is being reloaded
                raise


@contextmanager
def _serve(peer: Peer) -> Iterator[str]:
    """Return the address at which a program serves its site and reloads it."""
    if isinstance(peer, Hugo):
        command = [*peer.command[:1], "server", "--port", "8700", "--cacheDir", peer.folder / "cache"]
    else:
        folders = ["--content", peer.folder / "content", "--output", peer.output]
        command = [sys.executable, ROOT / "tasks.py", "serve", "--port", "8710", *folders]
    serving = subprocess.Popen(command, cwd=peer.folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    late = threading.Timer(PATIENCE, serving.kill)
    late.start()
    try:
        address_line = next((match for line in serving.stdout if (match := _ADDRESS.search(line))), None)
        late.cancel()
        if not address_line:
            raise environment.CommandError(f"{peer.name} does not serve")
        # otherwise it would wait until somebody reads its output
        threading.Thread(target=serving.stdout.read, daemon=True).start()
        yield address_line[0]
    finally:
        late.cancel()
        serving.terminate()
        serving.wait(timeout=30)
