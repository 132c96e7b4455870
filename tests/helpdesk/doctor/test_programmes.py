"""The doctor finds planted faults of programmes, and nothing where all is well."""

from __future__ import annotations

from datetime import date

from flask import Flask
from sqlalchemy import text

from helpdesk.doctor import programmes
from kernel.db import db
from kernel.work import work
from tests.cast import make_cast
from tests.factories.programmes import approved, make_programme, plan_line

FAULTS = {
    "programmes_unapproved": "UPDATE approval SET state = 'rejected'",
    "programmes_unreported": "UPDATE programme SET state = 'closed' WHERE state = 'running'",
    "steps_before_approval": (
        "UPDATE programme_step SET state = 'done', done_on = '2026-11-01' WHERE number = 5"
    ),
    "steps_unexplained": "UPDATE programme_step SET state = 'skipped' WHERE number = 5",
}


def test_the_doctor_finds_every_planted_fault_of_programmes(app: Flask) -> None:
    assert app
    cast = make_cast()
    running = make_programme(cast.thep)
    plan_line(running, cast.thep, "ติดตั้ง", date(2026, 11, 1))
    approved(running, cast.thep, cast.chai)
    make_programme(cast.thep)
    checks = {check.name: check for check in programmes.CHECKS}
    assert checks.keys() == FAULTS.keys()
    assert [name for name, check in checks.items() if list(check.find())] == []
    missed = []
    for name, fault in FAULTS.items():
        with work():
            db.session.execute(text(fault))
            if not list(checks[name].find()):
                missed.append(name)
            db.session.rollback()
    assert not missed
