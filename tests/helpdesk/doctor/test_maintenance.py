"""The doctor finds each fault that is planted in maintenance, and nothing before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from assets.maintenance import jobs
from assets.maintenance.models import Occurrence, Visit
from assets.maintenance.rules import doing, visiting
from assets.maintenance.rules.doing import Said
from helpdesk.doctor import maintenance
from helpdesk.visits import filling
from kernel.db import db
from kernel.work import work
from office.people.access import Role
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.maintenance import class_of_things, make_plan
from tests.factories.office import in_work, make_person, make_unit, viewer_for
from tests.helpdesk.doctor.planting import found, plant, take_back

# What each check finds, by what is done behind the back of the rules.
FAULTS = {
    "maintenance_ahead": (
        "UPDATE maintenance_item SET comes_up_on = '2026-11-01', next_due_on = '2026-11-02'",
        "UPDATE maintenance_occurrence SET state = 'missed', visit_id = NULL, done_on = NULL",
    ),
    "maintenance_dates": ("UPDATE maintenance_item SET left_on = '2026-11-01'",),
    "maintenance_on_visits": (
        "UPDATE maintenance_occurrence SET state = 'on_visit', done_on = NULL",
    ),
    "maintenance_faults": ("UPDATE maintenance_occurrence SET repair_number = 'ซ.999/2570'",),
    "maintenance_jobs": ("UPDATE maintenance_visit SET ticket_number = 'ซ.999/2570'",),
}


@pytest.fixture(autouse=True)
def _visit(app: Flask, clock: Clock) -> Iterator[None]:
    filling.fill()
    with in_work():
        school, kind = make_unit(), class_of_things()
        for _number in range(2):
            make_asset(school, class_id=kind.id)
        make_plan(kind)
    me = viewer_for(make_person(Role.TECHNICIAN))
    jobs.follow_plans()
    with work():
        for occurrence in db.session.scalars(select(Occurrence)).all():
            for step in occurrence.item.plan.steps:
                doing.answer(occurrence, Said(step.id, good=False), by=me)
            db.session.flush()
            doing.finish(occurrence, by=me)
    with work():
        visiting.finish(db.session.scalars(select(Visit)).one(), by=me)
    yield
    take_back()


def test_sound_maintenance_is_sound() -> None:
    assert {check.name: found(check.name) for check in maintenance.CHECKS} == {
        check.name: [] for check in maintenance.CHECKS
    }


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(name: str) -> None:
    plant(*FAULTS[name])
    assert found(name)


def test_planned_work_on_what_has_left_is_found() -> None:
    plant(
        "UPDATE maintenance_occurrence SET state = 'planned', visit_id = NULL, done_on = NULL",
        "UPDATE maintenance_item SET left_on = '2026-11-20', next_due_on = NULL,"
        " comes_up_on = NULL",
    )
    assert found("maintenance_on_visits")
    assert found("maintenance_dates") == []


def test_a_job_of_two_visits_is_found() -> None:
    plant(
        "INSERT INTO maintenance_visit"
        " (unit_id, day, state, ticket_number, note, created_at, version)"
        " SELECT unit_id, day, state, ticket_number, note, created_at, 1 FROM maintenance_visit"
    )
    assert found("maintenance_jobs")
