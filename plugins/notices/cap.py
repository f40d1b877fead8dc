"""A notice in the Common Alerting Protocol 1.2, which warning systems and other portals read.

The standard: https://docs.oasis-open.org/emergency/cap/v1.2/CAP-v1.2.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from . import header

if TYPE_CHECKING:
    from plugins.portal.stories import Story

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
CATEGORIES = {"thien-tai": "Met", "y-te": "Health", "dien-nuoc": "Infra", "duong": "Transport", "an-ninh": "Safety"}
# urgency, severity and certainty of each level
LEVELS = {
    "khan": ("Immediate", "Severe", "Likely"),
    "canh-bao": ("Expected", "Moderate", "Likely"),
    "thong-tin": ("Unknown", "Minor", "Unknown"),
}
CODE_NAME = "VN-DVHC"  # of the codes of communes (General Statistics Office)
_TAG = re.compile(r"<[^>]*>")
_END_OF_BLOCK = re.compile(r"</(?:p|li|h\d|dd|dt|tr|blockquote)>|<br>")
register_namespace("", NAMESPACE)


def plain_text(html: str) -> str:
    """Return the words of HTML, each block on a line of its own."""
    text = unescape(_TAG.sub("", _END_OF_BLOCK.sub("\n", html)))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(filter(None, lines))


def alert(story: Story, areas: Iterable[tuple[str, str]], url: str, status: str) -> bytes:
    """Return a notice as an alert.

    Args:
        story: The notice.
        areas: The name and the official code ("" if not known) of each commune; none for the whole province.
        url: The public address of its page.
        status: "Actual", or "Exercise" where nothing of it is true.
    """
    agency, values = story.edition.agency, story.metadata
    gettext = story.edition.language.words.gettext
    host, sent = urlsplit(url).netloc, datetime.fromtimestamp(story.changed_at, story.date.tzinfo)
    root = Element(f"{{{NAMESPACE}}}alert")

    def add(parent: Element, name: str, text: str) -> Element:
        element = SubElement(parent, f"{{{NAMESPACE}}}{name}")
        element.text = text
        return element

    add(root, "identifier", f"{host}-{story.lang}-{story.slug}-{sent:%Y%m%dT%H%M%S}")
    add(root, "sender", agency.get("email") or host)
    add(root, "sent", _time(sent))
    add(root, "status", status)
    add(root, "msgType", "Alert")
    add(root, "scope", "Public")
    info = SubElement(root, f"{{{NAMESPACE}}}info")
    add(info, "language", story.lang)
    subject = values.get("kind", "khac")
    add(info, "category", CATEGORIES.get(subject, "Other"))
    add(info, "event", gettext(header.SUBJECTS[subject]))
    for name, value in zip(("urgency", "severity", "certainty"), LEVELS[values["level"]], strict=True):
        add(info, name, value)
    add(info, "onset", _time(datetime.fromisoformat(values["from"])))
    add(info, "expires", _time(datetime.fromisoformat(values["until"])))
    add(info, "senderName", agency["owner"])
    add(info, "headline", story.title)
    add(info, "description", plain_text(story.body))
    add(info, "web", url)
    if "phone" in values:
        add(info, "contact", values["phone"])
    for name, code in list(areas) or [(agency["name"], "")]:
        area = SubElement(info, f"{{{NAMESPACE}}}area")
        add(area, "areaDesc", name)
        if code:
            geocode = SubElement(area, f"{{{NAMESPACE}}}geocode")
            add(geocode, "valueName", CODE_NAME)
            add(geocode, "value", code)
    indent(root, " ")
    xml: bytes = tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + xml + b"\n"


def _time(time: datetime) -> str:
    """Return a time as CAP wants it: whole seconds, and the offset from UTC in digits."""
    return time.isoformat(timespec="seconds")
