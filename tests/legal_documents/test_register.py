"""The register: numbers, chains in both directions, the status of each day, and what cannot be right."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from plugins.features import Status
from plugins.legal_documents import numbers
from plugins.legal_documents.checks import findings
from plugins.legal_documents.clauses import add_ids
from plugins.legal_documents.kind import KEYS
from plugins.legal_documents.register import AMENDED, ENDED, IN_FORCE, NOT_YET, Document, Register
from plugins.markdown_reader import key_lines

from .chains import Maker


@pytest.mark.parametrize(
    ("written", "kept", "slug"),
    [
        ("12/2026/QĐ-UBND", "12/2026/QĐ-UBND", "12-2026-qd-ubnd"),
        ("Số: 05 / 2023 / QĐ – UBND", "05/2023/QĐ-UBND", "05-2023-qd-ubnd"),
        ("345/BC-SNV", "345/BC-SNV", "345-bc-snv-2026"),
        ("6-KH/TU", "6-KH/TU", "6-kh-tu-2026"),
        ("31/2024/QH15", "31/2024/QH15", "31-2024-qh15"),
        ("15a/CTr-UBND.HC", "15a/CTr-UBND.HC", "15a-ctr-ubnd-hc-2026"),
    ],
)
def test_a_number_has_one_spelling_and_makes_the_address(written: str, kept: str, slug: str) -> None:
    parsed = numbers.parse(numbers.number(written))
    assert parsed and numbers.number(written) == kept and parsed.slug(2026) == slug


@pytest.mark.parametrize("written", ["12", "QĐ-UBND", "ngày 12/2/2026", "12/2026", "mười hai"])
def test_what_is_no_number_is_told(written: str) -> None:
    with pytest.raises(ValueError, match="12/2026/QĐ-UBND"):
        numbers.number(written)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("17/2021/QĐ-UBND ngày 12/4/2021", "17/2021/QĐ-UBND ngày 12/4/2021"),
        ("Quyết định số 17/2021/QĐ-UBND ngày 12/4/2021", "17/2021/QĐ-UBND ngày 12/4/2021"),
        ("Luật Đất đai số 31/2024/QH15", "31/2024/QH15 (Luật Đất đai)"),
        ("72/2025/QH15 (sửa bởi 65/2025/QH15, 80/2025/QH15)", "72/2025/QH15 (sửa bởi 65/2025/QH15, 80/2025/QH15)"),
        ("17/2021/QĐ-UBND và Quyết định 18/2021/QĐ-UBND", None),
        ("17/2021/QĐ-UBND, 18/2021/QĐ-UBND", None),
        ("đã ban hành", None),
    ],
)
def test_a_document_is_named_by_one_number(written: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(ValueError, match=r"2021/QĐ-UBND|2026/QĐ-UBND"):
            numbers.reference(written)
    else:
        assert numbers.reference(written) == kept


def test_letters_of_a_number_and_a_name_given_twice_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_LANG", "en")
    old = document("17/2021/QĐ-UBND", "2021-04-12", effective="2021-05-01")
    twice = ["17/2021/QĐ-UBND", "17/2021/QD-UBND"]
    lower = document("4/2026/qđ-ubnd", "2026-01-05", effective="2026-02-01", replaces=twice)
    plain = document("5/2026/QD-UBND", "2026-01-05", effective="2026-02-01")
    found = [(f.document.number, f.key, f.text) for f in findings(Register([old, lower, plain]))]
    assert found == [
        ("4/2026/qđ-ubnd", "number", "write the number as the document has it, perhaps 4/2026/QĐ-UBND"),
        ("4/2026/qđ-ubnd", "replaces", "17/2021/QD-UBND is named twice; keep one"),
        ("5/2026/QD-UBND", "number", "write the number as the document has it, perhaps 5/2026/QĐ-UBND"),
    ]


def test_what_ended_before_is_not_replaced_and_effect_does_not_wait_for_years(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_LANG", "en")
    old = document("17/2021/QĐ-UBND", "2021-04-12", effective="2021-05-01")
    first = document("3/2024/QĐ-UBND", "2024-01-05", effective="2024-02-01", replaces=["17/2021/QĐ-UBND"])
    again = document("4/2026/QĐ-UBND", "2026-01-05", effective="2062-02-01", replaces=["17/2021/QĐ-UBND"])
    found = [(f.document.number, f.key) for f in findings(Register([old, first, again]))]
    assert found == [("4/2026/QĐ-UBND", "effective"), ("4/2026/QĐ-UBND", "replaces")]


def test_a_document_is_found_by_its_number_however_it_is_written() -> None:
    register = Register(Maker(5, 0).result.documents())
    number = register.documents[0].number
    for written in (number, number.lower(), number.replace("Đ", "D"), number.lstrip("0"), f"{number} ngày 1/1/1999"):
        found = register.find(numbers.parse_reference(written))
        assert [d.number for d in found] == ([] if "1999" in written else [number]), written


def document(number: str, issued: str, **more: object) -> Document:
    facts = {"number": number, "type": "Quyết định", "issuer": "Ủy ban nhân dân tỉnh", "issued": issued}
    return Document.of(f"{number}.md", "vi", facts | more)


def test_the_status_follows_from_the_dates_and_from_what_newer_documents_say() -> None:
    old = document("1/2025/QĐ-UBND", "2025-01-02", effective="2025-01-10")
    change = document("2/2025/QĐ-UBND", "2025-05-01", effective="2025-06-01", amends=["01/2025/QĐ-UBND"])
    new = document("3/2026/QĐ-UBND", "2026-01-05", effective="2026-02-01", replaces=["1/2025/qd-ubnd"])
    silent = document("4/BC-UBND", "2026-01-05")
    Register([old, change, new, silent])
    days = {
        "2025-01-09": Status(NOT_YET, date(2025, 1, 10)),
        "2025-01-10": Status(IN_FORCE, date(2025, 6, 1)),
        "2025-06-01": Status(AMENDED, date(2026, 2, 1)),
        "2026-02-01": Status(ENDED),
    }
    assert {day: old.status(date.fromisoformat(day)) for day in days} == days
    assert new.status(date(2027, 1, 1)) == Status(IN_FORCE) and silent.status(date(2027, 1, 1)) is None
    assert old.sources == {"amends": [change], "replaces": [new]} and new.targets == {"replaces": [old]}


def test_between_two_changes_a_status_is_the_same_every_day() -> None:
    register = Register(Maker(120, 10).result.documents())
    day, end = date(2020, 1, 1), date(2021, 1, 1)
    statuses = [document.status(day) for document in register.documents]
    while day < end:
        day += timedelta(days=1)
        for i, document in enumerate(register.documents):
            now = document.status(day)
            assert statuses[i] == now or statuses[i].until == day, (document.number, day)
            statuses[i] = now


def test_every_slip_is_found_with_its_key_and_nothing_else() -> None:
    maker = Maker(400, 40)
    assert list(findings(Register(maker.result.documents()))) == []
    for which in range(28):
        maker.slip(which)
    found = [(finding.document.path, finding.key) for finding in findings(Register(maker.result.documents()))]
    assert sorted(found) == sorted(maker.result.slips)


@pytest.mark.parametrize(
    ("header", "key", "value", "line"),
    [
        ("number: 1/2026/QĐ-UBND", "number", "", 3),
        ("Số hiệu: 1/2026/QĐ-UBND\nThay thế: 2/2025/QĐ-UBND", "replaces", "2/2025/QĐ-UBND", 4),
        ("căn cứ:\n  - 1/2025/QĐ-UBND\n  - 2/2025/QĐ-UBND\nnumber: x", "based_on", "2/2025/QĐ-UBND", 5),
        ("number: x", "expires", "", 1),
    ],
)
def test_a_slip_is_told_with_its_line(tmp_path: Path, header: str, key: str, value: str, line: int) -> None:
    file = tmp_path / "a.md"
    file.write_text(f"---\ntitle: T\n{header}\n---\n\nnumber: 2/2025/QĐ-UBND\n", "utf-8")
    assert key_lines.line_of(str(file), KEYS, key, value) == line


@pytest.mark.parametrize(
    ("html", "ids"),
    [
        ("<p><strong>Điều 5.</strong> Phạm vi</p>", ["dieu-5", "muc-dieu-5"]),
        ('<h3 id="muc-dieu-5">Điều 5</h3>', ["muc-dieu-5", "dieu-5"]),
        ("<p>Điều 1. A</p><p>Điều 12a. B</p><p>Điều 1. C</p>", ["dieu-1", "dieu-12a", "dieu-1-2"]),
        ("<p>Theo Điều 5 của Luật</p><p>Điều kiện</p>", []),
    ],
)
def test_each_article_of_a_text_has_an_address(html: str, ids: list[str]) -> None:
    made = add_ids(html)
    assert all(made.count(f'id="{name}"') == 1 for name in ids) and ("id=" in made) == bool(ids)
