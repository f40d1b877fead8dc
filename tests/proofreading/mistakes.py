"""Articles with mistakes that editors make, each with its line: what proofreading must find among clean lines."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import NamedTuple

from tests.benchmarks import corpus

WORD_LIST = """
chợ phiên bản làng ruộng lúa nước đường đèo mưa nắng hội họp xã huyện tỉnh trường học sinh cán bộ người dân
"""
# By code, blocks of lines whose first has the mistake; (w) is a word, (W) one with a capital, # a digit, ♯ the sign #.
MISTAKES: dict[str, tuple[str, ...]] = {
    "bullet": ("•\t(w) (w)\n•\t(w)", "\uf0b7 (w) (w)\n\uf0b7 (w)", "▪ (w) (w)\n▪ (w)", "•(w) (w)\n•(w)"),
    "mark-without-space": ("1.(W) (w)\n2.(W) (w)", "-(W) (w)\n-(W) (w)", "1)(W) (w)\n2)(W)", "+(w) (w)\n+(w)"),
    "heading-without-space": ("♯♯(W) (w)", "♯♯♯(W) (w) (w)"),
    "tab-table": ("Xã\tSố hộ\n(W)\t#\n(W) (w)\t##", "1\t(W) (w)\t#\n2\t(W)\t#", "(W)\t(w)\t(w)\n(W)\t#"),
    "table-without-dashes": ("| Xã | Hộ |\n| (W) | # |", "|(W)|(w)|(w)|\n|#|#|#|\n|#|#|#|"),
    "indented-paragraph": ("\t(W) (w) (w) (w).", "    (W) (w), (w) (w).", "\t\t(W) (w) (w) (w) (w)"),
    "conflict": ("<<<<<<< HEAD\n(w) (w)\n=======\n(w)\n>>>>>>> ban-hai",),
    "spaced-mark": ("(W) **(w) (w) ** (w).", "(W) ** (w)** (w).", "(W) *(w) (w) * (w).", "** (w) (w) **: (w)."),
    "spaced-link": ("(W) [(w) (w)] (../../documents/a.pdf) (w).", "[(W) (w)]  (https://vanson.example/a)"),
    "bare-address": ("(W) https://vanson.example/a?b=#.", "(W) (w): www.vanson.example/a/.", "(W) (w@vanson.example)."),
    "unseen-letters": ("(W)\u200b (w) (w).", "(W)\u00ad(w) (w).", "(W) \u2060(w) (w)."),
    "damaged-letters": ("(W) (w)\ufffd (w).", "(W)\ufffc (w) (w).", "(W) (w)\ue123."),
    "bold-heading": ("**(W) (w) (w)**\n\n(W) (w) (w).", "**(#). (W) (w)**\n\n(W) (w) (w).", "__(W) (w)__\n\n(W) (w)."),
    "skipped-level": ("♯♯♯♯♯ (W) (w)", "♯♯♯♯♯♯ (W) (w) (w)"),
    "empty-link": ("(W), [tại đây](../../documents/a.pdf).", "[Bấm vào đây để xem chi tiết](/a/)", "(W) [here](/a/)"),
    "file-name-as-description": ("![IMG_########](../../images/1.png)", "![Ruong.JPG](../../images/1.png)"),
    "long-sentence": (f"(W) {'(w) ' * 85}(w).",),
    "no-diacritics": ("Xa vung cao to chuc hoi nghi ve phong chong thien tai.", "Lich tiep cong dan thang nay cua xa"),
    "telex": ("Xax vungf cao toor chuwcs hooij nghij.", "(W) (w) toor chuwcs (w).", "ddoongf baof vungf lux"),
    "old-encoding": ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam"),
    "no-syllable": ("(W) nghành (w).", "(W) thuât (w).", "(W) nhữg (w) trươg.", "(W), kiêp (w).", "(W) (w) quôc (w)."),
    "identity-number": (
        "CCCD 0110########.",
        "Số 001 0## ### ###, (w).",
        "(W) số 0332######## (w).",
        "CMND: #########.",
    ),
    "telephone-number": ("Ông Lò Văn Páo (09 ## ### ###).", "Gia đình bà Lò Thị Mai, số 03########, (w) (w)."),
    "bank-account": ("Giúp cháu qua STK ############ Agribank.", "(W) (w) tài khoản số #### #### #### của bà Mai."),
    "caption": ("(W) (w) (w). Ảnh: Lò Văn Páo", "*(W) (w) (w)*"),
    "capitals": ("",),
    "word-quotes": ("",),
}
PICTURE = "![Ruộng bậc thang lúa chín](../../images/1.png)"


class Seeded(NamedTuple):
    """An article with a mistake: its text, the line of the mistake, and the code by which it must be told."""

    text: str
    line: int
    code: str


def block(kind: str, rng: random.Random) -> str:
    """Return lines with a mistake of a kind."""

    def fill(place: re.Match[str]) -> str:
        word, digit = rng.choice(WORD_LIST.split()), str(rng.randrange(10))
        return {"(w)": word, "(W)": word.capitalize(), "(w@": f"(vanthu{digit}@"}.get(place[0], digit)

    lines = re.sub(r"\(w\)|\(W\)|\(w@|#", fill, rng.choice(MISTAKES[kind]))
    return lines.replace("♯", "#")


def seeded(count: int, articles: int, seed: int = 1) -> Iterator[Seeded]:
    """Yield articles, the first `count` of them with a mistake each, in turns of all kinds; line is 0 in the others."""
    rng = random.Random(seed)
    kinds = list(MISTAKES)
    for number, article in enumerate(corpus.articles(articles, seed)):
        kind = kinds[number % len(kinds)] if number < count else ""
        title = f'"{article.title}"'
        if kind in ("capitals", "word-quotes"):
            title = title.upper() if kind == "capitals" else f"“{article.title}”"
        header = ["---", f"title: {title}", f"date: {article.date:%Y-%m-%d %H:%M}", f"category: {article.category}"]
        lines = [*header, f'summary: "{article.lead}"', "---", ""]
        lines += article.body.replace("{images}", "../../images").split("\n")
        line = 0 if not kind else 2
        if mistake := block(kind, rng) if kind else "":
            at = rng.choice([n for n, text in enumerate(lines) if n > 6 and not text]) + 1
            before = [PICTURE] if kind == "caption" else []
            lines[at:at] = [*before, *mistake.split("\n"), ""]
            line = at + len(before) + 1
        yield Seeded("\n".join(lines), line, kind)
