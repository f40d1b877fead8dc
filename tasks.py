#!/usr/bin/env python3
"""Every command of the portal: `python3 tasks.py TASK`. Without a task it lists them.

On a fresh machine the first start sets everything up (see environment/). After that the same tasks also run
as `invoke TASK` inside .venv.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import environment

if __name__ == "__main__":
    # Sets up what is missing and runs the tasks below inside .venv; does not return.
    # Tasks that need more than the level "write" are named here.
    environment.start(
        sys.argv[1:],
        needs={
            "build": "publish",
            "lint": "test",
            "test": "test",
            "audit": "audit",
            "bench": "audit",
            "pictures": "audit",
            "lock": "audit",
            "licences": "audit",
            "sbom": "audit",
            "vulnerabilities": "audit",
        },
    )

from invoke import Context, Exit, task

environment.use_utf8()  # under `invoke`

# What several commands are told
CONTENT = {"content": "folder of the portal (portal/ if there is one, else content/)"}
OUTPUT = {"output": "folder of the finished site (output/)"}
CONFIG = {"config": "file of settings (publishconf.py)"}
PLACES = CONTENT | OUTPUT | CONFIG
ADDRESSES = {
    "keep": "let published addresses that end lead to what is in their place",
    "gone": "write down that published addresses without successor are gone",
}


@task(
    help=PLACES
    | ADDRESSES
    | {
        "jobs": "how many processes (all cores)",
        "scheduler": "Dask cluster for PDFs, recordings and pictures (tcp://…)",
        "pdf": "without PDFs",
        "audio": "without recordings of the articles",
        "explain": "say of each file why it was made",
        "verify": "make a clean build beside it, with an empty cache, and compare every byte",
        "force": "even if most pages are removed, or addresses end",
        "dry-run": "publish nothing, only say what would change",
        "json": "with --dry-run: say it as JSON, for other programs",
    }
)
def build(
    c: Context,
    content: str | None = None,
    output: str | None = None,
    jobs: int = 0,
    scheduler: str | None = None,
    pdf: bool = True,
    audio: bool = True,
    config: str = "publishconf.py",
    explain: bool = False,
    verify: bool = False,
    force: bool = False,
    keep: bool = False,
    gone: bool = False,
    dry_run: bool = False,
    json: bool = False,
) -> None:
    """Build the portal in output/: only what has changed is made."""
    import gc

    gc.disable()  # nearly every object lives until this process ends

    from plugins.portal import command

    settings = {**_places(content, output), "JOBS": jobs or None, "FORCE": force or None}
    settings |= {"SCHEDULER": scheduler, "PDF_EXPORT": None if pdf else False, "AUDIO": None if audio else False}
    _exit_with(command.build(config, explain, verify, keep, gone, dry_run, json, **settings))


@task(positional=["target"], help=PLACES | {"target": "where it was published, if not in output/"})
def rollback(
    c: Context,
    target: str = "",
    output: str | None = None,
    config: str = "publishconf.py",
    content: str | None = None,
) -> None:
    """Show readers the release before the present one, at once: rollback [TARGET]."""
    from plugins.deployment import command as deployment
    from plugins.portal import command

    if target:
        _exit_with(deployment.rollback(target))
    else:
        _exit_with(command.rollback(config, **_places(content, output)))


@task(help=PLACES)
def status(c: Context, output: str | None = None, config: str = "publishconf.py", content: str | None = None) -> None:
    """Say whether the portal runs as it should; the exit status is 0 or 2, for programs that watch it."""
    from plugins.monitoring import command

    _exit_with(command.status(config, **_places(content, output)))


@task(
    positional=["target"],
    help=PLACES
    | {
        "target": "a folder, user@host:/folder, or s3://bucket ([publishing] target in portal.toml)",
        "force": "even if more than half of the files are removed",
        "dry-run": "only say what would be done",
    },
)
def publish(
    c: Context,
    target: str = "",
    output: str | None = None,
    config: str = "publishconf.py",
    content: str | None = None,
    force: bool = False,
    dry_run: bool = False,
) -> None:
    """Bring the finished site to where readers get it: publish [TARGET]."""
    from plugins.deployment import command

    _exit_with(command.publish(target, config, force, dry_run, **_places(content, output)))


@task(
    help=CONTENT
    | {
        "port": "port on 127.0.0.1 (8000, or the next free one)",
        "browse": "open it in the browser",
        "output": "folder of the preview (.cache/preview)",
        "site": "folder of the finished site, which readers see (output/)",
        "office": "show drafts to others in this network who have their address and the code",
    }
)
def serve(
    c: Context,
    port: int = 8000,
    browse: bool = False,
    content: str | None = None,
    output: str = ".cache/preview",
    site: str = "output",
    office: bool = False,
) -> None:
    """Preview, with drafts: build, serve on this machine, build again and reload when a file changes."""
    from plugins import owner_settings, preview

    with owner_settings.of_content(_absolute(content)):
        folder = owner_settings.content_folder()
    _exit_with(preview.serve(folder, environment.ROOT / output, port, browse, environment.ROOT / site, office))


@task(
    positional=["folder"],
    help={
        "folder": "folder of the new portal (portal/, which all commands then use)",
        "name": "name of the commune, ward or province",
        "portal": "what stands before the name",
        "owner": "the agency that runs the portal",
        "languages": "codes of the languages, the first one first (vi)",
        "sections": "names of the sections, with ; between",
        "address": "public address (https://…)",
        "place": "address of the agency",
        "phone": "telephone",
        "email": "e-mail",
        "responsible": "who is responsible for the content",
    },
)
def init(
    c: Context,
    folder: str = "",
    name: str | None = None,
    portal: str | None = None,
    owner: str | None = None,
    languages: str | None = None,
    sections: str | None = None,
    address: str | None = None,
    place: str | None = None,
    phone: str | None = None,
    email: str | None = None,
    responsible: str | None = None,
) -> None:
    """Make a new, empty portal, and ask what is not given: init [FOLDER]."""
    from plugins.new_portal import command

    given = {"name": name, "portal": portal, "owner": owner, "languages": languages, "sections": sections}
    given |= {"address": address, "place": place, "phone": phone, "email": email, "responsible": responsible}
    _exit_with(command.init(_absolute(folder), **given))


@task(
    positional=["words"],
    iterable=["words"],
    help=CONTENT | CONFIG | {"words": "a title; before it, a kind of content such as thong-bao"},
)
def new(c: Context, words: list[str], content: str | None = None, config: str = "publishconf.py") -> None:
    """Create the draft of an article, or of another kind: new [KIND] TITLE."""
    from plugins.portal import command

    _exit_with(command.new(words, config, **_places(content)))


@task(
    help=PLACES
    | ADDRESSES
    | {
        "fix": "mend what can be mended without a question",
        "json": "print everything as JSON, for other programs",
    }
)
def check(
    c: Context,
    content: str | None = None,
    output: str | None = None,
    config: str = "publishconf.py",
    fix: bool = False,
    json: bool = False,
    keep: bool = False,
    gone: bool = False,
) -> None:
    """List every problem and open review in content/, and build nothing."""
    from plugins.portal import command

    _exit_with(command.check(config, fix, json, keep, gone, **_places(content, output)))


@task(help=PLACES)
def due(c: Context, content: str | None = None, output: str | None = None, config: str = "publishconf.py") -> None:
    """Print when the portal should be built again though no file has changed."""
    from plugins.portal import command

    _exit_with(command.due(config, **_places(content, output)))


@task(
    positional=["source"],
    iterable=["source"],
    help=CONTENT
    | {
        "source": "saved pages, text, Word files, exports; folders and ZIP archives of them",
        "into": "folder of the articles (articles/ in the folder of the portal)",
        "report": "file for the report (JSON)",
        "fetch": "fetch pictures and documents from the web that are not beside a page",
        "category": "category of articles whose page names none",
        "restricted": "write posts that only some could read on the old portal, as drafts",
        "jobs": "how many processes (all cores)",
        "again": "SOURCE are articles: convert what they were made of again, and show what changes",
        "as_": "make files of this kind, such as van-ban, of pages, lists and CSV or Excel files",
        "config": "file of settings (publishconf.py), for --as",
    },
)
def convert(
    c: Context,
    source: list[str],
    into: str | None = None,
    report: str | None = None,
    fetch: bool = False,
    category: str = "",
    jobs: int = 0,
    again: bool = False,
    restricted: bool = False,
    as_: str = "",
    config: str = "publishconf.py",
    content: str | None = None,
) -> None:
    """Convert an old portal's pages into articles: convert SOURCE… --into DIR."""
    from plugins import owner_settings
    from plugins.convert import command

    if as_:
        from plugins.portal import command as portal_command

        _exit_with(
            portal_command.convert_as(as_, source, into, report, fetch, jobs or None, config, **_places(content))
        )
        return
    with owner_settings.of_content(_absolute(content)):
        into = into or os.path.relpath(owner_settings.content_folder() / "articles")
    _exit_with(command.convert(source, into, report, fetch, category, jobs or None, again, restricted))


@task(
    positional=["log"],
    iterable=["log"],
    help=PLACES | {"log": "logs of the web server, .gz too (STATISTICS_LOGS)"},
)
def stats(
    c: Context,
    log: list[str],
    output: str | None = None,
    config: str = "publishconf.py",
    content: str | None = None,
) -> None:
    """Count visits and votes from the web server's log into the site: stats [LOG…]."""
    from plugins.statistics import command

    _exit_with(command.stats(log, config, **_places(content, output)))


@task
def test(c: Context) -> None:
    """Run the tests; what follows -- goes to pytest (test -- -k search)."""
    _pytest(_after_dashes())


@task(help={"fix": "mend what the tools can mend by themselves"})
def lint(c: Context, fix: bool = False) -> None:
    """Check the code: format, style and types of Python, templates, JavaScript, CSS."""
    from environment import linting

    _exit_with(linting.lint(environment.ROOT, fix))


@task
def audit(c: Context) -> None:
    """Run the long checks too (Lighthouse); what follows -- goes to pytest."""
    _pytest(["tests/audit", *_after_dashes()])


@task(
    positional=["name"],
    iterable=["name"],
    help={
        "name": "which benchmark; without one they are listed",
        "size": "numbers of articles, with commas",
        "with-100k": "50000 and 100000 articles too",
        "runs": "how often each build is measured",
    },
)
def bench(c: Context, name: list[str], size: str = "", with_100k: bool = False, runs: int = 3) -> None:
    """Measure what the portal costs beside its peers: bench [NAME]."""
    sys.path.insert(0, str(environment.ROOT))
    from tests import benchmarks

    benchmarks.run(name, benchmarks.sizes(size, with_100k), max(1, runs))


@task
def pictures(c: Context) -> None:
    """Take the pictures of the editors' guide anew, from the desk itself."""
    from importlib import import_module

    sys.path.insert(0, str(environment.ROOT))
    import_module("tests.guide_pictures").take()


@task(help={"upgrade": "take the newest version of everything"})
def lock(c: Context, upgrade: bool = False) -> None:
    """Pin the packages named in environment/*.in and package.json anew."""
    from environment import locking

    locking.lock(upgrade)


@task
def licences(c: Context) -> None:
    """Write docs/third-party-licences.md anew from the locks."""
    from environment import licences

    print(licences.write())


@task(help={"into": "file (sbom.cdx.json)"})
def sbom(c: Context, into: str = "sbom.cdx.json") -> None:
    """Write what publishing a site needs, with versions, hashes and licences (CycloneDX)."""
    from environment import sbom

    print(sbom.write(Path(os.path.abspath(into))))


@task(help={"database": "folder of a copy of the Python Packaging Advisory Database, if the service is out of reach"})
def vulnerabilities(c: Context, database: str | None = None) -> None:
    """Look for known vulnerabilities of the locked packages."""
    from environment import vulnerabilities

    _exit_with(vulnerabilities.check(Path(os.path.abspath(database)) if database else None))


def _pytest(arguments: list[str]) -> None:
    import pytest

    os.chdir(environment.ROOT)
    sys.path.insert(0, str(environment.ROOT))
    _exit_with(int(pytest.main(arguments)))


def _places(content: str | None, output: str | None = None) -> dict[str, Any]:
    """Return the settings that --content and --output give."""
    return {"PATH": _absolute(content), "OUTPUT_PATH": _absolute(output)}


def _absolute(path: str | None) -> str | None:
    return path and os.path.abspath(path)


def _exit_with(status: int) -> None:
    if status:
        raise Exit(code=status)


def _after_dashes() -> list[str]:
    """Return the words after --, as typed; Invoke would join them into one string."""
    return sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
