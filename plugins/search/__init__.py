"""Feature: search. A box in the masthead, and a page that answers without a server program.

The box is a plain form that leads to SEARCH_URL?q=…; other pages have nothing else of search. Articles are indexed by
year, and in the newest year by month, so that an edit has only one year or month indexed again (index.py). Each year's
index is an artifact. The shards that script/index.js fetches (postings.py) are put together from all years.

The page has one script, joined from the parts in script/: they read the query as tokens.py reads articles, find and
rank articles, and show them.

Setting: SEARCH_INDEX (False: no index, as in the preview). File of the owner: content/tu-dong-nghia.txt (synonyms.py).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins import jobs, unicode_text
from plugins.features import Feature
from plugins.i18n import translate
from plugins.portal.filters import machine_date
from plugins.portal.stories import digest

from . import index, suggestions, synonyms, tokens
from .concepts import Synonyms
from .postings import BUCKETS, shard_count

if TYPE_CHECKING:
    from plugins.portal.editions import Edition
    from plugins.portal.outputs import BuildContext, Outputs
    from plugins.portal.stories import Story
    from plugins.problems import Problem

FOLDER = "{search}chi-muc/"  # of all languages; a digest of their content is appended to the addresses of its files
ARTICLES_PER_SHARD = 8
NEWEST_TITLES = 50  # titles that are suggested while the reader types
TITLES = 5000  # the newest titles, from which phrases and words are taken
SCRIPT = "search.js"
# in their order
SCRIPT_PARTS = (
    "settings",
    "words",
    "query",
    "index",
    "ranking",
    "results",
    "help",
    "page",
    "suggestions",
)  # in their order

OpenIndex = Callable[[int], index.YearIndex]  # opens the index of a year
IndexSummary = tuple[str, int, str, int]  # folder with slashes, number of shards, digest, number of articles


def group_by_year(articles: Iterable[Story]) -> dict[int, list[Story]]:
    """Articles by the year of their date, the years and the articles of each from the oldest.

    The newest year, where nearly all edits are, is split into months: 202611 follows 2025.
    """
    articles = list(articles)
    newest = max((article.month[0] for article in articles), default=0)
    years: dict[int, list[Story]] = {}
    for article in articles:
        year, month = article.month
        years.setdefault(year * 100 + month if year == newest else year, []).append(article)
    return {year: sorted(years[year], key=lambda a: (a.published_at, a.slug, a.path)) for year in sorted(years)}


def _filter_words(article: Story) -> tuple[str, ...]:
    """The category and the authors as words of the index; the colon keeps them apart from words of a text."""
    return (f"category:{article.category.slug}", *(f"author:{author.slug}" for author in article.authors))


def _row(article: Story) -> index.IndexRow:
    edition = article.edition
    extras: tuple[str, ...] = ()
    if edition.values or edition.extra_kinds:
        extras = tuple(f"{extra.label}: {text}" for extra in article.view.extras("search") for text in extra.texts)
    return index.IndexRow(
        article.path,
        article.full_digest,
        f"/{article.url}",
        machine_date(article.date),
        article.lang,
        article.category.name,
        _filter_words(article),
        extras,
    )


def _indexed(
    build: BuildContext, years: Mapping[int, list[Story]], same: Mapping[str, Synonyms]
) -> dict[int, index.IndexFile]:
    """The index of each year, built if the cache does not have it. same: the synonyms of each language."""
    namespace, rendering = build.artifacts.namespace("search", index.__name__), build.rendering_fingerprint
    fingerprints = {
        year: digest(
            rendering, repr(same), *(f"{a.full_digest} {a.url} {a.category.name} {_filter_words(a)}" for a in articles)
        )
        for year, articles in years.items()
    }
    artifacts = namespace.find_by_fingerprint(fingerprints.values())
    keys = {year: artifacts[fingerprint].key for year, fingerprint in fingerprints.items() if fingerprint in artifacts}
    rows = {year: tuple(map(_row, articles)) for year, articles in years.items() if year not in keys}
    new_keys = {year: namespace.key(str(year), repr(same), *map(str, chain.from_iterable(rows[year]))) for year in rows}
    cached = namespace.find_by_key(new_keys.values())
    tasks = [
        index.IndexTask(
            year, rows[year], str(build.state.file.absolute()), str(namespace.file_path(key, f".{year}")), same
        )
        for year, key in new_keys.items()
        if key not in cached
    ]
    build.state.commit()  # the workers read through connections of their own
    for task, result in jobs.run(index.build_index, tasks, translate("Search index"), build.settings.get("JOBS")):
        jobs.unwrap(result)
        namespace.store(new_keys[task.year], [f".{task.year}"], {})
    namespace.link_fingerprints({fingerprints[year]: key for year, key in new_keys.items()})
    return {
        year: index.IndexFile(key, namespace.file_path(key, f".{year}"))
        for year, key in sorted((keys | new_keys).items())
    }


class Search(Feature):
    """Indexes the published articles, and publishes the index and the search pages."""

    settings: Mapping[str, Any] = {"SEARCH_INDEX": True}

    def prepare(self, build: BuildContext) -> Iterable[Problem]:
        """Forget the index of the last build, and read the owner's synonyms."""
        self.years: dict[int, index.IndexFile] = {}
        self.synonyms: dict[str, Synonyms] = {}
        for lang in build.editions:
            self.synonyms[lang], problems = synonyms.load(lang, Path(build.settings["PATH"]))
            yield from problems

    def finish(self, build: BuildContext) -> Iterable[Problem]:
        """Build the index of each year that the cache does not have."""
        if build.settings["SEARCH_INDEX"]:
            listed = (story for story in build.published if story.content_kind.listed)
            self.years = _indexed(build, group_by_year(listed), self.synonyms)
        return ()

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Publish each edition's page and suggestions, and the files of the index."""
        files, folder = self.years, build.addresses.fill_placeholders(FOLDER)
        keys = {year: file.key for year, file in files.items()}
        open_index = cache(lambda year: index.YearIndex(year, files[year].file))
        for year, key in keys.items():
            group = f"{folder}{year}/"
            outputs.add_group(group, key, partial(add_texts, outputs, group, open_index, year))
        indexes: dict[str, IndexSummary] = {}
        for lang, edition in build.editions.items():
            total = len(edition.articles) + sum(map(len, edition.extra_kinds.values()))
            if files and total:
                group, count = f"{folder}{lang}/", shard_count(total, ARTICLES_PER_SHARD)
                fingerprint = digest(str(count), *keys.values())[:12]
                add = partial(add_shards, outputs, group, open_index, lang, files, count)
                outputs.add_group(group, fingerprint, add)
                indexes[lang] = (f"/{group}", count, fingerprint, total)
        year_digests = {year: key[:12] for year, key in keys.items()}
        for edition in build.editions.values():
            settings = {
                "indexes": indexes,
                "texts": (f"/{folder}", year_digests),
                "rules": {**unicode_text.SCRIPT_RULES, "spellings": tokens.SPELLINGS},
                "synonyms": self.synonyms[edition.lang],
            }
            _add_page(build, outputs, edition, settings)

    def read_text(self, name: str) -> str:
        """One of the files; the page's script is joined from its parts."""
        if name != SCRIPT:
            return super().read_text(name)
        return "\n".join(super(Search, self).read_text(f"script/{part}.js") for part in SCRIPT_PARTS)


def add_texts(outputs: Outputs, group: str, open_index: OpenIndex, year: int) -> None:
    """Add what a result page shows of each of a year's articles, one file per article."""
    for number in range(len(open_index(year).texts)):
        text = open_index(year).text(number)
        render = partial(open_index(year).text, number)
        outputs.add_file(f"{group}{number}.json", digest(text.decode()), render, group)


def add_shards(
    outputs: Outputs, group: str, open_index: OpenIndex, lang: str, years: Iterable[int], count: int
) -> None:
    """Add the shards of a language, each with its buckets of all years.

    Args:
        outputs: What the build publishes.
        group: The output group, and the shards' folder.
        open_index: Opens the index of a year.
        lang: Code of the language.
        years: All years, from the oldest.
        count: How many shards each index is cut into.
    """
    step = BUCKETS // count
    for name in index.INDEXES:
        for number in range(count):
            buckets = range(number * step, (number + 1) * step)
            render = partial(_shard, open_index, lang, name, tuple(years), buckets)
            outputs.add_file(f"{group}{name}/{number:03x}.bin", digest(render().hex()), render, group)


def _shard(open_index: OpenIndex, lang: str, name: str, years: Iterable[int], buckets: range) -> bytes:
    return b"".join(open_index(year).part(lang, name, buckets) for year in years)


def _add_page(build: BuildContext, outputs: Outputs, edition: Edition, settings: Mapping[str, Any]) -> None:
    """Add an edition's search page, and what it suggests.

    Args:
        build: What the build has read.
        outputs: Where they are added.
        edition: The page's.
        settings: What script/settings.js gets.
    """
    folder, articles = edition.url("search"), edition.articles[:TITLES]
    fingerprint = digest(*(article.card_digest for article in articles))
    outputs.add_file(f"{folder}goi-y.json", fingerprint, partial(_suggestions, articles))
    outputs.add_file(f"{folder}tu-vung.txt", fingerprint, partial(_vocabulary, articles))
    categories = [(category.slug, category.name) for category in edition.categories]
    categories += [(section.slug, section.name) for section in map(edition.section, edition.extra_kinds)]
    authors = [(author.slug, author.name) for author in edition.authors]
    languages = [(other.lang, other.agency["language"]) for other in build.editions.values() if other.articles]
    displayed = [categories, authors, settings, languages, sorted(edition.months)]
    outputs.add_page(
        edition.lang,
        "search/page",
        "search",
        [_compact_json(displayed)],
        languages=languages,
        suggestions=f"/{folder}goi-y.json",
        vocabulary=f"/{folder}tu-vung.txt",
        settings=_compact_json(settings, ensure_ascii=True) if settings["indexes"] else "",
        years=sorted({str(year) for year, _ in edition.months}, reverse=True),
        categories=categories,
        authors=authors,
    )


def _suggestions(articles: Sequence[Story]) -> bytes:
    """Phrases of titles, and the newest titles with their addresses."""
    newest = [[article.title, f"/{article.url}"] for article in articles[:NEWEST_TITLES]]
    return _compact_json([suggestions.phrases(article.title for article in articles), newest]).encode()


def _vocabulary(articles: Iterable[Story]) -> bytes:
    return suggestions.vocabulary(article.title for article in articles).encode()


def _compact_json(value: object, ensure_ascii: bool = False) -> str:
    return json.dumps(value, ensure_ascii=ensure_ascii, separators=(",", ":"))


feature = Search(__file__, on_demand=("page.css", SCRIPT), immutable_paths=(FOLDER,))
register = feature.register
