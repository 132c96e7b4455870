"""The doctor finds planted faults of incidents, and nothing where all is well."""

from __future__ import annotations

from flask import Flask

from tests.cast import make_cast
from tests.factories.incidents import make_breach, make_incident
from tests.helpdesk.doctor import planting

FAULTS = {
    "incidents_clock": "UPDATE incident SET notice_due_at = '2020-01-01 00:00:00+00:00'"
    " WHERE risk = 'some'",
    "incidents_untold": "UPDATE incident SET state = 'closed', lessons = 'x' WHERE risk = 'some'",
}


def test_the_doctor_finds_every_planted_fault_of_incidents(app: Flask) -> None:
    assert app
    cast = make_cast()
    make_incident(cast.malee)
    make_breach(cast.malee, cast.thep)
    assert [name for name in FAULTS if planting.found(name)] == []
    missed = []
    for name, fault in FAULTS.items():
        planting.plant(fault)
        if not planting.found(name):
            missed.append(name)
        planting.take_back()
    assert missed == []
