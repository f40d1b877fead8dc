"""What an edit costs, in files rendered, written and removed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests import editors, portals

from .builds import NOON, contents
from .portal_edits import DAY, EditedPortal
from .test_identity import compare

COUNT = 120
# what to keep ahead for reading without a line names the pages with their fingerprints
KEPT_AHEAD = {"ngoai-tuyen.js", "ngoai-tuyen.json"}
ICONS = {"apple-touch-icon.png", "icon-192.png", "icon-512.png", "icon-maskable.png"}  # of the theme's emblem
MIDDLE = "articles/2026/bai-060.md"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> EditedPortal:
    """A hundred and twenty articles, ten per page; every twentieth has a picture."""
    portal = EditedPortal(tmp_path_factory.mktemp("costs") / "portal")
    portal.settings = {"SITEURL": "https://vanson.example"}
    editors.write_file(portal.content, "images/anh.png", editors.photo(40, 30))
    editors.write_file(portal.content, "documents/van-ban.txt", "Văn bản")
    for number in range(COUNT):
        after = ("![Con đường vào bản](../../images/anh.png)",) if number % 20 == 0 else ()
        portal.article(
            f"bai-{number:03}", f"Nội dung {number}.", after,
            title=f"Việc số {number}", date=f"2025-{number // 28 + 1:02}-{number % 28 + 1:02}",
            category=("Xã hội", "Nông nghiệp")[number % 2], tags=f"[chủ đề {number % 5}, chủ đề {number % 7 + 10}]",
            authors=("Lê Dũng", "Thùy Linh", "Ban Biên tập")[number % 3],
        )  # fmt: skip
    portal.add("pages/lien-he.md", "Trang.", title="Liên hệ")
    portal.article("tuong-lai", title="Ngày mai", date="2026-05-30", tags="[ngày mai]")
    portal.texts[MIDDLE].after.append("[văn bản](../../documents/van-ban.txt)")
    portal.write(MIDDLE)
    assert portal.build(partial(record_forks, portal.root.parent / "forks"), JOBS=2).status == 0
    return portal


def record_forks(file: Path) -> None:
    """Let this process write down how many threads it has whenever it forks."""
    import numpy  # noqa: F401  what a build may load

    def record() -> None:
        with file.open("a", encoding="utf-8") as stream:
            stream.write(f"{len(os.listdir('/proc/self/task'))} ")

    os.register_at_fork(before=record)


@pytest.mark.skipif(not os.path.exists("/proc/self/task"), reason="threads are counted on Linux only")
def test_a_build_forks_before_it_has_threads(built: EditedPortal) -> None:
    """What a thread holds at that moment, a copy would wait for without end."""
    threads = (built.root.parent / "forks").read_text().split()
    assert set(threads) == {"1"} and len(threads) >= 4


@pytest.fixture
def portal(built: EditedPortal) -> Iterator[EditedPortal]:
    """A copy, to be changed."""
    with tempfile.TemporaryDirectory(dir=built.root.parent) as folder:
        yield built.copy(Path(folder) / "portal")


def change_header(portal: EditedPortal, path: str, **values: str) -> None:
    portal.texts[path].header |= values
    portal.write(path)


def html_pages(names: Iterable[str]) -> set[str]:
    """Return those of the files that people read."""
    return {name for name in names if name.endswith(".html")}


def test_nothing_changed_costs_nothing(portal: EditedPortal) -> None:
    times = {path: path.stat().st_mtime_ns for path in portal.output.rglob("*") if path.is_file()}
    built = portal.build()
    assert (built.counts, built.read, built.reasons) == ((0, 0, 0), 0, {})
    assert {path: path.stat().st_mtime_ns for path in portal.output.rglob("*") if path.is_file()} == times


@pytest.mark.parametrize("edited", [False, True])
def test_a_rebuild_loads_no_library_that_it_does_not_need(tmp_path: Path, edited: bool) -> None:
    content = editors.write_small_content(tmp_path / "content")
    for number in range(3):
        words = f"Câu số {number}." if edited else "Nội dung."
        editors.write_article(content, "mot-bai.md", words, title="Một bài bình thường")
        editors.write_article(content, "an-article.en.md", words, title="An article", lang="en", category="Society")
        result = portals.build(tmp_path / "output", content, env={"PYTHONPROFILEIMPORTTIME": "1"})
        assert result.returncode == 0
    loaded = {line.rpartition("|")[2].strip() for line in result.stderr.splitlines()}
    assert "plugins.portal.build" in loaded
    assert not loaded & {"babel", "pytz", "minify", "PIL.ImageDraw", "weasyprint", "asyncio", "unittest.mock"}
    assert "numpy" not in loaded or edited  # what was edited is indexed


def test_a_file_with_a_new_modification_time_costs_nothing(portal: EditedPortal) -> None:
    os.utime(portal.content / MIDDLE)
    built = portal.build()
    assert (built.counts, built.read) == ((0, 0, 0), 1)
    os.utime(portal.content / "images/anh.png")
    assert portal.build().counts == (0, 0, 0)
    os.utime(portal.content / "documents/van-ban.txt")
    assert portal.build().counts == (0, 0, 0)


def test_a_copy_of_the_content_is_read_once_and_nothing_is_rendered(portal: EditedPortal) -> None:
    shutil.copytree(portal.content, portal.root / "clone", copy_function=shutil.copy2)
    shutil.rmtree(portal.content)
    (portal.root / "clone").rename(portal.content)
    built = portal.build()
    assert (built.counts, built.read) == ((0, 0, 0), len(portal.texts))
    built = portal.build()
    assert (built.counts, built.read) == ((0, 0, 0), 0)


EARLY, LATE = -86_400, 2**33  # seconds: before 1970, in the year 2242


@pytest.mark.parametrize("mtime", [0, EARLY, LATE])
def test_other_bytes_of_the_same_size_and_time_are_noticed(portal: EditedPortal, mtime: int) -> None:
    files = [portal.content / name for name in (MIDDLE, "pages/lien-he.md", "images/anh.png", "documents/van-ban.txt")]
    for file in files:
        os.utime(file, (mtime, mtime))
    assert portal.build().counts == (0, 0, 0)
    before = contents(portal.output)
    for file in files:
        size, data = file.stat().st_size, file.read_bytes()
        data = editors.photo(40, 30, "L") if file.suffix == ".png" else data.replace(b"V", b"T").replace(b"L", b"T")
        file.write_bytes(data[:size].ljust(size, b"\0"))
        os.utime(file, (mtime, mtime))
        assert (file.stat().st_size, file.stat().st_mtime) == (size, mtime)
    assert portal.build().status == 0
    after = contents(portal.output)
    changed = {name for name in after if after[name] != before.get(name)}
    assert {"bai-viet/bai-060/index.html", "lien-he/index.html", "documents/van-ban.txt"} <= changed
    assert any(name.startswith("anh/anh-") for name in changed)
    compare(portal)


@pytest.mark.parametrize("year", [-64, 0, 430])
def test_a_published_file_of_another_century_is_looked_at_once(portal: EditedPortal, year: int) -> None:
    file = portal.output / "index.html"
    os.utime(file, (year * 31_557_600, year * 31_557_600))
    assert portal.build().counts == (1, 0, 0)
    assert portal.build().counts == (0, 0, 0)


def test_a_file_that_takes_the_place_of_another_of_its_size_and_time_is_noticed(portal: EditedPortal) -> None:
    file = portal.content / MIDDLE
    other = editors.write_file(portal.root, "other.md", file.read_bytes().replace(b"60.", b"61."))
    status = file.stat()
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    os.replace(other, file)
    assert portal.build().read == 1
    assert "Nội dung 61." in article_html(portal, "bai-060")


def test_a_sentence_costs_its_own_page(portal: EditedPortal) -> None:
    portal.texts[MIDDLE].words = "Một câu khác."
    portal.write(MIDDLE)
    built = portal.build()
    assert built.read == 1
    assert html_pages(built.reasons) == {"bai-viet/bai-060/index.html"}
    assert built.reasons["bai-viet/bai-060/index.html"] == "made: something that it shows has changed"
    assert built.reasons.keys() - html_pages(built.reasons) == {"api/v1/articles/bai-060.json"}


def test_a_title_costs_the_pages_that_show_it(portal: EditedPortal) -> None:
    before = contents(portal.output)
    showing = {name for name, data in before.items() if "Việc số 60<".encode() in data}
    own = {"bai-viet/bai-060/index.html"}
    neighbours = {"bai-viet/bai-059/index.html", "bai-viet/bai-061/index.html"}
    lists = {name for name in showing if not name.startswith("bai-viet/")}
    related = {name for name in showing if name.startswith("bai-viet/")} - own - neighbours
    assert own | neighbours <= showing and 6 <= len(html_pages(lists)) <= 7 and related
    change_header(portal, MIDDLE, title="Một tên khác")
    built = portal.build()
    assert showing <= set(built.reasons)  # beside some others it may now be more, or less, similar
    assert {name for name in html_pages(built.reasons) - showing if not name.startswith("bai-viet/")} - {
        "tim-kiem/index.html"
    } == set()
    assert built.counts[0] <= len(showing) + 60
    assert built.counts[1] == sum(before[name] != data for name, data in contents(portal.output).items())


def test_the_oldest_and_the_newest_article_have_one_neighbour(portal: EditedPortal) -> None:
    for path, neighbours in (("bai-000", {"bai-001"}), ("bai-119", {"bai-118"})):
        change_header(portal, f"articles/2026/{path}.md", source="Báo khác")
        rendered = {name.split("/")[1] for name in portal.build().reasons if name.startswith("bai-viet/")}
        assert {path} | neighbours <= rendered


@pytest.mark.parametrize("date", ["2026-05-20", "2025-06-10", "2024-12-31"], ids=["newest", "between", "oldest"])
def test_a_new_article_costs_forty_files_at_most(portal: EditedPortal, date: str) -> None:
    portal.article("bai-moi", title="Bài mới", date=date, tags="[chủ đề 1, chủ đề 11]", authors="Lê Dũng")
    built = portal.build()
    assert "bai-viet/bai-moi/index.html" in built.reasons
    if date == "2026-05-20":
        assert len([name for name in built.reasons if not name.startswith("tim-kiem/")]) <= 40
        assert not [name for name in built.reasons if "/trang-" in name]
    compare(portal)


def test_a_draft_costs_nothing_until_it_is_published(portal: EditedPortal) -> None:
    portal.article("nhap", title="Bài nháp", date="2026-05-20", tags="[chủ đề 1]", status="draft")
    assert portal.build().counts == (0, 0, 0)
    change_header(portal, "articles/2026/nhap.md", status="published")
    assert 5 < portal.build().counts[1] <= 40


def article_html(portal: EditedPortal, name: str) -> str:
    return (portal.output / f"bai-viet/{name}/index.html").read_text(encoding="utf-8")


def test_a_link_appears_when_its_target_does_and_follows_its_address(portal: EditedPortal) -> None:
    portal.article("nhap", title="Bài nháp", date="2024-01-01", status="draft")
    portal.texts[MIDDLE].after = ["[xem bài ấy](../../articles/2026/nhap.md)"]
    portal.write(MIDDLE)
    assert portal.build().status == 0
    assert "xem bài ấy" in article_html(portal, "bai-060") and "xem bài ấy</a>" not in article_html(portal, "bai-060")
    change_header(portal, "articles/2026/nhap.md", status="published")
    assert "bai-viet/bai-060/index.html" in portal.build().reasons
    assert '<a href="/bai-viet/nhap/">xem bài ấy</a>' in article_html(portal, "bai-060")
    change_header(portal, "articles/2026/nhap.md", slug="noi-khac")
    assert "bai-viet/bai-060/index.html" in portal.build().reasons
    assert '<a href="/bai-viet/noi-khac/">xem bài ấy</a>' in article_html(portal, "bai-060")
    compare(portal)


def test_in_a_preview_of_drafts_the_note_is_removed_when_the_time_has_come(portal: EditedPortal) -> None:
    portal.settings["SHOW_DRAFTS"] = True
    assert portal.build(JOBS=2).status == 0
    assert "Chưa tới ngày đăng" in article_html(portal, "tuong-lai")
    portal.epoch = NOON + 3 * DAY
    assert html_pages(portal.build().reasons) == {"bai-viet/tuong-lai/index.html"}
    assert "Chưa tới ngày đăng" not in article_html(portal, "tuong-lai")
    compare(portal)


def test_a_topic_that_enters_the_top_ten_is_offered_everywhere(portal: EditedPortal) -> None:
    before = page_topics(portal)
    for number in range(0, 80, 2):  # old ones, that no first page shows
        change_header(portal, f"articles/2026/bai-{number:03}.md", tags="[mùa màng]")
    rendered = portal.build().reasons
    assert "mùa màng" not in before and "mùa màng" in page_topics(portal)
    assert {"index.html", "tin-moi/index.html", "chuyen-muc/nong-nghiep/index.html"} <= rendered.keys()
    compare(portal)


def test_the_first_article_of_a_section_costs_few_pages_since_the_menu_has_the_section_already(
    portal: EditedPortal,
) -> None:
    portal.article("van-ban", title="Văn bản", date="2024-01-01", category="Văn bản")
    rendered = html_pages(portal.build().reasons)
    assert {"bai-viet/van-ban/index.html", "chuyen-muc/van-ban/index.html"} <= rendered and len(rendered) < 30
    compare(portal)


def test_a_name_that_loses_its_address_to_an_older_one_moves_everywhere(portal: EditedPortal) -> None:
    assert 'href="/chu-de/chu-de-1/"' in article_html(portal, "bai-001")
    portal.article("xua", title="Xưa", date="2020-01-01", tags="[chú dế 1]")
    portal.build()
    assert 'href="/chu-de/chu-de-1/"' not in article_html(portal, "bai-001")
    compare(portal)
    change_header(portal, "articles/2026/bai-021.md", title="Một tên khác")
    compare(portal)
    change_header(portal, "articles/2026/xua.md", tags="[khác]")
    compare(portal)
    change_header(portal, "articles/2026/bai-021.md", title="Lại một tên khác", tags="[chủ đề 1]")
    compare(portal)


def page_topics(portal: EditedPortal) -> list[str]:
    page = editors.read_page(portal.output / "index.html")
    return [link.get_text() for link in page.select("[aria-labelledby=topics] a")]


def test_a_translation_costs_the_page_that_it_translates(portal: EditedPortal) -> None:
    portal.article("bai-060.en", title="A translation", date="2024-01-01", lang="en")
    rendered = portal.build().reasons
    assert {"bai-viet/bai-060/index.html", "en/bai-viet/bai-060/index.html"} <= rendered.keys()
    assert 'hreflang="en" href="https://vanson.example/en/bai-viet/bai-060/"' in article_html(portal, "bai-060")
    compare(portal)


def test_a_template_costs_all_pages_that_use_it_and_writes_none_that_is_the_same(portal: EditedPortal) -> None:
    with (portal.own_theme() / "templates/article.html").open("a") as stream:
        stream.write("{# a remark #}")
    times = {path: path.stat().st_mtime_ns for path in portal.output.rglob("*") if path.is_file()}
    built = portal.build()
    html_pages = [path for path in times if path.suffix == ".html"]
    files = {path.relative_to(portal.output).as_posix() for path in html_pages}
    assert built.reasons.keys() == files | ICONS
    assert built.counts == (len(files | ICONS), 0, 0)
    assert {path: path.stat().st_mtime_ns for path in portal.output.rglob("*") if path.is_file()} == times
    assert portal.build().counts == (0, 0, 0)


def test_the_clock_publishes_what_was_scheduled_and_nothing_else_costs(portal: EditedPortal) -> None:
    portal.epoch = NOON + DAY // 2
    assert portal.build().counts == (0, 0, 0)
    portal.epoch = NOON + 3 * DAY
    built = portal.build()
    assert built.read == 0
    assert {"bai-viet/tuong-lai/index.html", "chu-de/ngay-mai/index.html", "luu-tru/2026/05/index.html"} <= set(
        built.reasons
    )
    assert built.counts[0] <= 40
    compare(portal)
    portal.epoch = NOON
    before = html_pages(contents(portal.output))
    portal.build()
    assert before - html_pages(contents(portal.output)) == {
        "bai-viet/tuong-lai/index.html",
        "chu-de/ngay-mai/index.html",
        "luu-tru/2026/index.html",
        "luu-tru/2026/05/index.html",
    }
    assert not (portal.output / "bai-viet/tuong-lai").exists()


def test_a_deleted_article_takes_its_page_along_and_lists_close_the_gap(portal: EditedPortal) -> None:
    before = contents(portal.output).keys()
    del portal.texts[MIDDLE]
    (portal.content / MIDDLE).unlink()
    portal.build()
    assert not (portal.output / "bai-viet/bai-060").exists()
    assert not (portal.output / "documents").exists()
    removed = before - contents(portal.output).keys()
    assert {"bai-viet/bai-060/index.html", "documents/van-ban.txt"} <= removed
    # lists that were just full
    assert all("/trang-" in name for name in html_pages(removed) - {"bai-viet/bai-060/index.html"})
    assert all(name.startswith(("api/v1/articles/", "documents/van-ban")) for name in removed - html_pages(removed))
    assert not [
        name for name, data in contents(portal.output).items() if b"bai-060" in data or "Việc số 60<".encode() in data
    ]
    compare(portal)


def test_a_picture_costs_the_pages_that_show_it(portal: EditedPortal) -> None:
    showing = {name for name, data in contents(portal.output).items() if b"/anh/anh-" in data}
    editors.write_file(portal.content, "images/anh.png", editors.photo(44, 30))
    built = portal.build()
    assert html_pages(built.reasons) == html_pages(showing)
    assert showing <= built.reasons.keys()
    assert built.counts[2] == 2
    compare(portal)


def test_a_withdrawn_article_leaves_a_gap_and_no_page_moves_up(portal: EditedPortal) -> None:
    """One page of each list has an article fewer; its neighbours, the archives and the newest pages say so."""
    deep = "tin-moi/trang-3/index.html"
    change_header(portal, "articles/2026/bai-005.md", status="withdrawn", reason='"1/6/2026: Nhầm."')
    built = portal.build()
    lists = {name for name in html_pages(built.reasons) if "/trang-" in name}
    assert deep not in lists and "tin-moi/trang-1/index.html" in lists and len(lists) < 10
    for number in range(30):
        change_header(portal, f"articles/2026/bai-{number:03}.md", status="withdrawn", reason='"1/6/2026: Nhầm."')
    assert portal.build().status == 0
    assert "đã được gỡ" in (portal.output / "tin-moi/trang-2/index.html").read_text("utf-8")
    compare(portal)


def test_a_document_costs_itself(portal: EditedPortal) -> None:
    editors.write_file(portal.content, "documents/van-ban.txt", "Văn bản mới")
    assert portal.build().reasons.keys() == {"documents/van-ban.txt"}


def test_a_page_in_the_footer_costs_all_pages_of_its_language(portal: EditedPortal) -> None:
    change_header(portal, "pages/lien-he.md", title="Gặp chúng tôi")
    built = portal.build()
    html_pages = {path.relative_to(portal.output).as_posix() for path in portal.output.rglob("*.html")}
    assert built.reasons.keys() == {name for name in html_pages if not name.startswith("en/")} | KEPT_AHEAD


def test_a_setting_or_a_lost_state_costs_everything_and_writes_what_differs(portal: EditedPortal) -> None:
    count = len(contents(portal.output))
    (portal.root / "output.state/build.sqlite").unlink()
    assert portal.build(JOBS=2).counts == (count, 0, 0)
    portal.settings["SITEURL"] = "https://khac.example"
    built = portal.build(JOBS=2)
    assert built.counts[0] == count and 150 < built.counts[1] < count
