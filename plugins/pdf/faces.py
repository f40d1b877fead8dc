"""Typefaces of the system for scripts that those of this package lack, as the owner's PDF_SCRIPTS names them.

A script is named by a language that is written in it: "lo" is Lao, "zh" Chinese (CLDR, likely subtags). Its typeface is
Noto Sans: its files are named after the script as Unicode calls it, on every system, so no list of files is needed.
What else shall be used, say for emoji, is named by its file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from plugins.i18n import translate
from plugins.problems import Problem

FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts",  # Linux
    "/Library/Fonts", "~/Library/Fonts",  # macOS
    r"C:\Windows\Fonts", r"~\AppData\Local\Microsoft\Windows\Fonts",
)  # fmt: skip
# One file has the Chinese, Japanese and Korean typefaces; their names end so.
_CJK = {"Hans": "SC", "Hant": "TC", "Jpan": "JP", "Kore": "KR"}
ENDINGS = (".ttf", ".otf", ".ttc")


class Face(NamedTuple):
    """A typeface of the system.

    Attributes:
        files: Its files, regular and bold where there is one.
        family: Its name in files that have several.
    """

    files: tuple[str, ...]
    family: str = ""


def find_faces(names: Iterable[str]) -> tuple[list[Face], list[str]]:
    """Find typefaces on this system.

    Args:
        names: Codes of languages, or paths of font files, as in PDF_SCRIPTS.

    Returns:
        The typefaces, and those of the names for which there is none.
    """
    found = {name: _find(name) for name in dict.fromkeys(names)}
    return [face for face in found.values() if face], [name for name, face in found.items() if not face]


def script_of(language: str) -> str:
    """The code of the script that a language is written in (ISO 15924); "" where it is unknown."""
    from babel.core import get_global

    subtags = get_global("likely_subtags").get(language.replace("-", "_"), "").split("_")
    return next((part for part in subtags if len(part) == 4 and part.isalpha()), "")


def language_of(script: str) -> str:
    """The code of the language that is mostly written in a script; "" where it is unknown."""
    from babel.core import get_global

    return str(get_global("likely_subtags").get(f"und_{script}", "")).partition("_")[0]


def missing_face_problem(name: str, settings: Mapping[str, Any]) -> Problem:
    """What an owner should know about a name in PDF_SCRIPTS for which there is no typeface."""
    from plugins import owner_settings  # takes time that the workers, which need only `fontconfig`, can spare

    script = script_of(name)
    if script:
        text = translate(
            'PDF_SCRIPTS: this machine has no typeface for "{language}"; install it: apt-get install {package}',
            language=name,
            package="fonts-noto-cjk" if script in _CJK else "fonts-noto-core",
        )
    else:
        text = translate(
            'PDF_SCRIPTS: "{name}" is neither the code of a language nor a font file; write for example {example}',
            name=name,
            example='["lo", "th", "zh", "km"]',
        )
    return owner_settings.problem(settings, "PDF_SCRIPTS", text, "warning", item=name)


def _find(name: str) -> Face | None:
    if name.lower().endswith(ENDINGS):
        return Face((name,)) if os.path.isfile(name) else None
    script = script_of(name)
    if not script:
        return None
    stem = f"NotoSans{'CJK' if script in _CJK else _unicode_name(script)}"
    files = tuple(path for weight in ("Regular", "Bold") if (path := _files().get(f"{stem}-{weight}")))
    return Face(files, f"Noto Sans CJK {_CJK[script]}" if script in _CJK else "") if files else None


def _unicode_name(script: str) -> str:
    from fontTools import unicodedata

    return str(unicodedata.script_name(script, default="")).replace(" ", "").replace("_", "")


@cache
def _files() -> dict[str, str]:
    """The font files of this system by name without ending."""
    paths = sorted(_walk(), reverse=True)  # of two with one name, the first counts
    return {Path(path).stem: path for path in paths if path.lower().endswith(ENDINGS)}


def _walk() -> Iterator[str]:
    for folder in map(os.path.expanduser, FOLDERS):
        for parent, _, names in os.walk(folder):
            yield from (os.path.join(parent, name) for name in names)


def fontconfig(folder: Path, cache_folder: Path, faces: Iterable[Face]) -> str:
    """A configuration with which Fontconfig sees the files of one folder, and some of the system.

    Args:
        folder: The folder.
        cache_folder: Where Fontconfig keeps its cache.
        faces: The typefaces of the system; of a file with several typefaces, only the one that is named.
    """
    faces = list(faces)
    files = [file for face in faces for file in face.files]
    folders = dict.fromkeys([str(folder), *(os.path.dirname(file) for file in files)])
    accepted = [_glob(pattern) for pattern in (os.path.join(folder, "*"), *files)]
    accepted += [_pattern("family", face.family) for face in faces if face.family]
    rejected = [_glob("*"), *(_pattern("file", file) for face in faces if face.family for file in face.files)]
    return (
        f"<fontconfig>{''.join(f'<dir>{escape(name)}</dir>' for name in folders)}"
        f"<cachedir>{escape(str(cache_folder))}</cachedir><selectfont><acceptfont>{''.join(accepted)}</acceptfont>"
        f"<rejectfont>{''.join(rejected)}</rejectfont></selectfont></fontconfig>"
    )


def _glob(pattern: str) -> str:
    return f"<glob>{escape(pattern)}</glob>"


def _pattern(name: str, value: str) -> str:
    return f'<pattern><patelt name="{name}"><string>{escape(value)}</string></patelt></pattern>'
