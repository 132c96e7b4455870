"""The papers of the store: what the issue slip, the stock card and the labels say."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from assets.stock.models import Store
from assets.stock.queries import cards
from assets.stock.rules import stores
from kernel.db import db
from kernel.work import work
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.office import sign_in, viewer_for
from tests.factories.stock import Shop, issue, make_stock_item, make_store, receive

D = Decimal


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


@pytest.fixture
def shop(cast: Cast) -> Shop:
    return make_store(keeper=cast.sri, orderer=cast.chai)


def words(data: bytes) -> str:
    pdf = PdfDocument(data)
    pages = [pdf[number].get_textpage().get_text_range() for number in range(len(pdf))]
    pdf.close()
    # PDFium tells a tone mark before the vowel it stands on, and breaks lines.
    return "".join("".join(pages).split())


def test_r_s1_the_issue_slip_names_everybody_and_what_was_asked_handed_out_and_left(
    client: FlaskClient, cast: Cast, shop: Shop
) -> None:
    item = make_stock_item(code="COM7", name_th="แบตเตอรี่เมาส์")
    receive(shop, item, 10, "50.00")
    address = f"/stock/documents/{issue(shop, item, 4, cast.malee).id}"
    sign_in(client, cast.sri)
    said = words(client.get(f"{address}/paper.pdf").data)
    wanted = ("COM7", "แบตเตอรี่เมาส์", "มาลี", "ชัย", "ศรี", "๒๐.๐๐", "บ.๑/๒๕๗๐")
    assert [one for one in wanted if one not in said] == []
    book = load_workbook(io.BytesIO(client.get(f"{address}/lines.xlsx").data))
    row = list(book.active.values)[1]  # type: ignore[union-attr]
    assert row[4] == "COM7"
    assert row[6:8] == (4, 4)


def test_r_k1_the_card_opens_with_what_was_brought_forward_and_has_a_line_for_each_price(
    client: FlaskClient, cast: Cast, shop: Shop, clock: Clock
) -> None:
    item = make_stock_item(code="COM8", name_th="สายสัญญาณ")
    clock.set(datetime(2026, 9, 1, 3, 0, tzinfo=UTC))
    receive(shop, item, 10, "50.00")
    clock.set(datetime(2026, 11, 2, 3, 0, tzinfo=UTC))
    receive(shop, item, 10, "60.00")
    issue(shop, item, 12, cast.malee)
    store = db.session.merge(shop.store)
    card = cards.card(store, db.session.merge(item), 2570)
    assert (card.brought, card.brought_value) == (D(10), D("50.00"))
    told = [(one.unit_cost, one.quantity, one.value, one.balance) for one in card.lines]
    assert told == [
        (D("6.00"), D(10), D("60.00"), D(20)),
        (D("5.00"), D(-10), D("-50.00"), D(10)),
        (D("6.00"), D(-2), D("-12.00"), D(8)),
    ]
    assert card.closing == (D(8), D("48.00"))
    sign_in(client, cast.orn)
    address = f"/stock/stores/{store.id}/items/{item.id}/card"
    said = words(client.get(f"{address}.pdf?year=2570").data)
    wanted = ("COM8", "ยอดยกมา", "๔๘.๐๐", "๑๒.๐๐", "๒๕๗๐")
    assert [one for one in wanted if one not in said] == []
    book = load_workbook(io.BytesIO(client.get(f"{address}.xlsx?year=2570").data))
    rows = list(book.active.values)  # type: ignore[union-attr]
    assert rows[1][8:10] == (10, 50)
    assert rows[-1][6:10] == (2, 12, 8, 48)
    old = cards.card(store, item, 2569)
    assert (old.brought, old.closing) == (D(0), (D(10), D("50.00")))


def test_labels_of_bins_hold_their_address_and_what_lies_in_them(
    client: FlaskClient, cast: Cast, shop: Shop
) -> None:
    item = make_stock_item(name_th="หมึกดำ")
    with work():
        store = db.session.get_one(Store, shop.store.id)
        place = stores.set_up_bin(store, "A1", db.session.merge(item), by=viewer_for(cast.sri))
        code, store_id = place.code, store.id
    sign_in(client, cast.sri)
    said = words(client.get(f"/stock/stores/{store_id}/labels.pdf").data)
    assert code in said
    assert "A1" in said
    assert client.get(f"/stock/stores/{store_id}/labels.pdf?bin=99999").status_code == 404
