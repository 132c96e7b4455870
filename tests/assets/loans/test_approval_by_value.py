"""Who approves a loan by what the things cost: the office sets the amounts of its path."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask

from assets.loans.rules import approving
from kernel.work import work
from office.approvals.kinds import StepPlan
from office.approvals.rules import paths
from office.approvals.states import Place
from office.people.access import Role
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.loan_requests import asked, make_request, sign
from tests.factories.office import make_person, make_unit, viewer_for

LIMIT = Decimal(20_000)


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


@pytest.mark.parametrize(
    ("price", "director_too"), [("20000.00", False), ("20000.01", True), (None, False)]
)
def test_above_an_amount_the_director_signs_as_well(
    cast: Cast, price: str | None, director_too: bool
) -> None:
    group = make_unit(kind="group", name_th="กลุ่มตัวอย่าง")
    head = make_person(Role.APPROVER, unit=group, over=group)
    kind = approving.kind()
    before = paths.newest(kind)
    with work():
        paths.save(
            kind,
            (
                StepPlan("หัวหน้ากลุ่ม", "Head of the group", Place.RESPONSIBLE),
                StepPlan("ผู้อำนวยการ", "Director", Place.OFFICE, above=LIMIT),
            ),
            may_repeat=False,
            seen_edition=before.edition if before else 0,
            by=viewer_for(cast.admin),
        )
    request = make_request(cast.thep, make_asset(group, price=Decimal(price) if price else None))
    assert asked(request) == [head.id]
    sign(request, by=head)
    assert (cast.chai.id in asked(request)) is director_too
