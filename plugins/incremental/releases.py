"""Releases: each build that changes the site makes a whole new folder of it, and one rename shows it to readers.

    output                  a link to the newest release
    output.releases/12/     a release; what has not changed is the same file as in the release before (a hard link)
    output.releases/12.txt  the names of the portal's own files in it
    output.releases/.next/  one that is being made, from the oldest: so a build costs what has changed since then, and
                            no tree is ever deleted

Whoever opens a file of the site through the link gets it from one release or the other, never from both; the files with
a digest in their names that a page of the release before still needs are in the new one too (see `Site`).
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from . import files
from .owned_files import OwnedFiles, read_names

_NEXT = ".next"


class Releases:
    """The releases of one site.

    Args:
        link: The published folder.
        count: How many releases stay, the current one included.
    """

    def __init__(self, link: Path, count: int) -> None:
        self.link, self.count = link, count
        self.folder = link.with_name(f"{link.name}.releases")

    @property
    def current(self) -> int | None:
        """The number of the release that readers see; None if the published folder is no link to one that is there."""
        number = self._linked
        return number if number is not None and self.path(number).is_dir() else None

    @property
    def _linked(self) -> int | None:
        """The number of the release that the published folder is a link to, even if it has been lost."""
        if not self.link.is_symlink():
            return None
        target = Path(os.path.join(self.link.parent, os.readlink(self.link)))
        return int(target.name) if target.parent == self.folder and target.name.isdigit() else None

    @property
    def numbers(self) -> list[int]:
        """The numbers of all complete releases, the oldest first."""
        try:
            return sorted(int(name) for name in os.listdir(self.folder) if name.isdigit())
        except FileNotFoundError:
            return []

    def path(self, number: int) -> Path:
        """The folder of a release."""
        return self.folder / str(number)

    def names_file(self, number: int) -> Path:
        """The list of the portal's own files in a release."""
        return self.folder / f"{number}.txt"

    def are_used(self) -> bool:
        """Return whether the published folder is, or can become, a link to a release.

        A folder that is there already stays one, whoever made it: it may be a volume, a disk or a working copy.
        """
        if self._linked is not None:
            return True
        return self.count > 0 and os.name != "nt" and not os.path.lexists(self.link)

    def prepare(self) -> Path:
        """Return a folder with all files of the current release, to be changed and then shown to readers."""
        following = self.folder / _NEXT
        current = self.current
        older = [number for number in self.numbers if number != current]
        if current is None:  # what an interrupted first build has left, or who lost the release that was shown
            shutil.rmtree(following, ignore_errors=True)
        elif not following.is_dir() and len(older) >= max(1, self.count):
            os.replace(self.path(older[0]), following)
            self.names_file(older[0]).unlink(missing_ok=True)
        files.make_folders(str(following))
        if current is not None:
            mirror(str(self.path(current)), str(following))
        return following

    def publish(self, names: Path) -> None:
        """Show what was prepared to readers, as the newest release. names: the list of the portal's own files."""
        number = max(self.numbers, default=0) + 1
        _link_or_copy(str(names), str(self.names_file(number)))
        os.replace(self.folder / _NEXT, self.path(number))
        self.show(number)

    def roll_back(self, owned: OwnedFiles) -> int | None:
        """Let readers see the release before the current one; return its number, None if there is none.

        Args:
            owned: The list of the portal's own files. It gets the names of that release, so that the next build removes
                what it has no use for.
        """
        linked = self._linked
        earlier = [number for number in self.numbers if linked is not None and number < linked]
        if not earlier:
            return None
        number = earlier[-1]
        owned.write(owned.names | read_names(self.names_file(number)))
        self.show(number)
        return number

    def show(self, number: int) -> None:
        """Let readers see a release."""
        new = self.link.with_name(f".{self.link.name}.new")
        new.unlink(missing_ok=True)
        new.symlink_to(os.path.join(self.folder.name, str(number)), target_is_directory=True)
        os.replace(new, self.link)


def mirror(source: str, target: str) -> None:
    """Bring a folder to the same files as another, by hard links where the file system has them."""
    with os.scandir(target) as entries:
        present = {entry.name: entry for entry in entries}
    with os.scandir(source) as entries:
        for entry in entries:
            to, there = f"{target}/{entry.name}", present.pop(entry.name, None)
            if entry.is_dir(follow_symlinks=False):
                if there and not there.is_dir(follow_symlinks=False):
                    os.unlink(to)
                files.make_folders(to)
                mirror(entry.path, to)
            elif there is None or not _is_same(entry, there):
                if there and there.is_dir(follow_symlinks=False):
                    shutil.rmtree(to)
                _link_or_copy(entry.path, to)
    for there in present.values():
        if there.is_dir(follow_symlinks=False):
            shutil.rmtree(there.path)
        else:
            with suppress(FileNotFoundError):  # what an interruption has left beside a file took its place above
                os.unlink(there.path)


def _is_same(one: os.DirEntry[str], other: os.DirEntry[str]) -> bool:
    """Return whether two entries are the same file, or one a copy of the other."""
    if one.inode() == other.inode():
        return True
    if one.is_symlink() or other.is_dir(follow_symlinks=False):
        return False
    a, b = one.stat(), other.stat()
    return a.st_nlink == 1 and (a.st_size, a.st_mtime_ns) == (b.st_size, b.st_mtime_ns)


def _link_or_copy(source: str, target: str) -> None:
    beside = files.beside(target)
    try:
        if os.path.lexists(beside):
            os.unlink(beside)
        if os.path.islink(source):
            os.symlink(os.readlink(source), beside)
        else:
            os.link(source, beside)
    except OSError:  # a file system without hard links, or with too many to this file
        files.copy_file(source, target)
    else:
        os.replace(beside, target)
