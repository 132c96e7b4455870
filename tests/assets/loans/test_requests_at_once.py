"""Two people who promise, or hand over, the last piece at the same moment; a year for 500 items."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select

from assets.loans import shelf
from assets.loans.pools import Pool, Pools, pool_of
from assets.loans.request_models import LoanRequest
from assets.loans.rules import lending
from assets.loans.rules.lending import Piece
from assets.loans.states import RequestState
from assets.register.models import Asset
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.approvals.models import Approval
from office.approvals.rules import signing
from office.people.models import Person
from tests.asking import listening
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_alike, make_asset, make_class
from tests.factories.loan_requests import make_approved, make_request, open_day
from tests.factories.loans import make_loan, terms
from tests.factories.office import viewer_for
from tests.office.at_once import in_threads


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


def approve(approval_id: int, person_id: int) -> bool:
    """Sign in a unit of work of its own; tell whether it was taken."""
    by = viewer_for(db.session.get_one(Person, person_id))
    try:
        with work():
            signing.approve(db.session.get_one(Approval, approval_id), by=by)
    except Refusal:
        return False
    return True


def test_of_two_approvals_of_the_last_piece_at_once_one_wins(app: Flask, cast: Cast) -> None:
    asset = make_asset(class_id=make_class().id)
    requests = [make_request(who, asset) for who in (cast.thep, cast.orn, cast.anong)]
    approvals = [one.approval_id or 0 for one in requests]
    chai = cast.chai.id
    db.session.rollback()
    done = in_threads(app, 3, lambda number: approve(approvals[number], chai))
    assert sorted(done) == [False, False, True]
    states = db.session.scalars(select(LoanRequest.state)).all()
    assert sorted(states) == [
        RequestState.APPROVED,
        RequestState.REQUESTED,
        RequestState.REQUESTED,
    ]


def test_a_walk_in_and_an_approval_of_the_last_piece_at_once_do_not_both_win(
    app: Flask, cast: Cast
) -> None:
    asset = make_asset(class_id=make_class().id)
    request = make_request(cast.thep, asset)
    approval_id, due = request.approval_id or 0, request.to_on
    people = cast.chai.id, cast.malee.id, cast.sri.id
    asset_id = asset.id
    db.session.rollback()

    def act(number: int) -> bool:
        if number == 0:
            return approve(approval_id, people[0])
        borrower = db.session.get_one(Person, people[1])
        by = viewer_for(db.session.get_one(Person, people[2]))
        try:
            with work():
                lending.lend(borrower, [Piece(asset_id)], terms(due_on=due), by=by)
        except Refusal:
            return False
        return True

    assert sorted(in_threads(app, 2, act)) == [False, True]


def test_a_year_of_a_model_with_500_items_takes_five_queries_at_most(
    app: Flask, cast: Cast
) -> None:
    kind = make_class(turnaround_days=1)
    assets = [make_asset(class_id=kind.id) for _each in range(20)]
    make_alike(assets[0], 480)
    for asset in assets:
        make_loan(asset, borrower=cast.malee)
    for number in range(20):
        make_approved(
            cast.thep,
            assets[0],
            from_on=open_day(30 + number),
            to_on=open_day(40 + number),
            quantity=5,
        )
    pool = pool_of(db.session.get_one(Asset, assets[0].id))
    db.session.rollback()
    with listening() as asked:
        found = Pools.read([pool])
        steps = found.steps(pool)
    assert found.total(pool) == 500
    # two of the pool, one of what rests, two of the calendar
    assert len(asked) <= 5
    assert min(free for _day, free in steps) < 480
    today = kernel_clock.today()
    assert found.free(pool, today, today + timedelta(days=365)) == min(
        free for day, free in steps if day < today + timedelta(days=366)
    )


def test_the_queries_of_the_shelf_do_not_grow_with_the_things(app: Flask, cast: Cast) -> None:
    today = kernel_clock.today()
    wanted = shelf.Wanted(today, today + timedelta(days=1))
    counts = []
    for more in (1, 8):
        for _each in range(more):
            make_asset(class_id=make_class().id)
        db.session.rollback()
        asked: list[str] = []
        note = lambda *args, into=asked: into.append(args[2])  # noqa: E731 - taken off below
        event.listen(db.engine, "before_cursor_execute", note)
        shelf.things(cast.office.id, wanted, 1)
        event.remove(db.engine, "before_cursor_execute", note)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_an_odd_item_is_a_pool_of_its_own(cast: Cast) -> None:
    one, other = make_asset(), make_asset()
    assert pool_of(one) == Pool(cast.office.id, asset_id=one.id)
    make_approved(cast.thep, one)
    with pytest.raises(Refusal):
        make_request(cast.orn, one)
    assert make_request(cast.orn, other).state == RequestState.REQUESTED
