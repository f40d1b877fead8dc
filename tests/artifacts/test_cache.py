"""The artifact cache: nothing is made twice, and no damage to the cache is an error."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from plugins.artifacts import Cache, Namespace, cache, database
from plugins.artifacts.files import TEMPORARY_PREFIX, digest, open_atomically, write_atomically
from tests.artifacts import namespace


@pytest.fixture
def things(tmp_path: Path) -> Namespace:
    return namespace(tmp_path / "cache")


def again(things: Namespace, build: str = "a build") -> Namespace:
    """Return the namespace as the next build opens it."""
    things.cache.close()
    return namespace(things.cache.folder, build=build)


def make(things: Namespace, *given: str, mark: str = "mark", facts: dict | None = None) -> str:
    """Make an artifact of two files; return its key."""
    key = things.key(*given)
    for part in (".a", ".b"):
        write_atomically(things.file_path(key, part), b"data")
    things.store(key, [".a", ".b"], facts or {})
    things.link_fingerprints({mark: key})
    return key


# --- keys and fingerprints ---


def test_a_fingerprint_finds_what_was_made_with_its_facts(things: Namespace) -> None:
    key = make(things, "input", facts={"size": 3, "name": "Bản Mù"})
    for later in (False, True):
        found = again(things) if later else things
        assert found.find_by_fingerprint(["mark", "other"]) == {"mark": (key, {"size": 3, "name": "Bản Mù"})}
        assert found.find_by_key([key, "other"]) == {key: (key, {"size": 3, "name": "Bản Mù"})}


def test_many_fingerprints_are_looked_up_at_once(things: Namespace, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [make(things, str(n), mark=f"mark {n}") for n in range(30)]
    asked: list[str] = []
    things.cache.database._connection.set_trace_callback(asked.append)
    assert [a.key for a in things.find_by_fingerprint(f"mark {n}" for n in range(30)).values()] == keys
    assert len(asked) == 1


def test_the_input_and_the_code_determine_the_key(things: Namespace) -> None:
    other_code = things.cache.namespace("things", "plugins.artifacts.database")
    keys = [
        things.key("a"),
        things.key("b"),
        things.key("a", ""),
        things.key("", "a"),
        things.key(b"a", "b"),
        other_code.key("a"),
    ]
    assert len(set(keys)) == len(keys) and things.key("a") == keys[0] == again(things, "another build").key("a")


def test_parts_of_an_input_do_not_run_into_each_other() -> None:
    assert (
        len(
            {
                digest("ab", "c"),
                digest("a", "bc"),
                digest("abc"),
                digest("a", "b", "c"),
                digest("1:a", ""),
                digest("", "1:a"),
            }
        )
        == 6
    )
    assert digest("ă") == digest("ă".encode())


def test_another_fingerprint_of_the_same_input_makes_nothing(things: Namespace) -> None:
    """Early cutoff: something that the input may depend on has changed, but the input itself has not."""
    given: list[str] = []
    made: list[str] = []

    def text(mark: str, words: str) -> str:
        return things.cached_text(
            mark, lambda: given.append(words) or [words], lambda: made.append(words) or f"made of {words}"
        )

    assert [text("1", "x"), text("1", "never looked at"), text("2", "x"), text("3", "y"), text("1", "")] == [
        "made of x"
    ] * 3 + ["made of y", "made of x"]
    assert (given, made) == (["x", "x", "y"], ["x", "y"])


def test_that_an_artifact_is_not_needed_is_remembered_too(things: Namespace) -> None:
    things.store("none", [], {"why": "not wanted"})
    things.link_fingerprints({"mark": "none"})
    assert again(things).find_by_fingerprint(["mark"])["mark"].metadata == {"why": "not wanted"}


def test_the_code_digest_is_computed_once_for_each_state_of_the_code(
    things: Namespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = things.key("a")
    monkeypatch.setattr(
        "plugins.artifacts.code_digest.CodeIndex.digest", lambda self, module: pytest.fail("looked for again")
    )
    assert again(things).key("a") == key
    monkeypatch.setattr("plugins.artifacts.code_digest.CodeIndex.digest", lambda self, module: "other code")
    assert again(things, "code has changed").key("a") != key


# --- damage ---


@pytest.mark.parametrize("part", [".a", ".b"])
def test_an_artifact_that_lacks_a_file_is_not_found(things: Namespace, part: str) -> None:
    key = make(things, "input")
    things.file_path(key, part).unlink()
    found = again(things)
    assert found.find_by_fingerprint(["mark"]) == found.find_by_key([key]) == {}


@pytest.mark.parametrize("damage", [b"", b"\0" * 40, b"made of y", b"\xff\xfe"])
def test_a_damaged_text_is_made_again(things: Namespace, damage: bytes) -> None:
    def text() -> str:
        return again(things).cached_text("mark", lambda: ["x"], lambda: "made of x")

    assert text() == "made of x"
    next(things.folder.glob("*.txt")).write_bytes(damage)
    assert text() == "made of x"
    next(things.folder.glob("*.txt")).unlink()
    assert text() == "made of x"


def truncated(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def overwritten(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[:1024] + os.urandom(len(data) - 1024))


def text(file: Path) -> None:
    file.write_bytes(b"no database at all" * 400)


def of_another_version(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA user_version = 99")


def of_another_program(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as db:
        db.execute("CREATE TABLE songs (name)")


def without_a_table(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        db.execute("DROP TABLE fingerprints")


def with_a_foreign_journal(file: Path) -> None:
    for ending in ("-wal", "-shm", "-journal"):
        file.with_name(file.name + ending).write_bytes(os.urandom(5000))


DAMAGES = [
    truncated,
    overwritten,
    text,
    of_another_version,
    of_another_program,
    without_a_table,
    with_a_foreign_journal,
    Path.unlink,
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda f: f.__name__)
def test_a_damaged_database_is_made_anew(things: Namespace, damage: Callable[[Path], None]) -> None:
    for number in range(200):
        make(things, str(number), mark=f"mark {number}")
    things.cache.close()
    damage(things.cache.database.file)
    found = again(things)
    found.find_by_fingerprint(["mark 1"]), found.find_by_key(["x"])
    key = make(found, "new", mark="new")
    assert again(found).find_by_fingerprint(["new"]) == {"new": (key, {})}


def test_a_locked_database_is_made_anew(things: Namespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "WAIT", 0.1)
    key = make(things, "input")
    things.cache.close()
    with closing(sqlite3.connect(things.cache.database.file, isolation_level=None)) as foreign:
        foreign.execute("PRAGMA locking_mode = EXCLUSIVE")
        foreign.execute("BEGIN EXCLUSIVE")
        found = again(things)
        assert found.find_by_fingerprint(["mark"]) == {}
        assert make(found, "input") == key
    assert again(found).find_by_fingerprint(["mark"]) == {"mark": (key, {})}


def test_a_database_that_cannot_be_written_serves_this_build(
    things: Namespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process writes and does not finish."""
    monkeypatch.setattr(database, "WAIT", 0.1)
    key = make(things, "old", mark="old")
    found = again(things)
    with closing(sqlite3.connect(found.cache.database.file, isolation_level=None)) as foreign:
        foreign.execute("BEGIN IMMEDIATE")
        new = make(found, "new", mark="new")
        assert found.find_by_key([new]) == {new: (new, {})}
    assert again(found).find_by_fingerprint(["old", "new"]) == {"old": (key, {})}, "what was known is still known"


def test_the_whole_folder_may_be_deleted(things: Namespace) -> None:
    make(things, "input")
    things.cache.close()
    for path in sorted(things.cache.folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    things.cache.folder.rmdir()
    found = again(things)
    assert found.find_by_fingerprint(["mark"]) == {}
    make(found, "input")


def in_another_process(work: Callable[[], object]) -> int:
    """Call a function in a forked process; return its process id."""
    pid = os.fork()
    if not pid:
        try:
            work()
        finally:
            os._exit(0)
    return pid


def test_several_builds_use_the_cache_at_once(tmp_path: Path) -> None:
    def build(number: int) -> None:
        things = namespace(tmp_path / "cache")
        for each in range(50):
            make(things, str(each), mark=f"{number} {each}")

    for pid in [in_another_process(lambda number=number: build(number)) for number in range(6)]:
        assert os.waitpid(pid, 0)[1] == 0
    found = namespace(tmp_path / "cache").find_by_fingerprint(
        f"{number} {each}" for number in range(6) for each in range(50)
    )
    assert len(found) == 300 and len({artifact.key for artifact in found.values()}) == 50


def test_a_build_that_is_killed_leaves_what_it_has_made_and_no_partial_artifact(tmp_path: Path) -> None:
    def build() -> None:
        things = namespace(tmp_path / "cache")
        for each in range(100_000):
            key = things.key(str(each))
            write_atomically(things.file_path(key, ".a"), b"x" * 100_000)
            things.store(key, [".a"], {"number": each})
            things.link_fingerprints({str(each): key})

    kept = 0
    for delay in (0, 0.1, 0.3):
        before = len(list((tmp_path / "cache").rglob("*")))
        pid = in_another_process(build)
        while len(list((tmp_path / "cache").rglob("*"))) < before + 10:
            time.sleep(0.01)
        time.sleep(delay)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        things = namespace(tmp_path / "cache")
        assert {file.stat().st_size for file in things.folder.glob("*.a")} <= {100_000}
        found = things.find_by_fingerprint(str(each) for each in range(100_000))
        assert len(found) > kept
        kept = len(found)
        things.cache.close()


def test_a_file_whose_production_fails_is_not_there(tmp_path: Path) -> None:
    def fail() -> None:
        with open_atomically(tmp_path / "x") as stream:
            stream.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not list(tmp_path.iterdir())
    write_atomically(tmp_path / "x", [b"a", b"b"])
    write_atomically(tmp_path / "x", b"c")
    assert [path.name for path in tmp_path.iterdir()] == ["x"] and (tmp_path / "x").read_bytes() == b"c"
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o644


# --- pruning ---


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Returns a function that lets days pass."""
    real = database.today()

    def later(number: int) -> None:
        for module in (database, cache):
            monkeypatch.setattr(module, "today", lambda: real + number)

    return later


def aged(folder: Path, number: int) -> None:
    for path in folder.iterdir():
        os.utime(path, (time.time() - number * 86400,) * 2)


def test_what_no_build_has_used_for_long_is_removed_and_what_this_build_uses_stays(
    things: Namespace, days: Callable[[int], None]
) -> None:
    old, used = make(things, "old", mark="old"), make(things, "used", mark="used")
    aged(things.folder, 100)
    days(cache.UNUSED_DAYS)
    found = again(things)
    found.find_by_fingerprint(["used"])
    found.cache.prune()
    assert again(found).find_by_fingerprint(["old", "used"]).keys() == {"used", "old"}, "not yet"
    days(cache.UNUSED_DAYS + 40)
    found = again(things)
    found.find_by_fingerprint(["used"])
    found.cache.prune()
    assert {path.name for path in found.folder.iterdir()} == {f"{used}.a", f"{used}.b"}
    found = again(found)
    assert found.find_by_fingerprint(["old", "used"]).keys() == {"used"} and found.find_by_key([old]) == {}


def test_an_artifact_found_by_its_key_counts_as_used(things: Namespace, days: Callable[[int], None]) -> None:
    key = make(things, "input")
    aged(things.folder, 100)
    days(cache.UNUSED_DAYS + 40)
    found = again(things)
    found.find_by_key([key])
    found.cache.prune()
    assert again(found).find_by_key([key])


def test_leftovers_of_interrupted_builds_are_removed_after_a_day(
    things: Namespace, days: Callable[[int], None]
) -> None:
    key = make(things, "input")
    unknown = things.key("unknown")
    for name in (f"{TEMPORARY_PREFIX}abc", f"{unknown}.a"):
        (things.folder / name).write_bytes(b"x")
    foreign = things.folder / "fonts.conf"
    foreign.write_text("x")
    things.cache.prune()
    assert len(list(things.folder.iterdir())) == 5, "a build may be at work on them"
    aged(things.folder, 2)
    days(1)
    found = again(things)
    found.find_by_fingerprint(["mark"])
    found.cache.prune()
    assert {path.name for path in found.folder.iterdir()} == {f"{key}.a", f"{key}.b", "fonts.conf"}


def test_nothing_is_removed_while_the_database_is_incomplete(things: Namespace, days: Callable[[int], None]) -> None:
    make(things, "input")
    aged(things.folder, 100)
    things.cache.database._continue_in_memory()
    days(100)
    things.cache.prune()
    assert len(list(things.folder.iterdir())) == 2
    things.cache.close()
    things.cache.database.file.unlink()
    again(things).cache.prune()
    assert len(list(things.folder.iterdir())) == 2, "a new database waits a day"


def test_the_cache_is_pruned_once_a_day(things: Namespace, monkeypatch: pytest.MonkeyPatch) -> None:
    assert things.cache.database.last_pruned == database.today(), "a new one needs no pruning"
    monkeypatch.setattr(database.Database, "prune", lambda self, day: pytest.fail("pruned again"))
    again(things).cache.prune()


def test_a_cache_is_found_wherever_a_build_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Cache(Path("cache"), "a build").folder == tmp_path / "cache"
