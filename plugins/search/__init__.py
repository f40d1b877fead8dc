"""Feature: search. A box in the masthead, and a page that answers it without a server.

The box is a plain form that leads to SEARCH_URL?q=…; nothing else of search is on other pages. The index is made
of years, and of the newest year's months: an article that changes has only its year, or month, indexed again
(index.py). Each is an artifact, whose key is of all that is in it; of all together the shards are made that page.js
asks for (postings.py).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from plugins import jobs
from plugins.features import Feature
from plugins.i18n import translate
from plugins.portal.filters import machine_date
from plugins.portal.stories import digest

from . import index
from .postings import BUCKETS, shards

if TYPE_CHECKING:
    from plugins.portal.editions import Edition
    from plugins.portal.outputs import BuildContext, Outputs
    from plugins.portal.stories import Story
    from plugins.problems import Problem

FOLDER = "{search}chi-muc/"  # for all languages; its files are asked for with a mark of what is in them
A_SHARD = 8  # articles for each shard of the index, about
NEWEST = 100  # titles that answer while the reader types


def by_year(articles: Iterable[Story]) -> dict[int, list[Story]]:
    """Articles by the year of their date, the years and each year's articles from the oldest.

    In the newest year, where nearly all edits are, each month stands for a year: 202611 after 2025.
    """
    articles = list(articles)
    newest = max((article.month[0] for article in articles), default=0)
    years: dict[int, list[Story]] = {}
    for article in articles:
        year, month = article.month
        years.setdefault(year * 100 + month if year == newest else year, []).append(article)
    return {year: sorted(years[year], key=lambda a: (a.published_at, a.slug, a.path)) for year in sorted(years)}


def _filters(article: Story) -> tuple[str, ...]:
    """As words of the index; no text has a word with a colon."""
    return (f"category:{article.category.slug}", *(f"author:{author.slug}" for author in article.authors))


def _row(article: Story) -> index.Row:
    edition, date = article.edition, machine_date(article.date)
    extras: tuple[str, ...] = ()
    if edition.values or edition.extra_kinds:
        extras = tuple(f"{extra.label}: {text}" for extra in article.view.extras("search") for text in extra.texts)
    category = article.category.name
    return index.Row(
        article.path, article.full_digest, f"/{article.url}", date, article.lang, category, _filters(article), extras
    )


def _indexed(build: BuildContext, years: Mapping[int, list[Story]]) -> dict[int, index.Part]:
    """The index of each year, made where it is not there."""
    kind, rendering = build.artifacts.namespace("search", index.__name__), build.rendering_fingerprint
    marks = {
        year: digest(rendering, *(f"{a.full_digest} {a.url} {a.category.name} {_filters(a)}" for a in its))
        for year, its in years.items()
    }
    known = kind.find_by_fingerprint(marks.values())
    keys = {year: known[mark].key for year, mark in marks.items() if mark in known}
    rows = {year: tuple(map(_row, its)) for year, its in years.items() if year not in keys}
    new = {year: kind.key(str(year), *map(str, chain.from_iterable(its))) for year, its in rows.items()}
    there = kind.find_by_key(new.values())
    state, tasks = build.state, {}
    for year, key in new.items():
        if key not in there:
            file = kind.file_path(key, f".{year}")
            tasks[year] = index.Task(year, rows[year], str(state.file.absolute()), str(file))
    state.commit()  # the workers read through connections of their own
    for task, result in jobs.run(
        index.make, list(tasks.values()), translate("Search index"), build.settings.get("JOBS")
    ):
        jobs.unwrap(result)
        kind.store(new[task.year], [f".{task.year}"], {})
    kind.link_fingerprints({marks[year]: key for year, key in new.items()})
    return {year: index.Part(key, kind.file_path(key, f".{year}")) for year, key in sorted((keys | new).items())}


class Search(Feature):
    """Indexes what is published, and publishes index and page."""

    settings: ClassVar = {"SEARCH_INDEX": True}  # False: no index is made, as in the preview

    def prepare(self, build: BuildContext) -> Iterable[Problem]:
        """None of the last build's."""
        self.years: dict[int, index.Part] = {}
        return ()

    def finish(self, build: BuildContext) -> Iterable[Problem]:
        """Index the years that are missing."""
        if build.settings["SEARCH_INDEX"]:
            self.years = _indexed(build, by_year(story for story in build.published if story.content_kind.listed))
        return ()

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """The page of each edition, its newest titles, and the files of the index."""
        files, folder = self.years, build.addresses.fill_placeholders(FOLDER)
        marks = {year: part.mark for year, part in files.items()}
        opened = cache(lambda year: index.Year(year, files[year].file))
        for year, mark in marks.items():
            group = f"{folder}{year}/"
            outputs.add_group(group, mark, partial(ask_texts, outputs, group, opened, year))
        indexes = {}
        for lang, edition in build.editions.items():
            total = len(edition.articles) + sum(map(len, edition.extra_kinds.values()))
            if files and total:
                group, count = f"{folder}{lang}/", shards(total, A_SHARD)
                mark = digest(str(count), *marks.values())[:12]
                outputs.add_group(group, mark, partial(ask_shards, outputs, group, opened, lang, files, count))
                indexes[lang] = [f"/{group}", count, mark, total]
        for edition in build.editions.values():
            _ask_page(build, outputs, edition, indexes, folder, {year: mark[:12] for year, mark in marks.items()})


def ask_texts(outputs: Outputs, group: str, opened: Callable[[int], index.Year], year: int) -> None:
    """What is shown of each of a year's articles."""
    for number in range(len(opened(year).texts)):
        text = opened(year).text(number)
        outputs.add_file(f"{group}{number}.json", digest(text.decode()), partial(opened(year).text, number), group)


def ask_shards(
    outputs: Outputs, group: str, opened: Callable[[int], index.Year], lang: str, years: Iterable[int], count: int
) -> None:
    """The shards of a language, each with its buckets of all years."""
    step = BUCKETS // count
    for kind in index.KINDS:
        for number in range(count):
            make = partial(_shard, opened, lang, kind, tuple(years), range(number * step, (number + 1) * step))
            outputs.add_file(f"{group}{kind}/{number:03x}.bin", digest(make().hex()), make, group)


def _shard(opened: Callable[[int], index.Year], lang: str, kind: str, years: Iterable[int], buckets: range) -> bytes:
    return b"".join(opened(year).part(lang, kind, buckets) for year in years)


def _ask_page(
    build: BuildContext,
    outputs: Outputs,
    edition: Edition,
    indexes: Mapping[str, list],
    folder: str,
    years: Mapping[int, str],
) -> None:
    editions, url = build.editions, edition.url("search")
    newest = edition.articles[:NEWEST]
    titles = f"{url}moi-nhat.json"
    outputs.add_file(titles, digest(*(a.card_digest for a in newest)), partial(_titles, newest))
    groups = {name: [(g.slug, g.name) for g in getattr(edition, name)] for name in ("categories", "authors")}
    groups["categories"] += [(section.slug, section.name) for section in map(edition.section, edition.extra_kinds)]
    languages = [(other.lang, other.agency["language"]) for other in editions.values() if other.articles]
    shown = json.dumps([groups, indexes, years, languages, sorted(edition.months)], ensure_ascii=False)
    outputs.add_page(
        edition.lang, "search/page", "search", [shown], languages=languages, titles=f"/{titles}",
        indexes=json.dumps(indexes, separators=(",", ":")) if indexes else "", texts=json.dumps([f"/{folder}", years], separators=(",", ":")),
        years=sorted({str(y) for y, _ in edition.months}, reverse=True), **groups,
    )  # fmt: skip


def _titles(articles: Iterable[Story]) -> bytes:
    return json.dumps([[a.title, f"/{a.url}"] for a in articles], ensure_ascii=False, separators=(",", ":")).encode()


feature = Search(__file__, on_demand=("page.css", "index.js", "page.js"), immutable_paths=(FOLDER,))
register = feature.register
