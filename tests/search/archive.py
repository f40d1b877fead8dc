"""An archive to search, the expected results from SQLite's FTS5, and a reader who uses the search page."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page

from tests.benchmarks import corpus
from tests.benchmarks.corpus import Article
from tests.browser.server import Portal, serving

ASK = """values => { const form = document.getElementById("search-form");
  for (const e of form.elements) if (e.name) e.value = values[e.name]; form.requestSubmit(); }"""
FIGURE = re.compile(r'!\[[^\]]*\]\([^"]*"([^"]*)"\)')

# What the generated articles lack: đ in every position, numbers of documents, English, words of mixed kinds.
ODD = [
    (
        "Đình Lập đón Đoàn đại biểu Đà Nẵng",
        "Lạng Sơn",
        "Đồng bào dân tộc Dao đỏ ở xã Đình Lập đi đầu. Dinh thự cũ còn đó; đinh tán cũng còn.",
    ),
    (
        "Kế hoạch 112/KH-UBND về chuyển đổi số",
        "Quyết định 45/2021/QĐ-UBND",
        (
            "Công văn số 1.234/UBND-VX, ngày 07/4/2021, chi 2,5 tỷ đồng qua VNPT-iOffice và VNeID; mạng 5G, thông"
            " tư 01/2020/TT-BTTTT."
        ),
    ),
    (
        "COVID-19: tiêm vắc-xin mũi thứ ba",
        "Dịch COVID19 đã lui",
        "Bệnh viện ghi 19 ca mắc mới, 112 ca khỏi; e-mail hỏi đáp: hoi.dap@vanson.example.",
    ),
    (
        "Border gate opens an information desk",
        "For foreign drivers",
        (
            "The customs office at the border gate speaks English and Chinese. It is open on market days; the "
            "desk's phone is 0200."
        ),
    ),
    (
        "Roads are safe again after the flood",
        "The province reports",
        "Engineers have checked all roads and bridges; the report is public. O'Brien visited the border.",
    ),
    (
        "Hoà giải và hòa bình",
        "Uỷ ban nhân dân, Ủy ban nhân dân",
        "Thuý và Thúy là hai cách viết; nghĩa trang, nghỉa, nghia.",
    ),
    (
        "“Lễ hội” hoa đào: lễ và hội",
        "Hội – lễ",
        "Hội hoa đào mở ngày mồng 6; lễ hội kéo dài (đến hết tháng giêng). Hội nghị tổng kết họp sau lễ.",
    ),
    (
        "Hồ Đá Đen",
        "Hồ, họ, hộ, ho",
        "Bốn hộ quanh hồ họ Hồ; trẻ ho nhiều vì lạnh.",
    ),
]
LANGS = {3: "en", 4: "en"}


def articles(count: int) -> Iterator[tuple[Article, str]]:
    """Return `count` generated articles and the special ones, each with its language."""
    for article in corpus.articles(count):
        yield article, "vi"
    for number, (title, lead, body) in enumerate(ODD):
        date = datetime(2023 + number % 3, 5, 1 + number, 9)
        category = "Society" if number in LANGS else corpus.CATEGORIES[number % 6]
        yield (
            Article(900_000 + number, title, date, category, (), f"Phóng viên {number % 3}", lead, body),
            LANGS.get(number, "vi"),
        )


def write(folder: Path, count: int) -> None:
    """Write the archive as a content folder."""
    (folder / "pages").mkdir(parents=True)
    corpus.pictures(folder / "images")
    for article, lang in articles(count):
        corpus.write_article(folder, article)
        if lang != "vi":
            path = corpus.path(folder, article)
            path.write_text(path.read_text("utf-8").replace("---\n", f"---\nlang: {lang}\n", 1), "utf-8")


@dataclass(frozen=True)
class Query:
    """A search. Filters have the values of the form; lang "all" is for all languages."""

    words: str = ""
    category: str = ""
    year: str = ""
    author: str = ""
    lang: str = "vi"
    sort: str = ""

    @property
    def address(self) -> str:
        """Return the address of the search page with this query."""
        values = {
            "q": self.words,
            "category": self.category,
            "year": self.year,
            "author": self.author,
            "sort": self.sort,
        }
        return "/tim-kiem/?" + urlencode({**{k: v for k, v in values.items() if v}, "lang": self.lang})


GROUPED = re.compile(
    r"(?<![\w.,])(?:\d{1,3}(?:[ .]\d{3})+|0\d{3}(?:[ .]\d{3,4}){2})(?!\w)"
)  # those that articles here have


def fold(text: str) -> str:
    """Return a text in lower case without diacritics, đ as d, ky as ki, short numbers without zeros."""
    apart = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    return re.sub(r"\b0{1,2}(?=\d{1,2}\b)", "", re.sub(r"\b([hklmst]|qu)y\b", r"\1i", bare))


def joined(text: str) -> str:
    """Return the words of a text that signs join, and numbers in groups, without what joins them."""
    chunks = (re.sub(r"\W", "", chunk) for chunk in text.split() if re.search(r"\w[-.–'’/&]\w", chunk))
    numbers = (re.sub(r"\D", "", number) for number in GROUPED.findall(text))
    return " ".join([*(chunk for chunk in chunks if not chunk.isdecimal()), *numbers])


@dataclass
class Truth:
    """The same archive in an FTS5 table of folded text, filled from the sources and not from the site."""

    db: sqlite3.Connection = field(default_factory=lambda: sqlite3.connect(":memory:"))

    def fill(self, rows: Iterable[tuple[Article, str]]) -> Truth:
        """Add articles."""
        self.db.execute(
            "CREATE VIRTUAL TABLE t USING fts5(title, body, joined, slug UNINDEXED, category UNINDEXED, year UNINDEXED,"
            " author UNINDEXED, lang UNINDEXED, tokenize = 'unicode61 remove_diacritics 0')"
        )
        for a, lang in rows:
            body = FIGURE.sub(r"\1", a.body).replace("## ", "")
            texts = (fold(a.title), fold(f"{a.lead}\n{body}"), fold(joined(f"{a.title} {a.lead} {body}")))
            row = (*texts, a.slug, a.category, str(a.date.year), a.author, lang)
            self.db.execute("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        return self

    def slugs(self, query: Query, categories: dict[str, str], authors: dict[str, str]) -> list[str]:
        """Return the slugs of the articles that match a query. categories, authors: names by the filter's values."""
        chunks = re.findall(r'["“]([^"”]*)["”]|([^\s"“”]+)', unicodedata.normalize("NFC", query.words))
        phrases = ((re.findall(r"[^\W_]+", fold(a or b)), not a) for a, b in chunks)
        match = " AND ".join(
            f'("{" ".join(words)}" OR "{"".join(words)}")'
            if is_joined and (not "".join(words).isdecimal() or GROUPED.fullmatch(".".join(words)))
            else f'"{" ".join(words)}"'
            for words, is_joined in phrases
            if words
        )
        filters = {"category": categories.get(query.category), "year": query.year, "author": authors.get(query.author)}
        filters["lang"] = "" if query.lang == "all" else query.lang
        tests = [(f"{name} = ?", value) for name, value in filters.items() if value]
        tests += [("t MATCH ?", match)] if match else []
        where = " AND ".join(test for test, _ in tests) or "1"
        return [slug for (slug,) in self.db.execute(f"SELECT slug FROM t WHERE {where}", [v for _, v in tests])]


class Reader:
    """Uses the portal's own search page as a person does."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        page.goto(address + "/tim-kiem/")
        options = "name => [...document.querySelectorAll(`[name=${name}] option`)].map(o => [o.value, o.text])"
        self.categories: dict[str, str] = dict(page.evaluate(options, "category")[1:])  # the first option is: all
        self.authors: dict[str, str] = dict(page.evaluate(options, "author")[1:])

    def visit(self, query: Query) -> int:
        """Open the address of a query; return the number of results that the page shows."""
        self.page.goto(self.address + query.address)
        return self._shown_count()

    def count(self, query: Query) -> int:
        """Fill in and send the form; return the number of results that the page shows."""
        self.page.evaluate(ASK, vars(query) | {"q": query.words})
        return self._shown_count()

    def _shown_count(self) -> int:
        return int(self.page.locator("#results[data-count]").get_attribute("data-count") or "")

    def titles(self) -> list[str]:
        """Return the titles of the results that are shown."""
        return self.page.locator("#results h3").all_inner_texts()


@contextmanager
def reading(page: Page, site: Path) -> Iterator[Reader]:
    """Yield a reader of a finished portal."""
    with serving(Portal(site)) as portal:
        yield Reader(page, portal.address)


def decomposed(text: str) -> str:
    """Return a text in the form that some keyboards and most Macs write (NFD)."""
    return unicodedata.normalize("NFD", text)


QUERIES = [
    # with diacritics, without, mixed, decomposed
    *map(Query, ["Đình Lập", "dinh lap", "Đinh lập", "đình LAP", "hồ", "ho", "họ", "hộ", "đường", "duong"]),
    *map(Query, ["hội nghị", "hoi nghi", "hội nghi", "lễ hội", "le hoi", "gia súc", "gia suc", "người dân"]),
    *map(Query, ["nguoi dan", "xã", "xa", "ba", "bà con"]),
    *map(Query, map(decomposed, ["Đình Lập", "hội nghị", "đường", "Uỷ ban nhân dân"])),
    # đ and d
    *map(Query, ["dao", "đào", "dinh", "đinh", "đá đen", "da den", "dong", "đồng"]),
    # tone marks in the old and the new place
    *map(Query, ["hoà bình", "hòa bình", "Thuý", "thúy"]),
    # phrases
    *map(Query, ['"lễ hội"', '"le hoi"', '"hội lễ"', '"cải cách hành chính"', '"cai cach hanh chinh"']),
    *map(Query, ["“bà con”", '"hoa đào" "lễ hội"', '"ho dan" hồ']),
    # numbers of documents, dates, words of mixed kind
    *map(Query, ["112", "112/KH-UBND", "45/2021/QĐ-UBND", "qd-ubnd", "1.234", "2,5 tỷ", "07/4/2021", "2021"]),
    *map(
        Query,
        [
            "iOffice",
            "office",
            "covid",
            "COVID-19",
            "covid19",
            "5G",
            "kỳ kì ký",
            "lý do",
            "lí do",
            "112khubnd",
            "hoi.dap@vanson.example",
            "TT-BTTTT",
        ],
    ),
    # English, with all languages and alone
    Query("border gate", lang="all"),
    Query("border", lang="en"),
    Query("road", lang="en"),
    Query("roads", lang="en"),
    Query('"border gate"', lang="en"),
    Query("O'Brien", lang="all"),
    Query("English", lang="vi"),
    # filters
    Query("đường", category="xa-hoi"),
    Query("đường", year="2025"),
    Query("duong", author="phong-vien-3"),
    Query("xã", category="nong-nghiep", year="2026", author="phong-vien-2"),
    Query(category="chinh-quyen"),
    Query(year="2026"),
    Query("hội nghị", year="2026", lang="all"),
    Query("lễ hội", category="nong-nghiep"),
    # nothing
    *map(Query, ["xyzzy", '"nghị hội dao"', "đường xyzzy"]),
]
