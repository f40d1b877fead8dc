"""What reading aloud costs: minutes of audio per second, bytes per minute, and MP3 compared with Opus."""

from __future__ import annotations

import json
import shutil
import sqlite3
import statistics
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import environment
from plugins.languages import language
from plugins.read_aloud import VOICES, pronunciations, script, voices
from plugins.read_aloud.sentences import Sentence

from . import RESULTS, SIZES, corpus, measure
from .corpus import ROOT

WORK = ROOT / ".cache" / "benchmarks" / "audio"
ARTICLES = 100
# Default size of articles: a few words. The cost of unchanged articles does not depend on their length.
STANDING = 1000
CODECS = [  # alternatives to MP3: name, arguments of ffmpeg
    ("MP3, 32 kbit/s (ours)", ["-c:a", "libmp3lame", "-b:a", "32k"], "mp3"),
    ("MP3, 40 kbit/s", ["-c:a", "libmp3lame", "-b:a", "40k"], "mp3"),
    ("Opus, 32 kbit/s", ["-c:a", "libopus", "-b:a", "32k", "-application", "voip"], "ogg"),
    ("Opus, 24 kbit/s", ["-c:a", "libopus", "-b:a", "24k", "-application", "voip"], "ogg"),
    ("Opus, 16 kbit/s", ["-c:a", "libopus", "-b:a", "16k", "-application", "voip"], "ogg"),
]


def main(sizes: Sequence[int], runs: int) -> None:
    """Measure with 100 articles, and measure what recordings add to a build of `sizes` in which nothing has changed."""
    report = [f"{ARTICLES} articles of about {corpus.WORDS} words", ""]
    report += _measure_recording(runs)
    report += _codecs()
    for size in (STANDING,) if tuple(sizes) == SIZES else sizes:
        report += _measure_unchanged(size, runs)
    text = "\n".join(report) + "\n"
    (RESULTS / "audio.md").write_text(text, encoding="utf-8")
    print(text)


def _measure_recording(runs: int) -> list[str]:
    """Measure clean builds with and without recordings in turn, then one edit."""
    with_audio, without = [], []
    for run in range(runs):
        portal = Portal(WORK / f"run-{run}", ARTICLES)
        without.append(portal.build("--no-audio").cpu)
        shutil.rmtree(portal.folder / "output.state")
        shutil.rmtree(portal.folder / "output")
        with_audio.append(portal.build().cpu)
    old = portal.recorded()
    minutes = sum(facts["length"] for facts in old.values()) / 60_000
    size = sum(facts["size"] for facts in old.values())
    spent = statistics.median(a - b for a, b in zip(with_audio, without, strict=True))
    portal.edit()
    portal.build()
    new = len(portal.recorded().keys() - old.keys())
    return [
        (
            f"- audio: {minutes:.0f} minutes; CPU seconds for it: {spent:.1f} "
            f"(build {statistics.median(with_audio):.1f}, without {statistics.median(without):.1f})"
        ),
        f"- minutes of audio a CPU second: {minutes / spent:.1f}",
        f"- size: {size / minutes / 1000:.0f} KB a minute",
        f"- recordings made after one edited body: {new}",
        "",
    ]


def _measure_unchanged(size: int, runs: int) -> list[str]:
    """Measure what recordings add to a build that finds nothing changed."""
    portal = Portal(WORK / f"standing-{size}", size, short=True)
    portal.build("--no-audio")
    without = [portal.build("--no-audio").cpu for _ in range(runs)]
    portal.build()
    with_audio = [portal.build().cpu for _ in range(runs)]
    a, b = statistics.median(with_audio), statistics.median(without)
    return [f"- nothing changed among {size} articles: {a:.2f} CPU s with recordings, {b:.2f} without: {a - b:+.2f}"]


def _codecs() -> list[str]:
    """Encode the same speech with several encoders (ffmpeg), and compare sizes."""
    from imageio_ffmpeg import get_ffmpeg_exe

    speech, rate = _speech_samples(10)
    minutes = len(speech) / 2 / rate / 60
    lines = [f"| {minutes:.0f} minutes of the same speech | KB a minute | beside ours |", "| --- | --: | --: |"]
    portal_size = 0.0
    for name, arguments, ending in CODECS:
        command = [
            get_ffmpeg_exe(),
            "-v",
            "error",
            "-f",
            "s16le",
            "-ar",
            str(rate),
            "-ac",
            "1",
            "-i",
            "-",
            *arguments,
            "-f",
            ending,
            "-",
        ]
        result = subprocess.run(command, input=speech, capture_output=True)
        if result.returncode:
            raise environment.CommandError(f"ffmpeg: {result.stderr.decode()[-200:]}")
        size = len(result.stdout) / minutes / 1000
        portal_size = portal_size or size
        lines.append(f"| {name} | {size:.0f} | {size / portal_size:.2f} |")
    return [*lines, ""]


def _speech_samples(count: int) -> tuple[bytes, int]:
    """Return the samples of some articles."""
    table = pronunciations.load_table("vi", ROOT / "content")[0]
    reader = voices.load_voice(VOICES["vi"])
    parts = []
    for article in corpus.articles(count):
        body = "".join(f"<p>{part}</p>" for part in article.body.split("\n\n") if part[0] not in "#!")
        sentences: list[Sentence] = script.article_sentences(
            article.title, datetime(2026, 1, 1), [], article.lead, body, language("vi"), table
        )
        parts += [reader.read(s.spoken) + bytes(2 * round(s.pause * reader.rate)) for s in sentences]
    return b"".join(parts), reader.rate


class Portal:
    """A portal of `size` articles in a folder of its own, with a cache of its own."""

    def __init__(self, folder: Path, size: int, short: bool = False) -> None:
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        corpus.write(folder / "content", size)
        for article in corpus.articles(size) if short else ():
            corpus.write_article(folder / "content", replace(article, lead="", body=f"Tin số {article.number}."))
        self.middle = next(a for a in corpus.articles(size) if a.number == size // 2)
        settings = f"from publishconf import *\nCACHE_PATH = {str(folder / 'cache')!r}\n"
        (folder / "settings.py").write_text(settings, encoding="utf-8")

    def build(self, *more: str) -> measure.Cost:
        # one process: what pool workers spend is not counted with the command's own time
        options = ["--content", "content", "--output", "output", "--config", self.folder / "settings.py"]
        options += ["--force", "--jobs", "1", *more]
        return measure.cost([sys.executable, ROOT / "tasks.py", "build", *options], self.folder, self.folder / "log")

    def edit(self) -> None:
        corpus.write_article(self.folder / "content", replace(self.middle, body=self.middle.body + "\n\nĐã sửa."))

    def recorded(self) -> dict[str, dict[str, int]]:
        """Return the size in bytes and the length in ms of every recording, by key."""
        with closing(sqlite3.connect(self.folder / "cache/artifacts/artifacts.sqlite")) as db:
            rows = db.execute("SELECT key, metadata FROM artifacts WHERE namespace = 'recordings'").fetchall()
        return {key: json.loads(metadata) for key, metadata in rows}
