"""What an edit costs, in files rendered, written and removed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests import editors, portals

from .builds import NOON, contents
from .test_identity import compare
from .worlds import DAY, World

COUNT = 120
MIDDLE = "articles/2026/bai-060.md"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A hundred and twenty articles, ten per page; every twentieth has a picture."""
    world = World(tmp_path_factory.mktemp("costs") / "world")
    world.settings = {"SITEURL": "https://vanson.example"}
    editors.raw(world.content, "images/anh.png", editors.photo(40, 30))
    editors.raw(world.content, "documents/van-ban.txt", "Văn bản")
    for number in range(COUNT):
        after = ("![Con đường vào bản](../../images/anh.png)",) if number % 20 == 0 else ()
        world.article(
            f"bai-{number:03}", f"Nội dung {number}.", after,
            title=f"Việc số {number}", date=f"2025-{number // 28 + 1:02}-{number % 28 + 1:02}",
            category=("Xã hội", "Nông nghiệp")[number % 2], tags=f"[chủ đề {number % 5}, chủ đề {number % 7 + 10}]",
            authors=("Lê Dũng", "Thùy Linh", "Ban Biên tập")[number % 3],
        )  # fmt: skip
    world.add("pages/lien-he.md", "Trang.", title="Liên hệ")
    world.article("tuong-lai", title="Ngày mai", date="2026-05-30", tags="[ngày mai]")
    world.texts[MIDDLE].after.append("[văn bản](../../documents/van-ban.txt)")
    world.write(MIDDLE)
    assert world.build(JOBS=2).status == 0
    return world


@pytest.fixture
def world(built: World) -> Iterator[World]:
    """A copy, to be changed."""
    with tempfile.TemporaryDirectory(dir=built.root.parent) as folder:
        yield built.copy(Path(folder) / "world")


def header(world: World, path: str, **values: str) -> None:
    world.texts[path].header |= values
    world.write(path)


def pages(made: Iterable[str]) -> set[str]:
    """Return those of the files that people read."""
    return {name for name in made if name.endswith(".html")}


def test_nothing_changed_costs_nothing(world: World) -> None:
    times = {path: path.stat().st_mtime_ns for path in world.output.rglob("*") if path.is_file()}
    built = world.build()
    assert (built.counts, built.read, built.made) == ((0, 0, 0), 0, {})
    assert {path: path.stat().st_mtime_ns for path in world.output.rglob("*") if path.is_file()} == times


@pytest.mark.parametrize("edited", [False, True])
def test_a_rebuild_loads_no_library_that_it_does_not_need(tmp_path: Path, edited: bool) -> None:
    content = editors.small_content(tmp_path / "content")
    for number in range(3):
        words = f"Câu số {number}." if edited else "Nội dung."
        editors.article(content, "mot-bai.md", words, title="Một bài bình thường")
        editors.article(content, "an-article.en.md", words, title="An article", lang="en", category="Society")
        done = portals.build(tmp_path / "output", content, env={"PYTHONPROFILEIMPORTTIME": "1"})
        assert done.returncode == 0
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "plugins.portal.build" in loaded
    assert not loaded & {"babel", "pytz", "minify", "PIL.ImageDraw", "weasyprint", "numpy", "asyncio", "unittest.mock"}


def test_neither_does_a_file_with_a_new_modification_time(world: World) -> None:
    os.utime(world.content / MIDDLE)
    built = world.build()
    assert (built.counts, built.read) == ((0, 0, 0), 1)
    os.utime(world.content / "images/anh.png")
    assert world.build().counts == (0, 0, 0)
    os.utime(world.content / "documents/van-ban.txt")
    assert world.build().counts == (1, 0, 0)
    assert world.build().counts == (0, 0, 0)


def test_a_sentence_costs_its_own_page(world: World) -> None:
    world.texts[MIDDLE].words = "Một câu khác."
    world.write(MIDDLE)
    built = world.build()
    assert built.read == 1
    assert pages(built.made) == {"bai-viet/bai-060/index.html"}
    assert built.made["bai-viet/bai-060/index.html"] == "made: something that it shows has changed"
    assert built.made.keys() - pages(built.made) == {"api/v1/articles/bai-060.json"}


def test_a_title_costs_the_pages_that_show_it(world: World) -> None:
    before = contents(world.output)
    showing = {name for name, data in before.items() if "Việc số 60<".encode() in data}
    own = {"bai-viet/bai-060/index.html"}
    neighbours = {"bai-viet/bai-059/index.html", "bai-viet/bai-061/index.html"}
    lists = {name for name in showing if not name.startswith("bai-viet/")}
    related = {name for name in showing if name.startswith("bai-viet/")} - own - neighbours
    assert own | neighbours <= showing and 6 <= len(pages(lists)) <= 7 and related
    header(world, MIDDLE, title="Một tên khác")
    built = world.build()
    assert showing <= set(built.made)  # beside some others it may now be more, or less, similar
    assert {name for name in pages(built.made) - showing if not name.startswith("bai-viet/")} - {
        "tim-kiem/index.html"
    } == set()
    assert built.counts[0] <= len(showing) + 60
    assert built.counts[1] == sum(before[name] != data for name, data in contents(world.output).items())


def test_the_oldest_and_the_newest_article_have_one_neighbour(world: World) -> None:
    for path, neighbours in (("bai-000", {"bai-001"}), ("bai-119", {"bai-118"})):
        header(world, f"articles/2026/{path}.md", source="Báo khác")
        made = {name.split("/")[1] for name in world.build().made if name.startswith("bai-viet/")}
        assert {path} | neighbours <= made


@pytest.mark.parametrize("date", ["2026-05-20", "2025-06-10", "2024-12-31"], ids=["newest", "between", "oldest"])
def test_a_new_article_costs_forty_files_at_most(world: World, date: str) -> None:
    world.article("bai-moi", title="Bài mới", date=date, tags="[chủ đề 1, chủ đề 11]", authors="Lê Dũng")
    built = world.build()
    assert "bai-viet/bai-moi/index.html" in built.made
    if date == "2026-05-20":
        assert len([name for name in built.made if not name.startswith("tim-kiem/")]) <= 40
        assert not [name for name in built.made if "/trang-" in name]
    compare(world)


def test_a_draft_costs_nothing_until_it_is_published(world: World) -> None:
    world.article("nhap", title="Bài nháp", date="2026-05-20", tags="[chủ đề 1]", status="draft")
    assert world.build().counts == (0, 0, 0)
    header(world, "articles/2026/nhap.md", status="published")
    assert 5 < world.build().counts[1] <= 40


def page_of(world: World, name: str) -> str:
    return (world.output / f"bai-viet/{name}/index.html").read_text(encoding="utf-8")


def test_a_link_appears_when_its_target_does_and_follows_its_address(world: World) -> None:
    world.article("nhap", title="Bài nháp", date="2024-01-01", status="draft")
    world.texts[MIDDLE].after = ["[xem bài ấy](../../articles/2026/nhap.md)"]
    world.write(MIDDLE)
    assert world.build().status == 0
    assert "xem bài ấy" in page_of(world, "bai-060") and "xem bài ấy</a>" not in page_of(world, "bai-060")
    header(world, "articles/2026/nhap.md", status="published")
    assert "bai-viet/bai-060/index.html" in world.build().made
    assert '<a href="/bai-viet/nhap/">xem bài ấy</a>' in page_of(world, "bai-060")
    header(world, "articles/2026/nhap.md", slug="noi-khac")
    assert "bai-viet/bai-060/index.html" in world.build().made
    assert '<a href="/bai-viet/noi-khac/">xem bài ấy</a>' in page_of(world, "bai-060")
    compare(world)


def test_in_a_preview_of_drafts_the_note_is_removed_when_the_time_has_come(world: World) -> None:
    world.settings["SHOW_DRAFTS"] = True
    assert world.build(JOBS=2).status == 0
    assert "Chưa tới ngày đăng" in page_of(world, "tuong-lai")
    world.epoch = NOON + 3 * DAY
    assert pages(world.build().made) == {"bai-viet/tuong-lai/index.html"}
    assert "Chưa tới ngày đăng" not in page_of(world, "tuong-lai")
    compare(world)


def test_a_topic_that_enters_the_top_ten_is_offered_everywhere(world: World) -> None:
    before = page_topics(world)
    for number in range(0, 80, 2):  # old ones, that no first page shows
        header(world, f"articles/2026/bai-{number:03}.md", tags="[mùa màng]")
    made = world.build().made
    assert "mùa màng" not in before and "mùa màng" in page_topics(world)
    assert {"index.html", "tin-moi/index.html", "chuyen-muc/nong-nghiep/index.html"} <= made.keys()
    compare(world)


def test_the_first_article_of_a_section_costs_all_pages_of_its_language_because_the_menu_grows(world: World) -> None:
    world.article("van-ban", title="Văn bản", date="2024-01-01", category="Văn bản")
    made = world.build().made
    pages = {path.relative_to(world.output).as_posix() for path in world.output.rglob("*.html")}
    assert {name for name in pages if not name.startswith("en/")} <= made.keys()
    compare(world)


def test_a_name_that_loses_its_address_to_an_older_one_moves_everywhere(world: World) -> None:
    assert 'href="/chu-de/chu-de-1/"' in page_of(world, "bai-001")
    world.article("xua", title="Xưa", date="2020-01-01", tags="[chú dế 1]")
    world.build()
    assert 'href="/chu-de/chu-de-1/"' not in page_of(world, "bai-001")
    compare(world)
    header(world, "articles/2026/bai-021.md", title="Một tên khác")
    compare(world)
    header(world, "articles/2026/xua.md", tags="[khác]")
    compare(world)
    header(world, "articles/2026/bai-021.md", title="Lại một tên khác", tags="[chủ đề 1]")
    compare(world)


def page_topics(world: World) -> list[str]:
    page = editors.page(world.output / "index.html")
    return [link.get_text() for link in page.select("[aria-labelledby=topics] a")]


def test_a_translation_costs_the_page_that_it_translates(world: World) -> None:
    world.article("bai-060.en", title="A translation", date="2024-01-01", lang="en")
    made = world.build().made
    assert {"bai-viet/bai-060/index.html", "en/bai-viet/bai-060/index.html"} <= made.keys()
    assert 'hreflang="en" href="https://vanson.example/en/bai-viet/bai-060/"' in page_of(world, "bai-060")
    compare(world)


def test_a_template_costs_all_pages_that_use_it_and_writes_none_that_is_the_same(world: World) -> None:
    with (world.own_theme() / "templates/article.html").open("a") as stream:
        stream.write("{# a remark #}")
    times = {path: path.stat().st_mtime_ns for path in world.output.rglob("*") if path.is_file()}
    built = world.build()
    pages = [path for path in times if path.suffix == ".html"]
    assert built.counts == (len(pages), 0, 0)
    assert {path: path.stat().st_mtime_ns for path in world.output.rglob("*") if path.is_file()} == times
    assert world.build().counts == (0, 0, 0)


def test_the_clock_publishes_what_was_scheduled_and_nothing_else_costs(world: World) -> None:
    world.epoch = NOON + DAY // 2
    assert world.build().counts == (0, 0, 0)
    world.epoch = NOON + 3 * DAY
    built = world.build()
    assert built.read == 0
    assert {"bai-viet/tuong-lai/index.html", "chu-de/ngay-mai/index.html", "luu-tru/2026/05/index.html"} <= set(
        built.made
    )
    assert built.counts[0] <= 40
    compare(world)
    world.epoch = NOON
    before = pages(contents(world.output))
    world.build()
    assert before - pages(contents(world.output)) == {
        "bai-viet/tuong-lai/index.html",
        "chu-de/ngay-mai/index.html",
        "luu-tru/2026/index.html",
        "luu-tru/2026/05/index.html",
    }
    assert not (world.output / "bai-viet/tuong-lai").exists()


def test_a_deleted_article_takes_its_page_along_and_lists_close_the_gap(world: World) -> None:
    before = contents(world.output).keys()
    del world.texts[MIDDLE]
    (world.content / MIDDLE).unlink()
    world.build()
    assert not (world.output / "bai-viet/bai-060").exists()
    assert not (world.output / "documents").exists()
    gone = before - contents(world.output).keys()
    assert {"bai-viet/bai-060/index.html", "documents/van-ban.txt"} <= gone
    assert all("/trang-" in name for name in pages(gone) - {"bai-viet/bai-060/index.html"})  # lists that were just full
    assert all(name.startswith(("api/v1/articles/", "documents/van-ban")) for name in gone - pages(gone))
    assert not [
        name for name, data in contents(world.output).items() if b"bai-060" in data or "Việc số 60<".encode() in data
    ]
    compare(world)


def test_a_picture_costs_the_pages_that_show_it(world: World) -> None:
    showing = {name for name, data in contents(world.output).items() if b"/anh/anh-" in data}
    editors.raw(world.content, "images/anh.png", editors.photo(44, 30))
    built = world.build()
    assert pages(built.made) == pages(showing)
    assert showing <= built.made.keys()
    assert built.counts[2] == 2
    compare(world)


def test_a_document_costs_itself(world: World) -> None:
    editors.raw(world.content, "documents/van-ban.txt", "Văn bản mới")
    assert world.build().made.keys() == {"documents/van-ban.txt"}


def test_a_page_in_the_footer_costs_all_pages_of_its_language(world: World) -> None:
    header(world, "pages/lien-he.md", title="Gặp chúng tôi")
    built = world.build()
    pages = {path.relative_to(world.output).as_posix() for path in world.output.rglob("*.html")}
    assert built.made.keys() == {name for name in pages if not name.startswith("en/")}


def test_a_setting_or_a_lost_state_costs_everything_and_writes_what_differs(world: World) -> None:
    count = len(contents(world.output))
    (world.root / "output.state/build.sqlite").unlink()
    assert world.build(JOBS=2).counts == (count, 0, 0)
    world.settings["SITEURL"] = "https://khac.example"
    built = world.build(JOBS=2)
    assert built.counts[0] == count and 150 < built.counts[1] < count
