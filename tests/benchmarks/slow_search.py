"""What a first search costs on a slow line: `bench slow_search SITE`, a portal that has been built.

A reader with an empty cache opens the front page, pastes a query and presses Enter, on 400 kbit/s and 400 ms, and on
1.6 Mbit/s and 150 ms; then asks a second query. Another reader types, five letters a second: meanwhile the page fetches
what the search page needs. Requests and bytes are those of the browser, without what it has in its cache; times are
taken in the page, from Enter.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

import environment

from . import RESULTS
from .search import WATCH, serve

TYPING = 200  # ms a letter
LINES = {"400 kbit/s, 400 ms": (400_000, 400), "1.6 Mbit/s, 150 ms": (1_600_000, 150)}
QUERIES = (
    "dubai",
    "thoi tiet",
    "UBND tỉnh",
    "học phí",
    "đà nẵng",
    "giấy khai sinh",
    "bảo hiểm xã hội",
    "thủ tướng nguyễn xuân phúc",
    '"cải cách hành chính"',
    "ủy ban nhân dân tỉnh",
    "làm thế nào để xin giấy khai sinh",
    "giá điện",
    "tuyển sinh lớp 10",
    "lịch nghỉ tết",
    "cháy chợ",
    "kỹ thuật trồng cam",
    "bao hiem y te",
    "khai giảng năm học mới",
    "tai nạn giao thông",
    "xây dựng nông thôn mới",
)
SECOND = "đường giao thông"
AGAIN = f"document.title.startsWith('{SECOND}') && document.querySelector('#results[data-count]')"
ROWS = ("requests", "KB", "first result, s", "all ten, s", "second query: requests", "KB of it")


@dataclass
class Traffic:
    """What a page has asked for, by request."""

    asked: dict[str, str] = field(default_factory=dict)  # address by the request's id
    cached: set[str] = field(default_factory=set)
    sizes: dict[str, int] = field(default_factory=dict)

    def take(self) -> tuple[int, float, list[str]]:
        """Number, KB and addresses of the requests since the last call."""
        sent = [each for each in self.asked if each not in self.cached]
        result = len(sent), sum(self.sizes.get(each, 0) for each in sent) / 1024, [self.asked[each] for each in sent]
        self.asked.clear()
        return result


def main(sizes: Sequence[int], runs: int, folder: str = "") -> None:
    """Measure, print the table, and save it in results/slow_search.md. folder: of a portal that has been built."""
    if not folder:
        raise environment.CommandError("Name the folder of a portal that has been built: bench slow_search output")
    lines = []
    with sync_playwright() as playwright, serve(Path(folder)) as address:
        browser = playwright.chromium.launch(executable_path=environment.chromium())
        for (name, (bits, delay)), typing in itertools.product(LINES.items(), (0, TYPING)):
            name += ", typed" if typing else ", pasted"
            found = [_first_search(browser, address, query, bits, delay, typing) for query in QUERIES]
            lines += ["", f"| {name} | {' | '.join(ROWS)} |", "| --- |" + " --: |" * len(ROWS)]
            lines += [_row(f"`{query}`", values) for query, values in zip(QUERIES, found, strict=True)]
            lines.append(_row("median", [statistics.median(column) for column in zip(*found, strict=True)]))
    table = "\n".join(lines[1:])
    print(table)
    (RESULTS / "slow_search.md").write_text(f"{table}\n", "utf-8")


def _row(name: str, values: Sequence[float]) -> str:
    return f"| {name} | " + " | ".join(f"{value:.0f}" if value >= 20 else f"{value:.3g}" for value in values) + " |"


def _first_search(browser: Browser, address: str, query: str, bits: int, delay: int, typing: int) -> list[float]:
    with _reader(browser, bits, delay) as (page, traffic):
        page.goto(address, wait_until="networkidle")
        traffic.take()
        box = page.locator("#search input[name=q]")
        if typing:
            box.press_sequentially(query, delay=typing)
        else:
            box.fill(query)
        box.press("Enter")
        page.wait_for_url("**/tim-kiem/**", wait_until="commit")
        page.wait_for_function("seen.all", timeout=120_000)
        page.wait_for_load_state("networkidle")
        seen = page.evaluate("seen")
        first = [(seen[name] - seen["begun"]) / 1000 for name in ("first", "all")]
        requests, size, _ = traffic.take()
        page.locator("#search-words").fill(SECOND)
        page.locator("#search-words").press("Enter")
        page.wait_for_function(AGAIN, timeout=120_000)
        page.wait_for_timeout(3000)  # for whole texts
        return [requests, size, *first, *traffic.take()[:2]]


@contextmanager
def _reader(browser: Browser, bits: int, delay: int) -> Iterator[tuple[Page, Traffic]]:
    """A page with an empty cache on a slow line, and what it asks for."""
    context = browser.new_context(locale="vi-VN")
    page, traffic = context.new_page(), Traffic()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    line = {"offline": False, "latency": delay, "downloadThroughput": bits / 8, "uploadThroughput": bits / 8}
    session.send("Network.emulateNetworkConditions", line)
    session.on("Network.requestWillBeSent", lambda e: traffic.asked.update({e["requestId"]: e["request"]["url"]}))
    session.on("Network.requestServedFromCache", lambda e: traffic.cached.add(e["requestId"]))
    session.on(
        "Network.responseReceived",
        lambda e: traffic.cached.add(e["requestId"]) if e["response"].get("fromDiskCache") else None,
    )
    session.on("Network.loadingFinished", lambda e: traffic.sizes.update({e["requestId"]: int(e["encodedDataLength"])}))
    yield page, traffic
    context.close()
