"""A web server's log generated from a seed, and the expected counts, collected while it is generated."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from plugins.addresses import URLS, Addresses
from plugins.statistics.stats import Counts, Day

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ADDRESSES = (Addresses(["vi", "en"], URLS),)  # of the portal that the lines are from
BEGIN = datetime(2026, 3, 29, 9, 30, tzinfo=ZONE)  # two days before the end of a month
ROBOTS = ("Googlebot/2.1 (+http://www.google.com/bot.html)", "Mozilla/5.0 (compatible; bingbot/2.0)", "curl/8.5.0", "")
ASSETS = (
    "/theme/article.0123456789.css",
    "/theme/site.0123456789.js",
    "/anh/a-640.avif",
    "/favicon.svg",
    "/so-lieu.json",
)


def line(request: str, time: float, address: str, agent: str | bytes, uri: str, **fields: str) -> bytes:
    """Return a log line as deploy/nginx/portal.conf formats it, without line break.

    fields: what differs from a page view.
    """
    values = {"method": "GET", "status": "200", "site": "", "dest": "", "purpose": "", "range": "", "body": ""} | fields
    raw = agent if isinstance(agent, bytes) else json.dumps(agent, ensure_ascii=False).encode()[1:-1]
    method, status = values.pop("method"), values.pop("status")
    start = {"id": request, "time": f"{time:.3f}", "address": address, "method": method, "uri": uri, "status": status}
    text = json.dumps(start | values, ensure_ascii=False, separators=(",", ":")).encode()
    return text[:-1] + b',"agent":"' + raw + b'","end":"' + request.encode() + b'"}'


@dataclass
class Truth:
    """The expected counts, in plain Python. Only right if each line is counted once."""

    articles: frozenset[str]
    visitors: dict[date, set[tuple[str, str | bytes]]] = field(default_factory=dict)
    opened: set[tuple[date, str, str, str | bytes, str]] = field(default_factory=set)
    views: Counter[tuple[date, str]] = field(default_factory=Counter)
    last: dict[tuple[str, str, str | bytes, str], tuple[float, str, int]] = field(default_factory=dict)

    def view(self, day: date, page: str, who: tuple[str, str | bytes]) -> None:
        self.visitors.setdefault(day, set()).add(who)
        self.views[day, page if page in self.articles else ""] += 1  # what is not published is no article

    def vote(self, day: date, page: str, who: tuple[str, str | bytes], time: float, request: str, grade: int) -> None:
        if page in self.articles:
            key = (day.strftime("%Y-%m"), *who, page)
            self.last[key] = max(self.last.get(key, (0.0, "", 0)), (float(f"{time:.3f}"), request, grade))

    @property
    def days(self) -> tuple[Day, ...]:
        opened = Counter((day, kind) for day, kind, *_ in self.opened)
        views: Counter[date] = Counter()
        for (day, _), n in self.views.items():
            views[day] += n
        days = sorted({*self.visitors, *(day for day, _ in opened)})
        every = [days[0] + timedelta(days=n) for n in range((days[-1] - days[0]).days + 1)] if days else []
        return tuple(
            Day(day, len(self.visitors.get(day, ())), views[day], opened[day, "pdf"], opened[day, "mp3"])
            for day in every
        )

    @property
    def counts(self) -> dict[str, Counts]:
        result: dict[str, dict[str, int]] = {}
        for (_, page), n in self.views.items():
            if page:
                result.setdefault(page, Counter())["views"] += n
        for _, kind, _, _, page in self.opened:
            result.setdefault(page, Counter())[{"pdf": "pdfs", "mp3": "listens"}[kind]] += 1
        votes: dict[str, list[int]] = {}
        for (*_, page), (_, _, grade) in self.last.items():
            votes.setdefault(page, [0] * 5)[grade - 1] += 1
        return {p: Counts(**result.get(p, {}), votes=tuple(votes.get(p, (0,) * 5))) for p in sorted({*result, *votes})}


@dataclass
class Traffic:
    """`lines` log lines from a seed, `per_second` of them a second. The truth is complete once all are generated."""

    seed: int
    lines: int
    articles: int = 300
    people: int = 5000
    per_second: float = 20.0
    truth: Truth = field(init=False)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.addresses = [f"bai-viet/bai-so-{n}/" for n in range(self.articles)]
        # the others were removed, or never existed
        self.truth = Truth(frozenset(self.addresses[: self.articles * 9 // 10]))
        pick = self.random.randrange
        self.who = [(f"113.{pick(256)}.{pick(256)}.{n % 256}", self._agent(n)) for n in range(self.people)]

    def _agent(self, n: int) -> str | bytes:
        if n % 997 == 3:
            return f"Mozilla/5.0 (Linux; Android 14; may so {n}) " + "x" * 10_000
        if n % 499 == 7:
            return b"Mozilla/5.0 (Windows NT 10.0) \xff\xfe " + str(n).encode()
        if n % 101 == 5:
            return f'Mozilla/5.0 "trình duyệt" \\ số {n}'
        return (
            f"Mozilla/5.0 (Linux; Android {8 + n % 8}; K{n % 400}) AppleWebKit/537.36 (KHTML, like Gecko) "
            f"Chrome/{90 + n % 50}.0.0.0 Mobile Safari/537.36"
        )

    def __iter__(self) -> Iterator[bytes]:
        """Yield lines with their line breaks, with garbage among them."""
        begin, offset = BEGIN.timestamp(), 7 * 3600
        for n in range(self.lines):
            time = begin + n / self.per_second
            if self.lines // 3 < n < self.lines // 3 + self.lines // 50:
                time -= 3000  # somebody has set the clock back, and then right again
            request = f"{self.random.getrandbits(128):032x}"
            day = date(1970, 1, 1) + timedelta(days=int((float(f"{time:.3f}") + offset) // 86400))
            page = self.addresses[int(self.random.random() ** 3 * self.articles)]
            who = self.who[self.random.randrange(self.people)]
            log_line = self._request(request, time, day, page, who)
            yield from self._garbage(n, log_line)
            yield log_line + b"\n"

    def _request(self, request: str, time: float, day: date, page: str, who: tuple[str, str | bytes]) -> bytes:
        """Return the line of a request of any kind; record what counts in the truth."""
        x, pick = self.random.random(), self.random.randrange
        if x < 0.55:
            return line(request, time, *who, ASSETS[pick(5)], dest="script")
        if x < 0.85:
            uri, viewed = (f"/{page}", page) if x < 0.78 else ("/tin-moi/", "")
            uri += "?utm_source=zalo" if x < 0.58 else ""
            self.truth.view(day, viewed, who)
            status, dest = "304" if x < 0.62 else "200", "document" if x < 0.7 else ""
            return line(request, time, *who, uri, status=status, dest=dest)
        if x < 0.91:
            return line(request, time, who[0], ROBOTS[pick(4)], f"/{page}")
        if x < 0.94:
            return self._download(request, time, day, page, who, "pdf" if x < 0.925 else "mp3")
        if x < 0.96:
            return self._vote(request, time, day, page, who)
        if x < 0.97:
            return line(request, time, *who, f"/{page}", **self._uncounted())
        return line(request, time, *who, f"/khong-co-{pick(1000)}/", status="404")

    def _download(
        self, request: str, time: float, day: date, page: str, who: tuple[str, str | bytes], kind: str
    ) -> bytes:
        first = self.random.random() < 0.7
        part = {"status": "206", "range": "bytes=0-" if first else "bytes=65536-"} if kind == "mp3" else {}
        if (first or kind == "pdf") and page in self.truth.articles:
            self.truth.opened.add((day, kind, *who, page))
        return line(request, time, *who, f"/{page}{page.split('/')[1]}.{kind}", **part)

    def _garbage(self, number: int, log_line: bytes) -> Iterator[bytes]:
        """Yield garbage as full disks and crashes leave it before a line."""
        pick = self.random.randrange
        if number % 1013 == 0:
            yield b"\0" * pick(1, 90) + b"\xfe\n"
        if number % 1511 == 0:
            yield log_line[: pick(1, len(log_line) - 1)] + b"\n"  # as a full disk leaves it
        if number % 2003 == 0:
            yield log_line[: pick(1, 60)]  # no line break before the next line
        if number % 3001 == 0:
            yield log_line.replace(b'","uri"', b',"uri"') + b"\n"

    def _vote(self, request: str, time: float, day: date, page: str, who: tuple[str, str | bytes]) -> bytes:
        pick, grade = self.random.randrange, self.random.randrange(1, 6)
        plain = pick(3) == 0
        uri = f"/danh-gia?bai={page if pick(2) else page.replace('/', '%2F')}" + ("" if plain else f"&diem={grade}")
        response = (
            {"status": "303", "body": f"diem={grade}", "dest": "document"}
            if plain
            else {"status": "204", "dest": "empty"}
        )
        refused = pick(10)
        if refused == 0:
            response["status"] = "429"
        elif refused == 1:
            return line(
                request, time, *who, uri, **response | {"site": "cross-site", "method": "POST", "status": "403"}
            )
        elif refused == 2:
            return line(
                request,
                time,
                *who,
                f"{uri}&diem=9".replace(f"diem={grade}&", ""),
                method="POST",
                status="204",
                body="diem=12",
            )
        else:
            self.truth.vote(day, page, who, time, request, grade)
        return line(request, time, *who, uri, method="POST", site="same-origin", **response)

    def _uncounted(self) -> dict[str, str]:
        return self.random.choice(
            [
                {"method": "HEAD"},
                {"method": "POST", "status": "405"},
                {"purpose": "prefetch;prerender"},
                {"dest": "empty"},
                {"status": "500"},
            ]
        )
