"""Records an article: its sentences as MP3, and WebVTT cues with the time of each.

The MP3 has a constant bit rate, so that a player can seek without an index. It holds the sentences alone; title,
date and cover precede it as an ID3 tag when it is published, so that a new cover costs no new recording.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from plugins.artifacts.files import open_atomically, write_atomically

from . import voices
from .sentences import Sentence

if TYPE_CHECKING:
    from lameenc import Encoder

BIT_RATE = 32  # kbit/s: 240 KB a minute
# The encoder and decoder delay: LAME's 576 samples and a decoder's 529 (https://lame.sourceforge.io/tech-FAQ.txt)
CODEC_DELAY = 1105
MIN_SECONDS = 1.0  # some players refuse shorter files


@dataclass(frozen=True)
class RecordingTask:
    """One recording to be made.

    Args:
        key: The artifact's key.
        sentences: What is read.
        voice: The voice's settings, see `voices.load_voice`.
        mp3_file: Where the MP3 goes.
        vtt_file: Where the WebVTT goes.
    """

    key: str
    sentences: tuple[Sentence, ...]
    voice: Mapping[str, Any]
    mp3_file: Path
    vtt_file: Path


@dataclass(frozen=True)
class RecordedAudio:
    """A recording that was made: its size in bytes, its length in ms."""

    size: int
    length: int


def key_parts(sentences: Iterable[Sentence]) -> Iterator[str]:
    """Everything about sentences that a recording depends on, as texts."""
    for sentence in sentences:
        yield from (sentence.shown, sentence.spoken, str(sentence.pause))


def record(task: RecordingTask) -> RecordedAudio:
    """Write the MP3 and the WebVTT of a task. Raises VoiceError.

    The MP3 is written while it is encoded, so that a very long article needs little memory.
    """
    voice = voices.load_voice(task.voice)
    try:
        with open_atomically(task.mp3_file) as stream:
            starts, samples = _write_mp3(task.sentences, voice, stream)
            size = stream.tell()
        times = [start / voice.rate for start in starts]
        write_atomically(task.vtt_file, webvtt(task.sentences, [*times, samples / voice.rate]).encode())
    finally:
        voice.close()
    return RecordedAudio(size, round(samples * 1000 / voice.rate))


def _write_mp3(sentences: Sequence[Sentence], voice: voices.Voice, stream: IO[bytes]) -> tuple[list[int], int]:
    """Write the MP3; the number of the sample at which each sentence begins, and the total."""
    encoder = _encoder(voice.rate)
    starts, samples = [], CODEC_DELAY
    for sentence in sentences:
        starts.append(samples)
        speech = voice.read(sentence.spoken)
        silence = round(sentence.pause * voice.rate)
        stream.write(bytes(encoder.encode(speech + bytes(2 * silence))))
        samples += len(speech) // 2 + silence
    missing = round(MIN_SECONDS * voice.rate) - samples
    if missing > 0:
        stream.write(bytes(encoder.encode(bytes(2 * missing))))
        samples += missing
    stream.write(bytes(encoder.flush()))
    return starts, samples


def _encoder(rate: int) -> Encoder:
    import lameenc

    encoder = lameenc.Encoder()
    encoder.silence()  # no messages on standard output
    encoder.set_bit_rate(BIT_RATE)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(rate)
    encoder.set_channels(1)
    encoder.set_quality(2)  # from 0 (best) to 9; the voice takes most of the time, not the encoder
    return encoder


def webvtt(sentences: Sequence[Sentence], times: Sequence[float]) -> str:
    """The WebVTT of a recording, one cue per sentence (https://www.w3.org/TR/webvtt1/).

    Args:
        sentences: What is read.
        times: When each sentence begins, and when the last one ends, in seconds.
    """
    lines = ["WEBVTT", ""]
    for number, (sentence, start, end) in enumerate(zip(sentences, times, times[1:], strict=False), start=1):
        lines += [f"cau-{number}", f"{_timestamp(start)} --> {_timestamp(end)}", _escaped(sentence.shown), ""]
    return "\n".join(lines)


def _timestamp(seconds: float) -> str:
    total = round(seconds * 1000)
    return f"{total // 3_600_000:02}:{total // 60_000 % 60:02}:{total // 1000 % 60:02}.{total % 1000:03}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
