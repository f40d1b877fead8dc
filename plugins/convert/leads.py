"""What speaks for another lead than the one that was chosen: each paragraph near the title is scored in one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plugins.i18n import translate

from .blocks import Block, Place, comparison_key
from .rules import Rule, ScoreTable
from .surroundings import has_sentence

NEAR = 4  # paragraphs below the title that can be the lead
MARGIN = 1  # points by which the lead must be ahead of another paragraph
DESCRIBED = 50  # letters of a description that must agree with a paragraph


@dataclass
class Paragraph:
    """A paragraph near the title.

    is_first: whether none is above it; is_set_apart: whether no other near the title has its style; described: the
    beginning of the summary in the metadata, as it is compared.
    """

    block: Block
    is_first: bool
    is_set_apart: bool
    described: str

    @property
    def text(self) -> str:
        """Its text."""
        return self.block.text


LEAD_POINTS = ScoreTable[Paragraph](
    "lead",
    threshold=3,
    rules=(
        Rule(
            "first below the title",
            3,
            lambda p: p.is_first,
            "@description Hai. Theo báo cáo, toàn tỉnh đã hoàn thành ba phần tư kế hoạch trồng rừng của năm nay\n"
            "[role=title] Rừng mới ở xã Tả Sin\n> [prose bold] Một.\n[prose] Hai.\n[prose] Ba.",
            "[role=title] Rừng mới ở xã Tả Sin\n[prose] Một.\n> [prose role=lead] Hai.\n[prose] Ba.",
        ),
        Rule(
            "markup names it the lead",
            4,
            lambda p: p.block.role == "lead",
            "[role=title] Rừng mới ở xã Tả Sin\n[prose] Một.\n> [prose role=lead] Hai.\n[prose] Ba.",
            "[role=title] Rừng mới ở xã Tả Sin\n[prose] Một.\n> [prose] Hai.\n[prose] Ba.",
        ),
        Rule(
            "metadata has the same summary",
            4,
            lambda p: bool(p.described) and comparison_key(p.text).startswith(p.described),
            "@description Hai. Theo báo cáo, toàn tỉnh đã hoàn thành ba phần tư kế hoạch trồng rừng của năm nay\n"
            "[role=title] Rừng mới ở xã Tả Sin\n[prose] Một.\n> [prose] Hai.\n[prose] Ba.",
            "[role=title] Rừng mới ở xã Tả Sin\n[prose] Một.\n> [prose] Hai.\n[prose] Ba.",
        ),
        Rule(
            "the only one set apart by its style",
            3,
            lambda p: p.is_set_apart,
            "[role=title] Rừng mới ở xã Tả Sin\n[prose] Một.\n> [prose bold] Hai.\n[prose] Ba.",
            "[role=title] Rừng mới ở xã Tả Sin\n[prose bold] Một.\n> [prose bold] Hai.\n[prose] Ba.",
        ),
    ),
)


def notes_on_rival(lead: str, blocks: Sequence[Block], description: str) -> list[str]:
    """Return a note for review if another paragraph is as well grounded as the lead.

    Args:
        lead: its text.
        blocks: all blocks of the page; their places are decided.
        description: what the metadata of the page calls its summary.
    """
    key = comparison_key(lead)
    title = next((index for index, block in enumerate(blocks) if block.role == "title"), -1)
    near = [block for block in blocks[title + 1 :] if block.place is Place.ARTICLE and has_sentence(block.text)][:NEAR]
    if not key or not near:
        return []
    described = comparison_key(description)[:DESCRIBED]
    described = described if len(described) == DESCRIBED else ""
    styles = [block.style & {"bold", "italic"} for block in near]
    apart = [bool(style) and styles.count(style) == 1 for style in styles]
    paragraphs = [Paragraph(block, index == 0, apart[index], described) for index, block in enumerate(near)]
    scores = [LEAD_POINTS.score(each) for each in paragraphs]
    own = [scores[index] for index, block in enumerate(near) if comparison_key(block.text) in key]
    others = [index for index, block in enumerate(near) if comparison_key(block.text) not in key]
    best = max(others, key=lambda index: scores[index], default=None)
    if best is None or scores[best] < LEAD_POINTS.threshold or scores[best] <= max(own, default=0) - MARGIN:
        return []
    return [translate("Lead: this may be it as well: {words}", words=near[best].text)]
