"""Several desks at the same moment: exactly one wins, the others keep their baskets."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from flask import Flask
from sqlalchemy import func, select

from assets.loans.models import BasketLine, Loan, LoanLine
from assets.loans.rules import baskets, lending, returning
from assets.loans.rules.lending import Piece
from assets.loans.rules.returning import Return
from assets.loans.states import LineState, Outcome
from helpdesk.desk.lending import rules
from helpdesk.tickets.models import Ticket
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.people.access import Role
from office.people.models import Person
from tests.factories.assets import make_asset
from tests.factories.loans import make_loan, terms
from tests.factories.office import make_person, sign_in, viewer_for

Result = TypeVar("Result")


def at_once(app: Flask, number: int, act: Callable[[int], Result]) -> list[Result]:
    """Do something in so many threads that all start together."""
    start = Barrier(number)

    def one(index: int) -> Result:
        with app.app_context():
            start.wait(timeout=30)
            return act(index)

    db.session.rollback()
    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


@pytest.mark.parametrize("desks", [2, 50])
def test_one_item_at_several_desks_is_lent_once(app: Flask, desks: int) -> None:
    asset_id = make_asset().id
    officers = [viewer_for(make_person(Role.STOREKEEPER)) for _each in range(desks)]
    borrowers = [make_person().id for _each in range(desks)]
    agreed = terms()

    def act(index: int) -> str:
        try:
            with work():
                borrower = db.session.get_one(Person, borrowers[index])
                lending.lend(borrower, [Piece(asset_id)], agreed, by=officers[index])
        except Refusal as refusal:
            return refusal.message
        return ""

    answers = at_once(app, desks, act)
    assert answers.count("") == 1
    assert all("“" in answer for answer in answers if answer)
    assert db.session.scalar(select(func.count(LoanLine.id))) == 1
    assert db.session.scalars(select(Loan.number)).one().startswith("ย.1/")


def test_the_desk_that_comes_second_keeps_its_basket(app: Flask) -> None:
    contested = make_asset()
    desks = []
    for _each in range(2):
        browser = app.test_client()
        sign_in(browser, make_person(Role.STOREKEEPER))
        for code in (make_person().card_code, contested.asset_no, make_asset().asset_no):
            browser.post("/desk/scan", data={"code": code})
        desks.append(browser)
    agreed = {"purpose": "สอน", "official": "y", "place_kind": "inside", "due": "default"}
    statuses = at_once(
        app,
        2,
        lambda index: (
            desks[index].post("/desk/lend", data={**agreed, "key": f"desk-{index}"}).status_code
        ),
    )
    assert sorted(statuses) == [302, 422]
    loser = desks[statuses.index(422)].get("/desk").text
    assert str(contested.asset_no) in loser
    assert db.session.scalar(select(func.count(BasketLine.id))) == 2


def test_one_item_is_taken_back_once(app: Flask) -> None:
    asset = make_asset()
    make_loan(asset)
    asset_id = asset.id
    officers = [viewer_for(make_person(Role.STOREKEEPER)) for _each in range(6)]

    def act(index: int) -> bool:
        try:
            with work():
                returning.take_back([Return(asset_id, Outcome.GOOD)], by=officers[index])
        except Refusal:
            return False
        return True

    assert at_once(app, 6, act).count(True) == 1


def test_two_desks_that_return_the_halves_of_a_loan_close_it(app: Flask) -> None:
    assets = [make_asset() for _each in range(8)]
    loan_id = make_loan(*assets).id
    ids = [asset.id for asset in assets]
    officers = [viewer_for(make_person(Role.STOREKEEPER)) for _each in ids]

    def act(index: int) -> None:
        with work():
            returning.take_back([Return(ids[index], Outcome.GOOD)], by=officers[index])

    at_once(app, len(ids), act)
    assert db.session.get_one(Loan, loan_id).closed_at is not None
    states = set(db.session.scalars(select(LoanLine.state)))
    assert states == {LineState.RETURNED}


def test_a_double_enter_is_one_loan(app: Flask) -> None:
    sri, malee, asset = make_person(Role.STOREKEEPER), make_person(), make_asset()
    browsers = [app.test_client(), app.test_client()]
    for browser in browsers:
        sign_in(browser, sri)
    for code in (malee.card_code, asset.asset_no):
        browsers[0].post("/desk/scan", data={"code": code})
    sent = {
        "purpose": "สอน",
        "official": "y",
        "place_kind": "inside",
        "due": "default",
        "key": "the same key",
    }
    answers = at_once(app, 2, lambda index: browsers[index].post("/desk/lend", data=sent))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].location == answers[1].location
    assert db.session.scalar(select(func.count(Loan.id))) == 1


def test_one_officer_scanning_in_two_windows_loses_nothing(app: Flask) -> None:
    sri = viewer_for(make_person(Role.STOREKEEPER))
    ids = [make_asset().id for _each in range(10)]

    def act(index: int) -> None:
        with work():
            baskets.put(ids[index], by=sri)

    at_once(app, 10, act)
    assert set(db.session.scalars(select(BasketLine.asset_id))) == set(ids)


def test_a_refused_return_opens_no_ticket(app: Flask) -> None:
    asset = make_asset()
    make_loan(asset)
    by = viewer_for(make_person(Role.STOREKEEPER))
    both = [Return(asset.id, Outcome.DAMAGED, "แตก"), Return(make_asset().id, Outcome.GOOD)]
    with pytest.raises(Refusal), work():
        rules.take_back_and_report(both, by=by)
    assert db.session.scalar(select(func.count(Ticket.id))) == 0
