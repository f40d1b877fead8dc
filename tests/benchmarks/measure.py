"""What a command costs, and which files it has written. Linux and macOS."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import environment

TIMEOUT = 3600  # seconds, for one command


@dataclass(frozen=True)
class Cost:
    """The cost of a command with all its processes.

    wall, cpu: seconds; cpu is user and system time.
    peak: the largest resident memory of any one process, in MB (not the sum).
    """

    wall: float
    cpu: float
    peak: float


def cost(command: Sequence[str | Path], folder: Path, log: Path) -> Cost:
    """Run a command.

    Raises:
        CommandError: It fails or takes longer than TIMEOUT.
    """
    if not hasattr(os, "wait4"):
        raise environment.CommandError("Costs are measured on Linux and macOS only.")
    launch = [sys.executable, "-S", Path(__file__).with_name("launch.py"), str(TIMEOUT), log]
    process = subprocess.run([*launch, *command], cwd=folder, capture_output=True, text=True)
    result = json.loads(process.stdout or '{"status": "no result"}')
    if result["status"] != 0:
        tail = log.read_text("utf-8", "replace").strip()[-600:]
        raise environment.CommandError(f"{' '.join(map(str, command))}\nended with {result['status']}: {tail}")
    return Cost(**result["cost"])


Files = dict[str, tuple[int, bytes]]


def files(folder: Path) -> Files:
    """Return for every file below a folder when it was written (ns), and a digest of its content."""
    result: Files = {}
    for base, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(base, name)
            with open(path, "rb") as stream:
                digest = blake2b(stream.read(), digest_size=8).digest()
                result[path] = os.fstat(stream.fileno()).st_mtime_ns, digest
    return result


def count_written(before: Files, after: Files) -> int:
    """Count the files that are new or were written again, changed or not."""
    return sum(before.get(name) != file for name, file in after.items())


def count_different(before: Files, after: Files) -> int:
    """Count the files that are new, gone or different."""
    same = sum(name in before and before[name][1] == digest for name, (_, digest) in after.items())
    return len(before.keys() | after.keys()) - same
