"""The owner's list of addresses that lead on, `content/dia-chi-cu.txt`: for pages without a header of their own.

One pair a line, `/trang-cu/ = /trang-nay/`; what follows # is a remark. An article's former
addresses stand under `aliases:` in its header.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Container

from plugins.i18n import translate
from plugins.problems import Problem, display_path

from .withdrawn import faults, read_list

FILE = "dia-chi-cu.txt"


def load(
    content: str, is_taken: Callable[[str], bool], published: Container[str]
) -> tuple[dict[str, str], list[Problem]]:
    """Return the present address by former one, and what is wrong with the list.

    Args:
        content: The content folder.
        is_taken: Whether something is published at an address, or leads on from there.
        published: What an address can lead to.
    """
    path = os.path.join(content, FILE)
    lines, problems = read_list(path)
    targets: dict[str, str] = {}
    for number, line in lines:
        former, sign, present = (part.strip() for part in line.partition("="))
        if not sign or not present.startswith("/"):
            message = translate("write the former address, = and the present one: /trang-cu/ = /trang-nay/")
        elif present not in published:
            message = translate("there is no page {address}; correct it", address=present)
        else:
            message = next(faults(former, is_taken), "")
        if message:
            problems.append(Problem(display_path(path), number, message))
        else:
            targets[former] = present
    return targets, problems
