"""A portal's archive of any size, the same for the same seed: about 360 Vietnamese words an article."""

from __future__ import annotations

import random
import re
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
CATEGORIES = ["Chính quyền", "Kinh tế – Cửa khẩu", "Nông nghiệp", "Văn hoá – Du lịch", "Xã hội", "Văn bản"]
CATEGORIES += ["Giáo dục", "Quốc phòng – An ninh"]
TAGS, AUTHORS, PICTURES = 60, 12, 40
WORDS = 360
NEWEST = datetime(2026, 11, 22, 18, 0)


def write(folder: Path, articles: int, seed: int = 1) -> None:
    """Write `articles` articles below `folder`/articles and the pictures they show."""
    chance = random.Random(seed)
    sentences = _sentences()
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    _pictures(folder / "images")
    for number in range(articles):
        moment = NEWEST - timedelta(hours=3 * (articles - number))
        path = folder / "articles" / f"{moment:%Y}" / f"bai-{number:06d}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_article(number, moment, sentences, chance), encoding="utf-8")


def _article(number: int, moment: datetime, sentences: list[str], chance: random.Random) -> str:
    tags = ", ".join(f"chủ đề {n}" for n in sorted(chance.sample(range(TAGS), 3)))
    title = " ".join(chance.choice(sentences).split()[:12]).strip(",.;:") + f" {number}"
    lead = chance.choice(sentences)
    parts, words = [], 0
    while words < WORDS:
        paragraph = " ".join(chance.choice(sentences) for _ in range(3))
        words += len(paragraph.split())
        parts.append(paragraph)
        if len(parts) == 2:
            parts.append(f"## Phần {number % 7}")
    if number % 4 == 0:
        parts.insert(1, f'![Hình vẽ số {number % PICTURES}](../../images/{number % PICTURES}.png "Quang cảnh")')
    header = [
        "---",
        f'title: "{title}"',
        f"date: {moment:%Y-%m-%d %H:%M}",
        f"category: {CATEGORIES[number % len(CATEGORIES)]}",
        f"tags: [{tags}]",
        f"authors: [Phóng viên {number % AUTHORS}]",
        f'summary: "{lead}"',
        "---",
        "",
    ]
    return "\n".join([*header, "\n\n".join(parts), ""])


def _sentences() -> list[str]:
    """Sentences of the demonstration's own articles, without quotation marks."""
    found: list[str] = []
    for path in sorted((ROOT / "content" / "articles").rglob("*.md")):
        if path.name.endswith(".en.md"):
            continue
        body = path.read_text(encoding="utf-8").split("\n---\n", 1)[1]
        prose = " ".join(line for line in body.splitlines() if line and line[0].isalpha() and line[0].isupper())
        found += [s for s in re.split(r"(?<=[.!?])\s+", prose) if 6 < len(s.split()) < 40 and not set(s) & set('"[]*_`\\')]
    return sorted(set(found))


def _pictures(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(PICTURES):
        shade = (40 + number * 5, 120, 200 - number * 4)
        Image.linear_gradient("L").resize((1200, 800)).convert("RGB").point(
            [min(255, v * s // 160) for s in shade for v in range(256)]
        ).save(folder / f"{number}.png")
