"""The command `publish`: prints what was done or what is wrong, and returns the exit status."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from plugins.i18n import translate
from plugins.monitoring import journal
from plugins.portal import loading
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
        target: A folder, `user@host:/folder`, or `s3://bucket/folder`; "" for that of the settings.
        config: The file of settings.
        force: Even if most files are removed.
        dry_run: Only say what would be done.
        overrides: Settings that take precedence.
    """
    folder = None
    try:
        settings = loading.settings(config, **overrides)
        target = target or settings.get("PUBLISH_TARGET", "")
        if not target:
            text = translate(
                'say where to publish: publish TARGET, or target = "user@host:/folder" in the table [publishing]'
            )
            raise ContentError([Problem("portal.toml", 0, text)])
        folder = Path(settings["OUTPUT_PATH"])
        if not (folder / "index.html").is_file():
            text = translate("nothing is built here yet; run first: python3 tasks.py build")
            raise ContentError([Problem(display_path(folder), 0, text)])
        line = publish_folder(folder, _target(target), settings.get("RELEASES") or KEPT, force, dry_run)
    except ContentError as error:
        print_problems(error.problems)
        if folder and not dry_run:
            journal.record(folder, "publish", datetime.now(UTC), str(error.problems[0]), target=target)
        return 1
    print(line)
    if not dry_run:
        journal.record(folder, "publish", datetime.now(UTC), target=target)
    return 0


def rollback(target: str) -> int:
    """Let readers of a target see the release before the present one, and print which; return the exit status."""
    try:
        place = _target(target)
        place.check()
        with place.lock():
            number = place.roll_back()
    except ContentError as error:
        print_problems(error.problems)
        return 1
    print(
        translate(
            "Readers now see release {number}. The next build publishes what is in content/ again.", number=number
        )
    )
    return 0


def _target(text: str) -> Target:
    """Return the target that somebody has typed. Raises ContentError."""
    return Bucket(text) if text.startswith("s3://") else ReleaseFolder(Machine(text))
