"""The disposals and the store that are put into the simulated year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial

from assets.disposals.models import Disposal
from assets.disposals.rules import carrying_out, finding_out, removing
from assets.disposals.rules.finding_out import Order
from assets.disposals.rules.removing import Reports
from assets.disposals.states import Cause, State
from assets.stock.models import StockItem
from assets.stock.rules import items, stores
from assets.stock.rules.stores import Plate
from kernel import clock
from kernel.db import db
from kernel.work import work
from tests.factories import disposals, stock
from tests.factories.assets import make_asset
from tests.factories.office import viewer_for
from tests.factories.stock import Shop
from tests.helpdesk.demonstration.year.slow_watch import Case, Stocked
from tests.helpdesk.demonstration.year.the_office import Office

CASES = (
    Case(
        ordered=date(2026, 11, 10),
        carried_out=date(2027, 1, 20),
        struck_off=date(2027, 1, 22),
        told=date(2027, 2, 26),
    ),
    Case(investigated=date(2027, 6, 1), findings_by=date(2027, 6, 30), found=date(2027, 7, 5)),
)
STOCK = (
    Stocked(
        5,
        (
            *((date(2026, 10, 5), 12), (date(2026, 10, 20), -4), (date(2026, 10, 30), -4)),
            *((date(2026, 11, 10), -1), (date(2026, 12, 1), 10), (date(2026, 12, 4), -9)),
        ),
    ),
    Stocked(
        2,
        (
            *((date(2026, 10, 5), 3), (date(2026, 10, 30), -2)),
            *((date(2027, 3, 1), 5), (date(2027, 4, 12), -5)),
        ),
    ),
)
COMMITTEE = ("phon07", "mani08", "wira09")


def open_cases(office: Office) -> None:
    """Leave the steps of each disposal to their days."""
    first, second, third = (office.person(name) for name in COMMITTEE)
    keeper, head = office.person("fon"), office.person("director")
    for case in CASES:
        _dispose(office, case, disposals.Team(keeper, head, (first, second, third)))


def _dispose(office: Office, case: Case, team: disposals.Team) -> None:
    made: list[int] = []

    def begin(state: State) -> None:
        made.append(disposals.make_disposal(make_asset(price=Decimal(9000)), team=team).id)
        with work():
            one = db.session.get_one(Disposal, made[0])
            if state == State.ORDERED:
                disposals.lead_to(one, state, team)
                return
            order = Order("12/2570", clock.today(), case.findings_by)
            by = viewer_for(office.person("fon"))
            finding_out.appoint(one, Cause.DAMAGED, order, team.seats, by=by)

    def act(verb: Callable[..., object]) -> None:
        with work():
            verb(db.session.get_one(Disposal, made[0]))

    def find(one: Disposal) -> None:
        said = disposals.nobody_pays()
        finding_out.report(one, said, by=viewer_for(team.committee[0]))

    def carry_out(one: Disposal) -> None:
        carrying_out.carry_out(one, disposals.result(), by=viewer_for(office.person("fon")))

    def strike_off(one: Disposal) -> None:
        removing.strike_off(one, by=viewer_for(office.person("fon")))

    def tell(one: Disposal) -> None:
        sent = Reports(clock.today(), "ศธ 04002/1", clock.today(), "ศธ 04002/2")
        removing.notify(one, sent, by=viewer_for(office.person("fon")))

    for day, done in (
        (case.investigated, partial(begin, State.INVESTIGATING)),
        (case.found, partial(act, find)),
        (case.ordered, partial(begin, State.ORDERED)),
        (case.carried_out, partial(act, carry_out)),
        (case.struck_off, partial(act, strike_off)),
        (case.told, partial(act, tell)),
    ):
        if day is not None:
            office.on(day, done)


def fill_store(office: Office) -> None:
    sri, director = office.person("storekeeper"), office.person("director")
    plate = Plate("ค9", "คลังตัวอย่าง", "Example Store", "อาคาร 1", sri, director)
    with work():
        store = stores.found(office.unit("00"), plate, by=viewer_for(office.person("admin")))
    shop = Shop(store, sri, director)
    for number, stocked in enumerate(STOCK):
        _keep(office, shop, stocked, number)


def _keep(office: Office, shop: Shop, stocked: Stocked, number: int) -> None:
    card = items.Card(
        code=f"ปี-{number}", name_th="หมึกพิมพ์", name_en="Toner", unit_th="กล่อง", unit_en="box"
    )
    with work():
        item = items.enter(card, by=viewer_for(office.person("fon")))

    def move(quantity: int) -> None:
        thing = db.session.get_one(StockItem, item.id)
        if quantity < 0:
            stock.issue(shop, thing, -quantity, office.person("teacher"))
            return
        stock.receive(shop, thing, quantity)
        with work():
            there = db.session.get_one(StockItem, item.id)
            store = db.session.merge(shop.store)
            least = Decimal(stocked.minimum)
            items.limit(store, there, least, None, by=viewer_for(shop.keeper))

    for day, quantity in stocked.moves:
        office.on(day, partial(move, quantity))
