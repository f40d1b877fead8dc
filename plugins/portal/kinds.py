"""The kinds of content that every portal has, declared in the same way as those of features."""

from __future__ import annotations

from plugins.addresses import URLS
from plugins.features.hooks import Kind


def _list_address(setting: str) -> str:
    return URLS[setting].removesuffix("{slug}/")


ARTICLE = Kind("article", "Latest news", "articles", _list_address("ARTICLE_URL"), schema="NewsArticle")
PAGE = Kind(
    "page", "Pages", "pages", _list_address("PAGE_URL"), template="page", schema="WebPage", voice=False, listed=False
)
BUILT_IN = {kind.name: kind for kind in (ARTICLE, PAGE)}
