"""A fallback text is plain text everywhere except in HTML, where it gets the language that it is in."""

from __future__ import annotations

import pickle

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from markupsafe import escape

from plugins.languages import FallbackText, apply_language_marks
from plugins.languages.fallback_text import CLOSE, OPEN, SEPARATOR, with_language_marks

FALLBACK = FallbackText("Tìm kiếm", "vi")


def page(template: str, **values: object) -> str:
    """Return a rendered template with language attributes."""
    return apply_language_marks(Environment(autoescape=True).from_string(template).render(values, w=FALLBACK))


def test_a_fallback_text_is_an_ordinary_string() -> None:
    assert FALLBACK == "Tìm kiếm" and f"{FALLBACK}" == "Tìm kiếm" and {FALLBACK: 1}["Tìm kiếm"] == 1
    assert pickle.loads(pickle.dumps(FALLBACK)).lang == "vi"
    assert str(escape(FALLBACK)) == f"{OPEN}vi{SEPARATOR}Tìm kiếm{CLOSE}"
    assert with_language_marks("plain") == "plain"


@pytest.mark.parametrize(
    ("template", "html"),
    [
        ("<h2>{{ w }}</h2>", '<h2 lang="vi">Tìm kiếm</h2>'),
        ("<h2 class=x>\n {{ w }} 12.\n</h2>", '<h2 lang="vi" class=x>\n Tìm kiếm 12.\n</h2>'),
        ("<p>{{ w }}: Zwq</p>", '<p><span lang="vi">Tìm kiếm</span>: Zwq</p>'),
        ("<a>{{ w }} Facebook</a>", '<a><span><span lang="vi">Tìm kiếm</span> Facebook</span></a>'),
        ("<p>{{ w }} (PDF, {{ w }})</p>", '<p lang="vi">Tìm kiếm (PDF, Tìm kiếm)</p>'),
        ("<button><svg><path/></svg>{{ w }}</button>", '<button lang="vi"><svg><path/></svg>Tìm kiếm</button>'),
        ("<p>{{ w }}<b>zwq</b></p>", '<p><span lang="vi">Tìm kiếm</span><b>zwq</b></p>'),
        ("<p>{{ w }} <b>{{ w }}</b> 7</p>", '<p lang="vi">Tìm kiếm <b>Tìm kiếm</b> 7</p>'),
        ("<p>{{ w }} <b lang=hmv>zwq</b></p>", '<p lang="vi">Tìm kiếm <b lang=hmv>zwq</b></p>'),
        ("<div><p>{{ w }}</p></div>", '<div><p lang="vi">Tìm kiếm</p></div>'),
        ('<nav aria-label="{{ w }}"><p>zwq</p></nav>', '<nav aria-label="Tìm kiếm"><p>zwq</p></nav>'),
        ('<input aria-label="{{ w }}">', '<input lang="vi" aria-label="Tìm kiếm">'),
        ('<button title="{{ w }}"><svg></svg></button>', '<button lang="vi" title="Tìm kiếm"><svg></svg></button>'),
        ('<meta content="{{ w }}">', '<meta content="Tìm kiếm">'),
        ('<p data-a="1 > 0 {{ w }}">zwq</p>', '<p data-a="1 > 0 Tìm kiếm">zwq</p>'),
        ("<title>{{ w }} – zwq</title>", "<title>Tìm kiếm – zwq</title>"),
        ("<option>{{ w }}</option>", '<option lang="vi">Tìm kiếm</option>'),
        ("<textarea>{{ w }} zwq</textarea>", "<textarea>Tìm kiếm zwq</textarea>"),
        ('<script>"<b>{{ w }}"</script>', '<script>"<b>Tìm kiếm"</script>'),
        ("<svg><text>{{ w }} zwq</text></svg>", "<svg><text>Tìm kiếm zwq</text></svg>"),
        ("<!-- {{ w }} --><p>zwq</p>", "<!-- Tìm kiếm --><p>zwq</p>"),
        ("<ul><li>{{ w }}<li>zwq</ul>", '<ul><li><span lang="vi">Tìm kiếm</span><li>zwq</ul>'),
        ("{{ w }}", "Tìm kiếm"),
    ],
)
def test_marks_become_lang_attributes_where_html_can_have_them(template: str, html: str) -> None:
    assert page(template) == html


def test_values_keep_their_own_language() -> None:
    topic = FallbackText("Chủ đề: %(name)s", "vi")
    assert topic % {"name": "zwq"} == "Chủ đề: zwq"
    assert page("<h1>{{ t|format(name='zwq') }}</h1>", t=topic) == '<h1><span lang="vi">Chủ đề:</span> zwq</h1>'
    assert page("<h1>{{ t|format(name=w) }}</h1>", t=topic) == '<h1 lang="vi">Chủ đề: Tìm kiếm</h1>'
    count = FallbackText("%(count)s bài.", "vi")
    assert page("<p>{{ t|format(count='1.234') }}</p>", t=count) == '<p lang="vi">1.234 bài.</p>'
    assert page("<p>{{ t }}</p>", t=FallbackText("Năm %d", "vi") % 2026) == '<p lang="vi">Năm 2026</p>'


def test_text_is_escaped_as_usual() -> None:
    assert page("<p>{{ t }}</p>", t=FallbackText('<b> & "', "vi")) == '<p lang="vi">&lt;b&gt; &amp; &#34;</p>'


def test_a_page_without_marks_is_left_as_it_is() -> None:
    html = "<p>1 < 2 <b></p>"
    assert apply_language_marks(html) is html


PARTS = st.sampled_from([OPEN, SEPARATOR, CLOSE, "vi", "<p>", "</p>", "<b title='", "'>", "<svg>", "<title>", "a", " "])


@given(st.lists(PARTS, max_size=40))
def test_no_mark_remains_whatever_a_page_contains(parts: list[str]) -> None:
    assert not {OPEN, SEPARATOR, CLOSE} & set(apply_language_marks(OPEN + "".join(parts)))


def test_what_an_editor_types_does_not_become_a_tag() -> None:
    typed = f'<p>{OPEN}" onclick="alert(1){SEPARATOR}x{CLOSE}</p>'
    assert apply_language_marks(typed) == '<p>" onclick="alert(1)x</p>'


WORD = st.sampled_from(["zwq", "12", FALLBACK, " ", "."])


@given(st.recursive(WORD, lambda inner: st.lists(inner, max_size=4), max_leaves=12))
def test_every_fallback_word_is_in_an_element_of_its_language_and_no_other_is(tree: object) -> None:
    def html(node: object) -> str:
        return f"<b>{''.join(map(html, node))}</b>" if isinstance(node, list) else str(escape(node))

    marked = apply_language_marks(f"<p>{html(tree)}</p>")
    soup = BeautifulSoup(marked, "html.parser")
    for text in soup.find_all(string=True):
        around = text.find_parent(attrs={"lang": True})
        assert ("Tìm" in text) <= (around is not None) and not ("zwq" in text and around), marked
    assert soup.get_text().split() == "".join(_words(tree)).split()


def _words(node: object) -> list[str]:
    return [word for each in node for word in _words(each)] if isinstance(node, list) else [str(node)]
