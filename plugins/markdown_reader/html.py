"""Converts Markdown to safe HTML.

Whatever a file contains, its HTML has only the elements, attributes and URL schemes that this module allows; nh3
(https://nh3.readthedocs.io/) removes the rest. Links to articles and documents get Pelican's prefixes `{filename}` and
`{static}`, pictures the prefix `{picture}`, each with a path relative to the content folder.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
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
from plugins.problems.files import why_unreadable
from plugins.unicode_text import NormalizedText, normalize, normalize_lines

from .accessible import ID_PREFIX, AccessibleExtension, heading_id, normalize_headings
from .angle_brackets import escape_text
from .blank_lines import BlankLinesExtension
from .fences import FencesExtension
from .header_values import is_lang
from .lost_text import find_lost_text
from .markdown_patches import install
from .nesting_limits import find_excessive_nesting
from .places import ids_of, place_of, suggestions
from .typed_lists import TypedListsExtension
from .typed_marks import TypedMarksExtension, plain_blanks

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
_PLUGIN_CLASS = re.compile(r"image-process(-[\w-]+)?$")  # by which pelican-image-process finds its pictures
SCHEMES = {"http", "https", "mailto", "tel"}  # of links
_SCHEME = re.compile(r"<a\b[^>]*?\shref\s*=\s*[\"']?\s*([A-Za-z][A-Za-z0-9+.-]*):", re.I)
_ROLES = {"doc-endnotes", "doc-noteref", "doc-backlink"}
_ALLOWED_ID = re.compile(rf"({ID_PREFIX}|fn)[\w:.-]*$")
_EDITORS_ID = re.compile(r"[\w:.-]+$")
MAX_QUOTE = 60  # characters of an editor's text in a message

_TAG = re.compile(r"<[^>]*>")
_PELICAN_PREFIX = re.compile(r"[{|](?:filename|static|attach)[|}](/?)")  # of Pelican's links between files
_IMG = re.compile(r"<img\b([^>]*)>")
_SCROLLABLE_TABLE = re.compile(r'<section (?=[^>]*\bclass="scroll")[^>]*>\s*<table\b')
_HREF = re.compile(r'(<a\b[^>]*? href=")([^"]*)"')
_UNSAFE = re.compile(
    r"<(?P<element>script|style|iframe|object|embed|video|audio|form|input|button|select|font|svg|math)\b"
    r"|<[a-z][^>]*?\s(?P<attribute>on\w+|style)\s*=",
    re.I,
)
_BACKLINK_TO_NOWHERE = re.compile(r'(?:&nbsp;|\s)*<a (?=[^>]*class="footnote-backref")(?![^>]* href=)[^>]*>[^<]*</a>')
_HAS_FRAGMENT = ' href="#'
_LEFT_ESCAPE = re.compile("\x02(\\d+)\x03")  # by which Markdown keeps an escaped letter, left in e-mail addresses
_CODE = re.compile(r"<(pre|code|kbd|samp)\b.*?</\1>", re.S)
# `**Lưu ý: **`, `[Cổng] (https://…)`, `[^1]` without a note
_VISIBLE_MARKS = ("**", "] (", "[^", "~~", "```")
_VISIBLE_MARK = re.compile(r"\*\*|\] \((?=https?:|[\w.-]*/|[\w-]+\.\w{2,4}\))|\[\^[^\]\s]+\]|~{2,}|`{3,}")
_FIGCAPTION = re.compile(r"<figcaption>(.*?)</figcaption>", re.S)
_POOR_ALT = re.compile(r"(ảnh|hình ảnh|hình|image|photo|picture)\b(?! (vẽ|minh))", re.I)
_DOCUMENT_EXTENSIONS = {
    ".md",
    ".pdf",
    ".doc",
    ".docx",
    ".xls",
    ".xlsx",
    ".ppt",
    ".pptx",
    ".odt",
    ".ods",
    ".odp",
    ".csv",
    ".txt",
}
_DOCUMENT_EXTENSIONS |= {".zip", ".mp3", ".mp4"}
_PICTURE_EXTENSIONS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic", ".tif", ".tiff", ".svg")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


class PictureReference(NamedTuple):
    """A picture as an article shows it: its path in the content folder, its description, its caption (HTML)."""

    path: str
    alt: str
    caption: str


@dataclass
class Body:
    """The body of a content file.

    Attributes:
        html: safe HTML.
        pictures: the pictures that it shows, in order.
        linked_files: paths in the content folder that it links to, each once.
        portal_links: addresses of the portal that it links to, as written (`/tro-nang/`), each once.
        fragments: places on other pages that it links to: one of `linked_files` or `portal_links`, and the fragment as
            written, without `#`.
        problems: what is wrong with it; they do not name the file.
        file_digest: digest of the whole file, header included.
    """

    html: str
    pictures: list[PictureReference] = field(default_factory=list)
    linked_files: list[str] = field(default_factory=list)
    portal_links: list[str] = field(default_factory=list)
    fragments: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    file_digest: str = ""


def convert(
    markdown: str, source: str, content_folder: str, lang: str, first_line: int = 1, default_lang: str = ""
) -> Body:
    """Convert the Markdown of one file.

    Args:
        markdown: the text below the header.
        source: absolute path of the file.
        content_folder: absolute path of the content folder.
        lang: language of the labels that are added, such as "Table".
        first_line: line of the file at which the text begins, for problems.
        default_lang: the portal's first language, which supplies labels that `lang` lacks; by default `lang`.
    """
    normalized = normalize_lines(markdown)
    text = plain_blanks(normalized.text)
    deep = find_excessive_nesting(text)
    if deep is not None:
        return Body("", problems=[_nesting_problem(first_line + normalized.original_line(deep))])
    catalogue = language(lang, default_lang or lang).words
    _ACCESSIBLE.gettext = catalogue.gettext
    try:
        unsafe = _markdown().reset().convert(text)
    except RecursionError:
        _markdown.cache_clear()  # its state is undefined now
        return Body("", problems=[_nesting_problem(first_line)])
    if "<" in text:
        unsafe = escape_text(unsafe)
    html = _LEFT_ESCAPE.sub(lambda escape: chr(int(escape[1])), _sanitize(unsafe))
    if _has_raw_tables(html):
        from .raw_tables import complete_tables  # BeautifulSoup takes as long to import as an article to rebuild

        html = _sanitize(complete_tables(html, catalogue))
    html = normalize_headings(html).replace("<pre", '<pre tabindex="0"')  # so that the keyboard can scroll it
    if "{" in html or "|" in html:  # in an attribute Pelican could take them for its prefixes
        html = _TAG.sub(lambda tag: tag[0].replace("{", "&#123;").replace("|", "&#124;"), html)
    resolver = _ReferenceResolver(source, content_folder, normalized._replace(text=text), first_line, html)
    resolver.report_unsafe(unsafe)
    resolver.report_long_rows(_TYPED_MARKS.long_rows)
    html = _HREF.sub(resolver.resolve_link, html)
    html = _IMG.sub(resolver.resolve_picture, html)
    html = _BACKLINK_TO_NOWHERE.sub("", html)
    resolver.report_visible_marks(html)
    resolver.report_lost_text(html)
    links = list(resolver.linked_files), list(resolver.portal_links), list(resolver.fragments)
    return Body(html, resolver.pictures, *links, resolver.problems)


def shows_anything(html: str) -> bool:
    """Whether a text has a letter, a digit or a picture."""
    return "<img" in html or any(map(str.isalnum, unescape(_TAG.sub("", html))))


def _nesting_problem(line: int) -> Problem:
    return Problem("", line, translate("is nested too deeply; write it simpler"))


def _has_raw_tables(html: str) -> bool:
    """Whether sanitized HTML has a table outside of a scrollable region."""
    tables = html.count("<table")
    return tables > 0 and tables > len(_SCROLLABLE_TABLE.findall(html))


def _sanitize(html: str) -> str:
    """Parse HTML as a browser would and keep only what is allowed."""
    return _sanitizer().clean(html)


@cache
def _sanitizer() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_BLOCKS | _INLINE,
        clean_content_tags={"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math"},
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        attribute_filter=_filter_attribute,
        url_schemes=SCHEMES,
        link_rel=None,
    )


_ACCESSIBLE = AccessibleExtension()
_TYPED_MARKS = TypedMarksExtension()


@cache
def _markdown() -> Markdown:
    """The Markdown instance for all files."""
    extensions: list[str | Extension]
    extensions = ["abbr", "attr_list", "def_list", "footnotes", "md_in_html", "sane_lists", "tables"]
    extensions += [TocExtension(slugify=heading_id), FencesExtension(), TypedListsExtension(), BlankLinesExtension()]
    extensions += [_TYPED_MARKS, _ACCESSIBLE]
    configs = {"footnotes": {"BACKLINK_TEXT": "↩"}}
    return install(Markdown(extensions=extensions, extension_configs=configs, output_format="html"))


def _filter_attribute(tag: str, attribute: str, value: str) -> str | None:
    """The value that an allowed attribute gets, or None to remove it."""
    if attribute == "id":  # with a prefix, because others could clash with the ids of the page
        return value if _ALLOWED_ID.match(value) else f"{ID_PREFIX}{value}" if _EDITORS_ID.match(value) else None
    if attribute == "class" and tag == "img":
        return " ".join(name for name in value.split() if _PLUGIN_CLASS.match(name)) or None
    if (
        (attribute == "role" and value not in _ROLES)
        or (attribute == "lang" and not is_lang(value))
        or (attribute == "tabindex" and value != "0")
    ):
        return None
    return value


class _ReferenceResolver:
    """Resolves the links and pictures of one file, and collects the problems with them."""

    def __init__(self, source: str, content_folder: str, markdown: NormalizedText, first_line: int, html: str) -> None:
        self.source, self.content_folder = source, content_folder
        self.markdown, self.text, self.first_line = markdown, markdown.text, first_line
        self.ids = ids_of(html) if _HAS_FRAGMENT in html else set()
        self.pictures: list[PictureReference] = []
        self.linked_files: dict[str, None] = {}
        self.portal_links: dict[str, None] = {}
        self.fragments: dict[tuple[str, str], None] = {}
        self.problems: list[Problem] = []

    def report_unsafe(self, html: str) -> None:
        """Warn once of something that is removed: an embedded video, a form, a colour."""
        match = _UNSAFE.search(html)
        if match:
            name = match["element"] or match["attribute"]
            needle = f"<{name}" if match["element"] else name
            self._report(needle, translate("{what} is removed for safety", what=name), "warning")
        for scheme in dict.fromkeys(_SCHEME.findall(html)):
            if scheme.lower() not in SCHEMES:
                known = ", ".join(f"{name}:" for name in sorted(SCHEMES))
                text = translate(
                    "the link to {scheme}… is left out; links may begin with {known}", scheme=f"{scheme}:", known=known
                )
                self._report(f"{scheme}:", text, "warning")

    def report_long_rows(self, rows: Iterable[str]) -> None:
        """Warn of table rows that have more cells than the head."""
        for row in rows:
            text = translate("this row has more cells than the head of the table; give each column a heading")
            self._report(row, text, "warning")

    def report_lost_text(self, html: str) -> None:
        """Warn of words that are not on the page, unless another problem of their line says why."""
        lines = {problem.line for problem in self.problems}
        for lost in find_lost_text(self.text, html):
            line = self._line(lost.position)
            if line not in lines:
                quote = _shortened(lost.text)
                text = translate("“{text}” is not on the page; look at the marks in this line", text=quote)
                self.problems.append(Problem("", line, text, "warning"))

    def resolve_link(self, match: re.Match[str]) -> str:
        """The replacement for a match of _HREF."""
        href = unescape(match[2])
        if href.startswith("#"):
            return self._resolve_fragment(match, unquote(href[1:]))
        prefix = _PELICAN_PREFIX.match(href)
        url = _split_url(href[prefix.end() :] if prefix else href)
        if not prefix and href.startswith("/") and not url.netloc:
            self.portal_links[url.path] = None
            self._note_fragment(url.path, url.fragment)
        if not prefix and (url.scheme or url.netloc or not url.path or href.startswith("/")):
            return match[0]
        base = os.path.join(self.content_folder, ".") if prefix and prefix[1] else self.source
        path = resolve_path(url.path, base, self.content_folder)
        if path is None:
            text = translate("the link leads to {target}, which does not exist", target=url.path)
            self._report(url.path, _why_unreadable(url.path, base, self.content_folder) or text)
            return match[0]
        self._check_extension(url.path, path)
        self.linked_files[path] = None
        kind = "filename" if path.endswith(".md") else "static"
        if kind == "filename":
            self._note_fragment(path, url.fragment)
        tail = (f"?{url.query}" if url.query else "") + (f"#{url.fragment}" if url.fragment else "")
        return f'{match[1]}{{{kind}}}/{escape(quote(path))}{escape(tail)}"'

    def _note_fragment(self, target: str, fragment: str) -> None:
        if place_of(fragment):
            self.fragments[target, fragment] = None

    def _resolve_fragment(self, match: re.Match[str], fragment: str) -> str:
        """The replacement for a link to a place on the same page: without an address where there is no such place."""
        place = place_of(fragment)
        if place in self.ids or not place:
            return match[0]
        if ID_PREFIX + fragment in self.ids:
            return f'{match[1]}#{escape(ID_PREFIX + fragment)}"'
        if fragment.startswith("fnref"):
            name = fragment.partition(":")[2]
            text = translate(
                "nothing in the text refers to the note [^{name}]; write [^{name}] where it belongs", name=name
            )
            self._report(f"[^{name}]:", text, "warning")
        else:
            text = translate(
                "the link leads to #{place}, but this page has no such place; it has: {known}",
                place=fragment,
                known=suggestions(place, self.ids),
            )
            self._report(f"#{fragment}", text, "warning")
        return match[1].removesuffix(' href="')

    def report_visible_marks(self, html: str) -> None:
        """Warn of marks that readers would see, since they are not written as Markdown wants them."""
        if not any(mark in html for mark in _VISIBLE_MARKS):
            return
        text = unescape(_TAG.sub("", _CODE.sub("", html)))
        marks = {match[0] if match[0][0] in "[]*" else match[0][:3]: match[0] for match in _VISIBLE_MARK.finditer(text)}
        for mark in marks.values():
            if mark.startswith("[^"):
                message = translate("there is no note {mark}; add a line {mark}: …", mark=mark)
            elif len(mark) > 2 and mark[0] in "`~":
                message = translate("{mark} stays as it is typed; end the code with a line {mark}", mark=mark)
            elif mark.startswith("]"):
                message = translate("{mark} stays as it is typed; leave out the space between ] and (", mark=mark)
            else:
                message = translate(
                    "{mark} stays as it is typed; leave no space between the mark and the word", mark=mark
                )
            self._report(mark, message, "warning")

    def _check_extension(self, target: str, path: str) -> None:
        """Report a link to a file that must not be published as it is. target: the path as written."""
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

    def resolve_picture(self, match: re.Match[str]) -> str:
        """The replacement for a match of _IMG: "" for a picture that cannot be shown."""
        attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(match[1])}
        source = attributes.get("src", "")
        url = _split_url(source)
        name = source or translate("a picture")
        alt = attributes.get("alt", "").strip()
        self._check_alt(alt, "alt" in attributes, source, name)
        if not source or url.scheme or url.netloc:
            message = translate(
                "{picture}: only pictures of the content folder can be shown; save it there", picture=name
            )
            self._report(source or "<img", message)
            return ""
        path = resolve_path(url.path, self.source, self.content_folder)
        if path is None:
            text = translate("the picture {picture} does not exist", picture=source)
            self._report(source, _why_unreadable(url.path, self.source, self.content_folder) or text)
            return ""
        caption = _FIGCAPTION.match(match.string, match.end())
        self.pictures.append(PictureReference(path, alt, caption[1] if caption else ""))
        if caption and alt and alt == unescape(caption[1]):
            text = translate("describe what {picture} shows; the caption says the same", picture=name)
            self._report(source, text, "warning")
        plugin_class = f' class="{escape(attributes["class"])}"' if "class" in attributes else ""
        return f'<img src="{{picture}}{escape(path)}" alt="{escape(alt)}"{plugin_class}>'

    def _check_alt(self, alt: str, has_alt: bool, source: str, name: str) -> None:
        """Report a missing or useless description. name: of the picture, for the message."""
        if not alt and not (has_alt and self._is_decorative(source)):
            text = translate("{picture} has no description; write ![what it shows]({picture})", picture=name)
            self._report(source, text)
        elif _POOR_ALT.match(alt) or alt == os.path.basename(source):
            text = translate("describe what {picture} shows, not that it is a picture", picture=name)
            self._report(source, text, "warning")

    def _is_decorative(self, source: str) -> bool:
        """Whether an editor has written `alt=""`, which marks a picture as decorative; an empty ![](…) does not."""
        return bool(re.search(r"<img\b[^>]*\balt\s*=\s*([\"'])\1", self.text)) and f"]({source}" not in self.text

    def _report(self, needle: str, message: str, level: str = "error") -> None:
        """Add a problem at the line where a link or picture, or else any text, has `needle`."""
        reference = re.search(rf"""(\]\(<?|(src|href)\s*=\s*["']?){re.escape(needle)}""", self.text)
        position = reference.start() if reference else self.text.find(needle)
        self.problems.append(Problem("", self._line(max(0, position)), message, level))

    def _line(self, position: int) -> int:
        """The line of the file in which a position of the text is."""
        return self.first_line + self.markdown.original_line(self.text.count("\n", 0, position))


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MAX_QUOTE else f"{text[:MAX_QUOTE]}…"


def _split_url(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:  # http://[
        return SplitResult("", "", address, "", "")


def resolve_path(reference: str, source: str, content_folder: str) -> str | None:
    """Resolve a path that is written in the file `source`.

    Returns the path relative to the content folder, or None where no such file is inside of that folder.
    """
    root = _real_folder(content_folder)
    if "\0" in unquote(reference):
        return None
    full = _existing(os.path.realpath(os.path.join(os.path.dirname(source), unquote(reference))), root)
    return os.path.relpath(full, root).replace(os.sep, "/") if full else None


@cache
def _real_folder(content_folder: str) -> str:
    """The content folder without symbolic links; it does not move while a process runs."""
    return os.path.realpath(content_folder)


def _why_unreadable(reference: str, source: str, content_folder: str) -> str:
    """Why what lies at a path that `resolve_path` cannot resolve is no file to be read; "" if nothing lies there."""
    path = os.path.normpath(os.path.join(os.path.dirname(source), unquote(reference)))
    is_inside = f"{path}{os.sep}".startswith(os.path.join(os.path.abspath(content_folder), ""))
    if "\0" in path or not is_inside or not os.path.lexists(path):
        return ""
    why = why_unreadable(path)
    return f"{reference}: {why}" if why else ""


def _existing(path: str, root: str) -> str | None:
    """A file below a folder, by a path whose names may be composed (NFC) where those on the disk are not."""
    if not path.startswith(root + os.sep):
        return None
    if os.path.isfile(path):
        return path
    if path.isascii():
        return None
    found = root
    for name in os.path.relpath(path, root).split(os.sep):
        known = os.path.join(found, name)
        if not os.path.exists(known):
            others = os.listdir(found) if os.path.isdir(found) else []
            same = [other for other in others if normalize(other) == normalize(name)]
            if not same:
                return None
            known = os.path.join(found, same[0])
        found = known
    return found if os.path.isfile(found) else None
