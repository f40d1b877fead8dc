"""A portal on a real nginx, with deploy/nginx/portal.conf in which only the paths are changed."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from environment import ROOT, system

TRIES = 5  # to find a port that nobody else takes before nginx does
CONFIG = ROOT / "deploy/nginx/portal.conf"
AROUND = """pid {folder}/pid; error_log {folder}/error.log; worker_processes 2; {user}
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/t1; fastcgi_temp_path {folder}/t2;
    uwsgi_temp_path {folder}/t3; scgi_temp_path {folder}/t4;
    types {{ text/html html; text/css css; text/javascript js; application/json json; application/pdf pdf;
            audio/mpeg mp3; image/avif avif; image/jpeg jpg; image/svg+xml svg; }}
    include {folder}/portal.conf;
}}
"""


@dataclass
class Served:
    """A running nginx. address: such as http://127.0.0.1:40123. log: what `stats` reads. process: its master."""

    address: str
    log: Path
    process: subprocess.Popen[bytes]
    folder: Path


@contextmanager
def serving(site: Path, folder: Path, votes: str = "rate=1r/s") -> Iterator[Served]:
    """Serve a built site at a free port. votes: the rate limit of votes per address."""
    folder.mkdir(parents=True)
    served = next(filter(None, (_start(site, folder, votes) for _ in range(TRIES))))
    try:
        yield served
    finally:
        served.process.terminate()
        served.process.wait()


def _start(site: Path, folder: Path, votes: str) -> Served | None:
    """Start nginx at a free port and wait until it answers; None if somebody else has taken the port meanwhile.

    nginx could also take over a listening socket (its variable NGINX), but then it sometimes leaves a request unread.
    """
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    log = _configure(site, folder, port, votes)
    command = [system.nginx() or "nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return Served(f"http://127.0.0.1:{port}", log, process, folder)
        time.sleep(0.02)
    return None


def _configure(site: Path, folder: Path, port: int, votes: str) -> Path:
    """Write the configuration; return the log that it names."""
    log = folder / "portal.log"
    text = CONFIG.read_text("utf-8")
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{port} backlog=1024;"),
        ("/srv/portal/output", str(site)),
        ("rate=1r/s", votes),
        ("/var/log/nginx/portal.log", str(log)),
    ):
        assert old in text
        text = text.replace(old, new)
    (folder / "portal.conf").write_text(text, "utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user))
    return log
