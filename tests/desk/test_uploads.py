"""Pictures and documents that editors bring are taken for what they are."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from plugins.desk import uploads

NOW = datetime(2026, 11, 30)


def picture(kind: str, size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    stream = io.BytesIO()
    uploads._register_heif()
    Image.new("RGB", size, (200, 0, 0)).save(stream, kind, **options)
    return stream.getvalue()


def office(*names: str, mimetype: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "path"),
    [
        ("Ảnh chợ phiên (1).JPG", picture("JPEG"), "images/2026/anh-cho-phien-1.jpg"),
        ("IMG_0001.HEIC", picture("HEIF"), "images/2026/img-0001.jpg"),
        ("bieu-do.png", picture("PNG"), "images/2026/bieu-do.png"),
        ("doi ten.exe", picture("WEBP"), "images/2026/doi-ten.jpg"),
        ("..\\..\\etc\\x.png", picture("PNG"), "images/2026/x.png"),
        ("CON.png", picture("PNG"), "images/2026/con-1.png"),
        ("《》.jpg", picture("JPEG"), "images/2026/tep.jpg"),
        ("Quyết định 12.pdf", b"%PDF-1.7 ...", "documents/2026/quyet-dinh-12.pdf"),
        ("a.docx", office("word/document.xml"), "documents/2026/a.docx"),
        ("a.docx", office(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "documents/2026/a.ods"),
    ],
)
def test_files_are_stored_under_plain_names(tmp_path: Path, name: str, data: bytes, path: str) -> None:
    assert uploads.store(tmp_path, name, data, NOW).path == path
    assert uploads.store(tmp_path, name, data, NOW).path == path  # the same bytes are there already
    assert (tmp_path / path).stat().st_size > 0


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ\x90",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"<html>",
        b"PK\x03\x04broken",
        office("word/document.xml", "word/vbaProject.bin"),
        office("a.exe"),
        picture("JPEG")[:200],
    ],
    ids=["empty", "exe", "svg", "html", "broken zip", "macros", "zip", "cut off"],
)
def test_other_files_are_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(uploads.UploadError):
        uploads.store(tmp_path, "a.jpg", data, NOW)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_photograph_is_upright_smaller_and_says_nothing_of_its_owner(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Máy của ông A"
    stored = uploads.store(tmp_path, "a.jpg", picture("JPEG", (3000, 2000), exif=exif), NOW)
    with Image.open(tmp_path / stored.path) as shown:
        assert shown.size == (1707, 2560) and not dict(shown.getexif())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
@pytest.mark.parametrize(
    "tail", [b"<script>x()</script>", office("a.exe"), b"%PDF-1.7 x"], ids=["script", "zip", "pdf"]
)
def test_what_hides_behind_a_picture_is_not_stored(tmp_path: Path, kind: str, tail: bytes) -> None:
    stored = uploads.store(tmp_path, "a.html", picture(kind) + tail, NOW)
    assert stored.is_picture and stored.path.endswith((".jpg", ".png"))
    assert tail not in (tmp_path / stored.path).read_bytes()


def test_a_document_is_what_its_first_bytes_say(tmp_path: Path) -> None:
    assert uploads.store(tmp_path, "a.html", b"%PDF-1.7 <script>", NOW).path.endswith(".pdf")
    with pytest.raises(uploads.UploadError):
        uploads.store(tmp_path, "a.pdf", b"<script>%PDF-1.7", NOW)


def test_another_picture_of_the_same_name_gets_a_number(tmp_path: Path) -> None:
    uploads.store(tmp_path, "a.png", picture("PNG"), NOW)
    assert uploads.store(tmp_path, "a.png", picture("PNG", (61, 40)), NOW).path == "images/2026/a-2.png"


def test_letters_shine_through_stay_so(tmp_path: Path) -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(stream, "WEBP")
    assert uploads.store(tmp_path, "logo.webp", stream.getvalue(), NOW).path == "images/2026/logo.png"
