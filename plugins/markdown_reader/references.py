"""Resolves the links and pictures of a page: to files of the content folder, places of the page, or other sites.

Links to articles and documents get Pelican's prefixes `{filename}` and `{static}`, pictures the prefix `{picture}`,
each with a path relative to the content folder.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote, urlsplit

from plugins.i18n import translate

from .accessible import heading_id
from .content_files import resolve_path, why_no_file
from .places import fragment_in_text, id_in_text, ids_of, place_of, suggestions
from .reports import Reports
from .windows_paths import is_on_a_computer

_PELICAN_PREFIX = re.compile(r"[{|](?:filename|static|attach)[|}](/?)")  # of Pelican's links between files
_IMG = re.compile(r"<img\b([^>]*)>")
_HREF = re.compile(r'(<a\b[^>]*? href=")([^"]*)"')
_NO_WORDS = re.compile(r"[^>]*></a>")  # after an address
# www.vanson.vn, xa.vanson.vn, vanson.vn, vanson.edu/
_HOST = re.compile(r"www\.[\w.-]+|[\w-]+(?:\.[\w-]+){2,}(?=/|$)|[\w-]+\.(?:[a-z]{2,}(?=/)|(?:[a-z]){2}$)")
_BACKLINK = 'class="footnote-backref"'
_BACKLINK_TO_NOWHERE = re.compile(rf"(?:&nbsp;|\s)*<a (?=[^>]*{_BACKLINK})(?![^>]* href=)[^>]*>[^<]*</a>")
_HAS_FRAGMENT = ' href="#'
_FIGCAPTION = re.compile(r"<figcaption>(.*?)</figcaption>", re.S)
_POOR_ALT = re.compile(r"(ảnh|hình ảnh|hình|image|photo|picture)\b(?! (vẽ|minh))", re.I)
_DOCUMENT_EXTENSIONS = {".md", ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".odp"}
_DOCUMENT_EXTENSIONS |= {".csv", ".txt", ".zip", ".mp3", ".mp4"}
_PICTURE_EXTENSIONS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic", ".tif", ".tiff", ".svg")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


class PictureReference(NamedTuple):
    """A picture as an article shows it: its path in the content folder, its description, its caption (HTML)."""

    path: str
    alt: str
    caption: str


class ReferenceResolver:
    """Resolves the links and pictures of one file.

    Args:
        source: Absolute path of the file.
        content_folder: Absolute path of the content folder.
        reports: Takes the problems with them.

    Attributes:
        pictures, linked_files, portal_links, fragments: See `Body`; the keys are in the order of the page.
    """

    def __init__(self, source: str, content_folder: str, reports: Reports) -> None:
        self.source, self.content_folder, self.reports = source, content_folder, reports
        self.ids: set[str] = set()
        self.pictures: list[PictureReference] = []
        self.linked_files: dict[str, None] = {}
        self.portal_links: dict[str, None] = {}
        self.fragments: dict[tuple[str, str], None] = {}
        self._addresses: Counter[str] = Counter()  # how often each one was seen so far

    def resolve(self, html: str) -> str:
        """Return sanitized HTML with all of its references resolved."""
        self.ids = ids_of(html) if _HAS_FRAGMENT in html else set()
        html = _HREF.sub(self._resolve_link, html)
        html = _IMG.sub(self._resolve_picture, html)
        return _BACKLINK_TO_NOWHERE.sub("", html) if _BACKLINK in html else html

    def _report(self, needle: str, message: str, level: str = "error") -> None:
        """Add a problem with the link or picture that was seen last."""
        self.reports.add(needle, message, level, max(0, self._addresses[needle] - 1))

    def _resolve_link(self, match: re.Match[str]) -> str:
        """The replacement for a match of _HREF."""
        href = unescape(match[2]).replace("\n", "")
        self._addresses[href] += 1
        if _NO_WORDS.match(match.string, match.end()):
            text = translate("this link has no words; write them between the brackets: [words](address)")
            self._report(href, text, "warning")
        if not href.strip():
            text = translate("this link has no address; write it between the brackets: [words](address)")
            needle = "]()" if self.reports.has_typed(r"\]\(\)") else "](<>)" if self.reports.has_typed("<>") else "href"
            self.reports.add(needle, text, "warning", self._addresses[href] - 1)
            return match[1].removesuffix(' href="')
        if href.startswith("#"):
            return self._resolve_fragment(match, href[1:])
        prefix = _PELICAN_PREFIX.match(href)
        url = _split_url(href[prefix.end() :] if prefix else href)
        if not prefix and href.startswith("/") and not url.netloc:
            self.portal_links[url.path] = None
            self._note_fragment(url.path, url.fragment)
        if not prefix and (url.scheme or url.netloc or not url.path or href.startswith("/")):
            return match[0].replace("\n", "")  # as browsers do
        base = os.path.join(self.content_folder, ".") if prefix and prefix[1] else self.source
        path = resolve_path(url.path, base, self.content_folder)
        if path is None:
            text = translate("the link leads to {target}, which does not exist", target=url.path)
            self._report(href, self._why_missing(url.path, base) or _why_no_page(url.path) or text)
            return match[0]
        self._check_extension(href, path)
        self.linked_files[path] = None
        kind = "filename" if path.endswith(".md") else "static"
        if kind == "filename":
            self._note_fragment(path, url.fragment)
            url = url._replace(fragment=fragment_in_text(url.fragment))  # a file is the text, with nothing around it
        tail = (f"?{url.query}" if url.query else "") + (f"#{url.fragment}" if url.fragment else "")
        return f'{match[1]}{{{kind}}}/{escape(quote(path))}{escape(tail)}"'

    def _why_missing(self, reference: str, base: str) -> str:
        """Why there is no file at a path; "" if there is nothing more to say than that."""
        if is_on_a_computer(path := unquote(reference)):
            return translate(
                "{path} is on your own computer, where readers cannot open it; copy it to images/ or documents/ in the"
                " content folder and write its path from there",
                path=path,
            )
        return why_no_file(reference, base, self.content_folder)

    def _note_fragment(self, target: str, fragment: str) -> None:
        if place_of(fragment):
            self.fragments[target, fragment] = None

    def _resolve_fragment(self, match: re.Match[str], fragment: str) -> str:
        """The replacement for a link to a place on the same page: without an address where there is no such place."""
        place = place_of(unquote(fragment))
        if place in self.ids or not place:
            return match[0]
        for known in (id_in_text(place), heading_id(place, "-")):
            if known in self.ids:
                return f'{match[1]}#{escape(known)}"'
        if fragment.startswith("fnref"):
            name = fragment.partition(":")[2]
            text = translate(
                "nothing in the text refers to the note [^{name}]; write [^{name}] where it belongs", name=name
            )
            self._report(f"[^{name}]:", text, "warning")
        else:
            text = translate(
                "the link leads to #{place}, but this page has no such place; it has: {known}",
                place=unquote(fragment),
                known=suggestions(place, self.ids),
            )
            self._report(f"#{fragment}", text, "warning")
        return match[1].removesuffix(' href="')

    def _check_extension(self, target: str, path: str) -> None:
        """Report a link to a file that must not be published as it is. target: the link as written."""
        extension = os.path.splitext(path)[1].lower()
        if extension in _PICTURE_EXTENSIONS:  # the original would be published, with all its metadata
            text = translate("show the picture {picture} with ![…](…) instead of linking to it", picture=target)
            self._report(target, text)
        elif extension != ".md" and (extension not in _DOCUMENT_EXTENSIONS or not path.startswith("documents/")):
            # an HTML page or a script would run with the rights of the portal
            known = ", ".join(sorted(extension[1:] for extension in _DOCUMENT_EXTENSIONS))
            text = translate(
                "{target} is no document; linked can be files in documents/ of these kinds: {endings}",
                target=target,
                endings=known,
            )
            self._report(target, text)

    def _resolve_picture(self, match: re.Match[str]) -> str:
        """The replacement for a match of _IMG: "" for a picture that cannot be shown."""
        attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(match[1])}
        source = attributes.get("src", "")
        needle = source or ("data:" if self.reports.has_typed(r"\bdata:image") else "<img")
        self._addresses[needle] += 1
        url = _split_url(source)
        name = source or translate("a picture")
        alt = attributes.get("alt", "").strip()
        self._check_alt(alt, "alt" in attributes, source, name, needle)
        if not source or url.scheme or url.netloc:
            message = translate(
                "{picture}: only pictures of the content folder can be shown; save it there", picture=name
            )
            self._report(needle, message)
            return ""
        path = resolve_path(url.path, self.source, self.content_folder)
        if path is None:
            text = translate("the picture {picture} does not exist", picture=source)
            self._report(source, self._why_missing(url.path, self.source) or text)
            return ""
        caption = _FIGCAPTION.match(match.string, match.end())
        self.pictures.append(PictureReference(path, alt, caption[1] if caption else ""))
        if caption and alt and alt == unescape(caption[1]):
            text = translate("describe what {picture} shows; the caption says the same", picture=name)
            self._report(source, text, "warning")
        plugin_class = f' class="{escape(attributes["class"])}"' if "class" in attributes else ""
        return f'<img src="{{picture}}{escape(path)}" alt="{escape(alt)}"{plugin_class}>'

    def _check_alt(self, alt: str, has_alt: bool, source: str, name: str, needle: str) -> None:
        """Report a missing or useless description. name: of the picture, for the message. needle: see `_report`."""
        if not alt and not (has_alt and self._is_decorative(source)):
            text = translate("{picture} has no description; write ![what it shows]({picture})", picture=name)
            self._report(needle, text)
        elif _POOR_ALT.match(alt) or alt == os.path.basename(source):
            text = translate("describe what {picture} shows, not that it is a picture", picture=name)
            self._report(needle, text, "warning")

    def _is_decorative(self, source: str) -> bool:
        """Whether an editor has written `alt=""`, which marks a picture as decorative; an empty ![](…) does not."""
        return self.reports.has_typed(r"<img\b[^>]*\balt\s*=\s*([\"'])\1") and not self.reports.has_typed(
            rf"\]\({re.escape(source)}"
        )


def _why_no_page(path: str) -> str:
    """What to write for an address of the web that has no https://; "" if a path is none."""
    if not _HOST.match(path) or os.path.splitext(path)[1].lower() in {*_DOCUMENT_EXTENSIONS, *_PICTURE_EXTENSIONS}:
        return ""
    return translate("an address of the web begins with https://; write https://{address}", address=path)


def _split_url(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:  # http://[
        return SplitResult("", "", address, "", "")
