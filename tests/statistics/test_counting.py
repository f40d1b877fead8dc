"""Every figure is what the log says, however the log comes."""

from __future__ import annotations

import gzip
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.statistics import command
from plugins.statistics.counting import Counting, Rules
from plugins.statistics.figures import Figures
from plugins.statistics.private import Private
from tests.portals import ROOT
from tests.statistics import BEGIN, ZONE, Traffic

NOW = BEGIN + timedelta(days=40)


def counted(beside: Path, files: Iterable[Path], published: Iterable[str]) -> Figures:
    """One run of the counting part of `stats`."""
    beside.mkdir(exist_ok=True)
    counting = Counting(beside / "figures.duckdb", Rules(ZONE, NOW), Private.read(beside / "private.json"), published)
    try:
        command.count(counting, files, beside)
        return counting.figures()
    finally:
        counting.close()


@pytest.fixture(scope="module")
def traffic() -> tuple[Traffic, bytes]:
    made = Traffic(7, 6000, people=400, per_second=0.03)
    return made, b"".join(made)


def agrees(figures: Figures, traffic: Traffic) -> bool:
    return figures.days == traffic.truth.days and dict(figures.articles) == traffic.truth.counts


def test_every_figure_is_exact(traffic: tuple[Traffic, bytes], tmp_path: Path) -> None:
    made, log = traffic
    (tmp_path / "log").write_bytes(log)
    figures = counted(tmp_path / "a", [tmp_path / "log"], made.truth.articles)
    assert figures.days == made.truth.days
    assert dict(figures.articles) == made.truth.counts
    assert sum(day.visits for day in figures.days) > 500 and any(sum(c.votes) > 1 for c in figures.articles.values())
    again = counted(tmp_path / "a", [tmp_path / "log"], made.truth.articles)
    assert again == figures
