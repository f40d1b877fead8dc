"""The commands `build`, `rollback`, `check`, `due`, `new` and `convert --as`.

A command loads the settings, does one thing, prints what it did, and returns its exit status.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

import environment
from plugins import languages
from plugins.drafting import ARTICLE_LINES, find_kind, new_draft, split_words
from plugins.features import urls
from plugins.i18n import translate
from plugins.incremental.owned_files import OwnedFiles
from plugins.incremental.releases import Releases
from plugins.incremental.state import state_folder
from plugins.monitoring import journal
from plugins.pelican_bridge.log import published_as_before
from plugins.problems import LEVELS, ContentError, Problem, display_path, print_problems

from .build import Portal
from .build_lock import build_lock
from .editions import checked_addresses, editions
from .kinds import ARTICLE, BUILT_IN
from .loading import features, portal, settings, settings_or_none
from .reading import now


def build(
    config: str = "publishconf.py",
    explain: bool = False,
    verify: bool = False,
    keep: bool = False,
    gone: bool = False,
    dry_run: bool = False,
    as_json: bool = False,
    **overrides: object,
) -> int:
    """Build the portal and print what was done.

    Args:
        config: The file of settings.
        explain: Print for each file why it was rendered.
        verify: Compare with a clean build.
        keep: Let published addresses that would end lead to what is in their place (plugins/redirects/answers.py).
        gone: Say of those without a successor that they are gone for good.
        dry_run: Publish nothing, and print what would change.
        as_json: Print that as JSON, for other programs.
        overrides: Settings that take precedence.
    """
    built = portal(config, **overrides)
    if built is None:
        return 1
    if dry_run:
        return _dry_run(built, as_json)
    if keep or gone:
        _answer(built, built.check(), keep, gone)
    try:
        status = run(built, explain)
    except BaseException as error:
        # whoever has read the output may have gone (build | head): by then the site is published
        _record(built, "" if isinstance(error, BrokenPipeError) else f"{type(error).__name__}: {error}")
        raise
    _record(built, str(next(iter(built.errors), "")))
    return _verify(built, config, overrides) if verify and not status else status


def _dry_run(portal: Portal, as_json: bool) -> int:
    """Print what a build would change; return the exit status."""
    from .plan import plan

    try:
        found = plan(portal)
    except ContentError as error:
        print_problems(error.problems)
        return 1
    print_problems(found.notes)
    print(json.dumps(asdict(found), ensure_ascii=False) if as_json else "\n".join(found.lines()))
    return 0


def _record(portal: Portal, error: str) -> None:
    """Record how a build went, for `status`."""
    values: dict[str, object] = {}
    if not error and hasattr(portal, "news"):
        due = portal.next_change_read()
        values = {"version": environment.version(), "articles": portal.articles, "due": due and due.isoformat()}
    journal.record(portal.published_folder, "build", now(portal.settings), error, **values)


def run(portal: Portal, explain: bool = False, before_publishing: Callable[[], None] = lambda: None) -> int:
    """Build the portal and print what was done or what is wrong; return the exit status.

    Args:
        portal: The portal.
        explain: Print for each file why it was rendered.
        before_publishing: Called when all is known and nothing rendered yet.
    """
    try:
        portal.build(lambda notes: before_publishing())
    except Exception as error:
        problems = portal.problems_of(error)
        if not problems:
            raise
        portal.errors = [problem for problem in problems if problem.level == "error"]
        errors = print_problems(problem for problem in problems if problem.level != "review")
        if not isinstance(error, OSError | sqlite3.Error):
            print(published_as_before(errors), file=sys.stderr)
        return 1
    print_problems(note for note in portal.notes if note.level == "warning")
    if explain:
        for name, reason in portal.site.explanations():
            print(f"{name}: {reason}")
    print(portal.summary())
    return 0


def rollback(config: str = "publishconf.py", **overrides: object) -> int:
    """Show readers the release before the one that they see, and print which; return the exit status."""
    loaded = settings_or_none(config, **overrides)
    if loaded is None:
        return 1
    output = Path(loaded["OUTPUT_PATH"])
    with build_lock(state_folder(output)):
        number = Releases(output, 0).roll_back(OwnedFiles(state_folder(output)))
    if number is None:
        text = translate("there is no earlier release here; with RELEASES = 5 in the settings, builds keep five")
        print_problems([Problem(display_path(output), 0, text)])
        return 1
    print(
        translate(
            "Readers now see release {number}. The next build publishes what is in content/ again.", number=number
        )
    )
    return 0


def _verify(portal: Portal, config: str, overrides: Mapping[str, object]) -> int:
    """Build once more, from nothing and with an empty cache, and compare every byte; return the exit status."""
    with tempfile.TemporaryDirectory(dir=portal.settings["CACHE_PATH"], prefix="verify-") as folder:
        places = {"OUTPUT_PATH": os.path.join(folder, "output"), "CACHE_PATH": os.path.join(folder, "cache")}
        clean = Portal(settings(config, **{**overrides, **places}))
        clean.build()
        names = sorted(set(clean.site.requested) | set(portal.site.requested))
        output, clean_output = Path(portal.output_path), Path(clean.output_path)
        different = [name for name in names if _read_bytes(output / name) != _read_bytes(clean_output / name)]
    for name in different:
        print(translate("{name}: differs from a clean build", name=name), file=sys.stderr)
    if not different:
        print(translate("All {count} files are those of a clean build.", count=len(names)))
    return 1 if different else 0


def _read_bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def check(
    config: str = "publishconf.py",
    fix: bool = False,
    as_json: bool = False,
    keep: bool = False,
    gone: bool = False,
    **overrides: object,
) -> int:
    """Print everything that a person should look at, in drafts too, and build nothing; return the exit status.

    Args:
        config: The file of settings.
        fix: First mend what can be mended without a question, and print what was mended.
        as_json: Print the problems as JSON, for other programs.
        keep: Let published addresses that would end lead to what is in their place (plugins/redirects/answers.py).
        gone: Say of those without a successor that they are gone for good.
        overrides: Settings that take precedence.
    """
    cheap = {"PDF_EXPORT": False, "AUDIO": False, "SEARCH_INDEX": False}  # what no problem comes from
    checked = portal(config, **{"SHOW_DRAFTS": True, **cheap, **overrides})
    if checked is None:
        return 1
    problems = checked.check()
    if keep or gone:
        problems = _answer(checked, problems, keep, gone)
    if fix and any(problem.edits for problem in problems):
        problems = _mend(checked, problems, sys.stderr if as_json else sys.stdout)
    count = Counter(problem.level for problem in set(problems))
    if as_json:
        fields = [asdict(problem) for problem in sorted(set(problems), key=_gravity)]
        print(json.dumps({"count": count, "problems": fields}, ensure_ascii=False, indent=1))
        return 1 if count["error"] else 0
    for level in LEVELS:
        print_problems((problem for problem in problems if problem.level == level), sys.stdout)
    print(
        translate(
            "{errors} errors, {warnings} warnings, {reviews} open reviews, {notes} remarks",
            errors=count["error"],
            warnings=count["warning"],
            reviews=count["review"],
            notes=count["note"],
        )
    )
    if any(problem.edits for problem in problems):
        print(translate("Some of this can be mended at once: python3 tasks.py check --fix"))
    return 1 if count["error"] else 0


def _answer(portal: Portal, problems: list[Problem], keep: bool, gone: bool) -> list[Problem]:
    """Write what becomes of addresses that end, print what was written, and return the problems that are left."""
    from plugins.redirects.answers import answer

    written = list(answer(portal.ended, Path(portal.path), keep, gone))
    print_problems(written)
    return portal.check() if written else problems


def _gravity(problem: Problem) -> tuple[int, Problem]:
    return LEVELS.index(problem.level), problem


def _mend(portal: Portal, problems: Iterable[Problem], stream: TextIO) -> list[Problem]:
    """Mend the files that can be mended, print what was mended, and return the problems that are left."""
    from plugins.proofreading.mending import mend_files

    paths = sorted({Path(problem.path) for problem in problems if problem.edits})
    mended, failed = mend_files(paths, languages.codes(portal.settings))
    for problem in mended:
        print(translate("{problem} (mended)", problem=problem), file=stream)
    return [*portal.check(), *failed]


def due(config: str = "publishconf.py", **overrides: object) -> int:
    """Print when the portal should be built again though no file has changed; return the exit status.

    Prints one line, a time in ISO 8601, for a program that waits for it; nothing if there is no such time.
    """
    found = portal(config, **{"PDF_EXPORT": False, "AUDIO": False, "SEARCH_INDEX": False, **overrides})
    if found is None:
        return 1
    try:
        time = found.next_change()
    except ContentError as error:
        print_problems(error.problems)
        return 1
    if time:
        print(time.isoformat(timespec="seconds"))
    return 0


def new(words: Sequence[str], config: str = "publishconf.py", **overrides: object) -> int:
    """Create the draft of an article, or of another kind, and print where it is; return the exit status.

    Args:
        words: The title; before it, the kind of content if it is not an article.
        config: The file of settings.
        overrides: Settings that take precedence.
    """
    loaded = settings_or_none(config, **overrides)
    if loaded is None:
        return 1
    active = features(loaded)
    try:
        edition = next(iter(editions(loaded, checked_addresses(loaded, urls(active))).values()))
        kind, lines = ARTICLE, ARTICLE_LINES.format(category=next(iter(edition.menu_names), ""))
        known = BUILT_IN | {kind.name: kind for feature in active for kind in feature.kinds}
        name, title = split_words(words, known)
        if name:
            kind = find_kind(name, known, edition.language.words.gettext)
            lines = lines if kind is ARTICLE else kind.draft
        path = new_draft(title, kind, loaded, now(loaded), lines)
    except ContentError as error:
        print_problems(error.problems)
        return 1
    print(translate("Write in {path}; it is a draft until its status is published", path=display_path(path)))
    return 0


def convert_as(
    name: str,
    sources: list[str],
    into: str | None = None,
    report: str | None = None,
    fetch: bool = False,
    workers: int | None = None,
    config: str = "publishconf.py",
    **overrides: object,
) -> int:
    """Convert pages and tables to things of a kind; return the exit status.

    Args:
        name: The kind, as somebody types it: "van-ban".
        sources: Files, folders and archives.
        into: The folder of the kind's files; by default that of the content folder.
        report: The file for the report.
        fetch: Whether files that are not beside a page are downloaded.
        workers: The number of processes, by default one for each core.
        config: The file of settings.
        overrides: Settings that take precedence.
    """
    from plugins.convert import command

    loaded = settings_or_none(config, **overrides)
    if loaded is None:
        return 1
    known = {kind.name: kind for feature in features(loaded) for kind in feature.kinds if kind.conversion}
    try:
        kind = find_kind(name, known, languages.language(languages.codes(loaded)[0]).words.gettext, "convert")
    except ContentError as error:
        print_problems(error.problems)
        return 1
    folder = into or os.path.relpath(os.path.join(loaded["PATH"], kind.folders(loaded)[0]))
    return command.convert_as(sources, kind, folder, report, fetch, workers)
