"""Writes the counts as files of the site, each replaced by one rename, and only those that have changed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from hashlib import blake2b
from pathlib import Path

from plugins.addresses import Addresses
from plugins.incremental import files
from plugins.languages import language

from .rules import VOTES_A_DAY, VOTES_AN_HOUR
from .stats import Counts, Day, Stats


def counting_method(lang: str) -> str:
    """How visits and votes are counted, in a language; it should be that of the portal's first edition."""
    text = language(lang, lang).words.gettext(
        "Estimates from the server's log, without cookies; counting stores no address. Visits: a network address with "
        "one browser counts once a day. Views: each time a page is opened. PDFs and recordings: once a person, article "
        "and day. Search engines and other programs are left out. "
        "Ratings: one a person, article and month, the last one counts; from one network at most {hour} an hour and "
        "{day} a day for an article."
    )
    return text.format(hour=VOTES_AN_HOUR, day=VOTES_A_DAY)


def site_stats(stats: Stats, today: date, lang: str) -> bytes:
    """Return the JSON of the whole site's counts.

    It has the visits and views of today, yesterday, this month, this year and in total; the total includes the visits
    of the former counter, which "before" repeats. "how" is `counting_method(lang)`.
    """

    def sums(days: Iterable[Day]) -> dict[str, int]:
        days = list(days)
        return {"visits": sum(day.visits for day in days), "views": sum(day.views for day in days)}

    days = stats.days
    total = sums(days)
    total["visits"] += stats.former_visits
    values = {
        "updated": stats.updated and stats.updated.isoformat(timespec="seconds"),
        "today": sums(day for day in days if day.day == today),
        "yesterday": sums(day for day in days if (today - day.day).days == 1),
        "month": sums(day for day in days if (day.day.year, day.day.month) == (today.year, today.month)),
        "year": sums(day for day in days if day.day.year == today.year),
        "total": total,
        "before": stats.former_visits,
        "how": counting_method(lang),
    }
    return _json(values)


def article_stats(counts: Counts, views_today: int = 0) -> bytes:
    """Return the JSON of an article's counts, with its views of today.

    Its "average" is the mean grade from 1 to 5 with two decimals, or null without votes.
    """
    votes = sum(counts.votes)
    total = sum(grade * number for grade, number in enumerate(counts.votes, 1))
    average = round(total / votes, 2) if votes else None
    return _json(
        {"views": counts.views, "today": views_today, "votes": votes, "average": average, "grades": counts.votes}
    )


def stats_files(
    stats: Stats, published: Iterable[str], addresses: Addresses, now: datetime
) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each file of this stage: the site's, and one for each published article with counts."""
    yield addresses.site_stats_file, site_stats(stats, now.date(), addresses.languages[0])
    for address in published:
        if address in stats.articles:
            yield (
                addresses.stats_file(address),
                article_stats(stats.articles[address], stats.views_today.get(address, 0)),
            )


SITE = "."  # in place of a file's name: which folder the files were written into


def sync_files(
    output: Path,
    wanted: Mapping[str, bytes],
    written: Mapping[str, str],
    record: Callable[[Mapping[str, str], Iterable[str]], None],
) -> int:
    """Write the files that have changed, and remove those that are no longer wanted.

    A file whose folder does not exist is left for a later run: making folders for pages is up to the build. In another
    release than that of the last run every file is compared: it may have been made, or shown again, since then.

    Args:
        output: The folder of the site.
        wanted: The content of each file by its name relative to `output`.
        written: The digest of each file that earlier runs have written.
        record: Called with the digests of the files written now, and the names of those removed.

    Returns:
        How many files were written or removed.
    """
    digests = {name: blake2b(content, digest_size=16).hexdigest() for name, content in wanted.items()}
    changed: dict[str, str] = {}
    folder = str(os.stat(output).st_ino) if output.exists() else ""
    is_same_folder = written.get(SITE) == folder
    for name, digest in digests.items():
        target = output / name
        if written.get(name) == digest and (
            target.exists() if is_same_folder else files.read_bytes(str(target)) == wanted[name]
        ):
            continue
        if target.parent.is_dir():
            files.replace_file(str(target), wanted[name])
            changed[name] = digest
    obsolete = [name for name in written if name not in digests and name != SITE]
    for name in obsolete:
        files.remove_file(str(output), name)
    if changed or obsolete or not is_same_folder:
        record({**changed, SITE: folder}, obsolete)
    return len(changed) + len(obsolete)


def _json(values: object) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
