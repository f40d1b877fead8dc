"""The preview's figures: `stats` is run on its log while there is something new in it, as cron does on a server."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from .builder import ROOT, SETTINGS

EVERY = 5  # seconds


class StatsThread(threading.Thread):
    """Counts what is new in `log` into the site in `output`, until the process ends."""

    def __init__(self, log: Path, output: Path) -> None:
        super().__init__(daemon=True)
        self.log, self.output = log, output
        self.counted = 0  # bytes of the log

    def run(self) -> None:
        pause = threading.Event()
        while not pause.wait(EVERY):
            self.count()

    def count(self) -> None:
        """Run `stats` if the log has grown. What is wrong is told by the command on a server; here nobody waits for it."""
        size = self.log.stat().st_size if self.log.exists() else 0
        if size != self.counted:
            command = [
                sys.executable,
                "tasks.py",
                "stats",
                str(self.log),
                "--output",
                str(self.output),
                "--config",
                SETTINGS,
            ]
            subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.counted = size
