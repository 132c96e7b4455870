"""What a ticket costs: typed, struck out, from the store; the warranty is shown before (R-R6)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.register.models import Asset
from assets.stock.models import StockItem, Store
from helpdesk.repairs.models import Cost
from helpdesk.repairs.rules import costs, outside, parts
from helpdesk.repairs.states import CostKind, Outside
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import Cause, Outcome, State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from tests.cast import Cast
from tests.factories.assets import make_asset
from tests.factories.office import sign_in
from tests.factories.stock import make_stock_item, make_store, receive
from tests.factories.tickets import make_ticket
from tests.factories.work import send_out
from tests.office.at_once import in_threads


def ticket_on(cast: Cast, thep: Viewer, **item: object) -> Ticket:
    asset = make_asset(cast.school, **item)
    return make_ticket(asset, state=State.IN_PROGRESS, technician=thep)


def pay(ticket: Ticket, amount: str, by: Viewer, why: str = "") -> Cost:
    with work():
        spent = costs.Spent(
            CostKind.PART, "แบตเตอรี่", Decimal(amount), clock.today(), "บ.1/12", cover_why=why
        )
        return costs.spend(db.session.get_one(Ticket, ticket.id), spent, by=by)


def here(ticket: Ticket) -> Ticket:
    return db.session.get_one(Ticket, ticket.id)


def paid() -> Decimal | None:
    db.session.rollback()
    return db.session.scalar(select(Ticket.repair_cost).where(Ticket.repair_cost.is_not(None)))


def test_costs_add_up_on_the_ticket(cast: Cast, thep: Viewer) -> None:
    ticket = ticket_on(cast, thep)
    pay(ticket, "1200.50", thep)
    pay(ticket, "0.25", thep)
    assert paid() == Decimal("1200.75")


def test_a_struck_out_cost_is_off_the_sum_and_stays_readable(cast: Cast, thep: Viewer) -> None:
    ticket = ticket_on(cast, thep)
    cost = pay(ticket, "500", thep)
    with work():
        found = db.session.get_one(Ticket, ticket.id)
        costs.strike(found, db.session.get_one(Cost, cost.id), "ใบเสร็จซ้ำ", by=thep)
    assert paid() == 0
    assert db.session.scalar(select(Cost.struck_why)) == "ใบเสร็จซ้ำ"
    with pytest.raises(Refusal), work():
        costs.strike(here(ticket), db.session.get_one(Cost, cost.id), "อีกครั้ง", by=thep)


@pytest.mark.parametrize("amount", ["0", "-1", "10000000", "99999999999999"])
def test_amounts_out_of_range_are_refused(cast: Cast, thep: Viewer, amount: str) -> None:
    with pytest.raises(Refusal) as refused:
        pay(ticket_on(cast, thep), amount, thep)
    assert refused.value.field == "amount"
    assert paid() is None


def test_r_r6_an_item_under_warranty_is_only_paid_for_with_a_reason(
    cast: Cast, thep: Viewer
) -> None:
    ticket = ticket_on(cast, thep, warranty_until=clock.today(), vendor_name="ร้านผู้ขาย")
    with pytest.raises(Refusal, match="ร้านผู้ขาย") as refused:
        pay(ticket, "100", thep)
    assert refused.value.field == "cover_why"
    assert pay(ticket, "100", thep, "ผู้ขายปิดกิจการ").cover_why == "ผู้ขายปิดกิจการ"


def test_r_r6_the_day_after_the_warranty_nothing_is_asked(cast: Cast, thep: Viewer) -> None:
    ticket = ticket_on(cast, thep, warranty_until=clock.today() - timedelta(days=1))
    assert pay(ticket, "100", thep, "ไม่มีใครต้องจ่ายแทน").cover_why == ""
    assert paid() == 100


def test_r_r6_the_warranty_of_an_earlier_repair_counts_too(cast: Cast, thep: Viewer) -> None:
    asset = make_asset(cast.school)
    with work():
        ticket, made = send_out(db.session.get_one(Asset, asset.id), thep, state=Outside.QUOTED)
        day = clock.today() + timedelta(days=90)
        back = outside.Return(works=True, paid=Decimal(900), warranty_until=day)
        outside.take_back(made, back, by=thep)
        number = made.number
    again = make_ticket(asset, state=State.IN_PROGRESS, technician=thep)
    with pytest.raises(Refusal, match=number):
        pay(again, "100", thep)
    assert ticket.id != again.id


def test_r_r6_resolving_with_a_cost_asks_too(cast: Cast, thep: Viewer) -> None:
    ticket = ticket_on(cast, thep, warranty_until=clock.today())
    result = rules.Result(Outcome.FIXED, Cause.HARDWARE, "เปลี่ยน", repair_cost=Decimal(50))
    with pytest.raises(Refusal) as refused, work():
        rules.resolve(db.session.get_one(Ticket, ticket.id), result, by=thep)
    assert refused.value.field == "cover_why"


def test_r_r6_the_page_warns_before_anything_is_typed(
    cast: Cast, thep: Viewer, client: FlaskClient
) -> None:
    sign_in(client, cast.thep)
    ticket = ticket_on(cast, thep, warranty_until=clock.today(), vendor_name="ร้านผู้ขาย")
    page = client.get(f"/tickets/{ticket.id}/costs").text
    assert "ร้านผู้ขาย" in page
    assert 'name="cover_why"' in page


def test_a_cost_typed_at_the_end_is_a_line_of_its_own(cast: Cast, thep: Viewer) -> None:
    ticket = ticket_on(cast, thep)
    result = rules.Result(Outcome.FIXED, Cause.HARDWARE, "เปลี่ยน", repair_cost=Decimal(50))
    with work():
        rules.resolve(db.session.get_one(Ticket, ticket.id), result, by=thep)
    assert db.session.scalars(select(Cost.amount)).all() == [Decimal(50)]


def test_two_costs_at_once_are_both_in_the_sum(app: Flask, cast: Cast, thep: Viewer) -> None:
    ticket_id = ticket_on(cast, thep).id
    db.session.rollback()

    def pay_one(number: int) -> None:
        with work():
            spent = costs.Spent(CostKind.PART, "สาย", Decimal(100 + number), clock.today())
            costs.spend(db.session.get_one(Ticket, ticket_id), spent, by=thep)

    in_threads(app, 2, pay_one)
    assert paid() == 201


def test_parts_from_the_store_leave_it_and_are_paid_for(cast: Cast, thep: Viewer) -> None:
    shop, item = make_store(cast.school), make_stock_item()
    receive(shop, item, 10, 1000)
    ticket = ticket_on(cast, thep)

    def take(count: int) -> list[Cost]:
        with work():
            return parts.take(
                db.session.get_one(Ticket, ticket.id),
                db.session.get_one(Store, shop.store.id),
                db.session.get_one(StockItem, item.id),
                Decimal(count),
                "",
                by=thep,
            )

    (cost,) = take(3)
    assert paid() == 300
    with pytest.raises(Refusal):
        take(8)
    with work():
        found, line = db.session.get_one(Ticket, ticket.id), db.session.get_one(Cost, cost.id)
        parts.give_back(found, line, Decimal(1), "ใช้ไม่หมด", by=thep)
    assert paid() == 200
    with pytest.raises(Refusal), work():
        parts.give_back(
            here(ticket), db.session.get_one(Cost, cost.id), Decimal(3), "ใช้ไม่หมด", by=thep
        )
    with pytest.raises(Refusal), work():
        costs.strike(
            db.session.get_one(Ticket, ticket.id),
            db.session.get_one(Cost, cost.id),
            "ผิด",
            by=thep,
        )


def test_a_scanned_name_takes_parts_on_the_page(
    cast: Cast, thep: Viewer, client: FlaskClient
) -> None:
    sign_in(client, cast.thep)
    shop, item = make_store(cast.school), make_stock_item()
    receive(shop, item, 5, 500)
    ticket = ticket_on(cast, thep)
    typed = {
        "store": str(shop.store.id),
        "code": item.code,
        "quantity": "๒",
        "key": "parts-key-0123456789",
    }
    for _time in range(2):
        assert client.post(f"/tickets/{ticket.id}/parts-used", data=typed).status_code == 302
    assert paid() == 200
