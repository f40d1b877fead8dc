"""Feature: what a long document means in plain words, above its text (header key `easy`).

    easy:
      - Từ 1/12, mỗi phản ánh chỉ có một cơ quan trả lời.
      - "Ai: mọi người dân"
      - "Làm gì: gửi phản ánh ở bất cứ nơi nào"
      - "Ở đâu: quầy xã, điện thoại, thư, Cổng"
      - "Hạn nào: được hẹn ngày trả lời ngay khi gửi"

Items that begin with one of the four questions answer it; the others are sentences.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from plugins.features import Feature, Key, Statement, Value, header_value
from plugins.i18n import translate
from plugins.markdown_reader.header_values import text
from plugins.portal.stories import Story

LONGEST = 200  # letters of an item: more is hard to read at once
QUESTIONS = {  # how editors may write each question, in lower case
    "who": ("ai", "who"),
    "what": ("làm gì", "what to do", "what"),
    "where": ("ở đâu", "where"),
    "when": ("hạn nào", "khi nào", "by when", "when"),
}
_ANSWER = re.compile(r"([^:]{2,12}?)\s*:\s*(.+)", re.S)


class EasySummary(NamedTuple):
    """The sentences, and the answer to each question that is answered."""

    sentences: list[str]
    answers: dict[str, str]


def _item(value: str) -> str:
    item = text(value)
    if len(item) > LONGEST:
        raise ValueError(
            translate(
                "has {length} letters; plain words need at most {most}: make two items of it",
                length=len(item),
                most=LONGEST,
            )
        )
    return item


def _question(words: str) -> str:
    """The name of a question, "" for other words."""
    return next((name for name, forms in QUESTIONS.items() if words.lower() in forms), "")


def summary_of(items: list[str]) -> EasySummary:
    """Sort the items of a header into sentences and answers."""
    summary = EasySummary([], {})
    for item in items:
        answer = _ANSWER.fullmatch(item)
        question = _question(answer[1]) if answer else ""
        if answer and question and question not in summary.answers:
            summary.answers[question] = answer[2]
        else:
            summary.sentences.append(item)
    return EasySummary(
        summary.sentences, {name: summary.answers[name] for name in QUESTIONS if name in summary.answers}
    )


class EasySummaries(Feature):
    """Reads the key and shows what it says."""

    statements = (
        Statement("works", "<strong>In short:</strong> a summary in easy words above articles that have one."),
    )

    def article_context(self, story: Story) -> EasySummary | None:
        """Return what the header of a story says in plain words."""
        items = story.view.values.get("easy")
        return summary_of(list(items)) if items else None


feature = EasySummaries(
    __file__,
    keys=(Key("easy", _item, separators=("\n",)),),
    values=(Value("easy", "In plain words", {"pdf", "api", "search"}, compute=header_value("easy")),),
)
register = feature.register
