"""Finished sites: drafts, translations, lists, front page, and what changes from one build to the next."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests import editors, portals

NOON = "1780000000"  # 28 May 2026
NEXT_YEAR = "1800000000"  # 15 January 2027: all of the demonstration is published


def build(
    root: Path, content: Path, *, output: str = "output", settings: str = "", epoch: str = NOON
) -> tuple[Path, str]:
    """Build a site; return its folder and what the command printed."""
    result = portals.build(
        root / output, content, settings=settings, env=editors.ENGLISH | {"SOURCE_DATE_EPOCH": epoch}
    )
    assert result.returncode == 0, result.stderr
    return root / output, result.stdout


def files_mentioning(output: Path, *words: str) -> list[str]:
    """Return the files of a site whose name or content has one of the words."""
    return [
        path.relative_to(output).as_posix()
        for path in output.rglob("*")
        if any(w in path.as_posix() or (path.is_file() and w.encode() in path.read_bytes()) for w in words)
    ]


# --- drafts and scheduled articles ---


@pytest.fixture(scope="module")
def unpublished_content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Content with a draft, a draft page and a scheduled article."""
    content = editors.write_small_content(tmp_path_factory.mktemp("unready") / "content")
    more = {"category": "Nhóm Ẩn", "tags": "[Chủ Đề Ẩn]", "authors": "Người Viết Ẩn", "summary": "Tóm Tắt Ẩn"}
    editors.write_article(content, "ban-nhap-mat.md", "Thân Ẩn", title="Bản Nháp Mật", status="draft", **more)
    editors.write_article(content, "tuong-lai.md", title="Ngày Mai Xa", date="2026-06-01 08:00")
    editors.write_file(content, "pages/trang-nhap.md", "---\ntitle: Trang Nháp Mật\nstatus: draft\n---\n\nx\n")
    return content


HIDDEN = (
    "ban-nhap-mat",
    "Bản Nháp Mật",
    "Nhóm Ẩn",
    "nhom-an",
    "Chủ Đề Ẩn",
    "chu-de-an",
    "Người Viết Ẩn",
    "nguoi-viet-an",
    "Tóm Tắt Ẩn",
    "Thân Ẩn",
    "trang-nhap",
    "Trang Nháp Mật",
)
LATER = ("tuong-lai", "Ngày Mai Xa", "luu-tru/2026/06")


def test_drafts_and_scheduled_articles_are_nowhere(unpublished_content: Path, tmp_path: Path) -> None:
    output, _ = build(tmp_path, unpublished_content)
    assert files_mentioning(output, *HIDDEN, *LATER) == []
    assert files_mentioning(output, "mot-bai")


def test_a_scheduled_article_appears_when_its_time_has_come(unpublished_content: Path, tmp_path: Path) -> None:
    # 1 June 2026, 07:59:59 in Vietnam
    before, _ = build(tmp_path, unpublished_content, output="before", epoch="1780275599")
    after, _ = build(tmp_path, unpublished_content, output="after", epoch="1780275600")
    assert files_mentioning(before, *LATER) == []
    assert {"bai-viet/tuong-lai/index.html", "index.html", "luu-tru/2026/06/index.html"} <= set(
        files_mentioning(after, *LATER)
    )
    assert files_mentioning(after, *HIDDEN) == []


def test_drafts_are_shown_on_request(unpublished_content: Path, tmp_path: Path) -> None:
    output, _ = build(tmp_path, unpublished_content, settings="SHOW_DRAFTS = True")
    for word in (*HIDDEN, *LATER):
        assert files_mentioning(output, word), word


def test_a_withdrawn_article_is_removed(unpublished_content: Path, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(unpublished_content, content)
    output, _ = build(tmp_path, content)
    assert files_mentioning(output, "bai-viet/mot-bai")
    editors.write_article(content, "mot-bai.md", title="Một bài bình thường", status="draft")
    build(tmp_path, content)
    assert files_mentioning(output, "mot-bai", "Một bài bình thường") == []


# --- stable addresses, and minimal changes ---


def test_building_again_writes_nothing(site: Path, tmp_path: Path) -> None:
    for name in ("output", "output.state"):
        shutil.copytree(site.with_name(name), tmp_path / name)
    output = tmp_path / "output"
    # the first build reads all again: problems are stored in the editor's language, which is another now
    portals.build(output, env=editors.ENGLISH, pdf=True, audio=True)
    result = portals.build(output, env=editors.ENGLISH, pdf=True, audio=True)
    assert re.search(r" 0 read, 0 files made, 0 written, \d+ unchanged, 0 removed", result.stdout)
    assert editors.file_digests(output) == editors.file_digests(site)


def test_a_deleted_article_takes_its_page_and_list_entries_along_and_nothing_else(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    deleted = editors.write_article(
        content,
        "se-xoa.md",
        title="Sẽ Xoá Đi",
        date="2025-03-04",
        category="Riêng Nó",
        tags="[riêng nó]",
        authors="Riêng Nó",
    )
    output, _ = build(tmp_path, content)
    assert {"chuyen-muc/rieng-no", "chu-de/rieng-no", "tac-gia/rieng-no", "luu-tru/2025"} <= set(
        files_mentioning(output, "rieng-no", "luu-tru/2025")
    )
    editors.write_file(output, "bai-viet/se-xoa/cua-nguoi-khac.txt", "của người khác")
    editors.write_file(output, "google1234.html", "của người khác")
    deleted.unlink()
    build(tmp_path, content)
    assert set(files_mentioning(output, "se-xoa", "Sẽ Xoá Đi")) == {
        "bai-viet/se-xoa",
        "bai-viet/se-xoa/cua-nguoi-khac.txt",
    }
    assert files_mentioning(output, "rieng-no", "Riêng Nó", "luu-tru/2025") == []
    assert (output / "google1234.html").read_text() == "của người khác"
    assert not [folder for folder in output.rglob("*") if folder.is_dir() and not any(folder.iterdir())]


@pytest.mark.parametrize("where", ["newest", "oldest"])
def test_a_new_article_changes_few_files_and_no_full_page_of_a_list(where: str, tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    for number in range(45):
        editors.write_article(
            content,
            f"bai-{number:02}.md",
            title=f"Bài thứ {number}",
            date=f"2026-{number // 28 + 2:02}-{number % 28 + 1:02}",
            category="Nông nghiệp",
        )
    output, _ = build(tmp_path, content)
    before = editors.file_digests(output)
    assert (
        "chuyen-muc/nong-nghiep/trang-3/index.html" in before
        and "chuyen-muc/nong-nghiep/trang-4/index.html" not in before
    )
    date = "2026-05-20" if where == "newest" else "2026-05-01"
    editors.write_article(content, "bai-moi.md", title="Bài mới", date=date, category="Nông nghiệp")
    build(tmp_path, content)
    after = editors.file_digests(output)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert {
        "bai-viet/bai-moi/index.html",
        "index.html",
        "chuyen-muc/nong-nghiep/index.html",
        "tin-moi/index.html",
    } <= changed
    assert not [name for name in changed if re.search(r"/trang-\d+/", name)]
    pages = {name for name in changed if name.endswith(".html")}
    # one year of the search index: plugins/search
    machines = {name for name in changed - pages if not name.startswith("tim-kiem/")}
    assert len(pages) <= 13, pages
    assert len(machines) <= 17, machines


def reversed_copy(source: Path, target: Path) -> None:
    """Copy files in reverse order, with other modification times."""
    for path in sorted((p for p in source.rglob("*") if p.is_file()), reverse=True):
        if not {".git", ".venv", ".cache", "node_modules", "__pycache__", "output", ".hypothesis"} & set(
            path.relative_to(source).parts
        ):
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())


def test_the_same_content_gives_the_same_bytes_wherever_it_is_built(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_file(content, "images/anh.png", editors.photo(200, 150))
    editors.write_file(content, "documents/van-ban.txt", "Văn bản")
    shutil.copy(portals.ROOT / "content/ban-do.geojson", content)
    body = "Đường lên xã Khau Mười.\n\n![Con đường](../../images/anh.png)\n\n[Văn bản](../../documents/van-ban.txt)\n"
    editors.write_article(
        content, "duong.md", body, title="Đường mới", tags="[giao thông, lúa]", aliases="[/cu/1.html]"
    )
    editors.write_file(content, "pages/gioi-thieu.md", "---\ntitle: Giới thiệu\n---\n\nMột trang.\n")
    alike = {"date": "2026-11-20", "tags": "[cùng ngày, lúa]", "pdf": "false", "audio": "false"}
    for number in range(8):  # same day, category, topic and author: only their names can order them
        editors.write_article(content, f"cung-ngay-{number}.md", title=f"Cùng ngày {number}", **alike)
    portals.give_settings(content)
    reversed_copy(portals.ROOT, tmp_path / "b/project")
    reversed_copy(content, tmp_path / "b/content")
    (tmp_path / "b/project/environment/node_modules").symlink_to(portals.ROOT / "environment/node_modules")
    script = (
        "import sys; sys.path.insert(0, '.')\n"
        "if __name__ == '__main__':\n"
        "    from plugins.portal import command\n"
        "    folders = dict(PATH=sys.argv[1], OUTPUT_PATH=sys.argv[2], CACHE_PATH=sys.argv[3])\n"
        "    sys.exit(command.build(**folders, JOBS=int(sys.argv[4])))\n"
    )
    runs = [
        ("0", portals.ROOT, content, tmp_path / "a", "1"),
        ("1", tmp_path / "b/project", tmp_path / "b/content", tmp_path / "b", "2"),
    ]
    for seed, project, articles, place, jobs in runs:
        place.mkdir(exist_ok=True)
        (place / "build.py").write_text(script)
        result = subprocess.run(
            [sys.executable, str(place / "build.py"), str(articles), str(place / "output"), str(place / "cache"), jobs],
            cwd=project,
            env={**os.environ, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": NEXT_YEAR},
            capture_output=True,
            text=True,
        )
        assert result.returncode == 0, result.stderr
    first, second = editors.file_digests(tmp_path / "a/output"), editors.file_digests(tmp_path / "b/output")
    assert {Path(name).suffix for name in first} >= {".pdf", ".mp3", ".vtt", ".avif", ".lists", ".json", ".rss", ".xml"}
    assert first == second
    assert (tmp_path / "a/output.state/files.txt").read_bytes() == (tmp_path / "b/output.state/files.txt").read_bytes()


# --- two languages ---


@pytest.fixture(scope="module")
def bilingual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two articles in both languages, and one in each alone."""
    root = tmp_path_factory.mktemp("bilingual")
    content = root / "content"
    for number in (1, 2):
        editors.write_article(
            content, f"doi-{number}.md", title=f"Bài đôi {number}", date=f"2026-01-0{number}", tags="[lúa]"
        )
        editors.write_article(
            content,
            f"doi-{number}.en.md",
            title=f"A pair {number}",
            date=f"2026-01-0{number}",
            category="Society",
            lang="en",
            tags="[lúa]",
        )
    editors.write_article(content, "chi-viet.md", title="Chỉ tiếng Việt")
    editors.write_article(content, "only-english.en.md", title="Only English", category="Agriculture", lang="en")
    for lang, ending in (("vi", ""), ("en", ".en")):
        editors.write_file(content, f"pages/gioi-thieu{ending}.md", f"---\ntitle: Về {lang}\nlang: {lang}\n---\n\nx\n")
    return build(root, content)[0]


def test_each_edition_lists_its_own_articles(bilingual: Path) -> None:
    pages = editors.read_pages(bilingual)
    assert {a for a in pages if "bai-viet/" in a} == {
        "bai-viet/doi-1/index.html", "bai-viet/doi-2/index.html", "bai-viet/chi-viet/index.html",
        "en/bai-viet/doi-1/index.html", "en/bai-viet/doi-2/index.html", "en/bai-viet/only-english/index.html",
    }  # fmt: skip
    titles = {"vi": {"Bài đôi 1", "Bài đôi 2", "Chỉ tiếng Việt"}, "en": {"A pair 1", "A pair 2", "Only English"}}
    for address, page in pages.items():
        lang = "en" if address.startswith("en/") else "vi"
        assert page.html["lang"] == lang
        foreign = titles["vi" if lang == "en" else "en"]
        assert not [text for text in page.stripped_strings if text in foreign], address
    assert {h.get_text() for h in pages["en/tin-moi/index.html"].select("main h2 a[href*='bai-viet']")} == titles["en"]
    assert {h.get_text() for h in pages["tin-moi/index.html"].select("main h2 a[href*='bai-viet']")} == titles["vi"]


def test_translations_link_to_each_other(bilingual: Path) -> None:
    pages = editors.read_pages(bilingual)
    for address, twin in (
        ("bai-viet/doi-1/", "en/bai-viet/doi-1/"),
        ("gioi-thieu/", "en/gioi-thieu/"),
        ("", "en/"),
        ("chuyen-muc/xa-hoi/", "en/chuyen-muc/xa-hoi/"),
        ("chu-de/lua/", "en/chu-de/lua/"),
        ("luu-tru/", "en/luu-tru/"),
        ("luu-tru/2026/", "en/luu-tru/2026/"),
        ("so-do-trang/", "en/so-do-trang/"),
        ("luu-tru/2026/01/", "en/luu-tru/2026/01/"),
    ):
        for source, target in ((address, twin), (twin, address)):
            page = pages[f"{source}index.html"]
            lang = "en" if target.startswith("en/") else "vi"
            link = page.select_one(f"header a.lang[hreflang={lang}]")
            assert (link["href"], link["lang"]) == (f"/{target}", lang)
            links = {
                a["hreflang"]: a["href"]
                for a in page.select("link[rel=alternate][hreflang]")
                if a["hreflang"] != "x-default"
            }
            assert links == {
                lang: f"https://vanson.example/{target}",
                ("vi" if lang == "en" else "en"): f"https://vanson.example/{source}",
            }
            assert page.select_one("link[rel=canonical]")["href"] == f"https://vanson.example/{source}"


def test_pages_without_a_translation_link_to_the_other_front_page(bilingual: Path) -> None:
    pages = editors.read_pages(bilingual)
    for address, lang, home in (("bai-viet/chi-viet", "en", "/en/"), ("en/bai-viet/only-english", "vi", "/")):
        page = pages[f"{address}/index.html"]
        assert page.select_one(f"header a.lang[hreflang={lang}]")["href"] == home
        assert not page.select("link[rel=alternate][hreflang]")


def test_categories_and_the_interface_are_in_the_language_of_the_edition(bilingual: Path) -> None:
    english = editors.read_page(bilingual / "en/index.html")
    assert english.select_one(".skip").get_text() == "Skip to main content"
    assert [a.get_text() for a in english.select("nav.sections a[href*='chuyen-muc']")] == ["Agriculture", "Society"]
    assert editors.read_page(bilingual / "index.html").select_one(".skip").get_text() == "Tới nội dung chính"


def test_every_link_of_the_portal_has_a_target(site: Path) -> None:
    missing, count = set(), 0
    for address, page in editors.read_pages(site).items():
        for element in page.select("a[href], link[href^='/'], img[src], script[src]"):
            target = element.get("href") or element["src"]
            file = site / unquote(target.split("#")[0].split("?")[0].lstrip("/"))
            count += 1
            if target.startswith("#"):
                exists = page.find(id=target[1:])
            elif target.startswith("/"):
                exists = file.is_file() or (file / "index.html").is_file()
            else:
                exists = target.startswith(("https://", "http://", "mailto:", "tel:"))
            if not exists:
                missing.add((address, target))
    assert count > 1000
    assert missing == set()


# --- the front page ---


def test_the_front_page_shows_each_article_of_its_upper_part_once(site: Path) -> None:
    page = editors.read_page(site / "index.html")
    upper = [a["href"] for a in page.select(".front a[href*='bai-viet'], .trio a[href*='bai-viet']")]
    assert len(upper) == len(set(upper)) > 5
    every = [a["href"] for a in page.select("main h2 a[href*='bai-viet'], main h3 a, main .news a, main .rows a")]
    assert len(every) == len(set(every)) > 20


def test_a_section_with_one_article_fills_its_row(site: Path) -> None:
    strips = editors.read_page(site / "en/index.html").select(".strip")
    assert len(strips) == 3
    assert all("across" in strip["class"] for strip in strips if len(strip.select("h3, .news li")) == 1)


def test_documents_are_rows_of_date_and_name(site: Path) -> None:
    rows = editors.read_page(site / "index.html").select(".strip .rows li")
    assert [row.select_one("time")["datetime"][:10] for row in rows] == ["2026-11-19"]
    assert [bool(row.select(".deck")) for row in rows] == [False]
    assert editors.read_page(site / "chuyen-muc/van-ban/index.html").select(".documents .item")


# --- lists and archives ---


def test_no_reader_sees_page_numbers_that_count_from_the_oldest(site: Path) -> None:
    newest, oldest = (editors.read_page(site / f"tin-moi/{name}index.html") for name in ("", "trang-1/"))
    here, there = (page.select_one(".pages [aria-current]").get_text() for page in (newest, oldest))
    assert (here, there) == ("Trang 1 (mới nhất) / 2", "30/6/2020 – 17/11/2026")
    assert oldest.select_one(".pages a[href='/tin-moi/']").get_text() in ("Trang 1 (mới nhất)", "Tin mới hơn")
    assert newest.select_one(".pages a.btn[href='/tin-moi/trang-1/']").get_text() == f"Cũ nhất: {there}"
    assert there in oldest.title.get_text() and "rang 1" not in oldest.title.get_text()
    assert there in oldest.select_one(".title p").get_text()


def test_the_archive_of_a_year_shows_the_newest_of_each_month(site: Path) -> None:
    page = editors.read_page(site / "luu-tru/2026/index.html")
    months = [(month.h2.get_text(), len(month.select(".news a"))) for month in page.select(".months section")]
    assert months == [("Tháng 11/2026", 3), ("Tháng 10/2026", 1), ("Tháng 9/2026", 2)]
    newest = editors.read_page(site / "luu-tru/2026/11/index.html").select_one(".item h2 a")["href"]
    assert page.select_one(".months .news a")["href"] == newest
    years = editors.read_page(site / "luu-tru/index.html").select(".year")
    assert [len(year.select("li")) for year in years] == [12, 12, 12]
    assert years[0].select_one("a[href='/luu-tru/2026/11/']").get_text() == "Tháng 11/2026 22 bài"


def test_the_page_for_missing_addresses_offers_search_news_and_sections(site: Path) -> None:
    page = editors.read_page(site / "404.html")
    assert page.select_one("main form[action='/tim-kiem/'] [name=q]")
    assert len(page.select("main .news a")) == 5
    links = [link["href"] for link in page.select("main .side a")]
    assert {"/", "/chuyen-muc/nong-nghiep/", "/luu-tru/", "/so-do-trang/"} <= set(links)
    assert not page.select("main a[lang]")


def test_a_portal_of_one_article_or_none_can_be_built(tmp_path: Path) -> None:
    content = tmp_path / "content"
    (content / "articles").mkdir(parents=True)
    empty, _ = build(tmp_path, content, output="empty")
    assert editors.read_page(empty / "index.html").h1
    editors.write_article(content, "mot-bai.md", title="Một bài")
    single, _ = build(tmp_path, content, output="single")
    assert editors.read_page(single / "index.html").select_one(".lead-story h2").get_text() == "Một bài"
