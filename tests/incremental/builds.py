"""Builds for tests: the build command in a forked copy of this process, which stays unchanged."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib import import_module
from itertools import count
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import pelicanconf
from plugins.incremental.site import Changes
from plugins.portal import Portal, command, loading
from tests import portals

THREE_UNITS = str(Path(__file__).with_name("three-units.geojson"))  # a map with fewer pages than the sample's
NOON = 1780000000  # 28 May 2026, in seconds since 1970
Prepare = Callable[[], object]
_numbers = count()
for _plugin in pelicanconf.PLUGINS:
    import_module(_plugin)  # here once, and not again in every forked copy


@dataclass
class Built:
    """The result of one build.

    output, complaints: what it printed to stdout and stderr. reasons: why each file was rendered, by name.
    changes, reasons, read: None, empty, 0 if it was interrupted. crash: a traceback that an editor would have seen.
    """

    status: int
    output: str = ""
    complaints: str = ""
    changes: Changes | None = None
    reasons: dict[str, str] = field(default_factory=dict)
    read: int = 0
    crash: str = ""

    @property
    def counts(self) -> tuple[int, int, int]:
        """Return how many files were rendered, written and removed."""
        return self.changes.rendered, self.changes.written, self.changes.removed


def build(
    output: Path, content: Path, cache: Path, *, epoch: int = NOON, prepare: Prepare | None = None, **settings: Any
) -> Built:
    """Build in a forked copy of this process, in English. prepare: called there first."""
    return finish(start(output, content, cache, epoch=epoch, prepare=prepare, **settings))


@dataclass(frozen=True)
class Running:
    """A running build. result_file: where it writes its result; output_files: what it prints."""

    pid: int
    result_file: Path
    output_files: tuple[Path, Path]


def in_copy(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function in a forked copy of this process; return what it returns, or raise what it raises."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)

    def call() -> None:
        try:
            sender.send((function(*arguments), None))
        except BaseException as error:
            sender.send((None, error))

    process = context.Process(target=call)
    process.start()
    sender.close()  # so that the end of a copy that was killed is noticed
    result, error = receiver.recv()
    process.join()
    if error:
        raise error
    return result


def start(
    output: Path, content: Path, cache: Path, *, epoch: int = NOON, prepare: Prepare | None = None, **settings: Any
) -> Running:
    """Start a build without waiting for it."""
    number = next(_numbers)
    result_file, *output_files = (output.parent / f".{name}-{number}" for name in ("result", "output", "complaints"))
    # PDFs, recordings, the search index and files that stay have tests of their own; here they would be in the way
    settings = (
        {
            "JOBS": 1,
            "PDF_EXPORT": False,
            "AUDIO": False,
            "SEARCH_INDEX": False,
            "KEPT_BUILDS": 0,
            "KEEP_ADDRESSES": False,
        }
        | {"BOUNDARY_MAP": pelicanconf.BOUNDARY_MAP | {"file": THREE_UNITS}}
        | settings
        | {"PATH": str(content), "OUTPUT_PATH": str(output), "CACHE_PATH": str(cache)}
    )
    share_templates(cache)
    portals.give_settings(content)
    pid = os.fork()
    if pid:
        return Running(pid, result_file, (output_files[0], output_files[1]))
    status = 70
    forkserver._forkserver.__init__()  # a fork server that a test of this process has started is no child of the copy
    try:
        for stream, path in zip((1, 2), output_files, strict=True):
            os.dup2(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC), stream)
        sys.stdout, sys.stderr = (open(n, "w", encoding="utf-8", buffering=1, closefd=False) for n in (1, 2))
        os.environ.update(SOURCE_DATE_EPOCH=str(epoch), PORTAL_LANG="en")
        built = _run(prepare, settings)
        sys.stdout.flush()
        sys.stderr.flush()
        data = pickle.dumps(built)
        with result_file.open("wb") as stream:
            stream.write(data)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def share_templates(cache: Path) -> None:
    """Let a new cache share the templates that other tests have compiled: a second of CPU time each."""
    shared = os.environ.get("COMPILED_TEMPLATES")
    if shared and not os.path.lexists(cache / "templates"):
        cache.mkdir(parents=True, exist_ok=True)
        (cache / "templates").symlink_to(shared)


def _run(prepare: Prepare | None, settings: dict[str, Any]) -> Built:
    portals: list[Portal] = []

    class RecordingPortal(Portal):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            portals.append(self)

    loading.Portal = RecordingPortal
    try:
        if prepare:
            prepare()
        built = Built(command.build(**settings))
    except BaseException:
        return Built(70, crash=traceback.format_exc())
    if built.status == 0:
        portal = portals[0]
        built.changes, built.read = portal.changes, portal.read
        built.reasons = dict(portal.site.reasons)
    return built


def finish(running: Running) -> Built:
    """Wait for a build. One that was killed has the status that a shell gives it (137)."""
    _, status = os.waitpid(running.pid, 0)
    if running.result_file.exists():
        built = pickle.loads(running.result_file.read_bytes())
    else:
        built = Built(128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else 70)
    output, complaints = (path.read_text(encoding="utf-8") if path.exists() else "" for path in running.output_files)
    for path in (running.result_file, *running.output_files):
        path.unlink(missing_ok=True)
    return replace(built, output=output, complaints=complaints)


def was_killed(built: Built) -> bool:
    """Return whether a build was ended by kill -9."""
    return built.status == 128 + signal.SIGKILL


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
