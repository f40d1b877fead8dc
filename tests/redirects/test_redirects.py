"""Addresses of an old portal redirect to the articles of this one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins import redirects
from plugins.addresses import URLS, Addresses
from plugins.languages import language
from plugins.web_server.former_addresses import canonical
from tests import editors, portals
from tests.incremental import builds

ADDRESSES = Addresses(["vi", "tyz"], URLS, "https://x.vn")
OLD = 'OLD_PORTALS = ["cu.vanson.example"]'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("moved")
    content = editors.write_small_content(folder / "content")
    editors.write_article(
        content,
        "doi-slug.md",
        title="Đổi slug",
        aliases="\n  - /bai-viet/slug-cu/\n  - /tin/chi-tiet-12.html\n  - /Default.aspx?id=12&x=$1",
    )
    editors.write_article(
        content, "tu-cong-cu.md", title="Từ cổng cũ", source_url="https://cu.vanson.example/tin/bai%20cu/"
    )
    editors.write_article(
        content, "tu-noi-khac.md", title="Từ nơi khác", source_url="https://laichau.gov.vn/tin/bai-la/"
    )
    result = portals.build(folder / "output", content, settings=OLD)
    assert (result.returncode, result.stderr) == (0, "")
    return folder / "output"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("bai-viet/slug-cu/index.html", "/bai-viet/doi-slug/"),
        ("tin/chi-tiet-12.html", "/bai-viet/doi-slug/"),
        ("tin/bai cu/index.html", "/bai-viet/tu-cong-cu/"),
    ],
)
def test_an_old_address_redirects(built: Path, old: str, new: str) -> None:
    page = editors.read_page(built / old)
    assert page.find("meta", {"http-equiv": "refresh"})["content"] == f"0; url={new}"
    assert page.find("link", rel="canonical")["href"] == f"https://vanson.example{new}"
    assert page.html["lang"] == "vi" and page.h1.get_text() and page.a["href"] == new
    assert "noindex" in page.find("meta", {"name": "robots"})["content"]


@pytest.mark.parametrize(
    ("plain", "other"),
    [
        ("/Tin-Tức/Bài.aspx", "/tin-t%E1%BB%A9c/b%C3%A0i.ASPX"),
        ("/tin/bai.aspx?Id=1", "/tin//bai.aspx?id=%31"),
        ("/tin/", "///Tin//"),
    ],
)
def test_one_address_has_one_form_however_it_is_written(plain: str, other: str) -> None:
    assert canonical(plain) == canonical(other)
    assert canonical("/tin?q=a//b") != canonical("/tin?q=a/b")


def test_a_source_on_another_site_is_not_an_address_of_the_portal(built: Path) -> None:
    assert not list((built / "tin").glob("bai-la*"))
    assert "bai-la" not in (built / "nginx/http.conf").read_text()


def test_static_hosts_have_a_list_of_what_they_can_express(built: Path) -> None:
    lines = (built / "_redirects").read_text().splitlines()
    assert "/bai-viet/slug-cu/ /bai-viet/doi-slug/ 301" in lines
    assert not [line for line in lines if "?" in line]


def test_two_articles_with_the_same_old_address_stop_the_build(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_article(content, "mot.md", title="Một", aliases="[/cu/, /mot-cu/]")
    editors.write_article(content, "hai.md", title="Hai", aliases="[/cu/]")
    editors.write_article(content, "ba.md", title="Ba", aliases="[/bai-viet/mot/]")
    result = portals.build(tmp_path / "output", content, env=editors.ENGLISH)
    assert result.returncode == 1 and "Traceback" not in result.stderr
    errors = [line for line in result.stderr.split("\n") if "aliases:" in line]
    assert len(errors) == 2 and any("/cu/ already leads to" in e and "mot.md:1" in e for e in errors)
    assert any("/bai-viet/mot/ already leads to" in e for e in errors)


def test_addresses_that_nginx_cannot_tell_apart_are_one(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    for name, alias in {
        "mot": "/tin/bản/",
        "hai": "/tin/b%E1%BA%A3n/",
        "ba": "/Tin/Bản/",
        "bon": "/Bai-viet/mot/",
    }.items():
        editors.write_article(content, f"{name}.md", title=name, aliases=f"[{alias}]")
    result = portals.build(tmp_path / "output", content, env=editors.ENGLISH)
    errors = [line for line in result.stderr.split("\n") if "already leads to" in line]
    assert result.returncode == 1 and len(errors) == 3, result.stderr


def test_an_address_that_is_too_long_is_reported_and_left_out(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_article(content, "dai.md", title="Dài", aliases=f"[/tin/{'x' * 2000}]")
    result = portals.build(tmp_path / "output", content, env=editors.ENGLISH)
    assert result.returncode == 0 and "dai.md:1: warning: the former address /tin/xxx" in result.stderr
    assert "xxx" not in (tmp_path / "output/nginx/http.conf").read_text()


WRONG = {
    "cu.html": "must be an address that begins with",
    "javascript:alert(1)": "must be an address that begins with",
    "/../etc/passwd": "no browser asks",
    "/x/%2E/y": "no browser asks",
    "/a%00b": "no browser asks",
    "/a%0D%0Ab": "no browser asks",
    "/a b": "write /a%20b",
    "'/x\"y'": "write /x%22y",
    "/tin#muc-2": "write /tin",
    "/giam 50%": "write /giam%2050%25",
    "/a%zz": "write /a%25zz",
    "'/a\\b'": "write /a%5Cb",
}
OWN = [
    "/tin-moi/", "/tim-kiem", "/index.html", "/en/", "/chuyen-muc/xa-hoi/", "/bai-viet/mot-bai", "/404.html",
    "/danh-gia", "/thong-ke.json", "/nginx/server.conf", "/_headers", "/robots.txt", "/sitemap.xml",
    "/api/v1/articles.json", "/robots.txt/cu.html",
]  # fmt: skip
BELOW = ["/tin-moi/bai-cu.html", "/documents/cu.html", "/?id=3", "/index.html?p=3", "/x/"]


def articles_with(content: Path, aliases: list[str]) -> Path:
    """Write a content folder with an article for each alias: bai-0.md, bai-1.md and so on."""
    editors.write_small_content(content)
    for number, alias in enumerate(aliases):
        editors.write_article(content, f"bai-{number}.md", title=f"Bài {number}", aliases=f"[{alias}]")
    return content


@pytest.fixture(scope="module")
def invalid_alias_warnings(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a build prints if every article has an alias that is not an address."""
    folder = tmp_path_factory.mktemp("wrong")
    result = portals.build(folder / "output", articles_with(folder / "content", list(WRONG)), env=editors.ENGLISH)
    assert result.returncode == 1
    return result.stderr


@pytest.mark.parametrize("number", range(len(WRONG)), ids=WRONG)
def test_an_invalid_alias_is_reported(invalid_alias_warnings: str, number: int) -> None:
    expected = re.escape(list(WRONG.values())[number])
    assert re.search(rf"/bai-{number}\.md:\d+: aliases: (.*; )?{expected}( |\.|;|$)", invalid_alias_warnings, re.M)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with content and the site that is built from it."""
    folder = tmp_path_factory.mktemp("own")
    content = editors.write_small_content(folder / "content")
    assert builds.build(folder / "output", content, folder / "cache").status == 0
    return folder


@pytest.mark.parametrize("address", OWN)
def test_an_alias_that_is_an_address_of_the_portal_is_reported(published: Path, tmp_path: Path, address: str) -> None:
    before = editors.file_digests(published / "output")
    article = editors.write_article(published / "content", "mot.md", title="Một", aliases=f"[{address}]")
    for output in (published / "output", tmp_path / "another"):
        built = builds.build(output, published / "content", published / "cache")
        assert (built.status, built.crash) == (1, "")
        assert built.complaints.startswith(f"{article}:1: {address} is no former address"), built.complaints
    assert editors.file_digests(published / "output") == before


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("below")
    content = articles_with(folder / "content", [f'"{address}"' for address in BELOW])
    result = portals.build(folder / "output", content)
    assert (result.returncode, result.stderr) == (0, "")
    return folder / "output"


@pytest.mark.parametrize("number", range(len(BELOW)), ids=BELOW)
def test_an_old_address_below_the_portals_own_redirects(below: Path, number: int) -> None:
    key = BELOW[number] if "?" in BELOW[number] else f"{BELOW[number]}?"
    assert f'"{key}" /bai-viet/bai-{number}/;' in (below / "nginx/http.conf").read_text()


def test_only_addresses_that_a_file_can_answer_get_a_redirect() -> None:
    assert redirects.redirect_file("/a/b/", ADDRESSES) == "a/b/index.html"
    assert redirects.redirect_file("/a.html", ADDRESSES) == "a.html"
    assert redirects.redirect_file("/tin.aspx", ADDRESSES) == "tin.aspx/index.html"
    assert (
        redirects.redirect_file("/?id=3", ADDRESSES)
        == redirects.redirect_file("/a?id=3", ADDRESSES)
        == redirects.redirect_file("/%2e%2e/x", ADDRESSES)
        == ""
    )


def test_a_redirect_page_marks_its_fallback_texts() -> None:
    html = redirects.redirect_page("tyz/bai-viet/a/", ADDRESSES, language("tyz")).decode()
    assert '<html lang="tyz">' in html and '<title lang="vi">' in html and '<h1 lang="vi">' in html
    assert redirects.redirect_page("a/", ADDRESSES, language("vi")).decode().count("lang=") == 1


def test_a_list_is_found_under_every_right_spelling_of_its_name(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    names = {"tags": "[kĩ thuật]", "authors": "[Lý Sỹ Mỹ]", "category": "Địa lý"}
    editors.write_article(content, "cu.md", date="2026-01-01", **names)
    editors.write_article(content, "moi.md", date="2026-02-01", tags="[kỹ thuật, Mi, Vy]", authors="[Lí Sĩ Mỹ]")
    editors.write_article(content, "ban.md", tags="[My]", aliases="[/chuyen-muc/dia-li/]")
    built = builds.build(tmp_path / "output", content, tmp_path / "cache")
    assert (built.status, built.crash) == (0, "")
    lines = (tmp_path / "output/_redirects").read_text().splitlines()
    authors = [f"l{a}-s{b}-m{c}" for a in "iy" for b in "iy" for c in "iy"]
    expected = [f"/tac-gia/{slug}/ /tac-gia/ly-sy-my/ 301" for slug in authors if slug != "ly-sy-my"]
    expected += ["/chu-de/ky-thuat/ /chu-de/ki-thuat/ 301", "/chuyen-muc/dia-li/ /bai-viet/ban/ 301"]
    expected += ["/chu-de/mi/ /chu-de/my/ 301"]
    assert sorted(lines) == sorted(expected)  # Mi and My are two spellings of one name, Vy is another than Vi
    page = editors.read_page(tmp_path / "output/chu-de/ky-thuat/index.html")
    assert page.a["href"] == "/chu-de/ki-thuat/" and page.html["lang"] == "vi"
    assert '"/chu-de/ky-thuat/?" /chu-de/ki-thuat/;' in (tmp_path / "output/nginx/http.conf").read_text()
