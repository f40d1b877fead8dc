"""Whatever is done to a portal, an incremental build gives what a clean build gives, byte for byte."""

from __future__ import annotations

import difflib
import pickle
import random
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import plugins.neighbors
from plugins.portal.outputs import BuildContext
from plugins.problems import Problem
from tests import portals

from .builds import Built, contents
from .portal_edits import EDITS, Edit, EditedPortal, small_portal, tiny_portal

STEPS = 3  # builds in a sequence, of one to three edits each
KINDS = sorted(EDITS)
TOGETHER = 6  # kinds of edits in one test


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> EditedPortal:
    """The small portal, built twice from scratch. To be copied, since all workers share it."""

    def build_into(folder: Path) -> None:
        portal = small_portal(folder / "portal")
        assert portal.build().status == 0
        assert portal.build_clean()[1] == contents(portal.output)
        (folder / "portal.pickle").write_bytes(pickle.dumps(portal))

    return pickle.loads((portals.build_once(tmp_path_factory, "identity", build_into) / "portal.pickle").read_bytes())


@contextmanager
def temporary_copy(portal: EditedPortal) -> Iterator[EditedPortal]:
    """Yield a copy that is deleted afterwards."""
    with tempfile.TemporaryDirectory(dir=portal.root.parent) as folder:
        yield portal.copy(Path(folder) / "portal")


def compare(portal: EditedPortal, prepare: Callable[[], object] | None = None, empty_cache: bool = False) -> bool:
    """Build incrementally and from scratch, and assert that files, messages and success are the same.

    empty_cache: build from scratch with an empty cache.

    Returns:
        Whether the site was published.
    """
    before = contents(portal.output)
    built = portal.build(prepare)
    clean, expected = portal.build_clean(empty_cache)
    log = "\n".join(portal.log)
    assert (built.crash, clean.crash) == ("", ""), f"after\n{log}"
    assert (built.status, complaints(built)) == (clean.status, complaints(clean)), f"after\n{log}"
    actual = contents(portal.output)
    if clean.status:  # nothing is published then
        expected = before
    assert actual.keys() == expected.keys(), (
        f"left over {actual.keys() - expected.keys()}, missing {expected.keys() - actual.keys()} after\n{log}"
    )
    different = [name for name in sorted(actual) if actual[name] != expected[name]]
    assert not different, f"{difference(different[0], actual, expected)}\nand {different[1:]} after\n{log}"
    return clean.status == 0


def complaints(built: Built) -> set[str]:
    """Return what a build complains about.

    If it fails, only which files: a file that is read again is reported in other words.
    """
    # what an article said before, only a build that has seen it knows
    lines = {line for line in built.complaints.splitlines() if "changed after publication without" not in line}
    return (
        {line.partition(".md")[0] for line in lines if "warning:" not in line and ".md" in line}
        if built.status
        else lines
    )


def difference(name: str, actual: dict[str, bytes], expected: dict[str, bytes]) -> str:
    """Return the lines of one file in which two sites differ."""
    old, new = (site[name].decode(errors="replace").splitlines() for site in (actual, expected))
    return "\n".join(difflib.unified_diff(old, new, f"{name}, incremental", f"{name}, clean", lineterm="", n=0))


def compare_after_each(portal: EditedPortal, steps: list[list[Edit]], empty_cache: bool = False) -> int:
    """Do one step after another, and compare after each; return how many were published.

    empty_cache: see `compare`.
    """
    published = 0
    with temporary_copy(portal) as copy:
        for step in steps:
            copy.log.append("--- build ---")
            copy.do(step)
            published += compare(copy, empty_cache=empty_cache)
    return published


def random_steps() -> list[list[Edit]]:
    """Draw a sequence of edits. No seed is needed: if it fails, the log of edits has it."""
    draw = random.Random()
    return [
        [Edit(draw.choice(KINDS), draw.randrange(41), draw.randrange(8)) for _ in range(draw.randint(1, 3))]
        for _ in range(STEPS)
    ]


@pytest.mark.parametrize("number", range(5))
def test_an_incremental_build_gives_what_a_clean_build_gives(published: EditedPortal, number: int) -> None:
    compare_after_each(published, random_steps())


def edit_alone(published: EditedPortal, first: int, variant: int) -> None:
    """Do some kinds of edits one after another, in one of the ways that each has."""
    steps = [
        [Edit(KINDS[number], 5 * number + variant, variant)]
        for number in range(first, min(first + TOGETHER, len(KINDS)))
    ]
    assert compare_after_each(published, steps) >= len(steps) - 2, (
        "most steps must be published, otherwise the test proves nothing"
    )


@pytest.mark.parametrize("first", range(0, len(KINDS), TOGETHER))
def test_every_kind_of_edit_alone_gives_what_a_clean_build_gives(published: EditedPortal, first: int) -> None:
    edit_alone(published, first, variant=0)


COSTLY = [
    [Edit("rewrite", 0, 0), Edit("retitle", 1, 1)],
    [Edit("repaint", 0, 1), Edit("change_target", 0, 0), Edit("setting", 0, 2)],
    [Edit("template", 0, 1), Edit("setting", 0, 0), Edit("sign", 0, 2), Edit("clock", 0, 1)],
    [Edit("translate", 1, 0), Edit("page", 0, 0), Edit("setting", 0, 3), Edit("create", 1, 1)],
]


@pytest.fixture(scope="module")
def with_artifacts(tmp_path_factory: pytest.TempPathFactory) -> EditedPortal:
    """Three articles with PDFs, recordings and the search index."""
    portal = tiny_portal(tmp_path_factory.mktemp("with-artifacts") / "portal")
    built = portal.build()
    assert built.status == 0, built.complaints or built.crash
    assert {path.suffix for path in portal.output.rglob("*.*")} >= {".pdf", ".mp3", ".vtt", ".lists", ".avif", ".png"}
    return portal


def test_an_incremental_build_with_pdfs_recordings_and_search_index_equals_a_clean_one(
    with_artifacts: EditedPortal,
) -> None:
    with temporary_copy(with_artifacts) as portal:
        for step in COSTLY[:-1]:
            portal.do(step)
            built = portal.build()
            assert built.status == 0, built.complaints
        portal.do(COSTLY[-1])
        assert compare(portal, empty_cache=True)


def test_a_link_to_a_deleted_article_is_reported_beside_another_files_error(published: EditedPortal) -> None:
    assert compare_after_each(published, [[Edit("break_header", 1, 7), Edit("delete", 15, 3)]]) == 0


def without_neighbours_in_fingerprints() -> None:
    """A fault: a page shows its neighbours without having them in its fingerprint."""
    feature = plugins.neighbors.feature
    real_prepare = feature.prepare

    def forgetful_prepare(build: BuildContext) -> Iterable[Problem]:
        problems = real_prepare(build)
        for article in build.articles:
            article.displayed_stories = []
        return problems

    feature.prepare = forgetful_prepare


def test_a_page_with_an_incomplete_fingerprint_is_found(published: EditedPortal) -> None:
    with temporary_copy(published) as portal:
        portal.settings = portal.settings | {"SITEURL": ""}  # else a file names the fingerprints themselves
        compare(portal, without_neighbours_in_fingerprints)
        portal.do([Edit("retitle", 9, 1)])
        with pytest.raises(AssertionError, match="Edit\\('retitle', 9, 1\\)"):
            compare(portal, without_neighbours_in_fingerprints)


def test_a_correct_portal_is_not_accused(published: EditedPortal) -> None:
    with temporary_copy(published) as portal:
        compare(portal)
        portal.do([Edit("retitle", 9, 1)])
        compare(portal)


def test_what_a_lost_state_has_forgotten_is_rendered_again(published: EditedPortal) -> None:
    with temporary_copy(published) as portal:
        shutil.rmtree(portal.output)
        compare(portal)
        shutil.rmtree(portal.root / "output.state")
        compare(portal)
