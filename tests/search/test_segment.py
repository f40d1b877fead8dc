"""The files of a segment hold what articles say, and the page's script puts articles in order."""

from __future__ import annotations

import html
import json
import sqlite3
import zlib
from pathlib import Path

import pytest

from plugins.search import blocks, index
from tests.benchmarks import found
from tests.benchmarks.found_queries import Text

LONG = "Chợ phiên vùng cao họp sáng thứ bảy. " * 30
ARTICLES = {  # title, address, text
    "plain": ("Chợ phiên", "/bai-viet/cho-phien/", LONG),
    "short": ("Chợ phiên", "/a/", "Sáu chữ."),
    "nothing": ("Chợ phiên", "/a/", ""),
    "signs": ('"Chợ" \\ phiên', "/a/", '"' * 400 + " \\" * 300),
    "one word": ("Chợ", "/a/", "ợ" * 500),
    "long title": ("Chợ phiên " * 40, "/a/", LONG),
    "nothing fits": ("Chợ phiên " * 90, "/" + "a" * 900, LONG),
    "first words fill the card": ("Đ" * 120, "/" + "a" * 120, "ữ" * 150 + " hết"),
}


def _task(folder: Path, articles: dict[str, tuple[str, str]]) -> index.SegmentTask:
    """Return the task of indexing articles, titles and texts by path, which are written into a state."""
    (folder / "state.sqlite").unlink(missing_ok=True)
    with sqlite3.connect(folder / "state.sqlite") as db:
        db.execute("CREATE TABLE sources (path TEXT PRIMARY KEY, metadata TEXT)")
        db.execute("CREATE TABLE bodies (path TEXT PRIMARY KEY, html TEXT)")
        for path, (title, text) in articles.items():
            db.execute("INSERT INTO sources VALUES (?, ?)", (path, json.dumps({"title": title})))
            db.execute("INSERT INTO bodies VALUES (?, ?)", (path, html.escape(text)))
    rows = tuple(blocks.IndexRow(path, "", "/a/", "2026-01-01", "vi", "Kinh tế", ()) for path in articles)
    return index.SegmentTask(rows, str(folder / "state.sqlite"), str(folder / "1"), {}, {})


def test_a_card_has_its_place_whatever_an_article_says(tmp_path: Path) -> None:
    task = _task(tmp_path, {name: (title, text) for name, (title, _, text) in ARTICLES.items()})
    rows = tuple(row._replace(address=ARTICLES[row.path][1]) for row in task.rows)
    index.build_segment(task._replace(rows=rows))
    cards, texts = ((tmp_path / f"1.{ending}").read_bytes() for ending in ("cards", "texts"))
    assert len(cards) == len(ARTICLES) * blocks.CARD
    for number, (title, address, text) in enumerate(ARTICLES.values()):
        card = json.loads(cards[number * blocks.CARD :][: blocks.CARD])
        if len(card) == 2:
            card = json.loads(texts[card[0] : sum(card)])
        assert card[:2] == [" ".join(title.split()), address]
        start, size, first = card[5:]
        text = " ".join(text.split())
        assert text.startswith(first) and len(first) <= 200
        assert (zlib.decompress(texts[start : start + size], wbits=-15).decode() if size else first) == text


def test_an_edit_reads_one_block_and_the_index_is_as_if_all_were_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "SIZE", 4)
    articles = {f"{n}.md": (f"Bài U.{n}", f"Chợ phiên số {n}, ngày 7/4/2021. " * (n % 9)) for n in range(40)}
    task = _task(tmp_path, articles)
    parts = blocks.cut(task.rows)
    files = [tmp_path / f"{number}.block" for number in range(len(parts))]
    kept = task._replace(block_files=tuple(map(str, files)))
    whole = index.build_segment(task)
    assert len(parts) > 5 and index.build_segment(kept) == whole == index.build_segment(kept)
    files[1].write_bytes(b"\0" + files[1].read_bytes()[1:])  # damaged
    assert index.build_segment(kept) == whole

    edited = dict(articles) | {parts[2][0].path: ("Bài khác", "Lễ hội mùa xuân ở bản vùng cao.")}
    task = _task(tmp_path, edited)
    files[2].unlink()
    whole, read = index.build_segment(task), []
    monkeypatch.setattr(blocks, "save", lambda path, block: read.append(path))
    assert index.build_segment(kept) == whole and read == [str(files[2])]
    for left in ([*task.rows[:n], *task.rows[n + 1 :]] for n in range(40)):  # one is deleted
        cut = blocks.cut(left)
        assert [row for part in cut for row in part] == left
        assert sum([*part] not in [[*each] for each in blocks.cut(task.rows)] for part in cut) <= 1


TITLES = {
    # what it is about comes before what it is mentioned in, in any order of the files
    "chợ phiên": ["Chợ phiên", "Chợ phiên Bắc Hà", "Khách tây thích đi chợ phiên vùng cao dịp cuối năm mưa rét"],
    "đào": ["Hoa đào nở", "Bà con xã vùng cao trồng thêm một nghìn gốc đào"],
    "hồ": ["Hồ đầy nước", "Họ Hồ gặp mặt, ôn lại chuyện cũ sau nhiều năm xa quê"],
    "hộ nghèo": ["Thêm hộ nghèo thoát nghèo", "Hổ nghèo nàn, hổ nghèo đói"],
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> found.Engine:
    titles = [title for group in TITLES.values() for title in reversed(group)]
    texts = [Text(f"{i}", title, f"{title}. Tin của cổng thông tin số {i}.") for i, title in enumerate(titles)]
    return found.ours(texts, tmp_path_factory.mktemp("index"))


def test_a_title_that_is_about_the_words_comes_first(engine: found.Engine) -> None:
    titles = [title for group in TITLES.values() for title in reversed(group)]
    answers = engine([*TITLES])
    for words, expected, numbers in zip(TITLES, TITLES.values(), answers, strict=True):
        shown = [titles[number] for number in numbers]
        assert shown[: len(expected)] == expected, words


def test_words_that_were_run_together_and_figures_are_found_as_articles_have_them(tmp_path: Path) -> None:
    bodies = ["Thư gửi vanson.example.", *["Tỉnh Vân Sơn họp."] * 12, "Chợ Bản Lềnh", "Cấy 85 ha lúa", "Dài 1,4 km"]
    texts = [Text(f"{i}", f"Tin số {i}", body) for i, body in enumerate(bodies)]
    asked = {"vanson": 10, "banlenh": 1, "85ha": 1, "1,4km": 1}
    answers = found.ours(texts, tmp_path)([*asked])
    assert [*map(len, answers)] == [*asked.values()]
    assert [answers[1], answers[2], answers[3]] == [[13], [14], [15]]
    assert set(answers[0]) <= set(range(13))
