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

from plugins.checks import Problem, report, short
from plugins.i18n import say

from .server import PreviewServer

ROOT = Path(__file__).resolve().parents[2]
WATCHED = ("theme", "plugins", "pelicanconf.py")


def serve(content: Path, output: Path, port: int = 8000, browse: bool = False) -> int:
    """Build `content` into `output`, serve it, and build again after every change; until interrupted. The exit status."""
    if not content.is_dir() or not 0 < port < 65536:
        problem = say("there is no such folder of content") if not content.is_dir() else say("a port is a number up to 65535")
        report([Problem(short(content) if not content.is_dir() else str(port), 0, problem)])
        return 1
    print(say("Building the preview…"), flush=True)
    server = PreviewServer(output, port)
    server.say(_build(content, output))
    server.start()
    print(say("The portal is at {address} (stop with Ctrl+C)", address=server.address), flush=True)
    if browse:
        webbrowser.open(server.address)
    for _changes in watch(content, *(ROOT / name for name in WATCHED), raise_interrupt=False):
        server.say(_build(content, output))
    return 0


def _build(content: Path, output: Path) -> str:
    """Build in a process of its own, so that changed settings and code count too; the errors, or ""."""
    command = [sys.executable, str(ROOT / "tasks.py"), "build", "--config", "plugins/preview/settings.py"]
    command += ["--content", str(content), "--output", str(output)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    sys.stderr.write(done.stderr)
    if done.returncode == 0:
        print(done.stdout.splitlines()[0], flush=True)
    return done.stderr if done.returncode else ""
