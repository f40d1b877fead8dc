"""Runs `tasks.py` and `pelican` in forked copies of a process that has imported them.

Two thirds of what a small build takes is Python's start and its imports. Each copy is a process of its own, with its
own environment, folder, input and output, in which nothing has happened but imports. Commands that are run as users
run them are in tests/environment and wherever a variable that Python reads at its start is set.
"""

from __future__ import annotations

import atexit
import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from importlib import import_module
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal, NamedTuple, NoReturn

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = ("pelicanconf", "publishconf")  # each command reads them anew
LATER = (  # what a build imports when it needs it, as nearly every build of a test does
    "babel.dates",
    "babel.numbers",
    "jinja2.ext",
    "markdown.extensions.def_list",
    "markdown.extensions.footnotes",
    "markdown.extensions.md_in_html",
    "markdown.extensions.sane_lists",
    "plugins.portal.view",
    "plugins.search.inverting",  # NumPy
)


class Request(NamedTuple):
    """A command to run. program, arguments, folder, environment: as `run`. output, errors: files to write."""

    program: str
    arguments: list[str]
    folder: str
    environment: dict[str, str]
    output: str
    errors: str


_server: tuple[int, Connection] | None = None  # the process that has started it, and the way to it


def run(
    program: Literal["tasks", "pelican"],
    arguments: list[str],
    folder: Path = ROOT,
    environment: Mapping[str, str] = os.environ,
) -> subprocess.CompletedProcess[str]:
    """Run a command, as subprocess.run does, and wait for it.

    Args:
        program: `tasks.py` or `pelican`.
        folder: Where it is started.
        environment: All its environment variables.
    """
    with tempfile.TemporaryDirectory() as temporary:
        output, errors = Path(temporary, "output"), Path(temporary, "errors")
        server = _started_server()
        server.send(Request(program, arguments, str(folder), dict(environment), str(output), str(errors)))
        status: int = server.recv()
        texts = output.read_text(encoding="utf-8"), errors.read_text(encoding="utf-8")
    return subprocess.CompletedProcess([program, *arguments], status, *texts)


def _started_server() -> Connection:
    global _server
    if _server is None or _server[0] != os.getpid():  # a forked copy of a test's process needs one of its own
        ours, its = Pipe()
        command = [sys.executable, "-m", "tests.warm_commands", str(its.fileno())]
        subprocess.Popen(command, cwd=ROOT, pass_fds=[its.fileno()])
        its.close()
        _server = os.getpid(), ours
    return _server[1]


# --- in the process that has imported everything ---


def serve(connection: Connection) -> None:
    """Run commands until the other side closes the connection."""
    import pelicanconf

    programs = ("environment.program", "tasks", "pelican", "plugins.portal.command")
    for name in (*programs, *pelicanconf.PLUGINS, *LATER):
        import_module(name)
    for name in SETTINGS:
        sys.modules.pop(name, None)
    gc.freeze()
    while True:
        try:
            request: Request = connection.recv()
        except EOFError:
            return
        pid = os.fork()
        if not pid:
            _become(request)
        connection.send(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


def _become(request: Request) -> NoReturn:
    """Run a command in this process, and end it as the command's process ends."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for stream, path in ((1, request.output), (2, request.errors)):
        os.dup2(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC), stream)
    sys.stdout, sys.stderr = (
        open(1, "w", encoding="utf-8", closefd=False),
        open(2, "w", encoding="utf-8", buffering=1, closefd=False),
    )
    os.environ.clear()
    os.environ.update(request.environment)
    time.tzset()
    os.chdir(request.folder)
    sys.argv = [request.program, *request.arguments]
    status: object = 1
    try:
        if request.program == "tasks":
            program = import_module("environment.program")
            status = program.run(request.arguments)
        else:
            sys.path[0] = request.folder  # as `python -m pelican` has it
            console = import_module("pelican.log").console  # it has read the width of the terminal when it was imported
            console.width = int(request.environment.get("COLUMNS", console.width))
            status = import_module("pelican").main(request.arguments)
    except SystemExit as error:
        status = error.code
    except BaseException:
        sys.excepthook(*sys.exc_info())
    if isinstance(status, str):
        print(status, file=sys.stderr)
        status = 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    os._exit(int(status or 0))


if __name__ == "__main__":
    from tests import warm_commands  # so that a request has one class on both sides

    warm_commands.serve(Connection(int(sys.argv[1])))
