"""The register: which documents replace, amend, implement and are based on which, and what is in force on a day.

Only one side says it: the newer document names the older one. The other direction, and the status of each document, is
computed from that and from the dates, so nothing that a page says of a document becomes wrong with time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from plugins.features.hooks import Status

from .numbers import Number, Reference, parse, parse_reference

RELATIONS = ("replaces", "amends", "based_on", "guides")
NOT_YET = Status("Not yet in force").text
IN_FORCE = Status("In force").text
AMENDED = Status("In force, with amendments").text
ENDED = Status("No longer in force").text


@dataclass(eq=False)
class Document:
    """A document of the register.

    Attributes:
        path: Its file, relative to the content folder.
        lang: The language of its edition.
        number: As it is written.
        parsed: The same in its parts.
        type, issuer: As they are written.
        issued, effective, expires: Dates; `expires` is the first day on which it is not in force.
        references: By relation, the documents that it names, as they are written.
        normative: Whether it lays down rules.
        targets: By relation, the documents of the register that it names.
        sources: By relation, the documents of the register that name it.
    """

    path: str
    lang: str
    number: str
    parsed: Number
    type: str
    issuer: str
    issued: date
    effective: date | None
    expires: date | None
    references: Mapping[str, Sequence[str]]
    normative: bool = False
    targets: dict[str, list[Document]] = field(default_factory=dict)
    sources: dict[str, list[Document]] = field(default_factory=dict)

    @classmethod
    def of(cls, path: str, lang: str, facts: Mapping[str, Any]) -> Document:
        """Return the document of a header, whose dates are ISO 8601 texts."""
        effective, expires = (facts.get(name) for name in ("effective", "expires"))
        parsed = parse(facts["number"])
        assert parsed  # the header is checked
        return cls(
            path,
            lang,
            facts["number"],
            parsed,
            facts["type"],
            facts["issuer"],
            date.fromisoformat(facts["issued"][:10]),
            date.fromisoformat(effective[:10]) if effective else None,
            date.fromisoformat(expires[:10]) if expires else None,
            {name: facts[name] for name in RELATIONS if name in facts},
            bool(facts.get("normative")),
        )

    @property
    def name(self) -> str:
        """Its type and number, as people call it."""
        return f"{self.type} {self.number}"

    @property
    def start(self) -> date:
        """The first day on which it counts: the day of effect, or of issue where it names none."""
        return self.effective or self.issued

    @property
    def end(self) -> date | None:
        """The first day on which it is not in force, by what it says itself or by what replaces it."""
        ends = [other.start for other in self.sources.get("replaces", ())]
        return min([*ends, *([self.expires] if self.expires else [])], default=None)

    def status(self, today: date) -> Status | None:
        """Return its status on a day; None for a document that says nothing of its effect."""
        if not self.effective:
            return None
        end = self.end
        if end and end <= today:
            return Status(ENDED)
        if today < self.effective:
            return Status(NOT_YET, min(self.effective, end) if end else self.effective)
        amendments = [other.start for other in self.sources.get("amends", ())]
        changes = [day for day in (end, *amendments) if day and day > today]
        is_amended = any(day <= today for day in amendments)
        return Status(AMENDED if is_amended else IN_FORCE, min(changes, default=None))


class Register:
    """All documents, each with those that it names and those that name it.

    Args:
        documents: In any order.

    Attributes:
        documents: In order of path.
        missing: Documents, relations and references for which there is no document.
        ambiguous: The same for which there are several.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = sorted(documents, key=lambda document: document.path)
        self._by_key: dict[str, list[Document]] = {}
        for document in self.documents:
            self._by_key.setdefault(document.parsed.key, []).append(document)
        self.missing: list[tuple[Document, str, str]] = []
        self.ambiguous: list[tuple[Document, str, str]] = []
        for document in self.documents:
            for relation, references in document.references.items():
                for reference in references:
                    self._connect(document, relation, reference)

    def _connect(self, document: Document, relation: str, text: str) -> None:
        found = self.find(parse_reference(text), document)
        if len(found) != 1:
            (self.ambiguous if found else self.missing).append((document, relation, text))
            return
        document.targets.setdefault(relation, []).append(found[0])
        found[0].sources.setdefault(relation, []).append(document)

    def find(self, reference: Reference, source: Document | None = None) -> list[Document]:
        """Return the documents that a reference may mean, if possible those of the source's language and issuer."""
        found = [d for d in self._by_key.get(reference.key, ()) if d.issued.isoformat().startswith(reference.date)]
        if source:
            for better in (
                [d for d in found if d.lang == source.lang],
                [d for d in found if d.issuer == source.issuer],
            ):
                found = better if better and len(found) > 1 else found
        return found

    @property
    def symbols(self) -> set[str]:
        """The symbols of type and issuer that its numbers have, without marks: a number with another is no own one."""
        return {document.parsed.key.rpartition("/")[2] for document in self.documents}

    def changes(self, today: date) -> Iterator[date]:
        """Yield the next day on which the status of each document changes."""
        for document in self.documents:
            status = document.status(today)
            if status and isinstance(status.until, date):
                yield status.until
