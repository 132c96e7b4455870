"""Moving a ticket along its states: accept, assign, wait, resolve, close, reopen, cancel.

Who may is asked in ``access``; when, in ``states.TICKET``. The item's condition and its repair
hold change here, in the same unit of work as the ticket.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from assets.disposals.rules import proposing
from assets.disposals.rules.proposing import Ground
from assets.disposals.states import Origin
from assets.register.rules import holds, items
from assets.register.states import Condition, HoldKind
from helpdesk.tickets import access, slots
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import deadlines, notices, talk
from helpdesk.tickets.states import (
    CONDITION_AFTER,
    REOPEN_DAYS,
    TICKET,
    WAITS,
    Action,
    Cause,
    Kind,
    Outcome,
    Priority,
    State,
)
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.people.models import Person
from office.places.access import viewer_of


@dataclass(frozen=True)
class Result:
    """How a ticket ended (R-R4): outcome, cause and what was done, and a word to the reporter.

    ``repair_cost`` is in baht; None where nothing was paid or nobody knows. ``cover_why`` is why
    it was paid although a warranty holds (R-R6).
    """

    outcome: Outcome
    cause: Cause
    action_taken: str
    to_reporter: str = ""
    repair_cost: Decimal | None = None
    cover_why: str = ""


def accept(ticket: Ticket, *, by: Viewer) -> None:
    """Take a new ticket on without giving it to anybody yet; the reporter is told.

    Refuses a ticket that is not new.
    """
    _move(ticket, Action.ACCEPT, "accepted", by=by)


def take(ticket: Ticket, *, by: Viewer) -> None:
    """Make a ticket one's own; a new one is accepted by this.

    Refuses a ticket that is finished, and one that is one's own already.
    """
    if ticket.assignee_id == by.id:
        raise Refusal(_("You have this ticket already."))
    _give(ticket, db.session.get_one(Person, by.id), by=by)


def assign(ticket: Ticket, person_id: int, *, by: Viewer) -> None:
    """Give a ticket to a technician; a new one is accepted by this, and the technician is told.

    Refuses a finished ticket, and a person who is no technician for its school.
    """
    person = db.session.get(Person, person_id)
    reach = viewer_of(person_id)
    if person is None or reach is None or not reach.may(access.WORK, ticket.unit_id):
        raise Refusal(
            _("Choose somebody who works as a technician for this school."), field="person"
        )
    _give(ticket, person, by=by)
    notices.tell_assigned(ticket, by=by)


def start(ticket: Ticket, *, by: Viewer) -> None:
    """Begin to work; a ticket that nobody has becomes one's own.

    Refuses a ticket that is in progress already or finished.
    """
    if ticket.assignee_id is None:
        ticket.assignee = db.session.get_one(Person, by.id)
    _move(ticket, Action.START, "started", by=by)


def resume(ticket: Ticket, *, by: Viewer) -> None:
    """Go on with a ticket that waited; its clock runs again (R-W4).

    Refuses a ticket that does not wait.
    """
    ticket.waiting_reason = ""
    _move(ticket, Action.RESUME, "resumed", by=by)


def wait(
    ticket: Ticket, action: Action, reason: str, *, by: Viewer, look_again: date | None = None
) -> None:
    """Let a ticket wait, with the reason; its clock stops (R-W4).

    Args:
        action: one of ``states.WAITS``; being sent out needs the company in the reason (R-R3).
        reason: a sentence; the reporter reads it.
        look_again: the day to look at it again; three working days on when left out.

    Refuses to wait without a reason, until a day that has passed, and a ticket that is finished.
    """
    if action not in WAITS:
        raise Refusal(_("Choose what the ticket waits for."), field="action")
    if not reason.strip():
        raise Refusal(_("Please write what is being waited for."), field="reason")
    if action == Action.SEND_OUT and look_again is None:
        raise Refusal(_("Please say when it is expected back."), field="look_again")
    if look_again is not None and look_again < clock.today():
        raise Refusal(_("This day has passed."), field="look_again")
    TICKET.target(ticket.state, action)
    ticket.waiting_reason = reason[:400]
    told = {"look_again": look_again.isoformat()} if look_again else {}
    _move(ticket, action, "waited", by=by, body=reason, look_again=look_again, detail=told)


def resolve(ticket: Ticket, result: Result, *, by: Viewer) -> None:
    """Say how it ended; the item's condition and availability follow at once (R-R1, R-R4).

    Refuses a ticket that is not being worked on, one of which another room says that something is
    still to be done, a result without cause or action, and a cost below zero. What a reopened
    repair costs is added to what it cost before.
    """
    TICKET.target(ticket.state, Action.RESOLVE)
    slots.ask_before_resolving(ticket)
    if result.cause not in set(Cause):
        raise Refusal(_("Choose what it came from."), field="cause")
    if not result.action_taken.strip():
        raise Refusal(_("Please write what was done."), field="action_taken")
    cost = result.repair_cost
    if cost is not None:
        if cost < 0:
            raise Refusal(_("A cost is not less than zero."), field="repair_cost")
        if cost:
            slots.spend(ticket, cost, result.cover_why, by)
        else:
            ticket.repair_cost = ticket.repair_cost or Decimal(0)
    ticket.outcome, ticket.cause = result.outcome, result.cause
    ticket.action_taken = result.action_taken
    ticket.waiting_reason = ""
    ticket.resolved_at = clock.now()
    if ticket.assignee_id is None and by.id is not None:
        ticket.assignee = db.session.get_one(Person, by.id)
    _judge(ticket, result.outcome, by=by)
    detail = {
        "outcome": str(result.outcome),
        "cause": str(result.cause),
        "action": result.action_taken,
        **({} if cost is None else {"cost": str(cost)}),
    }
    body = result.to_reporter
    _move(ticket, Action.RESOLVE, "resolved", by=by, body=body, detail=detail)
    if result.outcome == Outcome.BEYOND_REPAIR:
        propose_disposal(ticket, by=by)


def close(ticket: Ticket, *, by: Viewer, role: str = "technician") -> None:
    """Finish a resolved ticket: the reporter or the unit confirmed, or a week has passed (R-R5).

    Refuses a ticket that is not resolved.
    """
    ticket.closed_at = clock.now()
    _move(ticket, Action.CLOSE, "closed", by=by, role=role)


def reopen(ticket: Ticket, reason: str, *, by: Viewer, role: str = "technician") -> None:
    """Take up a ticket again, because it is still broken.

    Refuses one that ended more than 14 days ago, and a reopening without a reason.
    """
    TICKET.target(ticket.state, Action.REOPEN)
    if not ticket.may_reopen_at(clock.now()):
        raise Refusal(
            _(
                "This ended more than %(days)s days ago. Please report the fault as a new one.",
                days=REOPEN_DAYS,
            )
        )
    if not reason.strip():
        raise Refusal(_("Please write what is still wrong."), field="reopen_reason")
    if ticket.asset is not None and ticket.kind == Kind.REPAIR:
        items.judge(ticket.asset, Condition.DAMAGED, by=by, why=ticket.number)
    _move(ticket, Action.REOPEN, "reopened", by=by, role=role, body=reason)
    ticket.resolved_at = ticket.closed_at = None
    ticket.outcome = ticket.cause = ""
    notices.tell_assignee(ticket, reason, by=by)


def cancel(ticket: Ticket, reason: str, *, by: Viewer, role: str = "technician") -> None:
    """End a ticket without a repair: solved by itself, reported twice, not needed any more.

    Refuses a ticket that is resolved or finished, and a technician's cancelling without a reason.
    """
    if role != "reporter" and not reason.strip():
        raise Refusal(_("Please write why this is cancelled."), field="cancel_reason")
    TICKET.target(ticket.state, Action.CANCEL)
    ticket.waiting_reason = ""
    ticket.closed_at = clock.now()
    _move(ticket, Action.CANCEL, "cancelled", by=by, role=role, body=reason)
    if role == "reporter":
        notices.tell_assignee(ticket, reason, by=by)


def merge(ticket: Ticket, target: Ticket, *, by: Viewer) -> None:
    """End a ticket because another one tells of the same; what was said goes along elsewhere.

    Refuses a ticket that is resolved or finished.
    """
    TICKET.target(ticket.state, Action.MERGE)
    ticket.waiting_reason = ""
    ticket.closed_at = clock.now()
    into = {"into": target.number, "into_id": target.id}
    _move(ticket, Action.MERGE, "merged", by=by, detail=into)
    ticket.merged_into_id = target.id


def prioritize(ticket: Ticket, priority: Priority, *, by: Viewer) -> None:
    """Change how soon a ticket wants an end; a running clock gets the new target.

    Refuses a finished ticket.
    """
    if not ticket.is_open:
        raise Refusal(_("This ticket is finished; its priority stays."))
    before = ticket.priority
    if before == priority:
        return
    ticket.priority = priority
    deadlines.renew(ticket)
    changed = {"from": str(before), "to": str(priority)}
    talk.write(ticket, "prioritized", by=by, role="technician", public=False, detail=changed)
    audit.record(
        "prioritized", ticket, by=by, before={"priority": before}, after={"priority": priority}
    )


def propose_disposal(ticket: Ticket, *, by: Viewer) -> None:
    """Put what is beyond repair forward for disposal (clause 219: as in the inspection).

    What is in an open case or not in the register any more is left out.
    """
    if ticket.asset is not None and ticket.kind == Kind.REPAIR:
        ground = Ground(Origin.TICKET, ticket.number, ticket.action_taken)
        proposing.propose([ticket.asset], ground, by=by)


def _give(ticket: Ticket, person: Person, *, by: Viewer) -> None:
    if not ticket.is_open:
        raise Refusal(_("This ticket is finished; reopen it first."))
    before = ticket.assignee_id
    ticket.assignee = person
    ticket.assignee_id = person.id
    given: dict[str, Any] = {"to": person.id, "to_th": person.name_th, "to_en": person.name_en}
    talk.write(ticket, "assigned", by=by, role="technician", public=False, detail=given)
    audit.record(
        "assigned", ticket, by=by, before={"assignee_id": before}, after={"assignee_id": person.id}
    )
    if TICKET.allows(ticket.state, Action.ACCEPT):
        _move(ticket, Action.ACCEPT, "accepted", by=by)


def _move(
    ticket: Ticket,
    action: Action,
    act: str,
    *,
    by: Viewer,
    role: str = "technician",
    body: str = "",
    look_again: date | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    before = ticket.state
    after = TICKET.target(before, action)
    if role == "technician" and ticket.first_response_at is None:
        ticket.first_response_at = clock.now()
    deadlines.enter(ticket, after, look_again=look_again)
    talk.write(
        ticket, act, by=by, role=role, body=body, moved=(before, after), detail=dict(detail or {})
    )
    _hold_item(ticket)
    audit.record(act, ticket, by=by, before={"state": before}, after={"state": after})
    slots.tell_moved(ticket, by)
    notices.tell_of_state(ticket, body, by=by)


def _hold_item(ticket: Ticket) -> None:
    """Keep the item from being lent exactly while an accepted repair of it is open."""
    if ticket.asset is None or ticket.kind != Kind.REPAIR:
        return
    if ticket.is_open and ticket.state != State.NEW:
        holds.hold(ticket.asset, HoldKind.REPAIR, ticket.number)
    else:
        holds.release(ticket.asset, HoldKind.REPAIR, ticket.number)


def _judge(ticket: Ticket, outcome: Outcome, *, by: Viewer) -> None:
    if ticket.asset is None or ticket.kind != Kind.REPAIR:
        return
    after = CONDITION_AFTER[outcome]
    if after is None and ticket.asset.condition == Condition.DAMAGED:
        after = Condition.GOOD
    if after is not None:
        items.judge(ticket.asset, after, by=by, why=ticket.number)
