"""Feature: "Đọc nội dung", every article read aloud, with the sentence being read marked on its page.

A build records each published article (`recorder.py`): what is read (`script.py`) in words (`vietnamese.py`,
`numbers.py`, `pronunciations.py`), by a voice (`voices.py`), as MP3 and WebVTT (`recordings.py`). The page
has one button; the player (`player.js`) comes when it is pressed. An article without a recording is read
by the browser's own voice, where it has one in the article's language; else no button is shown.

Settings: AUDIO (False: no recordings), READ_ALOUD_VOICES (by language; what comes with the program: VOICES; other
engines and voices: docs/read-aloud.md), READ_ALOUD_NEWEST (of how many of the newest articles a missing recording is
made; 0: of all). An article whose header says `audio: false` has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from plugins.features import Feature, Key
from plugins.languages.speech import VOICES
from plugins.markdown_reader.header_values import flag
from plugins.portal.stories import digest

from . import id3_tags, player, recorder

if TYPE_CHECKING:
    from plugins.portal.outputs import BuildContext, Outputs
    from plugins.portal.stories import Story
    from plugins.problems import Problem

GROUP = "audio"  # all recordings, for the writer


class ReadAloud(Feature):
    """Knows the recording of each article of a build."""

    settings: ClassVar = {"AUDIO": True, "READ_ALOUD_VOICES": VOICES, "READ_ALOUD_NEWEST": 0}
    keys = (Key("audio", flag),)

    def prepare(self, build: BuildContext) -> Iterable[Problem]:
        """None of the last build's."""
        self.recordings: dict[str, recorder.Recording] = {}
        return ()

    def finish(self, build: BuildContext) -> Iterable[Problem]:
        """See that each article has its recording, and make the player of each language."""
        settings = build.settings
        self.studio = recorder.Recorder(
            Path(settings["PATH"]),
            build.artifacts.namespace("recordings", f"{__name__}.recordings"),
            settings["READ_ALOUD_VOICES"],
            settings.get("JOBS"),
            settings["READ_ALOUD_NEWEST"],
            settings.get("SCHEDULER"),
        )
        if settings["AUDIO"]:
            build.state.commit()  # forked workers read through connections of their own
            yield from self.studio.record([story for story in build.published if story.content_kind.voice])
            self.recordings = self.studio.recordings
        languages = [edition.language for edition in build.editions.values()]
        self.players = player.scripts(build.artifacts, build.assets, languages)
        for story in self._recorded(build):
            recording = self.recordings[story.path]
            story.extra_key_parts = (*story.extra_key_parts, f"audio {recording.size} {recording.length}")

    def _recorded(self, build: BuildContext) -> list[Story]:
        """What has a recording."""
        return [story for story in build.published if story.path in self.recordings]

    def template_globals(self, build: BuildContext) -> Mapping[str, Any]:
        """`player`: by language, the address of its script."""
        return {"player": {lang: address for lang, (address, _) in self.players.items()}}

    def article_context(self, story: Story) -> recorder.Recording | None:
        """Its recording."""
        return self.recordings.get(story.path)

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Recordings are files of the site, and so is the player."""
        for address, data in self.players.values():
            outputs.add_file(address, address, lambda data=data: data)
        recorded, fingerprints = self._recorded(build), build.pictures.fingerprints
        agencies = repr([edition.agency for edition in build.editions.values()])
        shown = [
            f"{self.recordings[s.path].key} {s.card_digest} {s.url}{fingerprints(s.picture_paths[:1])}"
            for s in recorded
        ]
        # one look at all spares one at each of thousands
        mark = digest(build.settings["SITEURL"], agencies, *shown)
        outputs.add_group(GROUP, mark, partial(self._ask_each, build, outputs, recorded))

    def _ask_each(self, build: BuildContext, outputs: Outputs, recorded: list[Story]) -> None:
        for story in recorded:
            recording = self.recordings[story.path]
            tag = id3_tag(story, recording, build)
            sound, cues = self.studio.files(recording)
            outputs.add_file(f"{recording.url}.mp3", tag.fingerprint, partial(_tagged, tag, sound), GROUP)
            outputs.add_file(f"{recording.url}.vtt", recording.key, cues.read_bytes, GROUP)


def id3_tag(story: Story, recording: recorder.Recording, build: BuildContext) -> id3_tags.Source:
    """What stands before the sound of a recording."""
    return id3_tags.Source(story, recording, build.pictures, build.settings["SITEURL"])


def _tagged(tag: id3_tags.Source, sound: Path) -> bytes:
    return tag.bytes() + sound.read_bytes()


feature = ReadAloud(__file__, on_demand=("player.css", "voice.js"))
register = feature.register
