"""The kinds of content that every portal has, declared as features declare theirs."""

from __future__ import annotations

from plugins.addresses import URLS
from plugins.features.hooks import Kind


def _address(setting: str) -> str:
    return URLS[setting].removesuffix("{slug}/")


ARTICLE = Kind("article", "Latest news", "articles", _address("ARTICLE_URL"), schema="NewsArticle")
PAGE = Kind(
    "page", "Pages", "pages", _address("PAGE_URL"), template="page", schema="WebPage", voice=False, listed=False
)
OWN = {kind.name: kind for kind in (ARTICLE, PAGE)}
