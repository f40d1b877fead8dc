"""A portal's archive of any size, the same for the same seed: about 360 Vietnamese words per article."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image

from tests import portals

ROOT = Path(__file__).resolve().parents[2]
CATEGORIES = ["Chính quyền", "Kinh tế – Cửa khẩu", "Nông nghiệp", "Văn hóa – Du lịch", "Xã hội", "Văn bản"]
CATEGORIES += ["Giáo dục", "Quốc phòng – An ninh"]
TAGS, AUTHORS, PICTURES = 60, 12, 40
WORDS = 360
NEWEST = datetime(2026, 11, 22, 18, 0)


@dataclass(frozen=True)
class Article:
    """An article in no generator's format yet.

    body: Markdown; `{images}` is the placeholder for the folder of pictures.
    """

    number: int
    title: str
    date: datetime
    category: str
    tags: tuple[str, ...]
    author: str
    lead: str
    body: str

    @property
    def slug(self) -> str:
        return f"bai-{self.number:06d}"


def articles(count: int, seed: int = 1) -> Iterator[Article]:
    """Return `count` articles, oldest first, one every three hours."""
    rng = random.Random(seed)
    sentences = _sentences()
    for number in range(count):
        yield _article(number, NEWEST - timedelta(hours=3 * (count - number)), sentences, rng)


def write(folder: Path, count: int, seed: int = 1) -> None:
    """Write `count` articles below `folder`/articles, the pictures they show, and the settings of a portal."""
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    portals.give_settings(folder)
    pictures(folder / "images")
    for article in articles(count, seed):
        write_article(folder, article)


def path(folder: Path, article: Article) -> Path:
    """Return the path of an article's file."""
    return folder / "articles" / f"{article.date:%Y}" / f"{article.slug}.md"


def write_article(folder: Path, article: Article) -> None:
    """Write one article in the portal's own format."""
    file = path(folder, article)
    file.parent.mkdir(parents=True, exist_ok=True)
    header = [
        "---",
        f'title: "{article.title}"',
        f"date: {article.date:%Y-%m-%d %H:%M}",
        f"category: {article.category}",
        f"tags: [{', '.join(article.tags)}]",
        f"authors: [{article.author}]",
        f'summary: "{article.lead}"',
        "---",
        "",
    ]
    text = "\n".join([*header, article.body.replace("{images}", "../../images"), ""])
    file.write_text(text, encoding="utf-8")


def _article(number: int, date: datetime, sentences: list[str], rng: random.Random) -> Article:
    tags = tuple(f"chủ đề {n}" for n in sorted(rng.sample(range(TAGS), 3)))
    title = " ".join(rng.choice(sentences).split()[:12]).strip(",.;:") + f" {number}"
    lead = rng.choice(sentences)
    parts, words = [], 0
    while words < WORDS:
        paragraph = " ".join(rng.choice(sentences) for _ in range(3))
        words += len(paragraph.split())
        parts.append(paragraph)
        if len(parts) == 2:
            parts.append(f"## Phần {number % 7}")
    if number % 4 == 0:
        parts.insert(1, f'![Hình vẽ số {number % PICTURES}]({{images}}/{number % PICTURES}.png "Quang cảnh")')
    category, author = CATEGORIES[number % len(CATEGORIES)], f"Phóng viên {number % AUTHORS}"
    return Article(number, title, date, category, tags, author, lead, "\n\n".join(parts))


def _sentences() -> list[str]:
    """Return sentences of the demonstration's own articles, without quotation marks."""
    sentences: list[str] = []
    for path in sorted((ROOT / "content" / "articles").rglob("*.md")):
        if path.name.endswith(".en.md"):
            continue
        body = path.read_text(encoding="utf-8").split("\n---\n", 1)[1]
        prose = " ".join(line for line in body.splitlines() if line and line[0].isalpha() and line[0].isupper())
        sentences += [
            s for s in re.split(r"(?<=[.!?])\s+", prose) if 6 < len(s.split()) < 40 and not set(s) & set('"[]*_`\\{}')
        ]
    return sorted(set(sentences))


def pictures(folder: Path) -> None:
    """Write the pictures that the articles show."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(PICTURES):
        shade = (40 + number * 5, 120, 200 - number * 4)
        Image.linear_gradient("L").resize((1200, 800)).convert("RGB").point(
            [min(255, v * s // 160) for s in shade for v in range(256)]
        ).save(folder / f"{number}.png")
