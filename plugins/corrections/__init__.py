"""Feature: what was changed in articles after publication, and what was withdrawn.

    updates:
      - "28/11/2026 14:20: Bổ sung số liệu của Nà Lẹng."
    corrections:
      - "28/11/2026 15:00: Bản đầu viết 318 hộ; đúng là 381 hộ."

Notes stand under the title, in the PDF, in feeds, in the web service and in the recording, and CORRECTIONS_URL lists
them, with a feed. An article with `live: true` is told as it happens, in sections that begin with a time (live.py).

    status: withdrawn
    reason: "28/11/2026: Bài dùng nhầm số liệu của năm trước."

A withdrawn article is nowhere in the site: its address answers 410 with a notice that says when and why, and the web
service says so to whoever has taken the article (plugins/api). The source stays in the content folder.

A published article whose title, names or numbers have changed without a note is told to the editors
(silent_changes.py), by every build until it has one, or `modified` says that none is needed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from feedgenerator import Atom1Feed

from plugins.addresses import Addresses
from plugins.features import Feature, Key, Statement, Value, header_value
from plugins.features.hooks import ALL
from plugins.i18n import message, translate
from plugins.markdown_reader import key_lines
from plugins.markdown_reader.header_values import flag, text
from plugins.portal import ended_addresses
from plugins.portal.stories import Story, digest
from plugins.problems import Problem, display_path
from plugins.redirects import former_addresses
from plugins.web_server.former_addresses import GONE

from . import live, notes, silent_changes

if TYPE_CHECKING:
    from plugins.portal.editions import Edition
    from plugins.portal.outputs import BuildContext, Outputs

COMPANIONS = (".pdf", ".mp3", ".vtt")  # files beside an article, which are gone with it
KINDS = {"correction": message("Correction"), "update": message("Update"), "withdrawn": message("Withdrawn")}
LISTED_FOR = timedelta(days=730)
FEED_LENGTH = 30
_TOPIC = "corrections changed"  # of the state: by path, the words that were published, of articles changed in silence


class Entry(NamedTuple):
    """A line of the list of corrections.

    Attributes:
        at: ISO 8601, a day or a time in the portal's time zone; "" if nobody has said when.
        kind: "correction", "update" or "withdrawn".
        title: Of the article; "" of a withdrawn one.
        url: Its address, without leading slash.
        text: The note, or the reason.
    """

    at: str
    kind: str
    title: str
    url: str
    text: str


def _reason(value: str) -> str:
    """Return why an article was withdrawn, perhaps after the day on which it was."""
    if not notes.parse(value).text:
        raise ValueError(translate("says nothing after the day; write why the article was withdrawn"))
    return text(value)


class Corrections(Feature):
    """Shows the notes of articles, lists them, and replaces withdrawn articles by a notice."""

    urls: Mapping[str, str] = {"CORRECTIONS_URL": "dinh-chinh/"}
    keys = (
        Key("updates", notes.dated, separators=("\n",), synonyms=("bổ sung",), in_row=True, dates_change=True),
        Key(
            "corrections",
            notes.dated,
            separators=("\n",),
            synonyms=("correction", "đính chính"),
            in_row=True,
            dates_change=True,
        ),
        Key("reason", _reason, ALL, synonyms=("lý do",), internal=True, in_row=True),
        Key("live", flag, synonyms=("trực tiếp",), in_row=True),
    )
    values = (
        Value(
            "corrections",
            "Correction",
            {"pdf", "feed", "api", "voice"},
            compute=header_value("corrections"),
            text=notes.shown,
        ),
        Value("updates", "Update", {"pdf", "feed", "api", "voice"}, compute=header_value("updates"), text=notes.shown),
    )
    on_demand = ("notes.css", "list.css")
    statements = (
        Statement("works", "<strong>Corrections</strong> stand under the title, and are read aloud and printed too."),
    )

    def prepare(self, build: BuildContext) -> Iterable[Problem]:
        """Collect notes and withdrawn articles, and compare what has changed with what was published."""
        self.entries: dict[str, list[Entry]] = {}
        self.withdrawn: list[Story] = []
        for story in build.withdrawn:
            yield from self._withdraw(story, build)
        for lang, edition in build.editions.items():
            noted = [story for story in _stories(edition) if story.row.marks]
            for story in noted:
                story.structured_data = {**story.structured_data, **_structured(story)}
                yield from self._doubts(story, build)
            entries = [entry for story in noted for entry in _entries(story)]
            entries += [_withdrawal(story) for story in self.withdrawn if story.lang == lang]
            since = (build.now - LISTED_FOR).date().isoformat()
            self.entries[lang] = sorted((e for e in entries if not e.at or e.at >= since), reverse=True)
            build.sitemap_urls.append(edition.url("corrections"))
        yield from _silent_changes(build)

    def _withdraw(self, story: Story, build: BuildContext) -> Iterator[Problem]:
        """Take note of a withdrawn article; yield a problem if it does not say why."""
        if not story.metadata.get("reason"):
            complaint = translate("reason is missing: say when and why the article was withdrawn")
            yield Problem(display_path(os.path.join(build.settings["PATH"], story.path)), 1, complaint)
            return
        self.withdrawn.append(story)
        yield from self._doubts(story, build)
        story.edition.withdrawn.append(story)
        beside = (Addresses.companion(story.url, story.slug, ending) for ending in COMPANIONS)
        former = former_addresses(story, {host.lower() for host in build.settings["OLD_PORTALS"]})
        gone = [*map(build.addresses.path, (story.url, *beside)), *former]
        build.redirects.update(dict.fromkeys(gone, GONE))
        build.gone_pages[build.addresses.path(story.url)] = story.url

    def _doubts(self, story: Story, build: BuildContext) -> Iterator[Problem]:
        """Yield what cannot be right in what an article says of its changes."""
        file = os.path.join(build.settings["PATH"], story.path)
        for key, value, doubt in _doubts(story, build.now.replace(tzinfo=None)):
            line = key_lines.line_of(file, self.keys, key, value)
            yield Problem(display_path(file), line, f"{key}: {doubt}", "warning")

    def template_filters(self, build: BuildContext) -> Mapping[str, Callable[..., Any]]:
        """Return `noted`, which writes a day or a time of a note for readers."""
        return {"noted": notes.moment}

    def article_context(self, story: Story) -> list[tuple[str, str, str]]:
        """Return the notes of an article, the newest first: msgid of the kind, when, text."""
        if not story.row.marks:
            return []
        entries = sorted(_entries(story), reverse=True)
        return [(KINDS[entry.kind], notes.moment(entry.at, story.lang), entry.text) for entry in entries]

    def body_html(self, story: Story, html: str) -> str:
        """Return the text of a live article with the times of its sections marked as times."""
        return live.with_times(html, story.date) if live.is_live(story) else html

    def next_changes(self, build: BuildContext) -> Iterable[datetime]:
        """Yield the times at which the list of corrections drops an entry."""
        for entry in (entry for entries in self.entries.values() for entry in entries if entry.at):
            day = datetime.fromisoformat(entry.at[:10]).replace(tzinfo=build.now.tzinfo)
            yield day + LISTED_FOR + timedelta(days=1)

    def add_outputs(self, build: BuildContext, outputs: Outputs) -> None:
        """Add the list, its feed, and the notice of each withdrawn article."""
        for lang, edition in build.editions.items():
            entries = self.entries[lang]
            displayed = [repr(entries)]
            outputs.add_page(lang, "corrections/page", "corrections", displayed, entries=entries, kinds=KINDS)
            if build.settings["SITEURL"] and entries:
                feed = partial(_feed, build, edition, entries)
                agency = [edition.agency[name] for name in ("portal", "name", "owner")]
                fingerprint = digest(build.rendering_fingerprint, *displayed, *agency)
                outputs.add_file(f"{edition.url('corrections')}feed.atom", fingerprint, feed)
        for story in self.withdrawn:
            entry = _withdrawal(story)
            published = f"{story.date.date()}" if story.content_kind.listed else ""
            outputs.add_page(
                story.lang,
                "corrections/withdrawn",
                "corrections",
                [repr(entry), published],
                url=story.url,
                kind="error",
                entry=entry,
                published=published,
            )


def _stories(edition: Edition) -> Iterator[Story]:
    yield from edition.articles
    for stories in edition.extra_kinds.values():
        yield from stories


def _entries(story: Story) -> Iterator[Entry]:
    """Yield the notes of an article."""
    values = story.metadata.get("values", {})
    for name, kind in (("corrections", "correction"), ("updates", "update")):
        for value in values.get(name, ()):
            note = notes.stored(value)
            yield Entry(note.at, kind, story.title, story.url, note.text)


def _doubts(story: Story, now: datetime) -> Iterator[tuple[str, str, str]]:
    """Yield keys of an article, what of their value is meant, and what cannot be right in it."""
    metadata, is_withdrawn = story.metadata, story.status == "withdrawn"
    values = metadata.get("values", {})
    noted = [(key, notes.stored(note)) for key in ("corrections", "updates") for note in values.get(key, ())]
    if reason := metadata.get("reason"):
        noted.append(("reason", notes.parse(reason)))
        if not is_withdrawn:
            yield (
                "reason",
                "",
                translate("is only for an article with status: withdrawn; take it out, or set the status"),
            )
        elif not noted[-1][1].at:
            example = "28/11/2026: Bài dùng nhầm số liệu."
            yield "reason", "", translate("does not say on which day; write for example {example}", example=example)
    published = story.date.replace(tzinfo=None)
    for key, note in noted:
        if note.day and note.at[:16] < published.isoformat()[: len(note.at)]:
            day = f"{published:%d/%m/%Y}"
            yield key, note.text, translate("the day is before the article was published, {day}; correct it", day=day)
        elif note.day and note.day > now:
            yield key, note.text, translate("the day has not come yet; correct it")
    if live.is_live(story) and not is_withdrawn:
        yield from (("live", "", doubt) for doubt in live.doubts(story.body, story.date))


def _withdrawal(story: Story) -> Entry:
    """Return the entry of a withdrawn article: when and why, and not a word of it."""
    note = notes.parse(story.metadata["reason"])
    at = note.at or story.metadata.get("modified", "")[:10]
    return Entry(at, "withdrawn", "", story.url, note.text)


def _structured(story: Story) -> dict[str, Any]:
    """Return the notes, and the sections of a live article, in the vocabulary of schema.org."""
    zone = story.date.tzinfo
    entries = [
        {
            "@type": "CorrectionComment",
            "text": entry.text,
            "datePublished": datetime.fromisoformat(entry.at).replace(tzinfo=zone).isoformat(),
        }
        for entry in sorted(_entries(story), reverse=True)
        if entry.kind == "correction"
    ]
    found: dict[str, Any] = {"correction": entries} if entries else {}
    return found | (live.structured(story) if live.is_live(story) else {})


def _feed(build: BuildContext, edition: Edition, entries: Iterable[Entry]) -> bytes:
    """Return the list of corrections as Atom."""
    addresses, agency, gettext = build.addresses, edition.agency, edition.language.words.gettext
    url = edition.url("corrections")
    feed = Atom1Feed(
        title=f"{gettext('Corrections')} – {agency['portal']} {agency['name']}",
        link=addresses.absolute(url),
        description=gettext("Corrections"),
        language=edition.lang,
        author_name=agency["owner"],
        feed_url=f"{addresses.absolute(url)}feed.atom",
    )
    for entry in [entry for entry in entries if entry.at][:FEED_LENGTH]:
        at, link = datetime.fromisoformat(entry.at).replace(tzinfo=build.now.tzinfo), addresses.absolute(entry.url)
        feed.add_item(
            title=f"{gettext(KINDS[entry.kind])}: {entry.title or link}",
            link=link,
            description=entry.text,
            author_name=agency["owner"],
            pubdate=at,
            updateddate=at,
            unique_id=f"{link}#{digest(*entry)[:12]}",
        )
    xml: str = feed.writeString("utf-8")
    return xml.encode()


def _silent_changes(build: BuildContext) -> Iterator[Problem]:
    """Yield a warning for each published article that has changed in what readers must be told, without a note.

    What was published is kept until there is a note, or until the article says again what it said.
    """
    known = {path: json.loads(value) for path, value in build.state.feature_values(_TOPIC).items()}
    now, by_path = build.now.timestamp(), {story.path: story for story in build.published}
    for path, former in ended_addresses.as_published(build).items():
        if former.row.status == "published" and 0 <= int(former.row.published_at) <= now and path not in known:
            words = silent_changes.text_of(former.title, former.body)
            known[path] = {**words._asdict(), "changed_at": former.row.changed_at}
    kept, settled = {}, []
    for path, before in known.items():
        story = by_path.get(path)
        found: list[str] = []
        if story and story.row.changed_at == before["changed_at"]:
            published = silent_changes.Text(before["title"], before["body"])
            found = silent_changes.changes(published, silent_changes.text_of(story.title, story.body))
        if not found:
            settled.append(path)
            continue
        kept[path] = json.dumps(before, ensure_ascii=False)
        shown = "; ".join(found[: silent_changes.MOST_SHOWN]) + ("; …" if found[silent_changes.MOST_SHOWN :] else "")
        complaint = translate(
            "changed after publication without a note: {changes}; add corrections or updates with the day, or modified "
            "if readers need no note",
            changes=shown,
        )
        yield Problem(display_path(os.path.join(build.settings["PATH"], path)), 1, complaint, "warning")
    build.state.store_feature_values(_TOPIC, kept, settled)


feature = Corrections(__file__)
register = feature.register
