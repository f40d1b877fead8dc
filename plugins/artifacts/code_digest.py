"""Finds the code that makes an artifact in the sources, so that nobody has to list it.

The digest of a module covers its own text, that of every project module that it imports, and so on, wherever in a
function the import stands; the files beside these modules, such as styles and typefaces, where the code can find them;
the versions of the distributions that they import from, and of those that these require; and Python's version. The
sources are only parsed, nothing is imported. What is installed counts by its version; everything else that can be
imported belongs to the project.

Not covered: modules imported under a computed name, and files whose path is passed in: these are input.
"""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import site
import sys
import sysconfig
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .files import digest

if TYPE_CHECKING:
    from packaging.requirements import Requirement

# How code finds the files beside it; for code without one of these names there are none.
_FINDS_FILES = re.compile(
    r"\b(?:__file__|__path__|__spec__|importlib(?:\.| import .*)resources|pkgutil|getsourcefile)\b"
)
_NAME_FIELD = re.compile(r"^Name:\s*(\S+)", re.M)  # of a distribution's core metadata
_RECORDED_MODULE = re.compile(r"^([^/,\n]+?)(?:/[^,\n]*)?\.py,", re.M)  # in RECORD: a module's top-level name
_IMPORT_FUNCTIONS = {"import_module", "__import__"}


class Module(NamedTuple):
    """A module of the project.

    Attributes:
        name: Its full name.
        file: Its source.
        text: The bytes of the source.
        imports: What it imports, each as a module and a name in it, or "" for the module itself.
        has_side_effects: Whether importing it does more than define names.
    """

    name: str
    file: Path
    text: bytes
    imports: tuple[tuple[str, str], ...]
    has_side_effects: bool


class Closure(NamedTuple):
    """Everything that some code consists of.

    Attributes:
        files: Files of the project, by a name that does not depend on where the project is.
        foreign: The top-level names of the other modules that are imported.
    """

    files: dict[str, Path]
    foreign: frozenset[str]


class CodeIndex:
    """Finds what modules consist of; reads every file once."""

    def __init__(self) -> None:
        self._modules: dict[str, Module] = {}
        self._locations: dict[str, list[Path]] = {}
        self._installed: dict[str, tuple[str, list[Requirement]]] = {}  # version and requirements of distributions

    def digest(self, module: str) -> str:
        """The digest of a module with everything that it needs."""
        closure = self.closure(module)
        contents = [part for name, path in sorted(closure.files.items()) for part in (name, path.read_bytes())]
        return digest(sys.version, *self.versions(closure.foreign), *contents)

    def closure(self, module: str) -> Closure:
        """What a module needs: itself, what it imports directly or indirectly, and the files beside these."""
        own_package = module.rpartition(".")[0] or module
        todo = [module]
        found: dict[str, Module] = {}
        foreign: set[str] = set()
        while todo:
            name = todo.pop()
            if name in found or not name:
                continue
            parsed = self._module(name, own_package)
            if parsed is None:
                foreign.add(name.partition(".")[0])
                continue
            found[name] = parsed
            todo += (self._imported_module(base, part, own_package) for base, part in parsed.imports)
            # the packages around a module are imported before it, but most only define names
            parents = [name.rsplit(".", n)[0] for n in range(1, name.count(".") + 1)]
            todo += (
                parent
                for parent in parents
                if (package := self._module(parent, own_package)) and package.has_side_effects
            )
        files = {name: parsed.file for name, parsed in found.items()}
        for parsed in found.values():
            files |= _data_files(parsed)
        return Closure(files, frozenset(foreign))

    # --- modules ---

    def _imported_module(self, base: str, part: str, own_package: str) -> str:
        """The module that `from base import part` needs: a module of that name, else base itself."""
        return f"{base}.{part}" if part and self._module(f"{base}.{part}", own_package) else base

    def _module(self, name: str, own_package: str) -> Module | None:
        """A module of the project; None for one that is installed or missing.

        `own_package` counts as part of the project also where it is installed.
        """
        files = [path for path in self._find(name) if path.suffix == ".py"]
        is_own = name == own_package or name.startswith(f"{own_package}.")
        if not files or (_is_installed(files[0]) and not is_own):
            return None
        if name not in self._modules:
            self._modules[name] = _parse(name, files[0])
        return self._modules[name]

    def _find(self, name: str) -> list[Path]:
        """The file of a module, found without importing it, or the folders of a namespace package (PEP 420)."""
        if name not in self._locations:
            parent, _, last = name.rpartition(".")
            if parent:
                folders = [path.parent if path.name == "__init__.py" else path for path in self._find(parent)]
                self._locations[name] = _find_in(folders, last)
            elif last in sys.stdlib_module_names:
                self._locations[name] = []
            else:
                loaded = getattr(sys.modules.get(last), "__file__", None)  # a plugin on PLUGIN_PATHS is not on sys.path
                self._locations[name] = [Path(loaded)] if loaded else _find_in(map(Path, sys.path), last)
        return self._locations[name]

    # --- distributions ---

    @cached_property
    def _providers(self) -> dict[str, list[str]]:
        """The names of the distributions that provide a module, by its top-level name.

        As importlib.metadata.packages_distributions, which takes three times as long.
        """
        providers: dict[str, list[str]] = defaultdict(list)
        for distribution in importlib.metadata.distributions():
            name = _NAME_FIELD.search(distribution.read_text("METADATA") or "")
            declared = (distribution.read_text("top_level.txt") or "").split()
            for module in declared or set(_RECORDED_MODULE.findall(distribution.read_text("RECORD") or "")):
                providers[module].append(name[1] if name else distribution.metadata["Name"])
        return providers

    def versions(self, modules: Iterable[str]) -> list[str]:
        """Name and version of the distributions that provide some modules, and of all that these require."""
        from packaging.requirements import Requirement
        from packaging.utils import canonicalize_name

        todo = [(name, "") for module in modules for name in self._providers.get(module, ())]
        seen: set[tuple[str, str]] = set()
        versions: dict[str, str] = {}
        while todo:
            name, extra = todo.pop()
            name = canonicalize_name(name)
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            if name not in self._installed:
                try:
                    distribution = importlib.metadata.distribution(name)
                except importlib.metadata.PackageNotFoundError:
                    continue
                self._installed[name] = distribution.version, list(map(Requirement, distribution.requires or ()))
            versions[name], requirements = self._installed[name]
            for requirement in requirements:
                if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
                    todo += [(requirement.name, wanted) for wanted in ("", *requirement.extras)]
        return [f"{name} {version}" for name, version in sorted(versions.items())]


def files_outside(modules: Iterable[object], folder: Path) -> Iterator[tuple[str, Path]]:
    """The files of loaded modules, and of what they import, that are outside a folder.

    Of a package all files count. Each comes with a name that does not depend on where it is.
    """
    index = CodeIndex()
    for module in modules:
        name, file = getattr(module, "__name__", ""), getattr(module, "__file__", None)
        if not file or Path(file).resolve().is_relative_to(folder):
            continue
        files = index.closure(name).files
        if hasattr(module, "__path__"):
            files |= dict(_package_files(name, Path(file).parent, with_code=True))
        yield from ((label, path) for label, path in sorted(files.items()) if not path.resolve().is_relative_to(folder))


def _find_in(folders: Iterable[Path], name: str) -> list[Path]:
    """The file of a module in the first folder that has one, else all folders of that name."""
    packages = []
    for folder in folders:
        for file in (folder / name / "__init__.py", folder / f"{name}.py"):
            if file.is_file():
                return [file]
        if (folder / name).is_dir():
            packages.append(folder / name)
    return packages


def _parse(name: str, file: Path) -> Module:
    text = file.read_bytes()
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):  # written for another version of Python; it cannot be imported either
        tree = ast.Module([], [])
    has_side_effects = any(map(_has_side_effect, tree.body))
    return Module(name, file, text, tuple(dict.fromkeys(_imports(tree, package))), has_side_effects)


def _imports(tree: ast.Module, package: str) -> Iterator[tuple[str, str]]:
    """What a module imports anywhere in its code, as pairs of a module and a name in it; without imports for types."""
    for node in _walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                parts = alias.name.split(".")  # `import a.b` imports a too
                yield from ((".".join(parts[: n + 1]), "") for n in range(len(parts)))
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((base, "" if alias.name == "*" else alias.name) for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            function = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if function in _IMPORT_FUNCTIONS and isinstance(node.args[0].value, str):
                yield node.args[0].value.lstrip("."), ""


def _walk(tree: ast.Module) -> Iterator[ast.AST]:
    """As ast.walk, without the bodies of `if TYPE_CHECKING`."""
    todo: deque[ast.AST] = deque([tree])
    while todo:
        node = todo.popleft()
        if isinstance(node, ast.If) and _is_type_checking(node.test):
            todo.extend(node.orelse)
        else:
            todo.extend(ast.iter_child_nodes(node))
        yield node


def _is_type_checking(test: ast.expr) -> bool:
    return getattr(test, "attr", getattr(test, "id", "")) == "TYPE_CHECKING"


def _has_side_effect(statement: ast.stmt) -> bool:
    """Whether a top-level statement may change anything but the names of its module."""
    if isinstance(statement, ast.Expr):
        return not isinstance(statement.value, ast.Constant)
    if isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Delete):
        targets = getattr(statement, "targets", [getattr(statement, "target", None)])
        return any(not isinstance(target, ast.Name | ast.Tuple | ast.List) for target in targets)
    return isinstance(statement, ast.For | ast.While | ast.With)


def _data_files(module: Module) -> dict[str, Path]:
    """The files beside a module that it may read."""
    folder = module.file.parent
    if not (folder / "__init__.py").exists() or not _FINDS_FILES.search(module.text.decode("utf-8", "replace")):
        return {}
    package = module.name if module.file.name == "__init__.py" else module.name.rpartition(".")[0]
    return dict(_package_files(package, folder))


def _package_files(package: str, folder: Path, with_code: bool = False) -> Iterator[tuple[str, Path]]:
    """The data files of a package without its subpackages; `with_code`: all files, with those of subpackages."""
    for base, subfolders, files in os.walk(folder):
        subfolders[:] = sorted(
            name
            for name in subfolders
            if name != "__pycache__" and (with_code or not os.path.exists(f"{base}/{name}/__init__.py"))
        )
        for file in files:
            if with_code or not file.endswith((".py", ".pyc")):
                path = Path(base, file)
                yield f"{package}/{path.relative_to(folder).as_posix()}", path


def _is_installed(file: Path) -> bool:
    return any(file.is_relative_to(folder) for folder in _INSTALL_FOLDERS)


_INSTALL_FOLDERS = {Path(sysconfig.get_path(kind)) for kind in ("purelib", "platlib", "stdlib")}
_INSTALL_FOLDERS |= {Path(folder) for folder in [*site.getsitepackages(), site.getusersitepackages()]}
