"""What a theme must have to be one for this portal."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from plugins.features.assets import BUNDLES
from plugins.i18n import translate
from plugins.problems import ContentError, Problem, display_path

# what the generator renders, and what the pages of features extend
TEMPLATES = ("404", "archive", "article", "base", "card", "footer", "header", "home", "listing", "page", "site_map")
STYLES = ("tokens", "base", *BUNDLES, "print")


def check_theme(theme: Path, overrides: Iterable[str] = ()) -> None:
    """Raises ContentError where a theme lacks a file. overrides: further folders of templates, before its own."""
    folders = [*map(Path, overrides), theme / "templates"]
    lacking = [
        f"templates/{name}.html" for name in TEMPLATES if not any((at / f"{name}.html").is_file() for at in folders)
    ]
    lacking += [f"css/{name}.css" for name in STYLES if not (theme / "css" / f"{name}.css").is_file()]
    if lacking:
        text = translate("this theme was not made for this portal, it lacks {files}; "
            "make yours from a copy of the folder theme/, or leave THEME (-t) out",
                   files=", ".join(lacking))  # fmt: skip
        raise ContentError([Problem(display_path(theme), 0, text)])
