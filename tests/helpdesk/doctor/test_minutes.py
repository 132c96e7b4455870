"""The doctor finds each fault that is planted in meetings, and nothing before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.cast import make_cast
from tests.conftest import Clock
from tests.factories.meetings import circulated, make_meeting
from tests.helpdesk.doctor.planting import found, plant, take_back


@pytest.fixture(autouse=True)
def ready(app: Flask, clock: Clock) -> Iterator[None]:
    """One meeting whose minutes go round."""
    cast = make_cast()
    circulated(make_meeting(cast.office, cast.sri, cast.thep), cast.sri)
    yield
    take_back()


def test_each_planted_fault_is_found() -> None:
    names = ("minutes_without_presence", "agenda_gaps")
    assert [found(name) for name in names] == [[], []]
    plant(
        "UPDATE meeting_person SET presence = 'unknown'",
        "UPDATE agenda_item SET place = 7 WHERE place = 1",
    )
    assert [len(found(name)) for name in names] == [1, 1]
