"""What editors type as they are used to, from Word, phones and other editors, is on the page as they meant it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.markdown_reader import html
from plugins.problems import Problem


def page(text: str) -> str:
    """Return the HTML of a text without line breaks, which must cause no problem."""
    body = html.convert(text, "/content/articles/bai.md", "/content", "vi")
    assert not body.problems, body.problems
    return re.sub(r"\s*\n\s*", "", body.html)


def problems(text: str) -> list[Problem]:
    return html.convert(text, "/content/articles/bai.md", "/content", "vi", first_line=1).problems


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Mẫu đơn: <Họ và tên>, sinh <ngày/tháng/năm>", "Mẫu đơn: &lt;Họ và tên&gt;, sinh &lt;ngày/tháng/năm&gt;"),
        ("Chọn <Tiếp tục> rồi <OK>.", "Chọn &lt;Tiếp tục&gt; rồi &lt;OK&gt;."),
        ("Nếu A<b và c>d thì thôi.", "Nếu A&lt;b và c&gt;d thì thôi."),
        ("Bấm <b> để in, <i class> để thoát.", "Bấm &lt;b&gt; để in, &lt;i class&gt; để thoát."),
        ("<p>Ghi <số hộ chiếu> và <Ngày cấp></p>", "Ghi &lt;số hộ chiếu&gt; và &lt;Ngày cấp&gt;"),
        ("Kính gửi </Ông>, <!Chú ý> và <?gì thế?>", "Kính gửi &lt;/Ông&gt;, &lt;!Chú ý&gt; và &lt;?gì thế?&gt;"),
        ("<div>Nhập <Mã số thuế, rồi thôi</div>", "Nhập &lt;Mã số thuế, rồi thôi"),
        ("Mở <localhost:5001/xem> hoặc <ten:gia-tri>.", "Mở &lt;localhost:5001/xem&gt; hoặc &lt;ten:gia-tri&gt;."),
        ("Giờ <gio:phut>: <st1:place>Hà Nội</st1:place>", "Giờ &lt;gio:phut&gt;: Hà Nội"),
        ("Thẻ <table> để kẻ bảng, <h2> để đặt mục.", "Thẻ &lt;table&gt; để kẻ bảng, &lt;h2&gt; để đặt mục."),
        ("- Thẻ <div> là khối.", "Thẻ &lt;div&gt; là khối."),
        ("Dòng <tr> có ô <td>; chọn <option>.", "Dòng &lt;tr&gt; có ô &lt;td&gt;; chọn &lt;option&gt;."),
        ("<Section> và <Main> **đậm**", "<p>&lt;Section&gt; và &lt;Main&gt; <strong>đậm</strong></p>"),
        ("<Video> hướng dẫn\n\n- một", "<p>&lt;Video&gt; hướng dẫn</p><ul><li>một</li></ul>"),
        ("- <Details> mở", "<li>&lt;Details&gt; mở</li>"),
        ("Chọn <Source>, <Input>, <Link> và <li>", "&lt;Source&gt;, &lt;Input&gt;, &lt;Link&gt; và &lt;li&gt;"),
        ("Cỡ <Big> <Center>", "&lt;Big&gt; &lt;Center&gt;"),
        ("<tbody> là thân bảng", "&lt;tbody&gt; là thân bảng"),
        (r"Gõ \<br> và \<Tên>, thư ten\+ho@x.vn", "Gõ &lt;br&gt; và &lt;Tên&gt;, thư ten+ho@x.vn"),
    ],
)
def test_words_in_angle_brackets_stay(typed: str, shown: str) -> None:
    assert shown in page(typed)


def test_html_in_a_text_still_works() -> None:
    assert "<b>đậm</b>, H<sub>2</sub>O<br>" in page(
        "<b>đậm</b>, H<sub>2</sub>O<br> và <o:p></o:p><abbr title='a > b'>x</abbr>"
    )
    assert 'colspan="2"' in page("<table><tr><td colspan=2 nowrap>x</td></tr></table>")
    assert "<td>a</td><td>b</td>" in page("<TABLE><TR><TD>a<TD>b</TABLE>")


def test_words_in_the_head_of_a_table_stay() -> None:
    assert "&lt;Tên&gt;</th>" in page("| <Tên> | b |\n|---|---|\n| <Cột> | 2 |")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("- a\n\n    - b\n- c", "<ul><li><p>a</p><ul><li>b</li></ul></li><li>c</li></ul>"),
        (
            "- a\n    1. b\n        - c\n        2. d\n- e",
            '<ol start="2"><li>d</li></ol></li></ol></li><li>e</li></ul>',
        ),
    ],
)
def test_an_item_further_out_ends_the_lists_within(typed: str, shown: str) -> None:
    assert page(typed).replace("<p>e</p>", "e").replace("<p>c</p>", "c").endswith(shown)


@pytest.mark.parametrize("blanks", ["  ", "   ", "    ", "\t"])
@pytest.mark.parametrize("mark", ["-", "*", "•", "1.", "1)"])
def test_lists_are_nested_by_two_to_four_spaces_or_a_tab(blanks: str, mark: str) -> None:
    text = f"{mark} một\n{blanks}{mark} hai\n{blanks * 2}{mark} ba\n{mark} bốn"
    tag = "ol" if mark[0] == "1" else "ul"
    assert page(text) == (
        f"<{tag}><li>một<{tag}><li>hai<{tag}><li>ba</li></{tag}></li></{tag}></li><li>bốn</li></{tag}>"
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("1. Một\n   - a\n   - b\n2. Hai", "<ol><li>Một<ul><li>a</li><li>b</li></ul></li><li>Hai</li></ol>"),
        ("- một\n\n  đoạn của một\n- hai", "<ul><li><p>một</p><p>đoạn của một</p></li><li><p>hai</p></li></ul>"),
        ("- một\n1. hai", "<ul><li>một</li></ul><ol><li>hai</li></ol>"),
        ("– một\n– hai", "<ul><li>một</li><li>hai</li></ul>"),
        ("\uf0b7\tmột\n\uf0b7\thai", "<ul><li>một</li><li>hai</li></ul>"),
        ("-\u00a0một\n-\u00a0hai", "<ul><li>một</li><li>hai</li></ul>"),
        ("– Chào bác.", "<p>– Chào bác.</p>"),
        ("— Chào bác.\n— Chào cháu.", "<p>— Chào bác.<br>— Chào cháu.</p>"),
        ("a) hồ sơ\nb) lệ phí\nđ) thời hạn", "<p>a) hồ sơ<br>b) lệ phí<br>đ) thời hạn</p>"),
        ("1.1. Mở đầu\n1.2. Kết luận", "<p>1.1. Mở đầu<br>1.2. Kết luận</p>"),
        ("I. Mở đầu\nII. Kết luận", "<p>I. Mở đầu<br>II. Kết luận</p>"),
        ("Họp lúc\n20. Sau đó nghỉ", "<p>Họp lúc20. Sau đó nghỉ</p>"),
        ("- - -\n\nhết", "<hr><p>hết</p>"),
        ("Bước 1) làm\n2) xong", "<p>Bước 1) làm2) xong</p>"),
        ("– một\n– hai\n  + con\n– ba", "<ul><li>một</li><li>hai<ul><li>con</li></ul></li><li>ba</li></ul>"),
        ("Gồm:\na) đơn\nb) ảnh", "<p>Gồm:<br>a) đơn<br>b) ảnh</p>"),
        ("1) Khoản\n   a) điểm\n   b) điểm\n2) Hết", "<ol><li>Khoản<br>a) điểm<br>b) điểm</li><li>Hết</li></ol>"),
        ("1/ Mở\n2/ Kết", "<p>1/ Mở<br>2/ Kết</p>"),
        ("1.Mở\n2.Kết", "<p>1.Mở<br>2.Kết</p>"),
        ("-Mở\n-Kết", "<p>-Mở<br>-Kết</p>"),
        ("✓ Mở\n► Kết", "<p>✓ Mở<br>► Kết</p>"),
        ("📍Nà Lẹng\n☎️ 0205\n1️⃣ Một\n② Hai", "<p>📍Nà Lẹng<br>☎️ 0205<br>1️⃣ Một<br>② Hai</p>"),
        ("Gồm:\n(1) đơn\n(2) ảnh", "<p>Gồm:<br>(1) đơn<br>(2) ảnh</p>"),
        ("Điều 1. Mở\nĐiều 2. Kết", "<p>Điều 1. Mở<br>Điều 2. Kết</p>"),
        ("Năm 2025: tăng\nNăm 2026: giảm", "<p>Năm 2025: tăng<br>Năm 2026: giảm</p>"),
        ("1 - Mở\n2 - Kết", "<p>1 - Mở<br>2 - Kết</p>"),
        ("1- Mở\n2- Kết", "<p>1- Mở<br>2- Kết</p>"),
        ("1.) Mở\n2.) Kết", "<p>1.) Mở<br>2.) Kết</p>"),
        ("(theo báo) Mở\n(theo đài) Kết", "<p>(theo báo) Mở(theo đài) Kết</p>"),
        ("Ngày 5: họp\nNgày 9: nghỉ", "<p>Ngày 5: họpNgày 9: nghỉ</p>"),
        ("1. A\n2. B\n4. D", '<ol><li>A</li><li>B</li><li value="4">D</li></ol>'),
        ("- A\n  1. x\n  3. y", '<ul><li>A<ol><li>x</li><li value="3">y</li></ol></li></ul>'),
        ("3) C\n\n2) B", '<ol start="3"><li><p>C</p></li><li value="2"><p>B</p></li></ol>'),
        ('<ol type="a" start="3"><li type="x">C</li></ol>', '<ol type="a" start="3"><li>C</li></ol>'),
        ("1. A\n1. B\n1. C", "<ol><li>A</li><li>B</li><li>C</li></ol>"),
        (
            "> Gồm:\n> - một\n>   - hai",
            "<blockquote><p>Gồm:</p><ul><li>một<ul><li>hai</li></ul></li></ul></blockquote>",
        ),
        ("Rét -5 độ\n-7 độ ở đèo", "<p>Rét -5 độ-7 độ ở đèo</p>"),
        ("Mã:\n\n    • một\n    – hai\n    – ba", '<p>Mã:</p><pre tabindex="0"><code>• một– hai– ba</code></pre>'),
        ("- một\n\n    • hai", "<ul><li><p>một</p><ul><li>hai</li></ul></li></ul>"),
    ],
)
def test_lists_and_counted_lines_are_as_they_are_typed(typed: str, shown: str) -> None:
    assert page(typed) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("#VanSon2027 là thẻ.", "<p>#VanSon2027 là thẻ.</p>"),
        ("#1 trong cả nước.\n#2 của vùng.", "<p>#1 trong cả nước.#2 của vùng.</p>"),
        ("## Có dấu cách #", '<h2 id="muc-co-dau-cach">Có dấu cách</h2>'),
        ("## Ngôn ngữ C#\n  ### Mục  ###  ", '<h2 id="muc-ngon-ngu-c">Ngôn ngữ C#</h2><h3 id="muc-muc">Mục</h3>'),
        ("- Họp\n---\nHết.", "<ul><li>Họp</li></ul><hr><p>Hết.</p>"),
        ("> Trích\n---", "<blockquote><p>Trích</p></blockquote><hr>"),
        ("- một\n-\n- hai", "<ul><li>một</li><li></li><li>hai</li></ul>"),
        (r"Giá 5\~7 nghìn\; mã A\|B", "<p>Giá 5~7 nghìn; mã A|B</p>"),
        ("Thu ~~50.000~~ 30.000 đồng", "<p>Thu <del>50.000</del> 30.000 đồng</p>"),
        ("Họ tên\n{ghi rõ}", "<p>Họ tên{ghi rõ}</p>"),
        ("## Mục {lục}", '<h2 id="muc-muc-luc">Mục {lục}</h2>'),
        ("**đậm**{a b}", "<p><strong>đậm</strong>{a b}</p>"),
        ("## Mục {: #m}", '<h2 id="muc-m">Mục</h2>'),
        ("Cỡ 3*4*5 m, **2*3**", "<p>Cỡ 3*4*5 m, <strong>2*3</strong></p>"),
        ("Gọi *100*mã thẻ# hoặc *101#, *103*<mã>#", "<p>Gọi *100*mã thẻ# hoặc *101#, *103*&lt;mã&gt;#</p>"),
        ("Năm *2026* là", "<p>Năm <em>2026</em> là</p>"),
        ("Dòng một\\\nDòng hai", "<p>Dòng một<br>Dòng hai</p>"),
        ("[a](https://a.vn/mot-\nhai) b", '<p><a href="https://a.vn/mot-hai">a</a> b</p>'),
        ('[a](https://a.vn/mot\n"Tên") b', '<p><a href="https://a.vn/mot" title="Tên">a</a> b</p>'),
        ("[a](https://a.vn “Tên”)", '<p><a href="https://a.vn" title="Tên">a</a></p>'),
        ("[a]\n\n[a]: https://a.vn “Tên”", '<p><a href="https://a.vn" title="Tên">a</a></p>'),
        ("<a href=“https://a.vn” title=”Tên”>“a”</a>", '<p><a href="https://a.vn" title="Tên">“a”</a></p>'),
        ("`[a](b “c”)`, [a] “b”", "<p><code>[a](b “c”)</code>, [a] “b”</p>"),
        ("```\n[a](b “c”) <a href=“d”>\n```", '<pre tabindex="0"><code>[a](b “c”) &lt;a href=“d”&gt;</code></pre>'),
        ("<p>một\n\n**hai**", "<p>một</p><p><strong>hai</strong></p>"),
        ('<h3 class="a">Một\n\n<p class="b">hai\n\nba', "<h2>Một</h2><p>hai</p><p>ba</p>"),
        ("[a]:\nhttps://a.vn\n\nXem [a].", '<p>Xem <a href="https://a.vn">a</a>.</p>'),
        (
            "<details><summary>Mở</summary>\n**đậm**\n</details>",
            "<details><summary>Mở</summary><p><strong>đậm</strong></p></details>",
        ),
        (
            "<details>\n<summary>Mở</summary>\n- một\n- hai\n</details>",
            "<details><summary>Mở</summary><ul><li>một</li><li>hai</li></ul></details>",
        ),
        ("một\n\u00a0\nhai", "<p>một</p><p>hai</p>"),
        ("một\u00a0\n\n---\u00a0\n\nha\u034fi\u3164", "<p>một</p><hr><p>hai</p>"),
        ("\u00a0\u00a0\u00a0\u00a0Thụt đầu dòng", "<p>Thụt đầu dòng</p>"),
        ("\ufeff## Mục\n\n\u200b- một", '<h2 id="muc-muc">Mục</h2><ul><li>một</li></ul>'),
        (
            "<details><summary>Mở</summary>\n\n**đậm**\n\n</details>",
            "<details><summary>Mở</summary><p><strong>đậm</strong></p></details>",
        ),
        ("<div>\n\n- một\n\n</div>", "<div><ul><li>một</li></ul></div>"),
        ("[tới](#hồ-sơ)\n\n## Hồ sơ", '<p><a href="#muc-ho-so">tới</a></p><h2 id="muc-ho-so">Hồ sơ</h2>'),
        ("[tới](#ho-so)\n\n## Hồ sơ {#ho-so}", '<p><a href="#muc-ho-so">tới</a></p><h2 id="muc-ho-so">Hồ sơ</h2>'),
    ],
)
def test_marks_of_other_editors_work(typed: str, shown: str) -> None:
    assert page(typed) == shown


def test_a_line_of_dashes_that_is_too_short_makes_a_table() -> None:
    assert page("Bảng: Dân\n| a | b | c |\n|---|---|\n| 1 | 2 | 3 |").count("<th ") == 3


def test_an_anchor_as_word_writes_it_is_a_place() -> None:
    assert page("<a name='_ftn1'></a>Chú. <a href='#_ftn1'>[1]</a>").count("muc-_ftn1") == 2


def test_a_line_without_a_bar_ends_a_table() -> None:
    text = "| a | b |\n|---|---|\n| 1 | 2 |\nNguồn: **Sở**."
    assert page(text).endswith("</table></section><p>Nguồn: <strong>Sở</strong>.</p>")


def test_a_row_with_more_cells_than_the_head_keeps_them_and_is_reported() -> None:
    text = "Đầu.\n\n| Cột | Mã |\n|---|---|\n| a | b | 999 |\n| c | d | |\n"
    body = html.convert(text, "/content/a.md", "/content", "vi")
    assert "<td>999</td>" in body.html and body.html.count("<th ") == 3
    assert [(problem.line, problem.level) for problem in body.problems] == [(5, "warning")]


@pytest.mark.parametrize(
    ("typed", "line", "words"),
    [
        ("Xem [mục](#ai-duoc).\n\n## Hồ sơ", 1, "#muc-ho-so"),
        ("Chữ.\n\n<a href='#_ftn1'>[1]</a>", 3, "#_ftn1"),
        ("Có.[^1]\n\n[^1]: Một.\n[^2]: Hai.", 4, "[^2]"),
        ("Chữ.\n\nXem [^kia].", 3, "[^kia]"),
        ("**Lưu ý: **hãy", 1, "**"),
        ("Mở [Cổng] (https://a.example/)", 1, "] ("),
        ("Chữ.\n\n```\nmã không đóng\n\nChữ.", 3, "```"),
        ("Gọi [đây](zalo://abc).", 1, "zalo:"),
        ("Một.\x0bHai.\n\n<script>x()</script>", 3, "script"),
        ("Chữ.\n\n*[KTXH]: kinh tế xã hội", 3, "[KTXH]"),
        ("Chữ.\n\n[Nguồn]: Internet", 3, "[Nguồn]"),
        ("Chữ [này].\n\n[này]: https://a.vn\n[Ghi chú]: https://b.vn", 4, "[Ghi chú]"),
        ("Có[^1].\n\n[^1]: Một.\n\n[^1]: Hai.", 3, "[^1]"),
        ("Chữ *\u00a0nghiêng\u00a0* chữ", 1, "*"),
        ("Chữ *nghiêng\u00a0*", 1, "*"),
        ("***đậm nghiêng ***chữ", 1, "***"),
        ("Chữ *** cả hai *** chữ", 1, "***"),
        ("Chữ.\n\n<table><tr><td>a</td><td>**b**</td></tr></table>", 3, "**"),
        ("<ul><li>a</li><li>**b**</li></ul>", 1, "**"),
        ("Chữ.\n\n![[deo.png]]", 3, "![ảnh cho thấy gì]"),
        ("Xem [[lien-he|trang Liên hệ]].", 1, "[chữ](bai.md)"),
        (":::warning\nĐường trơn.\n:::", 1, ":::"),
        ("> [!NOTE]\n> Đường trơn.", 1, "[!NOTE]"),
        ('Chữ.\n\n!!! note "Lưu ý"\n    Mang ô.', 3, "!!!"),
        ("Giá tăng^[so với quý trước].", 1, "^["),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n{: .table .bang}", 4, "{:"),
        ("{{< youtube abc >}}", 1, "{{<"),
        ("Chữ\n\n{% include a.html %}", 3, "{%"),
        ('[caption id="a" width="3"]Chợ[/caption]', 1, "[caption"),
        ("!(../images/deo.png)[Đèo]", 1, "[chữ](địa chỉ)"),
        ("Bấm [](https://a.vn).", 1, "chưa có chữ"),
        ("<template>Ẩn</template> hiện", 1, "template"),
        ("<textarea>Đơn</textarea>", 1, "textarea"),
        ("**Đúng** rồi.\n\n2 ** 3\n\nHãy **làm **ngay", 5, "**"),
        ("Chữ *nghiêng * và __đậm __", 1, "*"),
        ("Một ==tô== hai", 1, "=="),
        ("Chữ ** đậm ** hai", 1, "**"),
        ("|---|---|\n| 1 | 2 |", 1, "không thành bảng"),
        ('Chữ.\n\n<ul class="a">- một\n- hai', 3, "</ul>"),
        ("<div><b>Mở</b>\n**đậm**\n</div>", 2, "dòng trống sau thẻ HTML"),
        ('Xem\n[Cổng](https://a.vn "Tên).', 2, "https://a.vn"),
        ("Chữ\n\n<!-- quên đóng\n\n<!-- nhớ đóng -->", 3, "quên đóng"),
        ("~~~gạch bỏ~~~", 1, "hai dấu"),
        ("Chữ.\n\n[mở]() nhé", 3, "chưa có địa chỉ"),
        ("Chữ.\n\n<a href=''>mở</a>", 3, "chưa có địa chỉ"),
        ("Xem [Cổng][so].", 1, "[so]:"),
        ("Xem [mục] (#ho-so).\n\n## Hồ sơ", 1, "] ("),
        ("## A {#x}\n\n## B {#x}", 3, "#x"),
        ("Chữ [a][1].\n\n[1]: https://a.vn\n[1]: https://b.vn", 4, "[1]"),
        ("| a | b |\n|---|---|\n| 1 | hai\nba |\n| 3 | 4 |", 4, "<br>"),
        ("<div>\n\na\n\n</div>\n\n<div>\n\nb", 7, "</div>"),
        ("Chữ.\n\n<details><summary>Mở</summary>\n\nHết", 3, "</details>"),
        ("Giá cũ ~~~~5 nghìn~~~~ đồng", 1, "hai dấu"),
        ("Chữ.\n\n~~~\nmã không đóng", 3, "một dòng ~~~"),
        ("Gõ `](#sai)`.\n\n[mục](#sai)", 3, "#sai"),
        ("Xem [mục](#h%E1%BB%93-kh%C3%A1c).\n\n## Hồ sơ", 1, "#hồ-khác"),
    ],
)
def test_what_does_not_come_out_as_typed_is_reported_with_its_line(typed: str, line: int, words: str) -> None:
    found = problems(typed)
    assert [problem.line for problem in found] == [line], found
    assert words in found[0].message and found[0].level == "warning"


def test_each_line_that_a_forgotten_comment_hides_is_reported() -> None:
    hidden = "<!-- quên\n\n<em class=x title=giấu>\n\n[x](a.md)\n\nChữ\n\n<!-- nhớ -->\n\nHết"
    assert [problem.line for problem in problems(hidden)] == [1, 3, 5, 7]


@pytest.mark.parametrize(
    "typed",
    [
        "[a](#sai)\n\nb\n\n[c](#sai)",
        "[a](khong-co.md)\n\nb\n\n[c](khong-co.md)",
        "**a **b\n\nb\n\n**c **d",
        "<font>a</font>\n\nb\n\n<p style='color: red'>c</p>",
        "| a |\n|---|\n| b | c |\n| d |\n| b | c |\n",
        "![a](x.jpg)\n\nb\n\n![a](x.jpg)",
    ],
)
def test_each_place_is_reported_with_its_own_line(typed: str) -> None:
    lines = [problem.line for problem in problems(typed)]
    assert lines == ([3, 5] if typed.startswith("|") else [1, 5])


@pytest.mark.parametrize(
    "typed",
    [
        "Lên [đầu trang](#top).",
        "[x](#)",
        "`**` và `[^1]`",
        "2 ** 3",
        "Giá < 3 và > 2",
        r"Gõ \*\*x\*\* và \[a](b)",
        "2 * 3 * 4",
        "Tên: ____",
        "Điều [1] và [a], (xem)[b], ::: hết",
        "Chú ý!!! nhé. [!] và {a: b}, ^^ {% 5",
        "Hàng 5* và 4* (*) ghi chú",
        "Xem [trang].\n\n[TRANG]: https://a.vn",
        "UBND xã.\n\n*[UBND]: Ủy ban nhân dân",
        "Mã `[[x]]`, `:::note` và\n\n```\n!!! note\n```",
    ],
)
def test_what_is_right_is_not_reported(typed: str) -> None:
    assert not problems(typed) or typed == "2 ** 3"


@pytest.mark.parametrize("disk", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
def test_files_are_found_whether_their_names_are_composed_or_not(tmp_path: Path, disk: str, typed: str) -> None:
    import unicodedata

    folder = tmp_path / unicodedata.normalize(disk, "documents/quyết định")
    folder.mkdir(parents=True)
    (folder / unicodedata.normalize(disk, "văn bản.pdf")).write_bytes(b"")
    link = unicodedata.normalize(typed, "[tải](documents/quyết%20định/văn%20bản.pdf)")
    body = html.convert(link, str(tmp_path / "a.md"), str(tmp_path), "vi")
    assert not body.problems and len(body.linked_files) == 1
    assert (tmp_path / body.linked_files[0]).exists()
