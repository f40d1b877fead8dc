"""What an editor is told about files that cannot be published; the published site stays as it was."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import editors, portals

HEAD = "title: Một bài\ndate: 2026-01-02\ncategory: Xã hội\nauthors: Ban Biên tập\n"
NEVER = "Không bao giờ đăng"


@dataclass(frozen=True)
class Bad:
    """A bad file: its content, and the line number and message that are reported."""

    text: str | bytes
    line: int
    message: str
    folder: str = "articles/2026"


def header(more: str, body: str = "Nội dung.") -> str:
    return f"---\n{HEAD}{more}\n---\n\n{body}\n"


def body(text: str) -> str:
    return header("slug: bai-nay-hong", text).replace("slug: bai-nay-hong\n", "")


BROKEN_HEADER = "the header cannot be read; put texts with : or # in quotation marks, and indent with spaces"
NO_HEADER = "the file has no header: begin it with ---, title: …, date: …, category: …, ---"
DAMAGED = "this is no text: the file is damaged, or not an article; put back an earlier copy"
NOT_UTF8 = "the file is not in UTF-8; save it again with the encoding UTF-8"
TABS = "begin no line of the header with a tab; indent with spaces"
DASHES = "the header stands between two lines of three hyphens: write --- in place of {}"
LOST_BACKSLASH = "\\ in title is lost or changed; put the value in single quotation marks: title: '…'"
NO_DRAFT_KEY = "unknown key published; write status: draft, or leave it out"
QUOTES = "title: a value that begins with * is read otherwise; put it all in double quotation marks, “ ” inside"
NO_DATE = "date: “{}” is no date; write for example 28/11/2026 08:30"
NO_SUCH_DAY = "date: “31/02/2026”: there is no such day; month 2 of 2026 has 28 days"
NO_SLUG = "slug: may hold only small letters a–z, digits and single hyphens, 150 at most"
TOO_DEEP = "is nested too deeply; write it simpler"
NO_PAIRS = "each line of the header must be of the form key: value"

FILES = {
    "no-title": Bad(
        f"---\ndate: 2026-01-02\ncategory: Xã hội\n---\n\n{NEVER}\n",
        1,
        "title is missing; add a line title: … to the header",
    ),
    "empty-title": Bad("---\ntitle:\ndate: 2026-01-02\ncategory: Xã hội\n---\n", 2, "title: is empty"),
    "no-such-day": Bad("---\ntitle: x\ndate: 31/02/2026\ncategory: Xã hội\n---\n", 3, NO_SUCH_DAY),
    "a-date-in-words": Bad("---\ntitle: x\ndate: hôm qua\ncategory: Xã hội\n---\n", 3, NO_DATE.format("hôm qua")),
    "a-date-far-off": Bad(
        "---\ntitle: x\ndate: 99999-01-01\ncategory: Xã hội\n---\n", 3, NO_DATE.format("99999-01-01")
    ),
    "unknown-key": Bad(header("sumary: x"), 6, "unknown key sumary; did you mean summary?"),
    "broken-yaml": Bad("---\ntitle: Thông báo: nghỉ lễ\n---\n", 2, BROKEN_HEADER),
    "toml-header": Bad("+++\ntitle = 'x'\n+++\n", 1, DASHES.format("+++")),
    "dash-for-hyphens": Bad("\n—\ntitle: x\n—\n", 2, DASHES.format("—")),
    "dash-at-the-end": Bad("---\ntitle: x\n–-\n\nChữ.\n", 3, DASHES.format("–-")),
    "line-without-key": Bad(f"---\n{HEAD}summary: Một\nhai ba\n---\n", 7, NO_PAIRS),
    "backslash-in-quotes": Bad('---\ntitle: "..\\i"\n---\n', 2, LOST_BACKSLASH),
    "published-false": Bad(f"---\n{HEAD}published: false\n---\n", 6, NO_DRAFT_KEY),
    "unclosed-list": Bad("---\ntitle: [a\n---\n", 2, "title: what begins with [ has no end; put ] after it"),
    "tab-in-yaml": Bad("---\ntitle:\n\t- x\n---\n", 3, TABS),
    "no-such-anchor": Bad("---\ntitle: *a\n---\n", 2, QUOTES),
    "key-twice": Bad("---\ntitle: a\ntitle: b\n---\n", 3, "the key title stands twice; keep one"),
    "no-end-of-header": Bad(f"---\n{HEAD}\nNội dung.\n", 1, "the header has no end: put a line with --- after it"),
    "text-for-header": Bad("---\nchỉ có chữ\n---\n", 2, NO_PAIRS),
    "list-for-title": Bad(
        "---\ntitle: [a, b]\ndate: 2026-01-02\ncategory: x\n---\n", 2, "title: must be one value, not a list"
    ),
    "map-for-date": Bad(
        "---\ntitle: x\ndate: {a: b}\n---\n",
        3,
        "the value of date must be a text or a simple list; put a text with : in quotation marks",
    ),
    "hostile-yaml-tag": Bad(
        '---\ntitle: !!python/object/apply:os.system ["id"]\ndate: 2026-01-02\ncategory: x\n---\n',
        2,
        "python in title is lost or changed; put the value in single quotation marks: title: '…'",
    ),
    "deep-yaml": Bad("---\ntitle: " + "[" * 200_000 + "\n---\n", 2, NO_PAIRS),
    "windows-1258": Bad(header("", "Thông báo").encode("cp1258", "replace"), 2, NOT_UTF8),
    "utf-16": Bad(header("").encode("utf-16"), 1, NOT_UTF8),
    "rich-text": Bad("{\\rtf1\\ansi Chữ}", 1, "a document is no article yet; the task convert makes one of it"),
    "zeros-after-a-crash": Bad(header("").encode()[:20] + bytes(400), 1, DAMAGED),
    "empty-file": Bad("", 1, NO_HEADER),
    "no-header": Bad(f"# {NEVER}\n", 1, NO_HEADER),
    "unknown-language": Bad(header("lang: fr"), 6, "lang: the portal has no such edition; it has vi, en"),
    "no-language": Bad(header("lang: tiếng Việt"), 6, "lang: is no language code; write for example vi"),
    "slug-with-slashes": Bad(header("slug: ../../a/b"), 6, NO_SLUG),
    "slug-in-capitals": Bad(header("slug: Bai-Viet"), 6, NO_SLUG),
    "slug-with-line-end": Bad(
        header('slug: "abc\\n"'),
        6,
        "n in slug is lost or changed; put the value in single quotation marks: slug: '…'",
    ),
    "emoji-category": Bad(body("x").replace("Xã hội", "🎉🎉"), 1, "🎉🎉 makes no address; use letters or digits"),
    "🎉": Bad(body("x"), 1, "the file's name makes no address; add a line slug: … to the header"),
    "script-for-source": Bad(
        header("source_url: javascript:alert(1)"),
        6,
        "source_url: must be a web address that begins with https:// or http://",
    ),
    "reserved-address": Bad(
        "---\ntitle: Trang\nslug: tim-kiem\n---\n",
        1,
        "the address /tim-kiem/ belongs to the portal itself; choose another slug: …",
        "pages",
    ),
    "link-to-nothing": Bad(body("[xem](khong-co.md)"), 8, "the link leads to khong-co.md, which does not exist"),
    "picture-over-two-quoted-lines": Bad(
        body("Một.\n\n> ![x](<anh\n> hai.jpg>)"), 10, "the picture anh hai.jpg does not exist"
    ),
    "link-over-two-lines": Bad(
        body("Một.\n\n[xem](khong-\nco.md)"), 10, "the link leads to khong-co.md, which does not exist"
    ),
    "link-out": Bad(body("[xem](../../../mat.txt)"), 8, "the link leads to ../../../mat.txt, which does not exist"),
    "static-out": Bad(body("[xem]({static}/../mat.txt)"), 8, "the link leads to ../mat.txt, which does not exist"),
    "attach-out": Bad(
        body("[xem]({attach}../../../mat.txt)"), 8, "the link leads to ../../../mat.txt, which does not exist"
    ),
    "old-mark-out": Bad(body("[xem](|static|/../mat.txt)"), 8, "the link leads to ../mat.txt, which does not exist"),
    "unknown-mark": Bad(body("[xem]({author}x)"), 8, "the link leads to {author}x, which does not exist"),
    "broken-address": Bad(body("[xem]({static}http://[a)"), 8, "the link leads to http://[a, which does not exist"),
    "nul-in-address": Bad(body("[xem](a%00b.pdf)"), 8, "the link leads to a%00b.pdf, which does not exist"),
    "broken-source": Bad(
        header("source_url: https://[a"),
        6,
        "source_url: must be a web address that begins with https:// or http://",
    ),
    "picture-missing": Bad(
        body("x\n\n![Cửa khẩu](../../images/khong.png)"), 10, "the picture ../../images/khong.png does not exist"
    ),
    "picture-out": Bad(
        body(f"![Cửa khẩu]({'../' * 12}etc/passwd)"), 8, f"the picture {'../' * 12}etc/passwd does not exist"
    ),
    "picture-link-out": Bad(
        body("![Cửa khẩu](../../images/link.png)"), 8, "the picture ../../images/link.png does not exist"
    ),
    "picture-folder": Bad(
        body("![Cửa khẩu](../../images)"),
        8,
        "../../images: is a folder, not a file; correct its name or the link to it",
    ),
    "cover-missing": Bad(
        header("cover: ../../images/khong.png"), 6, "the picture ../../images/khong.png does not exist"
    ),
    "cover-out": Bad(header("cover: /etc/passwd"), 6, "the picture /etc/passwd does not exist"),
    "picture-elsewhere": Bad(
        body("![Cửa khẩu](https://example.com/a.png)"),
        8,
        "https://example.com/a.png: only pictures of the content folder can be shown; save it there",
    ),
    "no-alt": Bad(
        body("![](../../images/tot.png)"),
        8,
        "../../images/tot.png has no description; write ![what it shows](../../images/tot.png)",
    ),
    "no-alt-in-html": Bad(
        body('<img src="../../images/tot.png">'),
        8,
        "../../images/tot.png has no description; write ![what it shows](../../images/tot.png)",
    ),
    "ten-thousand-quotes": Bad(body(">" * 10_000 + " x"), 8, TOO_DEEP),
    "ten-thousand-lists": Bad(body("- " * 10_000 + "x"), 8, TOO_DEEP),
    "ten-thousand-brackets": Bad(body("[" * 10_000), 8, TOO_DEEP),
}

PICTURES = {  # file: its content, and the reported problem
    "huge.png": (editors.huge_png(), "is larger than 80 megapixels; make it smaller"),
    "html.jpg": (b"<!doctype html><script>alert(1)</script>", "is no picture that can be read; use JPEG, PNG or WebP"),
    "empty.png": (b"", "is no picture that can be read; use JPEG, PNG or WebP"),
    "drawing.svg": (
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        "is no picture that can be read; use JPEG, PNG or WebP",
    ),
    "photo.heic": (
        b"\0\0\0\x18ftypheic" + b"\0" * 100,
        "is a HEIC photo, as the iPhone takes them; export it as JPEG, or set the phone to that",
    ),
    "cut.jpg": (editors.photo(ending="jpeg")[:1500], "is damaged or cut off; save or copy it again"),
    "cut.png": (editors.photo()[:600], "is damaged or cut off; save or copy it again"),
    "cut.webp": (
        editors.photo(ending="webp", lossless=True)[:30],
        "is no picture that can be read; use JPEG, PNG or WebP",
    ),
}


@dataclass(frozen=True)
class Refusal:
    """A build that failed: its exit status, what it printed, and the published site before and after."""

    content: Path
    status: int
    lines: list[str]
    log: str
    before: dict[str, str]
    after: dict[str, str]


@pytest.fixture(scope="module")
def refusal(tmp_path_factory: pytest.TempPathFactory) -> Refusal:
    """A good site is published; then all the bad files are added to its content at once."""
    root = tmp_path_factory.mktemp("bad")
    content, output = editors.write_small_content(root / "content"), root / "output"
    settings = f"CACHE_PATH = {str(root / 'cache')!r}"
    assert portals.build(output, content, settings=settings, env=editors.ENGLISH).returncode == 0
    before = editors.file_digests(output)
    (root / "mat.txt").write_text(NEVER, encoding="utf-8")
    editors.write_file(content, "images/tot.png", editors.photo())
    (content / "images/link.png").symlink_to("/etc/passwd")
    for name, bad in FILES.items():
        editors.write_file(content, f"{bad.folder}/{name}.md", bad.text)
    for name, (data, _) in PICTURES.items():
        editors.write_file(content, f"images/{name}", data)
        editors.write_article(content, "with-" + name.replace(".", "-") + ".md", f"![Cánh đồng](../../images/{name})")
    editors.write_article(content, "first.md", slug="trung-nhau")
    editors.write_article(content, "second.md", slug="trung-nhau")
    (content / "articles/2026/leads-nowhere.md").symlink_to(root / "nowhere")
    (content / "articles/2026/passwords.md").symlink_to("/etc/passwd")
    result = portals.build(output, content, settings=settings, env=editors.ENGLISH)
    return Refusal(
        content, result.returncode, result.stderr.splitlines(), result.stdout, before, editors.file_digests(output)
    )


@pytest.mark.parametrize("name", FILES)
def test_an_editor_reads_file_line_and_what_to_do(name: str, refusal: Refusal) -> None:
    bad = FILES[name]
    path = refusal.content / bad.folder / f"{name}.md"
    assert [line for line in refusal.lines if line.startswith(f"{path}:")] == [f"{path}:{bad.line}: {bad.message}"]


@pytest.mark.parametrize("name", PICTURES)
def test_an_editor_reads_which_picture_cannot_be_used(name: str, refusal: Refusal) -> None:
    path = refusal.content / "images" / name
    article = refusal.content / "articles/2026" / f"with-{name.replace('.', '-')}.md"
    expected = f"{path}: {PICTURES[name][1]} ({article} shows it)"
    assert [line for line in refusal.lines if line.startswith(str(path))] == [expected]


def test_two_articles_with_one_address_are_both_named(refusal: Refusal) -> None:
    folder = refusal.content / "articles/2026"
    expected = (
        f"{folder}/second.md:1: {folder}/first.md already has the address /bai-viet/trung-nhau/; give "
        f"one of them another slug: …"
    )
    assert expected in refusal.lines


def test_symbolic_links_are_rejected(refusal: Refusal) -> None:
    folder = refusal.content / "articles/2026"
    assert f"{folder}/leads-nowhere.md: is a link that leads nowhere; delete it or put the file there" in refusal.lines
    assert f"{folder}/passwords.md:1: {NO_HEADER}" in refusal.lines
    assert not [line for line in refusal.lines if "root:" in line]


def test_nobody_sees_a_traceback(refusal: Refusal) -> None:
    assert not [line for line in refusal.lines if "Traceback" in line or line.startswith("  File ")]


def test_nobody_sees_the_log_of_pelican(refusal: Refusal) -> None:
    assert refusal.log == ""


def test_the_command_fails_and_says_how_many_errors_there_are(refusal: Refusal) -> None:
    assert refusal.status == 1
    errors = len(FILES) + len(PICTURES) + 3
    assert refusal.lines[-1] == f"{errors} errors; the published site is as it was. Correct them and build again."


def test_the_published_site_is_untouched_byte_for_byte(refusal: Refusal) -> None:
    assert refusal.before
    assert refusal.after == refusal.before


def test_good_articles_beside_bad_ones_are_not_complained_about(refusal: Refusal) -> None:
    assert not [line for line in refusal.lines if "mot-bai" in line or "an-article" in line]


def test_errors_speak_vietnamese_by_default(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_article(content, "sai.md", date="hôm qua")
    result = portals.build(tmp_path / "output", content)
    assert result.returncode == 1
    assert re.search(
        r"sai\.md:3: date: “hôm qua” không phải ngày tháng; hãy viết ví dụ 28/11/2026 08:30$", result.stderr, re.M
    )
    assert "Có 1 lỗi; cổng đã đăng vẫn như cũ." in result.stderr


def test_a_missing_content_folder_is_reported_in_one_line(tmp_path: Path) -> None:
    result = portals.build(tmp_path / "output", tmp_path / "khong-co", env=editors.ENGLISH)
    assert result.returncode == 1
    assert result.stderr.splitlines() == [f"{tmp_path}/khong-co: there is no such folder of content"]
    assert not (tmp_path / "output").exists()


def test_settings_are_those_of_the_project_or_of_the_working_directory(tmp_path: Path) -> None:
    editors.write_small_content(tmp_path / "content")
    words = ["build", "--no-pdf", "--no-audio", "--content", "content", "--output", "output", "--config"]

    def run(config: str) -> subprocess.CompletedProcess[str]:
        return portals.tasks(*words, config, folder=tmp_path, env=editors.ENGLISH)

    result = run("my-settings.py")
    assert (result.returncode, result.stderr) == (1, "my-settings.py: there is no such file of settings\n")
    (tmp_path / "my-settings.py").write_text(
        "from publishconf import *\nSITENAME = 'Cổng của tôi'\nSITEURL = 'https://toi.example'\n"
    )
    (tmp_path / "publishconf.py").write_text("raise SystemExit('another project')")
    assert run("publishconf.py").returncode == 0
    result = run("my-settings.py")
    assert (result.returncode, result.stderr) == (0, "")
    assert "https://toi.example" in (tmp_path / "output/sitemap.xml").read_text()


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("AGENCY['vi'] = {'a': 1\nX = 2\n", 2, "SyntaxError: '{' was never closed"),
        ("X = 1\nSITEURL = SITENAM\n", 3, "NameError: name 'SITENAM' is not defined"),
        ("AGENCY = 3\nAGENCY['vi']['x'] = 1\n", 3, "TypeError: 'int' object is not subscriptable"),
        ("import no_such_module\n", 2, "ModuleNotFoundError: No module named 'no_such_module'"),
        ("THEME = 'no-such-theme'\n", 0, "ValueError: Could not find the theme no-such-theme"),
    ],
)
@pytest.mark.parametrize("task", ["build", "stats"])
def test_unreadable_settings_are_reported_with_their_line(
    tmp_path: Path, text: str, line: int, reason: str, task: str
) -> None:
    (tmp_path / "my-settings.py").write_text(f"from publishconf import *\n{text}")
    words = [task, "--config", "my-settings.py", "--output", "output"]
    result = portals.tasks(*words, folder=tmp_path, env=editors.ENGLISH)
    place = f"my-settings.py:{line}" if line else "my-settings.py"
    assert (result.returncode, result.stderr) == (1, f"{place}: these settings cannot be read: {reason}\n")


@pytest.mark.parametrize(
    "setting", ["AGENCY = None", "AGENCY = {}", "DEFAULT_LANG = 'lo'", "AGENCY['vi'].pop('portal')"]
)
def test_settings_without_the_first_language_are_reported(tmp_path: Path, setting: str) -> None:
    content = editors.write_small_content(tmp_path / "content")
    result = portals.build(tmp_path / "output", content, settings=setting, env=editors.ENGLISH)
    assert result.returncode == 1 and result.stderr.startswith("pelicanconf.py: ") and "Error" not in result.stderr


# --- unusual, but valid -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def odd_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portal of unusual articles that can all be published."""
    root = tmp_path_factory.mktemp("odd")
    content = editors.write_small_content(root / "content")
    editors.write_article(content, "header-only.md", body="", title="Chỉ có phần đầu")
    editors.write_article(content, "long-title.md", title="Rất dài " * 37 + "hết")
    editors.write_article(content, "one-line.md", body="chữ " * 250_000)
    editors.write_article(content, "nul.md", body="trước\x00sau \x1b[31m đỏ")
    editors.write_article(content, "norway.md", title="No")
    editors.write_article(content, "number.md", title="2026")
    editors.write_file(
        content,
        "articles/2026/crlf.md",
        b"\xef\xbb\xbf" + body("Xuống dòng\r\n\r\nCủa Windows").replace("\n", "\r\n").encode(),
    )
    plain_head = HEAD.replace("title: ", "Title: Kiểu khác, ")
    editors.write_file(content, "articles/2026/plain.md", f"{plain_head}\nKiểu Pelican.\n")
    for name in ("note.rst", "page.html", "note.txt"):
        editors.write_file(content, f"articles/2026/{name}", NEVER)
    result = portals.build(root / "output", content, env=editors.ENGLISH)
    assert result.returncode == 0, result.stderr
    problems = [line.rpartition("/")[2] for line in result.stderr.splitlines()]
    misnamed = "warning: only files whose name ends in .md are read; rename it"
    assert problems == [
        "header-only.md:1: warning: there is nothing below the header; write the text, or set status: draft",
        f"note.rst: {misnamed}",
        f"page.html: {misnamed}",
    ]
    return root / "output"


def shown(site: Path, slug: str) -> str:
    body = editors.read_page(site / "bai-viet" / slug / "index.html").select_one("article .body")
    assert body
    return body.get_text("\n", strip=True)


def test_an_article_with_only_a_header_is_an_empty_article(odd_site: Path) -> None:
    assert shown(odd_site, "header-only") == ""


def test_a_title_of_three_hundred_letters_is_shown_in_full(odd_site: Path) -> None:
    page = editors.read_page(odd_site / "bai-viet/long-title/index.html")
    assert page.h1.get_text() == "Rất dài " * 37 + "hết"


def test_a_megabyte_in_one_line_is_shown_in_full(odd_site: Path) -> None:
    assert shown(odd_site, "one-line").split() == ["chữ"] * 250_000


def test_control_characters_do_not_reach_readers(odd_site: Path) -> None:
    assert shown(odd_site, "nul-1") == "trướcsau [31m đỏ"


def test_titles_that_yaml_would_read_as_other_types_stay_text(odd_site: Path) -> None:
    assert editors.read_page(odd_site / "bai-viet/norway/index.html").h1.get_text() == "No"
    assert editors.read_page(odd_site / "bai-viet/number/index.html").h1.get_text() == "2026"


def test_files_from_windows_are_read(odd_site: Path) -> None:
    assert shown(odd_site, "crlf") == "Xuống dòng\nCủa Windows"


def test_pelicans_own_header_is_read(odd_site: Path) -> None:
    assert shown(odd_site, "plain") == "Kiểu Pelican."


def test_only_markdown_becomes_an_article(odd_site: Path) -> None:
    assert not [p for p in odd_site.rglob("*") if p.is_file() and NEVER.encode() in p.read_bytes()]


def test_an_article_needs_no_author(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    portals.write_article(content, "khong-tac-gia.md")
    assert portals.build(tmp_path / "output", content).returncode == 0


@pytest.mark.parametrize("header", [{"status": "draft"}, {"date": "2200-01-01"}], ids=["draft", "future"])
def test_a_link_to_an_unpublished_article_is_removed_and_reported(tmp_path: Path, header: dict[str, str]) -> None:
    content = editors.write_small_content(tmp_path / "content")
    editors.write_article(content, "chua-dang.md", **header)
    editors.write_article(content, "co-lien-ket.md", "Mời [xem bài](chua-dang.md) này.")
    result = portals.build(tmp_path / "output", content, env=editors.ENGLISH)
    assert result.returncode == 0
    assert "co-lien-ket.md:8: warning: the link to articles/2026/chua-dang.md is left out" in result.stderr
    page = (tmp_path / "output" / "bai-viet" / "co-lien-ket" / "index.html").read_text(encoding="utf-8")
    assert "<p>Mời xem bài này.</p>" in page
