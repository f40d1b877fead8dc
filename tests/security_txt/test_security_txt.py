"""security.txt names somebody to write to, and is renewed before it ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from plugins.security_txt import half_year_after


@pytest.mark.parametrize("day", [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=days) for days in range(0, 800, 13)])
def test_it_holds_for_half_a_year_at_least_and_a_year_at_most(day: datetime) -> None:
    renewed, expires = half_year_after(day, 1), half_year_after(day, 2)
    assert day < renewed < expires
    assert timedelta(days=180) < expires - day <= timedelta(days=366)
    assert half_year_after(renewed, 1) == expires
