"""The messages of the room, each in the language of who gets it; deadlines once a step.

Storekeepers hear of the cases of the units they work for, members of a committee of the report
they owe. A person gets one message a day with everything in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from assets.disposals.deadlines import Deadline, Duty, Step, step_on
from assets.disposals.models import Disposal, DisposalMember, DisposalNotice
from assets.disposals.states import State
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import ngettext, speaking
from kernel.pages import show_date
from office.bookkeeping import rules as bookkeeping
from office.people.access import Role
from office.people.models import Person, RoleGrant
from office.places.models import Unit

WATCHED = (State.INVESTIGATING, State.ORDERED, State.CARRIED_OUT, State.STRUCK_OFF)
MOST_LISTED = 30


@dataclass(frozen=True)
class Waiting:
    """A case whose deadline has reached a step that nobody was told of."""

    case: Disposal
    deadline: Deadline
    step: Step


def tell(today: date) -> int:
    """Write down the notices of a day and queue one message for each person.

    All of it belongs to one unit of work: a notice without its message would never be told.

    Args:
        today: the day in Bangkok. Where it had its messages already, nothing happens.

    Returns:
        how many cases reached a new step.
    """
    told_today = select(DisposalNotice.id).where(DisposalNotice.noticed_on == today).limit(1)
    if db.session.scalar(told_today) is not None:
        return 0
    waiting = waiting_on(today)
    if not waiting:
        return 0
    for one in waiting:
        db.session.add(
            DisposalNotice(
                disposal_id=one.case.id,
                duty=one.deadline.duty,
                due_on=one.deadline.due_on,
                step=one.step,
                noticed_on=today,
            )
        )
    for person, theirs in _told(waiting):
        _tell(person, theirs, today)
    return len(waiting)


def waiting_on(today: date) -> list[Waiting]:
    """Return the cases whose step of this day has not been told, the soonest first."""
    cases = db.session.scalars(
        select(Disposal)
        .options(joinedload(Disposal.unit))
        .where(Disposal.state.in_(WATCHED))
        .order_by(Disposal.id)
    ).all()
    known = {
        (row.disposal_id, row.duty, row.due_on, row.step)
        for row in db.session.scalars(
            select(DisposalNotice).where(
                DisposalNotice.disposal_id.in_([case.id for case in cases])
            )
        )
    }
    found = []
    for case in cases:
        due = case.deadline
        step = step_on(due.due_on, today) if due else None
        if due and step and (case.id, due.duty, due.due_on, step) not in known:
            found.append(Waiting(case, due, step))
    return sorted(found, key=lambda one: (one.deadline.due_on, one.case.id))


def proposed(case: Disposal, items: int, *, by: Viewer) -> None:
    """Tell the store of a case that another room has begun."""
    for person in _store_of(case, but=by.id):
        with speaking(person.language):
            subject = ngettext(
                "%(number)s item is proposed for disposal: %(case)s",
                "%(number)s items are proposed for disposal: %(case)s",
                items,
                case=case.number,
            )
            said = _("Proposed by %(name)s.", name=case.proposed_by_name)
            next_step = _("Find out next why the things are to go (clause 214).")
            lines = [line for line in (said, case.reason or case.reference, next_step) if line]
            _send(person, "disposal_proposed", subject, "\n".join(lines), f"/disposals/{case.id}")


def appointed(case: Disposal, members: Sequence[Person], *, by: Viewer) -> None:
    """Tell the members of a committee what they are asked to find out."""
    for person in members:
        if person.id == by.id:
            continue
        with speaking(person.language):
            body = _("The case %(number)s is open for you.", number=case.number)
            if case.findings_due_on:
                day = show_date(case.findings_due_on, "weekday")
                body += " " + _("The report is due on %(day)s.", day=day)
            _send(
                person,
                "disposal_appointed",
                _("You are on a fact-finding committee"),
                body,
                f"/disposals/{case.id}",
            )


def reported(case: Disposal, *, by: Viewer) -> None:
    """Tell the store that a committee has reported."""
    for person in _store_of(case, but=by.id):
        with speaking(person.language):
            subject = _("The committee has reported on %(number)s", number=case.number)
            body = _("Choose the method of disposal next.")
            _send(person, "disposal_reported", subject, body, f"/disposals/{case.id}")


def decided(case: Disposal, *, asker_id: int) -> None:
    """Tell the store that a disposal is approved; who asked for it hears of the approval itself."""
    for person in _store_of(case, but=asker_id):
        with speaking(person.language):
            subject = _("The disposal %(number)s is approved", number=case.number)
            body = _("Write down the number and the day of the order next.")
            _send(person, "disposal_approved", subject, body, f"/disposals/{case.id}")


def _told(waiting: Sequence[Waiting]) -> list[tuple[Person, list[Waiting]]]:
    """Return who hears of which cases: the store of its units, members of their committees."""
    found: dict[int, tuple[Person, list[Waiting]]] = {}
    for person, paths in _keepers():
        theirs = [one for one in waiting if one.case.unit.path.startswith(tuple(paths))]
        found[person.id] = (person, theirs)
    asked = {one.case.id: one for one in waiting if one.deadline.duty == Duty.FINDINGS}
    members = db.session.execute(
        select(Person, DisposalMember.disposal_id)
        .join(DisposalMember, DisposalMember.person_id == Person.id)
        .where(DisposalMember.disposal_id.in_(asked), Person.left_on.is_(None))
        .order_by(Person.id)
    )
    for person, case_id in members:
        _person, theirs = found.setdefault(person.id, (person, []))
        if asked[case_id] not in theirs:
            theirs.append(asked[case_id])
    return [(person, theirs) for person, theirs in found.values() if theirs]


def _store_of(case: Disposal, *, but: int | None) -> list[Person]:
    """Return the storekeepers of the unit of a case, without the one who has just acted."""
    return [person for person, _paths in _keepers(case.unit) if person.id != but]


def _keepers(unit: Unit | None = None) -> list[tuple[Person, list[str]]]:
    """Return the storekeepers with the paths of the units they work for; of one unit if given."""
    root = aliased(Unit)
    rows = db.session.execute(
        select(Person, root.path)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .join(
            root,
            (root.id == RoleGrant.unit_id)
            | (RoleGrant.unit_id.is_(None) & root.parent_id.is_(None)),
        )
        .where(RoleGrant.role == Role.STOREKEEPER, Person.left_on.is_(None))
        .order_by(Person.id)
    )
    found: dict[int, tuple[Person, list[str]]] = {}
    for person, path in rows:
        if unit is None or unit.path.startswith(path):
            found.setdefault(person.id, (person, []))[1].append(path)
    return list(found.values())


def _tell(person: Person, theirs: Sequence[Waiting], today: date) -> None:
    with speaking(person.language):
        lines = [_line(one) for one in theirs[:MOST_LISTED]]
        more = len(theirs) - len(lines)
        if more:
            lines.append(ngettext("and %(number)s more case", "and %(number)s more cases", more))
        bookkeeping.send(
            kind="disposal_due",
            subject=ngettext(
                "%(number)s disposal has a deadline",
                "%(number)s disposals have a deadline",
                len(theirs),
            ),
            body="\n".join(lines),
            language=person.language,
            person_id=person.id,
            link=f"/disposals/{theirs[0].case.id}" if len(theirs) == 1 else "/disposals",
            dedupe_key=f"disposal_due:{person.id}:{today.isoformat()}",
        )


def _line(one: Waiting) -> str:
    said = {
        Duty.FINDINGS: _("%(number)s: the committee reports by %(day)s (clause %(clause)s)"),
        Duty.CARRY_OUT: _("%(number)s: carry the disposal out by %(day)s (clause %(clause)s)"),
        Duty.STRIKE_OFF: _("%(number)s: strike off at once, since %(day)s (clause %(clause)s)"),
        Duty.REPORT: _("%(number)s: tell the State Audit Office by %(day)s (clause %(clause)s)"),
    }[one.deadline.duty]
    day = show_date(one.deadline.due_on, "short")
    line = said % {"number": one.case.number, "day": day, "clause": one.deadline.clause}
    return f"{line} – {_('late')}" if one.step == Step.PASSED else line


def _send(person: Person, kind: str, subject: str, body: str, link: str) -> None:
    bookkeeping.send(
        kind=kind,
        subject=subject,
        body=body,
        language=person.language,
        person_id=person.id,
        link=link,
    )
