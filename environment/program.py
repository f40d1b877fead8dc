"""Invoke's command line as `python3 tasks.py` shows it. Runs inside .venv only.

Five things differ from plain `invoke`: no task, or --help, lists the tasks; a task may take several words
(`convert A B --into DIR`); features bring tasks; an error nobody foresaw is one line, with its traceback in a file; and
where the reader of the output has gone (`build --explain | head -1`), the program ends without a word.
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

MOCK = (
    "unittest.mock"  # Invoke imports it for a class that serves tests of tasks: a fifth of its start, never used here
)
if MOCK not in sys.modules:
    sys.modules[MOCK] = ModuleType(MOCK)
    sys.modules[MOCK].Mock = None  # type: ignore[attr-defined]
    import_module("invoke.context")
    del sys.modules[MOCK]

from invoke import Collection, Context, Exit, Program, Task  # noqa: E402
from invoke.exceptions import ParseError  # noqa: E402

READER_GONE = 141  # 128 + SIGPIPE, the status of a Unix tool whose reader has ended


class Portal(Program):
    """Invoke's Program over tasks.py at the root, wherever it is started from."""

    def parse_collection(self) -> None:
        """As Invoke does; features' tasks are added where they may be meant, or listed."""
        super().parse_collection()
        asked = self.args.help.value or next(iter(self.core.unparsed), "")
        if asked in self.collection.task_names:
            return
        from plugins.problems import ContentError, print_problems
        from plugins.portal import command

        try:
            settings, found = command.feature_tasks(self.collection.task_names)
        except ContentError as error:  # the portal's own tasks are there all the same
            print_problems(error.problems)
            return
        for name, function in found.items():
            self.collection.add_task(of_feature(function, settings), name)

    def parse_tasks(self) -> None:
        """As Invoke does, after spreading words; what it cannot parse ends with status 2."""
        self.core.unparsed = spread(self.core.unparsed, self.collection)
        try:
            super().parse_tasks()
        except ParseError as error:
            raise Exit(f"{error} `python3 tasks.py --list` shows the tasks, `--help TASK` one of them.", 2) from error


def of_feature(function: Callable[..., int | None], settings: Mapping[str, Any]) -> Task:
    """The task that a feature's function is, see `Feature.commands`."""

    def body(context: Context, **options: Any) -> None:
        status = function(settings, **options)
        if status:
            raise Exit(code=status)

    body.__doc__ = function.__doc__
    body.__signature__ = inspect.signature(function)  # type: ignore[attr-defined]  # Invoke drops the first parameter
    return Task(body)


def spread(words: list[str], tasks: Collection) -> list[str]:
    """Give every plain word to the argument of its task that is both `positional` and `iterable`, if it has one.

    Invoke knows lists only as a repeated option: `convert a b --into d` becomes
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
    """The option as typed: `-j` for "j", `--no-pdf` for "no_pdf"."""
    return f"-{name}" if len(name) == 1 else "--" + name.replace("_", "-")


def run(arguments: list[str]) -> int:
    """Run the tasks and return the exit status: 0 only if all that was asked is done."""
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
    except environment.Problem as error:
        print(error, file=sys.stderr)
        return 1
    except Exception as error:  # a bug, or something like a full disk: still one line
        if isinstance(error, BrokenPipeError) and reader_is_gone():
            return READER_GONE
        log = environment.HERE / "error.log"
        log.write_text(traceback.format_exc(), "utf-8")
        print(f"{type(error).__name__}: {error} (details: {log})", file=sys.stderr)
        return 1
    return 0


def reader_is_gone() -> bool:
    """Whether nobody reads our output any more; then what is still to be printed is dropped from here on."""
    gone = [number for number in (1, 2) if _broken(number)]
    for number in gone:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)
    return bool(gone)


def _broken(number: int) -> bool:
    """Whether a standard stream is a pipe that nobody reads."""
    import select

    if not hasattr(select, "poll"):  # Windows: no other pipe of ours raises BrokenPipeError as far as here
        return number == 1
    look = select.poll()
    look.register(number, select.POLLOUT)
    return any(event & (select.POLLERR | select.POLLHUP) for _, event in look.poll(0))
