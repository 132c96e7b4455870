"""Incidents for tests."""

from __future__ import annotations

from typing import Any

from helpdesk.incidents.models import Incident
from helpdesk.incidents.rules import handling
from helpdesk.incidents.states import Kind, State
from kernel import clock
from kernel.db import db
from office.people.models import Person
from tests.factories.office import in_work, viewer_for

ENDS = {
    State.CLOSED: {"lessons": "ตรวจสอบผู้รับก่อนส่งทุกครั้ง"},
    State.DISMISSED: {"dismissed_why": "เป็นการทดสอบระบบตามแผน"},
}


def make_incident(reporter: Person, *, state: State = State.REPORTED, **overrides: Any) -> Incident:
    """Return an incident that somebody reported, put into a state."""
    fields = {
        "kind": Kind.WRONG_RECIPIENT,
        "title": "ส่งรายชื่อครูผิดโรงเรียน",
        "story": "แนบไฟล์ผิด",
        "systems_text": "อีเมล",
        **overrides,
    }
    with in_work():
        made = handling.report(fields, by=viewer_for(reporter))
        made.state = state
        for name, value in ENDS.get(state, {}).items():
            setattr(made, name, value)
    return db.session.get_one(Incident, made.id)


def make_breach(reporter: Person, handler: Person, *, risk: str = "some") -> Incident:
    """Return an incident with personal data, classified by its handler; the 72 hours run."""
    made = make_incident(reporter)
    fields = {
        "kind": Kind.WRONG_RECIPIENT,
        "gravity": "high",
        "risk": risk,
        "handler_id": handler.id,
        "known_at": clock.now(),
        "data_kinds": "ชื่อ โทรศัพท์ อีเมล",
        "people_kinds": "ครูผู้เข้าอบรม",
        "people_count": 42,
        "records_count": 42,
        "consequences": "อาจมีผู้ติดต่อรบกวน",
        "cause": "เลือกที่อยู่ผิด",
        "systems_text": "อีเมล",
    }
    with in_work():
        made = db.session.get_one(Incident, made.id)
        handling.classify(made, fields, (), by=viewer_for(handler))
    return db.session.get_one(Incident, made.id)
