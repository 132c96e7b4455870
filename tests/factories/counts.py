"""Rounds of the annual inspection for tests."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

from sqlalchemy import select

from assets.counts.models import Member, Round, RoundRoom
from assets.counts.rules import opening, planning, scanning
from assets.counts.rules.planning import Appointment
from assets.counts.rules.scanning import Answer, Sent
from assets.counts.states import Duty
from kernel.access import Viewer
from kernel.db import db
from office.people.access import Role
from office.people.models import Person
from office.places.models import Room, Unit
from tests.factories.office import in_work, make_office, make_person, viewer_for

_count = itertools.count(1)
YEAR = 2569


def store_officer() -> Viewer:
    """Return a new storekeeper of the whole office."""
    return viewer_for(make_person(Role.STOREKEEPER))


def appointment(unit: Unit, *others: Unit, **overrides: Any) -> Appointment:
    """Return an order given in time for the fiscal year 2569."""
    return Appointment(
        **{
            "unit_id": unit.id,
            "unit_ids": (unit.id, *(one.id for one in others)),
            "fiscal_year": YEAR,
            "order_no": f"{next(_count)}/2569",
            "ordered_on": date(2026, 9, 15),
            "appointer_name": "ผู้อำนวยการ ตัวอย่าง",
            "appointer_position": "ผู้อำนวยการโรงเรียน",
            **overrides,
        }
    )


def make_round(unit: Unit | None = None, *members: Person, **overrides: Any) -> Round:
    """Return a planned round of a unit; the first member, or one that is made, is its chair."""
    by = store_officer()
    with in_work():
        one = planning.plan(appointment(unit or make_office(), **overrides), by=by)
        for place, person in enumerate(members or (make_person(),)):
            duty = Duty.MEMBER if place else Duty.CHAIR
            planning.appoint(one, db.session.get_one(Person, person.id), duty, by=by)
    return one


def open_round(unit: Unit | None = None, *members: Person, **overrides: Any) -> Round:
    """Return a round that is being counted."""
    one = make_round(unit, *members, **overrides)
    by = store_officer()
    with in_work():
        one = db.session.get_one(Round, one.id)
        opening.open_round(one, by=by)
    return one


def chair_of(one: Round) -> Viewer:
    """Return the chair of a round's committee."""
    person_id = db.session.scalar(
        select(Member.person_id).where(Member.round_id == one.id, Member.duty == Duty.CHAIR)
    )
    return viewer_for(db.session.get_one(Person, person_id))


def room_in(one: Round, room: Room | None) -> RoundRoom:
    """Return a room of a round; the one for things without a room where none is given."""
    wanted = RoundRoom.room_id == room.id if room else RoundRoom.room_id.is_(None)
    return db.session.scalars(select(RoundRoom).where(RoundRoom.round_id == one.id, wanted)).one()


def sent(code: str, room: RoundRoom | None = None, **overrides: Any) -> Sent:
    """Return a scan with a number of its own."""
    return Sent(
        **{
            "client_id": f"scan-{next(_count):08}",
            "code": code,
            "round_room_id": room.id if room else None,
            **overrides,
        }
    )


def scan(one: Round, *scans: Sent, by: Viewer | None = None) -> list[Answer]:
    """Take in scans of a member, the chair if nobody is given."""
    who = by or chair_of(one)
    with in_work():
        one = db.session.get_one(Round, one.id)
        return scanning.receive(one, scans, by=who)
