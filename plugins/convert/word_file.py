"""A Word file (.docx) to a page: pandoc converts it to HTML in a sandbox, its pictures come from the file itself."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import zipfile
import zlib
from functools import cache

from bs4 import BeautifulSoup

from .blocks import Block, Page
from .boilerplate import is_boilerplate, is_site_name
from .errors import SourceError
from .html_blocks import BlockReader
from .labels import read_labels

if sys.platform != "win32":
    import resource

LARGEST = 200_000_000  # bytes, unpacked
MOST_MEMBERS = 5000  # files in a Word file
CPU_SECONDS = 60  # for pandoc; a report of 300 pages takes it about three
MEMORY = "700M"  # for pandoc
LONGEST_TITLE = 300  # letters
TITLE_WITHIN = 10  # blocks at the beginning: an authority and a date are above the title


@cache
def _pandoc() -> str:
    import pypandoc

    return str(pypandoc.get_pandoc_path())


def read(raw: bytes) -> tuple[Page, dict[str, bytes]]:
    """Return the page of a file, and its pictures by the names that the page uses. Raises SourceError."""
    media = _media(raw)
    soup = BeautifulSoup(_convert(raw), "lxml")
    blocks = BlockReader({}).read(soup.body or soup)
    first = next((block for block in blocks[:TITLE_WITHIN] if _may_be_title(block)), None)
    if first is not None and len(first.text) < LONGEST_TITLE and first is not blocks[-1]:
        first.role = "title"
    return Page(blocks), media


def _may_be_title(block: Block) -> bool:
    if block.kind not in ("text", "heading"):
        return False
    return not (is_boilerplate(block.text) or read_labels(block.text) or is_site_name(block.text))


def _convert(raw: bytes) -> str:
    """Return the HTML that pandoc makes of a file. Raises SourceError."""
    command = [_pandoc(), "--sandbox", "-f", "docx", "-t", "html", "--wrap=none", "+RTS", f"-M{MEMORY}", "-RTS"]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        limit_cpu_time(process.pid)
        html, _ = process.communicate(raw)
    if process.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise SourceError("slow")
    if process.returncode:
        raise SourceError("word")
    return html.decode("utf-8", "replace")


def limit_cpu_time(pid: int) -> None:
    """Let the system end a process that takes too much CPU time, where it can do so (Linux)."""
    if sys.platform == "linux":
        resource.prlimit(pid, resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


def _media(raw: bytes) -> dict[str, bytes]:
    """Return the pictures in a Word file by name. Raises SourceError for what is no Word file, or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > LARGEST or len(members) > MOST_MEMBERS:
                raise SourceError("bomb")
            if not any(member.filename == "word/document.xml" for member in members):
                raise SourceError("word")
            pictures = (member for member in members if member.filename.startswith("word/media/"))
            return {member.filename.removeprefix("word/"): archive.read(member) for member in pictures}
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zlib.error):
        raise SourceError("word") from None
