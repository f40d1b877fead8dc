"""Each rule of each table, on its own examples."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import replace

import pytest

import plugins.convert
from plugins.convert import (
    article,
    article_body,
    article_check,
    article_header,
    caption_rules,
    captions,
    explain,
    headlines,
    rules,
    surroundings,
    titles,
)
from plugins.convert.metadata import Metadata

from . import notation
from .notation import Example


def _modules():
    for module in pkgutil.iter_modules(plugins.convert.__path__):
        if not module.ispkg and module.name != "__main__":
            yield importlib.import_module(f"plugins.convert.{module.name}")


TABLES = {
    id(value): value
    for module in _modules()
    for value in vars(module).values()
    if isinstance(value, rules.ScoreTable | rules.CaseTable)
}.values()


def _body(page: Example) -> object:
    metadata = Metadata()
    return article_body.find_body(page.blocks, metadata), metadata


def _header(page: Example) -> object:
    metadata = Metadata()
    return article_header.read_header(page.blocks, metadata), metadata


def _text(page: Example) -> article_check.PageText:
    return article_check.PageText(
        page.blocks, page.lead, bool(page.title), page.title, asks_password=page.asks_password
    )


def _around(page: Example) -> object:
    for block in page.blocks:
        block.leave_out(surroundings.OUTSIDE)
    surroundings.settle(page.blocks, [page.title])
    return [(block.place, block.reason) for block in page.blocks]


def _copied(page: Example) -> object:
    for block in page.blocks:
        block.is_copied = True
    return captions.attach_captions(page.blocks)


def _author(page: Example) -> object:
    found = article.article_of(page.page())
    return found and (found.author, found.votes["author"].note)


def _section(page: Example) -> object:
    found = article.article_of(page.page())
    return found and (found.category, found.votes["section"].note)


def _lead(page: Example) -> object:
    found = article.article_of(page.page())
    return found and (found.lead, found.votes["lead"].note)


STAGES: dict[str, Callable[[Example], object]] = {
    "not a title": lambda page: titles.find_title(page.blocks, page.hints, page.sites),
    "title": lambda page: titles.find_title(page.blocks, page.hints, page.sites),
    "not a headline": lambda page: headlines.find_headline(page.blocks),
    "headline": lambda page: headlines.find_headline(page.blocks),
    "block below the title": _header,
    "end of the article": _body,
    "links to other articles": _body,
    "block of the body": _body,
    "line at the end": _body,
    "not a signature": _body,
    "caption": lambda page: captions.attach_captions(page.blocks),
    "caption by points": lambda page: captions.attach_captions(page.blocks),
    "caption without a picture": _copied,
    "caption without a picture by points": _copied,
    "list of headlines": lambda page: article_check.LISTING.decide(_text(page)),
    "text around the article": _around,
    "author": _author,
    "section": _section,
    "lead": _lead,
    "article": lambda page: article_check.ARTICLE.decide(_text(page)),
}
RULES = [pytest.param(table, rule, id=f"{table.name}: {rule.name}") for table in TABLES for rule in table.rules]


def result(table: rules.ScoreTable | rules.CaseTable, example: str) -> str:
    """Return the full result of a table's stage for an example."""
    return repr(STAGES[table.name](notation.parse(example)))


def applied(table: rules.ScoreTable | rules.CaseTable, example: str) -> list[set[str]]:
    """Return the names of the rules that applied to the marked block, once for every decision of the table about it."""
    page = notation.parse(example)
    text = None if page.marked is None else page.blocks[page.marked].text
    with rules.recorded() as decisions:
        STAGES[table.name](page)
    return [set(each.rules) for each in decisions if each.table == table.name and text in (None, each.text)]


def test_every_table_is_tested() -> None:
    assert {table.name for table in TABLES} == set(STAGES)
    assert len(RULES) > 90


@pytest.mark.parametrize(("table", "rule"), RULES)
def test_a_rule_applies_to_its_example_and_not_to_its_counterexample(table, rule) -> None:
    assert rule.example, "every rule has an example"
    assert any(rule.name in names for names in applied(table, rule.example)), applied(table, rule.example)
    if rule.counterexample:
        others = applied(table, rule.counterexample)
        assert others, "the table decides nothing about the counterexample"
        assert not any(rule.name in names for names in others)


@pytest.mark.parametrize(("table", "rule"), RULES)
def test_without_a_rule_its_example_becomes_something_else(table, rule, monkeypatch) -> None:
    before = result(table, rule.example)
    monkeypatch.setattr(table, "rules", tuple(each for each in table.rules if each is not rule))
    assert result(table, rule.example) != before


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_names_of_rules_are_unique(table) -> None:
    assert len({rule.name for rule in table.rules}) == len(table.rules)


def test_a_decision_names_the_rules_that_applied_and_their_points() -> None:
    page = notation.parse("[picture]\n> [center] Quang cảnh hội nghị\n[prose]")
    with rules.recorded() as decisions:
        captions.attach_captions(page.blocks)
    points = next(each for each in decisions if each.table == "caption by points")
    assert points.text == "Quang cảnh hội nghị" and points.verdict is True and points.score == 5
    assert points.rules == {"centered": 2, "no full stop": 1, "begins like a caption": 1, "short": 1}


def test_the_weight_of_a_rule_decides(monkeypatch) -> None:
    text = "[picture]\n> [center] Hai xã đã làm xong đường vào bản.\n[prose]"
    table = caption_rules.CAPTION_POINTS
    assert captions.attach_captions(notation.parse(text).blocks)[0].caption
    lighter = tuple(replace(rule, points=0) if rule.name == "centered" else rule for rule in table.rules)
    monkeypatch.setattr(table, "rules", lighter)
    assert not captions.attach_captions(notation.parse(text).blocks)[0].caption


def test_explain_prints_the_rules_that_applied(tmp_path, capsys) -> None:
    page = tmp_path / "a.txt"
    page.write_text(
        f"Khai mạc giải bóng chuyền hơi\n\n{notation.PROSE}\n\nQuang cảnh hội nghị\n\n{notation.PROSE}\n", "utf-8"
    )
    explain.main([str(page)])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"# {page}"
    assert "headline: true, 0.725 points (length +0.725): Khai mạc giải bóng chuyền hơi" in lines
    assert "caption without a picture: none (no rule applied): Quang cảnh hội nghị" in lines
    assert (
        "caption without a picture by points: true, 3 points (begins like a caption +2, between paragraphs or other "
        "captions +1): Quang cảnh hội nghị"
    ) in lines
