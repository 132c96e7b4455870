"""The doctor finds each fault planted in studies, developments and systems, and nothing before."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import text

from helpdesk.access_rights.rules import describing
from helpdesk.doctor.studied import CHECKS
from kernel.db import db
from kernel.work import work
from office.approvals.models import Approval
from office.approvals.rules import signing
from tests.cast import make_cast
from tests.conftest import Clock
from tests.factories import studies as make
from tests.factories.access_rights import make_systems
from tests.factories.office import viewer_for
from tests.factories.requests import make_ground
from tests.helpdesk.access_rights.test_cards import DRAFT

FAULTS = {
    "study_reports": "UPDATE study SET edition = 2",
    "development_reports": (
        "UPDATE approval SET state = 'voided', decided_at = submitted_at WHERE state = 'waiting'"
    ),
    "study_records": "UPDATE study_record SET state = 'draft', finished_on = NULL",
    "system_cards": "UPDATE system_card SET data_kinds = '[]'",
}


def findings() -> dict[str, int]:
    return {check.name: len(list(check.find())) for check in CHECKS}


def test_each_planted_fault_is_found_and_a_sound_house_has_none(app: Flask, clock: Clock) -> None:
    cast = make_cast()
    study = make.sent_study(cast.thep)
    make.sent_development(cast.thep)
    with work():
        place = make_systems(make_ground())
        describing.describe(place.system, DRAFT, by=viewer_for(place.owner))
        approval = db.session.get_one(Approval, study.approval_id)
        signing.approve(approval, by=viewer_for(cast.chai))
    assert set(findings().values()) == {0}
    assert set(FAULTS) == set(findings())
    for name, fault in FAULTS.items():
        with work():
            db.session.execute(text(fault))
        assert findings()[name] == 1, name
