"""What readers type is read as articles are, in any spelling."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import environment
import plugins.search
from plugins import unicode_text
from plugins.languages.formats import formats
from plugins.search import blocks, concepts, synonyms, tokens
from plugins.search.inverting import Inverter
from tests import portals

SCRIPT = portals.ROOT / "plugins/search/script"
MONTHS = {name: number for number, names in enumerate(formats("en").month_names, start=1) for name in names}
SYNONYMS = [["ubnd", "uy ban nhan dan"], ["tp hcm", "tphcm", "thanh pho ho chi minh"]]


@cache
def settings() -> str:
    """What the page gives its script."""
    return json.dumps({**unicode_text.SCRIPT_RULES, "spellings": tokens.SPELLINGS})


def run_script(expression: str, values: list[str]) -> list[Any]:
    """Return what a JavaScript expression makes of each value `v`, with the functions of the page's script."""
    code = "".join((SCRIPT / f"{part}.js").read_text("utf-8") for part in ("words", "query"))
    program = (
        f"const RULES = {settings()}, SYNONYMS = {json.dumps(SYNONYMS)}, MONTHS = {json.dumps(MONTHS)};\n{code}\n"
        f"console.log(JSON.stringify({json.dumps(values)}.map((v) => {expression})))"
    )
    done = subprocess.run([environment.node(), "-"], input=program, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    result: list[Any] = json.loads(done.stdout)
    return result


SAME = [
    ("hòa bình, khỏe, thúy, tòan", "hoà bình, khoẻ, thuý, toàn"),
    ("kĩ thuật, qui định, lí do, mĩ, Hy Lạp", "kỹ thuật, quy định, lý do, mỹ, hi lạp"),
    ("01/02, 07-4, 045/2021", "1/2, 7-4, 45/2021"),
    ("\uff12\uff10\uff11\uff17 \uff35\uff22\uff2e\uff24", "2017 ubnd"),
    ("\u00d0\u00e0 N\u1eb5ng, \u0189\u00e0", "đà nẵng, đà"),
    ("d\u0335ường D\u0335à", "đường đà"),
    ("thông\u200b tin\u00ad, an\ufeff toàn\u2060", "thông tin, an toàn"),
    ("a\x85b\u2028c\x0bd", "a b c d"),
    ("\U0001d413\U0001d421\U0001d428\u0302\U0001d427\U0001d420 b\U0001d5ee\u0301o", "thông báo"),
]


def test_spellings_of_a_word_are_one_word() -> None:
    for one, other in SAME:
        assert tokens.tokenize(tokens.normalize(one)) == tokens.tokenize(tokens.normalize(other)), one
    for different in ("của cũa", "tuy tui", "tay tai", "0200 200", "1234 01234", "duy dui", "vy vi"):
        first, second = tokens.tokenize(different)
        assert tokens.fold(first) != tokens.fold(second) or first != second
        assert first != second, different


def test_the_script_reads_words_as_the_index_does() -> None:
    texts = [text for pair in SAME for text in pair]
    texts += ["Ủy ban nhân dân", "m²", "e\u0301 o\u031b\u0323", "Straße", "ﬁ ½ №5", "O'Brien", "ខ\u200bគ ខ", "a\u200db"]
    texts += [
        "\U0001f468\u200d\U0001f469",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\x93Lời\x94",
        "ĐĂK LẮK",
        "q\u0301ui ngỳ ỷ",
    ]
    expected = [[[word, tokens.fold(word)] for word in tokens.tokenize(tokens.normalize(text))] for text in texts]
    assert run_script("wordsOf(normalize(v)).map((w) => [w, fold(w)])", texts) == expected


KEYS = {
    "ddaf": "đà",
    "nawngx": "nẵng",
    "dduwowcj": "được",
    "dduowcj": "được",
    "tieesng": "tiếng",
    "hoaf": "hoà",
    "quoocs": "quốc",
    "thuyr": "thuỷ",
    "giuwax": "giữa",
    "na8ng4": "nẵng",
    "tie61ng": "tiếng",
    "d9u7o7ng2": "đường",
    "gias": "giá",
    "ngoafi": "ngoài",
    "huyeenj": "huyện",
    **dict.fromkeys(("sihn", "covid", "khai", "xyzzy", "2017", "giay"), ""),
}


def test_a_word_typed_with_the_keyboard_switched_off_is_understood() -> None:
    words = [word and tokens.spelling(word) for word in KEYS.values()]
    assert dict(zip(KEYS, run_script("fromKeys(v)", [*KEYS]), strict=True)) == dict(zip(KEYS, words, strict=True))


def test_syllables_that_were_run_together_are_cut_where_syllables_end() -> None:
    words = ["danang", "giaykhai", "xahoihoa", "sihn", "việtnam", "u23", "covid", "yte", "uybannhandan", "giang"]
    cuts = run_script("splits(v)", words)
    assert ["da", "nang"] in cuts[0] and cuts[1] == [["giay", "khai"]] and ["xa", "hoi", "hoa"] in cuts[2]
    assert cuts[3:7] == [[], [["việt", "nam"]], [], []] and ["y", "te"] in cuts[7]
    assert ["uy", "ban", "nhan", "dan"] in cuts[8] and cuts[9] == []  # what is a syllable is not cut


def test_figures_are_cut_as_articles_may_have_them() -> None:
    found = run_script("figures(v.split(' '))", ["1 4km", "85ha", "u23", "2026", "4g 5"])
    assert [" ".join(each) for each in found] == ["1 4 km", "85 ha", "u23", "2026", "4 g 5"]


def index_of(text: str, published: date | None = None) -> bytes:
    """Return the index of words of an article with a text; names stand in it as they are."""
    collector = blocks.Collector(MONTHS)
    collector.add(0, (), "", tokens.normalize(text), published)
    inverter = Inverter(tuple(map(tuple, SYNONYMS)))
    inverter.add(collector.words(), 0)
    words, _, _ = inverter.buckets(64)
    return b"".join(words)


WRITTEN = [
    *[("1/2/2017", "ngày 1 tháng 2 năm 2017"), ("01-02-2017", "1/2/2017"), ("1.2.2017", "mồng 1 tháng 2/2017")],
    *[("ngày 1 tháng 2 năm 2017", "(01/02/2017)"), ("ngay 01 thang 2", "hôm 1/2."), ("1/2", "1-2-2017")],
    *[("tháng 2 năm 2017", "2/2017"), ("02/2017", "tháng 2 năm 2017"), ("2/2017", "ngày 1/2/2017")],
    *[("UBND", "Uỷ ban nhân dân"), ("ủy ban nhân dân", "UBND tỉnh"), ("TP.HCM", "thành phố Hồ Chí Minh")],
    *[("7 April 2021", "on April 7, 2021."), ("the 7th of april".removeprefix("the "), "7 Apr, he said")],
    *[("Apr 7 2021", "07/4/2021"), ("december 2020", "Dec. 24th, 2020"), ("4/2021", "7 april 2021")],
    *[("tphcm", "TP HCM"), ("thành phố hồ chí minh", "TP.HCM")],
]


def test_a_date_or_a_synonym_is_found_in_any_way_of_writing() -> None:
    queries = run_script("parseTerms(v)", [typed for typed, _ in WRITTEN])
    for (typed, written), terms in zip(WRITTEN, queries, strict=True):
        assert len(terms) == 1 and terms[0]["name"].encode() in index_of(written), typed


def test_a_day_without_a_year_is_of_the_year_nearest_to_the_publication() -> None:
    published = date(2027, 1, 5)
    assert b"date:2027-1-4" in index_of("Sáng 4/1", published)
    assert b"date:2026-12-30" in index_of("ngày 30 tháng 12", published)
    assert b"date:2026-12-30" in index_of("on 30 December", published)
    assert b"date:2027-4-7" not in index_of("ngày 7/4/2021", published)  # it has its year


QUERIES = {
    "giấy khai sinh": [("giấy", False), ("khai", False), ("sinh", False)],
    '"thủ tướng': [("thủ tướng", True)],
    'thủ tướng"': [("thủ tướng", True)],
    'đường "lễ hội" mới': [("đường", False), ("lễ hội", True), ("mới", False)],
    "45/2021/QĐ-UBND": [("45 2021 qđ ubnd", False)],  # no synonym within a number, no date
    "2,5 tỷ 32/2 19:30": [("2 5", False), ("tỉ", False), ("32 2", False), ("19 30", False)],
    "tháng tới năm 2017": [("tháng", False), ("tới", False), ("năm", False), ("2017", False)],
    "tướng\nNguyễn": [("tướng", False), ("nguyễn", False)],
    "may 32 april": [("may", False), ("32", False), ("april", False)],
    '"" * 😀 "': [],
}


def test_a_query_is_read_as_terms() -> None:
    for (typed, expected), terms in zip(QUERIES.items(), run_script("parseTerms(v)", [*QUERIES]), strict=True):
        assert [(" ".join(term["words"]), term["isPhrase"]) for term in terms] == expected, typed
        assert not any(term["name"] for term in terms), typed


def test_words_that_signs_join_are_found_without_the_signs() -> None:
    text = "TP.HCM, U.23, COVID-19, 112/KH-UBND, 1.234, O'Brien"
    assert [*concepts.joined_words(text)] == ["TPHCM", "U23", "COVID19", "112KHUBND", "OBrien"]


GROUPED = [
    *[("1234567", "1\u202f234\u202f567 người"), ("1.234.567", "1234567 người"), ("1 234 567", "1.234.567,5 tấn")],
    *[("45300", "45.300 đồng"), ("46.300", "46300 đồng"), ("45,300", "45'300"), ("12.500", "12\u2009500 tấn")],
    *[("02053812345", "(0205) 3812.345"), ("0205 3812 345", "gọi 02053812345"), ("0912345678", "+84 912 345 678")],
    *[
        ("+84 912.345.678", "0912 345 678"),
        ("+84912345678", "0912.345.678"),
        ("19006068", "1900 6068"),
        ("1.005.020", "1005020"),
    ],
]
NOT_GROUPED = ["2,5", "02/9/1945", "1.2.2026", "lớp 5, 300 em", "2.500.00", "năm 2026 500 em", "0.5", "01-02-2024"]


def test_a_number_is_found_however_its_digits_are_grouped() -> None:
    queries = run_script("parseTerms(v)", [typed for typed, _ in GROUPED])
    for (typed, written), terms in zip(GROUPED, queries, strict=True):
        (term,) = terms
        text = tokens.normalize(written)
        words = {*concepts.names_in(text), *tokens.tokenize(text)}
        assert words & {term["joined"], term["words"][0] if len(term["words"]) == 1 else ""}, (typed, words)
    for written in NOT_GROUPED:
        assert not [*concepts.grouped_numbers(tokens.normalize(written))], written


def test_a_list_of_synonyms_is_read_and_its_faults_are_told() -> None:
    text = "# lời\nUBND = Ủy ban nhân dân\nCCCD = căn cước\tcông dân = Thẻ căn cước\n\n"
    text += "HĐND\n= x\nhoà = hòa\nubnd = a\n"
    groups, problems = synonyms.parse(text, "tu-dong-nghia.txt")
    assert groups == (("ubnd", "uy ban nhan dan"), ("cccd", "can cuoc cong dan", "the can cuoc"))
    assert [problem.line for problem in problems] == [5, 6, 7, 8]
    assert synonyms.parse("GD&ĐT = Giáo dục")[0] == (("gd dt", "gddt", "giao duc"),)
    messages = [problem.message for problem in problems]
    assert (
        "không hiểu dòng này" in messages[0] and "vốn đã được tìm như nhau" in messages[2] and "“ubnd”" in messages[3]
    )


def test_the_list_of_a_language_is_a_file_of_its_own(tmp_path: Path) -> None:
    assert synonyms.load("vi", tmp_path) == ((), [])
    (tmp_path / "tu-dong-nghia.txt").write_bytes("Ủy = ủy".encode("utf-16"))
    assert synonyms.load("vi", tmp_path)[1][0].message.startswith("tệp không ")
    (tmp_path / "tu-dong-nghia.en.txt").write_text("UN = United Nations\n", encoding="utf-8")
    assert synonyms.load("en", tmp_path) == ((("un", "united nations"),), [])


def test_the_demonstration_has_a_list_without_faults() -> None:
    groups, problems = synonyms.load("vi", portals.ROOT / "content")
    assert len(groups) >= 10 and not problems


def test_the_page_has_one_script() -> None:
    script = plugins.search.feature.read_text(plugins.search.SCRIPT)
    assert all((SCRIPT / f"{part}.js").read_text("utf-8") in script for part in plugins.search.SCRIPT_PARTS)
    assert {path.stem for path in SCRIPT.glob("*.js")} == set(plugins.search.SCRIPT_PARTS)
