"""Two builds of one site at once: one waits and says so, and both succeed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tests import portals

from .builds import Running, contents, finish, start
from .portal_edits import Edit, EditedPortal, small_portal

WAITING = "Another build is at work on output.state; waiting for it"


def publish_when_another_waits(root: Path) -> None:
    """Have this build publish only once one of two builds has said that it waits."""
    from plugins.incremental.site import Changes, Site

    publish = Site.publish

    def publish_later(site: Site, lasting: Sequence[str], **options: bool) -> Changes:
        (root / "has-read-everything").touch()
        portals.wait_until(lambda: any(WAITING in printed.read_text() for printed in root.glob(".output-*")))
        return publish(site, lasting, **options)

    Site.publish = publish_later


def start_waiting_build(portal: EditedPortal, jobs: int = 1) -> Running:
    settings = {"THEME": str(portal.theme), "JOBS": jobs, **portal.settings}
    prepare = partial(publish_when_another_waits, portal.root)
    return start(portal.output, portal.content, portal.root / "cache", epoch=portal.epoch, prepare=prepare, **settings)


def test_the_second_waits_for_the_first_and_says_so(tmp_path: Path) -> None:
    portal = small_portal(tmp_path / "portal")
    for jobs, edits in ((1, []), (2, [Edit("template", 3, 1), Edit("retitle", 3, 1)])):
        portal.do(edits)
        one, two = start_waiting_build(portal, jobs), start_waiting_build(portal, jobs)
        result = [finish(one), finish(two)]
        assert [(built.status, built.crash) for built in result] == [(0, ""), (0, "")]
        assert sorted(built.output.splitlines().count(WAITING) for built in result) == [0, 1]
        waited, worked = sorted(result, key=lambda built: WAITING not in built.output)
        assert worked.counts[0] > 100
        assert waited.counts == (0, 0, 0)
        assert contents(portal.output) == portal.build_clean()[1]


def test_a_later_build_with_a_change_publishes_it(tmp_path: Path) -> None:
    portal = small_portal(tmp_path / "portal")
    one = start_waiting_build(portal)
    portals.wait_until(lambda: (portal.root / "has-read-everything").exists() or one.result_file.exists())
    portal.do([Edit("rewrite", 3, 0)])
    two = start_waiting_build(portal)
    assert (finish(one).status, finish(two).status) == (0, 0)
    assert contents(portal.output) == portal.build_clean()[1]
