"""A build that `pelican` has started reports through Pelican's log, in the words of `python3 tasks.py build`."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

from plugins.i18n import translate
from plugins.problems import ContentError, Problem

from .pelican_internals import console

if TYPE_CHECKING:
    from plugins.portal import Portal

logger = logging.getLogger("pelican.portal")
LEVELS = {"error": logging.ERROR, "warning": logging.WARNING}


def run(portal: Portal, keep_going: bool) -> None:
    """Build, and log what was done or what is wrong.

    Args:
        portal: The portal.
        keep_going: Return if nothing was published, as `pelican -r` does, which waits for the next change.

    Raises:
        SystemExit: Nothing was published, and not `keep_going`; with status 1.
    """

    def review(notes: Iterable[Problem]) -> None:
        if not log(notes):  # --fatal=warnings
            raise ContentError([])

    try:
        portal.build(review)
    except Exception as error:
        problems = portal.problems_of(error)
        if not problems and not isinstance(error, ContentError):
            raise
        log(problems)
        count = sum(problem.level == "error" for problem in problems)
        log([Problem("", 0, published_as_before(count))])
        if keep_going:
            return
        raise SystemExit(1) from None
    console.print(portal.summary(), markup=False, highlight=False, soft_wrap=True)


def published_as_before(count: int) -> str:
    """Return the last line of a build with errors. count: how many."""
    return translate("{count} errors; the published site is as it was. Correct them and build again.", count=count)


def log(problems: Iterable[Problem]) -> bool:
    """Log errors and warnings, each once, in order of file and line; return False if `--fatal` forbids one of them."""
    allowed = True
    for problem in sorted(set(problems)):
        if problem.level in LEVELS:
            try:
                logger.log(LEVELS[problem.level], "%s", problem if problem.path else problem.message)
            except RuntimeError:  # raised by Pelican's logger after the message, to obey --fatal
                allowed = False
    return allowed
