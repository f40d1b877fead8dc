"""Publishing touches what has changed and what it has made itself, nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.portal.tree import Changes, publish
from tests import editors


def made(folder: Path, *names: str, text: str = "x", **texts: str) -> Path:
    for name in names:
        editors.raw(folder, name, text)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A site that has been published once."""
    publish(made(tmp_path / "1", "index.html", "a/index.html", "a/b/index.html"), tmp_path / "output", tmp_path / "list")
    return tmp_path / "output"


def test_a_file_that_is_no_longer_made_goes_with_its_empty_folders(output: Path, tmp_path: Path) -> None:
    changes = publish(made(tmp_path / "2", "index.html"), output, tmp_path / "list")
    assert changes == Changes(written=0, unchanged=1, removed=2)
    assert [p.name for p in output.iterdir()] == ["index.html"]


def test_what_somebody_else_put_there_stays(output: Path, tmp_path: Path) -> None:
    made(output, "google123.html", "a/b/ghi-chu.txt", ".well-known/security.txt")
    publish(made(tmp_path / "2", "index.html"), output, tmp_path / "list")
    assert set(editors.files(output)) == {"index.html", "google123.html", "a/b/ghi-chu.txt", ".well-known/security.txt"}


def test_an_unchanged_file_is_not_touched(output: Path, tmp_path: Path) -> None:
    before = (output / "index.html").stat()
    publish(made(tmp_path / "2", "index.html"), output, tmp_path / "list")
    after = (output / "index.html").stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_changed_file_is_replaced_at_once(output: Path, tmp_path: Path) -> None:
    with (output / "index.html").open() as reader:  # who is reading the old one reads it to its end
        changes = publish(made(tmp_path / "2", "index.html", text="mới"), output, tmp_path / "list")
        assert reader.read() == "x"
    assert (output / "index.html").read_text() == "mới"
    assert changes.written == 1
    assert not list(output.rglob(".*"))


def test_a_file_that_somebody_removed_is_made_again(output: Path, tmp_path: Path) -> None:
    (output / "a/index.html").unlink()
    assert publish(made(tmp_path / "2", "index.html", "a/index.html", "a/b/index.html"), output, tmp_path / "list").written == 1


def test_what_a_broken_off_run_has_published_is_remembered(output: Path, tmp_path: Path) -> None:
    made(output, "half.html")
    (tmp_path / "list").write_text((tmp_path / "list").read_text() + "half.html\n")  # the list is written before the files
    publish(made(tmp_path / "2", "index.html"), output, tmp_path / "list")
    assert set(editors.files(output)) == {"index.html"}


def test_a_folder_may_become_a_file_and_a_file_a_folder(output: Path, tmp_path: Path) -> None:
    publish(made(tmp_path / "2", "a", "index.html/x"), output, tmp_path / "list")
    assert set(editors.files(output)) == {"a", "index.html/x"}


names = st.sets(st.sampled_from(["a", "b/c", "b/d", "e/f/g", "e/h", "k"]))


@given(first=names, second=names, foreign=st.sets(st.sampled_from(["z", "b/z", "e/f/z"])))
def test_after_publishing_there_is_what_was_made_and_what_is_foreign(
    first: set[str], second: set[str], foreign: set[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("tree")
    publish(made(root / "1", *first), root / "output", root / "list")
    made(root / "output", *foreign)
    changes = publish(made(root / "2", *second), root / "output", root / "list")
    assert set(editors.files(root / "output")) == second | foreign
    assert (changes.written, changes.unchanged, changes.removed) == (len(second - first), len(second & first), len(first - second))
    empty = [p for p in (root / "output").rglob("*") if p.is_dir() and not any(p.iterdir())]
    assert not empty
