"""Asking for loans: what may be sent, who is asked, what is promised, how it ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask

from assets.catalogue.states import Borrowers
from assets.loans import pools
from assets.loans.pools import Pools
from assets.loans.request_models import LoanRequest
from assets.loans.rules import asking
from assets.loans.states import REQUESTS, RequestAction, RequestState
from assets.register.models import Asset
from assets.register.rules import holds
from assets.register.states import HoldKind
from kernel.db import db
from kernel.errors import NotAllowed, NotFound, Refusal
from kernel.i18n import speaking
from kernel.work import work
from office.people.access import Role
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset, make_class
from tests.factories.loan_requests import (
    asked,
    draft,
    make_approved,
    make_request,
    sign,
)
from tests.factories.loans import make_loan
from tests.factories.office import make_person, make_unit, viewer_for

TODAY = date(2026, 11, 23)
AGENCY = {
    "place_kind": "other_agency",
    "agency_name": "องค์การบริหารส่วนตำบลตัวอย่าง",
    "agency_contact": "สมปอง ตัวอย่าง",
    "letter_no": "สค 12345/67",
    "letter_on": TODAY,
}


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Iterator[Cast]:
    with speaking("en"):
        yield make_cast()


def free(asset_id: int, first: date, end: date) -> int:
    pool = pools.pool_of(db.session.get_one(Asset, asset_id))
    return Pools.read([pool]).free(pool, first, end)


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"purpose": " "}, "purpose"),
        ({"from_on": None}, "from_on"),
        ({"to_on": None}, "to_on"),
        ({"official": False}, "official"),
        ({**AGENCY, "letter_no": ""}, "letter_no"),
        ({**AGENCY, "letter_on": None}, "letter_on"),
        ({**AGENCY, "agency_contact": ""}, "agency_contact"),
    ],
)
def test_r_l1_r_l2_a_request_says_what_the_regulation_wants_to_know(
    cast: Cast, missing: dict[str, object], field: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        make_request(cast.thep, make_asset(), **missing)
    assert refusal.value.field == field


def test_r_l1_inside_the_head_of_the_responsible_unit_is_asked(cast: Cast) -> None:
    group = make_unit(kind="group", name_th="กลุ่มตัวอย่าง")
    head = make_person(Role.APPROVER, unit=group, over=group)
    asset = make_asset(group)
    assert asked(make_request(cast.thep, asset)) == [head.id]


@pytest.mark.parametrize("terms", [{"place_kind": "outside"}, AGENCY])
def test_r_l1_outside_the_head_of_the_agency_is_asked(cast: Cast, terms: dict[str, object]) -> None:
    group = make_unit(kind="group", name_th="กลุ่มตัวอย่าง")
    make_person(Role.APPROVER, unit=group, over=group)
    assert asked(make_request(cast.thep, make_asset(group), **terms)) == [cast.chai.id]


def test_r_l1_a_schools_things_leave_the_school_with_its_own_director(cast: Cast) -> None:
    director = make_person(Role.APPROVER, unit=cast.school, over=cast.school)
    asset = make_asset(cast.school)
    assert asked(make_request(cast.malee, asset, place_kind="outside")) == [director.id]


def test_r_l1_a_draft_of_a_school_to_the_office_begins_as_outside(cast: Cast) -> None:
    with work():
        made = asking.draft_of(cast.office.id, by=viewer_for(cast.malee))
    assert made.place_kind == "outside"


def test_r_l6_nobody_approves_the_own_request(cast: Cast) -> None:
    request = make_request(cast.chai, make_asset())
    assert cast.chai.id not in asked(request)
    with pytest.raises(NotAllowed):
        sign(request, by=cast.chai)


def test_another_schools_things_cannot_be_asked_for(cast: Cast) -> None:
    with pytest.raises(NotFound):
        draft(cast.malee, make_asset(cast.other_school))


def test_what_is_kept_for_the_own_unit_is_refused_to_others(cast: Cast) -> None:
    asset = make_asset(class_id=make_class(borrowers=Borrowers.OWN_UNIT).id)
    with pytest.raises(Refusal, match="only to people of the unit"):
        make_request(cast.malee, asset)


def test_the_days_are_open_days(cast: Cast) -> None:
    with pytest.raises(Refusal) as refusal:
        make_request(cast.thep, make_asset(), from_on=date(2026, 11, 28), to_on=date(2026, 11, 30))
    assert refusal.value.field == "from_on"


def test_more_than_there_is_cannot_be_asked_for(cast: Cast) -> None:
    asset = make_asset(class_id=make_class().id)
    with pytest.raises(Refusal, match="1 free"):
        make_request(cast.thep, asset, quantity=2)


def test_an_approved_request_takes_its_days_and_no_others(cast: Cast) -> None:
    asset = make_asset(class_id=make_class().id)
    request = make_approved(cast.thep, asset)
    assert request.from_on is not None
    assert request.to_on is not None
    assert free(asset.id, request.from_on, request.to_on) == 0
    assert free(asset.id, request.to_on, request.to_on + timedelta(days=1)) == 1
    assert free(asset.id, TODAY, request.from_on) == 1


def test_a_waiting_request_takes_nothing_yet_and_the_first_approval_wins(cast: Cast) -> None:
    asset = make_asset(class_id=make_class().id)
    first, second = make_request(cast.thep, asset), make_request(cast.orn, asset)
    sign(second)
    with pytest.raises(Refusal, match="0 free"):
        sign(first)
    states = [db.session.get_one(LoanRequest, one.id).state for one in (first, second)]
    assert states == [RequestState.REQUESTED, RequestState.APPROVED]


def test_a_late_loan_blocks_the_future_until_it_is_taken_back(cast: Cast, clock: Clock) -> None:
    asset = make_asset(class_id=make_class().id)
    loan = make_loan(asset, borrower=cast.malee)
    far = loan.due_on + timedelta(days=200)
    assert free(asset.id, far, far + timedelta(days=1)) == 1
    clock.forward(days=10)
    assert free(asset.id, far, far + timedelta(days=1)) == 0


def test_a_repair_blocks_until_further_notice(cast: Cast) -> None:
    asset = make_asset(class_id=make_class().id)
    with work():
        holds.hold(asset, HoldKind.REPAIR, "ซ.1/2570")
    with pytest.raises(Refusal, match="0 free"):
        make_request(cast.thep, asset)


def test_turnaround_days_follow_a_promise(cast: Cast) -> None:
    asset = make_asset(class_id=make_class(turnaround_days=1).id)
    request = make_approved(cast.thep, asset)
    assert request.to_on is not None
    day = request.to_on
    assert free(asset.id, day, day + timedelta(days=1)) == 0
    after = day + timedelta(days=3)
    assert free(asset.id, after, after + timedelta(days=1)) == 1


def test_one_item_is_promised_once_though_others_of_its_kind_are_free(cast: Cast) -> None:
    kind = make_class()
    wanted, _other = make_asset(class_id=kind.id), make_asset(class_id=kind.id)
    make_approved(cast.thep, wanted, items=True)
    with pytest.raises(Refusal, match="promised to somebody else"):
        make_request(cast.orn, wanted, items=True)
    assert make_request(cast.orn, wanted).state == RequestState.REQUESTED


@pytest.mark.parametrize("state", list(RequestState))
@pytest.mark.parametrize("action", list(RequestAction))
def test_the_table_of_requests_is_the_whole_story(
    state: RequestState, action: RequestAction
) -> None:
    known = {
        ("draft", "write"): "draft",
        ("draft", "submit"): "requested",
        ("requested", "approve"): "approved",
        ("requested", "reject"): "rejected",
        ("requested", "cancel"): "cancelled",
        ("requested", "expire"): "expired",
        ("approved", "cancel"): "cancelled",
        ("approved", "expire"): "expired",
        ("approved", "fetch"): "fetched",
        ("approved", "close"): "fetched",
        ("approved", "lay_back"): "approved",
        ("fetched", "lay_back"): "approved",
    }
    target = known.get((state.value, action.value))
    if target is None:
        with pytest.raises(Refusal):
            REQUESTS.target(state, action)
    else:
        assert REQUESTS.target(state, action) == target
