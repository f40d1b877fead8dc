"""Files are opened and saved whole, never over somebody else's text, and nothing earlier is lost."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.desk.documents import ConflictError, Documents, Opened
from plugins.desk.files import PathError
from plugins.markdown_reader.front_matter import HeaderKeys
from tests import portals

PATH = "articles/2026/bai.md"
TEXT = '---\ntitle: "Bài"\nstatus: Nháp\n---\n\nNội dung.\n'


@pytest.fixture
def documents(tmp_path: Path) -> Documents:
    (tmp_path / "articles/2026").mkdir(parents=True)
    (tmp_path / PATH).write_text(TEXT, encoding="utf-8")
    return Documents(tmp_path, {"articles": HeaderKeys("article")}, lambda: datetime(2026, 11, 30, 8, 0))


@pytest.mark.parametrize(
    "path",
    [
        "../secret.md",
        "articles/../../secret.md",
        "/etc/passwd.md",
        "articles/.history/x.md",
        "articles/2026/anh.png",
        "pages/x.md",
        "articles\\..\\x.md",
        "articles/link.md",
        "articles/a\0.md",
    ],
)
def test_only_articles_are_opened(documents: Documents, path: str) -> None:
    (documents.content.parent / "secret.md").write_text("mật", encoding="utf-8")
    (documents.content / "articles/link.md").symlink_to(documents.content.parent / "secret.md")
    for act in (lambda: documents.open(path), lambda: documents.save(path, "x", "")):
        with pytest.raises(PathError):
            act()


def test_a_text_that_has_changed_meanwhile_is_not_replaced(documents: Documents) -> None:
    opened = documents.open(PATH)
    other = TEXT.replace("Nội dung", "Của người khác")
    (documents.content / PATH).write_text(other, encoding="utf-8")
    with pytest.raises(ConflictError) as conflict:
        documents.save(PATH, TEXT + "Của tôi.\n", opened.version)
    assert conflict.value.current.text == other == (documents.content / PATH).read_text(encoding="utf-8")
    (documents.content / PATH).unlink()
    with pytest.raises(ConflictError) as conflict:
        documents.save(PATH, TEXT, opened.version)
    assert conflict.value.current is None


def test_each_save_keeps_what_was_there(documents: Documents) -> None:
    version = documents.open(PATH).version
    for number in range(3):
        version = documents.save(PATH, f"{TEXT}{number}\n", version).version
    kept = documents.history.versions(PATH)
    texts = [documents.history.read(PATH, each.name).decode() for each in kept]
    assert texts == [f"{TEXT}1\n", f"{TEXT}0\n", TEXT]
    with pytest.raises(KeyError):
        documents.history.read(PATH, "../../bai.md")


@pytest.mark.parametrize("begin", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_what_is_not_changed_stays_byte_for_byte(documents: Documents, begin: bytes, line_end: bytes) -> None:
    file = documents.content / PATH
    data = begin + TEXT.encode().replace(b"\n", line_end)
    file.write_bytes(data)
    opened = documents.open(PATH)
    same = documents.with_changes(opened, {}, documents.body(opened))
    assert documents.save(PATH, same, opened.version).version == opened.version and file.read_bytes() == data
    documents.save(PATH, opened.text + "Thêm.\n", opened.version)
    assert file.read_bytes() == data + "Thêm.".encode() + line_end


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r\0"), max_size=300))
def test_any_body_that_is_opened_and_saved_is_the_same(body: str) -> None:
    documents = Documents(Path(), {"articles": HeaderKeys("article")})
    opened = Opened(PATH, f"---\ntitle: Bài\n---\n{body}", "")
    assert documents.with_changes(opened, {}, documents.body(opened)) == opened.text


def test_every_sample_article_is_opened_and_saved_unchanged() -> None:
    documents = Documents(portals.ROOT / "content", {"articles": HeaderKeys("article"), "pages": HeaderKeys("page")})
    entries = documents.entries.all()
    assert len(entries) > 40 and all(entry.title for entry in entries)
    for entry in entries:
        opened = documents.open(entry.path)
        assert documents.with_changes(opened, documents.values(opened), documents.body(opened)) == opened.text


def test_a_file_keeps_who_may_read_it(documents: Documents) -> None:
    file = documents.content / PATH
    file.chmod(0o640)
    documents.save(PATH, TEXT + "Thêm.\n", documents.open(PATH).version)
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_full_disk_leaves_the_file_as_it_was(documents: Documents, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    opened = documents.open(PATH)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        documents.save(PATH, TEXT + "Thêm.\n", opened.version)
    assert (documents.content / PATH).read_text(encoding="utf-8") == TEXT
    assert sorted(path.name for path in (documents.content / PATH).parent.iterdir()) == ["bai.md"]
