"""The published address of an article that is being written: whether it would end, how it is kept, why it is gone."""

from __future__ import annotations

from collections.abc import Mapping

from plugins.i18n import translate
from plugins.markdown_reader.front_matter import MISSING
from plugins.problems import ContentError, Problem
from plugins.web_server.former_addresses import canonical

from .documents import Documents, Opened
from .entries import items
from .fields import status_of

CODE = "address-changes"


def aliases_of(documents: Documents, opened: Opened) -> tuple[str, ...]:
    """Return the former addresses that lead to an article, as its header has them."""
    return items(documents.values(opened).get("aliases", ()), documents.keys_of(opened.path), "aliases")


def published_addresses(documents: Documents, opened: Opened, published: Mapping[str, str]) -> list[str]:
    """Return the addresses at which readers find an article: its own first, then those that lead to it.

    Args:
        documents: The files that editors write.
        opened: The article.
        published: The address of each file that readers find.
    """
    own = [published[opened.path]] if opened.path in published else []
    urls = {canonical(url) for path, url in published.items() if path != opened.path}
    return own + [alias for alias in aliases_of(documents, opened) if canonical(alias) in urls]


def with_alias(documents: Documents, opened: Opened, address: str) -> str:
    """Return the text of an article with one more address that leads to it. Raises ContentError."""
    return documents.with_changes(opened, {"aliases": [*aliases_of(documents, opened), address]}, None)


def without_reason(documents: Documents, opened: Opened) -> list[Problem]:
    """Return the problem that a withdrawn article does not say why, if that is so."""
    try:
        values = documents.values(opened)
    except ContentError:
        return []
    if status_of(str(values.get("status", ""))) != "withdrawn" or values.get("reason"):
        return []
    text = translate("reason is missing: say when and why the article was withdrawn")
    return [Problem("", 1, text, code=f"{MISSING}reason")]


def ending(documents: Documents, opened: Opened, published: str, present: str) -> list[Problem]:
    """Return the problem that the published address of an article would end, if it would.

    Args:
        documents: The files that editors write.
        opened: The article, with the text that is being written.
        published: The address at which readers find it, "" if it is not published.
        present: That which it has now, "" if that is not known.
    """
    try:
        values: Mapping[str, object] = documents.values(opened)
        kept = {canonical(address) for address in (present, *aliases_of(documents, opened))}
    except ContentError:
        return []
    is_published = published and present and status_of(str(values.get("status", ""))) == "published"
    if not is_published or canonical(published) in kept:
        return []
    text = translate(
        "{old} is published and would become {new}: let the old address lead there", old=published, new=present
    )
    return [Problem("", 1, text, code=CODE)]
