"""Feature: the register of documents. Each is a file of content/van-ban: a record as header, and perhaps its text.

The address of a document is its number. Its page shows the record, the documents before and after it, and the signed
original with its hash; the status is computed from the dates (register.py). checks.py finds what cannot be right,
clauses.py gives "Điều 5" an address.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from plugins.features import Feature
from plugins.markdown_reader import key_lines
from plugins.markdown_reader.header_values import slug_of
from plugins.problems import Problem, display_path
from plugins.problems.files import stamp

from . import checks, numbers
from .kind import CODES, KEYS, NAME, VALUES, kind
from .register import ENDED, NOT_YET, RELATIONS, Document, Register

if TYPE_CHECKING:
    from jinja2 import Template

    from plugins.portal.outputs import BuildContext
    from plugins.portal.stories import Story

_HASHES = "hashes of documents"  # topic of the state


class Original(NamedTuple):
    """A file of a document: its path in the content folder, its size in bytes, and its SHA-256 in hexadecimal."""

    path: str
    size: int
    sha256: str

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.rpartition("/")[2]


class Related(NamedTuple):
    """A document that another one names or is named by: type and number, the number, and its address ("" for none)."""

    name: str
    number: str
    url: str


class LegalDocuments(Feature):
    """Keeps the register, and shows each document's record."""

    def __init__(self, file: str, **fields: object) -> None:
        super().__init__(file, kinds=(kind(self._json_ld, self._api_values),), **fields)

    def prepare(self, build: BuildContext) -> Iterable[Problem]:
        """Build the register of the published documents, and set the status of each."""
        self.content, self.today = build.settings["PATH"], build.now.date()
        self._absolute = build.addresses.absolute
        self.stories = {story.path: story for story in build.published if story.kind == NAME}
        documents = [Document.of(path, story.lang, story.facts) for path, story in self.stories.items()]
        self.registry = Register(documents)
        self.documents = {document.path: document for document in documents}
        self._originals = _read_originals(build, self.stories.values())
        for path, story in self.stories.items():
            status = self.documents[path].status(self.today)
            if status:
                story.set_status_text(status.text)
            shown = [*self._relations_text(path), *map(repr, self._files(story))]
            if shown:
                story.record("\n".join(shown))
        self._template: Template = build.templates.get_template("legal_documents/record.html")
        return self._problems()

    def next_changes(self, build: BuildContext) -> Iterable[datetime]:
        """When the status of each document changes next."""
        for day in self.registry.changes(self.today):
            yield datetime.combine(day, time(), build.now.tzinfo)

    def body_html(self, story: Story, html: str) -> str:
        """Put the record above the text of a document."""
        if story.kind != NAME:
            return html
        document, edition = self.documents[story.path], story.edition
        values = {
            "gettext": edition.language.words.gettext,
            "story": story,
            "header": story.metadata,
            "document": document,
            "is_ended": story.status_text == ENDED,
            "end": document.end,
            "lang": story.lang,
            "relations": list(self._related(document)),
            "originals": [(file, edition.language.size(file.size)) for file in self._files(story)],
            "url": edition.url,
            "slug_of": slug_of,
        }
        return self._template.render(values) + html

    def _files(self, story: Story) -> list[Original]:
        """Return the files of a document."""
        return [self._originals[path] for path in story.facts.get("files", ())]

    def _json_ld(self, story: Story) -> Mapping[str, Any]:
        """Return a document in the vocabulary of schema.org."""
        document, header = self.documents[story.path], story.metadata
        return {
            "name": f"{document.name}: {story.title}",
            "legislationIdentifier": document.number,
            "legislationType": document.type,
            "legislationDate": document.issued.isoformat(),
            "legislationDateVersion": document.start.isoformat(),
            "legislationPassedBy": {"@type": "GovernmentOrganization", "name": document.issuer},
            "legislationResponsible": header.get("signer") and {"@type": "Person", "name": header["signer"]},
            "legislationLegalForce": _force(story.status_text),
            "temporalCoverage": f"{document.start}/{document.end or '..'}" if document.effective else None,
            "about": header.get("fields"),
            "legislationRepeals": self._ids(document, "replaces"),
            "legislationAmends": self._ids(document, "amends"),
            "legislationApplies": self._ids(document, "based_on"),
            "legislationEnsuresImplementationOf": self._ids(document, "guides"),
            "encoding": [
                {
                    "@type": "LegislationObject",
                    "contentUrl": self._absolute(file.path),
                    "contentSize": str(file.size),
                    "sha256": file.sha256,
                    "legislationLegalValue": "https://schema.org/AuthoritativeLegalValue",
                }
                for file in self._files(story)
            ],
        }

    def _api_values(self, story: Story) -> Mapping[str, Any]:
        """Return the fields of a document that only the register knows."""
        document = self.documents[story.path]
        end = document.end
        return {
            "in_force": CODES.get(story.status_text),
            "ends": end.isoformat() if end else None,
            "signer_position": story.metadata.get("signer_position"),
            "relations": [
                {
                    "relation": relation,
                    "number": other.number,
                    **({"url": self._absolute(other.url)} if other.url else {}),
                }
                for relation, others in self._related(document)
                for other in others
            ],
            "files": [
                {"url": self._absolute(file.path), "size": file.size, "sha256": file.sha256}
                for file in self._files(story)
            ],
        }

    def _ids(self, document: Document, relation: str) -> list[dict[str, str]]:
        """The documents of the portal or of others that a document names, for search engines."""
        return [
            {"@type": "Legislation", "legislationIdentifier": other.number}
            | ({"@id": self._absolute(other.url)} if other.url else {})
            for name, others in self._related(document)
            for other in others
            if name == relation
        ]

    def _related(self, document: Document) -> Iterator[tuple[str, list[Related]]]:
        """Yield each relation of a document, and the others."""

        def known(other: Document) -> Related:
            return Related(other.name, other.number, self.stories[other.path].url)

        for relation in RELATIONS:
            found = {other.parsed.key: other for other in document.targets.get(relation, ())}
            named = []
            for written in document.references.get(relation, ()):
                other = found.get(numbers.parse_reference(written).key)
                named.append(known(other) if other else Related(written, written, ""))
            if named:
                yield relation, named
        for relation in RELATIONS:
            others = sorted(document.sources.get(relation, ()), key=lambda other: (other.issued, other.path))
            if others:
                yield f"{relation}_by", list(map(known, others))

    def _relations_text(self, path: str) -> Iterator[str]:
        """All that a document's record shows of others, as text."""
        document = self.documents[path]
        if document.references or document.sources:
            yield repr([document.end, *self._related(document)])

    def _problems(self) -> Iterator[Problem]:
        for finding in checks.findings(self.registry):
            file = os.path.join(self.content, finding.document.path)
            line = key_lines.line_of(file, KEYS, finding.key, numbers.parse_reference(finding.value).number)
            yield Problem(display_path(file), line, f"{finding.key}: {finding.text}", "warning")


def _force(status: str) -> str:
    if not status:
        return ""
    return "https://schema.org/" + ("InForce" if status not in (NOT_YET, ENDED) else "NotInForce")


def _read_originals(build: BuildContext, stories: Iterable[Story]) -> dict[str, Original]:
    """Return the files of documents by path. Only those that have changed are read."""
    content, state = Path(build.settings["PATH"]), build.state
    known, found, new = state.feature_values(_HASHES), {}, {}
    for name in sorted({name for story in stories for name in story.facts.get("files", ())}):
        file = content / name
        try:
            status = file.stat()
            value = known.get(name, "")
            if value.partition("|")[0] != stamp(status):
                with file.open("rb") as stream:
                    value = new[name] = f"{stamp(status)}|{hashlib.file_digest(stream, 'sha256').hexdigest()}"
            found[name] = Original(name, status.st_size, value.partition("|")[2])
        except OSError:
            found[name] = Original(name, 0, "")  # its link is reported
    state.store_feature_values(_HASHES, new, known.keys() - found.keys())
    return found


feature = LegalDocuments(__file__, on_demand=("document.css",), values=VALUES)
register = feature.register
