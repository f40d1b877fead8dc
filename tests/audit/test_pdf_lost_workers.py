"""Workers are killed while PDFs are made: in the end all PDFs are there, with the same bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests import editors, portals
from tests.jobs.test_cluster import dask
from tests.pdf import builds, torture
from tests.pdf.builds import Portal


def test_the_same_bytes_from_a_cluster_that_loses_a_worker(tmp_path: Path) -> None:
    portal = Portal(tmp_path / "here", builds.content(tmp_path / "content"))
    portal.build()
    second = Portal(tmp_path / "elsewhere", portal.content)
    with dask(2, tmp_path) as (address, workers):
        lines = f"CACHE_PATH = {str(second.cache)!r}\nSCHEDULER = {address!r}"
        config = tmp_path / "cluster-conf.py"
        config.write_text(
            f"import sys\nsys.path.insert(0, {str(portals.ROOT)!r})\nfrom publishconf import *\n{lines}\n"
        )
        build = subprocess.Popen(_build(second, config), cwd=portals.ROOT, stderr=subprocess.PIPE, text=True)
        _wait_until(lambda: second.rendered())
        os.killpg(workers[0].pid, signal.SIGKILL)
        assert (build.communicate()[1], build.returncode) == ("", 0)
    assert second.pdfs() == portal.pdfs()


def test_a_worker_killed_halfway_costs_no_pdf(tmp_path: Path) -> None:
    content = builds.content(tmp_path / "content")
    for number in range(10, 40):
        editors.write_article(content, f"bai-{number}.md", torture.WORDS * 6, title=f"Bài số {number}")
    portal = Portal(tmp_path, content)
    config = tmp_path / "conf.py"
    config.write_text(
        f"import sys\nsys.path.insert(0, {str(portals.ROOT)!r})\nfrom publishconf import *\n"
        f"CACHE_PATH = {str(portal.cache)!r}\nJOBS = 2\n"
    )
    build = subprocess.Popen(
        _build(portal, config), cwd=portals.ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    _wait_until(lambda: len(portal.rendered()) > 5)
    workers = [pid for pid in _session(build.pid) if pid != build.pid and _is_at_work(pid)]
    assert workers
    os.kill(workers[0], signal.SIGKILL)
    assert (build.communicate()[1], build.returncode) == ("", 0)
    assert len(portal.pdfs()) == 38


def _build(portal: Portal, config: Path) -> list[str]:
    folders = ["--content", str(portal.content), "--output", str(portal.output), "--config", str(config)]
    return [sys.executable, "tasks.py", "build", "--no-audio", *folders]


def _wait_until(true, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _session(leader: int) -> list[int]:
    pids = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader:
            pids.append(int(path.parent.name))
    return pids


def _is_at_work(pid: int) -> bool:
    """Return whether WeasyPrint's libraries are loaded in a process."""
    try:
        return "libpango" in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")
    except OSError:
        return False
