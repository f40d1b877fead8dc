"""Recordings that eSpeak and LAME make of sentences: cues, loudness, and the same bytes every time."""

from __future__ import annotations

import array
import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import miniaudio
import pytest

from plugins.read_aloud import recordings, voices
from plugins.read_aloud.recordings import RecordingTask
from plugins.read_aloud.sentences import SENTENCE_PAUSE, Sentence
from tests import editors

VOICE = {"engine": "espeak", "voice": "vi", "speed": 160}
SPOKEN = [
    "kiểm tra việc thực hiện nhiệm vụ",
    "ngày bảy tháng tư, chủ tịch tới thăm.",
    "hai trên hai kiến nghị.",
    "bốn mươi mốt phần trăm kế hoạch vốn trong năm",
]
SENTENCES = tuple(Sentence(f"Câu <{n}> & chữ", text, 0.5) for n, text in enumerate(SPOKEN))
CUE = re.compile(r"(cau-\d+)\n(\d\d):(\d\d):(\d\d\.\d{3}) --> (\d\d):(\d\d):(\d\d\.\d{3})\n(.+)\n")


def record(
    folder: Path, sentences: tuple[Sentence, ...] = SENTENCES, voice: dict[str, object] = VOICE
) -> tuple[Path, list]:
    """Return the MP3 and its cues: (id, start in s, end in s, text)."""
    folder.mkdir(parents=True, exist_ok=True)
    sound, cues = folder / "a.mp3", folder / "a.vtt"
    recording = recordings.record(RecordingTask("a", sentences, voice, sound, cues))
    assert sound.stat().st_size == recording.size
    return sound, parse(cues.read_text(encoding="utf-8"))


def parse(text: str) -> list[tuple[str, float, float, str]]:
    """Return the cues of a WebVTT file."""
    assert text.startswith("WEBVTT\n\n")

    def seconds(hours: str, minutes: str, rest: str) -> float:
        return int(hours) * 3600 + int(minutes) * 60 + float(rest)

    return [(m[1], seconds(*m.group(2, 3, 4)), seconds(*m.group(5, 6, 7)), m[8]) for m in CUE.finditer(text)]


def decoded(sound: bytes) -> tuple[array.array, int]:
    """Return the samples of an MP3 and its sample rate."""
    audio = miniaudio.decode(sound, nchannels=1, sample_rate=22050)
    return audio.samples, audio.sample_rate


def onset(samples: array.array, rate: int, after: float) -> float:
    """Return when, in seconds, a sound begins after a time of silence."""
    at = int(after * rate)
    return next(n for n in range(at, len(samples)) if abs(samples[n]) > 400) / rate


def test_every_sentence_has_a_cue_with_its_text(tmp_path: Path) -> None:
    _, cues = record(tmp_path)
    assert [name for name, *_ in cues] == ["cau-1", "cau-2", "cau-3", "cau-4"]
    assert cues[0][3] == "Câu &lt;0&gt; &amp; chữ"


def test_cues_start_where_the_engine_reports_its_sentences(tmp_path: Path) -> None:
    """The engine reports each sentence's beginning; what was read before it is counted in samples."""
    _, cues = record(tmp_path)
    reader = voices.Espeak(VOICE)
    before = 0.0
    for (_, start, _, _), sentence in zip(cues, SENTENCES, strict=True):
        data = reader.read(sentence.spoken)
        assert abs(start - (before + reader.sentence_starts[0] / 1000)) <= 0.08
        before += len(data) / 2 / reader.rate + sentence.pause
    reader.close()


def test_in_the_decoded_file_each_sentence_starts_at_its_cue(tmp_path: Path) -> None:
    """Sound begins at most 80 ms after the cue (eSpeak begins some sounds softly), and before it is silence."""
    sound, cues = record(tmp_path)
    samples, rate = decoded(sound.read_bytes())
    for _, start, _, _ in cues:
        quiet = samples[max(0, int((start - 0.2) * rate)) : int((start - 0.01) * rate)]
        assert max(map(abs, quiet), default=0) < 400
        assert -0.005 <= onset(samples, rate, start - 0.1) - start <= 0.08


def test_cues_ascend_and_stay_inside_the_file(tmp_path: Path) -> None:
    sound, cues = record(tmp_path)
    samples, rate = decoded(sound.read_bytes())
    starts = [start for _, start, *_ in cues]
    assert starts == sorted(set(starts))
    assert all(end > start for _, start, end, _ in cues)
    assert cues[-1][2] <= len(samples) / rate


def test_the_sound_is_neither_silent_nor_cut_off(tmp_path: Path) -> None:
    sound, _ = record(tmp_path)
    samples, _ = decoded(sound.read_bytes())
    loudest = max(map(abs, samples))
    assert 8_000 < loudest < 32_767
    assert sum(abs(s) >= 32_700 for s in samples) == 0


def test_a_recording_is_the_same_every_time(tmp_path: Path) -> None:
    first = record(tmp_path / "one")[0].read_bytes()
    record(tmp_path / "between", SENTENCES[2:])  # the result must not depend on earlier calls of the library
    assert record(tmp_path / "two")[0].read_bytes() == first


def test_a_minute_takes_at_most_300_kilobytes(tmp_path: Path) -> None:
    sound, cues = record(tmp_path, SENTENCES * 8)
    assert sound.stat().st_size / cues[-1][2] * 60 <= 300_000


def test_all_spoken_and_shown_text_is_in_the_key() -> None:
    parts = tuple(recordings.key_parts(SENTENCES))
    assert parts == tuple(recordings.key_parts(SENTENCES))
    changes = ({"shown": "x"}, {"spoken": "x"}, {"pause": 9.0})
    others = {tuple(recordings.key_parts([replace(SENTENCES[0], **change), *SENTENCES[1:]])) for change in changes}
    assert len({parts, tuple(recordings.key_parts(SENTENCES[1:])), *others}) == 5


def test_the_name_of_a_voice_depends_on_the_content_of_its_file_and_not_on_its_path(tmp_path: Path) -> None:
    names = []
    for place, sound, config in (("a", "x", "{}"), ("b", "x", "{}"), ("c", "y", "{}"), ("d", "x", "[]")):
        (tmp_path / place).mkdir()
        (tmp_path / place / "voice.onnx").write_text(sound)
        (tmp_path / place / "voice.onnx.json").write_text(config)
        names.append(voices.voice_name({"engine": "espeak", "voice": str(tmp_path / place / "voice.onnx")}))
    assert names[0] == names[1] and len(set(names)) == 3


def test_an_english_voice_reads_english(tmp_path: Path) -> None:
    words = (Sentence("The desk", "The border gate has opened an information desk."),)
    english = record(tmp_path / "en", words, {"engine": "espeak", "voice": "en", "speed": 160})[0]
    vietnamese = record(tmp_path / "vi", words)[0]
    assert english.read_bytes() != vietnamese.read_bytes()


@pytest.mark.parametrize(
    "settings",
    [
        {"engine": "espeak", "voice": "no-such-voice"},
        {"engine": "nobody"},
        {},
        {"engine": "piper", "voice": "/no/voice.onnx"},
    ],
)
def test_a_missing_voice_is_reported_in_one_line(settings: dict[str, str]) -> None:
    with pytest.raises(voices.VoiceError) as error:
        voices.load_voice(settings)
    assert "\n" not in str(error.value)


HOSTILE = {
    "nothing but digits": "không " * 200,
    "markup of speech": '<speak><mark name="x"/><audio src="/etc/passwd"/>chào</speak>',
    "phonemes": "[[h@loU]]",
    "zeros": "chào\0bạn",
    "other writing": "中文 русский ไทย العربية 😀",
    "nothing": "",
    "one long word": "a" * 4000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_every_text_gives_sound_of_a_bounded_length(text: str, tmp_path: Path) -> None:
    sound, cues = record(tmp_path, (Sentence("x", text, SENTENCE_PAUSE), Sentence("Hết", "hết")))
    samples, rate = decoded(sound.read_bytes())
    assert len(cues) == 2 and 0.9 < len(samples) / rate < 60 + len(text)
    assert abs(len(samples) / rate - cues[-1][2]) < 0.1


def test_ssml_markup_has_no_effect(tmp_path: Path) -> None:
    """Otherwise there would be a pause of ten seconds."""
    plain = record(tmp_path / "one", (Sentence("x", "chào bạn"),))[1]
    marked = record(tmp_path / "two", (Sentence("x", '<break time="10s"/>chào bạn'),))[1]
    assert marked[-1][2] - plain[-1][2] < 4


def test_the_tag_names_title_agency_and_date() -> None:
    from io import BytesIO
    from types import SimpleNamespace as Some

    from mutagen.id3 import ID3

    from plugins.languages import language
    from plugins.read_aloud.id3_tags import Id3Tag

    story = Some(
        title="Chợ Bản Lềnh họp lại",
        date=datetime(2026, 9, 20),
        lang="vi",
        url="bai-viet/cho/",
        card_digest="c",
        picture_paths=[],
        edition=Some(agency={"portal": "Cổng tỉnh", "name": "Vân Sơn"}, language=language("vi")),
    )
    data = Id3Tag(story, Some(key="k"), None, "https://vanson.example", "algorithmicMedia").to_bytes
    tag = ID3(BytesIO(data()))
    assert (str(tag["TIT2"]), str(tag["TPE1"]), str(tag["TDRC"])) == (
        "Chợ Bản Lềnh họp lại",
        "Cổng tỉnh Vân Sơn",
        "2026-09-20",
    )
    assert str(tag["COMM::vie"]) == "Giọng máy"
    assert str(tag["TXXX:DigitalSourceType"]) == "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"
    assert data() == data()


def test_pages_tell_machines_that_a_machine_reads(site: Path) -> None:
    page = editors.read_page(site / "bai-viet/cho-ban-lenh-hop-lai/index.html")
    found = [json.loads(each.string) for each in page.find_all("script", type="application/ld+json")]
    (audio,) = (node["audio"] for each in found for node in each.get("@graph", ()) if "audio" in node)
    assert audio["@type"] == "AudioObject"
    assert audio["digitalSourceType"] == "https://schema.org/AlgorithmicMediaDigitalSource"
    assert (site / audio["contentUrl"].removeprefix("https://vanson.example/")).is_file()
    assert voices.digital_source_type({"engine": "piper", "voice": "x.onnx"}) == "trainedAlgorithmicMedia"
