"""People who write one study, send one report, or describe one system at the same moment."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from sqlalchemy import select

from helpdesk.access_rights.card_models import SystemCard
from helpdesk.access_rights.models import InformationSystem
from helpdesk.access_rights.rules import describing
from helpdesk.studies import access
from helpdesk.studies.models import StudyRecord
from helpdesk.studies.rules import reporting, studying
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import check_version, work
from office.approvals.models import Approval
from office.people.models import Person
from tests.cast import Cast
from tests.factories import studies as make
from tests.factories.access_rights import make_systems
from tests.factories.office import viewer_for
from tests.factories.requests import make_ground
from tests.helpdesk.access_rights.test_cards import DRAFT
from tests.office.at_once import in_threads


def taken(act: Callable[[], object]) -> bool:
    """Do something in a unit of work of its own; tell whether it was taken."""
    try:
        with work():
            act()
    except Refusal:
        return False
    return True


def test_records_that_are_begun_at_once_get_numbers_of_their_own(app: Flask, cast: Cast) -> None:
    study, thep = make.make_study(cast.thep).id, cast.thep.id
    db.session.rollback()

    def add(_number: int) -> bool:
        by = viewer_for(db.session.get_one(Person, thep))

        def act() -> None:
            draft = make.record_draft(db.session.get_one(Person, thep))
            studying.add_record(access.study_edited(by, study), draft, by=by)

        return taken(act)

    assert in_threads(app, 3, add) == [True, True, True]
    assert sorted(db.session.scalars(select(StudyRecord.number))) == [1, 2, 3]


def test_of_two_who_send_a_report_at_once_one_does(app: Flask, cast: Cast) -> None:
    study = make.make_study(cast.thep)
    make.make_record(study, cast.thep)
    make.write_study_report(study, cast.thep)
    study_id, people = study.id, (cast.thep.id, cast.admin.id)
    db.session.rollback()

    def send(number: int) -> bool:
        by = viewer_for(db.session.get_one(Person, people[number]))
        return taken(lambda: reporting.send_study(access.study_edited(by, study_id), by=by))

    assert sorted(in_threads(app, 2, send)) == [False, True]
    assert db.session.query(Approval).count() == 1


def test_of_two_who_write_the_first_card_at_once_one_does(app: Flask, cast: Cast) -> None:
    with work():
        place = make_systems(make_ground())
    system_id, owner = place.system.id, place.owner.id
    db.session.rollback()

    def describe(_number: int) -> bool:
        by = viewer_for(db.session.get_one(Person, owner))

        def act() -> None:
            system = db.session.get_one(InformationSystem, system_id)
            describing.lock(system)
            card = db.session.get(SystemCard, system_id)
            check_version(card.version if card else 0, 0)
            describing.describe(system, DRAFT, by=by)

        return taken(act)

    assert sorted(in_threads(app, 2, describe)) == [False, True]
    assert db.session.query(SystemCard).one().version == 1
