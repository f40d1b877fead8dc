"""What an old portal's page says of a document: its record is completed from its number, its headline and its text.

Where the record is silent, the form of the document speaks (decree 30/2020/NĐ-CP): number, place and day, issuer,
signature. What is read from running text is told to the editor, and relations between documents are only offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plugins.convert import administrative, dates
from plugins.convert.names import CAPITAL, is_name
from plugins.convert.records.record import Record
from plugins.i18n import translate
from plugins.markdown_reader.header_values import slug_of

from .numbers import TYPES, find, parse

MOST_SIGNATURE_LINES = 12  # lines at the end of a text among which the signature is
MOST_HEAD_LINES = 20  # lines at the beginning with number, place and day
LONGEST_NAME = 4  # words of a signer's name that are sure to be no more than a name
_NAMES = sorted(
    {*TYPES.values(), "Công văn", "Luật", "Bộ luật", "Lệnh", "Sắc lệnh", "Hiến pháp"}, key=len, reverse=True
)
_TYPE = re.compile(rf"(?:{'|'.join(_NAMES)})(?!\w)", re.I)
_BY = re.compile(r"^của\s+(?P<issuer>(?:(?!\s(?:về|v/v|ban hành|quy định|phê duyệt|sửa đổi|bãi bỏ)\s).){3,90})", re.I)
_SURE_DAY = re.compile(r"ngày\s*(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})", re.I)
_NUMBER_LINE = re.compile(r"\W*số\s*:", re.I)
_PLACE = re.compile(r"^[^\W\d][^,;:\d]{1,50},\s*(ngày\s*\d{1,2}\s*tháng\s*\d{1,2}\s*năm\s*\d{4})\s*$", re.I)
_EFFECT = re.compile(
    r"(?:này|quy chế|quy định)\s+có hiệu lực(?:\s+thi hành)?(?:\s+kể)?\s+từ\s+"
    r"(?P<day>ngày\s+(?:ký|ban hành)|[^.;]{4,40})",
    re.I,
)
_ENDED = re.compile(r"hết hiệu lực(?! một phần)", re.I)
_RELATIONS = {
    "replaces": re.compile(r"(?:thay thế|bãi bỏ|hủy bỏ|huỷ bỏ)\s(?P<others>[^.;]*)", re.I),
    "amends": re.compile(r"sửa đổi(?:, bổ sung)?\s(?P<others>[^.;]*)", re.I),
    "based_on": re.compile(r"^\W*căn cứ\s(?P<others>[^;]*)", re.I),
}
_NAME_AT_END = re.compile(rf"(?:^|\s)(?P<name>{CAPITAL}\w*(?:\s+{CAPITAL}\w*){{1,5}})\s*$")


def complete(record: Record) -> None:
    """Complete the record of a document: see `Conversion.complete`."""
    _read_number(record)
    _read_form(record)
    _read_headings(record)
    _read_signer(record)
    _derive_type(record)
    title = record.values.get("title", "")
    record.values["title"] = title[:1].upper() + title[1:]
    record.doubts += [*_force_notes(record), *_relation_notes(record)]
    record.values.pop("force", None)


def _read_number(record: Record) -> None:
    """Bring the number into its one spelling; a cell may have the type before it and the day behind it."""
    said = record.values.get("number", "")
    found = find(said)
    if not found:
        return
    rest = _SURE_DAY.sub("", dates_out(said.replace(found.written, "", 1)))
    rest = re.sub(r"(?<!\w)(?:số|luật|ngày)(?!\w)", "", _TYPE.sub("", rest), flags=re.I)
    if re.search(r"\w", rest):
        record.doubts.append(translate("number: the page writes {words}; look which number is right", words=said))
    kind = _TYPE.search(said)
    record.values["number"] = found.number
    record.set_default({"type": kind[0].capitalize() if kind else ""})


def dates_out(text: str) -> str:
    """Return a text without days in figures."""
    return re.sub(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}", "", text)


def _read_headings(record: Record) -> None:
    """Take the title from the likeliest heading, and what else a headline says.

    `Quyết định số 41/2026/QĐ-UBND ngày 09/11/2026 của UBND tỉnh về việc ban hành Quy chế` says everything.
    """
    for heading in record.headings:
        found = find(heading)
        number = record.values.get("number", "")
        if found and (not number or found.number == number):
            record.set_default({"number": found.number, **_headline(heading, found.written)})
        elif not found:
            record.set_default({"title": heading})


def _headline(heading: str, written: str) -> dict[str, str]:
    """Return what a headline says before and behind the number of a document."""
    before, _, behind = heading.partition(written)
    behind = behind.strip(" ,-–:")
    kind, day = _TYPE.search(before), _SURE_DAY.match(behind)
    rest = behind[day.end() if day else 0 :].strip(" ,-–:")
    issuer = _BY.match(rest)
    title = rest[issuer.end() if issuer else 0 :].strip(" ,-–:")
    values = {"type": kind[0].capitalize() if kind else "", "issued": day[0] if day else ""}
    values |= {"issuer": issuer["issuer"].strip(" ,-–") if issuer else ""}
    return values | {"title": title if len(title.split()) > 1 else ""}


# --- the form of a document ---------------------------------------------------------------------------


def _read_form(record: Record) -> None:
    """Read what the text of a document says by its form: day, issuer, number, subject, signature, day of effect."""
    document = administrative.read(record.blocks)
    lines = record.lines
    if document is not None:
        _read_head(record, document, lines)
        record.set_default(_signature(lines))
        record.blocks = document.body
    if not record.values.get("effective"):
        _read_effect(record, lines)


def _read_head(record: Record, document: administrative.Document, lines: list[str]) -> None:
    head = lines[:MOST_HEAD_LINES]
    numbers = (find(line) for line in head if _NUMBER_LINE.match(line))
    number = next(filter(None, numbers), None)
    day = next((found[1] for line in head if (found := _PLACE.match(line))), "")
    kind = _TYPE.match(document.title)
    issuer = _in_small_letters(document.issuer, lines)
    if issuer and not record.values.get("issuer") and document.issuer.isupper() and issuer not in " ".join(lines):
        record.doubts.append(translate("issuer: the document has it in capitals; look which letters are large"))
    record.set_default(
        {
            "number": number.number if number else "",
            "issued": day or (f"{document.date.value:%d/%m/%Y}" if document.date else ""),
            "type": kind[0].capitalize() if kind else "",
            "issuer": issuer,
            "title": document.title[kind.end() if kind else 0 :].strip(" :-–"),
        }
    )


def _in_small_letters(name: str, lines: Iterable[str]) -> str:
    """Return a name, which the form has in capitals, as the text writes it, or as names of authorities usually look."""
    if not name.isupper():
        return name
    for line in lines:
        at = line.casefold().find(name.casefold())
        if at >= 0 and not (found := line[at : at + len(name)]).isupper():
            return found[0].upper() + found[1:]
    words = name.lower().split()
    places = {"tỉnh", "huyện", "xã", "phường", "quận", "phố", "trấn"}
    first = next((at for at, word in enumerate(words) if word in places and at < len(words) - 1), len(words))
    return " ".join([words[0].capitalize(), *words[1 : first + 1], *(word.capitalize() for word in words[first + 1 :])])


def _signature(lines: list[str]) -> dict[str, str]:
    """Return who signed, and as what: the last name of the text, below an office in capitals."""
    pieces = [piece.strip() for line in lines[-MOST_SIGNATURE_LINES:] for piece in re.split(r"\s{2,}|\n", line)]
    for at in range(len(pieces) - 1, -1, -1):
        found = _NAME_AT_END.search(pieces[at])
        if not found or not is_name(found["name"]) or found["name"].isupper():
            continue
        above = [piece for piece in [*pieces[max(0, at - 3) : at], pieces[at][: found.start()]] if piece.isupper()]
        office = re.split(r"(?:TM|KT|TL|TUQ|Q)\.\s*", above[-1])[-1] if above else ""
        return {"signer": found["name"], "signer_position": _office(office)}
    return {}


def _office(capitals: str) -> str:
    """Return an office as it is written within a text: PHÓ CHỦ TỊCH is Phó Chủ tịch."""
    words = capitals.lower().split()
    deputies = next((at for at, word in enumerate(words) if word != "phó"), len(words))
    return " ".join(word.capitalize() if at <= deputies else word for at, word in enumerate(words))


def _read_effect(record: Record, lines: Iterable[str]) -> None:
    found = next((found for line in lines if (found := _EFFECT.search(line))), None)
    if found is None:
        return
    is_of_issue = bool(re.search(r"ký|ban hành", found["day"], re.I))
    day = record.values.get("issued", "") if is_of_issue else found["day"]
    if dates.first(day):
        record.values["effective"] = day
        record.doubts.append(translate("effective: read from the text: {words}", words=found[0]))


# --- signer, type, and what is only told ---------------------------------------------------------------


def _read_signer(record: Record) -> None:
    """Take the office off the signer's name: `Phó Chủ tịch Lâm Thị Hòa`, `Đặng Quốc Mẫn - Phó Chủ tịch`."""
    said = " ".join(record.values.get("signer", "").split())
    parts = [part for part in re.split(r"\s+[-–]\s+|\s*[,;(/]\s*", said.rstrip(")")) if part]
    names = [part for part in parts if is_name(part) and not re.search(r"(?<!\w)[^\W\d_]+", _NAME_AT_END.sub("", part))]
    if len(parts) == 2 and len(names) == 1:
        record.values["signer"] = names[0]
        record.set_default({"signer_position": next(part for part in parts if part != names[0])})
        return
    found = _NAME_AT_END.search(said)
    if len(parts) == 1 and found and said[: found.start()].strip():
        record.values["signer"] = found["name"]
        record.set_default({"signer_position": said[: found.start()].strip(" :.-–")})
        if len(found["name"].split()) > LONGEST_NAME:
            record.doubts.append(translate("signer: look where the name begins in {words}", words=said))


def _derive_type(record: Record) -> None:
    """Take the type from the number, where the page does not say it: QĐ stands for Quyết định."""
    number = parse(record.values.get("number", ""))
    if record.values.get("type") or not number:
        return
    named = {slug_of(short): name for short, name in TYPES.items()}.get(slug_of(number.abbreviation))
    if named:
        record.values["type"] = named
    elif not number.year:  # only letters have a number without a type
        record.values["type"] = "Công văn"
        record.doubts.append(translate("type: the page does not say it; a number without a type is that of a letter"))


def _force_notes(record: Record) -> Iterator[str]:
    """Tell what a page says of the force of a document; the column "Hiệu lực" of a list may have the day from which."""
    if dates.alone(record.values.get("force", "")):
        record.set_default({"effective": record.values["force"]})
    if _ENDED.search(record.values.get("force", "")) and not record.values.get("expires"):
        yield translate(
            "expires: the page says {words}, but not since when; add expires: …, or replaces: … in the newer document",
            words=record.values["force"],
        )


def _relation_notes(record: Record) -> Iterator[str]:
    """Offer the relations that title and text speak of."""
    own = record.values.get("number", "")
    for relation, pattern in _RELATIONS.items():
        if record.values.get(relation):
            continue
        offered: dict[str, str] = {}
        for line in [record.values.get("title", ""), *record.lines]:
            for match in pattern.finditer(line):
                for found in _numbers_in(match["others"]):
                    offered.setdefault(found, match[0].strip())
        offered.pop(own, None)
        if offered:
            yield translate(
                "{relation}: the text says {words}. If that is so, add a line {relation}: {numbers}",
                relation=relation,
                words=" | ".join(dict.fromkeys(words[:160] for words in offered.values())),
                numbers="; ".join(offered),
            )


def _numbers_in(text: str) -> Iterator[str]:
    while found := find(text):
        yield found.number
        text = text[text.index(found.written) + len(found.written) :]
