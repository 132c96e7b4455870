"""The doctor finds each fault that is planted in disposals, and nothing before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from assets.disposals.states import State
from tests.cast import make_cast
from tests.factories.assets import make_asset
from tests.factories.disposals import make_disposal, make_team
from tests.helpdesk.doctor.planting import found, found_by, plant, take_back

NAMES = ("listed_items", "struck_off_items", "struck_off_holds")


@pytest.fixture(autouse=True)
def _nothing_stays(app: Flask) -> Iterator[None]:
    cast = make_cast()
    team = make_team(keeper=cast.sri, head=cast.chai)
    make_disposal(team=team)
    make_disposal(make_asset(name="เก่า"), state=State.CLOSED, team=team)
    yield
    take_back()


def test_sound_disposals_give_no_finding() -> None:
    assert found_by(*NAMES) == {}


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("listed_items", "UPDATE asset SET lifecycle = 'in_service'"),
        ("listed_items", "UPDATE disposal SET state = 'cancelled', end_reason = 'x'"),
        ("struck_off_items", "UPDATE asset SET lifecycle = 'in_service'"),
        ("struck_off_items", "DELETE FROM disposal_line"),
        (
            "struck_off_holds",
            """INSERT INTO hold (asset_id, kind, reference, since)
            SELECT id, 'loan', 'x', created_at FROM asset WHERE lifecycle = 'disposed'""",
        ),
    ],
)
def test_each_fault_is_found(name: str, fault: str) -> None:
    if "cancelled" in fault:
        fault += " WHERE state = 'proposed'"
    plant(fault)
    assert len(found(name)) == 1
