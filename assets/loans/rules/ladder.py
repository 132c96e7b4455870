"""The ladder of reminders: which step is reached on which day, and who is told at it.

The days are counted from the due date. The borrower is told at the first four; the fourth is the
official follow-up. Then the head of the borrower's unit is told, and at last the director. An
office that wants other days changes the constants here; what was sent before stays as it is.

Clause 211 gives the lender seven days from the due date to ask for the thing (R-L4). So the
follow-up never waits for an open day after the seventh: it goes out on the last open day before.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from kernel.db import db
from office.calendar import queries as calendar
from office.people.access import Role
from office.people.models import Person, RoleGrant
from office.places.models import Unit

DUE, HEAD, DIRECTOR = "due", "head", "director"
FOLLOW_UP = 7
BORROWER_STEPS = (-1, 0, 1, FOLLOW_UP)
HEAD_STEP, DIRECTOR_STEP = 14, 21
CHASE_WITHIN_DAYS = 7


def step_day(due_on: date, step: int) -> date:
    """Return the day on which a step is reached; it is sent then or on the next open day."""
    day = due_on + timedelta(days=step)
    if step != FOLLOW_UP:
        return day
    earliest = due_on + timedelta(days=2)
    open_day = day
    while open_day > earliest and not calendar.is_open_day(open_day):
        open_day -= timedelta(days=1)
    return open_day if calendar.is_open_day(open_day) else day


def newest_step(due_on: date, today: date) -> int | None:
    """Return the last step of the borrower that is reached; None before the first one."""
    reached = [step for step in BORROWER_STEPS if step_day(due_on, step) <= today]
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
