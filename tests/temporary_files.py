"""A pytest plugin that keeps temporary files in memory (Linux: /dev/shm) where there is room.

The tests write more than a hundred thousand small files; on a disk that takes a third of their time. Whoever wants to
see the files of a failed test runs it with pytest's option --basetemp=FOLDER.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

import pytest

IN_MEMORY = Path("/dev/shm")
NEEDED = 4 << 30  # bytes; a run of all tests takes a third of that

_folder = pytest.StashKey[Path]()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Set TMPDIR for this process, its workers and all that they start."""
    if not hasattr(config, "workerinput") and not os.environ.get("TMPDIR") and _has_room():
        config.stash[_folder] = Path(tempfile.mkdtemp(prefix="portal-tests-", dir=IN_MEMORY))
        os.environ["TMPDIR"] = str(config.stash[_folder])
        tempfile.tempdir = None  # it is looked up anew


def _has_room() -> bool:
    """Whether the folder exists, may have programs in it, and its files may take NEEDED bytes of memory."""
    if not IN_MEMORY.is_dir():  # another system than Linux
        return False
    system = os.statvfs(IN_MEMORY)
    available = re.search(r"^MemAvailable: +(\d+) kB", Path("/proc/meminfo").read_text(encoding="utf-8"), re.M)
    memory = int(available[1]) * 1024 if available else 0
    return not system.f_flag & os.ST_NOEXEC and min(system.f_bavail * system.f_frsize, memory // 2) >= NEEDED


def pytest_unconfigure(config: pytest.Config) -> None:
    """Delete the folder."""
    if _folder in config.stash:
        shutil.rmtree(config.stash[_folder], ignore_errors=True)
