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

from .logs import MAX_LINE, Checkpoint
from .networks import network_of
from .robots import is_player, is_robot
from .rules import OPEN_DAYS, VOTES_A_DAY, VOTES_AN_HOUR
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

# `marks` holds the checkpoints, `known` a single row. Existing databases have these tables: they cannot be renamed.
TABLES = """
CREATE TABLE IF NOT EXISTS seen (day DATE, key UBIGINT);
CREATE TABLE IF NOT EXISTS counts (day DATE, page VARCHAR, kind VARCHAR, n BIGINT);
CREATE TABLE IF NOT EXISTS votes (month DATE, visitor UBIGINT, page VARCHAR, time DOUBLE, id VARCHAR, grade TINYINT);
CREATE TABLE IF NOT EXISTS old_votes (page VARCHAR, grade TINYINT, n BIGINT);
CREATE TABLE IF NOT EXISTS marks (number BIGINT, inode UBIGINT, place BIGINT, digest VARCHAR);
CREATE TABLE IF NOT EXISTS written (name VARCHAR, digest VARCHAR);
CREATE TABLE IF NOT EXISTS known (newest DOUBLE, closed DATE);
CREATE TABLE IF NOT EXISTS layouts (number BIGINT, addresses VARCHAR);
ALTER TABLE votes ADD COLUMN IF NOT EXISTS network UBIGINT;
CREATE TEMP TABLE agents (agent VARCHAR, robot BOOLEAN, player BOOLEAN, code VARCHAR DEFAULT '');
CREATE TEMP TABLE networks (address VARCHAR, network VARCHAR);
CREATE TEMP TABLE salts (period VARCHAR, salt VARCHAR);
CREATE TEMP TABLE published (page VARCHAR);
CREATE TEMP TABLE moved (former VARCHAR, page VARCHAR);
"""

LOG_FIELDS = (
    "id",
    "time",
    "address",
    "method",
    "uri",
    "status",
    "site",
    "dest",
    "purpose",
    "range",
    "body",
    "agent",
    "end",
)

# The path of a request as nginx sees it: without percent-encoding, with single slashes, and one address for each page.
_RAW_PATH = "split_part(uri, '?', 1)"
_PATH = (
    f"regexp_replace(regexp_replace(coalesce(TRY(url_decode({_RAW_PATH})), {_RAW_PATH}), '/+', '/', 'g'), "
    "'/index\\.html$', '/')"
)

# Which requests count as what. A view may come from the reader's cache (304); audio players request ranges (206).
PARSE_EVENTS = r"""
CREATE OR REPLACE TEMP TABLE events AS
WITH lines AS (
    SELECT *, TRY_CAST(time AS DOUBLE) AS seconds, {path} AS path
    FROM (SELECT *{below} FROM read_json('{file}', format='newline_delimited', columns={columns}, ignore_errors=true,
                                         compression='none', maximum_object_size={max_line}))
    WHERE id = "end" AND length(id) = 32
      AND (method = 'GET' AND status IN ('200', '206', '304')
             AND (suffix(uri, '/') OR contains(uri, '/?') OR contains(uri, '/index.html'){html_files}
                  OR contains(uri, '.pdf') OR contains(uri, '.mp3'))
           OR method = 'POST' AND status IN ('204', '303') AND starts_with(uri, '/{vote}?'))
      AND NOT contains(purpose, 'prefetch')
), kinds AS (
    SELECT *, {article} AS article, CASE
        WHEN method = 'POST' THEN CASE WHEN site IN ('', 'same-origin') THEN 'vote' END
        WHEN suffix(path, '/') OR suffix(path, '.html')
            THEN CASE WHEN status <> '206' AND dest IN ('', 'document') THEN 'view' END
        WHEN status = '206' AND NOT regexp_full_match(range, '(bytes=0-\d*)?') THEN NULL
        WHEN suffix(path, '.pdf') THEN 'pdf'
        WHEN suffix(path, '.mp3') THEN 'listen' END AS kind
    FROM lines
    WHERE seconds BETWEEN {earliest} AND {latest}
), dated AS (
    SELECT * REPLACE (least(seconds, {now}) AS seconds),
        DATE '1970-01-01' + CAST(floor((least(seconds, {now}) + {offset}) / 86400) AS INTEGER) AS day
    FROM kinds WHERE kind IN ('view', 'vote') OR kind IS NOT NULL AND article <> ''
)
SELECT id, seconds AS time, day, left(CAST(day AS VARCHAR), CASE kind WHEN 'vote' THEN 7 ELSE 10 END) AS period,
    address, agent, kind,
    CASE kind WHEN 'vote' THEN ltrim(coalesce(TRY(url_decode(regexp_extract(uri, '[?&]bai=([^&]*)', 1))), ''), '/')
              ELSE article END AS page,
    CASE kind WHEN 'vote' THEN TRY_CAST(coalesce(
        nullif(regexp_extract(uri, '[?&]diem=([1-5])(?:&|$)', 1), ''),
        regexp_extract(body, '(?:^|&)diem=([1-5])(?:&|$)', 1)) AS TINYINT) END AS grade
FROM dated
WHERE day >= {closed}
"""

REPLACE_FORMER_ADDRESSES = "UPDATE events SET page = moved.page FROM moved WHERE events.page = moved.former"

# What nobody has published is no page: its address comes from whoever sent the request, and would be kept for ever.
FORGET_UNPUBLISHED = """
DELETE FROM events WHERE kind IN ('pdf', 'listen') AND page NOT IN (FROM published);
UPDATE events SET page = '' WHERE kind = 'view' AND page <> '' AND page NOT IN (FROM published);
"""

HASH_VISITORS = """
CREATE OR REPLACE TEMP TABLE hits AS
SELECT id, time, day, kind, page, grade,
       CAST('0x' || left(sha256(salt || address || code), 16) AS UBIGINT) AS visitor,
       CAST('0x' || left(sha256(salt || network), 16) AS UBIGINT) AS network
FROM events JOIN agents USING (agent) JOIN salts USING (period) LEFT JOIN networks USING (address)
WHERE NOT robot OR kind = 'listen' AND player
"""

FIND_NEW_HITS = """
CREATE OR REPLACE TEMP TABLE new_hits AS
WITH keyed AS (
    SELECT day, kind, page,
           CASE kind WHEN 'view' THEN CAST('0x' || left(id, 16) AS UBIGINT)
                     ELSE CAST('0x' || left(md5(concat_ws(' ', visitor, kind, page)), 16) AS UBIGINT) END AS key
    FROM hits WHERE kind <> 'vote'
    UNION ALL
    SELECT day, 'visit', '', visitor FROM hits WHERE kind = 'view'
)
SELECT day, key, first(kind) AS kind, first(page) AS page FROM keyed ANTI JOIN seen USING (day, key) GROUP BY day, key
"""

COUNT_NEW_HITS = """
INSERT INTO seen SELECT day, key FROM new_hits;
INSERT INTO counts SELECT day, page, kind, count(*) FROM new_hits GROUP BY day, page, kind;
"""

REPLACE_VOTES = """
CREATE OR REPLACE TEMP TABLE new_votes AS
SELECT CAST(date_trunc('month', day) AS DATE) AS month, visitor, page, max(time) AS time,
       max_by(id, (time, id)) AS id, max_by(grade, (time, id)) AS grade, any_value(network) AS network
FROM hits SEMI JOIN published USING (page)
WHERE kind = 'vote' AND grade IS NOT NULL
GROUP BY ALL;
DELETE FROM new_votes USING votes v
    WHERE new_votes.month = v.month AND new_votes.visitor = v.visitor AND new_votes.page = v.page
    AND (v.time, v.id) >= (new_votes.time, new_votes.id);
DELETE FROM votes USING new_votes n WHERE votes.month = n.month AND votes.visitor = n.visitor AND votes.page = n.page;
INSERT INTO votes SELECT month, visitor, page, time, id, grade, network FROM new_votes;
"""

# The votes that count: of one network, the first of each hour, and of those the first of each day. Old ones were stored
# without their network.
_FIRST_OF = (
    "QUALIFY network IS NULL "
    "OR row_number() OVER (PARTITION BY network, page, floor(time / {seconds}) ORDER BY time, id) <= {count}"
)
COUNTED_VOTES = f"""
(FROM (FROM votes {_FIRST_OF.format(seconds=3600, count=VOTES_AN_HOUR)})
 {_FIRST_OF.format(seconds=86400, count=VOTES_A_DAY)})
"""

# What remains of closed days: numbers by day and page, and by page and grade.
CLOSE_DAYS = """
DELETE FROM seen WHERE day < {closed};
INSERT INTO old_votes SELECT page, grade, count(*) FROM {counted_votes} WHERE last_day(month) < {closed} GROUP BY ALL;
DELETE FROM votes WHERE last_day(month) < {closed};
CREATE OR REPLACE TEMP TABLE sums AS SELECT day, page, kind, CAST(sum(n) AS BIGINT) AS n FROM counts GROUP BY ALL;
DELETE FROM counts;
INSERT INTO counts SELECT day, page, kind, n FROM sums ORDER BY day;
DROP TABLE sums;
UPDATE known SET closed = {closed};
"""

# After articles have moved: who voted at both addresses in one month has one vote, the last.
KEEP_LAST_VOTES = """
DELETE FROM votes USING votes newer
WHERE votes.month = newer.month AND votes.page = newer.page AND votes.visitor = newer.visitor
    AND (votes.time, votes.id) < (newer.time, newer.id)
"""

SELECT_VOTES = f"""
SELECT page, grade, sum(n) FROM (SELECT page, grade, 1 AS n FROM {COUNTED_VOTES} UNION ALL FROM old_votes) GROUP BY ALL
"""

# After a clock that was wrong: nothing has happened after now.
FORGET_FUTURE = """
DELETE FROM seen WHERE day > {today};
DELETE FROM counts WHERE day > {today};
DELETE FROM votes WHERE time > {now};
UPDATE known SET newest = least(newest, {now}), closed = least(closed, {today});
"""

VIEWS_OF_DAY = "SELECT page, sum(n) FROM counts WHERE page <> '' AND kind = 'view' AND day = {day} GROUP BY page"


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
        self._connection.execute(TABLES)
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
        execute(KEEP_LAST_VOTES)
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
            self._connection.execute(REPLACE_FORMER_ADDRESSES)
        self._connection.execute(FORGET_UNPUBLISHED)
        self._connection.execute("BEGIN")
        for statement in (HASH_VISITORS, FIND_NEW_HITS, COUNT_NEW_HITS, REPLACE_VOTES):
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
            self._connection.execute(CLOSE_DAYS.format(closed=_date_literal(closed), counted_votes=COUNTED_VOTES))
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
        self._connection.execute(FORGET_FUTURE.format(today=_date_literal(today), now=now))
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
        today = _date_literal(self.rules.now.astimezone(self.rules.zone).date())
        days: dict[date, dict[str, int]] = {}
        for day, kind, n in self._fetch_all("SELECT day, kind, sum(n) FROM counts GROUP BY day, kind"):
            days.setdefault(day, {})[FIELD_OF_KIND[kind]] = int(n)
        pages: dict[str, dict[str, int]] = {}
        for page, kind, n in self._fetch_all(
            "SELECT page, kind, sum(n) FROM counts WHERE page <> '' GROUP BY page, kind"
        ):
            pages.setdefault(page, {})[FIELD_OF_KIND[kind]] = int(n)
        votes: dict[str, list[int]] = {}
        for page, grade, n in self._fetch_all(SELECT_VOTES):
            votes.setdefault(page, [0] * 5)[grade - 1] = int(n)
        return Stats(
            datetime.fromtimestamp(newest, self.rules.zone) if newest else None,
            tuple(_days_without_gaps(days)),
            {
                page: Counts(**pages.get(page, {}), votes=tuple(votes.get(page, (0,) * 5)))
                for page in sorted({*pages, *votes})
            },
            former_visits,
            {page: int(n) for page, n in self._fetch_all(VIEWS_OF_DAY.format(day=today))},
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
            "columns": dict.fromkeys(LOG_FIELDS, "VARCHAR"),
            "max_line": MAX_LINE,
            "article": _article_sql(self.rules.addresses),
            "html_files": " OR contains(uri, '.html')" if has_html_files else "",
            "vote": VOTE,
            "earliest": EARLIEST,
            "latest": now.timestamp() + MAX_CLOCK_LEAD,
            "now": now.timestamp(),
            "path": _PATH,
            # Vietnam has no daylight saving time; where a portal has, days begin an hour off for half the year
            "offset": int((now.astimezone(self.rules.zone).utcoffset() or timedelta()).total_seconds()),
            "closed": _date_literal(self.closed),
        }
        base = self.rules.addresses[0].base
        below = f" REPLACE (CASE WHEN starts_with(uri, '{base}') THEN substr(uri, {len(base)}) END AS uri)"
        values["below"] = below if base != "/" else ""
        self._connection.execute(PARSE_EVENTS.format(**values))

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


def _article_sql(layouts: Iterable[Addresses]) -> str:
    """Return an SQL expression for the address of the article that `path` belongs to, '' for other paths."""
    found = []
    for stem, ending in dict.fromkeys(addresses.article_regex() for addresses in layouts):
        stem = stem.replace("'", "''")
        if ending:
            found.append(
                f"nullif(regexp_extract(path, '^/({stem})(?:{ending}|\\.pdf|\\.mp3)$', 1) || '{ending}', '{ending}')"
            )
        else:
            found.append(f"nullif(regexp_extract(path, '^/({stem})', 1), '')")
    return f"coalesce({', '.join(found)}, '')"


def _date_literal(day: date) -> str:
    return f"DATE '{day.isoformat()}'"


def _days_without_gaps(days: Mapping[date, Mapping[str, int]]) -> Iterator[Day]:
    if days:
        first, last = min(days), max(days)
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            yield Day(day, **days.get(day, {}))
