"""What is wrong with a portal that runs, judged from what its commands have recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from plugins.i18n import translate

from .journal import Journal

LATE = timedelta(minutes=15)  # a timer runs every five minutes


def alarms(journal: Journal, now: datetime) -> Iterator[str]:
    """Yield a line for each thing that is wrong.

    Args:
        journal: What has been recorded.
        now: The time, with its zone.
    """
    if "build" not in journal:
        yield translate("build: it has not run here yet; run python3 tasks.py build")
    for command, entry in journal.items():
        if entry.get("error"):
            values = {"command": command, "time": entry.get("time"), "error": entry["error"]}
            yield translate("{command}: it failed at {time}: {error}", **values)
    due = _time(journal.get("build", {}), "due")
    if due and now > due + LATE:
        yield translate(
            "build: something should have changed on the site at {time}; does portal-build.timer run?",
            time=due.isoformat(timespec="minutes"),
        )
    counted = _time(journal.get("stats", {}), "time")
    if counted and now > counted + LATE:
        yield translate(
            "stats: the figures are of {time}; does portal-stats.timer run?",
            time=counted.isoformat(timespec="minutes"),
        )


def log_alarms(
    oldest: float | None, has_whole_address: bool, log_days: int, may_be_whole: bool, now: datetime
) -> Iterator[str]:
    """Yield a line for each thing in which the logs are not as the privacy page says.

    Args:
        oldest: When the oldest line was written, in seconds since 1970; None if there is none.
        has_whole_address: Whether the log has more than the network of a reader.
        log_days: For how many days the privacy page says that lines are kept.
        may_be_whole: Whether it says that the log has whole addresses.
        now: The time.
    """
    days = (now.timestamp() - oldest) / 86_400 if oldest else 0
    if days > log_days:
        yield translate(
            "log: its oldest line is {days} days old, but LOG_DAYS promises {log_days}; look at logrotate",
            days=int(days),
            log_days=log_days,
        )
    if has_whole_address and not may_be_whole:
        yield translate(
            "log: it has whole addresses of readers, but LOG_ADDRESSES promises their network only; reload nginx"
        )


def _time(entry: Mapping[str, Any], name: str) -> datetime | None:
    try:
        return datetime.fromisoformat(entry[name])
    except (KeyError, TypeError, ValueError):
        return None
