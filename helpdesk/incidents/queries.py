"""Finding incidents, their story, measures, systems and tickets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import joinedload

from helpdesk.access_rights.models import InformationSystem
from helpdesk.incidents import access
from helpdesk.incidents.models import (
    Incident,
    IncidentMeasure,
    IncidentMoment,
    IncidentSystem,
    IncidentTicket,
)
from helpdesk.incidents.states import OPEN, Risk
from helpdesk.tickets.models import Ticket
from kernel import search
from kernel.access import Viewer
from kernel.db import db

PAGE = 50
MOST = 200


@dataclass(frozen=True)
class Filter:
    """What the register is narrowed to; blank means everything.

    ``breach`` is ``yes`` for those that concern personal data, ``due`` for those whose notice to
    the Committee is still to be sent.
    """

    words: str = ""
    kind: str = ""
    state: str = ""
    breach: str = ""


def incidents(viewer: Viewer, wanted: Filter, number: int) -> Sequence[Incident]:
    """Return up to a page and one of the incidents, open ones first, newest first.

    Raises:
        NotAllowed: the viewer may not see incidents.
    """
    query = _listed(viewer, wanted).limit(PAGE + 1).offset((number - 1) * PAGE)
    return db.session.scalars(query).all()


def all_incidents(viewer: Viewer, wanted: Filter) -> Iterator[Incident]:
    """Yield everything the list would show, for the register as a table."""
    yield from db.session.scalars(_listed(viewer, wanted).execution_options(yield_per=500))


def _listed(viewer: Viewer, wanted: Filter) -> Select[Incident]:
    viewer.demand(access.SEE)
    return (
        select(Incident)
        .options(joinedload(Incident.reported_by), joinedload(Incident.handler))
        .where(search.contains(Incident.search_key, wanted.words), *_terms(wanted))
        .order_by(Incident.state.not_in(OPEN), Incident.id.desc())
    )


def _terms(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    if wanted.kind:
        yield Incident.kind == wanted.kind
    if wanted.state == "open":
        yield Incident.state.in_(OPEN)
    elif wanted.state:
        yield Incident.state == wanted.state
    if wanted.breach == "yes":
        yield Incident.risk != Risk.NO_DATA
    elif wanted.breach == "due":
        yield Incident.notice_due_at.is_not(None)
        yield Incident.notified_at.is_(None)


def mine(viewer: Viewer) -> Sequence[Incident]:
    """Return what the viewer reported, the newest first."""
    return db.session.scalars(
        select(Incident)
        .where(Incident.reported_by_id == viewer.id)
        .order_by(Incident.id.desc())
        .limit(MOST)
    ).all()


def story_of(incident: Incident) -> Sequence[IncidentMoment]:
    """Return the moments of an incident, the newest first."""
    return db.session.scalars(
        select(IncidentMoment)
        .where(IncidentMoment.incident_id == incident.id)
        .order_by(IncidentMoment.id.desc())
        .limit(MOST)
    ).all()


def measures_of(incident: Incident) -> Sequence[IncidentMeasure]:
    """Return the measures of an incident in the order they were written down."""
    return db.session.scalars(
        select(IncidentMeasure)
        .options(joinedload(IncidentMeasure.responsible))
        .where(IncidentMeasure.incident_id == incident.id)
        .order_by(IncidentMeasure.id)
        .limit(MOST)
    ).all()


def systems_of(incident: Incident) -> Sequence[InformationSystem]:
    """Return the registered systems that an incident concerns."""
    return db.session.scalars(
        select(InformationSystem)
        .join(IncidentSystem, IncidentSystem.system_id == InformationSystem.id)
        .where(IncidentSystem.incident_id == incident.id)
        .order_by(InformationSystem.name_th)
    ).all()


def systems_offered() -> Sequence[InformationSystem]:
    """Return the systems that can be ticked."""
    return db.session.scalars(
        select(InformationSystem)
        .where(InformationSystem.retired_on.is_(None))
        .order_by(InformationSystem.name_th)
        .limit(MOST)
    ).all()


def tickets_of(incident: Incident) -> Sequence[Ticket]:
    """Return the tickets of an incident."""
    return db.session.scalars(
        select(Ticket)
        .join(IncidentTicket, IncidentTicket.ticket_id == Ticket.id)
        .where(IncidentTicket.incident_id == incident.id)
        .order_by(Ticket.id)
        .limit(MOST)
    ).all()


def of_ticket(ticket_id: int) -> Sequence[Incident]:
    """Return the incidents that a ticket belongs to."""
    return db.session.scalars(_of_ticket(), {"ticket_id": ticket_id}).all()


@cache
def _of_ticket() -> Select[Incident]:
    return (
        select(Incident)
        .join(IncidentTicket, IncidentTicket.incident_id == Incident.id)
        .where(IncidentTicket.ticket_id == bindparam("ticket_id"))
        .order_by(Incident.id)
    )


def awaiting_notice() -> Sequence[int]:
    """Return the ids of incidents whose notice to the Committee was not sent yet."""
    return db.session.scalars(
        select(Incident.id)
        .where(
            Incident.notice_due_at.is_not(None),
            Incident.notified_at.is_(None),
            Incident.state.in_(OPEN),
        )
        .order_by(Incident.notice_due_at)
    ).all()


def due_soonest() -> datetime | None:
    """Return when the next notice is due; None where none is."""
    return db.session.scalar(
        select(func.min(Incident.notice_due_at)).where(
            Incident.notice_due_at.is_not(None),
            Incident.notified_at.is_(None),
            Incident.state.in_(OPEN),
        )
    )
