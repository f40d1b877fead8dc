"""`pelican` makes the same build and prints the same messages as `python3 tasks.py`."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import editors, portals
from tests.incremental import builds
from tests.pelican_bridge.pelican_portals import ENVIRONMENT, command, pelican

UNKNOWN = "category: Lạ is not in the menu"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    editors.write_small_content(tmp_path / "content")
    return tmp_path


def break_article(folder: Path) -> None:
    path = folder / "content/articles/2026/mot-bai.md"
    path.write_text(path.read_text(encoding="utf-8").replace("title:", "titel:"), encoding="utf-8")


def mend_article(folder: Path) -> None:
    path = folder / "content/articles/2026/mot-bai.md"
    path.write_text(path.read_text(encoding="utf-8").replace("titel:", "title:"), encoding="utf-8")


def test_the_command_prints_what_the_build_reports(folder: Path) -> None:
    editors.write_article(folder / "content", "la.md", title="Một bài lạ", category="Lạ")
    result = pelican(folder)
    assert result.returncode == 0, result.stderr
    output = result.stdout + result.stderr
    assert "3 articles: 3 read," in output and "The portal is in output/" in output
    assert "content/articles/2026/la.md:4: warning: " + UNKNOWN in output and output.count(UNKNOWN) == 1
    assert (folder / "output/bai-viet/la/index.html").is_file()


def test_the_command_speaks_vietnamese(folder: Path) -> None:
    assert "2 bài viết: đọc 2," in pelican(folder, env={"PORTAL_LANG": "vi"}).stdout


def test_tasks_print_everything_once(tmp_path: Path) -> None:
    editors.write_article(tmp_path / "content", "la.md", title="Một bài lạ", category="Lạ")
    result = builds.build(tmp_path / "output", tmp_path / "content", tmp_path / "cache")
    assert result.output.count("1 articles: 1 read") == 1
    assert result.complaints.count(UNKNOWN) == 1 and result.complaints.count("\n") == 1


def test_an_error_ends_the_command_with_status_1_and_no_traceback(folder: Path) -> None:
    assert pelican(folder).returncode == 0
    before = builds.contents(folder / "output")
    break_article(folder)
    result = pelican(folder)
    output = result.stdout + result.stderr
    assert result.returncode == 1
    assert "content/articles/2026/mot-bai.md:2: unknown key titel" in output
    assert "2 errors; the published site is as it was" in output
    assert "Traceback" not in output and "ContentError" not in output
    assert builds.contents(folder / "output") == before


def test_fatal_warnings_publish_nothing(folder: Path) -> None:
    editors.write_article(folder / "content", "la.md", title="Một bài lạ", category="Lạ")
    result = pelican(folder, "--fatal", "warnings")
    output = result.stdout + result.stderr
    assert (result.returncode, output.count(UNKNOWN)) == (1, 1)
    assert "Traceback" not in output
    assert not (folder / "output").exists()


def test_a_folder_without_content_is_reported_in_one_line(folder: Path) -> None:
    (folder / "content").rename(folder / "my-articles")
    (folder / "content").mkdir()
    result = pelican(folder)
    assert result.returncode == 1
    assert "this is no folder of content: it has no articles" in result.stdout + result.stderr
    assert "Traceback" not in result.stdout + result.stderr


@contextmanager
def running(folder: Path, *more: str, settings: str = "") -> Iterator[Callable[[], str]]:
    """Run `pelican` in the background; yield a function that returns all it has printed."""
    log = folder / "output.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command(folder, *more, settings=settings),
            cwd=folder,
            env=ENVIRONMENT,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
        try:
            yield lambda: log.read_text(encoding="utf-8")
        finally:
            os.killpg(process.pid, signal.SIGTERM)  # `-r -l` is two processes
            process.wait(portals.PATIENCE)


def test_a_broken_article_does_not_end_autoreload(folder: Path) -> None:
    watched = folder / "content/articles/2026"
    with running(folder, "-r") as read_output:
        portals.wait_until(lambda: "2 articles: 2 read" in read_output(), read_output)
        portals.wait_until(lambda: portals.is_watched(watched), read_output)
        break_article(folder)
        portals.wait_until(lambda: read_output().count(" errors; ") == 1, read_output)
        portals.wait_until(lambda: portals.is_watched(watched), read_output)
        assert read_output().count("unknown key titel") == 1, "it waits for the next change"
        editors.write_article(folder / "content", "moi.md", title="Bài mới")
        portals.wait_until(lambda: read_output().count(" errors; ") == 2, read_output)
        portals.wait_until(lambda: portals.is_watched(watched), read_output)
        mend_article(folder)
        portals.wait_until(lambda: "3 articles: " in read_output(), read_output)
        assert "Traceback" not in read_output()
    assert (folder / "output/bai-viet/moi/index.html").is_file()


def test_listen_serves_while_autoreload_builds(folder: Path) -> None:
    with socket.socket() as reserved:  # no other process gets its port meanwhile; Pelican does, with SO_REUSEADDR
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        reserved.bind(("127.0.0.1", 0))
        _listen_and_edit(folder, reserved.getsockname()[1])


def _listen_and_edit(folder: Path, port: int) -> None:
    def page() -> str:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/bai-viet/mot-bai/", timeout=60) as response:
                return response.read().decode()
        except OSError:
            return ""

    with running(folder, "-r", "-l", "-p", str(port)) as read_output:
        portals.wait_until(lambda: "Một bài bình thường" in page(), read_output)
        portals.wait_until(lambda: "2 articles: 2 read" in read_output(), read_output)
        portals.wait_until(lambda: portals.is_watched(folder / "content/articles/2026"), read_output)
        editors.write_article(folder / "content", "mot-bai.md", title="Một bài khác thường")
        portals.wait_until(lambda: "Một bài khác thường" in page(), read_output)


@pytest.mark.parametrize("name", ["simple", "notmyidea"])
def test_a_theme_of_pelican_is_rejected_in_one_line(folder: Path, name: str) -> None:
    result = pelican(folder, "-t", name)
    output = result.stdout + result.stderr
    assert result.returncode == 1
    assert "this theme was not made for this portal, it lacks templates/404.html" in output
    assert "Traceback" not in output and not (folder / "output").exists()


def test_other_files_in_the_output_folder_stay(folder: Path) -> None:
    editors.write_file(folder, "output/of-somebody-else.txt", "here before")
    assert pelican(folder, "-d").returncode == 0
    assert (folder / "output/of-somebody-else.txt").read_text() == "here before"
