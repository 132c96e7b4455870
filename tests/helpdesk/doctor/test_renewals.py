"""The doctor finds each fault planted in licences and backups, and nothing before."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import text

from assets.licences.models import Licence
from assets.licences.rules import keeping, seating
from helpdesk.backups.models import Backup
from helpdesk.doctor.renewals import CHECKS
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.work import work
from tests.cast import make_cast
from tests.factories.assets import make_asset
from tests.factories.licences import make_licence
from tests.factories.office import viewer_for

FAULTS = {
    "licence_terms": "UPDATE licence SET cost = 1",
    "licence_seats": "UPDATE licence SET seats = 1 WHERE seats IS NOT NULL",
    "seats_of_leavers": """UPDATE person SET left_on = '2026-11-01'
        WHERE id IN (SELECT person_id FROM licence_seat)""",
    "backup_days": "UPDATE backup SET rehearsed_at = '2020-01-01 00:00:00+00:00'",
}


def findings() -> dict[str, int]:
    return {check.name: len(list(check.find())) for check in CHECKS}


def test_each_planted_fault_is_found_and_a_sound_house_has_none(app: Flask) -> None:
    cast = make_cast()
    admin, made, item = viewer_for(cast.admin), make_licence(cast.office, seats=2), make_asset()
    with work():
        found = db.session.get_one(Licence, made.id)
        seating.give(found, db.session.merge(cast.malee), by=admin)
        seating.give(found, db.session.merge(item), by=admin)
        starts_on = found.ends_on + timedelta(days=1) if found.ends_on else found.starts_on
        ends_on = starts_on + timedelta(days=364)
        keeping.renew(found, starts_on, ends_on, cost=None, contract_no="", by=admin)
        now = kernel_clock.now()
        db.session.add(Backup(name="b", made_at=now, size=1, rows=1, files=0, rehearsed_at=now))
    assert findings() == dict.fromkeys(FAULTS, 0)
    wrong = []
    for name, fault in FAULTS.items():
        db.session.execute(text(fault))
        if {one for one, number in findings().items() if number} != {name}:
            wrong.append(name)
        db.session.rollback()
    assert wrong == []
