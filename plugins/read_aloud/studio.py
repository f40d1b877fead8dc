"""The studio: which articles have a recording already, and the others are recorded, many at once."""

from __future__ import annotations

import importlib.metadata
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from operator import attrgetter
from pathlib import Path
from typing import Any

from plugins import jobs
from plugins.addresses import Addresses
from plugins.checks import Problem, short
from plugins.i18n import say
from plugins.portal.stories import digest

from . import pronunciations, recordings, voices
from .recordings import Made, Task
from .sentences import Sentence

BATCH = 256  # articles whose sentences are in memory at once
OFTEN = 32  # after so many recordings what is done is written down, in case the build is broken off
KEPT = 60 * 86400  # seconds that a recording is kept which no build has used
NONE = ""  # the key of an article that is not to be recorded


@dataclass(frozen=True)
class Recording:
    """An article's recording. url: where readers find it, without leading slash and ending. size in bytes, length in ms."""

    key: str
    url: str
    size: int
    length: int

    @property
    def minutes(self) -> int:
        """Its length, at least one."""
        return max(1, round(self.length / 60000))

    @property
    def megabytes(self) -> float:
        """Its size in MB, at least a tenth."""
        return max(0.1, self.size / 1e6)


def files(recording: Recording, folder: Path) -> tuple[Path, Path]:
    """The MP3 and the WebVTT of a recording."""
    return recordings.files(recording.key, folder)


class Studio:
    """content: folder with the editors' table. folder: where recordings are kept. voices: settings by language.
    workers: processes. newest: of so many of the newest articles a missing recording is made; 0: of all.
    scheduler: address of a Dask cluster that records."""

    def __init__(
        self,
        content: Path,
        folder: Path,
        voices: Mapping[str, Mapping[str, Any]],
        workers: int | None,
        newest: int = 0,
        scheduler: str | None = None,
    ) -> None:
        self.content, self.folder, self.voices, self.workers, self.newest = content, folder, voices, workers, newest
        self.scheduler = scheduler
        self.tables: dict[str, pronunciations.Table] = {}

    def record(self, stories: Sequence[Any]) -> Iterator[Problem]:
        """Give each story its `recording`, or None; what is wrong with the settings or the table."""
        self.folder.mkdir(parents=True, exist_ok=True)
        index = _Index(self.folder / "index.json")
        ways: dict[str, str] = {}
        for lang in dict.fromkeys(story.lang for story in stories):
            if lang in self.voices:
                try:
                    ways[lang] = self._way(lang)
                except voices.VoiceError as error:
                    yield Problem("pelicanconf.py", 0, str(error))
                self.tables[lang], problems = pronunciations.of(lang, self.content)
                yield from problems
        there = {name for name in os.listdir(self.folder) if name.endswith((".mp3", ".vtt"))}
        stamps = {story.path: story.full + ways[story.lang] for story in stories if story.lang in ways}
        in_question = nsmallest(self.newest, stories, key=attrgetter("sort_key")) if self.newest else stories
        unknown = [story for story in in_question if story.path in stamps and not index.has(stamps[story.path], there)]
        unknown.sort(key=attrgetter("sort_key"))
        for start in range(0, len(unknown), BATCH):
            yield from self._batch(unknown[start : start + BATCH], stamps, index, there)
            index.save()
        for story in stories:
            stamp = stamps.get(story.path, "")
            known = index.get(stamp)
            if known and known[0] and index.has(stamp, there):
                story.recording = Recording(known[0], Addresses.beside(story.url, story.slug, ""), known[1], known[2])
        if unknown:
            _tidy(self.folder, {story.recording.key for story in stories if story.recording})

    def _way(self, lang: str) -> str:
        """What decides, besides the article, how it is read in a language. Raises VoiceError."""
        tables = [path.read_text(encoding="utf-8", errors="replace") for path in _tables(lang, self.content)]
        return digest(voices.name(self.voices[lang]), own_code(), *tables)

    def _batch(
        self, stories: Sequence[Any], stamps: Mapping[str, str], index: _Index, there: set[str]
    ) -> Iterator[Problem]:
        """Write the scripts of some stories and record those that have no recording yet."""
        by_path = {story.path: story for story in stories}
        tasks: dict[str, Task] = {}
        wanted: dict[str, list[Any]] = {}  # key -> stories
        for path, result in jobs.fork(
            lambda path: self._script(by_path[path]), list(by_path), say("Scripts"), self.workers
        ):
            if isinstance(result, Exception):
                yield self._failed(by_path[path], result)
                continue
            key, sentences = result
            if not key:
                index.put(stamps[path], (NONE, 0, 0))
                continue
            known = index.by_key(key, there)
            if known:
                index.put(stamps[path], known)
                continue
            wanted.setdefault(key, []).append(by_path[path])
            tasks[key] = Task(key, tuple(sentences), self.voices[by_path[path].lang], str(self.folder))
        done = jobs.run(recordings.make, list(tasks.values()), say("Recordings"), self.workers, scheduler=self.scheduler)
        for number, (task, made) in enumerate(done, start=1):
            if number % OFTEN == 0:
                index.save()
            if isinstance(made, Made):
                there |= {path.name for path in recordings.files(task.key, self.folder)}
            for story in wanted[task.key]:
                if isinstance(made, Made):
                    index.put(stamps[story.path], (task.key, made.size, made.length))
                else:
                    yield self._failed(story, made)

    def _script(self, story: Any) -> tuple[str, list[Sentence]]:
        if story.metadata.get("audio") is False:
            return NONE, []
        from . import script  # its rules take a while to load, and mostly nothing is new

        voice = self.voices[story.lang]
        names = [author.name for author in story.authors]
        sentences = script.of_article(
            story.title, story.date, names, story.summary_text, story.body, story.edition.language, self.tables[story.lang]
        )
        return recordings.key(sentences, voices.name(voice)), sentences

    def _failed(self, story: Any, error: Exception) -> Problem:
        if isinstance(error, OSError):
            raise error
        if isinstance(error, voices.VoiceError):
            return Problem("pelicanconf.py", 0, str(error))
        text = say("cannot be read aloud ({reason}); it is published without sound", reason=repr(error))
        return Problem(short(self.content / story.path), 0, text, "warning")


class _Index:
    """What was recorded, by the stamp of all that it was made from, so that an unchanged article is not read again.

    It stands beside the recordings and not in the state of an output folder: it stays right when code or settings
    change, and several output folders share it.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            self.known: dict[str, list] = json.loads(file.read_text(encoding="utf-8"))
            self._by_key = {entry[0]: entry for entry in self.known.values() if len(entry) == 3}
        except (OSError, ValueError, AttributeError, TypeError, IndexError):
            self.known, self._by_key = {}, {}
        self.new: dict[str, tuple[str, int, int]] = {}

    def get(self, stamp: str) -> Sequence | None:
        """Key, size and length of a recording."""
        return self.known.get(stamp)

    def has(self, stamp: str, there: set[str]) -> bool:
        """Whether it is known, and its files are among those that are there."""
        known = self.known.get(stamp)
        return known is not None and (known[0] == NONE or _complete(known[0], there))

    def by_key(self, key: str, there: set[str]) -> Sequence | None:
        """As `get`, for the same words said in another article or before another change."""
        known = self._by_key.get(key)
        return known if known and _complete(key, there) else None

    def put(self, stamp: str, entry: Sequence) -> None:
        self.known[stamp] = list(entry)
        self._by_key[entry[0]] = list(entry)
        self.new[stamp] = tuple(entry)

    def save(self) -> None:
        """Keep what is new, besides what another build may have added meanwhile."""
        merged = _Index(self.file).known | {stamp: list(entry) for stamp, entry in self.new.items()}
        unfinished = self.file.with_suffix(f".{os.getpid()}.new")
        unfinished.write_text(json.dumps(merged), encoding="utf-8")
        os.replace(unfinished, self.file)


def _complete(key: str, there: set[str]) -> bool:
    return f"{key}.mp3" in there and f"{key}.vtt" in there


def _tidy(folder: Path, used: Iterable[str]) -> None:
    """Remove recordings that this build has not used, and that are old, and what an interrupted build has left."""
    used = set(used)
    with os.scandir(folder) as entries:
        for entry in entries:
            old = time.time() - entry.stat().st_mtime
            stem, _, ending = entry.name.partition(".")
            if (ending in ("mp3", "vtt") and stem not in used and old > KEPT) or (
                ending.endswith(".new") and old > 86400
            ):
                os.unlink(entry.path)


def _tables(lang: str, content: Path) -> list[Path]:
    own = Path(__file__).parent / f"{lang}.txt"
    return [path for path in (own, content / pronunciations.name(lang)) if path.exists()]


@cache
def own_code() -> str:
    """A hash of this room's code and of the libraries that it uses, which decide what is said."""
    versions = [importlib.metadata.version(package) for package in ("sea-g2p", "lameenc", "beautifulsoup4")]
    return digest(*versions, *(path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("*.py"))))
