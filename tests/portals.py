"""Portals built for tests: the real command, in a process of its own, on real files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def build(
    output: Path,
    content: Path | None = None,
    *,
    without: str | None = None,
    settings: str = "",
    env: dict[str, str] | None = None,
    pdf: bool = False,
    audio: bool = False,
) -> subprocess.CompletedProcess[str]:
    """Run `tasks.py build`. without: a plugin left out, e.g. "text_size". settings: Python lines that end the settings.
    pdf, audio: with the PDF, the recording of each article, which take a second each."""
    arguments = ["--output", str(output), *([] if pdf else ["--no-pdf"]), *([] if audio else ["--no-audio"])]
    if content is not None:
        arguments += ["--content", str(content)]
    if without or settings:
        config = output.with_name(output.name + "-conf.py")
        lines = ["import sys", f"sys.path.insert(0, {str(ROOT)!r})", "from publishconf import *"]
        if without:
            lines.append(f"PLUGINS.remove('plugins.{without}')")
        config.write_text("\n".join([*lines, settings]), encoding="utf-8")
        arguments += ["--config", str(config)]
    return subprocess.run(
        [sys.executable, str(ROOT / "tasks.py"), "build", *arguments],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        timeout=300,
    )


ARTICLE = """---
title: {title}
date: {date}
category: {category}
{more}---

{body}
"""


def write_article(content: Path, name: str, body: str = "Nội dung.", **header: str) -> Path:
    """Write an article below `content`; header overrides title, date, category and adds other keys."""
    known = {"title": "Một bài viết", "date": "2026-01-02", "category": "Xã hội"} | header
    more = "".join(f"{k}: {v}\n" for k, v in known.items() if k not in ("title", "date", "category"))
    path = content / "articles" / "2026" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = ARTICLE.format(title=known["title"], date=known["date"], category=known["category"], more=more, body=body)
    path.write_text(text, encoding="utf-8")
    return path
