"""A process that has imported everything a build needs, and builds in forked copies of itself.

So a build while previewing costs neither the start of Python nor a second of imports, and each one
still begins with clean modules. Where a process cannot be forked (Windows), each build is a process
of its own.

It reads a line on standard input for every build that is wanted, and answers with a line of JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = "plugins/preview/settings.py"


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
        if not hasattr(os, "fork"):
            command = [sys.executable, "-m", "plugins.preview", *self.arguments, "--once"]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
            return Built(done.returncode, done.stdout, done.stderr)
        if self.process is None or self.process.poll() is not None:
            command = [sys.executable, "-m", "plugins.preview", *self.arguments]
            pipe = subprocess.PIPE
            self.process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True, encoding="utf-8")
        self.process.stdin.write("build\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        return Built(*json.loads(answer)) if answer else Built(1, "", "the builder has stopped\n")

    def stop(self) -> None:
        """End the process; the next build starts a new one, with the code as it is then."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


def once(content: str, output: str) -> int:
    from plugins.portal import command

    return command.build(SETTINGS, PATH=content, OUTPUT_PATH=output)


def _forked(content: str, output: str) -> Built:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if not child:
            status = 1
            try:
                os.dup2(out.fileno(), 1)
                os.dup2(err.fileno(), 2)
                status = once(content, output)
            except BaseException as error:
                print(f"{type(error).__name__}: {error}", file=sys.stderr)
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(status)
        _, status = os.waitpid(child, 0)
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode("utf-8", "replace"))
        return Built(os.waitstatus_to_exitcode(status), *texts)


def answer(content: str, output: str) -> None:
    """The builder process: build whenever a line comes."""
    # everything that a build will import
    import plugins.markdown_reader.html
    import plugins.pictures
    import plugins.portal.command  # noqa: F401

    for _line in sys.stdin:
        print(json.dumps(_forked(content, output)), flush=True)

