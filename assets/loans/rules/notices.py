"""Reminding people of what they have to bring back: the day before, on the day, 1 and 7 days after.

A step that falls on a closed day, or on a day on which the timetable did not run, is made good on
the next open day; where several steps fell into the gap, only the newest one is sent. A person
gets one message a day that lists everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from assets.loans.models import Loan, LoanLine, LoanNotice
from assets.loans.states import LineState
from kernel import clock
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import ngettext, speaking
from kernel.pages import show_date
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person

KIND = "due"
STEPS = (-1, 0, 1, 7)
FOLLOW_UP = 7


def newest_step(due_on: date, today: date) -> int | None:
    """Return the last step reached, in days from the due date; None before the first one."""
    reached = [step for step in STEPS if due_on + timedelta(days=step) <= today]
    return max(reached, default=None)


def people_to_remind(today: date) -> list[int]:
    """Return the ids of the borrowers with a step that was not sent yet, in order."""
    return sorted({line.loan.borrower_id for line in _waiting(today)})


def remind(person_id: int, today: date) -> int:
    """Leave one message for a person about all that is due or late, and remember the steps.

    Returns:
        how many lines reached a new step; 0 where the person has had today's message already: what
        came up since then is told on the next open day.
    """
    had_one = exists().where(LoanNotice.person_id == person_id, LoanNotice.sent_on == today)
    if db.session.scalar(select(had_one)):
        return 0
    news = [line for line in _waiting(today, person_id) if _remember(line, person_id, today)]
    if not news:
        return 0
    person = db.session.get_one(Person, person_id)
    lines = _due_lines(person_id, today)
    with speaking(person.language):
        bookkeeping.send(
            kind="loan_due",
            subject=_subject(lines, today),
            body=_body(lines, today, follow_up=any(_is_follow_up(line, today) for line in news)),
            language=person.language,
            person_id=person.id,
            link="/loans/mine",
            dedupe_key=f"loan-due:{person.id}:{today.isoformat()}",
        )
    return len(news)


def _waiting(today: date, person_id: int | None = None) -> list[LoanLine]:
    sent = (
        select(LoanNotice.step)
        .where(
            LoanNotice.line_id == LoanLine.id,
            LoanNotice.kind == KIND,
            LoanNotice.due_on == LoanLine.due_on,
        )
        .order_by(LoanNotice.step.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(LoanLine, sent)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .options(joinedload(LoanLine.loan))
        .where(
            LoanLine.state == LineState.OUT,
            LoanLine.due_on <= today + timedelta(days=-STEPS[0]),
        )
        .order_by(LoanLine.due_on, LoanLine.id)
    )
    if person_id is not None:
        query = query.where(Loan.borrower_id == person_id)
    waiting = []
    for line, last in db.session.execute(query):
        step = newest_step(line.due_on, today)
        if step is not None and (last is None or last < step):
            waiting.append(line)
    return waiting


def _remember(line: LoanLine, person_id: int, today: date) -> bool:
    return bookkeeping.insert_or_skip(
        LoanNotice,
        line_id=line.id,
        person_id=person_id,
        kind=KIND,
        step=newest_step(line.due_on, today),
        due_on=line.due_on,
        sent_on=today,
        at=clock.now(),
    )


def _due_lines(person_id: int, today: date) -> Sequence[LoanLine]:
    return db.session.scalars(
        select(LoanLine)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .options(joinedload(LoanLine.asset), joinedload(LoanLine.loan))
        .where(
            Loan.borrower_id == person_id,
            LoanLine.state == LineState.OUT,
            LoanLine.due_on <= today + timedelta(days=-STEPS[0]),
        )
        .order_by(LoanLine.due_on, LoanLine.id)
    ).all()


def _is_follow_up(line: LoanLine, today: date) -> bool:
    return newest_step(line.due_on, today) == FOLLOW_UP


def _subject(lines: Sequence[LoanLine], today: date) -> str:
    late = sum(1 for line in lines if line.due_on < today)
    if late:
        return ngettext(
            "%(number)s borrowed item is overdue",
            "%(number)s borrowed items are overdue",
            late,
        )
    return ngettext(
        "%(number)s borrowed item is due back",
        "%(number)s borrowed items are due back",
        len(lines),
    )


def _body(lines: Sequence[LoanLine], today: date, *, follow_up: bool) -> str:
    told = [_("Please bring back the items below, or ask the lending desk for a later date.")]
    if follow_up:
        told.append(
            _(
                "This is the official follow-up under clause 211 of the Ministry of Finance "
                "regulation on supplies B.E. 2560: the items are seven days overdue or more."
            )
        )
    told.append("\n".join(_entry(line, today) for line in lines))
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
    return _("- %(name)s (loan %(loan)s): due tomorrow, %(day)s", **fields)
