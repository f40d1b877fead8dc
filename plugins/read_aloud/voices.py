"""Voices that read sentences aloud. eSpeak NG is built in; others can be added to ENGINES.

A voice gets plain words, never markup, so nothing in an article can control it.
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
    """A voice cannot be loaded; the message says what to do about it."""


class Voice(Protocol):
    """Reads sentences of one language.

    rate: samples per second.
    name: everything that decides how it sounds: program, version, voice, speed.
    """

    rate: int
    name: str

    def read(self, text: str) -> bytes:
        """The samples of a sentence: 16-bit, mono, little-endian."""

    def close(self) -> None:
        """Release the engine."""


def load_voice(settings: Mapping[str, Any]) -> Voice:
    """Load the voice that settings describe, such as {"engine": "espeak", "voice": "vi", "speed": 140}.

    Raises VoiceError if there is no such engine or voice.
    """
    engine = ENGINES.get(settings.get("engine", ""))
    if engine is None:
        raise VoiceError(translate("READ_ALOUD_VOICES: engine must be one of {known}", known=", ".join(ENGINES)))
    return engine({key: value for key, value in settings.items() if key != "engine"})


# What machines are told of who reads (https://cv.iptc.org/newscodes/digitalsourcetype/): a voice of rules, or one that
# has learned from recordings of people.
_RULES, _LEARNED = "algorithmicMedia", "trainedAlgorithmicMedia"


def digital_source_type(settings: Mapping[str, Any]) -> str:
    """Return the name of the IPTC's digital source type of what a voice reads, such as "algorithmicMedia"."""
    return _RULES if settings.get("engine") == "espeak" else _LEARNED


LOUDNESS = 72  # eSpeak's volume, from 0 to 200; at 80 one MP3 in thirty has clipped samples


def voice_name(settings: Mapping[str, Any], read_files: bool = True) -> str:
    """Everything that decides how a voice sounds, without loading it; a part of every recording's key.

    Args:
        settings: As for `load_voice`.
        read_files: Identify the voice's files by their content; if false, by path, mtime and size, which is cheaper.

    Raises:
        VoiceError: The engine's package is not installed.
    """
    packages = {"espeak": "espeakng-loader", "piper": "piper-tts"}
    package = packages.get(settings.get("engine", ""), "")
    try:
        version = importlib.metadata.version(package) if package else ""
    except importlib.metadata.PackageNotFoundError:
        raise VoiceError(
            translate("the package {package} is missing; install it into .venv", package=package)
        ) from None
    parts = dict(settings)
    if settings.get("engine") == "espeak":
        parts["loudness"] = LOUDNESS
    file = Path(str(settings.get("voice", "")))
    if file.is_file():  # not by its path: another machine has it elsewhere
        files = [path for path in (file, file.with_name(f"{file.name}.json")) if path.is_file()]
        parts["voice"] = " ".join(digest(path.read_bytes()) if read_files else _stamp(path) for path in files)
    return " ".join([package, version, *(f"{key}={value}" for key, value in sorted(parts.items()))])


def _stamp(file: Path) -> str:
    stat = file.stat()
    return f"{file} {stat.st_mtime_ns} {stat.st_size}"


# --- eSpeak NG: speak_lib.h of version 1.52 (https://github.com/espeak-ng/espeak-ng) ----------------


class _EventId(c.Union):
    _fields_ = [("number", c.c_int), ("name", c.c_char_p), ("string", c.c_char * 8)]


class _Event(c.Structure):
    _fields_ = [
        ("type", c.c_int),
        ("unique_identifier", c.c_uint),
        ("text_position", c.c_int),
        ("length", c.c_int),
        ("audio_position", c.c_int),
        ("sample", c.c_int),
        ("user_data", c.c_void_p),
        ("id", _EventId),
    ]


_SYNTH_CALLBACK = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_int, c.POINTER(_Event))
_AUDIO_OUTPUT_RETRIEVAL = 2
_POSITION_CHARACTER = 1
_CHARACTERS_UTF8 = 1
_PARAMETER_RATE, _PARAMETER_VOLUME = 1, 2
_EVENT_LIST_TERMINATED, _EVENT_SENTENCE = 0, 2


class Espeak:
    """eSpeak NG. Its settings: voice (vi, vi-vn-x-central, vi-vn-x-south, en, …) and speed in words per minute.

    Each instance loads the library and unloads it again (4 ms): it keeps counters between sentences, and only a
    fresh copy gives the same samples for the same text.
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        import espeakng_loader

        self.name = voice_name({"engine": "espeak", **settings})
        self._library = c.CDLL(espeakng_loader.get_library_path())
        data_path = str(espeakng_loader.get_data_path()).encode()
        self.rate: int = self._library.espeak_Initialize(_AUDIO_OUTPUT_RETRIEVAL, 0, data_path, 0)
        if self._library.espeak_SetVoiceByName(str(settings.get("voice", "")).encode()) != 0:
            self.close()
            raise VoiceError(translate("READ_ALOUD_VOICES: eSpeak has no voice {voice}", voice=settings.get("voice")))
        self._library.espeak_SetParameter(_PARAMETER_RATE, int(settings.get("speed", 140)), 0)
        self._library.espeak_SetParameter(_PARAMETER_VOLUME, LOUDNESS, 0)
        self._library.espeak_ng_SetRandSeed(c.c_long(1))
        self._samples: list[bytes] = []
        self.sentence_starts: list[int] = []  # in the text read last, in ms, as reported by the engine
        self._callback = _SYNTH_CALLBACK(self._receive)
        self._library.espeak_SetSynthCallback(self._callback)

    def read(self, text: str) -> bytes:
        self._samples, self.sentence_starts = [], []
        data = text.replace("\0", "").encode()
        self._library.espeak_Synth(
            data, c.c_size_t(len(data) + 1), 0, _POSITION_CHARACTER, 0, _CHARACTERS_UTF8, None, None
        )
        self._library.espeak_Synchronize()
        return b"".join(self._samples)

    def _receive(self, samples: int | None, count: int, events: c._Pointer[_Event]) -> int:
        """Collect samples (at an address, 16-bit) and events from the engine; 0 tells it to go on."""
        if samples and count > 0:
            self._samples.append(c.string_at(samples, count * 2))
        index = 0
        while events[index].type != _EVENT_LIST_TERMINATED:
            if events[index].type == _EVENT_SENTENCE:
                self.sentence_starts.append(events[index].audio_position)
            index += 1
        return 0

    def close(self) -> None:
        self._library.espeak_Terminate()
        handle = self._library._handle  # noqa: SLF001  ctypes has no public way to unload a library
        del self._library
        if sys.platform == "win32":
            _ctypes.FreeLibrary(handle)
        else:
            _ctypes.dlclose(handle)


class Piper:
    """Piper, a neural voice, for owners who have a voice file and have installed piper-tts.

    Its setting: voice, the path of the .onnx file, which has its .onnx.json beside it.
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.name = voice_name({"engine": "piper", **settings})
        file = Path(str(settings.get("voice", "")))
        if not file.is_file():
            raise VoiceError(translate("READ_ALOUD_VOICES: there is no voice file {file}", file=file))
        from piper import PiperVoice

        self._voice = PiperVoice.load(file)
        self.rate: int = self._voice.config.sample_rate

    def read(self, text: str) -> bytes:
        return b"".join(chunk.audio_int16_bytes for chunk in self._voice.synthesize(text))

    def close(self) -> None:
        del self._voice


ENGINES: dict[str, Callable[[Mapping[str, Any]], Voice]] = {"espeak": Espeak, "piper": Piper}
