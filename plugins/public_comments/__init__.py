"""Feature: drafts on which people are asked to comment (content/lay-y-kien), each with its days, ways and result.

Whether a draft is open, waits for its result or is overdue is computed from its dates; no page counts days.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from plugins.features import Feature, Grouping, Key, Kind, Status, Value, header_value
from plugins.features.hooks import ARTICLES
from plugins.i18n import translate
from plugins.legal_documents import numbers
from plugins.markdown_reader import key_lines
from plugins.markdown_reader.header_values import date_time, text
from plugins.problems import Problem, display_path

if TYPE_CHECKING:
    from jinja2 import Template

    from plugins.portal.outputs import BuildContext
    from plugins.portal.stories import Story

NAME = "public_comment"
FACTS = ("opens", "closes", "promised", "result", "received", "outcome")
OPEN = Status("Open for comment").text
AWAITED = Status("Waiting for the result").text
OVERDUE = Status("The result is overdue").text
ANSWERED = Status("With its result").text
DAY = timedelta(days=1)
LONGEST = timedelta(days=366)  # that a draft is open; a later year is a slip
_THOUSANDS = re.compile(r"(?<=\d)[. ](?=\d{3}(?!\d))")  # 1.214
DRAFT = """closes: ""
drafted_by: ""
ways:
  - ""
files: []
promised: ""
"""


def count(value: str) -> int:
    """A number of comments."""
    digits = _THOUSANDS.sub("", value.strip())
    if not digits.isdecimal():
        raise ValueError(translate("must be a whole number, such as {example}", example="12"))
    return int(digits)


KEYS = (
    Key("opens", date_time, required=ARTICLES, synonyms=("từ ngày", "bắt đầu")),
    Key("closes", date_time, required=ARTICLES, synonyms=("đến ngày", "hết hạn", "hạn góp ý")),
    Key("drafted_by", text, synonyms=("cơ quan soạn thảo", "soạn thảo")),
    Key("ways", text, separators=("\n",), required=ARTICLES, synonyms=("cách góp ý", "góp ý bằng")),
    Key("files", text, separators=("\n",), synonyms=("dự thảo", "tệp"), is_file=True),
    Key("promised", date_time, synonyms=("hẹn trả kết quả", "hẹn kết quả")),
    Key("result", text, separators=("\n",), synonyms=("kết quả", "bản tổng hợp"), is_file=True),
    Key("received", count, synonyms=("số góp ý", "số ý kiến")),
    Key("accepted", count, synonyms=("tiếp thu",)),
    Key("rejected", count, synonyms=("không tiếp thu",)),
    Key("outcome", numbers.reference, synonyms=("văn bản ban hành",)),
)
GROUPINGS = (
    Grouping("stage", "Stage", "tinh-trang/", lambda story: [story.status_text], are_messages=True, facet=True),
)


def _day(facts: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(facts[name][:10]) if name in facts else None


def status(facts: Mapping[str, Any], today: date) -> Status:
    """Return the status of a draft on a day: see `Kind.status`."""
    closes, promised = _day(facts, "closes"), _day(facts, "promised")
    assert closes  # it is required
    if today <= closes:
        return Status(OPEN, closes + DAY)
    if any(name in facts for name in ("result", "received", "outcome")):
        return Status(ANSWERED)
    if promised and today <= promised:
        return Status(AWAITED, promised + DAY)
    return Status(OVERDUE if promised else AWAITED)


class PublicComments(Feature):
    """Shows the days, ways and result of each draft."""

    def prepare(self, build: BuildContext) -> Iterable[Problem]:
        """Find the documents that drafts have become, and what is wrong with their dates."""
        self.content, self.today = build.settings["PATH"], build.now.date()
        documents: dict[str, Story] = {}
        for story in build.published:
            if story.kind == "document":
                documents[numbers.parse_reference(story.facts["number"]).key] = story
        self.outcomes: dict[str, Story] = {}
        stories = [story for story in build.published if story.kind == NAME]
        for story in stories:
            found = documents.get(numbers.parse_reference(story.facts.get("outcome", "")).key)
            if found:
                self.outcomes[story.path] = found
                story.record(f"{found.url} {found.row.card_digest}")
        self._template: Template = build.templates.get_template("public_comments/record.html")
        return [problem for story in stories for problem in self._doubts(story)]

    def body_html(self, story: Story, html: str) -> str:
        """Put the record above the text of a draft."""
        if story.kind != NAME:
            return html
        values = {
            "gettext": story.edition.language.words.gettext,
            "story": story,
            "header": story.metadata,
            "lang": story.lang,
            "days": {name: _day(story.facts, name) for name in ("opens", "closes", "promised")},
            "outcome": self.outcomes.get(story.path),
            "is_overdue": story.status_text == OVERDUE,
        }
        return self._template.render(values) + html

    def _doubts(self, story: Story) -> Iterator[Problem]:
        """Yield what cannot be right today: a result that is overdue, or a document made before the end."""
        promised, found = _day(story.facts, "promised"), []
        if story.status_text == OVERDUE and promised:
            day = f"{promised:%d/%m/%Y}"
            message = translate("the result was promised for {day}; add result: …, or say why it is late", day=day)
            found.append(("promised", message))
        if story.status_text == OPEN and "outcome" in story.facts:
            found.append(("outcome", translate("people can still comment; correct closes, or take outcome out")))
        file = os.path.join(self.content, story.path)
        for key, message in found:
            yield Problem(display_path(file), key_lines.line_of(file, KEYS, key), f"{key}: {message}", "warning")


def problems(header: Mapping[str, Any], body: str) -> Iterator[tuple[str, str, str]]:
    """Yield what does not fit between the keys of a draft: see `Kind.problems`."""
    opens, closes = header["opens"].date(), header["closes"].date()
    promised = header["promised"].date() if "promised" in header else None
    received, answered = header.get("received"), header.get("accepted", 0) + header.get("rejected", 0)
    found = []
    if closes < opens:
        found.append(("closes", translate("it closes before it opens; correct one of the dates")))
    elif closes - opens > LONGEST:
        found.append(("closes", translate("it would be open for years; check the year")))
    if promised and promised <= closes:
        found.append(("promised", translate("the result is promised before people have answered; correct the date")))
    if not promised and "result" not in header:
        found.append(("closes", translate("add a line promised: … with the day on which the result will be here")))
    if received is not None and answered > received:
        text = translate(
            "{answered} were accepted or rejected, but only {received} received; correct a number",
            answered=answered,
            received=received,
        )
        found.append(("received", text))
    for key, message in found:
        yield key, f"{key}: {message}", "warning"


KIND = Kind(
    NAME,
    "Drafts for public comment",
    "lay-y-kien",
    "lay-y-kien/",
    keys=KEYS,
    dated_by="opens",
    draft=DRAFT,
    template="public_comments/page",
    schema="Article",
    status=status,
    problems=problems,
    facts=FACTS,
    groupings=GROUPINGS,
    rows=True,
)
_DRAFTS = (NAME,)
feature = PublicComments(
    __file__,
    kinds=(KIND,),
    on_demand=("record.css",),
    values=(
        Value("closes", "Comments until", {"list", "feed", "api"}, lambda h, body: f"{h['closes']:%d/%m/%Y}", _DRAFTS),
        Value("drafted_by", "Drafted by", {"feed", "api", "search"}, header_value("drafted_by"), _DRAFTS),
        Value("ways", "How to comment", {"feed", "api", "voice"}, header_value("ways"), _DRAFTS),
    ),
)
register = feature.register
