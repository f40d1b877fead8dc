"""Pelican's settings, as its documentation describes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import editors
from tests.pelican_bridge.pelican_portals import Portal

PROOF = "google-site-verification: google123.html"


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    new_portal = Portal(tmp_path)
    editors.write_file(new_portal.content, "extra/CNAME", "portal.example\n")
    editors.write_file(new_portal.content, "extra/google123.html", PROOF)
    editors.write_file(new_portal.content, "images/a.png", editors.photo())
    new_portal.settings = {
        "STATIC_PATHS": ["extra"],
        "EXTRA_PATH_METADATA": {"extra/CNAME": {"path": "CNAME"}, "extra/google123.html": {"path": "google123.html"}},
    }
    return new_portal


def test_static_paths_are_published_as_they_are(portal: Portal) -> None:
    portal.build_successfully(STATIC_PATHS=["images", "extra/CNAME"], EXTRA_PATH_METADATA={})
    assert portal.files()["images/a.png"] == editors.photo()
    assert portal.text("extra/CNAME") == "portal.example\n"
    assert "extra/google123.html" not in portal.files()


def test_extra_path_metadata_says_where_a_file_goes(portal: Portal) -> None:
    portal.build_successfully()
    assert (portal.text("CNAME"), portal.text("google123.html")) == ("portal.example\n", PROOF)
    assert not (portal.output / "extra").exists()


def test_a_static_file_whose_source_is_deleted_is_removed(portal: Portal) -> None:
    portal.build_successfully()
    (portal.content / "extra/CNAME").unlink()
    assert portal.build_successfully(EXTRA_PATH_METADATA=portal.settings["EXTRA_PATH_METADATA"]).changes.removed == 1
    assert not (portal.output / "CNAME").exists() and (portal.output / "google123.html").exists()


def test_a_static_file_is_copied_when_it_has_changed_and_only_then(portal: Portal) -> None:
    portal.build_successfully()
    assert portal.build_successfully().counts == (0, 0, 0)
    editors.write_file(portal.content, "extra/CNAME", "another.example\n")
    assert portal.build_successfully().counts == (1, 1, 0)
    assert portal.text("CNAME") == "another.example\n"


def test_static_files_are_published_with_everything_else_or_not_at_all(portal: Portal) -> None:
    portal.build_successfully()
    editors.write_file(portal.content, "extra/CNAME", "another.example\n")
    editors.write_file(portal.content, "articles/2026/wrong.md", "---\ntitel: x\n---\n")
    assert portal.build().status == 1
    assert portal.text("CNAME") == "portal.example\n"


def test_ignored_and_excluded_files_are_left_out(portal: Portal) -> None:
    editors.write_file(portal.content, "extra/old/a.txt", "old")
    editors.write_file(portal.content, "extra/a.bak", "bak")
    portal.build_successfully(STATIC_EXCLUDES=["extra/old"], IGNORE_FILES=["*.bak"])
    names = portal.files()
    assert "CNAME" in names and not [name for name in names if name.startswith("extra/")]


def test_sources_of_articles_are_not_static_files(portal: Portal) -> None:
    editors.write_file(portal.content, "articles/2026/note.txt", "a note")
    portal.build_successfully(STATIC_PATHS=["articles"], EXTRA_PATH_METADATA={})
    assert [name for name in portal.files() if name.startswith("articles/")] == ["articles/2026/note.txt"]


def test_originals_of_pictures_are_not_published_by_default(portal: Portal) -> None:
    editors.write_article(portal.content, "anh.md", "![Núi](../../images/a.png)", title="Có ảnh")
    portal.settings = {}
    portal.build_successfully()
    assert editors.photo() not in portal.files().values()
    assert [name for name in portal.files() if name.startswith("anh/")]


def test_a_missing_static_path_is_reported(portal: Portal) -> None:
    result = portal.build_successfully(STATIC_PATHS=["extra", "well-known"])
    assert "STATIC_PATHS: well-known: warning: there is no such file or folder in" in result.complaints


def test_a_static_file_cannot_leave_the_site(portal: Portal) -> None:
    result = portal.build(EXTRA_PATH_METADATA={"extra/CNAME": {"path": "../CNAME"}})
    assert (result.status, result.crash) == (1, "")
    assert "EXTRA_PATH_METADATA: ../CNAME lies outside the site" in result.complaints
    assert not (portal.folder / "CNAME").exists()


def test_a_linked_document_in_a_static_path_is_published_once(portal: Portal) -> None:
    editors.write_file(portal.content, "documents/a.txt", "a document")
    editors.write_article(portal.content, "van-ban.md", "[Văn bản](../../documents/a.txt)", title="Có văn bản")
    portal.build_successfully(STATIC_PATHS=["documents"], EXTRA_PATH_METADATA={})
    assert portal.text("documents/a.txt") == "a document"


TEMPLATE = """{% extends "base.html" %}
{% block title %}Năm bài – {% endblock %}
{% block main %}<h1>{{ edition.agency.name }}</h1>
<p class="site">{{ SITENAME }} {{ SITEURL }}</p>
<ul>{% for article in articles %}<li><a href="{{ article.url|path }}">{{ article.title }}</a> {{ \
article.date|date(edition.lang) }}
{{ article.category }} {{ article.summary }}<div>{{ article.content|safe }}</div></li>{% endfor %}</ul>
<ol>{% for category, those in categories %}<li>{{ category.name }} {{ those|length }}</li>{% endfor %}</ol>
<nav>{% for page in pages %}<a href="{{ page.url|path }}">{{ page.title }}</a>{% endfor %}</nav>{% endblock %}
"""


def test_template_pages_are_pages_of_the_portal(portal: Portal) -> None:
    editors.write_file(portal.content, "pages/gioi-thieu.md", "---\ntitle: Giới thiệu\n---\n\nMột trang.\n")
    editors.write_file(portal.content, "src.html", TEMPLATE)
    portal.build_successfully(TEMPLATE_PAGES={"src.html": "dest/index.html"})
    page = editors.read_page(portal.output / "dest/index.html")
    assert page.title.string.startswith("Năm bài – ") and page.find("header") and page.find("footer")
    assert [link["href"] for link in page.select("main ul a")] == ["/en/bai-viet/an-article/", "/bai-viet/mot-bai/"]
    assert page.select_one("main li div p").string == "Nội dung."
    assert page.select_one(".site").string == "Cổng thông tin điện tử tỉnh Vân Sơn https://vanson.example"
    assert page.select_one("main nav a")["href"] == "/gioi-thieu/"
    assert "/dest/" in portal.text("sitemap/trang.xml")


def test_a_template_page_is_in_the_language_of_its_address(portal: Portal) -> None:
    editors.write_file(portal.content, "src.html", TEMPLATE)
    portal.build_successfully(TEMPLATE_PAGES={"src.html": "en/dest/index.html"})
    page = editors.read_page(portal.output / "en/dest/index.html")
    assert page.html["lang"] == "en" and page.select_one("a.skip").string == "Skip to main content"


def test_a_template_page_follows_what_it_shows(portal: Portal) -> None:
    editors.write_file(portal.content, "src.html", TEMPLATE)
    editors.write_file(portal.content, "plain.txt", "{{ articles|length }} articles")
    portal.settings |= {"TEMPLATE_PAGES": {"src.html": "dest/index.html", "plain.txt": "count.txt"}}
    portal.build_successfully()
    assert portal.build_successfully().counts == (0, 0, 0)
    editors.write_article(portal.content, "mot-bai.md", title="Tên mới")
    editors.write_article(portal.content, "nua.md", title="Bài nữa", date="2026-01-03")
    portal.build_successfully()
    assert "Tên mới" in portal.text("dest/index.html") and portal.text("count.txt") == "3 articles"
    portal.build_successfully(TEMPLATE_PAGES={"src.html": "dest/index.html"})
    assert not (portal.output / "count.txt").exists()


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("a\n{% if %}", "src.html:2: TemplateSyntaxError"),
        ("a\nb\n{{ articles[0].nothing.of_it }}", "src.html:3: UndefinedError"),
        ("{% include 'missing.html' %}", "src.html: there is no template missing.html"),
        (None, "src.html: TEMPLATE_PAGES: there is no such file"),
    ],
)
def test_a_mistake_in_a_template_page_is_reported_in_one_line(
    portal: Portal, template: str | None, message: str
) -> None:
    if template is not None:
        editors.write_file(portal.content, "src.html", template)
    result = portal.build(TEMPLATE_PAGES={"src.html": "dest/index.html"})
    assert (result.status, result.crash) == (1, "")
    assert message in result.complaints and "Traceback" not in result.complaints
    assert not portal.output.exists()


def test_templates_may_be_overridden_and_have_filters_of_their_own(portal: Portal) -> None:
    source = (Path(__file__).parents[2] / "theme/templates/card.html").read_text(encoding="utf-8")
    editors.write_file(portal.folder, "overrides/card.html", source + "{{ 'word'|louder }}{{ custom_number }}")
    portal.build_successfully(
        THEME_TEMPLATES_OVERRIDES=[str(portal.folder / "overrides")],
        JINJA_FILTERS={"louder": str.upper},
        JINJA_GLOBALS={"custom_number": 7},
    )
    editors.write_article(portal.content, "nua.md", title="Bài nữa", date="2026-01-03")
    portal.build_successfully(
        THEME_TEMPLATES_OVERRIDES=[str(portal.folder / "overrides")],
        JINJA_FILTERS={"louder": str.upper},
        JINJA_GLOBALS={"custom_number": 7},
    )
    assert "WORD7" in portal.text("tin-moi/index.html")


def test_settings_for_pages_that_the_portal_makes_in_its_own_way_change_nothing(portal: Portal) -> None:
    portal.build_successfully()
    names = portal.files().keys()
    portal.build_successfully(
        OUTPUT_SOURCES=True,
        DIRECT_TEMPLATES=["index", "archives"],
        PAGINATED_TEMPLATES={"index": 2},
        FEED_ALL_ATOM="all.atom.xml",
        DELETE_OUTPUT_DIRECTORY=True,
        RELATIVE_URLS=True,
    )
    assert portal.files().keys() == names
