"""Feature: notices (content/thong-bao), each in force for some time, with a banner on pages as long as it is.

    title: Sạt lở trên quốc lộ 4D, đoạn qua xã Nà Lẹng
    level: khẩn                     # or cảnh báo, thông tin
    from: 28/11/2026 06:00
    until: 29/11/2026 17:00         # an urgent one lasts seven days at most
    where: [Nà Lẹng, Khau Mười]     # communes of the map; without it, the whole province
    kind: đường
    phone: 0200 000 0114

A notice that begins later has a page already. The banner is in the bytes of the front page, of the lists of news and
sections, of the map, of the pages of the communes named, and of the page for what is not there. All other pages ask for
BANNERS, one small file, and show the most urgent one if it is a warning at least: so a notice changes none of ten
thousand articles. What is in force is a matter of the clock: the build looks at it, `due` says when to build again, and
alerts.js takes away what has ended since.

`cap.py` writes each notice for other systems (CAP 1.2), poster.html is its PDF: a sheet for the board of a commune.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from plugins import boundary_map
from plugins.addresses import ERROR_PAGE, Addresses
from plugins.features import Feature, Key, Kind, Statement, Status, Value, header_value
from plugins.features.hooks import ARTICLES
from plugins.i18n import translate
from plugins.markdown_reader import key_lines
from plugins.markdown_reader.header_values import date_time, slug_of
from plugins.portal.stories import Story, digest
from plugins.problems import Problem, display_path

from . import cap, header
from .banners import BANNERS, Banner, banner_of

if TYPE_CHECKING:
    from plugins.portal.outputs import BuildContext, Outputs

NAME = "notice"
CAP_ENDING = ".cap.xml"
LONGEST_URGENT = timedelta(days=7)
LONGEST = timedelta(days=366)  # a later end is a slip of the year
LONGEST_TEXT = 600  # characters of an urgent notice, which is read on a phone in the rain
ON_ARTICLES = ("khan", "canh-bao")  # the levels that are shown on every page, over its lower edge
DRAFT = "level: thông tin\nuntil:\nwhere: []\nkind: khác\nphone:\n"


def status(values: Mapping[str, Any], today: date) -> Status:
    """Return the status of a notice: none while it is in force, because its page says until when it is."""
    start, end = (datetime.fromisoformat(values[key]) for key in ("from", "until"))
    return Status("Not yet in force", start, Status("", end, Status("Ended")))


def problems(values: Mapping[str, Any], body: str) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with how long a notice is in force, and how long an urgent one is."""
    start, end = (values[key].replace(tzinfo=None) for key in ("from", "until"))
    if end <= start:
        yield "until", translate("until: a notice ends after it begins (from)"), "error"
    elif values["level"] == "khan" and end - start > LONGEST_URGENT:
        text = translate("until: an urgent notice lasts seven days at most; write a new one then, or make it a warning")
        yield "until", text, "error"
    elif end - start > LONGEST:
        days = (end - start).days
        yield (
            "until",
            translate("until: the notice would be shown for {days} days; check the year", days=days),
            "warning",
        )
    if end > start and values.get("date", start).replace(tzinfo=None) >= end:
        yield "date", translate("date: the notice would be published when it has ended; correct one of them"), "error"
    length = len(" ".join(cap.plain_text(body).split()))
    if values["level"] == "khan" and length > LONGEST_TEXT:
        text = translate(
            "an urgent notice has {most} letters at most, this one has {length}; say what to do, and link to the rest",
            most=LONGEST_TEXT,
            length=length,
        )
        yield "level", text, "warning"


def _words(names: Mapping[str, str]) -> Any:  # noqa: ANN401  # the type of Value.text
    """Return what formats a value that is one of the names, in a language."""

    def text(part: str, lang: str) -> str:
        from plugins.i18n import translations

        return translations(lang).gettext(names[part])

    return text


def _iso(key: str) -> Any:  # noqa: ANN401  # the type of Value.compute
    return lambda values, body: values[key].isoformat()


def _places(values: Mapping[str, Any], body: str) -> list[str]:
    return [name for name in values.get("where", ()) if name]


class Notices(Feature):
    """Finds out which notices are in force, and publishes banners, CAP files and the file of banners."""

    kinds = (
        Kind(
            NAME,
            "Notices",
            "thong-bao",
            "thong-bao/",
            keys=(
                Key("level", header.level, required=ARTICLES),
                Key("from", date_time, required=ARTICLES),
                Key("until", header.end_time, required=ARTICLES),
                Key("where", header.place, separators=(";", ",")),
                Key("kind", header.subject),
                Key("phone", header.phone),
            ),
            dated_by="from",
            draft=DRAFT,
            schema="SpecialAnnouncement",
            status=status,
            problems=problems,
            facts=("level", "from", "until"),
            pdf_template="notices/poster",
        ),
    )
    values = (
        Value(
            "level",
            "Level",
            {"list", "pdf", "feed", "api", "search", "voice"},
            header_value("level"),
            (NAME,),
            _words(header.LEVELS),
        ),
        Value("from", "In force from", {"api"}, _iso("from"), (NAME,), header.moment),
        Value("until", "In force until", {"pdf", "feed", "api", "voice"}, _iso("until"), (NAME,), header.moment),
        Value("where", "Where", {"list", "pdf", "feed", "api", "search", "voice"}, _places, (NAME,)),
        Value("subject", "About", {"page", "api", "search"}, header_value("kind"), (NAME,), _words(header.SUBJECTS)),
        Value("phone", "Telephone", {"pdf", "feed", "api", "voice"}, header_value("phone"), (NAME,)),
    )
    settings: Mapping[str, Any] = {"CAP_STATUS": "Actual"}  # "Exercise" for a portal that only demonstrates
    on_demand = ("alerts.css", "alerts.js")
    statements = (
        Statement("works", "<strong>Notices</strong> say their urgency in words, never move, and end by themselves."),
        Statement(
            "needs_script",
            "<strong>Notices on the pages of articles.</strong> Without a script they are on the front page, on the "
            "lists and on the map.",
        ),
        Statement("stored", "which warnings you have hidden, until the tab is closed"),
    )

    def prepare(self, build: BuildContext) -> Iterable[Problem]:
        """Find the notices that are in force, and put them before the others."""
        self.in_force: dict[str, list[Story]] = {}
        for lang, edition in build.editions.items():
            notices = edition.extra_kinds.get(NAME, [])
            for story in notices:
                story.structured_data = {
                    **story.structured_data,
                    "datePosted": story.facts["from"],
                    "expires": story.facts["until"],
                }
            now = build.now
            active = [story for story in notices if _time(story, "from") <= now < _time(story, "until")]
            self.in_force[lang] = sorted(active, key=_urgency)
            edition.leading.extend(self.in_force[lang])
            if notices:  # a further edition without notices has no list of them
                others = (story for story in notices if story not in active)
                edition.extra_kinds[NAME] = [*self.in_force[lang], *others]
        return ()

    def finish(self, build: BuildContext) -> Iterable[Problem]:
        """Find the communes that notices name, and make the banner of each page that has one in its bytes."""
        units = _units(build)
        self.banners: dict[tuple[str, str], list[Banner]] = {}
        self.areas: dict[str, list[tuple[str, str]]] = {}  # by path of a notice, name and code of its communes
        for lang, edition in build.editions.items():
            for story in edition.extra_kinds.get(NAME, []):
                yield from self._find_places(story, units, build.settings["PATH"])
            shown = {story.path: banner_of(story) for story in self.in_force[lang]}
            if not shown:
                continue
            places = ["home", "news", "map", f"{NAME}_list"]
            addresses = {edition.url(place) for place in places} | {category.url for category in edition.categories}
            if lang == build.addresses.languages[0]:
                addresses.add(ERROR_PAGE)
            self.banners |= {(lang, address): list(shown.values()) for address in addresses}
            for story in self.in_force[lang]:
                for name, _ in self.areas[story.path]:
                    address = edition.url("map_unit", slug=units[slug_of(name)].slug) if units else ""
                    self.banners.setdefault((lang, address), []).append(shown[story.path])

    def _find_places(
        self, story: Story, units: Mapping[str, boundary_map.boundaries.Unit], content: str
    ) -> Iterator[Problem]:
        """Note the communes of a notice; yield a problem for each that the map does not have."""
        names = story.metadata.get("values", {}).get("where", [])
        found = [units[slug_of(name)] for name in names if slug_of(name) in units]
        self.areas[story.path] = [(unit.name, unit.code) for unit in found] if units else [(name, "") for name in names]
        for name in names if units else ():
            if slug_of(name) not in units:
                known = ", ".join(sorted({unit.short for unit in units.values()}))
                text = translate("where: the map has no {name}; it has: {known}", name=name, known=known)
                file = os.path.join(content, story.path)
                line = key_lines.line_of(file, story.content_kind.keys, "where", name)
                yield Problem(display_path(file), line, text, "warning")

    def banner_context(self, lang: str, address: str) -> object:
        """Return the notices in force that a page shows, the most urgent first."""
        return self.banners.get((lang, address))

    def article_context(self, story: Story) -> Banner | None:
        """Return what the page of a notice says of it at its head; None for everything else."""
        return banner_of(story) if story.kind == NAME else None

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Add the file of banners and the CAP file of each notice."""
        shown = {
            lang: [banner for story in stories if (banner := banner_of(story)).level in ON_ARTICLES]
            for lang, stories in self.in_force.items()
        }
        script = _banner_file(build, shown)
        outputs.add_file(BANNERS, digest(script.decode()), partial(bytes, script))
        site = build.settings["SITEURL"]
        for edition in build.editions.values():
            for story in edition.extra_kinds.get(NAME, []) if site else ():
                areas, cap_status = self.areas[story.path], build.settings["CAP_STATUS"]
                address = Addresses.companion(story.url, story.slug, CAP_ENDING)
                url = build.addresses.absolute(story.url)
                fingerprint = digest(build.rendering_fingerprint, story.full_digest, url, repr(areas))
                outputs.add_file(address, fingerprint, partial(cap.alert, story, areas, url, cap_status))


def _units(build: BuildContext) -> dict[str, boundary_map.boundaries.Unit]:
    """Return the communes of the map by all slugs that their names may have; empty without a map."""
    known = boundary_map.feature.portal_map if boundary_map.feature in build.features else None
    units = known.units if known else []
    return {slug: unit for unit in units for slug in (unit.slug, slug_of(unit.short), slug_of(unit.name))}


def _banner_file(build: BuildContext, shown: Mapping[str, list[Banner]]) -> bytes:
    """Return the script that pages without a banner in their bytes ask for; it hands each to alerts.js."""
    template, address = build.templates.get_template("notices/banner.html"), build.addresses.path
    assets = {name: address(build.assets.on_demand[f"notices/alerts.{name}"]) for name in ("css", "js")}
    banners = {}
    for lang, notices in shown.items():
        if notices:
            edition = build.editions[lang]
            gettext = edition.language.words.gettext
            banners[lang] = template.render(banner_data=notices, edition=edition, _=gettext, is_late=True).strip()
    if not banners:
        return b""
    content = json.dumps({"css": assets["css"], **banners}, ensure_ascii=False)
    return f'import show from "{assets["js"]}";\nshow({content});\n'.encode()


def _time(story: Story, key: str) -> datetime:
    return datetime.fromisoformat(story.facts[key])


def _urgency(story: Story) -> tuple[int, object]:
    return list(header.LEVELS).index(story.facts["level"]), story.sort_key


feature = Notices(__file__)
register = feature.register
