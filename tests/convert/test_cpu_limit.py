"""Limits of a conversion: set by counts, guarded by CPU time, never by wall-clock time."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from plugins.convert import conversion, html_source, pandoc, saved_page, text_page
from plugins.convert.cpu_limit import cpu_limit
from plugins.convert.errors import SourceError
from plugins.convert.sources import items
from tests import editors

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs timers of CPU time")


def test_endless_work_is_stopped() -> None:
    def work_for_ever() -> None:
        while True:
            try:
                sum(range(1000))
            except Exception:
                continue

    with pytest.raises(SourceError, match="slow"), cpu_limit(0.01):
        work_for_ever()


def test_only_cpu_time_counts() -> None:
    with cpu_limit(50):
        assert signal.getitimer(signal.ITIMER_PROF)[0] > 0
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


def test_threads_run_without_a_limit() -> None:
    results = []

    def work() -> None:
        with cpu_limit(50):
            results.append(signal.getitimer(signal.ITIMER_PROF))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert results == [(0, 0)]


def test_a_page_that_reaches_the_limit_is_an_error_of_its_own(tmp_path: Path, monkeypatch) -> None:
    def read(raw: bytes) -> None:
        while True:
            pass

    monkeypatch.setattr(text_page, "read", read)
    monkeypatch.setattr(conversion, "CPU_SECONDS", 0.01)
    (item,) = items(str(editors.write_file(tmp_path, "a.txt", b"x")), tmp_path)
    row = conversion.convert(item, conversion.Plan(tmp_path, tmp_path)).row
    assert row["status"] == "error" and row["reasons"] == [SourceError("slow").message]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems cannot limit another process")
def test_pandoc_is_stopped_too() -> None:

    process = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    pandoc.limit_cpu_time(process.pid, 1)
    assert process.wait() in (-signal.SIGXCPU, -signal.SIGKILL)


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<i></i>" * (html_source.MOST_TAGS // 2 + 1), "nested"),
        ("<p>x" * (html_source.MOST_TAGS // 10), "large"),  # too many blocks
        ("<div>" * (html_source.DEEPEST + 1), "nested"),
        ("x" * (html_source.LARGEST + 1), "large"),
    ],
    ids=["elements", "blocks", "depth", "letters"],
)
def test_counts_decide(html: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        saved_page.read(html.encode())
