"""Range requests for parts of files, as players send them."""

from __future__ import annotations

import pytest

from plugins.preview.byte_ranges import BOUNDARY, byte_range, several_ranges


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


def test_several_ranges_come_as_parts_with_their_places() -> None:
    body = several_ranges("bytes=0-1, 4-4,-1", b"abcdefgh", "text/x")
    assert body is not None
    parts = [part.split(b"\r\n\r\n", 1) for part in body.split(f"--{BOUNDARY}".encode())[1:-1]]
    assert [content for _, content in parts] == [b"ab\r\n", b"e\r\n", b"h\r\n"]
    assert [head.split(b"Content-Range: ")[1] for head, _ in parts] == [b"bytes 0-1/8", b"bytes 4-4/8", b"bytes 7-7/8"]
    for header in (None, "bytes=0-1", "bytes=0-1,99-100", "bytes=0-1,x", "lines=0-1,2-3"):
        assert several_ranges(header, b"abcdefgh", "text/x") is None
