"""The web service: every response is valid by its schema and says what the pages show."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import pytest

from tests import editors, portals

SITE = "https://vanson.example"


def responses(site: Path) -> dict[str, Any]:
    """Every response of the service by its address."""
    files = [p for folder in ("api", "en/api") for p in (site / folder).rglob("*.json") if "schema" not in p.parts]
    return {f"/{p.relative_to(site).as_posix()}": json.loads(p.read_bytes()) for p in files}


def response_at(site: Path, address: str) -> Any:
    assert address.startswith(SITE)
    path = urlsplit(address).path.lstrip("/")
    return json.loads((site / path).read_bytes())


def test_every_response_is_valid_by_the_schema_that_it_names(site: Path) -> None:
    checkers = {}
    for path in (site / "api/v1/schema").iterdir():
        schema = json.loads(path.read_bytes())
        jsonschema.Draft202012Validator.check_schema(schema)
        checkers[f"{SITE}/api/v1/schema/{path.name}"] = jsonschema.Draft202012Validator(schema)
    assert len(checkers) == 5
    documents = responses(site)
    assert len(documents) > 40
    for address, response in documents.items():
        errors = [error.message for error in checkers[response["$schema"]].iter_errors(response)]
        assert not errors, (address, errors)
    assert {response["$schema"] for response in documents.values()} == set(checkers)


def test_a_schema_rejects_wrong_data(site: Path) -> None:
    response = response_at(site, f"{SITE}/api/v1/newest.json")
    checker = jsonschema.Draft202012Validator(json.loads((site / "api/v1/schema/articles.json").read_bytes()))
    for spoil in (lambda a: a.pop("title"), lambda a: a.update(published="hôm qua"), lambda a: a.update(rating=5)):
        wrong = json.loads(json.dumps(response))
        spoil(wrong["articles"][0])
        assert not checker.is_valid(wrong)


@pytest.mark.parametrize("edition", ["", "en/"])
def test_everything_is_linked_from_the_first_response(site: Path, edition: str) -> None:
    service = response_at(site, f"{SITE}/{edition}api/v1/index.json")
    paged, page = [], response_at(site, service["articles"])
    while True:
        paged += page["articles"]
        if "older" not in page:
            break
        page = response_at(site, page["older"])
    monthly = [a for month in reversed(service["months"]) for a in response_at(site, month)["articles"]]
    assert paged == monthly and response_at(site, service["newest"])["articles"] == paged[:20]
    pages = {
        path.parent.name
        for path in (site / edition / "bai-viet").glob("*/index.html")
        if "http-equiv" not in path.read_text("utf-8")  # which leads on to where the article is now
    }
    if "withdrawn" in service:
        pages -= {gone["id"] for gone in response_at(site, service["withdrawn"])["withdrawn"]}
    assert [a["id"] for a in paged] == list(dict.fromkeys(a["id"] for a in paged)) and {a["id"] for a in paged} == pages
    counted = sum(category["articles"] for category in response_at(site, service["categories"])["categories"])
    assert counted == len(paged)


def without_additions(html: str) -> str:
    """Leave out what the page explains, and its links to the largest pictures."""
    html = re.sub(r"</?abbr\b[^>]*>", "", html)
    return re.sub(r'<a [^>]*title="Xem ảnh lớn"[^>]*>(.*?)</a>', r"\1", html, flags=re.S)


def test_an_article_says_what_its_page_says(site: Path) -> None:
    for card in response_at(site, f"{SITE}/api/v1/articles.json")["articles"]:
        page = editors.read_page(site / urlsplit(card["url"]).path.lstrip("/") / "index.html")
        document = response_at(site, card["self"])
        assert {key: document[key] for key in card} == card
        assert document["title"] == page.h1.get_text() and document["summary"] == page.select_one(".lead").get_text(
            strip=True
        )
        assert document["category"]["name"] == page.select(".crumb a")[1].get_text()
        assert [tag["name"] for tag in document.get("tags", ())] == [
            a.get_text() for a in page.select(".end > .tags a")
        ]
        assert page.select_one(".rail time")["datetime"][:16] == document["published"][:16]
        text = (site / urlsplit(card["url"]).path.lstrip("/") / "index.html").read_text("utf-8")
        assert without_additions(document["content_html"]).strip() in without_additions(text)
        assert "image" not in card or (site / urlsplit(card["image"]["url"]).path.lstrip("/")).is_file()


def test_a_full_page_keeps_its_address_and_its_articles(tmp_path: Path) -> None:
    content = tmp_path / "content"
    for number in range(205):
        editors.write_article(
            content,
            f"bai-{number}.md",
            title=f"Bài {number}",
            date=f"2026-{1 + number // 28:02}-{1 + number % 28:02}",
            tags="[lúa]",
        )
    (content / "pages").mkdir()
    assert portals.build(tmp_path / "output", content).returncode == 0
    before = editors.file_digests(tmp_path / "output")
    assert "api/v1/articles/page/1.json" in before and "api/v1/articles/page/2.json" not in before
    editors.write_article(content, "moi.md", title="Bài mới", date="2026-09-20", tags="[lúa]")
    assert portals.build(tmp_path / "output", content).returncode == 0
    after = editors.file_digests(tmp_path / "output")
    changed = {name for name in after if name.startswith(("api/", "sitemap")) and before.get(name) != after[name]}
    service = {
        f"api/v1/{name}.json"
        for name in ("articles", "newest", "categories", "articles/moi", "articles/2026/09", "index")
    }
    assert changed <= service | {"sitemap.xml", "sitemap/trang.xml", "sitemap/2026-09.xml"}
    assert "api/v1/articles/moi.json" in changed


def test_a_page_explains_how_to_use_the_service(site: Path) -> None:
    for edition in ("", "en/"):
        page = editors.read_page(site / edition / "api/index.html")
        links = [a["href"] for a in page.main.find_all("a")]
        assert len(links) >= 10 and all((site / link.lstrip("/")).is_file() for link in links)
