"""A process that has imported everything a build needs, and builds in forked copies of itself.

So a preview build waits neither for Python to start nor for a second of imports, and still begins with clean modules.
The copy stays until the next build with all that it holds, to render articles that are saved meanwhile
(live_update.py). Where a process cannot be forked (Windows), each build is a new process.

Requests and responses are lines of JSON on standard input and output. A request is one of these:

    {"in_view": [file, …]}          a build; the response is a BuildResult, and before it SHOWN where these files, at
                                    which somebody looks, were written before all others
    [file, …]                       changed files, whose pages are to be rendered; the response is whether any was
    {"path": …, "text": …}          a text that is being written; the response is a TypedText of live_update.py
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from plugins.desk import Typed
from plugins.portal.ended_addresses import Ended, Published
from plugins.problems import Problem

if TYPE_CHECKING:
    from plugins.portal.build import Portal

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = "plugins/preview/settings.py"
SHOWN = "shown"


class BuildResult(NamedTuple):
    """How a build ended.

    Attributes:
        status: The exit status.
        out, err: What it printed.
        problems: The problems of each file: path, line, text, level.
        ended: The published addresses that this would end, see `plugins.portal.ended_addresses`.
    """

    status: int
    out: str
    err: str
    problems: Sequence[tuple[str, int, str, str]] = ()
    ended: Sequence[Ended] = ()


class Builder:
    """Builds `content` into `output`, again and again. Used by `serve`. site: the folder that readers see."""

    def __init__(self, content: Path, output: Path, site: Path | None = None) -> None:
        self.arguments = [str(content), str(output), *([str(site)] if site else [])]
        self.process: subprocess.Popen[str] | None = None
        self.problems: Sequence[tuple[str, int, str, str]] = ()  # of the last build, see BuildResult
        self.ended: Sequence[Ended] = ()
        self._lock = threading.Lock()  # the desk asks while builds run

    def build(self, in_view: Iterable[str] = (), shown: Callable[[], object] = lambda: None) -> BuildResult:
        """Build once.

        Args:
            in_view: The files of the site that somebody looks at.
            shown: Called where the build has written them before all others.
        """
        command = [sys.executable, "-m", "plugins.preview", *self.arguments]
        if not hasattr(os, "fork"):
            done = subprocess.run([*command, "--once"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
            return BuildResult(done.returncode, done.stdout, done.stderr)
        if self.process is None or self.process.poll() is not None:
            pipe = subprocess.PIPE
            self.process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True, encoding="utf-8")
        with self._lock:
            response = _request(self.process, {"in_view": [*in_view]})
            while response == SHOWN:
                shown()
                response = _response(self.process)
        result = BuildResult(*response) if response else BuildResult(1, "", "the builder has stopped\n")
        self.problems = result.problems
        self.ended = [Ended(Published(*before), *after) for before, *after in result.ended]
        return result

    def render_changed(self, paths: Iterable[str]) -> bool:
        """Render the pages of saved files without a build; whether that was possible for any of them."""
        return bool(self._ask(list(paths)))

    def read_typed(self, path: str, text: str) -> Typed | None:
        """Read a text in place of a file, see live_update.read_typed; None where that is not possible now."""
        response = self._ask({"path": path, "text": text})
        return Typed([Problem("", *fields) for fields in response[0]], *response[1:]) if response else None

    def _ask(self, request: list[str] | dict[str, str]) -> Any:  # noqa: ANN401  decoded JSON
        """Return the response of the copy that has built last; None if there is none."""
        process = self.process
        if process is None:
            return None
        with self._lock:
            return _request(process, request) if process.poll() is None else None

    def stop(self) -> None:
        """End the process; the next build starts a new one, with the code of that time."""
        if self.process is not None:
            self.process.communicate()  # closes its standard input and waits
            self.process = None


def _request(process: subprocess.Popen[str], request: list[str] | dict[str, Any]) -> Any:  # noqa: ANN401  decoded JSON
    """The response of the builder process; None if it has ended."""
    assert process.stdin
    try:
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
    except BrokenPipeError:
        return None
    return _response(process)


def _response(process: subprocess.Popen[str]) -> Any:  # noqa: ANN401  decoded JSON
    assert process.stdout
    response = process.stdout.readline()
    return json.loads(response) if response else None


def build_once(content: str, output: str, site: str = "") -> int:
    """Build in this process; the exit status."""
    from plugins.portal import command

    return command.build(SETTINGS, PATH=content, OUTPUT_PATH=output)


def serve_requests(content: str, output: str, site: str = "") -> None:
    """The builder process: fork a copy for every build, until standard input ends."""
    # everything that a build will import
    import plugins.markdown_reader.html
    import plugins.pictures
    import plugins.portal.command  # noqa: F401  imported for the copies

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C ends `serve`, and with it our input
    request = sys.stdin.readline()
    while request:
        following, passing_on = os.pipe()
        child = os.fork()
        if not child:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.write(passing_on, _build_and_update(content, output, site, json.loads(request)["in_view"]).encode())
            os._exit(0)
        os.close(passing_on)
        with os.fdopen(following, encoding="utf-8") as pipe:
            request = pipe.read()  # "" if the copy has ended otherwise
        os.waitpid(child, 0)


def _build_and_update(content: str, output: str, site: str, in_view: list[str]) -> str:
    """Build, and render saved files until another build is requested, and return that request; "" if input ends."""
    from plugins.portal import command, loading

    from . import live_update

    portal: Portal | None = None
    status = 1
    with (
        os.fdopen(os.dup(1), "w", encoding="utf-8") as responses,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)

        def show_first() -> None:
            if portal and live_update.render_in_view(portal, in_view):
                print(json.dumps(SHOWN), file=responses, flush=True)

        try:
            portal = loading.portal(SETTINGS, PATH=content, OUTPUT_PATH=output)
            status = command.run(portal, before_publishing=show_first) if portal else 1
        except BaseException as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
        printed = _printed(sys.stdout, out), _printed(sys.stderr, err)
        result = BuildResult(status, *printed, _problems(portal), _ended(portal, site))
        print(json.dumps(result), file=responses, flush=True)
        for line in iter(sys.stdin.readline, ""):
            request = json.loads(line)
            if "in_view" in request:
                return str(line)
            response = _respond(portal, request) if portal else None
            print(json.dumps(response), file=responses, flush=True)
    return ""


def _problems(portal: Portal | None) -> list[tuple[str, int, str, str]]:
    found = [*portal.errors, *getattr(portal, "notes", ())] if portal else []
    return [(problem.path, problem.line, problem.message, problem.level) for problem in found]


def _ended(portal: Portal | None, site: str) -> list[Ended]:
    from plugins.portal import ended_addresses

    if not site or portal is None or not hasattr(portal, "news"):
        return []
    is_of_content = ended_addresses.is_of_content(Path(site), portal.path)
    return ended_addresses.find(Path(site), portal.news.build) if is_of_content else []


def _respond(portal: Portal, request: list[str] | dict[str, str]) -> object:
    from . import live_update

    try:
        if isinstance(request, list):
            return not portal.errors and live_update.render_changed(portal, request)
        return live_update.read_typed(portal, request["path"], request["text"])
    except Exception:  # the build that follows reports what is wrong
        return None


def _printed(stream: IO[str], file: IO[bytes]) -> str:
    """What was printed to a standard stream that leads to a file."""
    stream.flush()
    file.seek(0)
    return file.read().decode("utf-8", "replace")
