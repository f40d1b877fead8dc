"""Rule tables: how the converter decides what a block of an old page is.

There are two kinds of tables. A `ScoreTable` is for decisions that weigh hints against each other: the points of all
rules that apply are added up and compared with a threshold. A `CaseTable` is for decisions that are hard conditions:
its cases are tried in order, and the first that applies gives the verdict.

To add a rule, add one entry to its table, with an example: a few blocks of a page in the notation of
tests/convert/notation.py. The tests check for every entry that it applies to its example, that it changes what becomes
of the example, and that it does not apply to its counterexample. To see which rules applied to the blocks of a real
page, run `python3 -m plugins.convert.explain PAGE`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar


class HasText(Protocol):
    """Whatever rules decide about: a block in its place on the page, or the page itself."""

    @property
    def text(self) -> str:
        """The text that a person recognises it by."""


Subject = TypeVar("Subject", bound=HasText)
Verdict = TypeVar("Verdict")


@dataclass(frozen=True)
class Rule(Generic[Subject]):
    """One hint of a ScoreTable.

    Args:
        name: what the rule looks for, unique in its table.
        points: how much it counts; below 0 it speaks against.
        applies: whether it holds; a number between 0 and n counts as so many times the points.
        example: a page on which the rule decides.
        counterexample: a similar page to which the rule does not apply.
    """

    name: str
    points: float
    applies: Callable[[Subject], float]
    example: str
    counterexample: str = ""


@dataclass(frozen=True)
class Case(Generic[Subject, Verdict]):
    """One condition of a CaseTable, with the verdict if it is the first that applies; see Rule for the examples."""

    name: str
    verdict: Verdict
    applies: Callable[[Subject], object]
    example: str
    counterexample: str = ""


@dataclass(frozen=True)
class Decision:
    """What a table decided about one subject.

    Args:
        table: the name of the table.
        text: the text of the subject.
        verdict: what was decided; True or False for a ScoreTable.
        score: the sum of all points; None for a CaseTable.
        rules: the rules that applied, with their points; for a CaseTable the case that decided, if any.
    """

    table: str
    text: str
    verdict: object
    score: float | None
    rules: dict[str, float]


_recorder: ContextVar[list[Decision] | None] = ContextVar("recorder", default=None)


@contextmanager
def recorded() -> Iterator[list[Decision]]:
    """Collect every decision that is made within the `with` block, in order."""
    decisions: list[Decision] = []
    token = _recorder.set(decisions)
    try:
        yield decisions
    finally:
        _recorder.reset(token)


@dataclass
class ScoreTable(Generic[Subject]):
    """Rules whose points are added up. threshold: the lowest sum of points that is a yes."""

    name: str
    threshold: float
    rules: tuple[Rule[Subject], ...]

    def score(self, subject: Subject) -> float:
        """Return the sum of the points of all rules that apply."""
        points = {rule.name: rule.points * times for rule in self.rules if (times := rule.applies(subject))}
        score = sum(points.values())
        recorder = _recorder.get()
        if recorder is not None:
            recorder.append(Decision(self.name, subject.text, score >= self.threshold, score, points))
        return score

    def accepts(self, subject: Subject) -> bool:
        """Return whether the score reaches the threshold."""
        return self.score(subject) >= self.threshold


@dataclass
class CaseTable(Generic[Subject, Verdict]):
    """Conditions tried in order. otherwise: the verdict where none applies."""

    name: str
    otherwise: Verdict
    rules: tuple[Case[Subject, Verdict], ...]

    def decide(self, subject: Subject) -> Verdict:
        """Return the verdict of the first case that applies."""
        return self.ruling(subject)[0]

    def ruling(self, subject: Subject) -> tuple[Verdict, str]:
        """Return the verdict of the first case that applies, and the name of that case, "" if none applies."""
        case = next((case for case in self.rules if case.applies(subject)), None)
        verdict = self.otherwise if case is None else case.verdict
        recorder = _recorder.get()
        if recorder is not None:
            recorder.append(Decision(self.name, subject.text, verdict, None, {case.name: 0} if case else {}))
        return verdict, case.name if case else ""
