"""What editors give the portal: good, bad and hostile articles, and pictures of every kind."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from pathlib import Path

from bs4 import BeautifulSoup
from PIL import Image

from tests import portals

ENGLISH = {"PORTAL_LANG": "en"}  # what the commands print, so that tests can read it


def write_article(content: Path, name: str, body: str = "Nội dung.", **header: str) -> Path:
    """Write an article with an author; see portals.write_article."""
    return portals.write_article(content, name, body, **({"authors": "Ban Biên tập"} | header))


def write_small_content(folder: Path) -> Path:
    """Write a content folder with one article in each language."""
    write_article(folder, "mot-bai.md", title="Một bài bình thường")
    write_article(folder, "an-article.en.md", title="An ordinary article", lang="en", category="Society")
    return folder


def write_file(content: Path, name: str, text: str | bytes) -> Path:
    """Write a file below `content` byte by byte."""
    path = content / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def file_digests(folder: Path) -> dict[str, str]:
    """Return every file of a folder with a digest of its bytes."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in paths}


def read_pages(output: Path) -> dict[str, BeautifulSoup]:
    """Return every HTML page of a finished site, by address."""
    return {p.relative_to(output).as_posix(): read_page(p) for p in sorted(output.rglob("*.html"))}


def read_page(path: Path) -> BeautifulSoup:
    """Return one finished page."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def photo(width: int = 400, height: int = 300, mode: str = "RGB", ending: str = "png", **options: object) -> bytes:
    """Return a picture whose left half is red and right half blue (grey and black if the mode has no colours)."""
    image = Image.new("RGB", (width, height), (200, 0, 0))
    image.paste((0, 0, 200), (width // 2, 0, width, height))
    stream = io.BytesIO()
    image.convert(mode).save(stream, ending, **options)
    return stream.getvalue()


def deep_photo() -> bytes:
    """Return a grey PNG of 16 bits per pixel."""
    stream = io.BytesIO()
    Image.new("I;16", (400, 300), 40_000).save(stream, "png")
    return stream.getvalue()


def huge_png(width: int = 20_000, height: int = 10_000) -> bytes:
    """Return a file of under a hundred bytes whose header claims 200 megapixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def phone_photo() -> bytes:
    """Return a JPEG held upright by a phone: stored lying (400x300), with orientation 6, its maker and the place in
    EXIF.
    """
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SECRETPHONE"
    exif.get_ifd(0x8825).update({1: "N", 2: (21.0, 51.0, 12.0), 3: "E", 4: (106.0, 45.0, 36.0)})
    return photo(ending="jpeg", exif=exif)
