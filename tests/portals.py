"""Portals built for tests: the real command, in a process of its own, on real files."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests import warm_commands

ROOT = Path(__file__).resolve().parents[1]

FOOTER = ["gioi-thieu", "lien-he", "tro-nang", "quyen-rieng-tu"]  # pages of the demonstration

PATIENCE = 1200  # seconds after which a command counts as hanging: so many that no busy machine makes a test fail


def wait_until(condition: Callable[[], object], what: Callable[[], str] = str) -> None:
    """Wait until a condition holds. what: names the problem if it never does."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, what()
        time.sleep(0.02)


def is_watched(folder: Path) -> bool:
    """Return whether a process waits for changes in a folder (inotify, so on Linux only)."""
    mark = f" ino:{folder.stat().st_ino:x} "
    for info in Path("/proc").glob("[0-9]*/fdinfo/*"):
        with suppress(OSError):  # the process has ended, or belongs to another user
            if mark in info.read_text():
                return True
    return False


def run_folder(factory: pytest.TempPathFactory) -> Path:
    """Return the temporary folder of the whole test run, which all workers share."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def build_once(factory: pytest.TempPathFactory, name: str, build_into: Callable[[Path], None]) -> Path:
    """Return a folder that is filled once and shared by all workers of a test run, for session fixtures.

    Tests only read it. A test that edits takes a copy.

    Args:
        factory: Gives the temporary folder of the run.
        name: The folder's name, unique among all callers.
        build_into: Fills the folder, which exists and is empty. An exception is raised again in each worker that calls.
    """
    folder = run_folder(factory) / f"shared-{name}"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        complete = folder / ".complete"
        if not complete.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            build_into(folder)
            complete.touch()
    return folder


def give_settings(content: Path, boundary_map: bool = False) -> None:
    """Put the demonstration's portal.toml into a content folder that has none.

    It is without the map, which takes time, unless that is wanted, and without links to pages that the folder lacks.
    """
    file = content / "portal.toml"
    if content.is_dir() and not file.exists():
        text = (ROOT / "content/portal.toml").read_text(encoding="utf-8")
        if boundary_map:
            shutil.copy(ROOT / "content/ban-do.geojson", content)
        else:
            text = re.sub(r"(?ms)^\[map[\].].*?(?=^# ---)", "", text)
        pages = {path.stem.partition(".")[0] for path in content.glob("pages/*.md")}
        footer = [slug for slug in FOOTER if slug in pages]
        text = re.sub(r"(?m)^footer = \[.*?\]", f"footer = {footer}", text)
        if footer != FOOTER:
            text = re.sub(r"(?ms)^services = \[.*?^\]\n", "", text)
        file.write_text(text, encoding="utf-8")


def build(
    output: Path,
    content: Path | None = None,
    *,
    without: str | None = None,
    settings: str = "",
    env: dict[str, str] | None = None,
    pdf: bool = False,
    audio: bool = False,
) -> subprocess.CompletedProcess[str]:
    """Run `tasks.py build`, which here keeps no files of earlier builds.

    Args:
        without: A plugin left out, e.g. "text_size".
        settings: Python lines that are appended to the settings.
        pdf, audio: Make the PDF, the recording of each article, which take a second each.
    """
    arguments = ["--output", str(output), *([] if pdf else ["--no-pdf"]), *([] if audio else ["--no-audio"])]
    if content is not None:
        give_settings(content)
        arguments += ["--content", str(content)]
    config = output.with_name(output.name + "-conf.py")
    lines = [
        "import sys",
        f"sys.path.insert(0, {str(ROOT)!r})",
        "from publishconf import *",
        "KEPT_BUILDS = 0",
        "KEEP_ADDRESSES = False",
    ]
    lines.append("JOBS = 1")  # the other core has tests of its own, and each worker loads WeasyPrint
    if without:
        lines.append(f"PLUGINS.remove('plugins.{without}')")
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text("\n".join([*lines, settings]), encoding="utf-8")
    arguments += ["--config", str(config)]
    return tasks("build", *arguments, env=env)


def tasks(*arguments: str, folder: Path = ROOT, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run `tasks.py`. env: variables beside those of this process."""
    environment = {**os.environ, **(env or {})}
    if "--content" in arguments:
        give_settings(Path(folder, arguments[arguments.index("--content") + 1]))
    if not any(name.startswith("PYTHON") for name in env or ()):
        return warm_commands.run("tasks", list(arguments), folder, environment)
    return subprocess.run(
        [sys.executable, str(ROOT / "tasks.py"), *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


ARTICLE = """---
title: {title}
date: {date}
category: {category}
{more}---

{body}
"""


def write_article(content: Path, name: str, body: str = "Nội dung.", **header: str) -> Path:
    """Write an article below `content`; `header` overrides title, date, category and adds other keys.

    The title has the name of the file, since two articles of one title and date are taken for copies.
    """
    values = {"title": f"Bài viết {Path(name).stem}", "date": "2026-01-02", "category": "Xã hội"} | header
    more = "".join(f"{k}: {v}\n" for k, v in values.items() if k not in ("title", "date", "category"))
    path = content / "articles" / "2026" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = ARTICLE.format(title=values["title"], date=values["date"], category=values["category"], more=more, body=body)
    path.write_text(text, encoding="utf-8")
    return path
