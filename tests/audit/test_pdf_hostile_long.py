"""Hostile documents that take long: each ends within its limits."""

from __future__ import annotations

from pathlib import Path

from plugins import jobs
from tests.pdf.test_hostile import Listener, listener, render_hostile  # noqa: F401 (a fixture)


def test_slow_hostile_documents_cost_only_themselves(tmp_path: Path, listener: Listener) -> None:  # noqa: F811
    results = render_hostile(tmp_path, listener, set())
    assert isinstance(results["a table of 60,000 rows"], jobs.ItemTimeoutError)
