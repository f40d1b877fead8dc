"""The SQL of the counting: tables, how a line of the log becomes an event, and what is kept of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from plugins.addresses import Addresses

from .rules import VOTES_A_DAY, VOTES_AN_HOUR

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
PATH = (
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


def article_sql(layouts: Iterable[Addresses]) -> str:
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


def date_literal(day: date) -> str:
    """Return a day in SQL."""
    return f"DATE '{day.isoformat()}'"
