"""The clock that tests and the simulated year put in place of the machine's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kernel import clock

NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)


def test_a_clock_that_goes_on_from_a_moment_goes_on() -> None:
    with clock.going_from(NEW_YEAR):
        first, second = clock.now(), clock.now()
        assert NEW_YEAR <= first < second < NEW_YEAR + timedelta(minutes=1)
        with clock.frozen(NEW_YEAR):
            assert clock.now() == clock.now() == NEW_YEAR
    assert clock.now() - datetime.now(UTC) < timedelta(minutes=1)


def test_a_moment_without_a_zone_is_put_in_no_place() -> None:
    for place in (clock.frozen, clock.going_from):
        with pytest.raises(ValueError, match="time zone"), place(datetime(2027, 1, 1)):  # noqa: DTZ001 - that is the point
            pass
