"""Pagefind's program, for `bench search`: records in, a bundle of static files out.

It is driven over its service protocol, base64 of JSON between commas on its standard streams
(https://github.com/Pagefind/pagefind, wrappers/node), so that no article has to be written as a page first.
"""

from __future__ import annotations

import base64
import json
import subprocess
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any


class PagefindError(Exception):
    """Pagefind could not index; the message is Pagefind's own."""


def index(program: Path, folder: Path, records: Iterable[dict[str, Any]]) -> None:
    """Write the bundle of these records to `folder`.

    Raises:
        PagefindError: Pagefind reports an error.
    """
    _run(program, _messages(records, str(folder)))


def _messages(records: Iterable[dict[str, Any]], output: str) -> Iterator[dict[str, Any]]:
    yield {"type": "NewIndex", "config": {"force_language": "vi"}}
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
    """Reads Pagefind's output, so that its pipe never fills up, until the index is written or it fails."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__(daemon=True)
        self.stream, self.error, self.written = stream, "", False

    def run(self) -> None:
        rest = b""
        while not (self.written or self.error):
            data = self.stream.read1(1 << 20)  # type: ignore[attr-defined]
            if not data:
                return
            *complete, rest = (rest + data).split(b",")
            for each in complete:
                response = json.loads(base64.b64decode(each))["payload"]
                self.written |= response["type"] == "WriteFiles"
                if response["type"] == "Error":
                    self.error = response["message"]
