"""Figures as files of the site, each replaced by one rename; only what has changed is written."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from hashlib import blake2b
from pathlib import Path, PurePosixPath

from plugins.addresses import Addresses
from plugins.languages import language

from .stats import Counts, Day, Stats


def how(lang: str) -> str:
    """How it is counted, in the language of the portal's first edition."""
    return language(lang, lang).words.gettext(
        "Estimates from the server's log, without cookies; no address is stored. Visits: a network address with one "
        "browser counts once a day. Views: each time a page is opened. PDFs and recordings: once a person, article "
        "and day. Search engines and other programs are left out. Ratings: one a person, article and month, the last one counts."
    )


def site_stats(figures: Stats, today: date, lang: str) -> bytes:
    """The figures of the whole site. visits and views of each period; total counts the former counter's too."""

    def period(days: Iterable[Day]) -> dict[str, int]:
        days = list(days)
        return {"visits": sum(day.visits for day in days), "views": sum(day.views for day in days)}

    days = figures.days
    total = period(days)
    total["visits"] += figures.before
    values = {
        "updated": figures.updated and figures.updated.isoformat(timespec="seconds"),
        "today": period(day for day in days if day.day == today),
        "yesterday": period(day for day in days if (today - day.day).days == 1),
        "month": period(day for day in days if (day.day.year, day.day.month) == (today.year, today.month)),
        "year": period(day for day in days if day.day.year == today.year),
        "total": total,
        "before": figures.before,
        "how": how(lang),
    }
    return _json(values)


def article_stats(counts: Counts) -> bytes:
    """The figures of an article. average: of 1 to 5, two decimals, null where nobody has voted."""
    votes = sum(counts.votes)
    total = sum(grade * number for grade, number in enumerate(counts.votes, 1))
    average = round(total / votes, 2) if votes else None
    return _json({"views": counts.views, "votes": votes, "average": average, "grades": counts.votes})


def files(figures: Stats, published: Iterable[str], addresses: Addresses, now: datetime) -> Iterator[tuple[str, bytes]]:
    """Our own files of the site by name: of the whole and of each published article that has any figures."""
    yield addresses.site_stats_file, site_stats(figures, now.date(), addresses.languages[0])
    for address in published:
        if address in figures.articles:
            yield addresses.stats_file(address), article_stats(figures.articles[address])


def sync_files(
    folder: Path,
    beside: Path,
    wanted: Mapping[str, bytes],
    written: Mapping[str, str],
    note: Callable[..., None],
) -> int:
    """Write what differs from what was written, remove what is no longer wanted; how many files.

    beside: a folder of ours on the same disk. written: digest by name; `note` remembers it anew.
    A page's folder is the build's to make: where it is gone, its figures wait.
    """
    digests = {name: blake2b(data, digest_size=16).hexdigest() for name, data in wanted.items()}
    changed = {}
    for name, digest in digests.items():
        target = folder / name
        if written.get(name) == digest and target.exists():
            continue
        if not target.parent.is_dir():
            continue
        new = beside / "new"
        new.write_bytes(wanted[name])
        os.replace(new, target)
        changed[name] = digest
    gone = [name for name in written if name not in digests]
    for name in gone:
        _remove(folder, name)
    if changed or gone:
        note(changed, gone)
    return len(changed) + len(gone)


def _remove(folder: Path, name: str) -> None:
    """Remove a file, and the folders that are empty without it."""
    (folder / name).unlink(missing_ok=True)
    for parent in PurePosixPath(name).parents:
        try:
            if parent.name:
                (folder / parent).rmdir()
        except OSError:
            break  # something else is in it


def _json(values: object) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
