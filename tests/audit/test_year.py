"""A year of daily builds: each gives what a clean build gives on that day, and renders only what was due."""

from __future__ import annotations

import random
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pelicanconf
from tests import portals
from tests.incremental.builds import build, contents
from tests.kinds import consultations

FIRST, DAYS, THINGS = date(2026, 1, 1), 365, 200
HOUR = 3600


def test_a_build_a_day_for_a_year(tmp_path: Path) -> None:
    rng, content = random.Random(1), tmp_path / "content"
    published: dict[int, int] = {}  # day -> how many articles appear
    for number in range(THINGS):
        day = rng.randrange(-30, DAYS)
        published[day] = published.get(day, 0) + 1
        portals.write_article(
            content, f"bai-{number}.md", title=f"Bài {number}", date=(FIRST + timedelta(days=day)).isoformat()
        )
    changes: dict[int, set[str]] = {}  # day -> consultations whose page changes on that day
    for number in range(THINGS):
        opens = rng.randrange(0, DAYS)
        closes, slug = opens + rng.randrange(0, 40), f"du-thao-{number}"
        days = [(FIRST + timedelta(days=day)).isoformat() for day in (opens, closes)]
        consultations.write(content, slug, f"Dự thảo {number}", *days, date="2025-12-01")
        for day in (opens, closes + 1):
            changes.setdefault(day, set()).add(slug)
    consultations.install(tmp_path / "elsewhere")
    settings = {
        "PLUGIN_PATHS": [str(tmp_path / "elsewhere")], "PLUGINS": [*pelicanconf.PLUGINS, "consultations"],
        "SITEURL": "https://vanson.example", "THEME": str(portals.ROOT / "theme"),
    }  # fmt: skip
    for day in range(DAYS):
        epoch = int(datetime.fromisoformat(f"{FIRST + timedelta(days=day)}T09:00:00+07:00").timestamp())
        built = build(tmp_path / "output", content, tmp_path / "cache", epoch=epoch, **settings)
        assert (built.status, built.crash) == (0, ""), built.complaints
        for name in ("clean", "clean.state"):
            shutil.rmtree(tmp_path / name, ignore_errors=True)
        clean = build(tmp_path / "clean", content, tmp_path / "clean-cache", epoch=epoch, **settings)
        assert clean.status == 0 and contents(tmp_path / "output") == contents(tmp_path / "clean"), day
        if day:
            pages = {
                name.split("/")[1]
                for name in built.reasons
                if name.startswith("gop-y/du-thao-") and name.endswith("/index.html")
            }
            assert pages == changes.get(day, set()), day
            leaves = published.get(day - 2, 0) or published.get(day - 3, 0)  # an article leaves the news sitemap
            if not (changes.get(day) or published.get(day) or leaves):
                assert not built.reasons, (day, sorted(built.reasons))
