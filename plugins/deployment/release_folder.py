"""A folder of releases as a target, on this machine or another one: send what differs, show all by one rename."""

from __future__ import annotations

import shlex
import tarfile
import tempfile
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from plugins.i18n import translate
from plugins.problems import ContentError, Problem

from . import manifest
from .machine import Machine
from .publisher import changed_meanwhile, compare

BATCH_SIZE = 32 << 20  # bytes that are sent at once
CURRENT = """
if test -e current && ! test -L current; then echo {no_link} >&2; exit 1; fi
test -L current && cat releases/$(basename $(readlink current)).sums || true
"""
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

ROLL_BACK = """
now=$(basename "$(readlink current)")
before=$(ls releases | sed -n 's/^\\([0-9]*\\)$/\\1/p' | sort -n |
    while read number; do test "$number" -ge "$now" || echo "$number"; done | tail -1)
test -z "$before" || { ln -sfn releases/$before .current; mv -T .current current; echo $before; }
"""


class ReleaseFolder:
    """A target whose link `current` leads to the newest release. See `publisher.Target`.

    Args:
        machine: The machine with its folder.
    """

    def __init__(self, machine: Machine) -> None:
        self.machine, self.name = machine, machine.target

    def check(self) -> None:
        """See `Machine.check`."""
        self.machine.check()

    def lock(self) -> AbstractContextManager[None]:
        """See `Machine.lock`."""
        return self.machine.lock()

    def select(self, folder: Path, files: Mapping[str, str]) -> dict[str, str]:
        """Return all of them: the web server's own files too."""
        return dict(files)

    def shown(self) -> dict[str, str]:
        """Return what the newest release has."""
        no_link = shlex.quote(translate("`current` there is no link to a release; move it elsewhere"))
        return manifest.from_text(self.machine.run(CURRENT.format(no_link=no_link)))

    def replace(self, folder: Path, files: Mapping[str, str], shown: Mapping[str, str], kept: int) -> str:
        """Complete the release that is being uploaded, and show it. What was interrupted before is gone on with."""
        left = manifest.from_text(self.machine.run(PREPARE))
        remaining = compare(files, left or shown)
        self.machine.run(REMOVE, "".join(f"{name}\0" for name in remaining.removed))
        self._send(folder, remaining.sent)
        if self.machine.run(VERIFY, manifest.to_text(files)).split() != [str(len(files))]:
            raise ContentError([self.machine.problem(changed_meanwhile(remaining.sent))])
        return self.machine.run(SHOW.format(kept=kept + 1)).strip()

    def roll_back(self) -> str:
        """Show readers the release before the present one. See `publisher.Target`."""
        number = self.machine.run(ROLL_BACK).strip()
        if not number:
            text = translate("there is no earlier release at {target}", target=self.name)
            raise ContentError([Problem(self.name, 0, text)])
        return number

    def _send(self, folder: Path, names: list[str]) -> None:
        """Send files in batches of some megabytes, so that what has arrived need not be sent again."""
        batch: list[str] = []
        size = 0
        for name in names:
            batch.append(name)
            size += (folder / name).stat().st_size
            if size > BATCH_SIZE:
                self.send_batch(folder, batch)
                batch, size = [], 0
        if batch:
            self.send_batch(folder, batch)

    def send_batch(self, folder: Path, names: list[str]) -> None:
        """Send files of a folder."""
        with tempfile.TemporaryFile() as stream:
            with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT, dereference=True) as archive:
                for name in names:
                    archive.add(folder / name, name)
            stream.seek(0)
            self.machine.run(RECEIVE, stream=stream)
