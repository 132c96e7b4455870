"""What approved requests have been promised: for the counter, before it hands anything over.

The counter asks, in this order, when an item is scanned for a person:

- ``reservations_for(person, day)``: what the person may fetch that day, the earliest first;
- ``oldest_matching(person, asset, day)``: the line that this item would serve, None: a walk-in;
- ``promised_to(asset, first, end, besides=line)``: who would get nothing if the item were away
  from ``first`` to ``end``; None: nobody. For a walk-in and for an extension leave ``besides``
  out; for an extension ``first`` is the present due date;
- after the hand-over ``rules.reserving.bind(line, asset, by=…)`` notes that the promise is kept.

``agenda`` tells what is to be handed out and to come back on a day. Before lending take
``rules.reserving.take_turns({unit ids})``: then nobody promises the last piece meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from assets.loans import access, free_days, pools
from assets.loans.models import Loan, LoanLine
from assets.loans.pools import Pools, Promise
from assets.loans.request_models import LoanRequest, RequestLine
from assets.loans.states import LineState, RequestState
from assets.register.models import Asset
from kernel.access import Viewer
from kernel.db import db
from office.calendar import queries as calendar
from office.people.models import Person

MOST_OF_A_DAY = 200


@dataclass(frozen=True)
class PromisedTo:
    """Who was promised what is wanted now: the request, who borrows, and the half-open days."""

    request_id: int
    number: str
    who: str
    first: date
    end: date


def _lines_to_fetch() -> Select[RequestLine]:
    return (
        select(RequestLine)
        .join(LoanRequest, LoanRequest.id == RequestLine.request_id)
        .options(
            contains_eager(RequestLine.request),
            joinedload(RequestLine.product),
            joinedload(RequestLine.asset_class),
            joinedload(RequestLine.asset),
        )
        .where(
            LoanRequest.state == RequestState.APPROVED, RequestLine.quantity > RequestLine.handed
        )
        .order_by(LoanRequest.from_on, LoanRequest.id, RequestLine.id)
    )


def reservations_for(person: Person, day: date) -> Sequence[RequestLine]:
    """Return the lines that a person may fetch on a day, the earliest first, with their request."""
    return db.session.scalars(
        _lines_to_fetch().where(LoanRequest.asker_id == person.id, LoanRequest.from_on <= day)
    ).all()


def oldest_matching(person: Person, asset: Asset, day: date) -> RequestLine | None:
    """Return the line of a person that this item would serve on a day; None: there is none.

    The earliest day to fetch goes first; of the same request a line for exactly this item.
    """
    pool = pools.pool_of(asset)
    fitting = [
        line
        for line in reservations_for(person, day)
        if pools.pool_of_line(line.request.lending_unit_id, line) == pool
        and line.asset_id in (None, asset.id)
    ]
    return min(
        fitting,
        key=lambda line: (line.request.from_on, line.request_id, line.asset_id is None, line.id),
        default=None,
    )


def promised_to(
    asset: Asset, first: date, end: date, *, besides: RequestLine | None = None
) -> PromisedTo | None:
    """Return who would go without if this item were away from ``first`` to ``end``, half-open.

    Args:
        asset: the item.
        first: the day it goes (or, for an extension, its present due date).
        end: the day it comes back.
        besides: the line that handing it over serves, where there is one.

    Returns:
        the earliest promise that could not be kept: one of exactly this item, or one that the
        unit's other items of the kind do not cover. None where everybody gets what was promised.
    """
    pool = pools.pool_of(asset)
    others = Pools.read([pool], without_items=[asset.id])
    kept = _without(others.promises.get(pool, ()), besides)
    others.promises = {pool: kept}
    turnaround = asset.asset_class.turnaround_days if asset.asset_class else 0
    open_days = calendar.calendar_for(pool.unit_id)
    back = free_days.rest_end(end, turnaround, open_days)
    overlapping = [
        one
        for one in kept
        if one.first < back and first < free_days.rest_end(one.end, turnaround, open_days)
    ]
    of_item = [one for one in overlapping if one.asset_id == asset.id]
    if of_item:
        return _told(of_item[0])
    if overlapping and free_days.least(others.steps(pool), first, back) < 0:
        return _told(overlapping[0])
    return None


def _without(promises: Sequence[Promise], besides: RequestLine | None) -> list[Promise]:
    """Return the promises less the one piece that the item itself would serve."""
    if besides is None:
        return list(promises)
    less = (
        replace(one, count=one.count - 1) if one.line_id == besides.id else one for one in promises
    )
    return [one for one in less if one.count > 0]


def _told(promise: Promise) -> PromisedTo:
    request = db.session.get_one(
        LoanRequest, promise.request_id, options=[joinedload(LoanRequest.asker)]
    )
    return PromisedTo(
        request.id, request.number or "", request.borrower_name, promise.first, promise.end
    )


@dataclass(frozen=True)
class Agenda:
    """What a day brings to the counter: requests to hand out, lines that are due back."""

    to_hand_out: Sequence[LoanRequest]
    to_come_back: Sequence[LoanLine]


def agenda(viewer: Viewer, day: date) -> Agenda:
    """Return what an officer hands out and takes back on a day, in the scope of the right to lend.

    What should have been fetched before and still waits stands there too, the oldest first.
    """
    mine = viewer.scope(access.LEND)
    requests = db.session.scalars(
        select(LoanRequest)
        .options(
            joinedload(LoanRequest.asker),
            joinedload(LoanRequest.asker_unit),
            joinedload(LoanRequest.setup),
            selectinload(LoanRequest.lines).options(
                joinedload(RequestLine.product),
                joinedload(RequestLine.asset_class),
                joinedload(RequestLine.asset),
            ),
        )
        .where(
            LoanRequest.state == RequestState.APPROVED,
            LoanRequest.from_on <= day,
            mine.clause(LoanRequest.lending_unit_id),
        )
        .order_by(LoanRequest.from_on, LoanRequest.id)
        .limit(MOST_OF_A_DAY)
    ).all()
    return Agenda(requests, _due_back(viewer, day))


def _due_back(viewer: Viewer, day: date) -> Sequence[LoanLine]:
    return db.session.scalars(
        select(LoanLine)
        .join(Asset, Asset.id == LoanLine.asset_id)
        .options(
            contains_eager(LoanLine.asset),
            joinedload(LoanLine.loan).joinedload(Loan.borrower),
            joinedload(LoanLine.loan).joinedload(Loan.borrower_unit),
        )
        .where(
            or_(
                and_(LoanLine.state == LineState.OUT, LoanLine.due_on == day),
                LoanLine.state == LineState.RETURNED_ELSEWHERE,
            ),
            access.reached(viewer, access.LEND),
        )
        .order_by(LoanLine.due_on, LoanLine.loan_id, LoanLine.id)
        .limit(MOST_OF_A_DAY)
    ).all()
