"""The forms that texts in portal.toml can have.

Each check returns what is wrong with a text and what to write instead, in the editor's language; "" if it is right.
"""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from functools import partial
from types import MappingProxyType

from plugins.i18n import translate
from plugins.languages.language import is_known
from plugins.look.colours import is_hex
from plugins.markdown_reader.header_values import is_slug, slug_of

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")  # BCP 47
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_HOST = rf"(?:{_LABEL}\.)*{_LABEL}"
_SITE = re.compile(
    rf"https?://{_HOST}(?::(?P<port>\d{{1,5}}))?(?:/[A-Za-z0-9._~-]+?)*?(?P<file>/[A-Za-z0-9_-]+\.(?:html?|php|aspx))?/?"
)
_EMAIL = re.compile(r"[^\s@<>\":,;]+@[^\s@<>\":,;]+\.[^\s@<>\":,;.]+")
_PHONE = re.compile(
    r"(?P<number>\+?[0-9(][0-9 .()-]*?)"
    r"(?:[ ,;.–-]*\(?(?:số )?(?:máy )?(?:lẻ|nhánh|nội bộ|ext(?:ension)?)\b[ .:]*\d{1,6}\)?)?",
    re.IGNORECASE,
)
_LINK = re.compile(r"/(?!/)\S*|https?://[^\s/]+(?:/\S*)?|mailto:[^\s@]+@[^\s@]+|tel:\+?[0-9]+")
_WITHOUT_SCHEME = re.compile(rf"(?:{_LABEL}\.)+[A-Za-z]{{2,}}(?::\d+)?(?:/\S*)?")
KEYS_BESIDE_LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "section key": ("slug", "documents"),
    "map key": ("file", "date", "names"),
    "menu key": ("section", "page", "link", "entries"),
    "link key": ("section", "page", "link", "picture"),
    "licence key": ("link",),
}


def language(text: str) -> str:
    """Check the code of a language."""
    if _LANGUAGE.fullmatch(text) and is_known(text):
        return ""
    small = text.lower()
    example = f'"{small}"' if small != text and not language(small) else '"vi", "en", "tyz", "hmv"'
    return translate("this is no code of a language; write for example {example}", example=example)


def language_or(keys: tuple[str, ...], text: str) -> str:
    """Check the code of a language where other keys can stand too."""
    if text in keys or not language(text):
        return ""
    return translate("unknown key; here stand {keys} and the codes of languages, such as vi", keys=", ".join(keys))


def some_text(text: str) -> str:
    """Check that a text is not empty."""
    return "" if text.strip() else translate("is empty; write the text between the quotation marks")


def site(text: str) -> str:
    """Check the public address of the portal; "" if it has none yet."""
    parts = _SITE.fullmatch(text)
    if not text or (parts and int(parts["port"] or 0) < 65536 and not parts["file"]):
        return ""
    if parts and parts["file"]:
        return translate("names a file; write {right}", right=f'"{text.removesuffix(parts["file"]).rstrip("/")}"')
    if _WITHOUT_SCHEME.fullmatch(text):
        return translate("lacks https://; write {right}", right=f'"https://{text}"')
    likely = _likely_site(text)
    is_right = likely != text and not site(likely)
    return translate(
        "must be https://, the name of the host and perhaps a folder; write for example {example}",
        example=f'"{likely if is_right else "https://binhson.gov.vn"}"',
    )


def _likely_site(text: str) -> str:
    """Return an address as it stands in links: small letters, the host in ASCII, nothing after the folder."""
    text = "".join(text.split())
    scheme = re.match(r"(?i)(https?)\W{2,}", text)
    host, slash, folder = re.split(r"[?#]", text[scheme.end() if scheme else 0 :])[0].partition("/")
    with suppress(UnicodeError):
        host = host.lower().encode("idna").decode()
    return f"{scheme[1].lower() if scheme else 'https'}://{host}{slash}{folder}".rstrip("/")


def host(text: str) -> str:
    """Check the name of a host."""
    if re.fullmatch(_HOST, text):
        return ""
    found = re.match(rf"(?:https?://)?({_HOST})(?=[/:]|$)", text)
    right = f'"{found[1]}"' if found else '"binhson.laocai.gov.vn"'
    return translate("must be the name of a host alone; write {right}", right=right)


def link(text: str) -> str:
    """Check where a link leads to."""
    if _LINK.fullmatch(text):
        return ""
    if _WITHOUT_SCHEME.fullmatch(text):
        return translate("lacks https://; write {right}", right=f'"https://{text}"')
    if _EMAIL.fullmatch(text):
        return translate("must begin with https:// or mailto:; write {right}", right=f'"mailto:{text}"')
    if is_slug(text.strip("/")):
        return translate("lacks a / at its beginning; write {right}", right=f'"/{text.strip("/")}/"')
    return translate('must be an address of the portal such as "/lien-he/", or begin with https://, mailto: or tel:')


def contact(text: str) -> str:
    """Check an address where somebody can be reached, as security.txt has it."""
    if re.fullmatch(r"https://[^\s/]+(/\S*)?|mailto:[^\s@]+@[^\s@]+", text):
        return ""
    right = f'"mailto:{text}"' if _EMAIL.fullmatch(text) else '"mailto:attt@binhson.gov.vn"'
    return translate("must begin with https:// or mailto:; write {right}", right=right)


def email(text: str) -> str:
    """Check an e-mail address, or that there is none."""
    if not text or _EMAIL.fullmatch(text):
        return ""
    found = re.search(_EMAIL, text)  # mailto:…, Ban biên tập <…>
    right = f'"{found[0]}"' if found else '"banbientap@binhson.gov.vn"'
    return translate("is no e-mail address; write for example {example}", example=right)


def phone(text: str) -> str:
    """Check a telephone number that can be dialled (ITU-T E.164) and may have an extension, or that there is none."""
    found = _PHONE.fullmatch(text)
    if not text or (found and 3 <= len(re.sub(r"\D", "", found["number"])) <= 15):
        return ""
    return translate("cannot be dialled; write one number, such as {example}", example='"0214 3 840 034"')


def slug(text: str) -> str:
    """Check the address of a section or page."""
    if is_slug(text):
        return ""
    right = slug_of(re.sub(r"\.(md|html?)$", "", text.strip("/").rpartition("/")[2]))
    return translate(
        "is no address, which has small letters a–z, digits and single hyphens; write {right}",
        right=f'"{right if is_slug(right) else "tin-tuc"}"',
    )


def colour(text: str) -> str:
    """Check a colour."""
    if is_hex(text):
        return ""
    right = f'"{_likely_colour(text)}"'
    return translate("is no colour, which is # and six digits from 0 to f; write {right}", right=right)


def _likely_colour(text: str) -> str:
    """Return a colour that was written in another way of CSS: its name, rgb(…), three digits."""
    from PIL import ImageColor  # slow to import

    for likely in (text, f"#{text}"):
        with suppress(ValueError):
            return "#{:02x}{:02x}{:02x}".format(*ImageColor.getrgb(likely.strip())[:3])
    return "#0a5c36"


def day(text: str) -> str:
    """Check a date."""
    with suppress(ValueError):
        if date.fromisoformat(text).isoformat() == text:
            return ""
    return translate("is no date; write for example {example}", example="2026-11-20")


def script(text: str) -> str:
    """Check what PDFs have a further script for: the code of a language, or a font file."""
    from plugins.pdf.faces import ENDINGS, script_of  # slow to import

    if script_of(text) or text.lower().endswith(ENDINGS):
        return ""
    return translate("is neither the code of a language nor a font file; write for example {example}", example='"lo"')


def target(text: str) -> str:
    """Check where the portal is published: a folder, one of another machine, or a bucket."""
    if not text.strip():
        return some_text(text)
    if (
        text.isprintable()
        and not text.endswith(".git")
        and not re.match(r"(?!s3:)[A-Za-z][\w+.-]+:(//|[^/\\]*@)", text)
    ):
        return ""
    return translate(
        "can be a folder, user@host:/folder, or s3://bucket/folder; write for example {example}",
        example='"portal@may-chu.example:/srv/www/portal"',
    )


def time_zone(text: str) -> str:
    """Check the name of a time zone."""
    with suppress(OSError, ValueError, zoneinfo.ZoneInfoNotFoundError):
        if text and zoneinfo.ZoneInfo(text):
            return ""
    return translate("there is no such time zone; write {example}", example='"Asia/Ho_Chi_Minh"')


def placeholder(text: str) -> str:
    """Check the name of a placeholder."""
    if re.fullmatch("[a-z][a-z0-9_]*", text):
        return ""
    return translate("this name has other letters than a–z, digits and _; write for example {example}", example="fax")


def setting(text: str) -> str:
    """Check the name of a setting of Pelican."""
    if re.fullmatch("[A-Z][A-Z0-9_]*", text):
        return ""
    return translate("capital letters are missing; write {example}", example=text.upper() or "STATIC_PATHS")


FORMATS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "colour": colour,
        "contact": contact,
        "date": day,
        "email": email,
        "host": host,
        "language": language,
        "link": link,
        "phone": phone,
        "placeholder": placeholder,
        "script": script,
        "setting": setting,
        "site": site,
        "slug": slug,
        "target": target,
        "text": some_text,
        "time zone": time_zone,
        **{name: partial(language_or, keys) for name, keys in KEYS_BESIDE_LANGUAGES.items()},
    }
)
