"""Readers of an edition in a language without translations: the fallback texts cause no accessibility problem."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests import portals
from tests.browser.readers import Readers
from tests.browser.server import Portal, serving
from tests.browser.test_axe import axe_violations
from tests.languages import editions


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the portal in four languages."""
    folder = tmp_path_factory.mktemp("languages")
    editions.write(folder / "content")
    portals.give_settings(folder / "content", boundary_map=True)
    result = portals.build(folder / "output", folder / "content", settings=editions.settings(folder / "cache"))
    assert result.returncode == 0, result.stderr
    with serving(Portal(folder / "output")) as served:
        yield served.address


@pytest.fixture(scope="module")
def all_visitors(browser: Browser, address: str) -> Readers:
    return Readers(browser, address)


@pytest.fixture
def visitors(all_visitors: Readers) -> Iterator[Readers]:
    yield all_visitors
    all_visitors.leave()


@pytest.mark.parametrize("path", ["/tyz/", "/tyz/bai-viet/bai-1/", "/tyz/ban-do/", "/tyz/tim-kiem/"])
@pytest.mark.parametrize("width", [360, 1280])
def test_fallback_texts_cause_no_violation(visitors: Readers, axe: str, path: str, width: int) -> None:
    page = visitors.open(path, width=width)
    violations = axe_violations(page, axe, path)
    assert not violations, "\n".join(violations)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 360, 600, 1280])
def test_links_to_three_other_languages_are_beside_each_other(visitors: Readers, width: int) -> None:
    page = visitors.open("/tyz/", width=width)
    boxes = [link.bounding_box() for link in page.locator(".brand, .icon.lang").all()]
    assert len(boxes) == 4 and all(boxes)
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            beside = one["x"] + one["width"] <= other["x"] + 1 or other["x"] + other["width"] <= one["x"] + 1
            assert beside or one["y"] + one["height"] <= other["y"] + 1 or other["y"] + other["height"] <= one["y"] + 1


def test_search_writes_dates_as_the_pages_do(visitors: Readers) -> None:
    page = visitors.open("/tyz/tim-kiem/?q=zwqa")
    page.wait_for_selector("#results[data-count]")
    assert page.locator("#results time").first.text_content() in ("02/01/2026", "03/02/2026", "04/3/2026")
    assert page.locator("#results time").first.get_attribute("lang") == "vi"


def test_the_table_of_the_map_is_sorted_by_its_numbers(visitors: Readers) -> None:
    for path in ("/ban-do/", "/en/ban-do/", "/tyz/ban-do/"):
        page = visitors.open(path)
        page.get_by_role("button", name="km²").click()
        shown = page.locator("tbody tr td:nth-of-type(2)").all_text_contents()
        areas = [float(text.replace(",", ".")) for text in shown]
        assert len(areas) == 20 and areas == sorted(areas, reverse=True)
        page.locator("thead th:nth-of-type(4) button").click()
        shown = page.locator("tbody tr td:nth-of-type(3)").all_text_contents()
        people = [int("".join(filter(str.isdigit, text))) for text in shown]
        assert people == sorted(people, reverse=True)
