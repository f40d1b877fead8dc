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
from .worlds import EDITS, Edit, World, small, tiny

STEPS = 6  # builds in a sequence, of one to three edits each
KINDS = sorted(EDITS)
TOGETHER = 6  # kinds of edits in one test


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The small portal, built twice from scratch. To be copied, since all workers share it."""

    def build_into(folder: Path) -> None:
        world = small(folder / "world")
        assert world.build().status == 0
        assert world.build_clean()[1] == contents(world.output)
        (folder / "world.pickle").write_bytes(pickle.dumps(world))

    return pickle.loads((portals.build_once(tmp_path_factory, "identity", build_into) / "world.pickle").read_bytes())


@contextmanager
def copied(world: World) -> Iterator[World]:
    """Yield a copy that is deleted afterwards."""
    with tempfile.TemporaryDirectory(dir=world.root.parent) as folder:
        yield world.copy(Path(folder) / "world")


def compare(world: World, prepare: Callable[[], object] | None = None, empty: bool = False) -> bool:
    """Build incrementally and from scratch, and assert that files, messages and success are the same.

    empty_cache: build from scratch with an empty cache.

    Returns:
        Whether the site was published.
    """
    before = contents(world.output)
    built = world.build(prepare)
    clean, wanted = world.build_clean(empty)
    story = "\n".join(world.diary)
    assert (built.crash, clean.crash) == ("", ""), f"after\n{story}"
    assert (built.status, complaints(built)) == (clean.status, complaints(clean)), f"after\n{story}"
    found = contents(world.output)
    if clean.status:  # nothing is published then
        wanted = before
    assert found.keys() == wanted.keys(), (
        f"left over {found.keys() - wanted.keys()}, missing {wanted.keys() - found.keys()} after\n{story}"
    )
    different = [name for name in sorted(found) if found[name] != wanted[name]]
    assert not different, f"{difference(different[0], found, wanted)}\nand {different[1:]} after\n{story}"
    return clean.status == 0


def complaints(built: Built) -> set[str]:
    """Return what a build complains about.

    If it fails, only which files: a file that is read again is reported in other words.
    """
    lines = set(built.complaints.splitlines())
    return (
        {line.partition(".md")[0] for line in lines if "warning:" not in line and ".md" in line}
        if built.status
        else lines
    )


def difference(name: str, found: dict[str, bytes], wanted: dict[str, bytes]) -> str:
    """Return the lines of one file in which two sites differ."""
    old, new = (site[name].decode(errors="replace").splitlines() for site in (found, wanted))
    return "\n".join(difflib.unified_diff(old, new, f"{name}, built on", f"{name}, from nothing", lineterm="", n=0))


def live(world: World, steps: list[list[Edit]], empty: bool = False) -> int:
    """Do one step after another, and compare after each; return how many were published.

    empty_cache: see `compare`.
    """
    published = 0
    with copied(world) as copy:
        for step in steps:
            copy.diary.append("--- build ---")
            copy.do(step)
            published += compare(copy, empty=empty)
    return published


def drawn() -> list[list[Edit]]:
    """Draw a sequence of edits. No seed is needed: if it fails, the log of edits has it."""
    draw = random.Random()
    return [
        [Edit(draw.choice(KINDS), draw.randrange(41), draw.randrange(8)) for _ in range(draw.randint(1, 3))]
        for _ in range(STEPS)
    ]


@pytest.mark.parametrize("number", range(5))
def test_an_incremental_build_gives_what_a_clean_build_gives(published: World, number: int) -> None:
    live(published, drawn())


def edit_alone(published: World, first: int, how: int) -> None:
    """Do some kinds of edits one after another, in one of the ways that each has."""
    steps = [[Edit(KINDS[number], 5 * number + how, how)] for number in range(first, min(first + TOGETHER, len(KINDS)))]
    assert live(published, steps) >= len(steps) - 2, "what cannot be published shows nothing"


@pytest.mark.parametrize("first", range(0, len(KINDS), TOGETHER))
def test_every_kind_of_edit_alone(published: World, first: int) -> None:
    edit_alone(published, first, how=0)


COSTLY = [
    [Edit("rewrite", 0, 0), Edit("retitle", 1, 1)],
    [Edit("repaint", 0, 1), Edit("change_target", 0, 0), Edit("setting", 0, 2)],
    [Edit("template", 0, 1), Edit("setting", 0, 0), Edit("sign", 0, 2), Edit("clock", 0, 1)],
    [Edit("translate", 1, 0), Edit("page", 0, 0), Edit("setting", 0, 3), Edit("create", 1, 1)],
]


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Three articles with PDFs, recordings and the search index."""
    world = tiny(tmp_path_factory.mktemp("rich") / "world")
    built = world.build()
    assert built.status == 0, built.complaints or built.crash
    assert {path.suffix for path in world.output.rglob("*.*")} >= {".pdf", ".mp3", ".vtt", ".bin", ".avif", ".png"}
    return world


def test_it_does_with_pdfs_recordings_and_the_search_index(rich: World) -> None:
    with copied(rich) as world:
        for step in COSTLY[:-1]:
            world.do(step)
            assert world.build().status == 0
        world.do(COSTLY[-1])
        assert compare(world, empty=True)


def test_a_link_to_a_deleted_article_is_reported_beside_another_files_error(published: World) -> None:
    assert live(published, [[Edit("break_header", 1, 7), Edit("delete", 15, 3)]]) == 0


def without_neighbours_in_fingerprints() -> None:
    """A fault: a page shows its neighbours without having them in its fingerprint."""
    feature = plugins.neighbors.feature
    careful = feature.prepare

    def careless(build: BuildContext) -> Iterable[Problem]:
        problems = careful(build)
        for article in build.articles:
            article.displayed_stories = []
        return problems

    feature.prepare = careless


def test_a_page_with_an_incomplete_fingerprint_is_found(published: World) -> None:
    with copied(published) as world:
        compare(world, without_neighbours_in_fingerprints)
        world.do([Edit("retitle", 9, 1)])
        with pytest.raises(AssertionError, match="Edit\\('retitle', 9, 1\\)"):
            compare(world, without_neighbours_in_fingerprints)


def test_a_correct_portal_is_not_accused(published: World) -> None:
    with copied(published) as world:
        compare(world)
        world.do([Edit("retitle", 9, 1)])
        compare(world)


def test_what_a_lost_state_has_forgotten_is_rendered_again(published: World) -> None:
    with copied(published) as world:
        shutil.rmtree(world.output)
        compare(world)
        shutil.rmtree(world.root / "output.state")
        compare(world)
