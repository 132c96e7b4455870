"""The ledger: never below zero, the sum of its movements, the oldest layer first."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from assets.stock.asked import Line, Paper, People, Reference
from assets.stock.ledger_models import StockLayer, StockMovement, StockSlip
from assets.stock.models import StockBalance, StockItem, Store
from assets.stock.rules import correcting, issuing, items, receiving, reserving
from assets.stock.states import Kind
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.work import work
from office.people.access import Role
from office.people.models import Person
from tests.factories.office import make_person, viewer_for
from tests.factories.stock import Shop, issue, make_stock_item, make_store, receive
from tests.office.at_once import in_threads

D = Decimal


@pytest.fixture
def shop(app: Flask) -> Shop:
    return make_store()


def balance_of(shop: Shop, item: StockItem) -> StockBalance:
    terms = (StockBalance.store_id == shop.store.id, StockBalance.item_id == item.id)
    return db.session.scalars(
        select(StockBalance).where(*terms).execution_options(populate_existing=True)
    ).one()


def movements(item: StockItem) -> list[tuple[str, Decimal, Decimal]]:
    rows = db.session.scalars(
        select(StockMovement).where(StockMovement.item_id == item.id).order_by(StockMovement.id)
    )
    return [(one.kind, one.quantity, one.value) for one in rows]


def test_r_k1_an_issue_takes_the_oldest_layer_first_with_one_line_for_each_price(
    shop: Shop,
) -> None:
    item = make_stock_item()
    receive(shop, item, 10, "50.00")
    receive(shop, item, 10, "60.00")
    slip = issue(shop, item, 12)
    assert movements(item)[2:] == [
        (Kind.ISSUED, D("-10.00"), D("-50.00")),
        (Kind.ISSUED, D("-2.00"), D("-12.00")),
    ]
    left = balance_of(shop, item)
    assert (left.quantity, left.value) == (D(8), D("48.00"))
    assert left.average_value == D("44.00")
    assert [(one.asked, one.done, one.value, one.left_after) for one in slip.lines] == [
        (D(12), D(12), D(62), D(8))
    ]


def test_r_s1_no_more_goes_out_than_there_is(shop: Shop) -> None:
    item = make_stock_item()
    receive(shop, item, 3)
    with pytest.raises(Refusal, match="มี"):
        issue(shop, item, 4)
    assert balance_of(shop, item).quantity == 3
    assert len(movements(item)) == 1


def test_r_s1_a_slip_names_who_asked_ordered_handed_out_and_received(shop: Shop) -> None:
    item = make_stock_item()
    receive(shop, item, 3)
    teacher = make_person(name_th="ครูผู้ขอ ตัวอย่าง")
    slip = issue(shop, item, 1, teacher)
    names = (slip.requester_name, slip.approver_name, slip.issuer_name, slip.receiver_name)
    keeper, orderer = db.session.merge(shop.keeper), db.session.merge(shop.orderer)
    assert names == ("ครูผู้ขอ ตัวอย่าง", orderer.name_th, keeper.name_th, "ครูผู้ขอ ตัวอย่าง")
    assert slip.number.startswith("บ.1/")


def test_r_s1_a_store_without_an_orderer_hands_nothing_out(shop: Shop) -> None:
    item = make_stock_item()
    receive(shop, item, 3)
    with work():
        db.session.get_one(Store, shop.store.id).orderer_id = None
    with pytest.raises(Refusal, match="ข้อ 205"):
        issue(shop, item, 1)


def test_nobody_orders_what_they_ask_for(shop: Shop) -> None:
    item = make_stock_item()
    receive(shop, item, 3)
    with pytest.raises(NotAllowed):
        issue(shop, item, 1, shop.orderer)


def test_r_s2_the_balance_is_the_sum_of_the_movements(shop: Shop) -> None:
    item = make_stock_item(whole_only=False)
    receive(shop, item, "10.5", "100")
    issue(shop, item, "3.25")
    with work():
        store, thing = db.session.merge(shop.store), db.session.merge(item)
        by = viewer_for(shop.keeper)
        correcting.adjust(store, thing, D("-1.25"), "นับผิด", by=by)
        correcting.adjust(store, thing, D("2"), "พบเพิ่ม", by=by)
    total = db.session.execute(
        select(func.sum(StockMovement.quantity), func.sum(StockMovement.value))
    ).one()
    kept = balance_of(shop, item)
    assert (kept.quantity, kept.value) == tuple(total)
    layers = select(func.sum(StockLayer.remaining), func.sum(StockLayer.remaining_value))
    assert tuple(db.session.execute(layers).one()) == tuple(total)


def test_r_s2_a_correction_needs_a_reason_and_leaves_the_old_movement(shop: Shop) -> None:
    item = make_stock_item()
    receive(shop, item, 5)
    store, by = db.session.merge(shop.store), viewer_for(shop.keeper)
    with pytest.raises(Refusal, match="เหตุผล"), work():
        correcting.adjust(store, item, D(-1), "  ", by=by)
    with work():
        correcting.adjust(store, db.session.merge(item), D(-1), "นับผิด", by=by)
    assert [one[:2] for one in movements(item)] == [(Kind.RECEIVED, D(5)), (Kind.ADJUSTED, D(-1))]


def test_what_is_given_back_comes_at_the_price_it_went_out_with(shop: Shop) -> None:
    item = make_stock_item()
    receive(shop, item, 10, "50.00")
    receive(shop, item, 10, "60.00")
    slip = issue(shop, item, 12)
    with work():
        keeper = viewer_for(shop.keeper)
        again = db.session.get_one(StockSlip, slip.id)
        issuing.give_back(again, [Line(db.session.merge(item), D(3))], "เหลือใช้", by=keeper)
    assert movements(item)[-2:] == [
        (Kind.GIVEN_BACK, D(2), D("12.00")),
        (Kind.GIVEN_BACK, D(1), D("5.00")),
    ]
    with work():
        again, thing = db.session.get_one(StockSlip, slip.id), db.session.merge(item)
        with pytest.raises(Refusal, match="9"):
            issuing.give_back(again, [Line(thing, D(10))], "เหลือใช้", by=keeper)


def test_parts_of_a_repair_go_out_and_what_is_left_comes_back(shop: Shop) -> None:
    item = make_stock_item()
    receive(shop, item, 10, "100.00")
    technician = make_person(Role.TECHNICIAN)
    by = viewer_for(technician)
    with work():
        store, thing = db.session.merge(shop.store), db.session.merge(item)
        slip = issuing.issue_to_ticket(
            store, [Line(thing, D(4))], ticket_id=7, number="ซ.7/2570", by=by
        )
        assert (slip.ticket_id, slip.reference, slip.lines[0].value) == (7, "ซ.7/2570", D(40))
    with work():
        store, thing = db.session.merge(shop.store), db.session.merge(item)
        issuing.return_from_ticket(
            store, [Line(thing, D(1))], ticket_id=7, number="ซ.7/2570", reason="ไม่ได้ใช้", by=by
        )
    assert balance_of(shop, item).quantity == 7
    with work():
        store, thing = db.session.merge(shop.store), db.session.merge(item)
        with pytest.raises(Refusal):
            issuing.return_from_ticket(
                store, [Line(thing, D(1))], ticket_id=8, number="ซ.8", reason="ไม่ได้ใช้", by=by
            )


def test_a_promise_keeps_a_quantity_from_others_until_it_is_handed_out(shop: Shop) -> None:
    item = make_stock_item()
    receive(shop, item, 5)
    by = viewer_for(shop.keeper)
    with work():
        store, thing = db.session.merge(shop.store), db.session.merge(item)
        promise = reserving.reserve(store, Line(thing, D(4)), Reference("ข.1", request_id=1), by=by)
    with pytest.raises(Refusal, match="จอง"):
        issue(shop, item, 2)
    teacher = make_person()
    with work():
        store, thing = db.session.merge(shop.store), db.session.merge(item)
        who = db.session.get_one(Person, teacher.id)
        line = Line(thing, D(3), asked=D(4), reservation=db.session.merge(promise))
        issuing.issue_to_request(
            store, [line], People(who, who), request_id=1, number="ข.1", purpose="อบรม", by=by
        )
    kept = balance_of(shop, item)
    assert (kept.quantity, kept.reserved) == (D(2), D(1))
    with work():
        for one in reserving.open_for_request(1):
            reserving.release(one, by=by)
    assert balance_of(shop, item).reserved == 0


def test_a_pack_is_counted_in_the_base_unit(shop: Shop) -> None:
    item = make_stock_item(unit_th="ด้าม")
    by = viewer_for(shop.keeper)
    with work():
        thing = db.session.merge(item)
        items.add_pack(thing, "กล่อง", "box", D(12), by=by)
    with work():
        thing, store = db.session.merge(item), db.session.merge(shop.store)
        line = Line(thing, D(2), pack=thing.packs[0], value=D(240))
        slip = receiving.receive(store, [line], Paper("1"), by=by)
        assert slip.lines[0].said == "2 กล่อง"
    assert balance_of(shop, item).quantity == 24


@pytest.mark.parametrize(
    ("whole", "quantity", "value", "field"),
    [
        (True, "-1", "0", "quantity"),
        (True, "0", "0", "quantity"),
        (True, "1.5", "0", "quantity"),
        (True, "123456789012345", "0", "quantity"),
        (False, "0.001", "0", "quantity"),
        (True, "1", "123456789012345", "price"),
        (True, "1", "-1", "price"),
    ],
)
def test_quantities_and_prices_out_of_measure_are_refused_with_a_sentence(
    shop: Shop, *, whole: bool, quantity: str, value: str, field: str
) -> None:
    item = make_stock_item(whole_only=whole)
    with pytest.raises(Refusal) as refused:
        receive(shop, item, quantity, value)
    assert refused.value.field == field


def test_of_a_hundred_who_want_one_of_the_last_ten_exactly_ten_get_it(
    app: Flask, shop: Shop
) -> None:
    item = make_stock_item()
    receive(shop, item, 10)
    teacher_id, by = make_person().id, viewer_for(shop.keeper)

    def take(_number: int) -> str:
        try:
            with work():
                store = db.session.get_one(Store, shop.store.id)
                thing = db.session.get_one(StockItem, item.id)
                who = db.session.get_one(Person, teacher_id)
                issuing.issue(store, [Line(thing, D(1))], People(who, who), "อบรม", by=by)
        except Refusal as refusal:
            return refusal.message
        finally:
            db.session.remove()
        return ""

    store_id, item_id = shop.store.id, item.id
    assert store_id
    assert item_id
    db.session.remove()
    said = in_threads(app, 100, take)
    assert said.count("") == 10
    refused = {one for one in said if one}
    assert len(refused) == 1
    assert "มี" in refused.pop()
