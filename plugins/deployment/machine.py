"""The machine of a target: this one, or another one by SSH. Both run the same shell commands."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from plugins.i18n import translate
from plugins.problems import ContentError, Problem

TOOLS = ("tar", "find", "sha256sum", "flock", "xargs", "ln", "mv", "cp")
# No questions: whoever publishes by a timer cannot answer them. A line that is dead is noticed after half a minute.
SSH = ("ssh", "-o", "BatchMode=yes", "-o", "ConnectTimeout=20", "-o", "ServerAliveInterval=10", "-T")


class Machine:
    """Runs commands in the folder of a target.

    Args:
        target: "/srv/www/portal", or "user@host:/srv/www/portal".
        ssh: The command that reaches another machine.

    Raises:
        ContentError: The target is neither a folder nor one on another machine.
    """

    def __init__(self, target: str, ssh: tuple[str, ...] = SSH) -> None:
        self.target, self.ssh = target, ssh
        # a drive of Windows has one letter before its colon, a host has more
        remote = re.fullmatch(r"((?:[^/@:]+@)?(?:\[[^\]]+\]|[^/:\[\]]{2,})):(.+)", target)
        if "://" in target or (not remote and os.name != "nt" and re.match(r"[^/]*[@:]", target)):
            text = translate("write a folder (/srv/www/portal), user@host:/folder, or s3://bucket")
            raise ContentError([Problem(target, 0, text)])
        # the shell of the other machine begins in that user's home
        self.folder = remote[2].removeprefix("~/") if remote else str(Path(target).expanduser().absolute())
        self._sockets = tempfile.TemporaryDirectory(prefix="portal-")
        self._ssh = (*ssh, "-S", f"{self._sockets.name}/socket") if remote else ()
        self._host = remote[1] if remote else ""

    def run(self, script: str, text: str = "", stream: IO[bytes] | None = None, *, in_folder: bool = True) -> str:
        """Run a script and return what it prints.

        Args:
            script: Commands of a POSIX shell; ends at the first that fails.
            text: What it reads.
            stream: A file that it reads instead.
            in_folder: Whether it runs in the folder of the target.

        Raises:
            ContentError: A command has failed, or the machine cannot be reached.
        """
        command = self._command(script, in_folder)
        try:
            if stream:
                done = subprocess.run(command, stdin=stream, capture_output=True)
            else:
                done = subprocess.run(command, input=text.encode(), capture_output=True)
        except FileNotFoundError as error:
            raise ContentError([self.problem(str(error))]) from error
        if done.returncode:
            raise ContentError([self.problem(_reason(done.stderr) or f"exit status {done.returncode}")])
        return done.stdout.decode()

    def check(self) -> None:
        """Create the folder if it is missing, and look for the tools that are needed.

        Raises:
            ContentError: One is missing, or the machine cannot be reached.
        """
        look = f"for tool in {' '.join(TOOLS)}; do command -v $tool >/dev/null || echo $tool; done"
        missing = self.run(f"mkdir -p {shlex.quote(self.folder)}/releases; {look}", in_folder=False).split()
        if missing:
            text = translate("{tools}: not on that machine; install what has it", tools=", ".join(missing))
            raise ContentError([Problem(self.target, 0, text)])

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the lock of the target, and one connection for all commands; whoever comes second waits."""
        script = "exec 9>.lock; flock -n 9 || { echo waiting; flock 9; }; echo locked; cat >/dev/null"
        with (
            self._connection(),
            subprocess.Popen(
                self._command(script), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            ) as holder,
        ):
            assert holder.stdin and holder.stdout and holder.stderr
            answer = holder.stdout.readline()
            if answer == b"waiting\n":
                print(translate("Somebody else is publishing to {target}; waiting", target=self.target), flush=True)
                answer = holder.stdout.readline()
            try:
                if answer != b"locked\n":
                    reason = _reason(holder.stderr.read())
                    raise ContentError([self.problem(reason or translate("the lock cannot be taken"))])
                yield
            finally:
                holder.stdin.close()

    @contextmanager
    def _connection(self) -> Iterator[None]:
        """Keep a connection that all commands share; as long as it does not stand, each makes its own."""
        if not self._ssh:
            yield
            return
        nothing = subprocess.DEVNULL
        command = [*self._ssh, "-M", "-N", "--", self._host]
        with subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing) as master:
            try:
                yield
            finally:
                master.terminate()

    def problem(self, reason: str) -> Problem:
        """Return the problem that something has failed there."""
        text = translate("{reason}; nothing is published there, readers see what they saw before", reason=reason)
        return Problem(self.target, 0, text)

    def _command(self, script: str, in_folder: bool = True) -> list[str]:
        go = f"cd {shlex.quote(self.folder)}; " if in_folder else ""
        whole = f"set -e; umask 022; {go}{script}"
        return [*self._ssh, "--", self._host, f"exec sh -c {shlex.quote(whole)}"] if self._ssh else ["sh", "-c", whole]


def _reason(stderr: bytes) -> str:
    """Return the last line that says what was wrong; tar adds one that only says that there was something."""
    lines = stderr.decode(errors="replace").strip().splitlines()
    return next((line for line in reversed(lines) if not line.startswith("tar: Exiting")), "")
