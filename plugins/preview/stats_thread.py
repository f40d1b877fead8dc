"""Runs `stats` on the preview's log whenever it has grown, as cron does on a server."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

from .builder import ROOT, SETTINGS

INTERVAL = 5  # seconds


class StatsThread(threading.Thread):
    """Counts the requests in `log` into the site in `output`, until the process ends.

    content: the content folder that the site was built from.
    """

    def __init__(self, log: Path, output: Path, content: Path | None = None) -> None:
        super().__init__(daemon=True)
        self.log, self.output = log, output
        self.environment = {**os.environ, **({"PORTAL_CONTENT": str(content)} if content else {})}
        self.counted_bytes = 0  # the size of the log at the last run

    def run(self) -> None:
        pause = threading.Event()
        while not pause.wait(INTERVAL):
            self.count()

    def count(self) -> None:
        """Run `stats` if the log has grown. Its messages are dropped: nobody waits for the figures of a preview."""
        size = self.log.stat().st_size if self.log.exists() else 0
        if size != self.counted_bytes:
            stats = [sys.executable, "tasks.py", "stats", str(self.log)]
            options = ["--output", str(self.output), "--config", SETTINGS]
            nowhere = subprocess.DEVNULL
            subprocess.run([*stats, *options], cwd=ROOT, env=self.environment, stdout=nowhere, stderr=nowhere)
            self.counted_bytes = size
