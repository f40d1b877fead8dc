"""A real nginx counts each edition's views and votes, shown in that edition, whatever its language code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from environment import system
from tests import portals
from tests.addresses.test_changed_addresses import send, visit_and_vote
from tests.languages import editions
from tests.statistics.nginx import serving

pytestmark = pytest.mark.skipif(not system.nginx(), reason="no nginx on this machine")


def test_every_edition_has_its_own_views_votes_and_thanks(tmp_path: Path) -> None:
    content, output = tmp_path / "content", tmp_path / "output"
    editions.write(content)
    result = portals.build(output, content, settings=editions.settings(tmp_path / "cache"))
    assert (result.returncode, result.stderr) == (0, "")
    grades = {"vi": 5, "en": 4, "tyz": 3, "hmv": 2}
    articles = {lang: f"{'' if lang == 'vi' else lang + '/'}bai-viet/bai-1/" for lang in grades}
    with serving(output, tmp_path / "nginx", "rate=100r/s") as portal:
        for lang, grade in grades.items():
            visit_and_vote(portal, articles[lang], grade)
            odd = articles[lang].replace("/", "%2F")
            thanks = "/" + articles[lang].replace("bai-viet/bai-1/", "danh-gia/cam-on/")
            headers = {"Sec_Fetch_Site": "same-origin", "Sec_Fetch_Dest": "document"}
            response = send(portal.address, "POST", f"/danh-gia?bai={articles[lang]}&diem={grade}", **headers)
            assert response[:2] == (303, f"/{articles[lang]}#cam-on")
            response = send(portal.address, "POST", f"/danh-gia?bai={odd}&diem={grade}", **headers)
            assert response[:2] == (303, thanks) and send(portal.address, "GET", thanks)[0] == 200
        result = portals.tasks("stats", str(portal.log), "--output", str(output), "--config", f"{output}-conf.py")
        assert (result.returncode, result.stderr) == (0, "")
        for lang, grade in grades.items():
            figures = json.loads((output / articles[lang] / "so-lieu.json").read_text())
            assert (figures["views"], figures["votes"], figures["average"]) == (1, 1, grade), lang
            shown = send(portal.address, "GET", "/" + articles[lang].replace("bai-viet/bai-1/", "thong-ke/"))[
                2
            ].decode()
            links = {link["href"] for link in BeautifulSoup(shown, "html.parser").select(".most a")}
            assert links == {"/" + articles[lang]}, lang
