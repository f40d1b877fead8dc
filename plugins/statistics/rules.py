"""What the log and counting promise to readers. The pages that say it take the numbers from here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from plugins.features.hooks import Statement

OPEN_DAYS = 7  # how long after its end a day is still counted; then its keys are destroyed
VOTES_AN_HOUR, VOTES_A_DAY = 5, 10  # that count for an article from one network

DEFAULTS: dict[str, Any] = {
    "STATISTICS_LOGS": ["/var/log/nginx/portal.log*"],  # what `stats` reads when no log is named: paths with * and ?
    "STATISTICS_BEFORE": 0,  # visits counted by the portal's former counter
    "LOG_DAYS": 7,  # how long a line of the log is kept; whoever looks after the server sets logrotate accordingly
    "LOG_ADDRESSES": "network",  # what the log has of readers' addresses: "network" or "whole"
}
LOG_STATEMENTS = {
    "network": Statement(
        "data",
        "<strong>The server's log</strong> has a line for each request: the time, the page, the name of the browser "
        "and the network, which is the first part of the address; the rest is cut off before anything is written, so "
        "nobody can tell which lines are yours. It serves to count visits and to find faults. In the figures a "
        "network with one browser is one visitor, once a day; people who share both count as one. A line is deleted "
        "after {log_days} days at the latest.",
    ),
    "whole": Statement(
        "data",
        "<strong>The server's log</strong> has a line for each request: the time, the page, the name of the browser "
        "and the network address. It serves to count visits, to find faults and to ward off attacks. In the figures "
        "an address with one browser is one visitor, once a day; homes and schools that share an address count as "
        "one. A line is deleted after {log_days} days at the latest.",
    ),
}


def log_days(settings: Mapping[str, Any]) -> int:
    """Return for how many days a line of the log is kept."""
    return int(settings.get("LOG_DAYS", DEFAULTS["LOG_DAYS"]))


def has_whole_addresses(settings: Mapping[str, Any]) -> bool:
    """Return whether the log has the whole addresses of readers."""
    return bool(settings.get("LOG_ADDRESSES", DEFAULTS["LOG_ADDRESSES"]) == "whole")


def numbers(settings: Mapping[str, Any]) -> dict[str, int]:
    """Return the numbers of the rules, by the names that texts have for them."""
    return {
        "log_days": log_days(settings),
        "open_days": OPEN_DAYS,
        "votes_an_hour": VOTES_AN_HOUR,
        "votes_a_day": VOTES_A_DAY,
    }


def statements(settings: Mapping[str, Any]) -> Iterator[Statement]:
    """Yield what editors' pages say of the log; see `Statement`."""
    yield LOG_STATEMENTS["whole" if has_whole_addresses(settings) else "network"]
