"""Folders of old pages for tests, and the articles that `convert` makes of them."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plugins.convert import command
from tests import editors, portals

from . import scoring, templates
from .stories import Story, story
from .templates import SavedPage


@dataclass(frozen=True)
class Case:
    """A page in a folder, with its labels."""

    template: str
    story: Story
    page: SavedPage
    path: Path


def write(
    folder: Path,
    kinds: Mapping[str, Callable[[Story, random.Random], SavedPage]],
    each: int,
    first: int = 0,
    seed: int = 0,
    change: Callable[[SavedPage, random.Random], SavedPage] | None = None,
) -> list[Case]:
    """Write pages of every template.

    Args:
        kinds: Templates by name.
        each: How many pages of each template.
        first: The number of the first story.
        seed: The seed of the stories.
        change: Changes a page before it is written.
    """
    cases = []
    for name, template in kinds.items():
        for _ in range(each):
            number = first + len(cases)
            rng = random.Random(number)
            page = template(story(number, seed), rng)
            page = change(page, rng) if change else page
            path = folder / f"{name}-{number}" / page.name
            path.parent.mkdir(parents=True)
            path.write_bytes(page.raw)
            cases.append(Case(name, story(number, seed), page, path))
    return cases


def convert(source: Path | list[Path], into: Path, **options: object) -> dict[str, dict[str, Any]]:
    """Convert a folder.

    Returns:
        The rows of the report by source; the exit status is under the key "".
    """
    report = into.parent / "report.json"
    sources = source if isinstance(source, list) else [source]
    status = command.convert([str(path) for path in sources], str(into), str(report), **options)
    return {row["source"]: row for row in json.loads(report.read_text("utf-8"))} | {"": {"exit": status}}


def scores(cases: list[Case], rows: dict[str, dict[str, Any]]) -> dict[str, scoring.Count]:
    """Compare the rows of a report with the labels."""
    converted = []
    for case in cases:
        row = rows[str(case.path)]
        text = Path(row["output"]).read_text("utf-8") if row["output"] else "---\ntitle: none\n---\n"
        converted.append((case.template, case.story, case.page, row, text))
    return scoring.score(converted)


def compare_interrupted_run(folder: Path, pages: int, kills: int) -> None:
    """Kill a run several times, finish it, and compare the result with that of an uninterrupted run.

    Args:
        pages: How many pages are converted.
        kills: How often the run is killed, each time after it has written some more files.
    """
    for number in range(pages):
        page = templates.text_labelled if number % 4 else templates.bootstrap
        # many stories occur twice, so that their addresses collide
        saved = page(story(number * 9 // 20), random.Random(number))
        editors.write_file(folder / "old", f"{number % 20}/{number}{Path(saved.name).suffix}", saved.raw)
    command = [sys.executable, str(portals.ROOT / "tasks.py"), "convert", str(folder / "old"), "--into"]
    subprocess.run([*command, str(folder / "whole")], check=True, capture_output=True, timeout=300)
    rng, broken = random.Random(pages), folder / "broken"
    for number in range(kills):
        process = subprocess.Popen(
            [*command, str(broken)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        enough = rng.randrange(pages * number // (2 * kills), pages * (number + 1) // (2 * kills)) + 1
        portals.wait_until(lambda: sum(1 for _ in broken.rglob("*.md")) >= enough or process.poll() is not None)  # noqa: B023
        assert process.poll() is None, "the run has ended before it could be killed"
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    subprocess.run([*command, str(folder / "broken")], check=True, capture_output=True, timeout=300)
    assert editors.file_digests(folder / "broken") == editors.file_digests(folder / "whole")
    assert len(list((folder / "whole").rglob("*.md"))) == pages
