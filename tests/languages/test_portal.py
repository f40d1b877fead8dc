"""A portal with editions in languages that it knows nothing about: one block of settings for each is enough."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup, Tag

from plugins.languages.fallback_text import CLOSE, OPEN, SEPARATOR
from tests import portals
from tests.languages import editions
from tests.pdf import structure, verapdf

WORD = re.compile(r"[^\W\d_]{2,}")
SHOWN = ("alt", "aria-label", "content", "label", "placeholder", "title")
CODE = {"script", "style"}
TOKENS = {"robots", "viewport", "color-scheme", "twitter:card", "og:type"}  # metadata in words of a standard
ADDRESS = ("/", "[", "{", "https://")
VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.I)


@pytest.fixture(scope="module")
def four_languages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished portal, with PDFs and recordings."""
    folder = tmp_path_factory.mktemp("four")
    editions.write(folder / "content")
    portals.give_settings(folder / "content", boundary_map=True)
    settings = editions.settings(folder / "cache")
    result = portals.build(folder / "output", folder / "content", settings=settings, pdf=True, audio=True)
    assert (result.returncode, result.stderr) == (0, ""), result.stderr
    return folder / "output"


def pages(site: Path, lang: str) -> Iterator[tuple[str, BeautifulSoup]]:
    """Every page of an edition."""
    files = sorted((site / lang).rglob("*.html"))
    assert len(files) > 30
    for path in files:
        yield path.relative_to(site).as_posix(), BeautifulSoup(path.read_text("utf-8"), "html.parser")


def english() -> set[str]:
    """Return the words of all English messages that are not words of their Vietnamese translations."""
    source: set[str] = set()
    translated: set[str] = set()
    for path in [portals.ROOT / "theme/vi.po", *portals.ROOT.glob("plugins/*/vi.po")]:
        with path.open("rb") as stream:
            for message in read_po(stream, locale="vi"):
                for words, texts in ((source, message.id), (translated, message.string)):
                    for text in texts if isinstance(texts, tuple | list) else [texts]:
                        words |= set(WORD.findall(re.sub(r"%\(\w+\)s|\{\w+\}", "", text or "").casefold()))
    return source - translated


def page_texts(soup: BeautifulSoup) -> Iterator[tuple[str, Tag, bool]]:
    """Return every text of a page, its element, and whether it is text and not an attribute; without code."""
    for text in soup.find_all(string=True):
        if text.parent.name not in CODE and type(text).__name__ == "NavigableString":
            yield str(text), text.parent, True
    for element in soup.find_all(True):
        for name, value in element.attrs.items():
            if (
                name in ("data-action", "data-list")
                or element.get("name") in TOKENS
                or element.get("property") in TOKENS
            ):
                continue
            if name in SHOWN or name.startswith("data-"):
                yield str(value), element, False


@pytest.mark.parametrize("lang", editions.FALLBACK_LANGS)
def test_no_page_has_an_english_word(four_languages: Path, lang: str) -> None:
    foreign, occurrences = english(), {}
    assert {"search", "latest", "updated", "author"} <= foreign
    for path, soup in pages(four_languages, lang):
        for text, element, _ in page_texts(soup):
            if element.get("lang") == "en" or text.startswith(ADDRESS):
                continue
            words = re.sub(r"Natural Earth|\{\w+\}", "", text)  # a name; what a script fills in
            for word in foreign & set(WORD.findall(words.casefold())):
                occurrences.setdefault(word, f"{path}: {text.strip()[:60]}")
    assert occurrences == {}


@pytest.mark.parametrize("lang", editions.FALLBACK_LANGS)
def test_every_vietnamese_word_is_marked_as_vietnamese(four_languages: Path, lang: str) -> None:
    unmarked = []
    for path, soup in pages(four_languages, lang):
        assert soup.html["lang"] == lang
        # names of places belong to every language
        names = {a.get_text() for a in soup.select("[href*='/ban-do/'], .names text")}
        for text, element, is_text in page_texts(soup):
            around = element if element.get("lang") else element.find_parent(attrs={"lang": True})
            plain = not is_text or element.find_parent("svg") or element.name in ("title", "option", "textarea")
            named = any(name in text for name in names)
            if VIETNAMESE.search(text) and not plain and not named and around["lang"] != "vi":
                unmarked.append(f"{path}: {text.strip()[:60]}")
            assert not {OPEN, SEPARATOR, CLOSE} & set(text)
        for own in soup.find_all(attrs={"lang": "vi"}):
            assert own.has_attr("hreflang") or "Zwq" not in own.get_text(), f"{path}: {own}"
    assert unmarked == []


def test_dates_and_months_are_those_of_the_first_language(four_languages: Path) -> None:
    article = BeautifulSoup((four_languages / "tyz/bai-viet/bai-3/index.html").read_text("utf-8"), "html.parser")
    assert str(article.find("time")) == '<time datetime="2026-03-04" lang="vi">04/3/2026</time>'
    archive = BeautifulSoup((four_languages / "tyz/luu-tru/index.html").read_text("utf-8"), "html.parser")
    assert archive.select_one(".year li a[lang=vi]").get_text() == "Tháng 1/2026 1 bài"
    english = BeautifulSoup((four_languages / "en/bai-viet/bai-3/index.html").read_text("utf-8"), "html.parser")
    assert english.find("time").get_text() == "4 March 2026"
    assert not english.find_all("span", attrs={"lang": True})


def test_categories_and_the_map_are_in_the_first_language(four_languages: Path) -> None:
    home = BeautifulSoup((four_languages / "hmv/index.html").read_text("utf-8"), "html.parser")
    assert home.select_one(".sections a[lang=vi][href='/hmv/chuyen-muc/nong-nghiep/']").get_text() == "Nông nghiệp"
    assert home.find("meta", attrs={"property": "og:locale"})["content"] == "hmv_VN"
    chart = BeautifulSoup((four_languages / "hmv/ban-do/index.html").read_text("utf-8"), "html.parser")
    assert "18 xã" in chart.select_one(".title p").get_text()
    assert chart.select_one(".atlas .meta")["lang"] == "vi"


def test_scripts_and_data_get_plain_text(four_languages: Path) -> None:
    scripts = list((four_languages / "theme").glob("*-tyz.*.js"))
    assert len(scripts) == 4
    for script in scripts:
        text = script.read_text("utf-8")
        assert VIETNAMESE.search(text) and OPEN not in text and '"vi"' in text  # numbers are written as in Vietnamese
    category = json.loads((four_languages / "tyz/api/v1/categories.json").read_text("utf-8"))["categories"][0]
    assert category["name"] == "Xã hội"
    assert "<title>Tin mới" in (four_languages / "tyz/tin-moi/feed.atom").read_text("utf-8")
    for path in four_languages.rglob("*"):
        if path.suffix in (".json", ".xml", ".rss", ".atom", ".js", ".txt", ".html"):
            assert OPEN not in path.read_text("utf-8"), path


def test_a_language_without_a_voice_has_no_recordings(four_languages: Path) -> None:
    assert (
        len(list((four_languages / "bai-viet").rglob("*.mp3"))) == 3
        and len(list((four_languages / "en/bai-viet").rglob("*.mp3"))) == 3
    )
    assert not list((four_languages / "tyz").rglob("*.mp3"))
    article = BeautifulSoup((four_languages / "tyz/bai-viet/bai-1/index.html").read_text("utf-8"), "html.parser")
    assert article.select_one("span[hidden] > button[data-action=listen]")  # for a browser that has a voice


def test_pdfs_mark_fallback_texts_and_are_valid(four_languages: Path) -> None:
    files = sorted([*four_languages.glob("tyz/bai-viet/*/*.pdf"), *four_languages.glob("hmv/bai-viet/*/*.pdf")])
    assert len(files) == 6
    lines = structure.tree(four_languages / "tyz/bai-viet/bai-1/bai-1.pdf")
    assert any(line.strip().endswith("Lang=vi") for line in lines)
    assert verapdf.failures(files[:2]) == {}


def test_two_editions_share_the_picture_that_is_drawn_of_their_name(four_languages: Path) -> None:
    homes = [(four_languages / lang / "index.html").read_text("utf-8") for lang in editions.FALLBACK_LANGS]
    tyz, hmv = (BeautifulSoup(home, "html.parser").find("meta", property="og:image") for home in homes)
    assert tyz["content"] == hmv["content"]


def test_nothing_is_made_again_if_nothing_has_changed(four_languages: Path) -> None:
    folder = four_languages.parent
    settings = editions.settings(folder / "cache")
    result = portals.build(folder / "output", folder / "content", settings=settings, pdf=True, audio=True)
    assert "dựng 0 tệp" in result.stdout
