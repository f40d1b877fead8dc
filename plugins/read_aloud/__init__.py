"""Feature: "Đọc nội dung", every article read aloud, with the current sentence highlighted on the page.

A build records each published article (`recorder.py`): `script.py` turns it into sentences, `vietnamese.py` with its
helpers and the pronunciation table (`pronunciations.py`) put them into spoken words, a voice (`voices.py`) reads them,
and `recordings.py` writes MP3 and WebVTT. The page has one button, which fetches the player (`player.py`). An article
without a recording is read by the browser's own voice if it has one in the article's language; else there is no button.

Settings: AUDIO (False: no recordings), READ_ALOUD_VOICES (a voice per language; docs/read-aloud.md describes engines
and voices), READ_ALOUD_NEWEST (record only this many of the newest articles; 0: all). An article whose header says
`audio: false` is not recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins import owner_settings
from plugins.features import Feature, Key, Statement
from plugins.languages.speech import VOICES
from plugins.markdown_reader.header_values import flag
from plugins.portal.stories import digest

from . import player, voices
from .id3_tags import Id3Tag
from .recorder import Recorder, Recording

if TYPE_CHECKING:
    from plugins.portal.outputs import BuildContext, Outputs
    from plugins.portal.stories import Story
    from plugins.problems import Problem

GROUP = "audio"  # the output group of all recordings


class ReadAloud(Feature):
    """Has the recording of each article of a build."""

    statements = (
        Statement("tools", "reading aloud"),
        Statement(
            "works",
            "<strong>Read aloud</strong> by a computer's voice; the sentence being read is marked; pause, go back and "
            "on by sentences and change the speed by keyboard or touch.",
        ),
        Statement("needs_script", "marking the sentence that is read; the recording itself can be played without"),
        Statement("stored", "where you stopped in the last 30 articles that you listened to, and the speed"),
    )
    settings: Mapping[str, Any] = {"AUDIO": True, "READ_ALOUD_VOICES": VOICES, "READ_ALOUD_NEWEST": 0}
    keys = (Key("audio", flag),)

    def prepare(self, build: BuildContext) -> Iterable[Problem]:
        """Forget the recordings of the last build."""
        self.recordings: dict[str, Recording] = {}
        return ()

    def finish(self, build: BuildContext) -> Iterable[Problem]:
        """Record the articles that have no recording yet, and build the player's script for each language."""
        settings = build.settings
        self.recorder = Recorder(
            Path(settings["PATH"]),
            build.artifacts.namespace("recordings", f"{__name__}.recordings"),
            settings["READ_ALOUD_VOICES"],
            settings.get("JOBS"),
            settings["READ_ALOUD_NEWEST"],
            settings.get("SCHEDULER"),
            partial(owner_settings.problem, settings, "READ_ALOUD_VOICES"),
        )
        if settings["AUDIO"]:
            build.state.commit()  # forked workers read through connections of their own
            yield from self.recorder.record([story for story in build.published if story.content_kind.voice])
            self.recordings = self.recorder.recordings
        languages = [edition.language for edition in build.editions.values()]
        self.players = player.scripts(build.artifacts, build.assets, languages, build.addresses)
        for story in self._recorded_stories(build):
            recording = self.recordings[story.path]
            story.extra_key_parts = (*story.extra_key_parts, f"audio {recording.size} {recording.length}")
            source = voices.digital_source_type(settings["READ_ALOUD_VOICES"][story.lang])
            audio = {
                "@type": "AudioObject",
                "contentUrl": build.addresses.absolute(f"{recording.url}.mp3"),
                # https://schema.org/IPTCDigitalSourceEnumeration: the IPTC's names with a capital and an ending
                "digitalSourceType": f"https://schema.org/{source[0].upper()}{source[1:]}DigitalSource",
            }
            story.structured_data = {**story.structured_data, "audio": audio}

    def _recorded_stories(self, build: BuildContext) -> list[Story]:
        return [story for story in build.published if story.path in self.recordings]

    def template_globals(self, build: BuildContext) -> Mapping[str, Any]:
        """`player`: the address of the player's script, by language code."""
        return {"player": {lang: address for lang, (address, _) in self.players.items()}}

    def article_context(self, story: Story) -> Recording | None:
        """The recording of a story, if it has one."""
        return self.recordings.get(story.path)

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Publish the player's scripts and the recordings."""
        for address, data in self.players.values():
            outputs.add_file(address, address, partial(bytes, data))
        stories, picture_fingerprints = self._recorded_stories(build), build.pictures.fingerprints
        agencies = repr([edition.agency for edition in build.editions.values()])
        parts = [
            f"{self.recordings[story.path].key} {story.card_digest} {story.url}"
            f"{picture_fingerprints(story.picture_paths[:1])}"
            for story in stories
        ]
        # compare one fingerprint of all recordings instead of thousands
        fingerprint = digest(build.settings["SITEURL"], agencies, *parts)
        outputs.add_group(GROUP, fingerprint, partial(self._add_recordings, build, outputs, stories))

    def _add_recordings(self, build: BuildContext, outputs: Outputs, stories: Iterable[Story]) -> None:
        for story in stories:
            recording = self.recordings[story.path]
            tag = id3_tag(story, recording, build)
            mp3_file, vtt_file = self.recorder.files(recording)
            outputs.add_file(f"{recording.url}.mp3", tag.fingerprint, partial(_tagged_mp3, tag, mp3_file), GROUP)
            outputs.add_file(f"{recording.url}.vtt", recording.key, vtt_file.read_bytes, GROUP)


def id3_tag(story: Story, recording: Recording, build: BuildContext) -> Id3Tag:
    """The ID3 tag that a story's recording is published with."""
    voice = build.settings["READ_ALOUD_VOICES"][story.lang]
    source_type = voices.digital_source_type(voice)
    return Id3Tag(story, recording, build.pictures, build.settings["SITEURL"], source_type)


def _tagged_mp3(tag: Id3Tag, mp3_file: Path) -> bytes:
    return tag.to_bytes() + mp3_file.read_bytes()


feature = ReadAloud(__file__, on_demand=("player.css", "voice.js"))
register = feature.register
