"""The table in which editors say how something is pronounced."""

from __future__ import annotations

from pathlib import Path

from plugins.read_aloud import pronunciations
from plugins.read_aloud.pronunciations import PronunciationTable, parse


def test_a_line_maps_a_written_form_to_a_spoken_one() -> None:
    entries, problems = parse("# lời chú\n\nUBND = ủy ban nhân dân\n C/O=xê ô \n")
    assert entries == {"UBND": "ủy ban nhân dân", "C/O": "xê ô"}
    assert problems == []


def test_bad_lines_are_reported_with_their_number() -> None:
    _, problems = parse("UBND\n= x\nA = b\nA = c\n", "cach-doc.txt")
    assert [problem.line for problem in problems] == [1, 2, 4]
    assert "UBND = ủy ban nhân dân" in str(problems[0])


def test_the_longest_written_form_wins_and_only_whole_words_count() -> None:
    table = PronunciationTable({"TP": "thành phố", "TP.HCM": "thành phố Hồ Chí Minh", "zalo": "da lô"})
    assert table.apply("TP.HCM, TP Huế, ATP, Zalo, ZALO") == "thành phố Hồ Chí Minh, thành phố Huế, ATP, da lô, da lô"


def test_a_written_form_with_a_capital_matches_only_that_case() -> None:
    assert PronunciationTable({"SN": "sinh năm"}).apply("SN sn") == "sinh năm sn"


def test_editors_entries_come_from_the_content_folder(tmp_path: Path) -> None:
    (tmp_path / "cach-doc.txt").write_text("Pắc Luông = pắc luông\nUBND = ủy ban", encoding="utf-8")
    table, problems = pronunciations.load_table("vi", tmp_path)
    assert (table.apply("UBND, HĐND"), problems) == ("ủy ban, hội đồng nhân dân", [])


def test_a_table_in_another_encoding_is_reported(tmp_path: Path) -> None:
    (tmp_path / "cach-doc.txt").write_bytes("Ủy = ủy".encode("utf-16"))
    _, problems = pronunciations.load_table("vi", tmp_path)
    assert [problem.line for problem in problems] == [0]


def test_the_portals_own_tables_are_in_order() -> None:
    folder = Path(pronunciations.__file__).parent
    for name in ("vi.txt", "en.txt"):
        assert parse((folder / name).read_text(encoding="utf-8"), name)[1] == []
