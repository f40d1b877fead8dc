"""Two builds of one site at once: one waits and says so, and both succeed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from tests import portals

from .builds import Running, contents, finish, start
from .worlds import Edit, World, small

WAITING = "Another build is at work on output.state; waiting for it"


def publish_when_another_waits(root: Path) -> None:
    """Have this build publish only once one of two builds has said that it waits."""
    from plugins.incremental.site import Changes, Site

    publish = Site.publish

    def publish_later(site: Site) -> Changes:
        (root / "has-read-everything").touch()
        portals.wait_until(lambda: any(WAITING in printed.read_text() for printed in root.glob(".said-*")))
        return publish(site)

    Site.publish = publish_later


def begin(world: World, jobs: int = 1) -> Running:
    given = {"THEME": str(world.theme), "JOBS": jobs, **world.settings}
    prepare = partial(publish_when_another_waits, world.root)
    return start(world.output, world.content, world.root / "cache", epoch=world.epoch, prepare=prepare, **given)


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


def test_a_later_build_with_a_change_publishes_it(tmp_path: Path) -> None:
    world = small(tmp_path / "world")
    one = begin(world)
    portals.wait_until((world.root / "has-read-everything").exists)
    world.do([Edit("rewrite", 3, 0)])
    two = begin(world)
    assert (finish(one).status, finish(two).status) == (0, 0)
    assert contents(world.output) == world.build_clean()[1]
