"""Benchmarks, run by `tasks.py bench NAME`: figures side by side with other programs; never a test.

A benchmark is a module of this folder with a function `main(sizes, runs)`. `tasks.py bench` describes it by the first
line of its docstring. Its results go to results/, which is not in git.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import environment

RESULTS = Path(__file__).resolve().parent / "results"
SMALLEST = 100  # articles
SIZES, LARGE = (1000, 5000, 10000), (50000, 100000)  # articles


def benchmarks() -> dict[str, ModuleType]:
    """Return every benchmark by its name."""
    modules = (importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    return {module.__name__.rpartition(".")[2]: module for module in modules if hasattr(module, "main")}


def sizes(option: str, large: bool) -> tuple[int, ...]:
    """Return the sizes of `--size 1000,5000` and `--with-100k`.

    Raises:
        CommandError: A size is not a number.
    """
    try:
        chosen = tuple(int(size) for size in option.split(",")) if option else SIZES
    except ValueError:
        raise environment.CommandError(f"--size takes numbers with commas between them, not “{option}”.") from None
    if min(chosen) < SMALLEST:
        raise environment.CommandError(f"--size is at least {SMALLEST}.")
    return (*chosen, *LARGE) if large else chosen


def run(names: Sequence[str], sizes: Sequence[int], runs: int) -> None:
    """Run benchmarks by their names, each with the folders that follow; without a name, list all of them."""
    available = benchmarks()
    chosen: list[list[str]] = []
    for name in names:
        if name in available:
            chosen.append([name])
        elif chosen and Path(name).is_dir():
            chosen[-1].append(name)
    unknown = [name for name in names if not any(name in each for each in chosen)]
    if unknown:
        raise environment.CommandError(f"There is no benchmark {unknown[0]}; there are: {', '.join(available)}")
    RESULTS.mkdir(exist_ok=True)
    for name, *folders in chosen:
        available[name].main(sizes, runs, *folders)
    if not names:
        for each, module in available.items():
            print(f"  {each:<12}{(module.__doc__ or '').splitlines()[0]}")
