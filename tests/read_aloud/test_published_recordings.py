"""Recordings in a finished portal."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import miniaudio
import pytest
from bs4 import BeautifulSoup

from plugins.read_aloud.script import SILENT
from tests import artifacts, editors, portals
from tests.incremental import builds
from tests.jobs.test_cluster import dask
from tests.read_aloud.test_recordings import decoded, onset, parse

SEEDS = [
    "kiem-tra-nhiem-vu-ban-quan-ly-khu-kinh-te-cua-khau-dong-dang-lang-son",
    "lanh-dao-ubnd-tinh-lam-viec-voi-cac-ban-quan-ly",
]


def articles(site: Path) -> list[Path]:
    """Return the folders of all articles."""
    pages = site.glob("**/bai-viet/*/index.html")
    return sorted(
        page.parent for page in pages if "<article" in page.read_text(encoding="utf-8")
    )  # not withdrawn, here


def visible(folder: Path) -> tuple[str, int]:
    """Return the readable text of an article's page, in order and without spaces, and where its body begins."""
    page = BeautifulSoup((folder / "index.html").read_text(encoding="utf-8"), "html.parser")
    for silent in page.select(f"{SILENT}, .body thead"):
        silent.decompose()
    parts = page.select("article h1, article .rail, article .lead, article .body")
    texts = [re.sub(r"\s", "", part.get_text()) for part in parts]
    return "".join(texts), len("".join(texts[:-1]))


def notes(folder: Path) -> str:
    """Return the corrections and updates of an article, without spaces."""
    page = BeautifulSoup((folder / "index.html").read_text(encoding="utf-8"), "html.parser")
    return re.sub(r"\s", "", "".join(part.get_text() for part in page.select(".changes")))


def cues(folder: Path) -> list[tuple[str, float, float, str]]:
    return parse((folder / f"{folder.name}.vtt").read_text(encoding="utf-8"))


def test_every_article_has_a_recording_and_cues_beside_its_page(site: Path) -> None:
    folders = articles(site)
    assert len(folders) > 30
    for folder in folders:
        assert {file.name for file in folder.iterdir()} >= {f"{folder.name}.mp3", f"{folder.name}.vtt"}


def test_every_cue_is_a_sentence_of_the_page_and_no_text_of_the_body_is_left_out(site: Path) -> None:
    """Cues are in order; only heads of tables have no cue of their own, since they are read with each cell."""
    for folder in articles(site):
        text, body = visible(folder)
        at = 0
        for name, *_, shown in cues(folder):
            sentence = re.sub(r"\s", "", unescape(shown))
            start = text.find(sentence, at)
            if start < 0 and sentence in notes(folder):  # read after the text, shown above it
                continue
            assert start >= 0, (folder.name, name, shown)
            assert not re.search(r"\w", text[max(at, body) : start]), (folder.name, name, text[max(at, body) : start])
            at = start + len(sentence)
        assert not re.search(r"\w", text[at:]), folder.name


def test_in_every_recording_each_sentence_starts_at_its_cue(site: Path) -> None:
    """Within a tenth of a second (some sounds begin softly), after silence; nothing is cut off or outside the file."""
    late = []
    for folder in articles(site):
        samples, rate = decoded((folder / f"{folder.name}.mp3").read_bytes())
        assert 8_000 < max(max(samples), -min(samples)) < 32_767, folder.name
        starts = [start for _, start, _, _ in cues(folder)]
        assert starts == sorted(set(starts)) and cues(folder)[-1][2] <= len(samples) / rate + 0.1
        for start in starts:
            before = samples[max(0, int((start - 0.2) * rate)) : int((start - 0.01) * rate)]
            assert max(map(abs, before), default=0) < 400, (folder.name, start)
            late.append(onset(samples, rate, max(0, start - 0.1)) - start)
    assert len(late) > 600
    assert min(late) >= -0.005 and max(late) <= 0.1


@pytest.mark.parametrize("slug", SEEDS)
def test_the_founding_articles_are_read(site: Path, slug: str) -> None:
    folder = site / "bai-viet" / slug
    sound = miniaudio.decode((folder / f"{slug}.mp3").read_bytes(), nchannels=1, sample_rate=22050)
    loudest = max(map(abs, sound.samples))
    assert 8_000 < loudest < 32_767
    length = len(sound.samples) / 22050
    assert abs(cues(folder)[-1][2] - length) < 0.1
    words = sum(len(shown.split()) for *_, shown in cues(folder))
    assert 140 < words / length * 60 < 200  # words per minute, as news are read


@pytest.mark.parametrize("slug", SEEDS)
def test_captions_are_read_once_and_controls_never(site: Path, slug: str) -> None:
    sentences = [shown for *_, shown in cues(site / "bai-viet" / slug)]
    assert sum(shown.startswith("Quang cảnh buổi") for shown in sentences) == 1
    assert not [shown for shown in sentences if "Trang chủ" in shown or "Chia sẻ" in shown or "In trang" in shown]


def build(tmp_path: Path, content: Path, **settings: object) -> builds.Built:
    built = builds.build(tmp_path / "output", content, tmp_path / "cache", AUDIO=True, **settings)
    assert built.status == 0, built.complaints + built.crash
    return built


def recordings(tmp_path: Path) -> set[str]:
    return {name for name in artifacts.artifact_times(tmp_path / "cache", "recordings") if name.endswith(".mp3")}


def test_an_edited_article_is_recorded_anew_and_nothing_else(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_article(content, "hai.md", title="Bài hai", tags="[lũ]")
    build(tmp_path, content)
    before = recordings(tmp_path)
    assert len(before) == 3
    editors.write_article(content, "hai.md", "Câu mới.", title="Bài hai", tags="[lũ]")
    rendered = build(tmp_path, content).reasons
    assert len(recordings(tmp_path) - before) == 1
    assert {name for name in rendered if name.endswith((".mp3", ".vtt"))} == {
        "bai-viet/hai/hai.mp3",
        "bai-viet/hai/hai.vtt",
    }
    assert build(tmp_path, content).counts == (0, 0, 0)


def test_another_topic_causes_no_new_recording(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_article(content, "hai.md", tags="[lũ]")
    build(tmp_path, content)
    before = recordings(tmp_path)
    editors.write_article(content, "hai.md", tags="[chè]")
    build(tmp_path, content)
    assert recordings(tmp_path) == before


def test_a_recording_is_removed_with_its_article(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_article(content, "hai.md")
    build(tmp_path, content)
    assert (tmp_path / "output/bai-viet/hai/hai.mp3").exists()
    (content / "articles/2026/hai.md").unlink()
    build(tmp_path, content)
    assert not (tmp_path / "output/bai-viet/hai").exists()


def test_lost_recordings_are_made_again_with_the_same_bytes(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    build(tmp_path, content)
    before = builds.contents(tmp_path / "output")
    for path in (tmp_path / "cache/artifacts/recordings").iterdir():
        path.unlink()
    (tmp_path / "output/bai-viet/mot-bai/mot-bai.mp3").unlink()
    build(tmp_path, content)
    assert builds.contents(tmp_path / "output") == before


def test_a_damaged_database_costs_time_only(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    build(tmp_path, content)
    before = builds.contents(tmp_path / "output")
    (tmp_path / "cache/artifacts/artifacts.sqlite").write_bytes(b"no database")
    build(tmp_path, content)
    assert builds.contents(tmp_path / "output") == before


def test_an_article_may_have_no_recording(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_article(content, "im-lang.md", audio="false")
    build(tmp_path, content)
    assert [path.name for path in (tmp_path / "output/bai-viet/im-lang").iterdir()] == ["index.html"]
    assert "data-sound" not in (tmp_path / "output/bai-viet/im-lang/index.html").read_text(encoding="utf-8")


def test_without_audio_nothing_is_recorded_and_old_recordings_are_removed(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    build(tmp_path, content)
    built = builds.build(tmp_path / "output", content, tmp_path / "cache", AUDIO=False)
    assert built.status == 0
    assert not [*(tmp_path / "output").rglob("*.mp3"), *(tmp_path / "output").rglob("*.vtt")]


def test_the_command_has_an_option_for_recordings(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    assert portals.build(tmp_path / "output", content).returncode == 0
    assert not list((tmp_path / "output").rglob("*.mp3"))


def test_editors_pronunciations_are_used_and_mistakes_in_them_are_reported(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    article = next(path for path in sorted(content.rglob("*.md")) if "bình thường" in path.read_text(encoding="utf-8"))
    article.write_text(f"{article.read_text(encoding='utf-8').rstrip()}\n\nCửa khẩu 友谊关.\n", encoding="utf-8")
    line = article.read_text(encoding="utf-8").count("\n")
    for _ in range(2):  # it is told as long as it is so
        told = build(tmp_path, content).complaints
        assert f"{article.name}:{line}: warning: the recording leaves out “友谊关”" in told
    before = recordings(tmp_path)
    table = editors.write_file(content, "cach-doc.txt", "bình thường = rất bình thường\n友谊关 = Hữu Nghị Quan\n")
    assert "leaves out" not in build(tmp_path, content).complaints
    assert len(recordings(tmp_path) - before) == 1
    table.write_text("bình thường rất bình thường\n", encoding="utf-8")
    built = builds.build(tmp_path / "output", content, tmp_path / "cache", AUDIO=True)
    assert built.status == 1
    assert re.search(r"cach-doc\.txt:1: .*UBND = ủy ban nhân dân", built.complaints), built.complaints


def test_a_wrong_voice_stops_the_build_with_one_line(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    voices = {"vi": {"engine": "espeak", "voice": "no-such-voice"}}
    built = builds.build(tmp_path / "output", content, tmp_path / "cache", AUDIO=True, READ_ALOUD_VOICES=voices)
    assert (built.status, built.crash) == (1, "")
    assert "no-such-voice" in built.complaints and "Traceback" not in built.complaints


def test_the_preview_records_the_newest_only(tmp_path: Path) -> None:
    content = tmp_path / "content"
    for day in range(1, 6):
        editors.write_article(content, f"bai-{day}.md", title=f"Bài {day}", date=f"2026-01-0{day}")

    def recorded() -> set[str]:
        return {path.parent.name for path in (tmp_path / "output").rglob("*.mp3")}

    build(tmp_path, content, READ_ALOUD_NEWEST=2)
    assert recorded() == {"bai-5", "bai-4"}
    build(tmp_path, content, READ_ALOUD_NEWEST=2)  # an editor who saves again does not wait for an older recording
    assert recorded() == {"bai-5", "bai-4"}
    editors.write_article(content, "bai-6.md", title="Bài 6", date="2026-01-06")
    build(tmp_path, content, READ_ALOUD_NEWEST=2)  # what has a recording keeps it
    assert recorded() == {"bai-6", "bai-5", "bai-4"}


BAD = {
    "digits only": "1234567890 " * 60,
    "emoji": "Vui " + "😀👍🎉 " * 100,
    "mixed writing": "中文 русский ไทย العربية Việt " * 20,
    "no full stop": "chữ " * 2500,
    "one word": "a" * 10_000,
    "markup": '&lt;speak&gt;&lt;break time="100s"/&gt; [[h@loU]] <b>đậm</b> \\<mark name="x"/> ' * 20,
}


def test_unusual_articles_get_recordings_of_the_right_length(tmp_path: Path) -> None:
    content = tmp_path / "content"
    for number, body in enumerate(BAD.values()):
        editors.write_article(content, f"xau-{number}.md", body, title=f"Bài xấu {number}")
    build(tmp_path, content)
    for number, (name, body) in enumerate(BAD.items()):
        folder = tmp_path / f"output/bai-viet/xau-{number}"
        all_cues = cues(folder)
        sound = miniaudio.decode((folder / f"{folder.name}.mp3").read_bytes(), nchannels=1, sample_rate=22050)
        assert abs(len(sound.samples) / 22050 - all_cues[-1][2]) < 0.1, name
        assert 2 < all_cues[-1][2] < 15 + len(body) * 0.6, name
        assert all(end - start < 240 for _, start, end, _ in all_cues), name


def test_an_article_in_which_there_is_nothing_to_read_has_no_recording_and_an_empty_one_is_told(tmp_path: Path) -> None:
    content = tmp_path / "content"
    editors.write_file(content, "images/anh.png", editors.photo(40, 30))
    bodies = {
        "rong": "",
        "chu-thich": "<!-- Chờ số liệu -->",
        "ngang": "***",
        "anh": "![Cánh đồng lúa](../../images/anh.png)",
        "nhap": "",
        "bang": "| Tuần | Lượt |\n|---|---|\n| 1 | 5 |",
        "loi-dan": "",
        "chu": "Một câu.",
    }
    for number, (name, body) in enumerate(bodies.items()):
        more = {"status": "draft"} if name == "nhap" else {"summary": "Lời dẫn."} if name == "loi-dan" else {}
        editors.write_article(content, f"{name}.md", body, date=f"2026-01-0{number + 1}", **more)
    built = build(tmp_path, content)
    published = {path.stem for path in (tmp_path / "output").rglob("*.mp3")}
    assert published == {"bang", "loi-dan", "chu"}
    feed = (tmp_path / "output/podcast/tin-moi.xml").read_text(encoding="utf-8")
    assert feed.count("<item>") == 3
    told = [line for line in built.complaints.splitlines() if "nothing below the header" in line]
    assert sorted(Path(line.partition(".md:1: warning: ")[0]).name for line in told) == [
        "chu-thich",
        "loi-dan",
        "ngang",
        "rong",
    ]


def test_a_cluster_records_the_same(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    local = builds.build(tmp_path / "here", content, tmp_path / "cache", AUDIO=True)
    with dask(1, tmp_path) as (address, _):
        remote = builds.build(tmp_path / "there", content, tmp_path / "other", AUDIO=True, SCHEDULER=address)
    assert (local.status, remote.status, remote.complaints) == (0, 0, "")
    sounds = {
        name: digest
        for name, digest in editors.file_digests(tmp_path / "here").items()
        if name.endswith((".mp3", ".vtt"))
    }
    assert len(sounds) == 4
    assert sounds.items() <= editors.file_digests(tmp_path / "there").items()
