"""Feature: the map of administrative boundaries, /ban-do/, and a page for each unit on it, /ban-do/UNIT/.

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
from typing import Any

from pelican import signals

from plugins import jobs
from plugins.checks import ContentError, Problem, short
from plugins.features import Feature
from plugins.i18n import editor, fingerprint, say
from plugins.incremental.fingerprints import of_bytes
from plugins.portal.stories import Story, digest

from . import boundaries, mentions
from .maps import WIDE, Map

feature = Feature(__file__, on_demand=("page.css", "page.js"))
PAGE = "ban-do/"
PICTURE = f"{PAGE}nho.svg"  # the small one beside lists, the same for all editions
NEWEST = 20  # articles on a unit's page
_LOOKED = ""  # instead of an article's digest: that of the names looked for, and those of all articles looked through


class Boundaries:
    """The units of a portal, their map, and which articles speak of them."""

    def __init__(self, units: list[boundaries.Unit], drawn: Map, mark: str) -> None:
        self.units, self.map, self.mark = units, drawn, mark
        self.spoken_of: dict[str, list[list[Story]]] = {}  # by language, for each unit

    def kinds(self, lang: str) -> dict[str, int]:
        """How many units there are of each kind, in the order of the file; kinds have no names but Vietnamese ones."""
        return Counter(unit.kind if lang == "vi" else "" for unit in self.units)


def _read(generator: Any) -> None:
    """Read the file, and find its names in what articles have changed."""
    settings, context = generator.settings, generator.context
    chosen = settings.get("BOUNDARY_MAP") or {}
    generator.env.filters["area"] = area
    generator.env.globals["boundary_map"] = bool(chosen.get("file"))
    if not chosen.get("file"):
        return
    file = Path(settings["PATH"]) / chosen["file"]
    path, problems = short(file), context["problems"]
    try:
        data = file.read_bytes()
    except OSError as error:
        text = say("the file of boundaries cannot be read ({why}); BOUNDARY_MAP in pelicanconf.py names it", why=error.strerror)
        problems.append(Problem(path, 0, text))
        return
    if not _day(chosen.get("date")) or not all(chosen.get(lang, {}).get("source") for lang in context["editions"]):
        text = say("say in BOUNDARY_MAP in pelicanconf.py who made the boundaries (source) and of which day they are (date)")
        problems.append(Problem(path, 0, text, "warning"))
    try:
        known = _boundaries(context, data, path)
    except ContentError as error:
        problems += error.problems
        return
    _find(generator, known)
    generator.boundaries = known


def _boundaries(context: dict[str, Any], data: bytes, path: str) -> Boundaries:
    """The boundaries of a file: as they were, or drawn anew. Raises ContentError."""
    mark, lang = of_bytes(data), editor()
    kind = context["artifacts"].kind("maps", f"{__name__}.drawing")

    def draw() -> str:
        from . import drawing  # Shapely and NumPy take a tenth of a second

        return drawing.drawn(data, path)

    text = kind.text(digest(context["rendering"], mark, path), lambda: [data, path, lang, fingerprint(lang)], draw)
    units, drawn, notes = json.loads(text)
    context["problems"] += [Problem(path, 0, text, "warning") for text in notes]
    return Boundaries([boundaries.Unit(*values) for values in units], Map.unpack(drawn), mark)


def _find(generator: Any, known: Boundaries) -> None:
    """Give each unit the articles that speak of it; what has been looked through once is not looked through again."""
    state, topic = generator.context["state"], "boundary_map articles"
    names = digest(*(f"{unit.kind} {unit.short}" for unit in known.units))
    before = state.remembered(topic)
    of, *looked = before.pop(_LOOKED, "").split(" ")
    said = before
    if of != names:
        looked, said = [], {}
    articles = {story.full: story for edition in generator.editions.values() for story in edition.articles}
    new = sorted(articles.keys() - looked)
    if new:
        state.commit()  # the forked workers read through connections of their own
        finder = mentions.Names(known.units)
        work = partial(_spoken_of, finder, articles)
        results = {full: jobs.checked(result) for full, result in jobs.fork(work, new, "", generator.settings.get("JOBS"))}
        found = {full: numbers for full, numbers in results.items() if numbers}  # few articles speak of a unit
        said = {full: numbers for full, numbers in said.items() if full in articles} | found
        state.remember(topic, found | {_LOOKED: " ".join([names, *articles])}, before.keys() - said.keys())
    for edition in generator.editions.values():
        lists: list[list[Story]] = [[] for _ in known.units]
        for story in edition.articles:
            if story.full in said:
                for number in said[story.full].split():
                    lists[int(number)].append(story)
        known.spoken_of[edition.lang] = lists


def _spoken_of(finder: mentions.Names, articles: Mapping[str, Story], full: str) -> str:
    """The numbers of the units that an article speaks of, with spaces between them."""
    story = articles[full]
    found = finder.within([story.title, story.summary_text, *story.tag_names, story.body])
    return " ".join(map(str, sorted(found)))


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def area(number: float, lang: str) -> str:
    """1.318,5 in Vietnamese, 1,318.5 in English."""
    text = f"{number:,.1f}".removesuffix(".0")
    return text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text


def _ask(generator: Any, writer: Any) -> None:
    known: Boundaries | None = getattr(generator, "boundaries", None)
    if known is None:
        return
    writer.ask(PICTURE, known.mark, known.map.picture)
    places = [PAGE, *(f"{PAGE}{unit.slug}/" for unit in known.units)]
    generator.context["findable"] += [edition.prefix + place for edition in generator.editions.values() for place in places]
    chosen = generator.settings["BOUNDARY_MAP"]
    for edition in generator.editions.values():
        ask, lists = generator.asks[edition.lang], known.spoken_of[edition.lang]
        counts = [len(stories) for stories in lists]
        common = {"known": known, "counts": counts, "wide": WIDE,
                  "about": chosen.get(edition.lang, {}), "day": _day(chosen.get("date"))}  # fmt: skip
        others = [other for other in generator.editions.values() if other is not edition]
        twins = {other.lang: other.prefix + PAGE for other in others}
        ask("boundary_map/page", edition.prefix + PAGE, [known.mark, repr(counts)], twins, kind="map", **common)
        for number, unit in enumerate(known.units):
            stories = lists[number][:NEWEST]
            shown = [known.mark, str(number), str(counts[number]), *(story.card for story in stories)]
            address = f"{PAGE}{unit.slug}/"
            twins = {other.lang: other.prefix + address for other in others}
            ask("boundary_map/unit", edition.prefix + address, shown, twins, kind="unit",
                number=number, unit=unit, stories=stories, **common)  # fmt: skip


def register() -> None:
    """Pelican's hooks."""
    signals.article_generator_finalized.connect(_read)
    signals.article_writer_finalized.connect(_ask)
