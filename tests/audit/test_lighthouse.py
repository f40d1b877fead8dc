"""Lighthouse gives 100 in every category on the pages that citizens visit first."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

import environment
from plugins.preview.server import PreviewServer
from tests import portals

PAGES = ["/", "/chuyen-muc/xa-hoi/", "/bai-viet/lanh-dao-ubnd-tinh-lam-viec-voi-cac-ban-quan-ly/", "/en/"]
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = "--headless=new --no-sandbox --host-resolver-rules='MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The portal on this machine, built for the address that it is served at, as in production."""
    output = tmp_path_factory.mktemp("lighthouse") / "output"
    server = PreviewServer(output, 8700, live_reload=False)
    root = server.address.rstrip("/")
    process = portals.build(output, settings=f"SITEURL = {root!r}")
    assert process.returncode == 0, process.stderr
    server.start()
    return root


@pytest.mark.parametrize("page", PAGES)
def test_lighthouse_gives_100(address: str, page: str, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    program = environment.NODE_MODULES / "lighthouse/cli/index.js"
    command = [environment.node(), str(program), address + page, "--quiet", "--output=json", f"--output-path={report}"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={FLAGS}"]
    browser = "/usr/bin/chromium" if Path("/usr/bin/chromium").exists() else str(environment.chromium())
    env = {**os.environ, "CHROME_PATH": browser}
    process = subprocess.run(command, env=env, capture_output=True, text=True, timeout=240)
    assert report.exists(), process.stderr[-2000:]
    result = json.loads(report.read_text(encoding="utf-8"))
    failed = {
        name: audit["title"]
        for name, audit in result["audits"].items()
        if audit.get("score") is not None and audit["score"] < 1 and audit["scoreDisplayMode"] == "binary"
    }
    scores = {name: round(result["categories"][name]["score"] * 100) for name in CATEGORIES}
    assert scores == dict.fromkeys(CATEGORIES, 100), failed
    assert result["audits"]["cumulative-layout-shift"]["numericValue"] == 0
