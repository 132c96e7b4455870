"""The pages of the store room: every one opens in both languages; what people do on them."""

from __future__ import annotations

import io

from flask.testing import FlaskClient

from assets.stock.asked import Line
from assets.stock.models import StockItem, Store
from assets.stock.rules import counting, items, sending, stores, writing_off
from assets.stock.states import SlipKind
from kernel.db import db
from kernel.work import work
from tests.assets.stock.page_steps import KEY, D, quantity, slips
from tests.cast import Cast
from tests.factories.counting import counted
from tests.factories.office import sign_in, viewer_for
from tests.factories.pictures import picture
from tests.factories.stock import Shop, issue, make_stock_item, make_store, receive


def furnished(cast: Cast, manned: Shop) -> list[str]:
    """Fill a store with one of everything; return the addresses of all pages about it."""
    item = make_stock_item(size="ดำ", whole_only=False, expires=False, reorder_hint="ร้านตัวอย่าง")
    slip = receive(manned, item, 10, "105.50")
    out = issue(manned, item, "2.5", cast.malee)
    other = make_store()
    by = viewer_for(cast.sri)
    with work():
        store, thing = db.session.get_one(Store, manned.store.id), db.session.merge(item)
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
        f"/stock/items/{thing_id}/limits/{manned.store.id}",
        f"/stock/items/{thing_id}/adjust/{manned.store.id}",
        at,
        *(f"{at}/{page}" for page in ("edit", "receive", "issue", "send", "lose", "opening")),
        f"{at}/count",
        f"{at}/items/{thing_id}/card",
        *(f"/stock/documents/{one}" for one in ids),
        *(f"/stock/bins/{one}" for one in bins),
        f"/stock/counts/{count_id}",
        f"/stock/counts/{count_id}?line={counted_line}",
    ]


def test_every_page_opens_in_both_languages(client: FlaskClient, cast: Cast, manned: Shop) -> None:
    pages = furnished(cast, manned)
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
    client: FlaskClient, cast: Cast, manned: Shop
) -> None:
    sign_in(client, cast.sri)
    issue(manned, make_received(manned), 1, cast.malee)
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
        issue(manned, make_received(manned), 1, cast.malee)
    assert asked() == few
    assert max(few) <= 10


def make_received(manned: Shop) -> StockItem:
    item = make_stock_item()
    receive(manned, item, 5, "50")
    with work():
        store, thing = db.session.merge(manned.store), db.session.merge(item)
        items.limit(store, thing, D(20), None, by=viewer_for(manned.keeper))
    return item


def test_a_receipt_with_packs_photo_and_a_double_tap_is_posted_once(
    client: FlaskClient, cast: Cast, manned: Shop
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
        answers.append(client.post(f"/stock/stores/{manned.store.id}/receive", data=sent | files))
    assert answers[0].status_code == 302
    assert answers[0].location == answers[1].location
    (slip,) = slips(SlipKind.RECEIPT)
    assert (slip.doc_no, slip.counterparty) == ("ส.๑๒/๒๕๗๐", "ร้านสมมติ")
    assert client.get(f"/stock/documents/{slip.id}/photo").mimetype == "image/jpeg"
    assert quantity(item) == 24


def test_what_is_wrong_in_a_row_is_told_and_what_was_typed_stays(
    client: FlaskClient, cast: Cast, manned: Shop
) -> None:
    item = make_stock_item(name_th="กระดาษเอสี่ตัวอย่าง")
    receive(manned, item, 3)
    sign_in(client, cast.sri)
    wrong = []
    for typed, said in (
        ("-1", "ไม่ติดลบ"),
        ("1.5", "จำนวนเต็ม"),
        ("123456789012345", "มากเกินไป"),
        ("1,5", "จุดทศนิยม"),
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
        answer = client.post(f"/stock/stores/{manned.store.id}/issue", data=data)
        kept = f'value="{typed}"' in answer.text and item.code in answer.text
        if answer.status_code != 422 or said not in answer.text or not kept:
            wrong.append((typed, answer.status_code))
    assert wrong == []
    assert quantity(item) == 3
