"""The ladder of reminders: which step is reached on which day, and who is told at it.

The days are counted from the due date; the office sets them (``limits.ladder``). The borrower is
told at the first four; the fourth is the official follow-up. Then the head of the borrower's unit
is told, and at last the director. What was sent before the days were changed stays as it is.

Clause 211 gives the lender seven days from the due date to ask for the thing (R-L4). So the
follow-up never waits for an open day after its own: it goes out on the last open day before.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from assets.loans import access, limits
from assets.loans.limits import Ladder
from assets.loans.models import LoanLadder
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import Refusal, Stale
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.calendar import queries as calendar
from office.people.access import Role
from office.people.models import Person, RoleGrant
from office.places.models import Unit

DUE, HEAD, DIRECTOR = "due", "head", "director"
CHASE_WITHIN_DAYS = 7
ANY_FOLLOW_UP = 4
"""No office may remind so late: a step from here on was always the official follow-up."""
ONLY_ROW = 1
RANGES = {
    "before_days": (1, 14),
    "after_days": (1, ANY_FOLLOW_UP - 1),
    "follow_up_days": (ANY_FOLLOW_UP, CHASE_WITHIN_DAYS),
    "head_days": (5, 90),
    "director_days": (6, 180),
    "block_from_days": (1, 60),
}


def set_ladder(wanted: Ladder, *, by: Viewer) -> None:
    """Set the days of the reminders and of the block for the whole office.

    Args:
        wanted: the days; their version is looked at by the door.
        by: the administrator.

    Refuses a follow-up later than the seventh day (clause 211), a head who is told before the
    follow-up, a director who is told before the head, and days out of their ranges.
    """
    by.demand(access.SET_LADDER)
    before = limits.ladder_in_force()
    _check(wanted)
    days = {name: days for name, days in asdict(wanted).items() if name in RANGES}
    row = db.session.get(LoanLadder, ONLY_ROW)
    if row is not None:
        audit.record_changes("changed", row, days, by=by)
        return
    row = LoanLadder(id=ONLY_ROW, **days)
    db.session.add(row)
    try:
        db.session.flush()  # of two that set the days first at once one is refused
    except IntegrityError as error:
        if not violates(error, "pk_loan_ladder", "loan_ladder.id"):
            raise
        raise Stale(_("Somebody else has set the days meanwhile. Please look at them.")) from None
    changed = {name: asdict(before)[name] for name in days if asdict(before)[name] != days[name]}
    after = {name: days[name] for name in changed}
    audit.record("changed", row, by=by, before=changed, after=after)


def _check(wanted: Ladder) -> None:
    if wanted.follow_up_days > CHASE_WITHIN_DAYS:
        raise Refusal(
            _("Clause 211 gives the lender seven days from the due date to ask for the thing."),
            field="follow_up_days",
        )
    for name, (least, most) in RANGES.items():
        if not least <= getattr(wanted, name) <= most:
            raise Refusal(
                _("Choose a number from %(least)s to %(most)s.", least=least, most=most), field=name
            )
    if wanted.head_days <= wanted.follow_up_days:
        raise Refusal(
            _("The head is told after the official follow-up, not before."), field="head_days"
        )
    if wanted.director_days <= wanted.head_days:
        raise Refusal(_("The director is told after the head, not before."), field="director_days")


def step_day(due_on: date, step: int) -> date:
    """Return the day on which a step is reached; it is sent then or on the next open day."""
    day = due_on + timedelta(days=step)
    if step < ANY_FOLLOW_UP:
        return day
    # Where all the days since are closed, it takes the place of the reminder after the due day.
    earliest = due_on + timedelta(days=1)
    open_day = day
    while open_day > earliest and not calendar.is_open_day(open_day):
        open_day -= timedelta(days=1)
    return open_day if calendar.is_open_day(open_day) else day


def newest_step(due_on: date, today: date, days: Ladder) -> int | None:
    """Return the last step of the borrower that is reached; None before the first one."""
    reached = [step for step in days.borrower_steps if step_day(due_on, step) <= today]
    return max(reached, default=None)


def chase_by(due_on: date) -> date:
    """Return the last day on which asking for an overdue item is in time (clause 211)."""
    return due_on + timedelta(days=CHASE_WITHIN_DAYS)


class Chain:
    """Who is the head of a unit's people, and who the director: asked once, then remembered.

    The head is the approver of the unit, else of the nearest unit above; the director is the
    approver of the whole office. With several the one who was entered first is told.
    """

    def __init__(self) -> None:
        """Read who approves where."""
        rows = db.session.execute(
            select(RoleGrant.unit_id, RoleGrant.person_id)
            .join(Person, Person.id == RoleGrant.person_id)
            .where(RoleGrant.role == Role.APPROVER, Person.left_on.is_(None))
            .order_by(RoleGrant.person_id)
        ).all()
        self._paths: dict[int, list[int]] = {}
        root = select(Unit.id).where(Unit.parent_id.is_(None))
        self._root = db.session.scalar(root) or 0
        self._approvers: dict[int, list[int]] = {}
        for unit_id, person_id in rows:
            self._approvers.setdefault(unit_id or self._root, []).append(person_id)

    def head_of(self, unit_id: int, borrower_id: int) -> int | None:
        """Return the id of the nearest approver of a unit who is not the borrower; None: nobody."""
        for one in self._path(unit_id):
            others = [who for who in self._approvers.get(one, ()) if who != borrower_id]
            if others:
                return others[0]
        return None

    def director(self, borrower_id: int) -> int | None:
        """Return the id of an approver of the whole office who is not the borrower."""
        return self.head_of(self._root, borrower_id)

    def _path(self, unit_id: int) -> list[int]:
        if unit_id not in self._paths:
            path = db.session.scalar(select(Unit.path).where(Unit.id == unit_id)) or ""
            self._paths[unit_id] = [int(part) for part in path.split("/") if part][::-1]
        return self._paths[unit_id]
