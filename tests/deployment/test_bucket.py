"""`publish` brings the site to a bucket of S3: verified, quickly switched, safe to interrupt and to repeat."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest

from plugins.deployment import bucket, command
from plugins.deployment.bucket import LOCK, NEXT, RELEASE, STATE, Bucket
from plugins.deployment.publisher import publish
from plugins.problems import ContentError
from tests import editors, portals

from .test_publish import write

HEADERS = "/*\n  X-Content-Type-Options: nosniff\n/theme/*\n  Cache-Control: public, max-age=31536000, immutable\n"
NUMBERS = itertools.count()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Start a server of S3 on this machine, and return its port."""
    from moto.moto_server.threaded_moto_server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    yield server.get_host_and_port()[1]
    server.stop()


@pytest.fixture
def target(port: int, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """An empty bucket of its own."""
    monkeypatch.setenv("PORTAL_LANG", "en")
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "x",
    }.items():
        monkeypatch.setenv(name, value)
    name = f"portal-{next(NUMBERS)}"
    boto3.client("s3").create_bucket(Bucket=name)
    return Bucket(f"s3://{name}")


def shown(target: Bucket) -> dict[str, str]:
    """Return what readers see: the text of each file by name."""
    names = [found["path"] for page in target._store.list() for found in page]
    return {name: bytes(target._store.get(name).bytes()).decode() for name in names if not name.startswith(STATE)}


class Wrapped:
    """A store some of whose methods are replaced."""

    def __init__(self, store: object, **methods: object) -> None:
        self.__dict__ |= {"store": store, **methods}

    def __getattr__(self, name: str) -> object:
        return getattr(self.store, name)


def test_only_what_differs_is_sent(target: Bucket, tmp_path: Path) -> None:
    site = write(tmp_path / "output", index="1", a_index="x", b_index="x", c_index="z")
    for name in (".well-known/security.txt", "documents/Báo cáo (1) #2 100%.pdf", "nginx/http.conf", "index.html.gz"):
        editors.write_file(site, name, "y")
    assert "6 files sent, 0 removed; readers see release 1" in publish(site, target, 2)
    assert shown(target).keys() == {
        "index.html",
        *(f"{name}/index.html" for name in "abc"),
        ".well-known/security.txt",
        "documents/Báo cáo (1) #2 100%.pdf",
    }
    write(site, index="2", a_index="x", b_index="x")
    assert "1 files would be sent, 3 removed" in publish(site, target, 2, force=True, dry_run=True)
    assert shown(target)["index.html"] == "1"
    assert "1 files sent, 3 removed; readers see release 2" in publish(site, target, 2, force=True)
    assert shown(target) == {"index.html": "2", "a/index.html": "x", "b/index.html": "x"}
    assert "all 3 files already" in publish(site, target, 2)
    assert [found["path"] for page in target._store.list(STATE) for found in page] == [RELEASE]


def test_readers_get_the_headers_of_the_portal(target: Bucket, tmp_path: Path) -> None:
    site = write(tmp_path / "output", index="1")
    for name, text in {"_headers": HEADERS, "theme/a.1.css": "x", "tin/feed.rss": "x", "anh/a.avif": "x"}.items():
        editors.write_file(site, name, text)
    publish(site, Bucket(f"{target.name}/cổng"), 2)
    immutable = "public, max-age=31536000, immutable"
    for name, media_type, cache_control in (
        ("index.html", "text/html; charset=utf-8", "no-cache"),
        ("theme/a.1.css", "text/css; charset=utf-8", immutable),
        ("tin/feed.rss", "application/rss+xml; charset=utf-8", "no-cache"),
        ("anh/a.avif", "image/avif", "no-cache"),
    ):
        answer = boto3.client("s3").head_object(Bucket=target.name.removeprefix("s3://"), Key=f"cổng/{name}")
        assert (answer["ContentType"], answer["CacheControl"]) == (media_type, cache_control)


def test_other_headers_are_sent_though_the_file_is_the_same(target: Bucket, tmp_path: Path) -> None:
    site = write(tmp_path / "output", index="1")
    editors.write_file(site, "theme/a.css", "x")
    publish(site, target, 2)
    editors.write_file(site, "_headers", HEADERS)
    assert "1 files sent" in publish(site, target, 2)
    answer = boto3.client("s3").head_object(Bucket=target.name.removeprefix("s3://"), Key="theme/a.css")
    assert "immutable" in answer["CacheControl"]


def test_most_of_a_bucket_is_not_emptied_without_force(target: Bucket, tmp_path: Path) -> None:
    publish(write(tmp_path / "output", index="1", a_index="x", b_index="y"), target, 2)
    with pytest.raises(ContentError, match="--force"):
        publish(write(tmp_path / "output", index="1"), target, 2)
    assert len(shown(target)) == 3


@pytest.mark.parametrize("moment", ["upload", "copy", "remove"])
def test_an_interrupted_attempt_is_gone_on_with(
    target: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    before = {f"page{number}_index": "x" for number in range(9)}
    publish(write(tmp_path / "output", index="1", **before), target, 2)
    site = write(tmp_path / "output", index="2", **{f"new{number}_index": str(number) for number in range(9)})
    method = {"upload": "put", "copy": "copy", "remove": "delete"}[moment]
    real, calls = getattr(target._store, method), []

    def interrupt_after_three(path: str, *arguments: object, **options: object) -> object:
        calls.append(path)
        if isinstance(path, list) or (str(path).startswith(NEXT) and len(calls) > 3):
            raise KeyboardInterrupt
        return real(path, *arguments, **options)

    store = target._store
    target._store = Wrapped(store, **{method: interrupt_after_three})
    monkeypatch.setattr(bucket, "WORKERS", 1)
    with pytest.raises(KeyboardInterrupt):
        publish(site, target, 2, force=True)
    target._store = store
    if moment == "upload":
        assert shown(target) == {"index.html": "1"} | {f"page{number}/index.html": "x" for number in range(9)}
    write(site, index="3", new1_index="1", other_index="o")  # what was new in the interrupted attempt is withdrawn
    publish(site, Bucket(target.name), 2, force=True)
    assert shown(target) == {"index.html": "3", "new1/index.html": "1", "other/index.html": "o"}


def test_what_pages_need_comes_before_them_and_what_is_gone_goes_last(
    target: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write(tmp_path / "output", index="1", old_index="x")
    publish(site, target, 2)
    write(site, index="2", new_index="x")
    for name, text in {"_headers": HEADERS, "theme/a.2.css": "y", "new.pdf": "p"}.items():
        editors.write_file(site, name, text)
    order: list[str] = []
    store = target._store

    def copy(source: str, name: str) -> None:
        order.append(name)
        store.copy(source, name)

    def delete(names: list[str]) -> None:
        order.extend(names)
        store.delete(names)

    target._store = Wrapped(store, copy=copy, delete=delete)
    monkeypatch.setattr(bucket, "WORKERS", 1)
    publish(site, target, 2)
    assert order[:5] == ["theme/a.2.css", "new.pdf", "new/index.html", "index.html", "old/index.html"]


def test_what_changes_while_it_is_sent_is_not_shown(target: Bucket, tmp_path: Path) -> None:
    site = write(tmp_path / "output", index="1")
    publish(site, target, 2)
    write(site, index="2")
    files = {"index.html": "0" * 64}
    with pytest.raises(ContentError, match="readers see what they saw before"):
        target.replace(site, files, target.shown(), 2)
    assert shown(target) == {"index.html": "1"}


def test_the_second_of_two_publishers_waits(
    target: Bucket, tmp_path: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write(tmp_path / "output", index="1")
    monkeypatch.setattr(bucket, "LEASE", 600)
    with target.lock():
        other = threading.Thread(target=publish, args=(site, Bucket(target.name), 2))
        other.start()
        portals.wait_until(lambda: target.name in capsys.readouterr().out)
        assert shown(target) == {}
    other.join()
    assert shown(target) == {"index.html": "1"}


def test_the_lock_of_somebody_who_has_died_is_taken_over(
    target: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bucket, "LEASE", 0.5)
    target._store.put(LOCK, b"of somebody who was switched off")
    publish(write(tmp_path / "output", index="1"), target, 2)
    assert shown(target) == {"index.html": "1"}


def test_who_has_lost_the_lock_shows_nothing(target: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bucket, "LEASE", 0.05)
    site = write(tmp_path / "output", index="1")
    real = target._stage

    def stage_for_long(*arguments: object) -> None:
        real(*arguments)
        target._store.put(LOCK, b"of another publisher")
        assert target._lost.wait(portals.PATIENCE)

    monkeypatch.setattr(target, "_stage", stage_for_long)
    with pytest.raises(ContentError, match="taken the lock over"):
        publish(site, target, 2)
    assert shown(target) == {}
    assert bytes(target._store.get(LOCK).bytes()) == b"of another publisher"


def test_what_is_wrong_is_one_line(
    target: Bucket, tmp_path: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = str(write(tmp_path / "output", index="1"))
    monkeypatch.setenv("PORTAL_LANG", "en")
    assert command.publish("s3://no-such-bucket", OUTPUT_PATH=site) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and "bucket does not exist; nothing is published there" in error
    assert command.publish("s3:///folder", OUTPUT_PATH=site) == 1
    assert "s3:///folder: write s3://BUCKET" in capsys.readouterr().err
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    assert command.publish(target.name, OUTPUT_PATH=site) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and "AWS_ACCESS_KEY_ID" in error


def test_the_list_of_a_release_can_be_read_by_others(target: Bucket, tmp_path: Path) -> None:
    publish(write(tmp_path / "output", index="1"), target, 2)
    release = json.loads(bytes(target._store.get(RELEASE).bytes()))
    assert release == {"number": 1, "files": {"index.html": release["files"]["index.html"]}}
