"""Feature: "Đọc nội dung", every article read aloud, with the sentence being read marked on its page.

A build records each published article (`studio.py`): what is read (`script.py`) in words (`vietnamese.py`,
`numbers.py`, `pronunciations.py`), by a voice (`voices.py`), as MP3 and WebVTT (`recordings.py`). The page
has one button; the player (`player.js`) comes when it is pressed. An article without a recording is read
by the browser's own voice, where it has one in the article's language; else no button is shown.

Settings: AUDIO (False: no recordings), READ_ALOUD_VOICES (by language; what comes with the program: VOICES; other engines
and voices: docs/read-aloud.md), READ_ALOUD_NEWEST (of how many
of the newest articles a missing recording is made; 0: of all). An article whose header says `audio: false` has none.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from pelican import signals

from plugins.features import Feature, Key
from plugins.languages.speech import VOICES
from plugins.markdown_reader.values import flag
from plugins.portal.stories import digest

from . import player, studio, tags

feature = Feature(__file__, on_demand=("player.css", "voice.js"), keys=(Key("audio", flag),))
ROOM = "audio"  # all recordings, for the writer


def _record(generators: list[Any]) -> None:
    """Everything has been read: see that each article has its recording."""
    news = generators[0]
    settings = news.settings
    for story in news.published:
        story.recording = None
    if settings.get("AUDIO", True) and all(p.level != "error" for p in news.context["problems"]):
        room = studio.Studio(
            Path(settings["PATH"]),
            news.context["artifacts"].kind("recordings", f"{__name__}.recordings"),
            settings.get("READ_ALOUD_VOICES", VOICES),
            settings.get("JOBS"),
            settings.get("READ_ALOUD_NEWEST", 0),
            settings.get("SCHEDULER"),
        )
        news.context["state"].commit()  # forked workers read through connections of their own
        news.context["problems"] += room.record([story for story in news.published if story.kind != "page"])
        news.context["audio"] = room
    made = player.scripts(news.context["page"]["assets"], [edition.language for edition in news.editions.values()])
    news.context["players"] = dict(made.values())
    news.env.globals["player"] = {lang: address for lang, (address, _) in made.items()}
    news.context["recorded"] = [story for story in news.published if story.recording]
    for story in news.context["recorded"]:
        story.facts = (*story.facts, f"audio {story.recording.size} {story.recording.length}")


def _ask(generator: Any, writer: Any) -> None:
    """Recordings are files of the site, and so is the player."""
    for address, data in generator.context["players"].items():
        writer.ask(address, address, lambda data=data: data)
    recorded = generator.context["recorded"]
    fingerprints = generator.context["pictures"].fingerprints
    agencies = repr([edition.agency for edition in generator.editions.values()])
    shown = [f"{s.recording.key} {s.card} {s.url}{fingerprints(s.picture_paths[:1])}" for s in recorded]
    # one look at all spares one at each of thousands
    writer.room(
        ROOM, digest(generator.settings["SITEURL"], agencies, *shown), partial(_ask_each, generator, writer, recorded)
    )


def _ask_each(generator: Any, writer: Any, recorded: list[Any]) -> None:
    for story in recorded:
        tag = tags.Source(story, generator.context["pictures"], generator.settings["SITEURL"])
        sound, cues = generator.context["audio"].files(story.recording)
        writer.ask(f"{story.recording.url}.mp3", tag.fingerprint, partial(_tagged, tag, sound), ROOM)
        writer.ask(f"{story.recording.url}.vtt", story.recording.key, cues.read_bytes, ROOM)


def _tagged(tag: tags.Source, sound: Path) -> bytes:
    return tag.bytes() + sound.read_bytes()


def register() -> None:
    """Pelican's hooks."""
    signals.all_generators_finalized.connect(_record)
    signals.article_writer_finalized.connect(_ask)
