"""Reminding people of what they have to bring back, and their heads of what stays away.

A step that falls on a closed day, or on a day on which the timetable did not run, is made good on
the next open day; where several steps fell into the gap, only the newest one is sent. A person
gets one message a day that lists everything: the own things, and those of the people of the unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

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


def people_to_remind(today: date) -> list[int]:
    """Return the ids of the people with a step that was not told yet, in order."""
    borrowers = {line.loan.borrower_id for line in _waiting(today)}
    return sorted(borrowers | {step.person_id for step in escalating.reached(today)})


def remind(person_id: int, today: date) -> int:
    """Leave one message for a person about all that is due or late, and remember the steps.

    The official follow-up is prepared as a letter at the same moment (clause 211).

    Returns:
        how many lines reached a new step; 0 where the person has had today's message already: what
        came up since then is told on the next open day.
    """
    had_one = exists().where(LoanNotice.person_id == person_id, LoanNotice.sent_on == today)
    if db.session.scalar(select(had_one)):
        return 0
    days = limits.ladder()
    own = [line for line in _waiting(today, person_id) if _remember(line, person_id, today, days)]
    mine = [step for step in escalating.reached(today) if step.person_id == person_id]
    of_others = escalating.remember(mine, today)
    if not own and not of_others:
        return 0
    person = db.session.get_one(Person, person_id)
    follow_up = any((newest_step(line.due_on, today, days) or 0) >= ANY_FOLLOW_UP for line in own)
    if follow_up:
        letters.prepare(person, today)
    lines = _due_lines(person_id, today) if own else []
    with speaking(person.language):
        bookkeeping.send(
            kind="loan_due",
            subject=_subject(lines, of_others, today),
            body=_body(lines, of_others, today, follow_up=follow_up),
            language=person.language,
            person_id=person.id,
            link="/loans/mine" if own else "/loans/overdue",
            dedupe_key=f"loan-due:{person.id}:{today.isoformat()}",
        )
    return len(own) + len(of_others)


def _waiting(today: date, person_id: int | None = None) -> list[LoanLine]:
    days = limits.ladder()
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
    query = (
        select(LoanLine, sent)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .options(joinedload(LoanLine.loan))
        .where(
            LoanLine.state == LineState.OUT,
            LoanLine.due_on <= today + timedelta(days=days.before_days),
        )
        .order_by(LoanLine.due_on, LoanLine.id)
    )
    if person_id is not None:
        query = query.where(Loan.borrower_id == person_id)
    waiting = []
    for line, last in db.session.execute(query):
        step = newest_step(line.due_on, today, days)
        if step is not None and (last is None or last < step):
            waiting.append(line)
    return waiting


def _remember(line: LoanLine, person_id: int, today: date, days: Ladder) -> bool:
    return bookkeeping.insert_or_skip(
        LoanNotice,
        line_id=line.id,
        person_id=person_id,
        kind=DUE,
        step=newest_step(line.due_on, today, days),
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
            LoanLine.due_on <= today + timedelta(days=limits.ladder().before_days),
        )
        .order_by(LoanLine.due_on, LoanLine.id)
    ).all()


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
        told.append("\n".join(escalating.entry(line, today) for line in of_others))
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
