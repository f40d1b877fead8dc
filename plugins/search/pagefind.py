"""Pagefind's program: records in, a bundle of static files out.

It is driven over its service protocol, base64 of JSON between commas on its standard streams
(https://github.com/Pagefind/pagefind, wrappers/node), so that no article is first written as a page.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

VERSION = "1.6.0"  # as pinned in environment/package.json: its counts are exact, those of 1.5.2 were not
ENGINE = ("pagefind.js", "wasm.unknown.pagefind")
ENTRY = "pagefind-entry.json"


class PagefindError(Exception):
    """Pagefind could not index; its text is its own."""


def bundle(program: Path, folder: Path, year: str, records: Iterable[dict[str, Any]]) -> Path:
    """`folder` with the index of these records; made only where it is not there yet. Raises PagefindError."""
    if folder.is_dir():
        os.utime(folder)
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="new-") as work:
        _run(program, _messages(year, records, str(Path(work) / "bundle")))
        for name in (path for path in Path(work, "bundle").iterdir() if path.is_file()):
            if name.name not in (*ENGINE, ENTRY) and name.suffix != ".pf_meta":
                name.unlink()  # its own interfaces, that we do not use
        try:
            os.rename(Path(work, "bundle"), folder)
        except OSError:  # another build was faster
            if not folder.is_dir():
                raise
    return folder


def files(folder: Path, engine: bool) -> list[str]:
    """The names of a bundle's files, in order; with or without what every bundle has alike."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in found if engine or path.name not in ENGINE)


def meta(folder: Path) -> str:
    """The name of the file that a bundle's search begins with."""
    return next(path.name for path in folder.glob("*.pf_meta"))


def _messages(year: str, records: Iterable[dict[str, Any]], output: str) -> Iterator[dict[str, Any]]:
    yield {"type": "NewIndex", "config": {"force_language": year}}
    for each in records:
        yield {"type": "AddRecord", "index_id": 0, **each}
    yield {"type": "WriteFiles", "index_id": 0, "output_path": output}


def _run(program: Path, messages: Iterator[dict[str, Any]]) -> None:
    with subprocess.Popen([str(program), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        answers = _Answers(process.stdout)
        answers.start()
        try:
            for number, payload in enumerate(messages, start=1):
                message = json.dumps({"message_id": number, "payload": payload}).encode()
                process.stdin.write(base64.b64encode(message) + b",")
            process.stdin.flush()
            answers.join()
            process.stdin.close()
        except BrokenPipeError:
            answers.join()
        finally:
            process.kill()
    if not answers.written:
        raise PagefindError(answers.error or "it ended before it had written its index")


class _Answers(threading.Thread):
    """Reads what the program says, so that it never waits for us, until the index is written or it fails."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__(daemon=True)
        self.stream, self.error, self.written = stream, "", False

    def run(self) -> None:
        rest = b""
        while not (self.written or self.error):
            data = self.stream.read1(1 << 20)  # type: ignore[attr-defined]
            if not data:
                return
            *whole, rest = (rest + data).split(b",")
            for each in whole:
                answer = json.loads(base64.b64decode(each))["payload"]
                self.written |= answer["type"] == "WriteFiles"
                if answer["type"] == "Error":
                    self.error = answer["message"]
