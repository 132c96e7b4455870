"""Materials: quantities as typed, lowered by who signs, promised, handed out in parts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assets.stock.models import StockBalance
from helpdesk.requests import shapes
from helpdesk.requests.models import ServiceRequest
from helpdesk.requests.rules import carrying_out, drafting, lines
from helpdesk.requests.states import State
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.work import work
from office.people.models import Person
from tests.factories.office import viewer_for
from tests.factories.requests import (
    Ground,
    ask_materials,
    make_material,
    make_request,
    make_store,
    signed,
)


def again(request: ServiceRequest) -> ServiceRequest:
    db.session.rollback()
    return db.session.get_one(ServiceRequest, request.id)


@pytest.mark.parametrize("typed", ["-1", "0", "1.5", "สาม", "123456789012345", "1e3", "99999999"])
def test_quantities_that_are_none_are_told_at_their_line(ground: Ground, typed: str) -> None:
    store = make_store(ground)
    item = make_material(ground, store)
    with work():
        by = viewer_for(ground.asker)
        base = {"purpose": "สอบ", "store": str(store.id), f"add_{item.id}": typed}
        draft = drafting.begin("materials", base, by=by)
        drafting.keep(draft, base, by=by)
    wrong = drafting.reading_of(again(draft), shapes.of_request(again(draft))).wrong
    assert list(wrong) == [f"line_{item.id}"]
    assert lines.lines_of(draft.id)[0].typed == typed


def test_a_request_for_materials_without_a_line_is_not_sent(ground: Ground) -> None:
    store = make_store(ground)
    draft = make_request(ground.asker, "materials", purpose="สอบ", store=str(store.id))
    assert "lines" in drafting.reading_of(draft, shapes.of_request(draft)).wrong


def test_who_signs_may_lower_but_never_raise_and_says_why(ground: Ground) -> None:
    store = make_store(ground)
    item = make_material(ground, store)
    one = ask_materials(ground, store, **{f"i{item.id}": "6"})
    line = lines.lines_of(one.id)[0]
    head, other = viewer_for(ground.head), viewer_for(ground.thep)
    for quantity, why, by, kind in (
        (Decimal(7), "x", head, Refusal),
        (Decimal(3), "", head, Refusal),
        (Decimal(3), "x", other, NotAllowed),
    ):
        with pytest.raises(kind), work():
            lines.lower(again(one), {line.id: quantity}, why, by=by)
    with work():
        assert lines.lower(again(one), {line.id: Decimal(4)}, "เหลือน้อย", by=head) == 1
    done = signed(one, ground.head, ground.director)
    row = lines.lines_of(done.id)[0]
    assert (row.requested, row.approved, row.issued) == (Decimal(6), Decimal(4), Decimal(0))
    assert db.session.query(StockBalance).one().reserved == Decimal(4)


def test_parts_are_handed_out_until_all_is_and_never_more_than_approved(ground: Ground) -> None:
    store = make_store(ground)
    item = make_material(ground, store)
    one = signed(ask_materials(ground, store, **{f"i{item.id}": "6"}), ground.head, ground.director)
    line, sri = lines.lines_of(one.id)[0].id, viewer_for(ground.sri)

    def hand_out(quantity: str) -> None:
        with work():
            found = db.session.get_one(ServiceRequest, one.id)
            place = db.session.merge(store)
            asker = db.session.get_one(Person, ground.asker.id)
            lines.issue(found, place, {line: Decimal(quantity)}, asker, by=sri)

    hand_out("2")
    balance = db.session.query(StockBalance).one()
    assert (balance.quantity, balance.reserved) == (Decimal(8), Decimal(4))
    assert again(one).state == State.APPROVED
    with pytest.raises(Refusal, match="ค้างจ่ายเพียง 4"):
        hand_out("5")
    hand_out("4")
    assert again(one).state == State.DONE
    assert db.session.query(StockBalance).one().reserved == Decimal(0)


def test_what_is_cancelled_lets_go_of_what_was_promised(ground: Ground) -> None:
    store = make_store(ground)
    item = make_material(ground, store)
    one = signed(ask_materials(ground, store, **{f"i{item.id}": "6"}), ground.head, ground.director)
    assert db.session.query(StockBalance).one().reserved == Decimal(6)
    with work():
        carrying_out.cancel(again(one), "ไม่ใช้แล้ว", by=viewer_for(ground.asker))
    assert again(one).state == State.CANCELLED
    assert db.session.query(StockBalance).one().reserved == Decimal(0)


def test_more_than_the_store_has_is_approved_and_waits(ground: Ground) -> None:
    store = make_store(ground)
    item = make_material(ground, store, quantity=2)
    one = signed(ask_materials(ground, store, **{f"i{item.id}": "5"}), ground.head, ground.director)
    assert one.state == State.APPROVED
    assert db.session.query(StockBalance).one().reserved == Decimal(2)
