"""Checks of requests to borrow: promises are counted right, kept by their own, and signed."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, exists, func, or_, select

from assets.loans.models import LoanLine
from assets.loans.request_models import LoanRequest, RequestLine
from assets.loans.states import RequestState
from helpdesk.doctor.findings import Check, named
from kernel.i18n import lazy_gettext as _l
from office.approvals.models import Approval
from office.approvals.states import State


def handed_counts() -> Iterator[str]:
    """Yield lines of requests whose count is not the number of items handed over for them."""
    handed = (
        select(func.count())
        .select_from(LoanLine)
        .where(LoanLine.request_line_id == RequestLine.id)
        .scalar_subquery()
    )
    return named("loan_request_line", select(RequestLine.id).where(RequestLine.handed != handed))


def request_approvals() -> Iterator[str]:
    """Yield requests that are promised without a given approval, or wait without one."""
    given = exists().where(Approval.id == LoanRequest.approval_id, Approval.state == State.APPROVED)
    asked = exists().where(
        Approval.id == LoanRequest.approval_id,
        Approval.state.in_((State.WAITING, State.SENT_BACK)),
    )
    wrong = or_(
        and_(LoanRequest.state == RequestState.APPROVED, ~given),
        and_(LoanRequest.state == RequestState.REQUESTED, ~asked),
    )
    return named("loan_request", select(LoanRequest.id).where(wrong))


def requests_done() -> Iterator[str]:
    """Yield requests that are still promised though everything was handed over."""
    left = exists().where(
        RequestLine.request_id == LoanRequest.id, RequestLine.handed < RequestLine.quantity
    )
    query = select(LoanRequest.id).where(LoanRequest.state == RequestState.APPROVED, ~left)
    return named("loan_request", query)


CHECKS = (
    Check(
        "handed_counts",
        _l("Every promise counts the items that were handed over for it."),
        _l("Compare the request with its loans; restore it from a backup."),
        handed_counts,
    ),
    Check(
        "request_approvals",
        _l("What is promised was approved, and what waits is asked of somebody."),
        _l("Cancel the request and ask anew."),
        request_approvals,
    ),
    Check(
        "requests_done",
        _l("Nothing is promised any more when everything was handed over."),
        _l("Cancel what is left of the request."),
        requests_done,
    ),
)
