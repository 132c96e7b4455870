"""Promises, overrides, blocks and photos at the desk, through its own pages."""

from __future__ import annotations

import io
from datetime import date, time, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.catalogue.states import Borrowers
from assets.loans.later_models import BlockLift, LinePhoto, LoanDuty, LoanOverride
from assets.loans.models import BasketLine, Loan, LoanBasket, LoanLine
from assets.loans.request_models import LoanRequest, RequestLine
from assets.loans.states import LineState, RequestState
from assets.register.models import Asset
from kernel import clock as kernel_clock
from kernel.db import db
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset, make_class
from tests.factories.loan_requests import make_approved, open_day
from tests.factories.loans import make_loan
from tests.factories.office import make_person, make_unit, sign_in
from tests.factories.pictures import picture
from tests.helpdesk.desk.lending.counter import TERMS, on_the_list, scan
from tests.office.papers import paper_reading as reading

DUE = date(2026, 11, 27)


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


@pytest.fixture
def sri(client: FlaskClient, cast: Cast) -> Person:
    return sign_in(client, cast.sri)


def basket() -> LoanBasket:
    return db.session.scalars(select(LoanBasket)).one()


def promised(asker: Person, **more: object) -> tuple[LoanRequest, Asset]:
    """Return an approved request that begins today, and an item that keeps it."""
    asset = make_asset(class_id=make_class().id)
    return make_approved(asker, asset, from_on=open_day(0), to_on=open_day(4), **more), asset


def test_an_item_binds_to_the_oldest_promise_of_its_borrower(
    client: FlaskClient, sri: Person, cast: Cast
) -> None:
    kind = make_class()
    one, other = make_asset(class_id=kind.id), make_asset(class_id=kind.id)
    older = make_approved(cast.malee, one, from_on=open_day(0), to_on=open_day(4))
    make_approved(cast.malee, one, from_on=open_day(0), to_on=open_day(4))
    page = scan(client, other.asset_no, cast.malee.card_code)
    assert str(older.number) in page
    line = db.session.scalars(select(BasketLine)).one()
    kept = db.session.get_one(RequestLine, line.request_line_id)
    assert kept.request_id == older.id


def test_undoing_the_person_forgets_the_promise_and_its_terms(
    client: FlaskClient, sri: Person, cast: Cast
) -> None:
    request, asset = promised(cast.malee, purpose="อบรมครู")
    scan(client, asset.asset_no, cast.malee.card_code)
    assert (basket().purpose, basket().terms_request_id) == ("อบรมครู", request.id)
    client.post("/desk/undo")
    line = db.session.scalars(select(BasketLine)).one()
    assert (line.request_line_id, basket().borrower_id) == (None, None)
    assert (basket().purpose, basket().approved_by_text, basket().due_text) == ("", "", "")


def test_undoing_the_item_lets_the_next_one_be_a_walk_in(
    client: FlaskClient, sri: Person, cast: Cast
) -> None:
    _request, asset = promised(cast.malee)
    plain = make_asset()
    scan(client, cast.malee.card_code, asset.asset_no)
    assert basket().approved_by_text
    client.post("/desk/undo")
    scan(client, plain.asset_no)
    assert on_the_list() == [plain.id]
    assert basket().approved_by_text == ""


def test_another_borrower_does_not_get_the_terms_of_the_first(
    client: FlaskClient, sri: Person, cast: Cast
) -> None:
    _request, asset = promised(cast.malee, purpose="อบรมครู")
    scan(client, asset.asset_no, cast.malee.card_code)
    page = scan(client, cast.kanda.card_code)
    assert cast.malee.name_th in page  # to whom the item is promised
    assert (basket().purpose, basket().approved_by_text) == ("", "")


def test_a_hand_over_that_kept_a_promise_is_undone_and_done_again(
    client: FlaskClient, sri: Person, cast: Cast
) -> None:
    request, asset = promised(cast.malee)
    scan(client, cast.malee.card_code, asset.asset_no)
    due = basket().due_text
    client.post("/desk/lend", data={**TERMS, "due_on": due})
    loan = db.session.scalars(select(Loan)).one()
    assert db.session.get_one(LoanRequest, request.id).state == RequestState.FETCHED
    client.post(f"/desk/lent/{loan.id}/undo")
    assert db.session.get_one(LoanRequest, request.id).state == RequestState.APPROVED
    line = db.session.scalars(select(BasketLine)).one()
    assert line.request_line_id is not None
    client.post("/desk/lend", data={**TERMS, "due_on": due})
    states = db.session.scalars(select(LoanLine.state).order_by(LoanLine.id)).all()
    assert states == [LineState.UNDONE, LineState.OUT]
    assert db.session.get_one(LoanRequest, request.id).state == RequestState.FETCHED


def test_what_is_promised_to_another_goes_out_only_with_a_reason(
    client: FlaskClient, sri: Person, cast: Cast
) -> None:
    request, asset = promised(cast.malee)
    page = scan(client, cast.kanda.card_code, asset.asset_no)
    assert str(request.number) in page
    refused = client.post("/desk/lend", data={**TERMS, "line": asset.id})
    assert refused.status_code == 422
    assert db.session.scalar(select(Loan)) is None
    reason = {f"override-{asset.id}": "ผอ. สั่งให้ใช้งานด่วน"}
    assert client.post("/desk/lend", data={**TERMS, "line": asset.id, **reason}).location
    override = db.session.scalars(select(LoanOverride)).one()
    assert (override.why, override.by_id) == ("ผอ. สั่งให้ใช้งานด่วน", sri.id)
    assert str(request.number) in override.against


def test_a_class_for_the_own_unit_needs_a_reason_for_others(
    client: FlaskClient, sri: Person, cast: Cast
) -> None:
    kept = make_asset(class_id=make_class(borrowers=Borrowers.OWN_UNIT).id)
    scan(client, cast.malee.card_code, kept.asset_no)
    assert client.post("/desk/lend", data={**TERMS, "line": kept.id}).status_code == 422


def test_a_late_borrower_is_let_through_at_the_counter_with_a_reason(
    client: FlaskClient, sri: Person, cast: Cast, clock: Clock
) -> None:
    make_loan(borrower=cast.malee, due_on=DUE)
    clock.set(kernel_clock.at(DUE + timedelta(days=3), time(10)))
    wanted = make_asset()
    page = scan(client, cast.malee.card_code, wanted.asset_no)
    assert "27 พ.ย." in page
    assert client.post("/desk/lend", data=TERMS).status_code == 422
    unsaid = client.post("/desk/lift", data={**TERMS, "lift_why": " "})
    assert unsaid.status_code == 422
    client.post("/desk/lift", data={**TERMS, "lift_why": "คืนพรุ่งนี้เช้า"})
    lifting = db.session.scalars(select(BlockLift)).one()
    assert (lifting.person_id, lifting.by_id, lifting.why) == (
        cast.malee.id,
        sri.id,
        "คืนพรุ่งนี้เช้า",
    )
    assert client.post("/desk/lend", data=TERMS).status_code == 302
    assert (
        db.session.scalars(select(LoanLine.asset_id).order_by(LoanLine.id)).all()[-1] == wanted.id
    )


def test_a_photo_of_the_damage_stays_with_the_line_and_the_duty(
    client: FlaskClient, sri: Person, cast: Cast, app: Flask
) -> None:
    asset = make_asset()
    make_loan(asset, borrower=cast.malee)
    scan(client, asset.asset_no)
    sent = {
        "line": asset.id,
        f"outcome-{asset.id}": "damaged",
        f"note-{asset.id}": "จอแตก",
        f"photo-{asset.id}": (io.BytesIO(picture()), "จอ.jpg"),
    }
    answer = client.post("/desk/take-back", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 302
    photo = db.session.scalars(select(LinePhoto)).one()
    shown = client.get(answer.location)
    assert f"/loans/photos/{photo.id}" in shown.text
    assert client.get(f"/loans/photos/{photo.id}").data[:2] == b"\xff\xd8"
    duty = db.session.scalars(select(LoanDuty)).one()
    assert duty.person_id == cast.malee.id
    assert f"/loans/photos/{photo.id}" in client.get(f"/loans/duties/{duty.id}").text
    stranger = app.test_client()
    sign_in(stranger, make_person(unit=make_unit()))
    assert stranger.get(f"/loans/photos/{photo.id}").status_code == 404


def test_a_file_that_is_no_photo_is_refused_and_nothing_comes_back(
    client: FlaskClient, sri: Person
) -> None:
    asset = make_asset()
    make_loan(asset)
    scan(client, asset.asset_no)
    sent = {"line": asset.id, f"photo-{asset.id}": (io.BytesIO(b"no photo"), "จอ.jpg")}
    answer = client.post("/desk/take-back", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert db.session.scalars(select(LoanLine.state)).one() == LineState.OUT


AGENCY = {
    "place_kind": "other_agency",
    "agency_name": "เทศบาลตำบลตัวอย่าง",
    "agency_contact": "นายทดลอง สมมติ",
    "letter_no": "ตย 51001/245",
    "letter_on": date(2026, 11, 20),
}


def test_a_loan_to_another_agency_shows_the_agency_and_its_letter(
    client: FlaskClient, sri: Person, cast: Cast
) -> None:
    request, asset = promised(cast.thep, **AGENCY)
    scan(client, cast.thep.card_code, asset.asset_no)
    sent = {**TERMS, "place_kind": "other_agency", "approved_by_text": "ผู้อำนวยการ"}
    client.post("/desk/lend", data={**sent, "due_on": basket().due_text})
    loan = db.session.scalars(select(Loan)).one()
    page = client.get(f"/loans/{loan.id}").text
    for said in (str(request.number), "เทศบาลตำบลตัวอย่าง", "ตย 51001/245", "20 พ.ย. 2569"):
        assert said in page
    slip = "".join(reading.texts(client.get(f"/loans/{loan.id}/slip.pdf").data))
    assert reading.bare("เทศบาลตำบลตัวอย่าง ตามหนังสือที่ ตย ๕๑๐๐๑/๒๔๕") in slip


def test_a_walk_in_of_another_agency_needs_its_letter_in_the_note(
    client: FlaskClient, sri: Person, cast: Cast
) -> None:
    scan(client, cast.thep.card_code, make_asset().asset_no)
    sent = {**TERMS, "place_kind": "other_agency", "approved_by_text": "ผู้อำนวยการ"}
    assert client.post("/desk/lend", data=sent).status_code == 422
    note = "เทศบาลตำบลตัวอย่าง ที่ ตย 51001/9"
    assert client.post("/desk/lend", data={**sent, "note": note}).status_code == 302
    loan = db.session.scalars(select(Loan)).one()
    slip = "".join(reading.texts(client.get(f"/loans/{loan.id}/slip.pdf").data))
    assert reading.bare(note) in slip
