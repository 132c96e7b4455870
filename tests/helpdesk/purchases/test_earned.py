"""Instalments are ticked off by what is accepted, and being late costs what the order says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from assets.vendors.models import Vendor
from helpdesk.purchases.earned import daily_rate, earned
from helpdesk.purchases.models import Purchase
from helpdesk.purchases.order_models import Delivery, DeliveryLine, OrderInstalment, PurchaseOrder
from helpdesk.purchases.rules import ordering
from helpdesk.purchases.rules.instalments import InstalmentDraft
from helpdesk.purchases.rules.ordering import OrderDraft
from helpdesk.purchases.states import OrderState
from kernel import clock
from kernel.db import db
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from tests.factories.office import sign_in, viewer_for
from tests.factories.purchases import Shop, accepted, approved, notebooks

FIRST = date(2026, 11, 2)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def order_of(*rows: tuple[int, int], state: OrderState = OrderState.OPEN) -> PurchaseOrder:
    """Return an order with instalments of (baht, last day)."""
    made = [
        OrderInstalment(position=number, amount=Decimal(amount), due_on=day(due), delivers="งาน")
        for number, (amount, due) in enumerate(rows, start=1)
    ]
    return PurchaseOrder(id=1, state=state, instalments=made)


def delivery(number: int, on: int, value: str, returned: int = 0) -> Delivery:
    line = DeliveryLine(
        quantity=Decimal(10), returned=Decimal(returned), value=Decimal(value), returned_why="แตก"
    )
    return Delivery(id=number, delivered_on=day(on), accepted_on=day(on + 1), lines=[line])


def test_acceptances_fill_instalments_in_order_and_lateness_costs_by_the_day() -> None:
    rows, rate = ((600, 10), (400, 20)), Decimal("0.20")
    done, cancelled = OrderState.DONE, OrderState.CANCELLED
    cases: dict[str, tuple[Any, ...]] = {
        "nothing came": ((), OrderState.OPEN, 5, [(0, None, 0, "0"), (0, None, 0, "0")]),
        "nothing came, late": ((), OrderState.OPEN, 15, [(0, None, 5, "6"), (0, None, 0, "0")]),
        "all at once": (
            (delivery(1, 9, "1000"),),
            done,
            90,
            [(600, 10, 0, "0"), (400, 10, 0, "0")],
        ),
        "two parts, the second late": (
            (delivery(1, 10, "300"), delivery(2, 12, "700")),
            done,
            90,
            # 300 baht are two days late: 300 × 0.20 % × 2.
            [(600, 13, 2, "1.2"), (400, 13, 0, "0")],
        ),
        "goods went back": (
            (delivery(1, 9, "600", returned=5),),
            OrderState.OPEN,
            10,
            [(300, None, 0, "0"), (0, None, 0, "0")],
        ),
        "a satang less by rounding": (
            (delivery(1, 9, "999.99"),),
            done,
            90,
            [(600, 10, 0, "0"), (400, 10, 0, "0")],
        ),
        "the rest was cancelled": (
            (delivery(1, 9, "600"),),
            cancelled,
            90,
            [(600, 10, 0, "0"), (0, None, 0, "0")],
        ),
    }
    wrong = {}
    for name, (came, state, today, expected) in cases.items():
        found = [
            (one.came, one.done_on, one.late_days, one.penalty)
            for one in earned(order_of(*rows, state=state), came, rate, day(today))
        ]
        wanted = [
            (Decimal(amount), day(on) if on else None, late, Decimal(cost))
            for amount, on, late, cost in expected
        ]
        if found != wanted:
            wrong[name] = found
    assert wrong == {}


def test_a_rate_is_read_from_the_words_of_the_specification_within_the_law() -> None:
    said = {
        "ร้อยละ 0.20 ต่อวัน ของราคาพัสดุที่ยังไม่ได้รับมอบ": Decimal("0.20"),
        "ค่าปรับร้อยละ ๐.๑๐ ต่อวัน": Decimal("0.10"),
        "0.05% a day": Decimal("0.05"),
        "ร้อยละ 5 ต่อวัน": None,
        "ตามระเบียบ": None,
    }
    assert {text: daily_rate([text]) for text in said} == said
    assert daily_rate([]) is None
    assert daily_rate(["ร้อยละ 0.1", "ร้อยละ 0.2"]) is None


def test_the_asker_reads_and_is_told_which_instalment_has_come(
    shop: Shop, client: FlaskClient
) -> None:
    ready = approved(shop, replace(notebooks(shop, 2, 1_000)))
    today = clock.today()
    with work():
        found = db.session.get_one(Purchase, ready.id)
        drafts = [
            InstalmentDraft(None, Decimal(1_000), "เครื่องแรก", today - timedelta(days=3)),
            InstalmentDraft(None, Decimal(1_000), "เครื่องที่สอง", today + timedelta(days=30)),
        ]
        vendor = db.session.get_one(Vendor, shop.vendor.id)
        lines = {found.lines[0].id: (Decimal(2), Decimal(1_000))}
        ordered_on = today - timedelta(days=9)
        draft = OrderDraft(vendor, "สซ. 6/2570", ordered_on, None, lines, drafts)
        order = ordering.order(found, draft, by=viewer_for(shop.ground.sri))
    accepted(shop, order, 1)
    sign_in(client, shop.ground.asker)
    page = client.get(f"/purchases/{ready.id}").text
    told = ("รับมอบครบ", "เกินกำหนด 3 วัน", "ยังไม่มีการส่งมอบ", "คิดค่าปรับตามใบสั่ง")
    assert [one for one in told if one not in page] == []
    bodies = db.session.scalars(
        select(OutgoingMessage.body).where(OutgoingMessage.kind == "purchase_accepted")
    ).all()
    assert ["งวดที่ 1" in body and "งวดที่ 2" not in body for body in bodies] == [True]
