"""The command `status`: says whether the portal runs as it should."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from plugins.i18n import translate
from plugins.portal import loading
from plugins.problems import ContentError, print_problems
from plugins.statistics import rules
from plugins.statistics.command import find_logs

from . import journal, log_files
from .alarms import alarms, log_alarms

CRITICAL = 2  # the exit status that programs for monitoring expect


def status(config: str = "publishconf.py", now: datetime | None = None, **overrides: object) -> int:
    """Print what is wrong, or that nothing is; return the exit status.

    Args:
        config: The file of settings.
        now: The time, for tests.
        overrides: Settings that take precedence.
    """
    try:
        settings = loading.settings(config, **overrides)
    except ContentError as error:
        print_problems(error.problems)
        return CRITICAL
    recorded = journal.read(Path(settings["OUTPUT_PATH"]))
    now = now or datetime.now(ZoneInfo(settings["TIMEZONE"]))
    logs = find_logs(settings.get("STATISTICS_LOGS", rules.DEFAULTS["STATISTICS_LOGS"]))
    found = [
        *alarms(recorded, now),
        *log_alarms(
            log_files.oldest_line(logs),
            log_files.has_whole_address(logs[-1:]),
            rules.log_days(settings),
            rules.has_whole_addresses(settings),
            now,
        ),
    ]
    version = recorded.get("build", {}).get("version")
    if version:
        print(translate("Built by version {version}.", version=version))
    print("\n".join(found) or translate("Everything is as it should be."))
    return CRITICAL if found else 0
