"""The code that makes an artifact: found in the sources, never listed by hand.

Of a module count its own text, that of every project module that it imports, and so on, wherever in a function the
import stands; the files beside them, such as styles and typefaces, where the code can find them; the versions of the
distributions that they import from, and of what these require; and Python's. The sources are only parsed: nothing is
imported for it. What is installed is told by its version, everything else that can be imported belongs to the project.

Not seen is what a module imports by a name that it computes, and what it is given to read: that is its input.
"""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import site
import sys
import sysconfig
from collections import deque
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from .files import digest

# by which code finds the files beside it; without one of these names there are none for it
_PLACE = re.compile(r"\b(?:__file__|__path__|__spec__|importlib(?:\.| import .*)resources|pkgutil|getsourcefile)\b")
_IMPORTERS = {"import_module", "__import__"}


class Module(NamedTuple):
    """A module of the project. names: what it imports, each as its module and a name in it or ""."""

    name: str
    file: Path
    text: bytes
    names: tuple[tuple[str, str], ...]
    acts: bool  # importing it does more than to define names


class Closure(NamedTuple):
    """All that some code is made of.

    files: of the project, by a name that is the same wherever the project stands. foreign: other modules that are
    imported, the first part of their names.
    """

    files: dict[str, Path]
    foreign: frozenset[str]


class CodeIndex:
    """What modules are made of; every file is read once."""

    def __init__(self) -> None:
        self._modules: dict[str, Module] = {}
        self._known_places: dict[str, list[Path]] = {}

    def digest(self, module: str) -> str:
        """Of the code of a module, with all that it needs."""
        closure = self.closure(module)
        contents = [part for name, path in sorted(closure.files.items()) for part in (name, path.read_bytes())]
        return digest(sys.version, *self.versions(closure.foreign), *contents)

    def closure(self, module: str) -> Closure:
        """What a module needs: itself, what it imports, and the files beside these."""
        own = module.rpartition(".")[0] or module
        todo, found, foreign = [module], {}, set()
        while todo:
            name = todo.pop()
            if name in found or not name:
                continue
            known = self._module(name, own)
            if known is None:
                foreign.add(name.partition(".")[0])
                continue
            found[name] = known
            todo += (self._meant(base, part, own) for base, part in known.names)
            # the packages that a module stands in are imported before it, but mostly only define names
            parents = [name.rsplit(".", n)[0] for n in range(1, name.count(".") + 1)]
            todo += (parent for parent in parents if (package := self._module(parent, own)) and package.acts)
        files = {name: known.file for name, known in found.items()}
        for known in found.values():
            files |= _beside(known)
        return Closure(files, frozenset(foreign))

    # --- modules ---

    def _meant(self, base: str, part: str, own: str) -> str:
        """The module that `from base import part` needs: a module of that name, else base itself."""
        return f"{base}.{part}" if part and self._module(f"{base}.{part}", own) else base

    def _module(self, name: str, own: str) -> Module | None:
        """A module of the project; None of what is installed or not there. own: a package that counts as ours."""
        files = [place for place in self._places(name) if place.suffix == ".py"]
        if not files or (_installed(files[0]) and name != own and not name.startswith(f"{own}.")):
            return None
        if name not in self._modules:
            self._modules[name] = _parsed(name, files[0])
        return self._modules[name]

    def _places(self, name: str) -> list[Path]:
        """The file of a module, without importing it; folders of a package that has none (PEP 420)."""
        if name not in self._known_places:
            parent, _, last = name.rpartition(".")
            if parent:
                folders = [place.parent if place.name == "__init__.py" else place for place in self._places(parent)]
                self._known_places[name] = _looked_up(last, folders)
            elif last in sys.stdlib_module_names:
                self._known_places[name] = []
            else:
                loaded = getattr(sys.modules.get(last), "__file__", None)  # a plugin of PLUGIN_PATHS is on no path
                self._known_places[name] = [Path(loaded)] if loaded else _looked_up(last, [Path(p) for p in sys.path])
        return self._known_places[name]

    # --- distributions ---

    @cached_property
    def _providing(self) -> dict[str, list[str]]:
        """The distributions that bring a module, by its name."""
        return dict(importlib.metadata.packages_distributions())

    def versions(self, modules: Iterable[str]) -> list[str]:
        """Name and version of the distributions that bring some modules, and of all that these require."""
        from packaging.requirements import Requirement
        from packaging.utils import canonicalize_name

        todo = [(name, "") for module in modules for name in self._providing.get(module, ())]
        seen: set[tuple[str, str]] = set()
        versions: dict[str, str] = {}
        while todo:
            name, extra = todo.pop()
            name = canonicalize_name(name)
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            try:
                found = importlib.metadata.distribution(name)
            except importlib.metadata.PackageNotFoundError:
                continue
            versions[name] = found.version
            for text in found.requires or ():
                needed = Requirement(text)
                if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                    todo += [(needed.name, wanted) for wanted in ("", *needed.extras)]
        return [f"{name} {version}" for name, version in sorted(versions.items())]


def files_outside(modules: Iterable[object], known: Path) -> Iterator[tuple[str, Path]]:
    """Files of loaded modules, and of what they import, that stand outside the folder `known`; each with a name.

    Of a package count all its files.
    """
    code = CodeIndex()
    for module in modules:
        name, file = getattr(module, "__name__", ""), getattr(module, "__file__", None)
        if not file or Path(file).resolve().is_relative_to(known):
            continue
        files = code.closure(name).files
        if hasattr(module, "__path__"):
            files |= dict(_within(name, Path(file).parent, whole=True))
        yield from ((label, path) for label, path in sorted(files.items()) if not path.resolve().is_relative_to(known))


def _looked_up(name: str, folders: Iterable[Path]) -> list[Path]:
    """The file of a module in the first folder that has one, else all folders of that name."""
    found = []
    for folder in folders:
        for file in (folder / name / "__init__.py", folder / f"{name}.py"):
            if file.is_file():
                return [file]
        if (folder / name).is_dir():
            found.append(folder / name)
    return found


def _parsed(name: str, file: Path) -> Module:
    text = file.read_bytes()
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):  # of another Python; nobody can import it
        tree = ast.Module([], [])
    return Module(name, file, text, tuple(dict.fromkeys(_imports(tree, package))), any(map(_does, tree.body)))


def _imports(tree: ast.AST, package: str) -> Iterator[tuple[str, str]]:
    """What is imported anywhere in a module, but for what only a type checker sees."""
    for node in _walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                parts = alias.name.split(".")  # `import a.b` gives the name a
                yield from ((".".join(parts[: n + 1]), "") for n in range(len(parts)))
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((base, "" if alias.name == "*" else alias.name) for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in _IMPORTERS and isinstance(node.args[0].value, str):
                yield node.args[0].value.lstrip("."), ""


def _walk(tree: ast.AST) -> Iterator[ast.AST]:
    """As ast.walk, without what only a type checker sees."""
    todo = deque([tree])
    while todo:
        node = todo.popleft()
        typed = isinstance(node, ast.If) and getattr(node.test, "attr", getattr(node.test, "id", "")) == "TYPE_CHECKING"
        todo.extend(node.orelse if typed else ast.iter_child_nodes(node))
        yield node


def _does(statement: ast.stmt) -> bool:
    """Whether a statement of a module may change anything but the module's own names."""
    if isinstance(statement, ast.Expr):
        return not isinstance(statement.value, ast.Constant)
    if isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Delete):
        targets = getattr(statement, "targets", [getattr(statement, "target", None)])
        return any(not isinstance(part, ast.Name | ast.Tuple | ast.List) for part in targets)
    return isinstance(statement, ast.For | ast.While | ast.With)


def _beside(module: Module) -> dict[str, Path]:
    """The files beside a module that it may read."""
    package = module.file.parent
    if not (package / "__init__.py").exists() or not _PLACE.search(module.text.decode("utf-8", "replace")):
        return {}
    name = module.name if module.file.name == "__init__.py" else module.name.rpartition(".")[0]
    return dict(_within(name, package))


def _within(name: str, folder: Path, whole: bool = False) -> Iterator[tuple[str, Path]]:
    """The data files of a package, without those of packages in it; whole: all its files."""
    for base, folders, files in os.walk(folder):
        ours = [f for f in folders if f != "__pycache__" and (whole or not os.path.exists(f"{base}/{f}/__init__.py"))]
        folders[:] = sorted(ours)
        for file in files:
            if whole or not file.endswith((".py", ".pyc")):
                path = Path(base, file)
                yield f"{name}/{path.relative_to(folder).as_posix()}", path


def _installed(file: Path) -> bool:
    return any(file.is_relative_to(folder) for folder in _SITES)


_SITES = {Path(sysconfig.get_path(kind)) for kind in ("purelib", "platlib", "stdlib")}
_SITES |= {Path(folder) for folder in [*site.getsitepackages(), site.getusersitepackages()]}
