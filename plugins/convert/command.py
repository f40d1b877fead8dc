"""The command `convert`: all sources to articles, with a progress bar, a summary and a report."""

from __future__ import annotations

import itertools
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from tqdm import tqdm

from plugins import jobs
from plugins.checks import Problem, short
from plugins.checks import report as tell
from plugins.i18n import say

from . import conversion
from .conversion import Outcome, Plan
from .conversion_log import Ledger
from .sources import Item, items

WINDOW = 1024  # sources at a time: what is in work is held in memory
STATUSES = ("converted", "review", "not-an-article", "error")
TOLD = 20  # errors printed; all are in the report


def convert(
    sources: list[str],
    into: str,
    report: str | None = None,
    fetch: bool = False,
    category: str = "",
    workers: int | None = None,
) -> int:
    """Convert sources and say what was done; the exit status: 0 where every source could be read."""
    target = Path(os.path.abspath(into))
    try:
        with tempfile.TemporaryDirectory(prefix="convert-") as unpacked:
            found = itertools.chain.from_iterable(items(source, Path(unpacked)) for source in sources)
            with _Report(report) as rows:
                counts, beside = _run(
                    found, Plan(target, _files(target), fetch, " ".join(category.split())), rows, workers
                )
    except OSError as error:
        tell(
            [
                Problem(
                    short(error.filename or target),
                    0,
                    say(
                        "{reason}; free some space or ask whoever looks after this machine",
                        reason=error.strerror or str(error),
                    ),
                )
            ]
        )
        return 1
    for path in beside[:TOLD]:
        print(
            say(
                "{path}: somebody has edited this article; the new version is beside it and is not published",
                path=short(target / path),
            ),
            file=sys.stderr,
        )
    print(
        say(
            "{converted} converted, {review} to review, {not_articles} not articles, {errors} errors; the articles are in {folder}",
            converted=counts["converted"],
            review=counts["review"],
            not_articles=counts["not-an-article"],
            errors=counts["error"],
            folder=short(target),
        )
    )
    return 1 if counts["error"] else 0


def _files(into: Path) -> Path:
    """Where images/ and documents/ go: beside articles/, which is where editors have them; else below `into`."""
    for folder in (into, *into.parents):
        if folder.name == "articles":
            return folder.parent
    return into


def _run(found: Iterator[Item], plan: Plan, rows: _Report, workers: int | None) -> tuple[Counter[str], list[str]]:
    conversion.forget()
    ledger = Ledger(plan.into)
    counts: Counter[str] = Counter()
    beside: list[str] = []
    told = 0
    bar = tqdm(desc=say("Converting"), disable=not sys.stderr.isatty(), unit="")
    try:
        while window := list(itertools.islice(found, WINDOW)):
            work = lambda number: conversion.convert(window[number], plan, ledger.known(window[number].where))  # noqa: E731
            for number, result in jobs.fork(work, range(len(window)), "", workers):
                item = window[number]
                outcome = jobs.checked(result)
                row = _kept(item, outcome, ledger, plan, beside)
                counts[row["status"]] += 1
                rows.add(row)
                bar.update()
                if row["status"] == "error" and told < TOLD:
                    told += 1
                    tell(
                        [
                            Problem(
                                short(row["source"]) if os.path.exists(row["source"]) else row["source"],
                                0,
                                "; ".join(row["reasons"]),
                            )
                        ]
                    )
    finally:
        bar.close()
        ledger.close()
    return counts, beside


def _kept(item: Item, outcome: Outcome, ledger: Ledger, plan: Plan, beside: list[str]) -> dict[str, Any]:
    """Write what came out, unless it is there; the source's row of the report."""
    if outcome.unchanged:
        row = ledger.entry(item.where)["row"] | {"source": item.label}
    elif not outcome.text:
        row = outcome.row
        if item.where and outcome.status == "not-an-article":
            ledger.add(item.where, {"content": outcome.content, "output": "", "written": "", "row": row})
    else:
        row = outcome.row
        entry = ledger.entry(item.where, outcome.content)
        output, written, new = ledger.put(
            outcome.slug, outcome.folder, outcome.text, conversion.SLUG, entry, item.where
        )
        row["output"] = output
        if new:
            beside.append(new)
            row["reasons"] = [
                *row["reasons"],
                say("an editor has changed the article since; the new version is in {path}", path=new),
            ]
        ledger.add(item.where, {"content": outcome.content, "output": output, "written": written, "row": row})
    return row | {"output": os.path.join(plan.into, row["output"])} if row["output"] else row


class _Report:
    """The report as a JSON list, written row by row, there only when it is whole."""

    def __init__(self, path: str | None) -> None:
        self.path = Path(os.path.abspath(path)) if path else None
        self.stream: TextIO | None = None
        self.rows = 0

    def __enter__(self) -> _Report:
        if self.path:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.stream = self._draft().open("w", encoding="utf-8")
        return self

    def _draft(self) -> Path:
        return self.path.with_name(f".{self.path.name}.draft")

    def add(self, row: dict[str, Any]) -> None:
        """One row more."""
        if self.stream:
            self.stream.write(("[\n" if not self.rows else ",\n") + json.dumps(row, ensure_ascii=False))
            self.rows += 1

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self.stream:
            self.stream.write("\n]\n" if self.rows else "[]\n")
            self.stream.close()
            if kind is None:
                os.replace(self._draft(), self.path)
            else:
                self._draft().unlink(missing_ok=True)
