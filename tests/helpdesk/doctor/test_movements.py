"""The doctor finds each fault that is planted in movements, and nothing before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from assets.register.models import Asset
from assets.register.rules import moving
from assets.register.states import MoveCause
from kernel.db import db
from kernel.work import work
from office.people.models import Person
from tests.factories.assets import make_asset
from tests.factories.office import TESTER, make_person
from tests.factories.transfers import make_handover, make_transfer
from tests.helpdesk.doctor.planting import found, plant, take_back


@pytest.fixture(autouse=True)
def _nothing_stays(app: Flask) -> Iterator[None]:
    asset, person = make_asset(), make_person()
    with work():
        row, keeper = db.session.get_one(Asset, asset.id), db.session.get_one(Person, person.id)
        moving.move(row, custodian=keeper, why=MoveCause.HAND, by=TESTER)
    make_handover()
    make_transfer(sent=True)
    yield
    take_back()


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("places", "UPDATE asset SET custodian_id = NULL"),
        ("proposals", "UPDATE asset SET lifecycle = 'disposed'"),
        ("transits", "UPDATE hold SET ended_at = since"),
        ("transits", "UPDATE transfer_line SET state = 'arrived'"),
    ],
)
def test_a_planted_fault_is_found_and_none_before(app: Flask, name: str, fault: str) -> None:
    assert app.name
    assert found(name) == []
    plant(fault)
    assert found(name) != []
