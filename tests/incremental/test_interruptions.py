"""A build is killed, or finds a full disk or damaged state: no partial file is published, the next one is complete."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from tests import editors, portals

from . import fault_injection
from .builds import contents, finish, start, was_killed
from .portal_edits import Edit, EditedPortal, small_portal

MOMENTS = 3  # moments at which a build is interrupted here; tests/audit uses a hundred
CHANGES = [
    Edit("template", 3, 1),
    Edit("retitle", 9, 1),
    Edit("delete", 20, 1),
    Edit("create", 3, 2),
    Edit("repaint", 1, 1),
    Edit("retag", 14, 5),
    Edit("attach", 3, 1),
    Edit("translate", 24, 0),
]


@dataclass
class Case:
    """A portal about to be built, with its site before and after."""

    portal: EditedPortal
    old: dict[str, bytes]
    new: dict[str, bytes]

    @contextmanager
    def temporary_copy(self) -> Iterator[EditedPortal]:
        with tempfile.TemporaryDirectory(dir=self.portal.root.parent) as folder:
            yield self.portal.copy(Path(folder) / "portal")

    def assert_no_partial_file(self, portal: EditedPortal) -> None:
        """Assert that every file that readers find is an old one or a new one."""
        for name, data in contents(portal.output).items():
            assert data in (self.old.get(name), self.new.get(name)), name

    def assert_next_build_is_complete(self, portal: EditedPortal) -> None:
        """Assert that the next build makes the site what it should be, and the one after has nothing to do."""
        built = portal.build()
        assert (built.status, built.crash) == (0, "")
        assert contents(portal.output) == self.new
        assert not list((portal.root / "output.state").glob("staged*"))
        second = portal.build()
        assert (second.status, second.counts) == (0, (0, 0, 0))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The very first build."""
    portal = small_portal(tmp_path_factory.mktemp("first") / "portal")
    return Case(portal, {}, portal.build_clean()[1])


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A build after many changes, that renders, changes and removes files."""
    return case_of_changes(tmp_path_factory.mktemp("later") / "portal")


def case_of_changes(root: Path, **settings: object) -> Case:
    """Return a portal that has been built and then changed. settings: further ones."""
    portal = small_portal(root)
    portal.settings |= settings
    assert portal.build().status == 0
    old = contents(portal.output)
    portal.do(CHANGES)
    new = portal.build_clean()[1]
    assert old.keys() - new.keys() and new.keys() - old.keys()
    assert sum(old.get(name) != data for name, data in new.items()) > 60
    return Case(portal, old, new)


@pytest.fixture(params=["first", "later"])
def case(request: pytest.FixtureRequest) -> Case:
    return request.getfixturevalue(request.param)


def build_steps(case: Case) -> list[str]:
    """Return the kind of every step of the build."""
    with case.temporary_copy() as portal:
        assert portal.build(partial(fault_injection.record_steps, portal.root / "steps")).status == 0
        return (portal.root / "steps").read_text().split("\n")[:-1]


def choose_steps(steps: list[str], count: int) -> list[int]:
    """Choose moments of all kinds and in all phases of a build."""
    rng = random.Random()
    kinds = {kind: [n for n, other in enumerate(steps) if other == kind] for kind in set(steps)}
    chosen = [rng.choice(numbers) for numbers in kinds.values()]
    commits = kinds["commit"]  # where the state changes
    chosen += [n + 1 for n in commits if n + 1 < len(steps)][-2:]
    remaining = max(0, count - len(chosen))
    chosen += [int(len(steps) * (k + rng.random()) / remaining) for k in range(remaining)]
    return sorted(set(rng.sample(chosen, count)))


def interrupt(case: Case, moments: int) -> None:
    """Kill the build at many moments."""
    steps = build_steps(case)
    assert {"write_bytes", "replace", "commit", "unlink", "mkdir"} <= set(steps)
    for number in choose_steps(steps, moments):
        with case.temporary_copy() as portal:
            built = portal.build(partial(fault_injection.kill_before_step, number))
            assert was_killed(built), f"step {number} of {len(steps)} was not reached"
            case.assert_no_partial_file(portal)
            case.assert_next_build_is_complete(portal)


def test_a_build_that_is_killed_leaves_complete_files_and_the_next_build_is_complete(case: Case) -> None:
    interrupt(case, MOMENTS)


def kill_from_outside(case: Case, times: int) -> None:
    """Kill a build of several processes while they work: once they have done so many steps together."""
    with case.temporary_copy() as portal:
        steps = portal.root / "steps"
        assert portal.build(partial(fault_injection.record_steps, steps), JOBS=2).status == 0
        count = len(steps.read_bytes())
    for number in range(times):
        with case.temporary_copy() as portal:
            settings = {"THEME": str(portal.theme), "JOBS": 2, **portal.settings}
            steps, size = portal.root / "steps", int(count * (number + random.random()) / (times + 1))
            prepare = partial(fault_injection.record_steps_and_wait, steps, size)
            running = start(
                portal.output, portal.content, portal.root / "cache", epoch=portal.epoch, prepare=prepare, **settings
            )
            portals.wait_until(lambda steps=steps, size=size: steps.exists() and steps.stat().st_size >= size)
            os.kill(running.pid, signal.SIGKILL)
            assert was_killed(finish(running))
            case.assert_no_partial_file(portal)
            case.assert_next_build_is_complete(portal)


def test_a_build_of_several_processes_that_is_killed_does_not_block_the_next(later: Case) -> None:
    kill_from_outside(later, MOMENTS)


# --- a full disk ---


def fill_disk(case: Case, moments: int) -> None:
    """Let the disk be full from one of the writes on."""
    writes = [kind for kind in build_steps(case) if kind in fault_injection.WRITES]
    rng = random.Random()
    last = len(writes) - 4
    chosen = {0, *(rng.randrange(1, last) for _ in range(moments)), rng.randrange(last, len(writes))}
    for number in sorted(chosen):
        with case.temporary_copy() as portal:
            built = portal.build(partial(fault_injection.fill_disk_from_write, number))
            where = f"write {number} of {len(writes)}: {writes[number]}"
            assert (built.crash, built.status) == ("", 1), where
            assert len(built.complaints.splitlines()) == 1, where
            # the new site if only the state could not be written
            assert contents(portal.output) in (case.old, case.new), where
            if number < last:
                assert contents(portal.output) == case.old, where
            case.assert_next_build_is_complete(portal)


def test_a_full_disk_is_reported_in_one_line_and_the_site_stays_as_it_was(case: Case) -> None:
    fill_disk(case, 2 if case.old else 1)


def test_a_file_size_limit_is_reported_in_one_line_too(later: Case) -> None:
    """The system itself refuses to write more (EFBIG), also inside SQLite."""
    import resource

    def limit_file_size() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000))

    with later.temporary_copy() as portal:
        built = portal.build(limit_file_size)
        assert (built.crash, built.status) == ("", 1)
        assert contents(portal.output) == later.old
        later.assert_next_build_is_complete(portal)


# --- a damaged state ---


def _state(portal: EditedPortal) -> Path:
    return portal.root / "output.state/build.sqlite"


def truncate(portal: EditedPortal, rng: random.Random) -> None:
    os.truncate(_state(portal), rng.randrange(_state(portal).stat().st_size))


def overwrite_with_zeroes(portal: EditedPortal, rng: random.Random) -> None:
    _state(portal).write_bytes(bytes(_state(portal).stat().st_size))


def overwrite_with_random_bytes(portal: EditedPortal, rng: random.Random) -> None:
    _state(portal).write_bytes(rng.randbytes(_state(portal).stat().st_size))


def overwrite_a_database_page(portal: EditedPortal, rng: random.Random) -> None:
    """Overwrite 4096 bytes somewhere, as a bad sector would."""
    data = bytearray(_state(portal).read_bytes())
    start = 4096 * rng.randrange(len(data) // 4096)
    data[start : start + 4096] = rng.randbytes(4096)
    _state(portal).write_bytes(data)


def other_version(portal: EditedPortal, rng: random.Random) -> None:
    with sqlite3.connect(_state(portal)) as db:
        db.execute("UPDATE build SET value = 'x' WHERE key = 'schema'")
        db.execute("DROP TABLE sources")
    db.close()


def delete(portal: EditedPortal, rng: random.Random) -> None:
    _state(portal).unlink()


def add_foreign_journal(portal: EditedPortal, rng: random.Random) -> None:
    for ending in ("-wal", "-shm", "-journal"):
        _state(portal).with_name(f"build.sqlite{ending}").write_bytes(rng.randbytes(5000))


def delete_list_of_owned_files(portal: EditedPortal, rng: random.Random) -> None:
    (portal.root / "output.state/files.txt").unlink()


def overwrite_list_of_owned_files(portal: EditedPortal, rng: random.Random) -> None:
    (portal.root / "output.state/files.txt").write_bytes(rng.randbytes(500))


DAMAGES = [
    truncate,
    overwrite_with_zeroes,
    overwrite_with_random_bytes,
    overwrite_a_database_page,
    other_version,
    delete,
    add_foreign_journal,
    delete_list_of_owned_files,
    overwrite_list_of_owned_files,
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda f: f.__name__)
def test_a_damaged_state_costs_time_and_nothing_else(later: Case, damage: Callable) -> None:
    with later.temporary_copy() as portal:
        damage(portal, random.Random(damage.__name__))
        later.assert_next_build_is_complete(portal)


def test_a_state_of_another_site_costs_time_and_nothing_else(first: Case, later: Case) -> None:
    with first.temporary_copy() as other, later.temporary_copy() as portal:
        other.texts = {path: text for path, text in other.texts.items() if "bai-1" not in path}
        shutil.rmtree(other.content / "articles")
        for path, text in other.texts.items():
            text.words = "Của cổng khác."
            other.write(path)
        other._repair()
        assert other.build().status == 0
        shutil.copy(_state(other), _state(portal))
        later.assert_next_build_is_complete(portal)


def test_a_state_that_cannot_be_written_is_replaced(later: Case) -> None:
    with later.temporary_copy() as portal:
        _state(portal).chmod(0o444)
        built = portal.build(fault_injection.respect_permissions)
        assert (built.status, built.crash) == (0, "")
        assert contents(portal.output) == later.new
        later.assert_next_build_is_complete(portal)


def test_a_damaged_list_of_own_files_leads_nowhere_else(later: Case) -> None:
    with later.temporary_copy() as portal:
        editors.write_file(portal.root, "outside.txt", "x")
        editors.write_file(portal.output, "a-folder/of-others.txt", "x")
        names = [
            "../outside.txt",
            str(portal.root / "outside.txt"),
            "bai-viet/../../outside.txt",
            "a-folder",
            ".",
            "",
            "x" * 300,
            "x\0y",
        ]
        (portal.root / "output.state/files.txt").write_text("\n".join(names))
        assert portal.build().status == 0
        assert (portal.root / "outside.txt").exists()
        assert contents(portal.output) == later.new | {"a-folder/of-others.txt": b"x"}
