"""`publish` killed at random moments: a folder, here or behind a real sshd, shows a whole release each time.

A bucket, which cannot switch at once, shows one after the next publishing.
"""

from __future__ import annotations

import getpass
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import boto3
import pytest

from plugins.deployment import release_folder
from plugins.deployment.machine import Machine
from plugins.deployment.publisher import publish
from plugins.deployment.release_folder import ReleaseFolder
from plugins.problems import ContentError
from tests import editors, portals
from tests.deployment.test_publish import ssh  # noqa: F401  a fixture

KILLS = 300
KILLS_IN_THE_SWITCH = 50
KILLS_OF_A_BUCKET = 100
FILES = 60
PUBLISH = """
import json, sys
from plugins.deployment import command, machine
machine.Machine.__init__.__defaults__ = (tuple(json.loads(sys.argv[3])),)
sys.exit(command.publish(sys.argv[1], OUTPUT_PATH=sys.argv[2]))
"""


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty bucket on a server of S3 on this machine."""
    from moto.moto_server.threaded_moto_server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.get_host_and_port()[1]}")
    for name, value in {"REGION": "us-east-1", "ACCESS_KEY_ID": "x", "SECRET_ACCESS_KEY": "x"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    boto3.client("s3").create_bucket(Bucket="portal")
    yield "s3://portal"
    server.stop()


def write_site(site: Path, number: int) -> None:
    """Write an edition of a site: some files change, some come, some go."""
    for file in site.rglob("*.html"):
        file.unlink()
    editors.write_file(site, "index.html", f"{number}")
    for page in range(FILES):
        name = f"{(page + number // 3) % (FILES + 9)}/index.html"
        editors.write_file(site, name, f"{number if page % 2 else 0} {page}")


def start(target: str, site: Path, by: tuple[str, ...] = ()) -> subprocess.Popen[bytes]:
    """Start publishing. by: the command that reaches another machine."""
    command = [sys.executable, "-c", PUBLISH, target, str(site), json.dumps(by)]
    return subprocess.Popen(command, cwd=portals.ROOT, stdout=subprocess.DEVNULL, start_new_session=True)


def publish_and_kill(target: str, site: Path, chance: random.Random, longest: float, by: tuple[str, ...] = ()) -> bool:
    """Kill a publisher and what it has started at a random moment; return whether it was still at work."""
    running = start(target, site, by)
    time.sleep(chance.uniform(0.3, 1) * longest)
    with suppress(ProcessLookupError):
        os.killpg(running.pid, 9)
    return running.wait() != 0


def contents(site: Path) -> dict[str, str]:
    """Return the text of each file."""
    return {path.relative_to(site).as_posix(): path.read_text() for path in site.rglob("*.html")}


@pytest.mark.parametrize("place", ["here", "behind sshd"])
def test_a_folder_shows_one_whole_release_whenever_publishing_is_killed(
    request: pytest.FixtureRequest, tmp_path: Path, place: str
) -> None:
    site, folder, chance = tmp_path / "output", tmp_path / "target", random.Random(3)
    by = () if place == "here" else request.getfixturevalue("ssh")
    target = f"{getpass.getuser()}@127.0.0.1:{folder}" if by else str(folder)
    write_site(site, 0)
    begun = time.monotonic()
    assert start(target, site, by).wait() == 0
    longest = time.monotonic() - begun
    editions, killed, number = {"0": contents(site)}, 0, 0
    while killed < KILLS:
        number += 1
        write_site(site, number)
        editions[str(number)] = contents(site)
        killed += publish_and_kill(target, site, chance, longest, by)
        shown = contents(folder / "current")
        assert shown == editions[shown["index.html"]]
        if number % 10 == 0:
            assert start(target, site, by).wait() == 0
            assert contents(folder / "current") == contents(site)
    assert start(target, site, by).wait() == 0
    assert contents(folder / "current") == contents(site)
    print(f"\n{killed} of {number} were killed")


def test_a_folder_behind_sshd_shows_one_whole_release_when_the_switch_is_killed(
    ssh: tuple[str, ...],  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    site, folder, chance = tmp_path / "output", tmp_path / "target", random.Random(5)
    target = ReleaseFolder(Machine(f"{getpass.getuser()}@127.0.0.1:{folder}", ssh))
    switch, shown = release_folder.SHOW, []
    for number in range(3):
        write_site(site, number)
        publish(site, target, 2)
    old = contents(folder / "current")
    for number in range(3, KILLS_IN_THE_SWITCH + 3):
        write_site(site, number)
        # the shell there and all that it has started, somewhere in the milliseconds that it takes
        kill = f"(sleep {chance.uniform(0, 0.02):.4f}; kill -9 0) & "
        monkeypatch.setattr(release_folder, "SHOW", kill + switch.strip() + "\nsleep 1\n")
        with pytest.raises(ContentError):
            publish(site, target, 2)
        new = contents(site)
        seen = contents(folder / "current")
        assert seen in (old, new), number
        shown.append(seen == new)
        monkeypatch.setattr(release_folder, "SHOW", switch)
        publish(site, target, 2)
        assert contents(folder / "current") == new
        old = new
    print(f"\n{len(shown)} kills in the switch; the new release was shown after {sum(shown)}")
    assert 0 < sum(shown) < len(shown)


def test_a_bucket_is_whole_after_the_next_publishing_whenever_one_was_killed(bucket: str, tmp_path: Path) -> None:
    site, chance, store = tmp_path / "output", random.Random(4), boto3.client("s3")

    def text_of(name: str) -> str:
        text: str = store.get_object(Bucket="portal", Key=name)["Body"].read().decode()
        return text

    def shown() -> dict[str, str]:
        pages = store.get_paginator("list_objects_v2").paginate(Bucket="portal")
        names = [found["Key"] for page in pages for found in page.get("Contents", ())]
        return {name: text_of(name) for name in names if not name.startswith(".portal/")}

    write_site(site, 0)
    begun = time.monotonic()
    assert start(bucket, site).wait() == 0
    longest, killed = time.monotonic() - begun, 0
    for number in range(1, KILLS_OF_A_BUCKET + 1):
        write_site(site, number)
        killed += publish_and_kill(bucket, site, chance, longest)
        store.delete_object(Bucket="portal", Key=".portal/lock")  # five minutes later
        if number % 3 == 0:
            write_site(site, number + 1000)  # another edition than the one that was interrupted
        assert start(bucket, site).wait() == 0
        assert shown() == contents(site)
        listed = json.loads(text_of(".portal/release.json"))["files"]
        assert listed.keys() == contents(site).keys() and all(listed.values())
    print(f"\n{killed} of {KILLS_OF_A_BUCKET} were killed")
