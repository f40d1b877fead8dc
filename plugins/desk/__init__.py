"""Stage: the editors' desk, /soan/ of `serve`: write, check and see an article in the browser, on this machine only.

`app.py` has its pages, `checking.py` and `findings.py` say what is wrong while somebody types, `entries.py` reads the
headers of all files for `listing.py`, `documents.py` opens and saves files, `moving.py` moves and deletes them and what
leads to them (`relinking.py`, `addresses.py`) for `filing.py`, `reviewing.py` has them agreed to (`reviews.py`,
`handout.py`), in the office's network too (`office.py`), `publishing.py` publishes, and commits to git where that is
(`git.py`), `header_lines.py` changes values in a header, `history.py` keeps earlier versions, `pasting.py` reads the
clipboard, `uploads.py` takes pictures and documents, `fields.py` makes the form from the keys of headers, `guard.py`
keeps other sites out. Nothing of it is in what `build` publishes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from plugins import languages
from plugins.drafting import ARTICLE_LINES, new_draft
from plugins.features import urls
from plugins.i18n import translate
from plugins.incremental.state import state_folder
from plugins.portal import kinds, loading, reading
from plugins.portal.editions import checked_addresses, editions
from plugins.portal.ended_addresses import Ended, published_from

from .app import Desk, Reader, Services, Typed
from .documents import Documents
from .handout import finder
from .office import Office
from .publishing import Runner
from .responses import ADDRESS
from .reviews import Reviews

__all__ = ["ADDRESS", "Desk", "Office", "Reviews", "Typed", "open_desk"]
MOST_SUGGESTED = 300


def open_desk(
    content: Path,
    config: str,
    reader: Reader,
    problems: Callable[[], Iterable[tuple[str, int, str, str]]],
    page_headers: Callable[[], Mapping[str, str]],
    site: Path,
    ended: Callable[[], Sequence[Ended]],
    preview: Path,
    office: Office | None = None,
) -> Desk:
    """Return the desk for a content folder.

    Args:
        content: The folder.
        config: The file of settings, see `loading.settings`.
        reader: Checks and shows a text that is being written.
        problems: Returns what the last build has found: file, line, message, level.
        page_headers: Returns the headers with which the portal's pages are sent.
        site: The folder that readers see.
        ended: Returns the published addresses that would end with what is there now.
        preview: The folder of the preview.
        office: Shows drafts in the office's network.

    Raises:
        ContentError: The settings cannot be read.
    """
    settings = loading.settings(config, PATH=str(content))
    active = loading.features(settings)
    addresses = checked_addresses(settings, urls(active))
    rules = reading.ReadingRules(settings, addresses, active)
    documents = Documents(
        content,
        {folder: rules.keys[kind] for folder, kind in rules.folders},
        partial(reading.now, settings),
        {folder: translate(rules.kinds[kind].label) for folder, kind in rules.folders if kind != kinds.ARTICLE.name},
        state_folder(preview) / "desk.json",
    )
    menus = {lang: list(edition.menu_names) for lang, edition in editions(settings, addresses).items()}

    def choices(path: str) -> Mapping[str, Sequence[str]]:
        return {"category": menus[_language(path, languages.codes(settings))], **_suggested(documents)}

    def create(title: str) -> str:
        first = next(iter(menus.values()))
        lines = ARTICLE_LINES.format(category=next(iter(first), ""))
        path = new_draft(title, kinds.ARTICLE, settings, reading.now(settings), lines)
        return path.relative_to(content).as_posix()

    def by_path() -> dict[str, list[tuple[int, str, str]]]:
        found: dict[str, list[tuple[int, str, str]]] = {}
        for path, line, message, level in problems():
            name = os.path.relpath(os.path.abspath(path), content).replace(os.sep, "/")
            found.setdefault(name, []).append((line, message, level))
        return found

    published = partial(published_from, site, str(content))
    file_at = finder(preview, addresses.base)
    runner = Runner(content, site, settings.get("PUBLISH_TARGET", ""))
    langs, theme = languages.codes(settings), Path(settings["THEME"])
    if office:
        office.clock, office.theme = documents.clock, theme  # those of the portal
    services = Services(
        reader, langs, choices, create, theme, by_path, page_headers, published, ended, runner, file_at, office
    )
    return Desk(documents, services)


def _language(path: str, langs: Sequence[str]) -> str:
    """Return the language of a file by its name, `bai.en.md`; the portal's first one for other names."""
    ending = path.removesuffix(".md").rpartition(".")[2]
    return ending if ending in langs else langs[0]


def _suggested(documents: Documents) -> dict[str, list[str]]:
    """Return the topics and authors of all articles, the most frequent first."""
    return {
        name: [text for text, _ in documents.entries.counts(name).most_common(MOST_SUGGESTED)]
        for name in ("tags", "authors")
    }
