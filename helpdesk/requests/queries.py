"""Reading requests: mine, all that one may see, what is to be carried out, and one story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import joinedload

from helpdesk.requests import access
from helpdesk.requests.models import RequestMoment, ServiceRequest
from helpdesk.requests.states import SENT_BACK, State
from kernel.access import Viewer
from kernel.db import db, fixed
from kernel.search import contains
from office.approvals.models import Approval, ApprovalAct
from office.approvals.queries import WITH_STEP
from office.approvals.states import State as ApprovalState

A_PAGE = 30
OPEN = "open"
CHUNK = 500


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to; blanks ask for everything.

    Attributes:
        words: number, title, asker, or anything that was answered.
        state: of the request, ``sent_back``, or ``open`` for all that has not ended.
        kind: the key of a kind.
        unit_id: of the asker's unit.
    """

    words: str = ""
    state: str = ""
    kind: str = ""
    unit_id: int | None = None


def _rows() -> Select[ServiceRequest]:
    return select(ServiceRequest).options(
        joinedload(ServiceRequest.unit),
        joinedload(ServiceRequest.approval),
        joinedload(ServiceRequest.edition),
        joinedload(ServiceRequest.asker),
    )


def _narrowed(wanted: Filter) -> list[ColumnElement[bool]]:
    terms: list[ColumnElement[bool]] = []
    if wanted.words:
        terms.append(contains(ServiceRequest.search_key, wanted.words))
    if wanted.kind:
        terms.append(ServiceRequest.kind == wanted.kind)
    if wanted.unit_id is not None:
        terms.append(ServiceRequest.unit_id == wanted.unit_id)
    if wanted.state == OPEN:
        terms.append(ServiceRequest.ended_at.is_(None))
    elif wanted.state == SENT_BACK:
        terms.append(_sent_back())
    elif wanted.state == State.WAITING:
        terms += [ServiceRequest.state == State.WAITING, ~_sent_back()]
    elif wanted.state:
        terms.append(ServiceRequest.state == wanted.state)
    return terms


def _sent_back() -> ColumnElement[bool]:
    asked = select(Approval.id).where(Approval.state == ApprovalState.SENT_BACK)
    return and_(ServiceRequest.state == State.WAITING, ServiceRequest.approval_id.in_(asked))


def mine(viewer: Viewer, wanted: Filter, number: int) -> Sequence[ServiceRequest]:
    """Return a page (one more) of the viewer's own requests, newest first, drafts too."""
    return _page(_rows().where(ServiceRequest.asker_id == viewer.id, *_narrowed(wanted)), number)


def listing(viewer: Viewer, wanted: Filter, number: int) -> Sequence[ServiceRequest]:
    """Return a page (one more) of the requests that the viewer sees as staff, newest first."""
    return _page(_rows().where(access.visible(viewer), *_narrowed(wanted)), number)


def _page(query: Select[ServiceRequest], number: int) -> Sequence[ServiceRequest]:
    return db.session.scalars(
        query.order_by(ServiceRequest.id.desc()).offset((number - 1) * A_PAGE).limit(A_PAGE + 1)
    ).all()


def all_listed(viewer: Viewer, wanted: Filter) -> Iterator[ServiceRequest]:
    """Yield every request of the list, a chunk at a time."""
    query = _rows().where(access.visible(viewer), *_narrowed(wanted))
    ordered = query.order_by(ServiceRequest.id.desc())
    yield from db.session.scalars(ordered.execution_options(yield_per=CHUNK))


def to_do(viewer: Viewer, number: int) -> Sequence[ServiceRequest]:
    """Return a page (one more) of the approved requests to carry out, oldest first."""
    return db.session.scalars(
        _rows()
        .where(_to_do(viewer))
        .order_by(ServiceRequest.approved_at, ServiceRequest.id)
        .offset((number - 1) * A_PAGE)
        .limit(A_PAGE + 1)
    ).all()


def _to_do(viewer: Viewer) -> ColumnElement[bool]:
    return and_(
        ServiceRequest.state == State.APPROVED,
        viewer.scope(access.CARRY_OUT).clause(ServiceRequest.handling_unit_id),
    )


def figures(viewer: Viewer) -> tuple[Any, Any]:
    """Return what the first page counts, as columns for its one question to the database.

    They are the own requests that are open, and those that the viewer is to carry out.
    """
    own = select(func.count()).where(
        ServiceRequest.asker_id == viewer.id, ServiceRequest.ended_at.is_(None)
    )
    todo = select(func.count()).select_from(ServiceRequest).where(_to_do(viewer))
    reach = viewer.scope(access.CARRY_OUT)
    return own.scalar_subquery(), todo.scalar_subquery() if reach else fixed(0)


def open_of(viewer: Viewer, most: int) -> Sequence[ServiceRequest]:
    """Return the viewer's newest requests that are open, for the first page."""
    return db.session.scalars(
        select(ServiceRequest)
        .options(joinedload(ServiceRequest.approval))
        .where(ServiceRequest.asker_id == viewer.id, ServiceRequest.ended_at.is_(None))
        .order_by(ServiceRequest.id.desc())
        .limit(fixed(most))
    ).all()


def moments(request: ServiceRequest) -> Sequence[RequestMoment]:
    """Return what happened to a request beside its approvals, oldest first."""
    return db.session.scalars(
        select(RequestMoment)
        .where(RequestMoment.request_id == request.id)
        .order_by(RequestMoment.id)
    ).all()


def approval_acts(request: ServiceRequest, paths: Sequence[str]) -> Sequence[Any]:
    """Return what was done in every approval the request has had, oldest first."""
    return db.session.scalars(
        select(ApprovalAct)
        .options(WITH_STEP)
        .join(Approval, Approval.id == ApprovalAct.approval_id)
        .where(Approval.kind.in_(paths), Approval.subject_id == request.id)
        .order_by(ApprovalAct.id)
    ).all()


def silent_ids() -> Sequence[int]:
    """Return the ids of the requests that were carried out and wait for a word of their asker."""
    return db.session.scalars(
        select(ServiceRequest.id)
        .where(ServiceRequest.state == State.DONE)
        .order_by(ServiceRequest.id)
    ).all()
