"""Words in square brackets: only what is certainly a shortcode goes, and each is told."""

from __future__ import annotations

import pytest

from plugins.convert import shortcodes


@pytest.mark.parametrize(
    "text",
    [
        "“Chúng tôi [tức ban quản lý] đã làm xong” [theo Báo Vân Sơn].",
        "Xem [sic] và [trích] và [1] và [Ảnh tư liệu] và [xem thêm trang 5].",
        "[tin vui] Chợ phiên mở lại; [a] và [b]; [so sánh a=b=c]",
        "[TTXVN] - [Video] Lễ hội xuống đồng",
        "[[]] [ ] [/] [ảnh=1]",
    ],
)
def test_words_in_brackets_stay(text: str) -> None:
    assert shortcodes.replace(text) == shortcodes.WithoutShortcodes(text)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ('[gallery ids="5,6"]', ""),
        ("[gallery]", ""),
        ('[wpdm_package id="12"]', ""),
        ("[contact-form-7 id='5' title=\"Liên hệ\"]", ""),
        ("[su_spacer /]", ""),
        ("[vc_row][vc_column width=&#8221;1/2&#8243;]Chữ trong khung[/vc_column][/vc_row]", "Chữ trong khung"),
        ("[su_box title=“Lưu ý”]Mang theo giấy tờ[/su_box]", "Mang theo giấy tờ"),
    ],
)
def test_shortcodes_go_and_are_told(code: str, text: str) -> None:
    found = shortcodes.replace(f"Trước {code} sau.")
    assert found.html == f"Trước {text} sau." and found.notes


def test_the_address_of_what_was_embedded_is_told() -> None:
    found = shortcodes.replace('[video mp4="https://cu.example/a.mp4"][/video]')
    assert not found.html and "https://cu.example/a.mp4" in found.notes[0]


def test_an_embedded_address_stays_as_text() -> None:
    assert shortcodes.replace("[embed]https://youtu.be/xyz[/embed]").html.strip() == "https://youtu.be/xyz"


def test_a_shortcode_that_is_meant_as_text_stays() -> None:
    assert shortcodes.replace("Gõ [[gallery]] để chèn ảnh.").html == "Gõ [gallery] để chèn ảnh."


@pytest.mark.parametrize(
    "code",
    [
        '[caption id="x"]<img src="a.jpg" /> Cảnh chợ[/caption]',
        '[caption caption="Cảnh chợ"]<a href="/b"><img src="a.jpg"></a>[/caption]',
        '[wp_caption width="3"]<img src="a.jpg">Cảnh chợ[/wp_caption]',
    ],
)
def test_captions_become_figures(code: str) -> None:
    html = shortcodes.replace(code).html
    assert html.startswith("<figure>") and "<figcaption>Cảnh chợ</figcaption>" in html.replace("> Cảnh", ">Cảnh")
