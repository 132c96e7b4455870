"""A training to enrol in, and what is done again and again in tests of trainings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from helpdesk.trainings.models import TrainingEnrolment, TrainingSession
from helpdesk.trainings.rules import arranging, enrolling
from kernel.db import db
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.office import TESTER, in_work, make_person, viewer_for


class Trainings:
    """The cast and a clock."""

    def __init__(self, clock: Clock) -> None:
        self.cast: Cast = make_cast()
        self.clock = clock

    def session(self, *, days: int = 1, approved: bool = False, **fields: Any) -> TrainingSession:
        """Return a session that begins tomorrow."""
        first = self.clock.now.date() + timedelta(days=1)
        course = {"title_th": "ความปลอดภัยไซเบอร์", "title_en": "Cyber security", "about": ""}
        with in_work():
            made = arranging.add_course({**course, "hours": 6, "approved": approved}, by=TESTER)
            values = {"first_day": first, "last_day": first + timedelta(days=days - 1), "seats": 2}
            session = arranging.plan(made, {**values, **fields}, by=TESTER)
            db.session.flush()
        return session

    def enrol(self, session: TrainingSession, person: Person | None = None) -> TrainingEnrolment:
        """Enrol somebody, somebody new where nobody is named."""
        found = person or make_person()
        with in_work():
            return enrolling.enrol(session.id, found, by=viewer_for(found))


@pytest.fixture
def trainings(app: Flask, clock: Clock) -> Trainings:
    """The cast and a clock that stands in office hours."""
    return Trainings(clock)
