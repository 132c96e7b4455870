"""Why things are to go and who is liable: the fact-finding committee, or none (clause 214)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import delete

from assets.disposals import access
from assets.disposals.models import Disposal, DisposalLine, DisposalMember
from assets.disposals.rules import cards, notices
from assets.disposals.states import CASES, Action, Cause, Duty, State
from assets.register.states import Condition
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.people.models import Person

LEAST_MEMBERS = 3


@dataclass(frozen=True)
class Order:
    """The order that appoints a committee: its number, its day, by when to report (if it says)."""

    number: str
    on: date
    due_on: date | None = None


@dataclass(frozen=True)
class Findings:
    """What a committee found.

    Attributes:
        text: what happened, and why.
        on: the day of the report.
        liable: who is liable, blank where nobody is.
        compensation: baht that whoever is liable pays.
        decided_by: who decided on the compensation.
    """

    text: str
    on: date
    liable: str = ""
    compensation: Decimal | None = None
    decided_by: str = ""


def go_on(case: Disposal, cause: Cause, reference: str, reason: str, *, by: Viewer) -> None:
    """Go on without a committee: plain wear, or lost by nature (clause 214).

    Args:
        case: one that is proposed.
        cause: must be plain wear.
        reference: the inspection or report of damage that the case rests on (R-D1, clause 219).
        reason: how it is known that it is plain wear.
        by: who prepares.

    Refuses another cause, a missing item, and a blank reference or reason.
    """
    by.demand(access.PREPARE, case.unit_id)
    cards.lock(case)
    target = CASES.target(State(case.state), Action.GO_ON)
    if cause != Cause.WEAR:
        raise Refusal(
            _("Only plain wear or natural loss needs no fact-finding committee (clause 214)."),
            field="cause",
        )
    if any(line.asset.condition == Condition.MISSING for line in cards.listed_lines(case)):
        raise Refusal(
            _("An item is missing: appoint a fact-finding committee (clause 214)."), field="cause"
        )
    if not reference.strip():
        raise Refusal(_("Please write what the case rests on."), field="reference")
    if not reason.strip():
        raise Refusal(_("Please give the reason."), field="reason")
    case.cause, case.reference = cause, reference.strip()[:200]
    case.reason = reason.strip()[:400]
    case.state = target
    told = {"cause": cause, "reference": case.reference, "why": case.reason}
    audit.record("went_on", case, by=by, after=told)


def appoint(
    case: Disposal,
    cause: Cause,
    order: Order,
    members: Sequence[tuple[Person, Duty]],
    *,
    by: Viewer,
) -> None:
    """Appoint the fact-finding committee, or another one in its place (clauses 214 and 26).

    Refuses a committee without one chair and two further members, a person named twice, one who
    has left, one in whose name an item is, an order of the future, and a report due before it.
    """
    by.demand(access.PREPARE, case.unit_id)
    cards.lock(case)
    target = CASES.target(State(case.state), Action.APPOINT)
    _check_order(order)
    lines = cards.listed_lines(case)
    _check_members(members, lines)
    case.cause, case.state = cause, target
    case.finding_order_no, case.finding_ordered_on = order.number.strip()[:60], order.on
    case.findings_due_on = order.due_on
    case.reference = case.reference or case.finding_order_no
    db.session.execute(delete(DisposalMember).where(DisposalMember.disposal_id == case.id))
    for person, duty in members:
        db.session.add(
            DisposalMember(
                disposal_id=case.id,
                person_id=person.id,
                name=person.name_th,
                position=person.position,
                duty=duty,
            )
        )
    people = [person.id for person, _duty in members]
    told = {"order_no": case.finding_order_no, "cause": cause, "members": people}
    audit.record("appointed", case, by=by, after=told)
    notices.appointed(case, [person for person, _duty in members], by=by)


def report(case: Disposal, said: Findings, *, by: Viewer) -> None:
    """Write down the findings, as a member of the committee; the method is chosen next.

    Refuses others than its members, a report without findings, of the future or before the order,
    and a compensation without who is liable or who decided on it.
    """
    if not access.member_of(by, case):
        raise NotAllowed(_("Only members of the fact-finding committee write its findings."))
    cards.lock(case)
    target = CASES.target(State(case.state), Action.REPORT)
    if not said.text.strip():
        raise Refusal(_("Please write what was found."), field="findings")
    if said.on > clock.today():
        raise Refusal(_("This day has not come yet."), field="found_on")
    if case.finding_ordered_on and said.on < case.finding_ordered_on:
        raise Refusal(_("This day is before the order of the committee."), field="found_on")
    if said.compensation and not (said.liable.strip() and said.decided_by.strip()):
        raise Refusal(
            _("Please write who is liable and who decided on the compensation."), field="liable"
        )
    case.findings, case.found_on = said.text.strip(), said.on
    case.liable, case.compensation = said.liable.strip()[:200], said.compensation
    case.compensation_by = said.decided_by.strip()[:200]
    case.state = target
    told = {
        "findings": case.findings,
        "liable": case.liable,
        "compensation": case.compensation,
        "compensation_by": case.compensation_by,
    }
    audit.record("reported", case, by=by, after=told)
    notices.reported(case, by=by)


def _check_order(order: Order) -> None:
    if not order.number.strip():
        raise Refusal(_("Please write the number of the order."), field="order_no")
    if order.on > clock.today():
        raise Refusal(_("This day has not come yet."), field="ordered_on")
    if order.due_on is not None and order.due_on < order.on:
        raise Refusal(_("The report is due before the order."), field="due_on")


def _check_members(members: Sequence[tuple[Person, Duty]], lines: Sequence[DisposalLine]) -> None:
    people = [person for person, _duty in members]
    chairs = [person for person, duty in members if duty == Duty.CHAIR]
    if len(chairs) != 1 or len(members) < LEAST_MEMBERS:
        raise Refusal(
            _("A committee has one chair and at least two further members (clause 26)."),
            field="chair",
        )
    if len({person.id for person in people}) != len(people):
        raise Refusal(_("A person is named twice."), field="chair")
    holders = {line.asset.custodian_id for line in lines}
    for person in people:
        if person.left_on is not None:
            raise Refusal(_("%(name)s has left.", name=person.name), field="chair")
        if person.id in holders:
            raise Refusal(
                _(
                    "An item of the case is in the name of %(name)s, who cannot investigate it.",
                    name=person.name,
                ),
                field="chair",
            )
