"""Publishes from the desk: shows what would change, builds, brings the site to where readers get it, and undoes that.

The commands are those of the terminal, in processes of their own; what they print is what is shown.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from plugins.i18n import translate
from plugins.jobs import PROGRESS_LINES
from plugins.monitoring import journal
from plugins.problems import display_path

from .git import Git
from .listing import shown_time
from .responses import editor, refused

if TYPE_CHECKING:
    from .app import Desk

ROOT = Path(__file__).resolve().parents[2]
PLAN, PUBLISH, UNDO = "plan", "publish", "undo"
MOST_LINES = 500


@dataclass
class Run:
    """A task that runs or has run: its name, its lines, what would change, and how it ended ("", "done", "failed")."""

    task: str = ""
    lines: list[str] = field(default_factory=list)
    plan: dict[str, Any] = field(default_factory=dict)
    ended: str = ""


class Runner:
    """Runs one task after another.

    Args:
        content: The content folder.
        site: The folder of the finished site.
        target: Where it is brought to, "" if readers see `site`.
    """

    def __init__(self, content: Path, site: Path, target: str) -> None:
        self.content, self.site, self.target, self.git = content, site, target, Git(content)
        self.run = Run(ended="done")
        self._lock = threading.Lock()

    def start(self, task: str, name: str = "") -> bool:
        """Start a task, and return whether it was started: none is while another one runs. name: who starts it."""
        with self._lock:
            if not self.run.ended:
                return False
            self.run = Run(task)
        threading.Thread(target=self._do, args=[self.run, name], daemon=True).start()
        return True

    def last(self) -> datetime | None:
        """Return when readers got what they see, by the clock of this machine; None if that is not known."""
        found = journal.read(self.site).get("publish" if self.target else "build", {}).get("succeeded", "")
        return datetime.fromisoformat(found).astimezone().replace(tzinfo=None) if found else None

    def _do(self, run: Run, name: str) -> None:
        if (
            run.task == PUBLISH
            and self.git.is_there()
            and not self.git.commit(translate("Published from the desk"), name)
        ):
            run.lines.append(translate("git could not commit what is published; that is done all the same"))
        try:
            is_done = all(self._command(run, arguments) for arguments in self._commands(run.task))
        except OSError as error:
            run.lines.append(error.strerror or str(error))
            is_done = False
        run.ended = "done" if is_done else "failed"

    def _commands(self, task: str) -> list[list[str]]:
        """Return the commands of a task."""
        places = ["--content", str(self.content), "--output", str(self.site)]
        to_target = [["publish", self.target, *places]] if self.target else []
        if task == PLAN:
            return [["build", "--dry-run", "--json", *places]]
        if task == PUBLISH:
            return [["build", *places], *to_target]
        return [["rollback", *([self.target] if self.target else ["--output", str(self.site)])]]

    def _command(self, run: Run, arguments: Sequence[str]) -> bool:
        """Run a command, and return whether it went well."""
        command = [sys.executable, "-u", str(ROOT / "tasks.py"), *arguments]
        environment = {**os.environ, PROGRESS_LINES: "1", "PYTHONIOENCODING": "utf-8"}
        pipe, both = subprocess.PIPE, subprocess.STDOUT
        nothing = subprocess.DEVNULL
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=nothing, stdout=pipe, stderr=both) as done:
            assert done.stdout
            for line in done.stdout:
                self._take(run, line.decode("utf-8", "replace").rstrip())
        return done.returncode == 0

    def _take(self, run: Run, line: str) -> None:
        """Take a line that a command has printed: what would change, or what is to be shown."""
        if run.task == PLAN and line.startswith("{"):
            run.plan = json.loads(line)
        elif line and len(run.lines) < MOST_LINES:
            run.lines.append(line)


class Publishing:
    """The page on which somebody publishes. desk: of which."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.runner = desk, desk.services.runner

    def routes(self) -> Sequence[Route]:
        """Return the routes below the desk's address."""
        return [
            Route("/dang/", self.page),
            Route("/dang/viec/", self.state, methods=["GET"]),
            Route("/dang/viec/", self.start, methods=["POST"]),
        ]

    async def page(self, _request: Request) -> Response:
        """Show what can be done, and which texts have been changed since readers got them."""
        runner = self.runner
        since = await asyncio.to_thread(runner.last)
        rows = await asyncio.to_thread(self.desk.rows) if since else []
        return self.desk.page(
            "publish.html",
            target=runner.target,
            site=display_path(runner.site),
            ended=self.desk.services.ended(),
            since=since and shown_time(since),
            changed=[row for row in rows if since and row.entry.changed > since.timestamp()],
        )

    async def start(self, request: Request) -> Response:
        """Start a task."""
        task = str((await request.form()).get("task", ""))
        if task not in (PLAN, PUBLISH, UNDO):
            return refused(translate("there is no such task"))
        if not self.runner.start(task, editor(request)):
            return refused(translate("something else is running; wait until it has ended"))
        return await self.state(request)

    async def state(self, _request: Request) -> Response:
        """Answer how far the task is."""
        run = self.runner.run
        return JSONResponse({**asdict(run), "lines": [[line, self._file(line)] for line in run.lines]})

    def _file(self, line: str) -> str:
        """Return the file that a line is about, relative to the content folder; "" if it is about none."""
        start = f"{display_path(self.runner.content)}/"
        name = line.removeprefix(start).partition(":")[0]
        return name if line.startswith(start) and name.endswith(".md") else ""
