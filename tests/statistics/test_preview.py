"""An editor sees visits and votes on one machine, without nginx."""

from __future__ import annotations

import http.client
import json
from datetime import datetime, timedelta
from pathlib import Path

from plugins.preview.server import PreviewServer
from plugins.preview.stats_thread import StatsThread
from plugins.statistics import command
from plugins.statistics.database import CountingRules, StatsDatabase
from plugins.statistics.secret_keys import Secrets
from plugins.statistics.stats import Counts
from tests import editors, portals
from tests.statistics import ADDRESSES, ZONE

PHONE = "Mozilla/5.0 (Linux; Android 9) Chrome/98.0.4758.101 Mobile Safari/537.36"


def test_the_preview_writes_what_stats_counts(tmp_path: Path) -> None:
    page = tmp_path / "preview/bai-viet/mot/index.html"
    page.parent.mkdir(parents=True)
    page.write_text("một", "utf-8")
    server = PreviewServer(tmp_path / "preview", 8000)
    server.start()
    vote = "/danh-gia?bai=bai-viet%2Fmot%2F"
    own = {"Sec-Fetch-Site": "same-origin"}
    form = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Dest": "document"}
    requests = [
        ("GET", "/bai-viet/mot/", "", {}, 200),
        ("GET", f"{vote}&diem=1", "", own, 405),
        ("POST", f"{vote}&diem=5", "", own, 204),
        ("POST", f"{vote}&diem=1", "", {"Sec-Fetch-Site": "cross-site"}, 403),
        ("POST", f"{vote}&diem=1", "", {}, 403),
        ("POST", vote, "diem=2", own | form, 303),
        ("POST", vote, "x" * 2000, own | form, 413),
        ("POST", "/khac", "", own, 405),
    ]
    for method, path, body, headers, status in requests:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=portals.PATIENCE)
        connection.request(method, path, body, {"User-Agent": PHONE} | headers)
        assert connection.getresponse().status == status, (method, path, headers)
        connection.close()
    server.stop()
    rules = CountingRules(ZONE, datetime.now(ZONE) + timedelta(minutes=1), ADDRESSES)
    database = StatsDatabase(tmp_path / "f.duckdb", rules, Secrets.load(tmp_path / "p.json"), ["bai-viet/mot/"])
    command.count_logs(database, [server.log], tmp_path)
    assert database.read_stats().articles == {"bai-viet/mot/": Counts(views=1, votes=(0, 1, 0, 0, 0))}
    database.close()


def test_the_previews_visits_are_counted_into_its_site(tmp_path: Path) -> None:
    output = tmp_path / "preview"
    result = portals.build(output, editors.write_small_content(tmp_path / "content"), settings="SHOW_DRAFTS = True")
    assert result.returncode == 0, result.stderr
    server = PreviewServer(output, 8000)
    server.start()
    counting = StatsThread(server.log, output)
    counting.count()
    assert not (output / "thong-ke.json").exists()  # nobody has visited yet
    for path in ("/bai-viet/mot-bai/", "/thong-ke/"):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=portals.PATIENCE)
        connection.request("GET", path, headers={"User-Agent": PHONE, "Sec-Fetch-Dest": "document"})
        assert connection.getresponse().status == 200
        connection.close()
        counting.count()
    assert json.loads((output / "thong-ke.json").read_text())["today"]["visits"] == 1
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=portals.PATIENCE)
    connection.request("GET", "/thong-ke/", headers={"User-Agent": PHONE})
    page = connection.getresponse().read().decode()
    assert "Một bài bình thường" in page and 'class="sum"' in page
    server.stop()
