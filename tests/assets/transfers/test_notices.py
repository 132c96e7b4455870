"""Who learns of a transfer: who approves it, who prepared it, who takes it in; each once."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.transfers.models import Transfer
from assets.transfers.rules import preparing, sending
from assets.transfers.rules.sending import Arrival, Shelf
from assets.transfers.states import LineAction, TransferState
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from office.people.access import Role
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.office import make_person, sign_in, take_in, viewer_for
from tests.factories.transfers import make_transfer


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def acted(verb: object, transfer: Transfer, *, by: Person, **more: object) -> None:
    with work():
        verb(db.session.get_one(Transfer, transfer.id), by=viewer_for(by), **more)  # type: ignore[operator]


def told(kind: str) -> list[int | None]:
    """Return who has a message of a kind, one entry for each message."""
    found = select(OutgoingMessage.person_id).where(OutgoingMessage.kind == kind)
    return list(db.session.scalars(found.order_by(OutgoingMessage.person_id)))


def state_of(transfer: Transfer) -> TransferState:
    db.session.rollback()
    return TransferState(db.session.get_one(Transfer, transfer.id).state)


def test_the_approver_of_the_sending_unit_is_asked_once(cast: Cast) -> None:
    head = make_person(Role.APPROVER, unit=cast.school, over=cast.school)
    transfer = make_transfer(from_unit=cast.school, to_unit=cast.other_school, sender=cast.sri)
    assert told("transfer_asked") == []
    acted(preparing.ask, transfer, by=cast.sri)
    assert told("transfer_asked") == [head.id]
    assert state_of(transfer) == TransferState.ASKED


def test_a_unit_without_an_approver_asks_those_of_the_whole_office(cast: Cast) -> None:
    transfer = make_transfer(from_unit=cast.school, to_unit=cast.other_school, sender=cast.sri)
    acted(preparing.ask, transfer, by=cast.sri)
    assert told("transfer_asked") == [cast.chai.id]


def test_where_only_who_prepared_may_approve_the_administrators_are_asked(cast: Cast) -> None:
    with work():
        take_in({db.session.merge(cast.chai): (Role.STOREKEEPER,)})
    transfer = make_transfer(to_unit=cast.school, sender=cast.chai)
    acted(preparing.ask, transfer, by=cast.chai)
    assert told("transfer_asked") == [cast.admin.id]


def test_an_empty_list_is_not_asked_for(cast: Cast) -> None:
    transfer = make_transfer(to_unit=cast.school, sender=cast.sri)
    with work():
        one = db.session.get_one(Transfer, transfer.id)
        preparing.drop(one, preparing.lines_of(one)[0], by=viewer_for(cast.sri))
    with pytest.raises(Refusal):
        acted(preparing.ask, transfer, by=cast.sri)
    assert told("transfer_asked") == []


def test_another_list_is_asked_for_anew(cast: Cast) -> None:
    transfer = make_transfer(to_unit=cast.school, sender=cast.sri)
    acted(preparing.ask, transfer, by=cast.sri)
    more = make_asset(cast.office)
    with work():
        one = db.session.get_one(Transfer, transfer.id)
        preparing.add(one, [db.session.merge(more)], by=viewer_for(cast.sri))
    assert state_of(transfer) == TransferState.PREPARED
    acted(preparing.ask, transfer, by=cast.sri)
    assert told("transfer_asked") == [cast.chai.id, cast.chai.id]


def test_who_prepared_hears_of_the_approval_and_of_the_end(cast: Cast) -> None:
    approved = make_transfer(to_unit=cast.school, sender=cast.sri)
    acted(preparing.approve, approved, by=cast.chai)
    given_up = make_transfer(to_unit=cast.school, sender=cast.sri)
    acted(preparing.cancel, given_up, by=cast.chai, reason="ไม่จำเป็นแล้ว")
    assert told("transfer_decided") == [cast.sri.id, cast.sri.id]


def test_nobody_is_told_of_what_they_did_themselves(cast: Cast) -> None:
    transfer = make_transfer(to_unit=cast.school, sender=cast.sri)
    acted(preparing.cancel, transfer, by=cast.sri, reason="ไม่ส่งแล้ว")
    assert told("transfer_decided") == []


def test_a_unit_without_anybody_for_it_is_told_through_the_office(cast: Cast) -> None:
    sender = make_person(Role.STOREKEEPER)
    make_transfer(to_unit=cast.other_school, sent=True, sender=sender)
    assert told("transfer_sent") == [cast.sri.id]


def test_the_people_of_the_receiving_unit_are_told_and_not_the_whole_office(cast: Cast) -> None:
    make_transfer(to_unit=cast.school, sent=True, sender=make_person(Role.STOREKEEPER))
    assert told("transfer_sent") == [cast.kanda.id]


def answered(transfer: Transfer, *said: Arrival, by: Person, shelf: Shelf | None = None) -> None:
    with work():
        one = db.session.get_one(Transfer, transfer.id)
        ids = [line.id for line in preparing.lines_of(one)]
        arrivals = dict(zip(ids, said, strict=True))
        sending.accept(one, arrivals, shelf or Shelf(), by=viewer_for(by))


def message(kind: str) -> tuple[str, str]:
    """Return subject and body of the only message of a kind."""
    one = db.session.scalars(select(OutgoingMessage).where(OutgoingMessage.kind == kind)).one()
    return one.subject, one.body


def test_who_sent_hears_of_everything_that_is_not_in_order(cast: Cast) -> None:
    things = [make_asset(cast.office, name=name) for name in ("จอภาพ", "เครื่องพิมพ์", "กล้อง")]
    transfer = make_transfer(*things, to_unit=cast.school, sent=True, sender=cast.sri)
    here, broken = Arrival(LineAction.ARRIVE), Arrival(LineAction.ARRIVE, damaged=True)
    answered(transfer, here, broken, Arrival(LineAction.MISS), by=cast.kanda)
    subject, body = message("transfer_answered")
    assert "ไม่เรียบร้อย" in subject
    assert "เครื่องพิมพ์: ได้รับแล้ว · ชำรุด" in body
    assert "กล้อง: ไม่ได้รับ" in body
    assert "จอภาพ" not in body


def test_who_sent_hears_that_everything_arrived(cast: Cast) -> None:
    transfer = make_transfer(to_unit=cast.school, sent=True, sender=cast.sri)
    answered(transfer, Arrival(LineAction.ARRIVE), by=cast.kanda)
    assert "ยืนยันการรับ" in message("transfer_answered")[0]


def test_a_person_hears_of_what_arrived_in_the_own_name(cast: Cast) -> None:
    things = [make_asset(cast.office, name=name) for name in ("จอภาพ", "กล้อง")]
    transfer = make_transfer(*things, to_unit=cast.school, sent=True, sender=cast.sri)
    said = (Arrival(LineAction.ARRIVE), Arrival(LineAction.MISS))
    malee = db.session.merge(cast.malee)
    answered(transfer, *said, by=cast.kanda, shelf=Shelf(custodian=malee))
    assert told("transfer_entrusted") == [cast.malee.id]
    body = message("transfer_entrusted")[1]
    assert "จอภาพ" in body
    assert "กล้อง" not in body


def test_who_takes_things_into_the_own_name_is_not_told_of_it(cast: Cast) -> None:
    transfer = make_transfer(to_unit=cast.school, sent=True, sender=cast.sri)
    kanda = db.session.merge(cast.kanda)
    answered(transfer, Arrival(LineAction.ARRIVE), by=cast.kanda, shelf=Shelf(custodian=kanda))
    assert told("transfer_entrusted") == []


def test_the_page_asks_and_the_list_of_the_approver_shows_it(
    cast: Cast, client: FlaskClient
) -> None:
    transfer = make_transfer(to_unit=cast.school, sender=cast.sri)
    sign_in(client, cast.sri)
    here = f"/transfers/{transfer.id}"
    assert f'action="{here}/ask"' in client.get(here).text
    version = db.session.get_one(Transfer, transfer.id).version
    assert client.post(f"{here}/ask", data={"version": str(version)}).location == here
    assert f'action="{here}/ask"' not in client.get(here).text
    sign_in(client, cast.chai)
    assert transfer.number in client.get("/transfers?which=to_approve").text
    acted(preparing.approve, transfer, by=cast.chai)
    assert transfer.number not in client.get("/transfers?which=to_approve").text
