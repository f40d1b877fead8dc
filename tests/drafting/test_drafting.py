"""`new "TITLE"` creates a draft that builds without further edits."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from plugins.drafting import new_article
from plugins.markdown_reader import read
from plugins.problems import ContentError
from tests import front_matter_keys, portals

MOMENT = datetime(2026, 11, 23, 9, 5)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Đường lên đèo Mây thông xe", "duong-len-deo-may-thong-xe.md"),
        ('Họp "nóng": 27 câu hỏi \\ trả lời', "hop-nong-27-cau-hoi-tra-loi.md"),
        ("  Một   bài\tmới  ", "mot-bai-moi.md"),
    ],
)
def test_the_file_can_be_read_at_once_and_keeps_the_title(tmp_path: Path, title: str, name: str) -> None:
    path = new_article(title, tmp_path, "Xã hội", MOMENT)
    assert path == tmp_path / "articles" / "2026" / name
    _, values = read(str(path), str(tmp_path), front_matter_keys.ARTICLE, langs=["vi"])
    assert values["title"] == " ".join(title.split())
    assert (values["status"], values["date"], values["category"]) == ("draft", MOMENT, "Xã hội")


def test_an_existing_article_is_never_overwritten(tmp_path: Path) -> None:
    path = new_article("Một bài", tmp_path, "Xã hội", MOMENT)
    path.write_text("của tôi", encoding="utf-8")
    with pytest.raises(ContentError):
        new_article("Một bài", tmp_path, "Xã hội", MOMENT)
    assert path.read_text(encoding="utf-8") == "của tôi"


def test_a_title_without_letters_is_rejected(tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        new_article("!!! 🎉", tmp_path, "Xã hội", MOMENT)


def test_the_command_creates_a_draft_that_passes_the_check(tmp_path: Path) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return portals.tasks(*words, "--content", str(tmp_path))

    created = run("new", "Khai giảng lớp chữ Thái")
    assert created.returncode == 0, created.stderr
    assert "khai-giang-lop-chu-thai.md" in created.stdout
    assert run("new", "Khai giảng lớp chữ Thái").returncode == 1
    checked = run("check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.startswith("0 lỗi")
