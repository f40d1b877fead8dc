"""Addresses that were published and would end: told before they do, each with the article that is now in its place.

Beside the state there is a list of what is published, which outlives it: the address of each story and category. An
address of that list has not ended without a word if a story or a category has it, if it leads on (`aliases:`,
`dia-chi-cu.txt`), if it stands in `da-go.txt`, or if its file is still there and its editor has made it a draft.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from plugins.artifacts.files import digest, write_atomically
from plugins.i18n import translate
from plugins.incremental.state import state_folder
from plugins.problems import Problem, display_path
from plugins.problems.files import stamp
from plugins.web_server.former_addresses import canonical

if TYPE_CHECKING:
    from .outputs import BuildContext
    from .reading import Former

CODE = "ended-address"
MAX_TOLD = 20  # problems; after a change of all addresses there may be thousands
_CATEGORY = "category"
_CONTENT = "# content "


class Published(NamedTuple):
    """What was published at an address.

    Attributes:
        url: The address, with leading slash.
        kind: The kind of content, or "category".
        lang: The language.
        path: The file, relative to the content folder; "" for a category.
        category: The address of the category of an article, or "".
        title_digest, text_sketch: See `StoryRow`.
        title: The title, or the name of the category.
    """

    url: str
    kind: str
    lang: str
    path: str
    category: str
    title_digest: str
    text_sketch: str
    title: str


class Ended(NamedTuple):
    """An address that ends, and what is in its place now: the address, and the file if it is a story's; or ""."""

    before: Published
    successor: str
    successor_path: str


def _list_file(output: Path) -> Path:
    return state_folder(output) / "addresses.txt"


def record(output: Path, build: BuildContext) -> None:
    """Write down what is published now."""
    lines = ["\t".join(" ".join(field.split()) for field in each) for each in _published(build)]
    data = "".join(f"{line}\n" for line in [_content_line(build.settings["PATH"]), *lines]).encode()
    file = _list_file(output)
    if not file.exists() or file.read_bytes() != data:
        write_atomically(file, data)


def is_of_content(output: Path, content: str) -> bool:
    """Whether what is published was built from this content folder: another one has addresses of its own."""
    with suppress(OSError), _list_file(output).open(encoding="utf-8") as stream:
        first = stream.readline().rstrip("\n")
        return not first.startswith(_CONTENT) or first == _content_line(content)
    return True


def _content_line(content: str) -> str:
    """The line of the list that says of which content folder it is."""
    return _CONTENT + digest(os.fsencode(os.path.realpath(content)))


def published_from(output: Path, content: str) -> dict[str, str]:
    """Return the address at which each file of a content folder is published, by its path there."""
    if not is_of_content(output, content):
        return {}
    file = _list_file(output)
    return _urls_by_path(output, stamp(file.stat()) if file.exists() else "")


@lru_cache(maxsize=1)
def _urls_by_path(output: Path, stamp: str) -> dict[str, str]:
    return {each.path: each.url for each in _recorded(output) if each.path}


def _recorded(output: Path) -> list[Published]:
    """What was written down at the last build; nothing if there was none."""
    with suppress(OSError, UnicodeDecodeError):
        rows = [line.split("\t") for line in _list_file(output).read_text("utf-8").splitlines()]
        return [Published(*row) for row in rows if len(row) == len(Published._fields)]
    return []


def as_published(build: BuildContext) -> dict[str, Former]:
    """Return those of `build.former`, by path, whose words are what readers have.

    A preview and `check` ask the folder that readers have too (PUBLISHED_PATH): what they read last is not published.
    """
    output = Path(build.settings.get("PUBLISHED_PATH") or build.settings["OUTPUT_PATH"])
    if not build.former or not is_of_content(output, build.settings["PATH"]):
        return {}
    published = {(each.path, each.title_digest, each.text_sketch) for each in _recorded(output)}
    return {
        path: former
        for path, former in build.former.items()
        if (path, former.row.title_digest, former.row.text_sketch) in published
    }


def _published(build: BuildContext) -> Iterator[Published]:
    base = build.addresses.base
    for edition in build.editions.values():
        for term in edition.categories:
            yield Published(f"{base}{term.url}", _CATEGORY, edition.lang, "", "", "", "", term.name)
    for story in build.published:
        category = f"{base}{story.category.url}" if story.kind == "article" else ""
        digests = (story.row.title_digest, story.row.text_sketch)
        yield Published(f"{base}{story.url}", story.kind, story.lang, story.path, category, *digests, "")


def find(output: Path, build: BuildContext) -> list[Ended]:
    """Return the addresses that would end without a word if this were published."""
    before = _recorded(output)
    now = list(_published(build)) if before else []
    urls = {each.url for each in now}
    missing = [each for each in before if each.url not in urls]
    if not missing:  # as in nearly every build
        return []
    answered = {canonical(address) for address in (*urls, *build.redirects)}
    content = build.settings["PATH"]
    finder = _Successors(build, before, now)
    return [
        finder.ended(each)
        for each in missing
        if canonical(each.url) not in answered and not _is_withdrawn(each, content, build)
    ]


def _is_withdrawn(published: Published, content: str, build: BuildContext) -> bool:
    """Whether the file is still there but not among what is published: a draft, or one with a date to come."""
    is_file = bool(published.path) and os.path.isfile(os.path.join(content, published.path))
    return is_file and published.path not in build.links


class _Successors:
    """Finds what is now in the place of something that was published."""

    def __init__(self, build: BuildContext, before: Sequence[Published], now: Sequence[Published]) -> None:
        self._by_path = {each.path: each for each in now if each.path}
        self._by_text = {(each.lang, each.text_sketch): each for each in now if each.text_sketch}
        titles = Counter((each.lang, each.title_digest) for each in now)
        self._by_title = {
            (each.lang, each.title_digest): each
            for each in now
            if each.title_digest and titles[each.lang, each.title_digest] == 1
        }
        self._before, self._urls = before, {each.url for each in now}

    def ended(self, published: Published) -> Ended:
        if published.kind == _CATEGORY:
            return Ended(published, self._category(published), "")
        found = (
            self._by_path.get(published.path)
            or self._by_text.get((published.lang, published.text_sketch))
            or self._by_title.get((published.lang, published.title_digest))
        )
        return Ended(published, found.url, found.path) if found else Ended(published, "", "")

    def _category(self, published: Published) -> str:
        """The category that most of a category's articles are in now."""
        files = [each.path for each in self._before if each.category == published.url]
        now = Counter(self._by_path[path].category for path in files if path in self._by_path)
        return next((url for url, _ in now.most_common() if url in self._urls), "")


def problems(ended: Sequence[Ended], content: str) -> Iterator[Problem]:
    """Yield an error for each address that ends without a word, with what to do."""
    for each in ended[:MAX_TOLD]:
        url = each.before.url
        if each.successor:
            text = translate(
                "{url} was published and would end; {new} is in its place now: python3 tasks.py check --keep lets the "
                "old address lead there",
                url=url,
                new=each.successor,
            )
        else:
            text = translate(
                "{url} was published and would end; put this file back, or say that it is gone for good: python3 "
                "tasks.py check --gone",
                url=url,
            )
        path = each.successor_path or each.before.path
        yield Problem(display_path(os.path.join(content, path)), 1 if each.successor_path else 0, text, code=CODE)
    if len(ended) > MAX_TOLD:
        text = translate(
            "{count} more addresses would end; if ARTICLE_URL was changed, put what it was into FORMER_ARTICLE_URLS",
            count=len(ended) - MAX_TOLD,
        )
        yield Problem(display_path(content), 0, text, code=CODE)
