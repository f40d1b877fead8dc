"""A build that `pelican` has started reports through Pelican's log, in the words of `python3 tasks.py build`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from plugins.i18n import translate
from plugins.problems import ContentError, Problem

from .pelican_internals import console

logger = logging.getLogger("pelican.portal")
LEVELS = {"error": logging.ERROR, "warning": logging.WARNING}


def run(
    portal: Any, goes_on: bool, problems_of: Callable[[Exception], list[Problem]], summary: Callable[[Any], str]
) -> None:
    """Build, and log what was done or what is wrong; unless `goes_on`, SystemExit(1) where nothing was published.

    portal: a plugins.portal.Portal. goes_on: as `pelican -r` does, which waits for the next change.
    problems_of: what is wrong, by an exception; [] where it is none that an editor or owner can act on.
    """

    def review(notes: Iterable[Problem]) -> None:
        if not log(notes):  # --fatal=warnings
            raise ContentError([])

    try:
        portal.build(review)
    except Exception as error:
        problems = problems_of(error)
        if not problems and not isinstance(error, ContentError):
            raise
        log(problems)
        count = sum(problem.level == "error" for problem in problems)
        log([Problem("", 0, published_as_before(count))])
        if goes_on:
            return
        raise SystemExit(1) from None
    console.print(summary(portal), markup=False, highlight=False, soft_wrap=True)


def published_as_before(count: int) -> str:
    """How a build with errors ends."""
    return translate("{count} errors; the published site is as it was. Correct them and build again.", count=count)


def log(problems: Iterable[Problem]) -> bool:
    """Log errors and warnings, each once, in order of file and line; False where `--fatal` forbids one of them."""
    allowed = True
    for problem in sorted(set(problems)):
        if problem.level in LEVELS:
            try:
                logger.log(LEVELS[problem.level], "%s", problem if problem.path else problem.message)
            except RuntimeError:  # how Pelican's logger keeps to --fatal, after the message
                allowed = False
    return allowed
