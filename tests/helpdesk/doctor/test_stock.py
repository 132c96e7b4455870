"""The doctor finds each fault that is planted in the stores' books, and nothing before."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from flask import Flask

from assets.stock.asked import Line, Reference
from assets.stock.rules import counting, reserving, writing_off
from kernel.db import db
from kernel.work import work
from tests.factories.office import viewer_for
from tests.factories.stock import issue, make_stock_item, make_store, receive
from tests.helpdesk.doctor.planting import found, found_by, plant, take_back

NAMES = (
    "stock_balances",
    "stock_layers",
    "stock_ledger",
    "stock_averages",
    "stock_promises",
    "stock_documents",
    "stock_counts",
)


@pytest.fixture(autouse=True)
def _nothing_stays(app: Flask) -> Iterator[None]:
    shop, item = make_store(), make_stock_item()
    receive(shop, item, 10, "50.01")
    issue(shop, item, 4)
    by = viewer_for(shop.keeper)
    with work():
        store, thing = db.session.merge(shop.store), db.session.merge(item)
        line = Line(thing, Decimal(2))
        reserving.reserve(store, line, Reference("ข.1", request_id=1), by=by)
        writing_off.lose(store, [Line(thing, Decimal(1))], "ชำรุด", by=by)
        counting.start(store, "สิ้นปี", by=by)
    yield
    take_back()


def test_a_sound_book_gives_no_finding() -> None:
    assert found_by(*NAMES) == {}


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("stock_balances", "UPDATE stock_balance SET quantity = quantity + 100"),
        ("stock_balances", "UPDATE stock_balance SET value = value + 1"),
        ("stock_layers", "UPDATE stock_layer SET remaining = remaining - 100"),
        ("stock_layers", "UPDATE stock_layer SET remaining_value = remaining_value + 1"),
        ("stock_ledger", "UPDATE stock_movement SET balance = 0 WHERE quantity < 0"),
        ("stock_averages", "UPDATE stock_balance SET average_value = average_value + 1"),
        ("stock_promises", "UPDATE stock_balance SET reserved = 0"),
        ("stock_documents", "UPDATE stock_slip_line SET done = done + 100 WHERE left_after = 600"),
        ("stock_documents", "UPDATE approval SET state = 'voided', decided_at = submitted_at"),
        ("stock_counts", "UPDATE stock_count SET state = 'submitted'"),
    ],
)
def test_each_fault_is_found(name: str, fault: str) -> None:
    plant(fault)
    assert len(found(name)) == 1
