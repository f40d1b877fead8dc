"""The files that a theme must have for this portal."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from plugins.features.assets import BUNDLES
from plugins.i18n import translate
from plugins.problems import ContentError, Problem, display_path

# what the generator renders, and what the pages of features extend
TEMPLATES = (
    "404",
    "archive",
    "article",
    "base",
    "card",
    "footer",
    "groups",
    "header",
    "home",
    "listing",
    "page",
    "site_map",
)
STYLES = ("tokens", "base", *BUNDLES, "print")


def check_theme(theme: Path, overrides: Iterable[str] = ()) -> None:
    """Check that a theme is complete.

    Args:
        theme: Its folder.
        overrides: Further folders of templates, which come before its own.

    Raises:
        ContentError: A file is missing.
    """
    folders = [*map(Path, overrides), theme / "templates"]
    missing = [
        f"templates/{name}.html"
        for name in TEMPLATES
        if not any((folder / f"{name}.html").is_file() for folder in folders)
    ]
    missing += [f"css/{name}.css" for name in STYLES if not (theme / "css" / f"{name}.css").is_file()]
    if missing:
        text = translate(
            "this theme was not made for this portal, it lacks {files}; "
            "make yours from a copy of the folder theme/, or leave THEME (-t) out",
            files=", ".join(missing),
        )
        raise ContentError([Problem(display_path(theme), 0, text)])
