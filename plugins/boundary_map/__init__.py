"""Feature: the map of administrative boundaries (MAP_URL), and a page for each unit on it (MAP_UNIT_URL).

    BOUNDARY_MAP = {
        "file": a GeoJSON file, in the content folder or with its whole path (see boundaries.py),
        "date": "2025-07-01", the day whose boundaries it shows,
        "vi": {"source": who made it, under which licence, "note": anything more to say of it}, and so for each language
    }

without "file" there is no map. The map is drawn with Shapely (drawing.py), an artifact of the file; which
articles speak of a unit (mentions.py) is found once for each state of an article.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from plugins import jobs
from plugins.features import Feature
from plugins.i18n import editors_language, fingerprint, translate
from plugins.incremental.fingerprints import digest_bytes
from plugins.languages import Language
from plugins.portal.stories import Story, digest
from plugins.problems import ContentError, Problem, display_path

from . import boundaries, mentions
from .map_data import MAP_WIDTH, Map

if TYPE_CHECKING:
    from plugins.portal.outputs import BuildContext, Outputs

SMALL_MAP_URL = "{map}nho.svg"  # the small one beside lists, the same for all editions
MAX_ARTICLES = 20  # articles on a unit's page
_LOOKED = ""  # instead of an article's digest: that of the names looked for, and those of all articles looked through


class PortalMap:
    """The units of a portal, their map, and which articles speak of them."""

    def __init__(self, units: list[boundaries.Unit], drawn: Map, mark: str) -> None:
        self.units, self.map, self.file_digest = units, drawn, mark
        self.articles: dict[str, list[list[Story]]] = {}  # by language, for each unit

    def counts_by_kind(self, language: Language) -> dict[str, int]:
        """How many units there are of each kind, in the order of the file; by "" where the interface has no word for
        it.

        Kinds have no names but Vietnamese ones, so an interface in another language counts units.
        """
        if language.interface_lang != boundaries.NAMES_LANG:
            return {"": len(self.units)}
        counted = Counter(unit.kind.lower() for unit in self.units)
        return {kind and language.as_fallback(kind, boundaries.NAMES_LANG): count for kind, count in counted.items()}


class BoundaryMap(Feature):
    """Draws the map, finds the articles that speak of a place, and publishes their pages."""

    settings: ClassVar = {"BOUNDARY_MAP": {}}

    def prepare(self, build: BuildContext) -> Iterable[Problem]:
        """Read the file, and find its names in what articles have changed."""
        self.portal_map: PortalMap | None = None
        chosen = build.settings["BOUNDARY_MAP"] or {}
        if not chosen.get("file"):
            return
        file = Path(build.settings["PATH"]) / chosen["file"]
        path = display_path(file)
        try:
            data = file.read_bytes()
        except OSError as error:
            text = translate(
                "the file of boundaries cannot be read ({why}); BOUNDARY_MAP in pelicanconf.py names it",
                why=error.strerror,
            )
            yield Problem(path, 0, text)
            return
        if not _day(chosen.get("date")) or not all(
            _about(chosen, e.language)["source"] for e in build.editions.values()
        ):
            text = translate(
                "say in BOUNDARY_MAP in pelicanconf.py who made the boundaries (source) and of which day they are (date)"
            )
            yield Problem(path, 0, text, "warning")
        try:
            self.portal_map, notes = _boundaries(build, data, path)
        except ContentError as error:
            yield from error.problems
            return
        yield from notes
        _find(build, self.portal_map)
        places: list[dict[str, str]] = [
            {"name": "map"},
            *({"name": "map_unit", "slug": unit.slug} for unit in self.portal_map.units),
        ]
        build.sitemap_urls.extend(edition.url(**place) for edition in build.editions.values() for place in places)

    def template_globals(self, build: BuildContext) -> Mapping[str, Any]:
        """`boundary_map`: the address of the small picture, "" where there is no map."""
        return {
            "boundary_map": build.addresses.fill_placeholders(SMALL_MAP_URL)
            if (build.settings["BOUNDARY_MAP"] or {}).get("file")
            else ""
        }

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """The small picture; of each edition the map, and the page of each unit."""
        known = self.portal_map
        if known is None:
            return
        outputs.add_file(build.addresses.fill_placeholders(SMALL_MAP_URL), known.file_digest, known.map.small_svg)
        chosen = build.settings["BOUNDARY_MAP"]
        for lang, edition in build.editions.items():
            lists = known.articles[lang]
            counts = [len(stories) for stories in lists]
            about, day = _about(chosen, edition.language), _day(chosen.get("date"))
            common = {"known": known, "counts": counts, "wide": MAP_WIDTH, "about": about, "day": day}
            outputs.add_page(lang, "boundary_map/page", "map", [known.file_digest, repr(counts)], **common)
            for number, unit in enumerate(known.units):
                stories = lists[number][:MAX_ARTICLES]
                shown = [known.file_digest, str(number), str(counts[number]), *(story.card_digest for story in stories)]
                outputs.add_page(
                    lang, "boundary_map/unit", "map_unit", shown, values={"slug": unit.slug}, kind="unit",
                    number=number, unit=unit, stories=stories, **common,
                )  # fmt: skip


def _boundaries(build: BuildContext, data: bytes, path: str) -> tuple[PortalMap, list[Problem]]:
    """The boundaries of a file, as they were or drawn anew, and what is odd in them. Raises ContentError."""
    mark, lang = digest_bytes(data), editors_language()
    kind = build.artifacts.namespace("maps", f"{__name__}.drawing")

    def draw() -> str:
        from . import drawing  # Shapely and NumPy take a tenth of a second

        return drawing.draw_file(data, path)

    text = kind.cached_text(
        digest(build.rendering_fingerprint, mark, path), lambda: [data, path, lang, fingerprint(lang)], draw
    )
    units, drawn, notes = json.loads(text)
    known = PortalMap([boundaries.Unit(*values) for values in units], Map.unpack(drawn), mark)
    return known, [Problem(path, 0, text, "warning") for text in notes]


def _find(build: BuildContext, known: PortalMap) -> None:
    """Give each unit the articles that speak of it; what has been looked through once is not looked through again."""
    state, topic = build.state, "boundary_map articles"
    names = digest(*(f"{unit.kind} {unit.short}" for unit in known.units))
    before = state.feature_values(topic)
    of, *looked = before.pop(_LOOKED, "").split(" ")
    said = before
    if of != names:
        looked, said = [], {}
    articles = {story.full_digest: story for edition in build.editions.values() for story in edition.articles}
    new = sorted(articles.keys() - looked)
    if new:
        state.commit()  # the forked workers read through connections of their own
        finder = mentions.MentionFinder(known.units)
        work = partial(_spoken_of, finder, articles)
        results = {
            full: jobs.unwrap(result) for full, result in jobs.run_forked(work, new, "", build.settings.get("JOBS"))
        }
        found = {full: numbers for full, numbers in results.items() if numbers}  # few articles speak of a unit
        said = {full: numbers for full, numbers in said.items() if full in articles} | found
        state.store_feature_values(topic, found | {_LOOKED: " ".join([names, *articles])}, before.keys() - said.keys())
    for edition in build.editions.values():
        lists: list[list[Story]] = [[] for _ in known.units]
        for story in edition.articles:
            if story.full_digest in said:
                for number in said[story.full_digest].split():
                    lists[int(number)].append(story)
        known.articles[edition.lang] = lists


def _spoken_of(finder: mentions.MentionFinder, articles: Mapping[str, Story], full: str) -> str:
    """The numbers of the units that an article speaks of, with spaces between them."""
    story = articles[full]
    found = finder.find([story.title, story.summary_text, *story.tag_names, story.body])
    return " ".join(map(str, sorted(found)))


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def _about(chosen: Mapping[str, Any], language: Language) -> dict[str, str]:
    """What the owner says of the map, in a language or in the one that stands in."""
    texts = {lang: value for lang, value in chosen.items() if isinstance(value, Mapping)}
    return {
        name: language.owner_text({lang: text.get(name) for lang, text in texts.items()}) for name in ("source", "note")
    }


feature = BoundaryMap(__file__, on_demand=("page.css", "page.js"))
register = feature.register
