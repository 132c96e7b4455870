"""What is one fault: a ticket together with its parts on the same thing.

A part of a ticket on the same item, on another member of the same set, or, where neither names an
item, in the same room, tells of no fault of its own: it belongs to its whole. Its money stays the
money of that fault. Tickets that are only linked with one another are faults of their own.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, exists, func, or_, select, union_all
from sqlalchemy.orm import aliased

from assets.register.models import Asset
from helpdesk.figures.models import TicketFigure, TicketFigureSymptom
from helpdesk.tickets.models import Ticket


def parts() -> Subquery:
    """Return the parts on the thing of their whole: ``part_id`` and ``whole_id``."""
    return _parts().subquery()


def fault(of_parts: Subquery) -> ColumnElement[Any]:
    """Return SQL for the fault that a figure belongs to; ``of_parts`` is joined from the outside.

    Counted apart (DISTINCT) it counts a whole and its parts once, whichever of them are counted.
    """
    return func.coalesce(of_parts.c.whole_id, TicketFigure.ticket_id)


def fault_of_each() -> ColumnElement[Any]:
    """Return SQL for the same, looked up for each figure: the way for the few of one item."""
    part: Any = aliased(Ticket)
    of_this = _parts(part).with_only_columns(part.parent_id)
    of_this = of_this.where(part.id == TicketFigure.ticket_id)
    looked_up = of_this.correlate(TicketFigure).scalar_subquery()
    return func.coalesce(looked_up, TicketFigure.ticket_id)


def symptoms(of_parts: Subquery) -> Subquery:
    """Return ``ticket_id`` and ``symptom_id``; a part also has the symptoms of its whole."""
    own: Any = aliased(TicketFigureSymptom)
    inherited = (
        select(of_parts.c.part_id, TicketFigureSymptom.symptom_id)
        .join(TicketFigureSymptom, TicketFigureSymptom.ticket_id == of_parts.c.whole_id)
        .where(
            ~exists().where(
                own.ticket_id == of_parts.c.part_id,
                own.symptom_id == TicketFigureSymptom.symptom_id,
            )
        )
    )
    ticked = select(TicketFigureSymptom.ticket_id, TicketFigureSymptom.symptom_id)
    return union_all(ticked, inherited).subquery()


def _parts(part: Any = None) -> Select[Any]:  # noqa: ANN401 - an alias of Ticket
    part = aliased(Ticket) if part is None else part
    whole, of_part, of_whole = aliased(Ticket), aliased(Asset), aliased(Asset)
    thing = func.coalesce(of_part.whole_id, part.asset_id, 0)
    thing_of_whole = func.coalesce(of_whole.whole_id, whole.asset_id, 0)
    same_room = func.coalesce(part.room_id, 0) == func.coalesce(whole.room_id, 0)
    return (
        select(part.id.label("part_id"), whole.id.label("whole_id"))
        .join(whole, whole.id == part.parent_id)
        .outerjoin(of_part, of_part.id == part.asset_id)
        .outerjoin(of_whole, of_whole.id == whole.asset_id)
        .where(
            part.parent_id.is_not(None),
            thing == thing_of_whole,
            or_(part.asset_id.is_not(None), same_room),
        )
    )
