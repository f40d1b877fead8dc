"""docs/pelican.md: every line of its tables is proved by a test, and every test is in a line."""

from __future__ import annotations

import ast
import re

import pytest

from tests import portals

PAGE = portals.ROOT / "docs" / "pelican.md"
HEAD = "| What | Here | Test |"
# tests of these files that have no line of their own
FURTHER = {
    "test_tasks_print_everything_once",
    "test_a_folder_without_content_is_reported_in_one_line",
    "test_a_linked_document_in_a_static_path_is_published_once",
    "test_a_static_file_is_copied_when_it_has_changed_and_only_then",
    "test_static_files_are_published_with_everything_else_or_not_at_all",
    "test_a_check_writes_nothing",
}
FILES = ("test_commands", "test_settings", "test_plugins", "test_published_plugins")


def table_lines() -> list[tuple[str, str]]:
    """Return the subject of each line of the tables, and the name of its test ("" if it names none)."""
    result = []
    for table in re.split(r"\n(?!\|)", PAGE.read_text(encoding="utf-8")):
        rows = [row for row in table.split("\n") if row.startswith("|")]
        if rows:
            assert rows[0] == HEAD, "a table without tests"
            cells = [re.split(r"(?<!\\) \| ", row.strip("| ")) for row in rows[2:]]
            result += [(row[0], row[-1].strip("`")) for row in cells]
    return result


def existing_tests() -> set[str]:
    """Return the tests of this folder."""
    trees = (
        ast.parse((portals.ROOT / "tests/pelican_bridge" / f"{name}.py").read_text(encoding="utf-8")) for name in FILES
    )
    return {
        node.name
        for tree in trees
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


@pytest.mark.parametrize(("what", "test"), table_lines(), ids=lambda text: re.sub(r"\W+", "-", text)[:40])
def test_every_line_has_its_test(what: str, test: str) -> None:
    assert test in existing_tests(), f"{what}: there is no such test"


def test_no_test_is_in_two_lines() -> None:
    named = [test for _, test in table_lines()]
    assert len(named) > 40 and len(named) == len(set(named))


def test_every_test_is_in_a_line() -> None:
    assert existing_tests() - {test for _, test in table_lines()} == FURTHER
