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

from . import accidents
from .builds import contents, finish, killed, start
from .worlds import Edit, World, small

FEW = 5  # moments at which a build is interrupted here; tests/audit uses a hundred
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

    world: World
    old: dict[str, bytes]
    new: dict[str, bytes]

    @contextmanager
    def copied(self) -> Iterator[World]:
        with tempfile.TemporaryDirectory(dir=self.world.root.parent) as folder:
            yield self.world.copy(Path(folder) / "world")

    def whole(self, world: World) -> None:
        """Assert that every file that readers find is an old one or a new one."""
        for name, data in contents(world.output).items():
            assert data in (self.old.get(name), self.new.get(name)), name

    def mended(self, world: World) -> None:
        """Assert that the next build makes the site what it should be, and the one after has nothing to do."""
        built = world.build()
        assert (built.status, built.crash) == (0, "")
        assert contents(world.output) == self.new
        assert not list((world.root / "output.state").glob("staged*"))
        again = world.build()
        assert (again.status, again.counts) == (0, (0, 0, 0))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The very first build."""
    world = small(tmp_path_factory.mktemp("first") / "world")
    return Case(world, {}, world.build_clean()[1])


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A build after many changes, that renders, changes and removes files."""
    world = small(tmp_path_factory.mktemp("later") / "world")
    assert world.build().status == 0
    old = contents(world.output)
    world.do(CHANGES)
    new = world.build_clean()[1]
    assert old.keys() - new.keys() and new.keys() - old.keys()
    assert sum(old.get(name) != data for name, data in new.items()) > 60
    return Case(world, old, new)


@pytest.fixture(params=["first", "later"])
def case(request: pytest.FixtureRequest) -> Case:
    return request.getfixturevalue(request.param)


def steps_of(case: Case) -> list[str]:
    """Return the kind of every step of the build."""
    with case.copied() as world:
        assert world.build(partial(accidents.noted, world.root / "steps")).status == 0
        return (world.root / "steps").read_text().split("\n")[:-1]


def spread(steps: list[str], count: int) -> list[int]:
    """Choose moments of all kinds and in all phases of a build."""
    chance = random.Random()
    kinds = {kind: [n for n, found in enumerate(steps) if found == kind] for kind in set(steps)}
    some = [chance.choice(numbers) for numbers in kinds.values()]
    commits = kinds["commit"]  # where the state changes
    some += [n + 1 for n in commits if n + 1 < len(steps)][-2:]
    rest = max(0, count - len(some))
    some += [int(len(steps) * (k + chance.random()) / rest) for k in range(rest)]
    return sorted(set(chance.sample(some, count)))


def interrupt(case: Case, moments: int) -> None:
    """Kill the build at many moments."""
    steps = steps_of(case)
    assert {"write_bytes", "replace", "commit", "unlink", "mkdir"} <= set(steps)
    for number in spread(steps, moments):
        with case.copied() as world:
            built = world.build(partial(accidents.killed_before, number))
            assert killed(built), f"step {number} of {len(steps)} was not reached"
            case.whole(world)
            case.mended(world)


def test_a_build_that_is_killed_leaves_complete_files_and_the_next_build_is_complete(case: Case) -> None:
    interrupt(case, FEW if case.old else FEW - 2)  # a very first build costs three times as much


def kill_from_outside(case: Case, times: int) -> None:
    """Kill a build of several processes while they work: once they have done so many steps together."""
    with case.copied() as world:
        steps = world.root / "steps"
        assert world.build(partial(accidents.noted, steps), JOBS=2).status == 0
        count = len(steps.read_bytes())
    for number in range(times):
        with case.copied() as world:
            given = {"THEME": str(world.theme), "JOBS": 2, **world.settings}
            steps, enough = world.root / "steps", count * (number + random.random()) / (times + 1)
            prepare = partial(accidents.noted_and_held, steps, int(enough))
            running = start(
                world.output, world.content, world.root / "cache", epoch=world.epoch, prepare=prepare, **given
            )
            portals.wait_until(lambda steps=steps, enough=enough: steps.exists() and steps.stat().st_size >= enough)
            os.kill(running.pid, signal.SIGKILL)
            assert killed(finish(running))
            case.whole(world)
            case.mended(world)


def test_a_build_of_several_processes_that_is_killed_does_not_block_the_next(later: Case) -> None:
    kill_from_outside(later, FEW)


# --- a full disk ---


def fill_disk(case: Case, moments: int) -> None:
    """Let the disk be full from one of the writes on."""
    writes = [kind for kind in steps_of(case) if kind in accidents.WRITES]
    chance = random.Random()
    last = len(writes) - 4
    some = {0, *(chance.randrange(1, last) for _ in range(moments)), chance.randrange(last, len(writes))}
    for number in sorted(some):
        with case.copied() as world:
            built = world.build(partial(accidents.full_from, number))
            place = f"write {number} of {len(writes)}: {writes[number]}"
            assert (built.crash, built.status) == ("", 1), place
            assert len(built.complaints.splitlines()) == 1, place
            assert contents(world.output) in (case.old, case.new), (
                place
            )  # the new site if only the state could not be written
            if number < last:
                assert contents(world.output) == case.old, place
            case.mended(world)


def test_a_full_disk_is_reported_in_one_line_and_the_site_stays_as_it_was(case: Case) -> None:
    fill_disk(case, 2 if case.old else 1)


def test_a_file_size_limit_is_reported_in_one_line_too(later: Case) -> None:
    """The system itself refuses to write more (EFBIG), also inside SQLite."""
    import resource

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000))

    with later.copied() as world:
        built = world.build(limited)
        assert (built.crash, built.status) == ("", 1)
        assert contents(world.output) == later.old
        later.mended(world)


# --- a damaged state ---


def _state(world: World) -> Path:
    return world.root / "output.state/build.sqlite"


def truncated(world: World, chance: random.Random) -> None:
    os.truncate(_state(world), chance.randrange(_state(world).stat().st_size))


def zeroed(world: World, chance: random.Random) -> None:
    _state(world).write_bytes(bytes(_state(world).stat().st_size))


def random_bytes(world: World, chance: random.Random) -> None:
    _state(world).write_bytes(chance.randbytes(_state(world).stat().st_size))


def a_page_overwritten(world: World, chance: random.Random) -> None:
    """Overwrite 4096 bytes somewhere, as a bad sector would."""
    data = bytearray(_state(world).read_bytes())
    start = 4096 * chance.randrange(len(data) // 4096)
    data[start : start + 4096] = chance.randbytes(4096)
    _state(world).write_bytes(data)


def of_another_version(world: World, chance: random.Random) -> None:
    with sqlite3.connect(_state(world)) as db:
        db.execute("UPDATE build SET value = 'x' WHERE key = 'schema'")
        db.execute("DROP TABLE sources")
    db.close()


def deleted(world: World, chance: random.Random) -> None:
    _state(world).unlink()


def a_journal_of_something_else(world: World, chance: random.Random) -> None:
    for ending in ("-wal", "-shm", "-journal"):
        _state(world).with_name(f"build.sqlite{ending}").write_bytes(chance.randbytes(5000))


def own_list_deleted(world: World, chance: random.Random) -> None:
    (world.root / "output.state/files.txt").unlink()


def own_list_overwritten(world: World, chance: random.Random) -> None:
    (world.root / "output.state/files.txt").write_bytes(chance.randbytes(500))


DAMAGES = [
    truncated,
    zeroed,
    random_bytes,
    a_page_overwritten,
    of_another_version,
    deleted,
    a_journal_of_something_else,
    own_list_deleted,
    own_list_overwritten,
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda f: f.__name__)
def test_a_damaged_state_costs_time_and_nothing_else(later: Case, damage: Callable) -> None:
    with later.copied() as world:
        damage(world, random.Random(damage.__name__))
        later.mended(world)


def test_a_state_of_another_site_costs_time_and_nothing_else(first: Case, later: Case) -> None:
    with first.copied() as other, later.copied() as world:
        other.texts = {path: text for path, text in other.texts.items() if "bai-1" not in path}
        shutil.rmtree(other.content / "articles")
        for path, text in other.texts.items():
            text.words = "Của cổng khác."
            other.write(path)
        other._mend()
        assert other.build().status == 0
        shutil.copy(_state(other), _state(world))
        later.mended(world)


def test_a_state_that_cannot_be_written_is_replaced(later: Case) -> None:
    with later.copied() as world:
        _state(world).chmod(0o444)
        built = world.build(accidents.heeding_permissions)
        assert (built.status, built.crash) == (0, "")
        assert contents(world.output) == later.new
        later.mended(world)


def test_a_damaged_list_of_own_files_leads_nowhere_else(later: Case) -> None:
    with later.copied() as world:
        editors.raw(world.root, "outside.txt", "x")
        editors.raw(world.output, "a-folder/of-others.txt", "x")
        names = [
            "../outside.txt",
            str(world.root / "outside.txt"),
            "bai-viet/../../outside.txt",
            "a-folder",
            ".",
            "",
            "x" * 300,
            "x\0y",
        ]
        (world.root / "output.state/files.txt").write_text("\n".join(names))
        assert world.build().status == 0
        assert (world.root / "outside.txt").exists()
        assert contents(world.output) == later.new | {"a-folder/of-others.txt": b"x"}
