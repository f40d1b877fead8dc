"""Visit statistics: ten million log lines counted exactly, and 200 people voting at once (nginx).

The log is generated from a seed together with the expected counts (tests/statistics): visitors, robots, votes, repeats,
junk, lines cut by rotations. Each figure is compared. The time is that of counting alone; the memory is the peak of its
process.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from environment import ROOT, system

MILLIONS = float(os.environ.get("STATS_MILLIONS", "10"))
FILES = 9
VOTERS, RATE, SECONDS = 200, 2000, int(os.environ.get("STATS_SECONDS", "30"))


def main(sizes: Sequence[int], runs: int) -> None:
    """Run both halves. `sizes` and `runs` concern articles and builds, and are ignored."""
    with tempfile.TemporaryDirectory(prefix="stats-", dir=ROOT / ".cache") as folder:
        _lines(Path(folder))
    with tempfile.TemporaryDirectory(prefix="votes-") as folder:
        _votes(Path(folder))


# --- lines of the log ------------------------------------------------------------------------------


def _lines(folder: Path) -> None:
    count = int(MILLIONS * 1_000_000)
    truth, size = _write(folder, count)
    print(f"{count:,} lines, {size / 1e9:.2f} GB")
    for second in (False, True):
        result = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.stats", str(folder)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        seconds, memory, figures = json.loads(result.stdout)
        exact = figures == json.loads(json.dumps(truth))
        what = "given again as copies" if second else "new"
        print(
            f"  {what}: {seconds:.1f} s, {count / seconds:,.0f} lines/s, {memory:.0f} MB, every figure exact: {exact}"
        )
        for file in sorted(folder.glob("log*")):  # different files than before, but the same log for the second time
            shutil.copy(file, folder / "copy")
            os.replace(folder / "copy", file)


def _write(folder: Path, count: int) -> tuple[object, int]:
    """Write logs in FILES files, cut at any byte, the first one compressed; return the expected counts and the size."""
    from tests.statistics import Traffic

    traffic = Traffic(2026, count, articles=3000, people=300_000, per_second=count / 400_000)
    paths = [folder / f"log.{number}" for number in range(FILES)]
    streams = [path.open("wb") for path in paths]
    part, number, size = bytearray(), 0, 0
    for n, line in enumerate(traffic):
        part += line
        if len(part) > 1 << 22:
            streams[number].write(part)
            size += len(part)
            part.clear()
        if number < FILES - 1 and n > (number + 1) * count / FILES:
            middle = len(part) // 2 + 1
            streams[number].write(part[:middle])
            size += middle
            del part[:middle]
            number += 1
    streams[number].write(part)
    for stream in streams:
        stream.close()
    with paths[0].open("rb") as plain, gzip.open(folder / "log.old.gz", "wb", 1) as packed:
        shutil.copyfileobj(plain, packed)
    os.replace(folder / "log.old.gz", folder / "log.00.gz")
    paths[0].unlink()
    (folder / "articles.json").write_text(json.dumps(sorted(traffic.truth.articles)))
    return _plain(traffic.truth.days, traffic.truth.counts), size + len(part)


def _plain(days, counts) -> object:
    return [[str(d.day), d.visits, d.views, d.pdfs, d.listens] for d in days], [
        [page, c.views, c.pdfs, c.listens, *c.votes] for page, c in sorted(counts.items())
    ]


def _count(folder: Path) -> None:
    """Count everything in a process of its own; return seconds, megabytes and figures as JSON."""
    from plugins.statistics import command
    from plugins.statistics.database import CountingRules, StatsDatabase
    from plugins.statistics.secret_keys import Secrets
    from tests.statistics import ADDRESSES, BEGIN, ZONE

    beside = folder / "beside"
    beside.mkdir(exist_ok=True)
    begun = time.monotonic()
    rules = CountingRules(ZONE, BEGIN + timedelta(days=9), ADDRESSES)
    articles = json.loads((folder / "articles.json").read_text())
    database = StatsDatabase(beside / "figures.duckdb", rules, Secrets.load(beside / "private.json"), articles)
    command.count_logs(database, command.find_logs([f"{folder}/log*"]), beside)
    figures = database.read_stats()
    seconds = time.monotonic() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, memory, _plain(figures.days, figures.articles)]))


# --- votes --------------------------------------------------------------------------------------------


def _votes(folder: Path) -> None:
    """Have 200 people vote at once, each from an address and a browser of their own, so that all votes must count.

    The configuration is the one in deploy/, but lets one address vote ten times a second.
    """
    from plugins import web_server
    from plugins.features.assets import Assets
    from plugins.statistics.command import count_logs
    from plugins.statistics.database import CountingRules, StatsDatabase
    from plugins.statistics.secret_keys import Secrets
    from tests.statistics import ADDRESSES, ZONE
    from tests.statistics.nginx import serving

    if not system.nginx():
        print("no nginx on this machine: votes are not measured")
        return
    page = folder / "site/bai-viet/mot/index.html"
    page.parent.mkdir(parents=True)
    page.write_text("một")
    for name, data in web_server.files(ADDRESSES[0], Assets({}, {}, {}, "", ""), {}, {}).items():
        file = folder / "site" / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
    with serving(folder / "site", folder / "nginx", "rate=100r/s") as portal:
        port = int(portal.address.rpartition(":")[2])
        answers, begun = asyncio.run(_vote(port))
    took = sorted(seconds for _, seconds in answers)
    counted = sum(status == 204 for status, _ in answers)
    beside = folder / "beside"
    beside.mkdir()
    from datetime import datetime

    database = StatsDatabase(
        beside / "f.duckdb",
        CountingRules(ZONE, datetime.now(ZONE), ADDRESSES),
        Secrets.load(beside / "p.json"),
        ["bai-viet/mot/"],
    )
    count_logs(database, [portal.log], beside)
    votes = sum(database.read_stats().articles["bai-viet/mot/"].votes)
    print(f"{len(answers):,} votes of {VOTERS} people at once in {begun:.1f} s: {len(answers) / begun:,.0f} a second")
    print(f"  answered 204: {counted:,}; in the figures: {votes:,}")
    print(
        f"  p50 {1000 * took[len(took) // 2]:.1f} ms, p99 {1000 * took[len(took) * 99 // 100]:.1f} ms, "
        f"longest {1000 * took[-1]:.0f} ms"
    )


async def _vote(port: int) -> tuple[list[tuple[int, float]], float]:
    """Return the status and seconds of each vote, from the time it was due; and how long all took."""
    answers: list[tuple[int, float]] = []
    total, begun = RATE * SECONDS, time.monotonic()

    async def person(number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(f"127.0.1.{number + 1}", 0))
        for n in range(number, total, VOTERS):
            due = begun + n / RATE
            await asyncio.sleep(max(0, due - time.monotonic()))
            writer.write(
                f"POST /danh-gia?bai=bai-viet%2Fmot%2F&diem={1 + n % 5} HTTP/1.1\r\n"
                f"Host: 127.0.0.1:{port}\r\nContent-Length: 0\r\n"
                "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Dest: empty\r\n"
                f"User-Agent: Mozilla/5.0 (Linux; Android 14; may {n})\r\n\r\n".encode()
            )
            head = await reader.readuntil(b"\r\n\r\n")
            answers.append((int(head.split(b" ", 2)[1]), time.monotonic() - due))
            if b"Connection: close" in head:  # nginx serves a thousand requests per connection
                writer.close()
                reader, writer = await asyncio.open_connection(
                    "127.0.0.1", port, local_addr=(f"127.0.1.{number + 1}", 0)
                )
        writer.close()

    await asyncio.gather(*(person(number) for number in range(VOTERS)))
    return answers, time.monotonic() - begun


if __name__ == "__main__":
    _count(Path(sys.argv[1]))
