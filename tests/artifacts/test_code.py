"""Which code an artifact depends on: just the code that can change it, found without being declared."""

from __future__ import annotations

import importlib.metadata
import shutil
from pathlib import Path

import pytest

from plugins.artifacts.code_digest import CodeIndex
from tests import editors

FILES = {
    "__init__.py": '"""A project."""\n',
    "making/__init__.py": '"""A package."""\nfrom . import looks\n',
    "making/maker.py": (
        "from __future__ import annotations\nfrom typing import TYPE_CHECKING\nfrom . import near\n"
        "from ..shared import words\n"
        "import PIL.Image\nif TYPE_CHECKING:\n    from works.other import types_only\n\n"
        "def make():\n    from works.late.deep import thing\n    __import__('works.named')\n"
    ),
    "making/near.py": "FOLDER = __file__\n",
    "making/looks.py": "",
    "making/style.css": "",
    "making/fonts/a.ttf": "",
    "making/inner/__init__.py": "",
    "making/inner/data.txt": "",
    "shared/__init__.py": "",
    "shared/words.py": "",
    "shared/data.txt": "",
    "late/__init__.py": "from . import registered\nregistered.all()\n",
    "late/registered.py": "",
    "late/deep.py": "thing = 1\n",
    "named.py": "",
    "other/__init__.py": "",
    "other/types_only.py": "",
    "alone.py": "from works.shared.words import *\n",
}
COUNT = [
    "making/maker.py",
    "making/near.py",
    "making/style.css",
    "making/fonts/a.ttf",
    "shared/words.py",
    "late/deep.py",
    "named.py",
    "late/__init__.py",
    "late/registered.py",
]
COUNT_NOT = [
    "__init__.py",
    "making/__init__.py",
    "making/looks.py",
    "making/inner/__init__.py",
    "making/inner/data.txt",
    "shared/__init__.py",
    "shared/data.txt",
    "other/__init__.py",
    "other/types_only.py",
    "alone.py",
]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in which one module makes an artifact."""
    for name, text in FILES.items():
        editors.write_file(tmp_path, f"works/{name}", text)
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path / "works"


def digest(module: str = "works.making.maker") -> str:
    return CodeIndex().digest(module)


def test_the_two_lists_cover_all_files() -> None:
    assert sorted(COUNT + COUNT_NOT) == sorted(FILES)


@pytest.mark.parametrize("name", COUNT)
def test_a_comment_in_code_that_the_artifact_depends_on_counts(project: Path, name: str) -> None:
    before = digest()
    with (project / name).open("a") as stream:
        stream.write("# a remark\n")
    assert digest() != before


@pytest.mark.parametrize("name", COUNT_NOT)
def test_a_comment_elsewhere_does_not_count(project: Path, name: str) -> None:
    before = digest()
    with (project / name).open("a") as stream:
        stream.write("# a remark\n")
    assert digest() == before


@pytest.mark.parametrize(
    ("name", "edit", "counts"),
    [
        ("making/new.css", "x", True),
        ("making/fonts/b.ttf", "x", True),
        ("shared/new.txt", "x", False),
        ("making/new.py", "x = 1", False),
        ("making/near/__init__.py", "FOLDER = 1", True),  # the package takes precedence over near.py
        ("making/__init__.py", "import sys\nsys.path.append('x')\n", True),  # it has side effects
        ("making/__init__.py", "LIMIT: int = 3\nSIZES = A, B = 1, 2\n\ndef f(): pass\n", False),
    ],
)
def test_new_files_and_packages_with_side_effects_count(project: Path, name: str, edit: str, counts: bool) -> None:
    before = digest()
    editors.write_file(project, name, edit)
    assert (digest() != before) is counts


def test_a_deleted_file_counts(project: Path) -> None:
    before = digest()
    (project / "making/fonts/a.ttf").unlink()
    assert digest() != before


def test_the_folder_of_the_project_and_compiled_files_do_not_count(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digest()
    editors.write_file(project, "making/__pycache__/maker.cpython-311.pyc", "x")
    assert digest() == before
    shutil.copytree(project, tmp_path / "a copy/works")
    shutil.rmtree(project)
    monkeypatch.syspath_prepend(str(tmp_path / "a copy"))
    assert digest() == before


@pytest.mark.parametrize(
    ("line", "needed"),
    [
        ("import works.shared.words", {"works.shared", "works.shared.words"}),
        ("import works.shared.words as w", {"works.shared", "works.shared.words"}),
        ("from works.shared import words", {"works.shared.words"}),
        ("from works.shared.words import anything", {"works.shared.words"}),
        ("from works.making import fonts_of", {"works.making", "works.making.looks"}),
        ("from .. import shared", {"works.shared"}),
        ("from ..making.near import *", {"works.making.near"}),
        ("import importlib\nimportlib.import_module('works.named')", {"works.named"}),
        ("def f():\n    class C:\n        from works import named", {"works.named"}),
        ("try:\n    import works.nowhere\nexcept ImportError:\n    from works import named", {"works", "works.named"}),
    ],
)
def test_every_form_of_import_is_understood(project: Path, line: str, needed: set[str]) -> None:
    editors.write_file(project, "late/__init__.py", "")
    editors.write_file(project, "late/lines.py", line)
    dependencies = {name for name in CodeIndex().closure("works.late.lines").files if "/" not in name}
    assert dependencies - {"works"} == (needed | {"works.late.lines"}) - {"works"}


def digest_with_another(distribution: str) -> str:
    """`digest`, with another version of one distribution."""
    real = importlib.metadata.distribution

    class Other:
        def __init__(self, name: str) -> None:
            self.distribution = real(name)
            self.requires = self.distribution.requires
            self.version = self.distribution.version + (".post1" if name == distribution else "")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importlib.metadata, "distribution", Other)
        return digest()


def test_the_versions_of_imported_distributions_count_with_all_that_these_require(project: Path) -> None:
    (project / "making/maker.py").write_text("def make():\n    import weasyprint\n    from bs4 import BeautifulSoup\n")
    before = digest()
    assert digest_with_another("none of these") == before
    # fonttools[woff] needs brotli, beautifulsoup4 needs soupsieve; jinja2 is not needed, pytest only by their own tests
    for name, counts in {
        "weasyprint": True,
        "tinycss2": True,
        "brotli": True,
        "soupsieve": True,
        "jinja2": False,
        "pytest": False,
    }.items():
        assert (digest_with_another(name) != before) is counts, name


def test_the_version_of_python_counts(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest()
    monkeypatch.setattr("sys.version", "4.0")
    assert digest() != before


def test_nothing_is_imported_to_find_the_dependencies(project: Path) -> None:
    (project / "making/maker.py").write_text("raise RuntimeError('I was imported')\n")
    digest()


def test_the_artifacts_of_the_portal_depend_on_what_they_should() -> None:
    code = CodeIndex()
    needed = {
        module: set(code.closure(module).files)
        for module in (
            "plugins.pdf.render",
            "plugins.read_aloud.recordings",
            "plugins.read_aloud.script",
            "plugins.pictures.encoding",
        )
    }
    assert {
        "plugins.pdf.structure_tree",
        "plugins.pdf.weasyprint_patches.lines",
        "plugins.pdf/pdf.css",
        "plugins.pdf/fonts/NotoSans-Regular.ttf",
    } <= needed["plugins.pdf.render"]
    assert {"plugins.portal.filters", "plugins.read_aloud/vi.txt"} <= needed["plugins.read_aloud.script"]
    assert "plugins.read_aloud.voices" in needed["plugins.read_aloud.recordings"]
    assert "plugins.read_aloud/player.css" not in needed["plugins.read_aloud.recordings"], (
        "recording everything anew takes hours"
    )
    for module, files in needed.items():
        assert not [name for name in files if "share" in name or "portal.build" in name], module
