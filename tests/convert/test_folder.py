"""A folder is accounted for: every file in it has a row; archives give up their files whatever their names are in."""

from __future__ import annotations

import io
import random
import unicodedata
import zipfile
from pathlib import Path

import pytest

from plugins.convert import archive_names, command
from plugins.convert import archives as zip_archives
from plugins.convert.errors import message_of
from plugins.convert.sources import items
from tests import editors

from . import archives, stories, templates
from .old_names import in_cp1258, zip_with_raw_names

STORY = stories.story(3)
PAGE = templates.drupal(STORY, random.Random(3)).raw
PICTURE = next(part.link for part in STORY.parts if part.kind == "img")


def statuses(rows: dict[str, dict], folder: Path) -> dict[str, str]:
    """Return the status of each file of a folder."""
    return {Path(key).relative_to(folder).as_posix(): row["status"] for key, row in rows.items() if key}


def test_every_file_of_a_folder_has_a_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = tmp_path / "old"
    page = PAGE.decode().replace(
        "</p>",
        ' Xem <a href="ke-hoach.pdf">Kế hoạch</a>, <a href="so.xlsx">số liệu</a>, <a href="Văn bản/qd.pdf">QĐ</a>.</p>',
        6,
    )
    files = {
        "tin/a.html": page.encode(),
        f"tin/images/{PICTURE}": editors.photo(),
        "tin/images/nut.gif": b"GIF89a",
        "tin/ke-hoach.pdf": b"%PDF-1.4 x",
        "tin/Văn bản/qd.pdf": b"%PDF-1.4 z",
        "tin/so.xlsx": b"PK\x03\x04 x",
        "tin/khong-ai-nhac.pdf": b"%PDF-1.4 y",
        "tin/a_files/khung.html": b"<html><body>" + b"x" * 500,
        "tin/style.css": b"p {}",
        "nhom.xlsx": b"PK\x03\x04 y",
        "cu.rar": b"Rar!",
        "la.xyz": b"\x00\x01",
        "thu.msg": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_".encode("utf-16-le"),
        "trong.html": b"",
        ".DS_Store": b"x",
        "Thumbs.db": b"x",
    }
    for name, raw in files.items():
        editors.write_file(old, name, raw)
    rows = archives.convert(old, tmp_path / "content" / "articles")
    found = statuses(rows, old)
    assert found.keys() == files.keys()
    assert found.pop("tin/a.html") == "review"
    assert found == {
        f"tin/images/{PICTURE}": "used",
        "tin/images/nut.gif": "not-used",
        "tin/ke-hoach.pdf": "used",
        "tin/Văn bản/qd.pdf": "used",
        "tin/so.xlsx": "used",
        "tin/khong-ai-nhac.pdf": "not-used",
        "tin/a_files/khung.html": "not-used",
        "tin/style.css": "not-used",
        "nhom.xlsx": "not-read",
        "cu.rar": "error",
        "la.xyz": "not-read",
        "thu.msg": "error",
        "trong.html": "not-an-article",
        ".DS_Store": "not-read",
        "Thumbs.db": "not-read",
    }
    assert all(row["reasons"] for row in rows.values() if row.get("status") not in (None, "review"))
    printed = capsys.readouterr().out
    assert ".xlsx" in printed and ".xyz" in printed and "4 tệp đã đi theo bài, 4 tệp" in printed


def test_the_account_is_the_same_when_nothing_is_converted_again(tmp_path: Path) -> None:
    editors.write_file(tmp_path / "old", "a.html", PAGE)
    editors.write_file(tmp_path / "old", f"images/{PICTURE}", editors.photo())
    first = archives.convert(tmp_path / "old", tmp_path / "content" / "articles")
    assert archives.convert(tmp_path / "old", tmp_path / "content" / "articles") == first


@pytest.mark.parametrize("name", ["a.xyz", "a.dat", "a.epub", "khong-duoi"])
def test_a_kind_that_is_not_known_is_never_guessed(name: str, tmp_path: Path) -> None:
    raw = b"PK\x03\x04" if name == "a.epub" else f"Một câu văn <p>có thẻ</p> {STORY.title}. ".encode() * 20
    source = editors.write_file(tmp_path / "old", name, raw)
    (item,) = items(str(source), tmp_path / "unpacked")
    assert (item.status, item.error) == ("error", "") or item.error == "zip"
    assert item.reason or item.error


def test_a_page_without_an_ending_is_known_by_its_first_words(tmp_path: Path) -> None:
    source = editors.write_file(tmp_path / "old", "trang", PAGE)
    (row,) = (row for key, row in archives.convert(source, tmp_path / "content" / "articles").items() if key)
    assert row["title"] == STORY.title


# --- names in archives --------------------------------------------------------------------------------


NAME = "Tin tức/ảnh-đèo-Khau-Phạ-mùa-lúa.png"
ENCODED = {
    "UTF-8": NAME.encode(),
    "decomposed UTF-8": unicodedata.normalize("NFD", NAME).encode(),
    "cp1258": in_cp1258(NAME),
}


@pytest.mark.parametrize("encoding", ENCODED)
def test_pictures_are_found_whatever_their_names_are_in(encoding: str, tmp_path: Path) -> None:
    page = PAGE.decode().replace(f"images/{PICTURE}", NAME.split("/")[1])
    raw = zip_with_raw_names({"Tin tức/a.html".encode(): page.encode(), ENCODED[encoding]: editors.photo()})
    if encoding == "cp1258":
        raw = zip_with_raw_names({in_cp1258("Tin tức/a.html"): page.encode(), ENCODED[encoding]: editors.photo()})
    rows = archives.convert(editors.write_file(tmp_path / "old", "goi.zip", raw), tmp_path / "content" / "articles")
    label = f"{tmp_path / 'old' / 'goi.zip'}/Tin tức/"
    assert rows.keys() == {"", f"{label}a.html", label + NAME.split("/")[1]}
    assert rows[label + NAME.split("/")[1]]["status"] == "used"


def test_names_of_dos_stay_those_of_dos() -> None:
    member = zipfile.ZipInfo("x")
    member.orig_filename = "Café à la carte.txt".encode("cp437").decode("cp437")
    assert archive_names.name_of(member) == "Café à la carte.txt"


def test_the_name_that_is_stored_beside_a_broken_one_counts() -> None:
    import struct
    import zlib

    broken = "?nh.png".replace("?", "Ç").encode("cp437")
    field = b"\x01" + struct.pack("<I", zlib.crc32(broken)) + "ảnh.png".encode()
    member = zipfile.ZipInfo("x")
    member.orig_filename, member.extra = broken.decode("cp437"), struct.pack("<HH", 0x7075, len(field)) + field
    assert archive_names.name_of(member) == "ảnh.png"


def packed(name: str, raw: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, raw)
    return stream.getvalue()


def test_archives_within_archives_are_read_to_a_depth(tmp_path: Path) -> None:
    raw = packed("hai.zip", packed("trong/a.html", PAGE))
    source = editors.write_file(tmp_path / "old", "mot.zip", raw)
    rows = archives.convert(source, tmp_path / "content" / "articles")
    assert rows[f"{source}/hai.zip/trong/a.html"]["title"] == STORY.title
    deep = packed("a.html", PAGE)
    for _ in range(6):
        deep = packed("x.zip", deep)
    rows = archives.convert(editors.write_file(tmp_path / "old", "sau.zip", deep), tmp_path / "sau" / "articles")
    assert [row["reasons"] for key, row in rows.items() if key] == [[message_of("deep")]]


def test_archives_within_archives_share_one_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_archives, "LARGEST_ARCHIVE", 100_000)
    budget = zip_archives.Budget(size=100_000)
    inner = packed("a.html", b"x" * 60_000)
    (tmp_path / "a.zip").write_bytes(inner)
    assert list(zip_archives.unpack(tmp_path / "a.zip", tmp_path / "1", budget)) == []
    with pytest.raises(Exception, match="bomb"):
        list(zip_archives.unpack(tmp_path / "a.zip", tmp_path / "2", budget))


def test_an_archive_of_empty_files_is_told_and_not_unpacked(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(5000):
            archive.writestr(f"{number % 50}/{number}.html", b"")
    source = editors.write_file(tmp_path / "old", "goi.zip", stream.getvalue())
    found = list(items(str(source), tmp_path / "unpacked"))
    assert len(found) == 5000 and {(item.status, item.reason) for item in found} == {
        ("not-an-article", message_of("empty"))
    }
    assert not list((tmp_path / "unpacked").rglob("*.html"))


def test_progress_has_a_total(tmp_path: Path) -> None:
    editors.write_file(tmp_path / "old", "a.html", PAGE)
    editors.write_file(tmp_path / "old", "b/c.html", PAGE)
    editors.write_file(tmp_path / "old", "x.xml", "<rss><channel><item></item>\n<item></item></channel></rss>")
    assert command.count(str(tmp_path / "old")) == 3 and command.count(str(tmp_path / "old" / "x.xml")) == 2
