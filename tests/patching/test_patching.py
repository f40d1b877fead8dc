"""A library that is not as a patch expects is reported at once, by name and version."""

from __future__ import annotations

from importlib.metadata import version
from types import ModuleType

import pytest

from plugins.patching import Library, PatchError, speed_patches_wanted


class Thing:
    """A class of the imaginary library."""

    def work(self, item: str, often: int = 1) -> str:
        return item * often


@pytest.fixture
def library() -> Library:
    return Library("pydyf")


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_LANG", "en")


def test_a_name_is_replaced_and_restored(library: Library) -> None:
    library.replace(Thing, "work", lambda self, item, often=1: "new")
    assert Thing().work("old") == "new"
    assert [(replaced.owner, replaced.name) for replaced in library.replaced] == [(Thing, "work")]
    library.restore()
    assert Thing().work("old") == "old" and library.replaced == []


def test_a_missing_name_is_an_error_with_library_version_and_name(library: Library) -> None:
    module = ModuleType("some.module")
    for owner, name in ((Thing, "play"), (module, "draw"), (Thing(), "rest")):
        with pytest.raises(PatchError) as raised:
            library.replace(owner, name, print)
        assert not hasattr(owner, name)
        for part in ("pydyf", version("pydyf"), name, "environment/build.txt"):
            assert part in str(raised.value)
    with pytest.raises(PatchError, match=r"some\.module\.draw"):
        library.require(module, "draw")


@pytest.mark.parametrize(
    "new",
    [
        lambda self, item: "",
        lambda self, often=1, item="": "",
        lambda self, item, often=2: "",
        lambda self, item, *, often=1: "",
    ],
    ids=["fewer", "another order", "another default", "by name only"],
)
def test_another_signature_is_an_error(library: Library, new: object) -> None:
    with pytest.raises(PatchError, match=r"Thing\.work"):
        library.replace(Thing, "work", new)
    assert Thing().work("old") == "old" and library.replaced == []


def test_what_is_only_called_is_checked_too(library: Library) -> None:
    assert library.require(Thing, "work", "self", "item", "often") is Thing.work
    with pytest.raises(PatchError, match=r"\(self, item, often\) in place of .*Thing\.work\(self, item\)"):
        library.require(Thing, "work", "self", "item")


def test_speed_patches_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORTAL_SPEED_PATCHES", raising=False)
    assert speed_patches_wanted()
    monkeypatch.setenv("PORTAL_SPEED_PATCHES", "0")
    assert not speed_patches_wanted()
