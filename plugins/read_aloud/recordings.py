"""A recording: an article's sentences as MP3, and as WebVTT that tells when each is read.

MP3 at a constant bit rate, because a player finds any place in it without an index. Its sound is that of
the sentences alone; title, date and cover come before it as an ID3 tag when it is published, so that a
new cover costs no new reading.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from . import voices
from .sentences import Sentence

BIT_RATE = 32  # kbit/s: 240 KB a minute
# An encoder's first samples are its own: LAME's 576 and a decoder's 529 (https://lame.sourceforge.io/tech-FAQ.txt)
DELAY = 1105
LEAST = 1.0  # seconds; shorter files are no sound for some players


@dataclass(frozen=True)
class Task:
    """What one process is to do. key: name of the files. voice: its settings. folder: where recordings are kept."""

    key: str
    sentences: tuple[Sentence, ...]
    voice: Mapping[str, Any]
    folder: str


@dataclass(frozen=True)
class Made:
    """A recording. size in bytes, length in ms."""

    size: int
    length: int


def key(sentences: Iterable[Sentence], voice: str) -> str:
    """The name of a recording: a hash of what is said and shown, of the voice, and of how it is recorded."""
    parts = [voice, encoder(), *(f"{s.shown}\x1f{s.spoken}\x1f{s.pause}" for s in sentences)]
    return blake2b("\x1e".join(parts).encode(), digest_size=16).hexdigest()


def encoder() -> str:
    """What decides how a sound is encoded."""
    import lameenc

    return f"lameenc {getattr(lameenc, '__version__', '')} {BIT_RATE}"


def files(key: str, folder: Path) -> tuple[Path, Path]:
    """The MP3 and the WebVTT of a recording."""
    return folder / f"{key}.mp3", folder / f"{key}.vtt"


def make(task: Task) -> Made:
    """Record. Sound goes to the file as it comes, so that a very long article needs little memory."""
    sound, cues = files(task.key, Path(task.folder))
    reader = voices.voice(task.voice)
    try:
        unfinished = _unfinished(sound)
        with unfinished.open("wb") as stream:
            starts, samples = _record(task.sentences, reader, stream)
        size = unfinished.stat().st_size
        times = [sample / reader.rate for sample in starts]
        _write(cues, webvtt(task.sentences, [*times, samples / reader.rate]))
        os.replace(unfinished, sound)
    finally:
        reader.close()
    return Made(size, round(samples * 1000 / reader.rate))


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


def _write(path: Path, text: str) -> None:
    unfinished = _unfinished(path)
    unfinished.write_text(text, encoding="utf-8")
    os.replace(unfinished, path)


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


def _unfinished(path: Path) -> Path:
    return path.with_name(f"{path.name}.{os.getpid()}.new")
