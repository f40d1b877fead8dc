"""Feature: share an article, by plain links, its address copied, or the phone's own sheet.

The links are those that the services' own buttons lead to, without their scripts: nothing is asked of
anybody before a reader follows one. All of them read title and picture from the page's Open Graph
data; X and email are given the title too. Zalo's is the address behind its official button
(sp.zalo.me, parameter `url`), not otherwise documented. Google+ is gone since 2019. Without a public
address (a preview) there is nothing to share.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from plugins.features import Feature

if TYPE_CHECKING:
    from plugins.portal.outputs import BuildContext

SERVICES = {
    "Facebook": "https://www.facebook.com/sharer.php?u={address}",
    "X": "https://x.com/intent/post?text={title}&url={address}",
    "Zalo": "https://sp.zalo.me/share_inline?url={address}",
    "Email": "mailto:?subject={title}&body={address}",
}


def links(title: str, address: str) -> dict[str, str]:
    """Service -> the link that shares a page. title: its plain text; address: its whole public address."""
    values = {"title": quote(title, safe=""), "address": quote(address, safe="")}
    return {service: link.format(**values) for service, link in SERVICES.items()}


class Share(Feature):
    """Gives templates the links that share a page."""

    def template_globals(self, build: BuildContext) -> Mapping[str, Any]:
        """`share_links(title, address)`, see `links`."""
        return {"share_links": links}


feature = Share(__file__)
register = feature.register
