"""A Word file of before 2007 (.doc): LibreOffice converts it to .docx, where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from . import word_file
from .blocks import Page
from .errors import SourceError

PROGRAMS = ("soffice", "libreoffice")
CPU_SECONDS = 120  # its start takes two or three


def read(raw: bytes) -> tuple[Page, dict[str, bytes]]:
    """Return the page of a file, and its pictures by the names that the page uses. Raises SourceError."""
    return word_file.read(to_docx(raw))


def to_docx(raw: bytes) -> bytes:
    """Return a .doc file as .docx. Raises SourceError, also where there is no LibreOffice."""
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise SourceError("old-word")
    with tempfile.TemporaryDirectory(prefix="convert-doc-") as name:
        folder = Path(name)
        (folder / "a.doc").write_bytes(raw)
        profile = (folder / "profile").as_uri()  # of its own, so that several can run at a time
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "docx"]
        if os.name == "posix":  # the program starts others, which inherit the limit
            command = ["/bin/sh", "-c", f'ulimit -t {CPU_SECONDS}; exec "$0" "$@"', *command]
        subprocess.run(
            [*command, "--outdir", name, str(folder / "a.doc")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": name},
            check=False,
        )
        converted = folder / "a.docx"
        if not converted.is_file():
            raise SourceError("old-word-broken")
        return converted.read_bytes()
