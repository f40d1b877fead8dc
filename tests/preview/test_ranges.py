"""Parts of files, as players ask for them."""

from __future__ import annotations

import pytest

from plugins.preview.ranges import part


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("bytes=0-", (0, 100)),
        ("bytes=10-19", (10, 20)),
        ("bytes=90-200", (90, 100)),
        ("bytes=-5", (95, 100)),
        ("bytes=-500", (0, 100)),
        (None, None),
        ("", None),
        ("bytes=-", None),
        ("bytes=0-1,5-6", None),
        ("pages=1-2", None),
    ],
)
def test_parts(asked: str | None, found: tuple[int, int] | None) -> None:
    assert part(asked, 100) == found


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=5-4", "bytes=-0"])
def test_parts_that_are_not_there(asked: str) -> None:
    with pytest.raises(ValueError):
        part(asked, 100)
