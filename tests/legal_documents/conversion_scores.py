"""How many fields of documents `convert --as van-ban` reads right, and which of those that it reads wrong it tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from plugins.convert.records import pages, writing
from plugins.convert.records.labels import Labels
from plugins.legal_documents import feature
from tests.legal_documents.portal_pages import Facts, PortalPage

KIND = feature.kinds[0]
LABELS = Labels(KIND)


class Miss(NamedTuple):
    """A field that is not as its page says. is_told: whether the editor is told, or the field is empty."""

    page: str
    key: str
    said: str
    read: str
    is_told: bool


class Score(NamedTuple):
    """fields: of all documents; misses: those that are not as their pages say; extra: documents that there are not."""

    fields: int
    misses: list[Miss]
    extra: list[str]

    @property
    def right(self) -> float:
        """The share of fields that are right, 0 to 1."""
        return 1 - len(self.misses) / self.fields


def records(raw: bytes, ending: str) -> Iterator[tuple[Facts, list[str]]]:
    """Yield the values of each document in a source, lists joined by "; ", and what an editor is told."""
    kind = {"html": "html", "txt": "text"}.get(ending, "")
    for record in pages.records_of(raw, kind, ending, LABELS)[0]:
        assert KIND.conversion
        KIND.conversion.complete(record)
        values = writing.checked_values(record, KIND)
        joined = {key: "; ".join(value) if isinstance(value, list) else value for key, value in values.items()}
        yield joined | {"files": "; ".join(address.rpartition("/")[2] for address in record.files)}, record.doubts


def score(all_pages: Iterable[PortalPage]) -> Score:
    """Read pages and compare."""
    fields, misses, extra = 0, list[Miss](), list[str]()
    for page in all_pages:
        read = {
            values["number"]: (values, told)
            for values, told in records(page.text.encode(), page.name.rpartition(".")[2])
            if "number" in values
        }
        extra += [f"{page.name}: {number}" for number in read.keys() - {facts["number"] for facts in page.said}]
        for facts in page.said:
            values, told = read.get(facts["number"], ({}, []))
            fields += len(facts)
            for key in facts:
                found = values.get(key, "")
                if found != facts[key].replace("V/v ", "Về việc ") and found != facts[key]:
                    is_told = not found or any(note.startswith(f"{key}:") for note in told)
                    misses.append(Miss(page.name, key, facts[key], found, is_told))
    return Score(fields, misses, extra)
