"""Reminding the committee of the day on which its report is due (R-I4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from assets.counts.models import Member, Round
from assets.counts.states import RoundState
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.pages import show_date
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person

STEPS = (-7, -1, 0, 1)


def newest_step(due_on: date, today: date) -> int | None:
    """Return the last step that was reached, in days from the due date; None before the first."""
    reached = [step for step in STEPS if due_on + timedelta(days=step) <= today]
    return max(reached, default=None)


def rounds_to_remind(today: date) -> Sequence[int]:
    """Return the ids of the rounds whose report is due within a week, or late."""
    return db.session.scalars(
        select(Round.id)
        .where(
            Round.state.in_((RoundState.OPEN, RoundState.REVIEWING)),
            Round.reported_on.is_(None),
            Round.due_on <= today + timedelta(days=-STEPS[0]),
        )
        .order_by(Round.id)
    ).all()


def remind(round_id: int, today: date) -> int:
    """Leave each member of a committee one message a step, and return how many members there are.

    The same step is never told twice, however often this runs.
    """
    one = db.session.get_one(Round, round_id)
    step = newest_step(one.due_on, today)
    if step is None:
        return 0
    people = _committee(one)
    for person in people:
        _tell(one, person, step)
    return len(people)


def call(one: Round) -> None:
    """Tell the members of a committee that their round is open, and where they walk it."""
    for person in _committee(one):
        with speaking(person.language):
            bookkeeping.send(
                kind="count_open",
                subject=_("You are on the committee of the annual inspection"),
                body=_(
                    "The round of %(unit)s, fiscal year %(year)s, is open. The report is due on "
                    "%(day)s. Open the round to see the rooms, or take the lists along to count "
                    "without a network.",
                    unit=one.unit.name,
                    year=one.fiscal_year,
                    day=show_date(one.due_on, "weekday"),
                ),
                language=person.language,
                person_id=person.id,
                link=f"/counts/{one.id}",
                dedupe_key=f"count-open:{one.id}:{person.id}",
            )


def _committee(one: Round) -> Sequence[Person]:
    return db.session.scalars(
        select(Person)
        .join(Member, Member.person_id == Person.id)
        .where(Member.round_id == one.id, Person.left_on.is_(None))
        .order_by(Person.id)
    ).all()


def _tell(one: Round, person: Person, step: int) -> None:
    with speaking(person.language):
        day = show_date(one.due_on, "weekday")
        if step > 0:
            subject = _("The report of the annual inspection is late")
        else:
            subject = _("The report of the annual inspection is due on %(day)s", day=day)
        body = _(
            "Fiscal year %(year)s, %(unit)s: the committee reports to the appointer within 30 "
            "working days, by %(day)s (clause 213).",
            year=one.fiscal_year,
            unit=one.unit.name,
            day=day,
        )
        bookkeeping.send(
            kind="count_due",
            subject=subject,
            body=body,
            language=person.language,
            person_id=person.id,
            link=f"/counts/{one.id}",
            dedupe_key=f"count-due:{one.id}:{person.id}:{step}",
        )
