"""Mistakes of editors are found at their line, clean lines are left alone, and mending changes no word."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.markdown_reader import html
from plugins.proofreading import proofread
from plugins.proofreading.mending import mend, mend_file
from plugins.proofreading.spelling import from_telex, is_syllable
from tests import portals
from tests.proofreading import mistakes

HEADER = '---\ntitle: "Chợ phiên"\ndate: 2026-01-02\ncategory: Xã hội\n---\n\n'


def found(body: str) -> list[tuple[int, str]]:
    """Return line (of the body, from 1) and code of what is found in a body."""
    return [(problem.line - 6, problem.code) for problem in proofread(HEADER + body)]


def mended(body: str) -> str:
    return mend(HEADER + body, "vi")[0].removeprefix(HEADER)


def test_seeded_mistakes_are_found_at_their_line_and_clean_lines_are_not_told() -> None:
    missed, told_falsely, lines = [], [], 0
    for article in mistakes.seeded(150, 200):
        lines += sum(bool(line.strip()) for line in article.text.split("\n"))
        problems = proofread(article.text)
        if article.line and not any((p.line, p.code) == (article.line, article.code) for p in problems):
            missed.append(article)
        told_falsely += [p for p in problems if p.code != article.code]
        once = mend(article.text, "vi")[0]
        assert mend(once, "vi")[0] == once
    assert len(missed) <= 3, missed
    assert len(told_falsely) <= lines / 100, told_falsely


def test_quotation_marks_within_quotation_marks_are_meant() -> None:
    meant, forgotten = (HEADER.replace('"Chợ phiên"', title) for title in ('"“Chợ phiên”"', "“Chợ phiên”"))
    assert proofread(meant) == [] and mend(meant, "vi")[0] == meant
    assert mend(forgotten, "vi")[0] == HEADER


@pytest.mark.parametrize(
    ("value", "mark"),
    [
        ('"**Thông báo** nghỉ lễ"', "**"),
        ('"Xem [lịch](https://a.vn/lich) mới"', "]("),
        ('"Dòng một<br>dòng hai"', "<br>"),
        ("Chợ *phiên*", "*"),
        ("Khách sạn 5* và 4*, 3 * 4, <Mẫu đơn> [Khẩn] (tin)", ""),
    ],
)
def test_marks_in_a_title_are_told(value: str, mark: str) -> None:
    problems = proofread(HEADER.replace('"Chợ phiên"', value))
    assert [(problem.line, problem.code) for problem in problems] == ([(2, "mark-in-header")] if mark else [])
    assert not mark or f" {mark} " in problems[0].message


def test_the_demonstration_is_clean() -> None:
    content = portals.ROOT / "content"
    told = [
        (path.name, problem.line, problem.code)
        for path in content.rglob("*.md")
        for problem in proofread(path.read_text("utf-8"), "en" if path.name.endswith(".en.md") else "vi")
        if problem.level != "note"
    ]
    assert told == []


@pytest.mark.parametrize(
    "body",
    [
        "Liên hệ ông Lò Văn Páo, Văn phòng UBND xã, điện thoại 0912345678.",
        "Đường dây nóng: 0912.345.678 (trực 24/24 giờ).",
        "Công ty VWS và DDS nhận xử lý rác.",
        "Mọi đóng góp gửi về tài khoản 1234567890 của Quỹ Vì người nghèo xã.",
        "Tổng vốn 123456789012 đồng; mã hồ sơ 000.00.12.H33-261101-0001; giá 012.345.678 đồng.",
        "Mã số thuế 0100109106, điện thoại cố định 02133 876 543.",
        "- Một\n- Hai\n\n    Đoạn thứ hai của mục hai, thụt đúng cách.",
        "Một[^1]\n\n[^1]: Chú thích.\n\n    Đoạn thứ hai của chú thích, thụt đúng cách.",
        "Đoạn mã:\n\n    int x = 1;\n    - y;",
        "```\n\tint main() {}\n```",
        "    git clone https://vanson.example\n",
        "- 5 độ, -3 độ, -Bảy: ba nơi lạnh nhất.",
        "Xem [www.vanson.example](https://www.vanson.example), <vanthu@vanson.example>, `a@b.vn`.",
        "[1]: https://vanson.example\n\nChữ [một][1].",
        "Xem [chợ][khong-co-dau-nao].\n\n[khong-co-dau-nao]: https://vanson.example",
        "[Tải [PDF]](https://vanson.example/a.pdf), [chữ trên\nhai dòng](https://vanson.example/).",
        "- Họp 👨‍👩‍👧 ❤️",
        "**Nơi nhận:**\n**Lưu: VT**",
        "**Lò Văn Páo**\n\nTrưởng bản Lềnh.",
        "2 ** 3 ** 4 và 5 * 6 * 7",
        "UBND, HĐND, THCS, THPT, BHXH, CCCD",
        "Chợ họp | vui\nHàng nhiều | rẻ | tươi",
        "![Ruộng lúa](../../images/1.png)\n\nSáng nay, bà con ra đồng gặt lúa từ sớm.",
        "Bài hát “He has been to her house” được hát lại.",
        "| Xã | Hộ |\n|---|---|\n| Nà Lềnh | 5 |",
        "Ruộng rộng 5 m³, micrô, ôxy, xìcăngđan, vắcxin, kilômét.",
        "xoẹt xoẹt, khuỷu tay, nguệch ngoạc, quýnh quáng, ngoằn ngoèo, giặt giũ, gì, quốc, quẩn, huơ, thuở, uỷ, oải",
    ],
)
def test_what_is_meant_so_is_left_alone(body: str) -> None:
    assert [code for _, code in found(body)] == []


@pytest.mark.parametrize(
    ("body", "after"),
    [
        ("•\tHọp\n•\tHát", "- Họp\n- Hát"),
        ("\uf0b7 Họp\n  o Nhỏ", "- Họp\n  o Nhỏ"),
        ("1.Họp\n2.Hát", "1. Họp\n2. Hát"),
        ("Gồm:\nXã\tHộ\nNà Lềnh\t5\nHết.", "Gồm:\n\n| Xã | Hộ |\n|---|---|\n| Nà Lềnh | 5 |\n\nHết."),
        ("A|B\tC\n1\t2", "| A\\|B | C |\n|---|---|\n| 1 | 2 |"),
        ("| Xã | Hộ |\n| Nà Lềnh | 5 |", "| Xã | Hộ |\n|---|---|\n| Nà Lềnh | 5 |"),
        ("|A|B|\n|-|-|\n|1|2|\n\n|3|4|\n|5|6|", "|A|B|\n|-|-|\n|1|2|\n|3|4|\n|5|6|"),
        ("Xem [mục] (#ho-so).", "Xem [mục](#ho-so)."),
        ("\tĐoạn một thụt đầu dòng.\n\n    Đoạn hai cũng vậy.", "Đoạn một thụt đầu dòng.\n\nĐoạn hai cũng vậy."),
        ("Hồ sơ:\n\n\t- Đơn\n\t- Ảnh", "Hồ sơ:\n\n- Đơn\n- Ảnh"),
        ("*Đơn\n*Ảnh", "* Đơn\n* Ảnh"),
        ("**Lưu ý: **đến sớm, ** nhớ ** nhé", "**Lưu ý:** đến sớm, **nhớ** nhé"),
        ("*Ảnh minh hoạ *", "*Ảnh minh hoạ*"),
        ("[Tải về bản đầy đủ 12] (../../documents/a.pdf)", "[Tải về bản đầy đủ 12](../../documents/a.pdf)"),
        ("Xem www.a.vn/tin.", "Xem [www.a.vn/tin](https://www.a.vn/tin)."),
        ("Xem https://a.vn/b_c_d?x=1, y@z.vn.", "Xem <https://a.vn/b_c_d?x=1>, <y@z.vn>."),
        ("Xã\u200b Nà\u00ad Lềnh", "Xã Nà Lềnh"),
        ("![Lúa](a.png)\nLúa “chín”. Ảnh: Páo", '![Lúa](a.png "Lúa “chín”. Ảnh: Páo")'),
        ("![Lúa](a.png)\n\n*Lúa chín*\n\nĐoạn.", '![Lúa](a.png "Lúa chín")\n\nĐoạn.'),
        ("##Phần một", "## Phần một"),
        ("Xã | Hộ\nNà Lềnh | 5", "Xã | Hộ\n---|---\nNà Lềnh | 5"),
        ("HTTPS://A.VN/X", "<HTTPS://A.VN/X>"),
    ],
)
def test_what_can_be_meant_one_way_only_is_mended(body: str, after: str) -> None:
    assert mended(body) == after
    assert mended(after) == after


@pytest.mark.parametrize(
    "word",
    [
        "nghành",
        "thuât",
        "nghiã",
        "cuả",
        "nhữg",
        "quôc",
        "cữa_",
        "kiêp",
        "ngiêng",
        "ghà",
        "kẩn",
        "gê",
        "trươg",
        "qúy",
        "gía",
    ],
)
def test_a_syllable_has_an_onset_a_rhyme_and_a_tone_that_go_together(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("keys", "word"),
    [("trwowngf", "trường"), ("ddepj", "đẹp"), ("nghieepj", "nghiệp"), ("hoaf", "hòa"), ("test", ""), ("ban", "")],
)
def test_keys_of_telex_are_read(keys: str, word: str) -> None:
    assert from_telex(keys) == word


def test_a_number_of_a_citizen_is_not_repeated() -> None:
    problems = proofread(HEADER + "Ông Páo, CCCD 011088012345, sinh năm 1988.")
    assert [problem.code for problem in problems] == ["identity-number"]
    assert "011088" not in problems[0].message


def test_a_file_keeps_its_mark_its_line_ends_and_its_rights(tmp_path: Path) -> None:
    file = tmp_path / "bai.md"
    file.write_bytes(b"\xef\xbb\xbf" + (HEADER + "• Họp\n\nX\tY\n1\t2").replace("\n", "\r\n").encode())
    file.chmod(0o640)
    assert [problem.code for problem in mend_file(file, ["vi"])] == ["bullet", "tab-table"]
    expected = (HEADER + "- Họp\n\n| X | Y |\n|---|---|\n| 1 | 2 |").replace("\n", "\r\n")
    assert file.read_bytes() == b"\xef\xbb\xbf" + expected.encode()
    assert file.stat().st_mode & 0o777 == 0o640
    assert mend_file(file, ["vi"]) == []


@settings(max_examples=30)
@given(st.lists(st.sampled_from(list(mistakes.MISTAKES)), max_size=4), st.randoms(use_true_random=False))
def test_mending_twice_is_mending_once_and_the_page_says_the_same(kinds: list[str], rng: random.Random) -> None:
    body = rng.choice(["\n", "\n\n"]).join(mistakes.block(kind, rng) for kind in kinds)
    once = mended(body)
    assert mended(once) == once
    assert letters_of_page(once) == letters_of_page(body)


def letters_of_page(body: str) -> str:
    """Return the letters of the page of a body, without what a link leads to; numbers of lists are no text."""
    page = html.convert(body, "/tmp/bai.md", "/tmp", "vi").html
    text = re.sub(r"\((?:https?:|\.\./)[^()\s]*\)", "", BeautifulSoup(page, "html.parser").text)
    return "".join(filter(str.isalpha, text))
