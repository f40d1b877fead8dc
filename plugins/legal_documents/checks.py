"""Finds what cannot be right in the register. Each finding names the key and the text of the header that is wrong.

Everything here is a warning: an old document with a slip must not stop the news.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from plugins.i18n import translate
from plugins.markdown_reader.header_values import slug_of

from .numbers import TYPES, parse_reference
from .register import Document, Register

_LONGEST_WAIT = timedelta(days=5 * 366)  # of a document for its effect; a later year is a slip
_ABBREVIATIONS = {slug_of(short): (short, name) for short, name in TYPES.items()}
_TYPES = {slug_of(name): slug_of(short) for short, name in TYPES.items()}


class Finding(NamedTuple):
    """Something that is wrong: the document, the key of its header, the value that is meant, and what to do."""

    document: Document
    key: str
    value: str
    text: str


def findings(register: Register) -> Iterator[Finding]:
    """Yield everything that is inconsistent in a register."""
    for document in register.documents:
        yield from _dates(document)
        yield from _number(document)
        yield from _relations(document)
    yield from _same_numbers(register)
    yield from _lost_references(register)


def _dates(document: Document) -> Iterator[Finding]:
    if document.effective and document.effective < document.issued:
        text = translate("the day of effect is before the day of issue; correct one of them")
        yield Finding(document, "effective", "", text)
    elif document.effective and document.effective - document.issued > _LONGEST_WAIT:
        text = translate("it would take effect years after its issue; check the year")
        yield Finding(document, "effective", "", text)
    if document.expires and document.expires <= document.start:
        text = translate("it ends before it takes effect; correct one of the dates")
        yield Finding(document, "expires", "", text)
    if document.normative and not document.effective:
        text = translate("rules need the day on which they take effect; add a line effective: …")
        yield Finding(document, "normative", "", text)


def _letters(document: Document) -> Iterator[Finding]:
    """Yield that the symbol of a number lacks capitals or the stroke of đ, so that it is not as on the document."""
    symbol, said = document.parsed.symbol, document.parsed.abbreviation
    known = _ABBREVIATIONS.get(slug_of(said), (said,))[0]
    if symbol == symbol.lower() or known.upper() != said.upper():
        rest = symbol[len(said) :]
        example = document.number.replace(symbol, known + (rest.upper() if symbol == symbol.lower() else rest))
        text = translate("write the number as the document has it, perhaps {example}", example=example)
        yield Finding(document, "number", "", text)


def _number(document: Document) -> Iterator[Finding]:
    yield from _letters(document)
    number = document.parsed
    if number.year and int(number.year) != document.issued.year:
        text = translate(
            "the number is of {year}, but the document was issued in {other}; correct one of them",
            year=number.year,
            other=document.issued.year,
        )
        yield Finding(document, "number", "", text)
    said, meant = slug_of(number.abbreviation), slug_of(document.type)
    if said in _ABBREVIATIONS and slug_of(_ABBREVIATIONS[said][1]) != meant:
        text = translate(
            "{short} in the number stands for {name}, but the type is {type}; correct one of them",
            short=number.abbreviation,
            name=_ABBREVIATIONS[said][1],
            type=document.type,
        )
        yield Finding(document, "number", "", text)
    elif said not in _ABBREVIATIONS and meant in _TYPES:
        text = translate(
            "the number of a document of type {type} has {short}: {example}; correct one of them",
            type=document.type,
            short=_ABBREVIATIONS[_TYPES[meant]][0],
            example=f"{number.serial}/{_ABBREVIATIONS[_TYPES[meant]][0]}-{number.symbol}",
        )
        yield Finding(document, "number", "", text)


def _relations(document: Document) -> Iterator[Finding]:
    for relation, references in document.references.items():
        named = [(parse_reference(text).key, parse_reference(text).date) for text in references]
        for number, text in enumerate(references):
            if named[number] in named[:number]:
                message = translate("{number} is named twice; keep one", number=text)
                yield Finding(document, relation, text, message)
    for relation, text in _named(document):
        targets = [t for t in document.targets.get(relation, ()) if t.parsed.key == parse_reference(text).key]
        for target in targets[:1]:
            message = _relation_problem(document, relation, target)
            if message:
                yield Finding(document, relation, text, message)
    both = set(map(id, document.targets.get("replaces", ()))) & set(map(id, document.targets.get("amends", ())))
    for target in document.targets.get("amends", ()):
        if id(target) in both:
            message = translate("{name} is both replaced and amended; keep one of the two", name=target.name)
            yield Finding(document, "amends", target.number, message)


def _named(document: Document) -> Iterator[tuple[str, str]]:
    for relation, references in document.references.items():
        for text in references:
            yield relation, text


def _relation_problem(document: Document, relation: str, target: Document) -> str:
    """What is wrong with a relation between two documents, or ""."""
    if target is document:
        return translate("the document names itself; take it out")
    if target.issued >= document.issued and _leads_to(target, document):
        return translate("{name} refers to this document itself, so they go round in a circle", name=target.name)
    if target.issued > document.issued:
        return translate("{name} was issued later; the newer document names the older one", name=target.name)
    if relation == "replaces" and not document.effective:
        return translate("it replaces {name}, but says not since when; add a line effective: …", name=target.name)
    if relation == "replaces" and target.expires and target.expires > document.start:
        return translate(
            "{name} says that it ends on {day}, so both would be in force; correct its expires: or this",
            name=target.name,
            day=f"{target.expires:%d/%m/%Y}",
        )
    ends = [other.start for other in target.sources.get("replaces", ()) if other is not document]
    if any(end <= document.issued for end in (*ends, target.expires) if end):
        return translate("{name} was no longer in force when this was issued", name=target.name)
    return ""


def _leads_to(start: Document, goal: Document) -> bool:
    """Whether the documents that one names lead to another one."""
    seen: set[int] = set()
    waiting = [start]
    while waiting:
        document = waiting.pop()
        if document is goal:
            return True
        if id(document) not in seen:
            seen.add(id(document))
            waiting += [target for targets in document.targets.values() for target in targets]
    return False


def _same_numbers(register: Register) -> Iterator[Finding]:
    first: dict[tuple[str, ...], Document] = {}
    for document in register.documents:
        year = document.parsed.year or str(document.issued.year)
        key = document.parsed.key, year, slug_of(document.issuer), document.lang
        other = first.setdefault(key, document)
        if other is not document:
            text = translate("{path} has this number already; correct one of them", path=other.path)
            yield Finding(document, "number", "", text)


def _lost_references(register: Register) -> Iterator[Finding]:
    symbols = register.symbols
    for document, relation, text in register.missing:
        if parse_reference(text).key.rpartition("/")[2] in symbols:  # else it is another authority's
            message = translate("the register has no {number}; add it, or correct the number", number=text)
            yield Finding(document, relation, text, message)
    for document, relation, text in register.ambiguous:
        message = translate(
            "there are several {number}; add the day of issue: {example}", number=text, example=f"{text} ngày …/…/…"
        )
        yield Finding(document, relation, text, message)
