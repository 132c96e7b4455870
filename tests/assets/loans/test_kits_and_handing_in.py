"""The storekeeper's list of requests, kits, and taking things in for other units."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.loans.models import LoanLine
from assets.loans.request_models import KitLine, LoanKit, RequestLine
from assets.loans.states import LineState
from kernel import clock as kernel_clock
from kernel.db import db
from office.bookkeeping.models import OutgoingMessage
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset, make_class
from tests.factories.loan_requests import make_approved, make_request
from tests.factories.loans import make_loan
from tests.factories.office import in_work, sign_in


@pytest.fixture
def cast(client: FlaskClient, clock: Clock) -> Cast:
    return make_cast()


def test_the_storekeepers_list_is_narrowed_by_state(client: FlaskClient, cast: Cast) -> None:
    waiting, ready = make_request(cast.thep, make_asset()), make_approved(cast.orn, make_asset())
    sign_in(client, cast.sri)
    page = client.get("/loans/requests?state=approved").text
    assert f">{ready.number}<" in page
    assert f">{waiting.number}<" not in page
    assert client.get("/loans/requests?state=draft&unit=x").status_code == 200


def test_a_kit_is_kept_filled_and_taken(client: FlaskClient, cast: Cast) -> None:
    kind = make_class()
    for _each in range(2):
        make_asset(class_id=kind.id)
    sign_in(client, cast.sri)
    client.post(f"/loans/kits/{cast.office.id}/add", data={"name": "ชุดประชุม A"})
    kit = db.session.scalars(select(LoanKit)).one()
    client.post(f"/loans/kits/{kit.id}/fill/{cast.office.id}/class/{kind.id}", data={"quantity": 2})
    assert "ชุดประชุม A" in client.get("/loans/kits").text
    sign_in(client, cast.malee)
    assert "ชุดประชุม A" in client.get(f"/loans/things?unit={cast.office.id}").text
    assert client.post(f"/loans/kits/{kit.id}/put").status_code == 302
    assert db.session.scalars(select(RequestLine)).one().quantity == 2
    sign_in(client, cast.sri)
    line = db.session.scalars(select(KitLine)).one()
    fields = {"name": "ชุดประชุม B", "version": kit.version + 1, f"quantity-{line.id}": "0"}
    db.session.rollback()
    fields["version"] = db.session.get_one(LoanKit, kit.id).version
    assert client.post(f"/loans/kits/{kit.id}/edit", data=fields).status_code == 302
    assert client.post(f"/loans/kits/{kit.id}/retire").status_code == 302
    sign_in(client, cast.malee)
    assert client.post(f"/loans/kits/{kit.id}/put").status_code == 404


def test_kits_of_the_office_are_not_kept_by_others(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.malee)
    assert client.get("/loans/kits").status_code == 403
    answer = client.post(f"/loans/kits/{cast.office.id}/add", data={"name": "x"})
    assert answer.status_code in (403, 404)


def test_handing_in_elsewhere_ends_the_duty_but_not_the_hold(
    client: FlaskClient, cast: Cast
) -> None:
    asset = make_asset()
    loan = make_loan(asset, borrower=cast.malee, officer=cast.sri)
    sign_in(client, cast.kanda)
    assert client.get("/loans/hand-in").status_code == 200
    answer = client.post("/loans/hand-in", data={"code": asset.asset_no})
    assert answer.status_code == 302, answer.text
    line = db.session.scalars(select(LoanLine)).one()
    assert line.state == LineState.RETURNED_ELSEWHERE
    assert (line.handed_in_unit_id, line.handed_in_to_id) == (cast.school.id, cast.kanda.id)
    assert line.days_late(kernel_clock.today() + timedelta(days=99)) == 0
    from assets.register.availability import obstacle_of

    assert obstacle_of(asset) == "on_loan"
    told = db.session.scalars(
        select(OutgoingMessage.person_id).where(OutgoingMessage.kind == "loan_handed_in")
    ).all()
    assert set(told) == {cast.sri.id, cast.malee.id}
    from assets.loans.rules import returning
    from assets.loans.rules.returning import Return
    from assets.loans.states import Outcome
    from tests.factories.office import viewer_for

    with in_work():
        returning.take_back([Return(asset.id, Outcome.GOOD)], by=viewer_for(cast.sri))
    assert obstacle_of(asset) is None
    assert loan.number


def test_the_own_stores_things_are_not_handed_in(client: FlaskClient, cast: Cast) -> None:
    asset = make_asset()
    make_loan(asset, borrower=cast.malee)
    sign_in(client, cast.sri)
    answer = client.post("/loans/hand-in", data={"code": asset.asset_no})
    assert answer.status_code == 422
    assert db.session.scalars(select(LoanLine)).one().state == LineState.OUT


def test_nothing_that_is_not_out_is_handed_in(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.kanda)
    answer = client.post("/loans/hand-in", data={"code": make_asset().asset_no})
    assert answer.status_code == 422
