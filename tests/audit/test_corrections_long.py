"""A hundred articles withdrawn behind a real nginx, and fifty changes in silence among four hundred harmless ones."""

from __future__ import annotations

import gzip
import random
import re
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from environment import system
from plugins.corrections import silent_changes
from tests import editors, portals
from tests.benchmarks import corpus
from tests.statistics.nginx import serving

WITHDRAWN, KEPT, SEEDED, HARMLESS = 100, 20, 50, 400
MARKER = "Xyloquasar"


def words_of(file: Path) -> bytes:
    """All bytes of a file, unpacked."""
    data = file.read_bytes()
    if file.suffix == ".gz":
        return gzip.decompress(data).lower()
    return data.lower()


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("withdrawn")
    content = editors.write_small_content(root / "content")
    body = f"Câu của {MARKER} số %d."
    for number in range(WITHDRAWN + KEPT):
        marked = {"title": f"Bài {MARKER} {number}"} if number < WITHDRAWN else {"title": f"Bài giữ {number}"}
        editors.write_article(content, f"bai-{number}.md", body % number if number < WITHDRAWN else "Giữ.", **marked)
    assert portals.build(root / "output", content, env={"SITEURL": "https://vanson.example"}).returncode == 0
    before = {path.relative_to(root / "output") for path in (root / "output").rglob("index.html")}
    for number in range(WITHDRAWN):
        more = {
            "status": "withdrawn",
            "reason": f'"28/5/2026: Nhầm số liệu {number}."',
            "title": f"Bài {MARKER} {number}",
        }
        editors.write_article(content, f"bai-{number}.md", body % number, **more)
    assert portals.build(root / "output", content, env={"SITEURL": "https://vanson.example"}).returncode == 0
    assert before <= {path.relative_to(root / "output") for path in (root / "output").rglob("index.html")}
    return root / "output"


def test_of_a_hundred_withdrawn_articles_not_a_byte_is_left(output: Path) -> None:
    files = [path for path in output.rglob("*") if path.is_file()]
    assert [path for path in files if MARKER.lower().encode() in words_of(path)] == []
    assert len(files) > WITHDRAWN + KEPT


@pytest.mark.skipif(not system.nginx(), reason="no nginx on this machine")
def test_each_answers_410_with_its_notice_and_all_others_as_before(output: Path, tmp_path: Path) -> None:
    with serving(output, tmp_path / "run") as served:
        for number in range(WITHDRAWN + KEPT):
            status, text = answer(f"{served.address}/bai-viet/bai-{number}/")
            assert status == (410 if number < WITHDRAWN else 200), number
            assert f"Nhầm số liệu {number}." in text or number >= WITHDRAWN
            assert MARKER not in text


def answer(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=portals.PATIENCE) as response:
            return response.status, response.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode("utf-8", "replace")


# --- changes in silence ---------------------------------------------------------------------------------


def seeded(text: str, rng: random.Random) -> str:
    """A text with another number, another name, or a number more or less."""
    numbers = list(re.finditer(r"\d+(?:[.,]\d+)*", text))
    names = list(re.finditer(r"(?<=[a-zà-ỹ] )[A-ZĐ][a-zà-ỹ]+ [A-ZĐ][a-zà-ỹ]+", text))
    if not numbers and not names:
        return f"{text} Có 318 hộ."
    found = rng.choice(numbers + names)
    others = [str(rng.randrange(2, 9_000))] if found[0][0].isdigit() else ["Lò Văn Pản", "Khau Mười", ""]
    return text[: found.start()] + rng.choice([new for new in others if new != found[0]]) + text[found.end() :]


def harmless(text: str, rng: random.Random) -> str:
    """A text that is spelled, set or ordered in another way."""
    match rng.randrange(6):
        case 0:
            return re.sub(r"(?<=\w)\b(?= )", " ", text, count=3).replace("  ", " ")
        case 1:
            return "\n\n".join(reversed(text.split("\n\n")))
        case 2:
            return text.replace(" hòa", " hoà").replace(" ủy", " uỷ").replace(" khóa", " khoá")
        case 3:
            return text.replace(" và ", " cùng với ", 2)
        case 4:
            return re.sub(r"(\d)\.(\d{3})\b", r"\1\2", text)
    return re.sub(r"\. (\w)", lambda found: f"; {found[1].lower()}", text, count=1) + " Xin cảm ơn bạn đọc."


def test_seeded_changes_are_told_and_harmless_ones_are_not() -> None:
    rng = random.Random(7)
    articles = list(corpus.articles(SEEDED + HARMLESS))

    def told(before: str, after: str) -> bool:
        texts = (
            silent_changes.text_of("Tựa", "".join(f"<p>{p}</p>" for p in t.split("\n\n"))) for t in (before, after)
        )
        return bool(silent_changes.changes(*texts))

    bodies = [re.sub(r"!\[[^\]]*\]\([^)]*\)", "", article.body) for article in articles]
    changed = [seeded(body, rng) for body in bodies[:SEEDED]]
    assert all(a != b for a, b in zip(changed, bodies, strict=False))
    found = [told(*pair) for pair in zip(bodies[:SEEDED], changed, strict=True)]
    false = [pair for body in bodies[SEEDED:] if told(*(pair := (body, harmless(body, rng))))]
    print(f"{sum(found)} of {SEEDED} found, {len(false)} of {HARMLESS} false")
    assert sum(found) >= 0.98 * SEEDED
    assert len(false) <= 0.01 * HARMLESS
