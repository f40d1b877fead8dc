"""A process that has imported everything a build needs, and builds in forked copies of itself.

So a build while previewing costs neither the start of Python nor a second of imports, and each one
still begins with clean modules. The copy stays until the next build, with all that it holds, to show
what is saved at once (live_update.py). Where a process cannot be forked (Windows), each build is a process
of its own.

It reads a line of JSON on standard input: null for a build, a list of files to have their pages shown.
It answers with a line of JSON.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = "plugins/preview/settings.py"
AGAIN = 75  # how a copy ends when another build is wanted (EX_TEMPFAIL of sysexits.h)


class Built(NamedTuple):
    """How a build ended: its exit status and what it printed."""

    status: int
    out: str
    err: str


class Builder:
    """Builds `content` into `output`, again and again. Used by `serve`."""

    def __init__(self, content: Path, output: Path) -> None:
        self.arguments = [str(content), str(output)]
        self.process: subprocess.Popen[str] | None = None

    def build(self) -> Built:
        """Build once."""
        command = [sys.executable, "-m", "plugins.preview", *self.arguments]
        if not hasattr(os, "fork"):
            done = subprocess.run([*command, "--once"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
            return Built(done.returncode, done.stdout, done.stderr)
        if self.process is None or self.process.poll() is not None:
            pipe = subprocess.PIPE
            self.process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True, encoding="utf-8")
        answer = self._ask(None)
        return Built(*answer) if answer else Built(1, "", "the builder has stopped\n")

    def show(self, paths: Iterable[str]) -> bool:
        """Show what was saved in these files at once, before a build, where that can be; whether anything was."""
        return self.process is not None and self.process.poll() is None and bool(self._ask(list(paths)))

    def _ask(self, what: Any) -> Any:
        """The answer, or None where the process has ended."""
        try:
            self.process.stdin.write(json.dumps(what) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            return None
        answer = self.process.stdout.readline()
        return json.loads(answer) if answer else None

    def stop(self) -> None:
        """End the process; the next build starts a new one, with the code as it is then."""
        if self.process is not None:
            self.process.communicate()  # ends its input, and waits
            self.process = None


def once(content: str, output: str) -> int:
    from plugins.portal import command

    return command.build(SETTINGS, PATH=content, OUTPUT_PATH=output)


def answer(content: str, output: str) -> None:
    """The builder process: a copy of it for every build."""
    # everything that a build will import
    import plugins.markdown_reader.html
    import plugins.pictures
    import plugins.portal.command  # noqa: F401

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C ends `serve`, and so our input
    if not sys.stdin.readline():
        return
    while True:
        child = os.fork()
        if not child:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os._exit(_copy(content, output))
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) != AGAIN:
            return


def _copy(content: str, output: str) -> int:
    """Build, and show what is saved, until another build is wanted or our input ends; the exit status."""
    from plugins.portal import command

    from . import live_update

    portal, status = None, 1
    with (
        os.fdopen(os.dup(1), "w", encoding="utf-8") as reply,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        try:
            portal = command.portal(SETTINGS, PATH=content, OUTPUT_PATH=output)
            status = command.run(portal) if portal else 1
        except BaseException as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
        print(json.dumps(Built(status, _text(sys.stdout, out), _text(sys.stderr, err))), file=reply, flush=True)
        for line in iter(sys.stdin.readline, ""):
            paths = json.loads(line)
            if paths is None:
                return AGAIN
            try:
                shown = not status and live_update.render_changed(portal, paths)
            except Exception:  # the build that follows says what is wrong
                shown = False
            print(json.dumps(shown), file=reply, flush=True)
    return 0


def _text(printed: Any, file: Any) -> str:
    """What was printed to a file that stands in the place of a standard stream."""
    printed.flush()
    file.seek(0)
    return file.read().decode("utf-8", "replace")
