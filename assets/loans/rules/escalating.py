"""Telling the head of a borrower's unit, and at last the director, of what stays away.

Each line reaches each of the two once for a due date. Who is told gets everything of the day in
the one message that ``notices`` writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from assets.loans import limits
from assets.loans.models import Loan, LoanLine, LoanNotice
from assets.loans.rules.ladder import DIRECTOR, HEAD, Chain
from assets.loans.states import LineState
from kernel import clock
from kernel.db import db
from kernel.i18n import ngettext
from kernel.pages import show_date
from office.bookkeeping import rules as bookkeeping


@dataclass(frozen=True)
class Step:
    """A line that has reached a step, and who is to be told."""

    line: LoanLine
    kind: str
    days: int
    person_id: int


def reached(today: date, chain: Chain | None = None) -> list[Step]:
    """Return the steps that are reached and were not told yet, where there is somebody to tell."""
    chain, ladder = chain or Chain(), limits.ladder()
    steps = []
    for kind, days in ((HEAD, ladder.head_days), (DIRECTOR, ladder.director_days)):
        told = exists().where(
            LoanNotice.line_id == LoanLine.id,
            LoanNotice.kind == kind,
            LoanNotice.due_on == LoanLine.due_on,
        )
        lines = db.session.scalars(
            select(LoanLine)
            .options(
                joinedload(LoanLine.asset),
                joinedload(LoanLine.loan).joinedload(Loan.borrower),
            )
            .where(
                LoanLine.state == LineState.OUT,
                LoanLine.due_on <= today - timedelta(days=days),
                ~told,
            )
            .order_by(LoanLine.due_on, LoanLine.id)
        )
        for line in lines:
            loan = line.loan
            person_id = (
                chain.head_of(loan.borrower_unit_id, loan.borrower_id)
                if kind == HEAD
                else chain.director(loan.borrower_id)
            )
            if person_id is not None:
                steps.append(Step(line, kind, days, person_id))
    return steps


def remember(steps: Sequence[Step], today: date) -> list[LoanLine]:
    """Write down that these steps are told today; return the lines that are news, each once."""
    news: dict[int, LoanLine] = {}
    for step in steps:
        new = bookkeeping.insert_or_skip(
            LoanNotice,
            line_id=step.line.id,
            person_id=step.person_id,
            kind=step.kind,
            step=step.days,
            due_on=step.line.due_on,
            sent_on=today,
            at=clock.now(),
        )
        if new:
            news[step.line.id] = step.line
    return list(news.values())


def entry(line: LoanLine, today: date) -> str:
    """Return one line of the message to a head: who, what, how late."""
    late = (today - line.due_on).days
    return ngettext(
        "- %(borrower)s: %(name)s (loan %(loan)s), due on %(day)s, %(number)s day late",
        "- %(borrower)s: %(name)s (loan %(loan)s), due on %(day)s, %(number)s days late",
        late,
        borrower=line.loan.borrower.name,
        name=f"{line.asset.name} {line.asset.asset_no or ''}".strip(),
        loan=line.loan.number,
        day=show_date(line.due_on, "short"),
    )
