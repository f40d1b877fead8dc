"""PDFs over many edits, and PDFs of a whole converted archive."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import editors, portals
from tests.convert import archives, templates, templates_later, templates_latest
from tests.pdf import builds, torture, verapdf
from tests.pdf.builds import Portal
from tests.pdf.test_patches import compare_without_patches

STEPS = 40


def _change(path: Path, pattern: str, new: str) -> None:
    text = path.read_text("utf-8")
    path.write_text(re.sub(pattern, lambda _: new, text, count=1, flags=re.M), "utf-8")


def _edits(portal: Portal, rng: random.Random, step: int) -> dict[str, Callable[[Path], object]]:
    """Return kinds of edits by name; each changes the PDF of the one article that it is given."""
    content = portal.content
    return {
        "body": lambda path: _change(path, r"\Z", f"\n\nThêm lần {step}, đứng ở cuối."),
        "title": lambda path: _change(path, "^title:.*", f"title: Tên lần {step}"),
        "category": lambda path: _change(
            path, "^category:.*", f"category: {rng.choice(['Xã hội', 'Nông nghiệp', 'Văn bản'])} {step}"
        ),
        "author": lambda path: _change(path, "^authors:.*", f"authors: Người viết {step}"),
        "picture": lambda path: editors.write_file(
            content, f"images/anh-{path.stem[-1]}.jpg", torture.photo(step + 50, 400, 300)
        ),
        "slug": lambda path: _change(path, r"\A---\n(slug:.*\n)?", f"---\nslug: duong-dan-{step}\n"),
    }


@pytest.mark.parametrize("seed", range(3))
def test_an_incremental_build_gives_the_pdfs_of_a_clean_build_and_renders_what_has_changed(
    seed: int, tmp_path: Path
) -> None:
    rng = random.Random(seed)
    portal = Portal(tmp_path, builds.content(tmp_path / "content"))
    portal.build()
    clean = Portal(tmp_path / "clean", portal.content)
    for step in range(STEPS):
        articles = sorted((portal.content / "articles/2026").glob("bai-?.md"))
        path = rng.choice(articles)
        kind = rng.choice(["nothing", "delete", "draft", "no pdf", *_edits(portal, rng, step)])
        original = path.read_text("utf-8")
        if kind == "delete":
            path.unlink()
        elif kind in ("draft", "no pdf"):
            _change(path, r"\A---\n", {"draft": "---\nstatus: draft\n", "no pdf": "---\npdf: false\n"}[kind])
        elif kind != "nothing":
            _edits(portal, rng, step)[kind](path)
        assert portal.new() == (0 if kind in ("nothing", "delete", "draft", "no pdf") else 1), (step, kind)
        if step % 4 == 3:
            clean.build()
            assert portal.pdfs() == clean.pdfs(), (step, kind)
        if kind in ("delete", "draft", "no pdf"):
            path.write_text(original, "utf-8")
            assert portal.new() == 0, (step, kind)  # it is in the cache


def test_the_hardest_article_is_the_same_to_the_byte_without_the_speed_patches(tmp_path: Path) -> None:
    compare_without_patches(tmp_path, torture.content(tmp_path / "content"))


def test_all_pdfs_of_a_converted_archive_are_valid_and_complete(tmp_path: Path) -> None:
    for number, module in enumerate((templates, templates_later, templates_latest)):
        archives.write(tmp_path / f"old/{number}", module.TEMPLATES, 6, first=1000 * number, seed=number)
        archives.convert(tmp_path / f"old/{number}", tmp_path / "content/articles")
    result = portals.build(tmp_path / "output", tmp_path / "content", pdf=True)
    assert result.returncode == 0, result.stderr
    files = sorted(tmp_path.glob("output/bai-viet/*/*.pdf"))
    assert len(files) > 150
    assert verapdf.failures(files) == {}
