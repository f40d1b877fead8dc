"""One picture made ready for the web (Pillow, imported only where a picture is new).

Metadata is left behind (a phone writes the place where a picture was taken into it), the
orientation is applied, colours become sRGB, transparency becomes white, and a moving picture
stands still on its first frame. The same picture gives the same bytes.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from plugins.artifacts.files import digest, write_atomically
from plugins.i18n import translate

from .variants import FORMATS, REDUCING_GAP, PictureError, short_digest

ACCEPTED = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
MAX_PIXELS = 80_000_000  # 240 MB once decoded
# what Pillow's decoders raise for broken files (the one of AVIF raises RuntimeError)
_BROKEN = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    RuntimeError,
    EOFError,
    ArithmeticError,
    LookupError,
)


class PictureInfo(NamedTuple):
    """What a picture's file says. content: digest of its bytes; digest: for names in the site; width, height: px."""

    content_digest: str
    digest: str
    width: int
    height: int


def inspect(source: Path) -> PictureInfo:
    """Read a picture's header. Raises PictureError."""
    data = source.read_bytes()
    with _opened(data) as image:
        width, height = image.size
        try:
            turned = 5 <= image.getexif().get(0x0112, 1) <= 8  # by a quarter
        except _BROKEN as error:  # a PNG may keep it behind the pixels
            raise PictureError(_damaged()) from error
        if turned:
            width, height = height, width
    return PictureInfo(digest(data), short_digest(data), width, height)


def make_variants(source: Path, content: str, targets: Mapping[tuple[int, str], Path]) -> None:
    """Write variants, by width and ending. content: digest of the bytes that the picture had. Raises PictureError."""
    data = source.read_bytes()
    if digest(data) != content:
        raise PictureError(translate("was changed while it was read; build again"))
    with _opened(data) as image:
        try:
            full = _plain(image)
        except _BROKEN as error:
            raise PictureError(_damaged()) from error
    for (width, ending), target in targets.items():
        height = max(1, round(full.height * width / full.width))
        sized = full.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=REDUCING_GAP)
        stream = io.BytesIO()
        sized.save(stream, "JPEG" if ending == "jpg" else "AVIF", **FORMATS[ending])
        write_atomically(target, stream.getvalue())


def _opened(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=ACCEPTED)
    except Image.DecompressionBombError:
        raise PictureError(_too_large()) from None
    except _BROKEN:
        raise PictureError(translate("is no picture that can be read; use JPEG, PNG or WebP")) from None
    if image.width * image.height > MAX_PIXELS:
        image.close()
        raise PictureError(_too_large())
    return image


def _damaged() -> str:
    return translate("is damaged or cut off; save or copy it again")


def _too_large() -> str:
    return translate("is larger than {size} megapixels; make it smaller", size=MAX_PIXELS // 1_000_000)


def _plain(image: Image.Image) -> Image.Image:
    """RGB in sRGB, upright, on white, without any metadata."""
    profile = image.info.get("icc_profile")
    image.load()
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I"):  # sixteen bits of grey; convert() would cut them off at 255
        image = image.convert("I").point(lambda grey: grey / 257).convert("L")
    if image.mode in ("P", "PA", "LA", "La", "RGBa", "1", "F"):
        image = image.convert("RGBA")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        image = _to_srgb(image, profile)
    if image.mode == "RGBA":
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image)
    plain = Image.new("RGB", image.size)
    plain.paste(image.convert("RGB"))
    return plain


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"), outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError):
        return image  # a broken profile: the colours as they are
