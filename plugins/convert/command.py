"""The command `convert`: all sources to articles, with a progress bar, a summary and a report."""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path

from tqdm import tqdm

from plugins import jobs, problems
from plugins.features.hooks import Kind
from plugins.i18n import translate
from plugins.problems.files import why_unwritable

from . import conversion, folder_repeats, markdown
from .again import Counts, convert_again
from .blocks import comparison_key
from .conversion import Outcome, Plan
from .conversion_log import ConversionLog, LogEntry
from .file_account import FileAccount
from .folder_repeats import Edges
from .folder_votes import FIELDS, Vote, Votes, notes
from .report import ReportRow, ReportWriter, row_without_article
from .sources import Item, count, items

WINDOW = 1024  # sources at a time; their results are held in memory
SHORTEST_LEAD = 30  # letters of a lead by which two articles are known to be one
MOST_PRINTED = 20  # errors, and edited articles, that are printed; all of them are in the report


@dataclass
class _Summary:
    """What is printed at the end.

    statuses: counts of sources; edited: the articles that an editor has changed, with their new versions beside them;
    files: lines about the files that are no sources; told: by a digest of title and lead, the first source that tells
    an article.
    """

    statuses: Counter[str] = field(default_factory=Counter)
    edited: list[str] = field(default_factory=list)
    told: dict[bytes, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)


def convert(
    sources: list[str],
    into: str,
    report: str | None = None,
    fetch: bool = False,
    category: str = "",
    workers: int | None = None,
    again: bool = False,
    restricted: bool = False,
) -> int:
    """Convert sources, and print what was done.

    Args:
        sources: files, folders and archives.
        into: folder of the articles.
        report: file for the report, see report.ReportRow.
        fetch: whether pictures that are not beside a page are downloaded.
        category: of articles whose page names none.
        workers: number of processes, by default one for each core.
        again: whether `sources` are articles, whose sources are to be converted again; see again.py.
        restricted: whether posts that only some could read on the old portal are written, as drafts; see access.py.

    Returns:
        The exit status: 0 if every source could be read.
    """
    if not _are_named(sources):
        return 1
    target = Path(os.path.abspath(into))
    plan = Plan(target, _folder_of_files(target, "articles"), fetch, " ".join(category.split()), restricted)
    try:
        with tempfile.TemporaryDirectory(prefix="convert-") as unpacked, ReportWriter(report) as writer:
            if again:
                return _print_again(convert_again(sources, plan, Path(unpacked), writer))
            found = itertools.chain.from_iterable(items(source, Path(unpacked)) for source in sources)
            total = sum(map(count, sources)) if sys.stderr.isatty() else None
            summary = _convert_all(found, plan, writer, workers, total)
    except OSError as error:
        message = why_unwritable(error)
        problems.print_problems([problems.Problem(problems.display_path(error.filename or target), 0, message)])
        return 1
    _print_summary(summary, target)
    return 1 if summary.statuses["error"] else 0


def convert_as(
    sources: list[str],
    kind: Kind,
    into: str,
    report: str | None = None,
    fetch: bool = False,
    workers: int | None = None,
) -> int:
    """Convert sources to things of a kind of content, print what was done, and return the exit status.

    Args:
        sources: files, folders and archives; tables of office programs too.
        kind: the kind, with a `Conversion`.
        into: folder of its files.
        report: file for the report, see report.ReportRow.
        fetch: whether files that are not beside a page are downloaded.
        workers: number of processes, by default one for each core.
    """
    from .records import command

    if not _are_named(sources):
        return 1
    target = Path(os.path.abspath(into))
    return command.convert(sources, kind, Plan(target, _folder_of_files(target, kind.folder), fetch), report, workers)


def _are_named(sources: list[str]) -> bool:
    """Return whether anything is to be converted; if not, print that."""
    if not sources:
        text = translate("name what is to be converted after the command: files, folders or ZIP archives")
        problems.print_problems([problems.Problem("convert", 0, text)])
    return bool(sources)


def _print_again(counts: Counts) -> int:
    """Print what became of articles that were converted again; return the exit status."""
    print(
        translate(
            "{changed} changed, {same} as they were, {kept} edited by somebody and kept, {failed} errors",
            changed=counts.changed,
            same=counts.same,
            kept=counts.kept,
            failed=counts.failed,
        )
    )
    return 1 if counts.failed else 0


def _folder_of_files(into: Path, name: str) -> Path:
    """Return the folder for images/ and documents/: beside the folder of this name (articles), or else `into`."""
    return next((folder.parent for folder in (into, *into.parents) if folder.name == name), into)


def _print_summary(summary: _Summary, target: Path) -> None:
    for path in summary.edited[:MOST_PRINTED]:
        message = translate(
            "{path}: somebody has edited this article; the new version is beside it and is not published",
            path=problems.display_path(target / path),
        )
        print(message, file=sys.stderr)
    print(
        translate(
            "{converted} converted, {review} to review, {not_articles} not articles, {errors} errors; "
            "the articles are in {folder}",
            converted=summary.statuses["converted"],
            review=summary.statuses["review"],
            not_articles=summary.statuses["not-an-article"],
            errors=summary.statuses["error"],
            folder=problems.display_path(target),
        )
    )
    left_out = summary.statuses["left-out"]
    if left_out:
        print(translate("{count} left out on purpose; the report says why (--report FILE)", count=left_out))
    for line in summary.files:
        print(line)


def _convert_all(
    found: Iterator[Item], plan: Plan, writer: ReportWriter, workers: int | None, total: int | None
) -> _Summary:
    conversion.clear_caches()
    log = ConversionLog(plan.into)
    account = FileAccount(plan.files)
    summary = _Summary()
    bar = tqdm(desc=translate("Converting"), disable=not sys.stderr.isatty(), unit="", total=total)
    try:
        while window := list(itertools.islice(found, WINDOW)):
            for row in _rows_of_window(window, plan, log, account, summary, workers):
                summary.statuses[row["status"]] += 1
                account.add_row(row)
                writer.add(row)
                bar.update()
                if row["status"] == "error" and summary.statuses["error"] <= MOST_PRINTED:
                    _print_error(row)
        for row in account.rows():
            writer.add(row)
            bar.update()
    finally:
        bar.close()
        log.close()
    summary.files = list(account.summary())
    return summary


def _rows_of_window(
    window: list[Item],
    plan: Plan,
    log: ConversionLog,
    account: FileAccount,
    summary: _Summary,
    workers: int | None,
) -> Iterator[ReportRow]:
    """Write the articles of a window, and yield a row for each of its items but files that may belong to a page."""
    sources = [item for item in window if not item.status]
    outcomes = iter(_confirm(sources, list(_convert_window(sources, plan, log, workers)), log))
    for item in window:
        if item.status == "beside":
            account.add_file(item)
        elif item.status:
            yield row_without_article(item.label, item.status, item.reason)
        else:
            yield _write(item, next(outcomes), log, plan, summary)


def _convert_window(sources: list[Item], plan: Plan, log: ConversionLog, workers: int | None) -> Iterator[Outcome]:
    """Convert sources in forked processes; the results are in the order of the sources."""

    def work(index: int) -> Outcome:
        return conversion.convert(sources[index], plan, log.known_content(sources[index].id))

    for _, result in jobs.run_forked(work, range(len(sources)), "", workers):
        yield jobs.unwrap(result)


def _confirm(sources: list[Item], outcomes: list[Outcome], log: ConversionLog) -> list[Outcome]:
    """Tell in each article what its author and its title need, now that the other pages of its folder are known.

    What most of them have beside their text is taken out.
    """
    votes = [each.votes if each.row else _logged_votes(item, log) for item, each in zip(sources, outcomes, strict=True)]
    for name in FIELDS:
        told = notes(name, [(item.given, (own or {}).get(name)) for item, own in zip(sources, votes, strict=True)])
        for outcome, note in zip(outcomes, told, strict=True):
            if outcome.votes is not None:
                outcome.tell(note)
                outcome.votes = {**outcome.votes, name: replace(outcome.votes[name], told=note)}
    edges = [each.edges if each.row else _logged_edges(item, log) for item, each in zip(sources, outcomes, strict=True)]
    alike = folder_repeats.shared([(item.given, each) for item, each in zip(sources, edges, strict=True)])
    for outcome, (lines, titled) in zip(outcomes, alike, strict=True):
        outcome.take_out(lines)
        outcome.tell(folder_repeats.note_on_title(titled))
    return outcomes


def _logged_edges(item: Item, log: ConversionLog) -> Edges | None:
    entry = log.find(item.id)
    edges = entry.get("edges") if entry else None
    return Edges(edges["title"], tuple(edges["lines"]), tuple(edges["cut"])) if edges else None


def _logged_votes(item: Item, log: ConversionLog) -> Votes | None:
    entry = log.find(item.id)
    return {name: Vote(**vote) for name, vote in entry["votes"].items()} if entry and "votes" in entry else None


def _print_error(row: ReportRow) -> None:
    path = problems.display_path(row["source"]) if os.path.exists(row["source"]) else row["source"]
    problems.print_problems([problems.Problem(path, 0, "; ".join(row["reasons"]))])


def _write(item: Item, outcome: Outcome, log: ConversionLog, plan: Plan, summary: _Summary) -> ReportRow:
    """Write the article of an outcome, if there is a new one; return the source's row of the report."""
    row = outcome.row
    if row is None:
        row = _logged_row(item, log)
        _note_twin(item, row, summary)
    elif outcome.text:
        _write_article(item, outcome, row, log, summary)
    elif item.id and row["status"] in ("not-an-article", "left-out"):
        log.add(item.id, {"content": outcome.content, "output": "", "written": "", "row": row})
    if not row["output"]:
        return row
    return row | {"output": os.path.join(plan.into, row["output"])}


def _logged_row(item: Item, log: ConversionLog) -> ReportRow:
    """Return the row of a source that is unchanged."""
    entry = log.find(item.id)
    if entry is None:
        raise ValueError(f"{item.label} is not in the log")
    return entry["row"] | {"source": item.label}


def _note_twin(item: Item, row: ReportRow, summary: _Summary) -> str:
    """Return a note if another source tells the same article, as the view for printing does; or ""."""
    title, lead = comparison_key(row["title"] or ""), comparison_key(row["lead"] or "")
    if not title or len(lead) < SHORTEST_LEAD:
        return ""
    digest = blake2b(f"{title} {lead}".encode("utf-8", "surrogatepass"), digest_size=12).digest()
    first = summary.told.setdefault(digest, item.label)
    if first == item.label:
        return ""
    return translate("Twice: {source} tells the same; keep one of the two.", source=first)


def _given(item: Item, log: ConversionLog) -> str:
    """Return what was given on the command line as a path from the folder of articles; "" on another drive."""
    with suppress(ValueError):
        return os.path.relpath(item.given, log.into).replace(os.sep, "/")
    return ""


def _write_article(item: Item, outcome: Outcome, row: ReportRow, log: ConversionLog, summary: _Summary) -> None:
    note = _note_twin(item, row, summary)
    if note:
        outcome.tell(note)
        outcome.text = markdown.as_draft(outcome.text)
    entry = log.find(item.id, outcome.content)
    article = log.write_article(item.id, outcome.text, conversion.SLUG, outcome.slug, outcome.folder, entry)
    row["output"] = article.output
    if article.new_version:
        summary.edited.append(article.new_version)
        row["reasons"] = [
            *row["reasons"],
            translate(
                "an editor has changed the article since; the new version is in {path}", path=article.new_version
            ),
        ]
    logged: LogEntry = {
        "content": outcome.content,
        "output": article.output,
        "written": article.digest,
        "row": row,
        "given": _given(item, log),
    }
    if outcome.votes is not None:
        logged["votes"] = {name: vote.logged() for name, vote in outcome.votes.items()}
    if outcome.edges is not None:
        logged["edges"] = outcome.edges.logged()
    log.add(item.id, logged)
