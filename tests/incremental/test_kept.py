"""What is kept in the cache is made once, and again when it is lost or damaged."""

from __future__ import annotations

from pathlib import Path

from plugins.incremental.kept import MOST, kept


def test_it_is_made_once_for_a_key(tmp_path: Path) -> None:
    made: list[str] = []
    for key in ("a", "a", "b", "a"):
        assert kept(tmp_path / "k", key, lambda key=key: made.append(key) or f'["{key}"]') == f'["{key}"]'
    assert made == ["a", "b"]


def test_what_is_damaged_is_made_again(tmp_path: Path) -> None:
    for damaged in (b"", b"\0" * 7, b'["a'):
        kept(tmp_path, "a", lambda: '["a"]')
        next(tmp_path.glob("*.json")).write_bytes(damaged)
        assert kept(tmp_path, "a", lambda: '["new"]') == '["new"]'
        next(tmp_path.glob("*.json")).unlink()


def test_only_the_newest_stay(tmp_path: Path) -> None:
    for number in range(MOST + 5):
        kept(tmp_path, str(number), lambda: "{}")
    assert len(list(tmp_path.iterdir())) == MOST
