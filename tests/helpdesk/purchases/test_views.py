"""The pages of purchases: typed, sent, ordered, accepted, budgets, papers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pypdfium2
from flask.testing import FlaskClient
from sqlalchemy import event, select

from assets.stock.models import StockBalance
from helpdesk.purchases.models import Budget, Purchase
from helpdesk.purchases.order_models import Delivery, PurchaseOrder
from helpdesk.purchases.rules import drafting
from helpdesk.purchases.states import State
from kernel.db import db
from kernel.work import work
from tests.factories.office import sign_in, viewer_for
from tests.factories.purchases import (
    Shop,
    accepted,
    approved,
    make_purchase,
    ordered,
    reams,
    sent,
)


def typed(shop: Shop, **changes: str) -> dict[str, str]:
    return {
        "kind": "goods",
        "title": "โน้ตบุ๊ก 3 เครื่อง",
        "reason": "ของเดิมชำรุด",
        "price_source": "ราคาท้องตลาด",
        "budget_id": str(shop.budget.id),
        "due_on": "31/12/2569",
        "method": "specific_small",
        "method_reason": "วงเงินไม่เกิน 500,000 บาท",
        "criterion": "เกณฑ์ราคา",
        "vat": "included",
        "member_1": str(shop.ground.director.id),
        "lines-0-what": "โน้ตบุ๊ก",
        "lines-0-goes_into": "register",
        "lines-0-class_id": str(shop.notebook.id),
        "lines-0-item_id": "0",
        "lines-0-quantity": "๓",
        "lines-0-unit_word": "เครื่อง",
        "lines-0-unit_price": "19,000",
        "act": "send",
        **changes,
    }


def newest() -> Purchase:
    db.session.rollback()
    found = db.session.query(Purchase).order_by(Purchase.id.desc()).first()
    assert found is not None
    return found


def test_a_purchase_is_typed_sent_and_followed_by_its_asker(
    shop: Shop, client: FlaskClient
) -> None:
    sign_in(client, shop.ground.asker)
    assert "ขอซื้อ/ขอจ้าง" in client.get("/purchases/new").text
    answer = client.post("/purchases/new", data=typed(shop))
    one = newest()
    assert answer.location == f"/purchases/{one.id}"
    assert (one.state, one.total) == (State.WAITING, Decimal(57_000))
    page = client.get(answer.location).text
    assert shop.ground.head.name_th in page
    assert "57,000.00" in page
    assert one.title in client.get("/purchases").text
    client.set_cookie("language", "en")
    assert client.get(answer.location).status_code == 200


def test_what_is_wrong_is_told_and_what_was_typed_stays(shop: Shop, client: FlaskClient) -> None:
    sign_in(client, shop.ground.asker)
    wrong = {
        "lines-0-quantity": "-2",
        "lines-0-unit_price": "123456789012345",
        "reason": "",
        "due_on": "31/2/2569",
    }
    for name, value in wrong.items():
        answer = client.post("/purchases/new", data=typed(shop, **{name: value}))
        assert answer.status_code in (400, 422), name
        assert "โน้ตบุ๊ก 3 เครื่อง" in answer.text
        assert not value or value in answer.text
    assert db.session.query(Purchase).count() == 0
    more = client.post("/purchases/new", data=typed(shop, act="more"))
    assert (more.status_code, "lines-3-what" in more.text) == (200, True)


def test_a_draft_is_changed_and_a_stale_form_is_not_taken(shop: Shop, client: FlaskClient) -> None:
    one = make_purchase(shop)
    sign_in(client, shop.ground.asker)
    address = f"/purchases/{one.id}/edit"
    assert "โน้ตบุ๊กและกระดาษ" in client.get(address).text
    data = typed(shop, act="keep", version=str(one.version))
    assert client.post(address, data=data).status_code == 302
    assert newest().title == "โน้ตบุ๊ก 3 เครื่อง"
    assert client.post(address, data=data).status_code == 409
    sign_in(client, shop.ground.admin)
    assert client.get(address).status_code == 404


def test_internet_and_web_space_ask_their_own_fields(shop: Shop, client: FlaskClient) -> None:
    sign_in(client, shop.ground.asker)
    data = typed(shop, kind="internet")
    data |= {"lines-0-goes_into": "nothing", "lines-0-class_id": "0"}
    assert client.post("/purchases/new", data=data).status_code in (400, 422)
    data |= {"service_place": "ห้องประชุม", "service_users": "40", "service_bandwidth": "1 Gbps"}
    data |= {"service_period": "1 ปี", "service_responsible": "ครูตัวอย่าง", "service_quota": "9 GB"}
    assert client.post("/purchases/new", data=data).status_code == 302
    assert newest().service["bandwidth"] == "1 Gbps"
    assert "quota" not in newest().service


def test_what_is_changed_after_the_approval_cannot_be_ordered_and_says_why(
    shop: Shop, client: FlaskClient
) -> None:
    ready = approved(shop)
    with work():
        found = db.session.get_one(Purchase, ready.id)
        drafting.change(found, by=viewer_for(found.asker))
    sign_in(client, shop.ground.sri)
    assert "ยังไม่ได้รับอนุมัติ" in client.get(f"/purchases/{ready.id}/order").text


def test_the_officer_orders_accepts_sends_back_and_closes_on_the_pages(
    shop: Shop, client: FlaskClient
) -> None:
    one = approved(shop)
    first, second = (line.id for line in one.lines)
    sign_in(client, shop.ground.sri)
    order: dict[str, Any] = {
        "vendor_id": shop.vendor.id,
        "document": "12/2570",
        "ordered_on": "1/11/2569",
        f"quantity_{first}": "3",
        f"price_{first}": "3333.33",
        f"quantity_{second}": "",
        f"price_{second}": "100",
        "key": "o" * 20,
    }
    assert client.get(f"/purchases/{one.id}/order").status_code == 200
    assert client.post(f"/purchases/{one.id}/order", data=order).status_code == 302
    assert client.post(f"/purchases/{one.id}/order", data=order).status_code == 302
    made = db.session.query(PurchaseOrder).one()
    line = made.lines[0].id
    accept = {
        "document": "ใบส่งของ 9",
        "delivered_on": "2/11/2569",
        "accepted_on": "3/11/2569",
        "warranty_until": "3/11/2572",
        "store_id": "0",
        f"quantity_{line}": "2",
    }
    assert client.get(f"/purchases/orders/{made.id}/accept").status_code == 200
    assert client.post(f"/purchases/orders/{made.id}/accept", data=accept).status_code == 302
    delivery = db.session.query(Delivery).one()
    page = client.get(f"/purchases/{one.id}").text
    assert delivery.number in page
    assert (delivery.lines[0].items[0].asset_no or "?") in page
    back = {"version": str(newest().version), "quantity": "1", "words": "จอแตก"}
    address = f"/purchases/delivered/{delivery.lines[0].id}/return"
    for name, nonsense in (("quantity", "123456789012345"), ("words", "")):
        refused = client.post(address, data={**back, name: nonsense})
        kept = (back["words"] if name == "quantity" else 'value="1"') in refused.text
        assert (refused.status_code, kept) == (422, True), name
    assert client.post(address, data=back).status_code == 302
    assert "จอแตก" in client.get(f"/purchases/{one.id}").text
    cancel = {"version": str(newest().version), "words": "ร้านเลิกกิจการ"}
    assert client.post(f"/purchases/orders/{made.id}/cancel", data=cancel).status_code == 302
    close = {"version": str(newest().version)}
    assert client.post(f"/purchases/{one.id}/close", data=close).status_code == 302
    assert newest().state == State.RECEIVED
    sign_in(client, shop.ground.asker)
    assert client.get(f"/purchases/deliveries/{delivery.id}/paper.pdf").status_code == 200


def paper(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    pdf = pypdfium2.PdfDocument(answer.data)
    return "".join("".join(page.get_textpage().get_text_range() for page in pdf).split())


def test_the_papers_say_the_eight_points_the_amount_in_words_and_who_signed(
    shop: Shop, client: FlaskClient
) -> None:
    one = approved(shop)
    delivery = accepted(shop, ordered(shop, one))
    sign_in(client, shop.ground.sri)
    report = paper(client, f"/purchases/{one.id}/paper.pdf")
    words = ["รายงานขอซื้อ", "ราคากลาง", "วงเงิน", "๑๑,๙๙๙.๙๙", "หลักเกณฑ์", "ประธานกรรมการ"]
    words += ["เก้าร้อยเก้าสิบเก้าบาทเก้าสิบเก้าสตางค์", "ตรวจสอบเอกสารนี้ได้ที่"]
    words += ["".join(shop.ground.director.name_th.split())]
    assert [word for word in words if word not in report] == []
    slip = paper(client, f"/purchases/deliveries/{delivery.id}/paper.pdf")
    words = ["ใบตรวจรับพัสดุ", "ครบถ้วนตามใบ", "".join(shop.vendor.name.split()), "๑๗๕"]
    assert [word for word in words if word not in slip] == []


def test_budgets_are_written_changed_listed_and_sent_as_a_workbook(
    shop: Shop, client: FlaskClient
) -> None:
    approved(shop, reams(shop, 20))
    sign_in(client, shop.ground.sri)
    data = {
        "unit_id": str(shop.ground.office.id),
        "fiscal_year": "2570",
        "source": "donation",
        "project": "ผ้าป่าเพื่อการศึกษา",
        "amount": "๕๐,๐๐๐",
    }
    assert client.post("/purchases/budgets/new", data=data).status_code == 302
    assert client.post("/purchases/budgets/new", data=data).status_code in (400, 422)
    made = db.session.scalars(select(Budget).where(Budget.source == "donation")).one()
    change = {**data, "amount": "60000", "version": str(made.version)}
    assert client.post(f"/purchases/budgets/{made.id}", data=change).status_code == 302
    page = client.get("/purchases/budgets").text
    assert [one for one in ("60,000.00", "2,000.00", "498,000.00") if one not in page] == []
    assert "2000" in client.get("/purchases/budgets.csv").text
    assert client.get("/purchases/budgets.xlsx").data.startswith(b"PK")
    client.get("/purchases/budgets")
    client.post("/language", data={"language": "en"})
    assert 'value="2027"' in client.get(f"/purchases/budgets/{made.id}").text
    change |= {"fiscal_year": "2027", "version": str(made.version)}
    assert client.post(f"/purchases/budgets/{made.id}", data=change).status_code == 302
    db.session.refresh(made)
    assert made.fiscal_year == 2570
    assert "Budgets 2027" in client.get("/purchases/budgets").text


def test_the_list_of_shortages_makes_a_draft(shop: Shop, client: FlaskClient) -> None:
    accepted(shop, ordered(shop, approved(shop, reams(shop, 2))))
    with work():
        balance = db.session.scalars(
            select(StockBalance).where(StockBalance.item_id == shop.paper.id)
        ).one()
        balance.minimum, balance.target = Decimal(10), Decimal(30)
    sign_in(client, shop.ground.sri)
    assert "/purchases/from-shortages" in client.get("/stock/shortages").text
    answer = client.post("/purchases/from-shortages", data={"key": "s" * 20})
    assert answer.location == f"/purchases/{newest().id}/edit"
    page = client.get(answer.location).text
    assert 'value="28"' in page
    sign_in(client, shop.ground.thep)
    assert "/purchases/from-shortages" not in client.get("/stock/shortages").text


def test_lists_and_budgets_ask_the_database_the_same_number_of_times(
    shop: Shop, client: FlaskClient
) -> None:
    sign_in(client, shop.ground.sri)

    def asked(address: str) -> int:
        db.session.rollback()
        told: list[str] = []

        def note(_c: Any, _cur: Any, statement: str, *_rest: Any) -> None:
            told.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        assert client.get(address).status_code == 200
        event.remove(db.engine, "before_cursor_execute", note)
        return len(told)

    sent(make_purchase(shop))
    addresses = ("/purchases/all", "/purchases/budgets", "/purchases")
    few = [asked(address) for address in addresses]
    for _number in range(3):
        sent(make_purchase(shop))
    assert [asked(address) for address in addresses] == few
    assert max(few) <= 8, few
