"""The related articles of the demonstration, as readers see them."""

from __future__ import annotations

from pathlib import Path

from tests import editors, portals


def related(site: Path) -> dict[str, list[str]]:
    """Return the addresses of the related articles, by address of an article's page."""
    addresses = {}
    for file in sorted([*site.glob("bai-viet/*/index.html"), *site.glob("en/bai-viet/*/index.html")]):
        links = editors.read_page(file).select("[aria-labelledby=related] a")
        addresses["/" + file.parent.relative_to(site).as_posix() + "/"] = [a["href"] for a in links]
    return addresses


def labels(site: Path, address: str) -> set[str]:
    page = editors.read_page(site / address.lstrip("/") / "index.html")
    return {a["href"] for a in [page.select(".crumb a")[1], *page.select(".end > .tags a")]}


def test_four_of_five_share_a_category_or_topic_and_none_is_the_article_itself(site: Path) -> None:
    shown = related(site)
    pairs = [(address, other) for address, others in shown.items() for other in others[:3]]
    assert len(pairs) > 60 and all(address != other for address, other in pairs)
    assert all(len(set(others)) == len(others) for others in shown.values())
    alike = sum(bool(labels(site, address) & labels(site, other)) for address, other in pairs)
    assert alike >= 0.8 * len(pairs), (alike, len(pairs))


def test_building_again_offers_the_same(site: Path, tmp_path: Path) -> None:
    assert portals.build(tmp_path / "output").returncode == 0
    assert related(tmp_path / "output") == related(site)
