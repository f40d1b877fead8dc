"""The addresses of articles and pages, from what their headers and the settings say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from plugins.addresses import Addresses
from plugins.markdown_reader.header_values import slug_of

from .name_spellings import canonical
from .stories import StoryRow


def categories_by_name(settings: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the categories of the settings by every name they have, in canonical form."""
    return {
        canonical(name): category
        for category in settings["CATEGORIES"]
        for name in (category["slug"], *(category[lang][0] for lang in settings["AGENCY"] if lang in category))
    }


def story_url(
    addresses: Addresses, settings: Mapping[str, Any], kind: str, lang: str, slug: str, category: str, day: date | None
) -> str:
    """Return the address of an article or page, without the leading slash.

    Args:
        addresses: The addresses of the portal.
        settings: Pelican's settings.
        kind: The name of its kind of content.
        lang: The code of its language.
        slug: Its slug.
        category: The name of its category; "" for a page.
        day: Its date in the portal's time zone; None for a page.
    """
    values: dict[str, str | date] = {"slug": slug}
    fields = addresses.fields(kind)
    if "date" in fields and day:
        values["date"] = day
    if "category" in fields:
        configured = categories_by_name(settings).get(canonical(category))
        values["category"] = configured["slug"] if configured else slug_of(category)
    return addresses.url(lang, kind, **values)


def row_url(addresses: Addresses, row: StoryRow, settings: Mapping[str, Any]) -> str:
    """Return the address that the article of a row has among these addresses."""
    day = datetime.fromtimestamp(int(row.published_at), ZoneInfo(settings["TIMEZONE"]))
    return story_url(addresses, settings, row.kind, row.lang, row.slug, row.category, day)
