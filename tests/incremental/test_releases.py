"""A release is a whole folder that one rename shows to readers; earlier ones stay, and readers can be led back."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import threading
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from plugins.incremental import files, releases
from plugins.incremental.owned_files import OwnedFiles
from plugins.incremental.releases import Releases
from plugins.incremental.site import Publishing
from plugins.incremental.state import State
from plugins.problems import ContentError
from plugins.statistics.publishing import sync_files
from tests import editors, portals

from .builds import contents, was_killed
from .portal_edits import Edit, EditedPortal, tiny_portal
from .test_site import counts, publish

THREE = Publishing(releases=3, kept_builds=3)


def published(root: Path) -> set[str]:
    return set(editors.file_digests(root / "output"))


def test_output_is_a_link_to_the_newest_release_and_earlier_ones_stay(tmp_path: Path) -> None:
    for number in range(1, 9):
        changes, _ = publish(tmp_path, {"index.html": str(number), "a/index.html": "x"}, publishing=THREE)
        assert counts(changes) == ((2, 2, 0, 0) if number == 1 else (1, 1, 1, 0))
        assert os.readlink(tmp_path / "output") == f"output.releases/{number}"
        assert (tmp_path / "output/index.html").read_text() == str(number)
        kept = range(max(1, number - 3), number + 1)
        assert sorted(path.name for path in (tmp_path / "output.releases").iterdir() if path.is_dir()) == sorted(
            map(str, kept)
        )
        for other in kept:
            assert (tmp_path / f"output.releases/{other}/index.html").read_text() == str(other)
    inodes = {(tmp_path / f"output.releases/{number}/a/index.html").stat().st_ino for number in kept}
    assert len(inodes) == 1  # what has not changed is on the disk once


def test_a_build_that_changes_nothing_makes_no_release(tmp_path: Path) -> None:
    for _ in range(3):
        publish(tmp_path, ["index.html"], publishing=THREE)
    assert Releases(tmp_path / "output", 3).numbers == [1]


def test_files_of_others_come_along(tmp_path: Path) -> None:
    publish(tmp_path, ["index.html", "a/index.html"], publishing=THREE)
    editors.write_file(tmp_path / "output", "google123.html", "y")
    editors.write_file(tmp_path / "output", "a/so-lieu.json", "{}")
    (tmp_path / "output/to-nowhere").symlink_to("nowhere")
    for number in range(6):
        publish(tmp_path, {"index.html": f"{number}", "a/index.html": "x"}, publishing=THREE)
        assert published(tmp_path) == {"index.html", "a/index.html", "google123.html", "a/so-lieu.json"}
        assert os.readlink(tmp_path / "output/to-nowhere") == "nowhere"
    (tmp_path / "output/google123.html").unlink()
    publish(tmp_path, {"index.html": "last", "a/index.html": "x"}, publishing=THREE)
    assert published(tmp_path) == {"index.html", "a/index.html", "a/so-lieu.json"}


def test_a_folder_that_is_there_stays_one(tmp_path: Path) -> None:
    publish(tmp_path, ["index.html"])
    publish(tmp_path, {"index.html": "2"}, publishing=THREE)
    assert not (tmp_path / "output").is_symlink() and (tmp_path / "output/index.html").read_text() == "2"


def test_readers_are_led_back_and_the_next_build_publishes_the_content_again(tmp_path: Path) -> None:
    publish(tmp_path, {"index.html": "1", "withdrawn/index.html": "x"}, publishing=THREE)
    publish(tmp_path, {"index.html": "2", "b/index.html": "x"}, publishing=THREE)
    publish(tmp_path, {"index.html": "3", "b/index.html": "x"}, publishing=THREE)
    found = Releases(tmp_path / "output", 3)
    assert [found.roll_back(OwnedFiles(tmp_path / "beside")) for _ in range(3)] == [2, 1, None]
    assert published(tmp_path) == {"index.html", "withdrawn/index.html"}
    publish(tmp_path, {"index.html": "3", "b/index.html": "x"}, publishing=THREE)
    assert published(tmp_path) == {"index.html", "b/index.html"}
    assert (tmp_path / "output/index.html").read_text() == "3"


def test_the_command_says_what_readers_see(tmp_path: Path) -> None:
    content = portals.write_article(tmp_path / "content", "mot.md").parents[2]
    settings = "RELEASES = 2\nSEARCH_INDEX = False"
    assert portals.build(tmp_path / "output", content, settings=settings).returncode == 0
    portals.write_article(content, "hai.md", title="Bài hai")
    assert portals.build(tmp_path / "output", content, settings=settings).returncode == 0
    for status in (0, 1):
        result = portals.tasks("rollback", "--output", str(tmp_path / "output"))
        assert (result.returncode, result.stderr.count("\n")) == (status, status)
        assert not (tmp_path / "output/bai-viet/hai").exists() and (tmp_path / "output/bai-viet/mot").exists()
    assert portals.build(tmp_path / "output", content, settings=settings).returncode == 0
    assert (tmp_path / "output/bai-viet/hai/index.html").exists()


def test_readers_in_a_loop_never_see_a_mixed_site_or_a_page_without_its_style(tmp_path: Path) -> None:
    """Each page names its style; pages and styles change with every build."""

    def site(number: int) -> dict[str, str]:
        pages = {f"{name}/index.html": f"theme/{number}.css" for name in "abcdefghij"}
        return pages | {f"theme/{number}.css": str(number)}

    publish(tmp_path, site(0), publishing=THREE)
    faults: list[str] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            release = tmp_path / os.readlink(tmp_path / "output")  # as nginx resolves the link at each request
            try:
                folder = os.open(release, os.O_RDONLY)
            except FileNotFoundError:  # has become the folder of a new one: this reader has slept for three builds
                continue
            try:
                pages = {_read(f"{name}/index.html", folder) for name in "abcdefghij"}
                if len(pages) != 1 and release.exists() and os.path.samestat(release.stat(), os.fstat(folder)):
                    faults.append(f"mixed: {pages}")
            finally:
                os.close(folder)
            style = (tmp_path / "output/a/index.html").read_text()
            if not (tmp_path / "output" / style).exists():
                faults.append(f"missing: {style}")

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        for number in range(1, 20):
            publish(tmp_path, site(number), publishing=THREE)
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert faults == []


def _read(name: str, folder: int) -> str:
    with open(os.open(name, os.O_RDONLY, dir_fd=folder), encoding="utf-8") as stream:
        return stream.read()


@pytest.mark.parametrize("older", [0, 1])
def test_a_release_that_is_lost_is_made_again(tmp_path: Path, older: int) -> None:
    for number in range(1, older + 2):
        publish(tmp_path, {"index.html": str(number), "a/index.html": "x"}, publishing=THREE)
    shutil.rmtree(tmp_path / f"output.releases/{older + 1}")
    assert published(tmp_path) == set()
    publish(tmp_path, {"index.html": "new", "b/index.html": "x"}, publishing=THREE)
    assert published(tmp_path) == {"index.html", "b/index.html"}
    assert (tmp_path / "output/index.html").read_text() == "new"


def test_a_link_to_a_disk_that_is_not_mounted_stays_one_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_LANG", "en")
    (tmp_path / "output").symlink_to(tmp_path / "disk")
    with pytest.raises(ContentError, match=r"output: is a link to .*disk, and nothing is there: mount"):
        publish(tmp_path, ["index.html"], publishing=THREE)
    (tmp_path / "disk").mkdir()
    publish(tmp_path, ["index.html"], publishing=THREE)
    assert (tmp_path / "disk/index.html").is_file() and (tmp_path / "output").is_symlink()


def test_readers_are_led_back_from_a_release_that_is_lost(tmp_path: Path) -> None:
    for number in (1, 2):
        publish(tmp_path, {"index.html": str(number)}, publishing=THREE)
    shutil.rmtree(tmp_path / "output.releases/2")
    assert Releases(tmp_path / "output", 3).roll_back(OwnedFiles(tmp_path / "beside")) == 1
    assert (tmp_path / "output/index.html").read_text() == "1"


def test_what_an_interruption_has_left_beside_a_file_is_no_obstacle(tmp_path: Path) -> None:
    def publish_and_look(text: str) -> None:
        texts = {"index.html": text, "a/index.html": text, "a/index.html.new": text}
        publish(tmp_path, texts, publishing=Publishing(releases=1))
        assert {name: (tmp_path / "output" / name).read_text() for name in texts} == texts
        assert published(tmp_path) == texts.keys()

    for number in range(5):
        publish_and_look(f"{number}")
        for name in ("index.html", "a/index.html"):
            files.replace_file(files.beside(f"{tmp_path}/output.releases/.next/{name}"), b"unfinished")


CHANGES = [Edit("template", 1, 1), Edit("retitle", 1, 1), Edit("create", 3, 2)]


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> EditedPortal:
    """A portal with two releases, and one to come. Without the media of `tiny_portal`."""
    portal = tiny_portal(tmp_path_factory.mktemp("releases") / "portal")
    portal.settings |= {"RELEASES": 1, "PDF_EXPORT": False, "AUDIO": False, "SEARCH_INDEX": False}
    for edits in ([], [Edit("retitle", 0, 1)], [Edit("retitle", 2, 2)]):
        portal.do(edits)
        assert portal.build().status == 0
    assert Releases(portal.output, 1).current == 3
    return portal


def kill_before(owner: object, name: str, calls: int) -> None:
    """Kill this process before it calls a function for the n-th time (from 1)."""
    real, count = getattr(owner, name), itertools.count(1)

    def call_or_die(*arguments: Any, **options: Any) -> Any:
        if next(count) == calls:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **options)

    setattr(owner, name, call_or_die)


MOMENTS = [
    (Releases, "prepare", 1),
    (releases, "mirror", 20),
    (files, "move", 1),
    (files, "move", 9),
    (Releases, "publish", 1),
    (Releases, "show", 1),
    (os, "symlink", 1),
    (State, "commit_build", 1),
]


def test_a_build_that_is_killed_shows_all_of_it_or_nothing(portal: EditedPortal, tmp_path: Path) -> None:
    old, changed = contents(portal.output), portal.copy(tmp_path / "changed")
    changed.do(CHANGES)
    new = changed.build_clean()[1]
    shown = []
    for moment in MOMENTS:
        copy = portal.copy(tmp_path / "killed")
        copy.do(CHANGES)
        assert was_killed(copy.build(partial(kill_before, *moment))), moment
        assert contents(copy.output) in (old, new), moment
        shown.append(contents(copy.output) == new)
        assert copy.build().status == 0
        assert contents(copy.output) == new, moment
        assert copy.build().counts == (0, 0, 0)
        shutil.rmtree(copy.root)
    assert shown == [False] * 7 + [True]


def test_figures_are_right_in_a_release_that_readers_are_led_back_to(tmp_path: Path) -> None:
    written: dict[str, str] = {}

    def write(text: bytes) -> int:
        def record(changed: Mapping[str, str], removed: Iterable[str]) -> None:
            written.update(changed)

        return sync_files(tmp_path / "output", {"a/so-lieu.json": text}, dict(written), record)

    for number in range(1, 4):
        publish(tmp_path, {"index.html": str(number), "a/index.html": "x"}, publishing=THREE)
        assert write(b"%d" % number) == 1
    Releases(tmp_path / "output", 3).roll_back(OwnedFiles(tmp_path / "beside"))
    assert (tmp_path / "output/a/so-lieu.json").read_bytes() == b"2"
    assert (write(b"3"), write(b"3")) == (1, 0)
    assert (tmp_path / "output/a/so-lieu.json").read_bytes() == b"3"
