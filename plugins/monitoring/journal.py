"""The file in which commands record how they went, one entry for each command.

    {"build": {"time": "2026-11-30T02:00:00+07:00", "error": "", "succeeded": "2026-11-30T02:00:00+07:00", …}, …}

Times are ISO 8601; "error" is empty after a success; "succeeded" is the time of the last success, and what else is
recorded is from there.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from plugins.incremental.state import state_folder
from plugins.problems import Problem, display_path, print_problems
from plugins.problems.files import why_unwritable

Journal = dict[str, dict[str, Any]]


def journal_file(output: Path) -> Path:
    """Return the file for a published folder."""
    return state_folder(output) / "status.json"


def read(output: Path) -> Journal:
    """Return what has been recorded; nothing if the file is missing or damaged, which the next run mends."""
    try:
        found = json.loads(journal_file(output).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and all(isinstance(each, dict) for each in found.values()) else {}


def record(output: Path, command: str, now: datetime, error: str = "", **values: object) -> None:
    """Record how a command went. If that cannot be written, it is told, unless the command has failed itself.

    Args:
        output: The published folder.
        command: Its name.
        now: The time, with its zone.
        error: What was wrong, in one line; "" after a success.
        values: What else is of interest; may be anything that JSON has.
    """
    journal = read(output)
    time = now.isoformat(timespec="seconds")
    before = journal.get(command, {"succeeded": ""}) if error else {"succeeded": time}
    journal[command] = {**before, "time": time, "error": error, **values}
    file = journal_file(output)
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        if not error:  # the first that is recorded, for instance of a site that was built elsewhere
            file.parent.mkdir(exist_ok=True)
        with open(unfinished, "w", encoding="utf-8") as stream:
            json.dump(journal, stream, indent=1, ensure_ascii=False)
        unfinished.replace(file)
    except OSError as reason:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        if not error:
            print_problems([Problem(display_path(file), 0, why_unwritable(reason), "warning")])
