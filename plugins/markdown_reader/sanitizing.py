"""Leaves nothing in HTML but the elements, attributes and schemes of links that a page may have.

nh3 (https://nh3.readthedocs.io/) parses it as a browser would, and removes the rest.
"""

from __future__ import annotations

import re
from functools import cache

import nh3

from .elements import ALLOWED
from .header_values import is_lang
from .places import id_in_text

_ATTRIBUTES = {
    "*": {"aria-label", "dir", "id", "lang", "role", "title"},
    "a": {"href", "hreflang"},
    "col": {"span"},
    "del": {"datetime"},
    "img": {"alt", "src", "class"},
    "ins": {"datetime"},
    "li": {"type", "value"},
    "ol": {"start", "reversed", "type"},
    "section": {"tabindex"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "time": {"datetime"},
}
_CLASSES = {"td": {"right", "center"}, "th": {"right", "center"}, "section": {"footnote", "scroll"}}
_CLASSES |= {"a": {"footnote-ref", "footnote-backref"}}
_PLUGIN_CLASS = re.compile(r"image-process(-[\w-]+)?$")  # by which pelican-image-process finds its pictures
SCHEMES = {"http", "https", "mailto", "tel"}  # of links
_ROLES = {"doc-endnotes", "doc-noteref", "doc-backlink"}
_NUMBERINGS = {"1", "a", "A", "i", "I"}  # of items (https://html.spec.whatwg.org/#attr-ol-type)
_ID = re.compile(r"[\w:.-]+$")


def sanitize(html: str) -> str:
    """Parse HTML as a browser would and keep only what is allowed."""
    return _sanitizer().clean(html)


@cache
def _sanitizer() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(ALLOWED),
        clean_content_tags={"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math"},
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        attribute_filter=_filter_attribute,
        url_schemes=SCHEMES,
        link_rel=None,
    )


def _filter_attribute(tag: str, attribute: str, value: str) -> str | None:
    """The value that an allowed attribute gets, or None to remove it."""
    if attribute == "id":  # with a prefix, because others could clash with the ids of the page
        return id_in_text(value) if _ID.match(value) else None
    if attribute == "class" and tag == "img":
        return " ".join(name for name in value.split() if _PLUGIN_CLASS.match(name)) or None
    if (
        (attribute == "role" and value not in _ROLES)
        or (attribute == "lang" and not is_lang(value))
        or (attribute == "tabindex" and value != "0")
        or (attribute == "type" and value not in _NUMBERINGS)
    ):
        return None
    return value
