"""Range requests for parts of files, as players send them."""

from __future__ import annotations

import pytest

from plugins.preview.byte_ranges import byte_range


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-", (0, 100)), ("bytes=10-19", (10, 20)), ("bytes=90-200", (90, 100)), ("bytes=-5", (95, 100)),
        ("bytes=-500", (0, 100)), (None, None), ("", None), ("bytes=-", None), ("bytes=0-1,5-6", None),
        ("pages=1-2", None),
    ],
)  # fmt: skip
def test_parts_of_a_file_are_sent(header: str | None, part: tuple[int, int] | None) -> None:
    assert byte_range(header, 100) == part


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=5-4", "bytes=-0"])
def test_parts_that_do_not_exist_are_rejected(header: str) -> None:
    with pytest.raises(ValueError, match="bytes="):
        byte_range(header, 100)
