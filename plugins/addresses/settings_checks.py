"""Checks the settings of addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Any
from urllib.parse import urlsplit

from pelican.settings import DEFAULT_CONFIG

from plugins.i18n import translate

from .addresses import Addresses, output_name, place_name
from .defaults import ALLOWED_FIELDS, FILE_URL_SETTINGS, FORMER_URLS_SETTING, URLS
from .url_templates import HTML, UrlTemplate, UrlTemplateError

_ADDRESS = re.compile(r"(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*)?")  # RFC 3986, 2.3
_SAMPLE: dict[str, str | date] = {"slug": "a-a", "category": "b-b", "date": date(2000, 1, 2)}  # values of all fields


def problems(settings: Mapping[str, Any], feature_urls: Mapping[str, str] | None = None) -> Iterator[str]:
    """What is wrong with the addresses in the settings: one line each, which names the setting.

    Args:
        settings: Pelican's settings.
        feature_urls: settings of addresses that features declare, with their defaults.
    """
    defaults = {**URLS, **(feature_urls or {})}
    addresses = Addresses.from_settings(settings, feature_urls)
    specificities = {}
    for setting, default in defaults.items():
        template = addresses.urls[setting]
        error = _check_template(setting, template, default)
        if error:
            yield f"{setting} = {template!r}: {error}"
        else:
            specificities[setting] = UrlTemplate("", template).specificity
            yield from _check_save_as(setting, settings, template)
    yield from _check_former_urls(settings)
    yield from _check_site(str(settings.get("SITEURL") or ""))
    ambiguous = set()
    for one, other in combinations(specificities, 2):
        if specificities[one] == specificities[other]:
            ambiguous |= {one, other}
            yield translate(
                "{one} and {other} make addresses that cannot be told apart: {a} and {b}; change one of them",
                one=one,
                other=other,
                a=repr(addresses.urls[one]),
                b=repr(addresses.urls[other]),
            )
    if len(specificities) < len(defaults):  # no address can be resolved before all templates are valid
        return
    for setting in defaults:
        taken = setting not in ambiguous and _find_conflict(addresses, place_name(setting))
        if taken:
            yield translate(
                "{setting} = {url}: /{taken} belongs to something else of the portal (a language, files for all "
                "languages, or another list); begin this address with another word",
                setting=setting,
                url=repr(addresses.urls[setting]),
                taken=taken,
            )


def _check_site(site: str) -> Iterator[str]:
    """What is wrong with the path of the portal's public address."""
    parts = urlsplit(site)
    if not _ADDRESS.fullmatch(parts.path.strip("/")) or parts.query or parts.fragment:
        yield translate(
            "SITEURL = {site}: below a host, the portal has a path of letters from a to z, digits, - and _, such as "
            "{example}",
            site=repr(site),
            example=repr("https://tinh.example/xa"),
        )


def _find_conflict(addresses: Addresses, name: str) -> str:
    """An address of a place of this name that resolves to something else, or ""."""
    for lang in addresses.languages:
        url = addresses.url(lang, name, **_SAMPLE)
        place = addresses.resolve(url)
        if place is None or (place.lang, place.name) != (lang, name):
            return url
    return ""


def _check_template(setting: str, template: object, default: str) -> str:
    """What is wrong with a URL template, or ""."""
    if template in ("", None, False):
        return translate(
            "these pages cannot be left out; take this line away, or write an address such as {default}",
            default=repr(default),
        )
    if not isinstance(template, str) or not _ADDRESS.fullmatch(re.sub(r"\{[^}]*\}", "x", template)):
        return translate(
            "must be an address such as {default}: letters from a to z, digits, - and _, no slash at its beginning",
            default=repr(default),
        )
    if not template.endswith("/") and not (setting in FILE_URL_SETTINGS and template.endswith(HTML)):
        may_be_file = setting in FILE_URL_SETTINGS
        return translate("must end in / or in .html") if may_be_file else translate("must end in /")
    required = UrlTemplate("", default).fields
    error = _check_fields(template, ALLOWED_FIELDS.get(setting) or required, required)
    missing = [form for form in ("%Y", "%m") if form in default and form not in template]
    if error or not missing:
        return error
    return translate("must hold {names}", names=", ".join(f"{{date:{form}}}" for form in missing))


def _check_fields(template: str, allowed: set[str], required: set[str]) -> str:
    """What is wrong with the fields of a URL template, or ""."""
    try:
        parsed = UrlTemplate("", template)
        fields = parsed.fields
        parsed.regex()
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
    if not fields >= required:
        return translate("must hold {names}", names=", ".join(f"{{{name}}}" for name in sorted(required)))
    return ""


def _check_former_urls(settings: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the earlier values of ARTICLE_URL, which may have any ending and any letters."""
    former = settings.get(FORMER_URLS_SETTING, ())
    if not isinstance(former, list | tuple) or not all(isinstance(url, str) for url in former):
        yield translate(
            "{setting} = {value}: must be a list, such as [{example}]",
            setting=FORMER_URLS_SETTING,
            value=repr(former),
            example=repr(URLS["ARTICLE_URL"]),
        )
        return
    for url in former:
        error = _check_fields(url, ALLOWED_FIELDS["ARTICLE_URL"], {"slug"})
        if url.startswith("/"):
            error = translate("must not begin with a slash")
        if error:
            yield f"{FORMER_URLS_SETTING} = [{url!r}]: {error}"


def _check_save_as(setting: str, settings: Mapping[str, Any], template: str) -> Iterator[str]:
    """What is wrong with a `_SAVE_AS` setting that does not fit its URL; Pelican's own default does not matter."""
    name = setting.replace("_URL", "_SAVE_AS")
    save_as = settings.get(name)
    expected = output_name(template)
    if save_as is not None and save_as not in (expected, DEFAULT_CONFIG.get(name)):
        yield translate(
            "{name} = {wished} does not fit {setting} = {url}: leave it out, or write {right}",
            name=name,
            wished=repr(save_as),
            setting=setting,
            url=repr(template),
            right=repr(expected),
        )
