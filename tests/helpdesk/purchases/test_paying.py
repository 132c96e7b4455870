"""Instalments are paid after their acceptance, corrected with a trail, and watched until then."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.vendors.models import Vendor
from helpdesk.purchases import jobs, queries
from helpdesk.purchases.models import Purchase
from helpdesk.purchases.order_models import DeliveryLine, OrderInstalment, PurchaseOrder
from helpdesk.purchases.queries import Filter
from helpdesk.purchases.rules import ordering, paying, receiving
from helpdesk.purchases.rules.instalments import InstalmentDraft
from helpdesk.purchases.rules.ordering import OrderDraft
from helpdesk.purchases.rules.paying import PaymentDraft
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from tests.conftest import Clock
from tests.factories.office import sign_in, viewer_for
from tests.factories.purchases import Shop, accepted, approved, notebooks

LATER = timedelta(days=30)


@pytest.fixture
def order(shop: Shop) -> PurchaseOrder:
    """Two notebooks of 1,000 baht in two instalments of 1,000, the first due three days ago."""
    ready, today = approved(shop, notebooks(shop, 2, 1_000)), kernel_clock.today()
    with work():
        found = db.session.get_one(Purchase, ready.id)
        drafts = [
            InstalmentDraft(None, Decimal(1_000), "เครื่องแรก", today - timedelta(days=3)),
            InstalmentDraft(None, Decimal(1_000), "เครื่องที่สอง", today + LATER),
        ]
        vendor = db.session.get_one(Vendor, shop.vendor.id)
        lines = {found.lines[0].id: (Decimal(2), Decimal(1_000))}
        since = today - timedelta(days=9)
        draft = OrderDraft(vendor, "สซ. 6/2570", since, None, lines, drafts)
        return ordering.order(found, draft, by=viewer_for(shop.ground.sri))


def instalment(order: PurchaseOrder, number: int) -> OrderInstalment:
    wanted = (OrderInstalment.order_id == order.id, OrderInstalment.position == number)
    return db.session.scalars(select(OrderInstalment).where(*wanted)).one()


def paid(shop: Shop, order: PurchaseOrder, number: int, **typed: Any) -> None:
    fields = {
        "paid_on": kernel_clock.today(),
        "amount": Decimal(1_000),
        "document": "บค. 7",
        **typed,
    }
    with work():
        paying.pay(
            instalment(order, number), PaymentDraft(**fields), by=viewer_for(shop.ground.sri)
        )


def to_pay(shop: Shop) -> int:
    by = viewer_for(shop.ground.sri)
    return len(queries.listing(by, Filter(state="to_pay"), 1))


def test_an_instalment_is_paid_after_its_acceptance_and_never_before_or_too_much(
    shop: Shop, order: PurchaseOrder
) -> None:
    today, wrong = kernel_clock.today(), []
    with pytest.raises(Refusal):
        paid(shop, order, 1)
    assert to_pay(shop) == 0
    accepted(shop, order, 1)
    assert to_pay(shop) == 1
    refused: tuple[dict[str, Any], ...] = (
        {"paid_on": today - timedelta(days=1)},
        {"paid_on": today + timedelta(days=1)},
        {"amount": Decimal("1000.01")},
        {"amount": Decimal(0)},
        {"amount": Decimal(-5)},
        {"amount": None},
        {"document": "  "},
    )
    for typed in refused:
        try:
            paid(shop, order, 1, **typed)
        except Refusal:
            continue
        wrong.append(typed)
    assert wrong == []
    with pytest.raises(Refusal):
        paid(shop, order, 2)
    paid(shop, order, 1, amount=Decimal(990))
    with pytest.raises(Refusal):
        paid(shop, order, 1)
    assert to_pay(shop) == 0
    accepted(shop, order, 1)
    assert to_pay(shop) == 1
    paid(shop, order, 2)
    assert to_pay(shop) == 0


def test_of_a_cancelled_order_what_came_is_paid_and_what_went_back_is_not(
    shop: Shop, order: PurchaseOrder
) -> None:
    delivery = accepted(shop, order, 1)
    with work():
        line = db.session.get_one(DeliveryLine, delivery.lines[0].id)
        receiving.give_back(line, Decimal(1), "แตก", by=viewer_for(shop.ground.sri))
    assert to_pay(shop) == 0
    with work():
        half = instalment(order, 1)
        half.amount, instalment(order, 2).amount = Decimal(1_500), Decimal(500)
    accepted(shop, order, 1)
    assert to_pay(shop) == 0
    with work():
        found = db.session.get_one(PurchaseOrder, order.id)
        ordering.cancel(found, "ร้านปิด", by=viewer_for(shop.ground.sri))
    assert to_pay(shop) == 1
    with pytest.raises(Refusal):
        paid(shop, order, 1, amount=Decimal(1_500))
    paid(shop, order, 1, amount=Decimal(1_000))
    assert to_pay(shop) == 0


def test_the_officer_writes_corrects_and_takes_out_and_everybody_reads_the_story(
    client: FlaskClient, shop: Shop, order: PurchaseOrder
) -> None:
    accepted(shop, order, 1)
    row, today = instalment(order, 1).id, kernel_clock.today()
    home, form = f"/purchases/{order.purchase_id}", f"/purchases/instalments/{row}/payment"
    sign_in(client, shop.ground.sri)
    assert form in client.get(home).text
    typed = {"paid_on": f"{today:%d/%m/%Y}", "amount": "๑,๐๐๐.๐๐", "document": "บค. 7/2570"}
    refused = client.post(form, data={**typed, "amount": "123456789012345"})
    assert (refused.status_code, "บค. 7/2570" in refused.text) == (422, True)
    assert "ใหญ่เกินไป" in refused.text or "มากเกินไป" in refused.text
    client.post(form, data=typed)
    assert "1,000.00 บาท หลักฐาน บค. 7/2570" in client.get(home).text
    again = {**typed, "amount": "990", "version": "1"}
    assert client.post(form, data=again).status_code == 422
    assert client.post(form, data={**again, "words": "หักค่าปรับ"}).status_code == 302
    told = client.get(home).text
    assert "990.00" in told
    assert "เดิม: งวดที่ 1: 1,000.00 บาท" in told
    assert client.post(f"{form}/drop", data={"words": ""}).status_code == 422
    assert client.post(f"{form}/drop", data={"words": "เช็คถูกยกเลิก"}).status_code == 302
    assert instalment(order, 1).payment is None
    assert "เช็คถูกยกเลิก" in client.get(home).text
    assert "ตรวจรับแล้ว ยังไม่จ่ายเงิน" in client.get("/purchases/all?state=to_pay").text
    sign_in(client, shop.ground.asker)
    assert client.post(form, data=typed).status_code == 403
    client.post("/language", data={"language": "en"})
    assert "Before: Instalment 1: 1,000.00 baht on" in client.get(home).text


def test_what_is_accepted_and_not_paid_is_told_once_after_five_working_days(
    shop: Shop, order: PurchaseOrder, clock: Clock
) -> None:
    accepted(shop, order, 1)
    last = paying.pay_by(kernel_clock.today())
    told = select(OutgoingMessage).where(OutgoingMessage.kind == "purchase_unpaid")
    found = []
    while kernel_clock.today() <= last + timedelta(days=4):
        found.append((kernel_clock.today() > last, jobs.flag_unpaid(), jobs.flag_unpaid()))
        clock.forward(days=1)
    assert {one for one in found if one[1]} == {(True, 1, 0)}
    assert sum(one[1] for one in found) == 1
    assert [one.person_id for one in db.session.scalars(told)] == [shop.ground.sri.id]
    # Friday, a weekend, and five working days: the second Friday is the last one.
    assert paying.pay_by(date(2026, 11, 20)) == date(2026, 11, 27)
