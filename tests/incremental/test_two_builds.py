"""Two builds of one site at once: one waits and says so, and both are content."""

from __future__ import annotations

import time
from pathlib import Path

from .builds import Running, contents, finish, start
from .worlds import Edit, World, small

WAITING = "Another build is at work on output.state; waiting for it"


def slowly() -> None:
    """Take a second over publishing."""
    from plugins.incremental.site import Site

    publish = Site.publish

    def slow(site: Site):
        time.sleep(1)
        return publish(site)

    Site.publish = slow


def begin(world: World, jobs: int = 1) -> Running:
    given = {"THEME": str(world.theme), "JOBS": jobs, **world.settings}
    return start(world.output, world.content, world.root / "cache", epoch=world.epoch, prepare=slowly, **given)


def test_the_second_waits_for_the_first_and_says_so(tmp_path: Path) -> None:
    world = small(tmp_path / "world")
    for jobs, edits in ((1, []), (2, [Edit("template", 3, 1), Edit("retitle", 3, 1)])):
        world.do(edits)
        one, two = begin(world, jobs), begin(world, jobs)
        done = [finish(one), finish(two)]
        assert [(built.status, built.crash) for built in done] == [(0, ""), (0, "")]
        assert sorted(built.said.splitlines().count(WAITING) for built in done) == [0, 1]
        waited, worked = sorted(done, key=lambda built: WAITING not in built.said)
        assert worked.counts[0] > 100
        assert waited.counts == (0, 0, 0)
        assert contents(world.output) == world.build_clean()[1]


def test_one_that_comes_later_with_a_change_brings_it(tmp_path: Path) -> None:
    world = small(tmp_path / "world")
    one = begin(world)
    time.sleep(0.7)  # the first has read everything
    world.do([Edit("rewrite", 3, 0)])
    two = begin(world)
    assert (finish(one).status, finish(two).status) == (0, 0)
    assert contents(world.output) == world.build_clean()[1]
