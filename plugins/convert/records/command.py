"""The command `convert --as KIND`: sources to files of a kind of content, one for each thing.

Sources that tell of the same thing, such as a list and the page that it links to, become one file: what the one that
says most leaves open is filled in from the others, and what they say otherwise is told.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from plugins import jobs, problems
from plugins.features.hooks import Kind
from plugins.i18n import translate
from plugins.markdown_reader.header_values import slug_of
from plugins.problems.files import why_unwritable

from .. import conversion, markdown
from ..article import Article
from ..conversion import SLUG, UNDATED, Plan
from ..conversion_log import ConversionLog
from ..cpu_limit import cpu_limit
from ..errors import SourceError
from ..file_account import FileAccount
from ..kinds import ending_of
from ..report import ReportRow, ReportWriter, row_without_article
from ..sources import Item, items
from . import sheets, writing
from .labels import Labels
from .pages import records_of
from .record import Record

Values = dict[str, str | list[str]]
MOST_PRINTED = 20


@dataclass
class Found:
    """A thing that a source tells of.

    label: how the report names the source; id: a digest of the place; values: checked; body: Markdown; files: paths of
    the files that came along; doubts, remarks: see `Record`; others: by key and value that another source says, the
    first of these sources.
    """

    label: str
    id: str
    name: str
    values: Values
    body: str
    files: list[str]
    doubts: list[str]
    remarks: list[str] = field(default_factory=list)
    others: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def fullness(self) -> tuple[bool, int]:
        """How much it says: a text counts most."""
        return bool(self.body), len(self.values)


def convert(sources: list[str], kind: Kind, plan: Plan, report: str | None, workers: int | None = None) -> int:
    """Convert sources, print what was done, and return the exit status: 0 if every source could be read.

    Args:
        sources: Files, folders and archives; tables of office programs too.
        kind: The kind, with a `Conversion`.
        plan: The options of the run.
        report: The file for the report, see report.ReportRow.
        workers: The number of processes, by default one for each core.
    """
    statuses: Counter[str] = Counter()
    conversion.clear_caches()
    try:
        with tempfile.TemporaryDirectory(prefix="convert-") as unpacked, ReportWriter(report) as writer:
            found = [item for source in sources for item in items(source, Path(unpacked))]
            rows, account = list[ReportRow](), FileAccount(plan.files)
            things = list(_things(found, kind, plan, rows, account, workers))
            log = ConversionLog(plan.into)
            try:
                rows += [_write(thing, kind, log) for thing in _merged(things, kind)]
            finally:
                log.close()
            for row in rows:
                account.add_row(row)
            for row in [*rows, *account.rows()]:
                statuses[row["status"]] += 1
                writer.add(row)
                if row["status"] == "error" and statuses["error"] <= MOST_PRINTED:
                    problems.print_problems([problems.Problem(row["source"], 0, "; ".join(row["reasons"]))])
    except OSError as error:
        message = why_unwritable(error)
        problems.print_problems([problems.Problem(problems.display_path(error.filename or plan.into), 0, message)])
        return 1
    print(
        translate(
            "{converted} converted, {review} to review, {none} sources without a number or with nothing of this kind, "
            "{errors} errors; the files are in {folder}",
            converted=statuses["converted"],
            review=statuses["review"],
            none=statuses["not-an-article"],
            errors=statuses["error"],
            folder=problems.display_path(plan.into),
        )
    )
    return 1 if statuses["error"] else 0


def _things(
    found: list[Item], kind: Kind, plan: Plan, rows: list[ReportRow], account: FileAccount, workers: int | None
) -> Iterator[Found]:
    """Yield what sources tell of; rows, account: where those that tell nothing are entered."""
    read = [item for item in found if _is_read(item)]
    identity = kind.conversion.identity if kind.conversion else ""
    nothing = translate(
        "nothing here has a value for {key}, which each file of {kind} needs", key=identity, kind=kind.folder
    )
    for item in found:
        if item.status == "beside" and not _is_read(item):
            account.add_file(item)
        elif item.status and not _is_read(item):
            rows.append(row_without_article(item.label, item.status, item.reason))

    def work(index: int) -> tuple[list[Found], str]:  # and why it cannot be read
        try:
            with cpu_limit(conversion.CPU_SECONDS):
                return _read(read[index], kind, plan), ""
        except SourceError as error:
            return [], error.message
        except (MemoryError, RecursionError):
            return [], SourceError("nested").message
        except Exception as error:  # a fault of this program must cost this source only
            return [], conversion.fault(error)

    for index, result in jobs.run_forked(work, range(len(read)), "", workers):
        label = read[index].label
        things, error = jobs.unwrap(result)
        if error:
            rows.append(row_without_article(label, "error", error))
            continue
        named = [thing for thing in things if identity in thing.values]
        without = [thing.label for thing in things if identity not in thing.values]
        rows += [row_without_article(each, "not-an-article", nothing) for each in without or ([] if named else [label])]
        yield from named


def _is_read(item: Item) -> bool:
    return not item.status or (item.path is not None and ending_of(item.path) in sheets.ENDINGS)


def _read(item: Item, kind: Kind, plan: Plan) -> list[Found]:
    declared = kind.conversion
    if declared is None or item.entry is not None:
        return []
    raw = conversion.read_bytes(item)
    ending = ending_of(item.path) if item.path else ""
    records, archive = records_of(raw, item.kind, ending, Labels(kind))
    things = []
    for record in records:
        declared.complete(record)
        values = writing.checked_values(record, kind)
        if declared.identity not in values:
            things.append(Found(item.label + record.sign, "", "", values, "", [], []))
            continue
        paths, lost = conversion.copy_files(item, [*_files(record)], plan, _folder(values, kind), archive, "")
        if record.files and any(key.is_file for key in kind.keys):
            name = next(key.name for key in kind.keys if key.is_file)
            there = [paths[address] for address in record.files if paths.get(address, "").startswith("..")]
            values |= {name: there} if there else {}
        body = markdown.body(Article(str(values.get("title", "")), "", None, "", "", "", record.blocks), paths)
        doubts = [*record.doubts, *conversion.notes_on_lost_files(lost)]
        files = sorted(set(paths.values()))
        place = _digest(f"{item.id}{slug_of(str(values[declared.identity]))}")
        things.append(
            Found(
                item.label + record.sign, place, item.inner + record.sign, values, body, files, doubts, record.remarks
            )
        )
    return things


def _files(record: Record) -> Iterator[tuple[str, str]]:
    yield from ((address, "document") for address in record.files)
    yield from ((b.picture.address, "picture") for b in record.blocks if b.kind == "picture" and b.picture)


def _folder(values: Mapping[str, object], kind: Kind) -> str:
    day = str(values.get(kind.dated_by, ""))
    return day[:4] if day else UNDATED


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def _merged(things: Iterable[Found], kind: Kind) -> Iterator[Found]:
    """Yield one thing of all that tell of the same: those with the same identity and no other year."""
    identity = kind.conversion.identity if kind.conversion else ""
    groups: dict[str, list[Found]] = {}
    for thing in things:
        groups.setdefault(slug_of(str(thing.values[identity])), []).append(thing)
    for group in groups.values():
        for same in _of_one_year(group, kind):
            first, *others = sorted(same, key=lambda thing: thing.fullness, reverse=True)
            for other in others:
                _take_over(first, other)
            yield first


def _of_one_year(group: list[Found], kind: Kind) -> list[list[Found]]:
    years: dict[str, list[Found]] = {}
    for thing in group:
        years.setdefault(_folder(thing.values, kind), []).append(thing)
    undated = years.pop(UNDATED, [])
    if len(years) == 1:
        return [[*next(iter(years.values())), *undated]]
    return [*years.values(), *([undated] if undated else [])]


def _take_over(first: Found, other: Found) -> None:
    for name, value in other.values.items():
        said = first.values.setdefault(name, value)
        if slug_of(str(said)) != slug_of(str(value)) and not isinstance(value, list):
            told = first.others.setdefault((name, slug_of(value)), other.label)
            note = translate("{key}: {source} says {text}", key=name, source=told, text=value)
            first.doubts += [note] if note not in first.doubts else []
    first.files = sorted({*first.files, *other.files})


def _write(thing: Found, kind: Kind, log: ConversionLog) -> ReportRow:
    """Write the file of a thing; return its row of the report."""
    missing = writing.missing_keys(thing.values, kind)
    doubts = [
        *thing.doubts,
        *(translate("{key}: the page does not say it; add a line {key}: …", key=key) for key in missing),
    ]
    notes = [*doubts, *thing.remarks]
    text = writing.text_of(thing.values, kind, thing.name, notes, bool(missing), thing.body)
    slug = writing.slug_for(thing.values, kind) or thing.id
    written = log.write_article(thing.id, text, SLUG, slug, _folder(thing.values, kind), log.find(thing.id))
    row = row_without_article(thing.label, "review" if doubts else "converted", *notes)
    row |= {"output": written.output, "title": str(thing.values.get("title", "")) or None, "files": thing.files}
    row["date"] = str(thing.values.get(kind.dated_by, "")) or None
    if written.new_version:
        row["reasons"].append(
            translate("an editor has changed the article since; the new version is in {path}", path=written.new_version)
        )
    log.add(thing.id, {"content": _digest(text), "output": written.output, "written": written.digest, "row": row})
    return row | {"output": os.path.join(log.into, written.output)}
