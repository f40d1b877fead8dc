"""Pictures and documents that editors bring: checked by what they are, not by their names, and put into content/."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

from plugins.artifacts.files import write_atomically
from plugins.i18n import translate
from plugins.markdown_reader.header_values import slug_of
from plugins.pictures.encoding import truncated_is_an_error
from plugins.unicode_text import normalize

LARGEST = 60_000_000  # bytes of a file
MOST_PIXELS = 120_000_000
WIDEST = 2560  # pixels of the longer side; the build makes smaller ones of it
QUALITY = 88
_PHOTOS = frozenset({"JPEG", "MPO", "HEIF", "AVIF", "WEBP"})
_DRAWINGS = frozenset({"PNG", "GIF", "BMP", "TIFF"})
_OFFICE_PARTS = {"word/": ".docx", "xl/": ".xlsx", "ppt/": ".pptx"}
_LARGEST_NAME = 60


class UploadError(ValueError):
    """A file that is not taken; the text says why and what to do."""


class Uploaded(NamedTuple):
    """A file that was put into the content folder: its path there, and whether it is a picture."""

    path: str
    is_picture: bool


def store(content: Path, name: str, data: bytes, now: datetime) -> Uploaded:
    """Put a file into the content folder; the same bytes are stored once.

    Photographs are turned upright, made at most `WIDEST` pixels wide or high, and lose what the camera says of place
    and owner. HEIC becomes JPEG. Documents are stored as they are.

    Args:
        content: The content folder.
        name: The file's name on the editor's machine.
        data: Its bytes.
        now: Files are sorted by year.

    Raises:
        UploadError: It is no picture and no document that readers can open.
        OSError: It could not be written.
    """
    if len(data) > LARGEST:
        raise UploadError(translate("the file is larger than {size} MB; make it smaller", size=LARGEST // 1_000_000))
    if not data:
        raise UploadError(translate("the file is empty"))
    stem = (slug_of(PurePosixPath(normalize(name).replace("\\", "/")).stem) or "tep")[:_LARGEST_NAME].strip("-")
    ending = _document_ending(data)
    if ending:
        folder = f"documents/{now:%Y}"
    else:
        folder = f"images/{now:%Y}"
        data, ending = _picture(data)
    return Uploaded(_stored(content, folder, stem, ending, data), folder.startswith("images"))


def _stored(content: Path, folder: str, stem: str, ending: str, data: bytes) -> str:
    """Write a file under the first name that is free or has the same bytes; return its path in the content folder."""
    (content / folder).mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        name = f"{stem}{'' if number == 1 else f'-{number}'}{ending}"
        file = content / folder / name
        if not file.exists():
            write_atomically(file, data)
            return f"{folder}/{name}"
        if file.read_bytes() == data:
            return f"{folder}/{name}"
        number += 1


def _document_ending(data: bytes) -> str:
    """Return the ending of a document that readers can open, by its first bytes; "" if it is none."""
    if data.startswith(b"%PDF-"):
        return ".pdf"
    if data.startswith(b"PK\x03\x04"):
        return _office_ending(data)
    return ""


def _office_ending(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = archive.read("mimetype").decode("ascii", "replace").rpartition("opendocument.")[2]
                return {"text": ".odt", "spreadsheet": ".ods", "presentation": ".odp"}.get(kind, "")
    except (zipfile.BadZipFile, OSError, ValueError):
        return ""
    if any(name.endswith("vbaProject.bin") for name in names):
        raise UploadError(translate("the file has macros, which may do harm; save it without them"))
    return next((end for part, end in _OFFICE_PARTS.items() if any(name.startswith(part) for name in names)), "")


def _picture(data: bytes) -> tuple[bytes, str]:
    """Return a picture as it is stored, and its ending."""
    unknown = translate("this is no picture and no document that readers can open; use JPEG, PNG, PDF, DOCX or XLSX")
    _register_heif()
    try:
        with truncated_is_an_error(), Image.open(io.BytesIO(data)) as opened:
            if opened.format not in _PHOTOS | _DRAWINGS:
                raise UploadError(unknown)
            if opened.width * opened.height > MOST_PIXELS:
                raise UploadError(translate("the picture has too many pixels; make it smaller"))
            is_photo = opened.format in _PHOTOS
            opened.load()
            picture = ImageOps.exif_transpose(opened)
            profile = opened.info.get("icc_profile")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        if isinstance(error, UploadError):
            raise
        raise UploadError(unknown) from error
    picture.thumbnail((WIDEST, WIDEST), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    if is_photo and not _has_transparency(picture):
        picture.convert("RGB").save(
            stream, "JPEG", quality=QUALITY, optimize=True, progressive=True, icc_profile=profile
        )
        return stream.getvalue(), ".jpg"
    mode = "RGBA" if _has_transparency(picture) else "RGB"
    picture.convert(mode).save(stream, "PNG", optimize=True, icc_profile=profile)
    return stream.getvalue(), ".png"


def _has_transparency(picture: Image.Image) -> bool:
    """Return whether anything shines through a picture."""
    if picture.mode not in ("RGBA", "LA", "PA", "P"):
        return False
    lowest = picture.convert("RGBA").getchannel("A").getextrema()[0]
    return isinstance(lowest, int | float) and lowest < 255


def _register_heif() -> None:
    from pillow_heif import register_heif_opener  # slow to import, and seldom needed

    register_heif_opener()
