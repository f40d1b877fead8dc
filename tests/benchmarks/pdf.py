"""What a PDF costs, compared with plain WeasyPrint and a running Chromium: CPU time, memory, conformance."""

from __future__ import annotations

import http.server
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import environment

from . import RESULTS, corpus
from .corpus import ROOT

WORK = ROOT / ".cache" / "benchmarks" / "pdf"
MOST = 100  # articles
WORDS = 1000  # an article
BATCH = 10  # the programs take turns after this many articles
CHECKED = 10  # PDFs of each program that veraPDF checks
LONG = 500  # PDFs one worker makes, to see whether its memory grows


def main(sizes: Sequence[int], runs: int) -> None:
    """Measure all programs on the same articles; print and save the table. `runs`: passes over the articles."""
    count = min(MOST, *sizes)
    content, output = WORK / "content", WORK / "output"
    _write(content, count)
    sheets = _sheets(content, output)
    cpu: dict[str, list[float]] = {"plain": [], "chromium": [], "portal": []}
    pages = [f"{Path(sheet.source_name).stem}" for sheet in sheets]
    with _served(output) as address, _chromium() as chromium, _plain() as plain, _pool() as portal_pool:
        work: dict[str, Callable[[list[int]], list[float]]] = {
            "plain": lambda batch: [plain(f"{address}/bai-viet/{pages[i]}/", WORK / f"plain-{i}.pdf") for i in batch],
            "chromium": lambda batch: [
                chromium(f"{address}/bai-viet/{pages[i]}/", WORK / f"chromium-{i}.pdf") for i in batch
            ],
            "portal": lambda batch: [result.cpu for _, result in portal_pool.work(timed, [sheets[i] for i in batch])],
        }
        for each in work.values():
            each([0])  # what is done only once does not count
        for _ in range(runs):
            for start in range(0, count, BATCH):
                batch = list(range(start, min(start + BATCH, count)))
                for name, make in work.items():
                    cpu[name] += make(batch)
    begun = time.perf_counter()
    peaks = _many(sheets, os.cpu_count() or 1)
    wall = time.perf_counter() - begun
    flat = _many((sheets * (LONG // count + 1))[:LONG], 1)
    _report(count, runs, cpu, wall, max(peaks), flat, _passes(count, sheets))


def _report(
    count: int,
    runs: int,
    cpu: dict[str, list[float]],
    wall: float,
    peak: float,
    flat: list[float],
    passes: dict[str, int],
) -> None:
    portal_cpu = statistics.median(cpu["portal"])
    names = {
        "plain": "WeasyPrint, plainly used, one process",
        "chromium": "Chromium, kept open",
        "portal": "the portal, one worker",
    }
    lines = [f"{count} articles of about {WORDS} words with three photographs and a table, {runs} passes, by turns", ""]
    lines += ["| | CPU ms a PDF, median | times ours | pass veraPDF, both |", "| --- | ---: | ---: | ---: |"]
    for name, label in names.items():
        middle = statistics.median(cpu[name])
        lines.append(
            f"| {label} | {middle * 1000:.0f} | {middle / portal_cpu:.2f} | {passes[name]} of {min(CHECKED, count)} |"
        )
    lines += [
        "",
        (
            f"The portal on {os.cpu_count()} workers: {wall * 1000 / count:.0f} ms of wall time a PDF, "
            "their start included."
        ),
    ]
    lines += [
        (
            f"Memory of a worker (largest resident): {flat[count - 1]:.0f} MiB after {count} PDFs, "
            f"{flat[-1]:.0f} after {LONG}."
        )
    ]
    text = "\n".join(lines)
    print(text)
    (RESULTS / "pdf.md").write_text(text + "\n", encoding="utf-8")


# --- the same articles for all programs ---


def _write(folder: Path, count: int) -> None:
    rng = random.Random(3)
    images = folder / "images"
    images.mkdir(parents=True, exist_ok=True)
    for number in range(corpus.PICTURES):
        _photograph(images / f"{number}.jpg", number)
    (folder / "pages").mkdir(exist_ok=True)
    table = "| Xã | Hồ sơ | Đã xong |\n|---|---|---|\n" + "\n".join(
        f"| Xã số {n} | {n * 7} | {n * 5} |" for n in range(1, 13)
    )
    articles = corpus.articles(count * 3, seed=5)
    for _ in range(count):
        parts = [next(articles) for _ in range(3)]
        shown = [f'![Hình vẽ số {n}]({{images}}/{n}.jpg "Quang cảnh")' for n in rng.sample(range(corpus.PICTURES), 3)]
        bodies = [part.body for part in parts]
        body = "\n\n".join(text for pair in zip(bodies, shown, strict=True) for text in pair)
        body = "\n\n".join(p for p in body.split("\n\n") if ".png" not in p) + "\n\n" + table
        corpus.write_article(folder, replace(parts[0], body=body))


def _photograph(path: Path, number: int) -> None:
    from PIL import Image

    if not path.exists():
        grey = Image.effect_noise((150, 100), 70).resize((1200, 800), Image.Resampling.BICUBIC)
        Image.merge("RGB", (grey, grey.point(lambda v: v * (number + 40) // 80), grey.rotate(180))).save(
            path, quality=85
        )


def _sheets(content: Path, output: Path) -> list:
    """Build the portal without PDFs, and collect the input that its PDFs would be made from."""
    from pelican import signals

    from plugins.pdf.exporter import PdfExporter
    from plugins.portal import loading
    from plugins.portal.build import Portal

    sheets = []

    def take(generators: list) -> None:
        exporter = PdfExporter(generators[0].build)
        (WORK / "made").mkdir(parents=True, exist_ok=True)
        sheets.extend(
            exporter.job(story)._replace(target=str(WORK / f"made/{story.slug}.pdf"))
            for story in generators[0].published
        )

    signals.all_generators_finalized.connect(take)
    Portal(loading.settings(PATH=str(content), OUTPUT_PATH=str(output), PDF_EXPORT=False, FORCE=True)).run()
    signals.all_generators_finalized.disconnect(take)
    return sheets


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


# --- the programs ---


class Timed:
    """cpu: seconds in the worker; peak: its largest resident memory, MiB."""

    def __init__(self, cpu: float, peak: float) -> None:
        self.cpu, self.peak = cpu, peak


def timed(sheet) -> Timed:
    """Render in a worker, and measure it."""
    import resource

    from plugins.pdf.render import render

    begun = time.process_time()
    render(sheet)
    return Timed(time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


@contextmanager
def _pool(workers: int = 1) -> Iterator:
    from plugins import jobs
    from plugins.jobs.workers import WorkerPool
    from plugins.pdf.render import prepare

    pool = WorkerPool(workers, jobs.Limits(60, 1 << 30), partial(prepare, WORK / "made"))
    yield pool
    pool.close()


def _many(sheets: list, workers: int) -> list[float]:
    with _pool(workers) as pool:
        return [result.peak for _, result in pool.work(timed, sheets)]


PLAIN = """
import sys, time, weasyprint, logging
logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
for line in sys.stdin:
    address, target = line.split()
    begun = time.process_time()
    weasyprint.HTML(address).write_pdf(target, pdf_variant="pdf/ua-1")
    print(time.process_time() - begun, flush=True)
"""


@contextmanager
def _plain() -> Iterator[Callable[[str, Path], float]]:
    """WeasyPrint as the first page of its documentation shows it, on the article's web page."""
    process = subprocess.Popen([sys.executable, "-c", PLAIN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def make(address: str, target: Path) -> float:
        process.stdin.write(f"{address} {target}\n")
        process.stdin.flush()
        return float(process.stdout.readline())

    yield make
    process.stdin.close()
    process.wait()


@contextmanager
def _chromium() -> Iterator[Callable[[str, Path], float]]:
    """Chromium's print-to-PDF, tagged, on the article's web page; CPU time of all its processes."""
    import psutil
    from playwright.sync_api import sync_playwright

    def used() -> float:
        total = 0.0
        for process in psutil.Process().children(recursive=True):
            try:
                if "chrom" in process.name() or "headless" in process.name():
                    total += sum(process.cpu_times()[:2])
            except psutil.Error:
                pass
        return total

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=environment.chromium(), args=["--no-sandbox"])
        page = browser.new_page()

        def make(address: str, target: Path) -> float:
            begun = used()
            page.goto(address, wait_until="load")
            page.pdf(path=target, tagged=True, outline=True)
            return used() - begun

        yield make
        browser.close()


def _passes(count: int, sheets: list) -> dict[str, int]:
    from tests.pdf import verapdf

    files = {name: [WORK / f"{name}-{i}.pdf" for i in range(min(CHECKED, count))] for name in ("plain", "chromium")}
    files["portal"] = [
        next((WORK / "made").glob(f"{Path(sheet.source_name).stem}.*.pdf")) for sheet in sheets[:CHECKED]
    ]
    return {name: len(paths) - len(verapdf.failures(paths)) for name, paths in files.items()}
