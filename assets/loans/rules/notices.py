"""Reminding people of what they have to bring back, and their heads of what stays away.

A step that falls on a closed day, or on a day on which the timetable did not run, is made good on
the next open day; where several steps fell into the gap, only the newest one is sent. A person
gets one message a day that lists everything: the own things, and those of the people of the unit.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import contains_eager, joinedload

from assets.loans import limits
from assets.loans.limits import Ladder
from assets.loans.models import Loan, LoanLine, LoanNotice
from assets.loans.rules import escalating, letters
from assets.loans.rules.ladder import ANY_FOLLOW_UP, DUE, newest_step
from assets.loans.states import LineState
from kernel import clock
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import ngettext, speaking
from kernel.pages import show_date
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person


def people_to_remind(today: date) -> dict[int, list[escalating.Step]]:
    """Return who has a step that was not told yet, in order, each with those of other people.

    It is asked once for a whole day: the lines that are late are many, those of one person few.
    """
    days = limits.ladder()
    found: dict[int, list[escalating.Step]] = {}
    for due_on, person_id, last in db.session.execute(
        _late(today, days, LoanLine.due_on, Loan.borrower_id)
    ):
        if _is_news(due_on, last, today, days):
            found.setdefault(person_id, [])
    for step in escalating.reached(today, days):
        found.setdefault(step.person_id, []).append(step)
    return dict(sorted(found.items()))


def remind(of_people: Mapping[int, Sequence[escalating.Step]], today: date) -> int:
    """Leave each of these people one message about all that is due or late; remember the steps.

    The official follow-up is prepared as a letter at the same moment (clause 211).

    Args:
        of_people: who is told, by id, each with the steps of other people's loans to tell of.
        today: the day in Bangkok.

    Returns:
        how many lines reached a new step. Who has had today's message already is left out: what
        came up since then is told on the next open day.
    """
    people = _without_message(of_people, today)
    steps = {person.id: of_people[person.id] for person in people}
    days = limits.ladder()
    due = _due_of(list(steps), today, days)
    own = _remember(due, today, days)
    of_others = escalating.remember(steps, today)
    follow_up = {
        person_id
        for person_id, lines in own.items()
        if any((newest_step(line.due_on, today, days) or 0) >= ANY_FOLLOW_UP for line in lines)
    }
    with_person = {who: [line for line, _last in due[who]] for who in own}
    letters.prepare({who: with_person[who] for who in with_person if who in follow_up}, today)
    for person in people:
        lines, others = with_person.get(person.id, []), of_others.get(person.id, [])
        if lines or others:
            _tell(person, lines, others, today, follow_up=person.id in follow_up)
    return sum(map(len, own.values())) + sum(map(len, of_others.values()))


def _tell(
    person: Person,
    lines: Sequence[LoanLine],
    of_others: Sequence[LoanLine],
    today: date,
    *,
    follow_up: bool,
) -> None:
    with speaking(person.language):
        bookkeeping.send(
            kind="loan_due",
            subject=_subject(lines, of_others, today),
            body=_body(lines, of_others, today, follow_up=follow_up),
            language=person.language,
            person_id=person.id,
            link="/loans/mine" if lines else "/loans/overdue",
            dedupe_key=f"loan-due:{person.id}:{today.isoformat()}",
        )


def _without_message(people: Collection[int], today: date) -> Sequence[Person]:
    """Return those of some people who were sent nothing today, in the order of their ids."""
    had_one = exists().where(LoanNotice.person_id == Person.id, LoanNotice.sent_on == today)
    return db.session.scalars(
        select(Person).where(Person.id.in_(people), ~had_one).order_by(Person.id)
    ).all()


def _late(today: date, days: Ladder, *columns: Any) -> Select[Any]:  # noqa: ANN401 - columns
    """Return a query of columns of what is due or late, and the last step told of it."""
    sent = (
        select(LoanNotice.step)
        .where(
            LoanNotice.line_id == LoanLine.id,
            LoanNotice.kind == DUE,
            LoanNotice.due_on == LoanLine.due_on,
        )
        .order_by(LoanNotice.step.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(*columns, sent)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .where(
            LoanLine.state == LineState.OUT,
            LoanLine.due_on <= today + timedelta(days=days.before_days),
        )
    )


def _is_news(due_on: date, last: int | None, today: date, days: Ladder) -> bool:
    step = newest_step(due_on, today, days)
    return step is not None and (last is None or last < step)


def _due_of(
    people: Sequence[int], today: date, days: Ladder
) -> dict[int, list[tuple[LoanLine, int | None]]]:
    """Return what some people have that is due or late, each with the last step told of it."""
    # Both asked for one after the other and put in order here, because SQLite else walks
    # everybody's late lines to find those of a few people.
    loans = db.session.scalars(
        select(Loan.id).where(Loan.borrower_id.in_(people), Loan.closed_at.is_(None))
    ).all()
    rows = db.session.execute(
        _late(today, days, LoanLine)
        .options(contains_eager(LoanLine.loan), joinedload(LoanLine.asset))
        .where(LoanLine.loan_id.in_(loans))
    )
    found: dict[int, list[tuple[LoanLine, int | None]]] = {}
    for line, last in sorted(rows, key=lambda row: (row[0].due_on, row[0].id)):
        found.setdefault(line.loan.borrower_id, []).append((line, last))
    return found


def _remember(
    due: Mapping[int, Sequence[tuple[LoanLine, int | None]]], today: date, days: Ladder
) -> dict[int, list[LoanLine]]:
    """Write the steps down that are reached; return the lines that are news, by whose they are."""
    lines = {
        line.id: line
        for theirs in due.values()
        for line, last in theirs
        if _is_news(line.due_on, last, today, days)
    }
    rows = [
        {
            "line_id": line.id,
            "person_id": line.loan.borrower_id,
            "kind": DUE,
            "step": newest_step(line.due_on, today, days),
            "due_on": line.due_on,
            "sent_on": today,
            "at": clock.now(),
        }
        for line in lines.values()
    ]
    new = {line_id for (line_id,) in bookkeeping.insert_new(LoanNotice, rows, "line_id")}
    news: dict[int, list[LoanLine]] = {}
    for line in lines.values():
        if line.id in new:
            news.setdefault(line.loan.borrower_id, []).append(line)
    return news


def _subject(lines: Sequence[LoanLine], of_others: Sequence[LoanLine], today: date) -> str:
    late = sum(1 for line in lines if line.due_on < today)
    if late:
        return ngettext(
            "%(number)s borrowed item is overdue",
            "%(number)s borrowed items are overdue",
            late,
        )
    if lines:
        return ngettext(
            "%(number)s borrowed item is due back",
            "%(number)s borrowed items are due back",
            len(lines),
        )
    return ngettext(
        "%(number)s item lent to your people stays away",
        "%(number)s items lent to your people stay away",
        len(of_others),
    )


def _body(
    lines: Sequence[LoanLine], of_others: Sequence[LoanLine], today: date, *, follow_up: bool
) -> str:
    told = []
    if lines:
        told.append(
            _("Please bring back the items below, or ask the lending desk for a later date.")
        )
    if follow_up:
        told.append(
            _(
                "This is the official follow-up under clause 211 of the Ministry of Finance "
                "regulation on supplies B.E. 2560. Items that have not come back are asked for "
                "in writing."
            )
        )
    if lines:
        told.append("\n".join(_entry(line, today) for line in lines))
    if of_others:
        told.append(_("The items below were lent to people of your units and have not come back:"))
        told.append(escalating.entries(of_others, today))
    return "\n\n".join(told)


def _entry(line: LoanLine, today: date) -> str:
    name = f"{line.asset.name} {line.asset.asset_no or ''}".strip()
    late = (today - line.due_on).days
    day = show_date(line.due_on, "short")
    fields = {"name": name, "loan": line.loan.number, "day": day}
    if late > 0:
        return ngettext(
            "- %(name)s (loan %(loan)s): was due on %(day)s, %(number)s day late",
            "- %(name)s (loan %(loan)s): was due on %(day)s, %(number)s days late",
            late,
            **fields,
        )
    if late == 0:
        return _("- %(name)s (loan %(loan)s): due today, %(day)s", **fields)
    if late == -1:
        return _("- %(name)s (loan %(loan)s): due tomorrow, %(day)s", **fields)
    return _("- %(name)s (loan %(loan)s): due on %(day)s", **fields)
