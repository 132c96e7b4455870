"""The pages of the store room: every one opens in both languages; what people do on them."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from assets.stock.asked import Line
from assets.stock.count_models import StockCount
from assets.stock.ledger_models import StockSlip
from assets.stock.models import StockBalance, StockBin, StockItem, Store
from assets.stock.rules import counting, items, sending, stores, writing_off
from assets.stock.states import SlipKind
from helpdesk.repairs.models import Cost
from kernel.db import db
from kernel.work import work
from tests.cast import Cast, make_cast
from tests.factories.counting import counted
from tests.factories.office import sign_in, viewer_for
from tests.factories.pictures import picture
from tests.factories.stock import Shop, issue, make_stock_item, make_store, receive
from tests.factories.tickets import make_ticket

D = Decimal
KEY = "a key that is long enough"


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


@pytest.fixture
def shop(cast: Cast) -> Shop:
    return make_store(keeper=cast.sri, orderer=cast.chai)


def slips(kind: SlipKind) -> list[StockSlip]:
    db.session.rollback()
    return list(db.session.scalars(select(StockSlip).where(StockSlip.kind == kind)))


def quantity(item: StockItem) -> Decimal:
    db.session.rollback()
    return db.session.scalars(
        select(StockBalance.quantity).where(StockBalance.item_id == item.id)
    ).one()


def furnished(cast: Cast, shop: Shop) -> list[str]:
    """Fill a store with one of everything; return the addresses of all pages about it."""
    item = make_stock_item(size="ดำ", whole_only=False, expires=False, reorder_hint="ร้านตัวอย่าง")
    slip = receive(shop, item, 10, "105.50")
    out = issue(shop, item, "2.5", cast.malee)
    other = make_store()
    by = viewer_for(cast.sri)
    with work():
        store, thing = db.session.get_one(Store, shop.store.id), db.session.merge(item)
        items.limit(store, thing, D(20), D(30), by=by)
        items.add_pack(thing, "ลัง", "case", D(12), by=by)
        place = stores.set_up_bin(store, "ชั้น 1", thing, by=by)
        empty = stores.set_up_bin(store, "ชั้น 2", None, by=by)
        sent = sending.send(store, db.session.merge(other.store), [Line(thing, D(1))], "", by=by)
        lost = writing_off.lose(store, [Line(thing, D(1))], "ชำรุด", by=by)
        count = counting.start(store, "สิ้นปี", by=by)
        line = counting.lines_of(count)[0]
        ids = [slip.id, out.id, sent.id, lost.id]
        at, thing_id = f"/stock/stores/{store.id}", thing.id
        counted_line, count_id, bins = line.id, count.id, (place.id, empty.id)
    return [
        "/stock",
        "/stock?stand=short&sort=-value",
        "/stock/shortages",
        "/stock/documents",
        "/stock/stores?closed=1",
        "/stock/stores/new",
        "/stock/counts",
        "/stock/items/new",
        f"/stock/items/{thing_id}",
        f"/stock/items/{thing_id}/edit",
        f"/stock/items/{thing_id}/limits/{shop.store.id}",
        f"/stock/items/{thing_id}/adjust/{shop.store.id}",
        at,
        *(f"{at}/{page}" for page in ("edit", "receive", "issue", "send", "lose", "opening")),
        f"{at}/count",
        f"{at}/items/{thing_id}/card",
        *(f"/stock/documents/{one}" for one in ids),
        *(f"/stock/bins/{one}" for one in bins),
        f"/stock/counts/{count_id}",
        f"/stock/counts/{count_id}?line={counted_line}",
    ]


def test_every_page_opens_in_both_languages(client: FlaskClient, cast: Cast, shop: Shop) -> None:
    pages = furnished(cast, shop)
    sign_in(client, cast.sri)
    wrong = []
    for language in ("th", "en"):
        client.post("/language", data={"language": language})
        for page in pages:
            answer = client.get(page)
            if answer.status_code != 200 or "%(" in answer.text:
                wrong.append((language, page, answer.status_code))
    assert wrong == []


def test_empty_pages_say_what_to_do_next(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.sri)
    wrong = []
    for page in ("", "/shortages", "/documents", "/stores", "/counts"):
        answer = client.get(f"/stock{page}")
        if answer.status_code != 200 or "empty-sentence" not in answer.text:
            wrong.append(page)
    assert wrong == []


def test_the_list_asks_as_many_questions_however_long_it_is(
    client: FlaskClient, cast: Cast, shop: Shop
) -> None:
    sign_in(client, cast.sri)
    issue(shop, make_received(shop), 1, cast.malee)
    pages = ("/stock", "/stock/shortages", "/stock/documents", "/stock/stores")

    def asked() -> list[int]:
        found = []
        for page in pages:
            client.get(page)
            with counted() as statements:
                client.get(page)
            found.append(len(statements))
        return found

    few = asked()
    for _more in range(4):
        issue(shop, make_received(shop), 1, cast.malee)
    assert asked() == few
    assert max(few) <= 10


def make_received(shop: Shop) -> StockItem:
    item = make_stock_item()
    receive(shop, item, 5, "50")
    with work():
        store, thing = db.session.merge(shop.store), db.session.merge(item)
        items.limit(store, thing, D(20), None, by=viewer_for(shop.keeper))
    return item


def test_a_receipt_with_packs_photo_and_a_double_tap_is_posted_once(
    client: FlaskClient, cast: Cast, shop: Shop
) -> None:
    item = make_stock_item(unit_th="ด้าม")
    with work():
        items.add_pack(db.session.merge(item), "กล่อง", "box", D(12), by=viewer_for(cast.sri))
    sign_in(client, cast.sri)
    sent = {
        "doc_no": "ส.๑๒/๒๕๗๐",
        "counterparty": "ร้านสมมติ",
        "line_item": [item.code, ""],
        "line_quantity": ["๒ กล่อง", ""],
        "line_value": ["1,200", ""],
        "key": KEY,
    }
    answers = []
    for _tap in range(2):
        files = {"photo": (io.BytesIO(picture()), "paper.jpg")}
        answers.append(client.post(f"/stock/stores/{shop.store.id}/receive", data=sent | files))
    assert answers[0].status_code == 302
    assert answers[0].location == answers[1].location
    (slip,) = slips(SlipKind.RECEIPT)
    assert (slip.doc_no, slip.counterparty) == ("ส.๑๒/๒๕๗๐", "ร้านสมมติ")
    assert client.get(f"/stock/documents/{slip.id}/photo").mimetype == "image/jpeg"
    assert quantity(item) == 24


def test_what_is_wrong_in_a_row_is_told_and_what_was_typed_stays(
    client: FlaskClient, cast: Cast, shop: Shop
) -> None:
    item = make_stock_item(name_th="กระดาษเอสี่ตัวอย่าง")
    receive(shop, item, 3)
    sign_in(client, cast.sri)
    wrong = []
    for typed, said in (
        ("-1", "ไม่ติดลบ"),
        ("1.5", "จำนวนเต็ม"),
        ("123456789012345", "ไม่ใช่ตัวเลข"),
        ("999999999", "ไม่เกิน"),
        ("3 โหล", "โหล"),
        ("4", "มีเพียง 3"),
        ("สอง", "ไม่ใช่ตัวเลข"),
        ("", "ระบุจำนวน"),
    ):
        data = {
            "requester": "มาลี ตัวอย่าง",
            "purpose": "อบรม",
            "line_item": [item.code],
            "line_quantity": [typed],
        }
        answer = client.post(f"/stock/stores/{shop.store.id}/issue", data=data)
        kept = f'value="{typed}"' in answer.text and item.code in answer.text
        if answer.status_code != 422 or said not in answer.text or not kept:
            wrong.append((typed, answer.status_code))
    assert wrong == []
    assert quantity(item) == 3


def test_handing_out_by_name_card_and_part_of_the_item_s_name(
    client: FlaskClient, cast: Cast, shop: Shop
) -> None:
    item = make_stock_item(name_th="ปลั๊กไฟรางตัวอย่าง")
    receive(shop, item, 3)
    sign_in(client, cast.sri)
    data = {
        "requester": cast.malee.card_code,
        "receiver": "กานดา ตัวอย่าง",
        "purpose": "อบรม",
        "line_item": ["ปลั๊กไฟราง"],
        "line_quantity": ["2"],
    }
    answer = client.post(f"/stock/stores/{shop.store.id}/issue", data=data)
    assert answer.status_code == 302
    (slip,) = slips(SlipKind.ISSUE)
    assert slip.requester_name == "มาลี ตัวอย่าง"
    assert (slip.receiver_name, slip.approver_name) == ("กานดา ตัวอย่าง", "ชัย ตัวอย่าง")
    assert quantity(item) == 1


def test_a_scanned_bin_gives_parts_to_a_repair_with_their_cost(
    client: FlaskClient, cast: Cast, shop: Shop
) -> None:
    item = make_stock_item()
    receive(shop, item, 5, "250")
    with work():
        store = db.session.get_one(Store, shop.store.id)
        place = stores.set_up_bin(store, "A1", db.session.merge(item), by=viewer_for(cast.sri))
        code = place.code
    ticket = make_ticket()
    sign_in(client, cast.thep)
    page = client.get(f"/Q/{code}")
    assert page.status_code == 302
    assert item.name in client.get(page.location).text
    wrong = client.post(page.location, data={"quantity": "2", "number": "ซ.999/2500"})
    assert wrong.status_code == 422
    data = {"quantity": "2", "number": ticket.number, "key": KEY}
    assert client.post(page.location, data=data).status_code == 302
    (slip,) = slips(SlipKind.ISSUE)
    assert (slip.ticket_id, slip.reference) == (ticket.id, ticket.number)
    cost = db.session.scalars(select(Cost)).one()
    assert (cost.amount, cost.ticket_id) == (D(100), ticket.id)
    assert quantity(item) == 3


def test_a_given_up_bin_leads_nowhere(client: FlaskClient, cast: Cast, shop: Shop) -> None:
    with work():
        store = db.session.get_one(Store, shop.store.id)
        place = stores.set_up_bin(store, "A1", None, by=viewer_for(cast.sri))
        code, bin_id = place.code, place.id
    sign_in(client, cast.sri)
    client.post(f"/stock/bins/{bin_id}/remove")
    assert client.get(f"/Q/{code}").status_code == 404
    db.session.rollback()
    assert db.session.get_one(StockBin, bin_id).retired_at is not None


def test_a_drawn_signature_is_kept_once(client: FlaskClient, cast: Cast, shop: Shop) -> None:
    drawing = (
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9Q"
        "DwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
    item = make_stock_item()
    receive(shop, item, 5)
    slip = issue(shop, item, 1, cast.malee)
    sign_in(client, cast.sri)
    address = f"/stock/documents/{slip.id}"
    assert client.post(f"{address}/sign", data={"drawing": drawing}).status_code == 302
    assert client.get(f"{address}/signature.png").mimetype == "image/png"
    assert client.post(f"{address}/sign", data={"drawing": drawing}).status_code == 422
    assert client.get(f"{address}/paper.pdf").mimetype == "application/pdf"


def test_a_short_delivery_of_a_transfer_needs_words_and_goes_home(
    client: FlaskClient, cast: Cast, shop: Shop
) -> None:
    item = make_stock_item()
    receive(shop, item, 5, "50")
    other = make_store()
    sign_in(client, cast.sri)
    sent = {"to_store": str(other.store.id), "line_item": [item.code], "line_quantity": ["4"]}
    client.post(f"/stock/stores/{shop.store.id}/send", data=sent)
    (slip,) = slips(SlipKind.TRANSFER)
    line = slip.lines[0].id
    sign_in(client, other.keeper)
    address = f"/stock/documents/{slip.id}"
    assert client.post(f"{address}/accept", data={f"arrived_{line}": "3"}).status_code == 422
    data = {f"arrived_{line}": "3", "words": "กล่องแตกหนึ่งชิ้น"}
    assert client.post(f"{address}/accept", data=data).status_code == 302
    db.session.rollback()
    held = dict(
        db.session.execute(
            select(StockBalance.store_id, StockBalance.quantity).where(
                StockBalance.item_id == item.id
            )
        ).all()
    )
    assert held == {shop.store.id: D(2), other.store.id: D(3)}


def test_a_count_by_scanning_is_written_down_and_handed_out_as_a_workbook(
    client: FlaskClient, cast: Cast, shop: Shop
) -> None:
    item = make_stock_item()
    receive(shop, item, 5, "50")
    sign_in(client, cast.sri)
    client.post(f"/stock/stores/{shop.store.id}/count", data={"name": "สิ้นปีงบประมาณ"})
    db.session.rollback()
    one = db.session.scalars(select(StockCount)).one()
    address = f"/stock/counts/{one.id}"
    assert client.post(f"{address}/finish").status_code == 422
    found = client.get(f"{address}/find?code={item.code}")
    line = found.location.split("line=")[1]
    client.post(f"{address}/line", data={"line": line, "counted": "4", "note": "หาไม่พบหนึ่ง"})
    assert client.post(f"{address}/finish").status_code == 302
    assert client.post(f"{address}/submit", data={"reason": "สูญหาย"}).status_code == 302
    book = load_workbook(io.BytesIO(client.get(f"{address}/list.xlsx").data))
    rows = list(book.active.values)  # type: ignore[union-attr]
    assert rows[1][3:6] == (5, 4, -1)
    assert quantity(item) == 5
