"""The declaration of documents as a kind of content: keys of their headers, lists, and values for machines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from plugins import languages
from plugins.features import Conversion, Grouping, Key, Kind, Value, header_value
from plugins.features.hooks import ARTICLES, Where
from plugins.i18n import translate
from plugins.markdown_reader.header_values import date_time, flag, slug_of, text

from . import numbers
from .clauses import add_ids
from .register import AMENDED, ENDED, IN_FORCE, NOT_YET, RELATIONS

if TYPE_CHECKING:
    from plugins.convert.records.record import Record
    from plugins.portal.stories import Story

NAME = "document"
_TEXT = {"type": "string"}
FACTS = ("number", "type", "issuer", "issued", "effective", "expires", "fields", "files", "normative", *RELATIONS)
DRAFT = """number: ""
type: Quyết định
issuer: ""
signer: ""
signer_position: ""
effective: ""
fields: []
files: []
"""
CODES = {  # what the web service says of a status
    NOT_YET: "not-yet-in-force",
    IN_FORCE: "in-force",
    AMENDED: "in-force",
    ENDED: "no-longer-in-force",
}

LABELS = {  # of old portals, besides the synonyms of the keys
    "title": (
        "trích yếu",
        "trích yếu nội dung",
        "nội dung trích yếu",
        "trích dẫn",
        "tên gọi",
        "tên",
        "tên thủ tục",
        "tiêu đề",
        "về việc",
    ),
    "number": ("số", "số kí hiệu", "số và ký hiệu", "ký hiệu", "mã", "số vb", "số quyết định", "quyết định công bố"),
    "type": ("hình thức", "thể loại", "tên loại", "phân loại"),
    "issuer": ("đơn vị ban hành", "cấp ban hành", "tên cơ quan ban hành", "cơ quan"),
    "issued": (
        "ngày",
        "ngày tháng năm ban hành",
        "ngày tháng ban hành",
        "ban hành ngày",
        "ban hành",
        "ngày quyết định",
        "ngày phát hành",
    ),
    "effective": (
        "ngày bắt đầu hiệu lực",
        "ngày bắt đầu có hiệu lực",
        "thời điểm có hiệu lực",
        "thời gian có hiệu lực",
        "ngày có hl",
        "ngày áp dụng",
    ),
    "expires": ("ngày kết thúc hiệu lực", "ngày hết hl", "thời điểm hết hiệu lực"),
    "signer": ("người ký duyệt", "người ký ban hành", "họ tên người ký"),
    "signer_position": ("chức danh người ký",),
    "files": (
        "tệp đính kèm",
        "file đính kèm",
        "đính kèm",
        "tải về",
        "tập tin",
        "tài liệu",
        "toàn văn",
        "file",
        "tệp tin",
    ),
    "replaces": ("bị thay thế", "thay thế cho"),
    "amends": ("được sửa đổi", "được sửa đổi bổ sung"),
    "based_on": ("được căn cứ",),
    "guides": ("được hướng dẫn", "được quy định chi tiết"),
    "force": ("hiệu lực", "tình trạng hiệu lực", "tình trạng", "trạng thái"),  # no key: the program computes it
}


def named(value: str) -> str:
    """A name that makes an address."""
    value = text(value)
    if not slug_of(value):
        raise ValueError(translate("must have letters or digits"))
    return value


def complete(header: dict[str, Any]) -> None:
    """Add the slug and the short title that follow from number and type."""
    number = numbers.parse(header.get("number", ""))
    if number and "issued" in header:
        header.setdefault("slug", number.slug(header["issued"].year))
        header.setdefault("short_title", f"{header.get('type', '')} {header['number']}".strip())


def _written_number(text: str) -> str:
    found = numbers.find(text)
    return found.written if found else ""


def _complete_record(record: Record) -> None:
    from .converting import complete as complete_record  # no build needs what reads old pages

    complete_record(record)


def _year(story: Story) -> list[str]:
    return [str(story.month[0])]


def _names(story: Story) -> list[str]:
    facts = story.facts
    return numbers.names(facts["number"], facts["issued"][:4], facts["type"], facts["issuer"])


def _day_text(day: str, lang: str) -> str:
    return languages.language(lang).date(date.fromisoformat(day))


def _references(name: str, *synonyms: str) -> Key:
    return Key(name, numbers.reference, separators=(";", "\n"), synonyms=synonyms)


KEYS = (
    Key("number", numbers.number, required=ARTICLES, synonyms=("số hiệu", "số, ký hiệu", "số ký hiệu")),
    Key("type", named, required=ARTICLES, synonyms=("loại văn bản", "hình thức văn bản", "loại")),
    Key("issuer", named, required=ARTICLES, synonyms=("cơ quan ban hành", "nơi ban hành")),
    Key("signer", text, synonyms=("người ký",)),
    Key("signer_position", text, synonyms=("chức vụ người ký", "chức vụ", "chức danh")),
    Key("issued", date_time, required=ARTICLES, synonyms=("ngày ban hành", "ngày ký")),
    Key("effective", date_time, synonyms=("ngày có hiệu lực", "ngày hiệu lực", "hiệu lực từ")),
    Key("expires", date_time, synonyms=("ngày hết hiệu lực", "hết hiệu lực từ")),
    Key("fields", named, separators=(";", ","), synonyms=("lĩnh vực",)),
    Key("files", text, separators=("\n",), synonyms=("bản gốc", "tệp"), is_file=True),
    _references("replaces", "thay thế"),
    _references("amends", "sửa đổi bổ sung", "sửa đổi"),
    _references("based_on", "căn cứ"),
    _references("guides", "hướng dẫn", "quy định chi tiết"),
    Key("normative", flag, synonyms=("quy phạm pháp luật",)),
)

GROUPINGS = (
    Grouping("type", "Type", "loai/", lambda story: [story.facts["type"]], feeds=True, facet=True),
    Grouping("field", "Field", "linh-vuc/", lambda story: story.facts.get("fields", ()), feeds=True, facet=True),
    Grouping("issuer", "Issuer", "co-quan/", lambda story: [story.facts["issuer"]], facet=True),
    Grouping("year", "Year of issue", "nam/", _year),
    Grouping(
        "force",
        "Validity",
        "hieu-luc/",
        lambda story: [story.status_text] if story.status_text else [],
        are_messages=True,
        facet=True,
    ),
)


def kind(json_ld: Callable[[Story], Mapping[str, Any]], api_values: Callable[[Story], Mapping[str, Any]]) -> Kind:
    """Return the declaration; json_ld, api_values: see `Kind`."""
    return Kind(
        NAME,
        "Documents",
        "van-ban",
        "van-ban/",
        keys=KEYS,
        dated_by="issued",
        draft=DRAFT,
        template="legal_documents/page",
        schema="Legislation",
        facts=FACTS,
        groupings=GROUPINGS,
        complete=complete,
        edit_body=add_ids,
        text_optional=True,
        json_ld=json_ld,
        api_values=api_values,
        api_schema={
            "in_force": {"enum": sorted({*CODES.values()})},
            "signer_position": _TEXT,
            "ends": {"type": "string", "description": "ISO 8601: the first day on which it is not in force."},
            "relations": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "relation": {"enum": [*RELATIONS, *(f"{relation}_by" for relation in RELATIONS)]},
                        "number": _TEXT,
                        "url": _TEXT,
                    },
                    "required": ["relation", "number"],
                    "additionalProperties": False,
                },
            },
            "files": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "url": _TEXT,
                        "size": {"type": "integer"},
                        "sha256": {"type": "string"},
                    },
                    "required": ["url", "size", "sha256"],
                    "additionalProperties": False,
                },
            },
        },
        names=_names,
        rows=True,
        conversion=Conversion("number", LABELS, _written_number, _complete_record),
    )


def _day(name: str) -> Callable[[Mapping[str, Any], str], str | None]:
    """Return a function for `Value.compute` that returns a date of the header."""
    return lambda header, body: header[name].date().isoformat() if name in header else None


_FOUND = frozenset[Where]({"feed", "api", "search"})
_DOCUMENTS = (NAME,)
VALUES = (
    Value("number", "Number", _FOUND | {"list"}, header_value("number"), _DOCUMENTS),
    Value("type", "Type", _FOUND, header_value("type"), _DOCUMENTS),
    Value("issuer", "Issuer", _FOUND, header_value("issuer"), _DOCUMENTS),
    Value("signer", "Signed by", {"api", "search"}, header_value("signer"), _DOCUMENTS),
    Value("issued", "Issued", {"api"}, _day("issued"), _DOCUMENTS, _day_text),
    Value("effective", "In force from", {"feed", "api"}, _day("effective"), _DOCUMENTS, _day_text),
    Value("expires", "Ends on", {"api"}, _day("expires"), _DOCUMENTS, _day_text),
    Value("fields", "Field", {"api", "search"}, header_value("fields"), _DOCUMENTS),
)
