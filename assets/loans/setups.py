"""Reading the meetings to set up for: who sets up what, when and where (DOMAIN 8.9)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from assets.loans import access
from assets.loans.request_models import LoanRequest, LoanSetup, RequestLine
from assets.loans.states import RequestState
from kernel import clock
from kernel.access import Viewer
from kernel.db import db

PAGE = 50
COMING, MINE, NOBODY, PAST = "coming", "mine", "nobody", "past"
STANDING = (RequestState.REQUESTED, RequestState.APPROVED, RequestState.FETCHED)
"""Requests whose meeting takes place, or may; the others have ended unfulfilled."""


def _reached(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the set-ups of a viewer: of the units served, and the own ones."""
    served = viewer.scope(access.SET_OPERATOR).clause(LoanRequest.lending_unit_id)
    return or_(served, LoanSetup.operator_id == viewer.id)


def setups(viewer: Viewer, which: str, page: int, size: int = PAGE) -> Sequence[LoanSetup]:
    """Return a page (and one more) of set-ups, the next one first; of past ones the last first.

    Args:
        viewer: who asks.
        which: ``coming``, of those ``mine`` or with ``nobody`` named, or ``past``.
        page: from 1.
        size: how many stand on a page.
    """
    query = _listed(viewer)
    over = LoanSetup.ends_at < clock.now()
    query = query.where(over if which == PAST else ~over)
    if which == MINE:
        query = query.where(LoanSetup.operator_id == viewer.id)
    if which == NOBODY:
        query = query.where(LoanSetup.operator_id.is_(None))
    order = LoanSetup.starts_at.desc() if which == PAST else LoanSetup.starts_at
    return db.session.scalars(
        query.order_by(order, LoanSetup.id).offset((page - 1) * size).limit(size + 1)
    ).all()


def _listed(viewer: Viewer) -> Select[LoanSetup]:
    things = selectinload(LoanRequest.lines)
    return (
        select(LoanSetup)
        .join(LoanRequest, LoanRequest.id == LoanSetup.request_id)
        .options(
            contains_eager(LoanSetup.request).options(
                joinedload(LoanRequest.asker),
                things.joinedload(RequestLine.product),
                things.joinedload(RequestLine.asset_class),
                things.joinedload(RequestLine.asset),
            ),
            joinedload(LoanSetup.room),
            joinedload(LoanSetup.operator),
        )
        .where(LoanRequest.state.in_(STANDING), _reached(viewer))
    )
