"""A bucket of S3, or of a service that speaks its language, as a target: s3://BUCKET or s3://BUCKET/FOLDER.

A bucket knows no rename and no link, so the switch is a row of copies inside of it, which take seconds: what differs is
first uploaded below .portal/next/, where its digest is its name, and verified. Then it is copied to its places, what
pages need first, then new pages, then changed ones; at last what is gone is removed. `.portal/release.json` lists what
readers see, and, while copies are made, what they may see, so that the next attempt mends whatever an interruption has
left. `.portal/lock` is created by a conditional request; who waits takes it over from somebody who no longer renews it.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeVar

from plugins.addresses import SERVER_FILES
from plugins.i18n import translate
from plugins.incremental.precompressed import SUFFIXES
from plugins.preview.headers import HeaderRules, headers_for, read_rules
from plugins.problems import ContentError, Problem
from plugins.web_server.headers import REVALIDATE
from plugins.web_server.media_types import media_type_of

from .publisher import changed_meanwhile, compare

if TYPE_CHECKING:
    from obstore import PutMode
    from obstore.store import S3Store

WORKERS = 16  # requests at a time
LEASE = 300.0  # seconds after which a lock that nobody has renewed is free
STATE = ".portal/"
RELEASE, LOCK, NEXT = f"{STATE}release.json", f"{STATE}lock", f"{STATE}next/"
CREDENTIALS = (
    "AWS_ACCESS_KEY_ID",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
)
T = TypeVar("T")


class Bucket:
    """A bucket. See `publisher.Target`.

    Args:
        target: s3://BUCKET or s3://BUCKET/FOLDER. Where the service is and who may write there is in the environment
            variables that all programs for S3 use: AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID, ….
    """

    def __init__(self, target: str) -> None:
        self.name = target
        self._number = 0
        self._lost = threading.Event()  # the lock
        self._store = self._open()

    def _open(self) -> S3Store:
        from datetime import timedelta

        from obstore.store import S3Store  # 20 MB, needed for buckets only

        if not any(map(os.environ.get, CREDENTIALS)):
            text = translate("set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_ENDPOINT_URL, if it is not AWS)")
            raise ContentError([Problem(self.name, 0, text)])
        endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL", "")
        bucket, _, prefix = self.name.removeprefix("s3://").partition("/")
        if not bucket:
            raise ContentError([Problem(self.name, 0, translate("write s3://BUCKET or s3://BUCKET/FOLDER"))])
        with self._reported():
            return S3Store(
                bucket,
                prefix=prefix.strip("/") or None,
                checksum_algorithm="SHA256",  # the service refuses what was damaged on the way
                client_options={"allow_http": endpoint.startswith("http://"), "timeout": timedelta(minutes=10)},
                retry_config={"max_retries": 4, "retry_timeout": timedelta(minutes=1)},
            )

    def check(self) -> None:
        """Look whether the bucket answers."""
        with self._reported():
            self._read_release()

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the lock, and renew it as long as this takes."""
        from obstore.exceptions import BaseError

        ended = threading.Event()
        with self._reported():
            tag = self._take_lock()
        keeper = threading.Thread(target=self._keep_lock, args=(tag, ended), daemon=True)
        keeper.start()
        try:
            yield
        finally:
            ended.set()
            keeper.join()
            if not self._lost.is_set():
                with suppress(BaseError, FileNotFoundError):  # without a network it ends by itself
                    self._store.delete(LOCK)

    def _take_lock(self) -> str | None:
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        seen: tuple[str | None, float] | None = None  # the lock of somebody else, and since when it is unchanged
        while True:
            try:
                return self._put_lock("create")
            except AlreadyExistsError:
                with suppress(FileNotFoundError):  # it has just been released
                    tag = self._store.head(LOCK)["e_tag"]
                    if seen is None:
                        print(
                            translate("Somebody else is publishing to {target}; waiting", target=self.name), flush=True
                        )
                    if seen is None or seen[0] != tag:
                        seen = tag, time.monotonic()
                    elif time.monotonic() - seen[1] > LEASE:
                        with suppress(PreconditionError):  # somebody else was quicker
                            return self._put_lock({"e_tag": tag})
                time.sleep(min(2.0, LEASE / 10))

    def _put_lock(self, mode: PutMode) -> str | None:
        return self._store.put(LOCK, os.urandom(16).hex().encode(), mode=mode)["e_tag"]

    def _keep_lock(self, tag: str | None, ended: threading.Event) -> None:
        from obstore.exceptions import BaseError, PreconditionError

        while not ended.wait(LEASE / 5):
            try:
                tag = self._put_lock({"e_tag": tag})
            except PreconditionError:
                self._lost.set()
                return
            except BaseError:  # the network; the lock lasts for a while yet
                continue

    def select(self, folder: Path, files: Mapping[str, str]) -> dict[str, str]:
        """Return what a bucket can serve, with digests of contents and headers.

        Left out are files for web servers, and compressed copies, since a bucket cannot choose between two files.
        """
        rules = read_rules(folder / "_headers")
        others, copies = (SERVER_FILES, "_headers", "_redirects", STATE), tuple(SUFFIXES.values())
        return {
            name: _digest(digest, _attributes(name, rules))
            for name, digest in files.items()
            if not name.startswith(others) and not name.endswith(copies)
        }

    def shown(self) -> dict[str, str]:
        """Return what the last release has; files that an interrupted attempt has touched have no digest."""
        with self._reported():
            return self._read_release()

    def _read_release(self) -> dict[str, str]:
        try:
            release = json.loads(bytes(self._store.get(RELEASE).bytes()))
        except FileNotFoundError as error:
            if "NoSuchBucket" in str(error):
                raise
            return {}
        self._number = release["number"]
        return dict(release["files"])

    def _write_release(self, files: Mapping[str, str]) -> str | None:
        data = json.dumps({"number": self._number, "files": files}, indent=0, sort_keys=True).encode()
        tag = self._store.put(RELEASE, data)["e_tag"]
        return tag if tag and tag.strip('"') == hashlib.md5(data, usedforsecurity=False).hexdigest() else None

    def replace(self, folder: Path, files: Mapping[str, str], shown: Mapping[str, str], kept: int) -> str:
        """Upload, verify, copy to their places, remove the rest. kept: a bucket shows one release only."""
        difference = compare(files, shown)
        rules = read_rules(folder / "_headers")
        attributes = {name: _attributes(name, rules) for name in difference.sent}
        staged = {name: NEXT + files[name] for name in difference.sent}
        with self._reported():
            self._stage(folder, files, attributes, staged)
        self._check_lock()
        problem = translate("a part of the new files is shown already; publish again, which completes it")
        with self._reported(problem):
            # all that readers may see from now on, until the last copy is made
            pending = {**shown, **dict.fromkeys(difference.sent, "")}
            has_md5_tags = self._write_release(pending) is not None
            for names in _in_order(difference.sent, attributes, shown):
                self._all(lambda name: self._store.copy(staged[name], name), names)
            self._check_lock(problem)
            self._verify(folder, files, difference.sent if has_md5_tags else [])
            if difference.removed:
                self._store.delete(difference.removed)
            self._number += 1
            self._write_release(files)
            left = [found["path"] for page in self._store.list(NEXT) for found in page]
            if left:
                self._store.delete(left)
        return str(self._number)

    def roll_back(self) -> str:
        """Say that a bucket has no earlier release. See `publisher.Target`."""
        text = translate(
            "a bucket has no earlier release; run rollback without a target, then publish what output/ has then"
        )
        raise ContentError([Problem(self.name, 0, text)])

    def _stage(
        self,
        folder: Path,
        files: Mapping[str, str],
        attributes: Mapping[str, dict[str, str]],
        staged: Mapping[str, str],
    ) -> None:
        """Upload what an earlier attempt has not uploaded already."""
        there = {found["path"]: found["size"] for page in self._store.list(NEXT) for found in page}
        missing = {path: name for name, path in staged.items() if path not in there}

        def upload(path: str) -> str:
            name = missing[path]
            data = (folder / name).read_bytes()
            if _digest(hashlib.sha256(data).hexdigest(), attributes[name]) != files[name]:
                return name
            self._store.put(path, data, attributes=attributes[name], use_multipart=False)
            return ""

        changed = list(filter(None, self._all(upload, sorted(missing))))
        if changed:
            raise ContentError([self._problem(changed_meanwhile(changed))])

    def _verify(self, folder: Path, files: Mapping[str, str], tagged: Iterable[str]) -> None:
        """Raise ContentError unless every file is there with its size, and with its content where tags tell it."""
        there = {found["path"]: found for page in self._store.list() for found in page}
        wrong = [name for name in files if name not in there or there[name]["size"] != (folder / name).stat().st_size]
        for name in tagged:
            digest = hashlib.md5((folder / name).read_bytes(), usedforsecurity=False).hexdigest()
            if name in there and (there[name]["e_tag"] or "").strip('"') != digest:
                wrong.append(name)
        if wrong:
            text = translate("a part of the new files is shown already; publish again, which completes it")
            raise ContentError([Problem(self.name, 0, f"{changed_meanwhile(wrong)}; {text}")])

    def _check_lock(self, consequence: str = "") -> None:
        if self._lost.is_set():
            raise ContentError([self._problem(translate("somebody else has taken the lock over"), consequence)])

    def _all(self, call: Callable[[str], T], names: Iterable[str]) -> list[T]:
        with ThreadPoolExecutor(WORKERS) as pool:
            return list(pool.map(call, names))

    @contextmanager
    def _reported(self, consequence: str = "") -> Iterator[None]:
        """Turn what the service or the network says into one line."""
        from obstore.exceptions import BaseError

        try:
            yield
        except (BaseError, FileNotFoundError) as error:  # the second where there is no object, or no file here
            raise ContentError([self._problem(_reason(error), consequence)]) from error

    def _problem(self, reason: str, consequence: str = "") -> Problem:
        unchanged = translate("nothing is published there, readers see what they saw before")
        return Problem(self.name, 0, f"{reason}; {consequence or unchanged}")


def _reason(error: Exception) -> str:
    """Return the one thing that the service says in an XML answer, or the first line of the error."""
    text = str(error)
    _, found, message = text.partition("<Message>")
    reason = message.partition("</Message>")[0] if found else text.strip().splitlines()[0]
    return " ".join(reason.split())[:200]


def _attributes(name: str, rules: HeaderRules) -> dict[str, str]:
    """Return the headers with which a bucket serves a file."""
    cache_control = dict(headers_for(rules, f"/{name}")).get("Cache-Control", REVALIDATE)
    return {"Content-Type": media_type_of(name), "Cache-Control": cache_control}


def _digest(digest: str, attributes: Mapping[str, str]) -> str:
    """Return a digest of a content, given by its own digest, and its headers."""
    return hashlib.sha256(json.dumps([digest, attributes], sort_keys=True).encode()).hexdigest()


def _in_order(
    names: Collection[str], attributes: Mapping[str, Mapping[str, str]], shown: Mapping[str, str]
) -> Iterator[list[str]]:
    """Yield what pages need, then other new files, then changed ones, each before what leads to it."""
    needed = [name for name in names if attributes[name]["Cache-Control"] != REVALIDATE]
    others = sorted(set(names).difference(needed), key=lambda name: (_is_page(name), name))
    yield needed
    yield [name for name in others if name not in shown]
    yield [name for name in others if name in shown]


def _is_page(name: str) -> bool:
    return PurePosixPath(name).suffix == ".html"
