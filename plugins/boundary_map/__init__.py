"""Feature: a map of administrative boundaries (MAP_URL), with a page for each unit on it (MAP_UNIT_URL).

    BOUNDARY_MAP = {
        "file": a GeoJSON file, by its path in the content folder or its absolute path; a file of this name in the
            content folder comes first (see boundaries.py),
        "date": "2025-07-01", the day for which the boundaries are valid,
        "vi": {"source": who made it, under which licence, "note": any further remark}, and the same for each language
    }

Without "file" there is no map. The map is drawn with Shapely (drawing.py) and cached as an artifact of the file. Each
version of an article is searched once for the units that it mentions (mentions.py).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins import jobs
from plugins.features import Feature, Statement
from plugins.i18n import editors_language, fingerprint, translate
from plugins.incremental.fingerprints import digest_bytes
from plugins.languages import Language
from plugins.portal.stories import Story, digest
from plugins.problems import ContentError, Problem, display_path

from . import boundaries, mentions
from .map_data import MAP_WIDTH, Map

if TYPE_CHECKING:
    from plugins.portal.outputs import BuildContext, Outputs

SMALL_MAP_URL = "{map}nho.svg"  # the picture beside lists, the same for all editions
MAX_ARTICLES = 20  # on a unit's page
MAX_UNITS = 4  # beside an article that mentions them
_TOPIC = "boundary_map articles"  # of the feature values in the state: by digest of an article, indices of units
_SEARCHED = ""  # the key of the feature value that has the digest of all names and those of all articles searched


class PortalMap:
    """The units of a portal, their map, and the articles that mention each unit.

    Attributes:
        units: in the order of the file.
        map: the drawn map.
        file_digest: digest of the GeoJSON file.
        articles: by language, a list of articles for each unit, newest first.
    """

    WARD = boundaries.WARD

    def __init__(self, units: list[boundaries.Unit], drawn: Map, file_digest: str) -> None:
        self.units, self.map, self.file_digest = units, drawn, file_digest
        self.articles: dict[str, list[list[Story]]] = {}

    def counts_by_kind(self, language: Language) -> dict[str, int]:
        """The number of units of each kind, in the order of the file.

        Kinds have Vietnamese names only, so an interface in another language gets one number of units, under "".
        """
        if language.interface_lang != boundaries.NAMES_LANG:
            return {"": len(self.units)}
        counts = Counter(unit.kind.lower() for unit in self.units)
        return {kind and language.as_fallback(kind, boundaries.NAMES_LANG): count for kind, count in counts.items()}

    def legend(self, language: Language) -> list[tuple[str, str]]:
        """The CSS class and the name of each colour of units; empty if all have the same.

        Wards have a colour of their own. All others are named by their kinds, or in another language as communes.
        """
        others = [kind for kind in self.counts_by_kind(language) if kind.lower() != boundaries.WARD.lower()]
        wards = {unit.kind == boundaries.WARD for unit in self.units}
        if len(wards) < 2:
            return []
        gettext = language.words.gettext
        return [("ward", gettext("ward")), ("", ", ".join(filter(None, others)) or gettext("commune"))]


class BoundaryMap(Feature):
    """Draws the map, finds the articles that mention a unit, and publishes their pages."""

    statements = (
        Statement("works", "<strong>Map:</strong> everything that it shows is also in a table.", "BOUNDARY_MAP"),
    )
    settings: Mapping[str, Any] = {"BOUNDARY_MAP": {}}

    def prepare(self, build: BuildContext) -> Iterable[Problem]:
        """Read the file, and search new and changed articles for its names."""
        self.portal_map: PortalMap | None = None
        self.mentioned: dict[str, list[int]] = {}  # indices of units by the path of an article
        options = _options(build)
        if not options.get("file"):
            return
        file = Path(build.settings["PATH"], options["file"])
        path = display_path(file)
        try:
            data = file.read_bytes()
        except OSError as error:
            text = translate(
                "the file of boundaries cannot be read ({why}); [map] in portal.toml names it",
                why=error.strerror,
            )
            yield Problem(path, 0, text)
            return
        languages = [edition.language for edition in build.editions.values()]
        if not _parse_date(options.get("date")) or not all(_about(options, lang)["source"] for lang in languages):
            text = translate(
                "say in [map] in portal.toml who made the boundaries (source) and of which day they are (date)"
            )
            yield Problem(path, 0, text, "warning")
        try:
            self.portal_map, warnings = _load_map(build, data, path)
        except ContentError as error:
            yield from error.problems
            return
        yield from warnings
        _find_articles(build, self.portal_map)
        self.mentioned = _note_mentions(self.portal_map)
        for edition in build.editions.values():
            build.sitemap_urls.append(edition.url("map"))
            build.sitemap_urls.extend(edition.url("map_unit", slug=unit.slug) for unit in self.portal_map.units)

    def article_context(self, story: Story) -> list[int]:
        """The indices of the units that an article mentions, the first few in the order of the file."""
        return self.mentioned.get(story.path, [])

    def template_globals(self, build: BuildContext) -> Mapping[str, Any]:
        """`boundary_map`: the address of the small picture, "" without a map; `portal_map` and its `map_width`."""
        url = build.addresses.fill_placeholders(SMALL_MAP_URL) if _options(build).get("file") else ""
        return {"boundary_map": url, "portal_map": self.portal_map, "map_width": MAP_WIDTH}

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Add the small picture, and for each edition the map and the pages of the units."""
        portal_map = self.portal_map
        if portal_map is None:
            return
        small_map = build.addresses.fill_placeholders(SMALL_MAP_URL)
        outputs.add_file(small_map, portal_map.file_digest, portal_map.map.small_svg)
        options = _options(build)
        for lang, edition in build.editions.items():
            counts = [len(stories) for stories in portal_map.articles[lang]]
            common: dict[str, Any] = {
                "known": portal_map,
                "counts": counts,
                "wide": MAP_WIDTH,
                "about": _about(options, edition.language),
                "day": _parse_date(options.get("date")),
            }
            outputs.add_page(lang, "boundary_map/page", "map", [portal_map.file_digest, repr(counts)], **common)
            for index, unit in enumerate(portal_map.units):
                stories = portal_map.articles[lang][index][:MAX_ARTICLES]
                cards = [story.card_digest for story in stories]
                outputs.add_page(
                    lang,
                    "boundary_map/unit",
                    "map_unit",
                    [portal_map.file_digest, str(index), str(counts[index]), *cards],
                    values={"slug": unit.slug},
                    kind="unit",
                    number=index,
                    unit=unit,
                    stories=stories,
                    **common,
                )


def _options(build: BuildContext) -> Mapping[str, Any]:
    options: Mapping[str, Any] = build.settings["BOUNDARY_MAP"] or {}
    return options


def _load_map(build: BuildContext, data: bytes, path: str) -> tuple[PortalMap, list[Problem]]:
    """Draw a file, or take its map from the cache, and return it with warnings. Raises ContentError."""
    file_digest, lang, name_property = digest_bytes(data), editors_language(), _options(build).get("names", "name")
    namespace = build.artifacts.namespace("maps", f"{__name__}.drawing")

    def draw() -> str:
        from . import drawing  # Shapely and NumPy take a tenth of a second

        return drawing.draw_file(data, path, name_property)

    text = namespace.cached_text(
        digest(build.rendering_fingerprint, file_digest, path, name_property),
        lambda: [data, path, name_property, lang, fingerprint(lang)],
        draw,
    )
    units, packed_map, messages = json.loads(text)
    portal_map = PortalMap([boundaries.Unit(*values) for values in units], Map.unpack(packed_map), file_digest)
    return portal_map, [Problem(path, 0, message, "warning") for message in messages]


def _find_articles(build: BuildContext, portal_map: PortalMap) -> None:
    """Give each unit the articles that mention it."""
    mentioned = _mentioned_units(build, portal_map.units)
    for edition in build.editions.values():
        lists: list[list[Story]] = [[] for _ in portal_map.units]
        for story in edition.articles:
            if story.full_digest in mentioned:
                for index in mentioned[story.full_digest].split():
                    lists[int(index)].append(story)
        portal_map.articles[edition.lang] = lists


def _note_mentions(portal_map: PortalMap) -> dict[str, list[int]]:
    """Return the units that each article's page shows, and make them a part of what the page depends on."""
    stories: dict[str, Story] = {}
    mentioned: dict[str, list[int]] = {}
    for lists in portal_map.articles.values():
        for index, articles in enumerate(lists):
            for story in articles:
                stories[story.path] = story
                mentioned.setdefault(story.path, []).append(index)
    mentioned = {path: indices[:MAX_UNITS] for path, indices in mentioned.items()}
    for path, indices in mentioned.items():
        story = stories[path]
        story.extra_key_parts = (*story.extra_key_parts, f"map {portal_map.file_digest} {indices}")
    return mentioned


def _mentioned_units(build: BuildContext, units: Sequence[boundaries.Unit]) -> Mapping[str, str]:
    """By digest of an article, the indices of the units that it mentions, separated by spaces.

    The state has these from the last build, so that only new and changed articles are searched, or all of them when a
    name has changed. Articles that mention no unit, which are most of them, are not in it.
    """
    state = build.state
    names_digest = digest(*(f"{unit.kind} {unit.short}" for unit in units))
    stored = state.feature_values(_TOPIC)
    stored_names_digest, *searched = stored.pop(_SEARCHED, "").split(" ")
    mentioned = stored
    if stored_names_digest != names_digest:
        searched, mentioned = [], {}
    articles = {story.full_digest: story for edition in build.editions.values() for story in edition.articles}
    unsearched = sorted(articles.keys() - searched)
    if unsearched:
        state.commit()  # the forked workers read through connections of their own
        search = partial(_search_article, mentions.MentionFinder(units), articles)
        results = jobs.run_forked(search, unsearched, "", build.settings.get("JOBS"))
        found = {full_digest: indices for full_digest, result in results if (indices := jobs.unwrap(result))}
        mentioned = {full: indices for full, indices in mentioned.items() if full in articles} | found
        values = found | {_SEARCHED: " ".join([names_digest, *articles])}
        state.store_feature_values(_TOPIC, values, stored.keys() - mentioned.keys())
    return mentioned


def _search_article(finder: mentions.MentionFinder, articles: Mapping[str, Story], full_digest: str) -> str:
    """The indices of the units that an article mentions, separated by spaces."""
    story = articles[full_digest]
    found = finder.find([story.title, story.summary_text, *story.tag_names, story.body])
    return " ".join(map(str, sorted(found)))


def _parse_date(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _about(options: Mapping[str, Any], language: Language) -> dict[str, str]:
    """The owner's texts about the map, as sentences, in a language or in one that it falls back on."""
    texts = {lang: value for lang, value in options.items() if isinstance(value, Mapping)}
    return {
        name: language.owner_text({lang: _sentence(text.get(name) or "") for lang, text in texts.items()})
        for name in ("source", "note")
    }


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "。", "!", "?")) else f"{text}."


feature = BoundaryMap(__file__, on_demand=("page.css", "page.js"))
register = feature.register
