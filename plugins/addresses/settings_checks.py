"""What is wrong with the addresses that an owner has set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Any

from pelican.settings import DEFAULT_CONFIG

from plugins.i18n import translate

from .addresses import Addresses, output_name, place_name
from .defaults import ALLOWED_FIELDS, FILE_URL_SETTINGS, FORMER_URLS_SETTING, URLS
from .url_templates import HTML, UrlTemplate, UrlTemplateError

_ADDRESS = re.compile(r"(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*)?")  # RFC 3986, 2.3
_SAMPLE = {"slug": "a-a", "category": "b-b", "date": date(2000, 1, 2)}  # of what differs between addresses


def problems(settings: Mapping[str, Any], feature_urls: Mapping[str, str] | None = None) -> Iterator[str]:
    """What is wrong with the addresses of the settings, each in a line that names the setting.

    more: settings of addresses that features bring, with their defaults.
    """
    known, found = {**URLS, **(feature_urls or {})}, Addresses.from_settings(settings, feature_urls)
    shapes = {}
    for setting, default in known.items():
        template = found.urls[setting]
        wrong = _wrong(setting, template, default)
        if wrong:
            yield f"{setting} = {template!r}: {wrong}"
        else:
            shapes[setting] = UrlTemplate("", template).specificity
            yield from _wrong_file(setting, settings, template)
    yield from _wrong_former(settings)
    unclear = set()
    for one, other in combinations(shapes, 2):
        if shapes[one] == shapes[other]:
            unclear |= {one, other}
            yield translate("{one} and {other} make addresses that cannot be told apart: {a} and {b}; change one of them",
                      one=one, other=other, a=repr(found.urls[one]), b=repr(found.urls[other]))  # fmt: skip
    if len(shapes) < len(known):  # nothing can be read back before all are sound
        return
    for setting in known:
        taken = setting not in unclear and _taken(found, place_name(setting))
        if taken:
            yield translate("{setting} = {url}: /{taken} belongs to something else of the portal (a language, files for all "
                      "languages, or another list); begin this address with another word",
                      setting=setting, url=repr(found.urls[setting]), taken=taken)  # fmt: skip


def _taken(addresses: Addresses, name: str) -> str:
    """An address of a place of this name that reads back as something else, "" where there is none."""
    for lang in addresses.languages:
        url = addresses.url(lang, name, **_SAMPLE)
        stands = addresses.resolve(url)
        if stands is None or stands[:2] != (lang, name):
            return url
    return ""


def _wrong(setting: str, template: Any, default: str) -> str:
    """What is wrong with a URL template, or ""."""
    allowed = ALLOWED_FIELDS.get(setting) or UrlTemplate("", default).fields
    needed = UrlTemplate("", default).fields
    if template in ("", None, False):
        return translate("these pages cannot be left out; take this line away, or write an address such as {default}",
                   default=repr(default))  # fmt: skip
    if not isinstance(template, str) or not _ADDRESS.fullmatch(re.sub(r"\{[^}]*\}", "x", template)):
        return translate("must be an address such as {default}: letters from a to z, digits, - and _, no slash at its beginning",
                   default=repr(default))  # fmt: skip
    if not template.endswith("/") and not (setting in FILE_URL_SETTINGS and template.endswith(HTML)):
        return translate("must end in / or in .html") if setting in FILE_URL_SETTINGS else translate("must end in /")
    wrong = _wrong_fields(template, allowed, needed)
    missing = [form for form in ("%Y", "%m") if form in default and form not in template]
    if wrong or not missing:
        return wrong
    return translate("must hold {names}", names=", ".join(f"{{date:{form}}}" for form in missing))


def _wrong_fields(template: str, allowed: set[str], needed: set[str]) -> str:
    """What is wrong with what a URL template has in braces, or ""."""
    try:
        pattern = UrlTemplate("", template)
        fields = pattern.fields
        pattern.regex()
    except UrlTemplateError as error:
        if not error.is_date:
            return translate(
                "only a date has a form, write {{{field}}} without {form}", field=error.field, form=str(error)
            )
        return translate(
            "a date must be written with digits only, such as {{date:%Y}} or {{date:%m}}, not {form}", form=str(error)
        )
    except (ValueError, KeyError, re.error):
        return translate("has braces that do not match")
    if fields - allowed:
        names = ", ".join("{date:%Y}" if name == "date" else f"{{{name}}}" for name in sorted(allowed)) or translate(
            "nothing in braces"
        )
        return translate("may hold only {names}", names=names)
    if not fields >= needed:
        return translate("must hold {names}", names=", ".join(f"{{{name}}}" for name in sorted(needed)))
    return ""


def _wrong_former(settings: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with what ARTICLE_URL was before; old portals' addresses may have any ending and letters."""
    former = settings.get(FORMER_URLS_SETTING, ())
    if not isinstance(former, list | tuple) or not all(isinstance(url, str) for url in former):
        yield translate("{setting} = {value}: must be a list, such as [{example}]",
                  setting=FORMER_URLS_SETTING, value=repr(former), example=repr(URLS["ARTICLE_URL"]))  # fmt: skip
        return
    for url in former:
        wrong = _wrong_fields(url, ALLOWED_FIELDS["ARTICLE_URL"], {"slug"})
        if url.startswith("/"):
            wrong = translate("must not begin with a slash")
        if wrong:
            yield f"{FORMER_URLS_SETTING} = [{url!r}]: {wrong}"


def _wrong_file(setting: str, settings: Mapping[str, Any], template: str) -> Iterator[str]:
    """An `_SAVE_AS` that does not fit its URL. Pelican's own default is no wish of the owner's."""
    name = setting.replace("_URL", "_SAVE_AS")
    wished = settings.get(name)
    if wished is not None and wished not in (output_name(template), DEFAULT_CONFIG.get(name)):
        yield translate("{name} = {wished} does not fit {setting} = {url}: leave it out, or write {right}",
                  name=name, wished=repr(wished), setting=setting, url=repr(template), right=repr(output_name(template)))  # fmt: skip
