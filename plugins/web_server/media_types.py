"""The media types of all files of a site, by the ending of their names.

nginx gets the whole list, since that of Debian lacks some; with `X-Content-Type-Options: nosniff` a browser uses only
what has the right type. Sources: https://www.iana.org/assignments/media-types/
"""

from __future__ import annotations

MEDIA_TYPES = {
    "text/html": ("html", "htm"),
    "text/css": ("css",),
    "text/javascript": ("js", "mjs"),
    "text/plain": ("txt",),
    "text/markdown": ("md",),
    "text/csv": ("csv",),
    "text/vtt": ("vtt",),
    "text/calendar": ("ics",),
    "text/vcard": ("vcf",),
    "application/json": ("json",),
    "application/geo+json": ("geojson",),
    "application/manifest+json": ("webmanifest",),
    "application/xml": ("xml", "xsl"),
    "application/atom+xml": ("atom",),
    "application/rss+xml": ("rss",),
    "image/svg+xml": ("svg",),
    "image/avif": ("avif",),
    "image/webp": ("webp",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "image/gif": ("gif",),
    "image/x-icon": ("ico",),
    "audio/mpeg": ("mp3",),
    "audio/ogg": ("ogg", "opus"),
    "video/mp4": ("mp4",),
    "font/woff2": ("woff2",),
    "application/wasm": ("wasm",),
    "application/vnd.portal-search": ("lists", "cards", "texts", "head"),  # plugins/search
    "application/pdf": ("pdf",),
    "application/zip": ("zip",),
    "application/msword": ("doc",),
    "application/vnd.ms-excel": ("xls",),
    "application/vnd.ms-powerpoint": ("ppt",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ("pptx",),
    "application/vnd.oasis.opendocument.text": ("odt",),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods",),
    "application/vnd.oasis.opendocument.presentation": ("odp",),
}
UNKNOWN = "application/octet-stream"  # not compressed, so that browsers get the parts of a file that they ask for


def is_compressed(media_type: str) -> bool:
    """Return whether files of this type are text, which is sent compressed; the others are compressed already."""
    return media_type.startswith("text/") or media_type.endswith(("json", "xml"))


def nginx_types() -> str:
    """Return the directives for a `server` block: types, which of them are text, and which are compressed."""
    types = "".join(f"    {media_type} {' '.join(endings)};\n" for media_type, endings in MEDIA_TYPES.items())
    others = [media_type for media_type in MEDIA_TYPES if media_type != "text/html"]  # which nginx adds itself
    texts = list(filter(_has_charset, others))
    compressed = [media_type for media_type in others if is_compressed(media_type)]
    return (
        f"types {{\n{types}}}\ndefault_type {UNKNOWN};\ncharset utf-8;\n"
        f"charset_types {' '.join(texts)};\ngzip_types {' '.join(compressed)};\n"
    )


def media_type_of(name: str) -> str:
    """Return the type of a file by its name, with the encoding of text."""
    ending = name.rpartition(".")[2].lower()
    media_type = next((type_ for type_, endings in MEDIA_TYPES.items() if ending in endings), UNKNOWN)
    return f"{media_type}; charset=utf-8" if _has_charset(media_type) else media_type


def _has_charset(media_type: str) -> bool:
    return media_type.startswith("text/") or media_type.endswith("xml")
