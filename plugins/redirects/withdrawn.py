"""The owner's list of withdrawn addresses, `content/da-go.txt`: nginx answers there that the page is gone (410).

Search engines forget such an address sooner than one that is only not found, and readers learn that nothing is broken.
One address a line, `/tin-cu/`; what follows # is a remark.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from plugins.i18n import translate
from plugins.problems import Problem, display_path
from plugins.problems.files import MEGABYTE, UnreadableError, read_bytes
from plugins.web_server.former_addresses import MAX_LENGTH, canonical

FILE = "da-go.txt"


def load(content: str, is_taken: Callable[[str], bool]) -> tuple[list[str], list[Problem]]:
    """Return the addresses of the list, and what is wrong with it.

    Args:
        content: The content folder.
        is_taken: Whether something is published at an address, or leads on from there.
    """
    path = os.path.join(content, FILE)
    lines, problems = read_list(path)
    addresses = []
    for number, address in lines:
        message = next(faults(address, is_taken), "")
        if message:
            problems.append(Problem(display_path(path), number, message))
        else:
            addresses.append(address)
    return sorted({canonical(address): address for address in addresses}.values()), problems


def read_list(path: str) -> tuple[list[tuple[int, str]], list[Problem]]:
    """Return the lines of one of the owner's lists with their numbers, without remarks, and why it cannot be read."""
    if not os.path.lexists(path):
        return [], []
    try:
        text = read_bytes(path, MEGABYTE).decode("utf-8-sig")
    except UnreadableError as error:
        return [], [Problem(display_path(path), 0, str(error))]
    except UnicodeDecodeError:
        message = translate("the file is not in UTF-8; save it again with the encoding UTF-8")
        return [], [Problem(display_path(path), 0, message)]
    lines = ((number, line.partition("#")[0].strip()) for number, line in enumerate(text.splitlines(), 1))
    return [(number, line) for number, line in lines if line], []


def faults(address: str, is_taken: Callable[[str], bool]) -> Iterator[str]:
    """Yield what is wrong with an address that has ended. is_taken: see `load`."""
    if not address.startswith("/") or any(letter.isspace() for letter in address):
        yield translate("write an address without the name of the site: /tin-cu/")
    elif len(address) > MAX_LENGTH:
        yield translate("an address has at most {limit} characters", limit=MAX_LENGTH)
    elif is_taken(address):
        yield translate("{address} is published or leads to an article; take it out of one of them", address=address)
