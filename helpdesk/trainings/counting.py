"""The figures of trainings that programmes count: trainings held, people trained, their hours."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, distinct, func, select

from helpdesk.programmes import sources
from helpdesk.programmes.sources import Period, Source
from helpdesk.trainings.models import TrainingCertificate, TrainingEnrolment, TrainingSession
from helpdesk.trainings.states import SessionState, State
from kernel.i18n import lazy_gettext as _l
from office.people.models import Person

STAFF_DEVELOPMENT = frozenset({5})


def register() -> None:
    """Make the figures of trainings known."""
    for key, label, query in (
        ("trainings", _l("Trainings held"), _held),
        ("people_trained", _l("People trained"), _people),
        ("training_hours", _l("Hours of training, all people together"), _hours),
    ):
        sources.register(Source(key, label, query, STAFF_DEVELOPMENT))


def _held(period: Period) -> Select[int]:
    """Count trainings by their last day; those of a school by who of it had a seat."""
    held = select(func.count(TrainingSession.id)).where(
        TrainingSession.state == SessionState.HELD,
        TrainingSession.last_day.between(period.first, period.last),
    )
    if period.units is None:
        return held
    own = (
        select(TrainingEnrolment.session_id)
        .join(Person, Person.id == TrainingEnrolment.person_id)
        .where(TrainingEnrolment.state == State.ENROLLED, period.within(Person.unit_id))
    )
    return held.where(TrainingSession.id.in_(own))


def _people(period: Period) -> Select[int]:
    return _certified(period, func.count(distinct(TrainingCertificate.person_id)))


def _hours(period: Period) -> Select[int]:
    return _certified(period, func.coalesce(func.sum(TrainingCertificate.hours), 0))


def _certified(period: Period, what: Any) -> Select[int]:  # noqa: ANN401 - an aggregate
    return (
        select(what)
        .select_from(TrainingCertificate)
        .join(Person, Person.id == TrainingCertificate.person_id)
        .where(
            TrainingCertificate.issued_on.between(period.first, period.last),
            period.within(Person.unit_id),
        )
    )
