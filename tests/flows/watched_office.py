"""What else is watched in the simulated year: cards, rights, inspections, disposals and stock.

``watch`` puts all of it into the office; what people do with it later is left to their days.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from assets.counts.models import Round
from assets.counts.rules import planning
from assets.counts.states import Duty, RoundState
from assets.disposals.models import Disposal
from assets.disposals.rules import carrying_out, finding_out, removing
from assets.disposals.rules.finding_out import Order
from assets.disposals.rules.removing import Reports
from assets.disposals.states import Cause, State
from assets.register.models import Asset
from assets.stock.models import StockItem
from assets.stock.rules import items, stores
from assets.stock.rules.stores import Plate
from helpdesk.access_rights.models import AccessRight
from helpdesk.access_rights.rules import granting
from kernel import clock
from kernel.db import db
from kernel.work import work
from office.cards.models import UserCard
from office.cards.states import Reason, StaffKind
from office.cards.states import State as CardState
from office.people.models import Person
from office.places.models import Unit
from tests.cast import Cast
from tests.factories import disposals, stock
from tests.factories.access_rights import Systems, make_right, make_systems
from tests.factories.assets import make_asset
from tests.factories.counts import appointment
from tests.factories.loan_requests import make_approved
from tests.factories.office import TESTER, make_person, viewer_for
from tests.factories.requests import Ground
from tests.factories.stock import Shop
from tests.flows.slow_watch import Card, Case, Inspection, Reserved, Right, Stocked

ANONG_LEAVES = date(2027, 5, 14)
CARDS = (
    # The month's warning falls on the last day before a week-end, the week's on a Sunday.
    Card("malee", date(2027, 2, 14)),
    Card("kanda", date(2027, 4, 20)),
    Card("thep", date(2026, 10, 12)),
    Card("orn", date(2027, 8, 31), replaced=date(2027, 8, 10)),
    Card("anong", date(2027, 6, 10), left=ANONG_LEAVES),
)
RIGHTS = (
    Right("malee", date(2027, 1, 10)),
    Right("kanda", date(2027, 3, 31), revoked=date(2027, 3, 20)),
    Right("anong", date(2027, 5, 24), left=ANONG_LEAVES),
    Right("thep", date(2026, 10, 9)),
)
INSPECTIONS = (
    Inspection(("malee", "kanda"), reported=date(2026, 11, 30)),
    Inspection(("anong", "orn"), reported=date(2026, 11, 12)),
)
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
# On a week-end, on a day of Songkran, so early that a step is over when the year begins.
SERVICES = (date(2026, 11, 14), date(2027, 4, 14), date(2026, 10, 8))
# The second is kept over the holidays of the new year, the third ends while it is kept.
RESERVED = (
    Reserved("malee", date(2026, 11, 16), date(2026, 11, 19), date(2026, 11, 27)),
    Reserved("kanda", date(2026, 12, 21), date(2026, 12, 29), date(2027, 1, 8)),
    Reserved("malee", date(2027, 2, 1), date(2027, 2, 3), date(2027, 2, 4)),
)
SYSTEM_KEEPERS = ("keeper", "second")
COMMITTEE = ("chair", "member", "secretary")
Later = Callable[[date, Callable[[], object]], None]


@dataclass
class Office:
    """Who is there, and how something is left to a day."""

    cast: Cast
    officer: Person
    head: Person
    on: Later

    def person(self, name: str) -> Person:
        """Return somebody of the cast."""
        found: Person = getattr(self.cast, name)
        return found


def watch(office: Office) -> dict[int, str]:
    """Put everything that is watched into the office; return the names of further people."""
    for number, card in enumerate(CARDS, 1):
        _give_card(office, card, number)
    place = _grant(office)
    for one, unit in zip(INSPECTIONS, (office.cast.school, office.cast.other_school), strict=True):
        _inspect(office, one, unit)
    committee = (make_person(), make_person(), make_person())
    for case in CASES:
        _dispose(office, case, disposals.Team(office.officer, office.cast.chai, committee))
    _fill_store(office)
    for day in SERVICES:
        make_asset(office.cast.school, next_service_on=day)
    for one in RESERVED:
        office.on(one.asked, partial(_reserve, office, one, make_asset(office.cast.office).id))
    office.on(ANONG_LEAVES, partial(_leave, office.cast.anong.id))
    people = {one.id: name for one, name in zip(committee, COMMITTEE, strict=True)}
    return {**people, place.keeper.id: "keeper", place.second.id: "second"}


def _reserve(office: Office, one: Reserved, asset_id: int) -> None:
    asker, asset = office.person(one.who), db.session.get_one(Asset, asset_id)
    make_approved(asker, asset, from_on=one.first, to_on=one.last)


def _leave(person_id: int) -> None:
    with work():
        db.session.get_one(Person, person_id).left_on = clock.today()


def _card(person: Person, **fields: Any) -> UserCard:
    return UserCard(
        person_id=person.id,
        unit_id=person.unit_id,
        staff_kind=StaffKind.CIVIL_SERVANT,
        name_th=person.name_th,
        photo_key="photo",
        thumbnail_key="photo",
        asked_at=clock.now(),
        **fields,
    )


def _give_card(office: Office, card: Card, number: int) -> None:
    person = office.person(card.who)
    with work():
        db.session.add(
            _card(
                person,
                state=CardState.HANDED_OVER,
                reason=Reason.FIRST,
                code=f"CARD{number}",
                number=f"บ.{number}/2565",
                issued_on=date(2022, 10, 3),
                valid_until=card.until,
                handed_over_at=clock.now(),
            )
        )

    def ask_anew() -> None:
        with work():
            holder = db.session.get_one(Person, person.id)
            db.session.add(_card(holder, reason=Reason.EXPIRED, code=f"NEW{number}"))

    if card.replaced is not None:
        office.on(card.replaced, ask_anew)


def _grant(office: Office) -> Systems:
    cast = office.cast
    place = make_systems(
        Ground(
            *(cast.office, cast.school, cast.malee, office.head),
            *(cast.chai, cast.thep, cast.sri, cast.admin),
        )
    )
    for right in RIGHTS:
        made = make_right(place, office.person(right.who), right.until)
        if right.revoked is not None:
            office.on(right.revoked, partial(_revoke, made.id))
    return place


def _revoke(right_id: int) -> None:
    with work():
        granting.revoke(db.session.get_one(AccessRight, right_id), "ย้ายงาน", by=TESTER)


def _inspect(office: Office, inspection: Inspection, unit: Unit) -> None:
    by = viewer_for(office.officer)
    with work():
        one = planning.plan(appointment(unit), by=by)
        for duty, member in zip((Duty.CHAIR, Duty.MEMBER), inspection.members, strict=True):
            planning.appoint(one, db.session.merge(office.person(member)), duty, by=by)
        one.state, one.opened_at = RoundState.OPEN, clock.now()

    def report() -> None:
        with work():
            db.session.get_one(Round, one.id).reported_on = clock.today()

    office.on(inspection.reported, report)


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
            by = viewer_for(office.officer)
            finding_out.appoint(one, Cause.DAMAGED, order, team.seats, by=by)

    def act(verb: Callable[..., object]) -> None:
        with work():
            verb(db.session.get_one(Disposal, made[0]))

    def find(one: Disposal) -> None:
        said = replace(disposals.FINDINGS, on=clock.today())
        finding_out.report(one, said, by=viewer_for(team.committee[0]))

    def carry_out(one: Disposal) -> None:
        carrying_out.carry_out(one, disposals.result(), by=viewer_for(office.officer))

    def strike_off(one: Disposal) -> None:
        removing.strike_off(one, by=viewer_for(office.officer))

    def tell(one: Disposal) -> None:
        sent = Reports(clock.today(), "ศธ 04002/1", clock.today(), "ศธ 04002/2")
        removing.notify(one, sent, by=viewer_for(office.officer))

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


def _fill_store(office: Office) -> None:
    cast = office.cast
    with work():
        keeper, orderer = db.session.merge(cast.sri), db.session.merge(cast.chai)
        plate = Plate("ค1", "คลังตัวอย่าง", "Example Store", "อาคาร 1", keeper, orderer)
        store = stores.found(db.session.merge(cast.office), plate, by=viewer_for(cast.admin))
    shop = Shop(store, cast.sri, cast.chai)
    for number, stocked in enumerate(STOCK):
        _keep(office, shop, stocked, number)


def _keep(office: Office, shop: Shop, stocked: Stocked, number: int) -> None:
    card = items.Card(
        code=f"ว-{number}", name_th="หมึกพิมพ์", name_en="Toner", unit_th="กล่อง", unit_en="box"
    )
    with work():
        item = items.enter(card, by=viewer_for(office.officer))

    def move(quantity: int) -> None:
        thing = db.session.get_one(StockItem, item.id)
        if quantity < 0:
            stock.issue(shop, thing, -quantity, office.cast.malee)
            return
        stock.receive(shop, thing, quantity)
        with work():
            there = db.session.get_one(StockItem, item.id)
            store = db.session.merge(shop.store)
            least = Decimal(stocked.minimum)
            items.limit(store, there, least, None, by=viewer_for(shop.keeper))

    for day, quantity in stocked.moves:
        office.on(day, partial(move, quantity))
