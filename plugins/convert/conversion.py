"""One source to one article: read it, apply the rules, write Markdown. Every failure becomes a reason in the report."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from hashlib import sha256
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

from plugins.i18n import translate
from plugins.markdown_reader.header_values import slug_of

from . import (
    account,
    administrative,
    body_doubts,
    exports,
    fallback,
    footnotes,
    kinds,
    markdown,
    media,
    written_account,
)
from .access import Verdict, not_written_note
from .article import Article, article_of
from .blocks import Block, Page
from .conversion_log import write_if_changed
from .cpu_limit import cpu_limit
from .errors import SourceError
from .folder_repeats import Edges, edges_of, line_digest, without_lines
from .folder_votes import LoggedVote, Votes
from .readers import READERS, Files
from .report import ReportRow, row_without_article
from .sources import Item

CPU_SECONDS = 60.0  # for one source; the largest permitted page takes eight on the developers' machine, most 0.02
SLUG = "\0slug\0"  # stands for the slug in an article whose slug is not yet known
LARGEST = 40_000_000  # bytes of a file
LONGEST_SLUG = 100  # letters
LONGEST_FILE_NAME = 60  # letters of the name of a picture or document
UNDATED = "khong-ro-ngay"  # folder of articles without a date
MOST_DOCUMENTS_TOLD = 20  # documents that are not beside a page, in notes for review
MOST_FOLDERS = 50  # folders beside a page whose files are listed
_LINK_TO_DOCUMENT = re.compile(r'<a href="([^"]+\.(?:' + "|".join(sorted(media.DOCUMENTS)) + r")(?:\?[^\"]*)?)\"", re.I)


@dataclass(frozen=True)
class Plan:
    """The options of a run.

    into: folder of the articles; files: folder of images/ and documents/; fetch: whether pictures may be downloaded;
    category: of articles that name none; restricted: whether what only some could read on the old portal is written.
    """

    into: Path
    files: Path
    fetch: bool = False
    category: str = ""
    restricted: bool = False


@dataclass
class Outcome:
    """What became of a source.

    row: its row of the report, None if the source is unchanged; content: digest of the source; text: the article, with
    SLUG in place of its slug; slug: the slug it should get; folder: its folder below Plan.into; votes: where the page
    has its fields, edges: what other pages may have too, None for what is no article; lines: those of its text that may
    be the old portal's.
    """

    row: ReportRow | None
    content: str = ""
    text: str = ""
    slug: str = ""
    folder: str = ""
    votes: Votes | None = None
    edges: Edges | None = None
    lines: Sequence[str] = ()

    def take_out(self, lines: frozenset[str]) -> None:
        """Take lines that most pages of the folder have out of the article, and tell those that may be such lines."""
        if lines and self.row is not None and self.edges is not None:
            self.text = without_lines(self.text, lines, self.row.get("account"))
            self.edges = replace(self.edges, cut=tuple(sorted(lines)))
        for words in self.lines:
            self.tell("" if line_digest(words) in lines else body_doubts.note_on_line(words))

    def tell_votes(self, logged: Mapping[str, LoggedVote]) -> None:
        """Tell what the fields of a page need that is converted without the others. logged: its votes of earlier."""
        for field, vote in (self.votes or {}).items():
            self.tell(vote.note_of_logged(logged.get(field)))

    def tell(self, note: str) -> None:
        """Add a note for review, in the article and in the row; "" for none."""
        if note and self.row is not None:
            self.text = markdown.with_note(self.text, note)
            self.row["reasons"], self.row["status"] = [*self.row["reasons"], note], "review"


def convert(item: Item, plan: Plan, known: str = "") -> Outcome:
    """Convert one source.

    Args:
        item: the source.
        plan: the options of the run.
        known: digest of the source when it was last converted, "" for never.
    """
    content = ""
    try:
        raw = read_bytes(item)
        content = digest(raw + _names_beside(item), plan)
        if known == content:
            return Outcome(None, content)
        if item.entry is not None and item.entry.access.verdict in (Verdict.LEFT_OUT, Verdict.RESTRICTED):
            access = item.entry.access
            if access.verdict is Verdict.LEFT_OUT:
                return _left_out(item, *access.notes, content=content)
            if not plan.restricted:
                return _left_out(item, *access.notes, not_written_note(), content=content)
        with cpu_limit(CPU_SECONDS):
            return _convert(item, raw, content, plan)
    except SourceError as error:
        return _failed(item, error.message, content)
    except (MemoryError, RecursionError):
        return _failed(item, SourceError("nested").message, content)
    except Exception as error:  # a fault of this program must cost this page only, and be reported
        return _failed(item, fault(error), content)


def fault(error: Exception) -> str:
    """Return what is told of a page at which this program has failed."""
    return translate(
        "this page cannot be converted ({error}); send it to the makers of the portal",
        error=f"{type(error).__name__}: {error}"[:200],
    )


def _left_out(item: Item, *reasons: str, content: str) -> Outcome:
    row = row_without_article(item.label, "left-out", *reasons)
    row["title"] = item.entry.title if item.entry else None
    return Outcome(row, content)


def _failed(item: Item, reason: str, content: str) -> Outcome:
    return Outcome(row_without_article(item.label, "error", reason), content)


# --- what a conversion depends on ---------------------------------------------------------------------


def read_bytes(item: Item) -> bytes:
    """Return the content of a source. Raises SourceError."""
    if item.error:
        raise SourceError(item.error)
    if item.entry is not None:
        return repr(item.entry).encode("utf-8", "surrogatepass")
    if item.path is None:
        raise SourceError("unreadable")
    try:
        if item.path.stat().st_size > LARGEST:
            raise SourceError("large")
        return item.path.read_bytes()
    except OSError:
        raise SourceError("unreadable") from None


def _names_beside(item: Item) -> bytes:
    """Return the names of the files beside a page: a picture that was found since the last run is to be shown."""
    return _file_names(item.path.parent) if item.path and item.kind == "html" else b""


@lru_cache(maxsize=64)
def _file_names(folder: Path) -> bytes:
    found = []
    for base in [folder, *sorted(each for each in folder.iterdir() if each.is_dir())[:MOST_FOLDERS]]:
        found += [
            entry.name
            for entry in os.scandir(base)
            if entry.is_file() and entry.name.rsplit(".", 1)[-1].lower() not in kinds.ENDINGS
        ]
    return "\n".join(sorted(found)).encode("utf-8", "surrogateescape")


def clear_caches() -> None:
    """Forget which files are in which folder, at the beginning of a run."""
    _file_names.cache_clear()
    media.clear_caches()


@cache
def code_digest() -> str:
    """Return a digest of this package: what other rules have converted is converted again."""
    package = Path(__file__).resolve().parent
    files = sorted([*package.glob("*.py"), *package.glob("profiles/*.toml"), package / "vi.po"])
    return sha256(b"".join(path.read_bytes() for path in files if path.exists())).hexdigest()[:12]


def digest(raw: bytes, plan: Plan) -> str:
    """Return a digest of what a conversion depends on: source, options, rules and the language of the notes."""
    options = f"{plan.fetch} {plan.category} {plan.restricted} {os.environ.get('PORTAL_LANG', 'vi')} {code_digest()}"
    return sha256(options.encode() + sha256(raw).digest()).hexdigest()[:20]


# --- the conversion -----------------------------------------------------------------------------------


def read_page(item: Item, raw: bytes) -> tuple[Page, Files | None]:
    """Return the page of a source, and the files in it by name if it holds files. Raises SourceError."""
    if item.entry is not None:
        return exports.page_of(item.entry), None
    if item.kind not in READERS:
        raise SourceError("unknown")
    return READERS[item.kind](raw)


def _convert(item: Item, raw: bytes, content: str, plan: Plan) -> Outcome:
    page, archive = read_page(item, raw)
    if page.is_restricted and not plan.restricted:
        return _left_out(item, *page.notes, not_written_note(), content=content)
    article = administrative.article_of(page) or article_of(page)
    if article is None and item.kind == "html" and not page.is_listing:
        article = fallback.article_of(raw, page)
    words = account.account_of(page, article)
    if not words.adds_up:
        raise SourceError("account")
    if article is None:
        reason = (
            translate("the text of this page is only in a script; open the page in a browser and save it from there")
            if page.is_only_script
            else translate("this is a menu, a list of headlines or an empty page")
        )
        return Outcome(row_without_article(item.label, "not-an-article", reason, account=words.row()), content)
    footnotes.without_marks(article)
    year = _year(article)
    folder = str(year) if year else UNDATED
    paths, lost = copy_files(item, _files_named(article), plan, folder, archive, article.source_url)
    article.lead = article.lead.strip()
    body = footnotes.write(
        markdown.body(article, paths),
        page.footnotes,
        lambda blocks: markdown.body(replace(article, body=blocks), paths),
    )
    doubts = [*article.review, *page.notes, *words.notes(), *notes_on_lost_files(lost)]
    if "\ufffd" in article.title + article.lead + body:
        doubts.append(translate("Letters: some could not be read and stand as �."))
    article.is_draft = article.is_draft or bool(words.doubt)
    review = [*doubts, *article.remarks, *_notes_on_descriptions(article, paths)]
    header = markdown.front_matter(article, SLUG, item.inner, plan.category, review)
    slug = _shorten(slug_of(article.title)) or f"bai-viet-{content[:8]}"
    notes = [block for blocks in page.footnotes.values() for block in blocks]
    if written_account.lost_words(article, notes, header + body + "\n"):
        raise SourceError("written")
    row = _row(item, article, review, sorted(set(paths.values())))
    row["status"] = "review" if doubts else "converted"
    row["account"] = words.row()
    edges = edges_of(article.title, article.body)
    return Outcome(row, content, header + body + "\n", slug, folder, article.votes, edges, article.lines_beside_text)


def _year(article: Article) -> int | None:
    if article.date:
        return article.date.value.year
    return article.estimated_date.year if article.estimated_date else None


def notes_on_lost_files(lost: list[tuple[str, str]]) -> Iterable[str]:
    """Yield notes for review about files that were not found. lost: their addresses and kinds."""
    pictures = sum(kind == "picture" for _, kind in lost)
    if pictures:
        yield translate(
            "Pictures: {count} of the page are not beside it; captions are kept in italics.", count=pictures
        )
    for address in [address for address, kind in lost if kind == "document"][:MOST_DOCUMENTS_TOLD]:
        yield translate("Documents: {address} is not beside the page; put the file there.", address=address)


def _notes_on_descriptions(article: Article, paths: dict[str, str]) -> Iterable[str]:
    """Yield a note for review about pictures without a description: work to do, and no doubt about the conversion."""
    undescribed = sum(_is_copied(b, paths) and not markdown.has_description(b) for b in article.body)
    if undescribed:
        yield translate("Pictures: {count} have no description of what they show.", count=undescribed)


def _is_copied(block: Block, paths: dict[str, str]) -> bool:
    return block.kind == "picture" and block.picture is not None and block.picture.address in paths


def _row(item: Item, article: Article, review: list[str], files: list[str]) -> ReportRow:
    return {
        "source": item.label,
        "status": "review",
        "output": None,
        "title": article.title if article.has_own_title else None,
        "lead": article.lead or None,
        "date": str(article.date) if article.date else None,
        "author": article.author or None,
        "source_name": article.source or None,
        "captions": article.captions,
        "reasons": review,
        "date_supposed": f"{article.estimated_date:%Y-%m-%d}" if article.estimated_date else None,
        "category": article.category or None,
        "files": files,
    }


def _shorten(slug: str) -> str:
    """Return a slug of at most LONGEST_SLUG letters, cut between two words."""
    return slug if len(slug) <= LONGEST_SLUG else slug[: LONGEST_SLUG + 1].rsplit("-", 1)[0]


def copy_files(
    item: Item, named: Iterable[tuple[str, str]], plan: Plan, folder: str, archive: Files | None, source_url: str
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Copy pictures and documents that a source names.

    Args:
        item: the source; files are searched beside it.
        named: their addresses and kinds, picture or document.
        plan: where they go.
        folder: the folder of the article below plan.into.
        archive: files within the source by name, if it holds files.
        source_url: the address of the page on the old portal, "" if it is not known.

    Returns:
        The paths as the article writes them, by address on the old portal (for a document that was not found the
        whole address there), and the addresses and kinds of what was not found.
    """
    paths: dict[str, str] = {}
    lost: list[tuple[str, str]] = []
    page_folder = item.path.parent if item.path else None
    for address, kind in named:
        if address in paths:
            continue
        found = media.find(address, kind, page_folder, item.root, source_url, archive, plan.fetch)
        if found is None:
            lost.append((address, kind))
            if kind == "document" and source_url:
                paths[address] = urljoin(source_url, address)
            continue
        stem = slug_of(os.path.splitext(found.name)[0])[:LONGEST_FILE_NAME] or "anh"
        name = f"{stem}-{media.digest(found.data)}.{found.ending}"
        target = plan.files / ("images" if found.kind == "picture" else "documents") / folder / name
        write_if_changed(target, found.data)
        paths[address] = os.path.relpath(target, plan.into / folder).replace(os.sep, "/")
    return paths, lost


def _files_named(article: Article) -> list[tuple[str, str]]:
    """Return the addresses of all pictures and linked documents, each with its kind, picture or document."""
    pictures = [(b.picture.address, "picture") for b in article.body if b.kind == "picture" and b.picture]
    links = (address for block in article.body for address in _LINK_TO_DOCUMENT.findall(block.html))
    return [*pictures, *((unescape(address), "document") for address in links)]
