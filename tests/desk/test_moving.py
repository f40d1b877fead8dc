"""A file that moves takes its history along, and every link leads where it led."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from plugins.desk import moving, relinking
from plugins.desk.documents import ConflictError, Documents
from plugins.desk.files import PathError
from plugins.markdown_reader.front_matter import HeaderKeys
from tests import editors

OLD, NEW = "articles/2025/bai.md", "articles/2026/ten-moi.md"
HEADER = "---\ntitle: Bài\n---\n\n"
TEXT = f"{HEADER}![Ảnh](../../images/a b.png)\n"


@pytest.fixture
def documents(tmp_path: Path) -> Documents:
    editors.write_file(tmp_path, OLD, TEXT)
    editors.write_file(tmp_path, "articles/2025/khac.md", f"{HEADER}[Xem](bai.md#muc-1) và [nữa](<bai.md>).\n")
    editors.write_file(tmp_path, "articles/2026/la.md", f"{HEADER}Chữ bai.md.\n\n[x]: ../2025/bai.md\n")
    keys = {"articles": HeaderKeys("article"), "pages": HeaderKeys("page")}
    return Documents(tmp_path, keys, lambda: datetime(2026, 11, 30, 8, 0))


def test_links_to_a_file_that_moves_lead_there(documents: Documents) -> None:
    version = documents.save(OLD, TEXT + "Thêm.\n", documents.open(OLD).version).version
    changed = moving.move(documents, OLD, NEW, version, TEXT + "Thêm.\n")
    assert sorted(changed) == ["articles/2025/khac.md", "articles/2026/la.md"]
    assert not (documents.content / OLD).exists() and documents.open(NEW).text == TEXT + "Thêm.\n"
    text = (documents.content / "articles/2025/khac.md").read_text("utf-8")
    assert text == f"{HEADER}[Xem](../2026/ten-moi.md#muc-1) và [nữa](<../2026/ten-moi.md>).\n"
    text = (documents.content / "articles/2026/la.md").read_text("utf-8")
    assert text == f"{HEADER}Chữ bai.md.\n\n[x]: ten-moi.md\n"
    kept = documents.history.versions(NEW)
    assert [documents.history.read(NEW, each.name).decode() for each in kept] == [TEXT]


@pytest.mark.parametrize(
    ("written", "moved"),
    [
        ("[a](khac.md)", "[a](../2025/khac.md)"),
        ("![a](./anh.png 'b')", "![a](../2025/anh.png 'b')"),
        ("[a](bai.md#x)", "[a](moi.md#x)"),
        (
            "[a](/bai-viet/x/) [b](https://x.example/khac.md) [c](#x)",
            "[a](/bai-viet/x/) [b](https://x.example/khac.md) [c](#x)",
        ),
        ("[a](khong-co.md)", "[a](khong-co.md)"),
        ("cover: anh.png", "cover: ../2025/anh.png"),
        ("[a](<anh 1.png>) [b](anh%201.png)", "[a](<../2025/anh 1.png>) [b](../2025/anh%201.png)"),
    ],
)
def test_relative_paths_of_a_file_that_moves_are_written_anew(written: str, moved: str) -> None:
    there = {f"articles/2025/{name}" for name in ("khac.md", "anh.png", "bai.md", "anh 1.png")}
    assert relinking.moved_itself(written, OLD, "articles/2026/moi.md", there.__contains__) == moved


def test_nothing_is_moved_over_another_file_or_elsewhere(documents: Documents) -> None:
    version = documents.open(OLD).version
    with pytest.raises(moving.TakenError):
        moving.move(documents, OLD, "articles/2026/la.md", version, TEXT)
    for elsewhere in ("pages/bai.md", "../bai.md", "articles/.history/bai.md"):
        with pytest.raises(PathError):
            moving.move(documents, OLD, elsewhere, version, TEXT)
    with pytest.raises(ConflictError):
        moving.move(documents, OLD, NEW, "another", TEXT)
    assert documents.open(OLD).text == TEXT and not (documents.content / NEW).exists()


def test_what_is_deleted_can_be_put_back(documents: Documents) -> None:
    moving.delete(documents, OLD, documents.open(OLD).version, "Nguyễn Văn A/../B")
    ((path, version),) = documents.history.deleted(documents.content)
    assert (path, version.by) == (OLD, "Nguyễn Văn A .. B")
    assert moving.restore(documents, OLD).text == TEXT
    assert documents.history.deleted(documents.content) == []
