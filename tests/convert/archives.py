"""Folders of old pages for tests, and what `convert` makes of them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plugins.convert import command

from . import scoring
from .stories import Story, story
from .templates import Made


@dataclass(frozen=True)
class Case:
    """A labelled page in a folder."""

    template: str
    story: Story
    made: Made
    path: Path


def write(folder: Path, templates: Mapping[str, Callable[[Story, random.Random], Made]], each: int, first: int = 0, seed: int = 0,
          change: Callable[[Made, random.Random], Made] | None = None) -> list[Case]:  # fmt: skip
    """`each` pages of every template."""
    cases = []
    for name, template in templates.items():
        for _ in range(each):
            number = first + len(cases)
            dice = random.Random(number)
            made = template(story(number, seed), dice)
            made = change(made, dice) if change else made
            path = folder / f"{name}-{number}" / made.name
            path.parent.mkdir(parents=True)
            path.write_bytes(made.raw)
            cases.append(Case(name, story(number, seed), made, path))
    return cases


def convert(source: Path | list[Path], into: Path, **options: Any) -> dict[str, dict[str, Any]]:
    """Convert, and the rows of the report by source. `status` is under the key ""."""
    report = into.parent / "report.json"
    sources = source if isinstance(source, list) else [source]
    status = command.convert([str(path) for path in sources], str(into), str(report), **options)
    return {row["source"]: row for row in json.loads(report.read_text("utf-8"))} | {"": {"exit": status}}


def scores(cases: list[Case], rows: dict[str, dict[str, Any]]) -> dict[str, scoring.Count]:
    """How right the rows of a report are."""
    found = []
    for case in cases:
        row = rows[str(case.path)]
        text = Path(row["output"]).read_text("utf-8") if row["output"] else "---\ntitle: none\n---\n"
        found.append((case.template, case.story, case.made, row, text))
    return scoring.score(found)
