"""Invoke's command line as `python3 tasks.py` shows it. Runs inside .venv only.

It differs from plain `invoke` in five ways: without a task, or with --help alone, it lists the tasks; a task may take
several words (`convert A B --into DIR`); features bring tasks; an unexpected error is one line, with its traceback in a
file; and if the reader of the output has gone (`build --explain | head -1`), the program ends silently.
"""

from __future__ import annotations

import inspect
import itertools
import os
import sys
import traceback
from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

import environment

# Invoke imports it for a class that only tests of tasks use; it would take a fifth of the start.
MOCK = "unittest.mock"
if MOCK not in sys.modules:
    sys.modules[MOCK] = ModuleType(MOCK)
    sys.modules[MOCK].__dict__["Mock"] = None
    import_module("invoke.context")
    del sys.modules[MOCK]

from invoke import Collection, Context, Exit, Program, Task  # noqa: E402
from invoke.exceptions import ParseError  # noqa: E402

READER_GONE = 141  # 128 + SIGPIPE, the status of a Unix tool whose reader has ended


class Portal(Program):
    """Invoke's Program for tasks.py at the root, wherever it is started from."""

    def parse_collection(self) -> None:
        """Load tasks as Invoke does; add the tasks of features unless one of tasks.py is requested."""
        super().parse_collection()
        requested = self.args.help.value or next(iter(self.core.unparsed), "")
        if requested in self.collection.task_names:
            return
        from plugins.problems import ContentError, print_problems
        from plugins.portal import command

        try:
            settings, functions = command.feature_tasks(self.collection.task_names)
        except ContentError as error:  # the tasks of tasks.py still run
            print_problems(error.problems)
            return
        for name, function in functions.items():
            self.collection.add_task(feature_task(function, settings), name)

    def parse_tasks(self) -> None:
        """Parse as Invoke does, after spreading positional words. Raises Exit with status 2 if it cannot."""
        self.core.unparsed = spread_positionals(self.core.unparsed, self.collection)
        try:
            super().parse_tasks()
        except ParseError as error:
            raise Exit(f"{error} `python3 tasks.py --list` shows the tasks, `--help TASK` one of them.", 2) from error


def feature_task(function: Callable[..., int | None], settings: Mapping[str, Any]) -> Task[Callable[..., None]]:
    """Wrap a feature's function (see `Feature.commands`) into a task."""

    def body(context: Context, **options: object) -> None:
        status = function(settings, **options)
        if status:
            raise Exit(code=status)

    body.__doc__ = function.__doc__
    body.__signature__ = inspect.signature(function)  # type: ignore[attr-defined]  # Invoke reads it
    return Task(body)


def spread_positionals(words: list[str], tasks: Collection) -> list[str]:
    """Turn plain words into the option of their task that is both `positional` and `iterable`, if it has one.

    Invoke knows lists only as a repeated option, so `convert a b --into d` becomes
    `convert --source=a --source=b --into d`. No second task can follow such a task.
    """
    if not words or words[0] not in tasks.task_names:
        return words
    task = tasks[words[0]]
    name = next((name for name in task.positional if name in task.iterable), None)
    if name is None:
        return words
    takes_value = {flag(each) for argument in task.get_arguments() if argument.takes_value for each in argument.names}
    result = words[:1]
    for before, word in itertools.pairwise(words):
        plain = not word.startswith("-") and before not in takes_value
        result.append(f"{flag(name)}={word}" if plain else word)
    return result


def flag(name: str) -> str:
    """Return the option as typed: `-j` for "j", `--no-pdf` for "no_pdf"."""
    return f"-{name}" if len(name) == 1 else "--" + name.replace("_", "-")


def run(arguments: list[str]) -> int:
    """Run the tasks in `arguments` and return the exit status: 0 only if all of them succeeded."""
    if arguments in ([], ["--help"], ["-h"]):
        arguments = ["--list"]
    elif {"--help", "-h"} & set(arguments[: arguments.index("--")] if "--" in arguments else arguments):
        arguments = ["--help", next(word for word in arguments if not word.startswith("-"))]
    program = Portal(name="portal", binary="python3 tasks.py", binary_names=["tasks.py"])
    try:
        program.run(["tasks.py", "--search-root", str(environment.ROOT), *arguments])
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except environment.CommandError as error:
        print(error, file=sys.stderr)
        return 1
    except Exception as error:  # a bug, or something like a full disk, is one line too
        if isinstance(error, BrokenPipeError) and reader_is_gone():
            return READER_GONE
        log = environment.HERE / "error.log"
        log.write_text(traceback.format_exc(), "utf-8")
        print(f"{type(error).__name__}: {error} (details: {log})", file=sys.stderr)
        return 1
    return 0


def reader_is_gone() -> bool:
    """Return whether nobody reads the output any more; if so, discard what is still printed."""
    broken = [number for number in (1, 2) if _is_broken(number)]
    for number in broken:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, number)
        os.close(null)
    return bool(broken)


def _is_broken(number: int) -> bool:
    """Return whether a standard stream is a pipe that nobody reads."""
    import select

    if not hasattr(select, "poll"):  # Windows: only stdout raises BrokenPipeError up to `run`
        return number == 1
    poll = select.poll()
    poll.register(number, select.POLLOUT)
    return any(event & (select.POLLERR | select.POLLHUP) for _, event in poll.poll(0))
