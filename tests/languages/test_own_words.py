"""An owner replaces words of the interface in portal.toml, in any language, and is told what cannot be replaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins import i18n
from plugins.languages import own_words
from tests import editors, portals
from tests.incremental import builds

WORDS = """
[words.vi]
"Tìm kiếm" = "Tra cứu & hỏi"
"%(count)d phút" = "khoảng %(count)d phút"
[words.en]
Search = "Look up"
[words.tyz]
"Trang chủ" = "Rườn cốc"
"""
TYZ = '\n[agency.tyz]\nlanguage = "Tày"\nportal = "P"\nname = "N"\ndescription = "D"\nowner = "O"\n' + "".join(
    f'{key} = ""\n' for key in ("licence", "responsible", "address", "phone", "reuse")
)


def test_words_of_ones_own_are_on_every_page_in_their_language(tmp_path: Path) -> None:
    content = tmp_path / "content"
    portals.write_article(content, "a.md")
    portals.give_settings(content)
    settings = (content / "portal.toml").read_text("utf-8").replace('["vi", "en"]', '["vi", "en", "tyz"]')
    editors.write_file(content, "portal.toml", settings + TYZ + WORDS)
    built = builds.build(tmp_path / "output", content, tmp_path / "cache", SEARCH_INDEX=True)
    assert built.complaints == ""
    home, english, tay, article, search = (
        editors.read_page(tmp_path / f"output/{name}index.html")
        for name in ("", "en/", "tyz/", "bai-viet/a/", "tim-kiem/")
    )
    assert search.h1.get_text() == "Tra cứu & hỏi" and "khoảng 1 phút" in article.main.get_text()
    assert "Tra cứu & hỏi" in home.header.get_text() and "Look up" in english.header.get_text()
    own, inherited = tay.select_one(".sections a"), tay.select_one(".mast form, .search")
    assert (own.get_text(), own.get("lang")) == ("Rườn cốc", None)
    assert "Tra cứu & hỏi" in inherited.get_text() and inherited.select_one("[lang=vi]")
    editors.write_file(content, "portal.toml", settings + TYZ + WORDS.replace("Tìm kiếm", "Tìm kiến"))
    built = builds.build(tmp_path / "output", content, tmp_path / "cache", SEARCH_INDEX=True)
    assert built.status == 1 and 'Tìm kiến: the site never says this; did you mean "Tìm kiếm"?' in built.complaints


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"%(count)d phút": "ít phút"}, "%(count)d"),
        ({"%(count)d phút": "%(cout)d phút"}, "%(count)d"),
        ({"%(count)d phút": "%(count)d phút, 100 %"}, "%(count)d"),
        ({"Tìm kiếm": "Tìm {0}"}, "không có chỗ nào"),
        ({"Tìm kiêm": "Tra"}, 'có phải bạn muốn ghi "Tìm kiếm"?'),
        ({"5 phút": "Tra"}, 'có phải bạn muốn ghi "%(count)d phút"?'),
        ({"Mua bán nhà đất giá rẻ tại đây": "Tra"}, "hãy chép nguyên cả cụm chữ"),
    ],
)
def test_what_cannot_be_replaced_is_told_with_what_is_likely(words: dict[str, str], told: str) -> None:
    ((path, text),) = own_words.mistakes({"DEFAULT_LANG": "vi", "AGENCY": {"vi": {}}, "WORDS": {"vi": words}})
    assert path == ("words", "vi", *words) and told in text


def test_a_language_knows_the_words_that_it_takes_from_others() -> None:
    assert "Search" in i18n.words(["en", "vi"]) and "Tìm kiếm" not in i18n.words(["en", "vi"])
    assert "Tìm kiếm" in i18n.words(["tyz", "vi"])
