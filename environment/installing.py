"""The steps of a set-up: system packages, Python packages, npm packages, Chromium. Each may be repeated.

The output of every step goes to environment/setup.log; the user sees one line per step, and one line if it fails.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import environment
from environment import CommandError, browser, pip_wheel, stamp, system
from environment.messages import translate

# This file is in .venv while packages are being installed. If it is there at the start, an installation was cut short.
IN_PROGRESS = "installing"

DISK_FULL = "the disk is full; free 2 GB"
MIN_FREE_SPACE = 20_000_000  # bytes

# What tools print when they fail, and what the user can do about it. The first match counts.
REMEDIES = (
    (r"No space left|ENOSPC|not enough free space|Disk quota", DISK_FULL),
    (r"DO NOT MATCH THE HASHES|EINTEGRITY|Hash Sum mismatch",
     "a downloaded file is not the one that was locked; try another network, and if it stays so report it"),
    (r"CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER|certificate verif",
     "the network's certificate is not trusted; set PIP_CERT and NODE_EXTRA_CA_CERTS to its file"),
    ((r"resolv|Name or service|getaddrinfo|NewConnectionError|Network is unreachable|ENOTFOUND|EAI_AGAIN|ECONNRE"
      r"|Could not connect|Connection (refused|reset|timed out)|timed? ?out|ProxyError"),
     "no network; connect this machine to the Internet"),
    (r"Could not get lock|lock-frontend", "another program is installing packages; wait until it has ended"),
    (r"No matching distribution|not a supported wheel|from versions: none",
     "a locked package does not exist for this system and Python; use Python 3.11 to 3.14"),
    (r"Unable to locate package|has no installation candidate",
     "this system's package lists lack a package; enable its standard and security archives"),
    (r"Permission denied|EACCES", "a file may not be written; run it as the user that owns this folder"),
)  # fmt: skip


@contextmanager
def setup_lock() -> Iterator[None]:
    """Hold the lock of this folder's set-up; a second start waits for the first."""
    with (environment.HERE / "setup.lock").open("w") as lock:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def install(level: str) -> None:
    """Set up everything that `level` needs, and write the stamp. Raises CommandError or OSError."""
    environment.LOG.write_bytes(b"")
    packages_are_there = stamp.is_current("write") and environment.LOCKS[level] == environment.LOCKS["write"]
    if not packages_are_there:
        report(translate("Setting up this folder. It takes some minutes, once; details in {log}", log=environment.LOG))
        stamp.path().unlink(missing_ok=True)
    level = install_system_packages(level)
    if not packages_are_there:
        install_packages(level)
        report("  " + translate("ready"))
    stamp.write(level)


def install_system_packages(level: str) -> str:
    """Install what `level` needs of the system, and return the level that is reached.

    Where "publish" cannot be reached, it is "write": a build then says for want of what it makes no PDFs. Raises
    CommandError where a higher level cannot be reached.
    """
    manager = system.package_manager()
    missing = [each for each in system.requirements(level, manager) if not each.is_present()]
    try:
        system.install_missing(missing, manager, system.is_root(), _run_for_system)
    except CommandError:
        if level == "publish":
            return "write"
        raise
    return level


def install_packages(level: str) -> None:
    """Make .venv and install the packages of Python and npm, and Chromium, as far as `level` needs them."""
    report("  " + translate("Python packages"))
    make_venv()
    install_python_packages(level)
    if level in ("test", "audit"):
        report("  " + translate("npm packages"))
        install_npm_packages(level)
        report("  Chromium")
        provide_browser()


def _run_for_system(command: Sequence[str]) -> None:
    step = translate("packages of the system")
    report(f"  {step}: {command[0]}")
    run(step, command)


def make_venv() -> None:
    """Create .venv unless a sound one is there; replace one that is broken, incomplete or moved."""
    if not venv_is_sound():
        if environment.VENV.is_symlink():
            environment.VENV.unlink()  # its target belongs to another folder
        shutil.rmtree(environment.VENV, ignore_errors=True)
        base = getattr(sys, "_base_executable", None) or sys.executable  # this may be the .venv to be replaced
        has_pip = importlib.util.find_spec("ensurepip") is not None
        options = ["--clear"] if has_pip else ["--clear", "--without-pip"]
        run(translate("making .venv"), [base, "-m", "venv", *options, str(environment.VENV)])
        if not has_pip:
            pip_wheel.install()


def venv_is_sound() -> bool:
    """Return whether .venv was made for this folder, its Python finds pip, and no installation was cut short."""
    try:
        settings = (environment.VENV / "pyvenv.cfg").read_text("utf-8")
        if not re.search(rf"^command = .*{re.escape(str(environment.VENV))}$", settings, re.MULTILINE):
            return False  # moved: its scripts still point to the old place
        check = [str(environment.PYTHON), "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"]
        works = subprocess.run(check, capture_output=True).returncode == 0
        return works and not (environment.VENV / IN_PROGRESS).exists()
    except OSError:
        return False


def install_python_packages(level: str) -> None:
    """Install the packages locked for `level`: wheels only, every file checked against its hash."""
    mark = environment.VENV / IN_PROGRESS
    mark.touch()
    lock = environment.HERE / f"{environment.LOCKS[level]}.txt"
    pip = [str(environment.PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    # --no-deps: the lock names everything, and pip 23 stumbles over two spellings of one extra (lxml[html-clean])
    run(
        translate("Python packages"), [*pip, "--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(lock)]
    )
    mark.unlink()


def install_npm_packages(level: str) -> None:
    """Install package-lock.json into environment/node_modules; devDependencies only for the level "audit"."""
    if environment.NODE_MODULES.is_symlink():
        environment.NODE_MODULES.unlink()  # its target belongs to another folder, and npm would empty it
    omit = [] if level == "audit" else ["--omit=dev"]
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    run(translate("npm packages"), [*environment.npm(), "ci", *omit, *quiet], folder=str(environment.HERE))


def provide_browser() -> None:
    """Download Playwright's Chromium if the system has none, and check that Chromium starts.

    Raises CommandError if it does not.
    """
    playwright = [str(environment.PYTHON), "-m", "playwright"]
    if browser.find() is None:
        run(translate("downloading Chromium"), [*playwright, "install", "chromium-headless-shell"])
    if not browser_starts() and system.is_root() and sys.platform == "linux":
        run(translate("libraries of Chromium"), [*playwright, "install-deps", "chromium-headless-shell"])
    if not browser_starts():
        command = f"sudo {' '.join(playwright)} install-deps chromium-headless-shell"
        hint = translate("run `{command}`", command=command)
        if sys.platform != "linux":
            hint = translate("set CHROMIUM to the path of one that does")
        text = translate("Chromium at {path} does not start; {remedy}", path=browser.find(), remedy=hint)
        raise CommandError(text + ", " + translate("then run the same command again."))


def browser_starts() -> bool:
    """Return whether the Chromium found by `browser.find` can be run."""
    path = browser.find()
    try:
        return path is not None and subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def run(step: str, command: Sequence[str], folder: str | None = None) -> None:
    """Run `command` with its output appended to the log; raise CommandError with one line if it fails."""
    settings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "PIP_USER": "0", "LC_ALL": "C.UTF-8"}
    with environment.LOG.open("ab") as log:
        log.write(f"$ {' '.join(command)}\n".encode())
        log.flush()
        begin = log.tell()
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder, env=settings)
    if done.returncode:
        with environment.LOG.open("rb") as log:
            log.seek(begin)
            output = log.read().decode("utf-8", "replace")
        full = shutil.disk_usage(environment.ROOT).free < MIN_FREE_SPACE  # venv does not say why it failed
        remedy = translate(DISK_FULL) if full else remedy_for(output)
        again = translate("then run the same command again. Details: {log}", log=environment.LOG)
        raise CommandError(f"{step}: {remedy}, {again}")


def remedy_for(output: str) -> str:
    """Return in a few words what to do about a tool that failed with this output."""
    for pattern, remedy in REMEDIES:
        if re.search(pattern, output, re.IGNORECASE):
            return translate(remedy)
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if re.match(r"(npm )?(E:|err)", line, re.IGNORECASE)]
    last = (errors or lines or [translate("no output")])[-1][:200]
    return translate("failed with “{output}”; put that right", output=last)


def report(line: str) -> None:
    """Print the progress of the set-up to stderr, so that the output of a task can still be piped."""
    print(line, file=sys.stderr, flush=True)
