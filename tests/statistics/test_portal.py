"""A portal on a real nginx, visited and voted on by real browsers; its figures are exact."""

from __future__ import annotations

import http.client
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, sync_playwright

from environment import system
from plugins.statistics.rules import VOTES_AN_HOUR
from tests import chromium, editors, portals
from tests.statistics.nginx import Served, serving

pytestmark = pytest.mark.skipif(not system.nginx(), reason="no nginx on this machine")
PHONE = (
    "Mozilla/5.0 (Linux; Android 9; SM-J600G) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/98.0.4758.101 Mobile Safari/537.36"
)
ONE, TWO = "bai-viet/mot/", "bai-viet/hai/"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    content = editors.write_small_content(tmp_path / "content")
    for slug in ("mot", "hai"):
        editors.write_article(content, f"{slug}.md", title=slug.capitalize(), slug=slug)
    result = portals.build(tmp_path / "output", content, settings="STATISTICS_BEFORE = 61296415")
    assert (result.returncode, result.stderr) == (0, "")
    return tmp_path / "output"


@pytest.fixture
def portal(site: Path, tmp_path: Path) -> Iterator[Served]:
    with serving(site, tmp_path / "nginx") as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        # a page's own user agent says HeadlessChrome, which counts as a robot
        running = chromium.launch(driver, "--no-sandbox")
        yield running
        running.close()


def stats(site: Path, *logs: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return portals.tasks("stats", *map(str, logs), "--output", str(site), "--config", f"{site}-conf.py", env=env)


def figures(site: Path, name: str = "thong-ke.json") -> dict:
    return json.loads((site / name).read_text("utf-8"))


def send(
    portal: Served, method: str, path: str, body: str = "", address: str = "", **headers: str
) -> http.client.HTTPResponse:
    """Send one request, from another address of this machine if one is given."""
    host = urlsplit(portal.address).netloc
    connection = http.client.HTTPConnection(
        host, timeout=portals.PATIENCE, source_address=(address, 0) if address else None
    )
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(
        method, path, body or None, {"User-Agent": PHONE, "Content-Type": "application/x-www-form-urlencoded"} | named
    )
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


def vote(portal: Served, article: str, grade: int, address: str = "", **headers: str) -> int:
    headers = headers or {"Sec_Fetch_Site": "same-origin", "Sec_Fetch_Dest": "empty"}
    return send(portal, "POST", f"/danh-gia?bai={quote(article, safe='')}&diem={grade}", "", address, **headers).status


def test_readers_visit_and_vote(site: Path, portal: Served, browser: Browser) -> None:
    for agent, grades in ((PHONE, (2, 4)), (PHONE.replace("J600G", "A127F"), (5,))):
        context = browser.new_context(user_agent=agent)
        page = context.new_page()
        for path in ("/", f"/{ONE}", f"/{TWO}", f"/{ONE}"):
            assert page.goto(portal.address + path).status == 200
        for grade in grades:
            page.get_by_role("radio").nth(grade - 1).check()
            with page.expect_response(lambda response: "/danh-gia" in response.url) as voted:
                page.get_by_role("button", name="Gửi đánh giá").click()
            assert voted.value.status == 204
        context.close()
    robot = browser.new_context(user_agent="Mozilla/5.0 (compatible; Googlebot/2.1)").new_page()
    robot.goto(portal.address + f"/{ONE}")
    result = stats(site, portal.log)
    assert (result.returncode, result.stderr) == (0, "")
    assert figures(site, ONE + "so-lieu.json") == {
        "views": 4,
        "today": 4,
        "votes": 2,
        "average": 4.5,
        "grades": [0, 0, 0, 1, 1],
    }
    assert figures(site, TWO + "so-lieu.json") == {
        "views": 2,
        "today": 2,
        "votes": 0,
        "average": None,
        "grades": [0, 0, 0, 0, 0],
    }
    all_figures = figures(site)
    assert all_figures["today"] == {"visits": 2, "views": 8} and all_figures["total"] == {
        "visits": 61_296_417,
        "views": 8,
    }
    before = (site / ONE / "so-lieu.json").stat().st_mtime_ns
    assert stats(site, portal.log).returncode == 0
    assert figures(site) == all_figures and (site / ONE / "so-lieu.json").stat().st_mtime_ns == before


def test_a_form_without_javascript_counts(site: Path, portal: Served, browser: Browser) -> None:
    page = browser.new_context(user_agent=PHONE, java_script_enabled=False).new_page()
    page.goto(f"{portal.address}/{ONE}")
    page.get_by_label("Tốt", exact=True).check()
    page.get_by_role("button", name="Gửi đánh giá").click()
    assert page.url == f"{portal.address}/{ONE}#cam-on" and page.get_by_text("Cảm ơn bạn đã đánh giá").is_visible()
    old = {"Origin": portal.address, "Accept": "text/html,*/*"}  # a browser before Sec-Fetch, in another network
    response = send(portal, "POST", f"/danh-gia?bai={ONE}", "diem=2", "127.0.1.9", **old)
    assert (response.status, response.headers["Location"]) == (303, f"/{ONE}#cam-on")
    response = send(portal, "POST", "/danh-gia?bai=en/bai-viet/hai/", "diem=2", "127.0.1.9", **old)
    assert response.headers["Location"] == "/en/bai-viet/hai/#cam-on"
    for odd in ("//example.org/", "https://example.org/", "a%0d%0ab", ""):
        response = send(portal, "POST", f"/danh-gia?bai={odd}", "diem=2", "127.0.1.9", **old)
        assert response.headers["Location"] == "/danh-gia/cam-on/"
    stats(site, portal.log)
    assert figures(site, ONE + "so-lieu.json")["grades"] == [0, 1, 0, 1, 0]


def test_requests_that_are_no_votes_do_not_count(site: Path, portal: Served) -> None:
    assert vote(portal, ONE, 3) == 204
    assert send(portal, "GET", f"/danh-gia?bai={ONE}&diem=5", address="127.0.0.2").status == 405
    others = [
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
        {"Accept": "*/*"},
    ]
    others += [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Referer": "https://evil.example/"}]
    others += [{"Origin": f"{portal.address}.evil.example"}, {"Referer": f"https://evil.example/{portal.address}/"}]
    for n, other in enumerate(others):
        assert vote(portal, ONE, 5, f"127.0.1.{n + 1}", **other) == 403, other
    assert (
        send(
            portal, "POST", f"/danh-gia?bai={ONE}&diem=5", "x" * 2000, "127.0.0.3", Sec_Fetch_Site="same-origin"
        ).status
        == 413
    )
    assert vote(portal, "bai-viet/khong-co/", 5, "127.0.0.4") == 204
    assert vote(portal, "../../etc/passwd", 5, "127.0.0.4") == 204
    assert vote(portal, ONE, 7, "127.0.0.5") == 204
    stats(site, portal.log)
    assert figures(site, ONE + "so-lieu.json")["grades"] == [0, 0, 1, 0, 0]
    assert not (site / "bai-viet/khong-co").exists()


def test_too_many_votes_are_rejected_and_not_counted(site: Path, tmp_path: Path) -> None:
    path = f"/danh-gia?bai={TWO}&diem=5"
    with serving(site, tmp_path / "nginx", votes="rate=1r/m") as portal:  # a busy machine sends no faster than 1r/s
        answers = [
            send(portal, "POST", path, "", "127.0.0.7", User_Agent=f"{PHONE} {n}", Sec_Fetch_Site="same-origin").status
            for n in range(60)
        ]
        assert set(answers) == {204, 429} and answers[:20] == [204] * 20
        assert vote(portal, TWO, 1, "127.0.0.8") == 204  # other addresses may still vote
        stats(site, portal.log)
    # of those that nginx let through, the first of the hour count, and both networks are one to whoever counts
    assert sum(figures(site, TWO + "so-lieu.json")["grades"]) == VOTES_AN_HOUR


def test_the_headers_of_the_build_are_sent_and_configuration_files_are_not(site: Path, portal: Served) -> None:
    response = send(portal, "GET", f"/{ONE}")
    assert (
        "default-src 'none'" in response.headers["Content-Security-Policy"]
        and response.headers["X-Content-Type-Options"] == "nosniff"
    )
    style = next((site / "theme").glob("article.*.css"))
    response = send(portal, "GET", f"/theme/{style.name}")
    assert "immutable" in response.headers["Cache-Control"] and response.headers["Content-Security-Policy"]
    assert send(portal, "GET", "/khong-co/").status == 404
    assert [
        send(portal, "GET", f"/{name}").status
        for name in ("_headers", "nginx/http.conf", "nginx/server.conf", "nginx/")
    ] == [404] * 4


def test_builds_keep_the_figures_and_stats_restores_them(site: Path, portal: Served, tmp_path: Path) -> None:
    send(portal, "GET", f"/{ONE}")
    send(portal, "GET", f"/{TWO}")
    stats(site, portal.log)
    settings = "STATISTICS_BEFORE = 61296415"
    content = tmp_path / "content"
    editors.write_article(content, "mot.md", title="Một, sửa lại", slug="mot")
    assert portals.build(site, content, settings=settings).returncode == 0
    assert figures(site, ONE + "so-lieu.json")["views"] == 1
    next(content.rglob("hai.md")).unlink()
    assert portals.build(site, content, settings=settings).returncode == 0
    portal.log.write_bytes(b"")  # raw lines may be deleted
    assert stats(site, portal.log).returncode == 0
    assert not (site / TWO).exists() and figures(site)["today"]["views"] == 2
    for path in (site / "thong-ke.json", site / ONE / "so-lieu.json"):
        path.unlink()
    assert stats(site, portal.log).returncode == 0
    assert figures(site, ONE + "so-lieu.json")["views"] == 1 and figures(site)["today"]["views"] == 2


def test_an_error_is_reported_in_one_line(site: Path, tmp_path: Path) -> None:
    missing = stats(site, tmp_path / "khong-co.log")
    assert missing.returncode == 1 and "không có tệp nhật ký này" in missing.stderr and missing.stderr.count("\n") == 1
    (tmp_path / "nothing-conf.py").write_text((tmp_path / "output-conf.py").read_text())
    nothing = stats(tmp_path / "nothing", tmp_path / "output-conf.py")
    assert nothing.returncode == 1 and "tasks.py build" in nothing.stderr and nothing.stderr.count("\n") == 1
    (tmp_path / "log").write_bytes(b"")
    beside = Path(f"{site}.stats")
    beside.mkdir()
    (beside / "figures.duckdb").write_bytes(b"no database" * 1000)
    damaged = stats(site, tmp_path / "log")
    assert damaged.returncode == 1 and "sao lưu" in damaged.stderr and damaged.stderr.count("\n") == 1
    (beside / "figures.duckdb").unlink()
    (beside / "private.json").write_text("{}")
    damaged = stats(site, tmp_path / "log")
    assert damaged.returncode == 1 and "private.json" in damaged.stderr and damaged.stderr.count("\n") == 1
    (beside / "private.json").unlink()
    assert stats(site, tmp_path / "log").returncode == 0
