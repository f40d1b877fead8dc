"""`publish` brings the site to a folder, or through a real sshd to another machine: whole, verified, by one rename."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.deployment import release_folder
from plugins.deployment.machine import SSH, Machine
from plugins.deployment.publisher import publish
from plugins.deployment.release_folder import ReleaseFolder
from plugins.problems import ContentError
from tests import editors, portals

SSHD = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
SSHD_CONFIG = """
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/key.pub
PidFile {folder}/sshd.pid
StrictModes no
UsePAM no
PasswordAuthentication no
"""


@pytest.fixture(scope="module")
def ssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, ...]]:
    """A real sshd on this machine; the command that reaches it."""
    if not SSHD:
        pytest.skip("no sshd on this machine")
    folder = tmp_path_factory.mktemp("sshd")
    for name in ("host_key", "key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    (folder / "config").write_text(SSHD_CONFIG.format(port=port, folder=folder))
    Path("/run/sshd").mkdir(exist_ok=True)
    server = subprocess.Popen([SSHD, "-D", "-e", "-f", str(folder / "config")], stderr=subprocess.DEVNULL)
    options = ("-p", str(port), "-i", str(folder / "key"), "-o", f"UserKnownHostsFile={folder}/known")
    command = (*SSH, *options, "-o", "StrictHostKeyChecking=accept-new", "-F", "none")

    def is_reached() -> bool:
        return subprocess.run([*command, f"{getpass.getuser()}@127.0.0.1", "true"], capture_output=True).returncode == 0

    try:
        portals.wait_until(is_reached)
        yield command
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(params=["folder", "ssh"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> ReleaseFolder:
    """A target: a folder whose name needs quoting, here or behind SSH."""
    folder = tmp_path / "cổng 'tỉnh' $HOME"
    if request.param == "folder":
        return ReleaseFolder(Machine(str(folder)))
    return ReleaseFolder(Machine(f"{getpass.getuser()}@127.0.0.1:{folder}", request.getfixturevalue("ssh")))


def write(site: Path, **texts: str) -> Path:
    """Write files of a site: `a_index="x"` is a/index.html. What is not named is removed."""
    shutil.rmtree(site, ignore_errors=True)
    for name, text in texts.items():
        editors.write_file(site, name.replace("_", "/") + ".html", text)
    return site


def shown(target: ReleaseFolder) -> dict[str, str]:
    """Return what readers see: the text of each file by name."""
    root = Path(target.machine.folder) / "current"
    return {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*") if path.is_file()}


def test_only_what_differs_is_sent_and_earlier_releases_stay(
    target: ReleaseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_LANG", "en")
    site = write(tmp_path / "output", index="1", a_index="x", b_index="y", c_index="z")
    editors.write_file(site, ".index.html.new", "unfinished")
    editors.write_file(site, ".well-known/security.txt", "x")
    assert "5 files sent, 0 removed; readers see release 1" in publish(site, target, 2)
    site = write(tmp_path / "output", index="2", a_index="x", b_index="y")
    assert "1 files would be sent, 2 removed" in publish(site, target, 2, dry_run=True)
    assert shown(target)["index.html"] == "1"
    assert "1 files sent, 2 removed; readers see release 2" in publish(site, target, 2)
    assert shown(target) == {"index.html": "2", "a/index.html": "x", "b/index.html": "y"}
    assert "all 3 files already" in publish(site, target, 2)
    for number in range(3, 6):
        publish(write(site, index=str(number), a_index="x", b_index="y"), target, 2)
    folder = Path(target.machine.folder)
    assert sorted(path.name for path in (folder / "releases").iterdir() if path.is_dir()) == ["3", "4", "5"]
    assert os.readlink(folder / "current") == "releases/5"
    assert len({(folder / f"releases/{number}/a/index.html").stat().st_ino for number in (3, 4, 5)}) == 1
    assert (folder / "releases/4/index.html").read_text() == "4"  # hard links are not written through
    assert target.roll_back() == "4" and shown(target)["index.html"] == "4"
    assert target.roll_back() == "3" and shown(target)["index.html"] == "3"
    with pytest.raises(ContentError, match="no earlier release"):
        target.roll_back()
    assert "1 files sent, 0 removed; readers see release 6" in publish(site, target, 2)
    assert shown(target)["index.html"] == "5"


def test_most_of_a_portal_is_not_removed_without_force(target: ReleaseFolder, tmp_path: Path) -> None:
    publish(write(tmp_path / "output", index="1", a_index="x", b_index="y"), target, 2)
    with pytest.raises(ContentError, match="--force"):
        publish(write(tmp_path / "output", index="1"), target, 2)
    assert len(shown(target)) == 3
    publish(tmp_path / "output", target, 2, force=True)
    assert shown(target) == {"index.html": "1"}


def test_an_interrupted_attempt_shows_nothing_and_is_gone_on_with(
    target: ReleaseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(write(tmp_path / "output", index="1", old_index="x"), target, 2)
    monkeypatch.setattr(release_folder, "BATCH_SIZE", 0)  # every file alone
    real, sent = ReleaseFolder.send_batch, []

    def interrupt_after_three(target: ReleaseFolder, folder: Path, names: list[str]) -> None:
        if len(sent) == 3:
            raise KeyboardInterrupt
        sent.extend(names)
        real(target, folder, names)

    site = write(tmp_path / "output", index="2", **{f"page{n}_index": str(n) for n in range(9)})
    monkeypatch.setattr(ReleaseFolder, "send_batch", interrupt_after_three)
    with pytest.raises(KeyboardInterrupt):
        publish(site, target, 2)
    assert shown(target) == {"index.html": "1", "old/index.html": "x"}
    again: list[str] = []

    def record(target: ReleaseFolder, folder: Path, names: list[str]) -> None:
        again.extend(names)
        real(target, folder, names)

    monkeypatch.setattr(ReleaseFolder, "send_batch", record)
    publish(site, target, 2)
    assert len(again) == 7 and not set(again) & set(sent)
    assert len(shown(target)) == 10 and shown(target)["index.html"] == "2"


def test_what_is_damaged_on_the_way_is_not_shown(
    target: ReleaseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(write(tmp_path / "output", index="1"), target, 2)
    real = ReleaseFolder.send_batch

    def damage(target: ReleaseFolder, folder: Path, names: list[str]) -> None:
        real(target, folder, names)
        (Path(target.machine.folder) / ".next/index.html").write_text("damaged")

    monkeypatch.setattr(ReleaseFolder, "send_batch", damage)
    site = write(tmp_path / "output", index="2")
    with pytest.raises(ContentError):
        publish(site, target, 2)
    assert shown(target) == {"index.html": "1"}
    monkeypatch.setattr(ReleaseFolder, "send_batch", real)
    publish(site, target, 2)
    assert shown(target) == {"index.html": "2"}


def test_the_second_of_two_publishers_waits(
    target: ReleaseFolder, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    target.check()
    site = write(tmp_path / "output", index="1")
    with target.lock():
        other = threading.Thread(
            target=publish, args=(site, ReleaseFolder(Machine(target.name, target.machine.ssh)), 2)
        )
        other.start()
        portals.wait_until(lambda: target.name in capsys.readouterr().out)
        assert not (Path(target.machine.folder) / "current").exists()
    other.join()
    assert shown(target) == {"index.html": "1"}


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("echo 'tar: a: No space left on device' >&2; echo 'tar: Exiting with failure status' >&2; exit 2", "No space"),
        ("exit 3", "exit status 3"),
    ],
)
def test_why_a_command_has_failed_there_is_told(tmp_path: Path, script: str, reason: str) -> None:
    with pytest.raises(ContentError, match=reason):
        Machine(str(tmp_path)).run(script)


def test_why_nobody_can_publish_there_is_told(tmp_path: Path) -> None:
    (tmp_path / ".lock").mkdir()
    with pytest.raises(ContentError, match="directory"), Machine(str(tmp_path)).lock():
        pass


@pytest.mark.parametrize(
    "target", ["portal.example:", "deploy@portal.example", "ftp://x/y", "C:\\www", "a@b", "https://x"]
)
def test_what_is_no_target_is_told_and_makes_no_folder(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_LANG", "en")
    with pytest.raises(ContentError, match="write a folder"):
        Machine(target)


@pytest.mark.parametrize(
    ("target", "folder"),
    [
        ("~/www", str(Path.home() / "www")),
        ("deploy@portal.example:~/www", "www"),
        ("deploy@portal.example:www a", "www a"),
        ("deploy@[2001:db8::1]:/srv", "/srv"),
        ("/srv/a:b@c", "/srv/a:b@c"),
        ("./a:b", str(Path.cwd() / "a:b")),
    ],
)
def test_a_target_is_read_as_people_write_it(target: str, folder: str) -> None:
    assert Machine(target).folder == folder


def test_a_folder_in_the_place_of_the_link_is_told_before_anything_is_sent(
    target: ReleaseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_LANG", "en")
    editors.write_file(Path(target.machine.folder), "current/index.html", "x")
    with pytest.raises(ContentError, match="no link to a release"):
        publish(write(tmp_path / "output", index="1"), target, 2)
    assert not (Path(target.machine.folder) / ".next").exists()


def test_what_is_wrong_is_one_line(tmp_path: Path) -> None:
    nothing = [str(tmp_path / "target"), "--output", str(tmp_path / "none")]
    site = write(tmp_path / "output", index="1")
    unreachable = ["nobody@127.0.0.1:/srv", "--output", str(site)]
    (tmp_path / "file").write_text("x")
    no_folder = [str(tmp_path / "file/x"), "--output", str(site)]
    for arguments, words in ((nothing, "chưa dựng"), (unreachable, "chưa xuất bản"), (no_folder, "chưa xuất bản")):
        result = portals.tasks("publish", *arguments)
        assert (result.returncode, result.stderr.count("\n")) == (1, 1), result.stderr
        assert words in result.stderr


def test_where_to_publish_and_what_to_undo_need_not_be_named(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    told = portals.tasks("publish", "--content", str(content), "--output", str(tmp_path)).stderr
    assert "[publishing]" in told
    assert "RELEASES" in portals.tasks("rollback", "--output", str(tmp_path)).stderr
    assert "không có bản trước" in portals.tasks("rollback", str(tmp_path / "target")).stderr
