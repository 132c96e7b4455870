"""How requests end: rejected, cancelled, expired, or fetched; what the counter is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask

from assets.loans import jobs, pools, promises
from assets.loans.pools import Pools
from assets.loans.request_models import LoanRequest
from assets.loans.rules import sending
from assets.loans.states import RequestState
from assets.register.models import Asset
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import speaking
from kernel.work import work
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset, make_class
from tests.factories.loan_requests import (
    make_approved,
    make_request,
    open_day,
    refuse,
)
from tests.factories.loans import make_loan
from tests.factories.office import viewer_for

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


def test_the_reason_of_a_rejection_is_kept(cast: Cast) -> None:
    request = make_request(cast.thep, make_asset())
    refuse(request, why="ใช้ในราชการอื่น")
    request = db.session.get_one(LoanRequest, request.id)
    assert (request.state, request.reason) == (RequestState.REJECTED, "ใช้ในราชการอื่น")


def test_cancelling_frees_what_was_promised(cast: Cast) -> None:
    asset = make_asset(class_id=make_class().id)
    request = make_approved(cast.thep, asset)
    with work():
        sending.cancel(db.session.get_one(LoanRequest, request.id), by=viewer_for(cast.thep))
    request = db.session.get_one(LoanRequest, request.id)
    assert request.state == RequestState.CANCELLED
    assert request.approval is not None
    assert request.approval.state == "voided"
    assert free(asset.id, request.from_on or TODAY, request.to_on or TODAY) == 1


def test_a_waiting_request_that_is_cancelled_waits_for_nobody(cast: Cast) -> None:
    request = make_request(cast.thep, make_asset())
    with work():
        sending.cancel(db.session.get_one(LoanRequest, request.id), by=viewer_for(cast.thep))
    request = db.session.get_one(LoanRequest, request.id)
    assert request.approval is not None
    assert (request.state, request.approval.state) == ("cancelled", "recalled")


def test_an_officer_cancels_with_a_reason_only(cast: Cast) -> None:
    request = make_approved(cast.thep, make_asset())
    by = viewer_for(cast.sri)
    with pytest.raises(Refusal), work():
        sending.cancel(db.session.get_one(LoanRequest, request.id), by=by)
    with work():
        sending.cancel(db.session.get_one(LoanRequest, request.id), by=by, why="ของเสีย")
    assert db.session.get_one(LoanRequest, request.id).reason == "ของเสีย"


def test_strangers_cancel_nothing(cast: Cast) -> None:
    request = make_approved(cast.thep, make_asset())
    with pytest.raises(NotAllowed), work():
        sending.cancel(request, by=viewer_for(cast.malee), why="x")


def test_what_is_not_fetched_expires_and_is_free_again(cast: Cast, clock: Clock) -> None:
    asset = make_asset(class_id=make_class().id)
    request = make_approved(cast.thep, asset, from_on=open_day(1), to_on=open_day(20))
    assert request.from_on is not None
    kept = sending.kept_until(request.from_on, request.lending_unit_id)
    assert kept == date(2026, 11, 26)
    assert jobs.expire_requests(kept) == 0
    assert jobs.expire_requests(kept + timedelta(days=1)) == 1
    assert jobs.expire_requests(kept + timedelta(days=1)) == 0
    assert db.session.get_one(LoanRequest, request.id).state == RequestState.EXPIRED
    assert free(asset.id, kept, kept + timedelta(days=2)) == 1


def test_what_nobody_decided_ends_when_its_days_are_over(cast: Cast) -> None:
    request = make_request(cast.thep, make_asset())
    assert request.to_on is not None
    assert jobs.expire_requests(request.to_on - timedelta(days=1)) == 0
    assert jobs.expire_requests(request.to_on) == 1
    request = db.session.get_one(LoanRequest, request.id)
    assert request.approval is not None
    assert (request.state, request.approval.state) == ("expired", "voided")


def test_a_hand_over_keeps_the_promise_it_is_bound_to(cast: Cast, clock: Clock) -> None:
    kind = make_class()
    assets = [make_asset(class_id=kind.id) for _each in range(2)]
    request = make_approved(cast.thep, assets[0], quantity=2)
    assert request.from_on is not None
    clock.forward(days=1)
    day = request.from_on
    for asset in assets:
        line = promises.oldest_matching(cast.thep, asset, day)
        assert line is not None
        assert line.request_id == request.id
        make_loan(asset, borrower=cast.thep, officer=cast.sri)
    request = db.session.get_one(LoanRequest, request.id)
    assert request.state == RequestState.FETCHED
    assert promises.reservations_for(cast.thep, day) == []


def test_the_last_piece_is_promised_to_who_asked_for_it(cast: Cast) -> None:
    kind = make_class()
    one, other = make_asset(class_id=kind.id), make_asset(class_id=kind.id)
    request = make_approved(cast.thep, one)
    first, end = TODAY, request.to_on
    assert end is not None
    assert promises.promised_to(one, first, end) is None
    make_loan(other, borrower=cast.malee, due_on=end)
    told = promises.promised_to(one, first, end)
    assert told is not None
    assert (told.who, told.number) == (cast.thep.name, request.number)
    line = request.lines[0]
    assert promises.promised_to(one, first, end, besides=line) is None
    assert promises.promised_to(one, first, request.from_on or first) is None


def test_the_agenda_tells_what_goes_out_and_comes_back(cast: Cast) -> None:
    request = make_approved(cast.thep, make_asset())
    loan = make_loan(make_asset(), borrower=cast.malee, due_on=request.from_on)
    day = promises.agenda(viewer_for(cast.sri), request.from_on or TODAY)
    assert [one.id for one in day.to_hand_out] == [request.id]
    assert [line.loan_id for line in day.to_come_back] == [loan.id]
    assert promises.agenda(viewer_for(cast.malee), TODAY).to_hand_out == []
