"""Invoke's command line as `python3 tasks.py` shows it. Runs inside .venv only.

It differs from plain `invoke` in six ways: without a task, or with --help alone, it lists the tasks; it speaks the
language of whoever gives commands, and knows no option of Invoke's own that means nothing here; a task may take several
words (`convert A B --into DIR`, `new Chợ họp lại`); features bring tasks; an unexpected error is one line, with its
traceback in a file; and if the reader of the output has gone (`build --explain | head -1`), the program ends silently.
"""

from __future__ import annotations

import difflib
import inspect
import itertools
import os
import re
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from importlib import import_module
from types import ModuleType
from typing import Any

import environment
from environment.messages import translate

# Invoke imports it for a class that only tests of tasks use; it would take a fifth of the start.
MOCK = "unittest.mock"
if MOCK not in sys.modules:
    sys.modules[MOCK] = ModuleType(MOCK)
    sys.modules[MOCK].__dict__["Mock"] = None
    import_module("invoke.context")
    del sys.modules[MOCK]

from invoke import Collection, Context, Exit, Program, Task  # noqa: E402
from invoke.exceptions import ParseError  # noqa: E402
from invoke.parser import Argument  # noqa: E402

CORE_OPTIONS = {
    "complete", "debug", "help", "list", "list-depth", "list-format", "print-completion-script", "version", "write-pyc"
}  # fmt: skip
READER_GONE = 141  # 128 + SIGPIPE, the status of a Unix tool whose reader has ended


class Portal(Program):
    """Invoke's Program for tasks.py at the root, wherever it is started from.

    Attributes:
        needs: The level of tasks that need more than "write".
    """

    needs: Mapping[str, str] = {}

    def run_tasks(self, argv: list[str]) -> None:
        """Run tasks, as Invoke's `run` does. Raises Exit, with status 2 where the command line cannot be understood."""
        self.create_config()
        try:
            self.parse_core(argv)
            self.parse_collection()
            self.parse_tasks()
            self.parse_cleanup()
        except ParseError as error:
            raise Exit(explanation(error, self._words_that_fit(error)), 2) from error
        except ValueError as error:  # letters where an option is a number
            value = str(error).rpartition(": ")[2]
            raise Exit(translate("the value of an option is {value}, but must be a number", value=value), 2) from error
        self.execute()

    def core_args(self) -> list[Argument]:
        """Return those of Invoke's own options that mean something here."""
        return [each for each in super().core_args() if each.name in CORE_OPTIONS]

    def parse_collection(self) -> None:
        """Load tasks as Invoke does; add the tasks of features unless one of tasks.py is requested."""
        super().parse_collection()
        requested = self.args.help.value or next(iter(self.core.unparsed), "")
        if requested in self.collection.task_names:
            return
        from plugins.portal import loading
        from plugins.problems import ContentError, print_problems

        try:
            settings, functions = loading.feature_tasks(self.collection.task_names)
        except ContentError as error:  # the tasks of tasks.py still run
            print_problems(error.problems)
            return
        for name, function in functions.items():
            self.collection.add_task(feature_task(function, settings), name)

    def parse_tasks(self) -> None:
        """Parse as Invoke does, after spreading positional words."""
        after_dashes = self.argv[self.argv.index("--") :] if "--" in self.argv else []
        self.core.unparsed = spread_positionals(self.core.unparsed, self.collection, after_dashes)
        super().parse_tasks()

    def list_flat(self) -> None:
        """Print the tasks, those for developers of the program last."""
        pairs = [(name, translate(help_text or "")) for name, help_text in self._make_pairs(self.scoped_collection)]
        for_developers = [pair for pair in pairs if self.needs.get(pair[0]) in ("test", "audit")]
        print(translate("Commands; `{command} --help COMMAND` tells more of one:", command=environment.COMMAND) + "\n")
        self.print_columns([pair for pair in pairs if pair not in for_developers])
        if for_developers:
            print(translate("For developers of the program:") + "\n")
            self.print_columns(for_developers)

    def print_task_help(self, name: str) -> None:
        """Print what a task does, and its options."""
        context = self.parser.contexts[name]
        command = f"{environment.COMMAND} {name}{' …' if context.positional_args else ''}"
        print(translate("Usage: {command} [OPTIONS]", command=command) + "\n")
        print(f"  {translate(inspect.getdoc(self.collection[name]) or '')}\n")
        shown = [(names.replace("STRING", "…").replace("INT", "N"), text) for names, text in context.help_tuples()]
        options = [(names, translate(text or "")) for names, text in shown]
        if options:
            print(translate("Options:") + "\n")
            self.print_columns(options)

    def _words_that_fit(self, error: ParseError) -> Iterable[str]:
        """Return what could have stood where the command line was not understood."""
        return [*getattr(error.context, "flags", ()), *self.collection.task_names]


def explanation(error: ParseError, known: Iterable[str]) -> str:
    """Return in one line what is wrong with a command line, and what to do.

    Args:
        error: What Invoke says of it.
        known: The options and tasks that it could have.
    """
    task = getattr(error.context, "name", None)
    shown = f"--help {task}" if task else "--list"
    hint = translate("`{command} {shown}` shows what there is.", command=environment.COMMAND, shown=shown)
    said = str(error)
    if word := re.match(r"No idea what '(.*)' is", said):
        return f"{_unknown(word[1], known)} {hint}"
    if task and "required positional" in said:
        return translate("there is more to type after {task}.", task=task) + " " + hint
    if option := re.search(r"<Argument: ([\w-]+).*needed value", said):
        return translate("{option} needs a value.", option=flag(option[1])) + " " + hint
    return f"{said}. {hint}"


def _unknown(word: str, known: Iterable[str]) -> str:
    """Return that there is no such option or command, and which one may be meant."""
    if word.startswith("-"):
        text = translate("there is no option {word}", word=word)
    else:
        text = translate("there is no command {word}", word=word)
    likely = difflib.get_close_matches(word, known, 1)
    return text + "; " + translate("did you mean {word}?", word=likely[0]) if likely else text + "."


def feature_task(function: Callable[..., int | None], settings: Mapping[str, Any]) -> Task[Callable[..., None]]:
    """Wrap a feature's function (see `Feature.commands`) into a task."""

    def body(context: Context, **options: object) -> None:
        status = function(settings, **options)
        if status:
            raise Exit(code=status)

    from plugins import i18n

    summary = inspect.getdoc(function)
    body.__doc__ = summary and i18n.translations(i18n.editors_language()).gettext(summary)
    body.__signature__ = inspect.signature(function)  # type: ignore[attr-defined]  # Invoke reads it
    return Task(body)


def spread_positionals(words: list[str], tasks: Collection, after_dashes: Iterable[str] = ()) -> list[str]:
    """Turn plain words into the option of their task that is `positional` and a list, or need not be given.

    Invoke knows lists only as a repeated option, so `convert a b --into d` becomes
    `convert --source=a --source=b --into d`, and it asks for every positional word, so `init a` becomes
    `init --folder=a`. No second task can follow such a task. What follows `--`, a dash alone and a negative number are
    plain words too.
    """
    if not words or words[0] not in tasks.task_names:
        return words
    arguments = tasks[words[0]].get_arguments()
    spread = next((each for each in arguments if each.positional and each.default is not None), None)
    if spread is None:
        return words
    takes_value = {flag(name) for each in arguments if each.takes_value for name in each.names}
    result, room = words[:1], len(words) if spread.kind is list else 1
    for before, word in itertools.pairwise(words):
        plain = re.fullmatch(r"(?!-).*|-|-\d.*", word, re.DOTALL) and before not in takes_value and room
        room -= bool(plain)
        result.append(f"{flag(spread.name)}={word}" if plain else word)
    return [*result, *(f"{flag(spread.name)}={word}" for word in itertools.islice(after_dashes, 1, None))]


def flag(name: str) -> str:
    """Return the option as typed: `-j` for "j", `--no-pdf` for "no_pdf"."""
    return f"-{name}" if len(name) == 1 else "--" + name.replace("_", "-")


def run(arguments: list[str], needs: Mapping[str, str] | None = None) -> int:
    """Run the tasks in `arguments` and return the exit status: 0 only if all of them succeeded.

    Args:
        arguments: The command line without the program's name.
        needs: The level of tasks that need more than "write", see `environment.start`.
    """
    words = arguments[: arguments.index("--")] if "--" in arguments else arguments
    if {"--help", "-h", "--list", "-l"} & set(words) or not arguments:
        task = next((word for word in words if not word.startswith("-")), None)
        arguments = ["--help", task] if task else ["--list"]
    program = Portal(name="portal", binary=environment.COMMAND, binary_names=["tasks.py"])
    program.needs = needs or {}
    try:
        program.run_tasks(["tasks.py", "--search-root", str(environment.ROOT), *arguments])
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except Exit as end:
        if end.message:
            print(end.message, file=sys.stderr)
        return end.code
    except environment.CommandError as error:
        print(error, file=sys.stderr)
        return 1
    except Exception as error:  # a bug, or something like a full disk, is one line too
        if isinstance(error, BrokenPipeError) and reader_is_gone():
            return READER_GONE
        print(unexpected(error), file=sys.stderr)
        return 1
    return 0


def unexpected(error: Exception) -> str:
    """Return one line about an error that nobody has foreseen, and write its traceback into a file."""
    log = environment.HERE / "error.log"
    with suppress(OSError):  # the folder may be somebody else's
        log.write_text(traceback.format_exc(), "utf-8")
    details = translate("details: {log}", log=log)
    return f"{type(error).__name__}: {error} ({details})"


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
