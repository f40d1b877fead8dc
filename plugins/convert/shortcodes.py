"""Shortcodes of WordPress, such as [gallery ids="5,6"]: told from words in square brackets, and replaced.

What is certainly a shortcode goes: those that WordPress itself has, and what only a shortcode can look like, that is
attributes with values, a slash at the end, or an end of its own. Everything else in brackets is text: [sic], [1],
[theo Báo Vân Sơn].
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape, unescape

from plugins.i18n import translate

from . import access

# https://developer.wordpress.org/reference/functions/add_shortcode/: those that WordPress registers itself
_OF_WORDPRESS = frozenset({"caption", "wp_caption", "gallery", "playlist", "audio", "video", "embed"})
_CODE = re.compile(
    r"\[(?P<escaped>\[)?(?P<end>/)?(?P<name>[A-Za-z][\w-]{0,60})(?P<attributes>(?:\s[^\[\]]{0,2000})?)\](?(escaped)\])",
    re.A,
)
_VALUE = r"(?:\"[^\"]*\"|'[^']*'|“[^”]*”|&(?:quot|#8221|#8243);.*?&(?:quot|#8221|#8243);|[^\s\"'=]+)"
_ATTRIBUTES = re.compile(rf"(?:\s*[A-Za-z_][\w-]*\s*=\s*{_VALUE})+\s*/?\s*", re.A)
_ADDRESS = re.compile(r"https?://[^\s\"'\[\]<>]+")
_CAPTION = re.compile(
    r"\[(?:wp_)?caption\b(?P<attributes>[^\]]{0,2000})\](?P<picture>.*?<img[^>]*>(?:\s*</a>)?)(?P<text>.*?)"
    r"\[/(?:wp_)?caption\]",
    re.S,
)
_CAPTION_ATTRIBUTE = re.compile(r"\bcaption=(\"|')(.*?)\1", re.S)
_EMBED = re.compile(r"\[embed\b[^\]]*\]\s*(https?://[^\s\[\]<>]+)\s*\[/embed\]")
LONGEST_QUOTED = 200  # letters of a shortcode in a note
MOST_NOTES = 20  # shortcodes of one entry that are told one by one


@dataclass
class WithoutShortcodes:
    """HTML without its shortcodes.

    html: with everything that they enclosed; notes: what an editor must look at; is_restricted: whether one of them hid
    a part from some readers.
    """

    html: str
    notes: list[str] = field(default_factory=list)
    is_restricted: bool = False


def replace(html: str) -> WithoutShortcodes:
    """Return the HTML of a post without shortcodes; captions become figures, addresses of embeds paragraphs."""
    html = _EMBED.sub(lambda found: f"\n\n{found[1]}\n\n", _CAPTION.sub(_figure, html))
    ended = {found["name"] for found in _CODE.finditer(html) if found["end"] and not found["escaped"]}
    result = WithoutShortcodes("")
    told: dict[str, None] = {}

    def one(found: re.Match[str]) -> str:
        if found["escaped"]:  # [[gallery]] is how an author writes [gallery] as text
            return found[0][1:-1]
        if not _is_shortcode(found["name"], found["attributes"], ended):
            return found[0]
        if not found["end"]:
            told[unescape(" ".join(found[0].split()))[:LONGEST_QUOTED]] = None
        if access.restricts(found["name"]) and not result.is_restricted:
            result.is_restricted = True
            result.notes.append(access.restricted_part_note(found["name"]))
        return ""

    result.html = _CODE.sub(one, html)
    result.notes += _notes(list(told))
    return result


def _is_shortcode(name: str, attributes: str, ended: set[str]) -> bool:
    if name in _OF_WORDPRESS or name in ended:
        return True
    return attributes.rstrip().endswith("/") or bool(_ATTRIBUTES.fullmatch(attributes))


def _figure(found: re.Match[str]) -> str:
    """Return a picture with its caption as an element; old posts have the caption as an attribute."""
    attribute = _CAPTION_ATTRIBUTE.search(found["attributes"])
    caption = found["text"].strip() or (escape(unescape(attribute[2])) if attribute else "")
    return f"<figure>{found['picture']}<figcaption>{caption}</figcaption></figure>"


def _notes(told: list[str]) -> list[str]:
    """Return the notes about shortcodes that are gone."""
    notes = []
    for code in told[:MOST_NOTES]:
        address = _ADDRESS.search(code)
        if address:
            notes.append(
                translate(
                    "Embedded: the page showed {address} by {code}; put a link to it.", address=address[0], code=code
                )
            )
        else:
            notes.append(
                translate("Embedded: {code} put something here on the old portal that is not in the export.", code=code)
            )
    if len(told) > MOST_NOTES:
        notes.append(translate("Embedded: and {count} more of the kind.", count=len(told) - MOST_NOTES))
    return notes
