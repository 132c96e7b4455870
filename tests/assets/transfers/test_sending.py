"""A transfer in two steps: sent by one unit, answered item by item by the other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from assets.register import availability
from assets.register.models import Asset, EarlierNumber, Hold, Movement
from assets.register.rules import holds
from assets.register.states import Condition, HoldKind, Obstacle
from assets.transfers.models import Transfer, TransferLine
from assets.transfers.rules import preparing, sending
from assets.transfers.rules.sending import Arrival, Shelf
from assets.transfers.states import LineAction, LineState, TransferKind, TransferState
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from office.people.models import Person
from office.places.models import Room
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.office import make_room, viewer_for
from tests.factories.transfers import make_transfer
from tests.office.at_once import in_threads

HERE = Arrival(LineAction.ARRIVE)


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def acted(
    verb: Callable[..., object], transfer: Transfer, *args: object, by: Person, **more: object
) -> None:
    viewer = viewer_for(by)
    with work():
        verb(db.session.get_one(Transfer, transfer.id), *args, by=viewer, **more)


def lines(transfer: Transfer) -> list[int]:
    return list(
        db.session.scalars(
            select(TransferLine.id)
            .where(TransferLine.transfer_id == transfer.id)
            .order_by(TransferLine.id)
        )
    )


def accepted(
    transfer: Transfer,
    *said: Arrival,
    by: Person,
    room: Room | None = None,
    to: Person | None = None,
) -> None:
    answers = dict(zip(lines(transfer), said, strict=False))
    with work():
        shelf = Shelf(
            db.session.merge(room) if room else None, db.session.merge(to) if to else None
        )
        one = db.session.get_one(Transfer, transfer.id)
        sending.accept(one, answers, shelf, by=viewer_for(by))


def state_of(transfer: Transfer) -> str:
    return str(db.session.get_one(Transfer, transfer.id).state)


def now(asset: Asset) -> Asset:
    return db.session.get_one(Asset, asset.id)


def test_on_its_way_an_item_is_not_available(cast: Cast) -> None:
    asset = make_asset(cast.office)
    transfer = make_transfer(asset, to_unit=cast.school)
    assert availability.obstacle_of(now(asset)) is None
    transfer_sent = make_transfer(other := make_asset(cast.office), to_unit=cast.school, sent=True)
    assert availability.obstacle_of(now(other)) == Obstacle.IN_TRANSIT
    assert state_of(transfer) == TransferState.PREPARED
    assert state_of(transfer_sent) == TransferState.SENT


def test_arrival_changes_who_holds_it_and_not_whose_books(cast: Cast) -> None:
    asset, room = make_asset(cast.office, custodian_id=cast.sri.id), make_room(cast.school)
    transfer = make_transfer(asset, to_unit=cast.school, sent=True)
    accepted(transfer, HERE, by=cast.kanda, room=room, to=cast.malee)
    row = now(asset)
    assert (row.holding_unit_id, row.owner_unit_id) == (cast.school.id, cast.office.id)
    assert (row.room_id, row.custodian_id) == (room.id, cast.malee.id)
    assert availability.obstacle_of(row) is None
    assert state_of(transfer) == TransferState.ACCEPTED
    one = db.session.scalars(select(Movement)).one()
    assert (one.cause, one.reference) == ("transfer", transfer.number)


def test_for_good_changes_the_books_and_keeps_the_number(cast: Cast) -> None:
    asset = make_asset(cast.office, asset_no="7440-001-0001")
    transfer = make_transfer(asset, to_unit=cast.school, kind=TransferKind.FOR_GOOD, sent=True)
    accepted(transfer, HERE, by=cast.kanda)
    assert (now(asset).owner_unit_id, now(asset).asset_no) == (cast.school.id, "7440-001-0001")


def test_a_new_number_in_the_new_books_keeps_the_old_one_as_an_earlier_one(cast: Cast) -> None:
    asset = make_asset(cast.office, asset_no="7440-001-0001")
    transfer = make_transfer(asset, to_unit=cast.school, kind=TransferKind.FOR_GOOD, sent=True)
    accepted(transfer, Arrival(LineAction.ARRIVE, asset_no="ร.1/69"), by=cast.kanda)
    assert now(asset).asset_no == "ร.1/69"
    assert db.session.scalars(select(EarlierNumber.number)).all() == ["7440-001-0001"]


def test_a_number_that_the_new_books_know_is_refused(cast: Cast) -> None:
    make_asset(cast.school, asset_no="7440-001-0001")
    asset = make_asset(cast.office, asset_no="7440-001-0001")
    transfer = make_transfer(asset, to_unit=cast.school, kind=TransferKind.FOR_GOOD, sent=True)
    with pytest.raises(Refusal) as refused:
        accepted(transfer, HERE, by=cast.kanda)
    assert refused.value.field == "asset_no"
    assert state_of(transfer) == TransferState.SENT


def test_damage_on_arrival_becomes_the_condition(cast: Cast) -> None:
    asset = make_asset(cast.office)
    transfer = make_transfer(asset, to_unit=cast.school, sent=True)
    accepted(transfer, Arrival(LineAction.ARRIVE, damaged=True, note="จอแตก"), by=cast.kanda)
    assert now(asset).condition == Condition.DAMAGED
    assert db.session.scalars(select(TransferLine.note)).one() == "จอแตก"


def test_what_did_not_arrive_stays_held_until_it_is_found(cast: Cast) -> None:
    here, lost = make_asset(cast.office), make_asset(cast.office)
    transfer = make_transfer(here, lost, to_unit=cast.school, sent=True, sender=cast.sri)
    accepted(transfer, HERE, Arrival(LineAction.MISS), by=cast.kanda)
    assert now(lost).holding_unit_id == cast.office.id
    assert availability.obstacle_of(now(lost)) == Obstacle.IN_TRANSIT
    with work():
        late = {lines(transfer)[1]: HERE}
        one = db.session.get_one(Transfer, transfer.id)
        sending.accept(one, late, Shelf(), by=viewer_for(cast.kanda))
    assert now(lost).holding_unit_id == cast.school.id


def test_what_was_sent_back_is_taken_back_at_home(cast: Cast) -> None:
    asset = make_asset(cast.office)
    transfer = make_transfer(asset, to_unit=cast.school, sent=True, sender=cast.sri)
    acted(sending.decline, transfer, by=cast.kanda, reason="ไม่ต้องการ")
    assert state_of(transfer) == TransferState.DECLINED
    assert availability.obstacle_of(now(asset)) == Obstacle.IN_TRANSIT
    acted(sending.take_back, transfer, lines(transfer), by=cast.sri)
    assert state_of(transfer) == TransferState.RETURNED
    assert availability.obstacle_of(now(asset)) is None
    assert now(asset).holding_unit_id == cast.office.id


def test_what_was_said_on_arrival_stays_when_a_thing_is_taken_back(cast: Cast) -> None:
    transfer = make_transfer(to_unit=cast.school, sent=True, sender=cast.sri)
    accepted(transfer, Arrival(LineAction.REFUSE, note="ไม่ตรงตามที่ตกลง"), by=cast.kanda)
    acted(sending.take_back, transfer, lines(transfer), note="ได้รับคืนแล้ว", by=cast.sri)
    assert db.session.scalars(select(TransferLine.note)).one() == "ไม่ตรงตามที่ตกลง · ได้รับคืนแล้ว"


def test_the_receiving_unit_hears_of_it_and_the_sender_of_the_answer(cast: Cast) -> None:
    transfer = make_transfer(to_unit=cast.school, sent=True, sender=cast.sri)
    accepted(transfer, HERE, by=cast.kanda)
    said = db.session.execute(
        select(OutgoingMessage.person_id, OutgoingMessage.kind).where(
            OutgoingMessage.kind.startswith("transfer")
        )
    ).all()
    assert sorted(said) == sorted(
        [
            (cast.sri.id, "transfer_decided"),
            (cast.kanda.id, "transfer_sent"),
            (cast.sri.id, "transfer_answered"),
        ]
    )


def test_every_item_needs_an_answer(cast: Cast) -> None:
    transfer = make_transfer(make_asset(), make_asset(), to_unit=cast.school, sent=True)
    with pytest.raises(Refusal):
        accepted(transfer, HERE, by=cast.kanda)


def test_nobody_approves_the_own_transfer(cast: Cast) -> None:
    transfer = make_transfer(sender=cast.admin)
    with pytest.raises(NotAllowed):
        acted(preparing.approve, transfer, by=cast.admin)
    acted(preparing.approve, transfer, by=cast.chai)
    assert state_of(transfer) == TransferState.APPROVED


def test_who_sent_it_does_not_confirm_the_arrival(cast: Cast) -> None:
    transfer = make_transfer(to_unit=cast.school, sent=True, sender=cast.sri)
    with pytest.raises(NotAllowed):
        accepted(transfer, HERE, by=cast.sri)


@pytest.mark.parametrize("role", ["requester", "technician", "approver", "inspector", "auditor"])
def test_confirming_is_for_the_receiving_unit(cast: Cast, role: str) -> None:
    transfer = make_transfer(to_unit=cast.other_school, sent=True)
    for who in (cast.by_role()[role], cast.kanda):
        with pytest.raises(NotAllowed):
            accepted(transfer, HERE, by=who)


def test_nothing_is_sent_before_the_approval(cast: Cast) -> None:
    transfer = make_transfer(sender=cast.sri)
    with pytest.raises(Refusal):
        acted(sending.send, transfer, by=cast.sri)


def test_a_lent_item_is_not_sent(cast: Cast) -> None:
    transfer = make_transfer(asset := make_asset(cast.office), sender=cast.sri)
    acted(preparing.approve, transfer, by=cast.chai)
    with work():
        holds.hold(now(asset), HoldKind.LOAN, "ย.9/2570")
    with pytest.raises(Refusal, match=r"ย\.9/2570"):
        acted(sending.send, transfer, by=cast.sri)
    assert db.session.scalars(select(Hold.kind)).all() == ["loan"]


def test_of_accepting_and_declining_at_once_one_wins(app: Flask, cast: Cast) -> None:
    transfer = make_transfer(asset := make_asset(cast.office), to_unit=cast.school, sent=True)
    kanda, ids, won = viewer_for(cast.kanda), lines(transfer), []

    def act(number: int) -> None:
        try:
            with work():
                one = db.session.get_one(Transfer, transfer_id)
                if number % 2:
                    sending.accept(one, {ids[0]: HERE}, Shelf(), by=kanda)
                else:
                    sending.decline(one, reason="-", by=kanda)
            won.append(number % 2)
        except Refusal:
            db.session.rollback()

    transfer_id = transfer.id
    db.session.rollback()
    in_threads(app, 4, act)
    db.session.rollback()
    assert len(won) == 1
    here = now(asset).holding_unit_id == cast.school.id
    state = db.session.scalars(select(TransferLine.state)).one()
    assert here == bool(won[0])
    assert state == (LineState.ARRIVED if here else LineState.SENT_BACK)


def test_steps_of_one_unit_of_work_keep_who_did_them(cast: Cast) -> None:
    transfer = make_transfer(to_unit=cast.school, sent=True, sender=cast.sri)
    row = db.session.get_one(Transfer, transfer.id)
    assert row.approved_by_id is not None
    assert row.approved_at is not None
    assert (row.prepared_by_id, row.sent_by_id) == (cast.sri.id, cast.sri.id)
