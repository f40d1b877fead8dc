"""Voices: who reads a sentence aloud. eSpeak NG is built in; others can be added.

A voice is anything with `rate` (samples a second), `name` (all that decides how it sounds: program,
version, voice, speed) and `read(text)`, which gives 16-bit mono samples. It gets plain words, never markup,
so that nothing in an article can steer it.
"""

from __future__ import annotations

import _ctypes
import ctypes as c
import importlib.metadata
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from plugins.artifacts.files import digest
from plugins.i18n import translate


class VoiceError(Exception):
    """A voice that cannot be had; the message says what to do."""


class Voice(Protocol):
    """Reads sentences of one language."""

    rate: int
    name: str

    def read(self, text: str) -> bytes:
        """The samples of a sentence: 16-bit, mono, little-endian."""

    def close(self) -> None:
        """Give back what it holds."""


def voice(settings: Mapping[str, Any]) -> Voice:
    """The voice that the settings of a language describe: {"engine": "espeak", "voice": "vi", "speed": 140}.

    Raises VoiceError.
    """
    engine = ENGINES.get(settings.get("engine", ""))
    if engine is None:
        raise VoiceError(translate("READ_ALOUD_VOICES: engine must be one of {known}", known=", ".join(ENGINES)))
    return engine({key: value for key, value in settings.items() if key != "engine"})


LOUDNESS = 72  # of 200, of eSpeak; at 80 an MP3 in thirty has a sample that is cut off


def name(settings: Mapping[str, Any], stamped: bool = False) -> str:
    """What decides how a voice sounds, without loading it; part of every recording's key. Raises VoiceError.

    stamped: of its files not what is in them, but where they are and when they were written.
    """
    packages = {"espeak": "espeakng-loader", "piper": "piper-tts"}
    package = packages.get(settings.get("engine", ""), "")
    try:
        version = importlib.metadata.version(package) if package else ""
    except importlib.metadata.PackageNotFoundError:
        raise VoiceError(
            translate("the package {package} is missing; install it into .venv", package=package)
        ) from None
    known = dict(settings)
    if settings.get("engine") == "espeak":
        known["loudness"] = LOUDNESS
    file = Path(str(settings.get("voice", "")))
    if file.is_file():  # by what is in it, not by place: another machine has it elsewhere
        files = [part for part in (file, file.with_name(f"{file.name}.json")) if part.is_file()]
        known["voice"] = " ".join(_stamp(part) if stamped else digest(part.read_bytes()) for part in files)
    return " ".join([package, version, *(f"{key}={value}" for key, value in sorted(known.items()))])


def _stamp(file: Path) -> str:
    stat = file.stat()
    return f"{file} {stat.st_mtime_ns} {stat.st_size}"


# --- eSpeak NG: speak_lib.h of version 1.52 (https://github.com/espeak-ng/espeak-ng) ----------------


class _Id(c.Union):
    _fields_ = [("number", c.c_int), ("name", c.c_char_p), ("string", c.c_char * 8)]


class _Event(c.Structure):
    _fields_ = [
        ("type", c.c_int), ("unique_identifier", c.c_uint), ("text_position", c.c_int), ("length", c.c_int),
        ("audio_position", c.c_int), ("sample", c.c_int), ("user_data", c.c_void_p), ("id", _Id),
    ]  # fmt: skip


_CALLBACK = c.CFUNCTYPE(c.c_int, c.POINTER(c.c_short), c.c_int, c.POINTER(_Event))
_RETRIEVAL, _CHARACTER, _UTF8 = 2, 1, 1
_SPEED, _VOLUME = 1, 2
_SENTENCE, _END = 2, 0


class Espeak:
    """eSpeak NG. settings: voice (vi, vi-vn-x-central, vi-vn-x-south, en, en-us, …), speed in words a minute.

    The library is loaded for each instance and let go again: it keeps counters from sentence to sentence, and
    only a fresh one gives the same samples for the same text (it takes 4 ms).
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        import espeakng_loader

        self.name = name({"engine": "espeak", **settings})
        self._library = c.CDLL(espeakng_loader.get_library_path())
        self.rate = self._library.espeak_Initialize(_RETRIEVAL, 0, str(espeakng_loader.get_data_path()).encode(), 0)
        if self._library.espeak_SetVoiceByName(str(settings.get("voice", "")).encode()) != 0:
            self.close()
            raise VoiceError(translate("READ_ALOUD_VOICES: eSpeak has no voice {voice}", voice=settings.get("voice")))
        self._library.espeak_SetParameter(_SPEED, int(settings.get("speed", 140)), 0)
        self._library.espeak_SetParameter(_VOLUME, LOUDNESS, 0)
        self._library.espeak_ng_SetRandSeed(c.c_long(1))
        self._samples: list[bytes] = []
        self.begun: list[int] = []  # where the engine says that a sentence begins, in ms, of the text read last
        self._callback = _CALLBACK(self._receive)
        self._library.espeak_SetSynthCallback(self._callback)

    def read(self, text: str) -> bytes:
        self._samples, self.begun = [], []
        data = text.replace("\0", "").encode()
        self._library.espeak_Synth(data, c.c_size_t(len(data) + 1), 0, _CHARACTER, 0, _UTF8, None, None)
        self._library.espeak_Synchronize()
        return b"".join(self._samples)

    def _receive(self, samples: Any, count: int, events: Any) -> int:
        if samples and count > 0:
            self._samples.append(c.string_at(samples, count * 2))
        at = 0
        while events[at].type != _END:
            if events[at].type == _SENTENCE:
                self.begun.append(events[at].audio_position)
            at += 1
        return 0

    def close(self) -> None:
        self._library.espeak_Terminate()
        handle = self._library._handle
        del self._library
        _ctypes.FreeLibrary(handle) if sys.platform == "win32" else _ctypes.dlclose(handle)


class Piper:
    """Piper, a neural voice, where the owner has a voice file and has installed piper-tts.

    settings: voice (path of the .onnx file, its .onnx.json beside it).
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.name = name({"engine": "piper", **settings})
        file = Path(str(settings.get("voice", "")))
        if not file.is_file():
            raise VoiceError(translate("READ_ALOUD_VOICES: there is no voice file {file}", file=file))
        from piper import PiperVoice

        self._voice = PiperVoice.load(file)
        self.rate = self._voice.config.sample_rate

    def read(self, text: str) -> bytes:
        return b"".join(chunk.audio_int16_bytes for chunk in self._voice.synthesize(text))

    def close(self) -> None:
        del self._voice


ENGINES: dict[str, Callable[[Mapping[str, Any]], Voice]] = {"espeak": Espeak, "piper": Piper}
