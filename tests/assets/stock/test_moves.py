"""Transfers, write-offs, counts, opening lists and notices: what they do to the book."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from assets.stock.asked import Line
from assets.stock.count_models import StockCount
from assets.stock.ledger_models import StockLayer, StockMovement, StockSlip
from assets.stock.models import StockBalance, StockItem
from assets.stock.rules import counting, sending, writing_off
from assets.stock.states import (
    CountState,
    SlipState,
)
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.work import work
from office.approvals.models import Approval
from office.approvals.rules import signing
from office.people.models import Person
from tests.assets.stock.steps import D, count, held
from tests.factories.office import make_person, viewer_for
from tests.factories.stock import Shop, issue, make_stock_item, make_store, receive


def sign(approval_id: int | None, person: Person, *, yes: bool = True) -> None:
    with work():
        approval = db.session.get_one(Approval, approval_id)
        if yes:
            signing.approve(approval, by=viewer_for(person))
        else:
            signing.reject(approval, "ไม่เห็นด้วย", by=viewer_for(person))


def send(shop: Shop, to: Shop, item: StockItem, quantity: int) -> int:
    with work():
        line = Line(db.session.merge(item), D(quantity))
        stores = db.session.merge(shop.store), db.session.merge(to.store)
        return sending.send(*stores, [line], "ขาดแคลน", by=viewer_for(shop.keeper)).id


def test_what_is_sent_arrives_at_its_price_with_lot_and_day(shop: Shop) -> None:
    item, there = make_stock_item(), make_store()
    receive(shop, item, 10, "50.00")
    receive(shop, item, 10, "60.00")
    slip_id = send(shop, there, item, 12)
    assert (held(shop, item), held(there, item)) == (D(8), D(0))
    with work():
        slip = db.session.get_one(StockSlip, slip_id)
        sending.accept(slip, {}, "", by=viewer_for(there.keeper))
    assert held(there, item) == 12
    layers = select(StockLayer.quantity, StockLayer.value).where(
        StockLayer.store_id == there.store.id
    )
    assert [tuple(one) for one in db.session.execute(layers)] == [
        (D(10), D("50.00")),
        (D(2), D("12.00")),
    ]


@pytest.mark.parametrize("verb", ["decline", "recall"])
def test_what_does_not_stay_there_goes_back_into_the_sender_s_book(shop: Shop, verb: str) -> None:
    item, there = make_stock_item(), make_store()
    receive(shop, item, 10, "55.00")
    slip_id = send(shop, there, item, 4)
    who = there.keeper if verb == "decline" else shop.keeper
    with work():
        slip = db.session.get_one(StockSlip, slip_id)
        getattr(sending, verb)(slip, "ไม่ต้องการแล้ว", by=viewer_for(who))
    assert (held(shop, item), held(there, item)) == (D(10), D(0))
    assert db.session.scalar(select(StockBalance.value)) == D("55.00")
    with work():
        slip = db.session.get_one(StockSlip, slip_id)
        with pytest.raises(Refusal):
            sending.accept(slip, {}, "", by=viewer_for(there.keeper))


def test_only_the_receiving_side_accepts(shop: Shop) -> None:
    item, there = make_stock_item(), make_store()
    receive(shop, item, 10)
    slip_id = send(shop, there, item, 4)
    stranger = make_person()
    with work():
        slip = db.session.get_one(StockSlip, slip_id)
        with pytest.raises(NotAllowed):
            sending.accept(slip, {}, "", by=viewer_for(stranger))
        with pytest.raises(Refusal, match="4"):
            sending.accept(slip, {slip.lines[0].id: D(5)}, "", by=viewer_for(there.keeper))


def lose(shop: Shop, item: StockItem, quantity: int) -> tuple[int, int | None]:
    with work():
        line = Line(db.session.merge(item), D(quantity))
        store = db.session.merge(shop.store)
        slip = writing_off.lose(store, [line], "หมึกแห้ง", by=viewer_for(shop.keeper))
        return slip.id, slip.approval_id


def test_a_write_off_leaves_the_book_when_the_head_has_approved(shop: Shop) -> None:
    item = make_stock_item()
    receive(shop, item, 10, "50.00")
    slip_id, approval_id = lose(shop, item, 4)
    assert held(shop, item) == 10
    sign(approval_id, shop.orderer)
    assert held(shop, item) == 6
    slip = db.session.get_one(StockSlip, slip_id)
    assert (slip.state, slip.lines[0].value) == (SlipState.POSTED, D("20.00"))


def test_a_write_off_that_is_rejected_or_taken_back_changes_nothing(shop: Shop) -> None:
    item = make_stock_item()
    receive(shop, item, 10, "50.00")
    slip_id, approval_id = lose(shop, item, 4)
    sign(approval_id, shop.orderer, yes=False)
    other, _approval = lose(shop, item, 4)
    with work():
        again = db.session.get_one(StockSlip, other)
        writing_off.take_back(again, by=viewer_for(shop.keeper))
    found = db.session.scalars(select(StockSlip.state).where(StockSlip.id.in_((slip_id, other))))
    assert set(found) == {SlipState.REFUSED}
    assert held(shop, item) == 10


def test_an_approval_of_what_was_handed_out_meanwhile_is_refused_with_the_way_out(
    shop: Shop,
) -> None:
    item = make_stock_item()
    receive(shop, item, 10)
    slip_id, approval_id = lose(shop, item, 4)
    issue(shop, item, 8)
    with pytest.raises(Refusal, match="มีเพียง 2"):
        sign(approval_id, shop.orderer)
    db.session.rollback()
    assert db.session.get_one(StockSlip, slip_id).state == SlipState.SUBMITTED
    sign(approval_id, shop.orderer, yes=False)
    assert held(shop, item) == 2


def found(count_id: int, item: StockItem, quantity: str, by: Person) -> None:
    with work():
        one = db.session.get_one(StockCount, count_id)
        line = next(line for line in counting.lines_of(one) if line.item_id == item.id)
        counting.count_line(line.id, D(quantity), "", one, by=viewer_for(by))


def test_r_s2_approved_differences_of_a_count_are_movements_beside_what_moved_meanwhile(
    shop: Shop,
) -> None:
    less, more = make_stock_item(), make_stock_item()
    receive(shop, less, 10, "50.00")
    receive(shop, more, 4, "40.00")
    count_id = count(shop)
    issue(shop, less, 2)
    found(count_id, less, "7", shop.keeper)
    found(count_id, more, "5", shop.keeper)
    by = viewer_for(shop.keeper)
    with work():
        one = db.session.get_one(StockCount, count_id)
        counting.finish(one, by=by)
        approval_id = counting.submit(one, "หยิบไม่ลงบัญชี", by=by).id
    assert held(shop, less) == 8
    sign(approval_id, shop.orderer)
    assert (held(shop, less), held(shop, more)) == (D(5), D(5))
    one = db.session.get_one(StockCount, count_id)
    assert one.state == CountState.CLOSED
    moved = select(StockMovement.quantity).where(StockMovement.slip_id == one.slip_id)
    assert sorted(db.session.scalars(moved)) == [D(-3), D(1)]


def test_what_nobody_counted_is_not_taken_for_found(shop: Shop) -> None:
    item = make_stock_item()
    receive(shop, item, 10)
    count_id = count(shop)
    by = viewer_for(shop.keeper)
    with work():
        one = db.session.get_one(StockCount, count_id)
        with pytest.raises(Refusal, match="1 รายการ"):
            counting.finish(one, by=by)
    with pytest.raises(Refusal, match="ตรวจนับอยู่แล้ว"):
        count(shop)
    found(count_id, item, "10", shop.keeper)
    with work():
        one = db.session.get_one(StockCount, count_id)
        counting.finish(one, by=by)
        with pytest.raises(Refusal):
            counting.submit(one, "ไม่มี", by=by)
        counting.close(one, by=by)
    assert db.session.get_one(StockCount, count_id).state == CountState.CLOSED
