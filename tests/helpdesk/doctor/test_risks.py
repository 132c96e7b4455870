"""The doctor finds each fault that is planted in internal control, and nothing before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from helpdesk.risks.models import RiskTable
from helpdesk.risks.rules import keeping
from kernel.db import db
from kernel.work import work
from tests.cast import make_cast
from tests.conftest import Clock
from tests.factories.office import TESTER
from tests.factories.risks import judged, make_risk, make_risk_table
from tests.helpdesk.doctor.planting import found, plant, take_back


@pytest.fixture(autouse=True)
def ready(app: Flask, clock: Clock) -> Iterator[None]:
    """One closed table."""
    cast = make_cast()
    made = make_risk_table(cast.office)
    make_risk(made, cast.thep)
    judged(made)
    with work():
        keeping.close(db.session.get_one(RiskTable, made.id), by=TESTER)
    yield
    take_back()


def test_each_planted_fault_is_found() -> None:
    names = ("done_without_follow_up", "closed_unjudged")
    assert [found(name) for name in names] == [[], []]
    plant(
        "UPDATE risk SET done_on = '2026-11-20'",
        "UPDATE risk_component SET finding = '' WHERE number = 3",
    )
    assert [len(found(name)) for name in names] == [1, 1]
