"""Finds the articles that have no recording yet, and records them in parallel.

Recordings are artifacts. A fingerprint of the article and of everything that decides how it is read finds the key
of its recording without rendering its sentences; the key is a digest of the sentences and the voice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

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

BATCH = 256  # articles whose sentences are in memory at the same time
MAX_WORDS = 8  # that a problem names
MP3, VTT = ".mp3", ".vtt"
UNWANTED = "unwanted"  # the key of an article whose header says `audio: false`, or that has nothing to be read
SCRIPT_MODULE = f"{__package__}.script"  # turns an article into sentences


@dataclass(frozen=True)
class Recording:
    """An article's recording.

    Args:
        key: Of its artifact.
        url: Its address, without leading slash and extension.
        size: Of the sound, in bytes.
        length: In ms.
    """

    key: str
    url: str
    size: int
    length: int

    @property
    def minutes(self) -> int:
        """Its length in minutes, at least 1."""
        return max(1, round(self.length / 60000))

    @property
    def megabytes(self) -> float:
        """Its size in MB, at least 0.1."""
        return max(0.1, self.size / 1e6)


class Script(NamedTuple):
    """What is read of an article, the key of its recording, and words that are not read."""

    key: str
    sentences: Sequence[Sentence]
    unspoken: Sequence[str] = ()


class Recorder:
    """Records stories. After `record`, `recordings` has those of all stories, by path.

    Args:
        content: The content folder, which has the editors' pronunciation tables.
        namespace: The artifacts that recordings are.
        voices: Settings of a voice, by language code. Languages without a voice are not recorded.
        workers: How many processes; None for one per core.
        newest: Record only if the story is among this many newest ones; 0 for all.
        scheduler: The address of a Dask cluster that records.
        voice_problem: Returns a problem with the settings of the voices, given what is wrong.
    """

    def __init__(
        self,
        content: Path,
        namespace: Namespace,
        voices: Mapping[str, Mapping[str, Any]],
        workers: int | None,
        newest: int = 0,
        scheduler: str | None = None,
        voice_problem: Callable[[str], Problem] = lambda text: Problem("", 0, text),
    ) -> None:
        self.content, self.namespace, self.voices, self.workers = content, namespace, voices, workers
        self.newest, self.scheduler, self._voice_problem = newest, scheduler, voice_problem
        self.tables: dict[str, pronunciations.PronunciationTable] = {}
        self.voice_names: dict[str, str] = {}  # by language code
        self.recordings: dict[str, Recording] = {}

    def record(self, stories: Sequence[Story]) -> Iterator[Problem]:
        """Find or make the recording of each story; yields problems with settings, tables and stories."""
        speech_digests: dict[str, str] = {}
        for lang in dict.fromkeys(story.lang for story in stories):
            if lang in self.voices:
                try:
                    speech_digests[lang] = self._speech_digest(lang)
                except voices.VoiceError as error:
                    yield self._voice_problem(str(error))
                self.tables[lang], problems = pronunciations.load_table(lang, self.content)
                yield from problems
        fingerprints = {
            story.path: story.full_digest + speech_digests[story.lang]
            for story in stories
            if story.lang in speech_digests
        }
        artifacts = self.namespace.find_by_fingerprint(fingerprints.values())
        candidates = nsmallest(self.newest, stories, key=attrgetter("sort_key")) if self.newest else stories
        missing = [
            story for story in candidates if story.path in fingerprints and fingerprints[story.path] not in artifacts
        ]
        missing.sort(key=attrgetter("sort_key"))
        for start in range(0, len(missing), BATCH):
            yield from self._record_batch(missing[start : start + BATCH], fingerprints, artifacts)
        for story in stories:
            artifact = artifacts.get(fingerprints.get(story.path, ""))
            if artifact and artifact.metadata:
                address = Addresses.companion(story.url, story.slug, "")
                size, length = artifact.metadata["size"], artifact.metadata["length"]
                self.recordings[story.path] = Recording(artifact.key, address, size, length)
                if unspoken := artifact.metadata.get("unspoken"):
                    yield self._unspoken_problem(story, unspoken)

    def files(self, recording: Recording) -> tuple[Path, Path]:
        """The MP3 (without a tag) and the WebVTT of a recording."""
        return self._files(recording.key)

    def _files(self, key: str) -> tuple[Path, Path]:
        return self.namespace.file_path(key, MP3), self.namespace.file_path(key, VTT)

    def _speech_digest(self, lang: str) -> str:
        """The fingerprint of everything besides the article that decides how a language is read. Raises VoiceError."""
        tables = [path.read_bytes() for path in _table_files(lang, self.content)]
        cache = self.namespace.cache
        code = cache.code_digest(SCRIPT_MODULE), cache.code_digest(self.namespace.module)
        voice = voices.voice_name(self.voices[lang], read_files=False)
        return digest(voice, *code, i18n.fingerprint(lang), *tables)

    def _record_batch(
        self, stories: Sequence[Story], fingerprints: Mapping[str, str], artifacts: dict[str, Artifact]
    ) -> Iterator[Problem]:
        """Write the scripts of stories, record what has no recording yet, and add to `artifacts`, by fingerprint."""
        by_path = {story.path: story for story in stories}
        for lang in {story.lang for story in stories} - self.voice_names.keys():
            self.voice_names[lang] = voices.voice_name(self.voices[lang])
        scripts: dict[str, Script] = {}
        for path, result in jobs.run_forked(
            lambda path: self._script(by_path[path]), list(by_path), translate("Scripts"), self.workers
        ):
            if isinstance(result, Exception):
                yield self._problem(by_path[path], result)
            else:
                scripts[path] = result
        known = self.namespace.find_by_key(script.key for script in scripts.values())
        tasks: dict[str, RecordingTask] = {}
        for path, script in scripts.items():
            if script.key == UNWANTED:
                known[UNWANTED] = self.namespace.store(UNWANTED, [], {})
            elif script.key not in known:
                voice, files = self.voices[by_path[path].lang], self._files(script.key)
                tasks[script.key] = RecordingTask(script.key, tuple(script.sentences), voice, *files)
        failed = self._record_all(list(tasks.values()), known, {each.key: each.unspoken for each in scripts.values()})
        for path, script in scripts.items():
            if script.key in known:
                artifacts[fingerprints[path]] = known[script.key]
            else:
                yield self._problem(by_path[path], failed[script.key])
        self.namespace.link_fingerprints(
            {fingerprints[path]: script.key for path, script in scripts.items() if script.key in known}
        )

    def _record_all(
        self, tasks: Sequence[RecordingTask], known: dict[str, Artifact], unspoken: Mapping[str, Sequence[str]]
    ) -> dict[str, Exception]:
        """Record, and add to `known`, by key; the exceptions of those that failed, by key."""
        failed: dict[str, Exception] = {}
        results = jobs.run(recordings.record, tasks, translate("Recordings"), self.workers, scheduler=self.scheduler)
        for task, result in results:
            if isinstance(result, RecordedAudio):
                metadata = {"size": result.size, "length": result.length, "unspoken": list(unspoken[task.key])}
                known[task.key] = self.namespace.store(task.key, [MP3, VTT], metadata)
            else:
                failed[task.key] = result
        return failed

    def _script(self, story: Story) -> Script:
        if story.metadata.get("audio") is False:
            return Script(UNWANTED, [])
        from . import script  # here, because its rules take long to compile and a build rarely needs them

        view = story.view
        assert view.published, "a kind of content that is read aloud has a date"
        sentences = script.article_sentences(
            view.title,
            view.published,
            [author.name for author in view.authors],
            view.lead,
            story.body,
            story.edition.language,
            self.tables[story.lang],
            [(str(extra.label), text) for extra in view.extras("voice") for text in extra.texts],
        )
        if not sentences:
            return Script(UNWANTED, [])
        key = self.namespace.key(self.voice_names[story.lang], *recordings.key_parts(sentences))
        speech, table = story.edition.language.speech, self.tables[story.lang]
        texts = (view.title, view.lead, story.body) if speech.rules else ()
        return Script(key, sentences, script.unspoken_words(texts, script.speech_function(speech, table)))

    def _unspoken_problem(self, story: Story, words: Sequence[str]) -> Problem:
        path = self.content / story.path
        source = path.read_text(encoding="utf-8", errors="replace")
        place = source.find(words[0])
        text = translate(
            "the recording leaves out “{words}”, in letters that the voice does not know; write in {file} how it is "
            "said, as {word} = …",
            words=" ".join(words[:MAX_WORDS]),
            file=pronunciations.table_file(story.lang),
            word=words[0],
        )
        return Problem(display_path(path), source.count("\n", 0, place) + 1 if place >= 0 else 0, text, "warning")

    def _problem(self, story: Story, error: Exception) -> Problem:
        """The problem that an exception is. Raises the exception again if the machine is at fault."""
        if isinstance(error, OSError):
            raise error
        if isinstance(error, voices.VoiceError):
            return self._voice_problem(str(error))
        text = translate("cannot be read aloud ({reason}); it is published without sound", reason=repr(error))
        return Problem(display_path(self.content / story.path), 0, text, "warning")


def _table_files(lang: str, content: Path) -> list[Path]:
    """The pronunciation tables of a language: this package's and the editors'."""
    builtin = Path(__file__).parent / f"{lang}.txt"
    return [path for path in (builtin, content / pronunciations.table_file(lang)) if path.exists()]
