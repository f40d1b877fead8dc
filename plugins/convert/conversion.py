"""One source to one article: read, apply the rules, write out as Markdown. Bounded in time; every failure is a reason."""

from __future__ import annotations

import os
import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from plugins.i18n import say
from plugins.markdown_reader.values import slug_of

from . import exports, fallback, markdown, media, saved_page, text_page, word_file
from .article import Article, article_of
from .blocks import Page
from .conversion_log import written
from .errors import SourceError
from .sources import KINDS, Item

SECONDS = 3.0  # for one page; most take a fiftieth
SLUG = "\0slug\0"
LARGEST = 40_000_000  # bytes of a file


@dataclass(frozen=True)
class Plan:
    """Where everything goes. into: articles; files: the folder of images/ and documents/."""

    into: Path
    files: Path
    fetch: bool = False
    category: str = ""


@dataclass
class Outcome:
    """What became of a source.  text: the file, with SLUG where its slug goes; folder: below `into`; content: digest of the source."""

    status: str
    row: dict[str, Any]
    content: str = ""
    text: str = ""
    slug: str = ""
    folder: str = ""
    unchanged: bool = False


class _TooSlow(BaseException):
    """Not an Exception, so that no `except Exception` on the way swallows it."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Refuse what takes longer. Where signals cannot be had, the bounds on size and depth must do."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise _TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.3)  # again, where somebody has swallowed the first
    try:
        yield
    except _TooSlow:
        raise SourceError("slow") from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def convert(item: Item, plan: Plan, known: str = "") -> Outcome:
    """The outcome of an item. known: digest of the source that has been converted already, by this very code."""
    content = ""
    try:
        if item.problem:
            raise SourceError(item.problem)
        raw = _bytes(item)
        content = digest(raw + _neighbours(item), plan)
        if known == content:
            return Outcome("", {}, content, unchanged=True)
        with limited(SECONDS if item.kind != "word" else 25):
            return _converted(item, raw, content, plan)
    except SourceError as error:
        return Outcome("error", row(item, "error", reasons=[reason(error)]), content)
    except (MemoryError, RecursionError):
        return Outcome("error", row(item, "error", reasons=[reason(SourceError("nested"))]), content)
    except Exception as error:  # a fault of ours must cost this page only, and be told
        return Outcome(
            "error",
            row(
                item,
                "error",
                reasons=[
                    say(
                        "this page cannot be converted ({error}); send it to the makers of the portal",
                        error=f"{type(error).__name__}: {error}"[:200],
                    )
                ],
            ),
            content,
        )


def _bytes(item: Item) -> bytes:
    if item.entry is not None:
        return repr(item.entry).encode("utf-8", "surrogatepass")
    try:
        if item.path.stat().st_size > LARGEST:
            raise SourceError("large")
        return item.path.read_bytes()
    except OSError:
        raise SourceError("unreadable") from None


def _neighbours(item: Item) -> bytes:
    """The names of what lies beside a page: a picture that has been found since is to be shown."""
    return _names(item.path.parent) if item.path and item.kind == "html" else b""


@lru_cache(maxsize=64)
def _names(folder: Path) -> bytes:
    found = []
    for base in [folder, *sorted(each for each in folder.iterdir() if each.is_dir())[:50]]:
        found += [
            entry.name
            for entry in os.scandir(base)
            if entry.is_file() and entry.name.rsplit(".", 1)[-1].lower() not in KINDS
        ]
    return "\n".join(sorted(found)).encode("utf-8", "surrogateescape")


def forget() -> None:
    """Look at folders anew."""
    _names.cache_clear()


@cache
def code() -> str:
    """A digest of this room: what was converted by other rules is converted again."""
    room = Path(__file__).resolve().parent
    files = sorted([*room.glob("*.py"), *room.glob("profiles/*.toml"), room / "vi.po"])
    return sha256(b"".join(path.read_bytes() for path in files if path.exists())).hexdigest()[:12]


def digest(raw: bytes, plan: Plan) -> str:
    """What a conversion depends on: the source, the options, the rules and the language of the notes."""
    options = f"{plan.fetch} {plan.category} {os.environ.get('PORTAL_LANG', 'vi')} {code()}"
    return sha256(options.encode() + sha256(raw).digest()).hexdigest()[:20]


def _converted(item: Item, raw: bytes, content: str, plan: Plan) -> Outcome:
    archive: dict[str, bytes] | None = None
    if item.kind == "text":
        page = text_page.read(raw)
    elif item.kind == "word":
        page, archive = word_file.read(raw)
    elif item.kind == "entry":
        page = exports.page_of(item.entry)
    else:
        page = saved_page.read(raw)
    article = article_of(page)
    if article is None and item.kind == "html" and not page.is_listing:
        page = fallback.page(raw, page)
        article = article_of(page) if page else None
    if article is None:
        return Outcome(
            "not-an-article",
            row(item, "not-an-article", reasons=[say("this is a menu, a list of headlines or an empty page")]),
            content,
        )
    return _outcome(item, article, page, content, plan, archive)


def _outcome(
    item: Item, article: Article, page: Page, content: str, plan: Plan, archive: dict[str, bytes] | None
) -> Outcome:
    year = article.date.value.year if article.date else article.estimated_date.year if article.estimated_date else None
    folder = str(year) if year else "khong-ro-ngay"
    copied, lost = _copied(item, article, plan, folder, archive)
    review = [*article.review, *page.notes]
    pictures = [b for b in article.body if b.kind == "picture" and b.picture and b.picture.address in copied]
    if lost:
        review.append(say("Pictures: {count} of the page are not beside it; captions are kept in italics.", count=lost))
    poor = sum(markdown.description(b) in (b.caption, say("Picture without a description")) for b in pictures)
    if poor:
        review.append(say("Pictures: {count} have no description of what they show.", count=poor))
    article.lead = article.lead.strip()
    text = markdown.body(article, copied)
    header = markdown.front_matter(
        article, SLUG, item.label.replace("\\", "/").rsplit("/", 1)[-1], plan.category, review
    )
    if "\ufffd" in article.title + article.lead + text:
        review.append(say("Letters: some could not be read and stand as �."))
        header = markdown.front_matter(
            article, SLUG, item.label.replace("\\", "/").rsplit("/", 1)[-1], plan.category, review
        )
    status = "review" if review else "converted"
    found = row(item, status, article.title if article.has_own_title else None, article.lead or None, str(article.date) if article.date else None, article.author or None,
                article.source or None, article.captions, review)  # fmt: skip
    found["date_supposed"] = f"{article.estimated_date:%Y-%m-%d}" if article.estimated_date else None
    found["category"] = article.category or None
    slug = _shortened(slug_of(article.title)) or f"bai-viet-{content[:8]}"
    return Outcome(status, found, content, header + text + "\n", slug, folder)


def _shortened(slug: str) -> str:
    """At most 100 letters, ended between two words."""
    return slug if len(slug) <= 100 else slug[:101].rsplit("-", 1)[0]


def _copied(
    item: Item, article: Article, plan: Plan, folder: str, archive: dict[str, bytes] | None
) -> tuple[dict[str, str], int]:
    """Copy pictures and documents; their paths as the article writes them, by address, and how many pictures are lost."""
    paths: dict[str, str] = {}
    lost = 0
    here = item.path.parent if item.path else None
    wanted = [(b.picture.address, "picture") for b in article.body if b.kind == "picture" and b.picture]
    pattern = r'<a href="([^"]+\.(?:' + "|".join(sorted(media.DOCUMENTS)) + r")(?:\?[^\"]*)?)\""
    wanted += [(_unescaped(address), "document") for b in article.body for address in re.findall(pattern, b.html, re.I)]
    for address, kind in wanted:
        if address in paths:
            continue
        found = media.find(address, kind, here, item.root, article.source_url, archive, plan.fetch) if address else None
        if found is None:
            lost += kind == "picture"
            continue
        stem = slug_of(os.path.splitext(found.name)[0])[:60] or "anh"
        name = f"{stem}-{media.digest(found.data)}.{found.ending}"
        place = plan.files / ("images" if found.kind == "picture" else "documents") / folder / name
        written(place, found.data)
        paths[address] = os.path.relpath(place, plan.into / folder).replace(os.sep, "/")
    return paths, lost


def _unescaped(text: str) -> str:
    from html import unescape

    return unescape(text)


def row(item: Item, status: str, title: str | None = None, lead: str | None = None, date: str | None = None, author: str | None = None,
        source: str | None = None, captions: list[str] | None = None, reasons: list[str] | None = None) -> dict[str, Any]:  # fmt: skip
    """One row of the report."""
    return {"source": item.label, "status": status, "output": None, "title": title, "lead": lead, "date": date, "author": author,
            "source_name": source, "captions": captions or [], "reasons": reasons or []}  # fmt: skip


def reason(error: SourceError) -> str:
    """Why a source is refused, in the editor's language, with what to do."""
    return {
        "missing": say("there is no such file or folder; check the name"),
        "unknown": say("this kind of file is not known; save the page as .html, .txt or .docx"),
        "old-word": say("this kind of document cannot be read; open it in Word and save it as .docx"),
        "unreadable": say("the file cannot be read; check that you may open it"),
        "large": say("the file is too large for an article"),
        "nested": say("the page is nested too deeply to be a real one"),
        "slow": say("the page takes too long to read; copy its text into a .txt file"),
        "word": say("this is no Word file that can be read; open it in Word and save it as .docx again"),
        "xml": say("this is no WordPress export, RSS or Atom file, or it is broken"),
        "entities": say("the file defines entities of its own, which is not safe"),
        "zip": say("the archive is broken or protected by a password; unpack it and give the folder"),
        "bomb": say("the archive unpacks to far more than it should"),
        "outside": say("the file in the archive wants to lie outside of it"),
    }[error.kind]
