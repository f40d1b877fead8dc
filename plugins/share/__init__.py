"""Feature: share an article by a link of a service, by copying its address, or with the phone's own share sheet.

The links are those of the services' own buttons, without their scripts: no service is contacted before a reader
follows a link. All of them read title and picture from the page's Open Graph data; X and e-mail also get the title.
Zalo's link is the one behind its official button (sp.zalo.me, parameter `url`), which has no other documentation.
A portal without a public address (a preview) has no links.
"""

from __future__ import annotations

import re
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

_ENCODED = re.compile(r"[\x00-\x9f]+")  # ASCII, and the control characters after it


def links(title: str, address: str) -> dict[str, str]:
    """The links that share a page, by service. title: its plain text; address: its full URL.

    Letters beyond ASCII stay as they are, as HTML allows; browsers encode them. So the page, which has the title in
    other places too, is smaller for those who load it.
    """
    encoded_title = _ENCODED.sub(lambda ascii_part: quote(ascii_part[0], safe=""), title)
    values = {"title": encoded_title, "address": quote(address, safe="")}
    return {service: link.format(**values) for service, link in SERVICES.items()}


class Share(Feature):
    """Offers the links to templates."""

    def template_globals(self, build: BuildContext) -> Mapping[str, Any]:
        """`share_links(title, address)`, see `links`."""
        return {"share_links": links}


feature = Share(__file__)
register = feature.register
