"""How the header of an article may be written, and how it is read."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.markdown_reader import front_matter as fm
from plugins.markdown_reader import header_parser
from plugins.markdown_reader.header_values import is_slug, slug_of
from plugins.problems import ContentError, Problem
from plugins.unicode_text import normalize
from tests import front_matter_keys


def read(text: str) -> dict[str, Any]:
    return fm.check_fields(header_parser.split_document(text).fields, front_matter_keys.ARTICLE)


def yaml(more: str) -> dict[str, Any]:
    return read(f"---\ntitle: T\ndate: 2026-01-02\ncategory: C\n{more}\n---\n")


def test_yaml_and_pelicans_header_give_the_same_values() -> None:
    with_yaml = read(
        "---\ntitle: Lễ hội\ndate: 2026-11-20\ncategory: Xã hội\ntags: [lễ hội, mùa thu]\n"
        "authors:\n  - Lê Dũng\n  - Thùy Linh\nsummary: Mở đầu\nslug: le-hoi\n---\nBài"
    )
    with_lines = read(
        "Title: Lễ hội\nDate: 2026-11-20\nCategory: Xã hội\nTags: lễ hội, mùa thu\n"
        "Authors: Lê Dũng; Thùy Linh\nSummary: Mở đầu\nSlug: le-hoi\n\nBài"
    )
    assert with_yaml == with_lines
    assert with_yaml["tags"] == ["lễ hội", "mùa thu"]
    assert with_yaml["authors"] == ["Lê Dũng", "Thùy Linh"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-20", datetime(2026, 11, 20)),
        ("2026-11-20 08:30", datetime(2026, 11, 20, 8, 30)),
        ("2026-11-20T08:30", datetime(2026, 11, 20, 8, 30)),
        ("2026-11-20 08:30:15", datetime(2026, 11, 20, 8, 30, 15)),
        ("20/11/2026", datetime(2026, 11, 20)),
        ("20.11.2026", datetime(2026, 11, 20)),
        ("20-11-2026 08:30", datetime(2026, 11, 20, 8, 30)),
        ("2026/11/20", datetime(2026, 11, 20)),
        ("5/2/2026", datetime(2026, 2, 5)),
        ("20/11/2026 08:30", datetime(2026, 11, 20, 8, 30)),
        ("28/11/2026 8h30", datetime(2026, 11, 28, 8, 30)),
        ("28-11-2026, 8h", datetime(2026, 11, 28, 8)),
        ("8.12.2026 lúc 14 giờ 05 phút", datetime(2026, 12, 8, 14, 5)),
        ("8h30 ngày 28/11/2026", datetime(2026, 11, 28, 8, 30)),
        ("ngày 28 tháng 11 năm 2026", datetime(2026, 11, 28)),
        ("7g30, ngày 1 tháng 2 năm 2027", datetime(2027, 2, 1, 7, 30)),
        ("Thứ ba, 01/12/2026 02:00", datetime(2026, 12, 1, 2)),
        ("thứ năm ngày 3 tháng 12 năm 2026", datetime(2026, 12, 3)),
        ("8h Chủ nhật 6/12/2026", datetime(2026, 12, 6, 8)),
        ("24h ngày 31/12/2026", datetime(2027, 1, 1)),
        ("2026-12-05T24:00", datetime(2026, 12, 6)),
        ("0h 01/12/2026", datetime(2026, 12, 1)),
    ],
)
def test_dates_may_be_iso_or_day_month_year(text: str, expected: datetime) -> None:
    assert read(f"---\ntitle: T\ndate: {text}\ncategory: C\n---\n")["date"] == expected


@pytest.mark.parametrize(
    "text", ["11/20/2026", "2026-13-01", "29/02/2026", "20_11_2026", "20/11-2026", "1899-01-01", "mai", "2026"]
)
def test_other_dates_are_rejected(text: str) -> None:
    with pytest.raises(ContentError):
        read(f"---\ntitle: T\ndate: {text}\ncategory: C\n---\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31/11/2026", "“31/11/2026”: there is no such day; month 11 of 2026 has 30 days"),
        ("29-02-2025", "month 2 of 2025 has 28 days"),
        ("11/28/2026", "the day comes before the month; write 28/11/2026"),
        ("28/11/26 8h", "write the year in four figures: 28/11/2026 8:00"),
        ("28/11/2026 25h", "there is no such time"),
        ("28/11/2026 24:30", "there is no such time"),
        ("thứ 2, 01/12/2026", "01/12/2026 is a thứ ba"),
        ("hôm qua", "“hôm qua” is no date"),
    ],
)
def test_a_wrong_date_is_quoted_with_what_is_wrong(text: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_LANG", "en")
    with pytest.raises(ContentError) as caught:
        read(f"---\ntitle: T\ndate: {text}\ncategory: C\n---\n")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "header",
    [
        "Title: Chợ họp\nDATE: 2026-01-02\nCategory: Xã hội\nStatus: Draft",
        "Tiêu đề: Chợ họp\nNgày đăng: 2/1/2026\nChuyên mục: Xã hội\nTrạng thái: Nháp",
        "tieu_de = Chợ họp\nngay： 2.1.2026\nchuyen muc =Xã hội\ntrang-thai : bản nháp",
        "title:\u00a0Chợ họp\ndate:\u00a02026-01-02\u00a0\ncategory:\u2003Xã hội\nstatus: DRAFT",
    ],
)
def test_a_key_is_known_by_its_letters(header: str) -> None:
    values = read(f"---\n{header}\n---\n")
    assert values == {"title": "Chợ họp", "date": datetime(2026, 1, 2), "category": "Xã hội", "status": "draft"}


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ('title: "Chợ họp\ndate: 2026-01-02\ncategory: Xã hội', 2),
        ('title: "Chợ họp\nsummary: "Tóm tắt"\ndate: 2026-01-02', 2),
        ("date: 2026-01-02\ncategory: 'Xã hội", 3),
        ('title: "Chợ họp"\n  date: 2026-01-02', 3),
        ("title: Chợ\ncategory: Xã hội\n lang: vi", 4),
        ("title: Chợ\nsummary: Dòng một\ndòng hai\ndate: 2026-01-02", 4),
        ('title: "Chợ"\n- summary: "Tóm tắt"\ndate: 2026-01-02', 3),
        ("title: Chợ\ntags:\n  - chè\n  -lúa\ndate: 2026-01-02", 5),
        ('title: "Chợ"\n<<: *goc\ndate: 2026-01-02', 3),
    ],
)
def test_a_header_that_cannot_be_read_is_told_at_the_line_of_the_mistake(header: str, line: int) -> None:
    with pytest.raises(ContentError) as caught:
        read(f"---\n{header}\n---\n")
    assert [problem.line for problem in caught.value.problems] == [line]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("publishDate", "date"),
        ("meta_title", "title"),
        ("cover_image", "cover"),
        ("shrt_title", "short_title"),
        ("layout", ""),
    ],
)
def test_a_key_that_is_none_is_told_with_the_one_that_is_meant(typed: str, meant: str) -> None:
    with pytest.raises(ContentError) as caught:
        yaml(f"{typed}: a")
    message = caught.value.problems[0].message
    assert (f"muốn ghi {meant}?" in message) if meant else "các khóa được dùng" in message


@pytest.mark.parametrize(
    "key", ["tags", "authors", "summary", "slug", "lang", "cover", "source_url", "review", "modified"]
)
@pytest.mark.parametrize("empty", ["", " ", ' ""', " []", " ~"])
def test_an_optional_key_left_empty_is_a_key_left_out(key: str, empty: str) -> None:
    assert key not in {k for k, v in yaml(f"{key}:{empty}").items() if v}


@pytest.mark.parametrize(
    "title", ["No", "Yes", "on", "null and void", "2026", "1e3", "0x10", "12:30:00", "3.10", "2026-01-01", "=", "true"]
)
def test_a_title_stays_as_it_is_written(title: str) -> None:
    assert read(f"---\ntitle: {title}\ndate: 2026-01-02\ncategory: C\n---\n")["title"] == title


def test_decomposed_letters_become_composed_ones() -> None:
    decomposed = "Tie\u0302\u0301ng Vie\u0323\u0302t"
    values = yaml(f"summary: {decomposed}\ntags: [{decomposed}]")
    assert values["summary"] == "Tiếng Việt"
    assert values["tags"] == ["Tiếng Việt"]


def test_lists_lose_duplicates_and_empty_entries() -> None:
    assert yaml("tags: [a, b, a, ' ', '']")["tags"] == ["a", "b"]


def test_author_and_tag_in_the_singular_are_understood() -> None:
    values = yaml("author: Lê Dũng\ntag: lễ hội")
    assert (values["authors"], values["tags"]) == (["Lê Dũng"], ["lễ hội"])


def test_a_title_over_two_lines_is_one_line() -> None:
    assert read("---\ntitle: >\n  Một\n  hai\ndate: 2026-01-02\ncategory: C\n---\n")["title"] == "Một hai"


def test_all_mistakes_of_a_header_are_reported_at_once() -> None:
    with pytest.raises(ContentError) as caught:
        read("---\ndate: mai\nsumary: x\nslug: A B\n---\n")
    assert [problem.line for problem in caught.value.problems] == [1, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ("titel", "title"),
        ("autors", "authors"),
        ("Chuyên mụcc", "category"),
        ("sourceurl", "source_url"),
    ],
)
def test_the_right_spelling_of_a_misspelt_key_is_suggested(wrong: str, expected: str) -> None:
    with pytest.raises(ContentError) as caught:
        yaml(f"{wrong}: x")
    assert expected in str(caught.value)


def test_for_a_key_without_a_suggestion_all_keys_are_listed() -> None:
    with pytest.raises(ContentError) as caught:
        yaml("zzzzzz: x")
    assert ", ".join(front_matter_keys.ARTICLE.by_name) in str(caught.value)


@pytest.mark.parametrize(
    ("text", "body", "line"),
    [
        ("---\ntitle: x\n---\nBài\n", "Bài\n", 4),
        ("---\ntitle: x\n---\n\nBài", "\nBài", 4),
        ("---\ntitle: x\n...\nBài", "Bài", 4),
        ("---\ntitle: x\n---  \nBài", "Bài", 4),
        ("---\ntitle: x\n---\nA\n---\nB", "A\n---\nB", 4),
        ("Title: x\n\nBài", "\nBài", 2),
        ("---\ntitle: x\n---", "", 4),
    ],
)
def test_the_body_begins_after_the_header(text: str, body: str, line: int) -> None:
    document = header_parser.split_document(text)
    assert (document.body, document.body_line) == (body, line)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Đường lên đèo Mây", "duong-len-deo-may"),
        ("Tie\u0302\u0301ng Vie\u0323\u0302t", "tieng-viet"),
        ("C/O & 100 %", "co-100"),
        ("  --a__b--  ", "a-b"),
        ("🎉", ""),
        ("á" * 400, "a" * 150),
        ("ß Æ", "ss-ae"),
        ("Con", "con-1"),  # what Windows keeps for itself
        ("COM5", "com5-1"),
        ("Con đường", "con-duong"),
    ],
)
def test_addresses_are_plain_ascii(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@given(st.text())
def test_every_file_name_gives_a_valid_address_or_none(name: str) -> None:
    slug = slug_of(name)
    assert slug == "" or is_slug(slug)


@given(st.text())
def test_every_header_is_read_or_its_problems_are_explained(text: str) -> None:
    for source in (text, f"---\n{text}\n---\n", f"title: {text}"):
        problems: list[Problem] = []
        try:
            read(source)
        except ContentError as error:
            problems = error.problems
        assert all("\n" not in str(problem) for problem in problems)


@given(
    st.dictionaries(
        st.sampled_from(list(front_matter_keys.ARTICLE.by_name)),
        st.text(max_size=30) | st.lists(st.text(max_size=5), max_size=3),
    )
)
def test_every_value_of_a_key_is_checked_or_its_problem_is_explained(values: dict[str, str | list[str]]) -> None:
    fields = {key: header_parser.Field(value, number) for number, (key, value) in enumerate(values.items(), start=2)}
    try:
        assert set(fm.check_fields(fields, front_matter_keys.ARTICLE, complete=False)) <= set(values)
    except ContentError as error:
        problems = error.problems
        assert problems


ROOT = Path(__file__).resolve().parents[2]
HEADER_PIECES = ["a", "Đ", "0", ": ", ":", " #", "#", " ", '"', "'", "[", "]", ", ", "- ", "null", "&", "!", "|", "?"]
HEADER_PIECES += ["\\", "“"]
HEADER_LINE = st.tuples(
    st.sampled_from(["a: ", "b:", "b:  ", "title: ", "  - ", "- ", 'c: "', "d: ["]),
    st.lists(st.sampled_from(HEADER_PIECES), max_size=6).map("".join),
    st.sampled_from(["", "", '"', "]", " "]),
).map("".join)


@given(st.lists(HEADER_LINE, min_size=1, max_size=4).map("\n".join))
def test_simple_headers_are_read_as_yaml_reads_them(header: str) -> None:
    simple = header_parser.simple_fields(header, 2)
    if simple:
        assert header_parser._yaml_fields(header) == simple


def test_the_headers_of_the_demonstration_are_simple() -> None:
    paths = sorted((ROOT / "content/articles").rglob("*.md"))
    headers = [path.read_text(encoding="utf-8").split("---\n")[1] for path in paths]
    assert sum(bool(header_parser.simple_fields(header, 2)) for header in headers) > 0.8 * len(paths)


@pytest.mark.parametrize(
    ("header", "line", "words"),
    [
        ("title:Họp\ndate: 2026-11-20", 2, "sau dấu hai chấm phải có dấu cách: title"),
        ("date: 2026-11-20\ntitle: [Cảnh báo] mưa", 3, "title: giá trị bắt đầu bằng [ thì"),
        ("title: *Họp* bàn", 2, "title: giá trị bắt đầu bằng * thì"),
        ("title: 'Ông 'A' nói'", 2, "title: giá trị bắt đầu bằng ' thì"),
        ('title: "Họp', 2, 'thêm " vào cuối'),
        ("title: a\n\tdate: b", 3, "phím Tab"),
        ("summary: '1'\ntitle: Họp: bàn", 3, "chữ có dấu : hoặc #"),
    ],
)
def test_what_is_no_yaml_is_reported_with_its_line_and_the_remedy(header: str, line: int, words: str) -> None:
    with pytest.raises(ContentError) as raised:
        header_parser.split_document(f"---\n{header}\n---\n")
    (problem,) = raised.value.problems
    assert (problem.line, words in problem.message) == (line, True), problem


TYPED = ["W", " ", "W ", ": ", ":", " #", "#", '"', "'", "\\", "\\n", "!", "&", "*", "[", "]", "{", ",", "-", "|", ">"]
TYPED += [
    "%",
    "@",
    "?",
    "\u00ad",
    "\u200b",
    "\u00d0",
    "\u2028",
    "\u00a0",
    "e\u0301",
    "中",
    "ß",
    "½",
    "😀",
    "\x0b",
    "\t",
    "~",
    "=",
]


@given(st.lists(st.sampled_from(TYPED), min_size=1, max_size=8), st.sampled_from(["", '"', "'"]))
def test_every_letter_of_a_header_is_read_or_the_header_is_refused_with_its_line(parts: list[str], quote: str) -> None:
    typed = "".join(part.replace("W", f"m{number}t") for number, part in enumerate(parts))
    problems: list[Problem] = []
    header = {}
    try:
        header = yaml(f"summary: {quote}{typed}{quote}")
    except ContentError as error:
        problems = error.problems
    assert {problem.line for problem in problems} <= {5, 6}
    assert problems or letters(str(header.get("summary", ""))) == letters(typed)


def letters(text: str) -> str:
    return "".join(character for character in normalize(text) if character.isalnum())
