"""Things of the simulated year that run out and that are maintained."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial

from sqlalchemy import select

from assets.maintenance.states import Basis, CatchUp, Every
from assets.stock.models import StockBalance, StockItem, Store
from kernel.db import db
from tests.factories import stock
from tests.factories.assets import make_asset, make_class
from tests.factories.maintenance import make_plan
from tests.helpdesk.demonstration.year.slow_watch import Stocked
from tests.helpdesk.demonstration.year.slow_work import Planned
from tests.helpdesk.demonstration.year.the_office import Office

SHORT = (date(2027, 1, 11), date(2027, 3, 1))


def run_short(office: Office) -> Stocked:
    """Let something of the demonstration's own store fall below its minimum, and come again."""
    one = db.session.scalars(
        select(StockBalance).where(StockBalance.minimum >= 2).order_by(StockBalance.id).limit(1)
    ).one()
    store = db.session.get_one(Store, one.store_id)
    shop = stock.Shop(store, office.person("storekeeper"), office.person("director"))
    there, minimum = int(one.quantity), int(one.minimum)
    moves = ((SHORT[0], minimum - 1 - there), (SHORT[1], there))

    def move(item_id: int, quantity: int) -> None:
        item = db.session.get_one(StockItem, item_id)
        if quantity < 0:
            stock.issue(shop, item, -quantity, office.person("teacher"))
        else:
            stock.receive(shop, item, quantity, Decimal(100))

    for day, quantity in moves:
        office.on(day, partial(move, one.item_id, quantity))
    return Stocked(minimum, ((date.min, there), *moves))


def plan_maintenance(office: Office) -> list[Planned]:
    """Make three plans: by the month, three weeks from completion, and one that waits if late."""
    technician = office.person("technician").id
    more = (
        ("04", {}, {"months": 1}),
        (
            "05",
            {"counts": Every.WEEKS, "every": 3, "basis": Basis.COMPLETION},
            {"days": 21, "fixed": False},
        ),
        ("06", {"catch_up": CatchUp.SKIP, "lead_days": 3}, {"months": 1, "lead": 3, "skips": True}),
    )
    begins = date(2026, 11, 5)
    made = []
    for code, terms, facts in more:
        unit, printers = office.unit(code), make_class(code=f"PLAN-{code}")
        for _number in range(2):
            make_asset(unit, class_id=printers.id)
        who = technician if code == "05" else None
        make_plan(printers, starts_on=begins, steps=(), caretaker_id=who, **terms)
        name = "technician" if who else ""
        made.append(Planned(unit.id, name, begins, begins, **facts))
    return made
