"""Telling the head of a borrower's unit, and at last the director, of what stays away.

Each line reaches each of the two once for a due date. Who is told gets everything of the day in
the one message that ``notices`` writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from assets.loans.limits import Ladder
from assets.loans.models import Loan, LoanLine, LoanNotice
from assets.loans.rules.ladder import DIRECTOR, HEAD, Chain
from assets.loans.states import LineState
from kernel import clock
from kernel.db import db
from kernel.i18n import ngettext
from kernel.pages import show_date
from office.bookkeeping import rules as bookkeeping

A_STRETCH = 1000
MOST_LISTED = 100


@dataclass(frozen=True)
class Step:
    """A line that has reached a step, and who is to be told."""

    line_id: int
    due_on: date
    kind: str
    days: int
    person_id: int


def reached(today: date, ladder: Ladder) -> Iterator[Step]:
    """Yield the steps that are reached and were not told yet, where there is somebody to tell."""
    chain = Chain()
    for kind, days in ((HEAD, ladder.head_days), (DIRECTOR, ladder.director_days)):
        told = exists().where(
            LoanNotice.line_id == LoanLine.id,
            LoanNotice.kind == kind,
            LoanNotice.due_on == LoanLine.due_on,
        )
        lines = db.session.execute(
            select(LoanLine.id, LoanLine.due_on, Loan.borrower_id, Loan.borrower_unit_id)
            .join(Loan, Loan.id == LoanLine.loan_id)
            .where(
                LoanLine.state == LineState.OUT,
                LoanLine.due_on <= today - timedelta(days=days),
                ~told,
            )
            .order_by(LoanLine.due_on, LoanLine.id)
        )
        for line_id, due_on, borrower_id, unit_id in lines:
            person_id = (
                chain.head_of(unit_id, borrower_id) if kind == HEAD else chain.director(borrower_id)
            )
            if person_id is not None:
                yield Step(line_id, due_on, kind, days, person_id)


def remember(steps: Mapping[int, Sequence[Step]], today: date) -> dict[int, list[LoanLine]]:
    """Write down that these steps are told today, by who is told of them.

    Returns:
        the lines that are news, each once, of everybody who has any. What came back since the
        steps were looked for, or got another due date, is left out.
    """
    there = _lines([step.line_id for theirs in steps.values() for step in theirs])
    good = [
        step
        for theirs in steps.values()
        for step in theirs
        if step.line_id in there and there[step.line_id].due_on == step.due_on
    ]
    told = {"sent_on": today, "at": clock.now()}
    rows = [
        {
            "line_id": step.line_id,
            "person_id": step.person_id,
            "kind": step.kind,
            "step": step.days,
            "due_on": step.due_on,
            **told,
        }
        for step in good
    ]
    new = {tuple(row) for row in bookkeeping.insert_new(LoanNotice, rows, "line_id", "kind")}
    news: dict[int, dict[int, LoanLine]] = {}
    for step in good:
        if (step.line_id, step.kind) in new:
            news.setdefault(step.person_id, {})[step.line_id] = there[step.line_id]
    return {person_id: list(lines.values()) for person_id, lines in news.items()}


def _lines(ids: Sequence[int]) -> dict[int, LoanLine]:
    found: dict[int, LoanLine] = {}
    for start in range(0, len(ids), A_STRETCH):
        lines = db.session.scalars(
            select(LoanLine)
            .options(
                joinedload(LoanLine.asset), joinedload(LoanLine.loan).joinedload(Loan.borrower)
            )
            .where(LoanLine.id.in_(ids[start : start + A_STRETCH]), LoanLine.state == LineState.OUT)
        )
        found |= {line.id: line for line in lines}
    return found


def entries(lines: Sequence[LoanLine], today: date) -> str:
    """Return the lines of the message to a head: the first hundred, and how many more there are."""
    told = [entry(line, today) for line in lines[:MOST_LISTED]]
    more = len(lines) - MOST_LISTED
    if more > 0:
        told.append(
            ngettext(
                "… and %(number)s more item; the page lists all of them.",
                "… and %(number)s more items; the page lists all of them.",
                more,
            )
        )
    return "\n".join(told)


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
