"""Reading consultations: the topics, the list, counts by topic and result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from helpdesk.figures import access
from helpdesk.figures.advice_models import AdviceTopic, Consultation
from helpdesk.figures.advice_states import TOPICS
from helpdesk.figures.models import TicketFigure
from helpdesk.figures.queries import Asked
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import Kind
from kernel.access import Viewer
from kernel.db import db
from office.places.models import Unit

PAGE = 50
LISTED = (
    Consultation.id,
    Consultation.at,
    Consultation.topic,
    Consultation.result,
    Consultation.minutes,
    Consultation.by_name,
    Ticket.id.label("ticket_id"),
    Ticket.number,
    Ticket.subject,
    Ticket.reporter_name,
    Ticket.action_taken,
    Unit.name_th,
    Unit.name_en,
)


@dataclass(frozen=True)
class Topic:
    """A topic as it is offered; ``own`` is the office's row, None where it uses the shipped."""

    code: str
    name: str
    retired: bool = False
    own: AdviceTopic | None = None


def topics() -> list[Topic]:
    """Return every topic, retired ones too: the shipped in their order, then those added."""
    own = {
        one.code: one for one in db.session.scalars(select(AdviceTopic).order_by(AdviceTopic.id))
    }
    shipped = [
        Topic(code, own[code].name, own[code].retired, own[code])
        if code in own
        else Topic(code, str(name))
        for code, name in TOPICS.items()
    ]
    added = [Topic(row.code, row.name, row.retired, row) for row in own.values()]
    return shipped + [one for one in added if one.code not in TOPICS]


def topic_names(known: Sequence[Topic]) -> Mapping[str, str]:
    """Return what the topics are called, by their codes."""
    return {one.code: one.name for one in known}


def consultations(viewer: Viewer, asked: Asked, topic: str, number: int) -> Sequence[Any]:
    """Return one page of a period's consultations, newest first, and one more where more follow."""
    query = _listed(viewer, asked, topic).limit(PAGE + 1).offset((number - 1) * PAGE)
    return db.session.execute(query).all()


def all_consultations(viewer: Viewer, asked: Asked, topic: str) -> Iterator[Any]:
    """Yield every consultation of a period for a file, a few hundred at a time."""
    query = _listed(viewer, asked, topic)
    yield from db.session.execute(query.execution_options(yield_per=500))


def _listed(viewer: Viewer, asked: Asked, topic: str) -> Select[*tuple[Any, ...]]:
    query = (
        select(*LISTED)
        .join(Ticket, Ticket.id == Consultation.ticket_id)
        .join(Unit, Unit.id == Consultation.unit_id)
        .where(*_terms(viewer, asked))
        .order_by(Consultation.at.desc(), Consultation.id.desc())
    )
    return query.where(Consultation.topic == topic) if topic else query


def _terms(viewer: Viewer, asked: Asked) -> list[Any]:
    terms: list[Any] = [
        Consultation.month.between(asked.period.first, asked.period.last),
        viewer.scope(access.SEE).clause(Consultation.unit_id),
    ]
    return [*terms, Consultation.unit_id == asked.unit_id] if asked.unit_id else terms


def counts(viewer: Viewer, asked: Asked) -> list[tuple[str, str, int, int]]:
    """Return topic, result, how many consultations and how many minutes, for each pair."""
    rows = db.session.execute(
        select(
            Consultation.topic, Consultation.result, func.count(), func.sum(Consultation.minutes)
        )
        .where(*_terms(viewer, asked))
        .group_by(Consultation.topic, Consultation.result)
    )
    return [(row[0], str(row[1]), row[2], int(row[3] or 0)) for row in rows]


def without_topic(viewer: Viewer, asked: Asked, most: int = 20) -> Sequence[Any]:
    """Return tickets of advice that came in the period and that nobody gave a topic yet."""
    terms = [
        TicketFigure.kind == Kind.ADVICE,
        TicketFigure.opened_month.between(asked.period.first, asked.period.last),
        Consultation.id.is_(None),
        viewer.scope(access.SEE).clause(TicketFigure.unit_id),
    ]
    if asked.unit_id:
        terms.append(TicketFigure.unit_id == asked.unit_id)
    return db.session.execute(
        select(Ticket.id, Ticket.number, Ticket.subject)
        .join(TicketFigure, TicketFigure.ticket_id == Ticket.id)
        .outerjoin(Consultation, Consultation.ticket_id == Ticket.id)
        .where(*terms)
        .order_by(Ticket.id.desc())
        .limit(most)
    ).all()


def consultation_of(ticket_id: int) -> Consultation | None:
    """Return what was noted about a ticket of advice."""
    return db.session.scalar(select(Consultation).where(Consultation.ticket_id == ticket_id))


def units_to_ask() -> Sequence[Any]:
    """Return every unit that may ask for advice, the office first."""
    return db.session.execute(
        select(Unit.id, Unit.name_th, Unit.name_en)
        .where(Unit.closed_on.is_(None))
        .order_by(Unit.kind == "school", Unit.name_th)
    ).all()
