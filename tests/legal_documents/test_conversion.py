"""`convert --as van-ban`: pages, lists and tables of old portals become files of the register."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.convert.command import convert_as
from plugins.convert.errors import SourceError
from plugins.markdown_reader.header_parser import split_document
from plugins.unicode_text import normalize
from tests import editors, portals
from tests.legal_documents.conversion_scores import KIND, Score, records, score
from tests.legal_documents.portal_pages import LATER, Facts, documents, pages

HEADS = {
    "number": "Số/ký hiệu", "title": "Trích yếu nội dung", "issued": "Ngày ban hành", "effective": "ngay_hieu_luc",
    "issuer": "CoQuanBanHanh", "signer": "NGƯỜI KÝ", "fields": "Lĩnh vực", "type": "Loại VB",
}  # fmt: skip


@pytest.fixture(scope="module")
def read() -> Score:
    return score(pages())


def test_fields_of_78_pages_are_read_as_they_say(read: Score) -> None:
    assert read.fields > 700 and read.right >= 0.99
    assert not read.extra


def test_what_is_read_wrong_is_told(read: Score) -> None:
    assert [miss for miss in read.misses if not miss.is_told] == []


def test_layouts_that_the_rules_were_not_written_for_are_read_too() -> None:
    assert score(page for page in pages() if page.name.rpartition("-")[0] in LATER).right >= 0.95


def table(encoding: str, delimiter: str) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(["STT", *HEADS.values()])
    writer.writerows([number, *(each[key] for key in HEADS)] for number, each in enumerate(documents(), 1))
    if encoding != "cp1258":
        return text.getvalue().encode(encoding)
    return b"".join(map(in_cp1258, normalize(text.getvalue())))


def in_cp1258(letter: str) -> bytes:
    """A letter in windows-1258, which has the marks of tones apart."""
    parts = unicodedata.normalize("NFD", letter)
    tones = "".join(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
    base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
    return (base + tones).encode("cp1258")


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8-sig", ";"), ("cp1258", ","), ("utf-16", "\t"), ("utf-8", "|")]
)
def test_a_csv_file_is_read_however_it_was_saved(encoding: str, delimiter: str) -> None:
    found = [values for values, _ in records(table(encoding, delimiter), "csv")]
    assert len(found) == len(documents())
    for values, said in zip(found, documents(), strict=True):
        assert {key: values.get(key, "") for key in HEADS} == {key: said[key] for key in HEADS}


FORMATS = "http://schemas.openxmlformats.org"
OFFICE, MAIN = f"{FORMATS}/officeDocument/2006/relationships", f"{FORMATS}/spreadsheetml/2006/main"
RELATION = (
    f'<Relationships xmlns="{FORMATS}/package/2006/relationships">'
    f'<Relationship Id="a" Type="{OFFICE}/{{type}}" Target="{{target}}"/></Relationships>'
)
BOOK = {
    "[Content_Types].xml": f'<Types xmlns="{FORMATS}/package/2006/content-types"/>',
    "_rels/.rels": RELATION.format(type="officeDocument", target="xl/workbook.xml"),
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="VB" sheetId="1" r:id="a"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": RELATION.format(type="worksheet", target="worksheets/s.xml"),
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    "</styleSheet>",
}


def test_an_excel_file_is_read_with_its_title_and_its_dates() -> None:
    def row(*cells: str) -> str:
        made = (c if c.startswith("<c") else f'<c t="inlineStr"><is><t>{c}</t></is></c>' for c in cells)
        return f"<row>{''.join(made)}</row>"

    day = '<c s="1"><v>46335</v></c>'  # 9 November 2026
    rows = [
        row("DANH MỤC VĂN BẢN NĂM 2026"),
        row("Số hiệu", "Ngày ký", "Trích yếu"),
        row("41/QĐ-UBND", day, "Về chợ phiên"),
    ]
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in (BOOK | {"xl/worksheets/s.xml": sheet}).items():
            archive.writestr(name, text)
    ((values, _),) = records(file.getvalue(), "xlsx")
    assert values | {"files": ""} == {
        "number": "41/QĐ-UBND", "issued": "2026-11-09", "title": "Về chợ phiên", "type": "Quyết định", "files": ""
    }  # fmt: skip


@given(raw=st.binary(max_size=400), ending=st.sampled_from(["csv", "xlsx", "xls", "html", "txt"]))
@settings(max_examples=60)
def test_any_bytes_are_read_or_refused(raw: bytes, ending: str) -> None:
    with suppress(SourceError):
        for values, _ in records(raw, ending):
            assert isinstance(values, dict)


def converted(source: Path, *, content: Path) -> dict[str, Facts]:
    """Convert a source, and return the headers of the files by name, and the rows of the report."""
    report = content / "report.json"
    assert convert_as([str(source)], KIND, str(content / "van-ban"), str(report), workers=1) == 0
    return {path.stem: header(path) for path in sorted((content / "van-ban").rglob("*.md"))}


def header(path: Path) -> Facts:
    fields = split_document(path.read_text("utf-8")).fields
    return {
        key: " | ".join([each.value] if isinstance(each.value, str) else each.value) for key, each in fields.items()
    }


def save(folder: Path, *names: str) -> None:
    found = {page.name: page.text for page in pages()}
    for name in names:
        editors.write_file(folder, name, found[name])
    (folder / "files").mkdir(exist_ok=True)
    for each in documents():
        (folder / "files" / each["file"]).write_bytes(b"%PDF-1.7 " + each["number"].encode())


def test_converted_documents_are_published_with_their_originals(tmp_path: Path) -> None:
    content = editors.write_small_content(tmp_path / "content")
    save(tmp_path / "old", "liferay-0.html", "vbpl_text-0.html", "decree_list-1.html")
    found = converted(tmp_path / "old", content=content)
    (content / "report.json").unlink()
    result = portals.build(tmp_path / "output", content)
    assert result.returncode == 0
    for name, values in found.items():
        assert (tmp_path / "output/van-ban" / name / "index.html").exists() == ("issuer" in values), name
    with_file = next(values for values in found.values() if "files" in values)
    assert (content / "van-ban/2026" / with_file["files"]).resolve().read_bytes().startswith(b"%PDF-1.7 ")


def test_what_a_record_lacks_makes_a_draft_that_says_so(tmp_path: Path) -> None:
    save(tmp_path / "old", "decree_list-0.html")
    for values in converted(tmp_path / "old", content=tmp_path).values():
        assert values["status"] == "draft" and "issuer: trang gốc không ghi" in values["review"]


def test_relations_in_the_text_are_offered_and_not_asserted(tmp_path: Path) -> None:
    save(tmp_path / "old", "word_page-0.html")
    (values,) = converted(tmp_path / "old", content=tmp_path).values()
    assert not {"replaces", "amends", "based_on"} & values.keys()
    assert "hãy thêm dòng replaces: 05/2015/QĐ-UBND" in values["review"]
    assert "hãy thêm dòng based_on: 72/2025/QH15; 08/2025/NQ-HĐND" in values["review"]


def test_a_list_and_the_page_that_it_links_to_become_one_file(tmp_path: Path) -> None:
    list_page, said = next((page, page.said[0]) for page in pages() if page.name.startswith("cards"))
    one = next(page for page in pages() if page.said[0]["number"] == said["number"] and "signer" in page.said[0])
    editors.write_file(tmp_path / "old", "list.html", list_page.text.replace(said["title"], "Một trích yếu khác hẳn"))
    editors.write_file(tmp_path / "old", "one.html", one.text)
    found = converted(tmp_path / "old", content=tmp_path)
    values = next(each for each in found.values() if each["number"] == said["number"])
    assert len(found) == len(list_page.said)
    assert values["signer"] == one.said[0]["signer"]
    assert "lại ghi Một trích yếu khác hẳn" in values["review"]


def test_a_second_run_changes_nothing_and_keeps_what_an_editor_has_written(tmp_path: Path) -> None:
    save(tmp_path / "old", "liferay-0.html")
    (name,) = converted(tmp_path / "old", content=tmp_path)
    path = next((tmp_path / "van-ban").rglob(f"{name}.md"))
    written = path.stat().st_mtime_ns
    converted(tmp_path / "old", content=tmp_path)
    assert path.stat().st_mtime_ns == written
    path.write_text(path.read_text("utf-8").replace("---\ntitle: ", "---\ntitle: Đã sửa "), "utf-8")
    page = next(page for page in pages() if page.name == "liferay-0.html")
    editors.write_file(tmp_path / "old", page.name, page.text.replace(page.said[0]["title"], "Tên mới của văn bản"))
    assert converted(tmp_path / "old", content=tmp_path)[name]["title"].startswith("Đã sửa")
    assert "Tên mới" in path.with_name(path.name + ".moi").read_text("utf-8")


def test_a_row_without_a_number_is_told(tmp_path: Path) -> None:
    editors.write_file(tmp_path, "thu-tuc.csv", "Tên thủ tục,Lĩnh vực\nĐăng ký khai sinh,Hộ tịch\n")
    assert converted(tmp_path / "thu-tuc.csv", content=tmp_path / "content") == {}
    (row,) = json.loads((tmp_path / "content/report.json").read_text("utf-8"))
    assert row["source"].endswith("thu-tuc.csv#2") and "không có gì ghi number" in row["reasons"][0]


def test_the_command_knows_the_kinds_that_can_be_converted(tmp_path: Path) -> None:
    portals.give_settings(editors.write_small_content(tmp_path / "content"))
    env = {"PORTAL_CONTENT": str(tmp_path / "content")}
    result = portals.tasks("convert", str(tmp_path), "--as", "thong-bao", env=env)
    assert result.returncode == 1 and "van-ban" in result.stderr and "Traceback" not in result.stderr
