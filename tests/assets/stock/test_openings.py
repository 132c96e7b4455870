"""State tables of stock, opening lists, limits and what keepers are told."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from assets.stock import jobs, opening_list
from assets.stock.models import StockBalance, StockBin, StockItem, Store
from assets.stock.rules import items, opening
from assets.stock.states import (
    COUNTS,
    SLIPS,
    CountAction,
    CountState,
    SlipAction,
    SlipState,
)
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from tests.assets.stock.steps import D, held
from tests.factories.office import viewer_for
from tests.factories.stock import Shop, issue, make_stock_item, receive


def test_the_state_tables_are_these_and_no_more() -> None:
    slips = {
        (state, action): SLIPS.target(state, action)
        for state in SlipState
        for action in SlipAction
        if SLIPS.allows(state, action)
    }
    assert slips == {
        ("submitted", "approve"): "posted",
        ("submitted", "refuse"): "refused",
        ("sent", "accept"): "posted",
        ("sent", "decline"): "refused",
        ("sent", "recall"): "recalled",
    }
    counts = {
        (state, action): COUNTS.target(state, action)
        for state in CountState
        for action in CountAction
        if COUNTS.allows(state, action)
    }
    assert counts == {
        ("open", "count"): "open",
        ("open", "finish"): "reviewing",
        ("open", "cancel"): "cancelled",
        ("reviewing", "reopen"): "open",
        ("reviewing", "submit"): "submitted",
        ("reviewing", "close"): "closed",
        ("reviewing", "cancel"): "cancelled",
        ("submitted", "return"): "reviewing",
        ("submitted", "approve"): "closed",
    }


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["บัญชีวัสดุคงเหลือ"], [], *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


HEADS = ["รหัส", "รายการ", "หน่วยนับ", "ประเภท", "คงเหลือ", "ราคาต่อหน่วย", "ขั้นต่ำ", "ที่เก็บ"]


def test_the_office_s_own_list_opens_the_book_and_wrong_rows_stay_out(shop: Shop) -> None:
    known = make_stock_item(code="ว-001", unit_th="กล่อง")
    data = workbook(
        HEADS,
        ["ว-001", "หมึกพิมพ์", "กล่อง", "วัสดุคอมพิวเตอร์", 12, 950.5, 3, "ชั้น 1"],
        ["ว-002", "กระดาษ A4", "รีม", "วัสดุสำนักงาน", "๕๐", "120", 10, "ชั้น 2"],
        ["ว-002", "ซ้ำ", "รีม", "", 1, 1, "", ""],
        ["ว-003", "ลบ", "อัน", "", -5, 1, "", ""],
        ["ว-004", "ไม่ใช่เลข", "อัน", "", "หลายอัน", 1, "", ""],
        ["", "ไม่มีรหัส", "อัน", "", 1, 1, "", ""],
    )
    by = viewer_for(shop.keeper)
    with work():
        store = db.session.get_one(Store, shop.store.id)
        rows = opening_list.read(data)
        opening.compare(store, rows)
        assert [bool(row.problems) for row in rows] == [False, False, True, True, True, True]
        opening.bring_in(store, rows, "ยอดยกมา", by=by)
    assert held(shop, known) == 12
    paper = db.session.scalars(select(StockItem).where(StockItem.code == "ว-002")).one()
    assert (held(shop, paper), paper.supply_class, paper.unit_th) == (D(50), "office", "รีม")
    limits = select(StockBalance.minimum).where(StockBalance.item_id == paper.id)
    assert db.session.scalar(limits) == 10
    assert db.session.scalar(select(func.count(StockBin.id))) == 2
    with work():
        store = db.session.get_one(Store, shop.store.id)
        again = opening_list.read(data)
        opening.compare(store, again)
        assert opening_list.good(again) == []


def test_the_keeper_is_told_once_until_there_is_enough_again(shop: Shop) -> None:
    item = make_stock_item()
    receive(shop, item, 10)
    with work():
        store, thing = db.session.merge(shop.store), db.session.merge(item)
        items.limit(store, thing, D(5), D(20), by=viewer_for(shop.keeper))
    said = select(func.count(OutgoingMessage.id)).where(OutgoingMessage.kind == "stock_low")
    assert jobs.flag_short_stock() == 0
    issue(shop, item, 6)
    assert (jobs.flag_short_stock(), jobs.flag_short_stock()) == (1, 0)
    receive(shop, item, 6)
    assert jobs.flag_short_stock() == 0
    issue(shop, item, 6)
    assert jobs.flag_short_stock() == 1
    assert db.session.scalar(said) == 2


def test_a_limit_below_zero_or_a_target_below_the_minimum_is_refused(shop: Shop) -> None:
    item = make_stock_item()
    by = viewer_for(shop.keeper)
    with work():
        store, thing = db.session.merge(shop.store), db.session.merge(item)
        with pytest.raises(Refusal):
            items.limit(store, thing, D(-1), None, by=by)
        with pytest.raises(Refusal):
            items.limit(store, thing, D(5), D(4), by=by)
