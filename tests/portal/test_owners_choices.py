"""What an owner asks for: a menu, quick links, blocks of the front page, licences, and no label without its value."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup

import pelicanconf
from plugins import owner_settings
from plugins.addresses import URLS, Addresses
from plugins.owner_settings.reading import OwnerFile, read
from plugins.portal import navigation
from plugins.portal.front_page import BLOCKS, FrontPage
from tests import editors
from tests.incremental import builds

LICENCE = {"link": "https://creativecommons.org/licenses/by/4.0/", "vi": "CC BY 4.0"}
MENU = [
    {"vi": "Giới thiệu", "en": "About", "entries": [{"page": "lien-he"}, {"link": "/ban-do/", "vi": "Bản đồ"}]},
    {"section": "xa-hoi", "vi": "Đời sống"},
    {"section": "van-ban"},
    {"vi": "Ngoài", "entries": [{"section": "van-ban"}]},
    {"link": "https://dichvucong.gov.vn/", "vi": "Dịch vụ công", "en": "Public services"},
]
QUICK_LINKS = [
    {"link": "https://dichvucong.gov.vn/", "vi": "Dịch vụ công", "picture": "images/a.png"},
    {"page": "lien-he"},
    {"link": "/documents/mau-don.pdf", "vi": "Mẫu đơn"},
]


def build(folder: Path, **settings: Any) -> Path:
    """Build a small portal in two languages with settings of the owner."""
    content = editors.write_small_content(folder / "content")
    editors.write_article(content, "co-anh.md", "![Ruộng lúa](../../images/a.png)", category="Nông nghiệp")
    editors.write_file(content, "images/a.png", editors.photo(mode="RGBA"))
    editors.write_file(content, "documents/mau-don.pdf", b"%PDF-1.4")
    for name, title in (("lien-he", "Liên hệ"), ("lien-he.en", "Contact")):
        editors.write_file(content, f"pages/{name}.md", f"---\ntitle: {title}\n---\n\nNội dung.\n")
    agency = {lang: {**block, "services": []} for lang, block in pelicanconf.AGENCY.items()}
    settings = {"AGENCY": agency, "SITEURL": "https://vanson.example", "FOOTER_PAGES": []} | settings
    built = builds.build(folder / "output", content, folder / "cache", **settings)
    assert (built.status, built.complaints) == (0, ""), built
    return folder / "output"


@pytest.fixture(scope="module")
def chosen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    required = ("language", "portal", "name", "description", "owner")
    agency = {lang: {key: block[key] for key in required} for lang, block in pelicanconf.AGENCY.items()}
    return build(
        tmp_path_factory.mktemp("chosen"),
        MENU=MENU,
        QUICK_LINKS=QUICK_LINKS,
        AGENCY=agency,
        DATA_LICENCE=LICENCE,
        PICTURE_LICENCE=LICENCE | {"vi": "CC BY-NC 4.0"},
    )


def menu_of(page: BeautifulSoup) -> list[object]:
    """Return the entries of the menu: the text and address of links, and of a group its name and entries."""

    def entry(item: Any) -> object:
        if item.details:
            return item.summary.get_text(), [entry(below) for below in item.select("li")]
        return item.get_text(), item.a["href"]

    return [entry(item) for item in page.select(".sections > ul > li")]


def test_the_menu_has_sections_pages_and_other_sites_and_one_level_below(chosen: Path) -> None:
    assert menu_of(editors.read_page(chosen / "index.html")) == [
        ("Trang chủ", "/"),
        ("Giới thiệu", [("Liên hệ", "/lien-he/"), ("Bản đồ", "/ban-do/")]),
        ("Đời sống", "/chuyen-muc/xa-hoi/"),
        ("Văn bản", "/chuyen-muc/van-ban/"),  # there is nothing in it yet
        ("Ngoài", [("Văn bản", "/chuyen-muc/van-ban/")]),
        ("Dịch vụ công", "https://dichvucong.gov.vn/"),
    ]


def test_each_edition_has_its_own_pages_and_names(chosen: Path) -> None:
    page = editors.read_page(chosen / "en/index.html")
    assert menu_of(page) == [
        ("Home", "/en/"),
        ("About", [("Contact", "/en/lien-he/"), ("Bản đồ", "/en/ban-do/")]),
        ("Đời sống", "/en/chuyen-muc/xa-hoi/"),
        ("Public services", "https://dichvucong.gov.vn/"),
    ]
    assert page.select_one('.sections [lang="vi"]').get_text() == "Bản đồ"


@pytest.mark.parametrize(
    ("page", "current"),
    [
        ("lien-he/", "Liên hệ"),
        ("ban-do/", "Bản đồ"),
        ("chuyen-muc/xa-hoi/", "Đời sống"),
        ("bai-viet/mot-bai/", "Đời sống"),
    ],
)
def test_the_current_entry_is_marked_and_its_group_open(chosen: Path, page: str, current: str) -> None:
    menu = editors.read_page(chosen / page / "index.html").select_one(".sections")
    assert [link.get_text() for link in menu.select("[aria-current]")] == [current]
    assert bool(menu.select("details[open]")) == (current in ("Liên hệ", "Bản đồ"))


def test_quick_links_have_pictures_that_are_decoration(chosen: Path) -> None:
    links = editors.read_page(chosen / "index.html").select(".quick a")
    assert [(link["href"], link.get_text()) for link in links] == [
        ("https://dichvucong.gov.vn/", "Dịch vụ công"),
        ("/lien-he/", "Liên hệ"),
        ("/documents/mau-don.pdf", "Mẫu đơn"),
    ]
    assert (chosen / "documents/mau-don.pdf").is_file()  # although no article leads to it
    picture = links[0].img
    assert picture["alt"] == "" and (chosen / picture["src"].lstrip("/")).is_file() and links[1].img is None


def test_a_label_without_its_value_is_not_shown(chosen: Path) -> None:
    footer = editors.read_page(chosen / "index.html").select_one("footer")
    assert [line.get_text() for line in footer.select(".wrap > div p")] == [
        "Cổng thông tin điện tử tỉnh Vân Sơn",
        f"Cơ quan chủ quản: {pelicanconf.AGENCY['vi']['owner']}",
    ]
    everything = "".join(page.decode() for name, page in builds.contents(chosen).items() if name.endswith(".html"))
    assert 'href="tel:' not in everything and 'href="mailto:"' not in everything


def test_the_licences_are_named_wherever_data_are_taken(chosen: Path) -> None:
    api = json.loads((chosen / "api/v1/newest.json").read_text())
    assert (api["licence"], api["licence_url"]) == ("CC BY 4.0", LICENCE["link"])
    image = next(article["image"] for article in api["articles"] if "image" in article)
    assert (image["licence"], image["licence_url"]) == ("CC BY-NC 4.0", LICENCE["link"])
    assert f"<copyright>CC BY 4.0 {LICENCE['link']}</copyright>" in (chosen / "tin-moi/feed.rss").read_text()
    page = editors.read_page(chosen / "api/index.html")
    assert [link.get_text() for link in page.select('[rel="license"]')] == ["CC BY 4.0", "CC BY-NC 4.0"]
    article = editors.read_page(chosen / "bai-viet/co-anh/index.html")
    news = json.loads(article.select_one('[type="application/ld+json"]').string)["@graph"][0]
    assert news["license"] == LICENCE["link"] == news["image"]["license"]
    assert article.select_one('[name="DC.rights"]')["content"] == f"CC BY 4.0 {LICENCE['link']}"


# --- the front page ---


def rows(blocks: list[str], **sections: int) -> list[tuple[str, Any]]:
    """Return the rows of a front page as names, with the slugs of sections. sections: how many articles each has."""
    strips = [(SimpleNamespace(slug=slug), [None] * count) for slug, count in sections.items()]
    found = FrontPage(None, [], [], strips, [], blocks).rows  # type: ignore[list-item,arg-type]
    return [(name, [item if isinstance(item, str) else item[1].slug for item in content]) for name, content in found]


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        (BLOCKS, [("top", ["lead", "newest"]), ("stories", []), ("below", ["a", "b", "c"]), ("under", ["d"])]),
        (["newest", "lead"], [("top", ["newest", "lead"]), ("below", [])]),
        (["lead", "stories", "newest"], [("top", ["lead"]), ("stories", []), ("top", ["newest"]), ("below", [])]),
        (["b", "lead", "sections"], [("under", ["b"]), ("top", ["lead"]), ("below", ["a", "c", "d"])]),
        (["c", "a", "services"], [("below", ["c", "a"])]),
        (["topics", "lead"], [("top", ["lead"]), ("below", [])]),
    ],
)
def test_the_front_page_has_the_blocks_that_are_chosen_in_their_order(blocks: list[str], expected: object) -> None:
    assert rows(blocks, a=6, b=1, c=6, d=6) == expected


def test_a_front_page_without_some_blocks_shows_their_articles_elsewhere(tmp_path: Path) -> None:
    output = build(tmp_path, FRONT_PAGE=["xa-hoi", "newest"])
    page = editors.read_page(output / "index.html")
    assert not page.select(".lead-story, .trio, .side, #section-2")
    assert len(page.select(".newest li")) == 2 and page.select_one("#section-1").get_text() == "Xã hội"


# --- what is wrong with the settings ---

WRONG = [
    ('menu = [{ section = "xa-hoi" }, { sectoin = "a" }]', "sectoin"),
    ('menu = [{ section = "xa-hoi", page = "lien-he" }]', "hãy giữ một"),
    ('menu = [{ vi = "Tên" }]', "chưa dẫn tới đâu"),
    ('menu = [{ section = "the-thao" }]', "các chuyên mục là: chinh-quyen"),
    ('menu = [{ link = "https://a.example/" }]', 'vi = "'),
    ('menu = [{ link = "a.example", vi = "A" }]', '"https://a.example"'),
    ('menu = [{ link = "lien-he", vi = "A" }]', '"/lien-he/"'),
    ('menu = [{ vi = "A", entries = [{ vi = "B", entries = [] }] }]', "entries"),
    ('menu = [{ vi = "A", entries = [{ section = "the-thao" }] }]', "các chuyên mục là: chinh-quyen"),
    ('menu = [{ section = "xa-hoi", fr = "Société" }]', "languages"),
    ('menu = [{ section = "xa-hoi", vi = 3 }]', "nháy kép"),
    ('menu = { section = "xa-hoi" }', "ngoặc vuông"),
    ('quick_links = [{ page = "lien-he", picture = "images/khong-co.png" }]', "không có tệp"),
    ('look.front_page = ["lead", "newset"]', "newest"),
    ('look.front_page = ["lead", "lead"]', "hai lần"),
    ('licences.data = { link = "https://a.example/" }', 'vi = "'),
    ('licences.data = { vi = "CC BY" }', "link"),
]


@pytest.mark.parametrize(("line", "remedy"), WRONG, ids=[line[:60] for line, _ in WRONG])
def test_a_mistake_is_told_with_its_line_and_remedy(line: str, remedy: str) -> None:
    file = read(Path(pelicanconf.PATH))
    assert file
    own = OwnerFile(file.path, f"{line}\n{file.text}", tomllib.loads(line) | file.tables)
    found = owner_settings.problems(own, pelicanconf.PLUGINS)
    assert len(found) == 1 and found[0].line == 1 and remedy in found[0].message, found


def test_an_entry_that_leads_nowhere_is_told_with_its_line() -> None:
    settings = {
        "MENU": [{"vi": "A", "entries": [{"page": "khong-co"}, {"link": "/khong-co/", "vi": "B"}]}],
        "QUICK_LINKS": [
            {"link": "/mot/"},
            {"link": "https://a.example/"},
            {"link": "/lien-hee/#a"},
            {"link": "https://x.example/lien-hee/"},  # copied from the browser
        ],
    }
    edition: Any = SimpleNamespace(pages={"lien-he": SimpleNamespace(url="lien-he/")}, menu=[])
    assert [path for path, _ in navigation.missing_pages(settings, [edition])] == [("menu", 0, "entries", 0, "page")]
    dead = navigation.dead_links(
        settings, [edition], Addresses(["vi"], URLS, "https://x.example"), lambda address: address == "mot/"
    )
    assert [(path, text.rpartition(" ")[2]) for path, text in dead] == [
        (("menu", 0, "entries", 1, "link"), "ấy"),
        (("quick_links", 2, "link"), "/lien-he/?"),  # the likely one
        (("quick_links", 3, "link"), "/lien-he/?"),
    ]
    found = owner_settings.located({"PORTAL_FILE": pelicanconf.PORTAL_FILE}, [(("agency", "vi", "services"), "x")])
    assert found[0].line == 1 + Path(pelicanconf.PORTAL_FILE).read_text("utf-8").split("\n").index("services = [")
