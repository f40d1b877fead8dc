"""The account of a page: each of its words is in the article, in the chrome of the old portal, or in doubt.

What is counted are letters that can be seen (`blocks.letters_of`), after the markup is gone: scripts, styles, comments
and the head of a page are none. Whoever leaves words out enters them where it does so: a block by `Block.leave_out`,
anything else in `Page.left_out`. Words that nobody has entered make the account wrong, and the page an error.
`written_account.py` goes on from there to the file of the article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from plugins.i18n import translate

from .article import Article
from .blocks import Block, LeftOut, Page, Place, comparison_key
from .report import AccountRow
from .surroundings import has_sentence, settle

NO_ARTICLE = "no article"
MOST_WORDS_TOLD = 1500  # letters of doubtful text in one line of `review`


@dataclass(frozen=True)
class Account:
    """Where the letters of a source are.

    Args:
        letters: of the source.
        article, chrome, doubt: how many of them are there.
        rules: letters of the chrome by the name of the rule that holds them for it.
        doubtful: the texts in doubt.
    """

    letters: int
    article: int
    chrome: int
    doubt: int
    rules: dict[str, int]
    doubtful: tuple[str, ...] = ()

    @property
    def adds_up(self) -> bool:
        """Whether every letter is in one place."""
        return self.letters == self.article + self.chrome + self.doubt

    def row(self) -> AccountRow:
        """Return it as the report has it."""
        return {
            "letters": self.letters,
            "article": self.article,
            "chrome": self.chrome,
            "doubt": self.doubt,
            "rules": self.rules,
        }

    def notes(self) -> Iterable[str]:
        """Yield a note for review about each text in doubt, with its words."""
        for text in self.doubtful:
            yield translate(
                "Text: this may belong to the article; put it in or delete this line: {words}",
                words=text[:MOST_WORDS_TOLD] + ("…" if len(text) > MOST_WORDS_TOLD else ""),
            )


def account_of(page: Page, article: Article | None) -> Account:
    """Return the account of a page, once its article has been found."""
    if article is None:
        _leave_out_all(page.all_blocks)
    else:
        if page.document is not None:
            _enter_document(page.all_blocks, article)
        texts = [article.title, article.lead, *article.captions, *(block.text for block in article.body)]
        settle(page.all_blocks, texts)
    letters, rules = Counter[Place](), Counter[str]()
    left_out = [_judged(each, page) for each in page.left_out]
    entries: list[LeftOut | Block] = [*left_out, *page.all_blocks]
    for entry in entries:
        if entry.place is not None:
            letters[entry.place] += entry.letters
            rules[entry.reason] += entry.letters if entry.place is Place.CHROME else 0
    notes = sum(block.letters for note in page.footnotes.values() for block in note)
    doubtful = tuple(entry.text for entry in entries if entry.place is Place.DOUBT)
    return Account(
        page.letters + notes,
        letters[Place.ARTICLE] + notes,
        letters[Place.CHROME],
        letters[Place.DOUBT],
        dict(+rules),
        doubtful,
    )


def _enter_document(blocks: Iterable[Block], article: Article) -> None:
    """Enter the blocks of an authority's document: its header is of its form, see administrative.py."""
    texts = [article.title, *article.captions, *(block.text for block in article.body)]
    words = comparison_key(" ".join(texts))
    for block in blocks:
        if comparison_key(block.text) in words:
            block.take("text")
        else:
            block.leave_out("form of a document")


def _judged(left_out: LeftOut, page: Page) -> LeftOut:
    """Return words that nobody sees as doubtful if they are prose between two blocks of the article."""
    beside = page.all_blocks[max(0, left_out.index - 1) : left_out.index + 1]
    if len(beside) < 2 or any(block.place is not Place.ARTICLE for block in beside) or not has_sentence(left_out.text):
        return left_out
    return replace(left_out, place=Place.DOUBT)


def _leave_out_all(blocks: Iterable[Block]) -> None:
    for block in blocks:
        block.leave_out(NO_ARTICLE)
