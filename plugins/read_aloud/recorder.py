"""The studio: which articles have a recording already, and the others are recorded, many at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins import i18n, jobs
from plugins.addresses import Addresses
from plugins.artifacts import Artifact, Namespace, digest
from plugins.i18n import translate
from plugins.problems import Problem, display_path

from . import pronunciations, recordings, voices
from .recordings import RecordedAudio, RecordingTask
from .sentences import Sentence

if TYPE_CHECKING:
    from plugins.portal.stories import Story

BATCH = 256  # articles whose sentences are in memory at once
SOUND, CUES = ".mp3", ".vtt"
UNWANTED = "unwanted"  # the key of an article that is not to be recorded
SCRIPT = f"{__package__}.script"  # what makes sentences of an article


@dataclass(frozen=True)
class Recording:
    """An article's recording.

    url: where readers find it, without leading slash and ending. size in bytes, length in ms.
    """

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


class Recorder:
    """content: folder with the editors' table. kind: the artifacts that recordings are. voices: settings by language.
    workers: processes. newest: of so many of the newest articles a missing recording is made; 0: of all.
    scheduler: address of a Dask cluster that records."""

    def __init__(
        self,
        content: Path,
        kind: Namespace,
        voices: Mapping[str, Mapping[str, Any]],
        workers: int | None,
        newest: int = 0,
        scheduler: str | None = None,
    ) -> None:
        self.content, self.kind, self.voices, self.workers, self.newest = content, kind, voices, workers, newest
        self.scheduler = scheduler
        self.tables: dict[str, pronunciations.PronunciationTable] = {}
        self.names: dict[str, str] = {}  # of voices, by language
        self.recordings: dict[str, Recording] = {}

    def record(self, stories: Sequence[Story]) -> Iterator[Problem]:
        """Find or make the recording of each story (`recordings`, by path); what is wrong with settings or table."""
        ways: dict[str, str] = {}
        for lang in dict.fromkeys(story.lang for story in stories):
            if lang in self.voices:
                try:
                    ways[lang] = self._way(lang)
                except voices.VoiceError as error:
                    yield Problem("pelicanconf.py", 0, str(error))
                self.tables[lang], problems = pronunciations.load_table(lang, self.content)
                yield from problems
        marks = {story.path: story.full_digest + ways[story.lang] for story in stories if story.lang in ways}
        there = self.kind.find_by_fingerprint(marks.values())
        in_question = nsmallest(self.newest, stories, key=attrgetter("sort_key")) if self.newest else stories
        unknown = [story for story in in_question if story.path in marks and marks[story.path] not in there]
        unknown.sort(key=attrgetter("sort_key"))
        for start in range(0, len(unknown), BATCH):
            yield from self._batch(unknown[start : start + BATCH], marks, there)
        for story in stories:
            artifact = there.get(marks.get(story.path, ""))
            if artifact and artifact.metadata:
                address = Addresses.companion(story.url, story.slug, "")
                self.recordings[story.path] = Recording(
                    artifact.key, address, artifact.metadata["size"], artifact.metadata["length"]
                )

    def files(self, recording: Recording) -> tuple[Path, Path]:
        """The MP3 and the WebVTT of a recording."""
        return self.kind.file_path(recording.key, SOUND), self.kind.file_path(recording.key, CUES)

    def _way(self, lang: str) -> str:
        """Fingerprint of all that decides, besides the article, what is said in a language, and how.

        Raises VoiceError.
        """
        tables = [path.read_bytes() for path in _tables(lang, self.content)]
        made = self.kind.cache.code_digest(SCRIPT), self.kind.cache.code_digest(self.kind.module)
        return digest(voices.name(self.voices[lang], stamped=True), *made, i18n.fingerprint(lang), *tables)

    def _batch(
        self, stories: Sequence[Story], marks: Mapping[str, str], there: dict[str, Artifact]
    ) -> Iterator[Problem]:
        """Write the scripts of some stories and record those that have no recording yet. there: by fingerprint."""
        by_path = {story.path: story for story in stories}
        self.names |= {
            lang: voices.name(self.voices[lang]) for lang in {story.lang for story in stories} - self.names.keys()
        }
        written: dict[str, tuple[str, list[Sentence]]] = {}
        for path, result in jobs.run_forked(
            lambda path: self._script(by_path[path]), list(by_path), translate("Scripts"), self.workers
        ):
            if isinstance(result, Exception):
                yield self._failed(by_path[path], result)
            else:
                written[path] = result
        known = self.kind.find_by_key(key for key, _ in written.values())
        tasks: dict[str, RecordingTask] = {}
        for path, (key, sentences) in written.items():
            if key == UNWANTED:
                known[key] = self.kind.store(UNWANTED, [], {})
            elif key not in known:
                sound, cues = self.kind.file_path(key, SOUND), self.kind.file_path(key, CUES)
                tasks[key] = RecordingTask(key, tuple(sentences), self.voices[by_path[path].lang], sound, cues)
        failed: dict[str, Exception] = {}
        done = jobs.run(
            recordings.make, list(tasks.values()), translate("Recordings"), self.workers, scheduler=self.scheduler
        )
        for task, made in done:
            if isinstance(made, RecordedAudio):
                known[task.key] = self.kind.store(task.key, [SOUND, CUES], {"size": made.size, "length": made.length})
            else:
                failed[task.key] = made
        for path, (key, _) in written.items():
            if key in known:
                there[marks[path]] = known[key]
            else:
                yield self._failed(by_path[path], failed[key])
        self.kind.link_fingerprints({marks[path]: key for path, (key, _) in written.items() if key in known})

    def _script(self, story: Story) -> tuple[str, list[Sentence]]:
        if story.metadata.get("audio") is False:
            return UNWANTED, []
        from . import script  # its rules take a while to load, and mostly nothing is new

        view = story.view
        names = [author.name for author in view.authors]
        extras = [(str(extra.label), text) for extra in view.extras("voice") for text in extra.texts]
        sentences = script.article_sentences(
            view.title,
            view.published,
            names,
            view.lead,
            story.body,
            story.edition.language,
            self.tables[story.lang],
            extras,
        )
        return self.kind.key(self.names[story.lang], *recordings.told(sentences)), sentences

    def _failed(self, story: Story, error: Exception) -> Problem:
        if isinstance(error, OSError):
            raise error
        if isinstance(error, voices.VoiceError):
            return Problem("pelicanconf.py", 0, str(error))
        text = translate("cannot be read aloud ({reason}); it is published without sound", reason=repr(error))
        return Problem(display_path(self.content / story.path), 0, text, "warning")


def _tables(lang: str, content: Path) -> list[Path]:
    own = Path(__file__).parent / f"{lang}.txt"
    return [path for path in (own, content / pronunciations.table_file(lang)) if path.exists()]
