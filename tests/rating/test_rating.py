"""The rating form below an article: its content, and where it appears."""

from __future__ import annotations

import json
from pathlib import Path

from bs4 import BeautifulSoup

from plugins import rating
from plugins.languages import language
from tests import editors, portals


def page(output: Path, address: str) -> BeautifulSoup:
    return BeautifulSoup((output / address / "index.html").read_text(encoding="utf-8"), "html.parser")


def test_every_published_article_has_the_form_and_nothing_else_has(tmp_path: Path) -> None:
    content = tmp_path / "content"
    editors.write_article(content, "mot.md", title="Một")
    editors.write_article(content, "hai.en.md", title="Two", category="Society")
    editors.write_article(content, "nhap.md", title="Nháp", status="draft")
    assert portals.build(tmp_path / "output", content, settings="SHOW_DRAFTS = True").returncode == 0
    output = tmp_path / "output"
    form = page(output, "bai-viet/mot").select_one("form[method=post]")
    assert form["action"] == "/danh-gia?bai=bai-viet/mot/"
    assert form.legend.get_text() == "Đánh giá bài viết"
    grades = [(label.input["name"], label.input["value"], label.get_text()) for label in form.select("label")]
    assert grades == [
        ("diem", str(n), words) for n, words in enumerate(("Rất kém", "Kém", "Bình thường", "Tốt", "Rất tốt"), 1)
    ]
    english = page(output, "en/bai-viet/hai").select_one("form[method=post]")
    assert english["action"] == "/danh-gia?bai=en/bai-viet/hai/" and english.legend.get_text() == "Rate this article"
    pages = editors.read_pages(output)
    assert {path for path, text in pages.items() if text.select("form[method=post]")} == {
        "bai-viet/mot/index.html",
        "en/bai-viet/hai/index.html",
    }


def test_the_script_speaks_the_languages_of_the_portal(site: Path) -> None:
    for lang, none in (("vi", "Chưa có đánh giá"), ("en", "No ratings yet")):
        (script,) = site.glob(f"theme/rate-{lang}.*.js")
        words = json.loads(script.read_text(encoding="utf-8").partition("const WORDS = ")[2].partition(";\n")[0])
        assert words == rating.words(language(lang)) and words["none"] == none


def test_the_thank_you_page_is_there_in_each_language_and_not_for_search_engines(site: Path) -> None:
    for address, words in (("danh-gia/cam-on", "Cảm ơn bạn"), ("en/danh-gia/cam-on", "Thank you")):
        thanks = page(site, address)
        assert thanks.h1.get_text() == words
        assert thanks.select_one("meta[name=robots]")["content"].startswith("noindex")
