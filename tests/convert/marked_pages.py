"""Labelled pages: files in which what is right is marked where it stands, so that page and truth cannot differ.

`⟦t|…⟧` is the title, `l` the lead, `s` a sentence or another text of the article, `c` a caption, `a` the author, `g`
the section and `x` chrome, words that must not be in the article; `⟦d 2019-03-12|Thứ Ba, 12/03/2019⟧` is the date of
publication. The page itself is the file without the marks. Lines that begin with `%%` at the top are settings:

- `%% article: no`: the page is none;
- `%% any: lead, author`: fields that can rightly be read in more than one way, and are not scored;
- `%% date: 2019-03-12`: a date that stands only in an attribute or a script; `%% title:` and the like for other fields;
- `%% also: words | words`: texts of the article that markup takes apart; `%% chrome:` likewise;
- `%% reviewed: words | words`: what the lines of `review` must say;
- `%% name: Giám sát.html`: the name of the file; `%% encoding: cp1258`: its encoding.

Of `.docx`, `.odt`, `.rtf`, `.pdf`, `.mhtml` and `.eml` the file has the HTML.
"""

from __future__ import annotations

import re
import subprocess
import unicodedata
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

import pypandoc
from bs4 import BeautifulSoup

from .old_names import in_cp1258

SETS = Path(__file__).parent / "unlike"
_MARK = re.compile(r"⟦([tlscagxd])(?: (\d{4}-\d\d-\d\d))?\|(.*?)⟧", re.S)
_SETTING = re.compile(r"%% (\w+): (.*)\n")
_NAMES = {"t": "title", "l": "lead", "a": "author", "g": "section"}
_PANDOC = {".docx", ".odt", ".rtf"}
_PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")


@dataclass(frozen=True)
class MarkedPage:
    """A page and what is right for it.

    Args:
        name: of the file.
        raw: its bytes.
        fields: title, lead, author, section and date (as YYYY-MM-DD), each where the page has it.
        sentences: further texts of the article.
        captions: of its pictures.
        chrome: words that are not of the article.
        unscored: fields that can be read in more than one way.
        reviewed: words that lines of `review` must have.
        is_article: whether it is an article at all.
    """

    name: str
    raw: bytes
    fields: dict[str, str] = field(default_factory=dict)
    sentences: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    chrome: tuple[str, ...] = ()
    unscored: frozenset[str] = frozenset()
    reviewed: tuple[str, ...] = ()
    is_article: bool = True


def plain(text: str) -> str:
    """Return text in NFC, with single spaces, and none before punctuation."""
    return re.sub(r"\s+([.,;:!?)…”\]>])", r"\1", " ".join(unicodedata.normalize("NFC", text).split()))


def _list(settings: dict[str, str], name: str, separator: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in settings.get(name, "").split(separator) if each.strip())


def read(path: Path) -> MarkedPage:
    """Return the page of a marked file."""
    return parse(path.read_text("utf-8"), path.suffix)


def parse(text: str, suffix: str) -> MarkedPage:
    """Return the page of a marked text. suffix: of its file."""
    settings: dict[str, str] = {}
    while setting := _SETTING.match(text):
        settings[setting[1]] = setting[2]
        text = text[setting.end() :]
    is_text = suffix == ".txt"
    marks: dict[str, list[str]] = {kind: [] for kind in "tlscagxd"}
    for kind, date, marked in _MARK.findall(text):
        words = (
            marked
            if is_text or "<" not in marked + marked.replace("&", "<")
            else BeautifulSoup(marked, "html.parser").get_text(" ")
        )
        marks[kind].append(date or plain(words))
    fields = {name: marks[kind][0] for kind, name in {**_NAMES, "d": "date"}.items() if marks[kind]}
    return MarkedPage(
        settings.get("name", f"a{suffix}"),
        _file(suffix, _MARK.sub(r"\3", text), settings.get("encoding", "utf-8")),
        fields | {name: settings[name] for name in ("title", "lead", "author", "section", "date") if name in settings},
        (*marks["s"], *_list(settings, "also", "|")),
        (*marks["c"], *_list(settings, "captions", "|")),
        (*marks["x"], *_list(settings, "chrome", "|")),
        frozenset(_list(settings, "any", ",")),
        _list(settings, "reviewed", "|"),
        settings.get("article") != "no",
    )


def page(set_name: str, name: str) -> MarkedPage:
    """Return one page of a set. name: of its file, without the ending."""
    return next(read(path) for path in (SETS / set_name).iterdir() if path.stem == name)


def pages(name: str) -> dict[str, MarkedPage]:
    """Return the pages of a set, by the names of their files."""
    return {path.stem: read(path) for path in sorted((SETS / name).iterdir())}


def _file(suffix: str, text: str, encoding: str) -> bytes:
    if suffix in _PANDOC:
        return _document(text, suffix.lstrip("."))
    if suffix == ".pdf":
        return _print(text)
    if suffix == ".mhtml":
        return _single_file(text)
    if suffix == ".eml":
        return _mail(text)
    return in_cp1258(text) if encoding == "cp1258" else text.encode(encoding)


def _document(text: str, kind: str) -> bytes:
    command = [pypandoc.get_pandoc_path(), "-s", "-f", "html", "-t", kind, "-o", "-"]
    return subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout


def _print(text: str) -> bytes:
    import weasyprint

    return bytes(weasyprint.HTML(string=f"<body style='font-family: DejaVu Sans'>{text}</body>").write_pdf())


def _single_file(text: str) -> bytes:
    """Return a page as Chrome writes it into one file, with its first picture."""
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "https://old.example.vn/tin/1"
    message["Subject"] = "Tin"
    message.set_content(text, subtype="html", charset="utf-8", cte="quoted-printable")
    message.make_related()
    for source in re.findall(r'src="(https?:[^"]+)"', text)[:1]:
        message.add_related(_PIXEL, "image", "gif", headers=[f"Content-Location: {source}"])
    return message.as_bytes()


def _mail(text: str) -> bytes:
    message = EmailMessage()
    message["From"] = "Cộng tác viên <ctv@example.vn>"
    message["To"] = "Ban biên tập <bbt@example.vn>"
    message["Subject"] = "Gửi bài"
    message["Date"] = "Tue, 08 Oct 2019 09:14:00 +0700"
    message.set_content(BeautifulSoup(text, "html.parser").get_text("\n"))
    message.add_alternative(text, subtype="html")
    return message.as_bytes()
