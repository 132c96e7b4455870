"""Reading requests: the own ones, those to a store, where each stands, what stands in its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from assets.labels.codes import read_code
from assets.labels.models import Tag
from assets.loans import access, pools
from assets.loans.models import LoanLine
from assets.loans.pools import Pools
from assets.loans.request_models import LoanRequest, RequestLine
from assets.loans.states import LineState, RequestState
from assets.register import queries as register
from assets.register.models import Asset
from kernel import search
from kernel.access import Viewer
from kernel.db import db
from kernel.keyboard import spellings
from office.approvals import queries as approvals
from office.people.access import Role
from office.people.models import Person, RoleGrant
from office.places.models import Unit

PAGE = 30


@dataclass(frozen=True)
class Filter:
    """What the list of requests is narrowed to; empty means everything in the viewer's scope."""

    words: str = ""
    state: str = ""
    unit_id: int | None = None
    from_on: date | None = None


def _listed() -> Select[LoanRequest]:
    return select(LoanRequest).options(
        joinedload(LoanRequest.asker),
        joinedload(LoanRequest.asker_unit),
        joinedload(LoanRequest.lending_unit),
        selectinload(LoanRequest.lines).options(
            joinedload(RequestLine.product),
            joinedload(RequestLine.asset_class),
            joinedload(RequestLine.asset),
        ),
    )


def own(viewer: Viewer, page: int) -> Sequence[LoanRequest]:
    """Return a page (and one more) of a person's requests, drafts first, then the newest."""
    return db.session.scalars(
        _listed()
        .where(LoanRequest.asker_id == viewer.id)
        .order_by(LoanRequest.state != RequestState.DRAFT, LoanRequest.id.desc())
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
    ).all()


def drafts(viewer: Viewer) -> Sequence[LoanRequest]:
    """Return what a person is putting together, the latest first."""
    return db.session.scalars(
        _listed()
        .where(LoanRequest.asker_id == viewer.id, LoanRequest.state == RequestState.DRAFT)
        .order_by(LoanRequest.id.desc())
    ).all()


def to_store(viewer: Viewer, wanted: Filter, page: int) -> Sequence[LoanRequest]:
    """Return a page (and one more) of the requests to the viewer's units, by the day they begin.

    Those that are still open come earliest first; a list of ended ones comes newest first.
    """
    query = _listed().where(
        LoanRequest.number.is_not(None),
        viewer.scope(access.SEE).clause(LoanRequest.lending_unit_id),
    )
    if wanted.state:
        query = query.where(LoanRequest.state == wanted.state)
    if wanted.unit_id is not None:
        query = query.where(LoanRequest.asker_unit_id == wanted.unit_id)
    if wanted.from_on is not None:
        query = query.where(LoanRequest.from_on >= wanted.from_on)
    if wanted.words:
        query = query.join(Person, Person.id == LoanRequest.asker_id).where(
            or_(
                search.contains(Person.search_key, wanted.words), LoanRequest.number == wanted.words
            )
        )
    waiting = wanted.state in (RequestState.REQUESTED, RequestState.APPROVED)
    order = (LoanRequest.from_on, LoanRequest.id) if waiting else (LoanRequest.id.desc(),)
    return db.session.scalars(
        query.order_by(*order).offset((page - 1) * PAGE).limit(PAGE + 1)
    ).all()


def units_asking(viewer: Viewer) -> Sequence[Unit]:
    """Return the units whose people asked the viewer's units for something."""
    asking = select(LoanRequest.asker_unit_id).where(
        LoanRequest.number.is_not(None),
        viewer.scope(access.SEE).clause(LoanRequest.lending_unit_id),
    )
    return db.session.scalars(
        select(Unit).where(Unit.id.in_(asking)).order_by(Unit.kind, Unit.code)
    ).all()


def lines_of(request: LoanRequest) -> Sequence[RequestLine]:
    """Return the lines of a request with what they name."""
    return db.session.scalars(
        select(RequestLine)
        .options(
            joinedload(RequestLine.product),
            joinedload(RequestLine.asset_class),
            joinedload(RequestLine.asset),
        )
        .where(RequestLine.request_id == request.id)
        .order_by(RequestLine.id)
    ).all()


def kept_by(lines: Sequence[LoanLine]) -> Sequence[LoanRequest]:
    """Return the requests that these lines of a loan keep, by number; asks nothing for walk-ins."""
    kept = [line.request_line_id for line in lines if line.request_line_id is not None]
    if not kept:
        return ()
    asked = select(RequestLine.request_id).where(RequestLine.id.in_(kept))
    return db.session.scalars(
        select(LoanRequest).where(LoanRequest.id.in_(asked)).order_by(LoanRequest.id)
    ).all()


def free_for(request: LoanRequest, lines: Sequence[RequestLine]) -> dict[int, int]:
    """Return by line how many are free on the days of a request; empty where it has none yet.

    Fewer than wanted is the clash that a waiting request shows.
    """
    if request.from_on is None or request.to_on is None or request.from_on >= request.to_on:
        return {}
    of_line = {line.id: pools.pool_of_line(request.lending_unit_id, line) for line in lines}
    found = Pools.read(of_line.values())
    return {
        line_id: max(found.free(pool, request.from_on, request.to_on), 0)
        for line_id, pool in of_line.items()
    }


def handed_over(request: LoanRequest) -> Sequence[LoanLine]:
    """Return the lines of loans that kept the promise of a request."""
    return db.session.scalars(
        select(LoanLine)
        .join(RequestLine, RequestLine.id == LoanLine.request_line_id)
        .options(joinedload(LoanLine.asset), joinedload(LoanLine.loan))
        .where(RequestLine.request_id == request.id)
        .order_by(LoanLine.id)
    ).all()


def signers_of(request: LoanRequest) -> Sequence[str]:
    """Return who is asked for the approval now."""
    if request.approval_id is None:
        return ()
    standing = approvals.standings([request.approval_id]).get(request.approval_id)
    return standing.signers if standing else ()


def operators(unit_id: int) -> Sequence[Person]:
    """Return who may set up meetings with things of a unit: technicians over it or the office."""
    unit = db.session.get(Unit, unit_id)
    above = [int(part) for part in unit.path.split("/") if part] if unit else []
    reaching = select(RoleGrant.person_id).where(
        RoleGrant.role == Role.TECHNICIAN,
        or_(RoleGrant.unit_id.is_(None), RoleGrant.unit_id.in_(above)),
    )
    return db.session.scalars(
        select(Person)
        .where(Person.id.in_(reaching), Person.left_on.is_(None))
        .order_by(Person.name_th, Person.id)
        .limit(200)
    ).all()


def lent_out(code: str) -> Sequence[Asset]:
    """Return the items that are out on loan under a scanned label, a number or a serial.

    Of any unit: who brings a thing to a school names it only by what is on it.
    """
    out = exists().where(LoanLine.asset_id == Asset.id, LoanLine.state == LineState.OUT)
    tag = read_code(code)
    if tag is not None:
        tagged = db.session.scalars(
            select(Asset).join(Tag, Tag.asset_id == Asset.id).where(Tag.code == tag, out)
        ).all()
        if tagged:
            return tagged
    return next((found for one in spellings(code) if (found := register.by_code(one, out))), ())
