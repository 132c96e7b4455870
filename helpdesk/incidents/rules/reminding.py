"""Telling the handlers: of a new incident, of the 72 hours, of measures that come due.

Each step is told once to each person, by the key of its message. Told are the handler of the
incident and everybody who handles incidents for the whole office.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

from helpdesk.incidents import access
from helpdesk.incidents.models import Incident, IncidentMeasure
from helpdesk.incidents.states import KINDS, OPEN, REMINDED_HOURS, Kind
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.pages import show_date, show_moment
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person, RoleGrant

HOUR = timedelta(hours=1)


def handlers(incident: Incident) -> list[Person]:
    """Return who is told of an incident: its handler and those who hold the right everywhere."""
    holds = (
        select(RoleGrant.person_id)
        .where(RoleGrant.role.in_(access.HANDLE.roles), RoleGrant.unit_id.is_(None))
        .scalar_subquery()
    )
    query = select(Person).where(
        Person.left_on.is_(None), Person.id.in_(holds) | (Person.id == incident.handler_id)
    )
    return list(db.session.scalars(query.order_by(Person.id)))


def _link(incident: Incident) -> str:
    return f"/incidents/{incident.id}"


def tell_reported(incident: Incident) -> None:
    """Tell the handlers that an incident was reported."""
    for person in handlers(incident):
        with speaking(person.language):
            bookkeeping.send(
                kind="incident_reported",
                subject=_("Security incident %(number)s was reported", number=incident.number),
                body=_(
                    "%(kind)s: %(title)s. Please classify it soon; where personal data are "
                    "concerned, 72 hours run from now.",
                    kind=KINDS[Kind(incident.kind)],
                    title=incident.title,
                ),
                language=person.language,
                person_id=person.id,
                link=_link(incident),
                dedupe_key=f"incident:{incident.id}:reported:{person.id}",
            )


def tell_clock_runs(incident: Incident) -> None:
    """Tell the handlers until when the Committee is to be told."""
    _tell_due(incident, f"runs:{incident.notice_due_at:%Y%m%d%H%M}", over=False)


def step_of(due: datetime, now: datetime) -> int | None:
    """Return the step that is reached, in hours before the notice is due; None before the first."""
    left = due - now
    return min((hours for hours in REMINDED_HOURS if left <= hours * HOUR), default=None)


def remind(incident_id: int, now: datetime) -> int:
    """Remind the handlers of a notice that is due; a step that was told is not told again.

    Returns:
        how many people are concerned.
    """
    incident = db.session.get_one(Incident, incident_id)
    if incident.notice_due_at is None or not incident.awaits_notice or not incident.is_open:
        return 0
    step = step_of(incident.notice_due_at, now)
    if step is None:
        return 0
    mark = f"{step}:{incident.notice_due_at:%Y%m%d%H%M}"
    return _tell_due(incident, mark, over=step == 0)


def _tell_due(incident: Incident, mark: str, *, over: bool) -> int:
    told = handlers(incident)
    for person in told:
        with speaking(person.language):
            due = show_moment(incident.notice_due_at)
            if over:
                subject = _("The 72 hours are over: incident %(number)s", number=incident.number)
            else:
                subject = _(
                    "Tell the Committee of incident %(number)s by %(due)s",
                    number=incident.number,
                    due=due,
                )
            bookkeeping.send(
                kind="incident_notice",
                subject=subject,
                body=_(
                    "Personal data are concerned: %(title)s. The notice to the Personal Data "
                    "Protection Committee was due or is due by %(due)s. Print it from the page of "
                    "the incident, send it, and write down its number.",
                    title=incident.title,
                    due=due,
                ),
                language=person.language,
                person_id=person.id,
                link=_link(incident),
                dedupe_key=f"incident:{incident.id}:{mark}:{person.id}",
            )
    return len(told)


def measures_due(today: date) -> list[int]:
    """Return the ids of measures that are due and not done, of incidents that are open."""
    return list(
        db.session.scalars(
            select(IncidentMeasure.id)
            .join(Incident, Incident.id == IncidentMeasure.incident_id)
            .where(
                IncidentMeasure.done_on.is_(None),
                IncidentMeasure.due_on <= today,
                Incident.state.in_(OPEN),
            )
            .order_by(IncidentMeasure.due_on)
        )
    )


def remind_measure(measure_id: int) -> int:
    """Remind once of a measure that has come due; return how many people are concerned."""
    measure = db.session.get_one(IncidentMeasure, measure_id)
    incident = measure.incident
    responsible = measure.responsible
    named = responsible is not None and responsible.left_on is None
    told = [responsible] if named and responsible else handlers(incident)
    for person in told:
        with speaking(person.language):
            bookkeeping.send(
                kind="incident_measure",
                subject=_("A measure of incident %(number)s is due", number=incident.number),
                body=_(
                    "“%(what)s” was to be done by %(day)s.",
                    what=measure.what,
                    day=show_date(measure.due_on, "long"),
                ),
                language=person.language,
                person_id=person.id,
                link=_link(incident),
                dedupe_key=f"incident_measure:{measure.id}:{measure.due_on}:{person.id}",
            )
    return len(told)
