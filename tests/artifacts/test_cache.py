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
from tests.artifacts import open_namespace


@pytest.fixture
def namespace(tmp_path: Path) -> Namespace:
    return open_namespace(tmp_path / "cache")


def reopen(namespace: Namespace, build: str = "a build") -> Namespace:
    """Return the namespace as the next build opens it."""
    namespace.cache.close()
    return open_namespace(namespace.cache.folder, build=build)


def make_artifact(namespace: Namespace, *inputs: str, mark: str = "mark", facts: dict | None = None) -> str:
    """Make an artifact of two files; return its key."""
    key = namespace.key(*inputs)
    for part in (".a", ".b"):
        write_atomically(namespace.file_path(key, part), b"data")
    namespace.store(key, [".a", ".b"], facts or {})
    namespace.link_fingerprints({mark: key})
    return key


# --- keys and fingerprints ---


def test_a_fingerprint_finds_what_was_made_with_its_facts(namespace: Namespace) -> None:
    key = make_artifact(namespace, "input", facts={"size": 3, "name": "Bản Mù"})
    for later in (False, True):
        reopened = reopen(namespace) if later else namespace
        assert reopened.find_by_fingerprint(["mark", "other"]) == {"mark": (key, {"size": 3, "name": "Bản Mù"})}
        assert reopened.find_by_key([key, "other"]) == {key: (key, {"size": 3, "name": "Bản Mù"})}


def test_many_fingerprints_are_looked_up_at_once(namespace: Namespace, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [make_artifact(namespace, str(n), mark=f"mark {n}") for n in range(30)]
    queries: list[str] = []
    namespace.cache.database._connection.set_trace_callback(queries.append)
    assert [a.key for a in namespace.find_by_fingerprint(f"mark {n}" for n in range(30)).values()] == keys
    assert len(queries) == 1


def test_the_input_and_the_code_determine_the_key(namespace: Namespace) -> None:
    other_code = namespace.cache.namespace("things", "plugins.artifacts.database")
    keys = [
        namespace.key("a"),
        namespace.key("b"),
        namespace.key("a", ""),
        namespace.key("", "a"),
        namespace.key(b"a", "b"),
        other_code.key("a"),
    ]
    assert len(set(keys)) == len(keys) and namespace.key("a") == keys[0] == reopen(namespace, "another build").key("a")


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


def test_another_fingerprint_of_the_same_input_makes_nothing(namespace: Namespace) -> None:
    """Early cutoff: something that the input may depend on has changed, but the input itself has not."""
    inputs: list[str] = []
    texts: list[str] = []

    def cached_text(mark: str, words: str) -> str:
        return namespace.cached_text(
            mark, lambda: inputs.append(words) or [words], lambda: texts.append(words) or f"made of {words}"
        )

    assert [
        cached_text("1", "x"),
        cached_text("1", "not evaluated"),
        cached_text("2", "x"),
        cached_text("3", "y"),
        cached_text("1", ""),
    ] == ["made of x"] * 3 + ["made of y", "made of x"]
    assert (inputs, texts) == (["x", "x", "y"], ["x", "y"])


def test_that_an_artifact_is_not_needed_is_remembered_too(namespace: Namespace) -> None:
    namespace.store("none", [], {"why": "not wanted"})
    namespace.link_fingerprints({"mark": "none"})
    assert reopen(namespace).find_by_fingerprint(["mark"])["mark"].metadata == {"why": "not wanted"}


def test_the_code_digest_is_computed_once_for_each_state_of_the_code(
    namespace: Namespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = namespace.key("a")
    monkeypatch.setattr(
        "plugins.artifacts.code_digest.CodeIndex.digest", lambda self, module: pytest.fail("computed again")
    )
    assert reopen(namespace).key("a") == key
    monkeypatch.setattr("plugins.artifacts.code_digest.CodeIndex.digest", lambda self, module: "other code")
    assert reopen(namespace, "code has changed").key("a") != key


# --- damage ---


@pytest.mark.parametrize("part", [".a", ".b"])
def test_an_artifact_that_lacks_a_file_is_not_found(namespace: Namespace, part: str) -> None:
    key = make_artifact(namespace, "input")
    namespace.file_path(key, part).unlink()
    reopened = reopen(namespace)
    assert reopened.find_by_fingerprint(["mark"]) == reopened.find_by_key([key]) == {}


@pytest.mark.parametrize("damage", [b"", b"\0" * 40, b"made of y", b"\xff\xfe"])
def test_a_damaged_text_is_made_again(namespace: Namespace, damage: bytes) -> None:
    def cached_text() -> str:
        return reopen(namespace).cached_text("mark", lambda: ["x"], lambda: "made of x")

    assert cached_text() == "made of x"
    next(namespace.folder.glob("*.txt")).write_bytes(damage)
    assert cached_text() == "made of x"
    next(namespace.folder.glob("*.txt")).unlink()
    assert cached_text() == "made of x"


def truncate(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def overwrite(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[:1024] + os.urandom(len(data) - 1024))


def not_a_database(file: Path) -> None:
    file.write_bytes(b"no database at all" * 400)


def other_version(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA user_version = 99")


def other_program(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as db:
        db.execute("CREATE TABLE songs (name)")


def drop_a_table(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        db.execute("DROP TABLE fingerprints")


def add_foreign_journal(file: Path) -> None:
    for ending in ("-wal", "-shm", "-journal"):
        file.with_name(file.name + ending).write_bytes(os.urandom(5000))


DAMAGES = [
    truncate,
    overwrite,
    not_a_database,
    other_version,
    other_program,
    drop_a_table,
    add_foreign_journal,
    Path.unlink,
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda f: f.__name__)
def test_a_damaged_database_is_made_anew(namespace: Namespace, damage: Callable[[Path], None]) -> None:
    for number in range(200):
        make_artifact(namespace, str(number), mark=f"mark {number}")
    namespace.cache.close()
    damage(namespace.cache.database.file)
    reopened = reopen(namespace)
    reopened.find_by_fingerprint(["mark 1"]), reopened.find_by_key(["x"])
    key = make_artifact(reopened, "new", mark="new")
    assert reopen(reopened).find_by_fingerprint(["new"]) == {"new": (key, {})}


def test_a_locked_database_is_made_anew(namespace: Namespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "WAIT", 0.1)
    key = make_artifact(namespace, "input")
    namespace.cache.close()
    with closing(sqlite3.connect(namespace.cache.database.file, isolation_level=None)) as foreign:
        foreign.execute("PRAGMA locking_mode = EXCLUSIVE")
        foreign.execute("BEGIN EXCLUSIVE")
        reopened = reopen(namespace)
        assert reopened.find_by_fingerprint(["mark"]) == {}
        assert make_artifact(reopened, "input") == key
    assert reopen(reopened).find_by_fingerprint(["mark"]) == {"mark": (key, {})}


def test_a_database_that_cannot_be_written_serves_this_build(
    namespace: Namespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process writes and does not finish."""
    monkeypatch.setattr(database, "WAIT", 0.1)
    key = make_artifact(namespace, "old", mark="old")
    reopened = reopen(namespace)
    with closing(sqlite3.connect(reopened.cache.database.file, isolation_level=None)) as foreign:
        foreign.execute("BEGIN IMMEDIATE")
        new = make_artifact(reopened, "new", mark="new")
        assert reopened.find_by_key([new]) == {new: (new, {})}
    assert reopen(reopened).find_by_fingerprint(["old", "new"]) == {"old": (key, {})}, "old entries are still there"


def test_the_whole_folder_may_be_deleted(namespace: Namespace) -> None:
    make_artifact(namespace, "input")
    namespace.cache.close()
    for path in sorted(namespace.cache.folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    namespace.cache.folder.rmdir()
    reopened = reopen(namespace)
    assert reopened.find_by_fingerprint(["mark"]) == {}
    make_artifact(reopened, "input")


def start_process(work: Callable[[], object]) -> int:
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
        namespace = open_namespace(tmp_path / "cache")
        for each in range(50):
            make_artifact(namespace, str(each), mark=f"{number} {each}")

    for pid in [start_process(lambda number=number: build(number)) for number in range(6)]:
        assert os.waitpid(pid, 0)[1] == 0
    artifacts = open_namespace(tmp_path / "cache").find_by_fingerprint(
        f"{number} {each}" for number in range(6) for each in range(50)
    )
    assert len(artifacts) == 300 and len({artifact.key for artifact in artifacts.values()}) == 50


def test_a_build_that_is_killed_leaves_what_it_has_made_and_no_partial_artifact(tmp_path: Path) -> None:
    def build() -> None:
        namespace = open_namespace(tmp_path / "cache")
        for each in range(100_000):
            key = namespace.key(str(each))
            write_atomically(namespace.file_path(key, ".a"), b"x" * 100_000)
            namespace.store(key, [".a"], {"number": each})
            namespace.link_fingerprints({str(each): key})

    count = 0
    for delay in (0, 0.1, 0.3):
        before = len(list((tmp_path / "cache").rglob("*")))
        pid = start_process(build)
        while len(list((tmp_path / "cache").rglob("*"))) < before + 10:
            time.sleep(0.01)
        time.sleep(delay)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        namespace = open_namespace(tmp_path / "cache")
        assert {file.stat().st_size for file in namespace.folder.glob("*.a")} <= {100_000}
        artifacts = namespace.find_by_fingerprint(str(each) for each in range(100_000))
        assert len(artifacts) > count
        count = len(artifacts)
        namespace.cache.close()


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
def let_days_pass(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Returns a function that lets days pass."""
    real = database.today()

    def later(number: int) -> None:
        for module in (database, cache):
            monkeypatch.setattr(module, "today", lambda: real + number)

    return later


def make_older(folder: Path, number: int) -> None:
    for path in folder.iterdir():
        os.utime(path, (time.time() - number * 86400,) * 2)


def test_what_no_build_has_used_for_long_is_removed_and_what_this_build_uses_stays(
    namespace: Namespace, let_days_pass: Callable[[int], None]
) -> None:
    old, used = make_artifact(namespace, "old", mark="old"), make_artifact(namespace, "used", mark="used")
    make_older(namespace.folder, 100)
    let_days_pass(cache.UNUSED_DAYS)
    reopened = reopen(namespace)
    reopened.find_by_fingerprint(["used"])
    reopened.cache.prune()
    assert reopen(reopened).find_by_fingerprint(["old", "used"]).keys() == {"used", "old"}, "not yet"
    let_days_pass(cache.UNUSED_DAYS + 40)
    reopened = reopen(namespace)
    reopened.find_by_fingerprint(["used"])
    reopened.cache.prune()
    assert {path.name for path in reopened.folder.iterdir()} == {f"{used}.a", f"{used}.b"}
    reopened = reopen(reopened)
    assert reopened.find_by_fingerprint(["old", "used"]).keys() == {"used"} and reopened.find_by_key([old]) == {}


def test_an_artifact_found_by_its_key_counts_as_used(
    namespace: Namespace, let_days_pass: Callable[[int], None]
) -> None:
    key = make_artifact(namespace, "input")
    make_older(namespace.folder, 100)
    let_days_pass(cache.UNUSED_DAYS + 40)
    reopened = reopen(namespace)
    reopened.find_by_key([key])
    reopened.cache.prune()
    assert reopen(reopened).find_by_key([key])


def test_leftovers_of_interrupted_builds_are_removed_after_a_day(
    namespace: Namespace, let_days_pass: Callable[[int], None]
) -> None:
    key = make_artifact(namespace, "input")
    unknown = namespace.key("unknown")
    for name in (f"{TEMPORARY_PREFIX}abc", f"{unknown}.a"):
        (namespace.folder / name).write_bytes(b"x")
    foreign = namespace.folder / "fonts.conf"
    foreign.write_text("x")
    namespace.cache.prune()
    assert len(list(namespace.folder.iterdir())) == 5, "another build may be using them"
    make_older(namespace.folder, 2)
    let_days_pass(1)
    reopened = reopen(namespace)
    reopened.find_by_fingerprint(["mark"])
    reopened.cache.prune()
    assert {path.name for path in reopened.folder.iterdir()} == {f"{key}.a", f"{key}.b", "fonts.conf"}


def test_nothing_is_removed_while_the_database_is_incomplete(
    namespace: Namespace, let_days_pass: Callable[[int], None]
) -> None:
    make_artifact(namespace, "input")
    make_older(namespace.folder, 100)
    namespace.cache.database._continue_in_memory()
    let_days_pass(100)
    namespace.cache.prune()
    assert len(list(namespace.folder.iterdir())) == 2
    namespace.cache.close()
    namespace.cache.database.file.unlink()
    reopen(namespace).cache.prune()
    assert len(list(namespace.folder.iterdir())) == 2, "a new database waits a day"


def test_the_cache_is_pruned_once_a_day(namespace: Namespace, monkeypatch: pytest.MonkeyPatch) -> None:
    assert namespace.cache.database.last_pruned == database.today(), "a new database needs no pruning"
    monkeypatch.setattr(database.Database, "prune", lambda self, day: pytest.fail("pruned again"))
    reopen(namespace).cache.prune()


def test_a_cache_is_found_wherever_a_build_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Cache(Path("cache"), "a build").folder == tmp_path / "cache"
