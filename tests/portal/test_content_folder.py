"""Whatever lies in the content folder, a build ends, reads nothing twice, and says what it could not read."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from plugins.portal import content_folder, copied_files
from plugins.problems.files import UnreadableError, read_bytes
from tests import editors
from tests.incremental import builds

PIPE = "is no file but a pipe, a socket or a device; delete it or move it elsewhere"
NOWHERE = "is a link that leads nowhere; delete it or put the file there"
FOLDER = "is a folder, not a file; correct its name or the link to it"
FORBIDDEN = "may not be read by whoever builds the portal; change its permissions"
GIGABYTES = 2_000_000_000


def hollow_file(path: Path, size: int = GIGABYTES) -> None:
    """Write a file that takes no room on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.truncate(size)


@dataclass
class Folder:
    """A content folder, and what a build says of it, by the place that it names first."""

    content: Path
    status: int
    complaints: dict[str, str]

    def told(self, path: str) -> str:
        """Return what is said of a file of content."""
        return self.complaints.get(str(self.content / path), "")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told in this process is in English, too."""
    monkeypatch.setenv("PORTAL_LANG", "en")


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folder]:
    """A content folder with one good article and everything that is none."""
    root = tmp_path_factory.mktemp("odd")
    content = editors.write_small_content(root / "content")
    articles, images, documents = content / "articles", content / "images", content / "documents"
    images.mkdir()
    documents.mkdir()
    os.mkfifo(articles / "pipe.md")
    os.mkfifo(images / "pipe.png")
    os.mkfifo(documents / "pipe.pdf")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(os.path.relpath(articles / "socket.md"))
    (articles / "device.md").symlink_to("/dev/zero")
    (articles / "nowhere.md").symlink_to("gone.md")
    (articles / "itself.md").symlink_to("itself.md")
    (articles / "2020").symlink_to("/nowhere/2020")
    (articles / "loop").symlink_to("..")
    (articles / "2026/around").symlink_to("../../../..")
    (articles / "again").symlink_to("2026")
    elsewhere = editors.write_article(root / "elsewhere", "far.md", title="Ở nơi khác").parent
    (articles / "elsewhere").symlink_to(elsewhere)
    (elsewhere / "back").symlink_to(articles)
    editors.write_article(content, "in-folder.md", title="Trong thư mục")
    (articles / "named.md").mkdir()
    shutil.move(articles / "2026/in-folder.md", articles / "named.md/in-folder.md")
    hollow_file(articles / "film.md")
    hollow_file(images / "film.png")
    hollow_file(documents / "film.mp4")
    (images / "nowhere.png").symlink_to("gone.png")
    os.makedirs(os.path.join(os.fsencode(articles), b"ma c\xe3"))
    for number, name in enumerate(("pipe.png", "film.png", "nowhere.png")):
        text = f"![Cánh đồng lúa](../../images/{name})"
        editors.write_article(content, f"picture-{number}.md", text, title=f"Ảnh {number}")
    for number, name in enumerate(("pipe.pdf", "film.mp4")):
        editors.write_article(content, f"document-{number}.md", f"[tải](../../documents/{name})", title=f"Tệp {number}")
    built = builds.build(root / "output", content, root / "cache")
    assert built.crash == ""
    complaints = dict(line.split(": ", 1) for line in built.complaints.splitlines() if ": " in line)
    yield Folder(content, built.status, complaints)
    listener.close()


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("articles/pipe.md", PIPE),
        ("articles/socket.md", PIPE),
        ("articles/device.md", PIPE),
        ("articles/nowhere.md", NOWHERE),
        ("articles/itself.md", NOWHERE),
        ("articles/2020", NOWHERE),
        ("articles/named.md", f"warning: {FOLDER}"),
        ("articles/film.md", "is larger than 5 MB; make it smaller or split it"),
        ("articles/ma c\\udce3", "the name of this file is not in UTF-8; rename it"),
        ("images/film.png", "is larger than 200 MB; make it smaller or split it (picture-1.md shows it)"),
        ("articles/2026/picture-0.md:8", f"../../images/pipe.png: {PIPE}"),
        ("articles/2026/picture-2.md:8", f"../../images/nowhere.png: {NOWHERE}"),
        ("articles/2026/document-0.md:8", f"../../documents/pipe.pdf: {PIPE}"),
        (
            "articles/2026/document-1.md:8",
            f"documents/film.mp4: is larger than {copied_files.MAX_SIZE // 1_000_000} MB; make it smaller or split it",
        ),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(odd: Folder, path: str, told: str) -> None:
    assert odd.told(path).replace(f"{odd.content}/articles/2026/", "") == told


def test_a_link_to_a_folder_that_is_read_already_is_not_followed(odd: Folder) -> None:
    led_to = {"loop": odd.content, "again": odd.content / "articles/2026", "2026/around": odd.content.parents[1]}
    for link, folder in led_to.items():
        told = f"warning: this link leads to {folder}, which is read already; delete it"
        assert odd.told(f"articles/{link}") == told


def test_every_article_is_read_once_also_where_only_a_link_leads_to_it(odd: Folder) -> None:
    found = content_folder.scan(str(odd.content), ["articles", "pages", "articles/2026"]).stamps
    names = [path.rpartition("/")[2] for path in found]
    assert len(set(names)) == len(names)
    assert {"mot-bai.md", "far.md", "in-folder.md"} <= set(names)
    assert odd.status == 1


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    editors.write_file(tmp_path, "articles", "x")
    problems = content_folder.scan(str(tmp_path), ["articles"]).problems
    assert [problem.level for problem in problems] == ["error"]


def as_nobody(content: Path) -> list[str]:
    """Return what is said of a content folder when nobody's rights are used, and of a file in it."""
    if os.getuid() == 0:
        os.setuid(65534)
    told = [str(problem) for problem in content_folder.scan(str(content), ["articles"]).problems]
    try:
        read_bytes(content / "articles/mine.md", 100)
    except UnreadableError as error:
        told.append(str(error))
    return told


def test_files_and_folders_of_somebody_else_are_told() -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:  # where nobody may look into folders
        content = Path(folder)
        content.chmod(0o755)
        for path, mode in (("articles/mine.md", 0), ("articles/closed/x.md", 0o644)):
            editors.write_file(content, path, "x").chmod(mode)
        (content / "articles/closed").chmod(0)
        told = builds.in_copy(as_nobody, content)
        (content / "articles/closed").chmod(0o755)
    assert [line.rpartition(": ")[2] for line in told] == [FORBIDDEN, FORBIDDEN]


def test_an_article_that_vanishes_while_it_is_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="vanished"):
        read_bytes(tmp_path / "gone.md", 100)


def test_a_pipe_that_takes_the_place_of_a_file_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = editors.write_file(tmp_path, "x.md", "x")
    status = file.stat()
    file.unlink()
    os.mkfifo(file)
    monkeypatch.setattr(os, "stat", lambda path: status)  # as it was looked at just before
    with pytest.raises(UnreadableError, match="pipe"):
        read_bytes(file, 100)
    monkeypatch.undo()


RENAME = "only files whose name ends in .md are read; rename it"
CONVERT = "a document is no article yet; the task convert makes one of it"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("bai.txt", "---\ntitle: Một bài\n---\n", RENAME),
        ("bai", "\ufeff---\r\ntitle: Một bài\r\n---\r\n", RENAME),
        ("bai.text", "--- \ntitle: Một bài\n---\n", RENAME),
        ("bai.txt", "\n\n---\ntitle: Một bài\n---\n", RENAME),
        ("bai.txt", "---\r\ntitle: Một bài\r\n---\r\n".encode("utf-16"), RENAME),
        ("bai.mkd", "Title: Một bài\nDate: 2026-01-02\n\nChữ.\n", RENAME),
        ("ghi-chu.txt", "Gọi cho chị Ính.", ""),
        ("co.md~", "---\ntitle: Một bài\n---\n", ""),
        ("#co.md#", "---\ntitle: Một bài\n---\n", ""),
        ("co.md.orig", "---\ntitle: Một bài\n---\n", ""),
        ("co.bak", "---\ntitle: Một bài\n---\n", ""),
        ("mat.md.part", "---\ntitle: Một bài\n---\n", RENAME),
        ("so-lieu.csv", "a,b", ""),
        ("Quyết định.DOCX", "PK", CONVERT),
        ("bai.odt", "PK", CONVERT),
        ("~$bai.docx", "x", ""),
    ],
)
def test_what_may_be_an_article_under_another_name_is_told(
    tmp_path: Path, name: str, text: str | bytes, told: str
) -> None:
    editors.write_file(tmp_path, f"articles/{name}", text)
    editors.write_file(tmp_path, "articles/co.md", "---\ntitle: Một bài\n---\n")
    problems = content_folder.scan(str(tmp_path), ["articles"]).problems
    assert [(problem.level, problem.message) for problem in problems] == ([("warning", told)] if told else [])
