"""The stores in the demonstration: two of them, forty materials, a year of receipts and issues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import select

from assets.stock.asked import Line, Paper, People
from assets.stock.models import StockBalance, Store
from assets.stock.rules import issuing, items, receiving, sending, stores
from assets.stock.rules.items import Card
from assets.stock.rules.stores import Plate
from assets.stock.states import SupplyClass
from helpdesk.demonstration import script
from helpdesk.demonstration.cast import OFFICE, STORE, Cast
from helpdesk.demonstration.diary import Diary
from kernel import clock
from kernel.db import db
from office.people.models import Person
from office.places.models import Unit

HEAD = "approver"
WEEK = timedelta(days=7)
LINES, MOST_TAKEN = 3, 5
SPARE, HALF = 6, Decimal("0.5")


@dataclass
class Storing:
    """Plans the stores' year; ``chance`` decides what is used."""

    cast: Cast
    diary: Diary
    chance: Random

    def plan(self, start: datetime) -> None:
        """Open the stores at a moment; then receive each month and hand out each week."""
        self.diary.plan(start, self._open)
        moment, week = start + WEEK, 0
        while moment < self.diary.end:
            self.diary.plan(moment, self._hand_out)
            if week % 8 == 7:
                self.diary.plan(moment + timedelta(hours=2), self._fill_up)
            moment, week = moment + WEEK, week + 1
        self.diary.plan(self.diary.end - timedelta(hours=3), self._send)

    def _open(self) -> None:
        keeper = self.cast.viewer(STORE)
        unit = db.session.get_one(Unit, self.cast.units[OFFICE])
        made = [stores.found(unit, self._plate(row), by=keeper) for row in self._names()]
        lines = []
        for row in script.rows("stock.csv"):
            item = items.enter(_card(row), by=keeper)
            if row["pack"]:
                items.add_pack(item, row["pack"], "", Decimal(row["factor"]), by=keeper)
            limits = Decimal(row["minimum"]), Decimal(row["target"])
            items.limit(made[0], item, *limits, by=keeper)
            quantity = Decimal(row["opening"])
            value = quantity * Decimal(row["price"])
            lines.append(Line(item, quantity, value=value))
            stores.set_up_bin(made[0], row["code"], item, by=keeper)
        said = script.phrases("stock_opening")[0]
        receiving.open_with(made[0], lines, said, by=keeper)

    def _names(self) -> list[list[str]]:
        return [said.split("|") for said in script.phrases("stock_store")]

    def _plate(self, row: list[str]) -> Plate:
        code, name_th, name_en, place = row
        keeper, orderer = self.cast.person(STORE), self.cast.person(HEAD)
        return Plate(code, name_th, name_en, place, keeper, orderer)

    def _hand_out(self) -> None:
        store, held = self._store(), self._held()
        who = self._somebody()
        chosen = self.chance.sample(held, min(LINES, len(held)))
        lines = [Line(one.item, self._some(one)) for one in chosen]
        lines = [line for line in lines if line.quantity]
        if not lines:
            return
        purpose = self.chance.choice(script.phrases("stock_purpose"))
        issuing.issue(store, lines, People(who, who), purpose, by=self.cast.viewer(STORE))

    def _some(self, balance: StockBalance) -> Decimal:
        share = max(1, int((balance.target or balance.quantity) / MOST_TAKEN))
        return min(Decimal(self.chance.randint(1, share)), balance.free.to_integral_value())

    def _fill_up(self) -> None:
        """Buy what is short, but not all of it: something is always running out."""
        prices = {row["code"]: Decimal(row["price"]) for row in script.rows("stock.csv")}
        short = [one for one in self._held(empty=True) if one.quantity < (one.target or 0) * HALF]
        lines = []
        for one in short[:-SPARE]:
            quantity = (one.target or Decimal(0)) - one.quantity
            dearer = Decimal(self.chance.randint(98, 108)) / 100
            lines.append(Line(one.item, quantity, value=quantity * prices[one.item.code] * dearer))
        if not lines:
            return
        shop = self.chance.choice(script.phrases("stock_shop"))
        paper = Paper(str(self.chance.randint(10000, 99999)), clock.today(), shop)
        receiving.receive(self._store(), lines, paper, by=self.cast.viewer(STORE))

    def _send(self) -> None:
        there = self._held()[:2]
        to = self._store(1)
        lines = [Line(one.item, Decimal(1)) for one in there if one.free >= 1]
        if lines:
            said = script.phrases("stock_sending")[0]
            sending.send(self._store(), to, lines, said, by=self.cast.viewer(STORE))

    def _store(self, number: int = 0) -> Store:
        return db.session.scalars(select(Store).order_by(Store.id)).all()[number]

    def _held(self, *, empty: bool = False) -> list[StockBalance]:
        query = select(StockBalance).where(StockBalance.store_id == self._store().id)
        if not empty:
            query = query.where(StockBalance.quantity > 0)
        return list(db.session.scalars(query.order_by(StockBalance.id)))

    def _somebody(self) -> Person:
        names = [name for name in sorted(self.cast.ids) if name not in (HEAD, STORE)]
        person = self.cast.person(self.chance.choice(names))
        return person if person.left_on is None else self.cast.person("technician")


def _card(row: Mapping[str, str]) -> Card:
    return Card(
        code=row["code"],
        name_th=row["name_th"],
        name_en=row["name_en"],
        size=row["size"],
        supply_class=SupplyClass(row["class"]),
        unit_th=row["unit_th"],
        unit_en=row["unit_en"],
        whole_only=row["unit_en"] != "metre",
    )
