"""Caddy with the configuration as it is delivered: headers, types, errors, compressed copies."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import portals

CADDY = shutil.which("caddy")
pytestmark = pytest.mark.skipif(not CADDY, reason="no Caddy on this machine")
CONFIG = portals.ROOT / "deploy/caddy/Caddyfile"


@pytest.fixture(scope="module")
def port(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Start Caddy at a free port, without TLS."""
    folder = tmp_path_factory.mktemp("caddy")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    text = CONFIG.read_text().replace("/srv/portal/output", str(site))
    assert "portal.example {" in text
    text = text.replace("portal.example {", f"http://127.0.0.1:{port} {{")
    (folder / "Caddyfile").write_text(f"{{\n\tadmin off\n\tauto_https off\n}}\n{text}")
    environment = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    command = [CADDY or "", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    server = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)

    def answers() -> bool:
        assert server.poll() is None, "Caddy has ended"
        time.sleep(0.05)
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", port)) == 0

    portals.wait_until(answers)
    yield port
    server.terminate()
    server.wait()


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    """Return a response and its body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=portals.PATIENCE)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_pages_and_errors_have_the_portals_headers(site: Path, port: int) -> None:
    everywhere = dict(
        line.strip().split(": ", 1) for line in (site / "_headers").read_text().split("\n/")[0].splitlines()[1:]
    )
    style = next((site / "theme").glob("*.css")).name
    for path, status, cache_control in (
        ("/", 200, "no-cache"),
        ("/bai-viet/trang/", 200, "no-cache"),
        (f"/theme/{style}", 200, "public, max-age=31536000, immutable"),
        ("/theme/none.css", 404, "no-cache"),
        ("/api/v1/articles.json", 200, "no-cache"),
        ("/khong-co/", 404, "no-cache"),
        ("/.git/config", 404, "no-cache"),
        ("/nginx/http.conf", 404, "no-cache"),
        ("/_headers", 404, "no-cache"),
    ):
        answer, body = ask(port, path)
        assert (answer.status, answer.headers["Cache-Control"]) == (status, cache_control), path
        assert {name: answer.headers[name] for name in everywhere} == everywhere, path
        assert status == 200 or b"<h1>Kh\xc3\xb4ng t\xc3\xacm th\xe1\xba\xa5y trang" in body, path
        assert (answer.headers["Access-Control-Allow-Origin"] == "*") == path.startswith("/api/")
    assert ask(port, "/bai-viet/trang/", "POST")[0].status == 405
    for path, heading in (("/bai-viet/sai/", "Bài này đã được gỡ"), ("/bai-viet/sai/sai.pdf", "Trang đã được gỡ")):
        answer, body = ask(port, path)
        assert (answer.status, f"<h1>{heading}".encode() in body) == (410, True)
        assert {name: answer.headers[name] for name in everywhere} == everywhere


def test_files_have_their_types_and_are_sent_as_they_were_compressed(site: Path, port: int) -> None:
    (site / "documents").mkdir(exist_ok=True)
    (site / "documents/b.vtt").write_text("x")
    assert ask(port, "/documents/b.vtt")[0].headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert ask(port, "/tin-moi/feed.rss")[0].headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    answer, body = ask(port, "/bai-viet/trang/", Accept_Encoding="gzip")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert (answer.headers["Content-Encoding"], body) == (
        "gzip",
        (site / "bai-viet/trang/index.html.gz").read_bytes(),
    )
    assert ask(port, "/suc-khoe")[1] == b"ok\n"
    assert ask(port, "/.well-known/security.txt")[0].status == 200
