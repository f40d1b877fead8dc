"""Encodes one picture for the web with Pillow; imported only when a picture is new.

Metadata is dropped (a phone records where a picture was taken), the orientation is applied, colours are converted to
sRGB, transparency becomes white, and of an animation the first frame is taken. The same picture gives the same bytes.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from plugins.artifacts.files import digest, write_atomically
from plugins.i18n import translate
from plugins.problems.files import MEGABYTE, UnreadableError, read_bytes

from .variants import FORMATS, REDUCING_GAP, PictureError, short_digest

ACCEPTED = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
MAX_SIZE = 200 * MEGABYTE  # of a file
MAX_PIXELS = 80_000_000  # 240 MB once decoded
# What Pillow's decoders raise for broken files; the one for AVIF raises RuntimeError.
_DECODER_ERRORS = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    RuntimeError,
    EOFError,
    ArithmeticError,
    LookupError,
)
_EXIF_ORIENTATION = 0x0112
_HEIF = re.compile(rb".{4}ftyp(?:hei[cx]|hev[cx]|mif1|msf1)", re.S)  # https://mp4ra.org/registered-types/brands


class PictureInfo(NamedTuple):
    """What a picture's file says: digest of its bytes, digest for the names of variants, and upright size in px."""

    content_digest: str
    digest: str
    width: int
    height: int


def inspect(source: Path) -> PictureInfo:
    """Read the header of a picture without decoding its pixels. Raises PictureError."""
    data = _read(source)
    with _open(data) as image:
        width, height = image.size
        try:
            is_on_its_side = 5 <= image.getexif().get(_EXIF_ORIENTATION, 1) <= 8
        except _DECODER_ERRORS as error:  # a PNG may have its metadata after the pixels
            raise PictureError(_damaged()) from error
        if is_on_its_side:
            width, height = height, width
    return PictureInfo(digest(data), short_digest(data), width, height)


def make_variants(source: Path, content_digest: str, targets: Mapping[tuple[int, str], Path]) -> None:
    """Encode the variants of a picture.

    Args:
        source: the file of the picture.
        content_digest: digest of its bytes when it was inspected.
        targets: the files to write, by width in px and file name extension.

    Raises:
        PictureError: the picture is broken, too large, or has changed since it was inspected.
    """
    data = _read(source)
    if digest(data) != content_digest:
        raise PictureError(translate("was changed while it was read; build again"))
    full = _to_plain_rgb(decode(data))
    for (width, ending), target in targets.items():
        height = max(1, round(full.height * width / full.width))
        sized = full.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=REDUCING_GAP)
        stream = io.BytesIO()
        sized.save(stream, "JPEG" if ending == "jpg" else "AVIF", **FORMATS[ending])
        write_atomically(target, stream.getvalue())


def decode(data: bytes) -> Image.Image:
    """Return a picture in sRGB, upright, with its transparency. Raises PictureError."""
    with _open(data) as image, truncated_is_an_error():
        try:
            return _to_upright(image)
        except _DECODER_ERRORS as error:
            raise PictureError(_damaged()) from error


def _read(source: Path) -> bytes:
    try:
        return read_bytes(source, MAX_SIZE)
    except UnreadableError as error:
        raise PictureError(str(error)) from None


def _open(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=ACCEPTED)
    except Image.DecompressionBombError:
        raise PictureError(_too_large()) from None
    except _DECODER_ERRORS:
        if _HEIF.match(data):
            text = translate("is a HEIC photo, as the iPhone takes them; export it as JPEG, or set the phone to that")
            raise PictureError(text) from None
        raise PictureError(translate("is no picture that can be read; use JPEG, PNG or WebP")) from None
    if image.width * image.height > MAX_PIXELS:
        image.close()
        raise PictureError(_too_large())
    return image


def _damaged() -> str:
    return translate("is damaged or cut off; save or copy it again")


def _too_large() -> str:
    return translate("is larger than {size} megapixels; make it smaller", size=MAX_PIXELS // 1_000_000)


@contextmanager
def truncated_is_an_error() -> Iterator[None]:
    """Have Pillow refuse pictures that are cut off, even where WeasyPrint has told it to accept them."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _to_upright(image: Image.Image) -> Image.Image:
    """Convert to sRGB, upright; the mode may be RGBA."""
    profile = image.info.get("icc_profile")
    image.load()
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I"):  # 16-bit greyscale, which convert() would clip at 255
        image = image.convert("I").point(lambda grey: grey / 257).convert("L")
    if image.mode in ("P", "PA", "LA", "La", "RGBa", "1", "F"):
        image = image.convert("RGBA")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        image = _to_srgb(image, profile)
    return image


def _to_plain_rgb(image: Image.Image) -> Image.Image:
    """Convert to RGB on white, without metadata."""
    if image.mode == "RGBA":
        background = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(background, image)
    plain = Image.new("RGB", image.size)
    plain.paste(image.convert("RGB"))
    return plain


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError):
        return image  # the profile is broken: keep the colours as they are
