"""What is around an article: which words outside of it are chrome, and which an editor must look at."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .blocks import MOST_LINKS, Block, Place, Position, comparison_key
from .boilerplate import COMMENTS, is_boilerplate, is_imprint
from .labels import read_labels
from .rules import Case, CaseTable

OUTSIDE = "outside of the article"
ABOVE = "above the title"
BELOW = "below the article"
NOT_MARKED = "outside of the marked text"
BY_POSITION = frozenset({OUTSIDE, ABOVE, BELOW, NOT_MARKED})  # reasons that are not enough for prose
FEWEST_WORDS = 8  # of a sentence that is prose
HEADLINE_WORDS = 4
HEADLINE_LINKS = 0.6  # share of letters; a date or a counter may stand beside a headline
NEAR = 5  # blocks between a headline and its teaser: a picture, a date, buttons
LONGEST_HEADLINE = 200  # letters
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’)\]]*+(?=\s|$)")


@lru_cache(maxsize=4096)  # many rules ask about one paragraph
def has_sentence(text: str) -> bool:
    """Return whether a text is prose: a sentence of eight words or more with its full stop is in it."""
    start = 0
    for end in _SENTENCE_END.finditer(text):
        if len(text[start : end.start()].split()) >= FEWEST_WORDS:
            return True
        start = end.end()
    return False


@dataclass
class Surrounding(Position):
    """A block outside of the article.

    article: comparison keys of the blocks in it; comments: index of the heading of readers' comments; within: indices
    from the first to the last block of the article.
    """

    article: Container[str]
    comments: int
    within: range = range(0)

    @property
    def is_teaser(self) -> bool:
        """Whether it is the teaser of another article; between two blocks of this one only below a linked headline."""
        headline = headline_of_teaser(self.blocks, self.index)
        if headline is None or headline.link_share > HEADLINE_LINKS or headline.is_copied:
            return headline is not None
        return self.index not in self.within and not self.has_paragraph_beside

    @property
    def has_paragraph_beside(self) -> bool:
        """Whether another paragraph near it is in the same element: sections of an article below their subheadings."""
        near = self.blocks[max(0, self.index - 2 * NEAR) : self.index + 2 * NEAR]
        alike = (each for each in near if each is not self.block and each.container == self.block.container)
        return any(each.kind == "text" and has_sentence(each.text) for each in alike)


# Hard conditions about words that are outside of the article by position alone.
SURROUNDINGS = CaseTable[Surrounding, Place](
    "text around the article",
    otherwise=Place.DOUBT,
    rules=(
        Case(
            "no sentence",
            Place.CHROME,
            lambda block: not has_sentence(block.text),
            "> Bà con đã trồng xong hai trăm ha rừng gỗ",
            "> Bà con các xã vùng cao vừa trồng xong hai trăm ha rừng gỗ.",
        ),
        Case(
            "link",
            Place.CHROME,
            lambda block: block.block.link_share > MOST_LINKS,
            "[prose]\n> [link=1] Bà con các xã vùng cao vừa trồng xong hai trăm ha rừng gỗ.\nTin khác",
            "[prose]\n> [link=0.2] Bà con các xã vùng cao vừa trồng xong hai trăm ha rừng gỗ.\nTin khác",
        ),
        Case(
            "said in the article too",
            Place.CHROME,
            lambda block: comparison_key(block.text) in block.article,
            "@title Bà con các xã vùng cao vừa trồng xong hai trăm ha rừng gỗ.\n"
            "> Bà con các xã vùng cao vừa trồng xong hai trăm ha rừng gỗ.\nTin khác",
            "@title Khai mạc giải bóng chuyền\n> Bà con các xã vùng cao vừa trồng xong hai trăm ha rừng gỗ.\nTin khác",
        ),
        Case(
            "imprint",
            Place.CHROME,
            lambda block: is_imprint(block.text),
            "> Giấy phép số 00/GP-TTĐT do Sở cấp; điện thoại liên hệ của Ban Biên tập: 0200 000 000.",
            "> Giấy phép xây dựng do Sở cấp cho các hộ dân của xã đã được gửi tới từng nhà.",
        ),
        Case(
            "teaser of another article",
            Place.CHROME,
            lambda block: block.is_teaser,
            "[link=1] Rừng mới ở xã Tả Sin\n> Bà con các xã vùng cao vừa trồng xong hai trăm ha rừng gỗ.\n"
            "[link=1] Khai mạc giải bóng chuyền hơi",
            "[link=1] Rừng mới ở xã Tả Sin\n> Bà con các xã vùng cao vừa trồng xong hai trăm ha rừng gỗ.\n[prose]",
        ),
        Case(
            "comment of a reader",
            Place.CHROME,
            lambda block: block.index > block.comments,
            "Ý kiến bạn đọc (1)\nLò Văn Páo:\n> Bà con các xã vùng cao chúng tôi rất vui vì có rừng mới.",
            "Ý kiến của Sở:\nLò Văn Páo:\n> Bà con các xã vùng cao chúng tôi rất vui vì có rừng mới.",
        ),
    ),
)


def settle(blocks: Sequence[Block], article: Iterable[str]) -> None:
    """Decide about the blocks that were left out by their position only: chrome, or doubt.

    Args:
        blocks: all blocks of the page.
        article: the texts in the article.
    """
    keys = {comparison_key(text) for text in article}
    places = [index for index, block in enumerate(blocks) if block.place is Place.ARTICLE]
    within = range(places[0], places[-1]) if places else range(0)
    comments = next((index for index, block in enumerate(blocks) if COMMENTS.match(block.text)), len(blocks))
    for index, block in enumerate(blocks):
        if block.reason in BY_POSITION:
            place, rule = SURROUNDINGS.ruling(Surrounding(blocks, index, keys, comments, within))
            block.place = place
            if rule != "no sentence":  # where it stood says more
                block.reason = rule or "prose"


def headline_of_teaser(blocks: Sequence[Block], index: int) -> Block | None:
    """Return the headline of a paragraph in a list of other articles, where it stands alone below it; or None."""
    above = _neighbour(blocks, range(index - 1, max(-1, index - 1 - NEAR), -1))
    below = _neighbour(blocks, range(index + 1, min(len(blocks), index + 1 + NEAR)))
    if above is None or not is_headline_of_list(above):
        return None
    if below is None and not blocks[index].container:
        return above if _repeats(blocks, blocks.index(above)) else None
    is_alone = below is None or below.container != blocks[index].container or is_imprint(below.text)
    return above if is_alone or (below is not None and is_headline_of_list(below)) else None


def _repeats(blocks: Sequence[Block], headline: int) -> bool:
    """Return whether above a headline another one has a paragraph below it too."""
    return headline > 1 and has_sentence(blocks[headline - 1].text) and is_headline_of_list(blocks[headline - 2])


def _neighbour(blocks: Sequence[Block], places: range) -> Block | None:
    return next((blocks[place] for place in places if not _is_beside_headline(blocks[place])), None)


def is_headline_of_list(block: Block) -> bool:
    """Return whether a block can be an entry in a list of headlines: a link, or a line without a full stop."""
    if block.kind not in ("text", "heading", "list") or len(block.text) > LONGEST_HEADLINE or block.is_prose:
        return block.link_share > HEADLINE_LINKS
    return block.link_share > HEADLINE_LINKS or (
        len(block.text.split()) >= HEADLINE_WORDS and not block.text.endswith((".", ":", ";"))
    )


def _is_beside_headline(block: Block) -> bool:
    """Return whether a block is the picture, the date or a button of an entry."""
    if block.kind == "picture" or is_boilerplate(block.text):
        return True
    labels = read_labels(block.text)
    return labels is not None and labels.published is not None
