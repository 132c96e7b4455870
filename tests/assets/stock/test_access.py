"""Who may see and move stock: every role, and the stores of other units."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assets.stock import access
from assets.stock.asked import Line
from assets.stock.models import Store
from assets.stock.queries import balances
from assets.stock.queries.balances import Filters
from assets.stock.rules import issuing, stores
from kernel.db import db
from kernel.errors import NotAllowed
from kernel.work import work
from office.people.access import Role
from tests.cast import Cast, make_cast
from tests.factories.office import make_person, sign_in, viewer_for
from tests.factories.stock import Shop, issue, make_stock_item, make_store, receive

D = Decimal
READERS = {
    Role.TECHNICIAN,
    Role.STOREKEEPER,
    Role.APPROVER,
    Role.INSPECTOR,
    Role.AUDITOR,
    Role.ADMIN,
}
MOVERS = {Role.STOREKEEPER, Role.ADMIN}


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


@pytest.fixture
def shop(cast: Cast) -> Shop:
    return make_store(keeper=cast.sri, orderer=cast.chai)


def test_each_role_opens_what_it_may_and_nothing_else(
    client: FlaskClient, cast: Cast, shop: Shop
) -> None:
    item = make_stock_item()
    slip = receive(shop, item, 5, "50")
    with work():
        store = db.session.get_one(Store, shop.store.id)
        place = stores.set_up_bin(store, "A1", db.session.merge(item), by=viewer_for(cast.sri))
        bin_id = place.id
    at = f"/stock/stores/{shop.store.id}"
    reading = ["/stock", "/stock/list.csv", "/stock/shortages", "/stock/stores", "/stock/counts"]
    reading += [
        at,
        f"/stock/items/{item.id}",
        f"{at}/items/{item.id}/card",
        f"/stock/bins/{bin_id}",
    ]
    reading += [f"/stock/documents/{slip.id}", f"/stock/documents/{slip.id}/paper.pdf"]
    moving = [f"{at}/{what}" for what in ("receive", "issue", "send", "lose", "opening", "count")]
    moving += ["/stock/items/new", "/stock/stores/new", f"{at}/edit", f"{at}/labels.pdf"]
    moving += [f"/stock/items/{item.id}/adjust/{shop.store.id}"]
    wrong = []
    everybody = cast.by_role()
    # The coordinator of a school sees the lists of the own school; the store is the office's.
    sign_in(client, everybody.pop(Role.COORDINATOR))
    assert client.get(at).status_code == 404
    for role, person in everybody.items():
        sign_in(client, person)
        for pages, those in ((reading, READERS), (moving, MOVERS)):
            for page in pages:
                opened = client.get(page).status_code == 200
                if opened != (role in those):
                    wrong.append((role, page))
    assert wrong == []


def test_another_school_s_store_is_not_there(client: FlaskClient, cast: Cast) -> None:
    theirs = make_store(cast.other_school)
    slip = receive(theirs, make_stock_item(), 5)
    sign_in(client, cast.kanda)
    assert client.get("/stock").status_code == 200
    wrong = [
        page
        for page in (f"stores/{theirs.store.id}", f"documents/{slip.id}")
        if client.get(f"/stock/{page}").status_code != 404
    ]
    assert wrong == []
    assert list(balances.exported(Filters(), viewer_for(cast.kanda))) == []
    assert len(list(balances.exported(Filters(), viewer_for(cast.orn)))) == 1


def test_who_received_something_reads_the_slip_and_no_other(
    client: FlaskClient, cast: Cast, shop: Shop
) -> None:
    item = make_stock_item()
    receipt = receive(shop, item, 5)
    slip = issue(shop, item, 1, cast.malee)
    sign_in(client, cast.malee)
    assert client.get(f"/stock/documents/{slip.id}").status_code == 200
    assert client.get(f"/stock/documents/{receipt.id}").status_code == 404
    listed = client.get("/stock/documents").text
    assert slip.number in listed
    assert receipt.number not in listed


def test_a_storekeeper_of_one_school_moves_nothing_of_another(cast: Cast) -> None:
    theirs = make_store(cast.other_school)
    item = make_stock_item()
    receive(theirs, item, 5)
    keeper = make_person(Role.STOREKEEPER, over=cast.school)
    with work():
        store, thing = db.session.merge(theirs.store), db.session.merge(item)
        by = viewer_for(keeper)
        with pytest.raises(NotAllowed):
            issuing.issue_to_ticket(store, [Line(thing, D(1))], ticket_id=1, number="ซ.1", by=by)
        with pytest.raises(NotAllowed):
            by.demand(access.MOVE, store.unit_id)


def test_who_keeps_a_store_does_not_order_its_issues(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.admin)
    data = {
        "unit": str(cast.office.id),
        "code": "ค-9",
        "name_th": "คลังทดลอง",
        "keeper": "ศรี ตัวอย่าง",
        "orderer": "ศรี ตัวอย่าง",
    }
    answer = client.post("/stock/stores/new", data=data)
    assert answer.status_code == 422
    assert "ข้อ 205" in answer.text
    answer = client.post("/stock/stores/new", data={**data, "orderer": "ชัย ตัวอย่าง"})
    assert answer.status_code == 302
