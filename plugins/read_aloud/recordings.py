"""A recording: an article's sentences as MP3, and as WebVTT that tells when each is read.

MP3 at a constant bit rate, because a player finds any place in it without an index. Its sound is that of
the sentences alone; title, date and cover come before it as an ID3 tag when it is published, so that a
new cover costs no new reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plugins.artifacts.files import open_atomically, write_atomically

from . import voices
from .sentences import Sentence

BIT_RATE = 32  # kbit/s: 240 KB a minute
# An encoder's first samples are its own: LAME's 576 and a decoder's 529 (https://lame.sourceforge.io/tech-FAQ.txt)
DELAY = 1105
LEAST = 1.0  # seconds; shorter files are no sound for some players


@dataclass(frozen=True)
class RecordingTask:
    """What one process is to do. voice: its settings. sound, cues: where the MP3 and the WebVTT go."""

    key: str
    sentences: tuple[Sentence, ...]
    voice: Mapping[str, Any]
    sound: Path
    cues: Path


@dataclass(frozen=True)
class RecordedAudio:
    """A recording. size in bytes, length in ms."""

    size: int
    length: int


def told(sentences: Iterable[Sentence]) -> Iterator[str]:
    """All that is said and shown, as texts."""
    for sentence in sentences:
        yield from (sentence.shown, sentence.spoken, str(sentence.pause))


def make(task: RecordingTask) -> RecordedAudio:
    """Record. Sound goes to the file as it comes, so that a very long article needs little memory."""
    reader = voices.voice(task.voice)
    try:
        with open_atomically(task.sound) as stream:
            starts, samples = _record(task.sentences, reader, stream)
            size = stream.tell()
        times = [sample / reader.rate for sample in starts]
        write_atomically(task.cues, webvtt(task.sentences, [*times, samples / reader.rate]).encode())
    finally:
        reader.close()
    return RecordedAudio(size, round(samples * 1000 / reader.rate))


def _record(sentences: Sequence[Sentence], reader: voices.Voice, stream: Any) -> tuple[list[int], int]:
    """Write the MP3; at which sample each sentence begins, and how many there are in all."""
    encoder = _encoder(reader.rate)
    starts, samples = [], DELAY
    for sentence in sentences:
        starts.append(samples)
        said = reader.read(sentence.spoken)
        silence = round(sentence.pause * reader.rate)
        stream.write(bytes(encoder.encode(said + bytes(2 * silence))))
        samples += len(said) // 2 + silence
    missing = round(LEAST * reader.rate) - samples
    if missing > 0:
        stream.write(bytes(encoder.encode(bytes(2 * missing))))
        samples += missing
    stream.write(bytes(encoder.flush()))
    return starts, samples


def _encoder(rate: int) -> Any:
    import lameenc

    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(BIT_RATE)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(rate)
    encoder.set_channels(1)
    encoder.set_quality(2)  # of 0 (best) to 9; it is not what takes the time
    return encoder


def webvtt(sentences: Sequence[Sentence], times: Sequence[float]) -> str:
    """One cue a sentence (https://www.w3.org/TR/webvtt1/). times: where each begins, and the end, in seconds."""
    lines = ["WEBVTT", ""]
    for number, (sentence, start, end) in enumerate(zip(sentences, times, times[1:], strict=False), start=1):
        lines += [f"cau-{number}", f"{_clock(start)} --> {_clock(end)}", _escaped(sentence.shown), ""]
    return "\n".join(lines)


def _clock(seconds: float) -> str:
    total = round(seconds * 1000)
    return f"{total // 3_600_000:02}:{total // 60_000 % 60:02}:{total // 1000 % 60:02}.{total % 1000:03}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
