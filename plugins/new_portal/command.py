"""The command `init`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from plugins.i18n import translate
from plugins.owner_settings import OWN_FOLDER, ROOT
from plugins.problems import ContentError, Problem, display_path, print_problems
from plugins.problems.files import why_unwritable

from . import create
from .questions import answers


def init(folder: str | None, **given: str | None) -> int:
    """Create a portal, ask what is not given, and print what to do next; return the exit status.

    Args:
        folder: Its folder; None for the one that all commands use without being told.
        given: What is known of it, see `Answers`.
    """
    path = Path(folder) if folder else ROOT / OWN_FOLDER
    try:
        create(path, answers({name: value for name, value in given.items() if value}), date.today())
    except ContentError as error:
        print_problems(error.problems)
        return 1
    except OSError as error:
        print_problems([Problem(display_path(path), 0, why_unwritable(error))])
        return 1
    name = display_path(path)
    print(translate("The new portal is in {folder}: fill in portal.toml and the pages there.", folder=name))
    option = "" if path.resolve() == ROOT / OWN_FOLDER else f' --content "{name}"'  # it may have blanks
    print(translate("To look at it: python3 tasks.py serve{option}", option=option))
    return 0
