"""What the front page plays, and which articles lists mark: follows the recordings that are there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests import editors
from tests.incremental import builds


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    for hour, more in (("07", {}), ("08", {"audio": "false"}), ("09", {})):
        editors.write_article(
            folder, f"bai-{hour}.md", "Lời.", title=f"Tin {hour} giờ", date=f"2026-01-05 {hour}:00", **more
        )
    editors.write_article(folder, "cu.md", "Lời.", title="Tin hôm trước", date="2026-01-04 23:00")
    editors.write_article(folder, "moi.md", "Lời.", title="Không đọc", date="2026-01-06 08:00", audio="false")
    return folder


def read_home(tmp_path: Path, content: Path, **settings: object) -> BeautifulSoup:
    built = builds.build(tmp_path / "output", content, tmp_path / "cache", **settings)
    assert built.status == 0, built.complaints + built.crash
    return editors.read_page(tmp_path / "output/index.html")


def test_the_recorded_articles_of_the_newest_day_are_played(tmp_path: Path, content: Path) -> None:
    home = read_home(tmp_path, content, AUDIO=True)
    news = json.loads(home.select_one("#news-player")["data-news"])
    assert [title for title, *_ in news] == ["Tin 09 giờ", "Tin 07 giờ"]
    assert all(
        (tmp_path / "output" / sound).is_file() and (tmp_path / "output" / page).is_dir() for _, page, sound in news
    )
    assert "Tin ngày 05/01/2026 · 2 bài · 1 phút" in " ".join(home.select_one(".listen").get_text().split())
    marked = {story.a.get_text() for story in home.select("article, .news li") if story.select(".sound")}
    assert marked == {"Tin 09 giờ", "Tin 07 giờ", "Tin hôm trước"}


def test_lists_and_the_front_page_follow_a_recording(tmp_path: Path, content: Path) -> None:
    read_home(tmp_path, content, AUDIO=True)
    editors.write_article(content, "moi.md", "Lời.", title="Không đọc", date="2026-01-06 08:00")
    home = read_home(tmp_path, content, AUDIO=True)
    assert [title for title, *_ in json.loads(home.select_one("#news-player")["data-news"])] == ["Không đọc"]
    listed = editors.read_page(tmp_path / "output/tin-moi/index.html").select(".item:has(.sound) h2")
    assert "Không đọc" in [heading.get_text() for heading in listed]


def test_without_recordings_there_is_nothing_to_press(tmp_path: Path, content: Path) -> None:
    home = read_home(tmp_path, content, AUDIO=False)
    assert not home.select(".listen, #news-player, .sound")
