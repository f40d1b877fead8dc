"""Whatever happens while the desk writes (it is killed, the disk is full, the drive is strange), no word is lost."""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from plugins.desk import moving
from plugins.desk.documents import ConflictError, Documents
from plugins.desk.reviews import AGREED, Answer, Reviews
from plugins.markdown_reader.front_matter import HeaderKeys
from tests import editors

PATH, NEW = "articles/2026/bai.md", "articles/2027/moi.md"
OTHER = "articles/2026/khac.md"
HEADER = "---\ntitle: Bài\n---\n\n"
FIRST, SECOND = f"{HEADER}Bản thứ nhất.\n", f"{HEADER}Bản thứ hai, dài hơn.\n"
LINKING = f"{HEADER}Xem [bài](bai.md).\n"
NOW = datetime(2026, 11, 30, 8, 0)
STEPS = {"open", "write", "flush", "fsync", "close", "chmod", "replace", "rename", "unlink", "mkdir", "rmdir"}


def documents_in(content: Path) -> Documents:
    return Documents(content, {"articles": HeaderKeys("article")}, lambda: NOW)


def fill(content: Path) -> Documents:
    """Write an article that was saved once, and one that links to it."""
    editors.write_file(content, PATH, FIRST)
    editors.write_file(content, OTHER, LINKING)
    return documents_in(content)


def killed_at_each_step(folder: Path, act: Callable[[Documents], object]) -> Iterator[Path]:
    """Yield content folders in which something was done by a process that was killed before its n-th step, n = 0, 1, …

    A step is a call that opens, writes, closes, renames or removes a file.
    """
    number, is_killed = 0, True
    while is_killed:
        content = folder / str(number)
        documents = fill(content)
        child = os.fork()
        if not child:
            kill_before_step(number)
            act(documents)
            os._exit(0)
        is_killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
        yield content
        number += 1
    assert number > 5


def kill_before_step(number: int) -> None:
    """Have this process killed before a step."""
    steps = iter(range(number))

    def count(_frame: object, event: str, function: object) -> None:
        if event == "c_call" and getattr(function, "__name__", "") in STEPS and next(steps, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)


def kept(documents: Documents, path: str) -> list[str]:
    """Return what the history has of a file."""
    versions = documents.history.versions(path)
    return [documents.history.read(path, version.name).decode() for version in versions]


def test_a_save_that_is_killed_leaves_the_old_text_or_the_new_one(tmp_path: Path) -> None:
    for content in killed_at_each_step(
        tmp_path, lambda documents: documents.save(PATH, SECOND, documents.open(PATH).version)
    ):
        documents = documents_in(content)
        text = documents.open(PATH).text
        assert text == FIRST or (text == SECOND and FIRST in kept(documents, PATH)), content.name
        assert sorted(entry.path for entry in documents.entries.all()) == [PATH, OTHER]
        documents.save(PATH, f"{SECOND}Nữa.\n", documents.open(PATH).version)  # nothing that is left is in the way


def test_a_move_that_is_killed_leaves_the_text_at_one_place_at_least(tmp_path: Path) -> None:
    def move(documents: Documents) -> None:
        moving.move(documents, PATH, NEW, documents.open(PATH).version, SECOND)

    for content in killed_at_each_step(tmp_path, move):
        documents = documents_in(content)
        texts = [documents.open(path).text for path in (PATH, NEW) if (content / path).exists()]
        assert FIRST in texts or SECOND in texts, content.name
        linking = documents.open(OTHER).text
        assert linking == LINKING or (linking == LINKING.replace("bai.md", "../2027/moi.md") and SECOND in texts)


def test_a_deletion_that_is_killed_can_be_taken_back(tmp_path: Path) -> None:
    def delete(documents: Documents) -> None:
        moving.delete(documents, PATH, documents.open(PATH).version)

    for content in killed_at_each_step(tmp_path, delete):
        documents = documents_in(content)
        if not (content / PATH).exists():
            assert moving.restore(documents, PATH).text == FIRST
        assert documents.open(PATH).text == FIRST


def test_an_answer_that_is_killed_costs_no_earlier_one(tmp_path: Path) -> None:
    first, second = (Answer(name, NOW.isoformat(), AGREED, "", "v1") for name in ("Lan", "Bình"))

    def answer(documents: Documents) -> None:
        reviews = Reviews(documents.content)
        reviews.ask(PATH, "v1", "<p>1</p>", "", NOW)
        reviews.answer(PATH, first)
        reviews.answer(PATH, second)

    for content in killed_at_each_step(tmp_path, answer):
        review = Reviews(content).of(PATH)
        assert review is None or review.answers in ([], [first], [second, first])


def test_of_two_who_save_at_once_one_is_told(tmp_path: Path) -> None:
    documents = fill(tmp_path)
    version = documents.open(PATH).version
    ends: list[object] = []

    def save(name: str) -> None:
        try:
            ends.append(documents.save(PATH, f"{HEADER}Của {name}.\n", version).text)
        except ConflictError as conflict:
            ends.append(conflict)

    threads = [threading.Thread(target=save, args=[str(number)]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    saved = [end for end in ends if isinstance(end, str)]
    assert len(ends) == 8 and len(saved) == 1 and documents.open(PATH).text == saved[0]


def refuse(error: int) -> Callable[..., object]:
    def fail(*_: object, **__: object) -> object:
        raise OSError(error, os.strerror(error))

    return fail


@pytest.mark.parametrize("step", ["fsync", "replace", "mkdir"])
def test_on_a_full_disk_nothing_changes_and_the_reason_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    documents = fill(tmp_path)
    version = documents.open(PATH).version
    monkeypatch.setattr(os, step, refuse(errno.ENOSPC))
    for act in (
        lambda: documents.save(PATH, SECOND, version),
        lambda: moving.move(documents, PATH, NEW, version, SECOND),
        lambda: moving.delete(documents, PATH, version),
    ):
        with pytest.raises(OSError, match="No space"):
            act()
    monkeypatch.undo()
    assert documents.open(PATH).text == FIRST
    left = [path for path in tmp_path.rglob(".new-*") if path.is_file()]
    assert left == []


def test_on_a_network_drive_a_file_is_saved_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A drive without owners, hard links and fsync, whose rename does not replace a file."""
    documents = fill(tmp_path)
    rename = os.replace

    def replace(source: str | Path, target: str | Path) -> None:
        if os.path.exists(target):
            raise FileExistsError(errno.EEXIST, "exists", str(target))
        rename(source, target)

    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(os, "chmod", refuse(errno.EPERM))
    monkeypatch.setattr(os, "link", refuse(errno.EPERM))
    monkeypatch.setattr(os, "fsync", refuse(errno.EINVAL))
    saved = documents.save(PATH, SECOND, documents.open(PATH).version)
    assert documents.open(PATH) == saved and kept(documents, PATH) == [FIRST]
    moving.move(documents, PATH, NEW, saved.version, SECOND)
    assert documents.open(NEW).text == SECOND and "moi.md" in documents.open(OTHER).text
    assert [path.name for path in (tmp_path / "articles/2026").iterdir()] == ["khac.md"]


def test_a_file_that_another_program_holds_is_told_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = fill(tmp_path)
    version = documents.open(PATH).version
    for name in ("replace", "rename"):
        monkeypatch.setattr(os, name, refuse(errno.EACCES))
    with pytest.raises(PermissionError):
        documents.save(PATH, SECOND, version)
    assert documents.open(PATH).text == FIRST
