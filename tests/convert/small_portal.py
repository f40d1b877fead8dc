"""A small portal as somebody saved it: pages of five templates with their pictures and documents, packed by Windows.

The names in the ZIP archive have backslashes and are in cp1258, without a word about either.
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from . import templates, templates_later
from .old_names import in_cp1258, zip_with_raw_names
from .stories import Story, story
from .templates import SavedPage

FOLDER = "Cổng cũ\\Tin tức"
KINDS = {
    **{name: templates.TEMPLATES[name] for name in ("nukeviet", "sharepoint", "wordpress", "old_tables")},
    "joomla": templates_later.TEMPLATES["joomla"],
}
DOCUMENT_EVERY = 5  # pages; one in so many links to a document
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass(frozen=True)
class PortalPage:
    """A page of the portal.

    Args:
        path: in the archive, with slashes.
        template: which it is of.
        story: what it says.
        page: its name and bytes.
        pictures: bytes by name, in the folder beside it.
        document: name of the document that it links to, "" for none.
    """

    path: str
    template: str
    story: Story
    page: SavedPage
    pictures: dict[str, bytes]
    document: str


def pages(count: int, first: int = 5000) -> list[PortalPage]:
    """Return the pages of the portal, always the same."""
    return [_page(first + number, number) for number in range(count)]


def _page(number: int, position: int) -> PortalPage:
    name = list(KINDS)[position % len(KINDS)]
    told = story(number, 18)
    saved = KINDS[name](told, random.Random(number))
    raw = saved.raw.decode("utf-8")
    links = [part.link for part in told.parts if part.kind == "img"]
    names = {link: f"Ảnh {number}-{at} đồng bào.png" for at, link in enumerate(links)}
    for link, picture in names.items():
        raw = raw.replace(f"images/{link}", f"Hình ảnh/{picture}")
    document = f"Kế hoạch số {number}.pdf" if position % DOCUMENT_EVERY == 0 else ""
    last = next(part.words for part in reversed(told.parts) if part.kind == "p")
    if document and f"<p>{last}</p>" in raw:
        raw = raw.replace(
            f"<p>{last}</p>", f'<p>{last}</p><p><a href="Văn bản/{document}">Toàn văn kế hoạch</a></p>', 1
        )
    else:
        document = ""
    pictures = {picture: _picture(picture) for picture in names.values()}
    path = f"{FOLDER}\\{number}\\bài viết.html".replace("\\", "/")
    return PortalPage(
        path, name, told, SavedPage(saved.name, raw.encode(), saved.has_date, saved.has_author), pictures, document
    )


def _picture(name: str) -> bytes:
    """Return a picture that says its own name, so that one sees whether it is the right one."""
    image = Image.new("RGB", (480, 320), (random.Random(name).randrange(90, 200), 120, 140))
    ImageDraw.Draw(image).text((20, 140), name.split()[1], fill="white", font_size=64)
    stream = io.BytesIO()
    image.save(stream, "png")
    return stream.getvalue()


def write_zip(path: Path, portal: list[PortalPage]) -> Path:
    """Write the portal as a ZIP archive; return its path."""
    files: dict[bytes, bytes] = {}
    for each in portal:
        folder = each.path.rsplit("/", 1)[0]
        files[_packed(each.path)] = each.page.raw
        for name, data in each.pictures.items():
            files[_packed(f"{folder}/Hình ảnh/{name}")] = data
        if each.document:
            files[_packed(f"{folder}/Văn bản/{each.document}")] = PDF
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(zip_with_raw_names(files))
    return path


def _packed(name: str) -> bytes:
    return in_cp1258(name.replace("/", "\\"))
