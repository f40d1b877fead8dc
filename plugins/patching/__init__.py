"""Guarded patches of other people's libraries, and guarded access to their private names.

Each library that is patched has one module that holds all its patches, with one function `install()`: see
`plugins/pdf/weasyprint_patches` and `plugins/markdown_reader/markdown_patches.py`. A name that is missing, or a
function with other parameters, raises PatchError before any work is done: an assignment to a name that a new version
has dropped would have no effect, and nobody would notice.

Patches that only save time can be left out, for all libraries at once, with PORTAL_SPEED_PATCHES=0 in the environment.
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
    """The patches do not fit the installed version of a library; the message says where they differ."""


class Replaced(NamedTuple):
    """An attribute that has been replaced: its module or class, its name, its original value."""

    owner: object
    name: str
    original: object


class Library:
    """A library that is patched.

    Args:
        distribution: The name of its distribution, as pip knows it.

    Attributes:
        replaced: What is replaced at the moment.
    """

    def __init__(self, distribution: str) -> None:
        self.distribution = distribution
        self.replaced: list[Replaced] = []

    def require(self, owner: object, name: str, *parameters: str) -> Any:  # noqa: ANN401 (whatever the library has there)
        """Return an attribute of a module, a class or an object.

        Raises PatchError where it is missing or has other parameters.

        Args:
            owner: The module, class or object.
            name: The name of the attribute.
            parameters: The names of the parameters that a function must have, in order; by default any.
        """
        found: Any = getattr(owner, name, _MISSING)
        if found is _MISSING:
            raise self.mismatch_error(_full_name(owner, name))
        if parameters and (actual := tuple(inspect.signature(found).parameters)) != parameters:
            raise self.mismatch_error(f"{_full_name(owner, name)}({', '.join(parameters)})", f"({', '.join(actual)})")
        return found

    def replace(self, owner: object, name: str, new: object) -> None:
        """Replace an attribute of a module or class.

        Raises PatchError where it is missing, or is a function with another signature than the new one: names, kinds
        and defaults of the parameters must be the same.
        """
        original = self.require(owner, name)
        if callable(original):
            assert callable(new)
            expected, actual = _signature(new), _signature(original)
            if expected != actual:
                raise self.mismatch_error(f"{_full_name(owner, name)}{expected}", str(actual))
        self.replaced.append(Replaced(owner, name, original))
        setattr(owner, name, new)

    def restore(self) -> None:
        """Undo all calls of `replace`."""
        while self.replaced:
            owner, name, original = self.replaced.pop()
            setattr(owner, name, original)

    def mismatch_error(self, expected: str, found: str = "") -> PatchError:
        """The error to raise where the library has not what was expected, or `found` instead."""
        installed = version(self.distribution)
        if found:
            text = translate(
                "{library} {version} has {found} in place of {name}; install the versions of environment/build.txt",
                library=self.distribution,
                version=installed,
                found=found,
                name=expected,
            )
        else:
            text = translate(
                "{library} {version} has no {name}; install the versions of environment/build.txt",
                library=self.distribution,
                version=installed,
                name=expected,
            )
        return PatchError(text)


def speed_patches_wanted() -> bool:
    """Whether to apply patches that only save time."""
    return os.environ.get(SWITCH, "1") != "0"


def _full_name(owner: object, name: str) -> str:
    if inspect.ismodule(owner):
        return f"{owner.__name__}.{name}"
    cls = owner if inspect.isclass(owner) else type(owner)
    return f"{cls.__module__}.{cls.__qualname__}.{name}"


def _signature(function: Callable[..., object]) -> inspect.Signature:
    """The signature of a function without annotations, which do not matter to a call."""
    parameters = inspect.signature(function).parameters.values()
    return inspect.Signature([parameter.replace(annotation=inspect.Parameter.empty) for parameter in parameters])
