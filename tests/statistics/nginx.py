"""A portal on a real nginx, with deploy/nginx/portal.conf in which only paths, ports and certificates are changed.

Most tests do without TLS; those of plugins/web_server have it.
"""

from __future__ import annotations

import os
import re
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
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")  # Debian: libnginx-mod-http-brotli-static
AROUND = (
    (f"load_module {BROTLI};" if BROTLI.exists() else "")
    + """
pid {folder}/pid; error_log {folder}/error.log; worker_processes 2; {user}
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/t1; fastcgi_temp_path {folder}/t2;
    uwsgi_temp_path {folder}/t3; scgi_temp_path {folder}/t4;
    include {folder}/portal.conf;
}}
"""
)


@dataclass
class Served:
    """A running nginx.

    Attributes:
        address: Such as http://127.0.0.1:40123.
        plain: The address that leads on to `address`, with TLS.
        log: What `stats` reads.
        process: The master of nginx.
        folder: What it writes.
    """

    address: str
    plain: str
    log: Path
    process: subprocess.Popen[bytes]
    folder: Path

    @property
    def port(self) -> int:
        """The port of `address`."""
        return int(self.address.rpartition(":")[2])


@contextmanager
def serving(
    site: Path, folder: Path, votes: str = "rate=1r/s", *, tls: bool = False, root: Path | None = None
) -> Iterator[Served]:
    """Serve a built site at a free port.

    Args:
        site: The folder of the site.
        folder: A folder for what nginx writes, which does not exist yet.
        votes: The rate limit of votes per network.
        tls: With a certificate of its own and a second port that leads on to it, as in production.
        root: The folder above it that nginx serves, for a portal below a path.
    """
    folder.mkdir(parents=True)
    if tls:
        make_certificate(folder)
    served = next(filter(None, (_start(site, folder, votes, tls, root or site) for _ in range(TRIES))))
    try:
        yield served
    finally:
        served.process.terminate()
        served.process.wait()


def make_certificate(folder: Path) -> None:
    """Write fullchain.pem and privkey.pem for this machine."""
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1"]
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run([*command, *files], check=True, capture_output=True)


def _start(site: Path, folder: Path, votes: str, tls: bool, root: Path) -> Served | None:
    """Start nginx at free ports and wait until it answers; None if somebody else has taken one meanwhile.

    nginx could also take over a listening socket (its variable NGINX), but then it sometimes leaves a request unread.
    """
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as two:
        port, plain = one.getsockname()[1], two.getsockname()[1]
    log = folder / "portal.log"
    text = configuration(site, folder, port, plain, votes, tls).replace(f"root {site};", f"root {root};")
    (folder / "portal.conf").write_text(text, "utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user))
    command = [system.nginx() or "nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                address = f"{'https' if tls else 'http'}://127.0.0.1:{port}"
                return Served(address, f"http://127.0.0.1:{plain}", log, process, folder)
        time.sleep(0.02)
    return None


def configuration(site: Path, folder: Path, port: int, plain: int, votes: str, tls: bool = True) -> str:
    """Return deploy/nginx/portal.conf for this machine. plain: the port that leads on to the other; see `serving`."""
    text = CONFIG.read_text("utf-8")
    changes = {
        "/srv/portal/output": str(site),
        "rate=1r/s": votes,
        "/var/log/nginx/": f"{folder}/",
        "/etc/ssl/portal/": f"{folder}/",
        "/var/www/html": str(folder),
    }
    changes |= {"80 default_server": f"127.0.0.1:{plain}", "[::]:80 default_server": f"[::1]:{plain}"}
    if tls:
        changes |= {"443 ssl http2 default_server": f"127.0.0.1:{port} ssl http2"}
        changes |= {"[::]:443 ssl http2 default_server": f"[::1]:{port} ssl http2"}
    else:
        changes |= {"443 ssl http2 default_server": f"127.0.0.1:{port} backlog=1024"}
    for old, new in changes.items():
        old, new = (f"listen {old};", f"listen {new};") if "default_server" in old else (old, new)
        assert old in text, old
        text = text.replace(old, new)
    return text if tls else re.sub(r"(?m)^ *(ssl_|listen \[).*\n", "", text)
