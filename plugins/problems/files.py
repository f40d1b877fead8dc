"""Reads the files that editors give the portal, and says why one cannot be read.

A folder that people fill has more than plain files in it: links that lead nowhere, pipes that would keep a reader
waiting for ever, files of somebody else's, a film of two gigabytes under a wrong name.
"""

from __future__ import annotations

import errno
import os
import stat

from plugins.i18n import translate

MEGABYTE = 1_000_000
LONGEST_ON_WINDOWS = 259  # characters of a path, unless its owner allows more
ALLOW_LONG_PATHS = r"reg add HKLM\SYSTEM\CurrentControlSet\Control\FileSystem /v LongPathsEnabled /t REG_DWORD /d 1 /f"
# a pipe that has taken the place of a file since it was looked at must not keep us waiting
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class UnreadableError(Exception):
    """A file that cannot be read. Its text says why and what to do, in the editor's language."""


def why_unwritable(error: OSError) -> str:
    """Return why something could not be written, and what to do about it."""
    reason = error.strerror or str(error)
    if error.errno in (errno.ENOENT, errno.ENAMETOOLONG) and len(str(error.filename)) > LONGEST_ON_WINDOWS:
        return translate(
            "the path is longer than {count} characters: move the folder of the portal nearer to the top of the disk,"
            " or allow long paths (on Windows, as administrator: {command})",
            count=LONGEST_ON_WINDOWS,
            command=ALLOW_LONG_PATHS,
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return translate(
            "{reason}; it belongs to another user: change its owner, or run this as that user", reason=reason
        )
    if error.errno == errno.EROFS:
        return translate("{reason}; nothing can be written on this disk: mount it for writing", reason=reason)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return translate("{reason}; free some space or ask whoever looks after this machine", reason=reason)
    if error.errno in (errno.EEXIST, errno.ENOTDIR, errno.EISDIR):
        return translate("{reason}; something else has this name: move it elsewhere and run this again", reason=reason)
    return translate("{reason}; ask whoever looks after this machine", reason=reason)


def stamp(status: os.stat_result) -> str:
    """Return a text that changes with a file: its times of modification and of change, its size and its number.

    Programs that copy files can set the first time, but not the second (ctime), and a file that takes another's place
    has another number. So each change is noticed. The price: a new copy of the whole folder, such as a clone, is read
    once although nothing differs; then the digests of what was read show that nothing has to be rendered.
    """
    return f"{status.st_mtime_ns} {status.st_size} {status.st_ctime_ns} {status.st_ino}"


def read_bytes(path: str | os.PathLike[str], limit: int) -> bytes:
    """Return the content of a plain file.

    Args:
        path: The file.
        limit: How many bytes it may have.

    Raises:
        UnreadableError: It is no plain file, is larger, or cannot be opened.
    """
    try:
        _check(os.stat(path), limit)
        with open(os.open(path, _FLAGS), "rb") as stream:
            _check(os.fstat(stream.fileno()), limit)
            return stream.read()  # a size would be allocated at once
    except OSError as error:
        raise UnreadableError(reason(path, error)) from None


def why_unreadable(path: str | os.PathLike[str], limit: int | None = None) -> str:
    """Return why `read_bytes` would fail, without opening the file; "" if it would not. limit: None for any size."""
    try:
        _check(os.stat(path), limit)
    except UnreadableError as error:
        return str(error)
    except OSError as error:
        return reason(path, error)
    return "" if os.access(path, os.R_OK) else reason(path, PermissionError(errno.EACCES, ""))


def _check(status: os.stat_result, limit: int | None) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableError(translate("is a folder, not a file; correct its name or the link to it"))
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError(translate("is no file but a pipe, a socket or a device; delete it or move it elsewhere"))
    if limit is not None and status.st_size > limit:
        text = translate("is larger than {size} MB; make it smaller or split it", size=limit // MEGABYTE)
        raise UnreadableError(text)


def reason(path: str | os.PathLike[str], error: OSError) -> str:
    """Return why a file or folder could not be opened, given what was raised."""
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP):
        if os.path.islink(path):
            return translate("is a link that leads nowhere; delete it or put the file there")
        return translate("has vanished while it was read; build again")
    if error.errno in (errno.EACCES, errno.EPERM):
        return translate("may not be read by whoever builds the portal; change its permissions")
    return translate("cannot be opened: {reason}", reason=error.strerror or str(error))
