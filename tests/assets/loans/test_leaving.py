"""Nobody leaves the office with borrowed things, whoever is quicker at the two counters."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.loans.models import Loan
from assets.loans.request_models import LoanRequest
from assets.loans.rules import lending, returning, sending
from assets.loans.rules.lending import Piece
from assets.loans.rules.returning import Return
from assets.loans.states import Outcome
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.people import rules as people
from office.people.access import Role
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset, make_class
from tests.factories.loan_requests import make_request
from tests.factories.loans import make_loan, terms
from tests.factories.office import make_person, sign_in, viewer_for
from tests.office.at_once import in_threads


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def test_who_has_something_borrowed_cannot_leave(client: FlaskClient, cast: Cast) -> None:
    make_loan(make_asset(asset_no="7440/778"), make_asset(), borrower=cast.malee)
    asked = make_request(cast.malee, make_asset(class_id=make_class().id))
    sign_in(client, cast.admin)
    answer = client.post(f"/people/{cast.malee.id}/leave")
    assert answer.status_code == 422
    assert "มาลี ตัวอย่าง ยังมีพัสดุที่ยืมค้างอยู่ 2 รายการ" in answer.text
    assert "7440/778" in answer.text
    assert str(asked.number) in answer.text
    assert f"/loans/requests/{asked.id}" in answer.text
    assert db.session.get_one(Person, cast.malee.id).left_on is None


def test_who_has_brought_everything_back_can_leave(client: FlaskClient, cast: Cast) -> None:
    make_loan(asset := make_asset(), borrower=cast.malee)
    asked = make_request(cast.malee, make_asset(class_id=make_class().id))
    with work():
        returning.take_back([Return(asset.id, Outcome.GOOD)], by=viewer_for(cast.sri))
        sending.cancel(
            db.session.get_one(LoanRequest, asked.id), by=viewer_for(cast.sri), why="ลาออก"
        )
    sign_in(client, cast.admin)
    assert client.post(f"/people/{cast.malee.id}/leave").status_code == 302
    assert db.session.get_one(Person, cast.malee.id).left_on is not None


def test_of_lending_and_leaving_at_once_one_wins(app: Flask, cast: Cast) -> None:
    admin, sri = viewer_for(cast.admin), viewer_for(cast.sri)
    pairs = [(make_person().id, make_asset().id) for _pair in range(4)]
    agreed = terms()

    def act(number: int) -> None:
        person_id, asset_id = pairs[number // 2]
        try:
            with work():
                person = db.session.get_one(Person, person_id)
                if number % 2:
                    people.leave(person, by=admin)
                else:
                    lending.lend(person, [Piece(asset_id)], agreed, by=sri)
        except Refusal:
            db.session.rollback()

    in_threads(app, 2 * len(pairs), act)
    db.session.rollback()
    for person_id, _asset_id in pairs:
        lent = db.session.scalar(select(Loan.id).where(Loan.borrower_id == person_id))
        left = db.session.get_one(Person, person_id).left_on
        assert (lent is None) != (left is None)


def test_a_storekeeper_of_a_school_finds_no_names_of_other_schools(
    client: FlaskClient, cast: Cast
) -> None:
    stranger = make_person(unit=cast.other_school, name_th="คนต่าง โรงเรียน")
    make_asset(cast.other_school, name="ของต่างโรงเรียน", asset_no="7440/777")
    sign_in(client, make_person(Role.STOREKEEPER, unit=cast.school, over=cast.school))
    for typed in ("ต่าง", "7440/777"):
        page = client.get("/desk", query_string={"pick": typed}).text
        assert stranger.name_th not in page
        assert "ของต่างโรงเรียน" not in page
        client.post("/desk/scan", data={"code": typed})
    page = client.get("/desk").text
    assert "พัสดุนี้เป็นของโรงเรียนอื่น จึงให้ยืมที่นี่ไม่ได้" in page


def test_a_storekeeper_of_a_school_lends_to_whoever_shows_a_card(
    client: FlaskClient, cast: Cast
) -> None:
    stranger = make_person(unit=cast.other_school, name_th="คนต่าง โรงเรียน")
    sign_in(client, make_person(Role.STOREKEEPER, unit=cast.school, over=cast.school))
    client.post("/desk/scan", data={"code": stranger.card_code})
    assert stranger.name_th in client.get("/desk").text
