"""What waits for those who sign, inspect, keep the store or look after a school, nearest first."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from assets.counts import access as counts_access
from assets.counts.models import Round
from assets.counts.states import ROUNDS, RoundState
from assets.maintenance import access as maintenance_access
from assets.maintenance.models import Visit
from assets.maintenance.states import VISITS, VisitState
from helpdesk.desk.assigned import assigned_to
from helpdesk.desk.guarded import guarded_by
from helpdesk.desk.queries import Target
from helpdesk.desk.today import SHOWN, Block, Line
from helpdesk.tickets import access as tickets_access
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import TICKET
from kernel import clock
from kernel.access import Viewer
from kernel.db import db, fixed
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.pages import ago
from office.approvals.kinds import title_of
from office.approvals.models import ApprovalStep
from office.people.access import Role

IN_HAND = (RoundState.PLANNED, RoundState.OPEN, RoundState.REVIEWING)
AHEAD = (VisitState.PLANNED, VisitState.UNDER_WAY)


def duties_for(viewer: Viewer, to_sign: Sequence[ApprovalStep]) -> list[Block]:
    """Return the short lists of a person's duties; those without a line are left out.

    Args:
        viewer: whose duties they are.
        to_sign: the steps that wait for the person, oldest first.
    """
    blocks = [_to_sign(to_sign), guarded_by(viewer)]
    if viewer.may(maintenance_access.DO):
        blocks.append(_visits(viewer))
    elif viewer.grants.keys() & {Role.COORDINATOR, Role.APPROVER}:
        blocks.append(_late(viewer))
    blocks += [_rounds(viewer), assigned_to(viewer)]
    return [block for block in blocks if block.lines]


def _to_sign(steps: Sequence[ApprovalStep]) -> Block:
    lines = [
        Line(
            title_of(step.approval),
            " · ".join(
                one
                for one in (step.approval.number, step.approval.asker.name, ago(step.opened_at))
                if one
            ),
            Target("approvals.show", {"approval_id": step.approval_id}),
        )
        for step in steps[:SHOWN]
        if step.opened_at is not None
    ]
    return Block(_("Waiting for my approval"), lines, Target("approvals.waiting"), "")


def _visits(viewer: Viewer) -> Block:
    today = clock.today()
    found = db.session.scalars(
        select(Visit)
        .options(joinedload(Visit.unit), joinedload(Visit.person))
        .where(Visit.state.in_(AHEAD), viewer.scope(maintenance_access.DO).clause(Visit.unit_id))
        .order_by(Visit.day, Visit.id)
        .limit(fixed(SHOWN))
    )
    lines = [
        Line(
            visit.unit.name,
            visit.person.name if visit.person else _("nobody yet"),
            Target("maintenance.visit", {"visit_id": visit.id}),
            visit.day,
            visit.day < today,
            VISITS.faces[visit.state],
        )
        for visit in found
    ]
    return Block(_("Maintenance visits"), lines, Target("maintenance.visits"), "")


def _late(viewer: Viewer) -> Block:
    english = language() == "en"
    found = db.session.execute(
        select(
            Ticket.id,
            Ticket.number,
            Ticket.subject,
            Ticket.subject_en,
            Ticket.state,
            Ticket.next_due_at,
        )
        .where(
            Ticket.next_due_at < clock.now(),
            viewer.scope(tickets_access.SEE).clause(Ticket.unit_id),
        )
        .order_by(Ticket.next_due_at)
        .limit(fixed(SHOWN))
    )
    lines = [
        Line(
            row.subject_en if english and row.subject_en else row.subject,
            row.number,
            Target("tickets.show", {"ticket_id": row.id}),
            row.next_due_at,
            late=True,
            face=TICKET.faces[row.state],
        )
        for row in found
    ]
    whole = Target("tickets.queue", {"show": "late"})
    return Block(_("Repairs past the deadline"), lines, whole, "")


def _rounds(viewer: Viewer) -> Block:
    today = clock.today()
    found = db.session.scalars(
        select(Round)
        .options(joinedload(Round.unit))
        .where(Round.state.in_(IN_HAND), counts_access.visible(viewer))
        .order_by(Round.due_on, Round.id)
        .limit(fixed(SHOWN))
    )
    lines = [
        Line(
            one.unit.name,
            _("items of %(day)s", day=_year(one)),
            Target("counts.show", {"round_id": one.id}),
            one.due_on,
            one.due_on < today,
            ROUNDS.faces[one.state],
        )
        for one in found
    ]
    return Block(_("Annual inspection"), lines, Target("counts.rounds"), "")


def _year(one: Round) -> str:
    year = one.fiscal_year if language() == "th" else one.fiscal_year - 543
    return _("fiscal year %(year)s", year=year)
