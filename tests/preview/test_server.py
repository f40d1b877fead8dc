"""The preview's server sends what production will send."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from plugins import preview
from plugins.preview import headers
from plugins.preview.server import PreviewServer
from tests import portals


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    server = PreviewServer(site, 8600)
    server.start()
    yield server.address
    server.stop()


def get(url: str) -> tuple[int, Message, str]:
    try:
        with urllib.request.urlopen(url) as response:
            return response.status, response.headers, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def test_every_page_has_the_policy_of_the_build(address: str, site: Path) -> None:
    status, sent, text = get(address)
    policy = dict(headers.headers_for(headers.read_rules(site / "_headers"), "/"))["Content-Security-Policy"]
    assert (status, sent["Content-Security-Policy"]) == (200, policy)
    assert "/_preview/reload.js" in text


def test_an_address_without_its_slash_leads_to_the_page(address: str) -> None:
    assert get(address + "tro-nang")[0] == 200


def test_the_page_for_a_missing_address_is_the_portals_own(address: str, site: Path) -> None:
    status, _, text = get(address + "khong-co/")
    assert status == 404
    assert "Không tìm thấy trang" in text


def test_before_anything_is_built_a_page_waits_for_it_and_is_told_what_is_wrong(tmp_path: Path) -> None:
    server = PreviewServer(tmp_path / "none", 8600)
    server.start()
    try:
        status, sent, text = get(server.address)
        assert (status, sent["Content-Type"]) == (404, "text/html; charset=utf-8")
        assert "<h1>Đang dựng bản xem thử…</h1>" in text and 'data-page=""' in text
        server.report_build("bai.md:2: sai")
        with urllib.request.urlopen(f"{server.address}_preview/events?/") as events:
            assert "bai.md:2: sai" in events.readline().decode()
    finally:
        server.stop()


def test_nothing_outside_the_folder_is_served(address: str) -> None:
    assert get(address + "../../etc/passwd")[0] == 404
    assert get(address + "%2e%2e/%2e%2e/%2e%2e/etc/passwd")[0] == 404


def test_if_its_port_is_taken_the_server_uses_the_next(address: str, site: Path) -> None:
    second = PreviewServer(site, 8600)
    assert second.address != address
    second.stop()


def test_headers_of_all_matching_patterns_are_sent(tmp_path: Path) -> None:
    file = tmp_path / "_headers"
    file.write_text("/*\n  A: 1\n/theme/*\n  B: 2\n", encoding="utf-8")
    rules = headers.read_rules(file)
    assert headers.headers_for(rules, "/theme/x.css") == [("A", "1"), ("B", "2")]
    assert headers.headers_for(rules, "/x/") == [("A", "1")]
    assert headers.read_rules(tmp_path / "none") == []


def test_players_can_start_anywhere_in_a_recording(address: str, site: Path) -> None:
    slug = "lanh-dao-ubnd-tinh-lam-viec-voi-cac-ban-quan-ly"
    data = (site / f"bai-viet/{slug}/{slug}.mp3").read_bytes()
    request = urllib.request.Request(f"{address}bai-viet/{slug}/{slug}.mp3", headers={"Range": "bytes=1000-1999"})
    with urllib.request.urlopen(request) as response:
        assert (response.status, response.headers["Content-Type"]) == (206, "audio/mpeg")
        assert response.headers["Content-Range"] == f"bytes 1000-1999/{len(data)}"
        assert response.read() == data[1000:2000]
    request.add_header("Range", f"bytes={len(data)}-")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.code == 416


def test_a_theme_and_features_outside_the_project_are_watched_too(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    paths = [str(tmp_path / "own"), str(tmp_path / "gone"), str(portals.ROOT / "plugins")]
    watched = preview.watched_paths({"THEME": str(portals.ROOT / "theme"), "PLUGIN_PATHS": paths})
    assert watched == [*preview.watched_paths(), tmp_path / "own"]
    assert {path.name for path in watched} == {"theme", "plugins", "pelicanconf.py", "own"}


@pytest.mark.parametrize(
    "request_text",
    [
        f"GET /{'x' * 6000} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n",
        f"GET /{'x/' * 3000} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n",
        "GET /a%00b/ HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n",
        "POST /danh-gia?bai=a HTTP/1.0\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\nContent-Length: abc\r\n\r\n",
        "POST /danh-gia?bai=a HTTP/1.0\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\nContent-Length: -1\r\n\r\n",
    ],
    ids=["long name", "long path", "null", "length abc", "length -1"],
)
def test_an_odd_request_gets_an_answer_and_no_traceback(
    address: str, request_text: str, capfd: pytest.CaptureFixture
) -> None:
    with socket.create_connection(("127.0.0.1", urlsplit(address).port), timeout=portals.PATIENCE) as client:
        client.sendall(request_text.encode())
        status = client.makefile("rb").readline().split()[1]
    assert status == (b"404" if request_text.startswith("GET") else b"400")
    assert "Traceback" not in capfd.readouterr().err
