"""A Word file (.docx) to a page: pandoc makes HTML of it, in a sandbox; its pictures come out of the file itself."""

from __future__ import annotations

import io
import os
import subprocess
import zipfile
from functools import cache

from bs4 import BeautifulSoup

from .blocks import Page
from .boilerplate import is_boilerplate, is_site_name
from .errors import SourceError
from .html_blocks import BlockReader
from .labels import read_labels

LARGEST = 200_000_000  # bytes, unpacked
_TIMEOUT = 20  # seconds


@cache
def _pandoc() -> str:
    import pypandoc

    return pypandoc.get_pandoc_path()


def read(raw: bytes) -> tuple[Page, dict[str, bytes]]:
    """The page of a file, and its pictures by the names that the page uses. Raises SourceError."""
    media = _unpacked(raw)
    command = [_pandoc(), "--sandbox", "-f", "docx", "-t", "html", "--wrap=none", "+RTS", "-M700M", "-RTS"]
    try:
        done = subprocess.run(
            command, input=raw, capture_output=True, timeout=_TIMEOUT, env={**os.environ, "LC_ALL": "C.UTF-8"}
        )
    except subprocess.TimeoutExpired:
        raise SourceError("slow") from None
    if done.returncode:
        raise SourceError("word")
    soup = BeautifulSoup(done.stdout.decode("utf-8", "replace"), "lxml")
    blocks = BlockReader({}).read(soup.body or soup)
    for number, block in enumerate(blocks[:10]):
        if (
            block.kind in ("text", "heading")
            and not is_boilerplate(block.text)
            and not read_labels(block.text)
            and not is_site_name(block.text)
        ):
            if len(block.text) < 300 and len(blocks) > number + 1:
                block.role = "title"
            break
    return Page(blocks), media


def _unpacked(raw: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > LARGEST or len(members) > 5000:
                raise SourceError("bomb")
            if not any(member.filename == "word/document.xml" for member in members):
                raise SourceError("word")
            return {
                m.filename.removeprefix("word/"): archive.read(m)
                for m in members
                if m.filename.startswith("word/media/")
            }
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zipfile.zlib.error):  # type: ignore[attr-defined]
        raise SourceError("word") from None
