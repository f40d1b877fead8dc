"""Lines of the log into figures: SQL for DuckDB, which the docs show on Parquet too.

What has been counted is known by keys of 64 bits, one set a day: of a page loaded the identity of its request, of what
counts once a visitor and day a hash of that. So the same line, in whatever file it comes again, adds nothing. A vote
replaces an older one. A day is closed a week after it: its keys and its salt are thrown away, and what then still comes
of it is not counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import astuple, dataclass
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.addresses import URLS, VOTE, Addresses

from .logs import LONGEST, Mark
from .robots import is_robot
from .secret_keys import Secrets
from .stats import Counts, Day, Stats

if TYPE_CHECKING:
    import duckdb

OPEN = 7  # days
MEMORY, THREADS = "160MB", 2
EARLIEST = 946_684_800  # seconds since 1970; a line from before 2000 has a broken clock
AHEAD = 86_400  # seconds that a server's clock may be before ours
MARKS = 500
AGENTS = 100_000  # user agents whose kind is remembered in one run

TABLES = """
CREATE TABLE IF NOT EXISTS seen (day DATE, key UBIGINT);
CREATE TABLE IF NOT EXISTS counts (day DATE, page VARCHAR, kind VARCHAR, n BIGINT);
CREATE TABLE IF NOT EXISTS votes (month DATE, visitor UBIGINT, page VARCHAR, time DOUBLE, id VARCHAR, grade TINYINT);
CREATE TABLE IF NOT EXISTS old_votes (page VARCHAR, grade TINYINT, n BIGINT);
CREATE TABLE IF NOT EXISTS marks (number BIGINT, inode UBIGINT, place BIGINT, digest VARCHAR);
CREATE TABLE IF NOT EXISTS written (name VARCHAR, digest VARCHAR);
CREATE TABLE IF NOT EXISTS known (newest DOUBLE, closed DATE);
CREATE TABLE IF NOT EXISTS layouts (number BIGINT, addresses VARCHAR);
CREATE TEMP TABLE agents (agent VARCHAR, robot BOOLEAN, code VARCHAR DEFAULT '');
CREATE TEMP TABLE salts (period VARCHAR, salt VARCHAR);
CREATE TEMP TABLE published (page VARCHAR);
CREATE TEMP TABLE moved (former VARCHAR, page VARCHAR);
"""

FIELDS = (
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

# The kinds of request that count. A page may be loaded from the reader's own cache (304); a player asks for parts (206).
EVENTS = r"""
CREATE OR REPLACE TEMP TABLE events AS
WITH lines AS (
    SELECT *, TRY_CAST(time AS DOUBLE) AS moment, split_part(uri, '?', 1) AS path
    FROM read_json('{file}', format='newline_delimited', columns={columns}, ignore_errors=true, compression='none',
                   maximum_object_size={longest})
    WHERE id = "end" AND length(id) = 32
      AND (method = 'GET' AND status IN ('200', '206', '304') AND (suffix(uri, '/') OR contains(uri, '/?'){files}
                                                                    OR contains(uri, '.pdf') OR contains(uri, '.mp3'))
           OR method = 'POST' AND status IN ('204', '303') AND starts_with(uri, '/{vote}?'))
      AND NOT contains(purpose, 'prefetch')
), kinds AS (
    SELECT *, {article} AS article, CASE
        WHEN method = 'POST' THEN CASE WHEN site IN ('', 'same-origin') THEN 'vote' END
        WHEN suffix(path, '/') OR suffix(path, '.html') THEN CASE WHEN status <> '206' AND dest IN ('', 'document') THEN 'view' END
        WHEN status = '206' AND NOT regexp_full_match(range, '(bytes=0-\d*)?') THEN NULL
        WHEN suffix(path, '.pdf') THEN 'pdf'
        WHEN suffix(path, '.mp3') THEN 'listen' END AS kind
    FROM lines
    WHERE moment BETWEEN {earliest} AND {latest}
), dated AS (
    SELECT *, DATE '1970-01-01' + CAST(floor((moment + {offset}) / 86400) AS INTEGER) AS day
    FROM kinds WHERE kind IN ('view', 'vote') OR kind IS NOT NULL AND article <> ''
)
SELECT id, moment AS time, day, left(CAST(day AS VARCHAR), CASE kind WHEN 'vote' THEN 7 ELSE 10 END) AS period, address, agent, kind,
    CASE kind WHEN 'vote' THEN ltrim(url_decode(regexp_extract(uri, '[?&]bai=([^&]*)', 1)), '/') ELSE article END AS page,
    CASE kind WHEN 'vote' THEN TRY_CAST(coalesce(
        nullif(regexp_extract(uri, '[?&]diem=([1-5])(?:&|$)', 1), ''),
        regexp_extract(body, '(?:^|&)diem=([1-5])(?:&|$)', 1)) AS TINYINT) END AS grade
FROM dated
WHERE day >= {closed}
"""

# Lines of an article's former address are of the article.
FOLLOW = "UPDATE events SET page = moved.page FROM moved WHERE events.page = moved.former"

KNOWN_AS = """
CREATE OR REPLACE TEMP TABLE hits AS
SELECT id, time, day, kind, page, grade,
       CAST('0x' || left(sha256(salt || address || code), 16) AS UBIGINT) AS visitor
FROM events JOIN agents USING (agent) JOIN salts USING (period)
WHERE NOT robot
"""

FRESH = """
CREATE OR REPLACE TEMP TABLE fresh AS
WITH keyed AS (
    SELECT day, kind, page, CASE kind WHEN 'view' THEN CAST('0x' || left(id, 16) AS UBIGINT)
                                      ELSE CAST('0x' || left(md5(concat_ws(' ', visitor, kind, page)), 16) AS UBIGINT) END AS key
    FROM hits WHERE kind <> 'vote'
    UNION ALL
    SELECT day, 'visit', '', visitor FROM hits WHERE kind = 'view'
)
SELECT day, key, first(kind) AS kind, first(page) AS page FROM keyed ANTI JOIN seen USING (day, key) GROUP BY day, key
"""

COUNT = """
INSERT INTO seen SELECT day, key FROM fresh;
INSERT INTO counts SELECT day, page, kind, count(*) FROM fresh GROUP BY day, page, kind;
"""

VOTES = """
CREATE OR REPLACE TEMP TABLE newer AS
SELECT CAST(date_trunc('month', day) AS DATE) AS month, visitor, page, max(time) AS time,
       max_by(id, (time, id)) AS id, max_by(grade, (time, id)) AS grade
FROM hits SEMI JOIN published USING (page)
WHERE kind = 'vote' AND grade IS NOT NULL
GROUP BY ALL;
DELETE FROM newer USING votes v WHERE newer.month = v.month AND newer.visitor = v.visitor AND newer.page = v.page
    AND (v.time, v.id) >= (newer.time, newer.id);
DELETE FROM votes USING newer n WHERE votes.month = n.month AND votes.visitor = n.visitor AND votes.page = n.page;
INSERT INTO votes SELECT month, visitor, page, time, id, grade FROM newer;
"""

# What closing leaves: numbers by day and page, and by page and grade.
CLOSE = """
DELETE FROM seen WHERE day < {closed};
INSERT INTO old_votes SELECT page, grade, count(*) FROM votes WHERE last_day(month) < {closed} GROUP BY ALL;
DELETE FROM votes WHERE last_day(month) < {closed};
CREATE OR REPLACE TEMP TABLE together AS SELECT day, page, kind, CAST(sum(n) AS BIGINT) AS n FROM counts GROUP BY ALL;
DELETE FROM counts;
INSERT INTO counts SELECT day, page, kind, n FROM together ORDER BY day;
DROP TABLE together;
UPDATE known SET closed = {closed};
"""


@dataclass(frozen=True)
class CountingRules:
    """What counting depends on. zone: the portal's. addresses: the portal's now and, where they were others, before."""

    zone: tzinfo
    now: datetime
    addresses: tuple[Addresses, ...]


class StatsDatabase:
    """The database of figures, open. published: addresses of the articles there are."""

    def __init__(self, file: Path, rules: CountingRules, private: Secrets, published: Iterable[str] = ()) -> None:
        import duckdb  # 30 MB that only `stats` needs

        self.rules, self.private = rules, private
        self.db: duckdb.DuckDBPyConnection = duckdb.connect(str(file))
        spill = str(file.with_name("spilled")).replace("'", "''")
        self.db.execute(f"SET memory_limit='{MEMORY}'; SET threads={THREADS}; SET temp_directory='{spill}'")
        self.db.execute("SET preserve_insertion_order=false; SET enable_external_file_cache=false")
        self.db.execute(TABLES)
        self.db.execute("INSERT INTO known SELECT 0, DATE '1970-01-01' WHERE NOT EXISTS (FROM known)")
        self._fill("published", [(page,) for page in published])

    def _fill(self, table: str, rows: list[tuple[object, ...]]) -> None:
        if rows:
            columns = list(zip(*rows, strict=True))
            values = ", ".join(f"unnest(${number + 1})" for number in range(len(columns)))
            self.db.execute(f"INSERT INTO {table} SELECT {values}", [list(column) for column in columns])

    @property
    def marks(self) -> list[Mark]:
        """How far files were read."""
        return [Mark(*row) for row in self.db.execute("SELECT inode, place, digest FROM marks").fetchall()]

    @property
    def closed(self) -> date:
        """Days before this one are closed."""
        return self._one("SELECT closed FROM known")

    @property
    def layouts(self) -> list[Addresses]:
        """The addresses that the portal has had, the last ones last."""
        rows = self.db.execute("SELECT addresses FROM layouts ORDER BY number").fetchall()
        if not rows and self._one("SELECT count(*) FROM counts"):  # counted before layouts were remembered
            return [Addresses(self.rules.addresses[0].languages, URLS)]
        return [Addresses.unpack(text) for (text,) in rows]

    def move(self, moved: Mapping[str, str]) -> None:
        """Have the figures of articles follow them to the addresses that they have now.

        moved: former address -> address.
        """
        self.db.execute("BEGIN")
        self._fill("moved", list(moved.items()))
        for table in ("counts", "votes", "old_votes"):
            self.db.execute(f"UPDATE {table} SET page = moved.page FROM moved WHERE {table}.page = moved.former")
        # who has voted at both addresses in one month has one vote, the last
        self.db.execute("""DELETE FROM votes USING votes newer WHERE votes.month = newer.month AND votes.page = newer.page
                           AND votes.visitor = newer.visitor AND (votes.time, votes.id) < (newer.time, newer.id)""")
        self.db.execute("DELETE FROM moved")
        now = self.rules.addresses[0].pack()
        self.db.execute("DELETE FROM layouts WHERE addresses = ?", [now])
        self.db.execute("INSERT INTO layouts SELECT coalesce(max(number), 0) + 1, ? FROM layouts", [now])
        self.db.execute("COMMIT")

    def follow(self, moved: Mapping[str, str]) -> None:
        """Count lines of articles' former addresses as theirs. moved: former address -> address."""
        self._fill("moved", list(moved.items()))

    def count(self, lines: Path) -> None:
        """Count a file of whole lines, all or nothing."""
        self._read(lines)
        periods = self.db.execute("SELECT DISTINCT period FROM events").fetchall()
        self._salt([period for (period,) in periods])
        self._know_agents()
        if self._one("SELECT count(*) FROM moved"):
            self.db.execute(FOLLOW)
        self.db.execute("BEGIN")
        for statement in (KNOWN_AS, FRESH, COUNT, VOTES):
            self.db.execute(statement)
        self.db.execute("UPDATE known SET newest = greatest(newest, (SELECT max(time) FROM hits))")
        self.db.execute("COMMIT")

    def remember(self, mark: Mark) -> None:
        """Remember how far a file was read, once its lines are counted."""
        self.db.execute("BEGIN")
        self.db.execute("DELETE FROM marks WHERE inode = ?", [mark.inode])
        self.db.execute(
            "INSERT INTO marks SELECT coalesce(max(number), 0) + 1, ?, ?, ? FROM marks", list(astuple(mark))
        )
        self.db.execute("DELETE FROM marks WHERE number <= (SELECT max(number) FROM marks) - ?", [MARKS])
        self.db.execute("COMMIT")

    def _read(self, lines: Path) -> None:
        now = self.rules.now
        values = {
            "file": str(lines).replace("'", "''"),
            "columns": dict.fromkeys(FIELDS, "VARCHAR"),
            "longest": LONGEST,
            "article": _article(self.rules.addresses),
            "files": " OR contains(uri, '.html')" if any(a.article_regex()[1] for a in self.rules.addresses) else "",
            "vote": VOTE,
            "earliest": EARLIEST,
            "latest": now.timestamp() + AHEAD,
            # Vietnam knows no summer time; where a portal does, a day begins an hour off for half the year
            "offset": int((now.astimezone(self.rules.zone).utcoffset() or timedelta()).total_seconds()),
            "closed": _sql(self.closed),
        }
        self.db.execute(EVENTS.format(**values))

    def _salt(self, periods: Collection[str]) -> None:
        have = set(self.private.salts)
        salts = [(period, self.private.salt(period)) for period in periods]
        if not have.issuperset(periods):
            self.private.save()
        self.db.execute("DELETE FROM salts")
        self._fill("salts", salts)

    def _know_agents(self) -> None:
        if self._one("SELECT count(*) FROM agents") > AGENTS:
            self.db.execute("DELETE FROM agents")
        new = self.db.execute(
            "SELECT DISTINCT agent FROM events ANTI JOIN agents USING (agent) WHERE agent IS NOT NULL"
        )
        self._fill("agents (agent, robot)", [(agent, is_robot(agent)) for (agent,) in new.fetchall()])
        self.db.execute("UPDATE agents SET code = ' ' || left(md5(agent), 16) WHERE code = ''")

    def close_days(self) -> None:
        """Close the days that ended a week before the newest line; their keys and salts are thrown away."""
        newest = self._one("SELECT newest FROM known")
        if not newest:
            return
        closed = datetime.fromtimestamp(newest, self.rules.zone).date() - timedelta(days=OPEN)
        if closed > self.closed:
            self.db.execute("BEGIN")
            self.db.execute(CLOSE.format(closed=_sql(closed)))
            self.db.execute("COMMIT")
            self.private.forget(closed.isoformat())
            self.private.save()

    def figures(self, before: int = 0) -> Stats:
        """All figures, articles that are no longer there with them. before: see `Figures`."""
        newest = self._one("SELECT newest FROM known")
        days: dict[date, dict[str, int]] = {}
        for day, kind, n in self.db.execute("SELECT day, kind, sum(n) FROM counts GROUP BY day, kind").fetchall():
            days.setdefault(day, {})[_NAMES[kind]] = int(n)
        pages: dict[str, dict[str, int]] = {}
        rows = self.db.execute("SELECT page, kind, sum(n) FROM counts WHERE page <> '' GROUP BY page, kind").fetchall()
        for page, kind, n in rows:
            pages.setdefault(page, {})[_NAMES[kind]] = int(n)
        votes: dict[str, list[int]] = {}
        sql = "SELECT page, grade, sum(n) FROM (SELECT page, grade, 1 AS n FROM votes UNION ALL FROM old_votes) GROUP BY ALL"
        for page, grade, n in self.db.execute(sql).fetchall():
            votes.setdefault(page, [0] * 5)[grade - 1] = int(n)
        return Stats(
            datetime.fromtimestamp(newest, self.rules.zone) if newest else None,
            tuple(_without_gaps(days)),
            {
                page: Counts(**pages.get(page, {}), votes=tuple(votes.get(page, (0,) * 5)))
                for page in sorted({*pages, *votes})
            },
            before,
        )

    @property
    def written(self) -> dict[str, str]:
        """Our files in the site and a digest of each."""
        return dict(self.db.execute("FROM written").fetchall())

    def note_written(self, files: Mapping[str, str], gone: Iterable[str]) -> None:
        """Remember what was written, and what was removed."""
        self.db.execute("BEGIN")
        for names in (list(files), list(gone)):
            self.db.execute("DELETE FROM written WHERE name IN (SELECT unnest($1::VARCHAR[]))", [names])
        self._fill("written", list(files.items()))
        self.db.execute("COMMIT")

    def close(self) -> None:
        """Give the file back."""
        self.db.close()

    def _one(self, sql: str):
        return self.db.execute(sql).fetchone()[0]


_NAMES = {"view": "views", "visit": "visits", "pdf": "pdfs", "listen": "listens"}


def _article(addresses: Iterable[Addresses]) -> str:
    """The address of the article that a path belongs to, as SQL; '' where it is of none."""
    found = []
    for stem, ending in dict.fromkeys(each.article_regex() for each in addresses):
        stem = stem.replace("'", "''")
        if ending:
            found.append(
                f"nullif(regexp_extract(path, '^/({stem})(?:{ending}|\\.pdf|\\.mp3)$', 1) || '{ending}', '{ending}')"
            )
        else:
            found.append(f"nullif(regexp_extract(path, '^/({stem})', 1), '')")
    return f"coalesce({', '.join(found)}, '')"


def _sql(day: date) -> str:
    return f"DATE '{day.isoformat()}'"


def _without_gaps(days: Mapping[date, Mapping[str, int]]) -> Iterable[Day]:
    if days:
        first, last = min(days), max(days)
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            yield Day(day, **days.get(day, {}))
