"""Share links contain an article's address and title."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.share import links
from tests import editors, portals

ADDRESS = "https://vanson.example/bai-viet/a-b/"


def shared_values(link: str) -> dict[str, str]:
    return {name: value for name, (value,) in parse_qs(urlsplit(link).query, strict_parsing=True).items()}


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_every_title_is_passed_on_complete(title: str) -> None:
    links_by_service = links(title, ADDRESS)
    assert shared_values(links_by_service["X"]) == {"url": ADDRESS, "text": title}
    assert shared_values(links_by_service["Email"]) == {"body": ADDRESS, "subject": title}
    assert all(not set(' "<>') & set(link) for link in links_by_service.values())


def test_each_service_gets_the_address() -> None:
    links_by_service = links("Mở cửa khẩu: “xanh & nhanh”", ADDRESS)
    assert shared_values(links_by_service["Facebook"]) == {"u": ADDRESS}
    assert shared_values(links_by_service["Zalo"]) == {"url": ADDRESS}
    assert "google" not in "".join(links_by_service.values())


def test_articles_are_shared_by_their_public_address_and_title(site: Path) -> None:
    shared = 0
    for address, page in editors.read_pages(site).items():
        anchors = page.select("main a[href^='https://x.com/intent']")
        article = page.select_one("meta[property='og:type'][content=article]")
        assert bool(anchors) == bool(article), address
        for anchor in anchors:
            shared += 1
            record = [cell.get_text() for cell in page.select(".record td")[:2]]  # of a document: its number and type
            assert shared_values(anchor["href"]) == {
                "url": page.select_one("link[rel=canonical]")["href"],
                "text": " ".join(reversed(record)) if record else page.h1.get_text(),
            }
    assert shared > 30


@pytest.mark.parametrize("site_url", ["", "https://vanson.example"])
def test_pages_without_a_public_address_are_not_shared(site_url: str, tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    result = portals.build(tmp_path / "output", content, settings=f"SITEURL = {site_url!r}")
    assert result.returncode == 0, result.stderr
    page = (tmp_path / "output/bai-viet/mot-bai/index.html").read_text()
    assert ("Chia sẻ" in page) == bool(site_url)
