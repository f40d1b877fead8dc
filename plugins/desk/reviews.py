"""Who was asked to agree to an article, and what they said: for which text, when, with which note.

Every article that somebody was asked about has a file in `.review` of the content folder: a line of JSON for each
question and each answer. An answer is for one version: a digest of what readers will see, so that setting the status or
the date does not make it an answer to something else, and any other word does.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from plugins.artifacts.files import digest, write_atomically

from .documents import Documents, Opened

FOLDER = ".review"
AGREED, CHANGES = "agreed", "changes"
LONGEST_NOTE = 4000
_NOT_APPROVED = ("status", "date", "review", "aliases", "modified", "reason")  # keys that no reader sees as text


class Answer(NamedTuple):
    """What somebody said: their name, when, AGREED or CHANGES, the note, and the version it is about."""

    name: str
    at: str
    verdict: str
    note: str
    version: str

    @property
    def day(self) -> datetime:
        """When it was said."""
        return datetime.fromisoformat(self.at)


class Review(NamedTuple):
    """An article that somebody was asked about.

    Attributes:
        path: Of the article.
        token: Of its address, which nobody can guess.
        version: That was shown last.
        answers: The newest first.
    """

    path: str
    token: str
    version: str
    answers: list[Answer]


def version_of(documents: Documents, opened: Opened) -> str:
    """Return a digest of what readers will see of an article. Raises ContentError."""
    values = documents.values(opened)
    shown = {name: value for name, value in sorted(values.items()) if name not in _NOT_APPROVED}
    return digest(json.dumps(shown, ensure_ascii=False), documents.body(opened).strip())[:12]


class Reviews:
    """The reviews of a content folder. content: the folder."""

    def __init__(self, content: Path) -> None:
        self.folder = content / FOLDER

    def of(self, path: str) -> Review | None:
        """Return the review of an article; None if nobody was asked."""
        asked = [line for line in self._lines(path) if "token" in line]
        if not asked:
            return None
        answers = [
            Answer(*(str(line[name]) for name in Answer._fields)) for line in self._lines(path) if "verdict" in line
        ]
        return Review(path, asked[-1]["token"], asked[-1]["version"], answers[::-1])

    def all(self) -> Iterator[Review]:
        """Yield all reviews."""
        for folder, _, names in os.walk(self.folder):
            for name in names:
                if name.endswith(".jsonl"):
                    path = Path(folder, name).relative_to(self.folder).as_posix().removesuffix(".jsonl")
                    if review := self.of(path):
                        yield review

    def open_paths(self) -> set[str]:
        """Return the paths of articles about which somebody was asked and has not answered yet."""
        return {each.path for each in self.all() if each.version not in {answer.version for answer in each.answers}}

    def find(self, token: str) -> Review | None:
        """Return the review at an address; None if there is none."""
        return next((each for each in self.all() if secrets.compare_digest(each.token.encode(), token.encode())), None)

    def ask(self, path: str, version: str, page: str, name: str, now: datetime) -> Review:
        """Ask about a version of an article.

        Args:
            path: Of the article.
            version: See `version_of`.
            page: What is shown, a whole HTML file.
            name: Who asks.
            now: When.
        """
        known = self.of(path)
        token = known.token if known else secrets.token_urlsafe(18)
        self._file(path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / ".gitignore").write_text("*.html\n", encoding="utf-8")  # who agreed is kept, not what is shown
        write_atomically(self.page_file(path), page.encode())
        self._append(path, {"token": token, "version": version, "at": now.isoformat(timespec="seconds"), "by": name})
        return Review(path, token, version, known.answers if known else [])

    def answer(self, path: str, answer: Answer) -> None:
        """Write an answer down."""
        self._append(path, answer._asdict())

    def page_file(self, path: str) -> Path:
        """Return the file of what is shown."""
        return self.folder / f"{path}.html"

    def follow(self, path: str, new: str) -> None:
        """Take the review of a file that has moved along to its new place."""
        for before, after in ((self._file(path), self._file(new)), (self.page_file(path), self.page_file(new))):
            if before.exists():
                after.parent.mkdir(parents=True, exist_ok=True)
                os.replace(before, after)

    def _file(self, path: str) -> Path:
        return self.folder / f"{path}.jsonl"

    def _lines(self, path: str) -> list[dict[str, str]]:
        try:
            text = self._file(path).read_text(encoding="utf-8")
        except OSError:
            return []
        return [json.loads(line) for line in text.splitlines() if line.startswith("{") and line.endswith("}")]

    def _append(self, path: str, line: dict[str, str]) -> None:
        with self._file(path).open("a", encoding="utf-8") as stream:
            # on a line of its own, also below one that was broken off
            stream.write("\n" + json.dumps(line, ensure_ascii=False) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
