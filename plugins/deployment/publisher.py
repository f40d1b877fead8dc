"""Publishes a folder to a target: compare, send what differs, verify all, show it by one rename."""

from __future__ import annotations

import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from plugins.i18n import translate
from plugins.problems import ContentError, Problem

from . import manifest
from .machine import Machine

BATCH_SIZE = 32 << 20  # bytes that are sent at once
CURRENT = "test -L current && cat releases/$(basename $(readlink current)).sums || true"
# A copy by hard links, unless an interrupted attempt has left one. Its files replace links, they do not write through.
PREPARE = """
if test -d .next; then cd .next; find . -type f -exec sha256sum {} +
elif test -L current; then
    rm -rf .partial
    cp -al "$(readlink current)" .partial 2>/dev/null || { rm -rf .partial; cp -a "$(readlink current)" .partial; }
    mv .partial .next
else mkdir .next; fi
"""
REMOVE = "cd .next; xargs -0 rm -f --; find . -mindepth 1 -type d -empty -delete"
RECEIVE = "cd .next; tar -xf - --no-same-owner"
VERIFY = "cd .next; cat > ../.sums; sha256sum -c --quiet --strict ../.sums; find . -type f | wc -l"
SHOW = """
number=$(( $(ls releases | sed -n 's/^\\([0-9]*\\)$/\\1/p' | sort -n | tail -1) + 1 ))
mv .sums releases/$number.sums; mv .next releases/$number
ln -sfn releases/$number .current; mv -T .current current
ls releases | sed -n 's/^\\([0-9]*\\)$/\\1/p' | sort -n | head -n -{kept} |
    while read old; do rm -rf releases/$old releases/$old.sums; done
echo $number
"""


@dataclass(frozen=True)
class Difference:
    """What a release changes: names of files to be sent and to be removed. total: how many there were."""

    sent: list[str]
    removed: list[str]
    total: int


def compare(here: dict[str, str], there: dict[str, str]) -> Difference:
    """Return what has to change so that `there` is as `here`. Both are digests by name."""
    sent = sorted(name for name, digest in here.items() if there.get(name) != digest)
    return Difference(sent, sorted(there.keys() - here.keys()), len(there))


def publish(folder: Path, machine: Machine, kept: int, force: bool = False, dry_run: bool = False) -> str:
    """Publish a folder; return a line on what was done.

    Args:
        folder: The finished site.
        machine: Where it goes.
        kept: How many earlier releases stay there.
        force: Even if most files are removed.
        dry_run: Only compare.

    Raises:
        ContentError: It has failed, and readers see what they saw before.
    """
    machine.check()
    with machine.lock():
        files = manifest.read_folder(folder)  # only now: while this one waited, a build may have come to an end
        shown = manifest.from_text(machine.run(CURRENT))
        difference = compare(files, shown)
        _check_removal(difference, machine, force)
        if not difference.sent and not difference.removed:
            return translate("{target} has all {count} files already.", target=machine.target, count=len(files))
        counts: dict[str, object] = {"sent": len(difference.sent), "removed": len(difference.removed)}
        counts["target"] = machine.target
        if dry_run:
            return translate("{target}: {sent} files would be sent, {removed} removed.", **counts)
        left = manifest.from_text(machine.run(PREPARE))
        remaining = compare(files, left or shown)
        machine.run(REMOVE, "".join(f"{name}\0" for name in remaining.removed))
        _send(folder, remaining.sent, machine)
        there = machine.run(VERIFY, manifest.to_text(files)).split()
        if there != [str(len(files))]:
            raise ContentError([machine.problem(translate("files have changed meanwhile"))])
        counts["number"] = machine.run(SHOW.format(kept=kept + 1)).strip()
        return translate("{target}: {sent} files sent, {removed} removed; readers see release {number}.", **counts)


def _check_removal(difference: Difference, machine: Machine, force: bool) -> None:
    removed = len(difference.removed)
    if removed > difference.total // 2 and not force:
        text = translate(
            "{gone} of {all} files would be removed; if that is meant, publish with --force",
            gone=removed,
            all=difference.total,
        )
        raise ContentError([Problem(machine.target, 0, text)])


def _send(folder: Path, names: list[str], machine: Machine) -> None:
    """Send files in batches of some megabytes, so that what has arrived need not be sent again."""
    batch: list[str] = []
    size = 0
    for name in names:
        batch.append(name)
        size += (folder / name).stat().st_size
        if size > BATCH_SIZE:
            _send_batch(folder, batch, machine)
            batch, size = [], 0
    if batch:
        _send_batch(folder, batch, machine)


def _send_batch(folder: Path, names: list[str], machine: Machine) -> None:
    with tempfile.TemporaryFile() as stream:
        with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT, dereference=True) as archive:
            for name in names:
                archive.add(folder / name, name)
        stream.seek(0)
        machine.run(RECEIVE, stream=stream)
