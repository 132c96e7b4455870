"""The doctor finds planted faults of erasures, and nothing where all is well."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from helpdesk.privacy_requests.rules import asking
from helpdesk.privacy_requests.states import Kind
from kernel import clock
from kernel.db import db
from office.people.access import Role
from office.people.models import Person
from tests.cast import make_cast
from tests.factories.office import in_work, make_person, viewer_for
from tests.helpdesk.doctor import planting

FAULTS = {
    "erased_by_one": "UPDATE privacy_request SET proposed_by_id = NULL",
    "erased_accounts": "UPDATE person SET phone = '034000000' WHERE left_on IS NOT NULL",
}


def test_the_doctor_finds_every_planted_fault_of_erasures(app: Flask) -> None:
    assert app
    cast = make_cast()
    gone = make_person(unit=cast.school, left_on=clock.today() - timedelta(days=3))
    second = make_person(Role.ADMIN)
    with in_work():
        person = db.session.get_one(Person, gone.id)
        by = viewer_for(cast.admin)
        made = asking.ask_for_person(Kind.ERASE, person, "มาพบที่สำนักงานพร้อมบัตร", "", by=by)
        asking.propose(made, by=by)
        asking.carry_out(made, by=viewer_for(second))
    assert [name for name in FAULTS if planting.found(name)] == []
    missed = []
    for name, fault in FAULTS.items():
        planting.plant(fault)
        if not planting.found(name):
            missed.append(name)
        planting.take_back()
    assert missed == []
