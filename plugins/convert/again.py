"""`convert --again`: articles are converted again after a rule or a profile was mended, and what changes is shown.

A change is taken over where no editor has touched the article since: the log knows what was written there.
"""

from __future__ import annotations

import difflib
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins import problems
from plugins.i18n import translate

from . import conversion
from .conversion import Outcome, Plan
from .conversion_log import ConversionLog, digest, write_if_changed
from .report import ReportRow, ReportWriter
from .sources import Item, items


@dataclass
class Counts:
    """Articles by what became of them."""

    changed: int = 0
    same: int = 0
    kept: int = 0
    failed: int = 0


def convert_again(articles: list[str], plan: Plan, unpacked: Path, writer: ReportWriter) -> Counts:
    """Convert the sources of articles again, print the differences, and take them over where nobody has edited.

    Args:
        articles: files of articles that were converted, or folders of them.
        plan: the options of the run.
        unpacked: an empty folder for archives.
        writer: gets the row of each article.
    """
    conversion.clear_caches()
    log = ConversionLog(plan.into)
    counts = Counts()
    try:
        wanted = _sources(articles, log, plan, counts)
        for given, sources in wanted.items():
            for item in items(given, unpacked):
                if item.id in sources:
                    sources.discard(item.id)
                    writer.add(_convert_one(item, log, plan, counts))
            for source in sorted(sources):
                _tell(plan.into / log.entry(source)["output"], translate("its source {given} is gone", given=given))
                counts.failed += 1
    finally:
        log.close()
    return counts


def _sources(articles: list[str], log: ConversionLog, plan: Plan, counts: Counts) -> dict[str, set[str]]:
    """Return the sources of articles by what was given on the command line when they were converted."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for article in articles:
        path = os.path.relpath(os.path.abspath(article), plan.into).replace(os.sep, "/")
        sources = log.sources_of(path)
        givens = {source: log.entry(source).get("given", "") for source in sources}
        if not sources or (len(sources) == 1 and not givens[sources[0]]):
            _tell(
                Path(article), translate("it is not known from what this was converted; convert the source once more")
            )
            counts.failed += 1
        for source, given in givens.items():
            if given:
                wanted[os.path.relpath(plan.into / given)].add(source)
    return wanted


def _convert_one(item: Item, log: ConversionLog, plan: Plan, counts: Counts) -> ReportRow:
    """Convert one source again, and take over what changes if nobody has edited the article."""
    entry = log.entry(item.id)
    path = plan.into / entry["output"]
    outcome = conversion.convert(item, plan)
    outcome.tell_votes(entry.get("votes", {}))
    outcome.take_out(frozenset(entry["edges"]["cut"] if "edges" in entry else ()))
    row = _row(outcome)
    row["output"] = str(path)
    if not outcome.text:
        _tell(path, "; ".join(row["reasons"]))
        counts.failed += 1
        return row
    new = outcome.text.replace(conversion.SLUG, path.name.removesuffix(".md")).encode()
    old = path.read_bytes()
    is_edited = digest(old) not in (entry["written"], digest(new))
    if old == new or digest(new) == entry["written"]:  # the rules change nothing; what differs an editor has written
        counts.same += 1
    else:
        sys.stdout.writelines(_difference(old, new, problems.display_path(path)))
        if is_edited:
            counts.kept += 1
            _tell(path, translate("somebody has edited this article; the change is shown, and not taken over"))
            return row
        write_if_changed(path, new)
        counts.changed += 1
    stored = {**row, "output": entry["output"]}
    log.add(item.id, {**entry, "content": outcome.content, "written": digest(new), "row": stored})  # type: ignore[typeddict-item]
    return row


def _row(outcome: Outcome) -> ReportRow:
    if outcome.row is None:
        raise ValueError("a source that is converted again has a row")
    return outcome.row


def _difference(old: bytes, new: bytes, name: str) -> Iterator[str]:
    """Yield what changes in an article, as `diff -u` writes it."""
    before, after = (text.decode("utf-8", "replace").splitlines(keepends=True) for text in (old, new))
    return difflib.unified_diff(before, after, name, name, n=1)


def _tell(path: Path, message: str) -> None:
    problems.print_problems([problems.Problem(problems.display_path(path), 0, message)])
