"""A notice is shown as long as it is in force, on the pages that it concerns, and no article changes with it."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree

from plugins.notices import header, status
from tests import editors
from tests.incremental import builds

CAP = {"c": "urn:oasis:names:tc:emergency:cap:1.2"}
HOUR = 3600
NOON = datetime.fromtimestamp(builds.NOON)


def at(hours: float) -> str:
    """Return a time some hours after the build, as editors write it (the portal's time zone, UTC+7)."""
    return (datetime(1970, 1, 1) + timedelta(seconds=builds.NOON + (7 + hours) * HOUR)).strftime("%d/%m/%Y %H:%M")


def write_notice(content: Path, slug: str, body: str = "Việc cần làm.", **values: str) -> None:
    defaults = {"title": f"Tin {slug}", "level": "cảnh báo", "from": at(-5), "until": at(2)}
    lines = [f"{key}: {value}" for key, value in (defaults | values).items()]
    editors.write_file(content, f"thong-bao/2026/{slug}.md", "\n".join(["---", *lines, "---", "", body, ""]))


def build(root: Path, output: str, epoch: int = builds.NOON) -> builds.Built:
    built = builds.build(root / output, root / "content", root / "cache", epoch=epoch, SITEURL="https://vanson.example")
    assert built.status == 0, built.complaints + built.crash
    return built


def shown(page: Path) -> list[str]:
    """Return the titles in the banner of a page."""
    return [link.get_text() for link in editors.read_page(page).select(".skip + .alerts li > a")]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portal without notices ("before") and with some ("output")."""
    folder = tmp_path_factory.mktemp("notices")
    content = editors.write_small_content(folder / "content")
    build(folder, "before")
    write_notice(content, "lu", level="khẩn", where="[Xã Khau Mười, hoa đào]", kind="thiên tai", phone="0200 000 0114")
    write_notice(content, "ret", level="Cảnh báo", until="1/6/2026")
    write_notice(content, "tuyen", level="thong tin", until="31/12/2026", **{"from": at(-9)})
    write_notice(content, "da-qua", level="khẩn", until=at(-1))
    write_notice(content, "sap-toi", **{"date": at(-1), "from": at(1)})
    build(folder, "output")
    return folder


def test_the_banner_is_in_the_bytes_of_lists_and_of_the_communes_named(root: Path) -> None:
    everywhere = ["Tin lu", "Tin ret", "Tin tuyen"]  # the most urgent first
    banners = {page: shown(root / "output" / page) for page in editors.read_pages(root / "output")}
    with_banner = {page: titles for page, titles in banners.items() if titles}
    communes = {page: titles for page, titles in with_banner.items() if page.startswith("ban-do/")}
    assert communes == {
        "ban-do/index.html": everywhere,
        "ban-do/xa-khau-muoi/index.html": ["Tin lu"],
        "ban-do/phuong-hoa-dao/index.html": ["Tin lu"],
    }
    lists = {"index.html", "tin-moi/index.html", "chuyen-muc/xa-hoi/index.html", "thong-bao/index.html", "404.html"}
    assert with_banner.keys() - communes.keys() == lists
    assert all(with_banner[page] == everywhere for page in lists)
    text = editors.read_page(root / "output/index.html").select_one(".alerts").get_text(" ", strip=True)
    assert text.startswith("Khẩn: Tin lu (đến 29") and "Xã Khau Mười, hoa đào" in text and "0200 000 0114" in text


def test_no_byte_of_an_article_changes(root: Path) -> None:
    for page in ("bai-viet/mot-bai/index.html", "en/bai-viet/an-article/index.html", "gioi-thieu/index.html"):
        before, after = (root / folder / page for folder in ("before", "output"))
        assert before.exists() == after.exists() and (not before.exists() or before.read_bytes() == after.read_bytes())
    unchanged = editors.file_digests(root / "before").items() & editors.file_digests(root / "output").items()
    assert "en/index.html" in dict(unchanged)


def test_other_pages_ask_for_the_warnings(root: Path) -> None:
    code, values = re.fullmatch(
        r'import show from "/(\S+)";\nshow\((.*)\);\n', (root / "output/thong-bao.js").read_text()
    ).groups()
    banners = json.loads(values)
    assert re.findall(r">(Tin [\w-]+)<", banners["vi"]) == ["Tin lu", "Tin ret"] and "en" not in banners
    assert (root / "output" / code).is_file() and (root / "output" / banners["css"].lstrip("/")).is_file()
    assert (root / "before/thong-bao.js").read_bytes() == b""


def test_the_list_has_those_in_force_first_and_each_page_says_how_it_stands(root: Path) -> None:
    page = editors.read_page(root / "output/thong-bao/index.html")
    assert [link.get_text() for link in page.select("article h2")] == [
        "Tin lu",
        "Tin ret",
        "Tin tuyen",
        "Tin sap-toi",
        "Tin da-qua",
    ]
    marks = [line.get_text() for line in page.select("article .meta")]
    assert "Chưa có hiệu lực" in marks[3] and "Đã hết hiệu lực" in marks[4] and "hiệu lực" not in marks[0]
    pages = {slug: editors.read_page(root / f"output/thong-bao/{slug}/index.html") for slug in ("lu", "da-qua")}
    heads = {slug: page.select_one(".alert-head") for slug, page in pages.items()}
    assert heads["lu"].get_text().startswith("Khẩn, Xã Khau Mười, hoa đào. Hiệu lực: từ 28/5/2026, 22:26 đến")
    assert heads["lu"].select_one("[data-until]")["data-ended"].startswith("Thông báo này đã hết hiệu lực: ")
    assert "Thông báo này đã hết hiệu lực" in heads["da-qua"].get_text() and not heads["da-qua"].select("[data-until]")
    feed = etree.parse(root / "output/thong-bao/feed.atom")
    assert "Tin lu" in feed.xpath("//a:entry/a:title/text()", namespaces={"a": "http://www.w3.org/2005/Atom"})
    entry = json.loads((root / "output/api/v1/notice/lu.json").read_text())
    assert (entry["level"], entry["where"], entry["phone"]) == ("khan", ["Xã Khau Mười", "hoa đào"], "0200 000 0114")
    assert entry["until"].endswith("+07:00")


def test_the_alert_for_other_systems(root: Path) -> None:
    alert = etree.parse(root / "output/thong-bao/lu/lu.cap.xml")

    def text(name: str) -> list[str]:
        return [element.text for element in alert.iterfind(f".//c:{name}", CAP)]

    order = [etree.QName(child).localname for child in alert.getroot()]
    assert order == ["identifier", "sender", "sent", "status", "msgType", "scope", "info"]
    assert [etree.QName(child).localname for child in alert.find("c:info", CAP)][:7] == [
        "language",
        "category",
        "event",
        "urgency",
        "severity",
        "certainty",
        "onset",
    ]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d", text("expires")[0])
    assert (text("category"), text("severity"), text("areaDesc")) == (
        ["Met"],
        ["Severe"],
        ["Xã Khau Mười", "Phường Hoa Đào"],
    )
    assert text("web") == ["https://vanson.example/thong-bao/lu/"] and text("description") == ["Việc cần làm."]
    assert text("status") == ["Exercise"] and not re.search(r"[ ,<&]", text("identifier")[0])


def test_it_ends_and_begins_with_the_clock_as_a_clean_build_says(root: Path) -> None:
    later = build(root, "output", builds.NOON + 2 * HOUR)
    build(root, "clean", builds.NOON + 2 * HOUR)
    assert editors.file_digests(root / "output") == editors.file_digests(root / "clean")
    assert shown(root / "output/index.html") == ["Tin ret", "Tin tuyen"] and not shown(
        root / "output/ban-do/phuong-hoa-dao/index.html"
    )
    assert not [name for name in later.reasons if name.startswith(("bai-viet", "en/", "luu-tru"))]


def test_the_status_is_a_chain_of_times() -> None:
    first = status({"from": "2026-11-28T08:00:00+07:00", "until": "2026-11-28T17:00:00+07:00"}, NOON.date())
    assert (first.text, str(first.until)) == ("Not yet in force", "2026-11-28 08:00:00+07:00")
    assert first.then and (first.then.text, str(first.then.until)) == ("", "2026-11-28 17:00:00+07:00")
    assert first.then.then and (first.then.then.text, first.then.then.until) == ("Ended", None)


@pytest.mark.parametrize(
    ("check", "written", "value"),
    [
        (header.level, "KHẨN", "khan"),
        (header.level, "Cảnh  báo", "canh-bao"),
        (header.level, "thong-tin", "thong-tin"),
        (header.level, "khẩn cấp", None),
        (header.subject, "điện nước", "dien-nuoc"),
        (header.subject, "Thiên tai", "thien-tai"),
        (header.subject, "bóng đá", None),
        (header.end_time, "29/11/2026", datetime(2026, 11, 29, 23, 59, 59)),
        (header.end_time, "2026-11-29 17:00", datetime(2026, 11, 29, 17)),
        (header.end_time, "17h30 ngày 29/11/2026", datetime(2026, 11, 29, 17, 30)),
        (header.end_time, "29/11/2026 17 giờ", datetime(2026, 11, 29, 17)),
        (header.end_time, "2026-11-29 00:00", datetime(2026, 11, 28, 23, 59, 59)),  # its page says 28/11
        (header.end_time, "24h ngày 29/11/2026", datetime(2026, 11, 29, 23, 59, 59)),
        (header.place, "Toàn tỉnh", ""),
        (header.place, "  xã Nà   Lẹng", "xã Nà Lẹng"),
        (header.phone, "112", "112"),
        (header.phone, "+84 205 3870-114", "+84 205 3870-114"),
        (header.phone, "gọi anh Tư", None),
        (header.phone, "12", None),
    ],
)
def test_values_of_the_header(check: object, written: str, value: object) -> None:
    assert callable(check)
    if value is None:
        with pytest.raises(ValueError, match=r"\w"):
            check(written)
    else:
        assert check(written) == value


def test_what_is_wrong_is_told_with_its_line(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    write_notice(content, "nguoc", **{"from": at(3)})
    write_notice(content, "dai", level="khẩn", until=at(24 * 8))
    write_notice(content, "chu-dai", "Dài lắm. " * 80, level="khẩn")
    write_notice(content, "cho-la", where="[Xã Bốn, toàn tỉnh]")
    write_notice(content, "lau", until="1/12/2062")
    write_notice(content, "muon", date=at(4))
    write_notice(content, "bay-ngay", level="khẩn", until=at(24 * 7 - 5))
    first = builds.build(tmp_path / "output", content, tmp_path / "cache")
    assert first.status == 1 and "nguoc.md:5: until: a notice ends after it begins" in first.complaints
    assert "dai.md:5: until: an urgent notice lasts seven days at most" in first.complaints
    assert "muon.md:6: date: the notice would be published when it has ended" in first.complaints
    for name in ("nguoc", "dai", "muon"):
        (content / f"thong-bao/2026/{name}.md").unlink()
    second = builds.build(tmp_path / "output", content, tmp_path / "cache")
    assert "chu-dai.md:3: warning: an urgent notice has 600 letters at most, this one has 719" in second.complaints
    # an urgent notice is not held back by a name
    assert second.status == 0 and "cho-la.md:6: warning: where: the map has no Xã Bốn; it has:" in second.complaints
    assert "lau.md:5: warning: until: the notice would be shown for" in second.complaints
    assert "bay-ngay" not in first.complaints + second.complaints
