"""Counting a store by two people: differences, a head who says no, and the entry that corrects."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from assets.stock.count_models import StockCount, StockCountLine
from assets.stock.ledger_models import StockMovement, StockSlip
from assets.stock.models import StockItem, Store
from assets.stock.rules import counting
from assets.stock.states import CountState, SlipKind
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.approvals.models import Approval
from office.approvals.rules import signing
from office.papers.models import IssuedPaper
from office.people.access import Role
from office.people.models import Person
from tests.assets.stock.steps import D, count, held
from tests.factories.office import make_person, viewer_for
from tests.factories.stock import Shop, make_stock_item, receive
from tests.office.at_once import in_threads


def write(count_id: int, item: StockItem, quantity: str | None, by: Person) -> None:
    with work():
        one = db.session.get_one(StockCount, count_id)
        line = next(line for line in counting.lines_of(one) if line.item_id == item.id)
        found = None if quantity is None else D(quantity)
        counting.count_line(line.id, found, "", one, by=viewer_for(by))


def asked(count_id: int, by: Person) -> int:
    with work():
        one = db.session.get_one(StockCount, count_id)
        if one.state == CountState.OPEN:
            counting.finish(one, by=viewer_for(by))
        return counting.submit(one, "หยิบไม่ลงบัญชี", by=viewer_for(by)).id


def decide(approval_id: int, person: Person, *, yes: bool) -> None:
    with work():
        approval = db.session.get_one(Approval, approval_id)
        if yes:
            signing.approve(approval, by=viewer_for(person))
        else:
            signing.reject(approval, "นับใหม่", by=viewer_for(person))


def test_two_people_count_the_head_sends_them_back_and_the_second_count_is_booked_once(
    shop: Shop,
) -> None:
    less, more, same = make_stock_item(), make_stock_item(), make_stock_item()
    for item, value in ((less, "90.00"), (more, "60.00"), (same, "30.00")):
        receive(shop, item, 10, value)
    other = make_person(Role.STOREKEEPER, over=shop.store.unit)
    count_id = count(shop)
    for item, quantity, by in (
        *((less, "8", shop.keeper), (more, "11", other), (same, "9", shop.keeper)),
        *((less, "7", other), (same, None, shop.keeper), (same, "10", other)),
    ):
        write(count_id, item, quantity, by)
    lines = {
        line.item_id: (line.difference, line.counted_by_name)
        for line in db.session.scalars(select(StockCountLine))
    }
    assert lines[less.id] == (-3, other.name_th)
    assert (lines[more.id][0], lines[same.id][0]) == (1, 0)
    first = asked(count_id, shop.keeper)
    with pytest.raises(Refusal):
        write(count_id, less, "6", shop.keeper)
    with pytest.raises(Refusal):
        decide(first, shop.keeper, yes=True)
    decide(first, shop.orderer, yes=False)
    assert (held(shop, less), db.session.get_one(StockCount, count_id).slip_id) == (10, None)
    with work():
        counting.reopen(db.session.get_one(StockCount, count_id), by=viewer_for(other))
    write(count_id, less, "9", shop.keeper)
    second = asked(count_id, shop.keeper)
    decide(second, shop.orderer, yes=True)
    assert [held(shop, item) for item in (less, more, same)] == [9, 11, 10]
    with pytest.raises(Refusal):
        decide(second, shop.orderer, yes=True)
    db.session.rollback()
    slip = db.session.scalars(select(StockSlip).where(StockSlip.kind == SlipKind.COUNT)).one()
    moved = select(StockMovement.quantity, StockMovement.value).where(
        StockMovement.slip_id == slip.id
    )
    assert sorted(tuple(row) for row in db.session.execute(moved)) == [(-1, -9), (1, 6)]
    one = db.session.get_one(StockCount, count_id)
    assert (one.state, one.slip_id) == (CountState.CLOSED, slip.id)
    paper = db.session.scalars(select(IssuedPaper)).one()
    assert shop.orderer.name_th in [signer["name"] for signer in paper.signers]


def test_of_two_who_open_a_count_of_one_store_at_once_one_does(app: Flask, shop: Shop) -> None:
    receive(shop, make_stock_item(), 10)
    store_id, by = shop.store.id, viewer_for(shop.keeper)
    db.session.remove()

    def start(number: int) -> str:
        try:
            with work():
                store = db.session.get_one(Store, store_id)
                counting.start(store, f"รอบ {number}", by=by)
        except Refusal:
            return "refused"
        finally:
            db.session.remove()
        return "opened"

    assert sorted(in_threads(app, 2, start)) == ["opened", "refused"]
