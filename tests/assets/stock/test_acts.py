"""Pages of stock that move things: handing out, bins, signatures, transfers, counts."""

from __future__ import annotations

import io

from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from assets.stock.count_models import StockCount
from assets.stock.models import StockBalance, StockBin, Store
from assets.stock.rules import stores
from assets.stock.states import SlipKind
from helpdesk.repairs.models import Cost
from kernel.db import db
from kernel.work import work
from tests.assets.stock.page_steps import KEY, D, quantity, slips
from tests.cast import Cast
from tests.factories.office import sign_in, viewer_for
from tests.factories.stock import Shop, issue, make_stock_item, make_store, receive
from tests.factories.tickets import make_ticket


def test_handing_out_by_name_card_and_part_of_the_item_s_name(
    client: FlaskClient, cast: Cast, manned: Shop
) -> None:
    item = make_stock_item(name_th="ปลั๊กไฟรางตัวอย่าง")
    receive(manned, item, 3)
    sign_in(client, cast.sri)
    data = {
        "requester": cast.malee.card_code,
        "receiver": "กานดา ตัวอย่าง",
        "purpose": "อบรม",
        "line_item": ["ปลั๊กไฟราง"],
        "line_quantity": ["2"],
    }
    answer = client.post(f"/stock/stores/{manned.store.id}/issue", data=data)
    assert answer.status_code == 302
    (slip,) = slips(SlipKind.ISSUE)
    assert slip.requester_name == "มาลี ตัวอย่าง"
    assert (slip.receiver_name, slip.approver_name) == ("กานดา ตัวอย่าง", "ชัย ตัวอย่าง")
    assert quantity(item) == 1


def test_a_scanned_bin_gives_parts_to_a_repair_with_their_cost(
    client: FlaskClient, cast: Cast, manned: Shop
) -> None:
    item = make_stock_item()
    receive(manned, item, 5, "250")
    with work():
        store = db.session.get_one(Store, manned.store.id)
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


def test_a_given_up_bin_leads_nowhere(client: FlaskClient, cast: Cast, manned: Shop) -> None:
    with work():
        store = db.session.get_one(Store, manned.store.id)
        place = stores.set_up_bin(store, "A1", None, by=viewer_for(cast.sri))
        code, bin_id = place.code, place.id
    sign_in(client, cast.sri)
    client.post(f"/stock/bins/{bin_id}/remove")
    assert client.get(f"/Q/{code}").status_code == 404
    db.session.rollback()
    assert db.session.get_one(StockBin, bin_id).retired_at is not None


def test_a_drawn_signature_is_kept_once(client: FlaskClient, cast: Cast, manned: Shop) -> None:
    drawing = (
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9Q"
        "DwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
    item = make_stock_item()
    receive(manned, item, 5)
    slip = issue(manned, item, 1, cast.malee)
    sign_in(client, cast.sri)
    address = f"/stock/documents/{slip.id}"
    assert client.post(f"{address}/sign", data={"drawing": drawing}).status_code == 302
    assert client.get(f"{address}/signature.png").mimetype == "image/png"
    assert client.post(f"{address}/sign", data={"drawing": drawing}).status_code == 422
    assert client.get(f"{address}/paper.pdf").mimetype == "application/pdf"


def test_a_short_delivery_of_a_transfer_needs_words_and_goes_home(
    client: FlaskClient, cast: Cast, manned: Shop
) -> None:
    item = make_stock_item()
    receive(manned, item, 5, "50")
    other = make_store()
    sign_in(client, cast.sri)
    sent = {"to_store": str(other.store.id), "line_item": [item.code], "line_quantity": ["4"]}
    client.post(f"/stock/stores/{manned.store.id}/send", data=sent)
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
    assert held == {manned.store.id: D(2), other.store.id: D(3)}


def test_a_count_by_scanning_is_written_down_and_handed_out_as_a_workbook(
    client: FlaskClient, cast: Cast, manned: Shop
) -> None:
    item = make_stock_item()
    receive(manned, item, 5, "50")
    sign_in(client, cast.sri)
    client.post(f"/stock/stores/{manned.store.id}/count", data={"name": "สิ้นปีงบประมาณ"})
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
