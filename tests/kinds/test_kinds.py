"""A kind of content is one folder: page, list, feed, web service, search, PDF and recording are added and removed with
it.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from zoneinfo import ZoneInfo

import jsonschema
import pytest
from lxml import etree
from pypdf import PdfReader

from plugins.features import Status
from plugins.portal.reading import set_statuses
from plugins.portal.stories import Story
from tests import editors, portals
from tests.search import published

from . import consultations

NOON = 1779950000  # 28 May 2026, in the afternoon
DAY = 86_400


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("kinds")
    content = editors.write_small_content(root / "content")
    consultations.write(
        content,
        "gia-dat",
        "Bảng giá đất năm 2027",
        "2026-05-20",
        "2026-06-10",
        "Bảng giá đất của các xã.",
        number="12/DT",
        fields="Đất đai; Tài chính",
        authors="Sở Tài chính",
    )
    consultations.write(content, "quy-che", "Quy chế tiếp dân", "2026-03-01", "2026-03-31", fields="đất đai")
    result = portals.build(
        root / "output",
        content,
        settings=consultations.install(root / "elsewhere"),
        env={"SOURCE_DATE_EPOCH": str(NOON)},
        pdf=True,
        audio=True,
    )
    assert (result.returncode, result.stderr) == (0, "")
    return root / "output"


def test_an_item_of_a_kind_has_its_page(site: Path) -> None:
    page = editors.read_page(site / "gop-y/gia-dat/index.html")
    assert (
        page.h1.get_text() == "Bảng giá đất năm 2027"
        and page.find("meta", {"name": "kind"})["content"] == "consultation"
    )
    assert [link["href"] for link in page.select(".crumb a")] == ["/", "/gop-y/"]
    rail = {group.dt.get_text(): group.dd.get_text() for group in page.select(".rail dl > div")}
    assert rail["Trạng thái"] == "Đang lấy ý kiến" and rail["Số hiệu"] == "12/DT"
    data = json.loads(page.select_one('script[type="application/ld+json"]').string)["@graph"][0]
    assert data["@type"] == "Legislation" and "articleSection" not in data  # which only articles have
    assert not page.select("form[method=post]")  # only articles are rated


def test_a_kind_has_its_list_and_feed(site: Path) -> None:
    page = editors.read_page(site / "gop-y/index.html")
    assert page.select_one("header.title").get_text(" ", strip=True) == "Dự thảo lấy ý kiến 2 mục."
    assert [link.get_text() for link in page.select("article h2")] == ["Bảng giá đất năm 2027", "Quy chế tiếp dân"]
    assert [line.get_text().strip().split(" · ")[-1] for line in page.select("article .meta")] == [
        "12/DT",
        "Đã hết hạn góp ý",
    ]
    feed = etree.parse(site / "gop-y/feed.atom")
    titles = feed.xpath("//a:entry/a:title/text()", namespaces={"a": "http://www.w3.org/2005/Atom"})
    assert titles == ["Bảng giá đất năm 2027", "Quy chế tiếp dân"]
    assert page.find("link", type="application/atom+xml")["href"] == "/gop-y/feed.atom"
    assert "/gop-y/" in {link["href"] for link in editors.read_page(site / "so-do-trang/index.html").select(".map a")}


def test_items_with_something_in_common_have_a_list_feeds_and_a_choice_in_search(site: Path) -> None:
    page = editors.read_page(site / "gop-y/index.html")
    assert [link["href"] for link in page.select("main nav[aria-label='Xem theo'] a")] == ["/gop-y/linh-vuc/"]
    page = editors.read_page(site / "gop-y/linh-vuc/index.html")
    assert [(link["href"], link.get_text()) for link in page.select(".map a")] == [
        ("/gop-y/linh-vuc/dat-dai/", "đất đai (2)"),
        ("/gop-y/linh-vuc/tai-chinh/", "Tài chính (1)"),
    ]
    page = editors.read_page(site / "gop-y/linh-vuc/tai-chinh/index.html")
    assert [link.get_text() for link in page.select("article h2")] == ["Bảng giá đất năm 2027"]
    assert page.find("link", type="application/atom+xml")["href"] == "/gop-y/linh-vuc/tai-chinh/feed.atom"
    assert "Bảng giá đất" in (site / "gop-y/linh-vuc/tai-chinh/feed.atom").read_text()
    page = editors.read_page(site / "tim-kiem/index.html")
    choice = page.find("select", {"name": "consultation.field", "data-filter": True})
    assert [option["value"] for option in choice.select("option")] == ["", "dat-dai", "tai-chinh"]
    assert "/gop-y/linh-vuc/tai-chinh/" in (site / "sitemap/trang.xml").read_text()


def test_lists_of_articles_have_articles_only(site: Path) -> None:
    for name in ("index.html", "tin-moi/index.html", "luu-tru/index.html"):
        assert "giá đất" not in (site / name).read_text("utf-8")


def test_the_web_service_has_a_kind(site: Path) -> None:
    index = json.loads((site / "api/v1/index.json").read_text())
    assert index["kinds"]["consultation"] == "https://vanson.example/api/v1/consultation.json"
    consultations = json.loads((site / "api/v1/consultation.json").read_text())
    assert [consultation["id"] for consultation in consultations["articles"]] == ["gia-dat", "quy-che"]
    consultation = json.loads((site / "api/v1/consultation/gia-dat.json").read_text())
    assert (consultation["number"], consultation["status"]) == (
        "12/DT",
        "Đang lấy ý kiến",
    ) and "các xã" in consultation["content_html"]
    for name, response in (("articles", consultations), ("article", consultation)):
        jsonschema.validate(response, json.loads((site / f"api/v1/schema/{name}.json").read_text()))


def test_an_item_of_a_kind_can_be_found_and_has_pdf_and_recording(site: Path) -> None:
    found = published.articles(site / "tim-kiem")
    assert ("/gop-y/gia-dat/", "Dự thảo lấy ý kiến") in {(article[1], article[3]) for article in found}
    choices = [
        option["value"] for option in editors.read_page(site / "tim-kiem/index.html").select("#f-category option")
    ]
    assert "consultation" in choices
    text = " ".join(PdfReader(site / "gop-y/gia-dat/gia-dat.pdf").pages[0].extract_text().split())
    assert "Số hiệu: 12/DT" in text and "Trạng thái: Đang lấy ý kiến" in text
    assert (site / "gop-y/gia-dat/gia-dat.mp3").stat().st_size > 1000
    assert "Bảng giá đất của các xã." in (site / "gop-y/gia-dat/gia-dat.vtt").read_text()
    assert "https://vanson.example/gop-y/gia-dat/" in (site / "sitemap/consultation.xml").read_text()


def test_headers_of_a_kind_are_checked(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_file(
        content,
        "consultations/sai.md",
        "---\ntitle: Sai\ndate: 2026-05-01\nopens: 2026-05-01\ncategory: Xã hội\n---\n\nx\n",
    )
    result = portals.build(tmp_path / "output", content, settings=consultations.install(tmp_path / "elsewhere"))
    assert result.returncode == 1 and "thiếu closes" in result.stderr
    assert "sai.md:5: không có khóa category" in result.stderr


def test_without_its_line_in_plugins_nothing_of_a_kind_is_left(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    env = {"SOURCE_DATE_EPOCH": str(NOON)}
    assert portals.build(tmp_path / "before", content, env=env).returncode == 0
    consultations.write(content, "gia-dat", "Bảng giá đất", "2026-05-20", "2026-06-10")
    assert (
        portals.build(
            tmp_path / "output", content, settings=consultations.install(tmp_path / "elsewhere"), env=env
        ).returncode
        == 0
    )
    assert (tmp_path / "output/gop-y/gia-dat/index.html").is_file()
    assert portals.build(tmp_path / "output", content, settings="FORCE = True", env=env).returncode == 0
    assert editors.file_digests(tmp_path / "output") == editors.file_digests(tmp_path / "before")


def test_a_later_build_renders_only_what_has_changed_with_time(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    settings = consultations.install(tmp_path / "elsewhere")
    for number, (opens, closes) in enumerate(
        (("2026-05-20", "2026-05-28"), ("2026-05-29", "2026-06-02"), ("2026-01-01", "2026-01-02"))
    ):
        consultations.write(content, f"du-thao-{number}", f"Dự thảo {number}", opens, closes, date="2026-05-01")
    for day in (0, 1, 2, 6, 7):
        env = {"SOURCE_DATE_EPOCH": str(NOON + day * DAY)}
        before = editors.file_digests(tmp_path / "output") if day else {}
        assert portals.build(tmp_path / "output", content, settings=settings, env=env).returncode == 0
        assert portals.build(tmp_path / f"clean-{day}", content, settings=settings, env=env).returncode == 0
        now = editors.file_digests(tmp_path / "output")
        assert now == editors.file_digests(tmp_path / f"clean-{day}"), day
        pages = {
            name
            for name in now
            if name.startswith("gop-y/du-thao") and name.endswith(".html") and before.get(name) != now[name]
        }
        due = {0: {0, 1, 2}, 1: {0, 1}, 6: {1}}.get(day, set())
        assert {name.split("/")[1] for name in pages} == {f"du-thao-{number}" for number in due}, day


def test_due_prints_the_next_time_at_which_something_changes(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    settings = consultations.install(tmp_path / "elsewhere")
    settings += "\nPLUGINS.remove('plugins.security_txt')"  # which changes twice a year

    def due(day: int) -> str:
        # the build writes the settings file that the command reads
        assert portals.build(tmp_path / "output", content, settings=settings).returncode == 0
        options = {"content": content, "output": tmp_path / "output", "config": f"{tmp_path}/output-conf.py"}
        words = [f"--{name}={value}" for name, value in options.items()]
        result = portals.tasks("due", *words, env={"SOURCE_DATE_EPOCH": str(NOON + day * DAY)})
        assert (result.returncode, result.stderr) == (0, "")
        return result.stdout.strip()

    assert due(0) == ""
    consultations.write(content, "mot", "Một", "2026-05-30", "2026-06-02", date="2026-05-01")
    editors.write_article(content, "sau.md", title="Sau này", date="2026-05-29 08:00")
    assert [due(day) for day in (0, 1, 2, 6)] == [
        "2026-05-29T08:00:00+07:00",
        "2026-05-30T00:00:00+07:00",
        "2026-05-31T08:00:01+07:00",
        "",
    ]


@pytest.mark.parametrize(
    ("hour", "expected", "change"),
    [(7, "", 8), (8, "In force", 17), (16, "In force", 17), (17, "Ended", None), (23, "Ended", None)],
)
def test_a_status_may_change_in_the_course_of_a_day(hour: int, expected: str, change: int | None) -> None:
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    start, end = datetime(2026, 11, 28, 8), datetime(2026, 11, 28, 17, tzinfo=zone)  # with and without time zone
    chain = Status("", start, Status("In force", end, Status("Ended")))
    said: list[str] = []
    story = SimpleNamespace(
        content_kind=SimpleNamespace(status=lambda header, day: chain, facts=()),
        metadata={},
        set_status_text=said.append,
    )
    changes = set_statuses([cast(Story, story)], datetime(2026, 11, 28, hour, tzinfo=zone))
    assert said == ([expected] if expected else [])
    assert changes == ([datetime(2026, 11, 28, change, tzinfo=zone)] if change else [])


def test_headers_of_kinds_without_a_status_are_not_loaded() -> None:
    article = SimpleNamespace(content_kind=SimpleNamespace(status=None, facts=()))  # and no header that could be asked
    assert set_statuses([cast(Story, article)], datetime(2026, 11, 28)) == []
