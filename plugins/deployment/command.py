"""The command `publish`: prints what was done or what is wrong, and returns the exit status."""

from __future__ import annotations

from pathlib import Path

from plugins.i18n import translate
from plugins.portal import command
from plugins.problems import ContentError, Problem, display_path, print_problems

from .bucket import Bucket
from .machine import Machine
from .publisher import Target
from .publisher import publish as publish_folder
from .release_folder import ReleaseFolder

KEPT = 5  # earlier releases that stay at a target, if RELEASES says nothing


def publish(
    target: str, config: str = "publishconf.py", force: bool = False, dry_run: bool = False, **overrides: object
) -> int:
    """Publish the finished site.

    Args:
        target: A folder, `user@host:/folder`, or `s3://bucket/folder`.
        config: The file of settings.
        force: Even if most files are removed.
        dry_run: Only say what would be done.
        overrides: Settings that take precedence.
    """
    try:
        settings = command.settings(config, **overrides)
        folder = Path(settings["OUTPUT_PATH"])
        if not (folder / "index.html").is_file():
            text = translate("nothing is built here yet; run first: python3 tasks.py build")
            raise ContentError([Problem(display_path(folder), 0, text)])
        print(publish_folder(folder, _target(target), settings.get("RELEASES") or KEPT, force, dry_run))
    except ContentError as error:
        print_problems(error.problems)
        return 1
    return 0


def _target(text: str) -> Target:
    """Return the target that somebody has typed. Raises ContentError."""
    return Bucket(text) if text.startswith("s3://") else ReleaseFolder(Machine(text))
