"""Markdown to safe HTML: one Markdown instance for all articles, and nothing unsafe behind it.

Whatever an article holds, its HTML has only the elements, attributes and schemes named here
(nh3 over ammonia and html5ever). Links between articles and to documents become Pelican's
`{filename}` and `{static}`; pictures become `{picture}path`, relative to the content folder.
"""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote, urlsplit

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import TocExtension

from plugins.i18n import translate
from plugins.languages import language
from plugins.problems import Problem

from .accessible import AccessibleExtension, heading_id, normalize_headings
from .blank_lines import BlankLinesExtension
from .fences import FencesExtension
from .header_values import is_lang
from .markdown_patches import install
from .nesting_limits import find_excessive_nesting

_BLOCKS = {"blockquote", "caption", "col", "colgroup", "dd", "details", "div", "dl", "dt", "figcaption", "figure"}
_BLOCKS |= {"footer", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "summary"}
_BLOCKS |= {"table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
_INLINE = {"a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark"}
_INLINE |= {"q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
_ATTRIBUTES = {
    "*": {"aria-label", "dir", "id", "lang", "role", "title"},
    "a": {"href", "hreflang"},
    "col": {"span"},
    "del": {"datetime"},
    "img": {"alt", "src", "class"},
    "ins": {"datetime"},
    "ol": {"start", "reversed"},
    "section": {"tabindex"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "time": {"datetime"},
}
_CLASSES = {"td": {"right", "center"}, "th": {"right", "center"}, "section": {"footnote", "scroll"}}
_CLASSES |= {"a": {"footnote-ref", "footnote-backref"}}
_FOR_PLUGIN = re.compile(r"image-process(-[\w-]+)?$")  # what pelican-image-process looks for on a picture
_ROLES = {"doc-endnotes", "doc-noteref", "doc-backlink"}
_OWN_ID = re.compile(r"(muc-|fn)[\w:.-]*$")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")  # control characters never belong in HTML

_TAG = re.compile(r"<[^>]*>")
_MARKED = re.compile(r"[{|](?:filename|static|attach)[|}](/?)")  # as Pelican writes links between files
_IMG = re.compile(r"<img\b([^>]*)>")
_SCROLLED = re.compile(r'<section (?=[^>]*\bclass="scroll")[^>]*>\s*<table\b')
_HREF = re.compile(r'(<a\b[^>]*? href=")([^"]*)"')
_REMOVED = re.compile(
    r"<(?P<element>script|style|iframe|object|embed|video|audio|form|input|button|select|font|svg|math)\b"
    r"|<[a-z][^>]*?\s(?P<attribute>on\w+|style)\s*=",
    re.I,
)
_FIGCAPTION = re.compile(r"<figcaption>(.*?)</figcaption>", re.S)
_POOR_ALT = re.compile(r"(ảnh|hình ảnh|hình|image|photo|picture)\b(?! (vẽ|minh))", re.I)
_DOCUMENTS = {".md", ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".odp", ".csv", ".txt"}
_DOCUMENTS |= {".zip", ".mp3", ".mp4"}
_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic", ".tif", ".tiff", ".svg")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


class PictureReference(NamedTuple):
    """A picture as an article shows it: its path in the content folder, its description, its caption (HTML)."""

    path: str
    alt: str
    caption: str


@dataclass
class Body:
    """An article's body: safe HTML, the pictures it shows (in order), and what is wrong with it."""

    html: str
    pictures: list[PictureReference] = field(default_factory=list)
    linked_files: list[str] = field(default_factory=list)  # files of the content folder, each once
    portal_links: list[str] = field(default_factory=list)  # of the portal itself, as written: /tro-nang/
    problems: list[Problem] = field(default_factory=list)
    file_digest: str = ""  # digest of the file as it was written


def convert(
    markdown: str, source: str, content_folder: str, lang: str, first_line: int = 1, default_lang: str = ""
) -> Body:
    """Convert the Markdown of the file `source` (absolute) below the folder `content` (absolute).

    lang: of the labels that are added; first: the portal's first language, where it is another.
    """
    text = _CONTROL.sub("", unicodedata.normalize("NFC", markdown))
    deep = find_excessive_nesting(text)
    if deep is not None:
        return Body("", problems=[Problem("", first_line + deep, translate("is nested too deeply; write it simpler"))])
    md = _markdown().reset()
    md.words = words = language(lang, default_lang or lang).words
    try:
        unsafe = md.convert(text)
    except RecursionError:
        _markdown.cache_clear()  # it has stopped half way
        return Body("", problems=[Problem("", first_line, translate("is nested too deeply; write it simpler"))])
    html = _clean(unsafe)
    if _has_raw_tables(html):
        from .raw_tables import complete_tables  # BeautifulSoup takes as long to import as an article to rebuild

        html = _clean(complete_tables(html, words))
    html = normalize_headings(html).replace("<pre", '<pre tabindex="0"')  # it scrolls sideways
    if "{" in html or "|" in html:
        html = _TAG.sub(lambda tag: tag[0].replace("{", "&#123;").replace("|", "&#124;"), html)  # Pelican's own marks
    finisher = _Finisher(source, content_folder, text, first_line)
    finisher.removed(unsafe)
    html = _HREF.sub(finisher.link, html)
    html = _IMG.sub(finisher.picture, html)
    return Body(html, finisher.pictures, list(finisher.links), list(finisher.addresses), finisher.problems)


def _has_raw_tables(html: str) -> bool:
    """Whether sanitised HTML has a table that does not stand in a scroller."""
    return html.count("<table") > len(_SCROLLED.findall(html))


def _clean(html: str) -> str:
    """Only what is named above, as a browser would read it."""
    return _cleaner().clean(html)


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_BLOCKS | _INLINE,
        clean_content_tags={"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math"},
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        attribute_filter=_filter,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


@cache
def _markdown() -> Markdown:
    extensions: list[str | Extension]
    extensions = ["abbr", "attr_list", "def_list", "footnotes", "md_in_html", "sane_lists", "tables"]
    extensions += [TocExtension(slugify=heading_id), FencesExtension(), BlankLinesExtension(), AccessibleExtension()]
    configs = {"footnotes": {"BACKLINK_TEXT": "↩"}}
    return install(Markdown(extensions=extensions, extension_configs=configs, output_format="html"))


def _filter(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "id" and not _OWN_ID.match(value):
        return None  # an author's id could stand for one of the page's own
    if attribute == "class" and tag == "img":
        return " ".join(name for name in value.split() if _FOR_PLUGIN.match(name)) or None
    if attribute == "role" and value not in _ROLES:
        return None
    if attribute == "lang" and not is_lang(value):
        return None
    if attribute == "tabindex" and value != "0":
        return None
    return value


class _Finisher:
    """Resolve the links and pictures of one article; collect what is wrong with them."""

    def __init__(self, source: str, content: str, text: str, first_line: int) -> None:
        self.source, self.content = source, content
        self.text, self.first_line = text, first_line
        self.pictures: list[PictureReference] = []
        self.links: dict[str, None] = {}
        self.addresses: dict[str, None] = {}
        self.problems: list[Problem] = []

    def removed(self, unsafe: str) -> None:
        """Tell once what an editor will look for in vain: a video frame, a form, a colour."""
        found = _REMOVED.search(unsafe)
        if found:
            what = found["element"] or found["attribute"]
            self._complain(
                (found["element"] and f"<{what}") or what,
                translate("{what} is removed for safety", what=what),
                "warning",
            )

    def link(self, match: re.Match[str]) -> str:
        href = unescape(match[2])
        marked = _MARKED.match(href)
        url = _split(href[marked.end() :] if marked else href)
        if not marked and href.startswith("/") and not url.netloc:
            self.addresses[url.path] = None
        if not marked and (url.scheme or url.netloc or not url.path or href.startswith("/")):
            return match[0]
        near = os.path.join(self.content, ".") if marked and marked[1] else self.source
        path = resolve_path(url.path, near, self.content)
        if path is None:
            self._complain(url.path, translate("the link leads to {target}, which does not exist", target=url.path))
            return match[0]
        ending = os.path.splitext(path)[1].lower()
        if ending in _PICTURES:  # the file itself would be published, with all its metadata
            self._complain(
                url.path,
                translate("show the picture {picture} with ![…](…) instead of linking to it", picture=url.path),
            )
        elif ending not in _DOCUMENTS or (
            ending != ".md" and not path.startswith("documents/")
        ):  # a page or script of its own would run with the portal's rights
            known = ", ".join(sorted(e[1:] for e in _DOCUMENTS))
            self._complain(
                url.path,
                translate(
                    "{target} is no document; linked can be files in documents/ of these kinds: {endings}",
                    target=url.path,
                    endings=known,
                ),
            )
        self.links[path] = None
        kind = "filename" if path.endswith(".md") else "static"
        tail = (f"?{url.query}" if url.query else "") + (f"#{url.fragment}" if url.fragment else "")
        return f'{match[1]}{{{kind}}}/{escape(quote(path))}{escape(tail)}"'

    def picture(self, match: re.Match[str]) -> str:
        attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(match[1])}
        source = attributes.get("src", "")
        url = _split(source)
        name = source or translate("a picture")
        alt = attributes.get("alt", "").strip()
        if not alt and ("alt" not in attributes or not self._decorative(source)):
            self._complain(
                source, translate("{picture} has no description; write ![what it shows]({picture})", picture=name)
            )
        elif _POOR_ALT.match(alt) or alt == os.path.basename(source):
            self._complain(
                source, translate("describe what {picture} shows, not that it is a picture", picture=name), "warning"
            )
        if not source or url.scheme or url.netloc:
            message = translate(
                "{picture}: only pictures of the content folder can be shown; save it there", picture=name
            )
            self._complain(source or "<img", message)
            return ""
        path = resolve_path(url.path, self.source, self.content)
        if path is None:
            self._complain(source, translate("the picture {picture} does not exist", picture=source))
            return ""
        caption = _FIGCAPTION.match(match.string, match.end())
        self.pictures.append(PictureReference(path, alt, caption[1] if caption else ""))
        if caption and alt and alt == unescape(caption[1]):
            self._complain(
                source, translate("describe what {picture} shows; the caption says the same", picture=name), "warning"
            )
        asks = f' class="{escape(attributes["class"])}"' if "class" in attributes else ""
        return f'<img src="{{picture}}{escape(path)}" alt="{escape(alt)}"{asks}>'

    def _decorative(self, source: str) -> bool:
        """`alt=""` written out says that a picture is decoration; an empty ![](…) says nothing."""
        return bool(re.search(r"<img\b[^>]*\balt\s*=\s*([\"'])\1", self.text)) and f"]({source}" not in self.text

    def _complain(self, needle: str, message: str, level: str = "error") -> None:
        written = re.search(rf"""(\]\(<?|(src|href)\s*=\s*["']?){re.escape(needle)}""", self.text)
        at = written.start() if written else self.text.find(needle)
        line = self.first_line + self.text.count("\n", 0, at) if at >= 0 else self.first_line
        self.problems.append(Problem("", line, message, level))


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:  # http://[
        return SplitResult("", "", address, "", "")


def resolve_path(reference: str, source: str, content_folder: str) -> str | None:
    """What a path written in `source` names, relative to the content folder; None where there is no such file."""
    root = os.path.realpath(content_folder)
    if "\0" in unquote(reference):
        return None
    full = os.path.realpath(os.path.join(os.path.dirname(source), unquote(reference)))
    if not full.startswith(root + os.sep) or not os.path.isfile(full):
        return None
    return os.path.relpath(full, root).replace(os.sep, "/")
