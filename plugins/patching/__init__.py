"""What is replaced in other people's libraries, and the private names of theirs that this program leans on.

Each library that is patched has one module that says all of it, with one `install()`: see
`plugins/pdf/weasyprint_patches` and `plugins/markdown_reader/markdown_patches.py`. A name that is not there, or a
function that takes other parameters, raises PatchError before any work is done: an assignment to a name that a new
version has dropped would make one that nobody calls, and say nothing.

Patches that only save time can be left out, for all libraries at once, by PORTAL_SPEED_PATCHES=0 in the environment.
The output is the same to the byte, so whoever suspects a patch can rule it out.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from importlib.metadata import version
from typing import Any, NamedTuple

from plugins.i18n import translate

SWITCH = "PORTAL_SPEED_PATCHES"
_MISSING = object()


class PatchError(Exception):
    """The installed version of a library is not one that this program's patches fit; the message names both."""


class Replaced(NamedTuple):
    """An attribute that has been replaced: of what, its name, what stood there."""

    owner: Any
    name: str
    original: Any


class Library:
    """A library that is patched, by the name of its distribution; `replaced` lists what is replaced now."""

    def __init__(self, distribution: str) -> None:
        self.distribution = distribution
        self.replaced: list[Replaced] = []

    def require(self, owner: Any, name: str, *parameters: str) -> Any:
        """The attribute `name` of a module or class. Raises PatchError where it is missing.

        parameters: those of a function, in order; where any are given, others raise PatchError too.
        """
        found = getattr(owner, name, _MISSING)
        if found is _MISSING:
            raise self.mismatch_error(_path(owner, name))
        if parameters and (there := tuple(inspect.signature(found).parameters)) != parameters:
            raise self.mismatch_error(f"{_path(owner, name)}({', '.join(parameters)})", f"({', '.join(there)})")
        return found

    def replace(self, owner: Any, name: str, new: Any) -> None:
        """Put `new` in the place of an attribute of a module or class. Raises PatchError.

        A function must have the signature of the one that it replaces: names, kinds and defaults of the parameters.
        """
        original = self.require(owner, name)
        if callable(original) and (ours := _signature(new)) != (theirs := _signature(original)):
            raise self.mismatch_error(f"{_path(owner, name)}{ours}", str(theirs))
        self.replaced.append(Replaced(owner, name, original))
        setattr(owner, name, new)

    def restore(self) -> None:
        """Undo all that `replace` has done."""
        while self.replaced:
            owner, name, original = self.replaced.pop()
            setattr(owner, name, original)

    def mismatch_error(self, expected: str, found: str = "") -> PatchError:
        """The error to raise where the library is not as this program expects it."""
        installed = version(self.distribution)
        if found:
            text = translate(
                "{library} {version} has {found} in place of {name}; install the versions of environment/build.txt",
                library=self.distribution, version=installed, found=found, name=expected,
            )  # fmt: skip
        else:
            text = translate(
                "{library} {version} has no {name}; install the versions of environment/build.txt",
                library=self.distribution, version=installed, name=expected,
            )  # fmt: skip
        return PatchError(text)


def speed_patches_wanted() -> bool:
    """Whether patches that only save time are wanted."""
    return os.environ.get(SWITCH, "1") != "0"


def _path(owner: Any, name: str) -> str:
    if inspect.ismodule(owner):
        return f"{owner.__name__}.{name}"
    kind = owner if inspect.isclass(owner) else type(owner)
    return f"{kind.__module__}.{kind.__qualname__}.{name}"


def _signature(function: Callable[..., Any]) -> inspect.Signature:
    """Parameters alone: annotations say nothing of how it is called."""
    found = inspect.signature(function)
    bare = [parameter.replace(annotation=inspect.Parameter.empty) for parameter in found.parameters.values()]
    return inspect.Signature(bare)
