"""A disk that is full or read-only, a mount, another user, umask 077: `build` and `publish` tell it in one line.

The disks are real ones in memory (tmpfs), so root is needed. What readers see stays as it was, and the next attempt,
when nothing is in the way any more, is complete.
"""

from __future__ import annotations

import getpass
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from plugins.deployment.machine import Machine
from plugins.deployment.publisher import publish
from plugins.deployment.release_folder import ReleaseFolder
from plugins.problems import ContentError
from tests import editors, portals
from tests.deployment.test_publish import ssh  # noqa: F401  a fixture
from tests.incremental import builds

pytestmark = pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root mounts disks")
NOBODY = 65534
PLAIN, RELEASES = 0, 3


@contextmanager
def disk(folder: Path, size: str = "30m") -> Iterator[Path]:
    """Mount a disk in memory at a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"mode=755,size={size}", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def remount(folder: Path, options: str) -> None:
    """Mount a disk again, such as read-only."""
    subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True)


def let_everybody_in(folder: Path) -> None:
    """Let other users reach a folder."""
    for parent in folder.parents:
        if not parent.stat().st_mode & 0o001:
            parent.chmod(0o711)


@contextmanager
def full(folder: Path, free: int) -> Iterator[None]:
    """Fill a disk up to some bytes."""
    file = folder / "filling"
    with file.open("wb", buffering=0) as stream, suppress(OSError):
        while stream.write(bytes(1 << 16)):
            pass
    os.truncate(file, max(0, file.stat().st_size - free))
    try:
        yield
    finally:
        file.unlink()


class Portal:
    """A portal whose site, state and cache are on one disk, and its content on another."""

    def __init__(self, folder: Path, content: Path, releases: int) -> None:
        self.folder, self.content, self.releases = folder, content, releases
        self.output = folder / "output"
        editors.write_small_content(content)

    def edit(self, number: int) -> None:
        """Write all articles anew."""
        for article in range(12):
            text = f"Nội dung bản {number}. " * 200
            editors.write_article(self.content, f"b{article}.md", text, title=f"Bài {article}", slug=f"b{article}")

    def build(self, prepare: builds.Prepare | None = None) -> builds.Built:
        """Build in a forked copy, which writes what it prints to another disk."""
        told = self.content.parent / "told"
        settings = {
            "PATH": str(self.content),
            "OUTPUT_PATH": str(self.output),
            "CACHE_PATH": str(self.folder / "cache"),
        }
        settings |= {"RELEASES": self.releases, "BOUNDARY_MAP": {}, "JOBS": 1, "PDF_EXPORT": False, "AUDIO": False}
        settings |= {"SEARCH_INDEX": False, "KEPT_BUILDS": 0}
        portals.give_settings(self.content)
        builds.share_templates(self.folder / "cache")

        def run() -> builds.Built:
            with told.open("w", encoding="utf-8", buffering=1) as stream:
                sys.stdout = sys.stderr = stream
                os.environ["PORTAL_LANG"] = "en"
                return replace(builds._run(prepare, settings), changes=None)

        built: builds.Built = builds.in_copy(run)
        lines = (line for line in told.read_text("utf-8").splitlines(keepends=True) if "warning" not in line)
        return replace(built, complaints="".join(line for line in lines if built.status))

    def shown(self) -> dict[str, bytes]:
        """Return what readers see."""
        return builds.contents(self.output)


@pytest.fixture(params=[PLAIN, RELEASES], ids=["folder", "releases"])
def portal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Portal]:
    """A portal that is built, on a disk of its own, and edited since."""
    with disk(tmp_path / "disk") as folder:
        found = Portal(folder, tmp_path / "content", request.param)
        found.edit(1)
        assert found.build().status == 0
        found.edit(2)
        yield found


def assert_refused(portal: Portal, built: builds.Built, old: dict[str, bytes]) -> None:
    """Assert that a build has told in one line what was wrong, and left the site alone."""
    assert (built.crash, built.status) == ("", 1)
    assert len(built.complaints.splitlines()) == 1, built.complaints
    assert portal.shown() == old


def assert_next_is_complete(portal: Portal) -> None:
    """Assert that the next build shows the new edition."""
    built = portal.build()
    assert (built.status, built.complaints) == (0, "")
    assert "bản 2" in (portal.output / "bai-viet/b1/index.html").read_text()


@pytest.mark.parametrize("free", [0, 100_000, 200_000, 300_000, 500_000])
def test_a_build_on_a_full_disk(portal: Portal, free: int) -> None:
    old = portal.shown()
    with full(portal.folder, free):
        built = portal.build()
        assert_refused(portal, built, old)
        assert "free some space" in built.complaints or "full" in built.complaints
    assert_next_is_complete(portal)


def test_a_build_on_a_read_only_disk(portal: Portal) -> None:
    old = portal.shown()
    remount(portal.folder, "ro")
    built = portal.build()
    remount(portal.folder, "rw")
    assert_refused(portal, built, old)
    assert "mount it for writing" in built.complaints
    assert_next_is_complete(portal)


def test_a_build_by_another_user(portal: Portal) -> None:
    let_everybody_in(portal.folder)
    old = portal.shown()
    built = portal.build(partial(os.setuid, NOBODY))
    assert_refused(portal, built, old)
    assert "run this as that user" in built.complaints
    assert_next_is_complete(portal)


def test_a_build_with_a_umask_that_lets_nobody_read(portal: Portal) -> None:
    assert portal.build(partial(os.umask, 0o077)).status == 0
    root = portal.output.resolve()
    modes = {stat.filemode(path.stat().st_mode) for path in [root, *root.rglob("*")]}
    assert modes == {"-rw-r--r--", "drwxr-xr-x"}
    assert all(folder.stat().st_mode & 0o005 == 0o005 for folder in (portal.output.parent, root.parent))
    assert_next_is_complete(portal)


@pytest.mark.parametrize("kind", ["disk", "volume"])
def test_output_is_a_mount(tmp_path: Path, kind: str) -> None:
    portal = Portal(tmp_path / "portal", tmp_path / "content", RELEASES)
    portal.output.mkdir(parents=True)
    with disk(portal.output if kind == "disk" else tmp_path / "volume") as mounted:
        if kind == "volume":
            subprocess.run(["mount", "--bind", str(mounted), str(portal.output)], check=True)
        try:
            portal.edit(1)
            assert portal.build().status == 0
            portal.edit(2)
            old = portal.shown()
            with full(mounted, 0):
                assert_refused(portal, portal.build(), old)
            remount(mounted, "ro")
            if kind == "disk":
                assert_refused(portal, portal.build(), old)
            remount(mounted, "rw")
            assert_next_is_complete(portal)
        finally:
            if kind == "volume":
                subprocess.run(["umount", str(portal.output)], check=True)


# --- publish ---


def write_site(site: Path, number: int) -> Path:
    """Write an edition of a site."""
    for page in range(20):
        editors.write_file(site, f"{page}/index.html", f"{number} {page} " * 2000)
    return editors.write_file(site, "index.html", str(number)).parent


@pytest.fixture(params=["here", "behind sshd"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ReleaseFolder]:
    """A target on a disk of its own, with a release."""
    with disk(tmp_path / "target") as folder:
        if request.param == "here":
            found = ReleaseFolder(Machine(str(folder)))
        else:
            found = ReleaseFolder(Machine(f"{getpass.getuser()}@127.0.0.1:{folder}", request.getfixturevalue("ssh")))
        publish(write_site(tmp_path / "output", 1), found, 2)
        write_site(tmp_path / "output", 2)
        yield found


def assert_publishing_is_refused(target: ReleaseFolder, site: Path, words: str) -> None:
    """Assert that publishing tells in one line what is wrong, and leaves the site alone."""
    old = builds.contents(Path(target.machine.folder) / "current")
    with pytest.raises(ContentError) as refused:
        publish(site, target, 2)
    (problem,) = refused.value.problems
    assert words in str(problem) and "\n" not in str(problem)
    assert builds.contents(Path(target.machine.folder) / "current") == old


def assert_publishing_is_complete(target: ReleaseFolder, site: Path) -> None:
    """Assert that the next attempt shows the new edition, whatever the last one has left."""
    publish(site, target, 2)
    assert builds.contents(Path(target.machine.folder) / "current") == builds.contents(site)


@pytest.mark.parametrize("free", [0, 50_000, 150_000])
def test_publishing_to_a_full_disk(target: ReleaseFolder, tmp_path: Path, free: int) -> None:
    with full(Path(target.machine.folder), free):
        assert_publishing_is_refused(target, tmp_path / "output", "No space left on device")
    assert_publishing_is_complete(target, tmp_path / "output")


def test_publishing_to_a_read_only_disk(target: ReleaseFolder, tmp_path: Path) -> None:
    remount(Path(target.machine.folder), "ro")
    assert_publishing_is_refused(target, tmp_path / "output", "Read-only file system")
    remount(Path(target.machine.folder), "rw")
    assert_publishing_is_complete(target, tmp_path / "output")


def test_publishing_with_a_umask_that_lets_nobody_read(target: ReleaseFolder, tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        publish(tmp_path / "output", target, 2)
    finally:
        os.umask(before)
    root = (Path(target.machine.folder) / "current").resolve()
    assert {stat.filemode(p.stat().st_mode) for p in [root, *root.rglob("*")]} == {"-rw-r--r--", "drwxr-xr-x"}


def test_publishing_by_another_user(tmp_path: Path) -> None:
    with disk(tmp_path / "target") as folder:
        target, site = ReleaseFolder(Machine(str(folder))), write_site(tmp_path / "output", 1)
        publish(site, target, 2)
        write_site(site, 2)
        let_everybody_in(folder)
        builds.in_copy(_publish_as_nobody, target, site)
        assert_publishing_is_complete(target, site)


def _publish_as_nobody(target: ReleaseFolder, site: Path) -> None:
    os.setuid(NOBODY)
    assert_publishing_is_refused(target, site, "ermission denied")
