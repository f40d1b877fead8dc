"""Stage: the editor's own look at the portal while writing.

`tasks.py serve` builds into .cache/preview (drafts and future articles included), serves it on this
machine only, under the headers that production sends, and builds again whenever a file changes; the
page in the browser then reloads, or shows what is wrong.
"""

from __future__ import annotations

import subprocess
import sys
import webbrowser
from pathlib import Path

from watchfiles import watch

from plugins.i18n import say

from .server import PreviewServer

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / ".cache" / "preview"
WATCHED = ("content", "theme", "plugins", "pelicanconf.py")


def serve(port: int = 8000, open_browser: bool = False, content: str | None = None) -> None:
    """Build, serve, watch; until interrupted."""
    errors = _build(content)
    server = PreviewServer(OUTPUT, port)
    server.say(errors)
    server.start()
    print(say("The portal is at {address} (stop with Ctrl+C)", address=server.address), flush=True)
    if open_browser:
        webbrowser.open(server.address)
    watched = [path for path in (Path(content) if content else None, *(ROOT / name for name in WATCHED)) if path]
    for _changes in watch(*watched, raise_interrupt=False):
        server.say(_build(content))


def _build(content: str | None) -> str:
    """Build in a process of its own, so that changed settings and code count too; the errors, or ""."""
    command = [sys.executable, str(ROOT / "tasks.py"), "build", "--config", "plugins/preview/settings.py"]
    if content:
        command += ["--content", content]
    done = subprocess.run(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    sys.stderr.write(done.stderr)
    if done.returncode == 0:
        print(done.stdout.splitlines()[0], flush=True)
    return done.stderr if done.returncode else ""
