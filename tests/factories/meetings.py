"""Meetings for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from helpdesk.minutes.models import Meeting, MeetingPerson
from helpdesk.minutes.rules import agenda, calling, holding
from helpdesk.minutes.states import Duty, Presence
from kernel import clock
from kernel.db import db
from office.people.models import Person
from office.places.models import Unit
from tests.factories.office import in_work, viewer_for


def make_meeting(unit: Unit, owner: Person, *people: Person, **overrides: Any) -> Meeting:
    """Return a draft of a meeting tomorrow; the owner is its secretary."""
    begins = clock.now() + timedelta(days=1)
    fields = {
        "body": "คณะทำงานระบบเครือข่าย",
        "unit_id": unit.id,
        "starts_at": begins,
        "ends_at": begins + timedelta(hours=2),
        "place": "ห้องประชุม 1",
        **overrides,
    }
    with in_work():
        here = [db.session.get_one(Person, one.id) for one in (owner, *people)]
        return calling.begin(fields, here, by=viewer_for(owner))


def again(meeting: Meeting) -> Meeting:
    """Return a meeting as it stands now."""
    return db.session.get_one(Meeting, meeting.id)


def called(meeting: Meeting, owner: Person) -> Meeting:
    """Return a meeting with its invitations sent."""
    with in_work():
        calling.call(again(meeting), by=viewer_for(owner))
    return again(meeting)


def held(meeting: Meeting, owner: Person) -> Meeting:
    """Return a meeting that was held this morning, everybody there, with minutes of item 1."""
    with in_work():
        found, by = again(meeting), viewer_for(owner)
        found.starts_at, found.ends_at = clock.now() - timedelta(hours=2), clock.now()
        holding.hold(found, found.starts_at, found.ends_at, by=by)
        for row in rows_of(found):
            holding.attend(found, row, Presence.PRESENT, by=by)
        first = agenda.add(found, 4, "เรื่องพิจารณา", "", by=by)
        agenda.write(found, first, "ที่ประชุมหารือ", "เห็นชอบ", by=by)
    return again(meeting)


def circulated(meeting: Meeting, owner: Person) -> Meeting:
    """Return a meeting whose minutes go round."""
    held(meeting, owner)
    with in_work():
        holding.circulate(again(meeting), by=viewer_for(owner))
    return again(meeting)


def rows_of(meeting: Meeting, duty: Duty | None = None) -> list[MeetingPerson]:
    """Return the people of a meeting, of one duty where given."""
    query = select(MeetingPerson).where(MeetingPerson.meeting_id == meeting.id)
    if duty is not None:
        query = query.where(MeetingPerson.duty == duty)
    return list(db.session.scalars(query.order_by(MeetingPerson.id)))
