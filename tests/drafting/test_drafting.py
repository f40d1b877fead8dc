"""`new "TITLE"` creates a draft that builds without further edits, `new KIND "TITLE"` one of another kind."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from plugins.drafting import ARTICLE_LINES, find_kind, new_draft, split_words
from plugins.features.hooks import Kind
from plugins.markdown_reader import read
from plugins.portal.kinds import ARTICLE, BUILT_IN, PAGE
from plugins.problems import ContentError
from tests import front_matter_keys, portals

MOMENT = datetime(2026, 11, 23, 9, 5)
EVENT = Kind("event", "Events", "su-kien", "su-kien/", dated_by="starts", draft="place: \n")
VIETNAMESE = {"Events": "Sự kiện", "Latest news": "Tin mới", "Pages": "Trang"}


def new_article(title: str, content: Path) -> Path:
    return new_draft(title, ARTICLE, {"PATH": str(content)}, MOMENT, ARTICLE_LINES.format(category="Xã hội"))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Đường lên đèo Mây thông xe", "duong-len-deo-may-thong-xe.md"),
        ('Họp "nóng": 27 câu hỏi \\ trả lời', "hop-nong-27-cau-hoi-tra-loi.md"),
        ("  Một   bài\tmới  ", "mot-bai-moi.md"),
    ],
)
def test_the_file_can_be_read_at_once_and_keeps_the_title(tmp_path: Path, title: str, name: str) -> None:
    path = new_article(title, tmp_path)
    assert path == tmp_path / "articles" / "2026" / name
    _, values = read(str(path), str(tmp_path), front_matter_keys.ARTICLE, langs=["vi"])
    assert values["title"] == " ".join(title.split())
    assert (values["status"], values["date"], values["category"]) == ("draft", MOMENT, "Xã hội")


def test_an_existing_article_is_never_overwritten(tmp_path: Path) -> None:
    path = new_article("Một bài", tmp_path)
    path.write_text("của tôi", encoding="utf-8")
    with pytest.raises(ContentError):
        new_article("Một bài", tmp_path)
    assert path.read_text(encoding="utf-8") == "của tôi"


def test_a_title_without_letters_is_rejected(tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        new_article("!!! 🎉", tmp_path)


@pytest.mark.parametrize("name", ["su-kien", "Sự kiện", "sự  kiện", "event", "Events"])
def test_a_kind_is_named_by_its_folder_its_name_or_its_label(name: str) -> None:
    kinds = BUILT_IN | {"event": EVENT}
    assert find_kind(name, kinds, VIETNAMESE.__getitem__) is EVENT
    with pytest.raises(ContentError, match="articles, pages, su-kien"):
        find_kind("lich", kinds, VIETNAMESE.__getitem__)


def test_a_draft_of_a_kind_is_in_its_folder_with_its_keys(tmp_path: Path) -> None:
    path = new_draft("Chợ phiên", EVENT, {"PATH": str(tmp_path)}, MOMENT, EVENT.draft)
    assert path == tmp_path / "su-kien/2026/cho-phien.md"
    header = '---\ntitle: "Chợ phiên"\nstarts: 2026-11-23 09:05\nplace: \nstatus: draft\n---\n\n'
    assert path.read_text("utf-8") == header
    assert new_draft("Góp ý", PAGE, {"PATH": str(tmp_path)}, MOMENT) == tmp_path / "pages/gop-y.md"


@pytest.mark.parametrize(
    ("words", "kind", "title"),
    [
        ((), "", ""),
        (("Chợ họp lại",), "", "Chợ họp lại"),
        (("Chợ", "họp", "lại"), "", "Chợ họp lại"),
        (("Trang", "bị", "máy", "tính"), "", "Trang bị máy tính"),
        (("Họp", "chợ"), "", "Họp chợ"),
        (("thong-bao", "Mưa", "lớn"), "thong-bao", "Mưa lớn"),
        (("pages", "Góp", "ý"), "pages", "Góp ý"),
        (("Sự kiện", "Hội xuân"), "Sự kiện", "Hội xuân"),
    ],
)
def test_a_title_is_told_from_a_kind_without_quotation_marks(words: tuple[str, ...], kind: str, title: str) -> None:
    assert split_words(words, {"article": ARTICLE, "page": PAGE}) == (kind, title)


def test_the_command_creates_a_draft_that_passes_the_check(tmp_path: Path) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return portals.tasks(*words, "--content", str(tmp_path))

    created = run("new", "Khai giảng lớp chữ Thái")
    assert created.returncode == 0, created.stderr
    assert "khai-giang-lop-chu-thai.md" in created.stdout
    assert run("new", "Khai giảng lớp chữ Thái").returncode == 1
    refused = run("new", "khong-co", "Tên")
    assert refused.returncode == 1 and "articles, pages" in refused.stderr
    checked = run("check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.startswith("0 lỗi")
