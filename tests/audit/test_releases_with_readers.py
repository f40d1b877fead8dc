"""Readers in a loop, through a real nginx, while the portal is built again and again, or its builds are killed.

Each build changes every title (and so every page, feed and index) and a rule of the style sheet. A reader opens a page,
then what it needs, then an article that it links to. Nothing may be missing, cut short, or older than what led there;
whatever may be kept for ever has one content for ever.
"""

from __future__ import annotations

import gzip
import hashlib
import html
import itertools
import os
import random
import re
import shutil
import signal
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from environment import system
from plugins.incremental.releases import Releases
from plugins.incremental.state import State
from tests import editors, portals
from tests.incremental import builds
from tests.statistics.nginx import serving

pytestmark = pytest.mark.skipif(not system.nginx(), reason="no nginx on this machine")
ARTICLES = 40
BUILDS = 50
KILLS = 300
KILLS_IN_THE_SWITCH = 50
REQUESTS = 20_000
NUMBER = re.compile(r"Bài \d+ bản (\d+)")
NEEDED = re.compile(r'(?:href|src|data-player)="(/theme/[^"?#]+)')
INDEX = re.compile(r'"(cards|texts|\w+\.lists)":"([0-9a-f]{16})"')  # files of the search index, in the page's settings
HEADS = re.compile(r'"(/tim-kiem/chi-muc/[0-9a-f]+\.\w+\.head)"')
ARTICLE = re.compile(r'href="(/bai-viet/[^"#?]+/)"')
PAGES = ("/", "/tin-moi/", "/tim-kiem/", "/luu-tru/", "/so-do-trang/")


class Edited:
    """A portal in which each edition of all articles has a number."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.output = folder, folder / "output"
        self.content = editors.write_small_content(folder / "content")
        shutil.copytree(portals.ROOT / "theme", folder / "theme")
        self.style = (folder / "theme/css/base.css").read_text()

    def edit(self, number: int) -> None:
        """Write all articles and the style sheet anew."""
        for article in range(ARTICLES):
            day = f"2026-0{1 + article % 4}-{1 + article % 28:02}"
            header = {"title": f"Bài {article} bản {number}", "slug": f"bai-{article}", "date": day, "tags": "[lũ]"}
            editors.write_article(self.content, f"bai-{article}.md", f"Nội dung bản {number}. " * 60, **header)
        (self.folder / "theme/css/base.css").write_text(f"{self.style}\n.edition-{number} {{ order: {number}; }}\n")

    def build(self, begin: Callable[..., Any] = builds.build) -> Any:
        """Build in a forked copy."""
        settings: dict[str, Any] = {"PDF_EXPORT": False, "AUDIO": False, "BOUNDARY_MAP": {}, "RELEASES": 5}
        settings |= {
            "SEARCH_INDEX": True,
            "PRECOMPRESSED": ["gz"],
            "THEME": str(self.folder / "theme"),
            "KEPT_BUILDS": 5,
        }
        return begin(self.output, self.content, self.folder / "cache", **settings)


def needed_by(page: str) -> set[str]:
    """Return the addresses of styles, scripts and files of the search index that a page names."""
    index = INDEX.findall(html.unescape(page))
    heads = HEADS.findall(html.unescape(page))
    return {*NEEDED.findall(page), *heads, *(f"/tim-kiem/chi-muc/{digest}.{kind}" for kind, digest in index)}


@dataclass
class Readers:
    """Readers who open pages until they are stopped."""

    address: str
    stopped: threading.Event = field(default_factory=threading.Event)
    requests: int = 0
    wrong: list[str] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)  # the digest of whatever may be kept for ever

    def get(self, path: str) -> str:
        """Return a body as text; note what is wrong with the answer."""
        request = urllib.request.Request(self.address + path, headers={"Accept-Encoding": "gzip"})
        self.requests += 1
        try:
            with urllib.request.urlopen(request, timeout=portals.PATIENCE) as response:
                data, headers = response.read(), response.headers
        except (urllib.error.HTTPError, OSError) as error:
            self.wrong.append(f"{path}: {error}")
            return ""
        if headers["Content-Encoding"] == "gzip":
            data = gzip.decompress(data)  # raises if it is cut short
        if "immutable" in headers["Cache-Control"]:
            digest = hashlib.sha256(data).hexdigest()
            if self.kept.setdefault(path, digest) != digest:
                self.wrong.append(f"{path}: two contents")
        return data.decode("utf-8", "replace")

    def get_what_is_needed(self, page: str) -> None:
        """Fetch styles, scripts and the index that a page names."""
        for path in needed_by(page):
            self.get(path)

    def read(self) -> None:
        """Open a page, what it needs, and an article that it links to."""
        chance = random.Random(threading.get_ident())
        while not self.stopped.is_set():
            page = self.get(chance.choice(PAGES))
            if not page.rstrip().endswith("</html>"):
                self.wrong.append("a page is cut short")
            editions = set(map(int, NUMBER.findall(page)))
            if len(editions) > 1:
                self.wrong.append(f"a page of the editions {editions}")
            self.get_what_is_needed(page)
            linked = ARTICLE.findall(page)
            if linked:
                article = self.get(chance.choice(linked))
                self.get_what_is_needed(article)
                found = set(map(int, NUMBER.findall(article)))
                if len(found) != 1 or (found < editions and min(found) < max(editions)):
                    self.wrong.append(f"an article of the editions {found}, linked from {editions}")


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    portal = Edited(tmp_path)
    portal.edit(0)
    assert portal.build().status == 0
    return portal


def test_readers_never_miss_anything_while_releases_change(edited: Edited, tmp_path: Path) -> None:
    with serving(edited.output, tmp_path / "nginx") as served:
        readers = Readers(served.address)
        threads = [threading.Thread(target=readers.read) for _ in range(4)]
        for thread in threads:
            thread.start()
        try:
            for number in range(1, BUILDS + 1):
                edited.edit(number)
                assert edited.build().status == 0
            portals.wait_until(lambda: readers.requests >= REQUESTS or readers.wrong)
        finally:
            readers.stopped.set()
            for thread in threads:
                thread.join()
    print(f"\n{BUILDS} builds, {readers.requests} requests, {len(readers.kept)} addresses for ever")
    assert any("/chi-muc/" in path for path in readers.kept)
    assert readers.wrong == []


def whole_release(output: Path) -> int:
    """Return the number of the edition that readers see, having looked at every page and at what it needs."""
    editions = set()
    for page in sorted(output.rglob("*.html")):
        text = page.read_text()
        editions |= set(map(int, NUMBER.findall(text)))
        for path in needed_by(text):
            assert (output / path[1:]).is_file(), f"{page.name} needs {path}"
    (number,) = editions
    return number


def test_a_killed_build_leaves_one_whole_release(edited: Edited) -> None:
    chance = random.Random(1)
    longest, killed, number, shown = 1.0, 0, 0, 0
    while killed < KILLS:
        number += 1
        edited.edit(number)
        begun, running = time.monotonic(), edited.build(builds.start)
        time.sleep(chance.uniform(0, longest))
        os.kill(running.pid, signal.SIGKILL)
        built = builds.finish(running)
        was_killed = builds.was_killed(built)
        assert was_killed or (built.status, built.crash) == (0, ""), built.complaints
        killed += was_killed
        # the moments are spread over the length of a build, however busy the machine is
        longest = longest * 1.1 if was_killed else min(longest, time.monotonic() - begun)
        release = whole_release(edited.output)
        assert shown <= release <= number and (was_killed or release == number)
        shown = release
    assert edited.build().status == 0
    assert whole_release(edited.output) == number
    print(f"\n{killed} of {number} builds were killed")


def count_switch_steps(act: Callable[[int], object]) -> None:
    """Have `act` called with the number of each change to files or state, from 0, once a build prepares a release."""
    steps = itertools.count()
    prepare, is_begun = Releases.prepare, False

    def begin(releases: Releases) -> Path:
        nonlocal is_begun
        is_begun = True
        return prepare(releases)

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            if is_begun:
                act(next(steps))
            return function(*arguments, **options)

        return call

    Releases.prepare = begin  # type: ignore[method-assign]
    for name in ("replace", "unlink", "mkdir", "rmdir", "link", "symlink", "chmod"):
        setattr(os, name, counted(getattr(os, name)))
    State.commit_build = counted(State.commit_build)  # type: ignore[method-assign]


def test_a_build_killed_in_the_switch_leaves_one_whole_release(edited: Edited, tmp_path: Path) -> None:
    record = tmp_path / "steps"
    for number in range(1, 8):  # so many that the oldest release becomes the new one
        edited.edit(number)
        with record.open("w") as stream:
            prepare = partial(count_switch_steps, lambda step, stream=stream: print(step, file=stream, flush=True))
            assert edited.build(partial(builds.build, prepare=prepare)).status == 0
    steps = int(record.read_text().split()[-1]) + 1
    last = [*range(steps - 10, steps)]  # the link, the state
    moments = sorted({*last, *(steps * k // KILLS_IN_THE_SWITCH for k in range(KILLS_IN_THE_SWITCH - len(last)))})
    shown = []
    for number, moment in enumerate(moments, 8):
        edited.edit(number)

        def kill(step: int, moment: int = moment) -> None:
            if step == moment:
                os.kill(os.getpid(), signal.SIGKILL)

        killed = edited.build(partial(builds.build, prepare=partial(count_switch_steps, kill)))
        assert builds.was_killed(killed), f"step {moment} of {steps}"
        release = whole_release(edited.output)
        assert release in (number - 1, number)
        shown.append(release == number)
        built = edited.build()
        assert built.status == 0, f"after step {moment} of {steps}: {built.complaints}"
        assert whole_release(edited.output) == number
    print(f"\n{len(moments)} kills in {steps} steps; the new release was shown after {sum(shown)}")
