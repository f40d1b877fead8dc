"""Publishes a folder to a target: compare, and have the target replace what it shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from plugins.i18n import translate
from plugins.problems import ContentError, Problem

from . import manifest


class Target(Protocol):
    """Where a site goes: a folder (release_folder.py) or a bucket (bucket.py). All methods may raise ContentError."""

    name: str
    """As it was typed."""

    def check(self) -> None:
        """Look whether the target can be used."""

    def lock(self) -> AbstractContextManager[None]:
        """Keep other publishers away, or wait until they have finished."""

    def select(self, folder: Path, files: Mapping[str, str]) -> dict[str, str]:
        """Return those files of a site that are of use there, with digests of all that is sent of them.

        Args:
            folder: The finished site.
            files: The digests of its files by name.
        """

    def shown(self) -> dict[str, str]:
        """Return the digests of the files that readers see, by name."""

    def replace(self, folder: Path, files: Mapping[str, str], shown: Mapping[str, str], kept: int) -> str:
        """Send what is missing, verify it, and show it to readers.

        Args:
            folder: The finished site.
            files: What `select` has returned.
            shown: What readers see now.
            kept: How many earlier releases stay there, if it has any.

        Returns:
            The number of the release.
        """

    def roll_back(self) -> str:
        """Show readers the release before the present one, and return its number."""


@dataclass(frozen=True)
class Difference:
    """What a release changes: names of files to be sent and to be removed. total: how many there were."""

    sent: list[str]
    removed: list[str]
    total: int


def compare(here: Mapping[str, str], there: Mapping[str, str]) -> Difference:
    """Return what has to change so that `there` is as `here`. Both are digests by name."""
    sent = sorted(name for name, digest in here.items() if there.get(name) != digest)
    return Difference(sent, sorted(there.keys() - here.keys()), len(there))


def publish(folder: Path, target: Target, kept: int, force: bool = False, dry_run: bool = False) -> str:
    """Publish a folder; return a line on what was done.

    Args:
        folder: The finished site.
        target: Where it goes.
        kept: How many earlier releases stay there.
        force: Even if most files are removed.
        dry_run: Only compare.

    Raises:
        ContentError: It has failed.
    """
    target.check()
    with target.lock():
        # only now: while this one waited, a build may have come to an end
        files = target.select(folder, manifest.read_folder(folder))
        shown = target.shown()
        difference = compare(files, shown)
        _check_removal(difference, target, force)
        if not difference.sent and not difference.removed:
            return translate("{target} has all {count} files already.", target=target.name, count=len(files))
        counts: dict[str, object] = {"sent": len(difference.sent), "removed": len(difference.removed)}
        counts["target"] = target.name
        if dry_run:
            return translate("{target}: {sent} files would be sent, {removed} removed.", **counts)
        counts["number"] = target.replace(folder, files, shown, kept)
        return translate("{target}: {sent} files sent, {removed} removed; readers see release {number}.", **counts)


def changed_meanwhile(names: Iterable[str]) -> str:
    """Return why a release is not shown: what has arrived is not what was read here before."""
    return translate("files have changed meanwhile ({name}, …)", name=next(iter(names), ""))


def _check_removal(difference: Difference, target: Target, force: bool) -> None:
    removed = len(difference.removed)
    if removed > difference.total // 2 and not force:
        text = translate(
            "{gone} of {all} files would be removed; if that is meant, publish with --force",
            gone=removed,
            all=difference.total,
        )
        raise ContentError([Problem(target.name, 0, text)])
