"""What was lent in a fiscal year, newest first: the list behind the figure of the year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from assets.loans import access as loans_access
from assets.loans.models import Loan, LoanLine
from assets.register.models import Asset
from helpdesk.figures.periods import Period
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.tables import Column, Kind
from office.people.models import Person

A_PAGE = 50


def page_of(viewer: Viewer, period: Period, number: int) -> Sequence[Any]:
    """Return a page of lent items (one more than it holds), as far as the viewer sees loans.

    Args:
        viewer: who looks.
        period: the fiscal year, by the moment of handing out.
        number: of the page, from 1.
    """
    rows = _lent(viewer, period).offset((number - 1) * A_PAGE).limit(A_PAGE + 1)
    return db.session.execute(rows).all()


def every(viewer: Viewer, period: Period) -> Iterator[Any]:
    """Yield all of them for a file."""
    yield from db.session.execute(_lent(viewer, period))


def borrower(row: Any) -> str:  # noqa: ANN401 - a row
    """Return who borrowed, in the language spoken now."""
    return str(row.person_en if language() == "en" and row.person_en else row.person_th)


def columns() -> list[Column[Any]]:
    """Return the columns of the file."""
    return [
        Column(_("Item"), lambda row: row.name, width=40),
        Column(_("Asset number"), lambda row: row.asset_no or "", width=22),
        Column(_("Borrower"), borrower, width=28),
        Column(_("Loan"), lambda row: row.number, width=14),
        Column(_("Handed out on"), lambda row: row.out_at, Kind.MOMENT),
        Column(_("Due"), lambda row: row.due_on, Kind.DAY),
        Column(_("Returned on"), lambda row: row.returned_at, Kind.MOMENT),
    ]


def _lent(viewer: Viewer, period: Period) -> Any:  # noqa: ANN401 - a SELECT
    begin, end = period.moments
    return (
        select(
            LoanLine.out_at,
            LoanLine.due_on,
            LoanLine.returned_at,
            Loan.id.label("loan_id"),
            Loan.number,
            Asset.id.label("asset_id"),
            Asset.name,
            Asset.asset_no,
            Person.name_th.label("person_th"),
            Person.name_en.label("person_en"),
        )
        .join(Loan, Loan.id == LoanLine.loan_id)
        .join(Asset, Asset.id == LoanLine.asset_id)
        .join(Person, Person.id == Loan.borrower_id)
        .where(
            LoanLine.out_at >= begin,
            LoanLine.out_at < end,
            loans_access.reached(viewer, loans_access.SEE),
        )
        .order_by(LoanLine.out_at.desc(), LoanLine.id.desc())
    )
