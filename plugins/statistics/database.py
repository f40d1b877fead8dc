"""Counts log lines in SQL, with DuckDB (docs/operations.md has a similar query for Parquet files).

Each counted event leaves a 64-bit key in the table `seen`, one set of keys per day. The key of a page view is part of
the id of its request; the key of what counts once per visitor and day is a hash of visitor, kind and page. A line that
is read again, from whatever file, therefore adds nothing. A vote replaces an older one of the same visitor and month.

A day is closed a week after it ended, by the clock: its keys and salts are deleted, and later lines of that day are not
counted.

Whoever votes chooses the name of the browser, and with IPv6 the address. So of the votes for an article only the first
VOTES_AN_HOUR and VOTES_A_DAY from one network count (networks.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.addresses import URLS, VOTE, Addresses

from . import queries
from .logs import MAX_LINE, Checkpoint
from .networks import network_of
from .robots import is_player, is_robot
from .rules import OPEN_DAYS
from .secret_keys import Secrets
from .stats import Counts, Day, Stats

if TYPE_CHECKING:
    import duckdb

MEMORY, THREADS = "160MB", 2
EARLIEST = 946_684_800  # seconds since 1970; a line from before 2000 comes from a broken clock
MAX_CLOCK_LEAD = 86_400  # seconds that a server's clock may be ahead of ours
MAX_CHECKPOINTS = 500
MAX_AGENTS = 100_000  # user agents whose classification is cached during a run

FIELD_OF_KIND = {"view": "views", "visit": "visits", "pdf": "pdfs", "listen": "listens"}  # fields of Day and Counts


@dataclass(frozen=True)
class CountingRules:
    """What counting depends on besides the log.

    Args:
        zone: The portal's time zone.
        now: The time of this run.
        addresses: The portal's current addresses, then those of FORMER_ARTICLE_URLS.
    """

    zone: tzinfo
    now: datetime
    addresses: tuple[Addresses, ...]


class StatsDatabase:
    """The open database of counts.

    Args:
        file: Created if it does not exist.
        rules: What counting depends on.
        secrets: The keys that visitors are hashed with.
        published: The addresses of all published articles; votes for others are dropped.

    Raises:
        duckdb.Error: If the file is damaged or in use. All methods may raise it.
    """

    def __init__(self, file: Path, rules: CountingRules, secrets: Secrets, published: Iterable[str] = ()) -> None:
        import duckdb  # 30 MB, needed by `stats` only

        self.rules, self.secrets = rules, secrets
        self._connection: duckdb.DuckDBPyConnection = duckdb.connect(str(file))
        spill_folder = str(file.with_name("spilled")).replace("'", "''")
        self._connection.execute(
            f"SET memory_limit='{MEMORY}'; SET threads={THREADS}; SET temp_directory='{spill_folder}'"
        )
        self._connection.execute("SET preserve_insertion_order=false; SET enable_external_file_cache=false")
        self._connection.execute(queries.TABLES)
        self._connection.execute("INSERT INTO known SELECT 0, DATE '1970-01-01' WHERE NOT EXISTS (FROM known)")
        self._insert("published", [(page,) for page in published])

    @property
    def checkpoints(self) -> list[Checkpoint]:
        """How far log files have been read."""
        return [Checkpoint(*row) for row in self._fetch_all("SELECT inode, place, digest FROM marks")]

    @property
    def closed(self) -> date:
        """The first day that is still open; all earlier ones are closed."""
        day: date = self._row("SELECT closed FROM known")[0]
        return day

    @property
    def layouts(self) -> list[Addresses]:
        """The addresses that the portal has had, the newest last."""
        rows = self._fetch_all("SELECT addresses FROM layouts ORDER BY number")
        if not rows and self._row("SELECT count(*) FROM counts")[0]:  # the database is older than this table
            return [Addresses(self.rules.addresses[0].languages, URLS)]
        return [Addresses.unpack(text) for (text,) in rows]

    def move_articles(self, moved: Mapping[str, str]) -> None:
        """Move the counts of articles to their new addresses, and record the portal's current addresses.

        Args:
            moved: The new address of each article by its former one.
        """
        execute = self._connection.execute
        execute("BEGIN")
        self._insert("moved", list(moved.items()))
        for table in ("counts", "votes", "old_votes"):
            execute(f"UPDATE {table} SET page = moved.page FROM moved WHERE {table}.page = moved.former")
        execute(queries.KEEP_LAST_VOTES)
        execute("DELETE FROM moved")
        current = self.rules.addresses[0].pack()
        execute("DELETE FROM layouts WHERE addresses = ?", [current])
        execute("INSERT INTO layouts SELECT coalesce(max(number), 0) + 1, ? FROM layouts", [current])
        execute("COMMIT")

    def add_former_addresses(self, moved: Mapping[str, str]) -> None:
        """Count log lines of former addresses for the articles that had them.

        Args:
            moved: The current address of each article by its former one.
        """
        self._insert("moved", list(moved.items()))

    def count_lines(self, file: Path) -> None:
        """Count a file of whole lines, all of them or none."""
        self._parse_events(file)
        periods = self._fetch_all("SELECT DISTINCT period FROM events")
        self._load_salts([period for (period,) in periods])
        self._classify_agents()
        self._find_networks()
        if self._row("SELECT count(*) FROM moved")[0]:
            self._connection.execute(queries.REPLACE_FORMER_ADDRESSES)
        self._connection.execute(queries.FORGET_UNPUBLISHED)
        self._connection.execute("BEGIN")
        for statement in (queries.HASH_VISITORS, queries.FIND_NEW_HITS, queries.COUNT_NEW_HITS, queries.REPLACE_VOTES):
            self._connection.execute(statement)
        self._connection.execute("UPDATE known SET newest = greatest(newest, (SELECT max(time) FROM hits))")
        self._connection.execute("COMMIT")

    def save_checkpoint(self, checkpoint: Checkpoint) -> None:
        """Record how far a file has been read; its lines up to there must be counted."""
        execute = self._connection.execute
        execute("BEGIN")
        execute("DELETE FROM marks WHERE inode = ?", [checkpoint.inode])
        execute("INSERT INTO marks SELECT coalesce(max(number), 0) + 1, ?, ?, ? FROM marks", list(astuple(checkpoint)))
        execute("DELETE FROM marks WHERE number <= (SELECT max(number) FROM marks) - ?", [MAX_CHECKPOINTS])
        execute("COMMIT")

    def close_days(self) -> None:
        """Close the days that ended more than a week ago, and delete their keys and salts."""
        closed = self._today - timedelta(days=OPEN_DAYS)
        if closed > self.closed:
            self._connection.execute("BEGIN")
            self._connection.execute(
                queries.CLOSE_DAYS.format(closed=queries.date_literal(closed), counted_votes=queries.COUNTED_VOTES)
            )
            self._connection.execute("COMMIT")
            self.secrets.delete_before(closed.isoformat())
            self.secrets.save()

    def forget_future(self) -> bool:
        """Remove what a clock that was ahead has left, and go on counting today; return whether there was anything.

        The keys of the week before were deleted then, so its lines cannot be counted any more.
        """
        newest, closed = self._row("SELECT newest, closed FROM known")
        now, today = self.rules.now.timestamp(), self._today
        if newest <= now and closed <= today:
            return False
        self._connection.execute("BEGIN")
        self._connection.execute(queries.FORGET_FUTURE.format(today=queries.date_literal(today), now=now))
        self._connection.execute("COMMIT")
        self.secrets.delete_after(today.isoformat())
        self.secrets.save()
        return True

    @property
    def _today(self) -> date:
        return self.rules.now.astimezone(self.rules.zone).date()

    def read_stats(self, former_visits: int = 0) -> Stats:
        """Return all counts. former_visits: those of the portal's previous counter, see `Stats`."""
        newest = self._row("SELECT newest FROM known")[0]
        today = queries.date_literal(self.rules.now.astimezone(self.rules.zone).date())
        days: dict[date, dict[str, int]] = {}
        for day, kind, n in self._fetch_all("SELECT day, kind, sum(n) FROM counts GROUP BY day, kind"):
            days.setdefault(day, {})[FIELD_OF_KIND[kind]] = int(n)
        pages: dict[str, dict[str, int]] = {}
        for page, kind, n in self._fetch_all(
            "SELECT page, kind, sum(n) FROM counts WHERE page <> '' GROUP BY page, kind"
        ):
            pages.setdefault(page, {})[FIELD_OF_KIND[kind]] = int(n)
        votes: dict[str, list[int]] = {}
        for page, grade, n in self._fetch_all(queries.SELECT_VOTES):
            votes.setdefault(page, [0] * 5)[grade - 1] = int(n)
        return Stats(
            datetime.fromtimestamp(newest, self.rules.zone) if newest else None,
            tuple(_days_without_gaps(days)),
            {
                page: Counts(**pages.get(page, {}), votes=tuple(votes.get(page, (0,) * 5)))
                for page in sorted({*pages, *votes})
            },
            former_visits,
            {page: int(n) for page, n in self._fetch_all(queries.VIEWS_OF_DAY.format(day=today))},
        )

    @property
    def written(self) -> dict[str, str]:
        """The digest of each file that `stats` has written into the site, by name."""
        return dict(self._fetch_all("FROM written"))

    def record_written(self, files: Mapping[str, str], removed: Iterable[str]) -> None:
        """Record the digests of files written into the site, and the names of those removed."""
        self._connection.execute("BEGIN")
        for names in (list(files), list(removed)):
            self._connection.execute("DELETE FROM written WHERE name IN (SELECT unnest($1::VARCHAR[]))", [names])
        self._insert("written", list(files.items()))
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close the database file."""
        self._connection.close()

    def _parse_events(self, lines: Path) -> None:
        now = self.rules.now
        has_html_files = any(addresses.article_regex()[1] for addresses in self.rules.addresses)
        values = {
            "file": str(lines).replace("'", "''"),
            "columns": dict.fromkeys(queries.LOG_FIELDS, "VARCHAR"),
            "max_line": MAX_LINE,
            "article": queries.article_sql(self.rules.addresses),
            "html_files": " OR contains(uri, '.html')" if has_html_files else "",
            "vote": VOTE,
            "earliest": EARLIEST,
            "latest": now.timestamp() + MAX_CLOCK_LEAD,
            "now": now.timestamp(),
            "path": queries.PATH,
            # Vietnam has no daylight saving time; where a portal has, days begin an hour off for half the year
            "offset": int((now.astimezone(self.rules.zone).utcoffset() or timedelta()).total_seconds()),
            "closed": queries.date_literal(self.closed),
        }
        base = self.rules.addresses[0].base
        below = f" REPLACE (CASE WHEN starts_with(uri, '{base}') THEN substr(uri, {len(base)}) END AS uri)"
        values["below"] = below if base != "/" else ""
        self._connection.execute(queries.PARSE_EVENTS.format(**values))

    def _load_salts(self, periods: Collection[str]) -> None:
        known = set(self.secrets.salts)
        salts = [(period, self.secrets.salt(period)) for period in periods]
        if not known.issuperset(periods):
            self.secrets.save()
        self._connection.execute("DELETE FROM salts")
        self._insert("salts", salts)

    def _classify_agents(self) -> None:
        """Add new user agents to the table `agents`."""
        if self._row("SELECT count(*) FROM agents")[0] > MAX_AGENTS:
            self._connection.execute("DELETE FROM agents")
        new = self._fetch_all(
            "SELECT DISTINCT agent FROM events ANTI JOIN agents USING (agent) WHERE agent IS NOT NULL"
        )
        rows = [(agent, is_robot(agent), is_player(agent)) for (agent,) in new]
        self._insert("agents (agent, robot, player)", rows)
        self._connection.execute("UPDATE agents SET code = ' ' || left(md5(agent), 16) WHERE code = ''")

    def _find_networks(self) -> None:
        """Find out the networks of those who vote."""
        addresses = self._fetch_all("SELECT DISTINCT address FROM events WHERE kind = 'vote' AND address IS NOT NULL")
        self._connection.execute("DELETE FROM networks")
        self._insert("networks", [(address, network_of(address)) for (address,) in addresses])

    def _insert(self, table: str, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            columns = list(zip(*rows, strict=True))
            values = ", ".join(f"unnest(${number + 1})" for number in range(len(columns)))
            self._connection.execute(f"INSERT INTO {table} SELECT {values}", [list(column) for column in columns])

    def _fetch_all(self, sql: str) -> list[Any]:
        return self._connection.execute(sql).fetchall()

    def _row(self, sql: str) -> tuple[Any, ...]:
        row = self._connection.execute(sql).fetchone()
        assert row is not None
        return row


def _days_without_gaps(days: Mapping[date, Mapping[str, int]]) -> Iterator[Day]:
    if days:
        first, last = min(days), max(days)
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            yield Day(day, **days.get(day, {}))
