"""A register of 5,000 documents in 300 chains: every slip is told at its line, each day's status is right, and each
document is found first by its number in eight spellings.
"""

from __future__ import annotations

import json
import random
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

import environment
from plugins.legal_documents.numbers import parse
from plugins.legal_documents.register import AMENDED, ENDED, IN_FORCE, NOT_YET, Register
from tests import editors, portals
from tests.benchmarks.found import PARTS, SCRIPT
from tests.legal_documents.chains import Maker
from tests.search import published

SIZE, CHAINS, SLIPS, NUMBERS = 5000, 300, 200, 500


@pytest.fixture(scope="module")
def maker() -> Maker:
    maker = Maker(SIZE, CHAINS)
    for which in range(SLIPS):
        maker.slip(which)
    return maker


@pytest.fixture(scope="module")
def built(maker: Maker, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    root = tmp_path_factory.mktemp("register")
    content = editors.write_small_content(root / "content")
    maker.result.write(content)
    result = portals.build(root / "output", content)
    assert result.returncode == 0
    return root, result.stderr


def test_every_slip_is_told_at_its_line_and_nothing_else(maker: Maker, built: tuple[Path, str]) -> None:
    root, told = built
    expected = set()
    for path, key in maker.result.slips:
        lines = (root / "content" / path).read_text("utf-8").splitlines()
        key_line = next(n for n, line in enumerate(lines, 1) if line.startswith(f"{key}:"))
        # the last item of a list is the one that the slip has added
        more = 0
        while lines[key_line + more].startswith("  - "):
            more += 1
        expected.add(f"{root / 'content' / path}:{key_line + more}: cảnh báo: {key}:")
    lines = {": ".join(line.split(": ")[:3]) + ":" for line in told.splitlines() if "/van-ban/" in line}
    assert lines == expected and len(expected) == SLIPS


def test_the_status_of_each_day_of_a_year_is_that_of_its_dates(maker: Maker) -> None:
    register = Register(maker.result.documents())
    day = date(2025, 1, 1)
    for _ in range(365):
        day += timedelta(days=1)
        for document in register.documents:
            status, start = document.status(day), document.effective
            if start is None:
                assert status is None
                continue
            ends = [new.effective or new.issued for new in document.sources.get("replaces", ())]
            ends += [document.expires] if document.expires else []
            ended = any(end <= day for end in ends)
            amended = any((new.effective or new.issued) <= day for new in document.sources.get("amends", ()))
            expected = ENDED if ended else NOT_YET if day < start else AMENDED if amended else IN_FORCE
            assert status and status.text == expected, (document.number, day)


def spellings(number: str, document_type: str) -> list[str]:
    found = parse(number)
    assert found
    serial, short, issuer = found.serial, found.abbreviation, found.symbol.partition("-")[2]
    plain = number.replace("Đ", "D")
    return [
        number,
        number.lower(),
        plain,
        f"{short.lower()} {serial} {found.year}",
        f"{serial} {found.year} {plain.split('/')[-1].lower().replace('-', ' ')}",
        f"{document_type} số {number}",
        number.replace("/", "-"),
        f"số {serial.lstrip('0')} năm {found.year} {found.symbol.replace('-', '')} {issuer}",
    ]


def means(words: str, number: str, title: str) -> bool:
    """Whether a title has the number; where a query names no issuer, one of the same serial, year and type."""
    found, wanted = parse(title.rpartition("số ")[2]), parse(number)
    assert found and wanted
    issuer = wanted.symbol.partition("-")[2].replace("Đ", "D").lower()
    if issuer in words.replace("Đ", "D").replace("đ", "d").lower():
        return found == wanted
    return (found.serial, found.year, found.abbreviation) == (wanted.serial, wanted.year, wanted.abbreviation)


def test_a_document_is_found_first_by_its_number_in_eight_spellings(
    maker: Maker, built: tuple[Path, str], tmp_path: Path
) -> None:
    output = built[0] / "output"
    settings = published.settings(output / "tim-kiem") | {"root": str(output)}
    script = SCRIPT % "\n".join(
        (portals.ROOT / f"plugins/search/script/{part}.js").read_text("utf-8") for part in PARTS
    )
    (tmp_path / "search.js").write_text(script, "utf-8")
    (tmp_path / "settings.json").write_text(json.dumps(settings), "utf-8")
    headers = [header for header in maker.result.headers.values() if header["type"] == "Quyết định"]
    chosen = random.Random(2).sample(headers, NUMBERS)
    asked = [(str(h["number"]), words) for h in chosen for words in spellings(str(h["number"]), str(h["type"]))]
    command = [environment.node(), tmp_path / "search.js", tmp_path / "settings.json"]
    queries = json.dumps([words for _, words in asked])
    done = subprocess.run(command, input=queries, capture_output=True, text=True, check=True)
    titles = [article[0] for article in published.articles(output / "tim-kiem")]
    ranks = [[titles[number] for number in answer] for answer in json.loads(done.stdout)]
    first = [
        bool(found) and means(words, number, found[0]) for (number, words), found in zip(asked, ranks, strict=True)
    ]
    missed = [words for is_first, (_, words) in zip(first, asked, strict=True) if not is_first]
    print(f"{sum(first)} of {len(first)} first; not: {missed[:20]}")
    assert sum(first) >= 0.99 * len(first)
