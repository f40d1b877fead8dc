"""Stage: the editor's own look at the portal while writing.

`tasks.py serve` builds into .cache/preview (drafts and future articles included), serves it on this
machine only, under the headers that production sends, and builds again whenever a file changes; the
page in the browser then reloads, or shows what is wrong. Visits and votes are counted as on a server.
"""

from __future__ import annotations

import logging
import sys
import webbrowser
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from watchfiles import watch

from plugins.i18n import translate
from plugins.portal import command
from plugins.problems import Problem, display_path, print_problems

from .builder import ROOT, SETTINGS, Builder
from .server import PreviewServer
from .stats_thread import StatsThread

WATCHED = ("theme", "plugins", "pelicanconf.py")


def serve(content: Path, output: Path, port: int = 8000, browse: bool = False) -> int:
    """Build `content` into `output`, serve it, and build again after every change; until interrupted. The exit status."""
    if not content.is_dir():
        print_problems([Problem(display_path(content), 0, translate("there is no such folder of content"))])
        return 1
    if not 0 < port < 65536:
        print_problems([Problem(str(port), 0, translate("a port is a number up to 65535"))])
        return 1
    logging.getLogger("watchfiles").setLevel(logging.ERROR)  # it tells of Ctrl+C, in English
    print(translate("Building the preview…"), flush=True)
    server, builder = PreviewServer(output, port), Builder(content, output)
    server.say(_build(builder))
    server.start()
    StatsThread(server.log, output).start()
    print(translate("The portal is at {address} (stop with Ctrl+C)", address=server.address), flush=True)
    if browse:
        webbrowser.open(server.address)
    for changes in watch(content, *watched(), step=20, raise_interrupt=False):
        paths = [path for _, path in changes]
        if _code_changed(paths):
            builder.stop()
        elif builder.show(paths):
            server.say("")
        server.say(_build(builder))
    builder.stop()
    return 0


def watched(settings: Mapping[str, Any] | None = None) -> list[Path]:
    """The files and folders besides content that a portal is made from. settings: by default those of the preview."""
    own = [ROOT / name for name in WATCHED]
    try:
        found = command.settings(SETTINGS) if settings is None else settings
    except Exception:  # the build says what is wrong with them
        return own
    others = [Path(path) for path in (found["THEME"], *found["PLUGIN_PATHS"])]
    return own + [path for path in others if path.is_dir() and not any(path.is_relative_to(each) for each in own)]


def _code_changed(paths: Iterable[str]) -> bool:
    """Whether what the builder has imported has changed."""
    return any(path.endswith((".py", ".po")) for path in paths)


def _build(builder: Builder) -> str:
    """Build and say so; the errors, or ""."""
    status, out, err = builder.build()
    sys.stderr.write(err)
    if status == 0:
        print(out.splitlines()[0], flush=True)
    return err if status else ""
