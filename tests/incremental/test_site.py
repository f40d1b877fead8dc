"""The files of a site: rendered if their input has changed; files of others are never touched."""

from __future__ import annotations

import gzip
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.incremental.site import Changes, Publishing, Site
from plugins.incremental.state import State
from plugins.problems import ContentError
from tests import editors, portals

IN_PLACE = Publishing()


def publish(
    root: Path,
    files: Iterable[str] | Mapping[str, str],
    groups: Mapping[str, str] | None = None,
    publishing: Publishing = IN_PLACE,
) -> tuple[Changes, Site]:
    """Build `root`/output once: names, or names and texts; groups: the group of some names.

    Files below theme/ have a digest in their names.
    """
    texts = files if isinstance(files, Mapping) else dict.fromkeys(files, "x")
    state = State(root / "beside/build.sqlite", "same")
    try:
        site = Site(root / "output", root / "beside", state, 1, publishing)
        for name, text in texts.items():
            group = (groups or {}).get(name, "")
            site.add_output(name, f"made from {text}", lambda text=text: text.encode(), group)
        return site.publish(["theme/"]), site
    finally:
        state.close()


def counts(changes: Changes) -> tuple[int, int, int, int]:
    """Return the numbers of files rendered, written, unchanged, removed."""
    return changes.rendered, changes.written, changes.unchanged, changes.removed


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site that has been published once."""
    publish(tmp_path, ["index.html", "a/index.html", "a/b/index.html"])
    return tmp_path


def test_a_file_with_the_same_fingerprint_is_not_rendered_again(root: Path) -> None:
    changes, site = publish(root, ["index.html", "a/index.html", "a/b/index.html"])
    assert counts(changes) == (0, 0, 3, 0)
    assert site.reasons == {}


def test_the_list_of_owned_files_is_written_only_when_a_name_is_added_or_removed(root: Path) -> None:
    names, was_written = root / "beside/files.txt", []
    for files in ({"index.html": "mới", "a/index.html": "x", "a/b/index.html": "x"}, ["index.html", "a/index.html"]):
        before = names.stat().st_ino, names.stat().st_mtime_ns
        publish(root, files)
        was_written.append((names.stat().st_ino, names.stat().st_mtime_ns) != before)
    assert was_written == [False, True]
    assert names.read_text("utf-8").split() == ["a/index.html", "index.html"]


def test_each_file_says_why_it_was_rendered(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_LANG", "en")
    (root / "output/a/b/index.html").unlink()
    _, site = publish(root, {"index.html": "mới", "a/b/index.html": "x", "c.html": "x"})
    assert dict(site.explanations()) == {
        "index.html": "made: something that it shows has changed",
        "a/b/index.html": "made: somebody has changed or removed the file",
        "c.html": "made: it is new",
        "a/index.html": "removed: nothing needs it any more",
    }
    assert (
        dict(publish(root, {"index.html": "mới"})[1].explanations())["index.html"]
        == "left: all that it shows is as before"
    )


def test_a_file_that_is_no_longer_requested_is_removed_with_its_empty_folders(root: Path) -> None:
    assert counts(publish(root, ["index.html"])[0]) == (0, 0, 1, 2)
    assert [p.name for p in (root / "output").iterdir()] == ["index.html"]


def test_files_that_somebody_else_put_there_stay(root: Path) -> None:
    for name in ("google123.html", "a/b/ghi-chu.txt", ".well-known/security.txt"):
        editors.write_file(root / "output", name, "y")
    publish(root, ["index.html"])
    assert set(editors.file_digests(root / "output")) == {
        "index.html",
        "google123.html",
        "a/b/ghi-chu.txt",
        ".well-known/security.txt",
    }


def test_a_file_that_is_rendered_the_same_is_not_touched(root: Path) -> None:
    before = (root / "output/index.html").stat()
    state = State(root / "beside/build.sqlite", "same")
    site = Site(root / "output", root / "beside", state, 1)
    site.add_output("index.html", "made from something else", lambda: b"x")
    assert counts(site.publish()) == (1, 0, 1, 2)
    state.close()
    after = (root / "output/index.html").stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_changed_file_is_replaced_atomically(root: Path) -> None:
    with (root / "output/index.html").open() as reader:  # a process that is reading the old file reads it to its end
        changes, _ = publish(root, {"index.html": "mới"})
        assert reader.read() == "x"
    assert (root / "output/index.html").read_text() == "mới"
    assert changes.written == 1
    assert not list((root / "output").rglob(".*"))
    assert not (root / "beside/staged").exists()


@pytest.mark.parametrize(
    "meddle",
    [
        lambda p: p.unlink(),
        lambda p: p.write_text("yy"),
        lambda p: (p.write_text("y"), os.utime(p, (2, 2))),  # later, however coarse the file system's timestamps are
        lambda p: os.truncate(p, 0),
    ],
)
def test_a_file_that_somebody_changed_or_removed_is_rendered_again(root: Path, meddle) -> None:
    meddle(root / "output/a/index.html")
    assert counts(publish(root, ["index.html", "a/index.html", "a/b/index.html"])[0]) == (1, 1, 2, 0)
    assert (root / "output/a/index.html").read_text() == "x"


def test_a_file_with_only_a_new_modification_time_is_rendered_but_not_written(root: Path) -> None:
    os.utime(root / "output/index.html", (1, 1))
    assert counts(publish(root, ["index.html", "a/index.html", "a/b/index.html"])[0]) == (1, 0, 3, 0)
    assert counts(publish(root, ["index.html", "a/index.html", "a/b/index.html"])[0]) == (0, 0, 3, 0)


def test_a_deleted_output_is_rendered_again(root: Path) -> None:
    editors.file_digests(root / "output")
    for name in ("index.html", "a/index.html", "a/b/index.html"):
        (root / "output" / name).unlink()
    (root / "output/a/b").rmdir()
    (root / "output/a").rmdir()
    (root / "output").rmdir()
    assert counts(publish(root, ["index.html", "a/index.html", "a/b/index.html"])[0]) == (3, 3, 0, 0)


def test_what_an_interrupted_build_has_published_is_remembered(root: Path) -> None:
    editors.write_file(root / "output", "half.html", "x")
    with (root / "beside/files.txt").open("a") as own:  # the list is written before the files
        own.write("half.html\n")
    publish(root, ["index.html"])
    assert set(editors.file_digests(root / "output")) == {"index.html"}


def test_the_list_of_owned_files_outlives_the_state_and_the_state_the_list(root: Path) -> None:
    (root / "beside/build.sqlite").unlink()
    assert counts(publish(root, ["index.html", "a/index.html"])[0]) == (2, 0, 2, 1)
    (root / "beside/files.txt").unlink()
    assert counts(publish(root, ["index.html", "a/index.html"])[0]) == (0, 0, 2, 0)
    (root / "beside/build.sqlite").unlink()
    publish(root, ["index.html"])
    assert set(editors.file_digests(root / "output")) == {"index.html"}


def test_a_folder_may_become_a_file_and_a_file_a_folder(root: Path) -> None:
    publish(root, ["a", "index.html/x"])
    assert set(editors.file_digests(root / "output")) == {"a", "index.html/x"}


def test_one_address_cannot_be_used_twice(tmp_path: Path) -> None:
    state = State(tmp_path / "beside/build.sqlite", "same")
    site = Site(tmp_path / "output", tmp_path / "beside", state, 1)
    site.add_output("a", "1", lambda: b"1")
    for fingerprint, group in (("2", ""), ("1", "a group")):
        with pytest.raises(ContentError):
            site.add_output("a", fingerprint, lambda: b"1", group)
    state.close()


def test_the_same_file_may_be_added_twice(tmp_path: Path) -> None:
    """Two editions may show one picture; each call says whether it is rendered."""
    for new in (True, False):
        state = State(tmp_path / "beside/build.sqlite", "same")
        site = Site(tmp_path / "output", tmp_path / "beside", state, 1)
        assert [site.add_output("a", "1", lambda: b"1") for _ in range(2)] == [new, new]
        assert counts(site.publish()) == ((1, 1, 0, 0) if new else (0, 0, 1, 0))
        state.close()


def test_if_one_file_cannot_be_rendered_none_is_published(root: Path) -> None:
    before = editors.file_digests(root / "output")
    state = State(root / "beside/build.sqlite", "same")
    site = Site(root / "output", root / "beside", state, 1)
    site.add_output("index.html", "new", lambda: b"new")
    site.add_output("b.html", "new", lambda: 1 // 0)  # type: ignore[arg-type, return-value]
    with pytest.raises(ZeroDivisionError):
        site.publish()
    state.close()
    assert editors.file_digests(root / "output") == before
    assert not (root / "beside/staged").exists()
    assert counts(publish(root, ["index.html", "a/index.html", "a/b/index.html"])[0]) == (0, 0, 3, 0)


# --- files that readers of an earlier build need ---


def test_a_file_with_a_digest_in_its_name_stays_for_some_builds(tmp_path: Path) -> None:
    kept = Publishing(kept_builds=2)
    for number in range(6):
        style = {"theme/a.css"} if number == 0 else {"theme/b.css"}
        publish(tmp_path, dict.fromkeys({"index.html", *style}, str(number)), publishing=kept)
        # builds that change nothing do not count
        changes, _ = publish(tmp_path, dict.fromkeys({"index.html", *style}, str(number)), publishing=kept)
        assert counts(changes) == (0, 0, 2, 0)
        assert (tmp_path / "output/theme/a.css").exists() == (number <= 2), number
    assert (tmp_path / "beside/files.txt").read_text().split() == ["index.html", "theme/b.css"]


def test_a_page_that_is_withdrawn_goes_at_once(tmp_path: Path) -> None:
    publish(tmp_path, ["index.html", "a/index.html", "theme/a.css"], publishing=Publishing(kept_builds=5))
    publish(tmp_path, ["index.html"], publishing=Publishing(kept_builds=5))
    assert set(editors.file_digests(tmp_path / "output")) == {"index.html", "theme/a.css"}


def test_what_pages_need_comes_first_and_what_nobody_needs_goes_last(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(root, {"index.html": "1", "theme/a.css": "1", "old/index.html": "1"})
    steps: list[str] = []
    for name in ("replace", "unlink"):
        real = getattr(os, name)

        def recorded(*paths: object, real: Callable = real, name: str = name) -> None:
            steps.append(f"{name} {os.path.relpath(str(paths[-1]), root / 'output')}")
            real(*paths)

        monkeypatch.setattr(os, name, recorded)
    publish(root, {"index.html": "2", "theme/b.css": "2", "new/index.html": "2"})
    steps = [step for step in steps if ".." not in step]
    assert steps == [
        "replace theme/b.css",
        "replace new",
        "replace index.html",
        "unlink theme/a.css",
        "unlink old/index.html",
    ]


# --- any umask, any disk ---


def modes(folder: Path) -> set[str]:
    """Return the modes of all files and folders of a site, as `ls -l` shows them."""
    return {stat.filemode(path.stat().st_mode) for path in [folder, *folder.rglob("*")]}


def test_everybody_can_read_the_site_whatever_the_umask_is(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        publish(tmp_path, ["index.html", "a/b/index.html"])
        publish(tmp_path, {"index.html": "2", "a/b/index.html": "x", "c/index.html": "x"})
    finally:
        os.umask(before)
    assert modes(tmp_path / "output") == {"-rw-r--r--", "drwxr-xr-x"}


def test_modes_that_somebody_has_changed_are_repaired_by_a_build_that_has_nothing_else_to_do(root: Path) -> None:
    (root / "output/a/index.html").chmod(0o600)
    (root / "output/a").chmod(0o700)
    assert counts(publish(root, ["index.html", "a/index.html", "a/b/index.html"])[0]) == (0, 0, 3, 0)
    assert modes(root / "output") == {"-rw-r--r--", "drwxr-xr-x"}


def elsewhere() -> Path:
    """Return a new folder on another disk than that of temporary files."""
    candidates = [Path("/dev/shm"), Path("/var/tmp"), portals.ROOT / ".cache"]
    here = os.stat(tempfile.gettempdir()).st_dev
    found = next((folder for folder in candidates if folder.is_dir() and os.stat(folder).st_dev != here), None)
    if found is None:
        pytest.skip("this machine has only one disk")
    return Path(tempfile.mkdtemp(dir=found))


@pytest.mark.parametrize("place", ["output", "output/documents"])
def test_the_site_may_be_on_another_disk_or_have_one_within(tmp_path: Path, place: str) -> None:
    other = elsewhere()
    try:
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).symlink_to(other)
        for text in ("1", "2"):
            texts = {"index.html": text, "documents/a/b.csv": text, "documents/c.csv": "same"}
            assert publish(tmp_path, texts)[0].written == (3 if text == "1" else 2)
            assert {name: (tmp_path / "output" / name).read_text() for name in texts} == texts
        assert publish(tmp_path, texts)[0].written == 0
        publish(tmp_path, ["index.html"])
        assert not [path for path in other.rglob("*") if path.is_file() and path.name != "index.html"]
        assert not list(other.glob(".*"))
    finally:
        shutil.rmtree(other)


# --- compressed copies ---


def test_text_has_compressed_copies_that_change_with_it(tmp_path: Path) -> None:
    both, long = Publishing(encodings=("gz", "br")), "bài viết " * 200
    for text in (long, long.upper(), "ngắn", long):
        publish(tmp_path, {"a/index.html": text, "a/a.pdf": text}, publishing=both)
        copies = {path.suffix: path.read_bytes() for path in (tmp_path / "output/a").glob("index.html.*")}
        if text == "ngắn":
            assert copies == {}
        else:
            assert gzip.decompress(copies[".gz"]) == brotli.decompress(copies[".br"]) == text.encode()
    assert not list((tmp_path / "output").rglob("*.pdf.*"))
    publish(tmp_path, {"index.html": long}, publishing=both)
    assert set(editors.file_digests(tmp_path / "output")) == {"index.html", "index.html.gz", "index.html.br"}


def test_a_copy_that_an_interrupted_build_has_left_behind_is_replaced(tmp_path: Path) -> None:
    texts = {"index.html": "bài viết " * 200}
    publish(tmp_path, texts, publishing=Publishing(encodings=("gz",)))
    for damage in (gzip.compress(b"another text"), b"no gzip", b""):
        (tmp_path / "output/index.html.gz").write_bytes(damage)
        (tmp_path / "beside/build.sqlite").unlink()
        publish(tmp_path, texts, publishing=Publishing(encodings=("gz",)))
        assert gzip.decompress((tmp_path / "output/index.html.gz").read_bytes()).decode() == texts["index.html"]
    (tmp_path / "beside/build.sqlite").unlink()
    publish(tmp_path, texts)
    assert set(editors.file_digests(tmp_path / "output")) == {"index.html"}


# --- groups: many files with one fingerprint ---


def publish_group(root: Path, fingerprint: str, names: Iterable[str], text: str = "x") -> tuple[Changes, list[str]]:
    """Build once with a group "list" and a file of no group; return the changes and the files added one by one."""
    state = State(root / "beside/build.sqlite", "same")
    added: list[str] = []
    try:
        site = Site(root / "output", root / "beside", state, 1)

        def add_outputs() -> None:
            for name in names:
                added.append(name)
                site.add_output(name, f"made from {text}", text.encode, "list")

        site.add_output("index.html", "1", lambda: b"1")
        site.add_group("list", fingerprint, add_outputs)
        return site.publish(), added
    finally:
        state.close()


def test_an_unchanged_group_is_not_checked_file_by_file(tmp_path: Path) -> None:
    assert publish_group(tmp_path, "1", ["l/1", "l/2"])[1] == ["l/1", "l/2"]
    changes, added = publish_group(tmp_path, "1", ["l/1", "l/2"])
    assert (counts(changes), added) == ((0, 0, 3, 0), [])
    assert set(editors.file_digests(tmp_path / "output")) == {"index.html", "l/1", "l/2"}


def test_a_changed_group_renders_only_what_has_changed_in_it_and_removes_the_rest(tmp_path: Path) -> None:
    publish_group(tmp_path, "1", ["l/1", "l/2"])
    assert counts(publish_group(tmp_path, "2", ["l/1", "l/3"])[0]) == (1, 1, 2, 1)
    changes, added = publish_group(tmp_path, "2", ["l/1", "l/3"])
    assert (counts(changes), added) == ((0, 0, 3, 0), [])
    assert set(editors.file_digests(tmp_path / "output")) == {"index.html", "l/1", "l/3"}


def test_a_group_with_a_missing_file_is_checked_file_by_file(tmp_path: Path) -> None:
    publish_group(tmp_path, "1", ["l/1", "l/2"])
    (tmp_path / "output/l/2").unlink()
    assert counts(publish_group(tmp_path, "1", ["l/1", "l/2"])[0]) == (1, 1, 2, 0)


names = st.sets(st.sampled_from(["a", "b/c", "b/d", "e/f/g", "e/h", "k", "b", "e/f"])).filter(
    lambda chosen: not any(a.startswith(b + "/") for a in chosen for b in chosen)
)
foreign_names = st.sets(st.sampled_from(["z", "y/z", "y/x/z"]))


@settings(deadline=None)
@given(builds=st.lists(names, min_size=2, max_size=4), foreign=foreign_names)
def test_after_publishing_the_folder_has_what_was_rendered_and_what_is_foreign(
    builds: list[set[str]], foreign: set[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("site")
    before: set[str] = set()
    for number, files in enumerate(builds):
        changes, _ = publish(root, files)
        expected = (len(files - before), len(files - before), len(files & before), len(before - files))
        assert counts(changes) == expected
        if not number:
            for name in foreign:
                editors.write_file(root / "output", name, "z")
        assert set(editors.file_digests(root / "output")) == files | foreign
        before = files
    empty = [p for p in (root / "output").rglob("*") if p.is_dir() and not any(p.iterdir())]
    assert not empty
