"""Orders and deliveries: side by side, into the register or a store, back, and to the end."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from assets.labels.models import Tag
from assets.register.rules import drafts
from assets.stock.ledger_models import StockSlip
from assets.stock.models import StockBalance
from helpdesk.purchases import queries
from helpdesk.purchases.models import Purchase
from helpdesk.purchases.order_models import Delivery, DeliveryLine, PurchaseOrder
from helpdesk.purchases.rules import ordering, receiving, shopping
from helpdesk.purchases.states import State
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from tests.factories.office import viewer_for
from tests.factories.purchases import Shop, accepted, approved, notebooks, ordered, reams


def side(one: Purchase) -> list[tuple[Decimal, Decimal, Decimal, Decimal]]:
    rows = queries.side_by_side(one)
    return [(row.line.quantity, row.approved, row.ordered, row.received) for row in rows]


def again(one: Purchase) -> Purchase:
    return db.session.get_one(Purchase, one.id)


def stock_of(shop: Shop) -> tuple[Decimal, Decimal]:
    db.session.expire_all()
    found = db.session.scalars(
        select(StockBalance).where(StockBalance.item_id == shop.paper.id)
    ).one()
    return found.quantity, found.value


def test_partial_deliveries_stand_side_by_side_until_all_has_come(shop: Shop) -> None:
    one = approved(shop)
    order = ordered(shop, one)
    accepted(shop, order, 1, 20)
    assert side(one) == [(3, 3, 3, 1), (20, 20, 20, 20)]
    assert again(one).state == State.ORDERED
    accepted(shop, order)
    assert again(one).state == State.RECEIVED
    with pytest.raises(Refusal):
        accepted(shop, order, 1)


def test_a_received_line_becomes_expected_items_with_numbers_tags_and_warranty(shop: Shop) -> None:
    one = approved(shop, notebooks(shop))
    delivery = accepted(shop, ordered(shop, one))
    items = db.session.get_one(Delivery, delivery.id).lines[0].items
    assert {item.lifecycle for item in items} == {"draft"}
    assert len({item.asset_no for item in items}) == 3
    assert all(item.asset_no for item in items)
    item = items[0]
    assert (item.fund_type, item.acquire_method) == ("budget", "specific")
    assert (item.vendor_name, str(item.warranty_until)) == (shop.vendor.name, "2029-09-30")
    assert delivery.number in item.doc_ref
    tags = db.session.scalars(select(Tag).where(Tag.asset_id.in_([one.id for one in items]))).all()
    assert len(tags) == 3


def test_r_n5_satang_that_cannot_be_shared_go_to_the_first_item(shop: Shop) -> None:
    one = approved(shop, notebooks(shop, 3, "3333.33"), vat="added")
    delivery = accepted(shop, ordered(shop, one))
    prices = [item.price for item in delivery.lines[0].items]
    assert delivery.value == Decimal("10699.99")
    assert prices == [Decimal("3566.67"), Decimal("3566.66"), Decimal("3566.66")]


def test_r_k_a_received_material_comes_into_the_store_at_its_cost(shop: Shop) -> None:
    one = approved(shop, reams(shop, 20, "95.50"))
    delivery = accepted(shop, ordered(shop, one))
    assert stock_of(shop) == (20, Decimal("1910.00"))
    slip = db.session.scalars(select(StockSlip).where(StockSlip.purchase_id == one.id)).one()
    assert (slip.number, slip.doc_no) == (delivery.slip_number, "ใบส่งของ 7")


def test_more_than_approved_is_not_ordered_and_more_than_ordered_not_accepted(shop: Shop) -> None:
    one = approved(shop)
    with pytest.raises(Refusal):
        ordered(shop, one, 4, 20)
    order = ordered(shop, one, 2, 20)
    with pytest.raises(Refusal):
        accepted(shop, order, 3, 20)
    with pytest.raises(Refusal):
        accepted(shop, order, "0.5", 20)
    with pytest.raises(Refusal):
        accepted(shop, order, 1, 1, store=None)
    with pytest.raises(Refusal):
        accepted(shop, order, 1, 1, document=" ")


def test_an_order_that_is_cancelled_can_be_placed_elsewhere(shop: Shop) -> None:
    one = approved(shop, reams(shop, 20))
    order = ordered(shop, one)
    accepted(shop, order, 5)
    with work():
        found = db.session.get_one(PurchaseOrder, order.id)
        ordering.cancel(found, "ร้านไม่มีของ", by=viewer_for(shop.ground.sri))
    assert side(one) == [(20, 20, 5, 5)]
    accepted(shop, ordered(shop, again(one), 15))
    assert again(one).state == State.RECEIVED


def test_an_order_of_which_nothing_came_leads_back_to_approved(shop: Shop) -> None:
    one = approved(shop, reams(shop, 20))
    order = ordered(shop, one)
    with work():
        found = db.session.get_one(PurchaseOrder, order.id)
        ordering.cancel(found, "ร้านไม่มีของ", by=viewer_for(shop.ground.sri))
    assert again(one).state == State.APPROVED


def test_goods_go_back_out_of_the_store_and_the_register_and_are_outstanding_again(
    shop: Shop,
) -> None:
    one = approved(shop)
    delivery = accepted(shop, ordered(shop, one))
    by = viewer_for(shop.ground.sri)
    with work():
        for line_id, quantity in zip([one.id for one in delivery.lines], (1, 5), strict=True):
            line = db.session.get_one(DeliveryLine, line_id)
            receiving.give_back(line, Decimal(quantity), "ชำรุดจากโรงงาน", by=by)
    assert again(one).state == State.ORDERED
    assert side(one) == [(3, 3, 3, 2), (20, 20, 20, 15)]
    assert stock_of(shop)[0] == 15
    assert again(one).spent == Decimal("6666.66") + 1_500
    items = db.session.get_one(Delivery, delivery.id).lines[0].items
    assert sorted(item.lifecycle for item in items) == ["cancelled", "draft", "draft"]


def test_it_is_finished_when_the_last_item_is_in_service(shop: Shop) -> None:
    one = approved(shop, notebooks(shop))
    delivery = accepted(shop, ordered(shop, one))
    by = viewer_for(shop.ground.sri)
    with work(), pytest.raises(Refusal):
        receiving.register(again(one), by=by)
    with work():
        items = db.session.get_one(Delivery, delivery.id).lines[0].items
        drafts.receive(items, {}, serials={}, total=None, by=by)
        receiving.register(again(one), by=by)
    assert again(one).state == State.REGISTERED


def test_what_runs_short_becomes_a_draft_with_the_wanted_quantities(shop: Shop) -> None:
    by = viewer_for(shop.ground.sri)
    with work(), pytest.raises(Refusal):
        shopping.from_shortages(None, by=by)
    accepted(shop, ordered(shop, approved(shop, reams(shop, 2, 90))))
    with work():
        balance = db.session.scalars(
            select(StockBalance).where(StockBalance.item_id == shop.paper.id)
        ).one()
        balance.minimum, balance.target = Decimal(10), Decimal(30)
    with work():
        made = shopping.from_shortages(None, by=by)
    line = made.lines[0]
    assert (made.state, line.item_id, line.quantity) == (State.DRAFT, shop.paper.id, 28)
    assert line.unit_price == 90
