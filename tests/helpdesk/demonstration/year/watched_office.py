"""What is put into the demonstration besides, so that every watched kind has its hard cases.

``watch`` puts it there when the year begins; what people do with it later is left to their days.
People are called by the names with which they sign in.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from assets.counts.models import Round
from assets.counts.rules import planning
from assets.counts.states import Duty, RoundState
from assets.register.models import Asset
from helpdesk.access_rights.models import AccessRight
from helpdesk.access_rights.rules import granting, systems
from helpdesk.access_rights.rules.systems import SystemDraft
from kernel import clock
from kernel.db import db
from kernel.work import work
from office.cards.models import UserCard
from office.cards.states import Reason, StaffKind
from office.cards.states import State as CardState
from office.people.models import Person
from office.places.models import Unit
from tests.factories.access_rights import Systems, make_right
from tests.factories.assets import make_asset
from tests.factories.counts import appointment
from tests.factories.licences import make_licence
from tests.factories.loan_requests import make_approved
from tests.factories.office import TESTER, viewer_for
from tests.factories.requests import Ground
from tests.helpdesk.demonstration.year import watched_cases as cases
from tests.helpdesk.demonstration.year.slow_watch import (
    Card,
    Inspection,
    Reserved,
    Right,
)
from tests.helpdesk.demonstration.year.the_office import Office

SHE_LEAVES = date(2027, 5, 14)
CARDS = (
    # The month's warning falls on the last day before a week-end, the week's on a Sunday.
    Card("mana08", date(2027, 2, 14)),
    Card("chit02", date(2027, 4, 20)),
    Card("wit", date(2026, 10, 12)),
    Card("auditor", date(2027, 8, 31), replaced=date(2027, 8, 10)),
    Card("daeng12", date(2027, 6, 10), left=SHE_LEAVES),
)
RIGHTS = (
    Right("mana08", date(2027, 1, 10)),
    Right("chit02", date(2027, 3, 31), revoked=date(2027, 3, 20)),
    Right("daeng12", date(2027, 5, 24), left=SHE_LEAVES),
    Right("wit", date(2026, 10, 9)),
)
INSPECTIONS = (
    Inspection(("mana08", "chit02"), reported=date(2026, 11, 30)),
    Inspection(("daeng12", "auditor"), reported=date(2026, 11, 12)),
)
# On a week-end, on a day of Songkran, so early that a step is over when the year begins.
LICENCES = {
    "domain": date(2027, 1, 31),
    "internet": date(2026, 12, 5),
    "given up": date(2027, 5, 1),
    "soon": date(2026, 10, 20),
}
WARRANTIES = [date(2026, 10, 10), date(2026, 12, 31), date(2027, 5, 4), date(2027, 11, 30)]
SERVICES = (date(2026, 11, 14), date(2027, 4, 14), date(2026, 10, 8))
# The second is kept over the holidays of the new year, the third ends while it is kept.
RESERVED = (
    Reserved("mana08", date(2026, 11, 16), date(2026, 11, 19), date(2026, 11, 27)),
    Reserved("chit02", date(2026, 12, 21), date(2026, 12, 29), date(2027, 1, 8)),
    Reserved("mana08", date(2027, 2, 1), date(2027, 2, 3), date(2027, 2, 4)),
)
SYSTEM_KEEPERS = ("nit17", "bua17")


def watch(office: Office) -> None:
    """Put everything that is watched into the office."""
    for name, ends in LICENCES.items():
        make_licence(office.unit("00"), name=name, ends_on=ends)
    for day in WARRANTIES:
        make_asset(office.unit("02"), warranty_until=day)
    for number, card in enumerate(CARDS, 1):
        _give_card(office, card, number)
    _grant(office)
    for one, code in zip(INSPECTIONS, ("02", "03"), strict=True):
        _inspect(office, one, office.unit(code))
    cases.open_cases(office)
    cases.fill_store(office)
    for day in SERVICES:
        make_asset(office.unit("02"), next_service_on=day)
    for one in RESERVED:
        office.on(one.asked, partial(_reserve, office, one, make_asset(office.unit("00")).id))
    office.on(SHE_LEAVES, partial(_leave, office.person("daeng12").id))


def acted_upon(rights: list[Right]) -> list[Right]:
    """Return rights with what will become of them."""
    acts = {(one.who, one.until): one for one in RIGHTS}
    return [
        replace(one, revoked=act.revoked, left=act.left)
        if (act := acts.get((one.who, one.until)))
        else one
        for one in rights
    ]


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


def _grant(office: Office) -> None:
    teacher, head, director = (office.person(name) for name in ("teacher", "head01", "director"))
    keepers = [office.person(name) for name in SYSTEM_KEEPERS]
    draft = SystemDraft(
        code="LIBRARY",
        name_th="ระบบห้องสมุด",
        name_en="Library",
        purpose="",
        unit_id=office.unit("00").id,
        review_months=12,
        longest_months=24,
        owners=[director],
        keepers=keepers,
    )
    with work():
        system = systems.enter(draft, by=TESTER)
    others = (office.person(name) for name in ("technician", "storekeeper", "admin"))
    ground = Ground(office.unit("00"), office.unit("01"), teacher, head, director, *others)
    place = Systems(ground, system, director, *keepers)
    for right in RIGHTS:
        made = make_right(place, office.person(right.who), right.until)
        if right.revoked is not None:
            office.on(right.revoked, partial(_revoke, made.id))


def _revoke(right_id: int) -> None:
    with work():
        granting.revoke(db.session.get_one(AccessRight, right_id), "ย้ายงาน", by=TESTER)


def _inspect(office: Office, inspection: Inspection, unit: Unit) -> None:
    by = viewer_for(office.person("fon"))
    with work():
        one = planning.plan(appointment(unit), by=by)
        for duty, member in zip((Duty.CHAIR, Duty.MEMBER), inspection.members, strict=True):
            planning.appoint(one, db.session.merge(office.person(member)), duty, by=by)
        one.state, one.opened_at = RoundState.OPEN, clock.now()

    def report() -> None:
        with work():
            db.session.get_one(Round, one.id).reported_on = clock.today()

    office.on(inspection.reported, report)
