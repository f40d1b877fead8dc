"""nginx with the configuration as it is delivered: TLS, HTTP/2, IPv6, headers, types, errors, old addresses."""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import ssl
import subprocess
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from environment import system
from plugins import web_server
from plugins.addresses import ERROR_PAGES, URLS, Addresses
from plugins.features.assets import Assets
from plugins.statistics.networks import network_of
from tests import editors, portals
from tests.statistics.nginx import AROUND, BROTLI, CONFIG, Served, configuration, make_certificate, serving
from tests.web_server.conftest import LONG, LONG_IN_VIETNAMESE

pytestmark = pytest.mark.skipif(not system.nginx(), reason="no nginx on this machine")


class Answer:
    """The response to a request. text: its body."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status, self.headers, self.body = response.status, response.headers, response.read()
        self.text = self.body.decode("utf-8", "replace")


def ask(
    portal: Served, path: str, method: str = "GET", body: str = "", host: str = "127.0.0.1", **headers: str
) -> Answer:
    """Send a request over TLS."""
    connection = http.client.HTTPSConnection(host, portal.port, context=tls(), timeout=portals.PATIENCE)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body or None, named)
    answer = Answer(connection.getresponse())
    connection.close()
    return answer


@pytest.fixture(scope="module")
def portal(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(site, tmp_path_factory.mktemp("nginx") / "run", tls=True) as served:
        yield served


# --- addresses of an old portal ---

REQUESTS = [
    "/tin/xem?ten=" + quote("bản-tin"),
    "/tin/xem?ten=" + quote("bản-tin").lower(),
    "/tin/xem?ten=" + quote("bản-tin") + "&fbclid=IwAR0x",
    "/x/12.html?id=3",
    "/x/12.html?id=3&fbclid=IwAR0x",
    "/x/12.html?utm_source=zalo&utm_medium=oa&id=3",
    "/x/12.html?utm_source=zalo&id=3&gclid=1&utm_campaign=tin",
    "/tin/" + quote("bản-tin.html"),
    "/tin/" + quote("bản-tin.html") + "?zarsrc=30",
    "/TIN/" + quote("Bản-Tin.html"),
    "/cu/%ea-legacy",
    "/Default.aspx?id=12&x=$1",
    "/default.aspx?id=12&x=%241",
    "/a//b/",
    "/tin/cu/",
    "/tin/" + quote("it's;$uri{}.html"),
    "/tin/it's;$uri{}.html",
    "/hai...ba.html",
    "/ti%E1%BA%BFng",
    "/tie%CC%82%CC%81ng",
    "/a/b/?utm_source=x",
    "/ds?loai=" + quote("tin tức") + "&ngay=1/2",
    "/ds?loai=" + quote("tin tức") + "&ngay=1%2F2",
    LONG,
    LONG + "&fbclid=abc",
    quote(LONG_IN_VIETNAMESE),
]


@pytest.mark.parametrize("request_number", range(len(REQUESTS)), ids=lambda number: REQUESTS[number][:40])
def test_an_old_address_leads_to_the_article_in_every_spelling(portal: Served, request_number: int) -> None:
    answer = ask(portal, REQUESTS[request_number])
    assert (answer.status, answer.headers["Location"]) == (301, "/bai-viet/spellings/")


@pytest.mark.parametrize("path", ["/x/12.html?id=4", "/x/12.html", "/tin/xem", "/Default.aspx?id=12&x=2"])
def test_another_query_is_another_address(portal: Served, path: str) -> None:
    assert ask(portal, path).status == 404


def test_an_old_address_never_stands_in_the_way_of_a_page(portal: Served) -> None:
    for path in ("/bai-viet/capitals/", "/tim-kiem/", "/chuyen-muc/xa-hoi/"):
        assert ask(portal, path).status == 200, path
    assert ask(portal, "/thong-ke.json").status == 404  # nothing was counted yet
    assert ask(portal, "/Bai-viet/capitals/").status == 200  # a page of its own, which leads on


def test_nginx_starts_with_as_many_and_as_long_addresses_as_there_are(site: Path, tmp_path: Path) -> None:
    redirects = {f"/{number}/" + "x" * (number % 1990): "bai-viet/trang/" for number in range(20_000)}
    redirects |= {f"/Tin-{number}.html": "bai-viet/trang/" for number in range(20_000)}
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    for name, data in web_server.files(Addresses(["vi"], URLS), Assets({}, {}, {}, "", ""), redirects, {}).items():
        (copy / name).write_bytes(data)
    assert configuration_problems(copy, tmp_path) == ""


def test_nginx_starts_without_any_old_address(site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "site"
    (copy / "nginx").mkdir(parents=True)
    for name, data in web_server.files(Addresses(["vi", "tyz"], URLS), Assets({}, {}, {}, "", ""), {}, {}).items():
        (copy / name).write_bytes(data)
    assert configuration_problems(copy, tmp_path) == ""


def configuration_problems(site: Path, folder: Path) -> str:
    """Return what `nginx -t` complains about, warnings included."""
    make_certificate(folder)
    (folder / "portal.conf").write_text(configuration(site, folder, 44_443, 44_080, "rate=1r/s"), "utf-8")
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=""))
    command = [system.nginx() or "nginx", "-t", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    result = subprocess.run(command, capture_output=True, text=True, timeout=portals.PATIENCE)
    return "\n".join(line for line in result.stderr.splitlines() if "[" in line and "alert" not in line)


# --- TLS, HTTP/2, IPv6 ---


def test_plain_http_leads_to_https_but_for_certificates(portal: Served) -> None:
    (portal.folder / ".well-known/acme-challenge").mkdir(parents=True)
    (portal.folder / ".well-known/acme-challenge/token").write_text("x")
    host = portal.plain.removeprefix("http://")
    for path, status in (("/bai-viet/trang/?a=1", 301), ("/.well-known/acme-challenge/token", 200)):
        connection = http.client.HTTPConnection(host, timeout=portals.PATIENCE)
        connection.request("GET", path, headers={"Host": "vanson.example"})
        response = connection.getresponse()
        assert response.status == status
        assert response.headers["Location"] == (f"https://vanson.example{path}" if status == 301 else None)
        connection.close()


@pytest.mark.parametrize(("version", "is_spoken"), [("TLSv1_1", False), ("TLSv1_2", True), ("TLSv1_3", True)])
def test_only_safe_versions_of_tls_are_spoken(portal: Served, version: str, is_spoken: bool) -> None:
    context = tls()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion[version]
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.set_alpn_protocols(["h2", "http/1.1"])
    with socket.create_connection(("127.0.0.1", portal.port)) as plain:
        try:
            with context.wrap_socket(plain) as secure:
                assert is_spoken
                assert secure.selected_alpn_protocol() == "h2"
        except (ssl.SSLError, ConnectionResetError):
            assert not is_spoken


def test_readers_with_ipv6_get_the_portal_too(portal: Served) -> None:
    assert "Trang" in ask(portal, "/bai-viet/trang/", host="::1").text


# --- headers ---


def first(site: Path, pattern: str) -> str:
    """Return the address of the first file that matches."""
    return "/" + next(iter(sorted(site.glob(pattern)))).relative_to(site).as_posix()


def test_what_may_change_is_asked_for_again_and_what_cannot_is_kept(site: Path, portal: Served) -> None:
    for path in ("/", "/bai-viet/trang/", "/sitemap.xml", "/tin-moi/feed.rss", "/api/v1/articles.json", "/robots.txt"):
        answer = ask(portal, path)
        assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-cache"), path
        again = ask(portal, path, If_None_Match=answer.headers["ETag"])
        assert (again.status, again.body, again.headers["Cache-Control"]) == (304, b"", "no-cache"), path
    for pattern in ("theme/article.*.css", "anh/*.png"):
        path = first(site, pattern)
        assert ask(portal, path).headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert ask(portal, path.rpartition(".")[0]).headers["Cache-Control"] == "no-cache"  # an error
    assert ask(portal, "/theme/../bai-viet/trang/").headers["Cache-Control"] == "no-cache"
    assert ask(portal, "/theme/").headers["Cache-Control"] == "no-cache"


def test_static_hosts_get_the_same_headers(site: Path, portal: Served) -> None:
    rules = (site / "_headers").read_text().split("\n/")
    everywhere = dict(line.strip().split(": ", 1) for line in rules[0].splitlines()[1:])
    assert {"Strict-Transport-Security", "Content-Security-Policy", "Cross-Origin-Opener-Policy"} <= everywhere.keys()
    for path in ("/", "/khong-co/", "/bai-viet/", "/api/v1/articles.json", first(site, "theme/*.css")):
        answer = ask(portal, path)
        assert {name: answer.headers[name] for name in everywhere} == everywhere, path
    for rule in rules[1:]:
        folder, *lines = rule.splitlines()
        file = next((path for path in sorted(site.glob(folder.rstrip("*") + "**/*")) if path.is_file()), None)
        for line in lines if file else ():
            name, value = line.strip().split(": ", 1)
            assert ask(portal, f"/{file.relative_to(site).as_posix()}").headers[name] == value


KEPT = "public, max-age=31536000, immutable"
SAME = {"Sec_Fetch_Site": "same-origin"}
# Every kind of answer: the request, what comes back, and its Cache-Control. * is a style sheet.
ANSWERS = [
    ("page", "GET", "/bai-viet/trang/", {}, 200, "no-cache"),
    ("head", "HEAD", "/bai-viet/trang/", {}, 200, "no-cache"),
    ("unchanged", "GET", "/bai-viet/trang/", {"If-None-Match": "*"}, 304, "no-cache"),
    ("changed", "GET", "/bai-viet/trang/", {"If-Match": '"x"'}, 412, "no-cache"),
    ("part", "GET", "/bai-viet/trang/", {"Range": "bytes=0-9"}, 206, "no-cache"),
    ("no such part", "GET", "/bai-viet/trang/", {"Range": "bytes=999999-"}, 416, "no-cache, no-cache"),
    ("style", "GET", "*", {}, 200, KEPT),
    ("unchanged style", "GET", "*", {"If-None-Match": "*"}, 304, KEPT),
    ("compressed style", "GET", "*", {"Accept-Encoding": "gzip"}, 200, KEPT),
    ("part of a style", "GET", "*", {"Range": "bytes=0-9"}, 206, KEPT),
    # nginx looks at ranges only after it has added headers; of two, the stricter one holds (RFC 9111, 4.2.1)
    ("no such part of a style", "GET", "*", {"Range": "bytes=999999-"}, 416, f"{KEPT}, no-cache"),
    ("feed", "GET", "/tin-moi/feed.rss", {}, 200, "no-cache"),
    ("web service", "GET", "/api/v1/articles.json", {}, 200, "no-cache"),
    ("folder without its slash", "GET", "/bai-viet/trang", {}, 301, "no-cache"),
    ("index.html", "GET", "/bai-viet/trang/index.html", {}, 301, "no-cache"),
    ("old address", "GET", "/a/b/", {}, 301, "no-cache"),
    ("no figures yet", "GET", "/bai-viet/trang/so-lieu.json", {}, 204, "no-cache"),
    ("vote by a script", "POST", "/danh-gia?bai=x&diem=1", SAME, 204, "no-cache"),
    ("vote by a form", "POST", "/danh-gia?bai=x&diem=1", {**SAME, "Sec_Fetch_Dest": "document"}, 303, "no-cache"),
    ("vote from elsewhere", "POST", "/danh-gia?bai=x&diem=1", {"Sec_Fetch_Site": "cross-site"}, 403, "no-cache"),
    ("missing", "GET", "/khong-co/", {}, 404, "no-cache"),
    ("hidden", "GET", "/nginx/http.conf", {}, 404, "no-cache"),
    ("withdrawn", "GET", "/bai-viet/da-go/", {}, 410, "no-cache"),
    ("wrong method", "POST", "/", {}, 405, "no-cache"),
    ("question before a request", "OPTIONS", "/api/v1/articles.json", {}, 405, "no-cache"),
    ("too long", "GET", "/" + "x" * 40_000, {}, 414, "no-cache"),
    ("nowhere", "GET", "/../../etc/passwd", {}, 400, "no-cache"),
    ("health", "GET", "/suc-khoe", {}, 200, "no-cache"),
    ("security.txt", "GET", "/.well-known/security.txt", {}, 200, "no-cache"),
]


@pytest.mark.parametrize("answer_number", range(len(ANSWERS)), ids=lambda number: ANSWERS[number][0])
def test_every_kind_of_answer_has_every_header(site: Path, portal: Served, answer_number: int) -> None:
    _, method, path, headers, status, cache_control = ANSWERS[answer_number]
    answer = ask(portal, first(site, "theme/*.css") if path == "*" else path, method, **headers)
    everywhere = dict(
        line.strip().split(": ", 1) for line in (site / "_headers").read_text().split("\n/")[0].split("\n")[1:]
    )
    assert (answer.status, ", ".join(answer.headers.get_all("Cache-Control"))) == (status, cache_control)
    assert {name: answer.headers.get_all(name) for name in everywhere} == {n: [v] for n, v in everywhere.items()}
    twice = [name for name, count in Counter(map(str.lower, answer.headers)).items() if count > 1]
    assert twice == (["cache-control"] if status == 416 else [])
    assert status < 400 or "<h1>" in answer.text or method == "HEAD"
    assert answer.headers["Server"] == "nginx"  # and no version


def test_other_sites_may_read_the_web_service_and_nothing_else(portal: Served) -> None:
    for path in ("/api/v1/articles.json", "/en/api/v1/articles.json", "/api/v1/schema/article.json"):
        assert ask(portal, path).headers["Access-Control-Allow-Origin"] == "*", path
    assert ask(portal, "/bai-viet/trang/").headers["Access-Control-Allow-Origin"] is None


def test_text_is_sent_as_the_build_has_compressed_it(site: Path, portal: Served) -> None:
    for path in ("/bai-viet/trang/", first(site, "theme/article.*.css"), "/tin-moi/feed.rss"):
        answer = ask(portal, path, Accept_Encoding="gzip, br")
        copy = site / ((path + "index.html" if path.endswith("/") else path)[1:] + ".gz")
        assert (answer.headers["Content-Encoding"], answer.body) == ("gzip", copy.read_bytes()), path
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert ask(portal, path).headers["Content-Encoding"] is None


def test_search_gets_the_parts_of_its_index_that_it_asks_for(site: Path, portal: Served) -> None:
    read_by_parts = [file for file in (site / "tim-kiem/chi-muc").iterdir() if file.stat().st_size > 60]
    assert read_by_parts
    for file in read_by_parts:
        path, data = f"/tim-kiem/chi-muc/{file.name}", file.read_bytes()
        one = ask(portal, path, Range="bytes=5-20", Accept_Encoding="gzip, br")
        assert one.status == 206 and one.body == data[5:21], file.name
        several = ask(portal, path, Range="bytes=0-9,40-59", Accept_Encoding="gzip, br")
        assert several.headers["Content-Type"].startswith("multipart/byteranges;") and several.status == 206
        assert data[:10] in several.body and data[40:60] in several.body
        assert not one.headers["Content-Encoding"] and not several.headers["Content-Encoding"]


@pytest.mark.skipif(not BROTLI.exists(), reason="nginx has no module for Brotli on this machine")
def test_brotli_is_sent_to_browsers_that_read_it(site: Path, tmp_path: Path) -> None:
    import brotli

    copy, page = tmp_path / "site", "bai-viet/trang/index.html"
    for name in (page, f"{page}.gz", "404.html"):
        editors.write_file(copy, name, (site / name).read_bytes())
    compressed = brotli.compress((site / page).read_bytes())
    editors.write_file(copy, f"{page}.br", compressed)
    rules = web_server.files(Addresses(["vi"], URLS), Assets({}, {}, {}, "", ""), {}, {}, ["gz", "br"])
    for name, data in rules.items():
        editors.write_file(copy, name, data)
    with serving(copy, tmp_path / "run", tls=True) as served:
        answer = ask(served, "/bai-viet/trang/", Accept_Encoding="gzip, deflate, br")
        assert (answer.headers["Content-Encoding"], answer.body) == ("br", compressed)
        assert ask(served, "/bai-viet/trang/", Accept_Encoding="gzip").headers["Content-Encoding"] == "gzip"
        assert ask(served, "/bai-viet/trang/").headers["Content-Encoding"] is None
        assert "Accept-Encoding" in answer.headers["Vary"]


TYPES = {
    "a.vtt": "text/vtt; charset=utf-8",
    "a.csv": "text/csv; charset=utf-8",
    "a.avif": "image/avif",
    "a.webmanifest": "application/manifest+json",
    "a.ics": "text/calendar; charset=utf-8",
    "a.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "feed.rss": "application/rss+xml; charset=utf-8",
    "a.geojson": "application/geo+json",
}


def test_every_file_has_its_media_type(site: Path, portal: Served) -> None:
    for name, media_type in TYPES.items():
        (site / "documents").mkdir(exist_ok=True)
        (site / "documents" / name).write_text("x")
        assert ask(portal, f"/documents/{name}").headers["Content-Type"] == media_type
    for file in site.rglob("*.*"):
        path = "/" + file.relative_to(site).as_posix()
        if file.is_file() and file.suffix != ".gz" and not re.match("/(nginx|_)", path):
            assert "octet-stream" not in ask(portal, quote(path), "HEAD").headers["Content-Type"], path


# --- errors ---


def test_every_error_is_a_page_of_the_portal(portal: Served) -> None:
    same = {"Sec_Fetch_Site": "same-origin"}
    cases = [
        ("GET", "/khong-co/", "", 404, "Không tìm thấy trang", {}),
        ("GET", "/bai-viet/", "", 404, "Không tìm thấy trang", {}),
        ("GET", "/anh/", "", 404, "Không tìm thấy trang", {}),
        ("GET", "/.git/config", "", 404, "Không tìm thấy trang", {}),
        ("POST", "/bai-viet/trang/", "", 405, "Địa chỉ này không nhận yêu cầu", {}),
        ("GET", "/danh-gia?bai=x&diem=1", "", 405, "Địa chỉ này không nhận yêu cầu", {}),
        ("POST", "/danh-gia?bai=x&diem=1", "", 403, "Không gửi từ trang của Cổng", {}),
        ("POST", "/danh-gia?bai=x", "x" * 2000, 413, "Nội dung gửi quá lớn", same),
        ("GET", "/" + "x" * 40_000, "", 414, "Yêu cầu không hợp lệ", {}),
    ]
    for method, path, body, status, heading, headers in cases:
        answer = ask(portal, path, method, body, **headers)
        assert (answer.status, "<h1>" + heading in answer.text) == (status, True), path[:50]
        assert answer.headers["Content-Security-Policy"] and answer.headers["Cache-Control"] == "no-cache"


# What no browser sends, with the status of the answer
VOTE = (
    b"POST /danh-gia?bai=x&diem=1 HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nTransfer-Encoding: chunked\r\n"
)
RAW_REQUESTS = {
    "no request": (b"BLAH\r\n", 400),
    "no host": (b"GET / HTTP/1.1\r\n", 400),
    "a large header": (b"GET / HTTP/1.1\r\nHost: x\r\nX: %s\r\n" % (b"x" * 40_000), 400),
    "another version": (b"GET / HTTP/3.0\r\nHost: x\r\n", 505),
    "an encoding that nobody knows": (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n", 501),
    "a body that is none": (VOTE + b"\r\nzz\r\n", 400),
    "a large body": (VOTE + b"\r\nfff\r\n%s\r\n0\r\n" % (b"x" * 4095), 413),
}


@pytest.mark.parametrize("name", RAW_REQUESTS)
def test_what_no_browser_sends_is_answered_by_a_page_of_the_portal_too(portal: Served, name: str) -> None:
    request, status = RAW_REQUESTS[name]
    check_error(tls().wrap_socket(socket.create_connection(("127.0.0.1", portal.port))), request, status)


def test_what_is_sent_without_tls_is_answered_by_a_page_of_the_portal_too(portal: Served) -> None:
    check_error(socket.create_connection(("127.0.0.1", portal.port)), b"GET / HTTP/1.1\r\nHost: x\r\n", 400)


def check_error(connection: socket.socket, request: bytes, status: int) -> None:
    """Send a request and assert that the answer is an error in the portal's look."""
    with connection:
        connection.settimeout(portals.PATIENCE)
        connection.sendall(request + b"\r\n")
        response = http.client.HTTPResponse(connection)
        response.begin()
        answer = Answer(response)
    assert (answer.status, 'lang="vi"' in answer.text, answer.headers["Cache-Control"]) == (status, True, "no-cache")
    assert answer.headers["Content-Security-Policy"]


def tls() -> ssl.SSLContext:
    """Return a context that takes any certificate."""
    return ssl._create_unverified_context()


@pytest.mark.parametrize("path", ["/bai-viet/da-go/", "/Bai-viet/da-go/?fbclid=x", "/tin/xem?ten=" + quote("cũ")])
def test_what_is_withdrawn_is_gone(portal: Served, path: str) -> None:
    answer = ask(portal, path)
    assert (answer.status, "<h1>Trang đã được gỡ" in answer.text) == (410, True)


@pytest.mark.parametrize("path", ["/bai-viet/sai/", "/Bai-viet/SAI/?utm_source=x"])
def test_a_withdrawn_article_answers_with_why(portal: Served, path: str) -> None:
    answer = ask(portal, path)
    assert (answer.status, "Lý do:</b> Nhầm số liệu." in answer.text) == (410, True)
    for gone in ("/bai-viet/sai/sai.pdf", "/bai-viet/sai/sai.mp3", "/cu/sai.html"):
        answer = ask(portal, gone)
        assert (answer.status, "<h1>Trang đã được gỡ" in answer.text) == (410, True)


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/index.html", "/"),
        ("/bai-viet/trang/index.html", "/bai-viet/trang/"),
        ("/bai-viet/trang/index.html?fbclid=x", "/bai-viet/trang/"),
        ("/bai-viet/trang/?from=/index.html", ""),
    ],
)
def test_a_page_has_one_address(portal: Served, path: str, to: str) -> None:
    answer = ask(portal, path)
    assert (answer.status, answer.headers["Location"]) == ((301, to) if to else (200, None))


def test_who_votes_too_often_is_told_so_on_a_page(portal: Served) -> None:
    path, headers = "/danh-gia?bai=bai-viet/trang/", {"Sec_Fetch_Site": "same-origin", "Sec_Fetch_Dest": "document"}
    answers = (ask(portal, path, "POST", "diem=3", "::1", **headers) for _ in range(2000))
    refused = next(answer for answer in answers if answer.status != 303)
    assert (refused.status, "<h1>Quá nhiều yêu cầu" in refused.text) == (429, True)


def test_there_is_a_page_for_every_error(site: Path) -> None:
    headings = {editors.read_page(site / page).h1.get_text() for page in (*ERROR_PAGES.values(), "403.html")}
    assert len(headings) == len(ERROR_PAGES) + 1


def test_whoever_watches_the_server_learns_whether_the_site_is_there(site: Path, portal: Served) -> None:
    assert (ask(portal, "/suc-khoe").status, ask(portal, "/suc-khoe").text) == (200, "ok\n")
    away = site.with_name("away")
    site.rename(away)
    try:
        assert ask(portal, "/suc-khoe").status == 503
    finally:
        away.rename(site)


# --- the log ---


def test_nothing_written_down_tells_who_reads_or_looks_for_what(portal: Served) -> None:
    for path in ("/tim-kiem/?q=nguoi-benh", "/bai-viet/trang/?fbclid=IwAR0x", "/bai-viet/trang/"):
        assert ask(portal, path).status == 200
    assert ask(portal, "/danh-gia?bai=bai-viet/trang/&diem=4", "POST", host="::1", Sec_Fetch_Site="same-origin").status
    vote = '"uri":"/danh-gia?bai=bai-viet/trang/&diem=4"'  # the line is the vote
    portals.wait_until(lambda: vote in portal.log.read_text())  # nginx logs a request after its answer
    log = portal.log.read_text()
    assert '"uri":"/tim-kiem/"' in log and "nguoi-benh" not in log and "IwAR0x" not in log
    assert set(re.findall('"address":"([^"]*)"', log)) == {"127.0.0.0", "::"}
    assert "127.0.0.1" not in "".join(path.read_text() for path in portal.folder.glob("portal-error.log"))


# --- networks ---


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2"),
        ("2001:db8:1:2::6", "2001:db8:1:2"),
        ("2001:db8::1", "2001:db8::"),
        ("2001:db8::1:2:3:4", "2001:db8::"),
        ("2001:db8::7:1:2:3:4", "2001:db8::7:"),
        ("2001:db8::6:7:1:2:3:4", "2001:db8::6:7:"),
        ("2001:db8:1::1", "2001:db8:1::"),
        ("::1", "::"),
    ],
)
def test_a_household_with_ipv6_is_one_network(address: str, network: str) -> None:
    block = CONFIG.read_text().partition("map $remote_addr $network {")[2].partition("\n}")[0]
    rules = re.findall(r'^ +"~(\S+)" +(\S+);', block, re.M)
    found = next((rule for rule in rules if re.search(rule[0].replace("?<", "?P<"), address)), None)
    groups = re.search(found[0].replace("?<", "?P<"), address).groupdict() if found else {}
    assert (re.sub(r"\$(\w+)", lambda name: groups[name[1]], found[1]) if found else address) == network
    if network_of(address) != address:  # it is one: the log has only its network
        assert network_of(network) == network_of(address)
