"""The rich-text view changes only what somebody has touched, and writes what the portal reads as it is shown."""

from __future__ import annotations

import hypothesis
import pytest

from plugins.desk import blocks, writing
from plugins.desk.writing import Part
from plugins.markdown_reader.header_parser import split_header
from tests import portals
from tests.markdown_reader.test_nothing_is_lost import texts

EXAMPLES = 60  # tests/audit has ten thousand


def untouched(text: str) -> tuple[blocks.Body, list[Part]]:
    """Return the blocks of a text, which together are the text."""
    body = blocks.read(text)
    assert body.lead + "".join(block.source + block.gap for block in body.blocks) == text
    parts = [Part(None, block.source, block.gap, number) for number, block in enumerate(body.blocks)]
    assert writing.body(body.lead, parts).text == text
    return body, parts


def only_what_is_touched_changes(text: str) -> None:
    """Have each block written anew that may be, and hold what the portal reads against what it read before."""
    body, parts = untouched(text)
    for number, block in enumerate(body.blocks):
        if not writing.is_kept(block.source, body.definitions):
            continue
        written = writing.body(body.lead, [*parts[:number], Part(block.html), *parts[number + 1 :]])
        others = [
            (source, part.source)
            for at, (source, part) in enumerate(zip(written.sources, parts, strict=True))
            if at != number
        ]
        assert all(after == before for after, before in others)
        assert blocks.elements(written.text) == blocks.elements(text) or written.otherwise


def test_every_article_is_read_in_blocks_and_nearly_all_can_be_changed() -> None:
    kept = []
    for file in sorted((portals.ROOT / "content").rglob("*.md")):
        body, _ = untouched(split_header(file.read_text("utf-8"))[1])
        kept += [writing.is_kept(block.source, body.definitions) for block in body.blocks]
    assert len(kept) > 300 and sum(kept) >= 0.99 * len(kept)


@hypothesis.settings(max_examples=EXAMPLES)
@hypothesis.given(texts())
def test_a_block_is_written_without_changing_others(text: str) -> None:
    only_what_is_touched_changes(text)


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("## A\nChữ\n- một\n- hai\n\nHết.", ["## A", "Chữ", "- một\n- hai", "Hết."]),
        ("- một\n\n  chữ\n\n- hai\n\n> a\n\n> b", ["- một\n\n  chữ\n\n- hai", "> a\n\n> b"]),
        ("```\na\n\nb\n```\nChữ", ["```\na\n\nb\n```", "Chữ"]),
        ("<div>\n\nChữ\n\n</div>\n\nHết", ["<div>\n\nChữ\n\n</div>", "Hết"]),
        ("Từ\n\n: nghĩa\n\nHết", ["Từ\n\n: nghĩa", "Hết"]),
        ("Chữ[^1]\n[^1]: Một\n[^2]: Hai\n\n    nữa\n\nHết", ["Chữ[^1]", "[^1]: Một", "[^2]: Hai\n\n    nữa", "Hết"]),
        ("- một\n\n<!-- -->\n\n- hai", ["- một", "- hai"]),
        ("", []),
    ],
)
def test_a_block_ends_where_the_portal_says(text: str, sources: list[str]) -> None:
    assert [block.source for block in untouched(text)[0].blocks] == sources


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>a) một</p>", "a) một"),
        ("<p>2026. Năm</p>", "2026\\. Năm"),
        ("<p>• một</p>", "&#8226; một"),
        ("<p># thẻ *sao* <b>đậm </b>rồi</p>", "\\# thẻ \\*sao\\* **đậm** rồi"),
        ("<p><i><b>cả</b> hai</i></p>", "***cả*** *hai*"),
        ("<ul><li><p>một</p><ol><li>hai</li></ol></li></ul>", "- một\n    1. hai"),
        ("<p>H<sub>2</sub>O <span lang='en'>axe</span></p>", 'H<sub>2</sub>O <span lang="en">axe</span>'),
        ("<aside data-note='a'><p>một</p><p>hai</p></aside>", "[^a]: một\n\n    hai"),
        (
            "<table><tr><th>A</th><th class='right'>B|</th></tr><tr><td>1</td><td class='right'><br></td></tr></table>",
            None,
        ),
        ("<table><tr><th colspan=2>A</th></tr><tr><td>1</td><td>2</td></tr></table>", None),
        ('<p><img src="../a b.png" alt="Ảnh [1]" title=\'Chú "thích"\'></p>', None),
        ("<p><a href='https://a.example/(b)?x=1&amp;y=2'>*liên* kết</a></p>", None),
        ("<pre><code>a\n\n~~~ b *</code></pre>", "~~~~\na\n\n~~~ b *\n~~~~"),
        ("<blockquote><p>một</p><ul><li>hai</li></ul></blockquote>", "> một\n>\n> - hai"),
        ("<p>{{ owner }} và {x}</p>", "{{ owner }} và &#123;x}"),
        ("<p> </p>", ""),
    ],
)
def test_what_is_shown_is_what_the_portal_reads(html: str, markdown: str | None) -> None:
    written = writing.body("", [Part(html)])
    assert written.otherwise == []
    assert markdown is None or written.text.rstrip("\n") == markdown


def test_a_mark_without_its_note_is_told() -> None:
    mark, note = Part('<p>x<sup data-note="1"></sup></p>'), Part('<aside data-note="1"><p>Chú</p></aside>')
    assert writing.body("", [mark, note]) == (["x[^1]", "[^1]: Chú"], "x[^1]\n\n[^1]: Chú", [])
    assert writing.body("", [mark]).otherwise == [0]


def test_a_block_that_changes_how_its_neighbour_is_read_is_told() -> None:
    text = "– một\n– hai\n\n10. ba\n11. bốn\x0bnăm\n\n– sáu\x0bbảy\n– tám"
    only_what_is_touched_changes(text)
    body, parts = untouched(text)
    assert writing.body(body.lead, [parts[0], Part(body.blocks[1].html), parts[2]]).otherwise == [1]


def test_two_lists_stay_two() -> None:
    html = "<ul><li>một</li></ul>"
    written = writing.body("", [Part(html), Part(html)])
    assert blocks.elements(written.text) == ("<ul><li><p>một</p></li></ul>",) * 2
    assert [block.source for block in blocks.read(written.text).blocks] == ["- một", "- một"]
