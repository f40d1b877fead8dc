"""pandoc, which reads documents of word processors: in a sandbox, with limits on its memory and CPU time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import cache

from .errors import SourceError

if sys.platform != "win32":
    import resource

CPU_SECONDS = 60  # a report of 300 pages takes about three
MEMORY = "700M"


@cache
def _path() -> str:
    import pypandoc

    return str(pypandoc.get_pandoc_path())


def to_html(raw: bytes, kind: str, error: str, *options: str) -> str:
    """Return the HTML that pandoc makes of a file.

    Args:
        raw: the file.
        kind: what pandoc calls its format: docx, odt or rtf.
        error: what SourceError is raised with if pandoc cannot read it.
        options: further ones of pandoc.
    """
    command = [_path(), "--sandbox", "-f", kind, "-t", "html", "--wrap=none", *options, "+RTS", f"-M{MEMORY}", "-RTS"]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        limit_cpu_time(process.pid, CPU_SECONDS)
        html, _ = process.communicate(raw)
    if process.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise SourceError("slow")
    if process.returncode:
        raise SourceError(error)
    return html.decode("utf-8", "replace")


def limit_cpu_time(pid: int, seconds: int) -> None:
    """Let the system end a process that takes too much CPU time, where it can do so (Linux)."""
    if sys.platform == "linux":
        resource.prlimit(pid, resource.RLIMIT_CPU, (seconds, seconds))
