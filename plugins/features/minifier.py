"""Minifies JavaScript, in a process of its own.

The minifier's Go runtime has threads, and a build forks: what a fork leaves of threads may wait for ever.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from pathlib import Path

_processes: dict[int, subprocess.Popen[str]] = {}  # by the process that has started it: copies need one of their own


def minify(code: str) -> str:
    """Minify JavaScript. Raises ValueError if it cannot be parsed."""
    process = _processes.get(os.getpid()) or _start()
    assert process.stdin and process.stdout
    process.stdin.write(json.dumps(code) + "\n")
    process.stdin.flush()
    response = process.stdout.readline()
    if not response:
        raise OSError("the minifier has ended")
    minified, error = json.loads(response)
    if error:
        raise ValueError(error)
    return str(minified)


def _start() -> subprocess.Popen[str]:
    command = [sys.executable, "-S", str(Path(__file__).with_name("minifier_process.py")), *sys.path]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, encoding="ascii")
    _processes[os.getpid()] = process
    return process


@atexit.register
def _stop() -> None:
    process = _processes.pop(os.getpid(), None)
    if process:
        process.communicate()  # closes its standard input and waits
