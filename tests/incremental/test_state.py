"""The state of the last build: stored, read again, and discarded as soon as it is doubtful."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from plugins.incremental.state import Output, Source, State


def source(path: str, stamp: str = "1 2") -> Source:
    return Source(path, stamp, f"line of {path}", '{"title": "Đường vào bản"}')


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The state of a finished build with two sources."""
    file = tmp_path / "state/build.sqlite"
    state = State(file, "reading")
    assert state.fresh
    state.store_sources([(source("a.md"), "<p>ă</p>"), (source("b.md"), "<p>b</p>")])
    state.store_feature_values("related", {"a.md": "1", "b.md": "2"}, [])
    state.commit_build([Output("index.html", "f", 1, 2, ""), Output("l/1", "g", 1, 2, "l")], [], {"l": "r"}, {})
    state.close()
    return file


def stored_values(state: State) -> tuple:
    return sorted(state.sources()), state.feature_values("related"), list(state.outputs()), state.groups()


def test_what_was_stored_is_found_again(file: Path) -> None:
    state = State(file, "reading")
    assert not state.fresh
    assert [(s.path, s.stamp, s.row, s.metadata) for s in sorted(state.sources())] == [
        ("a.md", "1 2", "line of a.md", ""), ("b.md", "1 2", "line of b.md", ""),
    ]  # fmt: skip
    assert (state.body("a.md"), state.metadata("b.md")) == ("<p>ă</p>", '{"title": "Đường vào bản"}')
    assert state.feature_values("related") == {"a.md": "1", "b.md": "2"}
    assert state.feature_values("another") == {}
    assert list(state.outputs()) == [("index.html", "f", 1, 2, ""), ("l/1", "g", 1, 2, "l")]
    assert state.groups() == {"l": "r"}
    state.close()


def test_what_is_forgotten_is_gone_and_what_is_stored_again_is_new(file: Path) -> None:
    state = State(file, "reading")
    state.remove_sources(["a.md"])
    state.store_sources([(source("b.md", "3 4"), "neu")])
    state.store_feature_values("related", {"c.md": "3"}, ["a.md"])
    state.commit_build([Output("index.html", "h", 3, 4, "")], ["l/1"], {}, {"theme/a.css": 2})
    state.close()
    state = State(file, "reading")
    assert [(s.path, s.stamp) for s in state.sources()] == [("b.md", "3 4")]
    assert state.body("b.md") == "neu"
    assert state.feature_values("related") == {"b.md": "2", "c.md": "3"}
    assert list(state.outputs()) == [("index.html", "h", 3, 4, "")]
    assert state.groups() == {}
    state.close()


def test_what_a_failed_build_has_stored_is_discarded(file: Path) -> None:
    state = State(file, "reading")
    before = stored_values(state)
    state.store_sources([(source("c.md"), "c")])
    state.remove_sources(["a.md"])
    state.close()
    state = State(file, "reading")
    assert stored_values(state) == before
    state.close()


def test_a_first_build_that_did_not_finish_has_left_nothing(tmp_path: Path) -> None:
    state = State(tmp_path / "build.sqlite", "reading")
    state.store_sources([(source("c.md"), "c")])
    state.commit()
    state.close()
    state = State(tmp_path / "build.sqlite", "reading")
    assert state.fresh
    assert stored_values(state) == ([], {}, [], {})
    state.close()


def test_another_fingerprint_of_reading_starts_afresh(file: Path) -> None:
    state = State(file, "another")
    assert state.fresh
    assert stored_values(state) == ([], {}, [], {})
    state.close()


def test_another_version_starts_afresh(file: Path) -> None:
    with sqlite3.connect(file) as db:
        db.execute("UPDATE build SET value = '0' WHERE key = 'schema'")
    db.close()
    state = State(file, "reading")
    assert state.fresh
    state.close()


@pytest.mark.parametrize("data", [b"", b"\0" * 8192, b"no database at all" * 400], ids=["empty", "zeroes", "text"])
def test_a_file_that_is_not_a_database_is_discarded(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    state = State(file, "reading")
    assert state.fresh
    state.close()


def test_a_missing_table_is_noticed_at_once(file: Path) -> None:
    with sqlite3.connect(file) as db:
        db.execute("DROP TABLE build")
    db.close()
    state = State(file, "reading")
    assert state.fresh
    state.close()


@pytest.mark.parametrize("fresh", [True, False])
def test_a_forked_copy_reads_committed_data_while_the_parent_goes_on_writing(
    file: Path, tmp_path: Path, fresh: bool
) -> None:
    """Otherwise the pages of a first build of many thousand articles in two languages would fail."""
    state = State(tmp_path / "new.sqlite" if fresh else file, "reading")
    state.store_sources([(source("a.md"), "<p>a</p>")])
    state.commit()
    pid = os.fork()
    if not pid:
        os._exit(0 if state.body("a.md") == "<p>a</p>" and state.metadata("a.md") else 1)
    assert os.waitpid(pid, 0)[1] == 0
    state.store_feature_values("related", {"x": "1"}, [])
    state.commit()
    state.close()
