"""Every word that an editor types is on the page, in the voice and in the index, or a problem says that it is not."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape

import hypothesis
from bs4 import BeautifulSoup
from hypothesis import strategies as st

from plugins.languages import language
from plugins.markdown_reader import html
from plugins.read_aloud import script
from plugins.read_aloud.pronunciations import PronunciationTable
from plugins.search import tokens

NEW_YEAR = datetime(2027, 1, 1)
EXAMPLES = 500  # tests/audit has ten thousand

# Each of these words occurs once in a text: "W" is replaced by a word of its own.
INLINE = [
    "W",
    "W W",
    "**W**",
    "*W* W",
    "**W*W*W**",
    "~~W~~",
    "`W`",
    "<W W>",
    "<W:W>",
    "<W/W>",
    "W<b W>W",
    "<b>W</b>W",
    "<b>W",
    "</W>",
    "W<sub>W</sub>",
    "[W](https://a.example/b)",
    "[W](https://a.example/b 'W')",
    "[W] (https://a.example/)",
    "[W][W]",
    "[W]",
    "![W](",
    "<https://a.example/>",
    "W&nbsp;W",
    "W&amp;W",
    "W\\\nW",
    "W  \nW",
    "W\nW",
    "\\*W\\*",
    "W_W_W",
    "_W_",
    "**W: **W",
    "[^W]",
    "<!W>",
    "<?W",
    "<!-- W",
    "<span title='W'>W</span>",
    "<font color=red>W</font>",
    "«W»",
    "“W”",
    "W\u00adW",
    "W\u200bW",
    "\u00d0W",
    "W\x0bW",
    "W\u2028W",
    "{W}",
    "{: W}",
    "W|W",
    "W\\|W",
    "$W$",
    "#W",
    "@W",
    "W@a.vn",
    "<script>W</script>",
    "<title>W</title>",
    "<noscript>W</noscript>",
    "<textarea>W</textarea>",
    "<select><option>W</select>",
    "<a>W</a>",
    "<a href='#W'>W</a>",
    "[W](#W)",
    "<kbd>W",
    "W</b>",
    "<em W>",
    "<W",
    "W>",
    "<<W>>",
    "[[W]]",
    "[[W|W]]",
    "[W](https://a.example/b “W”)",
    "[W](https://a.example/b\n'W')",
    "^[W]",
    "[w a=W]W[/w]",
    "*100*W#",
    "*\u00a0W\u00a0*",
    "***W ***W",
    "d\u0335W",
    "((W))",
    "~~~W~~~",
    "<td>W",
    "<![CDATA[W",
    "<?W?>",
]
BLOCKS = [
    "I",
    "I\nI",
    "# I",
    "## I ##",
    "I\n===",
    "I\n---",
    "- I\n- I",
    "- I\n  - I\n    - I\n- I",
    "1. I\n   - I\n2. I",
    "* I\n\n  I\n* I",
    "1) I\n2) I",
    "a) I\nb) I",
    "• I\n• I",
    "– I\n– I",
    "+ I\n\t+ I",
    "> I\n> I",
    "> - I\n> - I",
    "- > I",
    "```\nW W\n```",
    "```python\nW\n```",
    "```W W\nW\n```",
    "    W W",
    "| I | W |\n|---|---|\n| W | W |",
    "| W |\n|---|\n| W | W | W |",
    "W | W\n--- | ---\nW | W | W",
    "┌──┬──┐\n│ W │ W │\n├──┼──┤\n│ W │ W │ W │\n└──┴──┘",
    "+--+--+\n| W | W |\n+==+==+\n| W | W |\n| W | |\n+--+--+\n| W | W |\n+--+--+",
    "\uff5cW\uff5cW\uff5c\n|—|—|\n\uff5cW\uff5c[W|W](https://a.example/)\uff5c\n|---|---|\n|W|W|W|",
    "|| W || W ||\n|---|---|\n| W | W |",
    "[W]: W",
    ":::W\nI\n:::",
    "> [!W]\n> I",
    "1- I\n2- I",
    "<details><summary>W</summary>\nI\n</details>",
    "<p>I",
    "<h3 class='a'>I",
    "Bảng: W\n\n| W | W |\n|---|---|\n| W | W |",
    "W\n: I\n: I",
    "<div>\nI\n</div>",
    "<div>\n\nI\n\n</div>",
    "<details><summary>W</summary>\n\nI\n\n</details>",
    "<p>W</p>W",
    "<table><tr><td>W<td>W</table>",
    "<table>\n<tr><th>W</th></tr>\n<tr><td>W<p>W</p></td></tr>\n</table>",
    "<ul>\n<li>W</li>\nW</ul>",
    "<dl><dt>W<dd>W</dl>",
    "<!-- remark -->",
    "I[^n]\n\n[^n]: W W",
    "[^m]: W",
    "*[W]: W",
    "[W]: https://a.example/ 'W'",
    "[TOC]",
    "***",
    "\\# W",
    "<blockquote>W",
    "<pre>W</pre>",
    "<figure>W<figcaption>W</figcaption></figure>",
    "\u00a0\nI",
    "\u00a0\u00a0I",
    "-\u00a0I",
    "1.\u00a0I",
    "<section>I\n\nI</section>",
    "<math>W</math>",
    "<svg><text>W</text></svg>",
    "<iframe>W</iframe>",
    "I\n- I\nI",
    "10. I\n11. I",
    "2026. I",
    "- I\n\n\n- I",
    "- I\n1. I",
    "#I",
    "####### I",
    "<W>\n\nI",
    "<h1>W</h1>\nI",
    "~~~\nW",
    "```\nW",
]
WORD = re.compile(r"q\w\d+z")
LETTERS = "ạếữđÊ中ລក\U0001d4999ß\ufb01Ⅳ²ªǅʰ\u05e2\u0639한\u017f"  # of every category of letters and numbers

PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Some blocks, each with words that occur nowhere else."""
    blocks = draw(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=6))
    separator = draw(st.sampled_from(["\n\n", "\n\n", "\n"]))
    text = re.sub("I", lambda match: draw(st.sampled_from(INLINE)), separator.join(blocks))
    count = 0

    def word(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"q{LETTERS[count % len(LETTERS)]}{count}z"

    return re.sub("W", word, text)


@hypothesis.settings(max_examples=EXAMPLES)
@hypothesis.given(texts())
def test_every_word_is_on_the_page_or_reported_with_its_line(text: str) -> None:
    every_word_is_shown_or_reported(text)


def every_word_is_shown_or_reported(text: str) -> None:
    body = html.convert(text, "/content/a.md", "/content", "vi")
    attributes = re.findall(r'\b(?:alt|title|href|src)="([^"]*)"', body.html)
    shown = unescape(" ".join([re.sub(r"<[^>]*>", "", body.html), *attributes])).casefold()
    reported = {problem.line for problem in body.problems}
    for picture in PICTURE.finditer(text):  # of one that is not there, its address is told
        first, last = (text.count("\n", 0, end) + 1 for end in picture.span())
        lines = set(range(first, last + 1))
        reported |= lines if reported & lines else set()
    for number, line in enumerate(text.split("\n"), start=1):
        for word in WORD.findall(line.casefold()):
            assert word in shown or number in reported, (word, number, body)
    every_word_of_the_page_is_heard_and_found(body.html)
    lost = " ".join(problem.message for problem in body.problems if "not on the page" in problem.message)
    assert not [word for word in WORD.findall(lost.casefold()) if word in shown], "reported, though it is on the page"


def every_word_of_the_page_is_heard_and_found(page: str) -> None:
    soup = BeautifulSoup(page, "html.parser")
    indexed = " ".join(tokens.tokenize(tokens.normalize(tokens.html_to_text(page))))
    assert [word for word in WORD.findall(soup.get_text()) if tokens.spelling(word) not in indexed] == []
    for silent in soup.select(script.SILENT):
        silent.decompose()
    sentences = script.article_sentences("", NEW_YEAR, [], "", page, language("en"), PronunciationTable({}))
    heard = " ".join(f"{sentence.shown} {sentence.spoken}" for sentence in sentences).casefold()
    assert [word for word in WORD.findall(soup.get_text().casefold()) if word not in heard] == []
